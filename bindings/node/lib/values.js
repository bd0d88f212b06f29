// SPDX-License-Identifier: ISC
// What goes in and comes out: numbers with names, texts, dates, errors.
import { lib, RAISED } from './library.js';

const NUL = Buffer.alloc(1);
const OFFSET_UNKNOWN = -(2 ** 31);

export const OK = 0;
export const END = 1;
export const NOTHING_DUE = 2;
export const AGAIN = 3;
const ORDER = -3;
const SOURCE = -13;
export const SINK = -14;

/** The names of each enumeration, in the order of their numbers. */
export const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed',
  'expanded'];
export const KINDS = ['failed', 'delayed', 'success'];
export const NOTIFY = ['success', 'failure', 'delay', 'never'];
export const RETURNS = ['headers', 'full', 'none'];
export const AUDIENCES = ['external', 'internal'];
export const NOTHING = [null, 'null-return-path', 'not-asked', 'of-this-kind',
  'to-copy'];
export const LIMITS = ['original', 'header', 'reply', 'subject', 'references'];

/** A call of the library failed; the message is the detail. */
export class NdrError extends Error {
  constructor(number, detail) {
    super(detail || lib.ndr_error_text(number));
    /** The name of the result in C: "NDR_E_STATUS". */
    this.code = lib.ndr_error_name(number);
    this.errno = number;
  }

  get name() {
    return 'NdrError';
  }
}

/** No report may be sent: no fault, but there is nothing to write. */
export class NothingDue extends NdrError {
  constructor(detail, reason) {
    super(NOTHING_DUE, detail);
    /** Why. */
    this.reason = reason;
  }

  get name() {
    return 'NothingDue';
  }
}

export function failure(number, detail) {
  // What a source threw stays with its report.
  return new NdrError(number <= RAISED ? SOURCE : number, detail);
}

export const tooLate = detail => new NdrError(ORDER, detail);

/** Octets as the library takes them; null stays, and means the default. */
export function octets(value) {
  if (value === undefined || value === null)
    return null;
  if (typeof value === 'string')
    return Buffer.from(value, 'utf8');
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError('expected a string, Buffer or Uint8Array');
}

/** A text and its length. */
export function pair(value) {
  const data = octets(value);
  if (data === null)
    return [null, 0];
  return [data.length === 0 ? NUL : data, data.length];
}

/** A text for a call that stops at the first NUL. */
export function terminated(value) {
  const data = octets(value);
  if (data === null)
    return null;
  if (data.includes(0))
    throw new TypeError('a text with a NUL in it');
  return Buffer.concat([data, NUL]);
}

/** Names as one list: from a text as it is, or from several. */
export const joined = value =>
  Array.isArray(value) ? value.join(', ') : value;

/** One value, or a list of several, for a call that takes several. */
export const spread = value => Array.isArray(value) ? value : [value];

export function whole(value, low, high) {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new TypeError(`expected a whole number, not ${String(value)}`);
  if (value < low || value > high)
    throw new RangeError(`${value} is out of range`);
  return value;
}

export const size = value => whole(value, 0, Number.MAX_SAFE_INTEGER);

export function flag(value) {
  if (typeof value !== 'boolean')
    throw new TypeError(`expected true or false, not ${String(value)}`);
  return value ? 1 : 0;
}

/** The number of a name. */
export function numbered(names, value) {
  const place = names.indexOf(value);
  if (place < 0 || value === null)
    throw new TypeError(`expected one of ${names.filter(Boolean).join(', ')},` +
      ` not ${String(value)}`);
  return place;
}

/** Bits of one name or several. */
export const bits = (names, value) => spread(value).reduce(
  (sum, each) => sum | 1 << numbered(names, String(each).toLowerCase()), 0);

/** The names of bits. */
export const named = (names, value) =>
  names.filter((_, place) => value & 1 << place);

/** A date as seconds and offset: from a Date or a number of seconds, shown in
    UTC, or from {time, offset}, with an offset of null for one not known. */
export function moment(value) {
  let time = value, offset = 0;
  if (value !== null && typeof value === 'object' && !(value instanceof Date))
    ({ time, offset = 0 } = value);
  const seconds = time instanceof Date ? Math.floor(time.getTime() / 1000)
    : time;
  if (Number.isNaN(seconds))
    throw new RangeError('an invalid Date');
  return [
    whole(seconds, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    offset === null ? OFFSET_UNKNOWN
      : whole(offset, OFFSET_UNKNOWN + 1, 2 ** 31 - 1),
  ];
}

/** Call a setter for each option that is given; another name is a mistake. */
export function applied(options, setters) {
  for (const name of Object.keys(options))
    if (!(name in setters))
      throw new TypeError(`no option "${name}"`);
  for (const [name, set] of Object.entries(setters))
    if (options[name] !== undefined && options[name] !== null)
      set(options[name]);
}

/** The octets that a call with a buffer, its size and a need gives; null if
    there are none. */
export function measured(call) {
  const need = [0];
  let result = call(null, 0, need);
  if (result < 0)
    throw failure(result);
  const room = Number(need[0]);
  if (room === 0)
    return null;
  const buffer = Buffer.alloc(room);
  result = call(buffer, room, need);
  if (result < 0)
    throw failure(result);
  return buffer.subarray(0, room - 1);
}

/** An object that frees what it has: by close(), at the end of a `using`, or
    some time after the last reference to it is gone. */
export class Owner {
  #handle = null;

  _own(handle) {
    this.#handle = handle;
    handle.watch(this);
  }

  _alive() {
    if (this.#handle === null)
      throw new TypeError(`this ${this.constructor.name} is closed`);
    return this.#handle;
  }

  /** The native object. */
  get _pointer() {
    return this._alive().pointer;
  }

  /** The same, if it may be written to. */
  get _open() {
    if (this._alive().readers > 0)
      throw tooLate(`a report uses this ${this.constructor.name}:` +
        ' it cannot change');
    return this._pointer;
  }

  /** Let it go; it lives on while another object uses it. */
  close() {
    const handle = this.#handle;
    this.#handle = null;
    handle?.release();
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.close();
  }
}
