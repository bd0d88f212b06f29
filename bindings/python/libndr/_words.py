# SPDX-License-Identifier: ISC
"""Catalogs of system messages, and the profile of a server."""
from __future__ import annotations

import ctypes
from typing import Any, Callable, Iterable, Iterator, Mapping

from ._library import ALLOCATOR, RESOLVER, Handle, keep, lib
from ._values import (Action, Audience, ErrorCode, Limit, NdrError, OrderError,
                      Text, bounded, failure, joined, octets, pair, terminated,
                      text)


#: A null pointer to a function.
_NO_RESOLVER: Any = RESOLVER()  # type: ignore[call-overload]


class Query:
    """What a resolver is asked."""

    __slots__ = ("status", "language", "audience", "action", "reply")

    #: The status that the words are for: "5.1.1".
    status: str
    #: Language tag wanted.
    language: str
    audience: Audience
    action: Action
    #: The reply, as reports show it; "" if there was none.
    reply: str

    def __init__(self, pointer: int) -> None:
        self.status = text(lib.ndr_query_status(pointer))
        self.language = text(lib.ndr_query_language(pointer))
        self.audience = Audience(lib.ndr_query_audience(pointer))
        self.action = Action(lib.ndr_query_action(pointer))
        self.reply = text(lib.ndr_query_reply(pointer))

    def __repr__(self) -> str:
        return f"<Query {self.status} {self.language} {self.action.name}>"


#: Answers with an entry in the form of Catalog.add(), or None for none.
Resolver = Callable[[Query], "Text | None"]


def _thunk(resolver: Resolver) -> Any:
    def resolve(_user: int, query: int, answer: int) -> int:
        try:
            entry = octets(resolver(Query(query)))
            if entry is None:
                return ErrorCode.END
            return int(lib.ndr_answer_set_entry(answer, entry, len(entry)))
        except BaseException as error:
            return keep(error)

    return RESOLVER(resolve)


def measured(call: Callable[..., Any]) -> bytes | None:
    """The text that a call with a buffer, its size and a need gives; None
    if there is none."""
    need = ctypes.c_size_t(0)
    result = call(None, 0, ctypes.byref(need))
    if result < 0:
        raise failure(result)
    if need.value == 0:
        return None
    buffer = ctypes.create_string_buffer(need.value)
    result = call(buffer, need.value, ctypes.byref(need))
    if result < 0:
        raise failure(result)
    return buffer.raw[:need.value - 1]


class Owner:
    """An object that frees what it has: in a with block, by close(), or with
    the last reference to it."""

    _handle: Handle | None = None

    def _alive(self) -> Handle:
        if self._handle is None:
            raise ValueError(f"this {type(self).__name__} is closed")
        return self._handle

    @property
    def _pointer(self) -> Any:
        return self._alive().pointer

    def _open(self) -> Handle:
        """The handle, if it may be written to."""
        handle = self._alive()
        if handle.readers:
            raise OrderError(ErrorCode.ORDER, f"a report uses this"
                             f" {type(self).__name__}: it cannot change")
        return handle

    def close(self) -> None:
        """Let it go; it lives on while another object uses it. Twice does no
        harm."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.release()

    def __del__(self) -> None:
        self.close()

    def __enter__(self) -> Any:
        self._alive()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _entry(pointer: int | None, index: int) -> str:
    found = measured(lambda out, size, need: lib.ndr_catalog_entry(
        pointer, index, out, size, need)) if index >= 0 else None
    if found is None:
        raise IndexError("no such entry")
    return found.decode()


def _find(pointer: int | None, status: Text, action: int, audience: int,
          language: Text | None, reply: Text | None) -> str | None:
    index = ctypes.c_size_t(0)
    result = lib.ndr_catalog_find(
        pointer, terminated(status), bounded(action, 32), bounded(audience, 32),
        terminated(language), terminated(reply), ctypes.byref(index))
    if result == ErrorCode.END:
        return None
    if result != ErrorCode.OK:
        raise failure(result)
    return _entry(pointer, index.value)


def _entries(pointer: Callable[[], Any]) -> Iterator[str]:
    index = 0
    while True:
        try:
            entry = _entry(pointer(), index)
        except IndexError:
            return
        yield entry
        index += 1


def builtin_entries() -> Iterator[str]:
    """The built-in words, all languages, entry by entry."""
    return _entries(lambda: None)


def find_builtin(status: Text, *, action: Action = Action.FAILED,
                 audience: Audience = Audience.EXTERNAL,
                 language: Text | None = None,
                 reply: Text | None = None) -> str | None:
    """Which of the built-in entries would speak; as Catalog.find()."""
    return _find(None, status, action, audience, language, reply)


class Catalog(Owner):
    """An administrator's own system messages, which come before the built-in
    ones. It cannot change while a report uses it.

        catalog = Catalog(["Status: 5.1.1\\n\\nNobody is called {recipient}."])
        for entry in catalog: ...
    """

    def __init__(self, entries: Iterable[Text] = (), *,
                 resolver: Resolver | None = None,
                 _allocator: ALLOCATOR | None = None) -> None:
        pointer = ctypes.c_void_p()
        result = lib.ndr_catalog_new(ctypes.byref(pointer), _allocator)
        if result != ErrorCode.OK:
            raise failure(result)
        self._handle = Handle(pointer.value, lib.ndr_catalog_free)
        for each in entries:
            self.add(each)
        if resolver is not None:
            self.set_resolver(resolver)

    def _check(self, result: int) -> None:
        if result != ErrorCode.OK:
            raise failure(result, text(
                lib.ndr_catalog_error_detail(self._pointer)))

    def add(self, entry: Text) -> None:
        """Add one system message: a header block, an empty line, the text.
        After an error the catalog is as it was."""
        pointer = self._open().pointer
        self._check(lib.ndr_catalog_add(pointer, *pair(entry)))

    def load(self, source: Any, name: Text | None = None) -> None:
        """Add all entries of a file of words, or none.

        source: its octets, a path (os.PathLike), or an open binary file
        name: of the file, for error details
        """
        if hasattr(source, "__fspath__"):
            name = str(source) if name is None else name
            with open(source, "rb") as file:
                data = file.read()
        elif hasattr(source, "read"):
            data = source.read()
            given = getattr(source, "name", None)
            name = given if name is None and isinstance(given, str) else name
        else:
            data = source
        pointer = self._open().pointer
        self._check(lib.ndr_catalog_load(pointer, terminated(name),
                                         *pair(data)))

    def set_resolver(self, resolver: Resolver | None) -> None:
        """Ask this function before the entries. What it raises comes out of
        the call that asked: Report.prepare() or an output call. The report is
        prepared all the same then, with the words of the next catalog."""
        handle = self._open()
        thunk = _NO_RESOLVER if resolver is None else _thunk(resolver)
        self._check(lib.ndr_catalog_set_resolver(handle.pointer, thunk, None))
        handle.kept["resolver"] = thunk

    def find(self, status: Text, *, action: Action = Action.FAILED,
             audience: Audience = Audience.EXTERNAL,
             language: Text | None = None,
             reply: Text | None = None) -> str | None:
        """Which entry would speak; None if none of this catalog fits."""
        return _find(self._pointer, status, action, audience, language, reply)

    def __iter__(self) -> Iterator[str]:
        """Each entry, as add() takes it."""
        return _entries(lambda: self._pointer)

    def __getitem__(self, index: int) -> str:
        return _entry(self._pointer, index.__index__())

    def __enter__(self) -> Catalog:
        self._alive()
        return self


class Profile(Owner):
    """How one server writes reports: set it up once, then use it for any
    number of them, in any number of threads. It cannot change while a report
    uses it. None, everywhere, is the default."""

    def __init__(self, generating_server: Text, *,
                 reporting_authority: Text | None = None,
                 postmaster: Text | None = None,
                 catalog: Catalog | None = None,
                 audience: Audience | None = None,
                 language: Text | Iterable[str] | None = None,
                 detect_language: bool | None = None,
                 organisation: Text | None = None,
                 accent: Text | None = None,
                 internal_domains: Text | Iterable[str] | None = None,
                 grouping: bool | None = None,
                 html: bool | None = None,
                 drop_headers: Text | Iterable[str] | None = None,
                 keep_headers: Text | Iterable[str] | None = None,
                 builtin_charsets: bool | None = None,
                 diagnostics: bool | None = None,
                 mask_hosts: bool | None = None,
                 list_failed_recipients: bool | None = None,
                 copy_codes: Text | Iterable[str] | None = None,
                 copy_mailbox: Text | None = None,
                 limits: Mapping[Limit, int] | None = None,
                 _allocator: ALLOCATOR | None = None) -> None:
        pointer = ctypes.c_void_p()
        result = lib.ndr_profile_new(ctypes.byref(pointer), _allocator)
        if result != ErrorCode.OK:
            raise failure(result)
        self._handle = Handle(pointer.value, lib.ndr_profile_free)
        self.set_generating_server(generating_server)
        for value, setter in (
                (reporting_authority, self.set_reporting_authority),
                (postmaster, self.set_postmaster),
                (catalog, self.set_catalog),
                (audience, self.set_audience),
                (language, self.set_language),
                (detect_language, self.set_language_detection),
                (internal_domains, self.set_internal_domains),
                (grouping, self.set_grouping),
                (html, self.set_html),
                (builtin_charsets, self.set_builtin_charsets),
                (diagnostics, self.set_diagnostics),
                (mask_hosts, self.set_host_masking),
                (list_failed_recipients, self.set_failed_recipients)):
            if value is not None:
                setter(value)  # type: ignore[operator]
        if organisation is not None or accent is not None:
            self.set_organisation(organisation, accent)
        if drop_headers is not None and keep_headers is not None:
            raise TypeError("drop_headers or keep_headers, not both")
        if drop_headers is not None:
            self.set_header_filter(drop=drop_headers)
        if keep_headers is not None:
            self.set_header_filter(keep=keep_headers)
        if copy_codes is not None:
            self.set_copy_codes(copy_codes)
        if copy_mailbox is not None:
            self.set_copy_mailbox(copy_mailbox)
        for limit, bound in (limits or {}).items():
            self.set_limit(limit, bound)

    def _set(self, setter: Callable[..., int], *arguments: Any) -> None:
        pointer = self._open().pointer
        result = setter(pointer, *arguments)
        if result != ErrorCode.OK:
            raise failure(result, text(lib.ndr_profile_error_detail(pointer)))

    @property
    def error(self) -> NdrError | None:
        """The profile's first error, which stays with it."""
        code = lib.ndr_profile_error(self._pointer)
        return None if code == ErrorCode.OK else failure(
            code, text(lib.ndr_profile_error_detail(self._pointer)))

    def set_generating_server(self, host: Text) -> None:
        """Name the server that makes the reports."""
        self._set(lib.ndr_profile_set_generating_server, *pair(host))

    def set_reporting_authority(self, host: Text | None) -> None:
        """Give another name for Reporting-MTA than the generating server's."""
        self._set(lib.ndr_profile_set_reporting_authority, *pair(host))

    def set_postmaster(self, mailbox: Text | None) -> None:
        """Set the From of the reports: "Name <postmaster@domain>"."""
        self._set(lib.ndr_profile_set_postmaster, *pair(mailbox))

    def set_catalog(self, catalog: Catalog | None) -> None:
        """Use an administrator's catalog before the built-in one."""
        handle = self._open()
        other = None if catalog is None else catalog._alive()
        self._set(lib.ndr_profile_set_catalog,
                  None if other is None else other.pointer)
        handle.borrow(*(() if other is None else (other,)))

    def set_audience(self, audience: Audience) -> None:
        """Say who reads the reports."""
        self._set(lib.ndr_profile_set_audience, bounded(audience, 32))

    def set_language(self, tags: Text | Iterable[str] | None) -> None:
        """In which languages reports are written: "fr" or ["nl", "fr"]."""
        self._set(lib.ndr_profile_set_language, *pair(joined(tags)))

    def set_language_detection(self, on: bool) -> None:
        """Say whether the original's own language fields are looked at."""
        self._set(lib.ndr_profile_set_language_detection, bool(on))

    def set_organisation(self, name: Text | None,
                         accent: Text | None = None) -> None:
        """Name the organisation, and a colour "#rrggbb" for the HTML."""
        self._set(lib.ndr_profile_set_organisation, *pair(name), *pair(accent))

    def set_internal_domains(self, domains: Text | Iterable[str] | None) \
            -> None:
        """Name the domains that the organisation runs itself."""
        self._set(lib.ndr_profile_set_internal_domains, *pair(joined(domains)))

    def set_grouping(self, on: bool) -> None:
        """Say whether recipients share one reason in the user section."""
        self._set(lib.ndr_profile_set_grouping, 0 if on else 1)

    def set_html(self, on: bool) -> None:
        """Say whether the text comes as HTML too."""
        self._set(lib.ndr_profile_set_html, bool(on))

    def set_header_filter(self, *, drop: Text | Iterable[str] | None = None,
                          keep: Text | Iterable[str] | None = None) -> None:
        """Choose the fields of the original that are shown: all but some, or
        some only."""
        if drop is not None and keep is not None:
            raise TypeError("drop or keep, not both")
        self._set(lib.ndr_profile_set_header_filter, int(keep is not None),
                  *pair(joined(drop if keep is None else keep)))

    def set_builtin_charsets(self, on: bool) -> None:
        """Decode from the built-in charsets only, without iconv."""
        self._set(lib.ndr_profile_set_charsets, bool(on))

    def set_diagnostics(self, on: bool) -> None:
        """Say whether the report tells administrators its diagnostics."""
        self._set(lib.ndr_profile_set_diagnostics, bool(on))

    def set_host_masking(self, on: bool) -> None:
        """Say whether senders of other organisations do not see the names of
        this one's hosts."""
        self._set(lib.ndr_profile_set_host_masking, bool(on))

    def set_failed_recipients(self, on: bool) -> None:
        """Say whether X-Failed-Recipients lists the failed ones."""
        self._set(lib.ndr_profile_set_failed_recipients, bool(on))

    def set_copy_codes(self, codes: Text | Iterable[str] | None) -> None:
        """Of which failures the postmaster wants a copy."""
        self._set(lib.ndr_profile_set_copy_codes, *pair(joined(codes)))

    def set_copy_mailbox(self, mailbox: Text | None) -> None:
        """Where the postmaster's copies go."""
        self._set(lib.ndr_profile_set_copy_mailbox, *pair(mailbox))

    def set_limit(self, limit: Limit, value: int) -> None:
        """Set a limit. Past it the report is still made, and says so."""
        self._set(lib.ndr_profile_set_limit, bounded(limit, 32),
                  bounded(value, 64, signed=False))

    def __enter__(self) -> Profile:
        self._alive()
        return self
