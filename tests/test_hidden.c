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

/* Decoded only does it hold the address. */
static void in_encoded_subject(void)
{
    header("Subject: =?utf-8?B?Zm9yIFNlY3JldC5QZXJzb25A?=\r\n "
           "=?utf-8?Q?hidden=2Eexample?=");
}

static void in_message_id_of_original(void)
{
    header("Message-ID: <" SECRET ">");
}

static void in_references(void)
{
    header("References: <1@a.example> <" SECRET ">");
}

static void in_field_name(void)
{
    header("X-"
           "secret.person"
           ": " SECRET);
}

static void in_subject(void)
{
    ndr_report_set_subject(d.report, "About " SECRET, NDR_NUL);
}

static void in_message_id(void)
{
    ndr_report_set_message_id(d.report, "<" SECRET ">", NDR_NUL);
}

static void in_envelope_id(void)
{
    ndr_report_set_envelope_id(d.report, "to-secret.person+40hidden.example",
                               NDR_NUL);
}

/* As forwarders write it into a sender's address. */
static void in_verp(void)
{
    header("Return-Path: <bounce-7-secret.person=hidden.example@a.example>");
}

static void in_srs(void)
{
    header("Return-Path: <SRS0=x=yy=hidden.example=Secret.Person@a.example>");
}

static void in_percents(void)
{
    header("List-Unsubscribe: <https://a.example/?secret.person%40HIDDEN."
           "example>");
}

static void in_words(void)
{
    ndr_recipient_set_text(joe, "Write to secret.person at hidden.example.",
                           NDR_NUL);
}

static void in_report_field(void)
{
    ndr_report_add_field(d.report, "X-To", NDR_NUL, "<" LOUD ">", NDR_NUL);
}

static void in_report_header(void)
{
    ndr_report_add_header(d.report, "X-To", NDR_NUL, LOUD, NDR_NUL);
}

static void in_orcpt(void)
{
    ndr_recipient_set_original_recipient(
        joe, "rfc822;Secret.Person+40hidden.example", NDR_NUL);
}

static void in_utf8_orcpt(void)
{
    ndr_recipient_set_original_recipient(
        joe, "utf-8;secret.person@hidden\\x{2E}example", NDR_NUL);
}

static void in_text(void)
{
    ndr_recipient_set_text(joe, "Write to " SECRET " instead.", NDR_NUL);
}

static void in_field(void)
{
    ndr_recipient_add_field(joe, "X-To", NDR_NUL, "=" SECRET "=", NDR_NUL);
}

static void in_remote_ip(void)
{
    ndr_recipient_set_remote_server(joe, "mx.hidden.example", NDR_NUL,
                                    "192.0.2.1", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 no", NDR_NUL);
}

/* Another recipient's facts tell it. */
static ndr_recipient *ann(void)
{
    return desk_add(&d, "ann@other.example", "mx.other.example", NULL);
}

static void in_others_reply(void)
{
    ndr_recipient_set_reply(ann(), "550-as for\r\n550 " LOUD " too", NDR_NUL);
}

static void in_others_diagnostic(void)
{
    ndr_recipient_set_diagnostic(ann(), "X-Local", NDR_NUL, SECRET, NDR_NUL);
}

static void in_others_attempt(void)
{
    ndr_recipient_add_attempt(ann(), DESK_DATE, 60, "mx.other.example", NDR_NUL,
                              NULL, 0, "550 <" LOUD "> no", NDR_NUL);
}

static void in_others_orcpt(void)
{
    ndr_recipient_set_original_recipient(ann(), "rfc822;" SECRET, NDR_NUL);
}

static void in_others_text(void)
{
    ndr_recipient_set_text(ann(), "see " SECRET, NDR_NUL);
}

static void in_others_log_id(void)
{
    ndr_recipient_set_log_id(ann(), SECRET, NDR_NUL);
}

static void in_others_field(void)
{
    ndr_recipient_add_field(ann(), "X-To", NDR_NUL, SECRET, NDR_NUL);
}

static void in_a_twin(void)
{
    ndr_recipient *twin = desk_add(&d, SECRET, NULL, "550 5.1.1 " SECRET);

    ndr_recipient_set_hidden(twin, "info@example.com", NDR_NUL);
    ndr_recipient_set_status(twin, "5.1.1", NDR_NUL);
}

static void (*const places[])(void) = {in_reply,
                                       in_diagnostic,
                                       in_remote,
                                       in_log_id,
                                       in_attempt,
                                       in_received,
                                       in_delivered_to,
                                       in_original_to,
                                       in_to,
                                       in_encoded_subject,
                                       in_references,
                                       in_message_id_of_original,
                                       in_field_name,
                                       in_subject,
                                       in_message_id,
                                       in_envelope_id,
                                       in_verp,
                                       in_srs,
                                       in_percents,
                                       in_words,
                                       in_report_field,
                                       in_report_header,
                                       in_orcpt,
                                       in_utf8_orcpt,
                                       in_text,
                                       in_field,
                                       in_remote_ip,
                                       in_others_reply,
                                       in_others_orcpt,
                                       in_others_diagnostic,
                                       in_others_text,
                                       in_others_attempt,
                                       in_others_log_id,
                                       in_others_field,
                                       in_a_twin};

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

START_TEST(one_in_another_script_is_found_as_it_is_shown)
{
    ndr_recipient *ann = desk_add(&d, "ann@contoso.com", NULL, NULL);

    ndr_recipient_set_hidden(
        desk_add(&d, "j\303\274@hidden.example", NULL, NULL), "info@b.example",
        NDR_NUL);
    ndr_recipient_set_reply(ann, "550 5.1.1 <j\303\274@hidden.example>",
                            NDR_NUL);
    ndr_recipient_set_log_id(ann, "j\303\274@HIDDEN.example", NDR_NUL);
    ndr_recipient_set_original_recipient(ann, "utf-8;j\\x{FC}@hidden.example",
                                         NDR_NUL);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->status, "Final-Recipient:"), 3);
    ck_assert_uint_eq(parts_count(d.parts->whole, "hidden.example"), 0);
    ck_assert_uint_eq(parts_count(d.parts->whole, "HIDDEN.example"), 0);
}
END_TEST

START_TEST(no_note_names_it)
{
    const char *note;
    size_t i;

    ndr_recipient_set_log_id(joe, SECRET " \x01 \"", NDR_NUL);
    ndr_recipient_set_log_id(desk_add(&d, "ann@contoso.com", NULL, NULL),
                             "\x01 " SECRET, NDR_NUL);
    desk_read(&d);
    for (i = 0; (note = ndr_report_notes(d.report, i)) != NULL; i++)
        ck_assert_ptr_null(strstr(note, "secret"));
    ck_assert_uint_eq(i, 3);
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "recipient 1: log id: not printable ASCII; made visible");
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

START_TEST(a_limit_leaves_no_part_of_it)
{
    static const char reply[] = "550 5.1.1 <" SECRET "> unknown";
    ndr_recipient *ann;

    ndr_profile_set_limit(d.profile, NDR_LIMIT_REPLY, (uint64_t) _i);
    ann = desk_add(&d, "ann@contoso.com", "mx.contoso.com", reply);
    ndr_recipient_add_attempt(ann, DESK_DATE, 0, NULL, 0, NULL, 0, reply,
                              NDR_NUL);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "secret"), 0);
    ck_assert_uint_eq(parts_count(d.parts->text, "secret"), 0);
}
END_TEST

START_TEST(a_limit_leaves_no_part_of_a_masked_host)
{
    static const char reply[] = "550 5.1.1 of mx.internal.example";

    ndr_profile_set_internal_domains(d.profile, "internal.example", NDR_NUL);
    ndr_profile_set_host_masking(d.profile, NDR_HOSTS_MASKED);
    ndr_profile_set_limit(d.profile, NDR_LIMIT_REPLY, (uint64_t) _i);
    desk_add(&d, "ann@contoso.com", "mx.contoso.com", reply);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "mx.i"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hidden");
    TCase *tcase = tcase_create("hidden");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_hidden_address_is_found_nowhere, 0,
                        2 * (int) (sizeof(places) / sizeof(places[0])));
    tcase_add_loop_test(tcase, a_limit_leaves_no_part_of_it, 10, 44);
    tcase_add_loop_test(tcase, a_limit_leaves_no_part_of_a_masked_host, 10, 33);
    tcase_add_test(tcase, a_field_left_out_for_it_is_noted);
    tcase_add_test(tcase, one_in_another_script_is_found_as_it_is_shown);
    tcase_add_test(tcase, no_note_names_it);
    tcase_add_test(tcase, without_it_every_field_comes_back);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
