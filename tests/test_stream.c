/* SPDX-License-Identifier: ISC */
/* Piece by piece: the header first, pieces bounded whatever the report holds,
   the same octets every time, an end that stays. */
#include "desk.h"
#include "output/stream.h"
#include "report/facts.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 16384

static desk d;
static char *whole;
static size_t whole_length;

static void setup(void)
{
    desk_open(&d);
    whole = NULL;
}

static void teardown(void)
{
    desk_close(&d);
    free(whole);
}

/* Keep a copy of the whole message. */
static void keep_whole(void)
{
    const char *message;

    ck_assert_int_eq(ndr_report_render(d.report, &message, &whole_length),
                     NDR_OK);
    free(whole);
    whole = malloc(whole_length + 1);
    memcpy(whole, message, whole_length + 1);
    ck_assert_int_eq(ndr_report_rewind(d.report), NDR_OK);
}

static void add_many(int count)
{
    char address[40];
    int i;

    for (i = 0; i < count; i++) {
        sprintf(address, "recipient-%d@contoso.com", i);
        desk_add(&d, address, "mx.contoso.com", "550 5.1.1 User unknown");
    }
}

/* Pieces put together are the whole; the longest of them. */
static size_t take_pieces(void)
{
    const char *piece;
    size_t length, at = 0, longest = 0;
    int error;

    while ((error = ndr_report_next(d.report, &piece, &length)) == NDR_OK) {
        ck_assert_uint_gt(length, 0);
        ck_assert_uint_le(length, whole_length - at);
        ck_assert(memcmp(piece, whole + at, length) == 0);
        at += length;
        if (length > longest)
            longest = length;
    }
    ck_assert_int_eq(error, NDR_END);
    ck_assert_uint_eq(length, 0);
    ck_assert_uint_eq(at, whole_length);
    return longest;
}

START_TEST(the_first_piece_is_the_header)
{
    const char *piece;
    size_t length;

    ndr_profile_set_html(d.profile, _i);
    add_many(3);
    keep_whole();
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert_ptr_eq(strstr(whole, "\r\n\r\n") + 4, whole + length);
    ck_assert(memcmp(piece, whole, length) == 0);
}
END_TEST

START_TEST(pieces_make_the_whole)
{
    ndr_profile_set_html(d.profile, _i);
    add_many(200);
    keep_whole();
    ck_assert_uint_lt(take_pieces(), 2 * PIECE);
}
END_TEST

START_TEST(the_end_stays_the_end)
{
    const char *piece;
    size_t length;
    int i;

    add_many(1);
    keep_whole();
    take_pieces();
    for (i = 0; i < 3; i++)
        ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_END);
    ck_assert_int_eq(ndr_report_rewind(d.report), NDR_OK);
    take_pieces();
}
END_TEST

START_TEST(many_recipients_need_no_larger_pieces)
{
    size_t room;

    add_many(100);
    keep_whole();
    take_pieces();
    room = d.report->output.chunk.size;
    desk_reset(&d);
    add_many(3000);
    keep_whole();
    ck_assert_uint_lt(take_pieces(), 2 * PIECE);
    ck_assert_uint_le(d.report->output.chunk.size, room < 65536 ? 65536 : room);
    ck_assert_uint_le(d.report->output.plain.size, 262144);
}
END_TEST

START_TEST(a_large_original_needs_no_larger_pieces)
{
    size_t length = 3000000, i;
    char *original = malloc(length + 1);

    for (i = 0; i < length; i++)
        original[i] = i % 60 == 59 ? '\n' : 'b';
    memcpy(original, "From: a@b\n\n", 11);
    original[length] = '\0';
    ndr_report_borrow_original(d.report, original, length);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    add_many(1);
    keep_whole();
    /* a block of 64 KiB of it, each line with a CR more */
    ck_assert_uint_lt(take_pieces(), 65536 / 60 * 61 + 60 + 2 * PIECE);
    free(original);
}
END_TEST

START_TEST(a_header_of_many_fields_needs_no_larger_pieces)
{
    char *original = malloc(300000);
    size_t used = 0;
    int i;

    for (i = 0; i < 5000; i++)
        used += (size_t) sprintf(original + used, "X-%d: a value\n", i);
    strcpy(original + used, "\nbody");
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    add_many(1);
    keep_whole();
    ck_assert_uint_lt(take_pieces(), 2 * PIECE);
    free(original);
}
END_TEST

/* A long reply of one recipient is one step: it is in one piece, and no more
   than that. */
START_TEST(a_long_reply_is_the_longest_step)
{
    size_t length = 60000, i;
    char *reply = malloc(length + 1);

    for (i = 0; i < length; i++)
        reply[i] = i % 70 == 69 ? ' ' : 'r';
    memcpy(reply, "550 ", 4);
    reply[length - 1] = 'r';
    reply[length] = '\0';
    desk_add(&d, "joe@contoso.com", NULL, reply);
    keep_whole();
    ck_assert_uint_lt(take_pieces(), length + length / 10 + 2 * PIECE);
    free(reply);
}
END_TEST

START_TEST(the_same_octets_again_and_again)
{
    char *first;
    size_t length;

    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    add_many(20);
    keep_whole();
    first = whole;
    length = whole_length;
    whole = NULL;
    keep_whole();
    ck_assert_uint_eq(whole_length, length);
    ck_assert(memcmp(whole, first, length) == 0);
    free(first);
}
END_TEST

START_TEST(a_part_that_is_not_there_leaves_no_trace)
{
    int html, third;

    for (html = 0; html < 2; html++)
        for (third = 0; third < 2; third++) {
            ndr_profile_set_html(d.profile, html);
            desk_reset(&d);
            ndr_report_set_return(d.report,
                                  third ? NDR_RETURN_HEADERS : NDR_RETURN_NONE);
            add_many(1);
            desk_read(&d);
            ck_assert_uint_eq(d.parts->count, third ? 3 : 2);
            ck_assert_int_eq(d.parts->html[0] != '\0', html);
            ck_assert_uint_eq(parts_count(d.parts->whole, "\n\n\n--=_"), 0);
        }
}
END_TEST

START_TEST(inner_and_outer_boundaries_differ)
{
    const char *inner;

    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    add_many(1);
    desk_read(&d);
    inner = strstr(d.parts->whole, "multipart/alternative;\n boundary=\"=_");
    ck_assert_ptr_nonnull(inner);
    inner = strchr(inner, '"');
    ck_assert(strncmp(inner, strstr(d.parts->header, "boundary=") + 9, 21) !=
              0);
    ck_assert(strncmp(inner, strstr(d.parts->header, "boundary=") + 9, 20) ==
              0);
}
END_TEST

START_TEST(nothing_comes_of_an_error_or_of_nothing_due)
{
    const char *piece = "x";
    size_t length = 7;

    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_E_MISSING);
    ck_assert_str_eq(piece, "");
    ck_assert_uint_eq(length, 0);
    desk_reset(&d);
    ndr_report_set_sender(d.report, "", 0);
    add_many(1);
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length),
                     NDR_NOTHING_DUE);
    ck_assert_uint_eq(length, 0);
    ck_assert_int_eq(ndr_report_next(NULL, &piece, &length), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_next(d.report, NULL, &length), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_next(d.report, &piece, NULL), NDR_E_INVALID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stream");
    TCase *tcase = tcase_create("stream");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, the_first_piece_is_the_header, 0, 2);
    tcase_add_loop_test(tcase, pieces_make_the_whole, 0, 2);
    tcase_add_test(tcase, the_end_stays_the_end);
    tcase_add_test(tcase, many_recipients_need_no_larger_pieces);
    tcase_add_test(tcase, a_large_original_needs_no_larger_pieces);
    tcase_add_test(tcase, a_header_of_many_fields_needs_no_larger_pieces);
    tcase_add_test(tcase, a_long_reply_is_the_longest_step);
    tcase_add_test(tcase, the_same_octets_again_and_again);
    tcase_add_test(tcase, a_part_that_is_not_there_leaves_no_trace);
    tcase_add_test(tcase, inner_and_outer_boundaries_differ);
    tcase_add_test(tcase, nothing_comes_of_an_error_or_of_nothing_due);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
