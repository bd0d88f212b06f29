/* SPDX-License-Identifier: ISC */
/*
 * The description of Exchange's reports, statement by statement: how reports
 * come about (S50 to S62). Each case bears the id of its row. The two scenarios
 * also are golden files. Not held here yet: languages other than English.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

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

static void assert_no_remote_server(void)
{
    ck_assert_uint_eq(parts_count(d.parts->text, "Remote server"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "Remote server"), 0);
    ck_assert_uint_eq(parts_count(d.parts->status, "Remote-MTA"), 0);
    ck_assert_uint_eq(parts_count(d.parts->user, "The server "), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "The server "), 0);
}

START_TEST(s50_the_same_server_rejects_and_reports)
{
    ndr_profile_set_generating_server(d.profile, "edge.contoso.com", NDR_NUL);
    ndr_profile_set_audience(d.profile, NDR_AUDIENCE_EXTERNAL);
    desk_add(&d, "board@contoso.com", NULL, "550 5.7.1 Sender not permitted");
    desk_read(&d);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "jane@example.com");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"),
                     "jane@example.com");
    parts_place(d.parts->user, "Your message was not permitted: mail from you");
    parts_place(d.parts->admin, "Generating server: edge.contoso.com\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[0], "Reporting-MTA"),
                     "dns; edge.contoso.com");
    assert_no_remote_server();
}
END_TEST

START_TEST(s51_a_full_mailbox_is_refused_locally)
{
    desk_add(&d, "ann@example.com", NULL, "552 5.2.2 Mailbox full");
    desk_read(&d);
    parts_place(d.parts->user, "The mailbox is full");
    assert_no_remote_server();
}
END_TEST

START_TEST(s51_missing_permission_is_refused_locally)
{
    desk_add(&d, "board@example.com", NULL, "554 5.7.1 Not allowed");
    desk_read(&d);
    parts_place(d.parts->user, "was not permitted");
    assert_no_remote_server();
}
END_TEST

START_TEST(s51_an_expiry_without_any_answer_is_local)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, NULL);

    ndr_recipient_set_status(joe, "4.4.7", NDR_NUL);
    ndr_recipient_add_attempt(joe, DESK_DATE - 60, 60, "mx.contoso.com",
                              NDR_NUL, NULL, 0, "no answer", NDR_NUL);
    desk_read(&d);
    parts_place(d.parts->user, "in the time allowed");
    parts_place(d.parts->admin, "mx.contoso.com\n    no answer\n");
    assert_no_remote_server();
}
END_TEST

/* In one report with a remote rejection: only that recipient has a server. */
START_TEST(s52_no_local_refusal_names_a_remote_server)
{
    size_t i;

    desk_add(&d, "ann@example.com", NULL, "552 5.2.2 Mailbox full");
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_add(&d, "board@example.com", NULL, "554 5.7.1 Not allowed");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->admin, "Remote server:"), 1);
    ck_assert_uint_eq(parts_count(d.parts->user, "The server "), 1);
    for (i = 1; i <= 3; i++)
        ck_assert_uint_eq(parts_count(d.parts->group[i], "Remote-MTA"),
                          i == 2 ? 1 : 0);
}
END_TEST

START_TEST(s53_different_servers_reject_and_report)
{
    desk_add(&d, "joe@contoso.com", "mail.contoso.com",
             "550 5.1.1 User unknown");
    desk_read(&d);
    parts_place(d.parts->user, "The server mail.contoso.com refused the "
                               "message.\n");
    parts_place(d.parts->admin, "Generating server: mail1.example.com\n");
    parts_place(d.parts->admin, "Remote server: mail.contoso.com\n"
                                "Enhanced status code: 5.1.1\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Remote-MTA"),
                     "dns; mail.contoso.com");
    parts_place(d.parts->html_text, "The server mail.contoso.com refused");
}
END_TEST

/* The user section in one line, so that its words can be found. */
static const char *user_line(void)
{
    static char flat[4000];
    const char *from = desk_read(&d)->user;
    char *to = flat;

    ck_assert_uint_lt(strlen(from), sizeof(flat));
    for (; *from != '\0'; from++) {
        *to++ = *from == '\n' ? ' ' : *from;
        if (*from == '\n')
            from += strspn(from + 1, " ");
    }
    *to = '\0';
    return flat;
}

START_TEST(s57_an_expiry_may_be_sent_again)
{
    ndr_recipient_set_status(desk_add(&d, "joe@contoso.com", NULL, NULL),
                             "4.4.7", NDR_NUL);
    parts_place(user_line(), "It will not be tried again, but you may send it "
                             "again.");
    parts_place(user_line(), "2. Send the message again");
}
END_TEST

START_TEST(s59_a_failure_may_have_a_code_of_class_4)
{
    static const char *const codes[] = {"4.3.1", "4.3.2", "4.4.1", "4.4.2",
                                        "4.4.7"};

    ndr_recipient_set_status(desk_add(&d, "joe@contoso.com", NULL, NULL),
                             codes[_i], NDR_NUL);
    desk_read(&d);
    ck_assert_uint_eq(
        parts_place(d.parts->user, "Your message was not delivered.\n"), 0);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Action"),
                     "failed");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Status"),
                     codes[_i]);
    ck_assert_ptr_null(strstr(d.parts->user, "keep trying"));
}
END_TEST

/* The table of patterns and traps is in test_reply_words. */
START_TEST(s61_5_7_1_has_three_meanings)
{
    static const struct {
        const char *reply, *words;
    } meanings[] = {
        {"550 5.7.1 no", "mail from you is not allowed"},
        {"550 5.7.1 Unable to relay", "does not pass on mail"},
        {"530 5.7.1 Client was not authenticated", "to sign in"},
    };

    desk_add(&d, "joe@contoso.com", NULL, meanings[_i].reply);
    desk_read(&d);
    parts_place(d.parts->user, meanings[_i].words);
}
END_TEST

START_TEST(s62_a_forged_sender_has_nothing_to_do)
{
    static const char *const replies[] = {
        "550 5.7.1 Unable to relay", "550 5.7.1 spam", "550 5.7.999 policy"};

    desk_add(&d, "joe@contoso.com", NULL, replies[_i]);
    parts_place(user_line(),
                "If you did not send this message, someone else used your "
                "address, and there is nothing you need to do.");
}
END_TEST

/* ---- settlements that these rows led to ---- */

START_TEST(d02_an_administrators_note_is_not_printed)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "legacyExchangeDN"), 0);
    ck_assert_uint_eq(parts_count(d.parts->text, "legacy DN"), 0);
}
END_TEST

START_TEST(d09_an_entry_may_serve_both_classes)
{
    static const struct {
        const char *status;
        int action;
        const char *words;
    } rows[] = {
        {"5.4.7", NDR_ACTION_FAILED, "in the time allowed"},
        {"4.2.2", NDR_ACTION_DELAYED, "The mailbox is full"},
        {"4.2.2", NDR_ACTION_FAILED, "The mailbox is full"},
        {"4.1.1", NDR_ACTION_FAILED, "No such mailbox was found"},
    };

    desk_add_action(&d, "joe@contoso.com", rows[_i].action, rows[_i].status);
    parts_place(desk_read(&d)->user, rows[_i].words);
}
END_TEST

START_TEST(d13_the_rounds_of_a_loop_are_counted)
{
    char original[2000], *to = original;
    int i;

    for (i = 0; i < 21; i++)
        to += sprintf(to, "Received: from a by b\n");
    sprintf(to, "From: a@b\n\n");
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "554 5.4.6 loop");
    parts_place(desk_read(&d)->user, "21 times");
    desk_reset(&d);
    ndr_report_borrow_original(d.report, NULL, 0);
    desk_add(&d, "joe@contoso.com", NULL, "554 5.4.6 loop");
    ck_assert_uint_eq(parts_count(desk_read(&d)->user, "times"), 0);
}
END_TEST

START_TEST(d15_a_code_of_ours_is_marked_and_bare)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 no");
    desk_read(&d);
    parts_place(d.parts->admin, "\nEnhanced status code: 5.0.0 (not given by "
                                "the server)\n");
    ck_assert(parts_has_line(d.parts->group[1], "Status: 5.0.0"));
    parts_place(d.parts->user, "the reason is not known");
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.0.0 no");
    parts_place(desk_read(&d)->user, "no exact reason was given");
}
END_TEST

START_TEST(d17_an_alias_shows_what_the_sender_wrote)
{
    ndr_recipient_set_original_recipient(
        desk_add(&d, "joe@inner.example", NULL, "550 5.1.1 no"),
        "rfc822;all+2Bthe@outer.example", NDR_NUL);
    desk_read(&d);
    ck_assert(parts_has_line(d.parts->user, "all+the@outer.example"));
    parts_place(d.parts->admin, "Rejected recipient: joe@inner.example\n"
                                "Original recipient: all+the@outer.example\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seed_scenarios");
    TCase *tcase = tcase_create("seed_scenarios");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, s50_the_same_server_rejects_and_reports);
    tcase_add_test(tcase, s51_a_full_mailbox_is_refused_locally);
    tcase_add_test(tcase, s51_missing_permission_is_refused_locally);
    tcase_add_test(tcase, s51_an_expiry_without_any_answer_is_local);
    tcase_add_test(tcase, s52_no_local_refusal_names_a_remote_server);
    tcase_add_test(tcase, s53_different_servers_reject_and_report);
    tcase_add_test(tcase, s57_an_expiry_may_be_sent_again);
    tcase_add_loop_test(tcase, s59_a_failure_may_have_a_code_of_class_4, 0, 5);
    tcase_add_loop_test(tcase, s61_5_7_1_has_three_meanings, 0, 3);
    tcase_add_loop_test(tcase, s62_a_forged_sender_has_nothing_to_do, 0, 3);
    tcase_add_test(tcase, d02_an_administrators_note_is_not_printed);
    tcase_add_loop_test(tcase, d09_an_entry_may_serve_both_classes, 0, 4);
    tcase_add_test(tcase, d13_the_rounds_of_a_loop_are_counted);
    tcase_add_test(tcase, d15_a_code_of_ours_is_marked_and_bare);
    tcase_add_test(tcase, d17_an_alias_shows_what_the_sender_wrote);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
