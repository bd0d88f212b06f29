/* SPDX-License-Identifier: ISC */
/* Catalogs of an administrator: entries that come before the built-in ones, and
   resolvers, what they are asked, and what becomes of their answers. */
#include "desk.h"
#include "test.h"
#include "words/catalog.h"

#include <string.h>

static desk d;
static ndr_catalog *catalog;

static void setup(void)
{
    desk_open(&d);
    ck_assert_int_eq(ndr_catalog_new(&catalog, NULL), NDR_OK);
    ck_assert_int_eq(ndr_profile_set_catalog(d.profile, catalog), NDR_OK);
}

static void teardown(void)
{
    desk_close(&d);
    ndr_catalog_free(catalog);
}

static void add(const char *entry)
{
    ck_assert_msg(ndr_catalog_add(catalog, entry, NDR_NUL) == NDR_OK, "%s",
                  ndr_catalog_error_detail(catalog));
}

/* ---- entries ---- */

START_TEST(arguments_that_are_mistakes_are_refused)
{
    ck_assert_int_eq(ndr_catalog_new(NULL, NULL), NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_add(NULL, "x", NDR_NUL), NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_add(catalog, NULL, 0), NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_set_resolver(NULL, NULL, NULL), NDR_E_INVALID);
    ck_assert_int_eq(ndr_answer_set_entry(NULL, "x", NDR_NUL), NDR_E_INVALID);
    ck_assert_str_eq(ndr_catalog_error_detail(NULL), "");
    ndr_catalog_free(NULL);
}
END_TEST

START_TEST(a_length_over_256_mib_is_refused_unread)
{
    ck_assert_int_eq(ndr_catalog_add(catalog, "x", ((size_t) 1 << 28) + 1),
                     NDR_E_INVALID);
    ck_assert_str_eq(ndr_catalog_error_detail(catalog),
                     "line 1: expected at most 1 MiB");
}
END_TEST

START_TEST(error_detail_tells_of_the_last_call_that_failed)
{
    ck_assert_str_eq(ndr_catalog_error_detail(catalog), "");
    ck_assert_int_eq(ndr_catalog_add(catalog, "Status: 5\n\nx", NDR_NUL),
                     NDR_E_TEMPLATE);
    ck_assert_str_eq(ndr_catalog_error_detail(catalog),
                     "line 1: expected a status: X.Y.Z, *.Y.Z, X.Y.* or X.*");
    add("Status: 5.1.1\n\nOurs.");
    ck_assert_int_eq(ndr_catalog_add(catalog, "Status: 5.1.1\n\n<i>", NDR_NUL),
                     NDR_E_TEMPLATE);
    ck_assert_str_eq(ndr_catalog_error_detail(catalog),
                     "line 3: expected one of <b> <em> <br> <p> "
                     "<a href=\"\">, or &lt; for a bracket");
}
END_TEST

START_TEST(a_length_ends_an_entry)
{
    ck_assert_int_eq(ndr_catalog_add(catalog, "Status: 5.1.1\n\nOurs {", 19),
                     NDR_OK);
    ck_assert_int_eq(ndri_catalog_words(catalog).count, 1);
    ck_assert_str_eq(ndri_catalog_words(catalog).pool +
                         ndri_catalog_words(catalog).entries[0].text,
                     "Ours");
}
END_TEST

START_TEST(a_custom_entry_comes_before_any_built_in_one)
{
    add("Status: 5.*\n\nOurs for the class.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    desk_add(&d, "ann@contoso.com", NULL, "450 4.2.2 full");
    desk_read(&d);
    parts_place(d.parts->user, "Ours for the class.");
    ck_assert_uint_eq(parts_count(d.parts->user, "No such mailbox"), 0);
    parts_place(d.parts->user, "The mailbox is full");
}
END_TEST

START_TEST(an_entry_in_another_language_is_not_used)
{
    add("Status: 5.1.1\nLanguage: de\n\nUnsere.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    ck_assert_uint_eq(parts_count(desk_read(&d)->user, "Unsere."), 0);
}
END_TEST

START_TEST(without_the_catalog_the_built_in_words_are_back)
{
    add("Status: 5.1.1\n\nOurs.");
    ck_assert_int_eq(ndr_profile_set_catalog(d.profile, NULL), NDR_OK);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    parts_place(desk_read(&d)->user, "No such mailbox");
}
END_TEST

/* ---- resolvers ---- */

/* What a resolver of these tests was asked, and what it does. */
typedef struct script {
    int result;
    const char *entries[2]; /* set one after the other */
    int set[2];             /* what that returned */
    unsigned calls;
    char asked[8][200];
} script;

static int play(void *user, const ndr_query *query, ndr_answer *answer)
{
    script *s = user;
    size_t i;

    if (s->calls < 8) {
        char *line = s->asked[s->calls];

        line[0] = (char) ('0' + ndr_query_audience(query));
        line[1] = (char) ('0' + ndr_query_action(query));
        line[2] = ' ';
        strcpy(line + 3, ndr_query_status(query));
        strcat(line, " ");
        strcat(line, ndr_query_language(query));
        strcat(line, " ");
        strncat(line, ndr_query_reply(query), 150);
    }
    s->calls++;
    for (i = 0; i < 2 && s->entries[i] != NULL; i++)
        s->set[i] = ndr_answer_set_entry(answer, s->entries[i], NDR_NUL);
    return s->result;
}

static script s;

static void use(int result, const char *entry)
{
    memset(&s, 0, sizeof(s));
    s.result = result;
    s.entries[0] = entry;
    ck_assert_int_eq(ndr_catalog_set_resolver(catalog, play, &s), NDR_OK);
}

START_TEST(a_resolver_is_asked_what_the_words_are_for)
{
    use(NDR_END, NULL);
    ndr_profile_set_audience(d.profile, NDR_AUDIENCE_INTERNAL);
    desk_add(&d, "joe@contoso.com", NULL, "550-5.1.1 no\tsuch\r\n550 user\xE4");
    desk_add_action(&d, "ann@contoso.com", NDR_ACTION_DELAYED, "4.2.2");
    desk_read(&d);
    ck_assert_uint_eq(s.calls, 2);
    ck_assert_str_eq(s.asked[0],
                     "10 5.1.1 en 550-5.1.1 no such\n550 user\\xE4");
    ck_assert_str_eq(s.asked[1], "11 4.2.2 en ");
}
END_TEST

START_TEST(a_resolver_is_asked_once_for_each_question)
{
    use(NDR_OK, "\nOurs at {recipient_domain}.");
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 unknown");
    desk_add(&d, "ann@contoso.com", "mx.contoso.com", "550 5.1.1 unknown");
    desk_add(&d, "bob@fabrikam.example", NULL, "550 5.1.1 unknown");
    desk_add(&d, "eve@contoso.com", NULL, "550 5.1.1 gone");
    desk_add(&d, "sue@contoso.com", NULL, "550 5.1.2 unknown");
    desk_read(&d);
    ck_assert_uint_eq(s.calls, 3);
    parts_place(d.parts->user, "Ours at contoso.com.");
    parts_place(d.parts->user, "Ours at fabrikam.example.");
}
END_TEST

START_TEST(a_resolver_is_not_asked_for_who_is_due_nothing)
{
    use(NDR_END, NULL);
    ndr_recipient_set_notify(desk_add(&d, "a@contoso.com", NULL, "550 no"),
                             NDR_NOTIFY_NEVER);
    ndr_recipient_set_text(desk_add(&d, "b@contoso.com", NULL, "550 no"),
                           "Own words.", NDR_NUL);
    desk_read(&d);
    ck_assert_uint_eq(s.calls, 0);
}
END_TEST

START_TEST(an_answer_is_used_as_it_is)
{
    use(NDR_OK, "Status: 2.0.0\nLanguage: de\nAudience: internal\n"
                "Action: expanded\nReply-Match: never\nSubject: Ours\n"
                "Move: recipient\n\nBetter words.\n1. Smile.\n");
    add("Status: 5.1.1\n\nOther words.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    desk_read(&d);
    ck_assert_int_eq(s.set[0], NDR_OK);
    parts_place(d.parts->user, "Better words.");
    parts_place(d.parts->user, "Who can fix it: the recipient\n");
    parts_place(d.parts->user, "  1. Smile.\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "Subject"),
                     "Undeliverable: Ours");
    ck_assert_ptr_null(ndr_report_notes(d.report, 0));
}
END_TEST

START_TEST(no_answer_falls_to_the_entries_without_a_note)
{
    use(NDR_END, NULL);
    add("Status: 5.1.1\n\nOther words.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    parts_place(desk_read(&d)->user, "Other words.");
    ck_assert_ptr_null(ndr_report_notes(d.report, 0));
}
END_TEST

/* Failures of a resolver: other words, and a note. */
static const struct {
    int result;
    const char *entry;
} failures[] = {
    {NDR_E_TEMPLATE, NULL},
    {NDR_E_INVALID, NULL},
    {NDR_E_NOMEM, NULL}, /* of its own store */
    {-1000, NULL},
    {7, NULL},
    {-1000, "\nNot used."},
    {NDR_END, "\nNot used either."},
    {NDR_E_TEMPLATE, "\nBad {x}"},
    {NDR_OK, "\nBad {x}"}, /* an answer that cannot be read */
    {NDR_OK, "\nBad \xFF"},
};

START_TEST(a_failure_falls_to_the_entries_with_a_note)
{
    use(failures[_i].result, failures[_i].entry);
    add("Status: 5.1.1\n\nOther words.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    parts_place(desk_read(&d)->user, "Other words.");
    if (failures[_i].result == NDR_END)
        return;
    ck_assert_ptr_nonnull(ndr_report_notes(d.report, 0));
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "recipient 1: resolver: no usable answer; other words are "
                     "used");
    ck_assert_ptr_null(ndr_report_notes(d.report, 1));
}
END_TEST

START_TEST(an_answer_set_twice_is_the_second)
{
    use(NDR_OK, "\nFirst words.");
    s.entries[1] = "\nSecond words.";
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    parts_place(desk_read(&d)->user, "Second words.");
}
END_TEST

START_TEST(an_answer_lives_as_long_as_the_report)
{
    use(NDR_OK, "\nBetter words for {recipient}.");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    desk_add(&d, "ann@contoso.com", NULL, "450 4.1.1 unknown");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_catalog_set_resolver(catalog, NULL, NULL), NDR_OK);
    desk_read(&d);
    parts_place(d.parts->user, "Better words for joe@contoso.com.");
    parts_place(d.parts->user, "Better words for ann@contoso.com.");
}
END_TEST

START_TEST(an_answer_names_its_mistake_to_the_resolver)
{
    use(NDR_OK, "\nBad {x}");
    s.entries[1] = "\nGood words.";
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 unknown");
    parts_place(desk_read(&d)->user, "Good words.");
    ck_assert_int_eq(s.set[0], NDR_E_TEMPLATE);
    ck_assert_int_eq(s.set[1], NDR_OK);
}
END_TEST

START_TEST(a_status_of_ours_is_asked_as_it_is_printed)
{
    use(NDR_END, NULL);
    desk_add(&d, "joe@contoso.com", NULL, "450 no code");
    desk_read(&d);
    ck_assert_str_eq(s.asked[0], "00 4.0.0 en 450 no code");
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("catalog");
    TCase *tcase = tcase_create("entries");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, arguments_that_are_mistakes_are_refused);
    tcase_add_test(tcase, a_length_over_256_mib_is_refused_unread);
    tcase_add_test(tcase, error_detail_tells_of_the_last_call_that_failed);
    tcase_add_test(tcase, a_length_ends_an_entry);
    tcase_add_test(tcase, a_custom_entry_comes_before_any_built_in_one);
    tcase_add_test(tcase, an_entry_in_another_language_is_not_used);
    tcase_add_test(tcase, without_the_catalog_the_built_in_words_are_back);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("resolvers");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_resolver_is_asked_what_the_words_are_for);
    tcase_add_test(tcase, a_resolver_is_asked_once_for_each_question);
    tcase_add_test(tcase, a_resolver_is_not_asked_for_who_is_due_nothing);
    tcase_add_test(tcase, an_answer_is_used_as_it_is);
    tcase_add_test(tcase, no_answer_falls_to_the_entries_without_a_note);
    tcase_add_loop_test(tcase, a_failure_falls_to_the_entries_with_a_note, 0,
                        COUNT(failures));
    tcase_add_test(tcase, an_answer_set_twice_is_the_second);
    tcase_add_test(tcase, an_answer_lives_as_long_as_the_report);
    tcase_add_test(tcase, an_answer_names_its_mistake_to_the_resolver);
    tcase_add_test(tcase, a_status_of_ours_is_asked_as_it_is_printed);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
