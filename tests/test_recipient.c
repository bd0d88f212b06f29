/* SPDX-License-Identifier: ISC */
/* The recipient's setters: what each takes, what becomes of it in the report,
   what is left out with a note. */
#include "desk.h"
#include "report/record.h"
#include "test.h"

#include <string.h>

static desk d;
static ndr_recipient *joe;

static void setup(void)
{
    desk_open(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
}

static void teardown(void)
{
    desk_close(&d);
}

/* A field of the only recipient. */
static const char *field(const char *name)
{
    desk_read(&d);
    return parts_field(d.parts, d.parts->group[1], name);
}

static const char *note(void)
{
    const char *first = ndr_report_notes(d.report, 0);

    return first == NULL ? "" : first;
}

static const struct {
    const char *given, *final;
} addresses[] = {
    {"joe@contoso.com", "rfc822; joe@contoso.com"},
    {"<joe@contoso.com>", "rfc822; joe@contoso.com"},
    {" JOE@Contoso.COM ", "rfc822; JOE@Contoso.COM"},
    {"joe", "rfc822; joe"},
    {"joe@", "rfc822; joe@"},
    {"@contoso.com", "rfc822; @contoso.com"},
    {"a..b@contoso.com", "rfc822; a..b@contoso.com"},
    {"\"a b\"@contoso.com", "rfc822; \"a b\"@contoso.com"},
    {"a;b@contoso.com", "rfc822; a;b@contoso.com"},
    {"a\tb@contoso.com", "rfc822; a b@contoso.com"},
    {"a\x01@contoso.com", "rfc822; a\\x01@contoso.com"},
    {"a\xFF@contoso.com", "rfc822; a\\xFF@contoso.com"},
    {"j\xC3\xB6@contoso.com", "utf-8; j\\x{F6}@contoso.com"},
    {"/c=de/o=a+b=/@x", "rfc822; /c=de/o=a+b=/@x"},
    {"\xF0\x9F\x98\x80@x\\y", "utf-8; \\x{1F600}@x\\x{5C}y"},
};

START_TEST(an_address_is_shown_as_it_was)
{
    desk_reset(&d);
    desk_add(&d, addresses[_i].given, NULL, "550 5.1.1 no");
    ck_assert_str_eq(field("Final-Recipient"), addresses[_i].final);
}
END_TEST

static const char *const no_addresses[] = {
    "", "  ", "<>", "a\rb@x", "a\nb@x", "a@x\r\nAction: delivered"};

START_TEST(an_empty_address_or_two_lines_are_refused)
{
    ndr_report_add_recipient(d.report, no_addresses[_i], NDR_NUL);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_E_ADDRESS);
    ck_assert(strncmp(ndr_report_error_detail(d.report),
                      "recipient 2: address \"", 22) == 0);
}
END_TEST

START_TEST(a_nul_in_an_address_is_refused)
{
    ndr_report_add_recipient(d.report, "a\0b@x", 5);
    desk_failed(&d, NDR_E_ADDRESS,
                "recipient 2: address \"a\\x00b@x\": empty, "
                "or holds a line end or NUL");
}
END_TEST

static const struct {
    const char *given;
    int error;
} statuses[] = {
    {"5.1.1", NDR_OK},           {"4.0.0", NDR_OK},
    {"5.999.999", NDR_OK},       {"5.7.999", NDR_OK},
    {"5.10.100", NDR_OK},        {"", NDR_E_STATUS},
    {"5", NDR_E_STATUS},         {"5.1", NDR_E_STATUS},
    {"5.1.", NDR_E_STATUS},      {"5.1.1.1", NDR_E_STATUS},
    {"9.1.1", NDR_E_STATUS},     {"3.1.1", NDR_E_STATUS},
    {"1.1.1", NDR_E_STATUS},     {"0.0.0", NDR_E_STATUS},
    {"5.1.1111", NDR_E_STATUS},  {"5.1000.1", NDR_E_STATUS},
    {"5.01.1", NDR_E_STATUS},    {"5.1.01", NDR_E_STATUS},
    {"05.1.1", NDR_E_STATUS},    {" 5.1.1", NDR_E_STATUS},
    {"5.1.1 ", NDR_E_STATUS},    {"5.1.1\r\n", NDR_E_STATUS},
    {"5,1,1", NDR_E_STATUS},     {"5.1.-1", NDR_E_STATUS},
    {"5.1.1 (x)", NDR_E_STATUS}, {"X.1.1", NDR_E_STATUS},
    {"*.1.1", NDR_E_STATUS},     {"5.\xD9\xA1.1", NDR_E_STATUS},
};

START_TEST(a_status_is_taken_as_it_is_or_refused)
{
    ck_assert_int_eq(ndr_recipient_set_status(joe, statuses[_i].given, NDR_NUL),
                     statuses[_i].error);
    if (statuses[_i].error == NDR_OK)
        ck_assert_str_eq(field("Status"), statuses[_i].given);
}
END_TEST

static const struct {
    const char *reply, *diagnostic, *shown;
} replies[] = {
    {"550 5.1.1 no", "smtp; 550 5.1.1 no", "SMTP response: 550 5.1.1 no"},
    {"550 5.1.1 no\r\n", "smtp; 550 5.1.1 no", "SMTP response: 550 5.1.1 no"},
    {"550-a\r\n550 b", "smtp; 550-a 550 b",
     "SMTP response: 550-a\n               550 b"},
    {"550-a\n\n550 b", "smtp; 550-a 550 b",
     "SMTP response: 550-a\n               550 b"},
    {"550-a", "X-Local; 550-a", "SMTP response: 550-a"},
    {"no code at all", "X-Local; no code at all", "Diagnostic: no code at all"},
    {"550 a\tb\\c", "smtp; 550 a b\\c", "SMTP response: 550 a b\\c"},
    {"550 \xC3\xBC\x07", "smtp; 550 \\xC3\\xBC\\x07",
     "SMTP response: 550 \\xC3\\xBC\\x07"},
    {"550 =?utf-8?Q?a?=", "smtp; 550 =?utf-8?Q?a?=",
     "SMTP response: 550 =?utf-8?Q?a?="},
    {"550", "smtp; 550", "SMTP response: 550"},
    {"", "", NULL},
    {" \r\n ", "", NULL},
};

START_TEST(a_reply_is_shown_twice_and_never_reworded)
{
    ck_assert_int_eq(ndr_recipient_set_reply(joe, replies[_i].reply, NDR_NUL),
                     NDR_OK);
    ck_assert_str_eq(field("Diagnostic-Code"), replies[_i].diagnostic);
    if (replies[_i].shown != NULL)
        parts_place(d.parts->admin, replies[_i].shown);
    else
        ck_assert_uint_eq(parts_count(d.parts->admin, "response:") +
                              parts_count(d.parts->admin, "Diagnostic:"),
                          0);
}
END_TEST

START_TEST(a_reply_with_a_nul_is_kept_whole)
{
    ndr_recipient_set_reply(joe, "550 a\0b", 7);
    ck_assert_str_eq(field("Diagnostic-Code"), "smtp; 550 a\\x00b");
}
END_TEST

START_TEST(a_long_reply_is_cut_with_a_mark)
{
    ndr_profile_set_limit(d.profile, NDR_LIMIT_REPLY, 9);
    ndr_recipient_set_reply(joe, "550 5.1.1 unknown", NDR_NUL);
    ck_assert_str_eq(field("Diagnostic-Code"), "smtp; 550 5.1.1 [...]");
    ck_assert_str_eq(
        note(),
        "recipient 1: reply \"550 5.1.1 unknown\": over the limit; cut");
}
END_TEST

static const struct {
    const char *type;
    int error;
    const char *shown;
} types[] = {
    {"X-Local", NDR_OK, "X-Local; 550 5.1.1 no"},
    {"x-unix", NDR_OK, "x-unix; 550 5.1.1 no"},
    {"smtp", NDR_OK, "smtp; 550 5.1.1 no"},
    {"SMTP", NDR_OK, "smtp; 550 5.1.1 no"},
    {"x400", NDR_E_FIELD, NULL},
    {"", NDR_E_FIELD, NULL},
    {"X-", NDR_E_FIELD, NULL},
    {"X-A; b", NDR_E_FIELD, NULL},
    {"X-A\r\nB", NDR_E_FIELD, NULL},
};

START_TEST(a_diagnostic_has_a_type_of_its_own)
{
    ck_assert_int_eq(ndr_recipient_set_diagnostic(joe, types[_i].type, NDR_NUL,
                                                  "550 5.1.1 no", NDR_NUL),
                     types[_i].error);
    if (types[_i].error == NDR_OK)
        ck_assert_str_eq(field("Diagnostic-Code"), types[_i].shown);
}
END_TEST

START_TEST(a_diagnostic_gives_no_status_and_no_response)
{
    ndr_recipient_set_diagnostic(joe, "X-Local", NDR_NUL, "550 5.1.1 no",
                                 NDR_NUL);
    ck_assert_str_eq(field("Status"), "5.0.0");
    parts_place(d.parts->admin, "\nDiagnostic: 550 5.1.1 no\n");
    desk_reset(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    ndr_recipient_set_diagnostic(joe, "X-Local", NDR_NUL, "x", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 no", NDR_NUL);
    ck_assert_str_eq(field("Diagnostic-Code"), "smtp; 550 5.1.1 no");
    ck_assert_str_eq(field("Status"), "5.1.1");
}
END_TEST

static const struct {
    const char *host, *address, *field, *shown;
} remotes[] = {
    {"mx.contoso.com", NULL, "dns; mx.contoso.com", "mx.contoso.com"},
    {"MX.Contoso.COM.", NULL, "dns; MX.Contoso.COM", "MX.Contoso.COM"},
    {"mx.contoso.com", "203.0.113.25", "dns; mx.contoso.com (203.0.113.25)",
     "mx.contoso.com [203.0.113.25]"},
    {"mx.contoso.com", "[203.0.113.25]", "dns; mx.contoso.com (203.0.113.25)",
     "mx.contoso.com [203.0.113.25]"},
    {"mx.contoso.com", "IPv6:2001:db8::1", "dns; mx.contoso.com (2001:db8::1)",
     "mx.contoso.com [2001:db8::1]"},
    {"203.0.113.25", NULL, "dns; [203.0.113.25]", "[203.0.113.25]"},
    {"", "203.0.113.25", "dns; [203.0.113.25]", "[203.0.113.25]"},
    {"", "[203.0.113.25]", "dns; [203.0.113.25]", "[203.0.113.25]"},
    {NULL, "2001:db8::1", "dns; [IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"},
    {"", "IPv6:2001:db8::1", "dns; [IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"},
    {"mx.contoso.com", "nonsense", "dns; mx.contoso.com", "mx.contoso.com"},
    {"bad name", "203.0.113.25", "dns; [203.0.113.25]", "[203.0.113.25]"},
    {"bad name", NULL, "", NULL},
    {"a\r\nX-Evil: b", NULL, "", NULL},
    {"", "", "", NULL},
};

START_TEST(a_remote_server_is_named_where_it_can_be)
{
    ck_assert_int_eq(
        ndr_recipient_set_remote_server(joe, remotes[_i].host, NDR_NUL,
                                        remotes[_i].address, NDR_NUL),
        NDR_OK);
    ndr_recipient_set_reply(joe, "550 5.1.1 no", NDR_NUL);
    ck_assert_str_eq(field("Remote-MTA"), remotes[_i].field);
    if (remotes[_i].shown == NULL) {
        ck_assert_uint_eq(parts_count(d.parts->text, "Remote server:"), 0);
        ck_assert_uint_eq(parts_count(d.parts->text, "refused the message."),
                          0);
        return;
    }
    ck_assert_str_eq(parts_field(d.parts, d.parts->admin, "Remote server"),
                     remotes[_i].shown);
    ck_assert_uint_eq(parts_count(d.parts->user, "refused the message."), 1);
}
END_TEST

START_TEST(a_remote_server_is_taken_back_by_an_empty_one)
{
    ndr_recipient_set_remote_server(joe, "a.example", NDR_NUL, "192.0.2.1",
                                    NDR_NUL);
    ndr_recipient_set_remote_server(joe, "b.example", NDR_NUL, NULL, 0);
    ck_assert_str_eq(field("Remote-MTA"), "dns; b.example");
    desk_reset(&d);
    joe = desk_add(&d, "joe@contoso.com", "a.example", NULL);
    ndr_recipient_set_remote_server(joe, NULL, 0, NULL, 0);
    ck_assert_str_eq(field("Remote-MTA"), "");
    ck_assert_str_eq(note(), "");
}
END_TEST

START_TEST(a_remote_server_without_a_reply_is_noted)
{
    ndr_recipient_set_remote_server(joe, "a.example", NDR_NUL, NULL, 0);
    ck_assert_str_eq(field("Remote-MTA"), "dns; a.example");
    ck_assert_str_eq(note(), "recipient 1: remote server: named, but there is "
                             "no reply of it");
}
END_TEST

static const struct {
    const char *given, *shown;
} orcpts[] = {
    {"rfc822;joe@a.example", "rfc822; joe@a.example"},
    {"RFC822;Joe@A.example", "rfc822; Joe@A.example"},
    {"rfc822;a+2Bb@x", "rfc822; a+b@x"},
    {"rfc822;a+20b@x", "rfc822; a b@x"},
    {"rfc822;joe", "rfc822; joe"},
    {"x400;/c=2Bde", ""}, /* "=" is no xtext */
    {"x400;/c+3Dde/", "x400; /c=de/"},
    {"X-fax;5551234", "x-fax; 5551234"},
    {"utf-8;j\\x{F6}@x", "utf-8; j\\x{F6}@x"},
    {"utf-8;j\xC3\xB6@x", "utf-8; j\\x{F6}@x"},
    {"utf-8;joe@x", "utf-8; joe@x"},
    {"", ""},
    {"joe@a.example", ""},
    {"rfc822;", ""},
    {";joe@x", ""},
    {"rfc 822;joe@x", ""},
    {"rfc822;a+0D+0AAction:+20delivered", ""},
    {"rfc822;a b", ""},
    {"rfc822;a+2", ""},
    {"rfc822;\xC3\xB6@x", ""},
    {"utf-8;a\x01@x", ""},
    {"utf-8;\xFF@x", ""},
};

START_TEST(an_orcpt_is_decoded_or_left_out)
{
    ck_assert_int_eq(
        ndr_recipient_set_original_recipient(joe, orcpts[_i].given, NDR_NUL),
        NDR_OK);
    ck_assert_str_eq(field("Original-Recipient"), orcpts[_i].shown);
    ck_assert_int_eq(note()[0] != '\0', orcpts[_i].shown[0] == '\0' &&
                                            orcpts[_i].given[0] != '\0');
}
END_TEST

START_TEST(an_orcpt_that_cannot_be_shown_takes_the_old_one_away)
{
    ndr_recipient_set_original_recipient(joe, "rfc822;a@x", NDR_NUL);
    ndr_recipient_set_original_recipient(joe, "nonsense", NDR_NUL);
    ck_assert_str_eq(field("Original-Recipient"), "");
}
END_TEST

START_TEST(notify_takes_its_bits_only)
{
    static const int bad[] = {-1, 9, 15, 16, 10, 256};
    int i;

    for (i = 0; i <= 8; i++)
        ck_assert_int_eq(ndr_recipient_set_notify(joe, i), NDR_OK);
    ck_assert_int_eq(ndr_recipient_set_notify(joe, bad[_i]), NDR_E_INVALID);
    desk_failed(&d, NDR_E_INVALID,
                "recipient 1: notify: unknown bits, or NEVER with others");
}
END_TEST

START_TEST(dates_are_printed_where_they_belong)
{
    ndr_recipient_set_last_attempt(joe, 0, 60);
    ndr_recipient_set_retry_until(joe, 86400, 60);
    ck_assert_str_eq(field("Last-Attempt-Date"),
                     "Thu, 1 Jan 1970 01:00:00 +0100");
    ck_assert_str_eq(field("Will-Retry-Until"), ""); /* it has failed */
    desk_reset(&d);
    joe = desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ndr_recipient_set_retry_until(joe, 86400, 60);
    ck_assert_str_eq(field("Will-Retry-Until"),
                     "Fri, 2 Jan 1970 01:00:00 +0100");
    parts_place(d.parts->admin,
                "\nWill retry until: Fri, 2 Jan 1970 01:00:00 +0100\n");
    desk_reset(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    ck_assert_int_eq(ndr_recipient_set_last_attempt(joe, 0, 9999), NDR_E_DATE);
    desk_failed(&d, NDR_E_DATE,
                "recipient 1: last attempt: outside the years 1900 to 9999, or "
                "no such offset");
}
END_TEST

START_TEST(a_log_id_is_made_visible)
{
    ndr_recipient_set_log_id(joe, " 4d3F7c0z\r\nX-Evil: \xC3\xBC ", NDR_NUL);
    ck_assert_str_eq(field("Final-Log-ID"),
                     "4d3F7c0z\\x0D\\x0AX-Evil: \\xC3\\xBC");
    desk_reset(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    ndr_recipient_set_log_id(joe, "a", 1);
    ndr_recipient_set_log_id(joe, "", 0);
    ck_assert_str_eq(field("Final-Log-ID"), "");
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("recipient");
    TCase *tcase = tcase_create("recipient");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, an_address_is_shown_as_it_was, 0,
                        COUNT(addresses));
    tcase_add_loop_test(tcase, an_empty_address_or_two_lines_are_refused, 0,
                        COUNT(no_addresses));
    tcase_add_test(tcase, a_nul_in_an_address_is_refused);
    tcase_add_loop_test(tcase, a_status_is_taken_as_it_is_or_refused, 0,
                        COUNT(statuses));
    tcase_add_loop_test(tcase, a_reply_is_shown_twice_and_never_reworded, 0,
                        COUNT(replies));
    tcase_add_test(tcase, a_reply_with_a_nul_is_kept_whole);
    tcase_add_test(tcase, a_long_reply_is_cut_with_a_mark);
    tcase_add_loop_test(tcase, a_diagnostic_has_a_type_of_its_own, 0,
                        COUNT(types));
    tcase_add_test(tcase, a_diagnostic_gives_no_status_and_no_response);
    tcase_add_loop_test(tcase, a_remote_server_is_named_where_it_can_be, 0,
                        COUNT(remotes));
    tcase_add_test(tcase, a_remote_server_is_taken_back_by_an_empty_one);
    tcase_add_test(tcase, a_remote_server_without_a_reply_is_noted);
    tcase_add_loop_test(tcase, an_orcpt_is_decoded_or_left_out, 0,
                        COUNT(orcpts));
    tcase_add_test(tcase, an_orcpt_that_cannot_be_shown_takes_the_old_one_away);
    tcase_add_loop_test(tcase, notify_takes_its_bits_only, 0, 6);
    tcase_add_test(tcase, dates_are_printed_where_they_belong);
    tcase_add_test(tcase, a_log_id_is_made_visible);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
