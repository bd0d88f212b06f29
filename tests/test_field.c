/* SPDX-License-Identifier: ISC */
/* The gate and the fold: what is shown, and how long its lines are. */
#include "mail/field.h"
#include "mail/original.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* An assertion that costs nothing while it holds. */
#define CHEAP_ASSERT(condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg("%s", #condition);                                    \
    } while (0)

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define LONG 20000

static ndr_allocator standard;
static ndri_buf out;
static char long_text[LONG];

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    memset(long_text, 'v', sizeof(long_text));
}

static void teardown(void)
{
    ndri_buf_release(&out);
}

static void check_octet(int value)
{
    char octet = (char) value, want[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    ndri_span text = ndri_span_from(&octet, 1);
    int printable = value >= ' ' && value <= '~';

    if (printable)
        want[0] = octet;
    else if (value == '\t')
        want[0] = ' ';
    else
        snprintf(want, sizeof(want), "\\x%02X", (unsigned) value);
    ndri_buf_clear(&out);
    ndri_field_add_ascii(&out, text);
    ck_assert_str_eq(ndri_buf_string(&out), want);
    ck_assert_int_eq(ndri_field_is_clean_ascii(text), printable);
    ndri_buf_clear(&out);
    ndri_field_add_utf8(&out, text); /* alone: no character above 127 */
    ck_assert_str_eq(ndri_buf_string(&out), want);
}

START_TEST(octets_pass_the_gate)
{
    int octet;

    for (octet = 0; octet < 256; octet++)
        check_octet(octet);
}
END_TEST

static const struct {
    ndri_span in;
    const char *ascii, *utf8;
} gates[] = {
    {IN(""), "", ""},
    {IN("a b\\"), "a b\\", "a b\\"},
    {IN("a\tb"), "a b", "a b"},
    {IN("a\r\nb"), "a\\x0D\\x0Ab", "a\\x0D\\x0Ab"},
    {IN("a\0b"), "a\\x00b", "a\\x00b"},
    {IN("\xC3\xA9"), "\\xC3\\xA9", "\xC3\xA9"},
    {IN("x\xE3\x81\x82y"), "x\\xE3\\x81\\x82y", "x\xE3\x81\x82y"},
    {IN("\xF0\x9F\x98\x80"), "\\xF0\\x9F\\x98\\x80", "\xF0\x9F\x98\x80"},
    {IN("\xC3"), "\\xC3", "\\xC3"},
    {IN("\xC3(\xA9"), "\\xC3(\\xA9", "\\xC3(\\xA9"},
    {IN("\xC0\x8A"), "\\xC0\\x8A", "\\xC0\\x8A"},
    {IN("\xED\xA0\x80"), "\\xED\\xA0\\x80", "\\xED\\xA0\\x80"},
    {IN("\xF4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80", "\\xF4\\x90\\x80\\x80"},
    {IN("\xE3\x81"), "\\xE3\\x81", "\\xE3\\x81"},
    {IN("\xFF\xFE"), "\\xFF\\xFE", "\\xFF\\xFE"},
};

START_TEST(texts_pass_the_gate)
{
    ndri_field_add_ascii(&out, gates[_i].in);
    ck_assert_str_eq(ndri_buf_string(&out), gates[_i].ascii);
    ndri_buf_clear(&out);
    ndri_field_add_utf8(&out, gates[_i].in);
    ck_assert_str_eq(ndri_buf_string(&out), gates[_i].utf8);
}
END_TEST

/* First and last of what misleads. */
static const uint32_t misleading[][2] = {{0x80, 0x9F},     {0x61C, 0x61C},
                                         {0x200E, 0x200F}, {0x2028, 0x202E},
                                         {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};

static int is_misleading(uint32_t point)
{
    int i;

    for (i = 0; i < COUNT(misleading); i++)
        if (point >= misleading[i][0] && point <= misleading[i][1])
            return 1;
    return 0;
}

START_TEST(characters_pass_the_gate)
{
    uint32_t point;

    for (point = 0x80; point <= 0x10FFFF; point++) {
        char utf8[4];
        size_t length = ndri_utf8_encode(point, utf8);

        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        ndri_buf_clear(&out);
        ndri_field_add_utf8(&out, ndri_span_from(utf8, length));
        if (!(out.used == (is_misleading(point) ? 4 * length : length)))
            ck_abort_msg("U+%04X: %s", (unsigned) point, ndri_buf_string(&out));
    }
}
END_TEST

static const struct {
    const char *name;
    int good;
} extensions[] = {
    {"X-a", 1},   {"x-a", 1},        {"X-Queue-Id", 1}, {"X-1", 1},
    {"X--", 1},   {"X-", 0},         {"X", 0},          {"", 0},
    {"Xa", 0},    {"Y-a", 0},        {"X-a b", 0},      {"X-a:", 0},
    {"X-a_b", 0}, {"X-\xC3\xA9", 0}, {"X-a\r", 0},      {" X-a", 0},
};

START_TEST(extensions_have_names)
{
    ck_assert_int_eq(ndri_field_is_extension(ndri_span_of(extensions[_i].name)),
                     extensions[_i].good);
}
END_TEST

START_TEST(extension_names_have_a_length)
{
    char name[80];
    size_t length;

    memset(name, 'a', sizeof(name));
    memcpy(name, "X-", 2);
    for (length = 0; length < sizeof(name); length++)
        ck_assert_int_eq(ndri_field_is_extension(ndri_span_from(name, length)),
                         length >= 3 && length <= 70);
}
END_TEST

START_TEST(short_fields_have_one_line)
{
    ndri_field_line(&out, "Name", "", NDRI_SPAN("value"));
    ndri_field_line(&out, "Name", "dns", NDRI_SPAN("value"));
    ndri_field_line(&out, "Name", "", NDRI_SPAN(""));
    ck_assert_str_eq(ndri_buf_string(&out),
                     "Name: value\r\nName: dns; value\r\nName: \r\n");
}
END_TEST

/* Every length around the limit, with and without a type. */
START_TEST(long_fields_keep_the_limit)
{
    static const char *const types[] = {"", "dns"};
    const char *type = types[_i];
    size_t head = strlen("Name: ") + (_i > 0 ? strlen("dns; ") : 0), length;

    for (length = 900; length < 1100; length++) {
        ndri_span value = ndri_span_from(long_text, length), all, line;
        size_t end;

        ndri_buf_clear(&out);
        ndri_field_line(&out, "Name", type, value);
        all = ndri_buf_span(&out);
        end = ndri_span_find(all, 0, NDRI_SPAN("\r\n"));
        if (head + length <= 998) {
            ck_assert_uint_eq(all.length, head + length + 2);
            ck_assert_uint_eq(end, head + length);
            continue;
        }
        ck_assert_uint_eq(end, _i > 0 ? head - 1 : head);
        line = ndri_span_slice(all, end + 2, all.length - 2);
        ck_assert_uint_le(line.length, 998);
        ck_assert(line.at[0] == ' ' && line.at[1] == 'v');
        ck_assert_int_eq(ndri_field_is_cut(value), length > 997);
        if (!ndri_field_is_cut(value)) {
            ck_assert_uint_eq(line.length, length + 1);
        } else {
            ck_assert_uint_eq(line.length, 998);
            ck_assert(memcmp(line.at + 737, "[...]", 5) == 0);
            ck_assert(
                memcmp(line.at + 742, value.at + value.length - 256, 256) == 0);
        }
    }
}
END_TEST

/* A value that is cut stays UTF-8: no character is half of one. */
START_TEST(cuts_keep_characters_whole)
{
    static const char *const characters[] = {"\xC3\xA9", "\xE3\x81\x82",
                                             "\xF0\x9F\x98\x80"};
    size_t lead, count;

    for (lead = 0; lead < 5; lead++) {
        for (count = 230; count < 560; count++) {
            ndri_buf value;
            ndri_span all, line;
            size_t i;

            ndri_buf_init(&value, &standard, NDRI_BUF_CAP);
            ndri_buf_fill(&value, 'v', lead);
            for (i = 0; i < count; i++)
                ndri_buf_add_text(&value, characters[_i]);
            ndri_buf_clear(&out);
            ndri_field_line(&out, "Name", "utf-8", ndri_buf_span(&value));
            all = ndri_buf_span(&out);
            line = ndri_span_slice(
                all, ndri_span_find(all, 0, NDRI_SPAN("\r\n")) + 2,
                all.length - 2);
            CHEAP_ASSERT(ndri_utf8_is_valid(all));
            CHEAP_ASSERT(line.length <= 998);
            CHEAP_ASSERT(
                (ndri_span_find(all, 0, NDRI_SPAN("[...]")) < all.length) ==
                ndri_field_is_cut(ndri_buf_span(&value)));
            ndri_buf_release(&value);
        }
    }
}
END_TEST

START_TEST(words_are_folded)
{
    ndri_fold fold;
    ndri_span all;
    int i;

    ndri_fold_begin(&fold, &out, "Name");
    for (i = 0; i < 100; i++)
        ndri_fold_add(&fold, i % 3 == 0 ? 2 : 1,
                      ndri_span_from(long_text, (size_t) (1 + i % 40)));
    ndri_fold_end(&fold);
    all = ndri_buf_span(&out);
    while (all.length > 0) {
        size_t end = ndri_span_find(all, 0, NDRI_SPAN("\r\n"));

        ck_assert_uint_le(end, 78);
        ck_assert_uint_gt(end, 30);
        ck_assert_int_ne(all.at[end - 1], ' ');
        all = ndri_span_slice(all, end + 2, all.length);
    }
}
END_TEST

START_TEST(first_word_stays_on_the_first_line)
{
    ndri_fold fold;

    ndri_fold_begin(&fold, &out, "N");
    ndri_fold_add(&fold, 1, ndri_span_from(long_text, 100));
    ndri_fold_add(&fold, 1, NDRI_SPAN("b"));
    ndri_fold_end(&fold);
    ck_assert_uint_eq(out.used, 3 + 100 + 2 + 2 + 2);
    ck_assert(memcmp(out.at, "N: v", 4) == 0);
    ck_assert(memcmp(out.at + out.used - 6, "\r\n b\r\n", 6) == 0);
}
END_TEST

static const struct {
    const char *in, *out;
} diagnostics[] = {
    {"550 no", "Diagnostic-Code: smtp; 550 no\r\n"},
    {"550-a\n550 b", "Diagnostic-Code: smtp; 550-a\r\n 550 b\r\n"},
    {"a\nb\nc", "Diagnostic-Code: smtp; a\r\n b\r\n c\r\n"},
    {"550 5.1.1 <user@example.com>: Recipient address rejected: User unknown",
     "Diagnostic-Code: smtp; 550 5.1.1 <user@example.com>: Recipient "
     "address\r\n"
     " rejected: User unknown\r\n"},
};

START_TEST(diagnostics_are_written)
{
    ndri_field_diagnostic(&out, "smtp", ndri_span_of(diagnostics[_i].in));
    ck_assert_str_eq(ndri_buf_string(&out), diagnostics[_i].out);
}
END_TEST

/* Unfold as readers do: line end and blank become a single blank. text comes
   back with blanks for its line ends; no line is too long. exact: no line was
   broken where text has no blank. */
static void check_diagnostic(ndri_span text, size_t limit)
{
    static const char head[] = "Diagnostic-Code: smtp; ";
    ndri_span all;
    size_t at = sizeof(head) - 1, from = 0, i = 0;

    ndri_buf_clear(&out);
    ndri_field_diagnostic(&out, "smtp", text);
    all = ndri_buf_span(&out);
    CHEAP_ASSERT(memcmp(all.at, head, at) == 0);
    while (at + 2 < all.length) {
        char c = all.at[at++];

        if (c == '\r') {
            CHEAP_ASSERT(memcmp(all.at + at - 1, "\r\n ", 3) == 0);
            if (!(all.at[at + 2] != ' ' || text.at[i + 1] == ' '))
                ck_abort_msg("two blanks: %s", ndri_buf_string(&out));
            at += 2;
            c = ' ';
            if (i < text.length && text.at[i] != ' ' && text.at[i] != '\n')
                continue; /* broken without a blank */
        }
        CHEAP_ASSERT(i < text.length);
        if (!(c == (text.at[i] == '\n' ? ' ' : text.at[i])))
            ck_abort_msg("octet %u of \"%.*s\": %s", (unsigned) i,
                         (int) text.length, text.at, ndri_buf_string(&out));
        i++;
    }
    CHEAP_ASSERT(i == text.length);
    while (from < all.length) {
        size_t end = ndri_span_find(all, from, NDRI_SPAN("\r\n"));

        CHEAP_ASSERT(end - from <= limit);
        CHEAP_ASSERT(end - from < 2 || from == 0 || all.at[from + 1] != ' ');
        from = end + 2;
    }
}

START_TEST(diagnostics_come_back)
{
    uint32_t state = 5;
    char text[600];
    int n;

    for (n = 0; n < 5000; n++) {
        size_t length, i, word = 0;

        state = state * 1664525u + 1013904223u;
        length = (state >> 16) % sizeof(text);
        for (i = 0; i < length; i++) {
            unsigned dice;

            state = state * 1664525u + 1013904223u;
            dice = (state >> 16) % 10;
            text[i] = dice < 7 && word < 30 ? 'w' : dice == 8 ? '\n' : ' ';
            /* lines neither begin nor end with a blank, nor are they empty */
            if (i == 0 || i + 1 == length || text[i - 1] == '\n' ||
                (text[i - 1] == ' ' && text[i] == '\n'))
                text[i] = 'w';
            if (_i == 0 && i > 0 && text[i] == ' ' && text[i - 1] == ' ')
                text[i] = 'w';
            word = text[i] == 'w' ? word + 1 : 0;
        }
        check_diagnostic(ndri_span_from(text, length), _i == 0 ? 78 : 998);
    }
}
END_TEST

/* Blanks of any number anywhere, at the ends of lines too: no line of the field
   is blank or begins with two blanks, and only blanks are lost. */
static void check_blanks(ndri_span text)
{
    ndri_span all;
    size_t from = 0, at = strlen("Diagnostic-Code: smtp; "), i;

    ndri_buf_clear(&out);
    ndri_field_diagnostic(&out, "smtp", text);
    all = ndri_buf_span(&out);
    for (i = 0; i < text.length; i++) {
        if (text.at[i] == ' ' || text.at[i] == '\n')
            continue;
        while (all.at[at] == ' ' || all.at[at] == '\r' || all.at[at] == '\n')
            at++;
        CHEAP_ASSERT(all.at[at] == text.at[i]);
        at++;
    }
    CHEAP_ASSERT(ndri_span_trim(ndri_span_slice(all, at, all.length)).length ==
                 0);
    while (from < all.length) {
        size_t end = ndri_span_find(all, from, NDRI_SPAN("\r\n"));
        ndri_span line = ndri_span_slice(all, from, end);

        CHEAP_ASSERT(line.length <= 998);
        CHEAP_ASSERT(ndri_span_trim(line).length > 0);
        CHEAP_ASSERT(!ndri_span_has(line, '\n'));
        CHEAP_ASSERT(from == 0 || (line.at[0] == ' ' && line.at[1] != ' '));
        from = end + 2;
    }
}

START_TEST(blanks_make_no_empty_line)
{
    uint32_t state = 6;
    static char text[3000];
    int n;

    for (n = 0; n < 5000; n++) {
        size_t length, i, from, run;
        unsigned words;

        state = state * 1664525u + 1013904223u;
        words = 1 + (state >> 16) % 20;
        state = state * 1664525u + 1013904223u;
        length = (state >> 16) % (n % 4 == 0 ? sizeof(text) : 200);
        for (i = 0; i < length; i++) {
            unsigned dice;

            state = state * 1664525u + 1013904223u;
            dice = (state >> 16) % (words + 3);
            text[i] = dice < words ? 'w' : dice == words ? '\n' : ' ';
        }
        from = (state >> 8) % sizeof(text);
        run = (state >> 4) % 1500;
        for (i = from; n % 3 == 0 && i < from + run && i < length; i++)
            text[i] = ' ';
        check_blanks(ndri_span_from(text, length));
    }
    memset(text, ' ', sizeof(text));
    check_blanks(ndri_span_from(text, sizeof(text)));
    memcpy(text, "550 no", 6);
    text[sizeof(text) - 1] = 'y';
    check_blanks(ndri_span_from(text, sizeof(text)));
}
END_TEST

START_TEST(double_blanks_are_not_broken)
{
    char text[101];
    size_t at;

    for (at = 1; at < 98; at++) {
        memset(text, 'w', 100);
        text[at] = text[at + 1] = ' ';
        text[100] = '\0';
        check_diagnostic(ndri_span_from(text, 100), 998);
    }
}
END_TEST

START_TEST(one_long_word_is_broken)
{
    check_diagnostic(ndri_span_from(long_text, LONG), 998);
    ck_assert_uint_le(out.used, LONG + LONG / 100);
}
END_TEST

START_TEST(long_words_among_others)
{
    size_t length;

    for (length = 60; length < 1100; length++) {
        char text[1300];

        memset(text, 'w', sizeof(text));
        text[20] = text[21 + length] = text[25 + length] = ' ';
        check_diagnostic(ndri_span_from(text, length + 60), 998);
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
    Suite *suite = suite_create("field");

    tcase_add_test(add(suite, "Each octet passes the gate"),
                   octets_pass_the_gate);
    tcase_add_loop_test(add(suite, "Texts pass the gate"), texts_pass_the_gate,
                        0, COUNT(gates));
    tcase_add_test(add(suite, "Misleading characters do not pass"),
                   characters_pass_the_gate);
    tcase_add_loop_test(add(suite, "Extension names begin with X-"),
                        extensions_have_names, 0, COUNT(extensions));
    tcase_add_test(add(suite, "Extension names have 3 to 70 octets"),
                   extension_names_have_a_length);
    tcase_add_test(add(suite, "Short fields have one line"),
                   short_fields_have_one_line);
    tcase_add_loop_test(add(suite, "Long fields keep to 998 octets"),
                        long_fields_keep_the_limit, 0, 2);
    tcase_add_loop_test(add(suite, "A cut keeps characters whole"),
                        cuts_keep_characters_whole, 0, 3);
    tcase_add_test(add(suite, "Words are folded at 78 columns"),
                   words_are_folded);
    tcase_add_test(add(suite, "The first word stays on the first line"),
                   first_word_stays_on_the_first_line);
    tcase_add_loop_test(add(suite, "Diagnostics are written"),
                        diagnostics_are_written, 0, COUNT(diagnostics));
    tcase_add_loop_test(add(suite, "Diagnostics come back unfolded"),
                        diagnostics_come_back, 0, 2);
    tcase_add_test(add(suite, "Blanks make no empty line"),
                   blanks_make_no_empty_line);
    tcase_add_test(add(suite, "Double blanks are not broken"),
                   double_blanks_are_not_broken);
    tcase_add_test(add(suite, "A word of 20,000 octets is broken"),
                   one_long_word_is_broken);
    tcase_add_test(add(suite, "Long words stand among others"),
                   long_words_among_others);
    return ndri_test_main(suite);
}
