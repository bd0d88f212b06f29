/* SPDX-License-Identifier: ISC */
/* The markup of Exchange's custom messages: its four escapes, and its links. */
#ifndef NDRI_WORDS_MARKUP_H
#define NDRI_WORDS_MARKUP_H

#include "base/buf.h"

/* The character that the escape at the beginning of text stands for, and its
   length; 0 if none begins there. */
char ndri_markup_escape(ndri_span text, size_t *length);

/* Take the tag <a href="..."> that begins at *at, up to its end, and append the
   operation, the address and its end. NULL, or what was expected. */
const char *ndri_markup_take_link(ndri_span text, size_t *at, ndri_buf *out);

#endif
