/* SPDX-License-Identifier: ISC */
/*
 * The envelope of the report and what it asks of the next hop: MAIL FROM:<>,
 * RCPT TO as the header's To, NOTIFY=NEVER, an ENVID of its own, SMTPUTF8,
 * 8BITMIME, REQUIRETLS, SIZE.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define BOTH (NDR_TRANSPORT_8BITMIME | NDR_TRANSPORT_SMTPUTF8)

static desk d;

static void setup(void)
{
    desk_open(&d);
}

static void teardown(void)
{
    desk_close(&d);
}

START_TEST(nothing_is_known_before_prepare)
{
    const ndr_report *reports[2];
    int i;

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    reports[0] = NULL;
    reports[1] = d.report;
    for (i = 0; i < 2; i++) {
        ck_assert_str_eq(ndr_report_envelope_sender(reports[i]), "");
        ck_assert_str_eq(ndr_report_envelope_recipient(reports[i]), "");
        ck_assert_str_eq(ndr_report_envelope_id(reports[i]), "");
        ck_assert_int_eq(ndr_report_envelope_notify(reports[i]), 0);
        ck_assert_int_eq(ndr_report_needs_smtputf8(reports[i]), 0);
        ck_assert_int_eq(ndr_report_needs_8bitmime(reports[i]), 0);
        ck_assert_int_eq(ndr_report_needs_require_tls(reports[i]), 0);
        ck_assert_str_eq(ndr_report_message_id(reports[i]), "");
    }
}
END_TEST

START_TEST(the_envelope_is_of_an_automatic_message)
{
    const char *id;
    char due[80] = "<";

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(ndr_report_envelope_sender(d.report), "");
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "jane@example.com");
    ck_assert_int_eq(ndr_report_envelope_notify(d.report), NDR_NOTIFY_NEVER);
    /* the id is the Message-ID without its brackets: no letter needs xtext */
    id = ndr_report_envelope_id(d.report);
    strcat(strcat(due, id), ">");
    ck_assert_str_eq(ndr_report_message_id(d.report), due);
    ck_assert_uint_le(strlen(id), 100);
}
END_TEST

/* ---- To and RCPT TO ---- */

static const struct {
    const char *sender;
    int transport;
    const char *to;
    int smtputf8;
} senders[] = {
    {"jane@example.com", NDR_TRANSPORT_7BIT, "jane@example.com", 0},
    {"<jane@example.com>", BOTH, "jane@example.com", 0},
    {"jane@m\u00FCnchen.example", NDR_TRANSPORT_7BIT,
     "jane@xn--mnchen-3ya.example", 0},
    {"jane@m\u00FCnchen.example", NDR_TRANSPORT_8BITMIME,
     "jane@xn--mnchen-3ya.example", 0},
    {"jane@m\u00FCnchen.example", BOTH, "jane@m\u00FCnchen.example", 1},
    {"j\u00F6@example.com", NDR_TRANSPORT_7BIT, "j\u00F6@example.com", 1},
    {"j\u00F6@m\u00FCnchen.example", NDR_TRANSPORT_7BIT,
     "j\u00F6@m\u00FCnchen.example", 1},
    {"\"j d\"@m\u00FCnchen.example", NDR_TRANSPORT_7BIT,
     "\"j d\"@xn--mnchen-3ya.example", 0},
    /* the label would pass 63 octets: left to SMTPUTF8 */
    {"j@m\u00FCnchenmuenchenmuenchenmuenchenmuenchenmuenchenmuenchenmu.example",
     NDR_TRANSPORT_7BIT,
     "j@m\u00FCnchenmuenchenmuenchenmuenchenmuenchenmuenchenmuenchenmu.example",
     1},
};

START_TEST(to_is_where_it_goes)
{
    ndr_report_set_sender(d.report, senders[_i].sender, NDR_NUL);
    ndr_report_set_transport(d.report, senders[_i].transport);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report), senders[_i].to);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"),
                     senders[_i].to);
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), senders[_i].smtputf8);
}
END_TEST

/* ---- ENVID ---- */

static const struct {
    const char *message_id, *envelope_id;
} ids[] = {
    {"<a@b.example>", "a@b.example"},
    {"<a+b=c@b.example>", "a+2Bb+3Dc@b.example"},
    /* too long with its domain, and without */
    {"<aaaaaaaaaaaaaaaaaaaa@"
     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbb.example>",
     "aaaaaaaaaaaaaaaaaaaa"},
    {"<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.example>",
     ""},
};

START_TEST(the_envelope_id_is_xtext_of_100_octets)
{
    ndr_report_set_message_id(d.report, ids[_i].message_id, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_str_eq(ndr_report_envelope_id(d.report), ids[_i].envelope_id);
}
END_TEST

/* ---- REQUIRETLS (RFC 8689 5) ---- */

START_TEST(a_message_that_required_tls_is_not_returned)
{
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    if (_i)
        ck_assert_int_eq(
            ndr_report_set_require_tls(d.report, NDR_REQUIRE_TLS_YES), NDR_OK);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_int_eq(ndr_report_needs_require_tls(d.report), _i);
    ck_assert_int_eq(strstr(d.parts->third, "See you on") == NULL, _i);
    ck_assert_int_eq(strstr(d.parts->user, "encrypted") != NULL, _i);
    ck_assert_int_eq(strstr(d.parts->third_head, "message/rfc822") == NULL, _i);
    if (_i)
        ck_assert_str_eq(ndr_report_notes(d.report, 0),
                         "original: asked for whole; its header alone comes "
                         "back, as the text says");
}
END_TEST

START_TEST(require_tls_has_two_numbers)
{
    ck_assert_int_eq(ndr_report_set_require_tls(NULL, 0), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_set_require_tls(d.report, _i), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_E_INVALID);
}
END_TEST

/* ---- SIZE ---- */

START_TEST(the_size_is_that_of_the_message)
{
    const char *message;
    size_t length;
    uint64_t octets = 0;

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_OK);
    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    ck_assert_uint_eq(octets, length);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sending");
    TCase *tcase = tcase_create("sending");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nothing_is_known_before_prepare);
    tcase_add_test(tcase, the_envelope_is_of_an_automatic_message);
    tcase_add_loop_test(tcase, to_is_where_it_goes, 0, COUNT(senders));
    tcase_add_loop_test(tcase, the_envelope_id_is_xtext_of_100_octets, 0,
                        COUNT(ids));
    tcase_add_loop_test(tcase, a_message_that_required_tls_is_not_returned, 0,
                        2);
    tcase_add_loop_test(tcase, require_tls_has_two_numbers, 2, 4);
    tcase_add_test(tcase, the_size_is_that_of_the_message);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
