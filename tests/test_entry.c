/* SPDX-License-Identifier: ISC */
/* Entries as they are written: each header field and its mistakes, and that an
   entry is taken whole or leaves no trace. */
#include "test.h"
#include "words/entry.h"

#include <stdlib.h>
#include <string.h>

/* An allocator that has had enough after a number of allocations. */
static size_t granted;

static void *scarce(void *user, void *old, size_t old_size, size_t size)
{
    (void) user;
    (void) old_size;
    if (size == 0) {
        free(old);
        return NULL;
    }
    if (granted == 0)
        return NULL;
    granted--;
    return realloc(old, size);
}

static ndr_allocator memory = {scarce, NULL};
static ndri_store store;

static void setup(void)
{
    granted = (size_t) -1;
    ndri_store_init(&store, &memory);
}

static void teardown(void)
{
    ndri_store_release(&store);
}

static int add(const char *source)
{
    return ndri_store_add(&store, ndri_span_of(source), 1);
}

static const ndri_entry *last(void)
{
    ck_assert_uint_gt(store.count, 0);
    return &store.entries[store.count - 1];
}

static const char *text_of(uint32_t offset)
{
    return store.pool.at + offset;
}

START_TEST(an_empty_store_has_no_words)
{
    ndri_words words = ndri_store_words(&store);

    ck_assert_uint_eq(words.count, 0);
    ck_assert_str_eq(words.pool, "");
    ck_assert_ptr_null(words.labels);
    ck_assert_str_eq(store.detail, "");
}
END_TEST

START_TEST(every_header_field_is_taken)
{
    const ndri_entry *entry;

    ck_assert_int_eq(add("Status: 5.7.1\n"
                         "Language: de-AT\n"
                         "Audience: internal\n"
                         "Action: failed\n"
                         "Reply-Match: spam | ^554\n"
                         "Subject: No {recipient}\n"
                         "Move: recipient, sender-admin\n"
                         "Admin-Note: See the <log> of {hops}.\n"
                         "Charset: UTF-8\n"
                         "\n"
                         "Text for {recipient}.\n"),
                     NDR_OK);
    entry = last();
    ck_assert_int_eq(entry->pattern.digit, 5);
    ck_assert_int_eq(entry->pattern.subject, 7);
    ck_assert_int_eq(entry->pattern.detail, 1);
    ck_assert_str_eq(text_of(entry->language), "de-AT");
    ck_assert_int_eq(entry->audience, NDR_AUDIENCE_INTERNAL + 1);
    ck_assert_int_eq(entry->action, NDR_ACTION_FAILED + 1);
    ck_assert_str_eq(text_of(entry->match), "spam | ^554");
    ck_assert_str_eq(text_of(entry->subject), "No \x01 ");
    ck_assert_int_eq(entry->move[0], NDRI_MOVER_RECIPIENT);
    ck_assert_int_eq(entry->move[1], NDRI_MOVER_SENDER_ADMIN);
    ck_assert_int_eq(entry->move[2], NDRI_MOVER_END);
    ck_assert_str_eq(text_of(entry->note), "See the <log> of {hops}.");
    ck_assert_str_eq(text_of(entry->text), "Text for \x01 .");
    ck_assert_uint_eq(entry->uses, 1u << NDRI_PH_RECIPIENT);
    ck_assert_uint_eq(entry->flags, 0);
}
END_TEST

START_TEST(what_is_not_given_is_empty)
{
    const ndri_entry *entry;

    ck_assert_int_eq(add("Status: 5.*\n\nText"), NDR_OK);
    entry = last();
    ck_assert_int_eq(entry->pattern.subject, NDRI_STATUS_ANY);
    ck_assert_int_eq(entry->audience, 0);
    ck_assert_int_eq(entry->action, 0);
    ck_assert_int_eq(entry->move[0], NDRI_MOVER_END);
    ck_assert_str_eq(text_of(entry->language), "");
    ck_assert_str_eq(text_of(entry->match), "");
    ck_assert_str_eq(text_of(entry->subject), "");
    ck_assert_str_eq(text_of(entry->note), "");
}
END_TEST

static const char *const same[] = {
    "status: 5.1.1\nMOVE: Sender\n\nText",
    "STATUS:5.1.1\nmove:sender\n\nText\n",
    "Status:   5.1.1  \r\nMove: sender\r\n\r\nText\r\n",
    "Status: 5.1.1\nMove: sender\n \t\nText",
    "Move: sender\nStatus: 5.1.1\n\n\n\nText\n\n\n",
    "Status:\t5.1.1\nMove: ,sender,\n\nText",
};

START_TEST(names_in_any_case_and_either_line_end)
{
    ck_assert_int_eq(add(same[_i]), NDR_OK);
    ck_assert_int_eq(last()->pattern.digit, 5);
    ck_assert_int_eq(last()->pattern.detail, 1);
    ck_assert_int_eq(last()->move[0], NDRI_MOVER_SENDER);
    ck_assert_int_eq(last()->move[1], NDRI_MOVER_END);
    ck_assert_str_eq(text_of(last()->text), "Text");
}
END_TEST

#define STATUS "line 1: expected a status: X.Y.Z, *.Y.Z, X.Y.* or X.*"
#define MOVERS                                                                 \
    "line 2: expected up to four of sender, sender-admin, recipient, "         \
    "recipient-admin, nobody"
#define FIELDS                                                                 \
    "Status, Language, Audience, Action, Reply-Match, Subject, Move, "         \
    "Admin-Note, Charset, Identity, or an empty line before the text"

static const struct {
    const char *source, *detail;
} mistakes[] = {
    {"", "line 1: expected a header field Status"},
    {"\nText", "line 1: expected a header field Status"},
    {"Move: sender\n\nText", "line 2: expected a header field Status"},
    {"Text without a header", "line 1: expected " FIELDS},
    {"Status: 5.1.1\nText", "line 2: expected " FIELDS},
    {"Status: 5.1.1\nSubjekt: x\n\nText", "line 2: expected " FIELDS},
    {"Status: 5.1.1\n folded\n\nText", "line 2: expected " FIELDS},
    {"Status : 5.1.1\n\nText", "line 1: expected " FIELDS},
    {"Status: 5.1.1\nStatus: 5.1.1\n\nText",
     "line 2: expected each header field once"},
    {"Status: 5.1.1\nMove: sender\nMOVE: sender\n\nText",
     "line 3: expected each header field once"},
    {"Status: 5.1.1\nAdmin-Note: a\tb\n\nText",
     "line 2: expected no control character"},
    {"Status: 5.1.1\nAdmin-Note: a\rb\n\nText",
     "line 2: expected no control character"},
    {"Status:\n\nText", STATUS},
    {"Status: 5\n\nText", STATUS},
    {"Status: 5.\n\nText", STATUS},
    {"Status: 5.1\n\nText", STATUS},
    {"Status: 5.1.\n\nText", STATUS},
    {"Status: 5.1.1.1\n\nText", STATUS},
    {"Status: 5.1.1 (x)\n\nText", STATUS},
    {"Status: 3.1.1\n\nText", STATUS},
    {"Status: 1.1.1\n\nText", STATUS},
    {"Status: 6.1.1\n\nText", STATUS},
    {"Status: 0.1.1\n\nText", STATUS},
    {"Status: 55.1.1\n\nText", STATUS},
    {"Status: 05.1.1\n\nText", STATUS},
    {"Status: 5.01.1\n\nText", STATUS},
    {"Status: 5.1.01\n\nText", STATUS},
    {"Status: 5.1000.1\n\nText", STATUS},
    {"Status: 5.1.1000\n\nText", STATUS},
    {"Status: *\n\nText", STATUS},
    {"Status: *.*\n\nText", STATUS},
    {"Status: *.1\n\nText", STATUS},
    {"Status: *.1.*\n\nText", STATUS},
    {"Status: 5.*.1\n\nText", STATUS},
    {"Status: **.1.1\n\nText", STATUS},
    {"Status: X.1.1\n\nText", STATUS},
    {"Status: -5.1.1\n\nText", STATUS},
    {"Status: 5.1.1, 5.1.2\n\nText", STATUS},
    {"Status: 5.1.1\nLanguage: \n\nText",
     "line 2: expected a language tag, such as en or pt-BR"},
    {"Status: 5.1.1\nLanguage: de_AT\n\nText",
     "line 2: expected a language tag, such as en or pt-BR"},
    {"Status: 5.1.1\nLanguage: deutsches-Wort\n\nText",
     "line 2: expected a language tag, such as en or pt-BR"},
    {"Status: 5.1.1\nAudience: both\n\nText",
     "line 2: expected internal or external"},
    {"Status: 5.1.1\nAudience:\n\nText",
     "line 2: expected internal or external"},
    {"Status: 5.1.1\nAction: fail\n\nText",
     "line 2: expected failed, delayed, delivered, relayed or expanded"},
    {"Status: 5.1.1\nReply-Match:\n\nText",
     "line 2: expected something to look for in the reply"},
    {"Status: 5.1.1\nSubject: {nobody}\n\nText",
     "line 2: expected a known placeholder, or {{ for a brace"},
    {"Status: 5.1.1\nSubject: <b>x\n\nText",
     "line 2: expected the end of each tag"},
    {"Status: 5.1.1\nMove: postmaster\n\nText", MOVERS},
    {"Status: 5.1.1\nMove: sender; recipient\n\nText", MOVERS},
    {"Status: 5.1.1\nMove: sender, sender-admin, recipient, recipient-admin, "
     "nobody\n\nText",
     MOVERS},
    {"Status: 5.1.1\nCharset: iso-8859-1\n\nText",
     "line 2: expected the Charset of the first entry, or none"},
    {"Status: 5.1.1\n\nText {x}",
     "line 3: expected a known placeholder, or {{ for a brace"},
    {"Status: 5.1.1\r\nMove: sender\r\n\r\n\r\nText\r\n<b>x\r\n",
     "line 6: expected the end of each tag"},
    {"Status: 5.1.1\n\nText <i>", "line 3: expected one of <b> <em> <br> <p> "
                                  "<a href=\"\">, or &lt; for a bracket"},
};

/* An entry that is not taken leaves the store as it was, and can be followed by
   one that is. */
START_TEST(each_mistake_has_its_line_and_leaves_no_trace)
{
    size_t used;

    ck_assert_int_eq(add("Status: 5.2.2\n\nBefore"), NDR_OK);
    used = store.pool.used;
    ck_assert_msg(add(mistakes[_i].source) == NDR_E_TEMPLATE, "taken: %s",
                  mistakes[_i].source);
    ck_assert_str_eq(store.detail, mistakes[_i].detail);
    ck_assert_uint_eq(store.count, 1);
    ck_assert_uint_eq(store.pool.used, used);
    ck_assert_int_eq(add("Status: 5.2.3\n\nAfter"), NDR_OK);
    ck_assert_str_eq(text_of(store.entries[0].text), "Before");
    ck_assert_str_eq(text_of(store.entries[1].text), "After");
}
END_TEST

START_TEST(a_nul_is_refused_wherever_it_stands)
{
    static const char entry[] = "Status: 5.1.1\nAdmin-Note: ab\n\ncd";
    char copy[sizeof(entry)];
    size_t at;

    for (at = 0; at < sizeof(entry) - 1; at++) {
        memcpy(copy, entry, sizeof(entry));
        copy[at] = '\0';
        ck_assert_int_eq(
            ndri_store_add(&store, ndri_span_from(copy, sizeof(entry) - 1), 1),
            NDR_E_TEMPLATE);
    }
    ck_assert_uint_eq(store.count, 0);
}
END_TEST

START_TEST(text_that_is_no_utf8_is_refused_with_its_line)
{
    ck_assert_int_eq(add("Status: 5.1.1\n\nGr\xFC\xDF"), NDR_E_TEXT);
    ck_assert_uint_eq(store.count, 0);
    ck_assert_str_eq(store.detail,
                     "line 3: expected UTF-8 throughout the entry");
}
END_TEST

START_TEST(a_subject_keeps_a_number_at_its_beginning)
{
    ck_assert_int_eq(add("Status: 5.1.1\nSubject: 1. a\n\nText"), NDR_OK);
    ck_assert_str_eq(text_of(last()->subject), "1. a");
}
END_TEST

START_TEST(an_answer_needs_no_status)
{
    ck_assert_int_eq(ndri_store_add(&store, NDRI_SPAN("\nText"), 0), NDR_OK);
    ck_assert_str_eq(text_of(last()->text), "Text");
    ck_assert_int_eq(
        ndri_store_add(&store, NDRI_SPAN("Move: sender\n\nText"), 0), NDR_OK);
    ck_assert_int_eq(ndri_store_add(&store, NDRI_SPAN("Status: 1\n\nText"), 0),
                     NDR_E_TEMPLATE);
}
END_TEST

static char *filled_entry(size_t length, const char *end)
{
    static const char head[] = "Status: 5.1.1\n\n";
    char *entry = malloc(length + 1);

    ck_assert_ptr_nonnull(entry);
    memset(entry, 'a', length);
    memcpy(entry, head, sizeof(head) - 1);
    memcpy(entry + length - strlen(end), end, strlen(end));
    entry[length] = '\0';
    return entry;
}

START_TEST(an_entry_of_one_mib_is_taken_and_no_larger_one)
{
    char *entry = filled_entry(NDRI_ENTRY_LIMIT + 1, "");

    ck_assert_int_eq(
        ndri_store_add(&store, ndri_span_from(entry, NDRI_ENTRY_LIMIT + 1), 1),
        NDR_E_INVALID);
    ck_assert_str_eq(store.detail, "line 1: expected at most 1 MiB");
    ck_assert_int_eq(
        ndri_store_add(&store, ndri_span_from(entry, NDRI_ENTRY_LIMIT), 1),
        NDR_OK);
    ck_assert_uint_eq(strlen(text_of(last()->text)), NDRI_ENTRY_LIMIT - 15);
    free(entry);
}
END_TEST

static const struct {
    const char *text;
    unsigned flags;
} flagged[] = {
    {"plain", 0},
    {"gr\xC3\xBC\xC3\x9F Gott", NDRI_ENTRY_UTF8},
    {"\xD0\xBF\xD1\x80\xD0\xB8", NDRI_ENTRY_UTF8 | NDRI_ENTRY_NONLATIN},
    {"\xE3\x81\x82", NDRI_ENTRY_UTF8 | NDRI_ENTRY_NONLATIN},
    /* half of the letters and no more */
    {"a\xD0\xBF", NDRI_ENTRY_UTF8},
};

START_TEST(flags_tell_how_a_text_can_be_carried)
{
    char source[80] = "Status: 5.1.1\n\n";

    strcat(source, flagged[_i].text);
    ck_assert_int_eq(add(source), NDR_OK);
    ck_assert_uint_eq(last()->flags, flagged[_i].flags);
}
END_TEST

START_TEST(a_subject_beyond_ascii_counts_too)
{
    ck_assert_int_eq(add("Status: 5.1.1\nSubject: \xC3\xBC\n\nText"), NDR_OK);
    ck_assert_uint_eq(last()->flags, NDRI_ENTRY_UTF8);
}
END_TEST

START_TEST(a_word_over_72_octets_is_wide)
{
    char *entry = filled_entry(15 + 72, "");

    ck_assert_int_eq(add(entry), NDR_OK);
    ck_assert_uint_eq(last()->flags, 0);
    free(entry);
    entry = filled_entry(15 + 73, "");
    ck_assert_int_eq(add(entry), NDR_OK);
    ck_assert_uint_eq(last()->flags, NDRI_ENTRY_WIDE);
    free(entry);
    entry = filled_entry(15 + 1000, " b");
    ck_assert_int_eq(add(entry), NDR_OK);
    ck_assert_uint_eq(last()->flags, NDRI_ENTRY_WIDE);
    free(entry);
}
END_TEST

/* Memory runs out at each place: NDR_E_NOMEM, and the store as it was. */
START_TEST(without_memory_the_store_is_as_it_was)
{
    char *large = filled_entry(5000, "");
    size_t i, count;

    for (i = 0; i < 9; i++) /* the array of entries grows at the ninth */
        ck_assert_int_eq(add("Status: 5.2.2\n\nBefore"), NDR_OK);
    for (count = 0;; count++) {
        size_t used = store.pool.used, entries = store.count;
        int error;

        granted = count;
        error = add(large);
        granted = (size_t) -1;
        if (error == NDR_OK)
            break;
        ck_assert_int_eq(error, NDR_E_NOMEM);
        ck_assert_uint_eq(store.count, entries);
        ck_assert_uint_eq(store.pool.used, used);
        ck_assert_str_eq(text_of(store.entries[8].text), "Before");
    }
    ck_assert_uint_ge(count, 1);
    ck_assert_uint_eq(store.count, 10);
    free(large);
}
END_TEST

START_TEST(without_memory_an_empty_store_stays_empty)
{
    size_t count;
    int error = NDR_E_NOMEM;

    for (count = 0; error != NDR_OK; count++) {
        granted = count;
        error = add("Status: 5.1.1\n\nText {x}");
        ck_assert(error == NDR_E_NOMEM || error == NDR_E_TEMPLATE);
        ck_assert_uint_eq(store.count, 0);
        granted = count;
        error = add("Status: 5.1.1\n\nText");
        ck_assert(error == NDR_E_NOMEM || error == NDR_OK);
        ck_assert_uint_eq(store.count, error == NDR_OK);
    }
    ck_assert_str_eq(text_of(last()->text), "Text");
}
END_TEST

START_TEST(words_of_a_released_store_are_gone)
{
    ck_assert_int_eq(add("Status: 5.1.1\n\nText"), NDR_OK);
    ndri_store_release(&store);
    ck_assert_uint_eq(ndri_store_words(&store).count, 0);
    ck_assert_int_eq(add("Status: 5.1.1\n\nText"), NDR_OK);
    ck_assert_uint_eq(ndri_store_words(&store).count, 1);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("entry");
    TCase *tcase = tcase_create("entry");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, an_empty_store_has_no_words);
    tcase_add_test(tcase, every_header_field_is_taken);
    tcase_add_test(tcase, what_is_not_given_is_empty);
    tcase_add_loop_test(tcase, names_in_any_case_and_either_line_end, 0,
                        COUNT(same));
    tcase_add_loop_test(tcase, each_mistake_has_its_line_and_leaves_no_trace, 0,
                        COUNT(mistakes));
    tcase_add_test(tcase, a_nul_is_refused_wherever_it_stands);
    tcase_add_test(tcase, text_that_is_no_utf8_is_refused_with_its_line);
    tcase_add_test(tcase, a_subject_keeps_a_number_at_its_beginning);
    tcase_add_test(tcase, an_answer_needs_no_status);
    tcase_add_test(tcase, an_entry_of_one_mib_is_taken_and_no_larger_one);
    tcase_add_loop_test(tcase, flags_tell_how_a_text_can_be_carried, 0,
                        COUNT(flagged));
    tcase_add_test(tcase, a_subject_beyond_ascii_counts_too);
    tcase_add_test(tcase, a_word_over_72_octets_is_wide);
    tcase_add_test(tcase, without_memory_the_store_is_as_it_was);
    tcase_add_test(tcase, without_memory_an_empty_store_stays_empty);
    tcase_add_test(tcase, words_of_a_released_store_are_gone);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
