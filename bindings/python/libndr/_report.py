# SPDX-License-Identifier: ISC
"""Reports and their recipients."""
from __future__ import annotations

import ctypes
import io
import os
import threading
from typing import Any, BinaryIO, Callable, Iterator, NamedTuple

from ._library import READ_AT, SINK, TO_END, Handle, call_back, keep, lib
from ._values import (Action, Actions, Date, ErrorCode, NdrError, Nothing,
                      NothingDue, Notify, OrderError, Output, Return, Text,
                      Transport, bounded, failure, joined, moment, pair, text)
from ._words import Owner, Profile

#: Takes octets of the message.
Sink = Callable[[bytes], object]

#: From an offset, up to so many octets; b"" at the end only.
ReadAt = Callable[[int, int], bytes]


class Envelope(NamedTuple):
    """What the delivery of the report needs."""

    #: MAIL FROM: always "", the null return path.
    sender: str
    #: RCPT TO, no angle brackets.
    recipient: str
    #: NOTIFY for its RCPT TO.
    notify: Notify
    #: ENVID for its MAIL FROM, xtext.
    envelope_id: str
    #: It must be sent with SMTPUTF8.
    smtputf8: bool
    #: It must be sent with BODY=8BITMIME.
    eightbitmime: bool
    #: It is to be sent with REQUIRETLS where that is offered.
    require_tls: bool


def _source(read_at: ReadAt) -> Any:
    def read(_user: int, offset: int, buffer: int, size: int) -> int:
        try:
            data = read_at(offset, size)
            if data is None:
                raise BlockingIOError("the original would block")
            data = bytes(memoryview(data))
            if len(data) > size:
                raise ValueError(f"{len(data)} octets where {size} were asked"
                                 " for")
            ctypes.memmove(buffer, data, len(data))
            return len(data)
        except BaseException as error:
            return keep(error)

    return READ_AT(read)


def _sink(put: Sink) -> Any:
    def write(_user: int, data: int, length: int) -> int:
        try:
            put(ctypes.string_at(data, length))
            return 0
        except BaseException as error:
            return keep(error)

    return SINK(write)


def _put(target: Any) -> Sink:
    """What writes to a file, all of it, or calls a function."""
    write: Any = getattr(target, "write", None)
    if write is None and callable(target):
        function: Sink = target
        return function
    if not callable(write):
        raise TypeError("expected a file or a function, not"
                        f" {type(target).__name__}")

    def put(data: bytes) -> None:
        view = memoryview(data)
        while len(view) > 0:
            count = write(view)
            if count is None and isinstance(target, io.RawIOBase):
                raise BlockingIOError("the file would block")
            if not isinstance(count, int):
                return
            if count <= 0:
                raise OSError("the file takes nothing")
            view = view[count:]

    return put


class _Reader(io.RawIOBase):
    """The message as a file."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._run = report._begin()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.closed:
            raise ValueError("read of closed file")
        view = memoryview(buffer).cast("B")
        if len(view) == 0:
            return 0
        self._report._is_at(self._run)
        got = ctypes.c_size_t(0)
        memory = (ctypes.c_char * len(view)).from_buffer(view)
        result = self._report._call(lib.ndr_report_read, memory, len(view),
                                    ctypes.byref(got))
        if result != ErrorCode.END:
            self._report._check(result)
        return got.value


class Recipient:
    """What became of one recipient; belongs to its report."""

    __slots__ = ("_report", "_pointer", "_life")

    def __init__(self, report: Report, pointer: int) -> None:
        self._report = report
        self._pointer = pointer
        self._life = report._life

    def _set(self, setter: Callable[..., int], *arguments: Any) -> None:
        if self._life != self._report._life:
            raise OrderError(ErrorCode.ORDER,
                             "the report has forgotten this recipient")
        self._report._set_of(self._pointer, setter, *arguments)

    def set_action(self, action: Action) -> None:
        """What happened."""
        self._set(lib.ndr_recipient_set_action, bounded(action, 32))

    def set_status(self, status: Text) -> None:
        """The enhanced status code, "5.1.1", which is never rewritten."""
        self._set(lib.ndr_recipient_set_status, *pair(status))

    def set_reply(self, reply: Text) -> None:
        """The SMTP reply that decided, one line or several."""
        self._set(lib.ndr_recipient_set_reply, *pair(reply))

    def set_diagnostic(self, diagnostic_type: Text, text: Text) -> None:
        """A diagnostic that is no SMTP reply: "X-Local", and its text."""
        self._set(lib.ndr_recipient_set_diagnostic, *pair(diagnostic_type),
                  *pair(text))

    def set_remote_server(self, host: Text | None,
                          address: Text | None = None) -> None:
        """The server that reported the outcome, and its IP address."""
        self._set(lib.ndr_recipient_set_remote_server, *pair(host),
                  *pair(address))

    def set_original_recipient(self, orcpt: Text | None) -> None:
        """ORCPT, "rfc822;joe@contoso.com", as it came over the wire."""
        self._set(lib.ndr_recipient_set_original_recipient, *pair(orcpt))

    def set_notify(self, notify: Notify) -> None:
        """What the sender asked for."""
        self._set(lib.ndr_recipient_set_notify, bounded(notify, 32))

    def set_last_attempt(self, date: Date) -> None:
        """When delivery was last tried."""
        self._set(lib.ndr_recipient_set_last_attempt, *moment(date))

    def set_retry_until(self, date: Date) -> None:
        """Until when attempts go on."""
        self._set(lib.ndr_recipient_set_retry_until, *moment(date))

    def set_log_id(self, log_id: Text | None) -> None:
        """The final log id."""
        self._set(lib.ndr_recipient_set_log_id, *pair(log_id))

    def set_text(self, text: Text | None) -> None:
        """The reason in your own words, plain text."""
        self._set(lib.ndr_recipient_set_text, *pair(text))

    def set_hidden(self, address: Text) -> None:
        """Hide the final address: this one stands in its place."""
        self._set(lib.ndr_recipient_set_hidden, *pair(address))

    def add_attempt(self, date: Date, host: Text | None = None,
                    address: Text | None = None,
                    text: Text | None = None) -> None:
        """An attempt to deliver, in any order."""
        self._set(lib.ndr_recipient_add_attempt, *moment(date), *pair(host),
                  *pair(address), *pair(text))

    def add_field(self, name: Text, value: Text) -> None:
        """An extension field, whose name begins with X-."""
        self._set(lib.ndr_recipient_add_field, *pair(name), *pair(value))


class Report(Owner):
    """One notification: facts go in, a message comes out. One thread at a
    time; None, everywhere, is the default.

        with Report(profile, sender="jane@example.com", date=now,
                    original=Path("failed.eml")) as report:
            report.add_recipient("joe@contoso.com", reply=reply)
            report.write(sys.stdout.buffer)

    Every output call, and whatever asks for a decision, prepares the report:
    after that no fact can be set until reset().
    """

    def __init__(self, profile: Profile, *, sender: Text | None = None,
                 date: Date | None = None, seed: Text | None = None,
                 message_id: Text | None = None, subject: Text | None = None,
                 arrival_date: Date | None = None, language: Any = None,
                 envelope_id: Text | None = None, received_from: Any = None,
                 gateway: Text | None = None, require_tls: bool | None = None,
                 returns: Return | None = None,
                 transport: Transport | None = None,
                 output: Output | None = None,
                 original: Any = None) -> None:
        self._lock = threading.Lock()
        self._life = 0
        self._run = 0
        self._fd_run = -1
        self._file: BinaryIO | None = None
        pointer = ctypes.c_void_p()
        borrowed = profile._alive()
        result = lib.ndr_report_new(ctypes.byref(pointer), borrowed.pointer)
        if result != ErrorCode.OK:
            raise failure(result)
        self._handle = Handle(pointer.value, lib.ndr_report_free, reads=True)
        self._handle.borrow(borrowed)
        try:
            self._check(self._call(lib.ndr_report_error))
            self.set(sender=sender, date=date, seed=seed,
                     message_id=message_id, subject=subject,
                     arrival_date=arrival_date, language=language,
                     envelope_id=envelope_id, received_from=received_from,
                     gateway=gateway, require_tls=require_tls,
                     returns=returns, transport=transport, output=output,
                     original=original)
        except BaseException:
            self.close()
            raise

    def set(self, *, sender: Text | None = None, date: Date | None = None,
            seed: Text | None = None, message_id: Text | None = None,
            subject: Text | None = None, arrival_date: Date | None = None,
            language: Any = None, envelope_id: Text | None = None,
            received_from: Any = None, gateway: Text | None = None,
            require_tls: bool | None = None, returns: Return | None = None,
            transport: Transport | None = None, output: Output | None = None,
            original: Any = None) -> None:
        """Set several facts at once: those that Report() takes too.

        received_from: a name, or a name and an IP address
        original: octets, a path (os.PathLike), or an open binary file
        """
        for value, setter in (
                (sender, self.set_sender), (date, self.set_date),
                (seed, self.set_seed), (message_id, self.set_message_id),
                (subject, self.set_subject),
                (arrival_date, self.set_arrival_date),
                (language, self.set_language),
                (envelope_id, self.set_envelope_id),
                (gateway, self.set_gateway),
                (require_tls, self.set_require_tls),
                (returns, self.set_return), (transport, self.set_transport),
                (output, self.set_output), (original, self.set_original)):
            if value is not None:
                setter(value)  # type: ignore[operator]
        if isinstance(received_from, (str, bytes)):
            self.set_received_from(received_from)
        elif received_from is not None:
            self.set_received_from(*received_from)

    # -- how calls are made

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Make a call, alone: the library takes one at a time."""
        if not self._lock.acquire(blocking=False):
            raise RuntimeError("this Report is in another call")
        try:
            return call_back(function, self._pointer, *arguments)
        finally:
            self._lock.release()

    def _check(self, result: int) -> None:
        if result == ErrorCode.OK:
            return
        error = failure(result, text(self._call(lib.ndr_report_error_detail)))
        if isinstance(error, NothingDue):
            error.reason = Nothing(self._call(lib.ndr_report_nothing_due))
        raise error

    def _set(self, setter: Callable[..., int], *arguments: Any) -> None:
        self._check(self._call(setter, *arguments))

    def _set_of(self, recipient: int, setter: Callable[..., int],
                *arguments: Any) -> None:
        self._check(self._call(
            lambda _report: setter(recipient, *arguments)))

    # -- facts

    def set_sender(self, address: Text) -> None:
        """The envelope sender of the original; "" is the null return path."""
        self._set(lib.ndr_report_set_sender, *pair(address))

    def set_date(self, date: Date) -> None:
        """The report's own date."""
        self._set(lib.ndr_report_set_date, *moment(date))

    def set_message_id(self, message_id: Text) -> None:
        """The report's Message-ID, in place of a derived one."""
        self._set(lib.ndr_report_set_message_id, *pair(message_id))

    def set_seed(self, seed: Text) -> None:
        """The key of the derived Message-ID: the queue id of the original."""
        self._set(lib.ndr_report_set_seed, *pair(seed))

    def set_subject(self, subject: Text | None) -> None:
        """The report's whole Subject."""
        self._set(lib.ndr_report_set_subject, *pair(subject))

    def set_arrival_date(self, date: Date) -> None:
        """When the original arrived."""
        self._set(lib.ndr_report_set_arrival_date, *moment(date))

    def set_language(self, tags: Any) -> None:
        """The languages that this report is asked for in."""
        self._set(lib.ndr_report_set_language, *pair(joined(tags)))

    def set_envelope_id(self, xtext: Text | None) -> None:
        """The ENVID of the original, as it came over the wire."""
        self._set(lib.ndr_report_set_envelope_id, *pair(xtext))

    def set_received_from(self, helo: Text | None,
                          address: Text | None = None) -> None:
        """Who sent the original to us: name, and IP address."""
        self._set(lib.ndr_report_set_received_from, *pair(helo),
                  *pair(address))

    def set_gateway(self, host: Text | None) -> None:
        """The gateway that made this report of one in another form."""
        self._set(lib.ndr_report_set_gateway, *pair(host))

    def set_require_tls(self, on: bool) -> None:
        """Say that the original came with REQUIRETLS."""
        self._set(lib.ndr_report_set_require_tls, bool(on))

    def set_return(self, how_much: Return) -> None:
        """How much of the original to return."""
        self._set(lib.ndr_report_set_return, bounded(how_much, 32))

    def set_transport(self, transport: Transport) -> None:
        """What the next hop of the report offers."""
        self._set(lib.ndr_report_set_transport, bounded(transport, 32))

    def set_original(self, original: Any) -> None:
        """Give the message that is reported on.

        original: octets; a path (os.PathLike), which is opened, and closed
            with the report; or an open binary file, from where it stands to
            its end, which is read while the report is prepared and written.
            None: there is none
        """
        if hasattr(original, "__fspath__"):
            file = open(original, "rb")
            try:
                self.set_original_fd(file)
            except BaseException:
                file.close()
                raise
            self._file = file
        elif hasattr(original, "read"):
            self._set_file(original)
        elif isinstance(original, str):
            raise TypeError("octets, a pathlib.Path or a binary file, not str")
        else:
            data = None if original is None else bytes(memoryview(original))
            self._keep_original(data, lambda: self._set(
                lib.ndr_report_borrow_original, data, len(data or b"")))

    def _set_file(self, file: Any) -> None:
        start = file.tell()
        size = file.seek(0, os.SEEK_END)
        size = (file.tell() if size is None else size) - start
        file.seek(start)

        def read_at(offset: int, count: int) -> bytes:
            file.seek(start + offset)
            data: bytes = file.read(count)
            return data

        self.set_original_source(read_at, max(size, 0))

    def set_original_fd(self, file: Any, offset: int = 0,
                        length: int | None = None) -> None:
        """Give it as an open file that has a descriptor, or a part of one;
        where that stands does not matter. It is not to be closed before the
        report.

        file: a number, or whatever has a fileno method
        length: None: up to the end of the file
        """
        descriptor = file if isinstance(file, int) else file.fileno()
        self._keep_original(file, lambda: self._set(
            lib.ndr_report_borrow_original_fd, bounded(descriptor, 32),
            bounded(offset, 64, signed=False),
            TO_END if length is None else bounded(length, 64, signed=False)))

    def set_original_source(self, read_at: ReadAt, size: int) -> None:
        """Give the original as a function that can be asked for any part of
        it, twice. What it raises comes out of the call at hand."""
        thunk = _source(read_at)
        self._keep_original(thunk, lambda: self._set(
            lib.ndr_report_borrow_original_source, thunk, None,
            bounded(size, 64, signed=False)))

    def _keep_original(self, kept: Any, give: Callable[[], None]) -> None:
        """Keep what the library borrows, and what it has borrowed before
        until it has taken the new one."""
        handle = self._alive()
        give()
        handle.kept["original"] = kept
        self._close_file()

    def add_field(self, name: Text, value: Text) -> None:
        """An extension field of the whole report; its name begins with X-."""
        self._set(lib.ndr_report_add_field, *pair(name), *pair(value))

    def add_header(self, name: Text, value: Text) -> None:
        """A field of the report's header."""
        self._set(lib.ndr_report_add_header, *pair(name), *pair(value))

    def add_recipient(self, address: Text, *, action: Action | None = None,
                      status: Text | None = None, reply: Text | None = None,
                      diagnostic: tuple[Text, Text] | None = None,
                      remote_server: Any = None,
                      original_recipient: Text | None = None,
                      notify: Notify | None = None,
                      last_attempt: Date | None = None,
                      retry_until: Date | None = None,
                      log_id: Text | None = None, text: Text | None = None,
                      hidden: Text | None = None) -> Recipient:
        """Add a recipient of the original.

        diagnostic: a type and a text
        remote_server: a name, or a name and an IP address
        hidden: the address to show in place of this one
        """
        pointer = self._call(lib.ndr_report_add_recipient, *pair(address))
        self._check(self._call(lib.ndr_report_error))
        recipient = Recipient(self, pointer)
        for value, setter in (
                (action, recipient.set_action), (status, recipient.set_status),
                (reply, recipient.set_reply),
                (original_recipient, recipient.set_original_recipient),
                (notify, recipient.set_notify),
                (last_attempt, recipient.set_last_attempt),
                (retry_until, recipient.set_retry_until),
                (log_id, recipient.set_log_id), (text, recipient.set_text),
                (hidden, recipient.set_hidden)):
            if value is not None:
                setter(value)  # type: ignore[operator]
        if diagnostic is not None:
            recipient.set_diagnostic(*diagnostic)
        if isinstance(remote_server, (str, bytes)):
            recipient.set_remote_server(remote_server)
        elif remote_server is not None:
            recipient.set_remote_server(*remote_server)
        return recipient

    # -- decisions

    def prepare(self) -> None:
        """Take every decision and write nothing. Raises NothingDue."""
        self._check(self._call(lib.ndr_report_prepare))

    @property
    def actions_due(self) -> Actions:
        """The kinds that are due; none of them if nothing is."""
        try:
            self.prepare()
        except NothingDue:
            pass
        return Actions(self._call(lib.ndr_report_actions_due))

    def select_actions(self, actions: Actions) -> None:
        """Choose the kind of this message. Raises NothingDue if that kind is
        not due."""
        self.prepare()
        self._run += 1
        self._set(lib.ndr_report_select_actions, bounded(actions, 32))

    @property
    def nothing_due(self) -> Nothing:
        """Why nothing is due."""
        return Nothing(self._call(lib.ndr_report_nothing_due))

    @property
    def copy_due(self) -> bool:
        """Does the postmaster want a copy?"""
        try:
            self.prepare()
        except NothingDue:
            pass
        return bool(self._call(lib.ndr_report_copy_due))

    def set_copy(self, on: bool) -> None:
        """Make of the same facts the postmaster's copy, or the sender's
        report again."""
        self._run += 1
        self._set(lib.ndr_report_set_copy, bool(on))

    @property
    def envelope(self) -> Envelope:
        """What the delivery of the report needs."""
        self.prepare()
        return Envelope(
            text(self._call(lib.ndr_report_envelope_sender)),
            text(self._call(lib.ndr_report_envelope_recipient)),
            Notify(self._call(lib.ndr_report_envelope_notify)),
            text(self._call(lib.ndr_report_envelope_id)),
            bool(self._call(lib.ndr_report_needs_smtputf8)),
            bool(self._call(lib.ndr_report_needs_8bitmime)),
            bool(self._call(lib.ndr_report_needs_require_tls)))

    @property
    def message_id(self) -> str:
        """The report's Message-ID with its angle brackets."""
        self.prepare()
        return text(self._call(lib.ndr_report_message_id))

    @property
    def notes(self) -> list[str]:
        """What was made visible, shortened or left out, for the log."""
        notes: list[str] = []
        while True:
            note = self._call(lib.ndr_report_notes, len(notes))
            if note is None:
                return notes
            notes.append(text(note))

    @property
    def error(self) -> NdrError | None:
        """The report's first error, which stays with it."""
        try:
            self._check(self._call(lib.ndr_report_error))
        except NdrError as error:
            return error
        return None

    # -- output

    def _begin(self) -> int:
        """The message from its beginning; others that read it are cut off."""
        self.prepare()
        self._run += 1
        self._set(lib.ndr_report_rewind)
        return self._run

    def _is_at(self, run: int) -> None:
        if run != self._run:
            raise OrderError(ErrorCode.ORDER, "the message was begun again")

    def __iter__(self) -> Iterator[bytes]:
        """The pieces of the message, from its beginning. The first one is
        its header with the empty line."""
        return self._pieces(self._begin())

    def _pieces(self, run: int) -> Iterator[bytes]:
        piece, length = ctypes.c_void_p(), ctypes.c_size_t()

        def take(pointer: int) -> tuple[int, bytes]:
            result = lib.ndr_report_next(pointer, ctypes.byref(piece),
                                         ctypes.byref(length))
            return result, b"" if result != ErrorCode.OK \
                else ctypes.string_at(piece.value or 0, length.value)

        while True:
            self._is_at(run)
            result, data = self._call(take)
            if result == ErrorCode.END:
                return
            self._check(result)
            yield data

    def open(self) -> io.BufferedReader:
        """The message as a binary file to read, from its beginning. To close
        it leaves the report as it is."""
        return io.BufferedReader(_Reader(self))

    def write(self, target: Any) -> None:
        """Write the whole message to a binary file (whatever has a write
        method), or hand its pieces to a function. What that raises comes out
        of here; the message is cut off then."""
        thunk = _sink(_put(target))
        self._run += 1
        self._check(self._call(lib.ndr_report_write, thunk, None))

    def write_fd(self, file: Any) -> bool:
        """Write the whole message to a file that has a descriptor. False if
        that is in non-blocking mode and takes no more now: wait until it does,
        and call again, which goes on.

        file: a number, or whatever has a fileno method
        """
        descriptor = file if isinstance(file, int) else file.fileno()
        if self._fd_run != self._run:
            self._fd_run = self._begin()

        def write(pointer: int) -> tuple[int, int]:
            result = lib.ndr_report_write_fd(pointer, bounded(descriptor, 32))
            return result, ctypes.get_errno()

        result, errno = self._call(write)
        if result == ErrorCode.AGAIN:
            return False
        self._fd_run = -1
        if result == ErrorCode.SINK:
            raise OSError(errno, os.strerror(errno))
        self._check(result)
        return True

    def set_output(self, output: Output) -> None:
        """Choose the form of the lines: line ends, and whether dots are
        stuffed. The message begins again."""
        self._run += 1
        self._set(lib.ndr_report_set_output, bounded(output, 32))

    def __bytes__(self) -> bytes:
        """The whole message."""
        message, length = ctypes.c_void_p(), ctypes.c_size_t()

        def take(pointer: int) -> tuple[int, bytes]:
            result = lib.ndr_report_render(pointer, ctypes.byref(message),
                                           ctypes.byref(length))
            return result, b"" if result != ErrorCode.OK \
                else ctypes.string_at(message.value or 0, length.value)

        self._run += 1
        result, data = self._call(take)
        self._check(result)
        return bytes(data)

    @property
    def size(self) -> int:
        """Octets of the message, as for SIZE= in MAIL FROM."""
        count = ctypes.c_uint64(0)
        self._run += 1
        self._set(lib.ndr_report_length, ctypes.byref(count))
        return count.value

    # -- life

    def preload(self) -> None:
        """Open the converters of every charset now, before a chroot."""
        self._set(lib.ndr_report_preload)

    def reset(self, profile: Profile | None = None) -> None:
        """Forget every fact and error, and begin again."""
        handle = self._alive()
        other = None if profile is None else profile._alive()
        self._life += 1
        self._run += 1
        result = self._call(lib.ndr_report_reset,
                            None if other is None else other.pointer)
        handle.kept.pop("original", None)
        self._close_file()
        if other is not None:
            handle.borrow(other)
        self._check(result)

    def _close_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def close(self) -> None:
        """Free it. Its recipients are gone with it. Twice does no harm."""
        if self._handle is None:
            return
        if not self._lock.acquire(blocking=False):
            raise RuntimeError("this Report is in another call")
        try:
            super().close()
            self._close_file()
        finally:
            self._lock.release()

    def __enter__(self) -> Report:
        self._alive()
        return self
