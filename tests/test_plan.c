/* SPDX-License-Identifier: ISC */
/* The plan: what must be there, which status each recipient gets, who is due a
   report and of which kind, and what getters say before and after. */
#include "desk.h"
#include "report/plan.h"
#include "report/selection.h"
#include "test.h"

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

/* ---- what must be there ---- */

static const char *const missing[] = {"generating server", "sender", "date",
                                      "recipients"};

START_TEST(each_needed_fact_is_missed_by_name)
{
    ndr_profile *profile;
    ndr_report *report;
    char detail[60];

    ndr_profile_new(&profile, NULL);
    if (_i != 0)
        ndr_profile_set_generating_server(profile, "a.example", NDR_NUL);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    if (_i != 1)
        ndr_report_set_sender(report, "a@b.example", NDR_NUL);
    if (_i != 2)
        ndr_report_set_date(report, 0, 0);
    if (_i != 3)
        ndr_report_add_recipient(report, "joe@x.example", NDR_NUL);
    ck_assert_int_eq(ndr_report_prepare(report), NDR_E_MISSING);
    strcpy(detail, missing[_i]);
    strcat(detail, ": never set");
    ck_assert_str_eq(ndr_report_error_detail(report), detail);
    ndr_report_free(report);
    ndr_profile_free(profile);
}
END_TEST

/* ---- statuses ---- */

#define F NDR_ACTION_FAILED
#define D NDR_ACTION_DELAYED
#define V NDR_ACTION_DELIVERED
#define R NDR_ACTION_RELAYED
#define X NDR_ACTION_EXPANDED
#define MISFIT "status of the reply: its class contradicts the action; not used"
#define TWO "reply: its two codes are of different classes"

static const struct {
    int action;
    const char *status, *reply;
    const char *shown; /* NULL: NDR_E_ACTION */
    int derived;
    const char *note; /* NULL: none */
} statuses[] = {
    /* a code that was given stands, whatever the reply says */
    {F, "5.1.1", "550 5.7.1 no", "5.1.1", 0, NULL},
    {F, "4.4.7", NULL, "4.4.7", 0, NULL},
    {F, "5.7.999", "250 2.0.0 yes", "5.7.999", 0, NULL},
    {D, "4.2.2", "550 5.1.1 no", "4.2.2", 0, NULL},
    {V, "2.1.5", NULL, "2.1.5", 0, NULL},
    {R, "2.999.999", NULL, "2.999.999", 0, NULL},
    {X, "2.0.0", NULL, "2.0.0", 0, NULL},
    /* but its class has to suit the action */
    {F, "2.0.0", NULL, NULL, 0, NULL},
    {D, "2.0.0", NULL, NULL, 0, NULL},
    {D, "5.0.0", NULL, NULL, 0, NULL},
    {V, "4.0.0", NULL, NULL, 0, NULL},
    {V, "5.0.0", NULL, NULL, 0, NULL},
    {R, "4.0.0", NULL, NULL, 0, NULL},
    {R, "5.0.0", NULL, NULL, 0, NULL},
    {X, "4.0.0", NULL, NULL, 0, NULL},
    {X, "5.0.0", NULL, NULL, 0, NULL},
    /* without one it is the reply's, if that suits */
    {F, NULL, "550 5.1.1 no", "5.1.1", 0, NULL},
    {F, NULL, "450 4.2.2 full", "4.2.2", 0, NULL},
    {D, NULL, "450 4.2.2 full", "4.2.2", 0, NULL},
    {V, NULL, "250 2.1.5 ok", "2.1.5", 0, NULL},
    {F, NULL, "550-5.1.1 a\r\n550 5.1.1 b", "5.1.1", 0, NULL},
    {F, NULL, "550-a\r\n550 5.1.1 b", "5.1.1", 0, NULL},
    {F, NULL, "550 4.1.1 no", "4.1.1", 0, TWO},
    {F, NULL, "450 5.1.1 no", "5.1.1", 0, TWO},
    {F, NULL, "5.1.1 no reply code", "5.1.1", 0, NULL},
    {F, NULL, "550 2.0.0 what", "5.0.0", 1, MISFIT},
    {D, NULL, "550 5.1.1 no", "4.0.0", 1, MISFIT},
    {V, NULL, "550 5.1.1 no", "2.0.0", 1, MISFIT},
    {R, NULL, "450 4.1.1 no", "2.0.0", 1, MISFIT},
    /* else X.0.0 of the class, a failure's as lasting as the reply */
    {F, NULL, "550 no", "5.0.0", 1, NULL},
    {F, NULL, "450 no", "4.0.0", 1, NULL},
    {F, NULL, "250 yes", "5.0.0", 1, NULL},
    {F, NULL, "354 go on", "5.0.0", 1, NULL},
    {F, NULL, "no reply", "5.0.0", 1, NULL},
    {F, NULL, NULL, "5.0.0", 1, NULL},
    {F, NULL, "550 5.01.1 no", "5.0.0", 1, NULL},
    {F, NULL, "550 5.1.1111 no", "5.0.0", 1, NULL},
    {F, NULL, "550 6.1.1 no", "5.0.0", 1, NULL},
    {D, NULL, "550 no", "4.0.0", 1, NULL},
    {D, NULL, NULL, "4.0.0", 1, NULL},
    {V, NULL, NULL, "2.0.0", 1, NULL},
    {R, NULL, "250 ok", "2.0.0", 1, NULL},
    {X, NULL, NULL, "2.0.0", 1, NULL},
    {F, NULL, "550 5.0.0 no", "5.0.0", 0, NULL},
};

START_TEST(each_recipient_gets_a_status_of_its_class)
{
    ndr_recipient *joe = desk_add_action(
        &d, "joe@contoso.com", statuses[_i].action, statuses[_i].status);
    const char *shown = statuses[_i].shown, *note;

    ndr_recipient_set_reply(joe, statuses[_i].reply, NDR_NUL);
    if (shown == NULL) {
        ck_assert_int_eq(ndr_report_prepare(d.report), NDR_E_ACTION);
        ck_assert(strncmp(ndr_report_error_detail(d.report),
                          "recipient 1: status \"", 21) == 0);
        parts_place(ndr_report_error_detail(d.report),
                    "\": its class contradicts the action");
        return;
    }
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Status"), shown);
    ck_assert_uint_eq(parts_count(d.parts->admin, "(not given by the server)"),
                      (size_t) statuses[_i].derived);
    note = ndr_report_notes(d.report, 0);
    if (statuses[_i].note == NULL)
        ck_assert_ptr_null(note);
    else
        parts_place(note, statuses[_i].note);
}
END_TEST

START_TEST(a_contradiction_counts_though_nothing_is_due)
{
    ndr_recipient *joe =
        desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELAYED, "5.1.1");

    ndr_recipient_set_notify(joe, NDR_NOTIFY_NEVER);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_E_ACTION);
    desk_failed(&d, NDR_E_ACTION,
                "recipient 1: status \"5.1.1\": its class "
                "contradicts the action");
}
END_TEST

/* ---- who is due what ---- */

/* One recipient of each action, all with the same NOTIFY. */
static void add_all(int notify)
{
    static const char *const names[] = {"f@x.example", "d@x.example",
                                        "v@x.example", "r@x.example",
                                        "e@x.example"};
    int action;

    for (action = 0; action <= NDR_ACTION_EXPANDED; action++)
        ndr_recipient_set_notify(
            desk_add_action(&d, names[action], action, NULL), notify);
}

static const struct {
    int notify, due;
} dues[] = {
    {NDR_NOTIFY_DEFAULT, NDR_ACTIONS_FAILED | NDR_ACTIONS_DELAYED},
    {NDR_NOTIFY_NEVER, 0},
    {NDR_NOTIFY_SUCCESS, NDR_ACTIONS_SUCCESS},
    {NDR_NOTIFY_FAILURE, NDR_ACTIONS_FAILED},
    {NDR_NOTIFY_DELAY, NDR_ACTIONS_DELAYED},
    {NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE,
     NDR_ACTIONS_SUCCESS | NDR_ACTIONS_FAILED},
    {NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE | NDR_NOTIFY_DELAY,
     NDR_ACTIONS_MIXED},
};

START_TEST(notify_decides_which_kinds_are_due)
{
    int due = dues[_i].due, kind, error;

    add_all(dues[_i].notify);
    error = ndr_report_prepare(d.report);
    ck_assert_int_eq(ndr_report_actions_due(d.report), due);
    if (due == 0) {
        ck_assert_int_eq(error, NDR_NOTHING_DUE);
        desk_failed(&d, NDR_NOTHING_DUE,
                    "nothing is due: no recipient's NOTIFY asks for it");
        return;
    }
    ck_assert_int_eq(error, NDR_OK);
    for (kind = NDR_ACTIONS_FAILED; kind <= NDR_ACTIONS_SUCCESS; kind <<= 1)
        ck_assert_int_eq(ndr_report_select_actions(d.report, kind),
                         due & kind ? NDR_OK : NDR_NOTHING_DUE);
}
END_TEST

/* ---- which are in one message ---- */

static const char *const finals[] = {
    "f@x.example", "d@x.example", "v@x.example", "r@x.example", "e@x.example"};

static void assert_recipients(const char *expected)
{
    char found[6] = "";
    size_t i, j;

    for (i = 1; i <= d.parts->groups; i++)
        for (j = 0; j < 5; j++)
            if (strstr(d.parts->group[i], finals[j]) != NULL)
                strncat(found, finals[j], 1);
    ck_assert_str_eq(found, expected);
    for (j = 0; j < 5; j++)
        ck_assert_int_eq(strstr(d.parts->text, finals[j]) != NULL,
                         strchr(expected, finals[j][0]) != NULL);
}

START_TEST(one_message_holds_one_kind)
{
    static const struct {
        int kind;
        const char *recipients, *subject;
    } messages[] = {
        {0, "f", "Undeliverable: "},
        {NDR_ACTIONS_FAILED, "f", "Undeliverable: "},
        {NDR_ACTIONS_DELAYED, "d", "Delivery delayed: "},
        {NDR_ACTIONS_SUCCESS, "vre", "Delivered: "},
        {NDR_ACTIONS_MIXED, "fdvre", "Undeliverable: "},
    };
    const char *subject;

    add_all(NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE | NDR_NOTIFY_DELAY);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    if (messages[_i].kind != 0)
        ck_assert_int_eq(ndr_report_select_actions(d.report, messages[_i].kind),
                         NDR_OK);
    desk_read(&d);
    assert_recipients(messages[_i].recipients);
    subject = parts_field(d.parts, d.parts->header, "Subject");
    ck_assert(strncmp(subject, messages[_i].subject,
                      strlen(messages[_i].subject)) == 0);
}
END_TEST

START_TEST(failed_ones_come_first_then_delayed_then_others)
{
    static const int actions[] = {V, D, F, X, F, D, R};
    static const char *const names[] = {"v@x",  "d1@x", "f1@x", "x@x",
                                        "f2@x", "d2@x", "r@x"};
    static const int order[] = {2, 4, 1, 5, 0, 3, 6};
    size_t i;

    for (i = 0; i < 7; i++)
        ndr_recipient_set_notify(
            desk_add_action(&d, names[i], actions[i], NULL),
            NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE | NDR_NOTIFY_DELAY);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ndr_report_select_actions(d.report, NDR_ACTIONS_MIXED);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 7);
    for (i = 0; i < 7; i++)
        parts_place(d.parts->group[i + 1], names[order[i]]);
}
END_TEST

START_TEST(choosing_begins_the_message_again)
{
    char buffer[50];
    size_t got;
    const char *piece;

    add_all(NDR_NOTIFY_DEFAULT);
    ck_assert_int_eq(ndr_report_read(d.report, buffer, 50, &got), NDR_OK);
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_DELAYED),
                     NDR_OK);
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &got), NDR_OK);
    ck_assert(strncmp(piece, "From: ", 6) == 0);
}
END_TEST

START_TEST(a_choice_has_its_time_and_its_numbers)
{
    static const int bad[] = {0, 3, 5, 6, 8, -1, 256};
    size_t i;

    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_FAILED),
                     NDR_E_ORDER);
    add_all(NDR_NOTIFY_DEFAULT);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    for (i = 0; i < 7; i++)
        ck_assert_int_eq(ndr_report_select_actions(d.report, bad[i]),
                         NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_select_actions(NULL, NDR_ACTIONS_FAILED),
                     NDR_E_NOMEM);
    desk_read(&d);
    assert_recipients("f");
}
END_TEST

START_TEST(a_choice_that_is_due_forgets_one_that_was_not)
{
    desk_add(&d, "f@contoso.com", NULL, NULL);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_DELAYED),
                     NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_nothing_due(d.report),
                     NDR_NOTHING_OF_THIS_KIND);
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_MIXED),
                     NDR_OK);
    ck_assert_int_eq(ndr_report_nothing_due(d.report), NDR_NOTHING_NONE);
    ck_assert_str_eq(ndr_report_error_detail(d.report), "");
}
END_TEST

START_TEST(a_recipient_that_is_due_nothing_appears_nowhere)
{
    ndr_recipient *ann = desk_add(&d, "ann@secret.example", "mx.secret.example",
                                  "550 5.1.1 secret");

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_recipient_set_notify(ann, NDR_NOTIFY_SUCCESS);
    ndr_recipient_add_attempt(ann, 0, 0, "secret", NDR_NUL, NULL, 0, "secret",
                              NDR_NUL);
    ck_assert_uint_eq(parts_count(desk_read(&d)->whole, "secret"), 0);
    parts_place(d.parts->user, "Your message was not delivered.\n");
}
END_TEST

START_TEST(prepare_may_be_called_again)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_actions_due(d.report), NDR_ACTIONS_FAILED);
    ck_assert_int_eq(ndr_report_prepare(NULL), NDR_E_NOMEM);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* ---- the newest attempt stands in for what was not set ---- */

static ndr_recipient *joe;

static void attempt(int64_t seconds, const char *host, const char *text)
{
    ndr_recipient_add_attempt(joe, seconds, 60, host, NDR_NUL, "192.0.2.9",
                              NDR_NUL, text, NDR_NUL);
}

static void assert_fields(const char *remote, const char *diagnostic,
                          const char *date)
{
    const char *group;

    desk_read(&d);
    group = d.parts->group[1];
    ck_assert_str_eq(parts_field(d.parts, group, "Remote-MTA"), remote);
    ck_assert_str_eq(parts_field(d.parts, group, "Diagnostic-Code"),
                     diagnostic);
    ck_assert_str_eq(parts_field(d.parts, group, "Last-Attempt-Date"), date);
}

#define NEWEST "Tue, 24 Nov 2026 17:05:08 +0100"

static void two_attempts(void)
{
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    ndr_recipient_set_status(joe, "4.4.7", NDR_NUL);
    attempt(DESK_DATE - 10, "mx2.contoso.com", "450 4.2.1 later");
    attempt(DESK_DATE - 99, "mx1.contoso.com", "451 4.7.1 greylisted");
}

START_TEST(the_newest_answer_is_the_reply)
{
    two_attempts();
    assert_fields("dns; mx2.contoso.com (192.0.2.9)", "smtp; 450 4.2.1 later",
                  NEWEST);
    ck_assert_ptr_nonnull(strstr(d.parts->admin, "mx1.contoso.com"));
}
END_TEST

START_TEST(an_older_answer_is_none)
{
    two_attempts();
    attempt(DESK_DATE - 10 + 1, "mx3.contoso.com", "no answer");
    assert_fields("", "", "Tue, 24 Nov 2026 17:05:09 +0100");
}
END_TEST

START_TEST(what_was_set_stays)
{
    two_attempts();
    ndr_recipient_set_last_attempt(joe, DESK_DATE - 5, 60);
    ndr_recipient_set_reply(joe, "550 5.1.1 no", NDR_NUL);
    assert_fields("", "smtp; 550 5.1.1 no", "Tue, 24 Nov 2026 17:05:13 +0100");
}
END_TEST

START_TEST(a_remote_server_that_was_set_stays)
{
    two_attempts();
    ndr_recipient_set_remote_server(joe, "mx9.contoso.com", NDR_NUL, NULL, 0);
    assert_fields("dns; mx9.contoso.com", "smtp; 450 4.2.1 later", NEWEST);
}
END_TEST

START_TEST(an_attempt_gives_the_status_too)
{
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    attempt(DESK_DATE - 10, "mx2.contoso.com",
            "550-5.1.1 no\r\n550 5.1.1 such");
    assert_fields("dns; mx2.contoso.com (192.0.2.9)",
                  "smtp; 550-5.1.1 no 550 5.1.1 such", NEWEST);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Status"),
                     "5.1.1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan");
    TCase *tcase = tcase_create("plan");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_needed_fact_is_missed_by_name, 0, 4);
    tcase_add_loop_test(tcase, each_recipient_gets_a_status_of_its_class, 0,
                        COUNT(statuses));
    tcase_add_test(tcase, a_contradiction_counts_though_nothing_is_due);
    tcase_add_loop_test(tcase, notify_decides_which_kinds_are_due, 0,
                        COUNT(dues));
    tcase_add_loop_test(tcase, one_message_holds_one_kind, 0, 5);
    tcase_add_test(tcase, failed_ones_come_first_then_delayed_then_others);
    tcase_add_test(tcase, choosing_begins_the_message_again);
    tcase_add_test(tcase, a_choice_has_its_time_and_its_numbers);
    tcase_add_test(tcase, a_choice_that_is_due_forgets_one_that_was_not);
    tcase_add_test(tcase, a_recipient_that_is_due_nothing_appears_nowhere);
    tcase_add_test(tcase, prepare_may_be_called_again);
    tcase_add_test(tcase, the_newest_answer_is_the_reply);
    tcase_add_test(tcase, an_older_answer_is_none);
    tcase_add_test(tcase, what_was_set_stays);
    tcase_add_test(tcase, a_remote_server_that_was_set_stays);
    tcase_add_test(tcase, an_attempt_gives_the_status_too);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
