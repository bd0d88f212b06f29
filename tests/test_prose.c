/* SPDX-License-Identifier: ISC */
/* Expanding compiled texts: which blocks are opened, what goes into them, in
   one pass in which values are never read as markup. A printer of our own
   writes down what it is told. */
#include "test.h"
#include "words/prose.h"
#include "words/languages.h"

#include <string.h>

static ndr_allocator standard;
static ndri_buf out, compiled, more;
static ndri_prose prose;
static ndri_values values;

static const char *const blocks[NDRI_BLOCK_COUNT] = {
    [NDRI_BLOCK_PARAGRAPH] = "P",       [NDRI_BLOCK_STEPS] = "STEPS",
    [NDRI_BLOCK_STEPS_TITLE] = "TITLE", [NDRI_BLOCK_STEP] = "STEP",
    [NDRI_BLOCK_HEADING] = "HEADING",
};

static void log_open(ndri_prose *p, int block)
{
    ndri_buf_add_byte(p->out, '(');
    ndri_buf_add_text(p->out, blocks[block]);
    if (block == NDRI_BLOCK_STEP)
        ndri_buf_add_number(p->out, p->step);
    ndri_buf_add_byte(p->out, ' ');
}

static void log_close(ndri_prose *p, int block)
{
    (void) block;
    ndri_buf_add_byte(p->out, ')');
}

static void log_text(ndri_prose *p, ndri_span text)
{
    ck_assert_uint_gt(text.length, 0);
    ndri_buf_add(p->out, text);
}

static void log_value(ndri_prose *p, ndri_span value)
{
    ck_assert_uint_gt(value.length, 0);
    ndri_buf_add_byte(p->out, '[');
    ndri_buf_add(p->out, value);
    ndri_buf_add_byte(p->out, ']');
}

static void log_mark(ndri_prose *p, int mark, ndri_span address)
{
    static const char *const marks[] = {
        [NDRI_INLINE_BREAK] = "/",       [NDRI_INLINE_BOLD] = "<b>",
        [NDRI_INLINE_BOLD_END] = "</b>", [NDRI_INLINE_EM] = "<em>",
        [NDRI_INLINE_EM_END] = "</em>",  [NDRI_INLINE_LINK] = "<a>",
        [NDRI_INLINE_LINK_END] = "</a>"};

    ndri_buf_add_text(p->out, marks[mark]);
    ndri_buf_add(p->out, address);
}

static const ndri_printer logger = {log_open, log_close, log_text, log_value,
                                    log_mark};

static void setup(void)
{
    int i;

    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_buf_init(&compiled, &standard, NDRI_BUF_CAP);
    ndri_buf_init(&more, &standard, NDRI_BUF_CAP);
    ndri_prose_init(&prose, &standard);
    ndri_prose_start(&prose, &logger, &out);
    for (i = 0; i < NDRI_PH_COUNT; i++)
        values.of[i] = NDRI_SPAN("");
    values.of[NDRI_PH_RECIPIENT] = NDRI_SPAN("joe");
    values.of[NDRI_PH_STATUS] = NDRI_SPAN("5.1.1");
}

static void teardown(void)
{
    ndri_prose_release(&prose);
    ndri_buf_release(&out);
    ndri_buf_release(&compiled);
    ndri_buf_release(&more);
}

static ndri_span compile(const char *source)
{
    ndri_template_fault fault = {0, NULL};

    ck_assert_msg(
        ndri_template_compile(ndri_span_of(source), &compiled, &fault), "%s",
        fault.expected);
    return ndri_buf_span(&compiled);
}

typedef struct row {
    const char *source, *logged;
} row;

/* hops is a value that is not there. */
static const row paragraphs[] = {
    {"", ""},
    {"a", "(P a)"},
    {"a\n\nb", "(P a)(P b)"},
    {"a\nb", "(P a/b)"},
    {"a {recipient}, b", "(P a [joe], b)"},
    {"{recipient}", "(P [joe])"},
    {"{hops}", ""},
    {"a\n\n{hops}\n\nb", "(P a)(P b)"},
    {"a\n{hops}\nb", "(P a/b)"},
    {"{hops}\na", "(P a)"},
    {"a\n{hops}", "(P a)"},
    {"a{?recipient} b{/} c", "(P a b c)"},
    {"a{?hops} b{/} c", "(P a c)"},
    {"a\n\n{?hops}b\n\nc{/}\n\nd", "(P a)(P d)"},
    {"a\n\n{?recipient}b\n\nc{/}\n\nd", "(P a)(P b)(P c)(P d)"},
    {"{?hops}a{/}", ""},
    {"{?hops}a\nb{/}\nc", "(P c)"},
    {"{?hops}{?recipient}a{/}b{/}c", "(P c)"},
    {"{?recipient}{?hops}a{/}b{/}c", "(P bc)"},
    {"{?hops}{?hops}a{/}{?status}b{/}c{/}d", "(P d)"},
    {"<b>a</b> <em>{recipient}</em>", "(P <b>a</b> <em>[joe]</em>)"},
    {"<a href=\"tel:1\">a</a>", "(P <a>tel:1a</a>tel:1)"},
    {"<a href=\"tel:1\">a</a><a href=\"tel:2\">b</a>",
     "(P <a>tel:1a</a>tel:1<a>tel:2b</a>tel:2)"},
    {"{?hops}<b>a</b>{/}b", "(P b)"},
    {"{?hops}<a href=\"tel:1\">a</a>{/}<a href=\"tel:2\">b</a>",
     "(P <a>tel:2b</a>tel:2)"},
    {"a\n<b>b</b>", "(P a/<b>b</b>)"},
    {"a\n\n1. b", "(P a)"},
    {"1. a\n\nb", ""},
    {"{{recipient}", "(P {recipient})"},
};

START_TEST(paragraphs_end_before_the_steps)
{
    ndri_prose_paragraphs(&prose, compile(paragraphs[_i].source), &values);
    ck_assert_str_eq(ndri_buf_string(&out), paragraphs[_i].logged);
}
END_TEST

static const row steps[] = {
    {"", ""},
    {"a\n\nb", ""},
    {"a\n1. b", "(STEPS (TITLE Do:)(STEP1 b))"},
    {"1. a\n2. b\n9. c", "(STEPS (TITLE Do:)(STEP1 a)(STEP2 b)(STEP3 c))"},
    {"1. a\nb", "(STEPS (TITLE Do:)(STEP1 a/b))"},
    {"1. a\n\nb", "(STEPS (TITLE Do:)(STEP1 a))(P b)"},
    {"1. a\n\nb\n\n1. c",
     "(STEPS (TITLE Do:)(STEP1 a))(P b)(STEPS (TITLE Do:)(STEP1 c))"},
    {"1. {hops}\n2. b", "(STEPS (TITLE Do:)(STEP1 b))"},
    {"1. {hops}", ""},
    {"1. {?hops}a{/}\n2. {?status}b{/}", "(STEPS (TITLE Do:)(STEP1 b))"},
    {"{?hops}\n1. a{/}\n1. b", "(STEPS (TITLE Do:)(STEP1 b))"},
    {"1. <b>a</b> {recipient}", "(STEPS (TITLE Do:)(STEP1 <b>a</b> [joe]))"},
};

START_TEST(steps_are_a_list_under_a_title)
{
    ndri_prose_steps(&prose, compile(steps[_i].source), &values,
                     NDRI_SPAN("Do:"));
    ck_assert_str_eq(ndri_buf_string(&out), steps[_i].logged);
}
END_TEST

START_TEST(steps_without_a_title_have_none)
{
    ndri_prose_steps(&prose, compile("1. a"), &values, NDRI_SPAN(""));
    ck_assert_str_eq(ndri_buf_string(&out), "(STEPS (STEP1 a))");
}
END_TEST

static const row inlines[] = {
    {"", ""},
    {"a\n\nb", "a/b"},
    {"a\nb", "a/b"},
    {"a\n\n{hops}\n\nb", "a/b"},
    {"a {recipient}", "a [joe]"},
    {"{?hops}a{/}b", "b"},
};

START_TEST(expand_goes_into_the_block_at_hand)
{
    ndri_prose_expand(&prose, compile(inlines[_i].source), &values);
    ck_assert_str_eq(ndri_buf_string(&out), inlines[_i].logged);
    ndri_buf_clear(&out);
    ndri_prose_block(&prose, NDRI_BLOCK_HEADING, ndri_buf_span(&compiled),
                     &values);
    ck_assert_uint_eq(out.used, strlen(inlines[_i].logged) + 10);
    ck_assert_int_eq(out.at[0], '(');
    ck_assert_int_eq(out.at[out.used - 1], ')');
}
END_TEST

/* Whatever a value looks like, it arrives as one value. */
static const char *const hostile[] = {
    "{status}",
    "{?hops}",
    "{/}",
    "{{",
    "<b>",
    "</b>",
    "<a href=\"http://a/\">",
    "&lt;&amp;",
    "1. a",
    "[joe]",
    "a  b ",
    "{recipient}",
};

START_TEST(a_value_is_never_read_again)
{
    values.of[NDRI_PH_SUBJECT] = ndri_span_of(hostile[_i]);
    ndri_prose_paragraphs(&prose, compile("{subject}{?subject}{subject}{/}"),
                          &values);
    ndri_buf_add_text(&more, "(P [");
    ndri_buf_add_text(&more, hostile[_i]);
    ndri_buf_add_text(&more, "][");
    ndri_buf_add_text(&more, hostile[_i]);
    ndri_buf_add_text(&more, "])");
    ck_assert_str_eq(ndri_buf_string(&out), ndri_buf_string(&more));
}
END_TEST

START_TEST(lines_of_a_value_are_parted_by_breaks)
{
    ndri_prose_lines(&prose, NDRI_SPAN("a\nb c\n\nd\n"));
    ck_assert_str_eq(ndri_buf_string(&out), "[a]/[b c]//[d]");
    ndri_buf_clear(&out);
    ndri_prose_lines(&prose, NDRI_SPAN(""));
    ck_assert_str_eq(ndri_buf_string(&out), "");
}
END_TEST

START_TEST(empty_text_and_values_reach_no_printer)
{
    ndri_prose_text(&prose, NDRI_SPAN(""));
    ndri_prose_value(&prose, NDRI_SPAN(""));
    ck_assert_uint_eq(out.used, 0);
}
END_TEST

START_TEST(the_inline_printer_leaves_text_alone_on_one_line)
{
    ndri_prose_start(&prose, &ndri_print_inline, &out);
    ndri_prose_expand(
        &prose,
        compile("<b>a</b>\n<a href=\"tel:1\">{recipient}</a>\n\n{hops}b"),
        &values);
    ck_assert_str_eq(ndri_buf_string(&out), "a joe b");
}
END_TEST

/* Every entry of the built-in words, with no value at all and with all. */
START_TEST(built_in_texts_expand_with_or_without_values)
{
    size_t i;
    int j;

    for (i = 0; i < ndri_words_en.count; i++) {
        ndri_span text =
            ndri_span_of(ndri_words_en.pool + ndri_words_en.entries[i].text);

        for (j = 0; j < NDRI_PH_COUNT; j++)
            values.of[j] = _i ? NDRI_SPAN("VALUE") : NDRI_SPAN("");
        ndri_buf_clear(&out);
        ndri_prose_paragraphs(&prose, text, &values);
        ck_assert_uint_gt(out.used, 0);
        ck_assert_ptr_null(strstr(ndri_buf_string(&out), "  "));
        ck_assert_ptr_null(strstr(ndri_buf_string(&out), " ."));
        ck_assert_ptr_null(strstr(ndri_buf_string(&out), " ,"));
        ck_assert_ptr_null(strstr(ndri_buf_string(&out), " )"));
    }
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("prose");
    TCase *tcase = tcase_create("prose");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, paragraphs_end_before_the_steps, 0,
                        COUNT(paragraphs));
    tcase_add_loop_test(tcase, steps_are_a_list_under_a_title, 0, COUNT(steps));
    tcase_add_test(tcase, steps_without_a_title_have_none);
    tcase_add_loop_test(tcase, expand_goes_into_the_block_at_hand, 0,
                        COUNT(inlines));
    tcase_add_loop_test(tcase, a_value_is_never_read_again, 0, COUNT(hostile));
    tcase_add_test(tcase, lines_of_a_value_are_parted_by_breaks);
    tcase_add_test(tcase, empty_text_and_values_reach_no_printer);
    tcase_add_test(tcase, the_inline_printer_leaves_text_alone_on_one_line);
    tcase_add_loop_test(tcase, built_in_texts_expand_with_or_without_values, 0,
                        2);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
