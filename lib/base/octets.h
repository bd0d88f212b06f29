/* SPDX-License-Identifier: ISC */
/* Many octets at a time, for inner loops. Only this room knows what a compiler
   or a processor offers; NDRI_PLAIN_SCAN leaves it out. */
#ifndef NDRI_BASE_OCTETS_H
#define NDRI_BASE_OCTETS_H

#include "base/text.h"

#define NDRI_ROW ((size_t) 64)

/* A bit for each octet of 64, the first one's the lowest of the first four. */
typedef struct ndri_row {
    uint16_t of[4];
} ndri_row;

/* What is kept of octets that were looked at. */
typedef struct ndri_gist {
    uint64_t high[2]; /* see ndri_gist_high */
    /* Of each of the eight words of a row, the sum, and the sum of all sums on
       the way: other octets have others, with a likelihood that rules accidents
       out. */
    uint64_t sum[8], sums[8];
} ndri_gist;

/* Mark the octets below 32 in rows of 64, count of them, and add to the gist.
 */
void ndri_octets_look(const char *octets, ndri_row *rows, size_t count,
                      ndri_gist *gist);
/* Add to the sum alone. */
void ndri_octets_sum(const char *octets, size_t count, ndri_gist *gist);
/* An octet that is, as the highest one of all, below 127, or above 127; or 127,
   which only says that none is above. */
unsigned ndri_gist_high(const ndri_gist *gist);

/* The first octet at or after from that HTML wants escaped (& < > " '), or that
   quoted-printable cannot leave as it is (all but 32-126 without "=");
   text.length if there is none. */
size_t ndri_octets_find_markup(ndri_span text, size_t from);
size_t ndri_octets_find_unprintable(ndri_span text, size_t from);

/* Copy the octets at and after from, up to the first CR or LF; returns where
   that stands, or text.length. Up to 16 octets of to beyond these change. */
#define NDRI_COPY_SLACK ((size_t) 16)
size_t ndri_octets_copy_line(char *to, ndri_span text, size_t from);

static inline uint64_t ndri_row_bits(const ndri_row *row)
{
    return (uint64_t) row->of[0] | (uint64_t) row->of[1] << 16 |
           (uint64_t) row->of[2] << 32 | (uint64_t) row->of[3] << 48;
}

/* The number of the lowest bit of some. */
static inline size_t ndri_lowest_bit(uint64_t bits)
{
#if !defined(NDRI_PLAIN_SCAN) && defined(__GNUC__)
    return (size_t) __builtin_ctzll(bits);
#else
    size_t number = 0;

    for (; (bits & 255) == 0; bits >>= 8)
        number += 8;
    for (; (bits & 1) == 0; bits >>= 1)
        number++;
    return number;
#endif
}

#endif
