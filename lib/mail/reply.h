/* SPDX-License-Identifier: ISC */
/* SMTP replies (RFC 5321 4.2, RFC 2034). */
#ifndef NDRI_MAIL_REPLY_H
#define NDRI_MAIL_REPLY_H

#include "base/buf.h"
#include "mail/status.h"

typedef struct ndri_reply {
    int code;     /* 200 to 599; 0: none */
    int complete; /* a whole SMTP reply, last line and all */
    int has_status;
    ndri_status status; /* of the first line that has one */
    size_t text;        /* where the first line's words begin */
} ndri_reply;

ndri_reply ndri_reply_parse(ndri_span text);

/* The next line of a reply, its end (CRLF, LF or CR) taken off; lines of blanks
   alone are passed over. 0 when there is none. */
int ndri_reply_next_line(ndri_span *rest, ndri_span *line);

/* Append the reply as reports show it: US-ASCII, lines parted by LF, at most
   limit octets of it and then a mark. Returns 1 if it was cut. */
int ndri_reply_add(ndri_buf *out, ndri_span reply, size_t limit);

#endif
