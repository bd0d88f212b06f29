/* SPDX-License-Identifier: ISC */
/*
 * The description of Exchange's reports, statement by statement: the system and
 * its two sections (S1 to S15). Each case bears the id of its row. Text and
 * HTML are looked at. Not held here yet: languages other than English.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define TITLE "Diagnostic information for administrators:"

static desk d;
static ndr_catalog *catalog;

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    catalog = NULL;
}

static void teardown(void)
{
    desk_close(&d);
    ndr_catalog_free(catalog);
}

/* The user section of the HTML, as words: up to the title. */
static size_t html_admin(void)
{
    ck_assert_uint_eq(parts_count(d.parts->html_text, TITLE), 1);
    return parts_place(d.parts->html_text, TITLE);
}

/* How often a text stands in the user section of the HTML. */
static size_t html_user_count(const char *needle)
{
    const char *at = d.parts->html_text;
    const char *end = at + html_admin();
    size_t count = 0;

    while ((at = strstr(at, needle)) != NULL && at < end) {
        at++;
        count++;
    }
    return count;
}

START_TEST(s01_a_report_goes_to_the_sender_and_nobody_else)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_report_set_sender(d.report, "<return@path.example>", NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "return@path.example");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "To"),
                     "return@path.example");
    ck_assert_uint_eq(parts_count(d.parts->header, "\nCc:"), 0);
    ck_assert_uint_eq(parts_count(d.parts->header, "\nBcc:"), 0);
}
END_TEST

START_TEST(s02_it_holds_code_details_and_steps)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->admin, "\nEnhanced status code: 5.1.1\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Status"),
                     "5.1.1");
    parts_place(d.parts->user, "  What to do:\n  1. ");
    ck_assert_uint_gt(parts_count(d.parts->html, "<li"), 0);
}
END_TEST

START_TEST(s03_non_delivery_is_one_kind_of_five)
{
    static const char *const subjects[] = {
        "Undeliverable: ", "Delivery delayed: ", "Delivered: ", "Relayed: ",
        "Expanded: "};
    char seen[5][100];
    int action, before;

    for (action = 0; action < 5; action++) {
        desk_reset(&d);
        desk_add_action(&d, "joe@contoso.com", action, NULL);
        desk_read(&d);
        ck_assert_uint_eq(
            parts_place(parts_field(d.parts, d.parts->header, "Subject"),
                        subjects[action]),
            0);
        sprintf(seen[action], "%.90s", d.parts->user);
        *strchr(seen[action], '\n') = '\0';
        for (before = 0; before < action; before++)
            ck_assert_str_ne(seen[action], seen[before]);
        if (action != NDR_ACTION_FAILED)
            ck_assert_uint_eq(parts_count(d.parts->whole, "ndeliverable") +
                                  parts_count(d.parts->text, "not delivered."),
                              0);
    }
}
END_TEST

START_TEST(s04_there_are_two_sections)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->text, TITLE), 1);
    parts_place(d.parts->user, "No such mailbox");
    ck_assert_uint_eq(html_user_count("No such mailbox"), 1);
}
END_TEST

START_TEST(s05_the_user_section_comes_first)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_uint_lt(parts_place(d.parts->text, "No such mailbox"),
                      parts_place(d.parts->text, TITLE));
    ck_assert_uint_lt(parts_place(d.parts->html_text, "No such mailbox"),
                      html_admin());
}
END_TEST

START_TEST(s07_the_original_headers_end_the_administrator_section)
{
    static const char last[] = "Original message headers:";

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert(parts_has_line(d.parts->text, TITLE));
    ck_assert_uint_lt(parts_place(d.parts->admin, "SMTP response:"),
                      parts_place(d.parts->admin, last));
    ck_assert_uint_lt(html_admin(), parts_place(d.parts->html_text, last));
    ck_assert_uint_lt(parts_place(d.parts->html_text, last),
                      parts_place(d.parts->html_text, "Received: from desk7"));
}
END_TEST

START_TEST(s09_the_user_text_is_the_generating_servers)
{
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 marker-word");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->user, "marker-word"), 0);
    ck_assert_uint_eq(html_user_count("marker-word"), 0);
    parts_place(d.parts->admin, "marker-word");
    parts_place(d.parts->status, "marker-word");
    catalog = desk_words(&d, "Status: 5.1.1\n\nIt said: {reply}");
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 marker-word");
    parts_place(desk_read(&d)->user, "It said: 550 5.1.1 marker-word");
}
END_TEST

/* Each row's first sentence is its own: not that of its class. */
START_TEST(s10_each_text_states_a_cause)
{
    static const char *const codes[] = {
        "4.3.1", "4.3.2", "4.4.1", "4.4.2", "4.4.7", "5.0.0", "5.1.0",
        "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.7", "5.2.1", "5.2.2",
        "5.2.3", "5.2.4", "5.3.3", "5.3.4", "5.3.5", "5.4.4", "5.4.6",
        "5.5.2", "5.5.3", "5.5.4", "5.5.6", "5.7.1", "5.7.3"};
    char fallback[6] = "5.9.9", class_words[200], words[200];

    fallback[0] = codes[_i][0];
    ndr_recipient_set_status(desk_add(&d, "joe@contoso.com", NULL, NULL),
                             fallback, NDR_NUL);
    desk_read(&d);
    sprintf(class_words, "%.60s", strstr(d.parts->user, "joe@contoso.com\n"));
    desk_reset(&d);
    ndr_recipient_set_status(desk_add(&d, "joe@contoso.com", NULL, NULL),
                             codes[_i], NDR_NUL);
    desk_read(&d);
    sprintf(words, "%.60s", strstr(d.parts->user, "joe@contoso.com\n"));
    ck_assert_str_ne(words, class_words);
}
END_TEST

START_TEST(s12_server_is_named_once_per_block_if_remote)
{
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_add(&d, "ann@contoso.com", "mx.contoso.com", "552 5.2.2 full");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->user, "mx.contoso.com"), 2);
    ck_assert_uint_eq(html_user_count("mx.contoso.com"), 2);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->user, "The server"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "The server"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "<p></p>"), 0);
    ck_assert_uint_eq(parts_count(d.parts->user, "\n\n\n\n"), 0);
}
END_TEST

START_TEST(s13_each_failed_address_has_its_line)
{
    static const char *const all[] = {"joe@contoso.com", "ann@contoso.com",
                                      "eve@fabrikam.example"};
    size_t i;

    for (i = 0; i < 3; i++)
        desk_add(&d, all[i], NULL, i == 1 ? "552 5.2.2 x" : "550 5.1.1 x");
    desk_read(&d);
    for (i = 0; i < 3; i++) {
        ck_assert(parts_has_line(d.parts->user, all[i]));
        ck_assert_uint_eq(html_user_count(all[i]), 1);
    }
}
END_TEST

START_TEST(s14_the_reason_is_below_the_address)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 a");
    desk_add(&d, "ann@contoso.com", NULL, "552 5.2.2 b");
    desk_add(&d, "eve@contoso.com", NULL, "550 5.1.1 c");
    desk_read(&d);
    /* those that share a reason: nothing between */
    parts_place(d.parts->user, "joe@contoso.com\neve@contoso.com\n\n  No such");
    parts_place(d.parts->user, "ann@contoso.com\n\n  The mailbox is full");
    ck_assert_uint_lt(parts_place(d.parts->user, "No such mailbox"),
                      parts_place(d.parts->user, "ann@contoso.com"));
    ck_assert_uint_lt(parts_place(d.parts->html_text, "eve@contoso.com"),
                      parts_place(d.parts->html_text, "No such mailbox"));
    ck_assert_uint_lt(parts_place(d.parts->html_text, "No such mailbox"),
                      parts_place(d.parts->html_text, "ann@contoso.com"));
}
END_TEST

START_TEST(s15_the_user_text_can_be_changed_and_back)
{
    catalog = desk_words(&d, "Status: 5.1.1\n\nOur own words.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->user, "Our own words.");
    ck_assert_uint_eq(html_user_count("Our own words."), 1);
    ck_assert_uint_eq(parts_count(d.parts->text, "No such mailbox"), 0);
    ndr_profile_set_catalog(d.profile, NULL);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    parts_place(desk_read(&d)->user, "No such mailbox");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seed");
    TCase *tcase = tcase_create("seed");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, s01_a_report_goes_to_the_sender_and_nobody_else);
    tcase_add_test(tcase, s02_it_holds_code_details_and_steps);
    tcase_add_test(tcase, s03_non_delivery_is_one_kind_of_five);
    tcase_add_test(tcase, s04_there_are_two_sections);
    tcase_add_test(tcase, s05_the_user_section_comes_first);
    tcase_add_test(tcase,
                   s07_the_original_headers_end_the_administrator_section);
    tcase_add_test(tcase, s09_the_user_text_is_the_generating_servers);
    tcase_add_loop_test(tcase, s10_each_text_states_a_cause, 0, 27);
    tcase_add_test(tcase, s12_server_is_named_once_per_block_if_remote);
    tcase_add_test(tcase, s13_each_failed_address_has_its_line);
    tcase_add_test(tcase, s14_the_reason_is_below_the_address);
    tcase_add_test(tcase, s15_the_user_text_can_be_changed_and_back);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
