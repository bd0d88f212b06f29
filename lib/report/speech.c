/* SPDX-License-Identifier: ISC */
/*
 * Languages: those asked for; else one that the original's writer uses, if that
 * is looked for; else those of the server; else English. Lookup is RFC 4647
 * 3.4, range by range.
 */
#include "report/speech.h"

#include "mail/language.h"
#include "report/report.h"
#include "words/catalog.h"
#include "words/languages.h"
#include "words/phrase.h"

#include <string.h>

/* Are there words for this range, built in or the administrator's? */
static int is_spoken(const ndr_report *report, ndri_span range)
{
    const ndr_catalog *catalog = report->profile->catalog;
    ndri_words own;

    if (ndri_languages_find(range) != NULL)
        return 1;
    if (catalog == NULL)
        return 0;
    own = ndri_catalog_words(catalog);
    return ndri_words_speak(&own, range);
}

static void add_language(ndr_report *report, ndri_span range)
{
    ndri_plan *plan = &report->plan;
    ndri_language *made = &plan->languages[plan->language_count];
    const ndri_words *words = ndri_languages_find(range);
    int i;

    range = ndri_language_name(range);
    if (words != NULL &&
        ndri_language_serves(range, ndri_span_of(words->language)))
        range = ndri_span_of(words->language);
    memset(made, 0, sizeof(*made));
    made->words = words != NULL ? words : &ndri_words_en;
    made->range = ndri_report_keep(report, range).at;
    made->tag = words != NULL ? words->language : made->range;
    made->sent = made->size = NDRI_SPAN("");
    for (i = 0; i < plan->language_count; i++)
        if (strcmp(plan->languages[i].tag, made->tag) == 0)
            return;
    plan->language_count++;
}

/* Every language of a list that has words. */
static void add_list(ndr_report *report, ndri_span list)
{
    ndri_span range;

    while (ndri_span_next_item(&list, &range) &&
           report->plan.language_count < NDRI_LANGUAGE_COUNT)
        if (is_spoken(report, range))
            add_language(report, range);
}

/* The weight of an item of Accept-Language in thousandths: "fr;q=0.8". */
static unsigned weight_of(ndri_span item)
{
    size_t at = ndri_span_find(item, 0, NDRI_SPAN("q="));
    unsigned weight = 0, unit = 1000;

    if (at == item.length)
        return 1000;
    for (at += 2; at < item.length && unit > 0; at++) {
        if (item.at[at] == '.' && unit == 100)
            continue;
        if (!ndri_is_digit(item.at[at]))
            break;
        weight += (unsigned) (item.at[at] - '0') * unit;
        unit /= 10;
    }
    return weight;
}

/* The language of a field's list that has words and the greatest weight. */
static void add_best(ndr_report *report, const char *name)
{
    const ndri_header *field = ndri_original_find(&report->plan.original, name);
    ndri_span rest, best = {"", 0};
    unsigned best_weight = 0;

    if (field == NULL)
        return;
    rest = field->value;
    while (rest.length > 0) {
        size_t end = ndri_span_find_byte(rest, 0, ',');
        ndri_span item = ndri_span_slice(rest, 0, end);
        size_t semicolon = ndri_span_find_byte(item, 0, ';');
        ndri_span range = ndri_span_trim(ndri_span_slice(item, 0, semicolon));
        unsigned weight = weight_of(item);

        if (weight > best_weight && ndri_language_is_tag(range) &&
            is_spoken(report, range)) {
            best = range;
            best_weight = weight;
        }
        rest = ndri_span_slice(rest, end + 1, rest.length);
    }
    if (best_weight > 0)
        add_language(report, best);
}

static void detect(ndr_report *report)
{
    if (report->profile->detection != NDR_DETECTION_ON)
        return;
    add_best(report, "Content-Language");
    if (report->plan.language_count == 0)
        add_best(report, "Accept-Language");
}

/* The original's date and size in words. */
static void phrase(ndr_report *report, ndri_language *language)
{
    if (report->plan.has_sent) {
        ndri_buf_clear(&report->scratch);
        ndri_phrase_date(language->words, report->plan.sent, &report->scratch);
        language->sent = ndri_report_keep_scratch(report);
    }
    if (report->has & NDRI_HAS_ORIGINAL) {
        ndri_buf_clear(&report->scratch);
        ndri_phrase_size(language->words, report->source.size,
                         &report->scratch);
        language->size = ndri_report_keep_scratch(report);
    }
}

int ndri_speech_choose(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    int i;

    plan->language_count = 0;
    if (report->copy == NDR_COPY_NONE) {
        add_list(report, report->languages);
        if (plan->language_count == 0)
            detect(report);
    }
    if (plan->language_count == 0)
        add_list(report, report->profile->languages);
    if (plan->language_count == 0)
        add_language(report, NDRI_SPAN("en"));
    for (i = 0; i < plan->language_count; i++)
        phrase(report, &plan->languages[i]);
    return report->fault.error;
}
