/* SPDX-License-Identifier: ISC */
/*
 * The description of Exchange's reports, statement by statement: the
 * administrator section, field by field (S20 to S31). Each case bears the id of
 * its row. Text and HTML are looked at. Not held here yet: languages other than
 * English.
 */
#include "desk.h"
#include "test.h"

#include <string.h>

#define TITLE "Diagnostic information for administrators:"

static desk d;

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
}

static void teardown(void)
{
    desk_close(&d);
}

static void read_remote(void)
{
    ndr_recipient_set_remote_server(
        desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 User unknown"),
        "mx.contoso.com", NDR_NUL, "203.0.113.25", NDR_NUL);
    desk_read(&d);
}

START_TEST(s20_it_names_error_and_both_servers)
{
    read_remote();
    parts_place(d.parts->admin, "550 5.1.1 User unknown");
    parts_place(d.parts->admin, "mail1.example.com");
    parts_place(d.parts->admin, "mx.contoso.com");
}
END_TEST

START_TEST(s21_its_fields_stand_in_order)
{
    static const char *const labels[] = {TITLE,
                                         "Generating server:",
                                         "Rejected recipient:",
                                         "Remote server:",
                                         "Enhanced status code:",
                                         "SMTP response:",
                                         "Original message headers:"};
    size_t i;

    read_remote();
    for (i = 0; i < 7; i++) {
        ck_assert_uint_eq(parts_count(d.parts->admin, labels[i]), 1);
        ck_assert_uint_eq(parts_count(d.parts->html_text, labels[i]), 1);
        if (i == 0)
            continue;
        ck_assert_uint_lt(parts_place(d.parts->admin, labels[i - 1]),
                          parts_place(d.parts->admin, labels[i]));
        ck_assert_uint_lt(parts_place(d.parts->html_text, labels[i - 1]),
                          parts_place(d.parts->html_text, labels[i]));
    }
}
END_TEST

START_TEST(s22_the_generating_server_made_the_report)
{
    read_remote();
    ck_assert_uint_eq(parts_count(d.parts->admin, "Generating server:"), 1);
    parts_place(d.parts->admin, "\nGenerating server: mail1.example.com\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[0], "Reporting-MTA"),
                     "dns; mail1.example.com");
    ndr_profile_set_reporting_authority(d.profile, "hub.example.com", NDR_NUL);
    desk_reset(&d);
    read_remote();
    parts_place(d.parts->admin, "\nGenerating server: mail1.example.com\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[0], "Reporting-MTA"),
                     "dns; hub.example.com");
}
END_TEST

START_TEST(s23_the_code_becomes_a_readable_text)
{
    desk_add(&d, "joe@contoso.com", NULL, "552 5.2.2 zzz");
    parts_place(desk_read(&d)->user, "The mailbox is full");
}
END_TEST

START_TEST(s24_without_a_remote_server_the_server_itself_rejected)
{
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_add(&d, "ann@example.com", NULL, "552 5.2.2 full");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->admin, "Remote server:"), 1);
    ck_assert_uint_eq(parts_count(d.parts->html_text, "Remote server:"), 1);
    parts_place(d.parts->admin, "Rejected recipient: ann@example.com\n"
                                "Enhanced status code: 5.2.2\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Remote-MTA"),
                     "dns; mx.contoso.com");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[2], "Remote-MTA"), "");
}
END_TEST

START_TEST(s25_inside_one_organisation_one_server_does_both)
{
    ndr_profile_set_audience(d.profile, NDR_AUDIENCE_INTERNAL);
    desk_add(&d, "ann@example.com", NULL, "552 5.2.2 full");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "Remote"), 0);
    parts_place(d.parts->user, "Who can fix it: the recipient, or your mail "
                               "administrator\n");
}
END_TEST

START_TEST(s26_the_rejected_recipient_is_the_one_that_failed)
{
    read_remote();
    parts_place(d.parts->admin, "\nRejected recipient: joe@contoso.com\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Final-Recipient"),
                     "rfc822; joe@contoso.com");
    ck_assert_uint_eq(parts_count(d.parts->admin, "ecipient: jane@example.com"),
                      0);
}
END_TEST

START_TEST(s27_each_recipient_has_its_own_fields)
{
    static const char *const replies[] = {"550 5.1.1 one", "550 5.1.1 two",
                                          "552 5.2.2 three"};
    static const char *const names[] = {"a@x.example", "b@x.example",
                                        "c@x.example"};
    size_t i;

    for (i = 0; i < 3; i++)
        desk_add(&d, names[i], NULL, replies[i]);
    desk_read(&d);
    for (i = 0; i < 3; i++) {
        ck_assert_uint_lt(parts_place(d.parts->admin, names[i]),
                          parts_place(d.parts->admin, replies[i]));
        if (i < 2)
            ck_assert_uint_lt(parts_place(d.parts->admin, replies[i]),
                              parts_place(d.parts->admin, names[i + 1]));
        parts_place(d.parts->group[i + 1], names[i]);
        parts_place(d.parts->group[i + 1], replies[i]);
    }
}
END_TEST

START_TEST(s28_the_remote_server_is_the_host_as_given)
{
    read_remote();
    parts_place(d.parts->admin,
                "\nRemote server: mx.contoso.com [203.0.113.25]\n");
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", "MX2.Contoso.com", "550 5.1.1 no");
    parts_place(desk_read(&d)->admin, "\nRemote server: MX2.Contoso.com\n");
}
END_TEST

START_TEST(s29_a_host_that_gave_no_answer_is_an_attempt)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, NULL);

    ndr_recipient_set_status(joe, "4.4.1", NDR_NUL);
    ndr_recipient_add_attempt(joe, DESK_DATE - 60, 60, "mx.contoso.com",
                              NDR_NUL, "203.0.113.25", NDR_NUL,
                              "no answer: connection timed out", NDR_NUL);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "Remote"), 0);
    ck_assert_uint_eq(parts_count(d.parts->user, "mx.contoso.com"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html_text, "mx.contoso.com"), 1);
    ck_assert_uint_lt(parts_place(d.parts->html_text, "Attempts:"),
                      parts_place(d.parts->html_text, "mx.contoso.com"));
    parts_place(d.parts->admin,
                "\nAttempts:\n  Tue, 24 Nov 2026 17:04:18 +0100 "
                " mx.contoso.com [203.0.113.25]\n"
                "    no answer: connection timed out\n");
}
END_TEST

START_TEST(s30_after_acknowledging_no_remote_server_is_named)
{
    ndr_profile_set_generating_server(d.profile, "edge.contoso.com", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.7.1 content refused");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "Remote"), 0);
    parts_place(d.parts->admin, "Generating server: edge.contoso.com\n");
}
END_TEST

START_TEST(s31_the_code_is_the_rejecting_servers)
{
    ndr_recipient_set_status(
        desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no"), "5.7.1",
        NDR_NUL);
    desk_read(&d);
    parts_place(d.parts->admin, "Enhanced status code: 5.7.1\n"
                                "SMTP response: 550 5.1.1 no\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Status"),
                     "5.7.1");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Diagnostic-Code"),
                     "smtp; 550 5.1.1 no");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seed_admin");
    TCase *tcase = tcase_create("seed_admin");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, s20_it_names_error_and_both_servers);
    tcase_add_test(tcase, s21_its_fields_stand_in_order);
    tcase_add_test(tcase, s22_the_generating_server_made_the_report);
    tcase_add_test(tcase, s23_the_code_becomes_a_readable_text);
    tcase_add_test(tcase,
                   s24_without_a_remote_server_the_server_itself_rejected);
    tcase_add_test(tcase, s25_inside_one_organisation_one_server_does_both);
    tcase_add_test(tcase, s26_the_rejected_recipient_is_the_one_that_failed);
    tcase_add_test(tcase, s27_each_recipient_has_its_own_fields);
    tcase_add_test(tcase, s28_the_remote_server_is_the_host_as_given);
    tcase_add_test(tcase, s29_a_host_that_gave_no_answer_is_an_attempt);
    tcase_add_test(tcase, s30_after_acknowledging_no_remote_server_is_named);
    tcase_add_test(tcase, s31_the_code_is_the_rejecting_servers);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
