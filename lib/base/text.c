/* SPDX-License-Identifier: ISC */
/*
 * Pieces of text, ASCII classes and UTF-8 (RFC 3629). Nothing here knows the
 * locale.
 */
#include "base/text.h"

static int is_space(int c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

ndri_span ndri_span_trim(ndri_span span)
{
    while (span.length > 0 && is_space(span.at[span.length - 1]))
        span.length--;
    while (span.length > 0 && is_space(span.at[0])) {
        span.at++;
        span.length--;
    }
    return span;
}

int ndri_text_same(const char *a, const char *b, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (a[i] != b[i] && ndri_to_lower(a[i]) != ndri_to_lower(b[i]))
            return 0;
    return 1;
}

size_t ndri_span_line_end(ndri_span span, size_t from)
{
    /* stretch by stretch, so that text with one kind only stays linear */
    enum { STRETCH = 256 };

    while (from < span.length) {
        size_t to = span.length - from < STRETCH ? span.length : from + STRETCH;
        ndri_span stretch = ndri_span_slice(span, 0, to);
        size_t lf = ndri_span_find_byte(stretch, from, '\n');

        stretch.length = lf;
        from = ndri_span_find_byte(stretch, from, '\r');
        if (from < to)
            return from;
    }
    return span.length;
}

size_t ndri_span_find(ndri_span span, size_t from, ndri_span needle)
{
    if (needle.length == 0)
        return from < span.length ? from : span.length;
    while (from < span.length) {
        from = ndri_span_find_byte(span, from, needle.at[0]);
        if (span.length - from < needle.length)
            return span.length;
        if (memcmp(span.at + from, needle.at, needle.length) == 0)
            return from;
        from++;
    }
    return span.length;
}

static int is_separator(int c)
{
    return c == ' ' || c == '\t' || c == ',';
}

int ndri_span_next_item(ndri_span *list, ndri_span *item)
{
    size_t from = 0, to;

    while (from < list->length && is_separator(list->at[from]))
        from++;
    to = from;
    while (to < list->length && !is_separator(list->at[to]))
        to++;
    *item = ndri_span_slice(*list, from, to);
    *list = ndri_span_slice(*list, to, list->length);
    return item->length > 0;
}

int ndri_is_atext(int c)
{
    return ndri_is_alnum(c) ||
           (c > 32 && c < 127 && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

int ndri_text_is_ascii(ndri_span text)
{
    uint64_t all = 0;
    size_t i;

    for (i = 0; i + 8 <= text.length; i += 8)
        all |= ndri_word_at(text.at + i);
    if (i > 0)
        return ((all | ndri_word_at(text.at + text.length - 8)) &
                NDRI_OCTETS(0x80)) == 0;
    for (; i < text.length; i++)
        all |= (unsigned char) text.at[i];
    return (all & NDRI_OCTETS(0x80)) == 0;
}

/* Is one of the eight octets at at below 32? */
static int have_control(const char *at)
{
    uint64_t word = ndri_word_at(at);

    return ((word - NDRI_OCTETS(32)) & ~word & NDRI_OCTETS(0x80)) != 0;
}

/* Is one of them not from 32 to 126? Of those below 128, 127 reaches 128 with 1
   added, and what is below 32 does not with 96. */
static int have_unprintable(const char *at)
{
    uint64_t word = ndri_word_at(at);

    return ((word | (word + NDRI_OCTETS(1)) | ~(word + NDRI_OCTETS(96))) &
            NDRI_OCTETS(0x80)) != 0;
}

/* Do the last eight octets, which are at or before from, hold none? */
static int ends_without(ndri_span text, size_t from, int (*have)(const char *))
{
    return from + 8 > text.length && text.length >= 8 &&
           !have(text.at + text.length - 8);
}

size_t ndri_text_find_control(ndri_span text, size_t from)
{
    while (from + 8 <= text.length && !have_control(text.at + from))
        from += 8;
    if (ends_without(text, from, have_control))
        return text.length;
    while (from < text.length && (unsigned char) text.at[from] >= ' ')
        from++;
    return from;
}

size_t ndri_text_printable_end(ndri_span text, size_t from)
{
    while (from + 8 <= text.length && !have_unprintable(text.at + from))
        from += 8;
    if (ends_without(text, from, have_unprintable))
        return text.length;
    while (from < text.length && text.at[from] >= ' ' && text.at[from] <= '~')
        from++;
    return from;
}

int ndri_text_is_printable(ndri_span text)
{
    return ndri_text_printable_end(text, 0) == text.length;
}

int ndri_text_has_control(ndri_span text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (ndri_is_control((unsigned char) text.at[i]))
            return 1;
    return 0;
}

/* Length announced by a first octet; 0 if it can be none. */
static size_t sequence_length(unsigned first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0;
    if (first < 0xE0)
        return 2;
    if (first < 0xF0)
        return 3;
    return first < 0xF5 ? 4 : 0;
}

size_t ndri_utf8_decode(ndri_span text, size_t at, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned first = (unsigned char) text.at[at];
    size_t length = sequence_length(first), i;
    uint32_t value;

    if (length == 0 || length > text.length - at)
        return 0;
    value = first & mask[length];
    for (i = 1; i < length; i++) {
        unsigned next = (unsigned char) text.at[at + i];

        if ((next & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3F);
    }
    if (value < least[length] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *point = value;
    return length;
}

int ndri_utf8_is_valid(ndri_span text)
{
    size_t at = 0;
    uint32_t point;

    while (at < text.length) {
        size_t length = ndri_utf8_decode(text, at, &point);

        if (length == 0)
            return 0;
        at += length;
        while (at + 8 <= text.length &&
               (ndri_word_at(text.at + at) & NDRI_OCTETS(0x80)) == 0)
            at += 8; /* ASCII */
    }
    return 1;
}

size_t ndri_utf8_encode(uint32_t point, char out[4])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t length = point < 0x80      ? 1
                    : point < 0x800   ? 2
                    : point < 0x10000 ? 3
                                      : 4;
    size_t i;

    for (i = length - 1; i > 0; i--) {
        out[i] = (char) (0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char) (length == 1 ? point : lead[length] | point);
    return length;
}
