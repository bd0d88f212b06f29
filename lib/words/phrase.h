/* SPDX-License-Identifier: ISC */
/* Dates and stretches of time in words. */
#ifndef NDRI_WORDS_PHRASE_H
#define NDRI_WORDS_PHRASE_H

#include "base/date.h"
#include "words/words.h"

/* "Tuesday, 24 November 2026, 16:05 (UTC+01:00)" */
void ndri_phrase_date(const ndri_words *words, ndri_date date, ndri_buf *out);
/* "1 day and 20 hours": the two largest units, minutes the smallest; nothing
   for less than a minute. */
void ndri_phrase_duration(const ndri_words *words, int64_t seconds,
                          ndri_buf *out);

/* "12 KB", "34 MB": rounded up. */
void ndri_phrase_size(const ndri_words *words, uint64_t octets, ndri_buf *out);

#endif
