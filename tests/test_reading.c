/* SPDX-License-Identifier: ISC */
/* What the original tells: its header block, read no further than needed; its
   Subject decoded and cut; its Date in words. Sources that fail. */
#include "desk.h"
#include "report/reading.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
}

static void teardown(void)
{
    desk_close(&d);
}

#define E "\xC3\xA9"

static const struct {
    const char *subject, *shown; /* in the user section; "": no line there */
} subjects[] = {
    {"Lunch", "Lunch"},
    {"  Lunch  ", "Lunch"},
    {"Lunch\r\n at noon", "Lunch at noon"},
    {"=?utf-8?Q?caf=C3=A9?=", "caf" E},
    {"=?ISO-8859-1?q?caf=E9?= noir", "caf" E " noir"},
    {"=?utf-8?B?Y2Fmw6k=?=\r\n =?utf-8?Q?_noir?=", "caf" E " noir"},
    {"=?utf-8?Q?a=0D=0AX-Evil:_b?=", "a\\x0D\\x0AX-Evil: b"},
    {"=?utf-8?Q?=E2=80=AEevil?=", "\\xE2\\x80\\xAEevil"},
    {"=?x-nowhere?Q?a?=", "=?x-nowhere?Q?a?="},
    {"caf" E, "caf" E},
    {"caf\xE9", "caf\\xE9"},
    {"a\x01"
     "b",
     "a\\x01"
     "b"},
    {"", ""},
    {"   ", ""},
    {"=?utf-8?Q?=20?=", ""},
    {"<b>{recipient}</b> &lt;", "<b>{recipient}</b> &lt;"},
};

START_TEST(a_subject_is_decoded_and_made_safe)
{
    char original[200], line[200] = "\nSubject:  ";

    sprintf(original, "Subject: %s\r\n\r\n", subjects[_i].subject);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_read(&d);
    if (subjects[_i].shown[0] == '\0') {
        ck_assert_uint_eq(parts_count(d.parts->user, "Subject:"), 0);
        parts_place(d.parts->header,
                    "\nSubject: Undeliverable: (no subject)\n");
        return;
    }
    strcat(line, subjects[_i].shown);
    strcat(line, "\n");
    parts_place(d.parts->user, line);
}
END_TEST

START_TEST(the_author_is_decoded_too)
{
    ndr_catalog *catalog =
        desk_words(&d, "Status: 5.*\n\nWritten by {from}{?from}.{/}");

    ndr_report_borrow_original(
        d.report,
        "From: =?iso-8859-1?Q?J=F6?= =?utf-8?q?_=E2=80=AE?=\r\n"
        " <j@x.example>\r\n\r\n",
        NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->user,
                "Written by J\xC3\xB6 \\xE2\\x80\\xAE <j@x.example>.");
    ndr_catalog_free(catalog);
}
END_TEST

START_TEST(the_first_subject_counts)
{
    ndr_report_borrow_original(d.report, "SUBJECT: one\r\nSubject: two\r\n\r\n",
                               NDR_NUL);
    parts_place(desk_read(&d)->user, "\nSubject:  one\n");
}
END_TEST

/* Subjects of two-octet letters behind some blanks, cut at every limit. */
START_TEST(a_subject_is_cut_at_a_character)
{
    static const char *const heads[] = {
        "", "=?utf-8?Q?=20?= ", "=?utf-8?Q?=20=20=20?= "};
    char original[800], expected[300] = "\nSubject:  ";
    size_t used = (size_t) sprintf(original, "Subject: %s", heads[_i / 12]);
    size_t at = strlen(expected);
    int limit = 10 + _i % 12, i;

    for (i = 0; i < 20; i++)
        used += (size_t) sprintf(original + used, "=?utf-8?Q?=C3=A9?=\r\n ");
    strcpy(original + used, "\r\n\r\n");
    ndr_profile_set_limit(d.profile, NDR_LIMIT_SUBJECT, (uint64_t) limit);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    for (i = 0; i < limit / 2; i++)
        at += (size_t) sprintf(expected + at, E);
    strcpy(expected + at, "...\n");
    parts_place(desk_read(&d)->user, expected);
}
END_TEST

START_TEST(a_subject_within_its_limit_is_whole)
{
    ndr_profile_set_limit(d.profile, NDR_LIMIT_SUBJECT, 15);
    parts_place(desk_read(&d)->user, "\nSubject:  Spring planning\n");
}
END_TEST

static const struct {
    const char *date, *shown;
} dates[] = {
    {"Tue, 24 Nov 2026 16:05:11 +0100",
     "Tuesday, 24 November 2026, 16:05 (UTC+01:00)"},
    {"24 Nov 2026 16:05 GMT", "Tuesday, 24 November 2026, 16:05 (UTC+00:00)"},
    {"Tue, 24 Nov 2026 16:05:11 -0000", "Tuesday, 24 November 2026, 16:05 "},
    {"nonsense", ""},
    {"", ""},
    {"Tue, 32 Nov 2026 16:05:11 +0100", ""},
};

START_TEST(a_date_is_said_in_words_or_left_out)
{
    char original[100], line[100] = "\nSent:     ";

    sprintf(original, "From: a@b\r\nDate: %s\r\n\r\n", dates[_i].date);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_read(&d);
    if (dates[_i].shown[0] == '\0')
        ck_assert_uint_eq(parts_count(d.parts->user, "Sent:"), 0);
    else
        parts_place(d.parts->user, strcat(line, dates[_i].shown));
}
END_TEST

/* ---- sources ---- */

/* A message behind a function that may fail, in pieces of a size. */
typedef struct spool {
    const char *text;
    size_t piece;
    int calls, fail_at; /* the call that fails, from 1; 0: none */
    int64_t failure;
    uint64_t furthest; /* octets read */
} spool;

static int64_t read_spool(void *user, uint64_t offset, void *buffer,
                          size_t size)
{
    spool *s = user;

    if (++s->calls == s->fail_at)
        return s->failure;
    if (size > s->piece)
        size = s->piece;
    memcpy(buffer, s->text + offset, size);
    if (offset + size > s->furthest)
        s->furthest = offset + size;
    return (int64_t) size;
}

static spool source;

static void use_source(const char *text, size_t size)
{
    memset(&source, 0, sizeof(source));
    source.text = text;
    source.piece = (size_t) -1;
    ck_assert_int_eq(
        ndr_report_borrow_original_source(d.report, read_spool, &source, size),
        NDR_OK);
}

START_TEST(a_source_may_give_any_piece)
{
    char *first;

    desk_read(&d);
    first = malloc(strlen(d.parts->whole) + 1);
    strcpy(first, d.parts->whole);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    use_source(desk_original, strlen(desk_original));
    source.piece = (size_t) _i;
    desk_read(&d);
    parts_assert_same(d.parts->whole, first);
    free(first);
}
END_TEST

/* Where a header grows beyond the first block that is read. */
static char *large_original(size_t fields, const char *body)
{
    char *original = malloc(fields * 30 + 200 + strlen(body));
    size_t used = (size_t) sprintf(original, "From: a@b\r\n"), i;

    for (i = 0; i < fields; i++)
        used += (size_t) sprintf(original + used, "X-%05u: 0123456789\r\n",
                                 (unsigned) i);
    sprintf(original + used, "Subject: last\r\n\r\n%s", body);
    return original;
}

START_TEST(headers_are_read_to_their_end_and_no_further)
{
    size_t fields = (size_t) _i * 500;
    char *body = malloc(400000), *original;

    memset(body, 'b', 399999);
    body[399999] = '\0';
    original = large_original(fields, body);
    use_source(original, strlen(original));
    parts_place(desk_read(&d)->user, "\nSubject:  last\n");
    ck_assert_uint_lt(source.furthest, 2 * (fields * 21 + 40) + 17000);
    ck_assert_uint_eq(parts_count(d.parts->third, "\n") + 1, fields + 3);
    ck_assert_ptr_null(ndr_report_notes(d.report, 0));
    free(body);
    free(original);
}
END_TEST

/* The first block that is read ends at each octet of the header's end. */
START_TEST(a_block_may_end_anywhere_in_the_header)
{
    static const char end[] = "\r\nSubject: last\r\n\r\nbody\r\n";
    size_t before = 4100 - (size_t) _i, from, to = 0;
    char *original = malloc(before + sizeof(end));
    char *expected = malloc(before + sizeof(end));

    memset(original, 'x', before);
    memcpy(original, "From: a@b\r\nX: ", 14);
    for (from = 900; from + 3 < before; from += 900)
        memcpy(original + from, "\r\n ", 3);
    memcpy(original + before, end, sizeof(end));
    for (from = 0; original[from] != '\0'; from++)
        if (original[from] != '\r')
            expected[to++] = original[from];
    expected[to] = '\0';
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    use_source(original, strlen(original));
    desk_read(&d);
    parts_place(d.parts->user, "\nSubject:  last\n");
    parts_assert_same(d.parts->third, expected);
    free(original);
    free(expected);
}
END_TEST

START_TEST(a_header_over_its_limit_keeps_what_tells_most)
{
    char *original = large_original(200, "body");

    ndr_profile_set_limit(d.profile, NDR_LIMIT_HEADER, 100);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(d.parts->third,
                     "From: a@b\nX-00000: 0123456789\nX-00001: 0123456789\n"
                     "X-00002: 0123456789\nSubject: last\n");
    parts_place(d.parts->admin, "Some header fields were left out");
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "original: header over the limit; fields left out");
    free(original);
}
END_TEST

START_TEST(a_line_that_is_no_field_ends_the_header_with_a_note)
{
    ndr_report_borrow_original(
        d.report, "From: a@b\r\nno field here\r\nTo: c@d\r\n\r\nx", NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(d.parts->third, "From: a@b\n");
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "original: a line that is no field ends its header");
}
END_TEST

static const struct {
    int64_t failure;
    int error;
} failures[] = {
    {-1, NDR_E_SOURCE},
    {-999, NDR_E_SOURCE},
    {0, NDR_E_SOURCE},
    {-1000, -1000},
    {-1234567, -1234567},
    {INT32_MIN, INT32_MIN},
    {(int64_t) INT32_MIN - 1, NDR_E_SOURCE},
    {INT64_MIN, NDR_E_SOURCE},
    {INT64_MAX, NDR_E_SOURCE},
    {16385, NDR_E_SOURCE}, /* more than was asked for */
};

START_TEST(a_source_that_fails_in_the_header_fails_the_report)
{
    use_source(desk_original, strlen(desk_original));
    source.piece = 64;
    source.fail_at = 2;
    source.failure = failures[_i].failure;
    ck_assert_int_eq(ndr_report_prepare(d.report), failures[_i].error);
    ck_assert_int_eq(ndr_report_error(d.report), failures[_i].error);
    ck_assert_str_eq(ndr_report_error_detail(d.report),
                     "original: its header could not be read");
    ck_assert_int_eq(ndr_report_prepare(d.report), failures[_i].error);
}
END_TEST

START_TEST(a_source_that_fails_in_the_body_fails_the_report)
{
    use_source(desk_original, strlen(desk_original));
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    source.fail_at = 2; /* the first reads the header */
    source.failure = failures[_i].failure;
    ck_assert_int_eq(ndr_report_prepare(d.report), failures[_i].error);
    ck_assert_str_eq(ndr_report_error_detail(d.report),
                     "original: its body could not be read");
}
END_TEST

START_TEST(a_body_that_is_not_returned_is_not_read)
{
    char *original = malloc(40000);

    memset(original, 'b', 40000);
    memcpy(original, desk_original, strlen(desk_original));
    use_source(original, 40000);
    desk_read(&d);
    ck_assert_uint_eq(source.furthest, 4095); /* what is read at once */
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    use_source(original, UINT64_MAX); /* over the limit */
    desk_read(&d);
    ck_assert_uint_eq(source.furthest, 4095);
    parts_place(d.parts->third_head, "text/rfc822-headers");
    free(original);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("reading");
    TCase *tcase = tcase_create("reading");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_subject_is_decoded_and_made_safe, 0,
                        COUNT(subjects));
    tcase_add_test(tcase, the_author_is_decoded_too);
    tcase_add_test(tcase, the_first_subject_counts);
    tcase_add_loop_test(tcase, a_subject_is_cut_at_a_character, 0, 36);
    tcase_add_test(tcase, a_subject_within_its_limit_is_whole);
    tcase_add_loop_test(tcase, a_date_is_said_in_words_or_left_out, 0,
                        COUNT(dates));
    tcase_add_loop_test(tcase, a_source_may_give_any_piece, 1, 40);
    tcase_add_loop_test(tcase, headers_are_read_to_their_end_and_no_further, 0,
                        10);
    tcase_add_loop_test(tcase, a_block_may_end_anywhere_in_the_header, 0, 32);
    tcase_add_test(tcase, a_header_over_its_limit_keeps_what_tells_most);
    tcase_add_test(tcase, a_line_that_is_no_field_ends_the_header_with_a_note);
    tcase_add_loop_test(tcase,
                        a_source_that_fails_in_the_header_fails_the_report, 0,
                        COUNT(failures));
    tcase_add_loop_test(tcase, a_source_that_fails_in_the_body_fails_the_report,
                        0, COUNT(failures));
    tcase_add_test(tcase, a_body_that_is_not_returned_is_not_read);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
