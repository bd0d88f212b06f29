/* SPDX-License-Identifier: ISC */
/*
 * The description of Exchange's reports, statement by statement: what a custom
 * message can hold (S16 to S18). Each case bears the id of its row.
 */
#include "desk.h"
#include "test.h"

#include <string.h>

#define OWN                                                                    \
    "Status: 5.1.1\n\nCall +49 30 1234-5678 ext. 90, or see "                  \
    "<a href=\"https://help.example.com/a?b=c&d\">our page</a>, write to "     \
    "<a href=\"mailto:help@example.com\">us</a>, dial "                        \
    "<a href=\"tel:+4930\">here</a>."

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

static void fail_joe(void)
{
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_read(&d);
}

START_TEST(s16_a_telephone_number_is_shown_whole)
{
    catalog = desk_words(&d, OWN);
    fail_joe();
    parts_place(d.parts->html_text, "+49 30 1234-5678 ext. 90");
    parts_place(d.parts->user, "+49 30 1234-5678");
}
END_TEST

START_TEST(s17_a_link_is_live_in_html_and_shown_in_text)
{
    catalog = desk_words(&d, OWN);
    fail_joe();
    ck_assert_uint_eq(parts_count(d.parts->html, "<a "), 3);
    ck_assert_uint_eq(
        parts_count(d.parts->html,
                    "href=\"https://help.example.com/a?b=c&amp;d\""),
        1);
    parts_place(d.parts->user, "<https://help.example.com/a?b=c&d>");
    parts_place(d.parts->user, "<mailto:help@example.com>");
    parts_place(d.parts->user, "<tel:+4930>");
}
END_TEST

static const char *const others[] = {
    "javascript:x", "ftp://a/", "data:x",    "file:///etc/passwd",
    "//a/",         "http:/a",  "vbscript:x"};

START_TEST(s17_other_schemes_are_refused)
{
    char entry[120] = "Status: 5.1.1\n\n<a href=\"";

    strcat(entry, others[_i]);
    strcat(entry, "\">x</a>");
    ck_assert_int_eq(ndr_catalog_new(&catalog, NULL), NDR_OK);
    ck_assert_int_eq(ndr_catalog_add(catalog, entry, NDR_NUL), NDR_E_TEMPLATE);
}
END_TEST

/* But for names that depend on all octets: Message-ID and boundaries. */
START_TEST(s18_only_the_user_text_changes)
{
    static char admin[8192], status[4096], subject[200];

    fail_joe();
    strcpy(admin, d.parts->admin);
    strcpy(status, d.parts->status);
    strcpy(subject, parts_field(d.parts, d.parts->header, "Subject"));
    desk_reset(&d);
    catalog = desk_words(&d, OWN);
    fail_joe();
    ck_assert_str_eq(d.parts->admin, admin);
    ck_assert_str_eq(d.parts->status, status);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Subject"), subject);
    ck_assert_uint_eq(parts_count(d.parts->user, "No such mailbox"), 0);
    parts_place(d.parts->user, "Your message was not delivered.\n");
    parts_place(d.parts->user, "The server mx.contoso.com refused");
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("seed_words");
    TCase *tcase = tcase_create("seed_words");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, s16_a_telephone_number_is_shown_whole);
    tcase_add_test(tcase, s17_a_link_is_live_in_html_and_shown_in_text);
    tcase_add_loop_test(tcase, s17_other_schemes_are_refused, 0, COUNT(others));
    tcase_add_test(tcase, s18_only_the_user_text_changes);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
