/* SPDX-License-Identifier: ISC */
/* Encoded-words (RFC 2047), out and in. */
#ifndef NDRI_MAIL_WORD_H
#define NDRI_MAIL_WORD_H

#include "mail/charset.h"
#include "mail/field.h"

/*
 * Add text (UTF-8, no control characters) to a field of an unstructured kind:
 * as words, or from the first word that needs it to the last as encoded-words
 * of UTF-8, which never cut a character. kept: encoded-words of ours or of an
 * original stay as they stand.
 */
void ndri_word_add_text(ndri_fold *fold, ndri_span text, int kept);
/* Add text as a phrase (RFC 5322 3.2.5): a display name. */
void ndri_word_add_phrase(ndri_fold *fold, ndri_span text);

/*
 * Append the unfolded value of an unstructured field, decoded, as it can be
 * shown. Returns 1, or 0 if an encoded-word had no converter: that one is
 * appended as it stands.
 */
int ndri_word_decode(ndri_charsets *charsets, ndri_span value, ndri_buf *out);

#endif
