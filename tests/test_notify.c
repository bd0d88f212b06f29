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
    return ndri_test_main(suite);
}
