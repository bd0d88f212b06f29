/* SPDX-License-Identifier: ISC */
/* Choosing among entries: what fits, what fits better, what a Reply-Match finds
   in a reply. And the built-in words: the same as their source says. */
#include "test.h"
#include "words/entry.h"
#include "words/languages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ndr_allocator standard;
static ndri_store store;
static ndr_query query;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_store_init(&store, &standard);
    memset(&query, 0, sizeof(query));
    query.language = "en";
    query.reply = "";
}

static void teardown(void)
{
    ndri_store_release(&store);
}

/* Add an entry of header lines; its text is their first line. */
static void add(const char *headers)
{
    ndri_buf source;
    size_t line = strcspn(headers, "\n");

    ndri_buf_init(&source, &standard, NDRI_BUF_CAP);
    ndri_buf_add_text(&source, headers);
    ndri_buf_add_text(&source, "\n\n");
    ndri_buf_add(&source, ndri_span_from(headers, line));
    ck_assert_msg(ndri_store_add(&store, ndri_buf_span(&source), 1) == NDR_OK,
                  "%s: %s", headers, store.detail);
    ndri_buf_release(&source);
}

/* The text of the entry chosen; "" if there is none. */
static const char *choose(const char *status)
{
    ndri_words words = ndri_store_words(&store);
    ndri_choice choice;

    ck_assert(ndri_status_parse(ndri_span_of(status), &query.status));
    choice = ndri_words_choose(&words, &query);
    return choice.entry == NULL ? "" : choice.pool + choice.entry->text;
}

START_TEST(nothing_is_chosen_from_nothing)
{
    ck_assert_str_eq(choose("5.1.1"), "");
}
END_TEST

static const struct {
    const char *pattern, *fits[4], *fails[6];
} patterns[] = {
    {"5.1.1", {"5.1.1"}, {"4.1.1", "5.1.10", "5.1.2", "5.2.1", "5.1.11"}},
    {"*.1.1", {"5.1.1", "4.1.1", "2.1.1"}, {"5.1.2", "5.2.1", "4.1.10"}},
    {"5.1.*", {"5.1.1", "5.1.0", "5.1.999"}, {"4.1.1", "5.10.1", "5.2.1"}},
    {"5.*", {"5.0.0", "5.1.1", "5.999.999"}, {"4.0.0", "2.0.0"}},
    {"4.*", {"4.0.0", "4.1.1", "4.999.999"}, {"5.0.0", "2.0.0"}},
    {"2.*", {"2.0.0", "2.1.5"}, {"5.0.0", "4.0.0"}},
    {"5.7.999", {"5.7.999"}, {"5.7.99"}},
};

START_TEST(each_pattern_fits_its_codes_only)
{
    size_t i;
    char line[40];

    sprintf(line, "Status: %s", patterns[_i].pattern);
    add(line);
    for (i = 0; i < 4 && patterns[_i].fits[i] != NULL; i++)
        ck_assert_str_eq(choose(patterns[_i].fits[i]), line);
    for (i = 0; i < 6 && patterns[_i].fails[i] != NULL; i++)
        ck_assert_str_eq(choose(patterns[_i].fails[i]), "");
}
END_TEST

static const char *const by_exactness[] = {"Status: 5.*", "Status: 5.1.*",
                                           "Status: *.1.1", "Status: 5.1.1"};

START_TEST(an_exact_pattern_goes_before_a_general_one)
{
    int i;

    /* in every order of adding: _i is the rotation, then the direction */
    for (i = 0; i < 4; i++)
        add(by_exactness[_i < 4 ? (_i + i) % 4 : (_i + 4 - i) % 4]);
    ck_assert_str_eq(choose("5.1.1"), "Status: 5.1.1");
    ck_assert_str_eq(choose("4.1.1"), "Status: *.1.1");
    ck_assert_str_eq(choose("5.1.2"), "Status: 5.1.*");
    ck_assert_str_eq(choose("5.2.1"), "Status: 5.*");
}
END_TEST

/* Pairs of which the first one goes first, whatever their order. */
static const struct {
    const char *better, *worse;
} ranks[] = {
    {"Status: 5.*\nReply-Match: full",
     "Status: 5.2.2\nAudience: internal\nAction: failed"},
    {"Status: 5.2.2\nReply-Match: full", "Status: 5.2.*\nReply-Match: full"},
    {"Status: *.2.2", "Status: 5.2.*\nAudience: internal\nAction: failed"},
    {"Status: 5.2.2", "Status: *.2.2\nAudience: internal\nAction: failed"},
    {"Status: 5.2.*", "Status: 5.*\nAudience: internal\nAction: failed"},
    {"Status: 5.2.2\nAudience: internal", "Status: 5.2.2\nAction: failed"},
    {"Status: 5.2.2\nAction: failed", "Status: 5.2.2"},
    {"Status: 5.2.2\nAudience: internal", "Status: 5.2.2"},
    {"Status: 5.2.2\nAudience: internal\nAction: failed",
     "Status: 5.2.2\nAudience: internal"},
    {"Status: 5.2.2\nReply-Match: full\nAction: failed",
     "Status: 5.2.2\nReply-Match: full"},
};

START_TEST(reply_match_then_status_then_audience_then_action)
{
    int pair = _i / 2;
    /* a first line of its own tells the two apart */
    char better[200], worse[200];

    sprintf(better, "Admin-Note: better\n%s", ranks[pair].better);
    sprintf(worse, "Admin-Note: worse\n%s", ranks[pair].worse);
    query.reply = "552 5.2.2 mailbox full";
    query.audience = NDR_AUDIENCE_INTERNAL;
    query.action = NDR_ACTION_FAILED;
    add(_i % 2 == 0 ? better : worse);
    add(_i % 2 == 0 ? worse : better);
    ck_assert_str_eq(choose("5.2.2"), "Admin-Note: better");
}
END_TEST

START_TEST(the_last_one_wins_a_tie)
{
    add("Status: 5.1.1");
    add("Admin-Note: second\nStatus: 5.1.1");
    ck_assert_str_eq(choose("5.1.1"), "Admin-Note: second");
    add("Admin-Note: third\nStatus: 5.1.1");
    ck_assert_str_eq(choose("5.1.1"), "Admin-Note: third");
}
END_TEST

START_TEST(audience_and_action_must_fit_if_they_are_given)
{
    add("Status: 5.1.1\nAudience: internal");
    query.audience = NDR_AUDIENCE_EXTERNAL;
    ck_assert_str_eq(choose("5.1.1"), "");
    query.audience = NDR_AUDIENCE_INTERNAL;
    ck_assert_str_eq(choose("5.1.1"), "Status: 5.1.1");
    add("Status: 5.2.2\nAction: delayed");
    query.action = NDR_ACTION_FAILED;
    ck_assert_str_eq(choose("5.2.2"), "");
    query.action = NDR_ACTION_DELAYED;
    ck_assert_str_eq(choose("5.2.2"), "Status: 5.2.2");
}
END_TEST

static const struct {
    const char *language, *wanted;
    int serves;
} languages[] = {
    {NULL, "en", 1},
    {NULL, "de", 0},
    {NULL, "en-GB", 1},
    {"de", "de", 1},
    {"de", "en", 0},
    {"DE", "de", 1},
    {"de", "de-AT", 1},
    {"de-AT", "de", 0},
    {"de-AT", "de-at", 1},
    {"de", "deu", 0},
    {"zh", "zh-Hant-TW", 1},
    {"id", "ID", 1}, /* the letters that other locales fold differently */
};

START_TEST(an_entry_serves_its_language)
{
    char headers[80] = "Status: 5.1.1";

    if (languages[_i].language != NULL)
        sprintf(headers, "Status: 5.1.1\nLanguage: %s", languages[_i].language);
    add(headers);
    query.language = languages[_i].wanted;
    ck_assert_str_eq(choose("5.1.1"),
                     languages[_i].serves ? "Status: 5.1.1" : "");
}
END_TEST

static const struct {
    const char *match, *reply;
    int found;
} replies[] = {
    {"full", "552 mailbox full", 1},
    {"full", "552 mailbox FULL", 1},
    {"FULL", "552 mailbox full", 1},
    {"full", "552 mailbox is fully used", 1}, /* the beginning of a word */
    {"full", "552 handful of mail", 0},
    {"full", "full", 1},
    {"full", "", 0},
    {"full", "ful", 0},
    {"full", "552 over-full", 1},
    {"full", "552 _full", 1},
    {"full", "552 (full)", 1},
    {"full", "552 9full", 0},
    {"full", "552-mailbox\n552 full", 1},
    {"mailbox full", "552-mailbox\n552 full", 0},
    {"mailbox full", "552 your mailbox full", 1},
    /* what is in angle brackets is left out */
    {"full", "552 <full@a.example> refused", 0},
    {"full", "552 <a@full.example>: full", 1},
    {"full", "552 <a@b.example>full", 1},
    {"full", "552 x<a@b.example>full", 1},
    {"full", "552 <> full <>", 1},
    {"full", "552 <full", 1}, /* never closed: it is text */
    {"full", "552 > full <", 1},
    {"a b", "552 a<x@y.example> b", 0},
    /* alternatives */
    {"quota|full", "552 full", 1},
    {"quota|full", "552 quota", 1},
    {"quota | full ", "552 full", 1},
    {"quota|full", "552 space", 0},
    {"||full|", "552 full", 1},
    {"||", "552 full", 0},
    {"full", "552 quota|full", 1},
    /* at the beginning of the reply */
    {"^552", "552 full", 1},
    {"^552", "5520", 1},
    {"^552", "450 not 552", 0},
    {"^552", "55", 0},
    {"^552", "", 0},
    {"^ABC", "abc", 1},
    {"^<a", "<a> b", 1},
    {"x|^552", "552 full", 1},
    {"552^", "552 full", 0},
    /* a mark is where words begin */
    {".full", "552 x.full", 1},
    {"-full", "552 over-full", 1},
    {"5.2.2", "552 5.2.2 full", 1},
    {"5.2.2", "552 15.2.2 full", 0},
    {"i", "552 I", 1},
};

START_TEST(reply_match_finds_words)
{
    char headers[80];

    sprintf(headers, "Status: 5.2.2\nReply-Match: %s", replies[_i].match);
    add(headers);
    query.reply = replies[_i].reply;
    ck_assert_msg((choose("5.2.2")[0] != '\0') == replies[_i].found,
                  "\"%s\" in \"%s\"", replies[_i].match, replies[_i].reply);
}
END_TEST

START_TEST(an_entry_with_reply_match_needs_one)
{
    add("Status: 5.2.2\nReply-Match: full");
    ck_assert_str_eq(choose("5.2.2"), "");
    query.reply = "552 no such thing";
    ck_assert_str_eq(choose("5.2.2"), "");
}
END_TEST

/* ---- the built-in words ---- */

START_TEST(built_in_words_have_an_entry_for_every_code)
{
    static const char digits[] = {5, 4, 4, 2, 2, 2};
    static const uint8_t actions[] = {NDR_ACTION_FAILED,  NDR_ACTION_FAILED,
                                      NDR_ACTION_DELAYED, NDR_ACTION_DELIVERED,
                                      NDR_ACTION_RELAYED, NDR_ACTION_EXPANDED};
    static const uint16_t samples[] = {0, 1, 2,  3,  4,   5,   6,  7,
                                       8, 9, 10, 99, 100, 998, 999};
    size_t i, j;

    query.action = actions[_i];
    query.status.digit = (uint8_t) digits[_i];
    for (i = 0; i < 15; i++)
        for (j = 0; j < 15; j++) {
            ndri_choice choice;

            query.status.subject = samples[i];
            query.status.detail = samples[j];
            choice = ndri_words_choose(&ndri_words_en, &query);
            ck_assert_ptr_nonnull(choice.entry);
            ck_assert_str_ne(choice.pool + choice.entry->text, "");
        }
}
END_TEST

START_TEST(every_label_of_the_built_in_words_is_there)
{
    static const int may_be_empty[] = {NDRI_LABEL_CLOSING_FAILED};
    int label;

    for (label = 0; label < NDRI_LABEL_COUNT; label++)
        if (label != may_be_empty[0])
            ck_assert_msg(ndri_words_label(&ndri_words_en, label).length > 0,
                          "label %d", label);
    ck_assert_str_eq(ndri_words_label(&ndri_words_en, NDRI_LABEL_ADMIN).at,
                     "Diagnostic information for administrators:");
}
END_TEST

/* The whole source of the built-in words. */
static char *read_words(void)
{
    const char *folder = getenv("srcdir");
    char name[1024];
    char *text;
    long length;
    FILE *file;

    sprintf(name, "%.1000s/catalogs/en.msg", folder == NULL ? "." : folder);
    file = fopen(name, "rb");
    ck_assert_msg(file != NULL, "%s is not there; set srcdir", name);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    length = ftell(file);
    rewind(file);
    text = malloc((size_t) length + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(fread(text, 1, (size_t) length, file), (size_t) length);
    text[length] = '\0';
    fclose(file);
    return text;
}

static void assert_same_string(const char *name, size_t number, ndri_words made,
                               uint32_t here, uint32_t there)
{
    ck_assert_msg(strcmp(made.pool + here, ndri_words_en.pool + there) == 0,
                  "%s of entry %u differs", name, (unsigned) number);
}

START_TEST(built_in_entries_are_what_the_compiler_makes_of_their_source)
{
    char *source = read_words();
    const char *at = strstr(source, "\n%%\n"), *end;
    ndri_words made;
    size_t i;

    for (; at != NULL; at = end) {
        at += 4;
        end = strstr(at, "\n%%\n");
        ck_assert_msg(
            ndri_store_add(&store,
                           ndri_span_from(at, end == NULL
                                                  ? strlen(at)
                                                  : (size_t) (end + 1 - at)),
                           1) == NDR_OK,
            "%.60s: %s", at, store.detail);
    }
    free(source);
    made = ndri_store_words(&store);
    ck_assert_uint_eq(made.count, ndri_words_en.count);
    for (i = 0; i < made.count; i++) {
        const ndri_entry *a = &made.entries[i], *b = &ndri_words_en.entries[i];

        ck_assert_int_eq(a->pattern.digit, b->pattern.digit);
        ck_assert_int_eq(a->pattern.subject, b->pattern.subject);
        ck_assert_int_eq(a->pattern.detail, b->pattern.detail);
        ck_assert_int_eq(a->action, b->action);
        ck_assert_int_eq(a->audience, b->audience);
        ck_assert_int_eq(a->flags, b->flags);
        ck_assert_mem_eq(a->move, b->move, sizeof(a->move));
        ck_assert_uint_eq(a->uses, b->uses);
        assert_same_string("match", i, made, a->match, b->match);
        assert_same_string("subject", i, made, a->subject, b->subject);
        assert_same_string("text", i, made, a->text, b->text);
        assert_same_string("note", i, made, a->note, b->note);
    }
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("words");
    TCase *tcase = tcase_create("choice");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nothing_is_chosen_from_nothing);
    tcase_add_loop_test(tcase, each_pattern_fits_its_codes_only, 0,
                        COUNT(patterns));
    tcase_add_loop_test(tcase, an_exact_pattern_goes_before_a_general_one, 0,
                        8);
    tcase_add_loop_test(tcase,
                        reply_match_then_status_then_audience_then_action, 0,
                        2 * COUNT(ranks));
    tcase_add_test(tcase, the_last_one_wins_a_tie);
    tcase_add_test(tcase, audience_and_action_must_fit_if_they_are_given);
    tcase_add_loop_test(tcase, an_entry_serves_its_language, 0,
                        COUNT(languages));
    tcase_add_loop_test(tcase, reply_match_finds_words, 0, COUNT(replies));
    tcase_add_test(tcase, an_entry_with_reply_match_needs_one);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("built-in words");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, built_in_words_have_an_entry_for_every_code, 0,
                        6);
    tcase_add_test(tcase, every_label_of_the_built_in_words_is_there);
    tcase_add_test(
        tcase, built_in_entries_are_what_the_compiler_makes_of_their_source);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
