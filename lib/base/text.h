/* SPDX-License-Identifier: ISC */
/* Pieces of text, ASCII classes without <ctype.h>, UTF-8. */
#ifndef NDRI_BASE_TEXT_H
#define NDRI_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* A piece of text owned by somebody else. at is never NULL, but need not end
   in NUL; empty is { "", 0 }. */
typedef struct ndri_span {
    const char *at;
    size_t length;
} ndri_span;

#define NDRI_SPAN(literal) ((ndri_span){(literal), sizeof(literal) - 1})

/* Resolve NDR_NUL and NULL. */
ndri_span ndri_span_from(const char *text, size_t length);
ndri_span ndri_span_of(const char *text);
/* The octets of span from..to (to included in neither sense: [from, to)). */
ndri_span ndri_span_slice(ndri_span span, size_t from, size_t to);
/* Without space, tab, CR and LF at either end. */
ndri_span ndri_span_trim(ndri_span span);
int ndri_span_equal(ndri_span a, ndri_span b);
/* ASCII case does not count; other octets must be the same. */
int ndri_span_equal_nocase(ndri_span a, ndri_span b);
/* Where needle first stands in span at or after from; span.length if nowhere.
   */
size_t ndri_span_find(ndri_span span, size_t from, ndri_span needle);
size_t ndri_span_find_byte(ndri_span span, size_t from, char byte);
int ndri_span_has(ndri_span span, char byte);
/* The first CR or LF at or after from; span.length if there is none. */
size_t ndri_span_line_end(ndri_span span, size_t from);

/* Split the next item off a list parted by spaces, tabs or commas. 0 when no
   item is left. */
int ndri_span_next_item(ndri_span *list, ndri_span *item);

int ndri_is_digit(int c);
int ndri_is_alpha(int c);
int ndri_is_alnum(int c);
int ndri_is_blank(int c);   /* space, tab */
int ndri_is_control(int c); /* 0-31, 127 */
int ndri_to_lower(int c);

/* RFC 5322 atext, ASCII part. */
int ndri_is_atext(int c);
/* RFC 5322 ftext: what a field name is made of. */
int ndri_is_ftext(int c);

int ndri_text_is_ascii(ndri_span text);
/* 32 to 126: nothing else in it. */
int ndri_text_is_printable(ndri_span text);
int ndri_text_has_control(ndri_span text); /* 0-31, 127; tab too */

/*
 * Decode one character at text[at]. Returns its length in octets (1 to 4) and
 * sets *point; 0 for an octet that begins no well-formed character (RFC 3629:
 * no overlong form, no surrogate, at most U+10FFFF).
 */
size_t ndri_utf8_decode(ndri_span text, size_t at, uint32_t *point);
int ndri_utf8_is_valid(ndri_span text);
/* Write point as UTF-8 into out[4]; returns the length. */
size_t ndri_utf8_encode(uint32_t point, char out[4]);

#endif
