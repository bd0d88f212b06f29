# SPDX-License-Identifier: ISC
"""The C library: where it is, and the types of its calls."""
from __future__ import annotations

import ctypes
import ctypes.util
import os
import pathlib
import sys
import threading
from ctypes import CFUNCTYPE, POINTER
from typing import Any, Callable

INT = ctypes.c_int
INT32 = ctypes.c_int32
INT64 = ctypes.c_int64
UINT64 = ctypes.c_uint64
SIZE = ctypes.c_size_t
# Octets: bytes go in without a copy; what comes out ends at its first NUL.
TEXT = ctypes.c_char_p
# Memory that is written to, an object, a user pointer.
MEMORY = ctypes.c_void_p
OBJECT = ctypes.c_void_p
INT_OUT = POINTER(INT)
SIZE_OUT = POINTER(SIZE)
UINT64_OUT = POINTER(UINT64)
OBJECT_OUT = POINTER(OBJECT)
PIECE_OUT = POINTER(ctypes.c_void_p)

RESOLVER = CFUNCTYPE(INT, MEMORY, OBJECT, OBJECT)
SINK = CFUNCTYPE(INT, MEMORY, MEMORY, SIZE)
READ_AT = CFUNCTYPE(INT64, MEMORY, UINT64, MEMORY, SIZE)
REALLOCATE = CFUNCTYPE(MEMORY, MEMORY, MEMORY, SIZE, SIZE)


class ALLOCATOR(ctypes.Structure):
    """struct ndr_allocator."""

    _fields_ = [("reallocate", REALLOCATE), ("user", MEMORY)]


ALLOCATOR_IN = POINTER(ALLOCATOR)

#: What callbacks return for: an exception is on its way.
RAISED = -1000

#: As an offset: not known.
OFFSET_UNKNOWN = -(2**31)

#: As the length of a file: up to its end.
TO_END = 2**64 - 1

#: Each call of the library: its result, then its arguments.
CALLS: dict[str, tuple[Any, ...]] = {
    "ndr_answer_set_entry": (INT, OBJECT, TEXT, SIZE),
    "ndr_catalog_add": (INT, OBJECT, TEXT, SIZE),
    "ndr_catalog_entry": (INT, OBJECT, SIZE, MEMORY, SIZE, SIZE_OUT),
    "ndr_catalog_error_detail": (TEXT, OBJECT),
    "ndr_catalog_find":
        (INT, OBJECT, TEXT, INT, INT, TEXT, TEXT, SIZE_OUT),
    "ndr_catalog_free": (None, OBJECT),
    "ndr_catalog_load": (INT, OBJECT, TEXT, TEXT, SIZE),
    "ndr_catalog_new": (INT, OBJECT_OUT, ALLOCATOR_IN),
    "ndr_catalog_set_resolver": (INT, OBJECT, RESOLVER, MEMORY),
    "ndr_error_name": (TEXT, INT),
    "ndr_error_text": (TEXT, INT),
    "ndr_message_is_automatic": (INT, TEXT, SIZE),
    "ndr_notify_parse": (INT, TEXT, SIZE, INT_OUT),
    "ndr_profile_error": (INT, OBJECT),
    "ndr_profile_error_detail": (TEXT, OBJECT),
    "ndr_profile_free": (None, OBJECT),
    "ndr_profile_new": (INT, OBJECT_OUT, ALLOCATOR_IN),
    "ndr_profile_set_audience": (INT, OBJECT, INT),
    "ndr_profile_set_catalog": (INT, OBJECT, OBJECT),
    "ndr_profile_set_charsets": (INT, OBJECT, INT),
    "ndr_profile_set_copy_codes": (INT, OBJECT, TEXT, SIZE),
    "ndr_profile_set_copy_mailbox": (INT, OBJECT, TEXT, SIZE),
    "ndr_profile_set_diagnostics": (INT, OBJECT, INT),
    "ndr_profile_set_failed_recipients": (INT, OBJECT, INT),
    "ndr_profile_set_generating_server": (INT, OBJECT, TEXT, SIZE),
    "ndr_profile_set_grouping": (INT, OBJECT, INT),
    "ndr_profile_set_header_filter": (INT, OBJECT, INT, TEXT, SIZE),
    "ndr_profile_set_host_masking": (INT, OBJECT, INT),
    "ndr_profile_set_html": (INT, OBJECT, INT),
    "ndr_profile_set_internal_domains": (INT, OBJECT, TEXT, SIZE),
    "ndr_profile_set_language": (INT, OBJECT, TEXT, SIZE),
    "ndr_profile_set_language_detection": (INT, OBJECT, INT),
    "ndr_profile_set_limit": (INT, OBJECT, INT, UINT64),
    "ndr_profile_set_organisation": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_profile_set_postmaster": (INT, OBJECT, TEXT, SIZE),
    "ndr_profile_set_reporting_authority": (INT, OBJECT, TEXT, SIZE),
    "ndr_query_action": (INT, OBJECT),
    "ndr_query_audience": (INT, OBJECT),
    "ndr_query_language": (TEXT, OBJECT),
    "ndr_query_reply": (TEXT, OBJECT),
    "ndr_query_status": (TEXT, OBJECT),
    "ndr_recipient_add_attempt":
        (INT, OBJECT, INT64, INT32, TEXT, SIZE, TEXT, SIZE, TEXT, SIZE),
    "ndr_recipient_add_field": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_recipient_set_action": (INT, OBJECT, INT),
    "ndr_recipient_set_diagnostic": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_recipient_set_hidden": (INT, OBJECT, TEXT, SIZE),
    "ndr_recipient_set_last_attempt": (INT, OBJECT, INT64, INT32),
    "ndr_recipient_set_log_id": (INT, OBJECT, TEXT, SIZE),
    "ndr_recipient_set_notify": (INT, OBJECT, INT),
    "ndr_recipient_set_original_recipient": (INT, OBJECT, TEXT, SIZE),
    "ndr_recipient_set_remote_server": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_recipient_set_reply": (INT, OBJECT, TEXT, SIZE),
    "ndr_recipient_set_retry_until": (INT, OBJECT, INT64, INT32),
    "ndr_recipient_set_status": (INT, OBJECT, TEXT, SIZE),
    "ndr_recipient_set_text": (INT, OBJECT, TEXT, SIZE),
    "ndr_reply_parse": (INT, TEXT, SIZE, INT_OUT, MEMORY, SIZE_OUT),
    "ndr_report_actions_due": (INT, OBJECT),
    "ndr_report_add_field": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_report_add_header": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_report_add_recipient": (OBJECT, OBJECT, TEXT, SIZE),
    "ndr_report_borrow_original": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_borrow_original_fd": (INT, OBJECT, INT, UINT64, UINT64),
    "ndr_report_borrow_original_source":
        (INT, OBJECT, READ_AT, MEMORY, UINT64),
    "ndr_report_copy_due": (INT, OBJECT),
    "ndr_report_envelope_id": (TEXT, OBJECT),
    "ndr_report_envelope_notify": (INT, OBJECT),
    "ndr_report_envelope_recipient": (TEXT, OBJECT),
    "ndr_report_envelope_sender": (TEXT, OBJECT),
    "ndr_report_error": (INT, OBJECT),
    "ndr_report_error_detail": (TEXT, OBJECT),
    "ndr_report_free": (None, OBJECT),
    "ndr_report_length": (INT, OBJECT, UINT64_OUT),
    "ndr_report_message_id": (TEXT, OBJECT),
    "ndr_report_needs_8bitmime": (INT, OBJECT),
    "ndr_report_needs_require_tls": (INT, OBJECT),
    "ndr_report_needs_smtputf8": (INT, OBJECT),
    "ndr_report_new": (INT, OBJECT_OUT, OBJECT),
    "ndr_report_next": (INT, OBJECT, PIECE_OUT, SIZE_OUT),
    "ndr_report_notes": (TEXT, OBJECT, SIZE),
    "ndr_report_nothing_due": (INT, OBJECT),
    "ndr_report_preload": (INT, OBJECT),
    "ndr_report_prepare": (INT, OBJECT),
    "ndr_report_read": (INT, OBJECT, MEMORY, SIZE, SIZE_OUT),
    "ndr_report_render": (INT, OBJECT, PIECE_OUT, SIZE_OUT),
    "ndr_report_reset": (INT, OBJECT, OBJECT),
    "ndr_report_rewind": (INT, OBJECT),
    "ndr_report_select_actions": (INT, OBJECT, INT),
    "ndr_report_set_arrival_date": (INT, OBJECT, INT64, INT32),
    "ndr_report_set_copy": (INT, OBJECT, INT),
    "ndr_report_set_date": (INT, OBJECT, INT64, INT32),
    "ndr_report_set_envelope_id": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_gateway": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_language": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_message_id": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_output": (INT, OBJECT, INT),
    "ndr_report_set_received_from": (INT, OBJECT, TEXT, SIZE, TEXT, SIZE),
    "ndr_report_set_require_tls": (INT, OBJECT, INT),
    "ndr_report_set_return": (INT, OBJECT, INT),
    "ndr_report_set_seed": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_sender": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_subject": (INT, OBJECT, TEXT, SIZE),
    "ndr_report_set_transport": (INT, OBJECT, INT),
    "ndr_report_write": (INT, OBJECT, SINK, MEMORY),
    "ndr_report_write_fd": (INT, OBJECT, INT),
    "ndr_return_parse": (INT, TEXT, SIZE, INT_OUT),
    "ndr_status_describe": (TEXT, TEXT, INT),
    "ndr_status_next": (TEXT, SIZE),
    "ndr_version": (TEXT,),
    "ndr_xtext_decode": (INT, TEXT, SIZE, MEMORY, SIZE, SIZE_OUT),
    "ndr_xtext_encode": (INT, TEXT, SIZE, MEMORY, SIZE, SIZE_OUT),
}

#: Calls that a language with files of its own has no use for.
LEFT_OUT = {"ndr_catalog_load_stream", "ndr_report_borrow_original_stream",
            "ndr_report_write_stream"}


def _names() -> list[str]:
    """What to try: NDR_LIBRARY alone if it is set; else beside this package,
    then where the system looks."""
    given = os.environ.get("NDR_LIBRARY")
    if given:
        return [given]
    if sys.platform == "win32":
        files = ["libndr-report-0.dll", "ndr-report.dll"]
    elif sys.platform == "darwin":
        files = ["libndr-report.0.dylib", "libndr-report.dylib"]
    else:
        files = ["libndr-report.so.0", "libndr-report.so"]
    here = pathlib.Path(__file__).resolve().parent
    names = [str(here / each) for each in files if (here / each).exists()]
    names += files
    found = ctypes.util.find_library("ndr-report")
    return names + [found] if found else names


def _open() -> ctypes.CDLL:
    reasons = []
    for name in _names():
        try:
            return ctypes.CDLL(name, use_errno=True)
        except OSError as error:
            reasons.append(str(error))
    raise ImportError(
        "the library libndr-report was not found; set NDR_LIBRARY to its"
        " path (" + "; ".join(reasons) + ")")


def _declare(library: ctypes.CDLL, name: str) -> Callable[..., Any]:
    call = getattr(library, name)
    call.restype = CALLS[name][0]
    call.argtypes = CALLS[name][1:]
    return call  # type: ignore[no-any-return]


class _Calls:
    """The calls by their names; each is looked up when it is first used."""

    def __init__(self) -> None:
        self._library = _open()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = _declare(self._library, name)
        setattr(self, name, call)
        return call


lib: Any = _Calls()


class _Frame(threading.local):
    """The exception that a callback met during the call at hand."""

    raised: BaseException | None = None


_frame = _Frame()


def keep(error: BaseException) -> int:
    """In a callback: remember an exception until the call is over. The first
    one counts."""
    if _frame.raised is None:
        _frame.raised = error
    return RAISED


def call_back(function: Callable[..., int], *arguments: Any) -> int:
    """Make a call that may call back; raise what a callback raised."""
    outer, _frame.raised = _frame.raised, None
    try:
        result = function(*arguments)
        raised = _frame.raised
    finally:
        _frame.raised = outer
    if raised is not None:
        try:
            raise raised
        finally:
            del raised  # no circle of traceback and frame
    return result


class Handle:
    """A native object, freed when its owner and all that borrow it have let it
    go, in whatever order the garbage collector meets them."""

    __slots__ = ("pointer", "kept", "readers", "_free", "_reads", "_uses",
                 "_borrowed", "_lock")

    def __init__(self, pointer: int | None, free: Callable[[Any], None],
                 *, reads: bool = False) -> None:
        self.pointer = pointer
        #: What must live as long: octets, callbacks.
        self.kept: dict[str, Any] = {}
        #: How many reports read it: it must not change meanwhile.
        self.readers = 0
        self._free = free
        self._reads = reads
        self._uses = 1
        self._borrowed: tuple[Handle, ...] = ()
        self._lock = threading.Lock()

    def borrow(self, *others: Handle) -> None:
        """Borrow others in place of those before."""
        before, self._borrowed = self._borrowed, others
        for each in others:
            each._change(1, int(self._reads))
        for each in before:
            each._change(0, -int(self._reads))
            each.release()

    def _change(self, uses: int, readers: int) -> None:
        with self._lock:
            self._uses += uses
            self.readers += readers
        for each in self._borrowed:
            each._change(0, readers)

    def release(self) -> None:
        """One use less; free it after the last one."""
        with self._lock:
            self._uses -= 1
            if self._uses > 0 or self.pointer is None:
                return
            pointer, self.pointer = self.pointer, None
        self._free(pointer)
        self.kept.clear()
        self.borrow()
