/* SPDX-License-Identifier: ISC */
/* Blocks of header fields, and what may stand in them (RFC 5322, 2045, 2047).
 */
#ifndef FUZZ_HEADER_H
#define FUZZ_HEADER_H

#include "octets.h"

typedef struct header_field {
    octets name;
    octets raw;   /* all of it, without its last CRLF */
    octets value; /* unfolded: CRLF gone, its blank kept; not trimmed */
    size_t lines;
} header_field;

typedef struct header_block {
    header_field *fields;
    size_t count;
} header_block;

/* Read lines of text as fields. NULL, or the rule that was broken; *where is
   the line then. */
const char *header_read(header_block *block, octets text, pool *memory,
                        octets *where);
/* Trimmed value of the first field of that name; at NULL if there is none. */
octets header_value(const header_block *block, const char *name);
size_t header_count(const header_block *block, const char *name);

/* The parameter of a Content-Type value, without quotes; at NULL if none. */
octets header_parameter(octets value, const char *name);

/* Check the encoded-words of a field, and decode those of UTF-8 to *out.
   NULL or the rule that was broken. */
const char *header_decode(const header_field *field, store *out);

/* Read an RFC 5322 date as we write it. 0 if it is none, or a wrong day of the
   week; offset INT32_MIN for -0000. */
int header_date(octets value, int64_t *seconds, int32_t *offset);

#endif
