/* SPDX-License-Identifier: ISC */
/*
 * What an organisation keeps to itself: names of its own hosts, masked for the
 * external audience, and diagnostics that are off.
 */
#include "desk.h"
#include "test.h"

#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static desk d;
static ndr_recipient *joe;

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    ndr_profile_set_internal_domains(d.profile, "corp.example", NDR_NUL);
    ndr_profile_set_host_masking(d.profile, NDR_HOSTS_MASKED);
    ndr_profile_set_generating_server(d.profile, "hub3.corp.example", NDR_NUL);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    ndr_recipient_set_status(joe, "5.1.1", NDR_NUL);
}

static void teardown(void)
{
    desk_close(&d);
}

/* ---- masked hosts ---- */

static void nothing(void)
{
}

static void in_authority(void)
{
    ndr_profile_set_reporting_authority(d.profile, "hub4.corp.example",
                                        NDR_NUL);
}

static void in_remote(void)
{
    ndr_recipient_set_remote_server(joe, "HUB4.corp.example", NDR_NUL,
                                    "10.9.8.7", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 no", NDR_NUL);
}

static void in_reply(void)
{
    ndr_recipient_set_remote_server(joe, "mx.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(
        joe, "550-not you,\r\n550 hub4.corp.example [10.9.8.7]", NDR_NUL);
}

static void in_diagnostic(void)
{
    ndr_recipient_set_diagnostic(joe, "X-Local", NDR_NUL,
                                 "lost by hub4.CORP.example", NDR_NUL);
}

static void in_attempt(void)
{
    ndr_recipient_add_attempt(joe, DESK_DATE - 9, 60, "hub4.corp.example",
                              NDR_NUL, "10.9.8.7", NDR_NUL,
                              "no route from hub4.corp.example", NDR_NUL);
}

static void in_log_id(void)
{
    ndr_recipient_set_log_id(joe, "7@hub4.corp.example", NDR_NUL);
}

static void in_field(void)
{
    ndr_recipient_add_field(joe, "X-By", NDR_NUL, "hub4.corp.example", NDR_NUL);
}

static void in_report_field(void)
{
    ndr_report_add_field(d.report, "X-By", NDR_NUL, "hub4.corp.example",
                         NDR_NUL);
}

static void in_header(void)
{
    ndr_report_add_header(d.report, "X-By", NDR_NUL, "hub4.corp.example",
                          NDR_NUL);
}

static void in_gateway(void)
{
    ndr_report_set_gateway(d.report, "hub4.corp.example", NDR_NUL);
}

static void in_client(void)
{
    ndr_report_set_received_from(d.report, "hub4.corp.example", NDR_NUL,
                                 "10.9.8.7", NDR_NUL);
}

static void header(const char *original)
{
    ndr_report_borrow_original(d.report, original, NDR_NUL);
}

static void in_received(void)
{
    header("Received: from a.example by\r\n hub4.corp.example; x\r\n"
           "Subject: Hi\r\n\r\nb\r\n");
}

static void in_results(void)
{
    header("Authentication-Results: hub4.corp.example; spf=pass\r\n"
           "X-Store: 10.9.8.7 hub4.corp.example\r\nSubject: Hi\r\n\r\nb\r\n");
}

static void (*const places[])(void) = {
    nothing,    in_authority,    in_remote,   in_reply,  in_diagnostic,
    in_attempt, in_log_id,       in_field,    in_header, in_gateway,
    in_client,  in_report_field, in_received, in_results};

/* Names and addresses of hosts are found nowhere, their domain is. */
START_TEST(masked_hosts_are_found_nowhere)
{
    int how_much = _i % 2 ? NDR_RETURN_FULL : NDR_RETURN_HEADERS;
    const char *texts[4];
    int i;

    places[_i / 2]();
    ndr_report_set_return(d.report, how_much);
    desk_read(&d);
    texts[0] = d.parts->whole;
    texts[1] = d.parts->text;
    texts[2] = d.parts->html;
    texts[3] = d.parts->third;
    for (i = 0; i < 4; i++) {
        ck_assert_ptr_null(strstr(texts[i], "hub3"));
        ck_assert_ptr_null(strstr(texts[i], "hub4"));
        ck_assert_ptr_null(strstr(texts[i], "HUB4"));
        ck_assert_ptr_null(strstr(texts[i], "10.9.8.7"));
    }
    ck_assert(
        parts_has_line(d.parts->admin, "Generating server: corp.example"));
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "From"),
                     "Mail Delivery System <postmaster@corp.example>");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[0], "Reporting-MTA"),
                     "dns; corp.example");
}
END_TEST

START_TEST(a_masked_remote_server_is_its_domain)
{
    ndr_profile_set_internal_domains(d.profile, "corp.example store.example",
                                     NDR_NUL);
    ndr_recipient_set_remote_server(joe, "hub4.store.example", NDR_NUL,
                                    "10.9.8.7", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 no", NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Remote-MTA"),
                     "dns; store.example");
    ck_assert(parts_has_line(d.parts->admin, "Remote server: store.example"));
}
END_TEST

/* Nobody outside is told that a server refused its own message. */
START_TEST(a_remote_server_that_looks_the_same_is_none)
{
    in_remote();
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Remote-MTA"), "");
    ck_assert_ptr_null(strstr(d.parts->text, "Remote server:"));
    ck_assert_ptr_null(strstr(d.parts->text, "refused"));
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Diagnostic-Code"),
                     "smtp; 550 5.1.1 no");
}
END_TEST

/* A reply is never rewritten: it goes, and its type with it. */
START_TEST(a_reply_that_tells_is_left_out_with_a_note)
{
    in_reply();
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Diagnostic-Code"),
                     "");
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "recipient 1: reply: would tell what is hidden; left out");
}
END_TEST

/* Texts without such a host are left alone. */
static const char *const harmless[] = {
    "550 5.1.1 corp.example knows nobody", "550 5.1.1 hub4.corp.example.org",
    "550 5.1.1 hub4.xcorp.example",        "550 5.1.1 hub4.corp.examples",
    "550 5.1.1 write to joe@corp.example", "550 5.1.1 .corp.example",
    "550 5.1.1 hub4.corp-example",         "550 5.1.1 hub4 corp.example",
};

START_TEST(other_names_are_shown)
{
    char due[80] = "smtp; ";

    ndr_recipient_set_remote_server(joe, "mx.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(joe, harmless[_i], NDR_NUL);
    desk_read(&d);
    strcat(due, harmless[_i]);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Diagnostic-Code"),
                     due);
}
END_TEST

static void shown(void)
{
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Remote-MTA"),
                     "dns; HUB4.corp.example (10.9.8.7)");
    ck_assert(
        parts_has_line(d.parts->admin, "Generating server: hub3.corp.example"));
}

START_TEST(readers_inside_see_hosts)
{
    ndr_profile_set_audience(d.profile, NDR_AUDIENCE_INTERNAL);
    in_remote();
    shown();
}
END_TEST

START_TEST(so_does_everybody_by_default)
{
    ndr_profile_set_host_masking(d.profile, NDR_HOSTS_SHOWN);
    in_remote();
    shown();
}
END_TEST

/* ---- diagnostics ---- */

static const char trace[] =
    "Received: from a.example by hub3.corp.example; Tue, 24 Nov 2026 16:05:12 "
    "+0100\r\n"
    "Received: from desk7.example.com by mx.example.com; Tue, 24 Nov 2026 "
    "16:05:11 +0100\r\n"
    "X-Spam-Score: 3\r\n"
    "Subject: Hi\r\n\r\nb\r\n";

START_TEST(diagnostics_are_off)
{
    ndr_profile_set_host_masking(d.profile, NDR_HOSTS_SHOWN);
    ndr_profile_set_diagnostics(d.profile, NDR_DIAGNOSTICS_OFF);
    header(trace);
    in_remote();
    desk_read(&d);
    ck_assert_str_eq(d.parts->admin, "");
    ck_assert_ptr_null(strstr(d.parts->text, "Diagnostic information"));
    ck_assert_ptr_null(strstr(d.parts->html_text, "Diagnostic information"));
    ck_assert_ptr_null(strstr(d.parts->text, "Subject: Hi"));
    ck_assert_ptr_nonnull(strstr(d.parts->text, "joe@contoso.com"));
    ck_assert_str_eq(parts_names(d.parts, d.parts->third), "Received,Subject");
    ck_assert_ptr_null(strstr(d.parts->third, "hub3"));
    /* programs are told as ever */
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Diagnostic-Code"),
                     "smtp; 550 5.1.1 no");
    ck_assert_uint_eq(d.parts->count, 3);
}
END_TEST

START_TEST(diagnostics_are_on_by_default)
{
    header(trace);
    ndr_profile_set_host_masking(d.profile, NDR_HOSTS_SHOWN);
    desk_read(&d);
    ck_assert_ptr_nonnull(strstr(d.parts->admin, "hub3.corp.example"));
    ck_assert_str_eq(parts_names(d.parts, d.parts->third),
                     "Received,Received,X-Spam-Score,Subject");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("privacy");
    TCase *tcase = tcase_create("privacy");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, masked_hosts_are_found_nowhere, 0,
                        2 * COUNT(places));
    tcase_add_test(tcase, a_masked_remote_server_is_its_domain);
    tcase_add_test(tcase, a_remote_server_that_looks_the_same_is_none);
    tcase_add_test(tcase, a_reply_that_tells_is_left_out_with_a_note);
    tcase_add_loop_test(tcase, other_names_are_shown, 0, COUNT(harmless));
    tcase_add_test(tcase, readers_inside_see_hosts);
    tcase_add_test(tcase, so_does_everybody_by_default);
    tcase_add_test(tcase, diagnostics_are_off);
    tcase_add_test(tcase, diagnostics_are_on_by_default);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
