/* SPDX-License-Identifier: ISC */
/*
 * Every language, for every code that has words of its own, inside and outside
 * the organisation: the report is built, its text and its HTML say the same,
 * and nothing of it is English but the values.
 */
#include "desk.h"
#include "test.h"
#include "words/languages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
}

static void teardown(void)
{
    desk_close(&d);
}

static const char *const codes[] = {
    "5.0.0",  "5.1.0",  "5.1.1",  "5.1.2",  "5.1.3",  "5.1.4",  "5.1.6",
    "5.1.7",  "5.1.8",  "5.1.10", "5.2.0",  "5.2.1",  "5.2.2",  "5.2.3",
    "5.2.4",  "5.3.0",  "5.3.3",  "5.3.4",  "5.3.5",  "5.4.0",  "5.4.1",
    "5.4.3",  "5.4.4",  "5.4.5",  "5.4.6",  "5.5.0",  "5.5.1",  "5.5.2",
    "5.5.3",  "5.5.4",  "5.5.6",  "5.6.0",  "5.6.1",  "5.6.3",  "5.6.7",
    "5.7.0",  "5.7.1",  "5.7.3",  "5.7.8",  "5.7.12", "5.7.13", "5.7.20",
    "5.7.21", "5.7.22", "5.7.23", "5.7.24", "5.7.25", "5.7.26", "5.7.27",
    "5.7.30", "4.3.1",  "4.3.2",  "4.4.1",  "4.4.2",  "4.4.7",  "4.7.0",
    "4.7.1",  "5.99.1", "4.99.1"};

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* Without blanks, line ends, the rule and the numbers of steps, which HTML does
   not have as text. */
static char *squeeze(char *to, const char *from)
{
    char *begin = to;
    int fresh = 1; /* at the beginning of a line, but for blanks */

    for (; *from != '\0'; from++) {
        if (strncmp(from, "--------", 8) == 0)
            from += strspn(from, "-");
        if (fresh && *from >= '1' && *from <= '9' && from[1] == '.' &&
            from[2] == ' ')
            from += 2;
        if (*from == '\n')
            fresh = 1;
        else if (*from != ' ')
            fresh = 0;
        if (*from != '\n' && *from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    return begin;
}

/* The title of the document goes before the text. */
static void assert_text_is_html(void)
{
    static char text[65536], html[65536];
    const char *found;

    squeeze(text, d.parts->text);
    squeeze(html, d.parts->html_text);
    found = strstr(html, text);
    if (found == NULL) {
        size_t at = strlen(html) - strlen(text), i;

        for (i = 0; text[i] != '\0' && html[at + i] == text[i]; i++)
            continue;
        ck_abort_msg("text: %.300s\nHTML: %.300s", text + i, html + at + i);
    }
}

/* Lines of the English report that are words, not values. */
static void assert_not_english(const char *english)
{
    static const char *const values[] = {
        "joe@contoso.com", "From:",     "To:",  "Subject:", "Date:",
        "Message-ID:",     "Received:", " by ", "----"};
    char line[200];

    for (; *english != '\0'; english += strcspn(english, "\n") + 1) {
        size_t length = strcspn(english, "\n"), i;

        if (length < 12 || length >= sizeof(line))
            continue;
        for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
            if (strncmp(english, values[i], strlen(values[i])) == 0)
                break;
        if (i < sizeof(values) / sizeof(values[0]))
            continue;
        sprintf(line, "%.*s\n", (int) length, english);
        ck_assert_msg(strstr(d.parts->text, line) == NULL, "English: %s", line);
    }
}

static void make(const char *language, const char *code, int action)
{
    ndr_recipient *joe;

    desk_reset(&d);
    ndr_report_set_language(d.report, language, NDR_NUL);
    joe = desk_add_action(&d, "joe@contoso.com", action, code);
    ndr_recipient_set_remote_server(joe, "mx.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(joe, "550 no", NDR_NUL);
    ndr_recipient_set_retry_until(joe, DESK_DATE + 99999, 60);
    desk_read(&d);
}

/* Languages are taken by place; those that are left out have none. */
#define LANGUAGES 18

static const ndri_words *language_at(int place)
{
    int i;

    for (i = 0; i < place; i++)
        if (ndri_languages_at((size_t) i) == NULL)
            return NULL;
    return ndri_languages_at((size_t) place);
}

START_TEST(each_language_says_all_of_it)
{
    const ndri_words *words = language_at(_i / 2);
    char *english;
    int i, action;

    ndr_profile_set_audience(d.profile, _i % 2);
    for (i = 0; words != NULL && i < COUNT(codes); i++) {
        for (action = NDR_ACTION_FAILED; action <= NDR_ACTION_DELAYED;
             action++) {
            if (action == NDR_ACTION_DELAYED && codes[i][0] != '4')
                continue;
            make("en", codes[i], action);
            english = malloc(strlen(d.parts->text) + 1);
            strcpy(english, d.parts->text);
            make(words->language, codes[i], action);
            assert_text_is_html();
            ck_assert_str_eq(
                parts_field(d.parts, d.parts->text_head, "Content-Language"),
                words->language);
            if (words != &ndri_words_en)
                assert_not_english(english);
            free(english);
        }
    }
}
END_TEST

START_TEST(each_language_tells_success)
{
    const ndri_words *words = ndri_languages_at(0);
    int action, i;

    for (i = 0; words != NULL; words = ndri_languages_at((size_t) ++i)) {
        for (action = NDR_ACTION_DELIVERED; action <= NDR_ACTION_EXPANDED;
             action++) {
            char *english;

            make("en", "2.0.0", action);
            english = malloc(strlen(d.parts->text) + 1);
            strcpy(english, d.parts->text);
            make(words->language, "2.0.0", action);
            assert_text_is_html();
            if (words != &ndri_words_en)
                assert_not_english(english);
            free(english);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("languages");
    TCase *tcase = tcase_create("languages");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, each_language_says_all_of_it, 0, 2 * LANGUAGES);
    tcase_add_test(tcase, each_language_tells_success);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
