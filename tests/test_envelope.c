/* SPDX-License-Identifier: ISC */
/* The report's own header: its fields, their order, their lengths. */
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
    return parts_field(d.parts, d.parts->header, name);
}

START_TEST(fields_stand_in_their_order)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_names(d.parts, d.parts->header),
                     "From,To,Subject,Date,Message-ID,In-Reply-To,References,"
                     "Auto-Submitted,MIME-Version,Content-Type");
    ck_assert_str_eq(field("From"),
                     "Mail Delivery System <postmaster@mail1.example.com>");
    ck_assert_str_eq(field("To"), "jane@example.com");
    ck_assert_str_eq(field("Subject"), "Undeliverable: Spring planning");
    ck_assert_str_eq(field("Date"), "Tue, 24 Nov 2026 17:05:18 +0100");
    ck_assert_str_eq(field("In-Reply-To"), "<77@desk7.example.com>");
    ck_assert_str_eq(field("References"), "<77@desk7.example.com>");
    ck_assert_str_eq(field("Auto-Submitted"), "auto-replied");
    ck_assert_str_eq(field("MIME-Version"), "1.0");
}
END_TEST

START_TEST(without_an_original_no_thread_is_named)
{
    ndr_report_borrow_original(d.report, NULL, 0);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_names(d.parts, d.parts->header),
                     "From,To,Subject,Date,Message-ID,Auto-Submitted,"
                     "MIME-Version,Content-Type");
    ck_assert_str_eq(field("Subject"), "Undeliverable: (no subject)");
}
END_TEST

START_TEST(eight_bits_are_labelled)
{
    ndr_report_set_transport(d.report, NDR_TRANSPORT_SMTPUTF8);
    desk_add(&d, "j\xC3\xB6@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_names(d.parts, d.parts->header),
                     "From,To,Subject,Date,Message-ID,In-Reply-To,References,"
                     "Auto-Submitted,MIME-Version,Content-Type,"
                     "Content-Transfer-Encoding");
    ck_assert_str_eq(field("Content-Transfer-Encoding"), "8bit");
}
END_TEST

START_TEST(the_boundary_has_a_line_of_its_own)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    parts_place(desk_read(&d)->header,
                "\nContent-Type: multipart/report; "
                "report-type=delivery-status;\n boundary=\"=_");
}
END_TEST

static const struct {
    int action;
    const char *prefix;
} prefixes[] = {
    {NDR_ACTION_FAILED, "Undeliverable: "},
    {NDR_ACTION_DELAYED, "Delivery delayed: "},
    {NDR_ACTION_DELIVERED, "Delivered: "},
    {NDR_ACTION_RELAYED, "Relayed: "},
    {NDR_ACTION_EXPANDED, "Expanded: "},
};

START_TEST(the_prefix_tells_the_action)
{
    char expected[60];

    desk_add_action(&d, "joe@contoso.com", prefixes[_i].action, NULL);
    desk_read(&d);
    sprintf(expected, "%sSpring planning", prefixes[_i].prefix);
    ck_assert_str_eq(field("Subject"), expected);
}
END_TEST

static const struct {
    const char *subject, *ours;
} subjects[] = {
    {"caf\xC3\xA9", "Undeliverable: =?utf-8?B?Y2Fmw6k=?="},
    {"=?iso-8859-1?q?caf=E9?=", "Undeliverable: =?utf-8?B?Y2Fmw6k=?="},
    /* nobody here can decode it; the reader's program may */
    {"=?x-nowhere?Q?a=FF?= b", "Undeliverable: =?x-nowhere?Q?a=FF?= b"},
    {"=?utf-8?Q?a=0D=0ABcc:_eve@evil.example?=",
     "Undeliverable: a\\x0D\\x0ABcc: eve@evil.example"},
    {"a  b", "Undeliverable: a  b"},
    {"a\r\n b", "Undeliverable: a b"},
    {"a =?", "Undeliverable: a =?utf-8?B?PT8=?="},
};

START_TEST(a_subject_is_carried_over_safely)
{
    char original[200];

    sprintf(original, "Subject: %s\r\n\r\n", subjects[_i].subject);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(field("Subject"), subjects[_i].ours);
}
END_TEST

/* No line of the header passes 78 columns, or 76 with an encoded-word in it, as
   long as something in it can be broken. */
START_TEST(lines_are_folded)
{
    char original[1200], *to = original;
    const char *line;
    int i;

    to += sprintf(to, "Subject: ");
    for (i = 0; i < _i * 3; i++)
        to += sprintf(to, "%s", _i % 2 == 0 ? "word " : "w\xC3\xB6rd ");
    to += sprintf(to, "\r\nMessage-ID: <last@desk7.example.com>\r\n"
                      "References:");
    for (i = 0; i < _i; i++)
        to += sprintf(to, " <%d.aaaaaaaaaaaaaaa@a.example>\r\n", i);
    sprintf(to, "%s\r\n", _i == 0 ? " x\r\n" : "");
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    for (line = d.parts->header; *line != '\0'; line = strchr(line, '\n') + 1) {
        size_t length = strcspn(line, "\n");
        const char *word = strstr(line, "=?utf-8?");

        ck_assert_uint_gt(length, 0);
        ck_assert_uint_le(length,
                          word != NULL && word < line + length ? 76 : 78);
        ck_assert_uint_lt(strspn(line, " "), length);
    }
}
END_TEST

START_TEST(an_entrys_subject_stands_behind_the_prefix)
{
    ndr_catalog *catalog =
        desk_words(&d, "Status: 5.1.1\nSubject: {recipient} &amp; <b>co</b>\n\n"
                       "Text.");

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "ann@contoso.com", NULL, "550 5.2.2 full");
    desk_read(&d);
    ck_assert_str_eq(field("Subject"), "Undeliverable: joe@contoso.com & co");
    desk_reset(&d); /* the first recipient's entry counts */
    desk_add(&d, "ann@contoso.com", NULL, "550 5.2.2 full");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(field("Subject"), "Undeliverable: Spring planning");
    desk_reset(&d);
    ndr_report_set_subject(d.report, "Ours", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(field("Subject"), "Ours");
    ndr_profile_set_catalog(d.profile, NULL);
    ndr_catalog_free(catalog);
}
END_TEST

START_TEST(a_literal_generating_server_is_used_everywhere)
{
    ndr_profile_set_generating_server(d.profile, "[192.0.2.1]", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(field("From"),
                     "Mail Delivery System <postmaster@[192.0.2.1]>");
    parts_place(field("Message-ID"), "@[192.0.2.1]>");
    ck_assert_str_eq(parts_field(d.parts, d.parts->status, "Reporting-MTA"),
                     "dns; [192.0.2.1]");
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("envelope");
    TCase *tcase = tcase_create("envelope");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, fields_stand_in_their_order);
    tcase_add_test(tcase, without_an_original_no_thread_is_named);
    tcase_add_test(tcase, eight_bits_are_labelled);
    tcase_add_test(tcase, the_boundary_has_a_line_of_its_own);
    tcase_add_loop_test(tcase, the_prefix_tells_the_action, 0, COUNT(prefixes));
    tcase_add_loop_test(tcase, a_subject_is_carried_over_safely, 0,
                        COUNT(subjects));
    tcase_add_loop_test(tcase, lines_are_folded, 0, 20);
    tcase_add_test(tcase, an_entrys_subject_stands_behind_the_prefix);
    tcase_add_test(tcase, a_literal_generating_server_is_used_everywhere);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
