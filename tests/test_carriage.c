/* SPDX-License-Identifier: ISC */
/* Forms that every mail system can carry: the third part, its type and
   encoding; charset and encoding of the text; boundary numbers. */
#include "desk.h"
#include "report/carriage.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define A10 "aaaaaaaaaa"
#define A100 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10
#define A1000 A100 A100 A100 A100 A100 A100 A100 A100 A100 A100
#define FROM "From: jane@example.com\r\n"

static desk d;
static char *original;
static ndr_catalog *catalog;

static void setup(void)
{
    desk_open(&d);
    original = NULL;
    catalog = NULL;
}

static void teardown(void)
{
    desk_close(&d);
    ndr_catalog_free(catalog);
    free(original);
}

enum { B7, B8, U8 }; /* transports */
static const int transports[] = {NDR_TRANSPORT_7BIT, NDR_TRANSPORT_8BITMIME,
                                 NDR_TRANSPORT_SMTPUTF8};

/* ---- the third part ---- */

#define NONE ""
#define HEADERS "text/rfc822-headers"
#define GHEADERS "message/global-headers"
#define MESSAGE "message/rfc822"
#define GLOBAL "message/global"
#define QP "quoted-printable"

typedef struct third {
    const char *name, *original;
    int how_much, transport;
    const char *type, *encoding; /* encoding "": 7bit */
    int eight, utf8;             /* needs 8BITMIME, SMTPUTF8 */
} third;

static const char plain[] = FROM "\r\nbody\r\n";
static const char body8[] = FROM "\r\nb\xC3\xB6"
                                 "dy\r\n";
static const char header8[] = FROM "Subject: b\xC3\xB6\r\n\r\nbody\r\n";
static const char latin1[] = FROM "Subject: b\xF6\r\n\r\nbody\r\n";
static const char nul_like[] = FROM "X: \x01\r\n\r\nbody\r\n";
static const char control_body[] = FROM "\r\nbo\x01"
                                        "dy\r\n";
static const char long_body[] = FROM "\r\n" A1000 "\r\n";
static const char long_header[] = FROM "X: " A1000 "\r\n\r\nbody\r\n";
static const char line998[] = FROM "\r\n" A100 A100 A100 A100 A100 A100 A100
    A100 A100 A10 A10 A10 A10 A10 A10 A10 A10 A10 "aaaaaaaa\r\n";
static const char no_body[] = FROM "\r\n";
static const char no_from[] = "To: joe@contoso.com\r\n\r\nbody\r\n";
static const char no_header[] = "\r\nbody\r\n";
static const char bare_lf[] = "From: a@b\n\nbody\n";
static const char bare_cr[] = "From: a@b\r\rbody\r";

#define HDRS NDR_RETURN_HEADERS
#define FULL NDR_RETURN_FULL
#define NOT NDR_RETURN_NONE

static const third thirds[] = {
    {"plain", plain, HDRS, B7, HEADERS, "", 0, 0},
    {"plain", plain, HDRS, B8, HEADERS, "", 0, 0},
    {"plain", plain, HDRS, U8, HEADERS, "", 0, 0},
    {"plain", plain, FULL, B7, MESSAGE, "", 0, 0},
    {"plain", plain, FULL, B8, MESSAGE, "", 0, 0},
    {"plain", plain, FULL, U8, MESSAGE, "", 0, 0},
    {"plain", plain, NOT, B7, NONE, "", 0, 0},
    {"plain", plain, NOT, U8, NONE, "", 0, 0},
    {"8-bit body", body8, HDRS, B7, HEADERS, "", 0, 0},
    {"8-bit body", body8, FULL, B7, HEADERS, "", 0, 0},
    {"8-bit body", body8, FULL, B8, MESSAGE, "8bit", 1, 0},
    {"8-bit body", body8, FULL, U8, MESSAGE, "8bit", 1, 0},
    {"UTF-8 header", header8, HDRS, B7, HEADERS, QP, 0, 0},
    {"UTF-8 header", header8, HDRS, B8, HEADERS, QP, 0, 0},
    {"UTF-8 header", header8, HDRS, U8, GHEADERS, "8bit", 1, 1},
    {"UTF-8 header", header8, FULL, B7, HEADERS, QP, 0, 0},
    {"UTF-8 header", header8, FULL, B8, HEADERS, QP, 0, 0},
    {"UTF-8 header", header8, FULL, U8, GLOBAL, "8bit", 1, 1},
    {"Latin-1 header", latin1, HDRS, B7, HEADERS, QP, 0, 0},
    {"Latin-1 header", latin1, HDRS, U8, HEADERS, QP, 0, 0},
    {"Latin-1 header", latin1, FULL, U8, HEADERS, QP, 0, 0},
    {"control in header", nul_like, HDRS, U8, HEADERS, QP, 0, 0},
    {"control in header", nul_like, FULL, U8, HEADERS, QP, 0, 0},
    {"control in body", control_body, FULL, B7, MESSAGE, "", 0, 0},
    {"long body line", long_body, FULL, B7, HEADERS, "", 0, 0},
    {"long body line", long_body, FULL, U8, HEADERS, "", 0, 0},
    {"longest body line", line998, FULL, B7, MESSAGE, "", 0, 0},
    {"long header line", long_header, HDRS, B7, HEADERS, QP, 0, 0},
    {"long header line", long_header, FULL, U8, HEADERS, QP, 0, 0},
    {"no body", no_body, FULL, B7, HEADERS, "", 0, 0},
    {"no From, Subject, Date", no_from, FULL, B7, HEADERS, "", 0, 0},
    {"no header", no_header, HDRS, B7, NONE, "", 0, 0},
    {"no header", no_header, FULL, B7, NONE, "", 0, 0},
    {"empty", "", FULL, B7, NONE, "", 0, 0},
    {"LF alone", bare_lf, FULL, B7, MESSAGE, "", 0, 0},
    {"CR alone", bare_cr, FULL, B7, MESSAGE, "", 0, 0},
};

START_TEST(the_third_part_fits_what_comes_back)
{
    const third *t = &thirds[_i];

    ndr_report_borrow_original(d.report, t->original, NDR_NUL);
    ndr_report_set_return(d.report, t->how_much);
    ndr_report_set_transport(d.report, transports[t->transport]);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->third_head, "Content-Type"),
                     t->type);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->third_head, "Content-Transfer-Encoding"),
        t->encoding);
    ck_assert_int_eq(ndr_report_needs_8bitmime(d.report), t->eight);
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), t->utf8);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->header, "Content-Transfer-Encoding"),
        t->eight ? "8bit" : "");
    ck_assert_uint_eq(parts_count(d.parts->user, "Only its headers"),
                      t->how_much == FULL && strcmp(t->type, HEADERS) == 0 &&
                          t->original != no_body);
}
END_TEST

START_TEST(a_nul_keeps_a_message_from_coming_back)
{
    static const char body[] = FROM "\r\nbo\0dy\r\n";
    static const char header[] = FROM "X: \0\r\n\r\nbody\r\n";

    ndr_report_borrow_original(d.report, _i ? header : body,
                               _i ? sizeof(header) - 1 : sizeof(body) - 1);
    ndr_report_set_return(d.report, FULL);
    ndr_report_set_transport(d.report, NDR_TRANSPORT_SMTPUTF8);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->third_head, "Content-Type"),
                     HEADERS);
}
END_TEST

static const struct {
    int action, notify;
    const char *status, *type;
} kinds[] = {
    {NDR_ACTION_FAILED, 0, "5.1.1", MESSAGE},
    {NDR_ACTION_DELAYED, 0, "4.1.1", HEADERS},
    {NDR_ACTION_DELIVERED, NDR_NOTIFY_SUCCESS, "2.1.5", HEADERS},
    {NDR_ACTION_RELAYED, NDR_NOTIFY_SUCCESS, "2.1.9", HEADERS},
    {NDR_ACTION_EXPANDED, NDR_NOTIFY_SUCCESS, "2.1.5", HEADERS},
};

START_TEST(only_a_failure_brings_the_message_back)
{
    ndr_recipient *joe = desk_add_action(&d, "joe@contoso.com",
                                         kinds[_i].action, kinds[_i].status);

    ndr_recipient_set_notify(joe, kinds[_i].notify);
    ndr_report_set_return(d.report, FULL);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->third_head, "Content-Type"),
                     kinds[_i].type);
    ck_assert_uint_eq(parts_count(d.parts->user, "Only its headers"), 0);
}
END_TEST

START_TEST(each_kind_decides_anew)
{
    desk_add_action(&d, "a@x.example", NDR_ACTION_FAILED, "5.1.1");
    desk_add_action(&d, "b@x.example", NDR_ACTION_DELAYED, "4.1.1");
    ndr_report_set_return(d.report, FULL);
    desk_read(&d);
    parts_place(d.parts->third_head, MESSAGE);
    ndr_report_select_actions(d.report, NDR_ACTIONS_DELAYED);
    desk_read(&d);
    parts_place(d.parts->third_head, HEADERS);
    ndr_report_select_actions(d.report, NDR_ACTIONS_MIXED);
    desk_read(&d);
    parts_place(d.parts->third_head, MESSAGE);
}
END_TEST

START_TEST(a_size_limit_brings_the_header_only)
{
    size_t size = strlen(desk_original);

    ndr_profile_set_limit(d.profile, NDR_LIMIT_ORIGINAL, size - (size_t) _i);
    ndr_report_set_return(d.report, FULL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->third_head, _i == 0 ? MESSAGE : HEADERS);
    ck_assert_uint_eq(parts_count(d.parts->user, "it is too large."),
                      (size_t) _i);
}
END_TEST

/* ---- the status part ---- */

static const struct {
    const char *address, *orcpt;
    int transport, global;
} statuses[] = {
    {"joe@x.example", NULL, U8, 0},
    {"j\xC3\xB6@x.example", NULL, B7, 0},
    {"j\xC3\xB6@x.example", NULL, B8, 0},
    {"j\xC3\xB6@x.example", NULL, U8, 1},
    {"joe@x.example", "utf-8;j\\x{F6}@x", U8, 1},
    {"joe@x.example", "utf-8;j\\x{F6}@x", B7, 0},
    {"j\xFF@x.example", NULL, U8, 0}, /* no UTF-8: made visible */
};

START_TEST(the_status_part_is_global_where_it_helps)
{
    ndr_recipient *joe = desk_add(&d, statuses[_i].address, NULL, "550 no");
    int global = statuses[_i].global;

    ndr_recipient_set_original_recipient(joe, statuses[_i].orcpt, NDR_NUL);
    ndr_report_set_transport(d.report, transports[statuses[_i].transport]);
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->status_head, "Content-Type"),
                     global ? "message/global-delivery-status"
                            : "message/delivery-status");
    parts_place(d.parts->third_head, global ? GHEADERS : HEADERS);
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), global);
    ck_assert_int_eq(ndr_report_needs_8bitmime(d.report), global);
    parts_place(d.parts->header, "report-type=delivery-status;");
}
END_TEST

START_TEST(a_sender_beyond_ascii_implies_smtputf8)
{
    ndr_report_set_sender(d.report, "j\xC3\xA4ne@example.com", NDR_NUL);
    desk_add(&d, "j\xC3\xB6@x.example", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), 1);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"),
                     "j\xC3\xA4ne@example.com");
    parts_place(d.parts->group[1], "utf-8; j\xC3\xB6@x.example\n");
}
END_TEST

/* ---- the text ---- */

#define R6 "{recipient}{recipient}{recipient}{recipient}{recipient}{recipient}"

static const struct {
    const char *name, *address, *reply, *words, *header, *charset, *encoding;
} texts[] = {
    {"ASCII", "joe@x.example", "550 no", NULL, "X: y", "us-ascii", ""},
    {"wide reply", "joe@x.example", "550 " A100, NULL, "X: y", "us-ascii", QP},
    {"wide address", A100 "@x.example", "550 no", NULL, "X: y", "us-ascii", QP},
    {"wide header", "joe@x.example", "550 no", NULL, "X: " A100, "us-ascii",
     QP},
    {"dashes in the header", "joe@x.example", "550 no", NULL, "X: y\r\n --=_z",
     "us-ascii", ""},
    {"a field of dashes", "joe@x.example", "550 no", NULL, "--X: y", "us-ascii",
     QP},
    {"control in the header", "joe@x.example", "550 no", NULL, "X: \x07",
     "us-ascii", QP},
    {"UTF-8 address", "j\xC3\xB6@x.example", "550 no", NULL, "X: y", "utf-8",
     QP},
    {"bad address", "j\xFF@x.example", "550 no", NULL, "X: y", "utf-8", QP},
    {"8-bit reply", "joe@x.example", "550 \xC3\xB6", NULL, "X: y", "us-ascii",
     ""},
    {"8-bit header", "joe@x.example", "550 no", NULL, "X: \xC3\xB6", "utf-8",
     QP},
    {"encoded Subject", "joe@x.example", "550 no", NULL,
     "Subject: =?utf-8?Q?=C3=B6?=", "utf-8", QP},
    {"dash before the address", "-joe@x.example", "550 no", NULL, "X: y",
     "us-ascii", QP},
    {"dot before the address", ".joe@x.example", "550 no", NULL, "X: y",
     "us-ascii", QP},
    {"From before the address", "From joe@x.example", "550 no", NULL, "X: y",
     "us-ascii", QP},
    {"Latin words", "joe@x.example", "550 no", "b\xC3\xB6se", "X: y", "utf-8",
     QP},
    {"Cyrillic words", "joe@x.example", "550 no", "\xD0\xBF\xD1\x80", "X: y",
     "utf-8", "base64"},
    {"a long word with values", "joe@x.example", "550 no", "a" R6 R6, "X: y",
     "us-ascii", QP},
    {"values at words", "joe@x.example", "550 no", "({recipient}), {status}.",
     "X: y", "us-ascii", ""},
    {"a long word", "joe@x.example", "550 no", A1000, "X: y", "us-ascii", QP},
};

static void read_with(const char *words, const char *address, const char *reply)
{
    char entry[2000] = "Status: 5.*\n\n";

    if (words != NULL) {
        strcat(entry, words);
        catalog = desk_words(&d, entry);
    }
    desk_add(&d, address, NULL, reply);
    desk_read(&d);
}

START_TEST(the_text_has_a_charset_and_an_encoding)
{
    char header[2000], type[40] = "text/plain; charset=";

    sprintf(header, "%s\r\n\r\n", texts[_i].header);
    ndr_report_borrow_original(d.report, header, NDR_NUL);
    read_with(texts[_i].words, texts[_i].address, texts[_i].reply);
    strcat(type, texts[_i].charset);
    ck_assert_str_eq(parts_field(d.parts, d.parts->text_head, "Content-Type"),
                     type);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->text_head, "Content-Transfer-Encoding"),
        texts[_i].encoding);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->text_head, "Content-Language"), "en");
}
END_TEST

/* Facts that only a placeholder shows. */
START_TEST(a_sender_in_the_words_counts_for_the_charset)
{
    ndr_report_borrow_original(d.report, NULL, 0);
    ndr_report_set_sender(d.report, "j\xC3\xA4ne@example.com", NDR_NUL);
    read_with("Dear {sender}.", "joe@x.example", "550 no");
    parts_place(d.parts->text_head, "charset=utf-8");
    parts_place(d.parts->user, "Dear j\xC3\xA4ne@example.com.");
}
END_TEST

START_TEST(a_reply_of_many_lines_in_the_words_keeps_lines_short)
{
    static char reply[3000];
    size_t used = 0;
    int i;

    for (i = 0; i < 30; i++)
        used +=
            (size_t) sprintf(reply + used, "550-" A10 A10 A10 A10 A10 "\r\n");
    strcpy(reply + used, "550 end");
    read_with("It said: {reply}.", "joe@x.example", reply);
    parts_place(d.parts->text_head, QP);
}
END_TEST

/* ---- boundaries ---- */

/* An original that holds the boundary it would get, in its header or body. */
START_TEST(boundaries_step_aside)
{
    static const char *const where[] = {
        "From: a@b\r\nBcc: %s.%s=\r\n\r\nbody\r\n",
        "From: a@b\r\n\r\n--%s.%s=\r\nx\r\n--%s.0=--\r\n",
        "From: a@b\r\n\r\nx%s.%sy\r\n"};
    static const char *const numbers[] = {"0", "6", "99", ""};
    char stem[20], ours[60];
    const char *form = where[_i / 4], *number = numbers[_i % 4];
    int i;

    original = malloc(300);
    strcpy(stem, "=_0000000000000000");
    for (i = 0; i < 2; i++) { /* the body and Bcc do not count for the name */
        sprintf(original, form, stem, number, stem);
        desk_reset(&d);
        ndr_report_borrow_original(d.report, original, NDR_NUL);
        ndr_report_set_return(d.report, FULL);
        desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
        desk_read(&d); /* which fails if parts cannot be told apart */
        memcpy(stem, strstr(d.parts->header, "boundary=\"") + 10, 18);
        stem[18] = '\0';
    }
    sprintf(ours, "boundary=\"%s.%d=\"", stem,
            number[0] == '\0' ? 1 : atoi(number) + 1);
    parts_place(d.parts->header, ours);
    ck_assert_uint_eq(d.parts->count, 3);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("carriage");
    TCase *tcase = tcase_create("carriage");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, the_third_part_fits_what_comes_back, 0,
                        COUNT(thirds));
    tcase_add_loop_test(tcase, a_nul_keeps_a_message_from_coming_back, 0, 2);
    tcase_add_loop_test(tcase, only_a_failure_brings_the_message_back, 0,
                        COUNT(kinds));
    tcase_add_test(tcase, each_kind_decides_anew);
    tcase_add_loop_test(tcase, a_size_limit_brings_the_header_only, 0, 2);
    tcase_add_loop_test(tcase, the_status_part_is_global_where_it_helps, 0,
                        COUNT(statuses));
    tcase_add_test(tcase, a_sender_beyond_ascii_implies_smtputf8);
    tcase_add_loop_test(tcase, the_text_has_a_charset_and_an_encoding, 0,
                        COUNT(texts));
    tcase_add_test(tcase, a_sender_in_the_words_counts_for_the_charset);
    tcase_add_test(tcase, a_reply_of_many_lines_in_the_words_keeps_lines_short);
    tcase_add_loop_test(tcase, boundaries_step_aside, 0, 12);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
