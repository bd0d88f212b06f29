/* SPDX-License-Identifier: ISC */
/*
 * Who is told: the sender, of what NOTIFY asks for (RFC 3461 5.2); the
 * postmaster, of copies and double bounces; nobody, of what bounces there.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static desk d;

static void setup(void)
{
    desk_open(&d);
}

static void teardown(void)
{
    desk_close(&d);
}

/* ---- nothing is due ---- */

START_TEST(a_null_return_path_is_told_nothing)
{
    ndr_report_set_sender(d.report, _i ? "<>" : "", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_nothing_due(d.report), NDR_NOTHING_NONE);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_nothing_due(d.report),
                     NDR_NOTHING_NULL_RETURN_PATH);
    desk_failed(&d, NDR_NOTHING_DUE, "nothing is due: the return path is null");
    ck_assert_int_eq(ndr_report_actions_due(d.report), 0);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report), "");
}
END_TEST

START_TEST(who_asked_for_nothing_is_told_nothing)
{
    ndr_recipient_set_notify(desk_add(&d, "joe@contoso.com", NULL, "550 no"),
                             NDR_NOTIFY_NEVER);
    ndr_recipient_set_notify(desk_add(&d, "ann@contoso.com", NULL, "550 no"),
                             NDR_NOTIFY_SUCCESS | NDR_NOTIFY_DELAY);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_nothing_due(d.report), NDR_NOTHING_NOT_ASKED);
    desk_failed(&d, NDR_NOTHING_DUE,
                "nothing is due: no recipient's NOTIFY asks for it");
}
END_TEST

/* It is no error of the report: other kinds may still be selected. */
START_TEST(a_kind_that_nobody_is_of_is_not_due)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_actions_due(d.report), NDR_ACTIONS_FAILED);
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_DELAYED),
                     NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_nothing_due(d.report),
                     NDR_NOTHING_OF_THIS_KIND);
    ck_assert_str_eq(ndr_report_error_detail(d.report),
                     "nothing is due: no recipient of the selected action");
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_FAILED),
                     NDR_OK);
    ck_assert_int_eq(ndr_report_nothing_due(d.report), NDR_NOTHING_NONE);
    ck_assert_str_eq(ndr_report_error_detail(d.report), "");
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 1);
}
END_TEST

START_TEST(one_report_for_each_kind)
{
    static const int kinds[] = {NDR_ACTIONS_FAILED, NDR_ACTIONS_DELAYED,
                                NDR_ACTIONS_SUCCESS};
    static const char *const actions[] = {"failed", "delayed", "relayed"};
    int i;

    desk_add_action(&d, "c@x.example", NDR_ACTION_RELAYED, "2.0.0");
    desk_add_action(&d, "b@x.example", NDR_ACTION_DELAYED, "4.0.0");
    desk_add_action(&d, "a@x.example", NDR_ACTION_FAILED, "5.0.0");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_actions_due(d.report),
                     kinds[0] | kinds[1] | kinds[2]);
    for (i = 0; i < 3; i++) {
        ck_assert_int_eq(ndr_report_select_actions(d.report, kinds[i]), NDR_OK);
        desk_read(&d);
        ck_assert_uint_eq(d.parts->groups, 1);
        ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Action"),
                         actions[i]);
    }
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_MIXED),
                     NDR_OK);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 3);
}
END_TEST

/* R3461-5.2.8-1: who is not due is nowhere. */
START_TEST(who_is_not_due_is_nowhere)
{
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_recipient_set_notify(desk_add(&d, "ann@fabrikam.com", NULL, "550 no"),
                             NDR_NOTIFY_NEVER);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 1);
    ck_assert_ptr_null(strstr(d.parts->whole, "ann@"));
}
END_TEST

/* ---- twins (R3464-3-1) ---- */

START_TEST(a_recipient_added_twice_is_reported_once)
{
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 first");
    desk_add(&d, "ann@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_add(&d, "<joe@contoso.com>", "mx.contoso.com", "550 5.1.1 second");
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 2);
    ck_assert_ptr_null(strstr(d.parts->whole, "second"));
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "recipient 3: address: was added before; reported once");
    ck_assert_ptr_null(ndr_report_notes(d.report, 1));
}
END_TEST

static void other_action(ndr_recipient *joe)
{
    ndr_recipient_set_action(joe, NDR_ACTION_DELAYED);
}

static void other_orcpt(ndr_recipient *joe)
{
    ndr_recipient_set_original_recipient(joe, "rfc822;list@contoso.com",
                                         NDR_NUL);
}

static void other_type(ndr_recipient *joe)
{
    ndr_recipient_set_original_recipient(joe, "x400;joe@contoso.com", NDR_NUL);
}

static void other_notify(ndr_recipient *joe)
{
    ndr_recipient_set_notify(joe, NDR_NOTIFY_FAILURE);
}

static void other_alias(ndr_recipient *joe)
{
    ndr_recipient_set_hidden(joe, "alias@contoso.com", NDR_NUL);
}

static void (*const differences[])(ndr_recipient *) = {
    other_alias, other_action, other_orcpt, other_type, other_notify};

/* What the sender can tell apart is reported apart. */
START_TEST(others_are_no_twins)
{
    ndr_recipient_set_original_recipient(
        desk_add(&d, "joe@contoso.com", NULL, NULL), "rfc822;joe@contoso.com",
        NDR_NUL);
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, NULL);

    ndr_recipient_set_original_recipient(joe, "rfc822;joe@contoso.com",
                                         NDR_NUL);
    differences[_i](joe);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ndr_report_select_actions(d.report, NDR_ACTIONS_MIXED);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 2);
}
END_TEST

/* ---- the postmaster's copy ---- */

static void assert_copy(size_t groups)
{
    ck_assert_int_eq(ndr_report_set_copy(d.report, NDR_COPY_POSTMASTER),
                     NDR_OK);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, groups);
    ck_assert_str_eq(ndr_report_envelope_sender(d.report), "");
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "postmaster@mail1.example.com");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"),
                     "postmaster@mail1.example.com");
}

START_TEST(a_copy_is_headers_only_and_says_so)
{
    char id[80];

    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ndr_recipient_set_notify(
        desk_add(&d, "joe@contoso.com", NULL, "550 5.4.6 loop"),
        NDR_NOTIFY_FAILURE);
    ndr_recipient_set_notify(
        desk_add(&d, "ann@contoso.com", NULL, "550 5.4.6 loop"),
        NDR_NOTIFY_NEVER);
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, 1);
    ck_assert_ptr_nonnull(strstr(d.parts->whole, "See you on Thursday?"));
    ck_assert_int_eq(ndr_report_copy_due(d.report), 1);
    snprintf(id, sizeof(id), "%s", ndr_report_message_id(d.report));
    assert_copy(2);
    ck_assert_str_ne(ndr_report_message_id(d.report), id);
    ck_assert_ptr_null(strstr(d.parts->whole, "See you on Thursday?"));
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Subject"),
                     "Postmaster copy: Undeliverable: Spring planning");
    ck_assert_ptr_nonnull(strstr(d.parts->user, "jane@example.com"));
    /* and the sender's again, as it was */
    ck_assert_int_eq(ndr_report_set_copy(d.report, NDR_COPY_NONE), NDR_OK);
    desk_read(&d);
    ck_assert_str_eq(ndr_report_message_id(d.report), id);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "jane@example.com");
}
END_TEST

/* Exchange's GenerateCopyOfDSNFor and its six codes. */
static const struct {
    const char *status, *codes; /* codes NULL: never set */
    int due;
} wanted[] = {
    {"5.4.8", NULL, 1},           {"5.4.6", NULL, 1},    {"5.4.4", NULL, 1},
    {"5.2.4", NULL, 1},           {"5.2.0", NULL, 1},    {"5.1.4", NULL, 1},
    {"5.1.1", NULL, 0},           {"5.4.7", NULL, 0},    {"4.4.6", NULL, 0},
    {"5.1.1", "5.1.1", 1},        {"5.4.6", "5.1.1", 0}, {"5.4.6", "", 0},
    {"5.7.1", "5.1.1, 5.7.1", 1},
};

START_TEST(copies_are_chosen_by_code)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, "550 no");

    if (wanted[_i].codes != NULL)
        ck_assert_int_eq(
            ndr_profile_set_copy_codes(d.profile, wanted[_i].codes, NDR_NUL),
            NDR_OK);
    ndr_recipient_set_status(joe, wanted[_i].status, NDR_NUL);
    ck_assert_int_eq(ndr_report_copy_due(d.report), 0); /* nobody knows yet */
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_copy_due(d.report), wanted[_i].due);
}
END_TEST

START_TEST(delays_are_not_copied)
{
    ndr_profile_set_copy_codes(d.profile, "4.4.1", NDR_NUL);
    desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_copy_due(d.report), 0);
}
END_TEST

START_TEST(a_copy_goes_where_the_profile_says)
{
    ndr_profile_set_copy_mailbox(d.profile, "<ndr@admin.example>", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.4.6 loop");
    ndr_report_set_copy(d.report, NDR_COPY_POSTMASTER);
    desk_read(&d);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "ndr@admin.example");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"),
                     "ndr@admin.example");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "From"),
                     "Mail Delivery System <postmaster@mail1.example.com>");
}
END_TEST

static const struct {
    int (*set)(ndr_profile *, const char *, size_t);
    const char *text;
    int error;
    const char *detail;
} bad_copies[] = {
    {ndr_profile_set_copy_codes, "5.4", NDR_E_STATUS,
     "copy codes \"5.4\": expected codes such as 5.4.6"},
    {ndr_profile_set_copy_codes, "5.4.6;5.1.1", NDR_E_STATUS,
     "copy codes \"5.4.6;5.1.1\": expected codes such as 5.4.6"},
    {ndr_profile_set_copy_mailbox, "nobody", NDR_E_ADDRESS,
     "copy mailbox \"nobody\": expected local@domain"},
    {ndr_profile_set_copy_mailbox, "a@b..c", NDR_E_ADDRESS,
     "copy mailbox \"a@b..c\": expected local@domain"},
    {ndr_profile_set_copy_mailbox, "a@b\r\nX: y", NDR_E_ADDRESS,
     "copy mailbox \"a@b\\x0D\\x0AX: y\": expected local@domain"},
    {ndr_profile_set_copy_mailbox, "\xC3\xB6@b.example", NDR_E_ADDRESS,
     "copy mailbox \"\\xC3\\xB6@b.example\": expected local@domain"},
};

START_TEST(bad_copies_are_refused)
{
    int error = bad_copies[_i].set(d.profile, bad_copies[_i].text, NDR_NUL);

    ck_assert_int_eq(error, bad_copies[_i].error);
    ck_assert_int_eq(ndr_profile_error(d.profile), error);
    ck_assert_str_eq(ndr_profile_error_detail(d.profile),
                     bad_copies[_i].detail);
}
END_TEST

/* Where copies go does not change of what they are. */
START_TEST(a_mailbox_leaves_the_codes)
{
    ndr_profile_set_copy_mailbox(d.profile, "ndr@admin.example", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.4.6 loop");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_copy_due(d.report), 1);
}
END_TEST

/* ---- double bounces (RFC 5321 6.1) ---- */

START_TEST(a_double_bounce_is_told_to_the_postmaster)
{
    ndr_report_set_sender(d.report, "", NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_add_action(&d, "ann@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_copy_due(d.report), 1);
    assert_copy(1);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Final-Recipient"),
                     "rfc822; joe@contoso.com");
    ck_assert_int_eq(ndr_report_actions_due(d.report), NDR_ACTIONS_FAILED);
}
END_TEST

static const char *const own_mailboxes[] = {"postmaster@mail1.example.com",
                                            "Postmaster@MAIL1.example.com",
                                            "<postmaster@mail1.example.com>"};

START_TEST(a_triple_bounce_is_told_to_nobody)
{
    ndr_report_set_sender(d.report, "<>", NDR_NUL);
    desk_add(&d, own_mailboxes[_i], NULL, "550 5.2.2 full");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_copy_due(d.report), 0);
    ck_assert_int_eq(ndr_report_set_copy(d.report, NDR_COPY_POSTMASTER),
                     NDR_OK);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_nothing_due(d.report), NDR_NOTHING_TO_COPY);
    desk_failed(&d, NDR_NOTHING_DUE,
                "nothing is due: mail to the postmaster is not copied");
}
END_TEST

START_TEST(success_of_a_bounce_is_told_to_nobody)
{
    ndr_report_set_sender(d.report, "", NDR_NUL);
    desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELIVERED, "2.1.5");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_copy_due(d.report), 0);
}
END_TEST

START_TEST(copies_have_numbers)
{
    ck_assert_int_eq(ndr_report_set_copy(NULL, 0), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_copy_due(NULL), 0);
    ck_assert_int_eq(ndr_report_nothing_due(NULL), NDR_NOTHING_NONE);
    ck_assert_int_eq(ndr_report_set_copy(d.report, _i), NDR_E_INVALID);
    desk_failed(&d, NDR_E_INVALID, "copy: unknown number");
}
END_TEST

/* Facts are closed by prepare, whatever comes after. */
START_TEST(facts_stay_closed)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, "550 5.4.6 no");

    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_set_copy(d.report, NDR_COPY_POSTMASTER),
                     NDR_OK);
    ck_assert_int_eq(ndr_recipient_set_status(joe, "5.1.1", NDR_NUL),
                     NDR_E_ORDER);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("due");
    TCase *tcase = tcase_create("due");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_null_return_path_is_told_nothing, 0, 2);
    tcase_add_test(tcase, who_asked_for_nothing_is_told_nothing);
    tcase_add_test(tcase, a_kind_that_nobody_is_of_is_not_due);
    tcase_add_test(tcase, one_report_for_each_kind);
    tcase_add_test(tcase, who_is_not_due_is_nowhere);
    tcase_add_test(tcase, a_recipient_added_twice_is_reported_once);
    tcase_add_loop_test(tcase, others_are_no_twins, 0, COUNT(differences));
    tcase_add_test(tcase, a_copy_is_headers_only_and_says_so);
    tcase_add_loop_test(tcase, copies_are_chosen_by_code, 0, COUNT(wanted));
    tcase_add_test(tcase, delays_are_not_copied);
    tcase_add_test(tcase, a_copy_goes_where_the_profile_says);
    tcase_add_loop_test(tcase, bad_copies_are_refused, 0, COUNT(bad_copies));
    tcase_add_test(tcase, a_mailbox_leaves_the_codes);
    tcase_add_test(tcase, a_double_bounce_is_told_to_the_postmaster);
    tcase_add_loop_test(tcase, a_triple_bounce_is_told_to_nobody, 0,
                        COUNT(own_mailboxes));
    tcase_add_test(tcase, success_of_a_bounce_is_told_to_nobody);
    tcase_add_loop_test(tcase, copies_have_numbers, 2, 4);
    tcase_add_test(tcase, facts_stay_closed);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
