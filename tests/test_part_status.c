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

/* The forms of RFC 6533 3: what came, what goes out in 7 bits, and what in the
   global part. */
static const struct {
    const char *orcpt, *seven, *global;
} orcpts[] = {
    {"rfc822;a+2Bb@x", "rfc822; a+b@x", "rfc822; a+b@x"},
    {"UTF-8;a@x", "utf-8; a@x", "utf-8; a@x"},
    {"utf-8;\\x{E9}@x", "utf-8; \\x{E9}@x", "utf-8; \xC3\xA9@x"},
    {"utf-8;\xE3\x81\x82@x", "utf-8; \\x{3042}@x", "utf-8; \xE3\x81\x82@x"},
    {"utf-8;\xF0\x9F\x98\x80@x", "utf-8; \\x{1F600}@x",
     "utf-8; \xF0\x9F\x98\x80@x"},
    {"utf-8;a\\x{5C}\\x{2B}\\x{3D}@x", "utf-8; a\\x{5C}\\x{2B}\\x{3D}@x",
     "utf-8; a\\+=@x"},
    {"utf-8;a+=@x", "utf-8; a\\x{2B}\\x{3D}@x", "utf-8; a+=@x"},
    {"utf-8;a\\x{20}b@x", "utf-8; a\\x{20}b@x", "utf-8; a b@x"},
    {"utf-8;a\\x{e9}@x", "utf-8; a\\x{e9}@x", "utf-8; a\\x{e9}@x"},
    {"utf-8;a\\@x", "utf-8; a\\@x", "utf-8; a\\@x"},
};

START_TEST(an_orcpt_has_the_form_of_its_part)
{
    int global = _i % 2;
    ndr_recipient *joe = desk_add(&d, "j\xC3\xB6@x", NULL, "550 no");

    ndr_report_set_transport(d.report, global ? NDR_TRANSPORT_SMTPUTF8
                                              : NDR_TRANSPORT_7BIT);
    ndr_recipient_set_original_recipient(joe, orcpts[_i / 2].orcpt, NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(field("Original-Recipient"),
                     global ? orcpts[_i / 2].global : orcpts[_i / 2].seven);
}
END_TEST

/* What is cut out ends where escapes do. */
START_TEST(an_address_of_escapes_is_cut_between_them)
{
    static char address[2000];
    const char *shown, *at;
    size_t used;

    memset(address, 'a', (size_t) _i + 1);
    for (used = (size_t) _i; used < 400; used += 2)
        memcpy(address + used, "\xC3\xB6", 2);
    memcpy(address + used, "@b.example", 11);
    desk_add(&d, address, NULL, "550 5.1.1 no");
    desk_read(&d);
    shown = field("Final-Recipient");
    parts_place(shown, "[...]");
    parts_place(shown, "\\x{F6}@b.example");
    for (at = strchr(shown, '\\'); at != NULL; at = strchr(at + 1, '\\'))
        ck_assert_msg(strncmp(at, "\\x{F6}", 6) == 0, "%.20s", at);
    for (at = strchr(shown, '{'); at != NULL; at = strchr(at + 1, '{'))
        ck_assert_msg(strncmp(at - 2, "\\x{F6}", 6) == 0, "%.20s", at);
    ck_assert_uint_eq(parts_count(shown, "{"), parts_count(shown, "}"));
}
END_TEST

START_TEST(a_log_id_of_any_length_stays_on_its_line)
{
    static char id[2000];
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, "550 no");

    memset(id, 'i', 897 + (size_t) _i);
    ndr_recipient_set_log_id(joe, id, NDR_NUL);
    desk_read(&d);
    if (_i > 3)
        strcpy(id + 900, "[...]");
    ck_assert_str_eq(field("Final-Log-ID"), id);
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
    tcase_add_loop_test(tcase, an_orcpt_has_the_form_of_its_part, 0,
                        2 * COUNT(orcpts));
    tcase_add_loop_test(tcase, an_address_of_escapes_is_cut_between_them, 0, 6);
    tcase_add_loop_test(tcase, a_log_id_of_any_length_stays_on_its_line, 0, 8);
    tcase_add_loop_test(tcase, a_reply_of_any_length_comes_back, 1, 200);
    tcase_add_test(tcase, a_reply_without_a_blank_is_broken_before_998);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
