/* SPDX-License-Identifier: ISC */
/* Times as mail headers write and read them (RFC 5322 3.3). */
#ifndef NDRI_BASE_DATE_H
#define NDRI_BASE_DATE_H

#include "base/buf.h"

/* A moment and the offset in which to show it. */
typedef struct ndri_date {
    int64_t seconds; /* since 1970-01-01T00:00Z */
    int32_t offset;  /* minutes east of UTC, or NDR_OFFSET_UNKNOWN */
} ndri_date;

/* The same on the calendar of its offset. */
typedef struct ndri_civil {
    int year;         /* 1900 to 9999 */
    unsigned month;   /* 0 to 11 */
    unsigned day;     /* 1 to 31 */
    unsigned weekday; /* 0 Monday to 6 Sunday */
    unsigned hour, minute, second;
    int offset; /* minutes; 0 if unknown */
} ndri_civil;

/* 1 if date can be shown: years 1900 to 9999, a real offset. */
int ndri_date_is_valid(ndri_date date);
ndri_civil ndri_date_civil(ndri_date date);
/* "Tue, 24 Nov 2026 16:05:12 +0100". date is valid. */
void ndri_date_write(ndri_date date, ndri_buf *out);
/* The sign and digits of an offset: "+0100" or "+01:00". */
void ndri_date_write_offset(int minutes, const char *colon, ndri_buf *out);
/* Read a date-time, obsolete zones and comments at its end included. 1 if it
   is one that ndri_date_is_valid takes. */
int ndri_date_parse(ndri_span text, ndri_date *date);

#endif
