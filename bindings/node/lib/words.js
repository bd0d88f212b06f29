// SPDX-License-Identifier: ISC
// Catalogs of system messages, and the profile of a server.
import { readFileSync } from 'node:fs';
import { callbacks, forget, Handle, lib, number } from './library.js';
import {
  ACTIONS, applied, AUDIENCES, END, failure, flag, joined, LIMITS, measured,
  numbered, octets, OK, Owner, pair, size, terminated,
} from './values.js';

function entryAt(pointer, index) {
  if (!Number.isInteger(index) || index < 0)
    return undefined;
  const found = measured((out, room, need) =>
    lib.ndr_catalog_entry(pointer, index, out, room, need));
  return found === null ? undefined : found.toString();
}

function* entries(pointer) {
  for (let index = 0; ; index++) {
    const entry = entryAt(pointer(), index);
    if (entry === undefined)
      return;
    yield entry;
  }
}

function find(pointer, status, { action = 'failed', audience = 'external',
  language, reply } = {}) {
  const index = [0];
  const result = lib.ndr_catalog_find(pointer, terminated(status),
    numbered(ACTIONS, action), numbered(AUDIENCES, audience),
    terminated(language), terminated(reply), index);
  if (result === END)
    return null;
  if (result !== OK)
    throw failure(result);
  return entryAt(pointer, Number(index[0]));
}

/** The built-in words, all languages, entry by entry. */
export const builtinEntries = () => entries(() => null);

/** Which of the built-in entries would speak; as Catalog.find(). */
export const findBuiltin = (status, options) => find(null, status, options);

/** An administrator's own system messages, which come before the built-in ones.
    It cannot change while a report uses it. */
export class Catalog extends Owner {
  #resolver = null;

  constructor(entriesToAdd = [], { resolver, _allocator = null } = {}) {
    super();
    const made = [null];
    const result = lib.ndr_catalog_new(made, _allocator);
    if (result !== OK)
      throw failure(result);
    this._own(new Handle(made[0], lib.ndr_catalog_free));
    try {
      for (const each of entriesToAdd)
        this.add(each);
      if (resolver)
        this.setResolver(resolver);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #check(result) {
    if (result !== OK)
      throw failure(result, lib.ndr_catalog_error_detail(this._pointer));
    return this;
  }

  /** Add one system message: a header block, an empty line, the text. */
  add(entry) {
    return this.#check(lib.ndr_catalog_add(this._open, ...pair(entry)));
  }

  /** Add all entries of a file of words, or none. */
  load(words, name) {
    return this.#check(lib.ndr_catalog_load(this._open, terminated(name),
      ...pair(words)));
  }

  /** The same, of a file by its path. */
  loadFile(path) {
    return this.load(readFileSync(path), String(path));
  }

  /** Ask this function before the entries. What it throws comes out of the call
      that asked; the report is prepared all the same. */
  setResolver(resolver) {
    const pointer = this._open;
    if (resolver && typeof resolver !== 'function')
      throw new TypeError('expected a function');
    const user = resolver ? number(this) : 0;
    this.#check(lib.ndr_catalog_set_resolver(pointer,
      resolver ? callbacks.resolver : null, user));
    this._alive().replace('resolver', user ? () => forget(user) : null);
    this.#resolver = resolver ?? null;
    return this;
  }

  _resolve(query, answer) {
    const entry = octets(this.#resolver(Object.freeze({
      status: lib.ndr_query_status(query),
      language: lib.ndr_query_language(query),
      audience: AUDIENCES[lib.ndr_query_audience(query)],
      action: ACTIONS[lib.ndr_query_action(query)],
      reply: lib.ndr_query_reply(query),
    })));
    return entry === null ? END
      : lib.ndr_answer_set_entry(answer, ...pair(entry));
  }

  /** Which entry would speak; null if none of this catalog fits. */
  find(status, options) {
    return find(this._pointer, status, options);
  }

  /** The entry at an index, as add() takes it. */
  at(index) {
    return entryAt(this._pointer, index);
  }

  [Symbol.iterator]() {
    return entries(() => this._pointer);
  }
}

/** How one server writes reports: set it up once, then use it for any number of
    them. It cannot change while a report uses it. */
export class Profile extends Owner {
  #catalog = null; // alive as long as this

  constructor(options) {
    super();
    const { _allocator = null, ...settings } =
      typeof options === 'string' ? { generatingServer: options } : options;
    const made = [null];
    const result = lib.ndr_profile_new(made, _allocator);
    if (result !== OK)
      throw failure(result);
    this._own(new Handle(made[0], lib.ndr_profile_free));
    try {
      this.set(settings);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #set(setter, ...parameters) {
    const result = setter(this._open, ...parameters);
    if (result !== OK)
      throw failure(result, lib.ndr_profile_error_detail(this._pointer));
    return this;
  }

  /** Set several at once: the options of the constructor. */
  set(options) {
    applied(options, {
      generatingServer: value => this.setGeneratingServer(value),
      reportingAuthority: value => this.setReportingAuthority(value),
      postmaster: value => this.setPostmaster(value),
      catalog: value => this.setCatalog(value),
      audience: value => this.setAudience(value),
      language: value => this.setLanguage(value),
      detectLanguage: value => this.setLanguageDetection(value),
      organisation: value => this.setOrganisation(value, options.accent),
      accent: value => this.setOrganisation(options.organisation, value),
      internalDomains: value => this.setInternalDomains(value),
      grouping: value => this.setGrouping(value),
      html: value => this.setHtml(value),
      dropHeaders: value => this.setHeaderFilter({ drop: value }),
      keepHeaders: value => this.setHeaderFilter({ keep: value }),
      builtinCharsets: value => this.setBuiltinCharsets(value),
      diagnostics: value => this.setDiagnostics(value),
      maskHosts: value => this.setHostMasking(value),
      listFailedRecipients: value => this.setFailedRecipients(value),
      copyCodes: value => this.setCopyCodes(value),
      copyMailbox: value => this.setCopyMailbox(value),
      limits: value => Object.entries(value)
        .forEach(([limit, bound]) => this.setLimit(limit, bound)),
    });
    return this;
  }

  /** The profile's first error, which stays with it; null if there is none. */
  get error() {
    const result = lib.ndr_profile_error(this._pointer);
    return result === OK ? null
      : failure(result, lib.ndr_profile_error_detail(this._pointer));
  }

  setGeneratingServer(host) {
    return this.#set(lib.ndr_profile_set_generating_server, ...pair(host));
  }

  setReportingAuthority(host) {
    return this.#set(lib.ndr_profile_set_reporting_authority, ...pair(host));
  }

  setPostmaster(mailbox) {
    return this.#set(lib.ndr_profile_set_postmaster, ...pair(mailbox));
  }

  setCatalog(catalog) {
    this.#set(lib.ndr_profile_set_catalog, catalog?._pointer ?? null);
    this._alive().borrow(...catalog ? [catalog._alive()] : []);
    this.#catalog = catalog ?? null;
    return this;
  }

  setAudience(audience) {
    return this.#set(lib.ndr_profile_set_audience,
      numbered(AUDIENCES, audience));
  }

  setLanguage(tags) {
    return this.#set(lib.ndr_profile_set_language, ...pair(joined(tags)));
  }

  setLanguageDetection(on) {
    return this.#set(lib.ndr_profile_set_language_detection, flag(on));
  }

  setOrganisation(name, accent) {
    return this.#set(lib.ndr_profile_set_organisation, ...pair(name),
      ...pair(accent));
  }

  setInternalDomains(domains) {
    return this.#set(lib.ndr_profile_set_internal_domains,
      ...pair(joined(domains)));
  }

  setGrouping(on) {
    return this.#set(lib.ndr_profile_set_grouping, 1 - flag(on));
  }

  setHtml(on) {
    return this.#set(lib.ndr_profile_set_html, flag(on));
  }

  setHeaderFilter({ drop, keep }) {
    if (drop !== undefined && keep !== undefined)
      throw new TypeError('drop or keep, not both');
    return this.#set(lib.ndr_profile_set_header_filter, keep ? 1 : 0,
      ...pair(joined(keep ?? drop)));
  }

  setBuiltinCharsets(on) {
    return this.#set(lib.ndr_profile_set_charsets, flag(on));
  }

  setDiagnostics(on) {
    return this.#set(lib.ndr_profile_set_diagnostics, flag(on));
  }

  setHostMasking(on) {
    return this.#set(lib.ndr_profile_set_host_masking, flag(on));
  }

  setFailedRecipients(on) {
    return this.#set(lib.ndr_profile_set_failed_recipients, flag(on));
  }

  setCopyCodes(codes) {
    return this.#set(lib.ndr_profile_set_copy_codes, ...pair(joined(codes)));
  }

  setCopyMailbox(mailbox) {
    return this.#set(lib.ndr_profile_set_copy_mailbox, ...pair(mailbox));
  }

  setLimit(limit, value) {
    return this.#set(lib.ndr_profile_set_limit, numbered(LIMITS, limit),
      size(value));
  }
}
