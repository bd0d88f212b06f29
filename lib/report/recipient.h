/* SPDX-License-Identifier: ISC */
/* What the setters of recipients have in common. */
#ifndef NDRI_REPORT_RECIPIENT_H
#define NDRI_REPORT_RECIPIENT_H

#include "report/record.h"

/* ndri_report_is_open and ndri_report_take, of a recipient that may be NULL. */
int ndri_recipient_is_open(const ndr_recipient *recipient);
int ndri_recipient_take(ndr_recipient *recipient, const char *text,
                        size_t length, ndri_span *span);

/* Remember an error, add a note: both name the recipient and the value. */
int ndri_recipient_fault(ndr_recipient *recipient, int error, const char *what,
                         ndri_span value, const char *why);
void ndri_recipient_note(ndr_recipient *recipient, const char *what,
                         ndri_span value, const char *why);
/* Add a note if text holds what is shown as \xHH. */
void ndri_recipient_note_escapes(ndr_recipient *recipient, const char *what,
                                 ndri_span text);

/* An empty buffer to make a fact in, and the fact set from it. */
ndri_buf *ndri_recipient_scratch(ndr_recipient *recipient);
int ndri_recipient_set_made(ndr_recipient *recipient, int tag);

/* Name the remote server as an attempt does: "host [ip]", either alone. */
int ndri_delivery_set_remote(ndr_recipient *recipient, ndri_span host);

#endif
