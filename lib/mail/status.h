/* SPDX-License-Identifier: ISC */
/* Enhanced status codes (RFC 3463) and their registry (RFC 5248). */
#ifndef NDRI_MAIL_STATUS_H
#define NDRI_MAIL_STATUS_H

#include "base/text.h"

/* A code, or in words a pattern of codes. */
typedef struct ndri_status {
    uint8_t digit;    /* the class: 2, 4, 5; 0 in a pattern: any */
    uint16_t subject; /* 0 to 999; NDRI_STATUS_ANY in a pattern */
    uint16_t detail;  /* the same */
} ndri_status;

#define NDRI_STATUS_ANY 0xFFFFu
#define NDRI_STATUS_ROOM 12 /* "5.999.999" with its NUL, and to spare */

/* One row of the registry. */
typedef struct ndri_status_row {
    uint8_t digit; /* 0: the row stands for every class */
    uint16_t subject;
    uint16_t detail;
    uint16_t name; /* offsets into ndri_status_pool; 0: none */
    uint16_t exchange;
    uint16_t code; /* "X.1.1" or "5.1.1" */
} ndri_status_row;

/* Generated from catalogs/status.tsv; sorted by subject, detail, digit. */
extern const ndri_status_row ndri_status_rows[];
extern const size_t ndri_status_row_count;
extern const char ndri_status_pool[];

/* "d.d.d": class 2, 4 or 5, no leading zeros, subject and detail to 999. 1 if
   text is exactly that. */
int ndri_status_parse(ndri_span text, ndri_status *status);
/* A pattern of codes: X.Y.Z, *.Y.Z, X.Y.* or X.*. 1 if text is exactly that. */
int ndri_status_parse_pattern(ndri_span text, ndri_status *pattern);
/* A code at the beginning of text that ends there or before a blank. Returns
   its length, 0 if there is none. */
size_t ndri_status_scan(ndri_span text, ndri_status *status);
/* Write "5.1.1" and NUL; returns the length. */
size_t ndri_status_format(ndri_status status, char out[NDRI_STATUS_ROOM]);

#endif
