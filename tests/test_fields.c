/* SPDX-License-Identifier: ISC */
/*
 * Fields of the caller's own in the report's header, and the gate before them;
 * X-Failed-Recipients; DSN-Gateway; automatic messages.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

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

static int add(const char *name, const char *value)
{
    return ndr_report_add_header(d.report, name, NDR_NUL, value, NDR_NUL);
}

START_TEST(headers_stand_in_their_order)
{
    ck_assert_int_eq(add("List-Id", "<a.example>"), NDR_OK);
    ck_assert_int_eq(add("X-Queue-ID", "  4711 a "), NDR_OK);
    ck_assert_int_eq(add("X-Queue-ID", "4712"), NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_names(d.parts, d.parts->header),
                     "From,To,Subject,Date,Message-ID,In-Reply-To,References,"
                     "Auto-Submitted,List-Id,X-Queue-ID,X-Queue-ID,"
                     "MIME-Version,Content-Type");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "List-Id"),
                     "<a.example>");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "X-Queue-ID"),
                     "4711 a");
}
END_TEST

/* Folded at its blanks, each of which is there when it is unfolded. */
START_TEST(a_long_header_is_folded)
{
    char value[901];
    size_t i;

    for (i = 0; i < 900; i++)
        value[i] = i % 9 == 8 && i < 899 ? ' ' : (char) ('a' + i % 26);
    value[900] = '\0';
    ck_assert_int_eq(add("X-Long", value), NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "X-Long"), value);
    ck_assert_ptr_nonnull(strstr(d.parts->header, "X-Long: abcdefgh"));
}
END_TEST

static const char *const good_names[] = {
    "X", "X-A", "Feedback-ID", "List-Help", "Precedence", "X-1", "7"};

START_TEST(good_headers_are_taken)
{
    ck_assert_int_eq(add(good_names[_i], "a"), NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, good_names[_i]),
                     "a");
}
END_TEST

static const char *const bad_names[] = {
    "", "-X", "X_A", "X:", "X A", " X", "X ", "X\r\n", "\xC3\xB6", "X\t",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    /* the library's own, and what would make the report another message */
    "From", "from", "Sender", "Reply-To", "To", "TO", "Cc", "Bcc", "Subject",
    "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "MIME-Version", "Return-Path", "Received", "Errors-To",
    "X-Failed-Recipients", "Disposition-Notification-To", "Return-Receipt-To",
    "Content-Type", "content-transfer-encoding", "Content-X", "Resent-To",
    "resent-anything"};

START_TEST(bad_names_are_refused)
{
    char due[200];

    ck_assert_int_eq(add(bad_names[_i], "a"), NDR_E_FIELD);
    snprintf(due, sizeof(due), "header name");
    ck_assert_int_eq(
        strncmp(ndr_report_error_detail(d.report), due, strlen(due)), 0);
}
END_TEST

static const char *const bad_values[] = {
    "", " ", "a\r\nX-Evil: b", "a\nb", "a\rb", "a\tb", "caf\xC3\xA9", "a\x7F"};

START_TEST(bad_values_are_refused)
{
    ck_assert_int_eq(add("X-A", bad_values[_i]), NDR_E_FIELD);
    ck_assert_int_eq(
        strncmp(ndr_report_error_detail(d.report), "header value", 12), 0);
}
END_TEST

START_TEST(a_value_has_at_most_900_octets)
{
    char value[902];

    memset(value, 'a', 901);
    value[901] = '\0';
    ck_assert_int_eq(
        ndr_report_add_header(d.report, "X-A", NDR_NUL, value, 900), NDR_OK);
    desk_read(&d);
    desk_reset(&d);
    ck_assert_int_eq(add("X-A", value), NDR_E_FIELD);
}
END_TEST

START_TEST(after_prepare_it_is_too_late)
{
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(add("X-A", "a"), NDR_E_ORDER);
    ck_assert_int_eq(ndr_report_add_header(NULL, "X", 1, "a", 1), NDR_E_NOMEM);
}
END_TEST

/* ---- X-Failed-Recipients ---- */

START_TEST(failed_recipients_are_listed)
{
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "a,b@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "j\u00F6@contoso.com", NULL, "550 5.1.1 no");
    desk_add_action(&d, "late@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ndr_recipient_set_hidden(
        desk_add(&d, "secret@contoso.com", NULL, "550 5.1.1 no"),
        "info@contoso.com", NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->header, "X-Failed-Recipients"), "");
    desk_reset(&d);
    ndr_profile_set_failed_recipients(d.profile, NDR_FAILED_RECIPIENTS_LISTED);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "a,b@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "a b@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "j\u00F6@contoso.com", NULL, "550 5.1.1 no");
    desk_add_action(&d, "late@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ndr_recipient_set_hidden(
        desk_add(&d, "secret@contoso.com", NULL, "550 5.1.1 no"),
        "info@contoso.com", NDR_NUL);
    ndr_report_prepare(d.report);
    desk_read(&d);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->header, "X-Failed-Recipients"),
        "joe@contoso.com, ann@contoso.com, info@contoso.com");
    ndr_report_select_actions(d.report, NDR_ACTIONS_DELAYED);
    desk_read(&d);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->header, "X-Failed-Recipients"), "");
}
END_TEST

START_TEST(a_hundred_are_listed_at_most)
{
    char address[40];
    const char *message, *list;
    size_t length;
    int i;

    ndr_profile_set_failed_recipients(d.profile, NDR_FAILED_RECIPIENTS_LISTED);
    ndr_report_set_return(d.report, NDR_RETURN_NONE);
    for (i = 0; i < 120; i++) {
        sprintf(address, "r%d@contoso.com", i);
        desk_add(&d, address, NULL, "550 no");
    }
    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    list = strstr(message, "\r\nX-Failed-Recipients: joe@contoso.com,");
    ck_assert_ptr_nonnull(list);
    ck_assert_ptr_nonnull(strstr(list, "r98@contoso.com\r\nMIME-Version"));
}
END_TEST

/* ---- DSN-Gateway (RFC 3464 2.2.3) ---- */

static const struct {
    const char *host, *field; /* NULL: refused */
} gateways[] = {
    {"gw.example.com", "dns; gw.example.com"},
    {"[192.0.2.1]", "dns; [192.0.2.1]"},
    {"gw.m\u00FCnchen.example", "dns; gw.xn--mnchen-3ya.example"},
    {"", ""},
    {"g w", NULL},
    {"gw\r\nX: y", NULL},
};

START_TEST(a_gateway_is_named)
{
    int error = ndr_report_set_gateway(d.report, gateways[_i].host, NDR_NUL);

    if (gateways[_i].field == NULL) {
        ck_assert_int_eq(error, NDR_E_HOST);
        ck_assert_int_eq(
            strncmp(ndr_report_error_detail(d.report), "gateway", 7), 0);
        return;
    }
    ck_assert_int_eq(error, NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[0], "DSN-Gateway"),
                     gateways[_i].field);
    if (gateways[_i].field[0] != '\0')
        ck_assert_str_eq(parts_names(d.parts, d.parts->group[0]),
                         "Reporting-MTA,DSN-Gateway");
}
END_TEST

/* ---- automatic messages (RFC 3834 5) ---- */

static const struct {
    const char *header;
    int automatic;
} messages[] = {
    {"Subject: a\r\n\r\n", 0},
    {"Auto-Submitted: no\r\n\r\n", 0},
    {"Auto-Submitted: NO (why)\n\n", 0},
    {"auto-submitted: no; a=b\n\n", 0},
    {"Auto-Submitted: auto-replied\r\n\r\n", 1},
    {"Subject: a\nAUTO-SUBMITTED:\n auto-generated\n\n", 1},
    {"Auto-Submitted: none\n\n", 1},
    {"Auto-Submitted: nothing-else; x=y\n\n", 1},
    {"Auto-Submitted: no\nAuto-Submitted: auto-replied\n\n", 1},
    {"Subject: a\n\nAuto-Submitted: auto-replied\n", 0},
    {"", 0},
};

START_TEST(automatic_messages_are_known)
{
    ck_assert_int_eq(ndr_message_is_automatic(messages[_i].header, NDR_NUL),
                     messages[_i].automatic);
}
END_TEST

START_TEST(a_report_is_automatic)
{
    const char *message;
    size_t length;

    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    ck_assert_int_eq(ndr_message_is_automatic(message, length), 1);
    ck_assert_int_eq(ndr_message_is_automatic(NULL, 0), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fields");
    TCase *tcase = tcase_create("fields");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, headers_stand_in_their_order);
    tcase_add_test(tcase, a_long_header_is_folded);
    tcase_add_loop_test(tcase, good_headers_are_taken, 0, COUNT(good_names));
    tcase_add_loop_test(tcase, bad_names_are_refused, 0, COUNT(bad_names));
    tcase_add_loop_test(tcase, bad_values_are_refused, 0, COUNT(bad_values));
    tcase_add_test(tcase, a_value_has_at_most_900_octets);
    tcase_add_test(tcase, after_prepare_it_is_too_late);
    tcase_add_test(tcase, failed_recipients_are_listed);
    tcase_add_test(tcase, a_hundred_are_listed_at_most);
    tcase_add_loop_test(tcase, a_gateway_is_named, 0, COUNT(gateways));
    tcase_add_loop_test(tcase, automatic_messages_are_known, 0,
                        COUNT(messages));
    tcase_add_test(tcase, a_report_is_automatic);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
