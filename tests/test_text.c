/* SPDX-License-Identifier: ISC */
/* Pieces of text, classes of octets, UTF-8. */
#include "base/text.h"
#include "test.h"

#include <libndr/ndr.h>

#include <stdlib.h>
#include <string.h>

/* An assertion that costs nothing while it holds. */
#define CHEAP_ASSERT(condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg("%s", #condition);                                    \
    } while (0)

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static void check_span(ndri_span span, const char *want)
{
    ck_assert_msg(ndri_span_equal(span, ndri_span_of(want)),
                  "\"%.*s\", not \"%s\"", (int) span.length, span.at, want);
}

START_TEST(spans_are_never_null)
{
    ck_assert_ptr_ne(ndri_span_from(NULL, 5).at, NULL);
    ck_assert_uint_eq(ndri_span_from(NULL, 5).length, 0);
    ck_assert_uint_eq(ndri_span_from(NULL, NDR_NUL).length, 0);
    ck_assert_ptr_ne(ndri_span_of(NULL).at, NULL);
    ck_assert_uint_eq(ndri_span_from("abc", 2).length, 2);
    ck_assert_uint_eq(ndri_span_from("abc", NDR_NUL).length, 3);
    ck_assert_uint_eq(ndri_span_of("abc").length, 3);
    ck_assert_uint_eq(NDRI_SPAN("a\0b").length, 3);
}
END_TEST

START_TEST(slices_lie_within)
{
    ndri_span span = NDRI_SPAN("abcd");
    size_t from, to;

    for (from = 0; from < 7; from++) {
        for (to = 0; to < 7; to++) {
            ndri_span slice = ndri_span_slice(span, from, to);
            size_t end = to < 4 ? to : 4, begin = from < end ? from : end;

            ck_assert_ptr_eq(slice.at, span.at + begin);
            ck_assert_uint_eq(slice.length, end - begin);
        }
    }
    check_span(ndri_span_slice(span, 1, SIZE_MAX), "bcd");
    check_span(ndri_span_slice(span, SIZE_MAX, SIZE_MAX), "");
}
END_TEST

static const char *const trims[][2] = {
    {"", ""},       {" ", ""},           {" \t\r\n", ""},
    {"a", "a"},     {" a ", "a"},        {"\r\na\t", "a"},
    {"a b", "a b"}, {" a  b\n", "a  b"}, {"\va\f", "\va\f"},
};

START_TEST(spans_are_trimmed)
{
    check_span(ndri_span_trim(ndri_span_of(trims[_i][0])), trims[_i][1]);
}
END_TEST

static const struct {
    const char *a, *b;
    int equal, nocase;
} pairs[] = {
    {"", "", 1, 1},
    {"a", "a", 1, 1},
    {"a", "A", 0, 1},
    {"a", "b", 0, 0},
    {"a", "ab", 0, 0},
    {"ab", "a", 0, 0},
    {"", "a", 0, 0},
    {"X-Y", "x-y", 0, 1},
    {"[", "{", 0, 0},
    {"@", "`", 0, 0},
    {"\xC3\xA9", "\xC3\x89", 0, 0},
    {"\xC3\xA9", "\xC3\xA9", 1, 1},
};

START_TEST(spans_are_compared)
{
    ndri_span a = ndri_span_of(pairs[_i].a), b = ndri_span_of(pairs[_i].b);

    ck_assert_int_eq(ndri_span_equal(a, b) != 0, pairs[_i].equal);
    ck_assert_int_eq(ndri_span_equal_nocase(a, b) != 0, pairs[_i].nocase);
}
END_TEST

static const struct {
    const char *in, *needle;
    size_t from, at;
} finds[] = {
    {"abcabc", "abc", 0, 0}, {"abcabc", "abc", 1, 3}, {"abcabc", "abc", 4, 6},
    {"aab", "ab", 0, 1},     {"abc", "d", 0, 3},      {"abc", "abcd", 0, 3},
    {"abc", "c", 9, 3},      {"", "a", 0, 0},         {"abc", "", 1, 1},
    {"abc", "", 3, 3},       {"abc", "", 9, 3},       {"ababac", "abac", 0, 2},
    {"abc", "bc", 0, 1},     {"abc", "c", 2, 2},
};

START_TEST(texts_are_found)
{
    ndri_span in = ndri_span_of(finds[_i].in);

    ck_assert_uint_eq(
        ndri_span_find(in, finds[_i].from, ndri_span_of(finds[_i].needle)),
        finds[_i].at);
    if (strlen(finds[_i].needle) == 1)
        ck_assert_uint_eq(
            ndri_span_find_byte(in, finds[_i].from, finds[_i].needle[0]),
            finds[_i].at);
}
END_TEST

START_TEST(bytes_are_had)
{
    ck_assert(ndri_span_has(NDRI_SPAN("abc"), 'c'));
    ck_assert(!ndri_span_has(NDRI_SPAN("abc"), 'd'));
    ck_assert(!ndri_span_has(NDRI_SPAN("abc"), '\0'));
    ck_assert(ndri_span_has(NDRI_SPAN("a\0c"), '\0'));
    ck_assert(!ndri_span_has(NDRI_SPAN(""), 'a'));
}
END_TEST

/* Line ends at every place of a text longer than the stretches looked at. */
START_TEST(line_ends_are_found)
{
    static char text[800];
    ndri_span span = ndri_span_from(text, sizeof(text));
    size_t lf, cr;

    memset(text, 'a', sizeof(text));
    CHEAP_ASSERT(ndri_span_line_end(span, 0) == sizeof(text));
    for (lf = 0; lf < sizeof(text); lf++) {
        for (cr = lf % 7; cr < sizeof(text); cr += 7) {
            size_t first = lf < cr ? lf : cr, second = lf < cr ? cr : lf;
            size_t next = second > first ? second : sizeof(text);

            text[cr] = '\r';
            text[lf] = '\n';
            CHEAP_ASSERT(ndri_span_line_end(span, 0) == first);
            CHEAP_ASSERT(ndri_span_line_end(span, first) == first);
            CHEAP_ASSERT(ndri_span_line_end(span, first + 1) == next);
            CHEAP_ASSERT(ndri_span_line_end(span, second + 1) == sizeof(text));
            text[cr] = text[lf] = 'a';
        }
    }
}
END_TEST

START_TEST(lists_are_parted)
{
    ndri_span list = NDRI_SPAN(" a,b\t c,,\t,d "), item;
    static const char *const want[] = {"a", "b", "c", "d"};
    int i;

    for (i = 0; i < COUNT(want); i++) {
        ck_assert(ndri_span_next_item(&list, &item));
        check_span(item, want[i]);
    }
    ck_assert(!ndri_span_next_item(&list, &item));
    ck_assert(!ndri_span_next_item(&list, &item));
    list = NDRI_SPAN("");
    ck_assert(!ndri_span_next_item(&list, &item));
}
END_TEST

static int is_one_of(int c, const char *set)
{
    return c > 0 && c < 128 && strchr(set, c) != NULL;
}

static void check_class(int c)
{
    static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
    static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int digit = is_one_of(c, "0123456789");
    int alpha = is_one_of(c, lower) || is_one_of(c, upper);

    ck_assert_int_eq(ndri_is_digit(c) != 0, digit);
    ck_assert_int_eq(ndri_is_alpha(c) != 0, alpha);
    ck_assert_int_eq(ndri_is_alnum(c) != 0, digit || alpha);
    ck_assert_int_eq(ndri_is_blank(c) != 0, is_one_of(c, " \t"));
    ck_assert_int_eq(ndri_is_control(c) != 0, (c >= 0 && c < 32) || c == 127);
    ck_assert_int_eq(ndri_is_atext(c) != 0,
                     digit || alpha || is_one_of(c, "!#$%&'*+-/=?^_`{|}~"));
    ck_assert_int_eq(ndri_is_ftext(c) != 0, c > 32 && c < 127 && c != ':');
    ck_assert_int_eq(ndri_to_lower(c),
                     is_one_of(c, upper) ? lower[c - 'A'] : c);
}

START_TEST(octets_have_classes)
{
    int octet;

    for (octet = -128; octet < 128; octet++)
        check_class(octet);
}
END_TEST

static void check_text_class(int value)
{
    char octet = (char) value;
    ndri_span text = ndri_span_from(&octet, 1);

    ck_assert_int_eq(ndri_text_is_ascii(text) != 0, value < 128);
    ck_assert_int_eq(ndri_text_is_printable(text) != 0,
                     value >= 32 && value < 127);
    ck_assert_int_eq(ndri_text_has_control(text) != 0,
                     value < 32 || value == 127);
    ck_assert_int_eq(ndri_utf8_is_valid(text) != 0, value < 128);
}

START_TEST(texts_have_classes)
{
    int octet;

    for (octet = 0; octet < 256; octet++)
        check_text_class(octet);
}
END_TEST

/* RFC 3629 4, row by row: the length of the character that text begins with. */
static size_t own_length(const unsigned char *at, size_t length)
{
    static const struct {
        unsigned char first, last, low, high;
        size_t length;
    } rows[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2},
        {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4},
        {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    size_t row, i;

    for (row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
        if (at[0] < rows[row].first || at[0] > rows[row].last)
            continue;
        if (rows[row].length > length)
            return 0;
        if (rows[row].length > 1 &&
            (at[1] < rows[row].low || at[1] > rows[row].high))
            return 0;
        for (i = 2; i < rows[row].length; i++)
            if (at[i] < 0x80 || at[i] > 0xBF)
                return 0;
        return rows[row].length;
    }
    return 0;
}

static int own_valid(const unsigned char *at, size_t length)
{
    while (length > 0) {
        size_t character = own_length(at, length);

        if (character == 0)
            return 0;
        at += character;
        length -= character;
    }
    return 1;
}

static void check_utf8(const unsigned char *octets, size_t length)
{
    ndri_span text = ndri_span_from((const char *) octets, length);
    uint32_t point;

    if ((ndri_utf8_is_valid(text) != 0) != own_valid(octets, length) ||
        ndri_utf8_decode(text, 0, &point) != own_length(octets, length))
        ck_abort_msg("%02X %02X %02X %02X, %u of them", octets[0], octets[1],
                     octets[2], octets[3], (unsigned) length);
}

START_TEST(short_sequences_are_judged)
{
    unsigned long n;

    for (n = 0; n < 0x1000000; n++) {
        unsigned char octets[4] = {(unsigned char) (n >> 16),
                                   (unsigned char) (n >> 8), (unsigned char) n,
                                   0};

        check_utf8(octets, 3);
        if ((n & 0xFF) == 0)
            check_utf8(octets, 2);
        if ((n & 0xFFFF) == 0)
            check_utf8(octets, 1);
    }
}
END_TEST

START_TEST(long_sequences_are_judged)
{
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90,
                                          0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xFF};
    unsigned first;
    int a, b, c;

    for (first = 0xE0; first < 0x100; first++)
        for (a = 0; a < COUNT(edges); a++)
            for (b = 0; b < COUNT(edges); b++)
                for (c = 0; c < COUNT(edges); c++) {
                    unsigned char octets[4] = {(unsigned char) first, edges[a],
                                               edges[b], edges[c]};

                    check_utf8(octets, 4);
                }
}
END_TEST

START_TEST(characters_come_back)
{
    uint32_t point, back;

    for (point = 0; point <= 0x10FFFF; point++) {
        char *utf8 = malloc(4);
        size_t length = ndri_utf8_encode(point, utf8);
        int surrogate = point >= 0xD800 && point <= 0xDFFF;

        /* exactly so large, so that reading too far is seen */
        utf8 = realloc(utf8, length);
        back = 0;
        CHEAP_ASSERT(ndri_utf8_decode(ndri_span_from(utf8, length), 0, &back) ==
                     (surrogate ? 0 : length));
        CHEAP_ASSERT(surrogate || back == point);
        CHEAP_ASSERT(
            length < 2 ||
            ndri_utf8_decode(ndri_span_from(utf8, length - 1), 0, &back) == 0);
        free(utf8);
    }
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("text");

    tcase_add_test(add(suite, "Spans are never NULL"), spans_are_never_null);
    tcase_add_test(add(suite, "Slices lie within"), slices_lie_within);
    tcase_add_loop_test(add(suite, "Spans are trimmed"), spans_are_trimmed, 0,
                        COUNT(trims));
    tcase_add_loop_test(add(suite, "Spans are compared"), spans_are_compared, 0,
                        COUNT(pairs));
    tcase_add_loop_test(add(suite, "Texts are found"), texts_are_found, 0,
                        COUNT(finds));
    tcase_add_test(add(suite, "A span has octets"), bytes_are_had);
    tcase_add_test(add(suite, "Line ends are found anywhere"),
                   line_ends_are_found);
    tcase_add_test(add(suite, "Lists are parted"), lists_are_parted);
    tcase_add_test(add(suite, "Each octet has its classes"),
                   octets_have_classes);
    tcase_add_test(add(suite, "Texts of one octet have classes"),
                   texts_have_classes);
    tcase_add_test(add(suite, "All sequences of up to three octets are judged"),
                   short_sequences_are_judged);
    tcase_add_test(add(suite, "Sequences of four octets are judged"),
                   long_sequences_are_judged);
    tcase_add_test(add(suite, "All characters come back"),
                   characters_come_back);
    return ndri_test_main(suite);
}
