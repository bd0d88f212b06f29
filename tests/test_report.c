/* SPDX-License-Identifier: ISC */
/* The report object: its life, its errors and notes, and what reset leaves. */
#include "desk.h"
#include "report/report.h"
#include "test.h"

#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
}

static void teardown(void)
{
    desk_close(&d);
}

START_TEST(a_report_needs_a_profile_and_a_place)
{
    ndr_report *report = d.report;

    ck_assert_int_eq(ndr_report_new(NULL, d.profile), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_new(&report, NULL), NDR_E_NOMEM);
    ck_assert_ptr_null(report);
    ndr_report_free(NULL);
}
END_TEST

START_TEST(a_new_report_has_nothing_to_tell)
{
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    ck_assert_str_eq(ndr_report_error_detail(d.report), "");
    ck_assert_ptr_null(ndr_report_notes(d.report, 0));
    ck_assert_int_eq(ndr_report_actions_due(d.report), 0);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report), "");
    ck_assert_str_eq(ndr_report_message_id(d.report), "");
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), 0);
    ck_assert_int_eq(ndr_report_needs_8bitmime(d.report), 0);
}
END_TEST

START_TEST(the_first_error_stays_until_reset)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, NULL);

    ck_assert_int_eq(ndr_recipient_set_status(joe, "5.1", NDR_NUL),
                     NDR_E_STATUS);
    ck_assert_int_eq(ndr_report_set_date(d.report, INT64_MAX, 0), NDR_E_STATUS);
    ck_assert_int_eq(ndr_recipient_set_reply(joe, "550 no", NDR_NUL),
                     NDR_E_STATUS);
    desk_failed(&d, NDR_E_STATUS,
                "recipient 1: status \"5.1\": expected 2, 4 or 5, then two "
                "numbers up to 999: 5.1.1");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_E_STATUS);
    ck_assert_int_eq(ndr_report_actions_due(d.report), 0);
    desk_reset(&d);
    desk_failed(&d, NDR_OK, "");
    desk_add(&d, "joe@contoso.com", NULL, "550 no");
    desk_read(&d);
}
END_TEST

/* After an error add_recipient hands out one that does nothing. */
START_TEST(a_recipient_after_an_error_returns_it)
{
    ndr_recipient *dead;

    ndr_report_set_message_id(d.report, "none", NDR_NUL);
    dead = ndr_report_add_recipient(d.report, "joe@contoso.com", NDR_NUL);
    ck_assert_ptr_nonnull(dead);
    ck_assert_int_eq(ndr_recipient_set_reply(dead, "550 no", NDR_NUL),
                     NDR_E_FIELD);
    ck_assert_int_eq(ndr_recipient_set_action(dead, 99), NDR_E_FIELD);
    desk_reset(&d);
    ck_assert_ptr_nonnull(ndr_report_add_recipient(d.report, "", 0));
    desk_failed(&d, NDR_E_ADDRESS,
                "recipient 1: address \"\": empty, or holds a line end or NUL");
}
END_TEST

START_TEST(a_second_recipient_is_named_by_its_number)
{
    desk_add(&d, "joe@contoso.com", NULL, NULL);
    ndr_recipient_set_status(desk_add(&d, "ann@contoso.com", NULL, NULL), "x",
                             NDR_NUL);
    ck_assert_ptr_nonnull(
        strstr(ndr_report_error_detail(d.report), "recipient 2: status \"x\""));
}
END_TEST

START_TEST(notes_stand_in_the_order_met)
{
    static const char *const expected[] = {
        "ENVID \"a b\": no printable xtext; left out",
        "HELO name \"a b\": no host name; left out",
        "client address \"x\": no IP address; left out",
        "recipient 1: ORCPT \"x\": cannot be decoded; left out",
        "recipient 1: remote server \"a b\": no host name; left out",
    };
    ndr_recipient *joe;
    size_t i;

    ndr_report_set_envelope_id(d.report, "a b", NDR_NUL);
    ndr_report_set_received_from(d.report, "a b", NDR_NUL, "x", NDR_NUL);
    joe = desk_add(&d, "joe@contoso.com", NULL, "550 no");
    ndr_recipient_set_original_recipient(joe, "x", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "a b", NDR_NUL, NULL, 0);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    for (i = 0; i < 5; i++)
        ck_assert_str_eq(ndr_report_notes(d.report, i), expected[i]);
    ck_assert_ptr_null(ndr_report_notes(d.report, 5));
    ck_assert_ptr_null(ndr_report_notes(d.report, (size_t) -1));
    desk_read(&d);
    ck_assert_ptr_null(ndr_report_notes(d.report, 5));
    desk_reset(&d);
    ck_assert_ptr_null(ndr_report_notes(d.report, 0));
}
END_TEST

START_TEST(hundreds_of_notes_are_kept)
{
    size_t i;

    for (i = 0; i < 300; i++)
        ndr_report_set_envelope_id(d.report, "=", NDR_NUL);
    for (i = 0; i < 300; i++)
        ck_assert_str_eq(ndr_report_notes(d.report, i),
                         "ENVID \"=\": no printable xtext; left out");
    ck_assert_ptr_null(ndr_report_notes(d.report, 300));
}
END_TEST

/* Everything that can be set, so that reset has something to forget. */
static void fill_all(void)
{
    ndr_recipient *joe;

    ndr_report_set_message_id(d.report, "<id@example.com>", NDR_NUL);
    ndr_report_set_seed(d.report, "queue", NDR_NUL);
    ndr_report_set_subject(d.report, "Subject of ours", NDR_NUL);
    ndr_report_set_arrival_date(d.report, DESK_DATE - 9, 60);
    ndr_report_set_envelope_id(d.report, "QQ314159", NDR_NUL);
    ndr_report_set_received_from(d.report, "desk7", NDR_NUL, "192.0.2.7",
                                 NDR_NUL);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ndr_report_set_transport(d.report, NDR_TRANSPORT_SMTPUTF8);
    ndr_report_add_field(d.report, "X-A", NDR_NUL, "b", NDR_NUL);
    joe = desk_add(&d, "j\xC3\xB6@contoso.com", "mx.contoso.com", "550 no");
    ndr_recipient_set_original_recipient(joe, "rfc822;x@example.com", NDR_NUL);
    ndr_recipient_set_log_id(joe, "log", NDR_NUL);
    ndr_recipient_set_text(joe, "Our words.", NDR_NUL);
    ndr_recipient_add_field(joe, "X-B", NDR_NUL, "c", NDR_NUL);
    ndr_recipient_add_attempt(joe, 1, 0, "a.example", NDR_NUL, NULL, 0, "x",
                              NDR_NUL);
}

START_TEST(reset_forgets_every_fact)
{
    char first[8192];

    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_uint_lt(strlen(desk_read(&d)->whole), sizeof(first));
    strcpy(first, d.parts->whole);
    desk_reset(&d);
    fill_all();
    desk_read(&d);
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), 1);
    desk_reset(&d);
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), 0);
    ck_assert_str_eq(ndr_report_message_id(d.report), "");
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    parts_assert_same(desk_read(&d)->whole, first);
}
END_TEST

START_TEST(reset_forgets_what_was_handed_out_half)
{
    char buffer[100];
    const char *piece;
    size_t got, length;

    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_read(d.report, buffer, 100, &got), NDR_OK);
    desk_reset(&d);
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert(strncmp(piece, "From: ", 6) == 0);
}
END_TEST

START_TEST(reset_takes_another_profile)
{
    ndr_profile *other;

    ck_assert_int_eq(ndr_profile_new(&other, NULL), NDR_OK);
    ndr_profile_set_generating_server(other, "other.example", NDR_NUL);
    ndr_profile_set_html(other, NDR_HTML_OFF);
    ck_assert_int_eq(ndr_report_reset(d.report, other), NDR_OK);
    desk_reset(&d); /* which keeps it */
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->status, "Reporting-MTA"),
                     "dns; other.example");
    ndr_profile_set_audience(other, 7);
    ck_assert_int_eq(ndr_report_reset(d.report, other), NDR_OK);
    desk_failed(&d, NDR_E_INVALID, "audience: unknown number");
    ck_assert_int_eq(ndr_report_reset(d.report, d.profile), NDR_OK);
    desk_failed(&d, NDR_OK, "");
    ndr_profile_free(other);
    ck_assert_int_eq(ndr_report_reset(NULL, d.profile), NDR_E_NOMEM);
}
END_TEST

START_TEST(a_number_of_resets_takes_no_more_memory)
{
    size_t size = 0;
    int i;

    for (i = 0; i < 20; i++) {
        desk_reset(&d);
        fill_all();
        desk_read(&d);
        if (i == 5)
            size = d.report->arena.blocks->size;
    }
    ck_assert_uint_eq(d.report->arena.blocks->size, size);
    ck_assert_ptr_null(d.report->arena.blocks->next);
}
END_TEST

START_TEST(preload_is_harmless)
{
    ck_assert_int_eq(ndr_report_preload(NULL), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_preload(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_preload(d.report), NDR_OK);
    desk_reset(&d);
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_int_eq(ndr_report_preload(d.report), NDR_OK);
}
END_TEST

START_TEST(a_kept_text_is_a_copy)
{
    char text[] = "jane@example.com";

    ck_assert_int_eq(ndr_report_set_sender(d.report, text, NDR_NUL), NDR_OK);
    memset(text, 'x', sizeof(text));
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "jane@example.com");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *tcase = tcase_create("report");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_report_needs_a_profile_and_a_place);
    tcase_add_test(tcase, a_new_report_has_nothing_to_tell);
    tcase_add_test(tcase, the_first_error_stays_until_reset);
    tcase_add_test(tcase, a_recipient_after_an_error_returns_it);
    tcase_add_test(tcase, a_second_recipient_is_named_by_its_number);
    tcase_add_test(tcase, notes_stand_in_the_order_met);
    tcase_add_test(tcase, hundreds_of_notes_are_kept);
    tcase_add_test(tcase, reset_forgets_every_fact);
    tcase_add_test(tcase, reset_forgets_what_was_handed_out_half);
    tcase_add_test(tcase, reset_takes_another_profile);
    tcase_add_test(tcase, a_number_of_resets_takes_no_more_memory);
    tcase_add_test(tcase, preload_is_harmless);
    tcase_add_test(tcase, a_kept_text_is_a_copy);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
