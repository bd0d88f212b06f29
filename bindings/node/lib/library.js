// SPDX-License-Identifier: ISC
// The C library: where it is, the types of its calls, and callbacks.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';

const OBJECT = 'void *';
// Octets that the call reads, and memory that it writes to: a Buffer.
const OCTETS = 'const void *';
const MEMORY = 'void *';
// What the call returns is copied, up to its NUL.
const TEXT = 'const char *';
const OBJECT_OUT = koffi.out(koffi.pointer('void *'));
const INT_OUT = koffi.out(koffi.pointer('int'));
const SIZE_OUT = koffi.out(koffi.pointer('size_t'));
const UINT64_OUT = koffi.out(koffi.pointer('uint64_t'));

const RESOLVER = koffi.pointer(koffi.proto(
  'int ndr_resolver(uintptr_t user, void *query, void *answer)'));
const SINK = koffi.pointer(koffi.proto(
  'int ndr_sink(uintptr_t user, const void *octets, size_t length)'));
const READ_AT = koffi.pointer(koffi.proto(
  'int64_t ndr_read_at(uintptr_t user, uint64_t offset, void *buffer,' +
  ' size_t size)'));
const REALLOCATE = koffi.pointer(koffi.proto(
  'void *ndr_reallocate(void *user, void *old, size_t old_size, size_t size)'));
const ALLOCATOR = koffi.pointer(koffi.struct({
  reallocate: REALLOCATE, user: 'void *',
}));
// Which callback is meant.
const USER = 'uintptr_t';

export const types = {
  OBJECT, OCTETS, MEMORY, TEXT, OBJECT_OUT, INT_OUT, SIZE_OUT, UINT64_OUT,
  RESOLVER, SINK, READ_AT, REALLOCATE, ALLOCATOR, USER,
};

/** What callbacks return for: an exception is on its way. */
export const RAISED = -1000;

/** As the length of a file: up to its end. */
export const TO_END = 2n ** 64n - 1n;

/** What the last call of C left as its error: its number and its name. */
export function lastError() {
  const number = koffi.errno();
  const [name] = Object.entries(koffi.os.errno)
    .find(([, each]) => each === number) ?? ['UNKNOWN'];
  return { number, name };
}

/** Each call of the library: its result, then its arguments. */
export const CALLS = {
  ndr_answer_set_entry: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_catalog_add: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_catalog_entry: ['int', OBJECT, 'size_t', MEMORY, 'size_t', SIZE_OUT],
  ndr_catalog_error_detail: [TEXT, OBJECT],
  ndr_catalog_find:
    ['int', OBJECT, OCTETS, 'int', 'int', OCTETS, OCTETS, SIZE_OUT],
  ndr_catalog_free: ['void', OBJECT],
  ndr_catalog_load: ['int', OBJECT, OCTETS, OCTETS, 'size_t'],
  ndr_catalog_new: ['int', OBJECT_OUT, ALLOCATOR],
  ndr_catalog_set_resolver: ['int', OBJECT, RESOLVER, USER],
  ndr_error_name: [TEXT, 'int'],
  ndr_error_text: [TEXT, 'int'],
  ndr_message_is_automatic: ['int', OCTETS, 'size_t'],
  ndr_notify_parse: ['int', OCTETS, 'size_t', INT_OUT],
  ndr_profile_error: ['int', OBJECT],
  ndr_profile_error_detail: [TEXT, OBJECT],
  ndr_profile_free: ['void', OBJECT],
  ndr_profile_new: ['int', OBJECT_OUT, ALLOCATOR],
  ndr_profile_set_audience: ['int', OBJECT, 'int'],
  ndr_profile_set_catalog: ['int', OBJECT, OBJECT],
  ndr_profile_set_charsets: ['int', OBJECT, 'int'],
  ndr_profile_set_copy_codes: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_profile_set_copy_mailbox: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_profile_set_diagnostics: ['int', OBJECT, 'int'],
  ndr_profile_set_failed_recipients: ['int', OBJECT, 'int'],
  ndr_profile_set_generating_server: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_profile_set_grouping: ['int', OBJECT, 'int'],
  ndr_profile_set_header_filter: ['int', OBJECT, 'int', OCTETS, 'size_t'],
  ndr_profile_set_host_masking: ['int', OBJECT, 'int'],
  ndr_profile_set_html: ['int', OBJECT, 'int'],
  ndr_profile_set_internal_domains: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_profile_set_language: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_profile_set_language_detection: ['int', OBJECT, 'int'],
  ndr_profile_set_limit: ['int', OBJECT, 'int', 'uint64_t'],
  ndr_profile_set_organisation:
    ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_profile_set_postmaster: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_profile_set_reporting_authority: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_query_action: ['int', OBJECT],
  ndr_query_audience: ['int', OBJECT],
  ndr_query_language: [TEXT, OBJECT],
  ndr_query_reply: [TEXT, OBJECT],
  ndr_query_status: [TEXT, OBJECT],
  ndr_recipient_add_attempt: ['int', OBJECT, 'int64_t', 'int32_t', OCTETS,
    'size_t', OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_recipient_add_field:
    ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_recipient_set_action: ['int', OBJECT, 'int'],
  ndr_recipient_set_diagnostic:
    ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_recipient_set_hidden: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_recipient_set_last_attempt: ['int', OBJECT, 'int64_t', 'int32_t'],
  ndr_recipient_set_log_id: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_recipient_set_notify: ['int', OBJECT, 'int'],
  ndr_recipient_set_original_recipient: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_recipient_set_remote_server:
    ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_recipient_set_reply: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_recipient_set_retry_until: ['int', OBJECT, 'int64_t', 'int32_t'],
  ndr_recipient_set_status: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_recipient_set_text: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_reply_parse: ['int', OCTETS, 'size_t', INT_OUT, MEMORY, SIZE_OUT],
  ndr_report_actions_due: ['int', OBJECT],
  ndr_report_add_field: ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_report_add_header: ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_report_add_recipient: [OBJECT, OBJECT, OCTETS, 'size_t'],
  ndr_report_borrow_original: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_borrow_original_fd:
    ['int', OBJECT, 'int', 'uint64_t', 'uint64_t'],
  ndr_report_borrow_original_source:
    ['int', OBJECT, READ_AT, USER, 'uint64_t'],
  ndr_report_copy_due: ['int', OBJECT],
  ndr_report_envelope_id: [TEXT, OBJECT],
  ndr_report_envelope_notify: ['int', OBJECT],
  ndr_report_envelope_recipient: [TEXT, OBJECT],
  ndr_report_envelope_sender: [TEXT, OBJECT],
  ndr_report_error: ['int', OBJECT],
  ndr_report_error_detail: [TEXT, OBJECT],
  ndr_report_free: ['void', OBJECT],
  ndr_report_length: ['int', OBJECT, UINT64_OUT],
  ndr_report_message_id: [TEXT, OBJECT],
  ndr_report_needs_8bitmime: ['int', OBJECT],
  ndr_report_needs_require_tls: ['int', OBJECT],
  ndr_report_needs_smtputf8: ['int', OBJECT],
  ndr_report_new: ['int', OBJECT_OUT, OBJECT],
  ndr_report_next: ['int', OBJECT, OBJECT_OUT, SIZE_OUT],
  ndr_report_notes: [TEXT, OBJECT, 'size_t'],
  ndr_report_nothing_due: ['int', OBJECT],
  ndr_report_preload: ['int', OBJECT],
  ndr_report_prepare: ['int', OBJECT],
  ndr_report_read: ['int', OBJECT, MEMORY, 'size_t', SIZE_OUT],
  ndr_report_render: ['int', OBJECT, OBJECT_OUT, SIZE_OUT],
  ndr_report_reset: ['int', OBJECT, OBJECT],
  ndr_report_rewind: ['int', OBJECT],
  ndr_report_select_actions: ['int', OBJECT, 'int'],
  ndr_report_set_arrival_date: ['int', OBJECT, 'int64_t', 'int32_t'],
  ndr_report_set_copy: ['int', OBJECT, 'int'],
  ndr_report_set_date: ['int', OBJECT, 'int64_t', 'int32_t'],
  ndr_report_set_envelope_id: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_gateway: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_language: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_message_id: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_output: ['int', OBJECT, 'int'],
  ndr_report_set_received_from:
    ['int', OBJECT, OCTETS, 'size_t', OCTETS, 'size_t'],
  ndr_report_set_require_tls: ['int', OBJECT, 'int'],
  ndr_report_set_return: ['int', OBJECT, 'int'],
  ndr_report_set_seed: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_sender: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_subject: ['int', OBJECT, OCTETS, 'size_t'],
  ndr_report_set_transport: ['int', OBJECT, 'int'],
  ndr_report_write: ['int', OBJECT, SINK, USER],
  ndr_report_write_fd: ['int', OBJECT, 'int'],
  ndr_return_parse: ['int', OCTETS, 'size_t', INT_OUT],
  ndr_status_describe: [TEXT, OCTETS, 'int'],
  ndr_status_next: [TEXT, 'size_t'],
  ndr_version: [TEXT],
  ndr_xtext_decode: ['int', OCTETS, 'size_t', MEMORY, 'size_t', SIZE_OUT],
  ndr_xtext_encode: ['int', OCTETS, 'size_t', MEMORY, 'size_t', SIZE_OUT],
};

/** Calls that a language with streams of its own has no use for. */
export const LEFT_OUT = new Set([
  'ndr_catalog_load_stream', 'ndr_report_borrow_original_stream',
  'ndr_report_write_stream',
]);

/** What to try: NDR_LIBRARY alone if it is set; else beside this package, then
    where the system looks. */
function names() {
  if (process.env.NDR_LIBRARY)
    return [process.env.NDR_LIBRARY];
  const files = {
    win32: ['libndr-report-0.dll', 'ndr-report.dll'],
    darwin: ['libndr-report.0.dylib', 'libndr-report.dylib'],
  }[process.platform] ?? ['libndr-report.so.0', 'libndr-report.so'];
  const beside = files
    .map(each => fileURLToPath(new URL(`../${each}`, import.meta.url)));
  return [...beside.filter(each => existsSync(each)), ...files];
}

function open() {
  const reasons = [];
  for (const each of names()) {
    try {
      return koffi.load(each);
    } catch (error) {
      reasons.push(error.message);
    }
  }
  throw new Error('the library libndr-report was not found; set NDR_LIBRARY' +
    ` to its path (${reasons.join('; ')})`);
}

function declare() {
  const library = open();
  const calls = {};
  for (const [name, [result, ...parameters]] of Object.entries(CALLS))
    calls[name] = library.func(name, result, parameters);
  return calls;
}

/** The calls by their names. */
export const lib = declare();

/** Copy octets out of the library's memory. */
export function copy(pointer, length) {
  if (!pointer || length === 0)
    return Buffer.alloc(0);
  const octets = koffi.decode(pointer, 'uint8_t', length);
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
}

/** Memory of the library's kind, with a copy of these octets. */
export function allocate(octets) {
  const pointer = koffi.alloc('uint8_t', octets.length);
  koffi.encode(pointer, 'uint8_t', octets, octets.length);
  return pointer;
}

export const release = pointer => koffi.free(pointer);

// ---- Callbacks ---------------------------------------------------------------
//
// One of each kind is known to the library; its user number says which of ours
// is meant. The map holds our objects weakly: they live as long as whoever uses
// them does.

const owners = new Map();
let last = 0;

/** A number for an object with the callback methods _resolve or _readAt. */
export function number(owner) {
  owners.set(++last, new WeakRef(owner));
  return last;
}

export const forget = user => owners.delete(user);

// What a callback threw during the call at hand: {error}, or null.
let thrown = null;

function guarded(user, work) {
  try {
    return work(owners.get(Number(user)).deref());
  } catch (error) {
    thrown ??= { error };
    return RAISED;
  }
}

export const callbacks = {
  resolver: koffi.register((user, query, answer) =>
    guarded(user, owner => owner._resolve(query, answer)), RESOLVER),
  sink: koffi.register((user, octets, length) =>
    guarded(user, owner => owner._sink(copy(octets, Number(length)))), SINK),
  readAt: koffi.register((user, offset, buffer, size) =>
    guarded(user, owner => {
      const data = owner._readAt(Number(offset), Number(size));
      if (data.length > 0)
        koffi.encode(buffer, 'uint8_t', data, data.length);
      return data.length;
    }), READ_AT),
};

/** Make a call that may call back; throw what a callback threw. */
export function callBack(call, ...parameters) {
  const outer = thrown;
  thrown = null;
  try {
    const result = call(...parameters);
    if (thrown)
      throw thrown.error;
    return result;
  } finally {
    thrown = outer;
  }
}

// ---- Lives -------------------------------------------------------------------

const left = new FinalizationRegistry(handle => handle.release());

/** A native object, freed when its owner and all that borrow it have let it go,
    in whatever order the garbage collector meets them. */
export class Handle {
  constructor(pointer, free, { reads = false } = {}) {
    this.pointer = pointer;
    this.free = free;
    this.reads = reads;
    this.uses = 1;
    this.readers = 0; // reports that read it: it must not change meanwhile
    this.borrowed = [];
    this.done = new Map(); // what else to undo: name and function
  }

  /** Free it when nobody holds its owner any more. */
  watch(owner) {
    left.register(owner, this, this);
  }

  /** Borrow others in place of those before. */
  borrow(...others) {
    const before = this.borrowed;
    this.borrowed = others;
    for (const each of others)
      each.change(1, this.reads ? 1 : 0);
    for (const each of before) {
      each.change(0, this.reads ? -1 : 0);
      each.release();
    }
  }

  change(uses, readers) {
    this.uses += uses;
    this.readers += readers;
    for (const each of this.borrowed)
      each.change(0, readers);
  }

  /** Undo what has this name; then remember how to undo the new one. */
  replace(name, undo) {
    this.done.get(name)?.();
    this.done.delete(name);
    if (undo)
      this.done.set(name, undo);
  }

  /** One use less; free it after the last one. */
  release() {
    if (--this.uses > 0 || this.pointer === null)
      return;
    left.unregister(this);
    this.free(this.pointer);
    this.pointer = null;
    for (const name of [...this.done.keys()])
      this.replace(name);
    this.borrow();
  }
}
