/* SPDX-License-Identifier: ISC */
/* The part for programs: names, order and values of its fields, lengths of
   lines. */
#include "desk.h"
#include "test.h"

#include <stdio.h>
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

static const char *field(const char *name)
{
    return parts_field(d.parts, d.parts->group[1], name);
}

/* Everything there can be, set in an order of its own. */
static ndr_recipient *fill_all(int action)
{
    ndr_recipient *joe;

    ndr_report_add_field(d.report, "X-Message", NDR_NUL, "one", NDR_NUL);
    joe = desk_add_action(&d, "joe@contoso.com", action, NULL);
    ndr_recipient_add_field(joe, "X-Recipient", NDR_NUL, "two", NDR_NUL);
    ndr_recipient_set_retry_until(joe, DESK_DATE + 86400, 60);
    ndr_recipient_set_log_id(joe, "4d3F7c0z", NDR_NUL);
    ndr_recipient_set_last_attempt(joe, DESK_DATE - 9, 60);
    ndr_recipient_set_reply(joe, "450-4.2.2 a\r\n450 4.2.2 b", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "mx.contoso.com", NDR_NUL,
                                    "203.0.113.25", NDR_NUL);
    ndr_recipient_set_original_recipient(joe, "rfc822;j+40x", NDR_NUL);
    ndr_report_set_arrival_date(d.report, DESK_DATE - 60, 60);
    ndr_report_set_received_from(d.report, "desk7", NDR_NUL, "192.0.2.7",
                                 NDR_NUL);
    ndr_report_set_envelope_id(d.report, "QQ314159", NDR_NUL);
    return joe;
}

START_TEST(fields_follow_the_grammar)
{
    fill_all(NDR_ACTION_DELAYED);
    desk_read(&d);
    ck_assert_str_eq(d.parts->status,
                     "Original-Envelope-Id: QQ314159\n"
                     "Reporting-MTA: dns; mail1.example.com\n"
                     "Received-From-MTA: dns; desk7 (192.0.2.7)\n"
                     "Arrival-Date: Tue, 24 Nov 2026 17:04:18 +0100\n"
                     "X-Message: one\n"
                     "\n"
                     "Original-Recipient: rfc822; j@x\n"
                     "Final-Recipient: rfc822; joe@contoso.com\n"
                     "Action: delayed\n"
                     "Status: 4.2.2\n"
                     "Remote-MTA: dns; mx.contoso.com (203.0.113.25)\n"
                     "Diagnostic-Code: smtp; 450-4.2.2 a\n"
                     " 450 4.2.2 b\n"
                     "Last-Attempt-Date: Tue, 24 Nov 2026 17:05:09 +0100\n"
                     "Final-Log-ID: 4d3F7c0z\n"
                     "Will-Retry-Until: Wed, 25 Nov 2026 17:05:18 +0100\n"
                     "X-Recipient: two\n");
    ck_assert_str_eq(d.parts->status_head,
                     "Content-Type: message/delivery-status\n");
}
END_TEST

START_TEST(only_a_delay_says_until_when)
{
    fill_all(NDR_ACTION_FAILED);
    desk_read(&d);
    ck_assert_str_eq(
        parts_names(d.parts, d.parts->group[1]),
        "Original-Recipient,Final-Recipient,Action,Status,Remote-MTA,"
        "Diagnostic-Code,Last-Attempt-Date,Final-Log-ID,X-Recipient");
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
    desk_add(&d, "joe@contoso.com", NULL, NULL);
    desk_read(&d);
    ck_assert_str_eq(d.parts->status, "Reporting-MTA: dns; mail1.example.com\n"
                                      "\n"
                                      "Final-Recipient: rfc822; "
                                      "joe@contoso.com\n"
                                      "Action: failed\n"
                                      "Status: 5.0.0\n");
}
END_TEST

START_TEST(each_action_has_its_word)
{
    static const char *const words[] = {"failed", "delayed", "delivered",
                                        "relayed", "expanded"};

    desk_add_action(&d, "joe@contoso.com", _i, NULL);
    desk_read(&d);
    ck_assert_str_eq(field("Action"), words[_i]);
}
END_TEST

static const struct {
    const char *server, *authority, *shown;
} servers[] = {
    {"mail1.example.com", NULL, "dns; mail1.example.com"},
    {"Mail1.Example.COM", NULL, "dns; Mail1.Example.COM"},
    {"mail1", NULL, "x-local-hostname; mail1"},
    {"[192.0.2.1]", NULL, "dns; [192.0.2.1]"},
    {"[IPv6:2001:db8::1]", NULL, "dns; [IPv6:2001:db8::1]"},
    {"mail1.example.com", "example.com", "dns; example.com"},
    {"mail1.example.com", "hub", "x-local-hostname; hub"},
};

START_TEST(the_reporting_mta_has_the_right_type)
{
    ndr_profile_set_generating_server(d.profile, servers[_i].server, NDR_NUL);
    ndr_profile_set_reporting_authority(d.profile, servers[_i].authority,
                                        NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, NULL);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[0], "Reporting-MTA"),
                     servers[_i].shown);
    ck_assert_str_eq(parts_field(d.parts, d.parts->admin, "Generating server"),
                     servers[_i].server);
}
END_TEST

START_TEST(groups_are_parted_by_one_empty_line)
{
    char address[40];
    int i;

    for (i = 0; i < 60; i++) {
        sprintf(address, "r%d@contoso.com", i);
        desk_add(&d, address, NULL, "550 5.1.1 no");
    }
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 60);
    for (i = 0; i < 60; i++) {
        sprintf(address, "rfc822; r%d@contoso.com", i);
        ck_assert_str_eq(
            parts_field(d.parts, d.parts->group[i + 1], "Final-Recipient"),
            address);
    }
}
END_TEST

/* An address of any length: on one line up to 998 octets, then after a fold,
   then with its middle cut out and a note. */
START_TEST(an_address_of_any_length_keeps_its_lines_short)
{
    static char address[1300];
    size_t length = 900 + (size_t) _i * 10;
    const char *shown;

    memset(address, 'a', length);
    memcpy(address + length - 10, "@b.example", 11);
    desk_add(&d, address, NULL, "550 5.1.1 no");
    desk_read(&d);
    shown = field("Final-Recipient");
    if (length <= 997) {
        const char *value = strchr(shown, ';') + 1;

        ck_assert_str_eq(value + strspn(value, " "), address);
        ck_assert_ptr_null(ndr_report_notes(d.report, 0));
    } else {
        parts_place(shown, "[...]");
        parts_place(shown, "@b.example");
        ck_assert_ptr_nonnull(ndr_report_notes(d.report, 0));
    }
    ck_assert(parts_has_line(d.parts->user, address));
    ck_assert_str_eq(parts_names(d.parts, d.parts->group[1]),
                     "Final-Recipient,Action,Status,Diagnostic-Code");
}
END_TEST

START_TEST(a_reply_of_any_length_comes_back)
{
    static char reply[6000];
    const char *shown;
    size_t i;

    memcpy(reply, "550 ", 4);
    for (i = 4; i < 4 + (size_t) _i; i++)
        reply[i] = i % 9 == 8 ? ' ' : 'r';
    if (reply[i - 1] == ' ')
        reply[i - 1] = 'r';
    reply[i] = '\0';
    desk_add(&d, "joe@contoso.com", NULL, reply);
    desk_read(&d);
    shown = field("Diagnostic-Code");
    ck_assert(strncmp(shown, "smtp; ", 6) == 0);
    ck_assert_str_eq(shown + 6, reply);
}
END_TEST

START_TEST(a_reply_without_a_blank_is_broken_before_998)
{
    static char reply[5000];
    const char *line;
    size_t count = 0, letters = 0;

    memset(reply, 'r', sizeof(reply) - 1);
    memcpy(reply, "550 ", 4);
    desk_add(&d, "joe@contoso.com", NULL, reply);
    desk_read(&d);
    for (line = strstr(d.parts->group[1], "Diagnostic-Code"); *line != '\0';
         line += strcspn(line, "\n") + 1)
        count++;
    for (line = strstr(d.parts->group[1], "smtp; "); *line != '\0'; line++)
        letters += *line == 'r';
    ck_assert_uint_ge(count, 5);
    ck_assert_uint_eq(letters, 4995);
    parts_place(d.parts->admin, reply);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("part_status");
    TCase *tcase = tcase_create("part_status");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, fields_follow_the_grammar);
    tcase_add_test(tcase, only_a_delay_says_until_when);
    tcase_add_test(tcase, what_is_not_known_is_left_out);
    tcase_add_loop_test(tcase, each_action_has_its_word, 0, 5);
    tcase_add_loop_test(tcase, the_reporting_mta_has_the_right_type, 0,
                        COUNT(servers));
    tcase_add_test(tcase, groups_are_parted_by_one_empty_line);
    tcase_add_loop_test(tcase, an_address_of_any_length_keeps_its_lines_short,
                        0, 20);
    tcase_add_loop_test(tcase, a_reply_of_any_length_comes_back, 1, 200);
    tcase_add_test(tcase, a_reply_without_a_blank_is_broken_before_998);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
