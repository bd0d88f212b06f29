# SPDX-License-Identifier: ISC
"""Parts of the trade: replies, status codes, parameters, xtext."""
from __future__ import annotations

import ctypes
from typing import Iterator, NamedTuple

from ._library import lib
from ._values import (ErrorCode, Notify, Return, Text, failure, octets, pair,
                      terminated, text)
from ._words import measured


class Reply(NamedTuple):
    """An SMTP reply taken apart."""

    #: The reply code, 200 to 599; None if there is none.
    code: int | None
    #: The enhanced code; None if there is none.
    status: str | None
    #: Where the first line's words begin.
    text_offset: int
    #: It is a whole SMTP reply.
    complete: bool


def parse_reply(reply: Text) -> Reply:
    """Take an SMTP reply apart (RFC 5321 4.2, RFC 2034)."""
    code, offset = ctypes.c_int(0), ctypes.c_size_t(0)
    status = ctypes.create_string_buffer(12)
    result = lib.ndr_reply_parse(*pair(reply), ctypes.byref(code), status,
                                 ctypes.byref(offset))
    if result < 0:
        raise failure(result)
    return Reply(code.value or None, text(status.value) or None, offset.value,
                 result == ErrorCode.OK)


def parse_notify(value: Text) -> Notify:
    """Read the value of a NOTIFY parameter (RFC 3461 4.1)."""
    bits = ctypes.c_int(0)
    result = lib.ndr_notify_parse(*pair(value), ctypes.byref(bits))
    if result != ErrorCode.OK:
        raise failure(result)
    return Notify(bits.value)


def parse_return(value: Text) -> Return:
    """Read the value of a RET parameter (RFC 3461 4.3)."""
    how_much = ctypes.c_int(0)
    result = lib.ndr_return_parse(*pair(value), ctypes.byref(how_much))
    if result != ErrorCode.OK:
        raise failure(result)
    return Return(how_much.value)


def is_automatic(message: Text) -> bool:
    """Is a message itself automatic (RFC 3834 2)?"""
    return bool(lib.ndr_message_is_automatic(*pair(message)))


def status_name(status: Text, *, exchange: bool = False) -> str | None:
    """The name of a status code in the IANA registry, or Exchange's short
    name for it; None if it has none."""
    name = lib.ndr_status_describe(terminated(status), int(exchange))
    return None if name is None else text(name)


def statuses() -> Iterator[str]:
    """The codes of the registry: "X.1.1" stands for every class."""
    index = 0
    while (status := lib.ndr_status_next(index)) is not None:
        yield text(status)
        index += 1


def xtext_encode(value: Text) -> str:
    """Encode octets as xtext (RFC 3461 4)."""
    data = octets(value) or b""
    coded = measured(lambda out, size, need: lib.ndr_xtext_encode(
        data, len(data), out, size, need))
    return (coded or b"").decode("ascii")


def xtext_decode(xtext: Text) -> bytes:
    """Decode xtext."""
    data = octets(xtext) or b""
    return measured(lambda out, size, need: lib.ndr_xtext_decode(
        data, len(data), out, size, need)) or b""


def version() -> str:
    """The version of the library in use."""
    return text(lib.ndr_version())
