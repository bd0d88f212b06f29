/* SPDX-License-Identifier: ISC */
/* The whole table of who is due a report. */
#include "mail/notify.h"
#include "test.h"

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

enum {
    S = NDR_NOTIFY_SUCCESS,
    F = NDR_NOTIFY_FAILURE,
    D = NDR_NOTIFY_DELAY,
    NEVER = NDR_NOTIFY_NEVER
};

/* What was asked for, and which of the five actions are then due. */
static const struct {
    int notify;
    int due[5]; /* failed, delayed, delivered, relayed, expanded */
} table[] = {
    {NDR_NOTIFY_DEFAULT, {1, 1, 0, 0, 0}},
    {S, {0, 0, 1, 1, 1}},
    {F, {1, 0, 0, 0, 0}},
    {S | F, {1, 0, 1, 1, 1}},
    {D, {0, 1, 0, 0, 0}},
    {S | D, {0, 1, 1, 1, 1}},
    {F | D, {1, 1, 0, 0, 0}},
    {S | F | D, {1, 1, 1, 1, 1}},
    {NEVER, {0, 0, 0, 0, 0}},
};

static const int actions[] = {NDR_ACTION_FAILED, NDR_ACTION_DELAYED,
                              NDR_ACTION_DELIVERED, NDR_ACTION_RELAYED,
                              NDR_ACTION_EXPANDED};

START_TEST(reports_are_due)
{
    int i;

    for (i = 0; i < 5; i++)
        ck_assert_msg((ndri_notify_is_due(table[_i].notify, actions[i]) != 0) ==
                          table[_i].due[i],
                      "NOTIFY %d, action %d", table[_i].notify, actions[i]);
    ck_assert(ndri_notify_is_valid(table[_i].notify));
}
END_TEST

START_TEST(actions_are_of_a_kind)
{
    static const int kinds[] = {NDR_ACTIONS_FAILED, NDR_ACTIONS_DELAYED,
                                NDR_ACTIONS_SUCCESS, NDR_ACTIONS_SUCCESS,
                                NDR_ACTIONS_SUCCESS};
    int i;

    for (i = 0; i < 5; i++)
        ck_assert_int_eq(ndri_notify_kind(actions[i]), kinds[i]);
}
END_TEST

START_TEST(other_bits_are_none)
{
    int notify, i;

    for (notify = -40; notify < 300; notify++) {
        int known = 0;

        for (i = 0; i < COUNT(table); i++)
            known |= table[i].notify == notify;
        ck_assert_msg((ndri_notify_is_valid(notify) != 0) == known, "%d",
                      notify);
    }
}
END_TEST

static const struct {
    const char *value;
    int notify; /* -1: refused */
} values[] = {
    {"NEVER", NEVER},
    {"never", NEVER},
    {"SUCCESS", S},
    {"FAILURE", F},
    {"DELAY", D},
    {"success,Delay", S | D},
    {"DELAY,FAILURE,SUCCESS", S | F | D},
    {"FAILURE,FAILURE", F},
    {"NEVER,FAILURE", -1},
    {"FAILURE,NEVER", -1},
    {"", -1},
    {",", -1},
    {"FAILURE,", -1},
    {",FAILURE", -1},
    {"FAILURE,,DELAY", -1},
    {"FOO", -1},
    {"FAILUR", -1},
    {"FAILURES", -1},
    {"FAILURE DELAY", -1},
    {" FAILURE", -1},
    {"FAILURE ", -1},
    {"FAILURE\r\n", -1},
};

START_TEST(notify_is_read_as_it_came)
{
    int notify = 99, due = values[_i].notify;

    ck_assert_int_eq(ndr_notify_parse(values[_i].value, NDR_NUL, &notify),
                     due < 0 ? NDR_E_TEXT : NDR_OK);
    ck_assert_int_eq(notify, due < 0 ? NDR_NOTIFY_DEFAULT : due);
}
END_TEST

static const struct {
    const char *value;
    int how_much; /* -1: refused */
} returns[] = {
    {"FULL", NDR_RETURN_FULL},
    {"full", NDR_RETURN_FULL},
    {"HDRS", NDR_RETURN_HEADERS},
    {"Hdrs", NDR_RETURN_HEADERS},
    {"", -1},
    {"FUL", -1},
    {"FULLY", -1},
    {"NONE", -1},
    {"HDRS,FULL", -1},
};

START_TEST(ret_is_read_as_it_came)
{
    int how_much = 99, due = returns[_i].how_much;

    ck_assert_int_eq(ndr_return_parse(returns[_i].value, NDR_NUL, &how_much),
                     due < 0 ? NDR_E_TEXT : NDR_OK);
    ck_assert_int_eq(how_much, due < 0 ? NDR_RETURN_HEADERS : due);
}
END_TEST

START_TEST(an_octet_more_is_not_read)
{
    int notify, how_much;

    ck_assert_int_eq(ndr_notify_parse("DELAYED", 5, &notify), NDR_OK);
    ck_assert_int_eq(notify, D);
    ck_assert_int_eq(ndr_return_parse("FULLY", 4, &how_much), NDR_OK);
    ck_assert_int_eq(how_much, NDR_RETURN_FULL);
    ck_assert_int_eq(ndr_notify_parse(NULL, 0, &notify), NDR_E_TEXT);
    ck_assert_int_eq(ndr_return_parse(NULL, 0, &how_much), NDR_E_TEXT);
    ck_assert_int_eq(ndr_notify_parse("DELAY", 5, NULL), NDR_E_INVALID);
    ck_assert_int_eq(ndr_return_parse("FULL", 4, NULL), NDR_E_INVALID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("notify");
    TCase *tcase = tcase_create("The table says who is due a report");

    tcase_add_loop_test(tcase, reports_are_due, 0, COUNT(table));
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("Each action is of a kind");
    tcase_add_test(tcase, actions_are_of_a_kind);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("Other bits are no NOTIFY");
    tcase_add_test(tcase, other_bits_are_none);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("Parameters are read as they came");
    tcase_add_loop_test(tcase, notify_is_read_as_it_came, 0, COUNT(values));
    tcase_add_loop_test(tcase, ret_is_read_as_it_came, 0, COUNT(returns));
    tcase_add_test(tcase, an_octet_more_is_not_read);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
