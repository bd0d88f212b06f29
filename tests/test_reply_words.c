/* SPDX-License-Identifier: ISC */
/* S61: which of its three meanings 5.7.1 has, told by the reply: each pattern,
   each trap, and their order. */
#include "desk.h"
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

/* The meanings, by words of their texts. */
#define A "was not permitted: mail from you is"
#define B "The mail server that was reached does not pass on mail"
#define C "The receiving mail server wants the sending side to sign in first"
#define SPAM "was taken for a source"

static const struct {
    const char *reply, *words;
} replies[] = {
    /* 1: rules of the recipient's or of transport */
    {"550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", A},
    {"550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", A},
    {"550 5.7.1 RESOLVER.RST.RestrictedToRecipientsPermission", A},
    {"550 5.7.1 resolver.rst.anything", A},
    {"550 5.7.1 SENDER.RST refused", A},
    {"550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by "
     "organization policy",
     A},
    {"550 5.7.1 TRANSPORT.RULES.RejectMessage; unable to relay", A},
    {"550 5.7.1 RESOLVER.RST.AuthRequired; spam; relaying denied", A},
    {"530 5.7.1 RESOLVER.RST.AuthRequired", A},
    /* 2: relay as the start of a word */
    {"550 5.7.1 Unable to relay", B},
    {"550 5.7.1 unable to relay for joe@contoso.com", B},
    {"550 5.7.1 UNABLE TO RELAY", B},
    {"554 5.7.1 <joe@contoso.com>: Relay access denied", B},
    {"550 5.7.1 Relaying denied", B},
    {"550 5.7.1 relaying denied. Proper authentication required.", B},
    {"550 5.7.1 relay not permitted", B},
    {"550 5.7.1 we cannot relay", B},
    {"550-5.7.1 first\r\n550 5.7.1 Relaying denied", B},
    {"550 5.7.1 <joe@contoso.com>... Relaying denied", B},
    {"554 5.7.1 relay denied", B},
    {"550 5.7.1 not permitted to relay through this server", B},
    /* its traps: host names and addresses */
    {"550 5.7.1 <relay@contoso.com>: not allowed", A},
    {"550 5.7.1 <relaying@contoso.com>: not allowed", A},
    {"550 5.7.1 refused by relayed.contoso.com", A},
    {"550 5.7.1 refused by relay.contoso.com", A},
    {"550 5.7.1 message relayed by mx1 was refused", A},
    {"550 5.7.1 norelaying here", A},
    /* 3: signing in */
    {"550 5.7.1 Client was not authenticated", C},
    {"550 5.7.1 authentication required", C},
    {"550 5.7.1 sender must be authenticated", C},
    {"550 5.7.1 SMTP AUTH is required", C},
    {"550 5.7.1 Authentication Required", C},
    {"530 5.7.1 sign in", C},
    {"530-5.7.1 sign\r\n530 5.7.1 in", C},
    {"530 5.7.1 Client was not authenticated", C},
    {"550 5.7.1 ticket 530", A}, /* no reply code */
    {"550 5.7.1 <smtp auth>: no", A},
    /* 4: else not allowed; lists of spammers have words of their own */
    {"550 5.7.1 no", A},
    {"550 5.7.1", A},
    {"554 5.7.1 Sender not permitted", A},
    {"550 5.7.1 Message rejected as spam", SPAM},
    {"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using x",
     SPAM},
    {"550 5.7.1 your address is blacklisted", SPAM},
    {"550 5.7.1 listed at zen.example", SPAM},
    {"550 5.7.1 bad reputation", SPAM},
    {"550 5.7.1 <spam@contoso.com>: no", A},
    {"550 5.7.1 antispam", A},
    {"550 5.7.1 unlisted recipient", A},
};

/* The user section in one line, so that its words can be found. */
static const char *user_line(void)
{
    static char flat[4000];
    const char *from = desk_read(&d)->user;
    char *to = flat;

    ck_assert_uint_lt(strlen(from), sizeof(flat));
    for (; *from != '\0'; from++) {
        *to++ = *from == '\n' ? ' ' : *from;
        if (*from == '\n')
            from += strspn(from + 1, " ");
    }
    *to = '\0';
    return flat;
}

static void assert_words(const char *reply, const char *words)
{
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, reply);
    ck_assert_msg(strstr(user_line(), words) != NULL, "%s", reply);
}

START_TEST(each_reply_has_its_meaning)
{
    assert_words(replies[_i].reply, replies[_i].words);
}
END_TEST

START_TEST(letters_count_without_case)
{
    char reply[200];
    size_t i;

    strcpy(reply, replies[_i].reply);
    for (i = 0; reply[i] != '\0'; i++)
        if (reply[i] >= 'a' && reply[i] <= 'z')
            reply[i] = (char) (reply[i] - 'a' + 'A');
    assert_words(reply, replies[_i].words);
    for (i = 0; reply[i] != '\0'; i++)
        if (reply[i] >= 'A' && reply[i] <= 'Z')
            reply[i] = (char) (reply[i] - 'A' + 'a');
    assert_words(reply, replies[_i].words);
}
END_TEST

/* The patterns are for 5.7.1: other codes keep their texts. */
START_TEST(other_codes_keep_their_texts)
{
    static const char *const others[] = {
        "550 5.1.1 unable to relay", "550 5.2.2 relaying denied",
        "530 5.7.8 authentication required", "550 5.7.26 spam"};

    desk_add(&d, "joe@contoso.com", NULL, others[_i]);
    desk_read(&d);
    ck_assert_ptr_null(strstr(user_line(), B));
    ck_assert_ptr_null(strstr(user_line(), C));
    ck_assert_ptr_null(strstr(user_line(), SPAM));
}
END_TEST

START_TEST(a_given_status_is_told_apart_by_the_reply_too)
{
    ndr_recipient_set_status(
        desk_add(&d, "joe@contoso.com", NULL, "550 Unable to relay"), "5.7.1",
        NDR_NUL);
    ck_assert_ptr_nonnull(strstr(user_line(), B));
}
END_TEST

/* The other texts that a reply chooses. */
static const struct {
    const char *reply, *words;
} others[] = {
    {"550 5.0.0 HELO refused", "the name by which the sending mail server"},
    {"550 5.0.0 bad ehlo", "the name by which the sending mail server"},
    {"550 5.0.0 no", "no exact reason was given"},
    {"550 5.1.0 Sender denied", "did not accept your own address"},
    {"550 5.1.0 no", "The address of the recipient, or yours"},
    {"550 5.1.0 <sender@x.example>", "The address of the recipient, or yours"},
    {"503 5.5.2 Send hello first", "missed the greeting"},
    {"503 5.5.2 no", "misunderstood each other"},
    {"550 5.4.1 Recipient address rejected: Access denied",
     "does not take mail for the address"},
    {"550 5.4.1 no answer", "no answer came"},
    {"450 4.7.1 relay access denied", "does not pass on mail"},
    {"450 4.7.1 greylisted", "before the attempts ended"},
};

START_TEST(other_texts_are_chosen_by_the_reply)
{
    assert_words(others[_i].reply, others[_i].words);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("reply_words");
    TCase *tcase = tcase_create("reply_words");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_reply_has_its_meaning, 0, COUNT(replies));
    tcase_add_loop_test(tcase, letters_count_without_case, 0, COUNT(replies));
    tcase_add_loop_test(tcase, other_codes_keep_their_texts, 0, 4);
    tcase_add_test(tcase, a_given_status_is_told_apart_by_the_reply_too);
    tcase_add_loop_test(tcase, other_texts_are_chosen_by_the_reply, 0,
                        COUNT(others));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
