/* SPDX-License-Identifier: ISC */
/*
 * Reading the original: its header block, filtered; its Subject decoded (RFC
 * 2047), made safe to show and cut at a character; its Date in words.
 */
#include "report/reading.h"

#include "mail/word.h"
#include "report/privacy.h"
#include "report/report.h"

#define HEADER_STEP ((size_t) 4095) /* octets read first */

/* Read until the header is whole, the source ends, or it is absurdly long. */
static int read_block(ndr_report *report)
{
    ndri_buf *header = &report->header;
    size_t step = HEADER_STEP;
    int error;

    ndri_buf_clear(header);
    do {
        error = ndri_source_read(&report->source, header->used, step, header);
        if (error == NDR_E_NOMEM)
            return ndri_report_out_of_memory(report);
        if (error != NDR_OK)
            return ndri_report_fail(report, error, 0, "original", NULL,
                                    "its header could not be read");
        step = header->used; /* twice as much: a long header stays linear */
    } while (header->used < report->source.size &&
             header->used < NDRI_HEADER_READ &&
             !ndri_original_is_complete(ndri_buf_span(header)));
    return NDR_OK;
}

/* Does the header go on beyond what was read? */
static int goes_on(const ndr_report *report)
{
    return report->header.used < report->source.size &&
           !ndri_original_is_complete(ndri_buf_span(&report->header));
}

static int take_header(ndr_report *report)
{
    ndri_original *original = &report->plan.original;
    int error = read_block(report);

    if (error != NDR_OK)
        return error;
    error = ndri_original_parse(original, ndri_buf_span(&report->header),
                                goes_on(report), &report->arena);
    if (error != NDR_OK)
        return ndri_report_out_of_memory(report);
    original->has_body =
        !goes_on(report) && original->body < report->source.size;
    ndri_original_filter(original, &report->profile->filter);
    error = ndri_privacy_strip(report);
    if (error != NDR_OK)
        return error;
    ndri_original_admit(original, report->profile->limits[NDR_LIMIT_HEADER]);
    original->cut |= goes_on(report);
    if (original->broken && original->count > 0)
        ndri_report_note(report, 0, "original", NULL,
                         "a line that is no field ends its header");
    if (original->cut)
        ndri_report_note(report, 0, "original", NULL,
                         "header over the limit; fields left out");
    return report->fault.error;
}

/* Cut text, which stands in scratch, at a character to at most limit octets,
   and mark it. */
static ndri_span cut_text(ndr_report *report, ndri_span text, uint64_t limit)
{
    size_t at = (size_t) limit, before;

    if (text.length <= limit)
        return text;
    before = (size_t) (text.at - report->scratch.at);
    while (at > 0 && ((unsigned char) text.at[at] & 0xC0) == 0x80)
        at--;
    ndri_buf_truncate(&report->scratch, before + at);
    ndri_buf_add_text(&report->scratch, "...");
    return ndri_span_slice(ndri_buf_span(&report->scratch), before,
                           report->scratch.used);
}

/* A field of the original, decoded, in *kept. 0 if it holds encoded-words that
   could not be decoded. */
static int read_text(ndr_report *report, const char *name, ndri_span *kept)
{
    const ndri_header *field = ndri_original_find(&report->plan.original, name);
    ndri_buf *text = &report->scratch;
    ndri_span shown;
    int whole;

    if (field == NULL)
        return 1;
    ndri_buf_clear(&report->made);
    ndri_buf_clear(text);
    ndri_original_unfold(field->value, &report->made);
    whole =
        ndri_word_decode(&report->charsets, ndri_buf_span(&report->made), text);
    shown = cut_text(report, ndri_span_trim(ndri_buf_span(text)),
                     report->profile->limits[NDR_LIMIT_SUBJECT]);
    if (text->error != NDR_OK || report->made.error != NDR_OK)
        ndri_report_out_of_memory(report);
    else
        *kept = ndri_report_keep(report, shown);
    return whole;
}

static void read_sent(ndr_report *report)
{
    const ndri_header *field =
        ndri_original_find(&report->plan.original, "Date");

    report->plan.has_sent =
        field != NULL && ndri_date_parse(field->value, &report->plan.sent);
}

int ndri_reading_take(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    int error;

    if (!(report->has & NDRI_HAS_ORIGINAL))
        return NDR_OK;
    error = take_header(report);
    if (error != NDR_OK)
        return error;
    plan->subject_kept = !read_text(report, "Subject", &plan->subject);
    read_text(report, "From", &plan->from);
    read_sent(report);
    return report->fault.error;
}
