/* SPDX-License-Identifier: ISC */
/* The plain-text printer: lines of 72 columns, indents, empty lines, values
   that are never broken. */
#include "base/width.h"
#include "test.h"
#include "words/prose.h"
#include "words/words.h"

#include <string.h>

#define WIDTH 72

static ndr_allocator standard;
static ndri_buf out, source;
static ndri_prose prose;
static ndri_values values;

static void setup(void)
{
    int i;

    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_buf_init(&source, &standard, NDRI_BUF_CAP);
    ndri_prose_init(&prose, &standard);
    ndri_prose_start(&prose, &ndri_print_text, &out);
    for (i = 0; i < NDRI_PH_COUNT; i++)
        values.of[i] = NDRI_SPAN("");
}

static void teardown(void)
{
    ndri_prose_release(&prose);
    ndri_buf_release(&out);
    ndri_buf_release(&source);
}

static void block(int which, ndri_span text)
{
    ndri_prose_open(&prose, which);
    ndri_prose_text(&prose, text);
    ndri_prose_close(&prose, which);
}

static const char *printed(void)
{
    return ndri_buf_string(&out);
}

/* The width of the widest line; the indent of each has to be as told. */
static size_t widest(const char *text, size_t first, size_t others)
{
    size_t most = 0, line;
    int number = 0;

    for (; *text != '\0'; text += line + 2, number++) {
        line = strcspn(text, "\r\n");
        ck_assert_int_eq(text[line], '\r');
        ck_assert_int_eq(text[line + 1], '\n');
        ck_assert_uint_gt(line, 0);
        ck_assert_uint_eq(strspn(text, " "), number == 0 ? first : others);
        ck_assert_int_ne(text[line - 1], ' ');
        if (ndri_width(ndri_span_from(text, line)) > most)
            most = ndri_width(ndri_span_from(text, line));
    }
    return most;
}

/* What is left when all line ends and indents are one blank. */
static void flatten(const char *text, ndri_buf *to)
{
    ndri_buf_clear(to);
    text += strspn(text, " ");
    for (; *text != '\0'; text++) {
        if (*text != '\r') {
            ndri_buf_add_byte(to, *text);
            continue;
        }
        text += 1 + strspn(text + 2, " ");
        if (text[1] == '\0')
            return;
        ndri_buf_add_byte(to, ' ');
    }
}

/* Words of _i letters, as many as fill some lines. */
START_TEST(words_of_any_length_are_filled)
{
    ndri_buf flat;
    int count, letter;

    for (count = 0; count < 40; count++) {
        if (count > 0)
            ndri_buf_add_byte(&source, ' ');
        for (letter = 0; letter < _i; letter++)
            ndri_buf_add_byte(&source, (char) ('a' + count % 26));
    }
    block(NDRI_BLOCK_PARAGRAPH, ndri_buf_span(&source));
    if (_i <= WIDTH - 2) {
        size_t most = widest(printed(), 2, 2);

        ck_assert_uint_le(most, WIDTH);
        /* no line is left short of a word that fits */
        ck_assert_uint_gt(most + 1 + (size_t) _i, WIDTH);
    } else {
        ck_assert_uint_eq(widest(printed(), 2, 2), (size_t) _i + 2);
    }
    ndri_buf_init(&flat, &standard, NDRI_BUF_CAP);
    flatten(printed(), &flat);
    ck_assert_str_eq(ndri_buf_string(&flat), ndri_buf_string(&source));
    ndri_buf_release(&flat);
}
END_TEST

START_TEST(texts_of_any_length_end_at_72)
{
    int at;

    for (at = 0; at < _i; at++)
        ndri_buf_add_byte(&source, at % 6 == 5 ? ' ' : 'x');
    block(NDRI_BLOCK_HEADING, ndri_buf_span(&source));
    ck_assert_uint_le(widest(printed(), 0, 0), WIDTH);
}
END_TEST

START_TEST(wide_letters_take_two_columns)
{
    int i;

    for (i = 0; i < 30; i++)
        ndri_buf_add_text(&source, "\xE3\x81\x82\xE3\x81\x84\xE3\x81\x86 ");
    block(NDRI_BLOCK_HEADING, ndri_buf_span(&source));
    /* 10 words of 6 columns and 9 blanks are 69; a blank and a letter more */
    ck_assert_uint_eq(widest(printed(), 0, 0), 72);
    ck_assert_uint_eq(strcspn(printed(), "\r"), 10 * 9 + 9 + 1 + 3);
}
END_TEST

START_TEST(marks_take_no_column)
{
    int i;

    for (i = 0; i < 72; i++)
        ndri_buf_add_text(&source, i % 2 == 0 ? "e\xCC\x81" : " ");
    block(NDRI_BLOCK_HEADING, ndri_buf_span(&source));
    ck_assert_uint_eq(widest(printed(), 0, 0), 71);
    ck_assert_ptr_eq(strstr(printed(), "\r\n") + 2, printed() + out.used);
}
END_TEST

START_TEST(a_value_with_blanks_is_never_broken)
{
    static const char value[] = "a value of many words that is wider than any "
                                "line of this text may be, and stays whole";
    size_t lead;

    for (lead = 0; lead <= 75; lead++) {
        ndri_buf_clear(&out);
        ndri_prose_open(&prose, NDRI_BLOCK_PARAGRAPH);
        ndri_buf_clear(&source);
        ndri_buf_fill(&source, 'x', lead);
        ndri_prose_text(&prose, ndri_buf_span(&source));
        if (_i == 0)
            ndri_prose_text(&prose, NDRI_SPAN(" "));
        ndri_prose_value(&prose, NDRI_SPAN(value));
        ndri_prose_text(&prose, NDRI_SPAN(". More words."));
        ndri_prose_close(&prose, NDRI_BLOCK_PARAGRAPH);
        ck_assert_ptr_nonnull(strstr(printed(), value));
        ck_assert_ptr_null(strchr(printed(), '\x01'));
    }
}
END_TEST

START_TEST(two_blanks_of_words_are_one_and_of_values_two)
{
    ndri_prose_open(&prose, NDRI_BLOCK_PARAGRAPH);
    ndri_prose_text(&prose, NDRI_SPAN("a  b "));
    ndri_prose_value(&prose, NDRI_SPAN("c  d"));
    ndri_prose_close(&prose, NDRI_BLOCK_PARAGRAPH);
    ck_assert_str_eq(printed(), "  a b c  d\r\n");
}
END_TEST

START_TEST(breaks_are_kept_and_each_line_is_filled)
{
    ndri_prose_open(&prose, NDRI_BLOCK_PARAGRAPH);
    ndri_prose_text(&prose, NDRI_SPAN("a"));
    ndri_prose_mark(&prose, NDRI_INLINE_BREAK);
    ndri_prose_text(&prose, NDRI_SPAN("b"));
    ndri_prose_close(&prose, NDRI_BLOCK_PARAGRAPH);
    ck_assert_str_eq(printed(), "  a\r\n  b\r\n");
}
END_TEST

START_TEST(links_show_text_and_address)
{
    ndri_template_fault fault = {0, NULL};

    ck_assert(ndri_template_compile(
        NDRI_SPAN("See <b>our</b> <a href=\"https://a.example/x\">page on "
                  "<em>this</em></a>."),
        &source, &fault));
    ndri_prose_paragraphs(&prose, ndri_buf_span(&source), &values);
    ck_assert_str_eq(printed(),
                     "  See our page on this <https://a.example/x>.\r\n");
}
END_TEST

START_TEST(steps_are_numbered_and_hang)
{
    ndri_template_fault fault = {0, NULL};

    ck_assert(ndri_template_compile(
        NDRI_SPAN("9. Compare the address, letter by letter, with one that "
                  "you are sure of, and then\nanother one.\n9. b"),
        &source, &fault));
    ndri_prose_steps(&prose, ndri_buf_span(&source), &values,
                     NDRI_SPAN("What to do:"));
    ck_assert_str_eq(
        printed(), "  What to do:\r\n"
                   "  1. Compare the address, letter by letter, with one that "
                   "you are sure\r\n"
                   "     of, and then\r\n"
                   "     another one.\r\n"
                   "  2. b\r\n");
}
END_TEST

START_TEST(step_ten_hangs_one_column_further)
{
    ndri_template_fault fault = {0, NULL};
    ndri_buf compiled;
    int i;

    for (i = 1; i <= 100; i++)
        ndri_buf_add_text(&source, "1. a\nb\n");
    ndri_buf_init(&compiled, &standard, NDRI_BUF_CAP);
    ck_assert(ndri_template_compile(ndri_buf_span(&source), &compiled, &fault));
    ndri_prose_steps(&prose, ndri_buf_span(&compiled), &values, NDRI_SPAN(""));
    ndri_buf_release(&compiled);
    ck_assert_ptr_nonnull(strstr(printed(), "\r\n  9. a\r\n     b\r\n"));
    ck_assert_ptr_nonnull(strstr(printed(), "\r\n  10. a\r\n      b\r\n"));
    ck_assert_ptr_nonnull(strstr(printed(), "\r\n  100. a\r\n       b\r\n"));
}
END_TEST

static void field(int which, const char *label, const char *value)
{
    ndri_prose_open(&prose, which);
    ndri_prose_mark(&prose, NDRI_INLINE_LABEL);
    ndri_prose_text(&prose, ndri_span_of(label));
    ndri_prose_mark(&prose, NDRI_INLINE_LABEL_END);
    ndri_prose_lines(&prose, ndri_span_of(value));
    ndri_prose_close(&prose, which);
}

START_TEST(values_of_facts_stand_in_a_column)
{
    ndri_prose_open(&prose, NDRI_BLOCK_FACTS);
    prose.column = 10;
    field(NDRI_BLOCK_FACT, "Subject:", "a");
    field(NDRI_BLOCK_FACT, "Sent:", "b");
    ndri_prose_close(&prose, NDRI_BLOCK_FACTS);
    ck_assert_str_eq(printed(), "Subject:  a\r\nSent:     b\r\n");
}
END_TEST

START_TEST(further_lines_of_a_field_stand_below_its_value)
{
    ndri_prose_open(&prose, NDRI_BLOCK_FIELDS);
    field(NDRI_BLOCK_FIELD, "Reply:", "a  b\nc\nd");
    field(NDRI_BLOCK_FIELD, "S:", "e\nf");
    field(NDRI_BLOCK_FIELD, "\xE3\x81\x82:", "g\nh"); /* three columns */
    ndri_prose_close(&prose, NDRI_BLOCK_FIELDS);
    ck_assert_str_eq(printed(), "Reply: a  b\r\n       c\r\n       d\r\n"
                                "S: e\r\n   f\r\n"
                                "\xE3\x81\x82: g\r\n    h\r\n");
}
END_TEST

START_TEST(lines_of_an_attempt_stand_below_each_other)
{
    ndri_prose_open(&prose, NDRI_BLOCK_FIELDS);
    field(NDRI_BLOCK_FIELD, "Enhanced status code:", "4.4.1");
    ndri_prose_open(&prose, NDRI_BLOCK_ATTEMPTS);
    block(NDRI_BLOCK_ATTEMPTS_TITLE, NDRI_SPAN("Attempts:"));
    ndri_prose_open(&prose, NDRI_BLOCK_ATTEMPT);
    ndri_prose_value(&prose, NDRI_SPAN("today  host"));
    ndri_prose_close(&prose, NDRI_BLOCK_ATTEMPT);
    ndri_prose_open(&prose, NDRI_BLOCK_ATTEMPT_TEXT);
    ndri_prose_lines(&prose, NDRI_SPAN("450-a\n450 b"));
    ndri_prose_close(&prose, NDRI_BLOCK_ATTEMPT_TEXT);
    ndri_prose_close(&prose, NDRI_BLOCK_ATTEMPTS);
    ndri_prose_close(&prose, NDRI_BLOCK_FIELDS);
    ck_assert_str_eq(printed(), "Enhanced status code: 4.4.1\r\n"
                                "Attempts:\r\n"
                                "  today  host\r\n"
                                "    450-a\r\n"
                                "    450 b\r\n");
}
END_TEST

START_TEST(empty_lines_part_blocks_and_none_comes_first)
{
    ndri_prose_open(&prose, NDRI_BLOCK_DOCUMENT);
    block(NDRI_BLOCK_HEADING, NDRI_SPAN("Heading"));
    ndri_prose_open(&prose, NDRI_BLOCK_GROUP);
    block(NDRI_BLOCK_ADDRESS, NDRI_SPAN("joe"));
    block(NDRI_BLOCK_ADDRESS, NDRI_SPAN("ann"));
    ndri_prose_open(&prose, NDRI_BLOCK_REASON);
    block(NDRI_BLOCK_PARAGRAPH, NDRI_SPAN("a"));
    block(NDRI_BLOCK_PARAGRAPH, NDRI_SPAN("b"));
    block(NDRI_BLOCK_MOVE, NDRI_SPAN("you"));
    ndri_prose_close(&prose, NDRI_BLOCK_REASON);
    ndri_prose_close(&prose, NDRI_BLOCK_GROUP);
    block(NDRI_BLOCK_NOTE, NDRI_SPAN("note"));
    ndri_prose_open(&prose, NDRI_BLOCK_ADMIN);
    block(NDRI_BLOCK_ADMIN_TITLE, NDRI_SPAN("Admin:"));
    block(NDRI_BLOCK_HEADERS_TITLE, NDRI_SPAN("Headers:"));
    ndri_prose_open(&prose, NDRI_BLOCK_HEADERS);
    block(NDRI_BLOCK_HEADER_LINE, NDRI_SPAN("A: b"));
    block(NDRI_BLOCK_HEADER_LINE, NDRI_SPAN(" c"));
    ndri_prose_close(&prose, NDRI_BLOCK_HEADERS);
    ndri_prose_close(&prose, NDRI_BLOCK_ADMIN);
    ndri_prose_close(&prose, NDRI_BLOCK_DOCUMENT);
    ck_assert_str_eq(printed(),
                     "Heading\r\n\r\n\r\njoe\r\nann\r\n\r\n  a\r\n\r\n  b\r\n"
                     "\r\n  you\r\n\r\n\r\nnote\r\n\r\n\r\n"
                     "-----------------------------------------------------"
                     "-------------------\r\n"
                     "Admin:\r\n\r\nHeaders:\r\n\r\nA: b\r\n c\r\n");
}
END_TEST

START_TEST(a_line_that_was_lost_fails_the_text)
{
    ndri_buf_add_byte(&out, 'x');
    ndri_prose_open(&prose, NDRI_BLOCK_PARAGRAPH);
    ndri_buf_fail(&prose.line);
    ndri_prose_close(&prose, NDRI_BLOCK_PARAGRAPH);
    ck_assert_int_eq(out.error, NDR_E_NOMEM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("print_text");
    TCase *tcase = tcase_create("print_text");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, words_of_any_length_are_filled, 1, 100);
    tcase_add_loop_test(tcase, texts_of_any_length_end_at_72, 1, 300);
    tcase_add_test(tcase, wide_letters_take_two_columns);
    tcase_add_test(tcase, marks_take_no_column);
    tcase_add_loop_test(tcase, a_value_with_blanks_is_never_broken, 0, 2);
    tcase_add_test(tcase, two_blanks_of_words_are_one_and_of_values_two);
    tcase_add_test(tcase, breaks_are_kept_and_each_line_is_filled);
    tcase_add_test(tcase, links_show_text_and_address);
    tcase_add_test(tcase, steps_are_numbered_and_hang);
    tcase_add_test(tcase, step_ten_hangs_one_column_further);
    tcase_add_test(tcase, values_of_facts_stand_in_a_column);
    tcase_add_test(tcase, further_lines_of_a_field_stand_below_its_value);
    tcase_add_test(tcase, lines_of_an_attempt_stand_below_each_other);
    tcase_add_test(tcase, empty_lines_part_blocks_and_none_comes_first);
    tcase_add_test(tcase, a_line_that_was_lost_fails_the_text);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
