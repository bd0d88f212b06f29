// SPDX-License-Identifier: ISC
// Reports and their recipients.
import { closeSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  allocate, callBack, callbacks, copy, forget, Handle, lastError, lib, number,
  release, TO_END,
} from './library.js';
import {
  ACTIONS, AGAIN, applied, bits, END, failure, flag, joined, KINDS, moment, named,
  NdrError, NOTHING, NothingDue, NOTHING_DUE, NOTIFY, numbered, octets, OK,
  Owner, pair, RETURNS, SINK, size, spread, tooLate,
} from './values.js';

const MIXED = 7;

/** Of a number or FileHandle; null for what is neither. */
const descriptor = file => typeof file === 'number' ? file
  : typeof file?.fd === 'number' ? file.fd : null;

/** What became of one recipient; belongs to its report. */
export class Recipient {
  #report;
  #pointer;
  #life;

  constructor(report, pointer) {
    this.#report = report;
    this.#pointer = pointer;
    this.#life = report._life;
  }

  #set(setter, ...parameters) {
    if (this.#life !== this.#report._life)
      throw tooLate('the report has forgotten this recipient');
    this.#report._setOf(this.#pointer, setter, ...parameters);
    return this;
  }

  /** Set several at once: the options of addRecipient(). */
  set(options) {
    applied(options, {
      action: value => this.setAction(value),
      status: value => this.setStatus(value),
      reply: value => this.setReply(value),
      diagnostic: value => this.setDiagnostic(value.type, value.text),
      remoteServer: value => this.setRemoteServer(...spread(value)),
      originalRecipient: value => this.setOriginalRecipient(value),
      notify: value => this.setNotify(value),
      lastAttempt: value => this.setLastAttempt(value),
      retryUntil: value => this.setRetryUntil(value),
      logId: value => this.setLogId(value),
      text: value => this.setText(value),
      hidden: value => this.setHidden(value),
      attempts: value => value.forEach(each => this.addAttempt(each)),
      fields: value => Object.entries(value)
        .forEach(each => this.addField(...each)),
    });
    return this;
  }

  setAction(action) {
    return this.#set(lib.ndr_recipient_set_action, numbered(ACTIONS, action));
  }

  setStatus(status) {
    return this.#set(lib.ndr_recipient_set_status, ...pair(status));
  }

  setReply(reply) {
    return this.#set(lib.ndr_recipient_set_reply, ...pair(reply));
  }

  setDiagnostic(type, text) {
    return this.#set(lib.ndr_recipient_set_diagnostic, ...pair(type),
      ...pair(text));
  }

  setRemoteServer(host, address) {
    return this.#set(lib.ndr_recipient_set_remote_server, ...pair(host),
      ...pair(address));
  }

  setOriginalRecipient(orcpt) {
    return this.#set(lib.ndr_recipient_set_original_recipient,
      ...pair(orcpt));
  }

  setNotify(notify) {
    return this.#set(lib.ndr_recipient_set_notify, bits(NOTIFY, notify));
  }

  setLastAttempt(date) {
    return this.#set(lib.ndr_recipient_set_last_attempt, ...moment(date));
  }

  setRetryUntil(date) {
    return this.#set(lib.ndr_recipient_set_retry_until, ...moment(date));
  }

  setLogId(id) {
    return this.#set(lib.ndr_recipient_set_log_id, ...pair(id));
  }

  setText(text) {
    return this.#set(lib.ndr_recipient_set_text, ...pair(text));
  }

  setHidden(address) {
    return this.#set(lib.ndr_recipient_set_hidden, ...pair(address));
  }

  addAttempt({ date, host, address, text }) {
    return this.#set(lib.ndr_recipient_add_attempt, ...moment(date),
      ...pair(host), ...pair(address), ...pair(text));
  }

  addField(name, value) {
    return this.#set(lib.ndr_recipient_add_field, ...pair(name),
      ...pair(value));
  }
}

/** One notification: facts go in, a message comes out. Every output call, and
    whatever asks for a decision, prepares the report: after that no fact can be
    set until reset(). */
export class Report extends Owner {
  #profile; // alive as long as this
  #read = null; // of the original
  #write = null;
  #run = 0; // which reading of the message is the current one
  #fdRun = -1;
  #isBusy = false;
  _life = 0;

  constructor(profile, facts = {}) {
    super();
    const made = [null];
    const result = lib.ndr_report_new(made, profile._pointer);
    if (result !== OK)
      throw failure(result);
    const handle = new Handle(made[0], lib.ndr_report_free, { reads: true });
    handle.borrow(profile._alive());
    this._own(handle);
    this.#profile = profile;
    try {
      this.#check(this.#call(lib.ndr_report_error));
      this.set(facts);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Make a call, alone: a callback cannot call the report that called it. */
  #call(call, ...parameters) {
    const pointer = this._pointer;
    if (this.#isBusy)
      throw tooLate('this Report is in another call');
    this.#isBusy = true;
    try {
      return callBack(call, pointer, ...parameters);
    } finally {
      this.#isBusy = false;
    }
  }

  #check(result) {
    if (result === OK)
      return this;
    const detail = this.#call(lib.ndr_report_error_detail);
    throw result === NOTHING_DUE ? new NothingDue(detail, this.nothingDue)
      : failure(result, detail);
  }

  #set(setter, ...parameters) {
    return this.#check(this.#call(setter, ...parameters));
  }

  _setOf(recipient, setter, ...parameters) {
    this.#check(this.#call(() => setter(recipient, ...parameters)));
  }

  // -- facts

  /** Set several at once: the options of the constructor. */
  set(facts) {
    applied(facts, {
      sender: value => this.setSender(value),
      date: value => this.setDate(value),
      seed: value => this.setSeed(value),
      messageId: value => this.setMessageId(value),
      subject: value => this.setSubject(value),
      arrivalDate: value => this.setArrivalDate(value),
      language: value => this.setLanguage(value),
      envelopeId: value => this.setEnvelopeId(value),
      receivedFrom: value => this.setReceivedFrom(...spread(value)),
      gateway: value => this.setGateway(value),
      requireTls: value => this.setRequireTls(value),
      returns: value => this.setReturn(value),
      transport: value => this.setTransport(value),
      output: value => this.setOutput(value),
      original: value => this.setOriginal(value),
      originalFile: value => this.setOriginalFile(value),
    });
    return this;
  }

  setSender(address) {
    return this.#set(lib.ndr_report_set_sender, ...pair(address));
  }

  setDate(date) {
    return this.#set(lib.ndr_report_set_date, ...moment(date));
  }

  setMessageId(id) {
    return this.#set(lib.ndr_report_set_message_id, ...pair(id));
  }

  setSeed(seed) {
    return this.#set(lib.ndr_report_set_seed, ...pair(seed));
  }

  setSubject(subject) {
    return this.#set(lib.ndr_report_set_subject, ...pair(subject));
  }

  setArrivalDate(date) {
    return this.#set(lib.ndr_report_set_arrival_date, ...moment(date));
  }

  setLanguage(tags) {
    return this.#set(lib.ndr_report_set_language, ...pair(joined(tags)));
  }

  setEnvelopeId(xtext) {
    return this.#set(lib.ndr_report_set_envelope_id, ...pair(xtext));
  }

  setReceivedFrom(helo, address) {
    return this.#set(lib.ndr_report_set_received_from, ...pair(helo),
      ...pair(address));
  }

  setGateway(host) {
    return this.#set(lib.ndr_report_set_gateway, ...pair(host));
  }

  setRequireTls(on) {
    return this.#set(lib.ndr_report_set_require_tls, flag(on));
  }

  setReturn(howMuch) {
    return this.#set(lib.ndr_report_set_return, numbered(RETURNS, howMuch));
  }

  setTransport({ eightBitMime = false, smtpUtf8 = false }) {
    return this.#set(lib.ndr_report_set_transport,
      flag(eightBitMime) | flag(smtpUtf8) << 1);
  }

  /** Give the message that is reported on: octets, a string, or an object with
      size and read(offset, length), which returns octets and is asked for any
      part, twice, while the report is prepared and written. */
  setOriginal(original) {
    if (original !== null && typeof original === 'object' &&
      typeof original.read === 'function')
      return this.#setSource((offset, length) =>
        original.read(offset, length), original.size);
    const data = octets(original);
    if (data === null || data.length === 0)
      return this.#keep(null, null, lib.ndr_report_borrow_original, null, 0);
    const memory = allocate(data);
    return this.#keep(null, () => release(memory),
      lib.ndr_report_borrow_original, memory, data.length);
  }

  /** Give it as a file, or a part of one: a path, which is opened, and closed
      with the report; or a file descriptor or FileHandle, which is left open,
      and is not to be closed before the report. */
  setOriginalFile(file, { offset = 0, length } = {}) {
    const given = descriptor(file);
    const fd = given ?? openSync(file, 'r');
    return this.#keep(null, given === null ? () => closeSync(fd) : null,
      lib.ndr_report_borrow_original_fd, fd, size(offset),
      length === undefined ? TO_END : size(length));
  }

  /** Give it as a stream, which is read to its end now and kept in memory. */
  async readOriginal(stream) {
    const pieces = [];
    for await (const each of stream)
      pieces.push(octets(each));
    return this.setOriginal(Buffer.concat(pieces));
  }

  #setSource(read, length) {
    const user = number(this);
    return this.#keep(read, () => forget(user),
      lib.ndr_report_borrow_original_source, callbacks.readAt, user,
      size(length));
  }

  /** Keep what the library borrows, and what it has borrowed before until it
      has taken the new one. */
  #keep(read, undo, setter, ...parameters) {
    try {
      this.#set(setter, ...parameters);
    } catch (error) {
      undo?.();
      throw error;
    }
    this._alive().replace('original', undo);
    this.#read = read;
    return this;
  }

  _readAt(offset, length) {
    const data = octets(this.#read(offset, length));
    if (data === null)
      throw new TypeError('read() returns octets');
    if (data.length > length)
      throw new RangeError(`${data.length} octets where ${length} were asked` +
        ' for');
    return data;
  }

  addField(name, value) {
    return this.#set(lib.ndr_report_add_field, ...pair(name), ...pair(value));
  }

  addHeader(name, value) {
    return this.#set(lib.ndr_report_add_header, ...pair(name), ...pair(value));
  }

  /** Add a recipient of the original. */
  addRecipient(address, facts = {}) {
    const pointer = this.#call(lib.ndr_report_add_recipient, ...pair(address));
    this.#check(this.#call(lib.ndr_report_error));
    return new Recipient(this, pointer).set(facts);
  }

  // -- decisions

  /** Take every decision and write nothing. Throws NothingDue. */
  prepare() {
    return this.#set(lib.ndr_report_prepare);
  }

  #tryToPrepare() {
    try {
      this.prepare();
    } catch (error) {
      if (!(error instanceof NothingDue))
        throw error;
    }
  }

  /** The kinds that are due. */
  get actionsDue() {
    this.#tryToPrepare();
    return named(KINDS, this.#call(lib.ndr_report_actions_due));
  }

  /** Choose the kind of this message: one, or "mixed" for all that are due. */
  selectActions(kind) {
    this.prepare();
    this.#run++;
    return this.#set(lib.ndr_report_select_actions,
      kind === 'mixed' ? MIXED : 1 << numbered(KINDS, kind));
  }

  /** Why nothing is due; null if something is, or was not asked. */
  get nothingDue() {
    return NOTHING[this.#call(lib.ndr_report_nothing_due)];
  }

  /** Does the postmaster want a copy? */
  get copyDue() {
    this.#tryToPrepare();
    return this.#call(lib.ndr_report_copy_due) !== 0;
  }

  /** Make of the same facts the postmaster's copy, or the sender's report. */
  setCopy(on) {
    this.#run++;
    return this.#set(lib.ndr_report_set_copy, flag(on));
  }

  /** What the delivery of the report needs. */
  get envelope() {
    this.prepare();
    return Object.freeze({
      sender: this.#call(lib.ndr_report_envelope_sender),
      recipient: this.#call(lib.ndr_report_envelope_recipient),
      notify: named(NOTIFY, this.#call(lib.ndr_report_envelope_notify)),
      envelopeId: this.#call(lib.ndr_report_envelope_id),
      smtpUtf8: this.#call(lib.ndr_report_needs_smtputf8) !== 0,
      eightBitMime: this.#call(lib.ndr_report_needs_8bitmime) !== 0,
      requireTls: this.#call(lib.ndr_report_needs_require_tls) !== 0,
    });
  }

  /** The report's Message-ID with its angle brackets. */
  get messageId() {
    this.prepare();
    return this.#call(lib.ndr_report_message_id);
  }

  /** What was made visible, shortened or left out, for the log. */
  get notes() {
    const notes = [];
    for (;;) {
      const note = this.#call(lib.ndr_report_notes, notes.length);
      if (note === null)
        return notes;
      notes.push(note);
    }
  }

  /** The report's first error, which stays with it; null if there is none. */
  get error() {
    try {
      this.#check(this.#call(lib.ndr_report_error));
      return null;
    } catch (error) {
      if (error instanceof NdrError)
        return error;
      throw error;
    }
  }

  // -- output

  #begin() {
    this.prepare();
    this.#set(lib.ndr_report_rewind);
    return ++this.#run;
  }

  #isAt(run) {
    if (run !== this.#run)
      throw tooLate('the message was begun again');
  }

  /** The pieces of the message, from its beginning. The first one is its header
      with the empty line. */
  [Symbol.iterator]() {
    return this.#pieces(this.#begin());
  }

  * #pieces(run) {
    for (;;) {
      const piece = [null], length = [0];
      this.#isAt(run);
      const result = this.#call(lib.ndr_report_next, piece, length);
      if (result === END)
        return;
      this.#check(result);
      yield copy(piece[0], Number(length[0]));
    }
  }

  /** The message as a stream to read, from its beginning. */
  stream(options) {
    const run = this.#begin();
    const report = this;
    return new Readable({
      ...options,
      read(count) {
        try {
          report.#isAt(run);
          this.push(report.#readSome(count));
        } catch (error) {
          this.destroy(error);
        }
      },
    });
  }

  #readSome(count) {
    const buffer = Buffer.allocUnsafe(count), got = [0];
    const result = this.#call(lib.ndr_report_read, buffer, count, got);
    if (result === END)
      return null;
    this.#check(result);
    return buffer.subarray(0, Number(got[0]));
  }

  /** Hand the pieces of the message to a function. What that throws comes out
      of here; the message is cut off then. */
  write(sink) {
    if (typeof sink !== 'function')
      throw new TypeError('expected a function; pipeTo() takes a stream');
    const user = number(this);
    this.#run++;
    const before = this.#write;
    this.#write = sink;
    try {
      return this.#set(lib.ndr_report_write, callbacks.sink, user);
    } finally {
      this.#write = before;
      forget(user);
    }
  }

  _sink(piece) {
    this.#write(piece);
    return OK;
  }

  /** Write the whole message to a stream, and end it; as stream.pipeline(). */
  async pipeTo(writable, options = {}) {
    await pipeline(this.stream(), writable, options);
  }

  /** Write the whole message to a file descriptor or FileHandle. False if that
      is in non-blocking mode and takes no more now: call again when it does,
      which goes on. */
  writeFd(file) {
    const fd = descriptor(file);
    if (fd === null)
      throw new TypeError('expected a file descriptor or a FileHandle');
    if (this.#fdRun !== this.#run)
      this.#fdRun = this.#begin();
    const result = this.#call(lib.ndr_report_write_fd, fd);
    if (result === AGAIN)
      return false;
    this.#fdRun = -1;
    if (result === SINK) {
      const { number: errno, name: code } = lastError();
      throw Object.assign(new Error(`${code}: write`),
        { errno: -errno, code, syscall: 'write' });
    }
    this.#check(result);
    return true;
  }

  /** Choose the form of the lines: line ends of LF, and whether dots are
      stuffed. The message begins again. */
  setOutput({ lf = false, dots = false }) {
    this.#run++;
    return this.#set(lib.ndr_report_set_output, flag(lf) | flag(dots) << 1);
  }

  /** The whole message. */
  toBuffer() {
    const message = [null], length = [0];
    this.#run++;
    this.#set(lib.ndr_report_render, message, length);
    return copy(message[0], Number(length[0]));
  }

  /** Octets of the message, as for SIZE= in MAIL FROM. */
  get size() {
    const count = [0];
    this.#run++;
    this.#set(lib.ndr_report_length, count);
    return Number(count[0]);
  }

  // -- life

  /** Open the converters of every charset now. */
  preload() {
    return this.#set(lib.ndr_report_preload);
  }

  /** Forget every fact and error, and begin again. */
  reset(profile) {
    const handle = this._alive();
    const result = this.#call(lib.ndr_report_reset, profile?._pointer ?? null);
    this._life++;
    this.#run++;
    handle.replace('original', null);
    this.#read = null;
    if (profile) {
      handle.borrow(profile._alive());
      this.#profile = profile;
    }
    return this.#check(result);
  }

  /** Free it. Its recipients are gone with it. */
  close() {
    if (this.#isBusy)
      throw tooLate('this Report is in another call');
    super.close();
    this.#read = null;
  }
}
