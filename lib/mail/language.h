/* SPDX-License-Identifier: ISC */
/* Language tags (RFC 5646) and how they are matched (RFC 4647). */
#ifndef NDRI_MAIL_LANGUAGE_H
#define NDRI_MAIL_LANGUAGE_H

#include "base/text.h"

/* Subtags of 1 to 8 letters and digits, parted by hyphens; at most 35 octets.
   */
int ndri_language_is_tag(ndri_span tag);
/* RFC 4647 3.4 lookup of one range: does tag serve a reader who wants range?
   It does if it is range, or range cut at one of its hyphens. */
int ndri_language_serves(ndri_span tag, ndri_span range);

#endif
