/* SPDX-License-Identifier: ISC */
/* Pieces of text, ASCII classes without <ctype.h>, UTF-8. */
#ifndef NDRI_BASE_TEXT_H
#define NDRI_BASE_TEXT_H

#include <libndr/ndr.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A piece of text owned by somebody else. at is never NULL, but need not end
   in NUL; empty is { "", 0 }. */
typedef struct ndri_span {
    const char *at;
    size_t length;
} ndri_span;

#define NDRI_SPAN(literal) ((ndri_span){(literal), sizeof(literal) - 1})

/* Resolve NDR_NUL and NULL. */
static inline ndri_span ndri_span_from(const char *text, size_t length)
{
    ndri_span span = {"", 0};

    if (text == NULL)
        return span;
    span.at = text;
    span.length = length == NDR_NUL ? strlen(text) : length;
    return span;
}

static inline ndri_span ndri_span_of(const char *text)
{
    return ndri_span_from(text, NDR_NUL);
}

/* The octets of span from..to (to included in neither sense: [from, to)). */
static inline ndri_span ndri_span_slice(ndri_span span, size_t from, size_t to)
{
    ndri_span slice;

    if (to > span.length)
        to = span.length;
    if (from > to)
        from = to;
    slice.at = span.at + from;
    slice.length = to - from;
    return slice;
}

/* Without space, tab, CR and LF at either end. */
ndri_span ndri_span_trim(ndri_span span);
static inline int ndri_span_equal(ndri_span a, ndri_span b)
{
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

/* The same without regard to case, for length octets; for the next one. */
int ndri_text_same(const char *a, const char *b, size_t length);
/* ASCII case does not count; other octets must be the same. */
static inline int ndri_span_equal_nocase(ndri_span a, ndri_span b)
{
    return a.length == b.length && ndri_text_same(a.at, b.at, a.length);
}

/* Where needle first stands in span at or after from; span.length if nowhere.
   */
size_t ndri_span_find(ndri_span span, size_t from, ndri_span needle);

static inline size_t ndri_span_find_byte(ndri_span span, size_t from, char byte)
{
    const char *found;

    if (from >= span.length)
        return span.length;
    found = memchr(span.at + from, byte, span.length - from);
    return found == NULL ? span.length : (size_t) (found - span.at);
}

static inline int ndri_span_has(ndri_span span, char byte)
{
    return ndri_span_find_byte(span, 0, byte) < span.length;
}

/* The first CR or LF at or after from; span.length if there is none. */
size_t ndri_span_line_end(ndri_span span, size_t from);

/* Split the next item off a list parted by spaces, tabs or commas. 0 when no
   item is left. */
int ndri_span_next_item(ndri_span *list, ndri_span *item);

static inline int ndri_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline int ndri_is_alpha(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline int ndri_is_alnum(int c)
{
    return ndri_is_digit(c) || ndri_is_alpha(c);
}

static inline int ndri_is_blank(int c) /* space, tab */
{
    return c == ' ' || c == '\t';
}

static inline int ndri_is_control(int c) /* 0-31, 127 */
{
    return (c >= 0 && c < 32) || c == 127;
}

static inline int ndri_to_lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* RFC 5322 atext, ASCII part. */
int ndri_is_atext(int c);

/* RFC 5322 ftext: what a field name is made of. */
static inline int ndri_is_ftext(int c)
{
    return c > 32 && c < 127 && c != ':';
}

/* Eight octets as they stand, for looking at all at once, and a word whose
   octets are all the same. */
static inline uint64_t ndri_word_at(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return word;
}
#define NDRI_OCTETS(octet) (UINT64_C(0x0101010101010101) * (octet))
/* Is an octet of word 0? */
static inline int ndri_word_has_nul(uint64_t word)
{
    return ((word - NDRI_OCTETS(1)) & ~word & NDRI_OCTETS(0x80)) != 0;
}

/* The first octet below 32 at or after from; text.length if there is none. */
size_t ndri_text_find_control(ndri_span text, size_t from);
/* Where the octets from 32 to 126 that begin at from end. */
size_t ndri_text_printable_end(ndri_span text, size_t from);
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
