/* SPDX-License-Identifier: ISC */
/* The classifying pass: the same findings however the blocks are cut. */
#include "base/scan.h"
#include "test.h"

#include <string.h>

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

#define CRLF NDRI_SCAN_CR_LF_PAIR
#define LF NDRI_SCAN_BARE_LF
#define CR NDRI_SCAN_BARE_CR
#define DASHES NDRI_SCAN_DASHES
#define UNSAFE NDRI_SCAN_UNSAFE

static const struct {
    ndri_span in;
    unsigned found;
    size_t longest;
} texts[] = {
    {IN(""), 0, 0},
    {IN("abc"), 0, 3},
    {IN("abc\r\n"), CRLF, 3},
    {IN("abc\n"), LF, 3},
    {IN("abc\r"), CR, 3},
    {IN("\r\n"), CRLF, 0},
    {IN("\n\r"), LF | CR, 0},
    {IN("\r\r\n"), CR | CRLF, 0},
    {IN("\r\n\n"), CRLF | LF, 0},
    {IN("a\rbc"), CR, 2},
    {IN("abc\r\nde\r\n"), CRLF, 3},
    {IN("ab\r\ncdef"), CRLF, 4},
    {IN("a\tb"), 0, 3},
    {IN("\xC3\xA9"), NDRI_SCAN_8BIT, 2},
    {IN("\x80"), NDRI_SCAN_8BIT, 1},
    {IN("a\0b"), NDRI_SCAN_NUL, 3},
    {IN("\x01"), NDRI_SCAN_CONTROL, 1},
    {IN("\x1F"), NDRI_SCAN_CONTROL, 1},
    {IN("\x7F"), NDRI_SCAN_CONTROL, 1},
    {IN("\x1B[0m"), NDRI_SCAN_CONTROL, 4},
    {IN("\f"), NDRI_SCAN_CONTROL, 1},
    {IN("--"), DASHES, 2},
    {IN("--x"), DASHES, 3},
    {IN("-"), 0, 1},
    {IN("-x-"), 0, 3},
    {IN(" --"), 0, 3},
    {IN("a\r\n--b\r\n"), CRLF | DASHES, 3},
    {IN("a\r--"), CR | DASHES, 2},
    {IN("a\n--\n"), LF | DASHES, 2},
    {IN("-- "), DASHES | UNSAFE, 3},
    {IN("-- x\r\n"), DASHES | UNSAFE | CRLF, 4},
    {IN("."), UNSAFE, 1},
    {IN(".\r\n"), UNSAFE | CRLF, 1},
    {IN("a\r\n.\r\n"), UNSAFE | CRLF, 1},
    {IN("a\r."), UNSAFE | CR, 1},
    {IN(".."), 0, 2},
    {IN(".a"), 0, 2},
    {IN(" ."), 0, 2},
    {IN("From "), UNSAFE, 5},
    {IN("From a\r\n"), UNSAFE | CRLF, 6},
    {IN("From:"), 0, 5},
    {IN("From"), 0, 4},
    {IN("from a"), 0, 6},
    {IN(">From a"), 0, 7},
    {IN("x\nFrom a"), UNSAFE | LF, 6},
    {IN("xFrom a"), 0, 7},
    {IN("From\r\n a"), CRLF, 4},
};

static ndri_scan scan_cut(ndri_span text, size_t first, size_t second)
{
    ndri_scan scan;

    ndri_scan_init(&scan);
    ndri_scan_add(&scan, ndri_span_slice(text, 0, first));
    ndri_scan_add(&scan, ndri_span_slice(text, first, second));
    ndri_scan_add(&scan, ndri_span_slice(text, second, text.length));
    ndri_scan_finish(&scan);
    return scan;
}

START_TEST(findings_are_the_same_for_all_blocks)
{
    ndri_span text = texts[_i].in;
    size_t first, second;

    for (first = 0; first <= text.length; first++) {
        for (second = first; second <= text.length; second++) {
            ndri_scan scan = scan_cut(text, first, second);

            ck_assert_uint_eq(scan.found, texts[_i].found);
            ck_assert_uint_eq(scan.longest, texts[_i].longest);
        }
    }
}
END_TEST

static void check_octet(int value)
{
    char octet = (char) value;
    unsigned want = value > 127                   ? NDRI_SCAN_8BIT
                    : value == 0                  ? NDRI_SCAN_NUL
                    : value == '\n'               ? LF
                    : value == '\r'               ? CR
                    : value == '.'                ? UNSAFE
                    : value == '\t'               ? 0
                    : value < ' ' || value == 127 ? NDRI_SCAN_CONTROL
                                                  : 0;

    ck_assert_uint_eq(scan_cut(ndri_span_from(&octet, 1), 1, 1).found, want);
}

START_TEST(octets_are_classified)
{
    int octet;

    for (octet = 0; octet < 256; octet++)
        check_octet(octet);
}
END_TEST

/* Lines of any length, and a special octet anywhere in them. */
START_TEST(long_lines_are_measured)
{
    static char text[1200];
    size_t length, at;

    for (length = 0; length < 1100; length += 11) {
        memset(text, 'x', sizeof(text));
        memcpy(text + length, "\r\n", 2);
        ck_assert_uint_eq(
            scan_cut(ndri_span_from(text, length + 2), 500, 600).longest,
            length);
        ck_assert_uint_eq(
            scan_cut(ndri_span_from(text, sizeof(text)), 500, 600).longest,
            length > 1198 - length ? length : 1198 - length);
    }
    memset(text, 'x', sizeof(text));
    for (at = 0; at < sizeof(text); at++) {
        text[at] = '\xE9';
        ck_assert_uint_eq(
            scan_cut(ndri_span_from(text, sizeof(text)), 256, 512).found,
            NDRI_SCAN_8BIT);
        text[at] = 'x';
    }
}
END_TEST

START_TEST(lines_end_once)
{
    ndri_scan scan;

    ndri_scan_init(&scan);
    ndri_scan_finish(&scan);
    ck_assert_uint_eq(scan.found, 0);
    ndri_scan_add(&scan, NDRI_SPAN("."));
    ck_assert_uint_eq(scan.found, 0);
    ndri_scan_finish(&scan);
    ck_assert_uint_eq(scan.found, UNSAFE);
    ndri_scan_finish(&scan);
    ck_assert_uint_eq(scan.found, UNSAFE);
    ck_assert_uint_eq(scan.longest, 1);
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("scan");

    tcase_add_loop_test(add(suite, "Blocks make no difference"),
                        findings_are_the_same_for_all_blocks, 0, COUNT(texts));
    tcase_add_test(add(suite, "Each octet is classified"),
                   octets_are_classified);
    tcase_add_test(add(suite, "Long lines are measured"),
                   long_lines_are_measured);
    tcase_add_test(add(suite, "A line ends once"), lines_end_once);
    return ndri_test_main(suite);
}
