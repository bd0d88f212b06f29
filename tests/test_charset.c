/* SPDX-License-Identifier: ISC */
/* Charsets: the built-in ones everywhere, the others where there is iconv. */
#include "mail/charset.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define E "\xC3\xA9"

static ndr_allocator standard;
static ndri_buf out;
static ndri_charsets charsets;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_charsets_init(&charsets);
}

static void teardown(void)
{
    ndri_buf_release(&out);
    ndri_charsets_release(&charsets);
}

static int decode(const char *label, ndri_span text)
{
    ndri_buf_clear(&out);
    return ndri_charset_decode(&charsets, ndri_span_of(label), text, &out);
}

typedef struct row {
    const char *label;
    ndri_span in;
    const char *out;
} row;

static const row builtin[] = {
    {"utf-8", IN(""), ""},
    {"utf-8", IN("caf" E), "caf" E},
    {"UTF-8", IN(E), E},
    {"Utf8", IN(E), E},
    {"utf-8", IN("a\xE9z"), "a\\xE9z"},
    {"utf-8", IN("\xC3"), "\\xC3"},
    {"utf-8", IN("\xC0\x80"), "\\xC0\\x80"},
    {"utf-8", IN("\xED\xA0\x80"), "\\xED\\xA0\\x80"},
    {"us-ascii", IN("abc"), "abc"},
    {"ascii", IN("a\xE9"), "a\\xE9"},
    {"iso-8859-1", IN("a\xE9\xFF"), "a" E "\xC3\xBF"},
    {"ISO-8859-1", IN("\xE9"), E},
    {"latin1", IN("\x80"), "\xC2\x80"},
    {"windows-1252", IN("\x80\x9F\xE9"), "\xE2\x82\xAC\xC5\xB8" E},
    {"cp1252", IN("\x93\x94"), "\xE2\x80\x9C\xE2\x80\x9D"},
    {"windows-1252", IN("\x81\x8D\x8F\x90\x9D"), "\\x81\\x8D\\x8F\\x90\\x9D"},
};

START_TEST(builtin_ones_are_always_there)
{
    int n;

    for (n = 0; n < 2; n++) {
        charsets.system = n;
        ck_assert_int_eq(decode(builtin[_i].label, builtin[_i].in), 1);
        ck_assert_str_eq(ndri_buf_string(&out), builtin[_i].out);
    }
}
END_TEST

/* windows-1252, 0x80 to 0x9F, as Unicode's table has it; 0: none. */
static const uint32_t windows[] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static void check_octet(const char *label, unsigned octet, uint32_t point)
{
    char text = (char) octet, want[12];
    size_t length = 4;

    if (point == 0 && octet != 0)
        snprintf(want, sizeof(want), "\\x%02X", octet);
    else
        length = ndri_utf8_encode(point, want);
    ck_assert(decode(label, ndri_span_from(&text, 1)));
    ck_assert(
        ndri_span_equal(ndri_buf_span(&out), ndri_span_from(want, length)));
}

START_TEST(builtin_octets_are_decoded)
{
    unsigned octet;

    for (octet = 0; octet < 256; octet++) {
        uint32_t alone = octet < 0x80 ? octet : 0;

        check_octet("utf-8", octet, alone);
        check_octet("us-ascii", octet, alone);
        check_octet("iso-8859-1", octet, octet);
        check_octet("windows-1252", octet,
                    octet >= 0x80 && octet < 0xA0 ? windows[octet - 0x80]
                                                  : octet);
    }
}
END_TEST

START_TEST(nul_stays)
{
    ck_assert(decode("iso-8859-1", NDRI_SPAN("a\0b")));
    ck_assert(ndri_span_equal(ndri_buf_span(&out), NDRI_SPAN("a\0b")));
    ck_assert(decode("windows-1252", NDRI_SPAN("a\0b")));
    ck_assert(ndri_span_equal(ndri_buf_span(&out), NDRI_SPAN("a\0b")));
}
END_TEST

static const char *const unknown[] = {
    "",          "x-none", "utf-16",      "utf-8 ",           "UTF-8//IGNORE",
    "ucs-2",     "utf",    "iso-8859-1x", "../../etc/passwd", "ISO8859-1//",
    "utf-8\xC3",
};

START_TEST(other_labels_are_unknown)
{
    ndri_buf_add_text(&out, "kept");
    ck_assert_int_eq(ndri_charset_decode(&charsets, ndri_span_of(unknown[_i]),
                                         NDRI_SPAN("abc"), &out),
                     0);
    ck_assert_str_eq(ndri_buf_string(&out), "kept");
}
END_TEST

static const row system_ones[] = {
    {"iso-8859-2", IN("\xB1"), "\xC4\x85"},
    {"iso-8859-15", IN("\xA4"), "\xE2\x82\xAC"},
    {"windows-1250", IN("\x9C"), "\xC5\x9B"},
    {"windows-1251", IN("\xFF"), "\xD1\x8F"},
    {"Windows-1251", IN("\xC0\xC1"), "\xD0\x90\xD0\x91"},
    {"koi8-r", IN("\xC1"), "\xD0\xB0"},
    {"iso-2022-jp", IN("\x1B$B$\"\x1B(B"), "\xE3\x81\x82"},
    {"iso-2022-jp", IN("a\x1B$B$\"\x1B(Bb"),
     "a\xE3\x81\x82"
     "b"},
    {"shift_jis", IN("\x82\xA0"), "\xE3\x81\x82"},
    {"euc-jp", IN("\xA4\xA2"), "\xE3\x81\x82"},
    {"euc-kr", IN("\xB0\xA1"), "\xEA\xB0\x80"},
    {"gb18030", IN("\xD6\xD0"), "\xE4\xB8\xAD"},
    {"gb2312", IN("\xD6\xD0"), "\xE4\xB8\xAD"},
    {"big5", IN("\xA4\xA4"), "\xE4\xB8\xAD"},
    {"euc-jp", IN("a\xFFz"), "a\\xFFz"},
    {"euc-jp", IN("a\xA4"), "a\\xA4"},
    {"shift_jis", IN("\x82"), "\\x82"},
    /* converters of these may keep a letter back, for marks that follow */
    {"windows-1258", IN("abc"), "abc"},
    {"windows-1258", IN("e\xEC"), "\xC3\xA9"},
    {"windows-1255", IN("\xE0"), "\xD7\x90"},
    {"windows-1255", IN("\xF9\xEC\xE5\xED"),
     "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"},
    {"big5-hkscs", IN("\x88\x66"), "\xC3\x8A"},
    {"tis-620", IN("\xA1"), "\xE0\xB8\x81"},
};

START_TEST(system_ones_are_used)
{
    int first = decode(system_ones[_i].label, system_ones[_i].in);

    if (!first)
        return; /* this system has none */
    ck_assert_str_eq(ndri_buf_string(&out), system_ones[_i].out);
    ck_assert_int_eq(decode(system_ones[_i].label, system_ones[_i].in), 1);
    ck_assert_str_eq(ndri_buf_string(&out), system_ones[_i].out);
    charsets.system = 0;
    ck_assert_int_eq(decode(system_ones[_i].label, system_ones[_i].in), 0);
    ck_assert_uint_eq(out.used, 0);
}
END_TEST

/* Labels that mean the same, or nearly so, to a converter. */
static const char *const cousins[][2] = {
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8", "iso-8859-8-i"},
    {"ks_c_5601-1987", "euc-kr"},
    {"euc-kr", "ks_c_5601-1987"},
    {"tis-620", "windows-874"},
    {"windows-874", "tis-620"},
    {"gb2312", "gbk"},
    {"big5", "big5-hkscs"},
};

START_TEST(labels_do_not_spoil_each_other)
{
    const char *label = cousins[_i][0], *before = cousins[_i][1];
    ndri_buf alone;
    unsigned octet;

    ndri_buf_init(&alone, &standard, NDRI_BUF_CAP);
    for (octet = 0x80; octet < 0x100; octet++) {
        char text[2] = {(char) octet, (char) 0xA1};
        int first = decode(label, ndri_span_from(text, 2));

        ndri_buf_clear(&alone);
        ndri_buf_add(&alone, ndri_buf_span(&out));
        ndri_charsets_release(&charsets);
        decode(before, NDRI_SPAN("a"));
        ck_assert_msg(decode(label, ndri_span_from(text, 2)) == first,
                      "%s after %s", label, before);
        ck_assert_str_eq(ndri_buf_string(&out), ndri_buf_string(&alone));
        ndri_charsets_release(&charsets);
    }
    ndri_buf_release(&alone);
}
END_TEST

/* The same octets, read from the right or the left: the converter is one. */
static const char *const aliases[][2] = {
    {"iso-8859-8-i", "iso-8859-8"},
    {"ks_c_5601-1987", "euc-kr"},
};

START_TEST(aliases_have_a_converter)
{
    int known = decode(aliases[_i][1], NDRI_SPAN("a"));

    ndri_charsets_release(&charsets);
    ck_assert_msg(decode(aliases[_i][0], NDRI_SPAN("a")) == known,
                  "%s has a converter, %s not", aliases[_i][1], aliases[_i][0]);
}
END_TEST

START_TEST(long_texts_are_converted)
{
    static char text[5001];
    size_t i;

    for (i = 0; i < sizeof(text); i++)
        text[i] = (char) (i % 2 == 0 ? 0xC1 : 'a');
    if (!decode("koi8-r", ndri_span_from(text, sizeof(text))))
        return;
    ck_assert_uint_eq(out.used, 2501 * 2 + 2500);
    for (i = 0; i + 2 < out.used; i += 3)
        ck_assert(memcmp(out.at + i,
                         "\xD0\xB0"
                         "a",
                         3) == 0);
}
END_TEST

START_TEST(sealed_ones_are_not_opened)
{
    int n;

    charsets.sealed = 1;
    ck_assert_int_eq(decode("koi8-r", NDRI_SPAN("a")), 0);
    for (n = 0; n < NDRI_CONVERTERS; n++)
        ck_assert_ptr_eq(charsets.converters[n], NULL);
}
END_TEST

START_TEST(preloaded_ones_are_used)
{
    int i, before;

    before = decode("koi8-r", NDRI_SPAN("\xC1"));
    ndri_charsets_preload(&charsets);
    ck_assert_int_eq(charsets.sealed, 1);
    ck_assert_int_eq(decode("koi8-r", NDRI_SPAN("\xC1")), before);
    for (i = 0; i < COUNT(system_ones); i++)
        if (decode(system_ones[i].label, NDRI_SPAN("a")))
            ck_assert_uint_gt(out.used, 0);
    ndri_charsets_release(&charsets);
    ck_assert_int_eq(charsets.sealed, 0);
}
END_TEST

/* Whatever comes, what goes out is UTF-8. */
START_TEST(any_octets_become_utf8)
{
    static const char *const labels[] = {
        "utf-8",        "latin1",       "windows-1252", "iso-2022-jp",
        "shift_jis",    "euc-jp",       "gb18030",      "big5-hkscs",
        "utf-7",        "windows-1258", "iso-2022-kr",  "koi8-r",
        "windows-1255", "tis-620",      "macintosh",    "ibm850"};
    uint32_t state = 1;
    int n;

    for (n = 0; n < 300; n++) {
        char text[100];
        size_t length, i;

        state = state * 1664525u + 1013904223u;
        length = (state >> 16) % sizeof(text);
        for (i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            text[i] = (char) (state >> 16);
        }
        decode(labels[_i], ndri_span_from(text, length));
        ck_assert(ndri_utf8_is_valid(ndri_buf_span(&out)));
    }
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("charset");

    tcase_add_loop_test(add(suite, "Built-in charsets are always there"),
                        builtin_ones_are_always_there, 0, COUNT(builtin));
    tcase_add_test(add(suite, "Each octet has its character"),
                   builtin_octets_are_decoded);
    tcase_add_test(add(suite, "NUL is left to the gate"), nul_stays);
    tcase_add_loop_test(add(suite, "Labels that are not listed are unknown"),
                        other_labels_are_unknown, 0, COUNT(unknown));
    tcase_add_loop_test(add(suite, "The system's charsets are used"),
                        system_ones_are_used, 0, COUNT(system_ones));
    tcase_add_loop_test(add(suite, "Labels do not spoil each other"),
                        labels_do_not_spoil_each_other, 0, COUNT(cousins));
    tcase_add_loop_test(add(suite, "Aliases have the same converter"),
                        aliases_have_a_converter, 0, COUNT(aliases));
    tcase_add_test(add(suite, "Long texts are converted"),
                   long_texts_are_converted);
    tcase_add_test(add(suite, "Once sealed, none is opened"),
                   sealed_ones_are_not_opened);
    tcase_add_test(add(suite, "Preloaded ones are used"),
                   preloaded_ones_are_used);
    tcase_add_loop_test(add(suite, "Any octets become UTF-8"),
                        any_octets_become_utf8, 0, 16);
    return ndri_test_main(suite);
}
