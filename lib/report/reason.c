/* SPDX-License-Identifier: ISC */
/*
 * Reasons: which entry speaks for a recipient, what its placeholders stand for,
 * and which recipients share one reason.
 */
#include "report/reason.h"

#include "mail/address.h"
#include "mail/field.h"
#include "report/selection.h"
#include "report/record.h"
#include "words/catalog.h"
#include "words/phrase.h"

#include <string.h>

/* Room for dates and durations in words, in any language. */
#define PHRASES 1024u
#define NO_SUCH 999u /* a subject and detail that no entry names */

ndri_span ndri_reason_text(const ndr_recipient *recipient, int language)
{
    const ndri_choice *choice = &recipient->choices[language];

    if (choice->entry == NULL)
        return ndri_record_fact(recipient, NDRI_FACT_TEXT);
    return ndri_span_of(choice->pool + choice->entry->text);
}

/* Append what of makes of a value; where it stands. made has room for it. */
static ndri_span end_made(ndri_buf *made, size_t from)
{
    return ndri_span_slice(ndri_buf_span(made), from, made->used);
}

static ndri_span visible(ndri_buf *made, ndri_span text)
{
    size_t from = made->used;

    if (ndri_field_is_clean_ascii(text))
        return text;
    ndri_field_add_utf8(made, text);
    return end_made(made, from);
}

/* A reply of several lines on one. */
static ndri_span one_line(ndri_buf *made, ndri_span reply)
{
    size_t from = made->used, at = ndri_span_find_byte(reply, 0, '\n');

    if (at == reply.length)
        return reply;
    ndri_buf_add(made, reply);
    for (; made->used > from && at < reply.length;
         at = ndri_span_find_byte(reply, at + 1, '\n'))
        made->at[from + at] = ' ';
    return end_made(made, from);
}

/* Does one of a row of placeholders stand in uses? */
static int is_used(uint32_t uses, unsigned first, unsigned last)
{
    return (uses >> first & ((UINT32_C(2) << (last - first)) - 1)) != 0;
}

static void set_shown(ndri_buf *made, const ndr_recipient *recipient,
                      ndri_values *values)
{
    ndri_span shown = visible(made, ndri_record_shown(recipient));

    values->of[NDRI_PH_RECIPIENT] = shown;
    if (!ndri_address_split(shown, &values->of[NDRI_PH_RECIPIENT_LOCAL],
                            &values->of[NDRI_PH_RECIPIENT_DOMAIN]))
        values->of[NDRI_PH_RECIPIENT_LOCAL] = shown;
}

static void set_code(ndri_buf *made, const ndr_recipient *recipient,
                     ndri_values *values)
{
    size_t from = made->used;

    if (ndri_buf_reserve(made, NDRI_STATUS_ROOM) != NULL)
        made->used += ndri_status_format(recipient->status, made->at + from);
    values->of[NDRI_PH_STATUS] = end_made(made, from);
}

static void set_times(ndr_report *report, const ndr_recipient *recipient,
                      const ndri_words *words, ndri_values *values)
{
    ndri_buf *made = &report->made;
    ndri_date until;
    size_t from = made->used;

    if (recipient->action != NDR_ACTION_DELAYED ||
        !ndri_record_date(recipient, NDRI_FACT_RETRY_UNTIL, &until))
        return;
    ndri_phrase_date(words, until, made);
    values->of[NDRI_PH_RETRY_UNTIL] = end_made(made, from);
    from = made->used;
    if (until.seconds > report->date.seconds)
        ndri_phrase_duration(words, until.seconds - report->date.seconds, made);
    values->of[NDRI_PH_TIME_LEFT] = end_made(made, from);
}

ndri_values ndri_reason_values(ndr_report *report,
                               const ndr_recipient *recipient, int language,
                               uint32_t uses)
{
    const ndri_language *speech = &report->plan.languages[language];
    ndri_values values = report->plan.values;
    ndri_span reply = ndri_record_fact(recipient, NDRI_FACT_REPLY);
    ndri_buf *made = &report->made;

    /* room for all at once, so that nothing moves while spans point into it */
    ndri_buf_clear(made);
    ndri_buf_reserve(made, 4 * ndri_record_shown(recipient).length +
                               reply.length + PHRASES);
    if (is_used(uses, NDRI_PH_RECIPIENT, NDRI_PH_RECIPIENT_DOMAIN))
        set_shown(made, recipient, &values);
    if (is_used(uses, NDRI_PH_STATUS, NDRI_PH_STATUS))
        set_code(made, recipient, &values);
    values.of[NDRI_PH_ACTION] =
        ndri_span_of(ndri_action_names[recipient->action]);
    if (is_used(uses, NDRI_PH_REPLY, NDRI_PH_REPLY))
        values.of[NDRI_PH_REPLY] = one_line(made, reply);
    values.of[NDRI_PH_REMOTE_SERVER] =
        ndri_record_fact(recipient, NDRI_FACT_REMOTE);
    values.of[NDRI_PH_DATE] = speech->sent;
    values.of[NDRI_PH_SIZE] = speech->size;
    if (is_used(uses, NDRI_PH_RETRY_UNTIL, NDRI_PH_TIME_LEFT))
        set_times(report, recipient, speech->words, &values);
    return values;
}

int ndri_reason_is_home(const ndr_report *report,
                        const ndr_recipient *recipient)
{
    ndri_span local, domain;

    if (report->profile->audience != NDR_AUDIENCE_INTERNAL)
        return 0;
    if (!ndri_record_has(recipient, NDRI_FACT_REMOTE))
        return 1;
    ndri_address_split(ndri_record_shown(recipient), &local, &domain);
    return ndri_profile_is_internal(report->profile, domain);
}

static ndr_query query_for(ndr_report *report, const ndr_recipient *recipient,
                           int language)
{
    ndr_query query;

    memset(&query, 0, sizeof(query));
    query.status = recipient->status;
    if (recipient->flags & NDRI_RCPT_DERIVED) {
        /* no server said X.0.0: only the words for the class are true */
        query.status.subject = query.status.detail = NO_SUCH;
    }
    ndri_status_format(recipient->status, query.status_text);
    query.action = recipient->action;
    query.audience = (uint8_t) report->profile->audience;
    query.language = report->plan.languages[language].range;
    ndri_buf_clear(&report->scratch);
    ndri_buf_add(&report->scratch,
                 ndri_record_fact(recipient, NDRI_FACT_REPLY));
    query.reply = ndri_buf_string(&report->scratch);
    return query;
}

/* Keep an answer of a resolver for the life of the report. */
static void keep_answer(ndr_report *report, const ndri_store *store,
                        ndri_choice *choice)
{
    ndri_entry *entry = ndri_arena_take(&report->arena, sizeof(*entry));
    ndri_span pool = ndri_report_keep(report, ndri_buf_span(&store->pool));

    if (entry == NULL) {
        ndri_report_out_of_memory(report);
        return;
    }
    *entry = store->entries[store->count - 1];
    choice->entry = entry;
    choice->pool = pool.at;
}

/* Ask the resolver about a question that was not asked before. */
static int ask(ndr_report *report, const ndr_recipient *recipient,
               const ndr_query *query, ndri_choice *choice)
{
    ndri_store store;
    int result;

    ndri_store_init(&store, &report->allocator);
    result = ndri_catalog_ask(report->profile->catalog, query, &store);
    if (result == NDR_OK)
        keep_answer(report, &store, choice);
    else if (result != NDR_END)
        ndri_report_note(report, recipient->number, "resolver", NULL,
                         "no usable answer; other words are used");
    ndri_store_release(&store);
    return report->fault.error;
}

/* The answer, or that there was none, to a question that may have been asked
   before. */
static int resolve(ndr_report *report, const ndr_recipient *recipient,
                   const ndr_query *query, ndri_choice *choice)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    ndri_digest digest;
    ndri_choice *before;

    ndri_digest_init(&digest, report->seed);
    ndri_digest_add_item(&digest, ndri_span_of(query->status_text));
    ndri_digest_add_item(&digest, ndri_span_of(query->language));
    ndri_digest_add_number(&digest, query->action);
    ndri_digest_add_item(&digest, ndri_span_of(query->reply));
    ndri_digest_finish(&digest, key);
    before = ndri_table_find(&report->table, key);
    if (before != NULL) {
        *choice = *before;
        return NDR_OK;
    }
    if (ask(report, recipient, query, choice) != NDR_OK)
        return report->fault.error;
    before = ndri_arena_take(&report->arena, sizeof(*before));
    if (before == NULL || !ndri_table_set(&report->table, key, before))
        return ndri_report_out_of_memory(report);
    *before = *choice;
    return NDR_OK;
}

/* Choose among the administrator's entries, then the built-in ones, which have
   words for every status. Nobody is asked, so the choice is kept. */
static void choose_known(ndr_report *report, const ndr_recipient *recipient,
                         int language, ndri_choice *choice)
{
    const ndr_catalog *catalog = report->profile->catalog;
    const ndri_words *words = report->plan.languages[language].words;
    const ndri_status *status = &recipient->status;
    uint64_t question =
        UINT64_C(1) << 63 | (uint64_t) language << 48 |
        (uint64_t) (recipient->flags & NDRI_RCPT_DERIVED) << 40 |
        (uint64_t) recipient->action << 36 | (uint64_t) status->digit << 32 |
        (uint64_t) status->subject << 16 | status->detail;
    size_t place =
        (status->detail + 5u * status->subject + status->digit) % NDRI_MEMOS;
    ndri_choice_memo *memo = &report->memos.choices[place];
    int own_replies = 0, replies = 0;
    ndr_query query;

    if (memo->question == question) {
        *choice = memo->choice;
        return;
    }
    query = query_for(report, recipient, language);
    if (catalog != NULL) {
        ndri_words own = ndri_catalog_words(catalog);

        *choice = ndri_words_choose_by(&own, &query, &own_replies);
    }
    if (choice->entry == NULL) {
        query.language = words->language;
        *choice = ndri_words_choose_by(words, &query, &replies);
    }
    if (own_replies || replies)
        return;
    memo->question = question;
    memo->choice = *choice;
}

/* The chain: the caller's own text, the resolver, words that are known. */
static int choose(ndr_report *report, const ndr_recipient *recipient,
                  int language, ndri_choice *choice)
{
    const ndr_catalog *catalog = report->profile->catalog;
    ndr_query query;
    int error = NDR_OK;

    if (ndri_record_has(recipient, NDRI_FACT_TEXT))
        return NDR_OK;
    if (catalog != NULL && ndri_catalog_has_resolver(catalog)) {
        query = query_for(report, recipient, language);
        error = resolve(report, recipient, &query, choice);
    }
    if (choice->entry == NULL)
        choose_known(report, recipient, language, choice);
    if (report->scratch.error != NDR_OK)
        return ndri_report_out_of_memory(report);
    return error;
}

/* A row of choices, one a language, that recipients share. */
static ndri_choice *keep_row(ndr_report *report, const ndri_choice *row)
{
    size_t size = (size_t) report->plan.language_count * sizeof(*row);
    size_t place = (uintptr_t) row->entry / sizeof(ndri_entry) % NDRI_MEMOS;
    ndri_choice **kept = &report->memos.rows[place];

    if (*kept == NULL || memcmp(*kept, row, size) != 0) {
        *kept = ndri_arena_take(&report->arena, size);
        if (*kept != NULL)
            memcpy(*kept, row, size);
    }
    return *kept;
}

static int choose_all(ndr_report *report, ndr_recipient *recipient)
{
    ndri_choice row[NDRI_LANGUAGE_COUNT];
    int language, error = NDR_OK;

    memset(row, 0, sizeof(row));
    for (language = 0; language < report->plan.language_count; language++)
        if (error == NDR_OK)
            error = choose(report, recipient, language, &row[language]);
    if (error != NDR_OK)
        return error;
    recipient->choices = keep_row(report, row);
    return recipient->choices != NULL ? NDR_OK
                                      : ndri_report_out_of_memory(report);
}

int ndri_reason_choose(ndr_report *report)
{
    ndr_recipient *recipient;
    int error = NDR_OK;

    ndri_table_clear(&report->table);
    memset(&report->memos, 0, sizeof(report->memos));
    for (recipient = report->first; recipient != NULL && error == NDR_OK;
         recipient = recipient->next)
        if (recipient->flags & NDRI_RCPT_DUE)
            error = choose_all(report, recipient);
    return error;
}

/* Add the text of an entry and whose move it says it is, which placeholders
   have a value, and the values that it shows. */
static void digest_entry(ndr_report *report, const ndr_recipient *recipient,
                         int language, ndri_digest *digest)
{
    const ndri_entry *entry = recipient->choices[language].entry;
    ndri_text_memo *memo =
        &report->memos.texts[(uintptr_t) entry / sizeof(*entry) % NDRI_MEMOS];
    ndri_values values =
        ndri_reason_values(report, recipient, language, entry->uses);
    uint64_t present = 0;
    unsigned i;

    if (memo->entry != entry) {
        ndri_span text = ndri_reason_text(recipient, language);
        ndri_digest own;

        ndri_digest_init(&own, report->seed);
        ndri_digest_add_item(&own, text);
        ndri_digest_add(&own, ndri_span_from((const char *) entry->move,
                                             sizeof(entry->move)));
        ndri_digest_finish(&own, memo->digest);
        memo->values = ndri_template_values(text);
        memo->entry = entry;
    }
    ndri_digest_add(digest, ndri_span_from((const char *) memo->digest,
                                           sizeof(memo->digest)));
    for (i = 0; entry->uses >> i != 0; i++) {
        if (!(entry->uses >> i & 1) || values.of[i].length == 0)
            continue;
        present |= UINT64_C(1) << i;
        if (memo->values >> i & 1)
            ndri_digest_add_item(digest, values.of[i]);
    }
    ndri_digest_add_number(digest, present);
}

/* What decides whether two recipients share a reason. */
static void digest_reason(ndr_report *report, const ndr_recipient *recipient,
                          unsigned char key[NDRI_DIGEST_LENGTH])
{
    ndri_digest digest;
    int language;

    ndri_digest_init(&digest, report->seed);
    for (language = 0; language < report->plan.language_count; language++)
        if (recipient->choices[language].entry != NULL)
            digest_entry(report, recipient, language, &digest);
        else
            ndri_digest_add_item(&digest,
                                 ndri_reason_text(recipient, language));
    ndri_digest_add_item(&digest,
                         ndri_record_fact(recipient, NDRI_FACT_REMOTE));
    ndri_digest_add_number(
        &digest, (uint64_t) recipient->action << 1 |
                     (uint64_t) ndri_reason_is_home(report, recipient));
    ndri_digest_finish(&digest, key);
}

/* Join the group whose last one is found by what decides who shares it. */
static int join(ndr_report *report, ndr_recipient *recipient)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    void **place;

    digest_reason(report, recipient, key);
    if (report->scratch.error != NDR_OK || report->made.error != NDR_OK)
        return ndri_report_out_of_memory(report);
    place = ndri_table_place(&report->table, key);
    if (place == NULL)
        return ndri_report_out_of_memory(report);
    if (*place != NULL)
        ((ndr_recipient *) *place)->same = recipient;
    else
        recipient->flags |= NDRI_RCPT_LEADS;
    *place = recipient;
    return NDR_OK;
}

/* The first one of the lowest action: the user section begins with it. */
static void note_first(ndri_plan *plan, const ndr_recipient *recipient)
{
    if (plan->first == NULL || recipient->action < plan->first->action)
        plan->first = recipient;
}

int ndri_reason_group(ndr_report *report)
{
    const ndr_recipient *selected = NULL;
    int alone =
        report->profile->grouping == NDR_GROUPING_NEVER || report->count == 1;
    int error = NDR_OK;

    ndri_table_clear(&report->table);
    memset(report->plan.counts, 0, sizeof(report->plan.counts));
    report->plan.first = NULL;
    while ((selected = ndri_selection_next(report, selected)) != NULL &&
           error == NDR_OK) {
        ndr_recipient *recipient = (ndr_recipient *) (uintptr_t) selected;

        recipient->same = NULL;
        recipient->flags &= (uint8_t) ~NDRI_RCPT_LEADS;
        report->plan.counts[recipient->action]++;
        note_first(&report->plan, recipient);
        if (alone)
            recipient->flags |= NDRI_RCPT_LEADS;
        else
            error = join(report, recipient);
    }
    return error;
}
