/* SPDX-License-Identifier: ISC */
/*
 * The 29 rows of the description's table (R1 to R29), parts 1 and 2: an entry
 * of its own exists, for both audiences, and for a delay too where the code is
 * of class 4; and who acts first. Each case bears the id of its row. Not held
 * here yet: languages other than English.
 */
#include "desk.h"
#include "test.h"

#include <stdlib.h>
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

#define SENDER "you"
#define SENDER_ADMIN "your mail administrator"
#define RECIPIENT "the recipient"
#define RECIPIENT_ADMIN "the recipient's mail administrator"

/* The reason of a report with this code, up to the rule, in one line; the
   caller frees it. */
static char *reason(const char *status, const char *reply, int action,
                    int audience)
{
    const char *from;
    char *flat, *to;

    desk_reset(&d);
    ndr_profile_set_audience(d.profile, audience);
    ndr_recipient_set_reply(
        desk_add_action(&d, "joe@contoso.com", action, status), reply, NDR_NUL);
    from = strstr(desk_read(&d)->user, "joe@contoso.com\n") + 16;
    flat = to = malloc(strlen(from) + 1);
    for (; strncmp(from, "\n---", 4) != 0; from++)
        if (*from != '\n')
            *to++ = *from;
        else if (from[1] == ' ' && from[2] == ' ')
            *to++ = ' ', from += strspn(from + 1, " ");
    *to = '\0';
    return flat;
}

/* Words of its own: not those of the subject, nor those of the class. */
static void assert_own(const char *status, const char *reply, int action,
                       int audience)
{
    char fallback[8];
    char *own = reason(status, reply, action, audience), *general;

    strcpy(fallback, status);
    strcpy(fallback + 4, "998");
    general = reason(fallback, NULL, action, audience);
    ck_assert_str_ne(own, general);
    free(general);
    strcpy(fallback + 2, "9.9");
    general = reason(fallback, NULL, action, audience);
    ck_assert_str_ne(own, general);
    free(general);
    free(own);
}

static void assert_first_mover(const char *status, const char *reply,
                               int action, int audience, const char *mover)
{
    char *own = reason(status, reply, action, audience);
    const char *first = strstr(own, "Who can fix it: ");

    ck_assert_msg(first != NULL, "nobody: %s", own);
    first += strlen("Who can fix it: ");
    if (audience == NDR_AUDIENCE_INTERNAL &&
        strcmp(mover, RECIPIENT_ADMIN) == 0)
        mover = SENDER_ADMIN; /* they are one */
    ck_assert_msg(strncmp(first, mover, strlen(mover)) == 0 &&
                      strchr(", ", first[strlen(mover)]) != NULL,
                  "%s, not %s", first, mover);
    if (action == NDR_ACTION_FAILED && strcmp(mover, SENDER) == 0)
        ck_assert_ptr_nonnull(strstr(own, "What to do: 1. ")); /* S2 */
    free(own);
}

static void check_row(const char *status, const char *reply, const char *mover)
{
    int audience;

    for (audience = 0; audience < 2; audience++) {
        assert_own(status, reply, NDR_ACTION_FAILED, audience);
        assert_first_mover(status, reply, NDR_ACTION_FAILED, audience, mover);
        if (status[0] != '4')
            continue;
        assert_own(status, reply, NDR_ACTION_DELAYED, audience);
        assert_first_mover(status, reply, NDR_ACTION_DELAYED, audience,
                           "nobody needs to do anything yet");
    }
}

START_TEST(r01_4_3_1_has_no_room_or_memory)
{
    check_row("4.3.1", NULL, SENDER_ADMIN);
}
END_TEST

START_TEST(r02_4_3_2_takes_no_messages_now)
{
    check_row("4.3.2", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r03_4_4_1_does_not_answer)
{
    check_row("4.4.1", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r04_4_4_2_broke_off)
{
    check_row("4.4.2", NULL, SENDER_ADMIN);
}
END_TEST

START_TEST(r05_4_4_7_expired)
{
    check_row("4.4.7", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r06_5_0_0_gives_no_reason)
{
    check_row("5.0.0", NULL, SENDER_ADMIN);
}
END_TEST

START_TEST(r07_5_1_0_cannot_use_the_address)
{
    check_row("5.1.0", NULL, SENDER);
}
END_TEST

START_TEST(r08_5_1_1_has_no_such_mailbox)
{
    check_row("5.1.1", NULL, SENDER);
}
END_TEST

START_TEST(r09_5_1_2_has_no_way_to_the_domain)
{
    check_row("5.1.2", NULL, SENDER);
}
END_TEST

START_TEST(r10_5_1_3_is_malformed)
{
    check_row("5.1.3", NULL, SENDER);
}
END_TEST

START_TEST(r11_5_1_4_is_ambiguous)
{
    check_row("5.1.4", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r12_5_1_7_has_a_bad_sender)
{
    check_row("5.1.7", NULL, SENDER);
}
END_TEST

START_TEST(r13_5_2_1_is_disabled)
{
    check_row("5.2.1", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r14_5_2_2_is_full)
{
    check_row("5.2.2", NULL, RECIPIENT);
}
END_TEST

START_TEST(r15_5_2_3_is_too_large_for_the_mailbox)
{
    check_row("5.2.3", NULL, SENDER);
}
END_TEST

START_TEST(r16_5_2_4_cannot_expand_the_group)
{
    check_row("5.2.4", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r17_5_3_3_cannot_transfer)
{
    check_row("5.3.3", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r18_5_3_4_is_too_large_on_the_way)
{
    check_row("5.3.4", NULL, SENDER);
}
END_TEST

START_TEST(r19_5_3_5_sends_to_itself)
{
    check_row("5.3.5", NULL, RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r20_5_4_4_finds_no_server)
{
    check_row("5.4.4", NULL, SENDER);
}
END_TEST

START_TEST(r21_5_4_6_goes_round)
{
    check_row("5.4.6", NULL, SENDER_ADMIN);
}
END_TEST

START_TEST(r22_5_5_2_misunderstands)
{
    check_row("5.5.2", NULL, SENDER_ADMIN);
}
END_TEST

START_TEST(r23_5_5_3_has_too_many_recipients)
{
    check_row("5.5.3", NULL, SENDER);
}
END_TEST

START_TEST(r24_5_5_4_has_a_bad_argument)
{
    check_row("5.5.4", NULL, SENDER);
}
END_TEST

START_TEST(r25_5_5_6_cannot_process)
{
    check_row("5.5.6", NULL, SENDER_ADMIN);
}
END_TEST

START_TEST(r26_5_7_1_does_not_allow)
{
    check_row("5.7.1", NULL, SENDER);
}
END_TEST

START_TEST(r27_5_7_1_does_not_relay)
{
    check_row("5.7.1", "550 5.7.1 Unable to relay", RECIPIENT_ADMIN);
}
END_TEST

START_TEST(r28_5_7_1_wants_a_sign_in)
{
    check_row("5.7.1", "530 5.7.1 Client was not authenticated", SENDER_ADMIN);
}
END_TEST

START_TEST(r29_5_7_3_may_not_pass_on)
{
    check_row("5.7.3", NULL, SENDER);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seed_rows");
    TCase *tcase = tcase_create("seed_rows");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, r01_4_3_1_has_no_room_or_memory);
    tcase_add_test(tcase, r02_4_3_2_takes_no_messages_now);
    tcase_add_test(tcase, r03_4_4_1_does_not_answer);
    tcase_add_test(tcase, r04_4_4_2_broke_off);
    tcase_add_test(tcase, r05_4_4_7_expired);
    tcase_add_test(tcase, r06_5_0_0_gives_no_reason);
    tcase_add_test(tcase, r07_5_1_0_cannot_use_the_address);
    tcase_add_test(tcase, r08_5_1_1_has_no_such_mailbox);
    tcase_add_test(tcase, r09_5_1_2_has_no_way_to_the_domain);
    tcase_add_test(tcase, r10_5_1_3_is_malformed);
    tcase_add_test(tcase, r11_5_1_4_is_ambiguous);
    tcase_add_test(tcase, r12_5_1_7_has_a_bad_sender);
    tcase_add_test(tcase, r13_5_2_1_is_disabled);
    tcase_add_test(tcase, r14_5_2_2_is_full);
    tcase_add_test(tcase, r15_5_2_3_is_too_large_for_the_mailbox);
    tcase_add_test(tcase, r16_5_2_4_cannot_expand_the_group);
    tcase_add_test(tcase, r17_5_3_3_cannot_transfer);
    tcase_add_test(tcase, r18_5_3_4_is_too_large_on_the_way);
    tcase_add_test(tcase, r19_5_3_5_sends_to_itself);
    tcase_add_test(tcase, r20_5_4_4_finds_no_server);
    tcase_add_test(tcase, r21_5_4_6_goes_round);
    tcase_add_test(tcase, r22_5_5_2_misunderstands);
    tcase_add_test(tcase, r23_5_5_3_has_too_many_recipients);
    tcase_add_test(tcase, r24_5_5_4_has_a_bad_argument);
    tcase_add_test(tcase, r25_5_5_6_cannot_process);
    tcase_add_test(tcase, r26_5_7_1_does_not_allow);
    tcase_add_test(tcase, r27_5_7_1_does_not_relay);
    tcase_add_test(tcase, r28_5_7_1_wants_a_sign_in);
    tcase_add_test(tcase, r29_5_7_3_may_not_pass_on);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
