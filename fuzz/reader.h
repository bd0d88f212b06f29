/* SPDX-License-Identifier: ISC */
/*
 * An independent reader of reports: takes the octets that came out, and tells
 * what is in them, or which rule they break (RFC 3464, 6522, 6533, 2045-2047,
 * 5322). Strict: it reads what this library may write, not what mail systems
 * take.
 */
#ifndef FUZZ_READER_H
#define FUZZ_READER_H

#include "header.h"

/* What the caller allowed. Bits. */
enum { READER_8BIT = 1, READER_UTF8 = 2 };

typedef struct read_part {
    octets type;     /* media type; at NULL: there is no such part */
    octets encoding; /* transfer encoding, "7bit" if none is named */
    header_block header;
    octets raw;     /* body as it stands */
    octets content; /* body decoded */
} read_part;

enum { PART_TEXT, PART_HTML, PART_STATUS, PART_ORIGINAL, PART_COUNT };

typedef struct reading {
    const char *broken; /* the rule, or NULL */
    octets where;       /* what breaks it */
    octets message;
    int allowed;
    octets head; /* header of the report, empty line included */
    header_block top;
    octets boundary;
    read_part parts[PART_COUNT];
    octets words;         /* of the HTML, tags and escapes taken off */
    header_block fields;  /* of the message: Reporting-MTA, ... */
    header_block *groups; /* of recipients */
    size_t group_count;
    pool memory;
} reading;

/* Read a report; 0 if a rule is broken. Always ended with reader_free(). */
int reader_read(reading *report, octets message, int allowed);
void reader_free(reading *report);

/* ---- used within the reader ---- */

/* Note the first rule broken; always 0. */
int reader_broken(reading *report, const char *rule, octets where);
int reader_check_controls(reading *report, octets text);
int reader_is_boundary(octets text);
int reader_read_parts(reading *report);
int reader_read_status(reading *report);
int reader_read_original(reading *report);

/* Is html whole, and harmless? Its words go to *words. NULL, or the rule that
   was broken and where. */
const char *html_read(octets html, store *words, octets *where);

#endif
