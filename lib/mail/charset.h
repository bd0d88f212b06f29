/* SPDX-License-Identifier: ISC */
/* Charsets: input to UTF-8, from labels on a list. Only here is iconv known. */
#ifndef NDRI_MAIL_CHARSET_H
#define NDRI_MAIL_CHARSET_H

#include "base/buf.h"

#define NDRI_CONVERTERS 40 /* room for each label that goes through iconv */

/* The converters of one report, opened when first needed and kept. */
typedef struct ndri_charsets {
    void *converters[NDRI_CONVERTERS];     /* iconv_t; NULL: not opened */
    unsigned char failed[NDRI_CONVERTERS]; /* the system has none */
    int system;                            /* may the system's be used? */
    int sealed;                            /* preloaded: open none any more */
    size_t bad_at; /* of the last text: its first octet that did not decode, or
                      its length */
} ndri_charsets;

void ndri_charsets_init(ndri_charsets *charsets);
void ndri_charsets_release(ndri_charsets *charsets);
/* Open all, then seal. */
void ndri_charsets_preload(ndri_charsets *charsets);

/*
 * Append text as UTF-8. Octets that do not decode become \xHH. 1 if label is
 * known and there is a converter; 0 otherwise, and nothing is appended.
 */
int ndri_charset_decode(ndri_charsets *charsets, ndri_span label,
                        ndri_span text, ndri_buf *out);

#endif
