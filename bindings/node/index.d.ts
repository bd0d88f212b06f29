// SPDX-License-Identifier: ISC
// libndr: delivery status notifications (bounces) for mail systems. The C
// header <libndr/ndr.h> is the reference of what each fact means.
import type { Readable, Writable } from 'node:stream';

/** Text, which goes in as UTF-8, or octets as they are. */
export type Text = string | Uint8Array;

/** A Date or seconds since 1970, which are shown in UTC; or with minutes east
    of UTC, and null for a zone that is not known (-0000). */
export type DateLike =
  | Date
  | number
  | { time: Date | number; offset?: number | null };

export type Action =
  'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
export type Kind = 'failed' | 'delayed' | 'success';
export type Notify = 'success' | 'failure' | 'delay' | 'never';
export type Return = 'headers' | 'full' | 'none';
export type Audience = 'external' | 'internal';
export type Limit = 'original' | 'header' | 'reply' | 'subject' | 'references';
export type Nothing =
  'null-return-path' | 'not-asked' | 'of-this-kind' | 'to-copy';

/** A call of the library failed; the message is the detail: which value was at
    fault. */
export class NdrError extends Error {
  /** The name of the result in C: "NDR_E_STATUS". */
  readonly code: string;
  readonly errno: number;
}

/** No report may be sent: no fault, but there is nothing to write. */
export class NothingDue extends NdrError {
  readonly reason: Nothing | null;
}

/** An object that frees what it has: by close(), at the end of a `using`, or
    some time after the last reference to it is gone. It lives on while another
    object uses it. */
declare abstract class Owner {
  close(): void;
}

/** What a resolver is asked. */
export interface Query {
  readonly status: string;
  readonly language: string;
  readonly audience: Audience;
  readonly action: Action;
  /** The reply, as reports show it; "" if there was none. */
  readonly reply: string;
}

/** Answers with an entry in the form of Catalog.add(); none by null. */
export type Resolver = (query: Query) => Text | null | undefined;

export interface FindOptions {
  action?: Action;
  audience?: Audience;
  language?: string | null;
  reply?: string | null;
}

/** An administrator's own system messages, which come before the built-in ones.
    It cannot change while a report uses it. */
export class Catalog extends Owner implements Iterable<string> {
  constructor(entries?: Iterable<Text>, options?: { resolver?: Resolver });
  /** Add one system message: a header block, an empty line, the text. */
  add(entry: Text): this;
  /** Add all entries of a file of words, or none.
      @param name of the file, for error details */
  load(words: Text, name?: string | null): this;
  /** The same, of a file by its path. */
  loadFile(path: string | URL): this;
  /** Ask this function before the entries. What it throws comes out of the call
      that asked; the report is prepared all the same. */
  setResolver(resolver: Resolver | null): this;
  /** Which entry would speak; null if none of this catalog fits. */
  find(status: string, options?: FindOptions): string | null;
  /** The entry at an index, as add() takes it. */
  at(index: number): string | undefined;
  [Symbol.iterator](): IterableIterator<string>;
}

/** The built-in words, all languages, entry by entry. */
export function builtinEntries(): IterableIterator<string>;
/** Which of the built-in entries would speak; as Catalog.find(). */
export function findBuiltin(status: string, options?: FindOptions):
  string | null;

/** Undefined and null, everywhere, are the default. */
export interface ProfileOptions {
  reportingAuthority?: Text | null;
  postmaster?: Text | null;
  catalog?: Catalog | null;
  audience?: Audience | null;
  language?: Text | readonly string[] | null;
  detectLanguage?: boolean | null;
  organisation?: Text | null;
  /** "#rrggbb" */
  accent?: Text | null;
  internalDomains?: Text | readonly string[] | null;
  grouping?: boolean | null;
  html?: boolean | null;
  dropHeaders?: Text | readonly string[] | null;
  keepHeaders?: Text | readonly string[] | null;
  builtinCharsets?: boolean | null;
  diagnostics?: boolean | null;
  maskHosts?: boolean | null;
  listFailedRecipients?: boolean | null;
  copyCodes?: Text | readonly string[] | null;
  copyMailbox?: Text | null;
  limits?: Partial<Record<Limit, number>> | null;
}

/** How one server writes reports: set it up once, then use it for any number of
    them. It cannot change while a report uses it. */
export class Profile extends Owner {
  constructor(options: string | ProfileOptions & { generatingServer: Text });
  set(options: ProfileOptions & { generatingServer?: Text }): this;
  /** The profile's first error, which stays with it. */
  readonly error: NdrError | null;
  setGeneratingServer(host: Text): this;
  setReportingAuthority(host: Text | null): this;
  setPostmaster(mailbox: Text | null): this;
  setCatalog(catalog: Catalog | null): this;
  setAudience(audience: Audience): this;
  setLanguage(tags: Text | readonly string[] | null): this;
  setLanguageDetection(on: boolean): this;
  setOrganisation(name?: Text | null, accent?: Text | null): this;
  setInternalDomains(domains: Text | readonly string[] | null): this;
  setGrouping(on: boolean): this;
  setHtml(on: boolean): this;
  setHeaderFilter(filter:
    { drop: Text | readonly string[] } | { keep: Text | readonly string[] }):
    this;
  setBuiltinCharsets(on: boolean): this;
  setDiagnostics(on: boolean): this;
  setHostMasking(on: boolean): this;
  setFailedRecipients(on: boolean): this;
  setCopyCodes(codes: Text | readonly string[] | null): this;
  setCopyMailbox(mailbox: Text | null): this;
  setLimit(limit: Limit, value: number): this;
}

export interface Attempt {
  date: DateLike;
  host?: Text | null;
  /** IP address */
  address?: Text | null;
  text?: Text | null;
}

export interface RecipientOptions {
  action?: Action | null;
  /** "5.1.1" */
  status?: Text | null;
  /** The SMTP reply that decided. */
  reply?: Text | null;
  /** One that is no SMTP reply, of a type as "X-Local". */
  diagnostic?: { type: Text; text: Text } | null;
  /** A name, or a name and an IP address. */
  remoteServer?: Text | readonly [Text, (Text | null)?] | null;
  /** ORCPT as it came: "rfc822;joe@contoso.com" */
  originalRecipient?: Text | null;
  notify?: Notify | readonly Notify[] | null;
  lastAttempt?: DateLike | null;
  retryUntil?: DateLike | null;
  logId?: Text | null;
  /** The reason in your own words. */
  text?: Text | null;
  /** The address to show in place of the final one. */
  hidden?: Text | null;
  attempts?: readonly Attempt[] | null;
  /** Extension fields, whose names begin with X-. */
  fields?: Readonly<Record<string, Text>> | null;
}

/** What became of one recipient; belongs to its report. */
export class Recipient {
  private constructor();
  set(options: RecipientOptions): this;
  setAction(action: Action): this;
  setStatus(status: Text): this;
  setReply(reply: Text): this;
  setDiagnostic(type: Text, text: Text): this;
  setRemoteServer(host: Text | null, address?: Text | null): this;
  setOriginalRecipient(orcpt: Text | null): this;
  setNotify(notify: Notify | readonly Notify[]): this;
  setLastAttempt(date: DateLike): this;
  setRetryUntil(date: DateLike): this;
  setLogId(id: Text | null): this;
  setText(text: Text | null): this;
  setHidden(address: Text): this;
  addAttempt(attempt: Attempt): this;
  addField(name: Text, value: Text): this;
}

/** The original as a function that can be asked for any part of it, twice. */
export interface Source {
  size: number;
  /** Up to so many octets; none at the end only. */
  read(offset: number, length: number): Text;
}

export interface ReportOptions {
  sender?: Text | null;
  date?: DateLike | null;
  seed?: Text | null;
  messageId?: Text | null;
  subject?: Text | null;
  arrivalDate?: DateLike | null;
  language?: Text | readonly string[] | null;
  envelopeId?: Text | null;
  /** A name, or a name and an IP address. */
  receivedFrom?: Text | readonly [Text, (Text | null)?] | null;
  gateway?: Text | null;
  requireTls?: boolean | null;
  returns?: Return | null;
  transport?: Transport | null;
  output?: Output | null;
  original?: Text | Source | null;
  /** A path, a file descriptor, or a FileHandle. */
  originalFile?: string | URL | number | { readonly fd: number } | null;
}

/** The form of the lines that come out. */
export interface Output {
  /** Line ends are LF, not CRLF. */
  lf?: boolean | undefined;
  /** Dots are stuffed, as SMTP wants it after DATA. */
  dots?: boolean | undefined;
}

export interface Transport {
  eightBitMime?: boolean | undefined;
  smtpUtf8?: boolean | undefined;
}

/** What the delivery of the report needs. */
export interface Envelope {
  /** MAIL FROM: always "", the null return path. */
  readonly sender: string;
  /** RCPT TO, no angle brackets. */
  readonly recipient: string;
  readonly notify: Notify[];
  readonly envelopeId: string;
  readonly smtpUtf8: boolean;
  readonly eightBitMime: boolean;
  readonly requireTls: boolean;
}

/** One notification: facts go in, a message comes out. Every output call, and
    whatever asks for a decision, prepares the report: after that no fact can be
    set until reset(). */
export class Report extends Owner implements Iterable<Buffer> {
  constructor(profile: Profile, facts?: ReportOptions);
  set(facts: ReportOptions): this;
  /** "" is the null return path. */
  setSender(address: Text): this;
  setDate(date: DateLike): this;
  setMessageId(id: Text): this;
  setSeed(seed: Text): this;
  setSubject(subject: Text | null): this;
  setArrivalDate(date: DateLike): this;
  setLanguage(tags: Text | readonly string[] | null): this;
  setEnvelopeId(xtext: Text | null): this;
  setReceivedFrom(helo: Text | null, address?: Text | null): this;
  setGateway(host: Text | null): this;
  setRequireTls(on: boolean): this;
  setReturn(howMuch: Return): this;
  setTransport(transport: Transport): this;
  /** Octets are copied; what a source throws comes out of the call at hand. */
  setOriginal(original: Text | Source | null): this;
  /** A path is opened, and closed with the report. */
  setOriginalFile(file: string | URL | number | { readonly fd: number },
    part?: { offset?: number; length?: number }): this;
  /** Read a stream to its end, and keep it. */
  readOriginal(stream: AsyncIterable<Text> | Iterable<Text>): Promise<this>;
  addField(name: Text, value: Text): this;
  addHeader(name: Text, value: Text): this;
  addRecipient(address: Text, facts?: RecipientOptions): Recipient;
  /** Take every decision and write nothing. Throws NothingDue. */
  prepare(): this;
  readonly actionsDue: Kind[];
  selectActions(kind: Kind | 'mixed'): this;
  readonly nothingDue: Nothing | null;
  /** Does the postmaster want a copy? */
  readonly copyDue: boolean;
  setCopy(on: boolean): this;
  readonly envelope: Envelope;
  readonly messageId: string;
  /** What was made visible, shortened or left out, for the log. */
  readonly notes: string[];
  /** The report's first error, which stays with it. */
  readonly error: NdrError | null;
  /** The pieces of the message; the first one is its header. */
  [Symbol.iterator](): IterableIterator<Buffer>;
  /** The message as a stream to read. */
  stream(options?: { highWaterMark?: number }): Readable;
  /** Hand the pieces of the message to a function. */
  write(sink: (piece: Buffer) => void): this;
  /** Write the whole message to a stream, and end it. */
  pipeTo(writable: Writable, options?: { signal?: AbortSignal; end?: boolean }): Promise<void>;
  /** Write the whole message to a descriptor. False if that takes no more now:
      call again when it does, which goes on. */
  writeFd(file: number | { readonly fd: number }): boolean;
  /** Choose the form of the lines. The message begins again. */
  setOutput(output: Output): this;
  /** The whole message. */
  toBuffer(): Buffer;
  /** Octets of the message. */
  readonly size: number;
  preload(): this;
  /** Forget every fact and error, and begin again. */
  reset(profile?: Profile | null): this;
}

/** An SMTP reply taken apart. */
export interface Reply {
  code: number | null;
  status: string | null;
  /** Where the first line's words begin, in octets. */
  textOffset: number;
  /** It is a whole SMTP reply. */
  complete: boolean;
}

export function parseReply(reply: Text): Reply;
export function parseNotify(value: Text): Notify[];
export function parseReturn(value: Text): Return;
export function isAutomatic(message: Text): boolean;
export function statusName(status: string, options?: { exchange?: boolean }):
  string | null;
export function statuses(): IterableIterator<string>;
export function xtextEncode(value: Text): string;
export function xtextDecode(xtext: Text): Buffer;
export function version(): string;
