/* SPDX-License-Identifier: ISC */
/* The original's header block: its fields, which of them are shown, what they
   say. */
#ifndef NDRI_MAIL_ORIGINAL_H
#define NDRI_MAIL_ORIGINAL_H

#include "base/buf.h"
#include "base/date.h"
#include "base/scan.h"
#include "mail/source.h"

#define NDRI_HEADER_READ ((size_t) 16 << 20) /* octets of a header looked at */

/* One field. Spans point into the header block as it came. */
typedef struct ndri_header {
    ndri_span name;  /* without blanks before the colon */
    ndri_span value; /* after the colon, line ends and all, the last one not */
    char as_is;      /* its octets are as ndri_original_add_field has them */
    char telling;    /* kept before others when not all fit */
    char passes;     /* the filter lets it through */
    char shown;      /* and there is room for it */
} ndri_header;

typedef struct ndri_original {
    ndri_span block; /* the header as it came */
    ndri_header *fields;
    size_t count;
    uint64_t body;     /* offset of the body */
    int has_body;      /* there is an octet of it */
    int broken;        /* a line that is no field ended the header */
    int cut;           /* fields were left out over the limit */
    unsigned received; /* Received fields */
    ndri_scan scan;    /* of the fields shown */
    ndri_scan passing; /* of those that pass */
} ndri_original;

/* Which fields are shown. */
typedef struct ndri_filter {
    int mode;        /* enum ndr_header_filter */
    ndri_span names; /* parted by blanks or commas */
} ndri_filter;

/* Split the header at the beginning of block; the fields are taken from arena.
   goes_on: the header is longer than block, whose last field may be half of one
   and is left out. NDR_OK or NDR_E_NOMEM. */
int ndri_original_parse(ndri_original *original, ndri_span block, int goes_on,
                        ndri_arena *arena);
/* Does the header end within block? */
int ndri_original_is_complete(ndri_span block);

/* Does name stand in a list, where an item may end in "*"? */
int ndri_original_is_listed(ndri_span name, ndri_span list);
/* Set passes of every field. */
void ndri_original_filter(ndri_original *original, const ndri_filter *filter);
/* Set shown of every field as long as all shown have at most limit octets, cut
   and the scans. */
void ndri_original_admit(ndri_original *original, uint64_t limit);

/* The first field of a name, shown or not; NULL if there is none. */
const ndri_header *ndri_original_find(const ndri_original *original,
                                      const char *name);

/* Append a value with its folds undone: the line end goes, the blank stays;
   trimmed. */
void ndri_original_unfold(ndri_span value, ndri_buf *out);

/* The lines of a field's value, line ends taken off: the first, which may be
   empty; then the others, of which those of white space alone are passed over.
   0 when there is none. */
void ndri_original_first_line(ndri_span *rest, ndri_span *line);
int ndri_original_next_line(ndri_span *rest, ndri_span *line);

/* Append the field as it came: name, colon, lines, with CRLF line ends. */
void ndri_original_add_field(ndri_buf *out, const ndri_header *field);

/* A message id (RFC 5322 3.6.4) that begins at from in an unfolded value: its
   end, or 0 if there is none. */
size_t ndri_message_id_end(ndri_span value, size_t from);

#endif
