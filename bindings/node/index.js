// SPDX-License-Identifier: ISC
// libndr: delivery status notifications (bounces) for mail systems.
export { Recipient, Report } from './lib/report.js';
export {
  isAutomatic, parseNotify, parseReply, parseReturn, statuses, statusName,
  version, xtextDecode, xtextEncode,
} from './lib/trade.js';
export { NdrError, NothingDue } from './lib/values.js';
export {
  builtinEntries, Catalog, findBuiltin, Profile,
} from './lib/words.js';
