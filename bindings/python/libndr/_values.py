# SPDX-License-Identifier: ISC
"""What goes in and comes out: numbers with names, texts, dates, errors."""
from __future__ import annotations

import datetime
import enum
from typing import Any, Iterator, Tuple, Union

from ._library import OFFSET_UNKNOWN, RAISED, lib

#: Text, which goes in as UTF-8, or octets as they are.
Text = Union[str, bytes]

#: A date with its zone; seconds since 1970, which are shown in UTC; or seconds
#: and minutes east of UTC, with None for a zone that is not known (-0000).
Date = Union[datetime.datetime, int, Tuple[int, Union[int, None]]]


class ErrorCode(enum.IntEnum):
    """What calls of the library return."""

    OK = 0
    END = 1
    NOTHING_DUE = 2
    AGAIN = 3
    NOMEM = -1
    INVALID = -2
    ORDER = -3
    MISSING = -4
    HOST = -5
    ADDRESS = -6
    DATE = -7
    STATUS = -8
    ACTION = -9
    FIELD = -10
    TEXT = -11
    TEMPLATE = -12
    SOURCE = -13
    SINK = -14


class Action(enum.IntEnum):
    """What became of a recipient (RFC 3464 2.3.3)."""

    FAILED = 0
    DELAYED = 1
    DELIVERED = 2
    RELAYED = 3
    EXPANDED = 4


class Actions(enum.IntFlag):
    """Kinds of report: which actions stand in one message. Iterating gives
    them one by one."""

    FAILED = 1
    DELAYED = 2
    SUCCESS = 4
    MIXED = 7

    def __iter__(self) -> Iterator[Actions]:
        for each in (Actions.FAILED, Actions.DELAYED, Actions.SUCCESS):
            if each & self:
                yield each


class Notify(enum.IntFlag):
    """What the sender asked for with NOTIFY (RFC 3461 4.1)."""

    DEFAULT = 0
    SUCCESS = 1
    FAILURE = 2
    DELAY = 4
    NEVER = 8


class Return(enum.IntEnum):
    """How much of the original comes back (RFC 3461 4.3)."""

    HEADERS = 0
    FULL = 1
    NONE = 2


class Transport(enum.IntFlag):
    """What the next hop of the report offers."""

    SEVEN_BIT = 0
    EIGHTBITMIME = 1
    SMTPUTF8 = 2


class Output(enum.IntFlag):
    """The form of the lines that come out."""

    CRLF = 0
    LF = 1
    DOTS = 2


class Audience(enum.IntEnum):
    """Who reads the report."""

    EXTERNAL = 0
    INTERNAL = 1


class Nothing(enum.IntEnum):
    """Why nothing is due."""

    NONE = 0
    NULL_RETURN_PATH = 1
    NOT_ASKED = 2
    OF_THIS_KIND = 3
    TO_COPY = 4


class Limit(enum.IntEnum):
    """What Profile.set_limit() limits."""

    ORIGINAL = 0
    HEADER = 1
    REPLY = 2
    SUBJECT = 3
    REFERENCES = 4


class NdrError(Exception):
    """A call of the library failed. Its text is the detail."""

    #: What the library returned.
    code: ErrorCode
    #: Which value was at fault.
    detail: str

    def __init__(self, code: int, detail: str = "") -> None:
        self.code = ErrorCode(code)
        self.detail = detail or error_text(code)
        super().__init__(self.detail)

    def __reduce__(self) -> Any:
        return type(self), (int(self.code), self.detail)

    @property
    def name(self) -> str:
        """The name of the code in C: "NDR_E_STATUS"."""
        return error_name(self.code)


class NothingDue(NdrError):
    """No report may be sent: no fault, but there is nothing to write."""

    #: Why.
    reason: Nothing

    def __init__(self, code: int, detail: str = "",
                 reason: Nothing = Nothing.NONE) -> None:
        super().__init__(code, detail)
        self.reason = reason

    def __reduce__(self) -> Any:
        return type(self), (int(self.code), self.detail, self.reason)


class OutOfMemory(NdrError, MemoryError):
    """Memory ran out in the library."""


class OrderError(NdrError, RuntimeError):
    """Too late for this call, or too early."""


class InvalidValue(NdrError, ValueError):
    """An argument that no program should pass."""


class MissingFact(InvalidValue):
    """A needed fact was never set."""


class HostError(InvalidValue):
    """Not a host name or address literal."""


class AddressError(InvalidValue):
    """Not a mail address that can be used here."""


class DateError(InvalidValue):
    """A time or offset that no mail header can show."""


class StatusError(InvalidValue):
    """Not a status code of class 2, 4 or 5."""


class ActionError(InvalidValue):
    """Action unknown, or at odds with the status."""


class FieldError(InvalidValue):
    """Name or value that cannot stand in a header field."""


class TextError(InvalidValue):
    """Not UTF-8, or holds a control character."""


class TemplateError(InvalidValue):
    """A system message that cannot be read."""


class SourceError(NdrError):
    """The original could not be read, or changed."""


class SinkError(NdrError):
    """The sink refused octets."""


_CLASSES: dict[int, type[NdrError]] = {
    ErrorCode.NOTHING_DUE: NothingDue,
    ErrorCode.NOMEM: OutOfMemory,
    ErrorCode.INVALID: InvalidValue,
    ErrorCode.ORDER: OrderError,
    ErrorCode.MISSING: MissingFact,
    ErrorCode.HOST: HostError,
    ErrorCode.ADDRESS: AddressError,
    ErrorCode.DATE: DateError,
    ErrorCode.STATUS: StatusError,
    ErrorCode.ACTION: ActionError,
    ErrorCode.FIELD: FieldError,
    ErrorCode.TEXT: TextError,
    ErrorCode.TEMPLATE: TemplateError,
    ErrorCode.SOURCE: SourceError,
    ErrorCode.SINK: SinkError,
}


def failure(code: int, detail: str = "") -> NdrError:
    """The exception for a result of the library. What a callback raised stays
    with the report: only a source's does."""
    if code <= RAISED:
        return SourceError(ErrorCode.SOURCE, detail)
    return _CLASSES[code](code, detail)


def octets(value: Text | None) -> bytes | None:
    """A text as the library takes it; None stays, and means the default."""
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        # A lone surrogate has no UTF-8: the library says what it thinks of it.
        return value.encode("utf-8", "surrogatepass")
    raise TypeError(f"expected str or bytes, not {type(value).__name__}")


def pair(value: Text | None) -> tuple[bytes | None, int]:
    """A text and its length."""
    data = octets(value)
    return data, 0 if data is None else len(data)


def terminated(value: Text | None) -> bytes | None:
    """A text for a call that stops at the first NUL."""
    data = octets(value)
    if data is not None and b"\0" in data:
        raise ValueError("embedded null character")
    return data


def joined(value: Any, by: str = ", ") -> Text | None:
    """Names as one list: from a text as it is, or from several."""
    if value is None or isinstance(value, (str, bytes)):
        return value
    return by.join(value)


def moment(value: Date) -> tuple[int, int]:
    """A date as seconds and offset."""
    if isinstance(value, datetime.datetime):
        zone = value.utcoffset()
        if zone is None:
            raise ValueError("a datetime without a zone; give it one, such as"
                             " datetime.now().astimezone()")
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        return ((value - epoch) // datetime.timedelta(seconds=1),
                zone // datetime.timedelta(minutes=1))
    if isinstance(value, tuple):
        seconds, offset = value
        return bounded(seconds, 64), \
            OFFSET_UNKNOWN if offset is None else bounded(offset, 32)
    return bounded(value, 64), 0


def bounded(value: Any, bits: int, signed: bool = True) -> int:
    """A number that fits: ctypes would cut it off."""
    number = int(value.__index__())
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed \
        else (0, (1 << bits) - 1)
    if not low <= number <= high:
        raise OverflowError(f"{number} is out of range")
    return number


def text(value: bytes | None) -> str:
    """What the library says, as text."""
    return (value or b"").decode("utf-8", "surrogateescape")


def error_name(code: int) -> str:
    """"NDR_E_STATUS"; "unknown" for a number that is none."""
    return text(lib.ndr_error_name(code))


def error_text(code: int) -> str:
    """The same as a short English sentence, no full stop."""
    return text(lib.ndr_error_text(code))
