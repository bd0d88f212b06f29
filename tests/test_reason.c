/* SPDX-License-Identifier: ISC */
/* Reasons: what placeholders stand for, which words a status of ours takes, who
   shares a reason, and whose administrator is meant. */
#include "desk.h"
#include "report/reason.h"
#include "test.h"

#include <string.h>

static desk d;
static ndr_catalog *catalog;

static void setup(void)
{
    desk_open(&d);
    catalog = NULL;
}

static void teardown(void)
{
    desk_close(&d);
    ndr_catalog_free(catalog);
}

static void words(const char *entry)
{
    if (catalog == NULL)
        catalog = desk_words(&d, entry);
    else
        ck_assert_int_eq(ndr_catalog_add(catalog, entry, NDR_NUL), NDR_OK);
}

/* ---- placeholders ---- */

static const struct {
    const char *text, *shown;
} values[] = {
    {"{recipient}", "joe@contoso.com"},
    {"{recipient_local}", "joe"},
    {"{recipient_domain}", "contoso.com"},
    {"{status}", "5.1.1"},
    {"{action}", "failed"},
    {"{reply}", "550-5.1.1 no such 550 5.1.1 user"},
    {"{remote_server}", "mx.contoso.com"},
    {"{generating_server}", "mail1.example.com"},
    {"{sender}", "jane@example.com"},
    {"{subject}", "Spring planning"},
    {"{date}", "Tuesday, 24 November 2026, 16:05 (UTC+01:00)"},
    {"{message_id}", "<77@desk7.example.com>"},
    {"{postmaster}", "postmaster@mail1.example.com"},
    {"{hops}", "1"},
    {"{size}", "1 KB"},
    {"{retry_until}", ""},
    {"{time_left}", ""},
};

START_TEST(each_placeholder_stands_for_its_fact)
{
    char entry[200] = "Status: 5.1.1\n\n(";

    strcat(entry, values[_i].text);
    strcat(entry, ")");
    words(entry);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com",
             "550-5.1.1 no such\r\n550 5.1.1 user");
    strcpy(entry, "\n  (");
    strcat(entry, values[_i].shown);
    strcat(entry, ")\n");
    parts_place(desk_read(&d)->user, entry);
}
END_TEST

START_TEST(without_a_fact_its_placeholder_is_empty)
{
    words(
        "Status: 5.0.0\n\n[{recipient}{recipient_domain}{reply}{remote_server}"
        "{subject}{date}{message_id}{hops}{size}{?reply}x{/}]");
    ndr_report_borrow_original(d.report, NULL, 0);
    ndr_recipient_set_status(desk_add(&d, "joe", NULL, NULL), "5.0.0", NDR_NUL);
    parts_place(desk_read(&d)->user, "\n  [joe]\n");
}
END_TEST

START_TEST(a_delay_tells_until_when_and_how_long)
{
    ndr_recipient *joe;

    words("Status: 4.*\nAction: delayed\n\n({retry_until}|{time_left})");
    joe = desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ndr_recipient_set_retry_until(joe, DESK_DATE + 2 * 86400 - 3600, 60);
    parts_place(desk_read(&d)->user,
                "\n  (Thursday, 26 November 2026, 16:05 (UTC+01:00)|"
                "1 day and 23 hours)\n");
    desk_reset(&d);
    joe = desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELAYED, "4.4.1");
    ndr_recipient_set_retry_until(joe, DESK_DATE, 60); /* it is now */
    parts_place(desk_read(&d)->user,
                "\n  (Tuesday, 24 November 2026, 17:05 (UTC+01:00)|)\n");
}
END_TEST

START_TEST(addresses_are_those_that_are_shown)
{
    ndr_recipient *joe;

    words(
        "Status: 5.1.1\n\n({recipient} {recipient_local} {recipient_domain})");
    joe = desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_recipient_set_original_recipient(joe, "rfc822;all@a.example", NDR_NUL);
    joe = desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    ndr_recipient_set_hidden(joe, "\"l i\"@b.example", NDR_NUL);
    desk_read(&d);
    parts_place(d.parts->user, "\n  (all@a.example all a.example)\n");
    parts_place(d.parts->user, "\n  (\"l i\"@b.example \"l i\" b.example)\n");
}
END_TEST

START_TEST(a_value_of_bad_octets_is_made_visible)
{
    words("Status: 5.1.1\n\n({recipient})");
    desk_add(&d, "j\xFF\x01@contoso.com", NULL, "550 5.1.1 no");
    desk_add(&d, "j\xC3\xB6@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->user, "\n  (j\\xFF\\x01@contoso.com)\n");
    parts_place(d.parts->user, "\n  (j\xC3\xB6@contoso.com)\n");
}
END_TEST

/* ---- which words ---- */

START_TEST(a_status_of_ours_takes_the_words_of_its_class)
{
    words("Status: 5.0.0\n\nExact words.");
    words("Status: 5.0.*\n\nSubject words.");
    words("Status: 5.*\n\nClass words.");
    desk_add(&d, "joe@contoso.com", NULL, "550 no code");
    ndr_recipient_set_status(desk_add(&d, "ann@contoso.com", NULL, NULL),
                             "5.0.0", NDR_NUL);
    desk_add(&d, "eve@contoso.com", NULL, "550 5.0.0 code");
    desk_read(&d);
    parts_place(d.parts->user, "joe@contoso.com\n\n  Class words.\n");
    parts_place(d.parts->user,
                "ann@contoso.com\neve@contoso.com\n\n  Exact words.\n");
    parts_place(d.parts->admin,
                "joe@contoso.com\nEnhanced status code: 5.0.0 (not given by "
                "the server)\n");
    parts_place(d.parts->admin,
                "ann@contoso.com\nEnhanced status code: 5.0.0\n");
}
END_TEST

START_TEST(own_words_of_the_caller_go_first)
{
    words("Status: 5.1.1\nMove: sender\n\nCatalog words.");
    ndr_recipient_set_text(
        desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no"),
        "Own {recipient} <b>words</b>.\r\nA line.\n\n1. Two", NDR_NUL);
    desk_add(&d, "ann@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->user,
                "joe@contoso.com\n\n  Own {recipient} <b>words</b>.\n"
                "  A line.\n\n  1. Two\n\n\nann@contoso.com\n\n  Catalog "
                "words.\n\n  Who can fix it: you\n");
}
END_TEST

START_TEST(own_words_may_be_taken_back)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");

    ndr_recipient_set_text(joe, "Own words.", NDR_NUL);
    ndr_recipient_set_text(joe, " \n ", NDR_NUL);
    parts_place(desk_read(&d)->user, "No such mailbox");
}
END_TEST

/* ---- who shares a reason ---- */

/* Two recipients, alike but for one thing; each row says whether they share. */
typedef struct pair {
    const char *first, *second; /* addresses */
    const char *remotes[2];
    const char *replies[2];
    int share;
} pair;

static const pair pairs[] = {
    {"a@x.example",
     "b@x.example",
     {NULL, NULL},
     {"550 5.1.1 a", "550 5.1.1 b"},
     1},
    {"a@x.example",
     "b@x.example",
     {"m.example", "m.example"},
     {"550 5.1.1 a", "550 5.1.1 b"},
     1},
    {"a@x.example",
     "b@x.example",
     {"m.example", NULL},
     {"550 5.1.1 a", "550 5.1.1 a"},
     0},
    {"a@x.example",
     "b@x.example",
     {"m.example", "n.example"},
     {"550 5.1.1 a", "550 5.1.1 a"},
     0},
    {"a@x.example",
     "b@y.example",
     {NULL, NULL},
     {"550 5.1.1 a", "550 5.1.1 a"},
     0},
    {"a@x.example",
     "b@x.example",
     {NULL, NULL},
     {"550 5.1.1 a", "550 5.2.2 a"},
     0},
    /* the words of both say the same */
    {"a@x.example",
     "b@x.example",
     {NULL, NULL},
     {"550 5.9.1 a", "550 5.9.2 a"},
     1},
    {"a@x.example",
     "b@x.example",
     {NULL, NULL},
     {"550 5.1.1 a", "450 4.1.1 a"},
     1},
};

START_TEST(equal_words_server_and_action_share_a_reason)
{
    const pair *p = &pairs[_i];
    const char *between;

    desk_add(&d, p->first, p->remotes[0], p->replies[0]);
    desk_add(&d, p->second, p->remotes[1], p->replies[1]);
    desk_read(&d);
    between = strstr(d.parts->user, p->first);
    ck_assert_ptr_nonnull(between);
    between += strlen(p->first) + 1;
    ck_assert_int_eq(strncmp(between, p->second, strlen(p->second)) == 0,
                     p->share);
    parts_place(d.parts->user, p->second);
    /* never in the other places */
    ck_assert_uint_eq(parts_count(d.parts->admin, "Rejected recipient: "), 2);
    ck_assert_uint_eq(d.parts->groups, 2);
}
END_TEST

START_TEST(a_text_that_names_the_recipient_never_shares)
{
    words("Status: 5.1.1\n\nNo {recipient} here.");
    desk_add(&d, "a@x.example", NULL, "550 5.1.1 a");
    desk_add(&d, "b@x.example", NULL, "550 5.1.1 a");
    desk_read(&d);
    parts_place(d.parts->user, "a@x.example\n\n  No a@x.example here.\n");
    parts_place(d.parts->user, "b@x.example\n\n  No b@x.example here.\n");
}
END_TEST

START_TEST(another_mover_parts_a_reason)
{
    words("Status: 5.1.1\nMove: sender\n\nThe same.");
    words("Status: 5.1.2\nMove: recipient\n\nThe same.");
    desk_add(&d, "a@x.example", NULL, "550 5.1.1 a");
    desk_add(&d, "b@x.example", NULL, "550 5.1.2 a");
    ck_assert_uint_eq(parts_count(desk_read(&d)->user, "The same."), 2);
}
END_TEST

START_TEST(another_link_parts_a_reason)
{
    words("Status: 5.1.1\n\nSee <a href=\"http://a.example/\">here</a>.");
    words("Status: 5.1.2\n\nSee <a href=\"http://b.example/\">here</a>.");
    desk_add(&d, "a@x.example", NULL, "550 5.1.1 a");
    desk_add(&d, "b@x.example", NULL, "550 5.1.2 a");
    desk_read(&d);
    parts_place(d.parts->user, "See here <http://a.example/>.");
    parts_place(d.parts->user, "See here <http://b.example/>.");
}
END_TEST

START_TEST(groups_come_in_the_order_of_their_first)
{
    desk_add(&d, "a1@x.example", NULL, "550 5.2.2 a");
    desk_add(&d, "b1@x.example", NULL, "550 5.1.1 a");
    desk_add(&d, "a2@x.example", NULL, "550 5.2.2 a");
    desk_add(&d, "b2@x.example", NULL, "550 5.1.1 a");
    desk_read(&d);
    parts_place(d.parts->user, "\na1@x.example\na2@x.example\n\n  ");
    parts_place(d.parts->user, "\nb1@x.example\nb2@x.example\n\n  ");
    ck_assert_uint_lt(parts_place(d.parts->user, "a1@"),
                      parts_place(d.parts->user, "b1@"));
    parts_place(d.parts->admin, "Rejected recipient: a1@x.example\n");
    ck_assert_uint_lt(parts_place(d.parts->admin, "b1@"),
                      parts_place(d.parts->admin, "a2@"));
}
END_TEST

START_TEST(grouping_can_be_turned_off)
{
    ndr_profile_set_grouping(d.profile, NDR_GROUPING_NEVER);
    desk_add(&d, "a@x.example", NULL, "550 5.1.1 a");
    desk_add(&d, "b@x.example", NULL, "550 5.1.1 a");
    ck_assert_uint_eq(parts_count(desk_read(&d)->user, "No such mailbox"), 2);
}
END_TEST

/* ---- whose administrator ---- */

static const struct {
    int audience;
    const char *domains, *remote;
    int home;
} homes[] = {
    {NDR_AUDIENCE_EXTERNAL, "", NULL, 0},
    {NDR_AUDIENCE_EXTERNAL, "contoso.com", "mx.contoso.com", 0},
    {NDR_AUDIENCE_INTERNAL, "", NULL, 1},
    {NDR_AUDIENCE_INTERNAL, "", "mx.contoso.com", 0},
    {NDR_AUDIENCE_INTERNAL, "a.example, CONTOSO.com", "mx.contoso.com", 1},
    {NDR_AUDIENCE_INTERNAL, "contoso.co", "mx.contoso.com", 0},
};

START_TEST(the_recipients_administrator_may_be_the_senders)
{
    words("Status: 5.1.1\nMove: recipient-admin, sender-admin\n\nText.");
    ndr_profile_set_audience(d.profile, homes[_i].audience);
    ndr_profile_set_internal_domains(d.profile, homes[_i].domains, NDR_NUL);
    desk_add(&d, "joe@contoso.com", homes[_i].remote, "550 5.1.1 no");
    parts_place(desk_read(&d)->user,
                homes[_i].home ? "Who can fix it: your mail administrator\n"
                               : "Who can fix it: the recipient's mail "
                                 "administrator, or your mail\n"
                                 "  administrator\n");
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("reason");
    TCase *tcase = tcase_create("reason");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_placeholder_stands_for_its_fact, 0,
                        COUNT(values));
    tcase_add_test(tcase, without_a_fact_its_placeholder_is_empty);
    tcase_add_test(tcase, a_delay_tells_until_when_and_how_long);
    tcase_add_test(tcase, addresses_are_those_that_are_shown);
    tcase_add_test(tcase, a_value_of_bad_octets_is_made_visible);
    tcase_add_test(tcase, a_status_of_ours_takes_the_words_of_its_class);
    tcase_add_test(tcase, own_words_of_the_caller_go_first);
    tcase_add_test(tcase, own_words_may_be_taken_back);
    tcase_add_loop_test(tcase, equal_words_server_and_action_share_a_reason, 0,
                        COUNT(pairs));
    tcase_add_test(tcase, a_text_that_names_the_recipient_never_shares);
    tcase_add_test(tcase, another_mover_parts_a_reason);
    tcase_add_test(tcase, another_link_parts_a_reason);
    tcase_add_test(tcase, groups_come_in_the_order_of_their_first);
    tcase_add_test(tcase, grouping_can_be_turned_off);
    tcase_add_loop_test(tcase, the_recipients_administrator_may_be_the_senders,
                        0, COUNT(homes));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
