/* SPDX-License-Identifier: ISC */
/* The report's setters: what each takes, what it becomes in the report, what is
   refused and what is left out. */
#include "desk.h"
#include "report/report.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

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

static const struct {
    const char *given, *to; /* to NULL: refused */
} senders[] = {
    {"jane@example.com", "jane@example.com"},
    {"<jane@example.com>", "jane@example.com"},
    {" jane@example.com ", "jane@example.com"},
    {"JANE@Example.COM", "JANE@Example.COM"},
    {"<@a.example,@b.example:jane@example.com>", "jane@example.com"},
    {"@a.example:jane@example.com", "jane@example.com"},
    {"a..b@example.com", "\"a..b\"@example.com"},
    {".a@example.com", "\".a\"@example.com"},
    {"a b@example.com", "\"a b\"@example.com"},
    {"a\"b@example.com", NULL}, /* the quotation never ends */
    {"\"a b\"@example.com", "\"a b\"@example.com"},
    {"\"a@b\"@example.com", "\"a@b\"@example.com"},
    {"a@b@example.com", "\"a@b\"@example.com"},
    {"a,b@example.com", "\"a,b\"@example.com"},
    {"jane@[192.0.2.1]", "jane@[192.0.2.1]"},
    {"jane@[IPv6:2001:db8::1]", "jane@[IPv6:2001:db8::1]"},
    {"jane+tag=x@example.com", "jane+tag=x@example.com"},
    {"jane@localhost", "jane@localhost"},
    {"jane", NULL},
    {"jane@", NULL},
    {"@example.com", NULL},
    {"@", NULL},
    {"jane@exa mple.com", NULL},
    {"jane@.example.com", NULL},
    {"jane@example..com", NULL},
    {"jane@[x]", NULL},
    {"jane@example.com\r\nBcc: eve@evil.example", NULL},
    {"ja\tne@example.com", NULL},
    {"ja\x7Fne@example.com", NULL},
    {"ja\xFFne@example.com", NULL},
    {"jane@example.com, eve@b.example", "\"jane@example.com, eve\"@b.example"},
};

START_TEST(a_sender_becomes_the_mailbox_of_to)
{
    const char *to = senders[_i].to;
    int error = ndr_report_set_sender(d.report, senders[_i].given, NDR_NUL);

    ck_assert_int_eq(error, to != NULL ? NDR_OK : NDR_E_ADDRESS);
    if (to == NULL)
        return;
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"), to);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report), to);
}
END_TEST

START_TEST(a_sender_fits_a_line)
{
    char address[1000];

    memset(address, 'a', sizeof(address));
    memcpy(address + 980, "@b.example", 10);
    ck_assert_int_eq(ndr_report_set_sender(d.report, address + 1, 989),
                     NDR_E_ADDRESS);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_set_sender(d.report, address + 2, 988), NDR_OK);
    desk_read(&d);
    ck_assert_uint_eq(strlen(parts_field(d.parts, d.parts->header, "To")), 988);
}
END_TEST

static const char *const nulls[] = {"", "<>", " <> "};

START_TEST(the_null_return_path_gets_no_report)
{
    ck_assert_int_eq(ndr_report_set_sender(d.report, nulls[_i], NDR_NUL),
                     NDR_OK);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    desk_failed(&d, NDR_NOTHING_DUE, "nothing is due: the return path is null");
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report), "");
}
END_TEST

static const struct {
    int64_t seconds;
    int32_t offset;
    const char *shown; /* NULL: refused */
} dates[] = {
    {0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"},
    {0, NDR_OFFSET_UNKNOWN, "Thu, 1 Jan 1970 00:00:00 -0000"},
    {0, -1439, "Wed, 31 Dec 1969 00:01:00 -2359"},
    {0, 1439, "Thu, 1 Jan 1970 23:59:00 +2359"},
    {-2208988800, 0, "Mon, 1 Jan 1900 00:00:00 +0000"},
    {253402300799, 0, "Fri, 31 Dec 9999 23:59:59 +0000"},
    {0, 1440, NULL},
    {0, -1440, NULL},
    {0, INT32_MAX, NULL},
    {0, INT32_MIN + 1, NULL},
    {-2208988801, 0, NULL},
    {-2208988800, -1, NULL},
    {253402300800, 0, NULL},
    {253402300799, 1, NULL},
    {INT64_MAX, 0, NULL},
    {INT64_MIN, 0, NULL},
    {INT64_MAX, NDR_OFFSET_UNKNOWN, NULL},
};

START_TEST(a_date_is_shown_or_refused)
{
    int error =
        ndr_report_set_date(d.report, dates[_i].seconds, dates[_i].offset);

    ck_assert_int_eq(error, dates[_i].shown != NULL ? NDR_OK : NDR_E_DATE);
    if (error != NDR_OK)
        return;
    ck_assert_int_eq(ndr_report_set_arrival_date(d.report, dates[_i].seconds,
                                                 dates[_i].offset),
                     NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Date"),
                     dates[_i].shown);
    ck_assert_str_eq(parts_field(d.parts, d.parts->status, "Arrival-Date"),
                     dates[_i].shown);
}
END_TEST

static const struct {
    const char *given, *shown;
} ids[] = {
    {"a@b", "<a@b>"},
    {"<a@b>", "<a@b>"},
    {" <a.b@c.example> ", "<a.b@c.example>"},
    {"a@[192.0.2.1]", "<a@[192.0.2.1]>"},
    {"", NULL},
    {"<>", NULL},
    {"a", NULL},
    {"a@", NULL},
    {"@b", NULL},
    {"a b@c", NULL},
    {"a@b c", NULL},
    {"a@b> <c@d", NULL},
    {"a@b\r\nX-Evil: c", NULL},
    {"\xC3\xBC@b", NULL},
    {"a..b@c", NULL},
    {"<<a@b>>", NULL},
};

START_TEST(a_message_id_is_one_or_refused)
{
    int error = ndr_report_set_message_id(d.report, ids[_i].given, NDR_NUL);

    ck_assert_int_eq(error, ids[_i].shown != NULL ? NDR_OK : NDR_E_FIELD);
    if (error != NDR_OK)
        return;
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Message-ID"),
                     ids[_i].shown);
    ck_assert_str_eq(ndr_report_message_id(d.report), ids[_i].shown);
}
END_TEST

START_TEST(a_message_id_has_up_to_250_octets)
{
    char id[252];

    memset(id, 'a', sizeof(id));
    id[10] = '@';
    ck_assert_int_eq(ndr_report_set_message_id(d.report, id, 250), NDR_OK);
    ck_assert_int_eq(ndr_report_set_message_id(d.report, id, 251), NDR_E_FIELD);
}
END_TEST

START_TEST(a_subject_takes_the_place_of_prefix_and_all)
{
    ck_assert_int_eq(
        ndr_report_set_subject(d.report, " Not delivered: b\xC3\xBC ", NDR_NUL),
        NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Subject"),
                     "Not delivered: =?utf-8?B?YsO8?=");
    parts_place(d.parts->user, "Subject:  Spring planning\n");
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_report_set_subject(d.report, "x", NDR_NUL);
    ndr_report_set_subject(d.report, "", NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Subject"),
                     "Undeliverable: Spring planning");
}
END_TEST

static const struct {
    const char *xtext, *shown; /* "": left out, with a note */
} envids[] = {
    {"QQ314159", "QQ314159"},
    {"a+2Bb+3Dc", "a+b=c"},
    {"a+20b", "a b"},
    {"+20a+20", "a"},
    {"a+2", ""},
    {"a+2b", ""},
    {"a=b", ""},
    {"a b", ""},
    {"+00", ""},
    {"a+0D+0AX-Evil:+20b", ""},
    {"+FF", ""},
    {"\xC3\xBC", ""},
};

START_TEST(an_envid_is_decoded_or_left_out)
{
    ck_assert_int_eq(
        ndr_report_set_envelope_id(d.report, envids[_i].xtext, NDR_NUL),
        NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->status, "Original-Envelope-Id"),
        envids[_i].shown);
    ck_assert_int_eq(ndr_report_notes(d.report, 0) != NULL,
                     envids[_i].shown[0] == '\0');
}
END_TEST

static const struct {
    const char *helo, *address, *shown;
} clients[] = {
    {"desk7.example.com", "192.0.2.7", "dns; desk7.example.com (192.0.2.7)"},
    {"desk7.example.com", NULL, "dns; desk7.example.com"},
    {"desk7.example.com", "2001:db8::7",
     "dns; desk7.example.com (2001:db8::7)"},
    {"desk7", "[192.0.2.7]", "dns; desk7 (192.0.2.7)"},
    {"[192.0.2.7]", "192.0.2.7", "dns; [192.0.2.7] (192.0.2.7)"},
    {"", "192.0.2.7", "dns; [192.0.2.7] (192.0.2.7)"},
    {"bad name", "192.0.2.7", "dns; [192.0.2.7] (192.0.2.7)"},
    {"", "2001:db8::7", "dns; [IPv6:2001:db8::7] (2001:db8::7)"},
    {"desk7.example.com", "x)\r\ny", "dns; desk7.example.com"},
    {"a\r\nX-Evil: b", NULL, ""},
    {NULL, NULL, ""},
};

START_TEST(the_client_is_named_with_its_address)
{
    ck_assert_int_eq(ndr_report_set_received_from(d.report, clients[_i].helo,
                                                  NDR_NUL, clients[_i].address,
                                                  NDR_NUL),
                     NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->status, "Received-From-MTA"),
                     clients[_i].shown);
}
END_TEST

static const struct {
    const char *name, *value;
    int error;
} fields[] = {{"X-A", "b", NDR_OK},
              {"x-a", "b", NDR_OK},
              {"X-A-9", " b c; d ", NDR_OK},
              {"X-", "b", NDR_E_FIELD},
              {"A", "b", NDR_E_FIELD},
              {"", "b", NDR_E_FIELD},
              {"Action", "b", NDR_E_FIELD},
              {"X-A:", "b", NDR_E_FIELD},
              {"X-A\r\nY", "b", NDR_E_FIELD},
              {"X-\xC3\xBC", "b", NDR_E_FIELD},
              {"X_A", "b", NDR_E_FIELD},
              {"X-A b", "b", NDR_E_FIELD},
              {"X-A", "", NDR_E_FIELD},
              {"X-A", "  ", NDR_E_FIELD},
              {"X-A", "b\r\nc", NDR_E_FIELD},
              {"X-A", "b\tc", NDR_E_FIELD},
              {"X-A", "\xC3\xBC", NDR_E_FIELD}};

START_TEST(an_extension_field_is_one_or_refused)
{
    ck_assert_int_eq(ndr_report_add_field(d.report, fields[_i].name, NDR_NUL,
                                          fields[_i].value, NDR_NUL),
                     fields[_i].error);
    if (fields[_i].error != NDR_OK)
        return;
    desk_read(&d);
    ck_assert_str_ne(parts_field(d.parts, d.parts->group[0], fields[_i].name),
                     "");
}
END_TEST

START_TEST(extension_fields_keep_their_order_and_limits)
{
    char name[72], value[902];

    memset(name, 'a', sizeof(name));
    memcpy(name, "X-", 2);
    memset(value, 'v', sizeof(value));
    ck_assert_int_eq(ndr_report_add_field(d.report, name, 70, value, 900),
                     NDR_OK);
    ndr_report_add_field(d.report, "X-B", NDR_NUL, "1", NDR_NUL);
    ndr_report_add_field(d.report, "X-B", NDR_NUL, "2", NDR_NUL);
    parts_place(desk_read(&d)->group[0], "X-B: 1\nX-B: 2\n");
    desk_reset(&d);
    ck_assert_int_eq(ndr_report_add_field(d.report, name, 71, "b", 1),
                     NDR_E_FIELD);
    desk_reset(&d);
    ck_assert_int_eq(ndr_report_add_field(d.report, "X-A", 3, value, 901),
                     NDR_E_FIELD);
}
END_TEST

START_TEST(an_original_may_be_taken_back)
{
    ck_assert_int_eq(ndr_report_borrow_original(d.report, NULL, 0), NDR_OK);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->count, 2);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Subject"),
                     "Undeliverable: (no subject)");
    desk_reset(&d);
    ck_assert_int_eq(ndr_report_borrow_original(d.report, NULL, 5),
                     NDR_E_INVALID);
    desk_failed(&d, NDR_E_INVALID, "original: NULL with a length");
    desk_reset(&d);
    ck_assert_int_eq(ndr_report_borrow_original_source(d.report, NULL, NULL, 5),
                     NDR_E_INVALID);
    desk_failed(&d, NDR_E_INVALID, "original: no function to read it");
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("setters");
    TCase *tcase = tcase_create("setters");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_sender_becomes_the_mailbox_of_to, 0,
                        COUNT(senders));
    tcase_add_test(tcase, a_sender_fits_a_line);
    tcase_add_loop_test(tcase, the_null_return_path_gets_no_report, 0,
                        COUNT(nulls));
    tcase_add_loop_test(tcase, a_date_is_shown_or_refused, 0, COUNT(dates));
    tcase_add_loop_test(tcase, a_message_id_is_one_or_refused, 0, COUNT(ids));
    tcase_add_test(tcase, a_message_id_has_up_to_250_octets);
    tcase_add_test(tcase, a_subject_takes_the_place_of_prefix_and_all);
    tcase_add_loop_test(tcase, an_envid_is_decoded_or_left_out, 0,
                        COUNT(envids));
    tcase_add_loop_test(tcase, the_client_is_named_with_its_address, 0,
                        COUNT(clients));
    tcase_add_loop_test(tcase, an_extension_field_is_one_or_refused, 0,
                        COUNT(fields));
    tcase_add_test(tcase, extension_fields_keep_their_order_and_limits);
    tcase_add_test(tcase, an_original_may_be_taken_back);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
