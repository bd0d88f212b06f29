/* SPDX-License-Identifier: ISC */
/* The report as the caller likes it: read, write, render, length: the same
   octets by each; sinks that fail; memory that runs out. */
#include "desk.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static desk d;
static char *whole;
static size_t whole_length;

static void fill(void)
{
    ndr_recipient *joe =
        desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");

    ndr_recipient_add_attempt(joe, 0, 0, "a.example", NDR_NUL, NULL, 0, "x",
                              NDR_NUL);
    desk_add(&d, "j\xC3\xB6@contoso.com", NULL, "552 5.2.2 full");
}

static void setup(void)
{
    const char *message;

    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    fill();
    ck_assert_int_eq(ndr_report_render(d.report, &message, &whole_length),
                     NDR_OK);
    whole = malloc(whole_length + 1);
    memcpy(whole, message, whole_length + 1);
    ndr_report_rewind(d.report);
}

static void teardown(void)
{
    desk_close(&d);
    free(whole);
}

/* ---- read ---- */

START_TEST(buffers_of_any_size_are_filled)
{
    static const size_t sizes[] = {1, 2, 7, 100, 998, 4096, 16384, 100000};
    size_t size = sizes[_i], got, at = 0;
    char *buffer = malloc(size);
    int error;

    while ((error = ndr_report_read(d.report, buffer, size, &got)) == NDR_OK) {
        ck_assert_uint_le(got, size);
        ck_assert_uint_gt(got, 0);
        ck_assert_uint_le(got, whole_length - at);
        ck_assert(memcmp(buffer, whole + at, got) == 0);
        at += got;
        if (at < whole_length)
            ck_assert_uint_eq(got, size);
    }
    ck_assert_int_eq(error, NDR_END);
    ck_assert_uint_eq(got, 0);
    ck_assert_uint_eq(at, whole_length);
    ck_assert_int_eq(ndr_report_read(d.report, buffer, size, &got), NDR_END);
    free(buffer);
}
END_TEST

/* read and next, taken in turns. */
START_TEST(next_goes_on_where_read_ended)
{
    char buffer[50];
    const char *piece;
    size_t got, length, at = 0;
    int error = NDR_OK;

    while (error == NDR_OK) {
        error = ndr_report_read(d.report, buffer, sizeof(buffer), &got);
        ck_assert(memcmp(buffer, whole + at, got) == 0);
        at += got;
        if (error != NDR_OK)
            break;
        error = ndr_report_next(d.report, &piece, &length);
        ck_assert(memcmp(piece, whole + at, length) == 0);
        at += length;
    }
    ck_assert_int_eq(error, NDR_END);
    ck_assert_uint_eq(at, whole_length);
}
END_TEST

START_TEST(reading_without_room_is_a_mistake)
{
    char buffer[1];
    size_t got;

    ck_assert_int_eq(ndr_report_read(NULL, buffer, 1, &got), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_read(d.report, NULL, 1, &got), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_read(d.report, buffer, 0, &got), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_read(d.report, buffer, 1, NULL), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
}
END_TEST

/* ---- write ---- */

/* A sink that compares, and fails at a piece. */
typedef struct sink {
    size_t at;
    int pieces, fail_at; /* from 1; 0: never */
    int result;
} sink;

static int take(void *user, const char *octets, size_t length)
{
    sink *s = user;

    ck_assert_uint_le(length, whole_length - s->at);
    ck_assert(memcmp(octets, whole + s->at, length) == 0);
    s->at += length;
    return ++s->pieces == s->fail_at ? s->result : 0;
}

START_TEST(a_sink_gets_every_octet)
{
    sink s = {0, 0, 0, 0};

    ck_assert_int_eq(ndr_report_write(d.report, take, &s), NDR_OK);
    ck_assert_uint_eq(s.at, whole_length);
}
END_TEST

START_TEST(a_sink_may_fail_at_each_piece)
{
    static const struct {
        int result, error;
    } results[] = {{1, NDR_E_SINK}, {-1, NDR_E_SINK}, {-999, NDR_E_SINK},
                   {-1000, -1000},  {-77777, -77777}, {INT32_MIN, INT32_MIN}};
    sink all = {0, 0, 0, 0};
    int fail_at;

    ck_assert_int_eq(ndr_report_write(d.report, take, &all), NDR_OK);
    ck_assert_int_ge(all.pieces, 2);
    for (fail_at = 1; fail_at <= all.pieces; fail_at++) {
        sink s = {0, 0, 0, 0};

        s.fail_at = fail_at;
        s.result = results[_i].result;
        ck_assert_int_eq(ndr_report_write(d.report, take, &s),
                         results[_i].error);
        ck_assert_int_eq(s.pieces, fail_at);
        /* it is the sink's affair: the report can be written again */
        ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    }
    all.at = 0;
    ck_assert_int_eq(ndr_report_write(d.report, take, &all), NDR_OK);
    ck_assert_uint_eq(all.at, whole_length);
}
END_TEST

START_TEST(write_begins_at_the_beginning)
{
    sink s = {0, 0, 0, 0};
    char buffer[100];
    size_t got;

    ndr_report_read(d.report, buffer, 100, &got);
    ck_assert_int_eq(ndr_report_write(d.report, take, &s), NDR_OK);
    ck_assert_uint_eq(s.at, whole_length);
    ck_assert_int_eq(ndr_report_write(NULL, take, &s), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_write(d.report, NULL, NULL), NDR_E_INVALID);
}
END_TEST

/* ---- render, length, rewind ---- */

START_TEST(a_rendered_message_ends_in_nul)
{
    const char *message;
    size_t length;

    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    ck_assert_uint_eq(strlen(message), length);
    ck_assert_int_eq(ndr_report_render(d.report, &message, NULL), NDR_OK);
    parts_assert_same(message, whole);
    ck_assert_int_eq(ndr_report_render(NULL, &message, &length), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_render(d.report, NULL, &length), NDR_E_INVALID);
}
END_TEST

START_TEST(a_rendered_message_outlives_other_output)
{
    const char *message;
    sink s = {0, 0, 0, 0};
    uint64_t octets;

    ck_assert_int_eq(ndr_report_render(d.report, &message, NULL), NDR_OK);
    ndr_report_write(d.report, take, &s);
    ndr_report_length(d.report, &octets);
    parts_assert_same(message, whole);
}
END_TEST

START_TEST(length_counts_and_begins_again)
{
    uint64_t octets = 0;
    const char *piece;
    size_t length;

    ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_OK);
    ck_assert_uint_eq(octets, whole_length);
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert(strncmp(piece, "From: ", 6) == 0);
    ck_assert_int_eq(ndr_report_length(NULL, &octets), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_length(d.report, NULL), NDR_E_INVALID);
}
END_TEST

START_TEST(rewind_begins_again)
{
    char buffer[300];
    size_t got;

    ndr_report_read(d.report, buffer, 300, &got);
    ck_assert_int_eq(ndr_report_rewind(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_read(d.report, buffer, 300, &got), NDR_OK);
    ck_assert(memcmp(buffer, whole, got) == 0);
    ck_assert_int_eq(ndr_report_rewind(NULL), NDR_E_NOMEM);
}
END_TEST

START_TEST(what_cannot_be_prepared_is_not_rendered)
{
    const char *message = "x";
    size_t length, got;
    uint64_t octets;
    char buffer[10];
    sink s = {0, 0, 0, 0};

    desk_reset(&d);
    ck_assert_int_eq(ndr_report_render(d.report, &message, &length),
                     NDR_E_MISSING);
    ck_assert_ptr_null(message);
    ck_assert_int_eq(ndr_report_write(d.report, take, &s), NDR_E_MISSING);
    ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_E_MISSING);
    ck_assert_int_eq(ndr_report_read(d.report, buffer, 10, &got),
                     NDR_E_MISSING);
    ck_assert_uint_eq(got, 0);
    ck_assert_int_eq(ndr_report_rewind(d.report), NDR_E_MISSING);
    ck_assert_int_eq(s.pieces, 0);
    desk_reset(&d);
    fill();
    ndr_report_set_sender(d.report, "<>", NDR_NUL);
    ck_assert_int_eq(ndr_report_render(d.report, &message, &length),
                     NDR_NOTHING_DUE);
    ck_assert_ptr_null(message);
    ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_NOTHING_DUE);
    ck_assert_uint_eq(octets, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render");
    TCase *tcase = tcase_create("render");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, buffers_of_any_size_are_filled, 0, 8);
    tcase_add_test(tcase, next_goes_on_where_read_ended);
    tcase_add_test(tcase, reading_without_room_is_a_mistake);
    tcase_add_test(tcase, a_sink_gets_every_octet);
    tcase_add_loop_test(tcase, a_sink_may_fail_at_each_piece, 0, 6);
    tcase_add_test(tcase, write_begins_at_the_beginning);
    tcase_add_test(tcase, a_rendered_message_ends_in_nul);
    tcase_add_test(tcase, a_rendered_message_outlives_other_output);
    tcase_add_test(tcase, length_counts_and_begins_again);
    tcase_add_test(tcase, rewind_begins_again);
    tcase_add_test(tcase, what_cannot_be_prepared_is_not_rendered);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
