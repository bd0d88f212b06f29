# SPDX-License-Identifier: ISC
"""libndr: delivery status notifications (bounces) for mail systems.

The facts of a delivery go in, an RFC 3464 report comes out. The C header
<libndr/ndr.h> is the reference of what each fact means; docs/bindings.md
shows this package.
"""
from ._report import Envelope, ReadAt, Recipient, Report, Sink
from ._trade import (Reply, is_automatic, parse_notify, parse_reply,
                     parse_return, status_name, statuses, version,
                     xtext_decode, xtext_encode)
from ._values import (Action, ActionError, Actions, AddressError, Audience,
                      Date, DateError, ErrorCode, FieldError, HostError,
                      InvalidValue, Limit, MissingFact, NdrError, Nothing,
                      NothingDue, Notify, OrderError, OutOfMemory, Output,
                      Return, SinkError, SourceError, StatusError,
                      TemplateError, Text, TextError, Transport, error_name,
                      error_text)
from ._words import (Catalog, Profile, Query, Resolver, builtin_entries,
                     find_builtin)

__all__ = [
    "Action", "ActionError", "Actions", "AddressError", "Audience", "Catalog",
    "Date", "DateError", "Envelope", "ErrorCode", "FieldError", "HostError",
    "InvalidValue", "Limit", "MissingFact", "NdrError", "Nothing",
    "NothingDue", "Notify", "OrderError", "OutOfMemory", "Output", "Profile",
    "Query", "ReadAt", "Recipient", "Reply", "Report", "Resolver", "Return",
    "Sink", "SinkError", "SourceError", "StatusError", "TemplateError", "Text",
    "TextError", "Transport", "builtin_entries", "error_name", "error_text",
    "find_builtin", "is_automatic", "parse_notify", "parse_reply",
    "parse_return", "status_name", "statuses", "version", "xtext_decode",
    "xtext_encode",
]
