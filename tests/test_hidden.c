/* SPDX-License-Identifier: ISC */
/*
 * A hidden address (RFC 3464 4.2): put into every field in turn, it is found
 * nowhere in the report, neither in its octets nor in what they decode to.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define SECRET "secret.person@hidden.example"
#define LOUD "Secret.Person@HIDDEN.example"

static desk d;
static ndr_recipient *joe;
static char original[2000];

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    joe = desk_add(&d, SECRET, NULL, NULL);
    ndr_recipient_set_hidden(joe, "info@example.com", NDR_NUL);
    ndr_recipient_set_status(joe, "5.1.1", NDR_NUL);
}

static void teardown(void)
{
    desk_close(&d);
}

static void header(const char *field)
{
    snprintf(original, sizeof(original),
             "From: jane@example.com\r\nSubject: Hello\r\n%s\r\nDate: Tue, 24 "
             "Nov 2026 16:05:11 +0100\r\n\r\nbody\r\n",
             field);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
}

static void in_reply(void)
{
    ndr_recipient_set_reply(joe, "550 5.1.1 <" SECRET "> unknown", NDR_NUL);
}

static void in_diagnostic(void)
{
    ndr_recipient_set_diagnostic(joe, "X-Local", NDR_NUL, SECRET, NDR_NUL);
}

static void in_remote(void)
{
    ndr_recipient_set_remote_server(joe, "hidden.example", NDR_NUL, NULL, 0);
}

static void in_log_id(void)
{
    ndr_recipient_set_log_id(joe, "to=<" SECRET ">", NDR_NUL);
}

static void in_attempt(void)
{
    ndr_recipient_add_attempt(joe, DESK_DATE, 60, "mx.hidden.example", NDR_NUL,
                              NULL, 0, "450 <" SECRET ">", NDR_NUL);
}

static void in_received(void)
{
    header("Received: from a by b\r\n for <" SECRET ">; Tue, 24 Nov 2026 "
           "16:05:12 +0100");
}

static void in_delivered_to(void)
{
    header("Delivered-To: " LOUD);
}

static void in_original_to(void)
{
    header("X-Original-To: x\r\n\t" SECRET);
}

static void in_to(void)
{
    header("To: Info <info@example.com>, " SECRET);
}

static void (*const places[])(void) = {
    in_reply,    in_diagnostic,   in_remote,      in_log_id, in_attempt,
    in_received, in_delivered_to, in_original_to, in_to};

static void assert_nowhere(const char *text)
{
    char small[65536];
    size_t i;

    ck_assert_uint_lt(strlen(text), sizeof(small));
    for (i = 0; text[i] != '\0'; i++)
        small[i] =
            (char) (text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
    small[i] = '\0';
    ck_assert_ptr_null(strstr(small, "secret.person"));
    ck_assert_ptr_null(strstr(small, "hidden.example"));
}

START_TEST(a_hidden_address_is_found_nowhere)
{
    int how_much = _i % 2 ? NDR_RETURN_FULL : NDR_RETURN_HEADERS;

    places[_i / 2]();
    ndr_report_set_return(d.report, how_much);
    desk_read(&d);
    assert_nowhere(d.parts->whole);
    assert_nowhere(d.parts->text);
    assert_nowhere(d.parts->html);
    assert_nowhere(d.parts->third);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Final-Recipient"),
                     "rfc822; info@example.com");
}
END_TEST

START_TEST(a_field_left_out_for_it_is_noted)
{
    in_received();
    desk_read(&d);
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "original: fields that tell a hidden address; left out");
    ck_assert_uint_eq(parts_count(d.parts->third, "Received:"), 0);
    ck_assert_uint_eq(parts_count(d.parts->third, "Subject: Hello\n"), 1);
}
END_TEST

START_TEST(without_it_every_field_comes_back)
{
    header("Received: for <info@example.com>");
    desk_read(&d);
    ck_assert_ptr_null(ndr_report_notes(d.report, 0));
    ck_assert_uint_eq(parts_count(d.parts->third, "Received:"), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hidden");
    TCase *tcase = tcase_create("hidden");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_hidden_address_is_found_nowhere, 0,
                        2 * (int) (sizeof(places) / sizeof(places[0])));
    tcase_add_test(tcase, a_field_left_out_for_it_is_noted);
    tcase_add_test(tcase, without_it_every_field_comes_back);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
