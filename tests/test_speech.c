/* SPDX-License-Identifier: ISC */
/* In which languages a report speaks: who asks, what is found, and how several
   of them share one report. */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
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

static const char *spoken(void)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    return parts_field(d.parts, d.parts->text_head, "Content-Language");
}

static void original_of(const char *fields)
{
    static char original[400];

    snprintf(original, sizeof(original), "From: a@b\r\n%s\r\n", fields);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
}

/* Asked for, what the original says, the profile's, what is spoken. */
static const struct {
    const char *asked, *original, *profile, *spoken;
} sources[] = {
    {NULL, "", NULL, "en"},
    {"de", "", NULL, "de"},
    {"DE", "", NULL, "de"},
    {"de-AT", "", NULL, "de"},
    {"de-Latn-AT-1996", "", NULL, "de"},
    {"zh", "", NULL, "zh-Hans"},
    {"zh-TW", "", NULL, "zh-Hant"},
    {"zh-Hant-HK", "", NULL, "zh-Hant"},
    {"ZH-CHS", "", NULL, "zh-Hans"},
    {"ZH-CHT", "", NULL, "zh-Hant"},
    {"iw", "", NULL, "he"},
    {"pt-BR", "", NULL, "pt"},
    {"tlh", "", NULL, "en"},
    {"tlh, fr", "", NULL, "fr"},
    {"", "", "it", "it"},
    {"de", "", "it", "de"},
    {"tlh", "", "it", "it"},
    {"tlh", "", "tlh", "en"},
    {NULL, "Content-Language: fr\r\n", "it", "fr"},
    {NULL, "Content-Language: tlh, fr\r\n", "it", "fr"},
    {NULL, "Content-Language: tlh\r\n", "it", "it"},
    {NULL, "Accept-Language: fr-CH, de;q=0.9\r\n", "it", "fr"},
    {NULL, "Accept-Language: tlh, nl;q=0.2, de;q=0.9, *;q=0.1\r\n", "it", "de"},
    {NULL, "Accept-Language: de;q=0.000, nl;q=0.001\r\n", "it", "nl"},
    {NULL, "Accept-Language: de;q=0\r\n", "it", "it"},
    {NULL, "Accept-Language: ,;q=1,\"x, de\r\n", "it", "de"},
    {NULL, "Content-Language: nl\r\nAccept-Language: de\r\n", "it", "nl"},
    {"uk", "Content-Language: nl\r\n", "it", "uk"},
    {"nl, de,nl en", "", NULL, "nl, de, en"},
    {NULL, "", "sv,tlh,pt", "sv, pt"},
};

START_TEST(the_first_who_asks_is_heard)
{
    ndr_profile_set_language(d.profile, sources[_i].profile, NDR_NUL);
    ndr_profile_set_language_detection(d.profile, NDR_DETECTION_ON);
    ndr_report_set_language(d.report, sources[_i].asked, NDR_NUL);
    original_of(sources[_i].original);
    ck_assert_str_eq(spoken(), sources[_i].spoken);
}
END_TEST

START_TEST(nothing_is_detected_unless_asked)
{
    original_of("Content-Language: fr\r\n");
    ck_assert_str_eq(spoken(), "en");
}
END_TEST

static const char *const no_lists[] = {"e!", "a b c d e f g h i", "de;fr",
                                       "toolongasubtag", "de-"};

START_TEST(what_is_no_list_of_tags_is_refused)
{
    char detail[200];

    ck_assert_int_eq(ndr_report_set_language(d.report, no_lists[_i], NDR_NUL),
                     NDR_E_INVALID);
    sprintf(detail,
            "language \"%s\": expected up to 8 tags, such as en or pt-BR",
            no_lists[_i]);
    desk_failed(&d, NDR_E_INVALID, detail);
    ck_assert_int_eq(ndr_profile_set_language(d.profile, no_lists[_i], NDR_NUL),
                     NDR_E_INVALID);
    ck_assert_str_eq(ndr_profile_error_detail(d.profile), detail);
}
END_TEST

START_TEST(labels_dates_and_words_are_of_the_language)
{
    ndr_report_set_language(d.report, "de", NDR_NUL);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->user, "Dienstag, 24. November 2026, 16:05");
    ck_assert_uint_eq(parts_count(d.parts->text, "Your message"), 0);
    ck_assert_uint_eq(parts_count(d.parts->status, "Action: failed"), 1);
}
END_TEST

START_TEST(each_language_of_a_list_has_a_whole_user_section)
{
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    ndr_report_set_language(d.report, "nl,en,he", NDR_NUL);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_add(&d, "ann@example.com", NULL, "552 5.2.2 full");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "Subject: Undeliverable"), 0);
    ck_assert(parts_place(d.parts->text, "Nederlands\n") <
              parts_place(d.parts->text, "English\n"));
    ck_assert(parts_place(d.parts->text, "English\n") <
              parts_place(d.parts->text, "Your message was not delivered to "
                                         "these recipients."));
    ck_assert_uint_eq(parts_count(d.parts->text, "\njoe@contoso.com\n"), 3);
    ck_assert_uint_eq(parts_count(d.parts->text, "\nann@example.com\n"), 3);
    ck_assert_uint_eq(parts_count(d.parts->text, "mail1.example.com\n"), 1);
    ck_assert_uint_eq(
        parts_count(d.parts->html, "<div lang=\"nl\" dir=\"ltr\""), 1);
    ck_assert_uint_eq(
        parts_count(d.parts->html, "<div lang=\"he\" dir=\"rtl\""), 1);
    ck_assert_uint_eq(parts_count(d.parts->html, "<h1"), 1);
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->text_head, "Content-Language"),
        "nl, en, he");
}
END_TEST

START_TEST(an_administrators_words_speak_their_language)
{
    catalog = desk_words(&d, "Status: 5.1.1\nLanguage: cy\n\nDim blwch post.");
    ndr_report_set_language(d.report, "cy", NDR_NUL);
    ck_assert_str_eq(spoken(), "cy");
    parts_place(d.parts->user, "Dim blwch post.");
    parts_place(d.parts->user, "Your message was not delivered.");
}
END_TEST

START_TEST(words_of_another_language_do_not_speak)
{
    catalog = desk_words(&d, "Status: 5.1.1\nLanguage: de\n\nKein Postfach.");
    ck_assert_str_eq(spoken(), "en");
    ck_assert_uint_eq(parts_count(d.parts->text, "Kein Postfach."), 0);
    desk_reset(&d);
    ndr_report_set_language(d.report, "de-CH", NDR_NUL);
    spoken();
    parts_place(d.parts->user, "Kein Postfach.");
}
END_TEST

static int asked(void *user, const ndr_query *query, ndr_answer *answer)
{
    char entry[80];

    (void) user;
    sprintf(entry, "\nIn %s.", ndr_query_language(query));
    return ndr_answer_set_entry(answer, entry, NDR_NUL);
}

START_TEST(a_resolver_is_asked_in_each_language)
{
    ck_assert_int_eq(ndr_catalog_new(&catalog, NULL), NDR_OK);
    ndr_catalog_set_resolver(catalog, asked, NULL);
    ndr_profile_set_catalog(d.profile, catalog);
    ndr_report_set_language(d.report, "de-AT,en", NDR_NUL);
    spoken();
    parts_place(d.parts->user, "In de-AT.");
    parts_place(d.parts->user, "In en.");
}
END_TEST

/* ---- letters ---- */

START_TEST(japanese_lines_end_between_letters)
{
    const char *line;

    ndr_report_set_language(d.report, "ja", NDR_NUL);
    ck_assert_str_eq(spoken(), "ja");
    for (line = d.parts->user; *line != '\0'; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");

        ck_assert_msg(length <= 110, "%.*s", (int) length, line);
        ck_assert_msg(strncmp(line, "\xE3\x80\x82", 3) != 0, "%.*s",
                      (int) length, line);
    }
}
END_TEST

/* ---- the organisation ---- */

START_TEST(the_organisation_stands_at_the_head)
{
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    ck_assert_int_eq(ndr_profile_set_organisation(d.profile,
                                                  "Caf\xC3\xA9 <&> Co", NDR_NUL,
                                                  "#0B57c2", NDR_NUL),
                     NDR_OK);
    spoken();
    ck_assert_uint_eq(parts_place(d.parts->user, "Caf\xC3\xA9 <&> Co\n\n"), 0);
    parts_place(d.parts->html, "Caf\xC3\xA9 &lt;&amp;&gt; Co");
    parts_place(d.parts->html, ";border-top:4px solid #0B57c2");
}
END_TEST

static const struct {
    const char *name, *accent, *detail;
} organisations[] = {
    {"a\nb", NULL,
     "organisation \"a\\x0Ab\": expected up to 200 octets of UTF-8 without "
     "control characters"},
    {"a", "red", "accent \"red\": expected a colour, such as #0b57c2"},
    {"a", "#0b57c", "accent \"#0b57c\": expected a colour, such as #0b57c2"},
    {"a", "#0b57cg", "accent \"#0b57cg\": expected a colour, such as #0b57c2"},
    {"a", "#fff;x:", "accent \"#fff;x:\": expected a colour, such as #0b57c2"},
};

START_TEST(a_bad_organisation_is_refused)
{
    ck_assert_int_eq(
        ndr_profile_set_organisation(d.profile, organisations[_i].name, NDR_NUL,
                                     organisations[_i].accent, NDR_NUL),
        NDR_E_TEXT);
    ck_assert_str_eq(ndr_profile_error_detail(d.profile),
                     organisations[_i].detail);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("speech");
    TCase *tcase = tcase_create("speech");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, the_first_who_asks_is_heard, 0, COUNT(sources));
    tcase_add_test(tcase, nothing_is_detected_unless_asked);
    tcase_add_loop_test(tcase, what_is_no_list_of_tags_is_refused, 0,
                        COUNT(no_lists));
    tcase_add_test(tcase, labels_dates_and_words_are_of_the_language);
    tcase_add_test(tcase, each_language_of_a_list_has_a_whole_user_section);
    tcase_add_test(tcase, an_administrators_words_speak_their_language);
    tcase_add_test(tcase, words_of_another_language_do_not_speak);
    tcase_add_test(tcase, a_resolver_is_asked_in_each_language);
    tcase_add_test(tcase, japanese_lines_end_between_letters);
    tcase_add_test(tcase, the_organisation_stands_at_the_head);
    tcase_add_loop_test(tcase, a_bad_organisation_is_refused, 0,
                        COUNT(organisations));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
