/* SPDX-License-Identifier: ISC */
/*
 * Charsets of what came over the wire. UTF-8, US-ASCII, ISO-8859-1 and
 * windows-1252 are built in; the others of the list below go through the
 * system's iconv, which is never given a label from outside.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "mail/charset.h"

#include <string.h>
#ifdef HAVE_ICONV
#include <errno.h>
#include <iconv.h>
#endif

enum { BUILTIN_UTF8 = -1, BUILTIN_LATIN1 = -2, BUILTIN_WINDOWS = -3 };

/* Labels (IANA names and common aliases, lower case) and the built-in decoder,
   or the place in the list of names for iconv. */
static const struct {
    const char *label;
    int way;
} labels[] = {
    {"utf-8", BUILTIN_UTF8},
    {"utf8", BUILTIN_UTF8},
    {"us-ascii", BUILTIN_UTF8},
    {"ascii", BUILTIN_UTF8},
    {"iso-8859-1", BUILTIN_LATIN1},
    {"latin1", BUILTIN_LATIN1},
    {"windows-1252", BUILTIN_WINDOWS},
    {"cp1252", BUILTIN_WINDOWS},
    {"iso-8859-2", 0},
    {"iso-8859-3", 1},
    {"iso-8859-4", 2},
    {"iso-8859-5", 3},
    {"iso-8859-6", 4},
    {"iso-8859-7", 5},
    {"iso-8859-8", 6},
    {"iso-8859-8-i", 6},
    {"iso-8859-9", 7},
    {"iso-8859-10", 8},
    {"iso-8859-13", 9},
    {"iso-8859-14", 10},
    {"iso-8859-15", 11},
    {"iso-8859-16", 12},
    {"windows-1250", 13},
    {"windows-1251", 14},
    {"windows-1253", 15},
    {"windows-1254", 16},
    {"windows-1255", 17},
    {"windows-1256", 18},
    {"windows-1257", 19},
    {"windows-1258", 20},
    {"windows-874", 21},
    {"tis-620", 37},
    {"koi8-r", 22},
    {"koi8-u", 23},
    {"iso-2022-jp", 24},
    {"shift_jis", 25},
    {"euc-jp", 26},
    {"iso-2022-kr", 27},
    {"euc-kr", 28},
    {"ks_c_5601-1987", 28},
    {"gb2312", 29},
    {"gbk", 30},
    {"gb18030", 31},
    {"big5", 32},
    {"big5-hkscs", 33},
    {"utf-7", 34},
    {"ibm850", 35},
    {"macintosh", 36},
};

#define LABEL_COUNT (sizeof(labels) / sizeof(labels[0]))

/* windows-1252, 0x80 to 0x9F; 0: not assigned. */
static const uint16_t windows_upper[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void ndri_charsets_init(ndri_charsets *charsets)
{
    memset(charsets, 0, sizeof(*charsets));
    charsets->system = 1;
}

/* The row of a label, LABEL_COUNT if it is not on the list. */
static size_t find_label(ndri_span label)
{
    size_t row;

    for (row = 0; row < LABEL_COUNT; row++)
        if (ndri_span_equal_nocase(label, ndri_span_of(labels[row].label)))
            break;
    return row;
}

/* Octet number at of text does not decode. */
static void add_octet_visible(ndri_charsets *charsets, ndri_span text,
                              size_t at, ndri_buf *out)
{
    if (charsets->bad_at > at)
        charsets->bad_at = at;
    ndri_buf_add_text(out, "\\x");
    ndri_buf_add_hex(out, (unsigned char) text.at[at]);
}

static void decode_utf8(ndri_charsets *charsets, ndri_span text, ndri_buf *out)
{
    size_t at = 0;
    uint32_t point;

    while (at < text.length) {
        size_t length = ndri_utf8_decode(text, at, &point);

        if (length == 0)
            add_octet_visible(charsets, text, at++, out);
        else
            ndri_buf_add(out, ndri_span_slice(text, at, at + length));
        at += length;
    }
}

static void decode_single(ndri_charsets *charsets, ndri_span text, int way,
                          ndri_buf *out)
{
    size_t i;
    char utf8[4];

    for (i = 0; i < text.length; i++) {
        uint32_t point = (unsigned char) text.at[i];

        if (way == BUILTIN_WINDOWS && point >= 0x80 && point < 0xA0)
            point = windows_upper[point - 0x80];
        if (point == 0 && text.at[i] != 0)
            add_octet_visible(charsets, text, i, out);
        else
            ndri_buf_add(out,
                         ndri_span_from(utf8, ndri_utf8_encode(point, utf8)));
    }
}

#ifdef HAVE_ICONV

void ndri_charsets_release(ndri_charsets *charsets)
{
    size_t i;

    for (i = 0; i < NDRI_CONVERTERS; i++)
        if (charsets->converters[i] != NULL)
            iconv_close((iconv_t) charsets->converters[i]);
    ndri_charsets_init(charsets);
}

/* A converter for a row of labels; NULL if there is none. */
static void *converter(ndri_charsets *charsets, size_t row)
{
    int way = labels[row].way;
    iconv_t opened;

    if (!charsets->system)
        return NULL;
    if (charsets->converters[way] != NULL || charsets->failed[way] ||
        charsets->sealed)
        return charsets->converters[way];
    for (row = 0; labels[row].way != way; row++)
        continue; /* the first label of a converter is its name */
    opened = iconv_open("UTF-8", labels[row].label);
    if (opened == (iconv_t) -1)
        charsets->failed[way] = 1;
    else
        charsets->converters[way] = (void *) opened;
    return charsets->converters[way];
}

/* Convert what is at *from into out; 0 when iconv stopped at a bad octet. */
static int convert_some(iconv_t to_utf8, const char **from, size_t *left,
                        ndri_buf *out)
{
    char block[512];
    char *in = (char *) (uintptr_t) *from; /* iconv takes char **, reads only */
    char *to = block;
    size_t room = sizeof(block);
    size_t result = iconv(to_utf8, &in, left, &to, &room);

    ndri_buf_add(out, ndri_span_from(block, sizeof(block) - room));
    *from = in;
    return result != (size_t) -1 || errno == E2BIG;
}

/* Write what a converter has held back, waiting for a mark that may follow. */
static void flush_converter(iconv_t to_utf8, ndri_buf *out)
{
    char block[64];
    char *to = block;
    size_t room = sizeof(block);

    iconv(to_utf8, NULL, NULL, &to, &room);
    ndri_buf_add(out, ndri_span_from(block, sizeof(block) - room));
}

static int decode_system(ndri_charsets *charsets, size_t row, ndri_span text,
                         ndri_buf *out)
{
    iconv_t to_utf8 = (iconv_t) converter(charsets, row);
    const char *from = text.at;
    size_t left = text.length;

    if (to_utf8 == NULL)
        return 0;
    iconv(to_utf8, NULL, NULL, NULL, NULL);
    while (left > 0) {
        if (convert_some(to_utf8, &from, &left, out))
            continue;
        flush_converter(to_utf8, out);
        add_octet_visible(charsets, text, (size_t) (from - text.at), out);
        from++;
        left--;
    }
    flush_converter(to_utf8, out);
    return 1;
}

void ndri_charsets_preload(ndri_charsets *charsets)
{
    size_t row;

    for (row = 0; row < LABEL_COUNT; row++)
        if (labels[row].way >= 0)
            converter(charsets, row);
    charsets->sealed = 1;
}

#else

void ndri_charsets_release(ndri_charsets *charsets)
{
    ndri_charsets_init(charsets);
}

static int decode_system(ndri_charsets *charsets, size_t row, ndri_span text,
                         ndri_buf *out)
{
    (void) charsets;
    (void) row;
    (void) text;
    (void) out;
    return 0;
}

void ndri_charsets_preload(ndri_charsets *charsets)
{
    charsets->sealed = 1;
}

#endif

int ndri_charset_decode(ndri_charsets *charsets, ndri_span label,
                        ndri_span text, ndri_buf *out)
{
    size_t row = find_label(label);

    if (row == LABEL_COUNT)
        return 0;
    charsets->bad_at = text.length;
    if (labels[row].way >= 0)
        return decode_system(charsets, row, text, out);
    if (labels[row].way == BUILTIN_UTF8)
        decode_utf8(charsets, text, out);
    else
        decode_single(charsets, text, labels[row].way, out);
    return 1;
}
