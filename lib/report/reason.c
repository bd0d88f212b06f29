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
                               const ndr_recipient *recipient, int language)
{
    const ndri_language *speech = &report->plan.languages[language];
    ndri_values values = report->plan.values;
    ndri_span shown = ndri_record_shown(recipient);
    ndri_span reply = ndri_record_fact(recipient, NDRI_FACT_REPLY);
    ndri_buf *made = &report->made;
    size_t from;

    /* room for all at once, so that nothing moves while spans point into it */
    ndri_buf_clear(made);
    ndri_buf_reserve(made, 4 * shown.length + reply.length + PHRASES);
    shown = visible(made, shown);
    values.of[NDRI_PH_RECIPIENT] = shown;
    if (!ndri_address_split(shown, &values.of[NDRI_PH_RECIPIENT_LOCAL],
                            &values.of[NDRI_PH_RECIPIENT_DOMAIN]))
        values.of[NDRI_PH_RECIPIENT_LOCAL] = shown;
    from = made->used;
    if (ndri_buf_reserve(made, NDRI_STATUS_ROOM) != NULL)
        made->used += ndri_status_format(recipient->status, made->at + from);
    values.of[NDRI_PH_STATUS] = end_made(made, from);
    values.of[NDRI_PH_ACTION] =
        ndri_span_of(ndri_action_names[recipient->action]);
    values.of[NDRI_PH_REPLY] = one_line(made, reply);
    values.of[NDRI_PH_REMOTE_SERVER] =
        ndri_record_fact(recipient, NDRI_FACT_REMOTE);
    values.of[NDRI_PH_DATE] = speech->sent;
    values.of[NDRI_PH_SIZE] = speech->size;
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

/* An answer, or that there was none, to a question asked before. */
typedef struct answered {
    ndri_choice choice;
} answered;

static int resolve(ndr_report *report, const ndr_recipient *recipient,
                   const ndr_query *query, ndri_choice *choice)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    ndri_digest digest;
    answered *before;

    ndri_digest_init(&digest, report->seed);
    ndri_digest_add_item(&digest, ndri_span_of(query->status_text));
    ndri_digest_add_item(&digest, ndri_span_of(query->language));
    ndri_digest_add_number(&digest, query->action);
    ndri_digest_add_item(&digest, ndri_span_of(query->reply));
    ndri_digest_finish(&digest, key);
    before = ndri_table_find(&report->table, key);
    if (before != NULL) {
        *choice = before->choice;
        return NDR_OK;
    }
    if (ask(report, recipient, query, choice) != NDR_OK)
        return report->fault.error;
    before = ndri_arena_take(&report->arena, sizeof(*before));
    if (before == NULL || !ndri_table_set(&report->table, key, before))
        return ndri_report_out_of_memory(report);
    before->choice = *choice;
    return NDR_OK;
}

/* The chain: the caller's own text, the resolver, the administrator's entries,
   the built-in ones, which have words for every status. */
static int choose(ndr_report *report, ndr_recipient *recipient, int language)
{
    ndri_choice *choice = &recipient->choices[language];
    const ndr_catalog *catalog = report->profile->catalog;
    ndr_query query;
    ndri_words words;
    int error = NDR_OK;

    memset(choice, 0, sizeof(*choice));
    if (ndri_record_has(recipient, NDRI_FACT_TEXT))
        return NDR_OK;
    query = query_for(report, recipient, language);
    if (report->scratch.error != NDR_OK)
        return ndri_report_out_of_memory(report);
    if (catalog != NULL && ndri_catalog_has_resolver(catalog))
        error = resolve(report, recipient, &query, choice);
    if (choice->entry == NULL && catalog != NULL) {
        words = ndri_catalog_words(catalog);
        *choice = ndri_words_choose(&words, &query);
    }
    if (choice->entry == NULL) {
        const ndri_language *speech = &report->plan.languages[language];

        query.language = speech->words->language;
        *choice = ndri_words_choose(speech->words, &query);
    }
    return error;
}

static int choose_all(ndr_report *report, ndr_recipient *recipient)
{
    size_t count = (size_t) report->plan.language_count;
    int language, error = NDR_OK;

    recipient->choices =
        ndri_arena_take(&report->arena, count * sizeof(*recipient->choices));
    if (recipient->choices == NULL)
        return ndri_report_out_of_memory(report);
    for (language = 0; language < report->plan.language_count; language++)
        if (error == NDR_OK)
            error = choose(report, recipient, language);
    return error;
}

int ndri_reason_choose(ndr_report *report)
{
    ndr_recipient *recipient;
    int error = NDR_OK;

    ndri_table_clear(&report->table);
    for (recipient = report->first; recipient != NULL && error == NDR_OK;
         recipient = recipient->next)
        if (recipient->flags & NDRI_RCPT_DUE)
            error = choose_all(report, recipient);
    return error;
}

/* Add the words of one language, and whose move they say it is. */
static void digest_words(ndr_report *report, const ndr_recipient *recipient,
                         int language, ndri_digest *digest)
{
    const ndri_entry *entry = recipient->choices[language].entry;
    ndri_values values = ndri_reason_values(report, recipient, language);

    ndri_buf_clear(&report->scratch);
    ndri_prose_start(&report->output.prose, &ndri_print_reason,
                     &report->scratch);
    ndri_prose_expand(&report->output.prose,
                      ndri_reason_text(recipient, language), &values);
    ndri_digest_add_item(digest, ndri_buf_span(&report->scratch));
    if (entry != NULL)
        ndri_digest_add(digest, ndri_span_from((const char *) entry->move,
                                               sizeof(entry->move)));
}

/* What decides whether two recipients share a reason. */
static void digest_reason(ndr_report *report, const ndr_recipient *recipient,
                          unsigned char key[NDRI_DIGEST_LENGTH])
{
    ndri_digest digest;
    int language;

    ndri_digest_init(&digest, report->seed);
    for (language = 0; language < report->plan.language_count; language++)
        digest_words(report, recipient, language, &digest);
    ndri_digest_add_item(&digest,
                         ndri_record_fact(recipient, NDRI_FACT_REMOTE));
    ndri_digest_add_number(&digest, recipient->action);
    ndri_digest_add_number(&digest,
                           (uint64_t) ndri_reason_is_home(report, recipient));
    ndri_digest_finish(&digest, key);
}

/* The last of a group hangs at its leader's place in the table. */
typedef struct group {
    ndr_recipient *last;
} group;

static int join(ndr_report *report, ndr_recipient *recipient)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    group *found;

    digest_reason(report, recipient, key);
    if (report->scratch.error != NDR_OK || report->made.error != NDR_OK)
        return ndri_report_out_of_memory(report);
    found = ndri_table_find(&report->table, key);
    if (found != NULL) {
        found->last->same = recipient;
        found->last = recipient;
        return NDR_OK;
    }
    recipient->flags |= NDRI_RCPT_LEADS;
    found = ndri_arena_take(&report->arena, sizeof(*found));
    if (found == NULL || !ndri_table_set(&report->table, key, found))
        return ndri_report_out_of_memory(report);
    found->last = recipient;
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
    int alone = report->profile->grouping == NDR_GROUPING_NEVER;
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
