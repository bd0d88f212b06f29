// SPDX-License-Identifier: ISC
// Parts of the trade: replies, status codes, parameters, xtext.
import { lib } from './library.js';
import {
  failure, measured, named, NOTIFY, OK, octets, pair, RETURNS, terminated,
} from './values.js';

/** Take an SMTP reply apart (RFC 5321 4.2, RFC 2034). */
export function parseReply(reply) {
  const code = [0], offset = [0], status = Buffer.alloc(12);
  const result = lib.ndr_reply_parse(...pair(reply), code, status, offset);
  if (result < 0)
    throw failure(result);
  return {
    code: code[0] || null,
    status: status.toString('latin1', 0, status.indexOf(0)) || null,
    textOffset: Number(offset[0]),
    complete: result === OK,
  };
}

/** Read the value of a NOTIFY parameter (RFC 3461 4.1). */
export function parseNotify(value) {
  const found = [0];
  const result = lib.ndr_notify_parse(...pair(value), found);
  if (result !== OK)
    throw failure(result);
  return named(NOTIFY, found[0]);
}

/** Read the value of a RET parameter (RFC 3461 4.3). */
export function parseReturn(value) {
  const found = [0];
  const result = lib.ndr_return_parse(...pair(value), found);
  if (result !== OK)
    throw failure(result);
  return RETURNS[found[0]];
}

/** Is a message itself automatic (RFC 3834 2)? */
export const isAutomatic = message =>
  lib.ndr_message_is_automatic(...pair(message)) !== 0;

/** The name of a status code in the IANA registry, or Exchange's short name;
    null if it has none. */
export const statusName = (status, { exchange = false } = {}) =>
  lib.ndr_status_describe(terminated(status), exchange ? 1 : 0);

/** The codes of the registry: "X.1.1" stands for every class. */
export function* statuses() {
  for (let index = 0; ; index++) {
    const status = lib.ndr_status_next(index);
    if (status === null)
      return;
    yield status;
  }
}

function coded(call, value) {
  const [data, length] = pair(octets(value) ?? '');
  return measured((out, size, need) => call(data, length, out, size, need)) ??
    Buffer.alloc(0);
}

/** Encode octets as xtext (RFC 3461 4). */
export const xtextEncode = value =>
  coded(lib.ndr_xtext_encode, value).toString('latin1');

/** Decode xtext. */
export const xtextDecode = xtext => coded(lib.ndr_xtext_decode, xtext);

/** The version of the library in use. */
export const version = () => lib.ndr_version();
