/* SPDX-License-Identifier: ISC */
/*
 * The gate: every outside value that is shown passes it, so that no CR, LF, NUL
 * or control character reaches the report. And the fold: every header line that
 * has to be broken is broken here.
 */
#ifndef NDRI_MAIL_FIELD_H
#define NDRI_MAIL_FIELD_H

#include "base/buf.h"

#define NDRI_LINE_WIDTH 78     /* aimed at (RFC 5322 2.1.1) */
#define NDRI_LINE_LIMIT 998    /* never passed */
#define NDRI_VALUE_LIMIT 900u  /* of a value that is never folded */
#define NDRI_VALUE_CUT "[...]" /* where something was cut out */

/*
 * Append text so that it can be shown. Printable ASCII stays, a tab becomes a
 * space, other octets \xHH; a backslash stays as it is.
 */
void ndri_field_add_ascii(ndri_buf *out, ndri_span text);
/* The same, but well-formed UTF-8 stays, except for control characters and
   those that reorder text (bidirectional overrides and isolates). */
void ndri_field_add_utf8(ndri_buf *out, ndri_span text);
/* Would ndri_field_add_ascii / _utf8 change it? */
int ndri_field_is_clean_ascii(ndri_span text);

/* A field name that an extension may use: X- and letters, digits, hyphens. */
int ndri_field_is_extension(ndri_span name);

/* "Name: value" CRLF on one line; type, if not empty, before it with "; ". A
   line that would pass 998 octets is folded after the type, and then cut with a
   mark. Without a type, value is at most NDRI_VALUE_LIMIT octets long. */
void ndri_field_line(ndri_buf *out, const char *name, const char *type,
                     ndri_span value);
/* Would it be cut? */
int ndri_field_is_cut(ndri_span value);

/* A header field that is made of words, broken between them. */
typedef struct ndri_fold {
    ndri_buf *out;
    size_t column; /* of the line at hand */
    size_t width;  /* aimed at */
    int first;     /* nothing stands after the colon yet */
} ndri_fold;

void ndri_fold_begin(ndri_fold *fold, ndri_buf *out, const char *name);
/* Make room for blanks spaces (at least 1), which it writes, and a word of
   length octets, which the caller then appends to fold->out. */
void ndri_fold_room(ndri_fold *fold, size_t blanks, size_t length);
/* Both: a word that is not broken. */
void ndri_fold_add(ndri_fold *fold, size_t blanks, ndri_span word);
void ndri_fold_end(ndri_fold *fold);

/* Diagnostic-Code: type, then the lines of text (parted by LF), broken at
   spaces before column 78, each further line after a fold; what no space breaks
   is broken before 998. */
void ndri_field_diagnostic(ndri_buf *out, const char *type, ndri_span text);

#endif
