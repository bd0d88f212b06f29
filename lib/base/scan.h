/* SPDX-License-Identifier: ISC */
/* One pass over octets, block by block: what is in them that a mail system
   might not carry. */
#ifndef NDRI_BASE_SCAN_H
#define NDRI_BASE_SCAN_H

#include "base/octets.h"

/* Findings; bits. */
#define NDRI_SCAN_8BIT 1u
#define NDRI_SCAN_NUL 2u
#define NDRI_SCAN_CONTROL 4u /* 1-31 but tab, CR and LF; 127 */
#define NDRI_SCAN_CR_LF_PAIR 8u
#define NDRI_SCAN_BARE_LF 16u
#define NDRI_SCAN_BARE_CR 32u
#define NDRI_SCAN_DASHES 64u /* a line begins with "--" */
#define NDRI_SCAN_UNSAFE                                                       \
    128u /* a line is "." alone or begins "From " or
                                 "-- ": old carriers change it */

typedef struct ndri_scan {
    unsigned found;
    size_t longest; /* octets of the longest line, without its end */
    size_t line;    /* octets of the line at hand */
    uint64_t lines; /* that have ended */
    uint64_t pairs; /* of them with CRLF */
    uint64_t dots;  /* of them that begin with "." */
    int after_cr;   /* the last octet was CR */
    char head[8];   /* the first octets of the line at hand */
    ndri_gist gist; /* its sums: of all octets, in these blocks */
} ndri_scan;

void ndri_scan_init(ndri_scan *scan);
void ndri_scan_add(ndri_scan *scan, ndri_span given);
/* Nothing but the sum, in the same blocks. */
void ndri_scan_sum(ndri_scan *scan, ndri_span given);
int ndri_scan_sums_equal(const ndri_scan *a, const ndri_scan *b);
/* The last line ends here: it counts as one if it holds an octet. */
void ndri_scan_finish(ndri_scan *scan);

#endif
