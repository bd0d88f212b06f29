/* SPDX-License-Identifier: ISC */
/* What the report is called and what it answers: threads, Message-ID from what
   the report shows, boundaries that nothing in it looks like. */
#include "desk.h"
#include "report/identity.h"
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

/* ---- threads ---- */

static const struct {
    const char *header, *in_reply_to, *references;
} threads[] = {
    {"Message-ID: <a@b>", "<a@b>", "<a@b>"},
    {"Message-Id:<a@b>", "<a@b>", "<a@b>"},
    {"Message-ID:\r\n <a@b>\r\n ", "<a@b>", "<a@b>"},
    {"Message-ID: <a@[192.0.2.1]>", "<a@[192.0.2.1]>", "<a@[192.0.2.1]>"},
    {"Subject: no id", "", ""},
    /* malformed ids are no answer to anything */
    {"Message-ID: a@b", "", ""},
    {"Message-ID: <a>", "", ""},
    {"Message-ID: <a@b> <c@d>", "", ""},
    {"Message-ID: <a@b> (comment)", "", ""},
    {"Message-ID: <a b@c>", "", ""},
    {"Message-ID: <>", "", ""},
    {"Message-ID:", "", ""},
    {"Message-ID: <a\xC3\xBC@b>", "", ""},
    {"Message-ID: <a@b>\r\nMessage-ID: <c@d>", "<a@b>", "<a@b>"},
    /* References of the original, then its own id */
    {"Message-ID: <c@d>\r\nReferences: <a@b>", "<c@d>", "<a@b> <c@d>"},
    {"Message-ID: <c@d>\r\nReferences: <a@b>\r\n\t<b@b>", "<c@d>",
     "<a@b> <b@b> <c@d>"},
    {"Message-ID: <c@d>\r\nReferences: <a@b><b@b>", "<c@d>",
     "<a@b> <b@b> <c@d>"},
    {"Message-ID: <c@d>\r\nReferences: junk <a@b> <bad id@x> <b@b>", "<c@d>",
     "<a@b> <b@b> <c@d>"},
    {"References: <a@b>", "", "<a@b>"},
    /* without them its In-Reply-To, if that is one id */
    {"Message-ID: <c@d>\r\nIn-Reply-To: <a@b>", "<c@d>", "<a@b> <c@d>"},
    {"Message-ID: <c@d>\r\nIn-Reply-To: Yours of Monday <a@b>", "<c@d>",
     "<a@b> <c@d>"},
    {"Message-ID: <c@d>\r\nIn-Reply-To: <a@b> <b@b>", "<c@d>", "<c@d>"},
    {"Message-ID: <c@d>\r\nIn-Reply-To: junk", "<c@d>", "<c@d>"},
    {"Message-ID: <c@d>\r\nReferences: <a@b>\r\nIn-Reply-To: <x@y>", "<c@d>",
     "<a@b> <c@d>"},
    {"Message-ID: <c@d>\r\nReferences: junk\r\nIn-Reply-To: <x@y>", "<c@d>",
     "<x@y> <c@d>"},
    {"In-Reply-To: <a@b>", "", "<a@b>"},
};

START_TEST(a_report_answers_the_original)
{
    char original[300];

    sprintf(original, "From: jane@example.com\r\n%s\r\n\r\n",
            threads[_i].header);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "In-Reply-To"),
                     threads[_i].in_reply_to);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "References"),
                     threads[_i].references);
}
END_TEST

START_TEST(references_are_bounded)
{
    static char original[4000];
    char expected[600] = "", id[20];
    size_t used = (size_t) sprintf(
        original, "From: a@b\r\nMessage-ID: <own@x>\r\nReferences:");
    int i, limit = _i;

    for (i = 0; i < 50; i++)
        used += (size_t) sprintf(original + used, " <%d@x>\r\n", i);
    strcpy(original + used, "\r\n");
    for (i = 0; i < 50; i++)
        if ((i == 0 && limit > 1) || i >= 50 - (limit - 2)) {
            sprintf(id, "<%d@x> ", i);
            strcat(expected, id);
        }
    strcat(expected, "<own@x>");
    ndr_profile_set_limit(d.profile, NDR_LIMIT_REFERENCES, (uint64_t) limit);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "References"),
                     expected);
}
END_TEST

/* ---- the derived Message-ID ---- */

static void change_nothing(ndr_recipient *joe)
{
    (void) joe;
}

static void change_date(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_date(d.report, DESK_DATE + 1, 60);
}

static void change_offset(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_date(d.report, DESK_DATE, 0);
}

static void change_sender(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_sender(d.report, "jame@example.com", NDR_NUL);
}

static void change_arrival(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_arrival_date(d.report, 0, 0);
}

static void change_envid(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_envelope_id(d.report, "x", NDR_NUL);
}

static void change_client(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_received_from(d.report, "x", NDR_NUL, NULL, 0);
}

static void change_client_ip(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_received_from(d.report, NULL, 0, "192.0.2.1", NDR_NUL);
}

static void change_subject(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_subject(d.report, "x", NDR_NUL);
}

static void change_seed(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_seed(d.report, "x", NDR_NUL);
}

static void change_field(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_add_field(d.report, "X-A", NDR_NUL, "b", NDR_NUL);
}

static void change_original(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_borrow_original(d.report, "From: a@b\r\n\r\n", NDR_NUL);
}

static void change_return(ndr_recipient *joe)
{
    (void) joe;
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
}

static void add_another(ndr_recipient *joe)
{
    (void) joe;
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
}

static void change_reply(ndr_recipient *joe)
{
    ndr_recipient_set_reply(joe, "550 5.1.1 nO", NDR_NUL);
}

static void change_status(ndr_recipient *joe)
{
    ndr_recipient_set_status(joe, "5.1.2", NDR_NUL);
}

static void change_action(ndr_recipient *joe)
{
    ndr_recipient_set_action(joe, NDR_ACTION_DELAYED);
}

static void change_remote(ndr_recipient *joe)
{
    ndr_recipient_set_remote_server(joe, "x", NDR_NUL, NULL, 0);
}

static void change_remote_ip(ndr_recipient *joe)
{
    ndr_recipient_set_remote_server(joe, NULL, 0, "192.0.2.1", NDR_NUL);
}

static void change_orcpt(ndr_recipient *joe)
{
    ndr_recipient_set_original_recipient(joe, "rfc822;x", NDR_NUL);
}

static void change_attempt_date(ndr_recipient *joe)
{
    ndr_recipient_set_last_attempt(joe, 0, 0);
}

static void change_log(ndr_recipient *joe)
{
    ndr_recipient_set_log_id(joe, "x", NDR_NUL);
}

static void change_text(ndr_recipient *joe)
{
    ndr_recipient_set_text(joe, "x", NDR_NUL);
}

static void change_attempts(ndr_recipient *joe)
{
    ndr_recipient_add_attempt(joe, 0, 0, "x", NDR_NUL, NULL, 0, "y", NDR_NUL);
}

static void change_rcpt_field(ndr_recipient *joe)
{
    ndr_recipient_add_field(joe, "X-A", NDR_NUL, "b", NDR_NUL);
}

static void change_hidden(ndr_recipient *joe)
{
    ndr_recipient_set_hidden(joe, "x@y", NDR_NUL);
}

static void (*const changes[])(ndr_recipient *joe) = {
    change_nothing,      change_date,   change_offset,    change_sender,
    change_arrival,      change_envid,  change_client,    change_client_ip,
    change_subject,      change_seed,   change_field,     change_original,
    change_return,       add_another,   change_reply,     change_status,
    change_action,       change_remote, change_remote_ip, change_orcpt,
    change_attempt_date, change_log,    change_text,      change_attempts,
    change_rcpt_field,   change_hidden};

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* All facts that the report shows count: two reports that differ in one have
   different ids; the same facts give the same one. */
START_TEST(every_fact_makes_another_id)
{
    char ids[COUNT(changes)][80];
    int i, j;

    for (i = 0; i < COUNT(changes); i++) {
        desk_reset(&d);
        changes[i](desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no"));
        ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
        strcpy(ids[i], ndr_report_message_id(d.report));
        for (j = 0; j < i; j++)
            ck_assert_msg(strcmp(ids[i], ids[j]) != 0, "%d and %d: %s", i, j,
                          ids[i]);
    }
}
END_TEST

START_TEST(values_that_are_hidden_do_not_count)
{
    char first[80];
    ndr_recipient *joe = desk_add(&d, "secret@a.example", "s.example", "550 s");

    ndr_recipient_set_hidden(joe, "joe@contoso.com", NDR_NUL);
    ndr_recipient_set_last_attempt(joe, 1, 0);
    ndr_report_prepare(d.report);
    strcpy(first, ndr_report_message_id(d.report));
    desk_reset(&d);
    joe = desk_add(&d, "other@b.example", NULL, "550 other");
    ndr_recipient_add_attempt(joe, 1, 0, "x", 1, NULL, 0, "y", 1);
    ndr_recipient_set_log_id(joe, "z", 1);
    ndr_recipient_set_hidden(joe, "joe@contoso.com", NDR_NUL);
    ndr_report_prepare(d.report);
    ck_assert_str_eq(ndr_report_message_id(d.report), first);
}
END_TEST

START_TEST(each_kind_has_an_id_of_its_own)
{
    char first[80];

    desk_add_action(&d, "a@x.example", NDR_ACTION_FAILED, "5.1.1");
    desk_add_action(&d, "b@x.example", NDR_ACTION_DELAYED, "4.1.1");
    ndr_report_prepare(d.report);
    strcpy(first, ndr_report_message_id(d.report));
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_DELAYED),
                     NDR_OK);
    ck_assert_str_ne(ndr_report_message_id(d.report), first);
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_FAILED),
                     NDR_OK);
    ck_assert_str_eq(ndr_report_message_id(d.report), first);
}
END_TEST

START_TEST(an_id_is_hexadecimal_at_the_server)
{
    const char *id;

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    id = ndr_report_message_id(d.report);
    ck_assert_uint_eq(strspn(id + 1, "0123456789abcdef"), 32);
    ck_assert_str_eq(id + 33, "@mail1.example.com>");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Message-ID"), id);
    ck_assert(strncmp(strstr(d.parts->header, "boundary=\"=_") + 12, id + 1,
                      16) == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity");
    TCase *tcase = tcase_create("identity");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_report_answers_the_original, 0,
                        COUNT(threads));
    tcase_add_loop_test(tcase, references_are_bounded, 0, 25);
    tcase_add_test(tcase, every_fact_makes_another_id);
    tcase_add_test(tcase, values_that_are_hidden_do_not_count);
    tcase_add_test(tcase, each_kind_has_an_id_of_its_own);
    tcase_add_test(tcase, an_id_is_hexadecimal_at_the_server);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
