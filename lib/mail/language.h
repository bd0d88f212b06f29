/* SPDX-License-Identifier: ISC */
/* Language tags (RFC 5646) and how they are matched (RFC 4647). */
#ifndef NDRI_MAIL_LANGUAGE_H
#define NDRI_MAIL_LANGUAGE_H

#include "base/text.h"

/* Subtags of 1 to 8 letters and digits, parted by hyphens; at most 35 octets.
   */
int ndri_language_is_tag(ndri_span tag);
/* Tags parted by commas or blanks, most of them; none is a list too. */
#define NDRI_LANGUAGES_MOST 8
int ndri_language_is_list(ndri_span list, size_t most);
/* RFC 4647 3.4 lookup of one range: does tag serve a reader who wants range?
   It does if it is range, or range cut at one of its hyphens. */
int ndri_language_serves(ndri_span tag, ndri_span range);
/* What a language is called today, if range is one of its older names, or one
   of Exchange's: NB, ZH-CHS, zh-TW; else range. */
ndri_span ndri_language_name(ndri_span range);

#endif
