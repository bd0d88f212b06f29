/* SPDX-License-Identifier: ISC */
/*
 * The outer header (RFC 5322 3.6, RFC 3464 2, RFC 3834 3.1). No Return-Path:
 * the delivering server writes it. No Content-Language: some readers take a
 * report that has one for another system's. Subject is ours in front, the
 * original's behind.
 */
#include "output/envelope.h"

#include "mail/word.h"
#include "report/identity.h"
#include "report/reason.h"
#include "report/record.h"
#include "report/selection.h"

#define FAILED_MOST 100
#define ADDRESS_MOST ((size_t) 900)

static void write_from(const ndr_report *report, ndri_buf *out)
{
    const ndr_profile *profile = report->profile;
    ndri_span address = report->plan.values.of[NDRI_PH_POSTMASTER];
    ndri_fold fold;

    ndri_fold_begin(&fold, out, "From");
    if (profile->postmaster.length == 0)
        ndri_word_add_phrase(&fold, NDRI_SPAN("Mail Delivery System"));
    else if (profile->postmaster_name.length > 0)
        ndri_word_add_phrase(&fold, profile->postmaster_name);
    ndri_fold_room(&fold, 1, address.length + 2);
    ndri_buf_add_byte(out, '<');
    ndri_buf_add(out, address);
    ndri_buf_add_byte(out, '>');
    ndri_fold_end(&fold);
}

/* What follows the prefix: the entry's words, else the original's Subject, else
   that there is none. In scratch. */
static ndri_span subject_body(ndr_report *report)
{
    const ndr_recipient *first = report->plan.first;
    const ndri_choice *choice = &first->choices[0];
    ndri_span source = {"", 0};
    ndri_values values;

    if (choice->entry != NULL)
        source = ndri_span_of(choice->pool + choice->entry->subject);
    if (source.length == 0 && report->plan.subject.length > 0)
        return report->plan.subject;
    if (source.length == 0)
        source = ndri_words_label(report->plan.languages[0].words,
                                  NDRI_LABEL_NO_SUBJECT);
    values = ndri_reason_values(report, first, 0, NDRI_USES_ALL);
    ndri_buf_clear(&report->scratch);
    ndri_prose_start(&report->output.prose, &ndri_print_inline,
                     &report->scratch);
    ndri_prose_expand(&report->output.prose, source, &values);
    return ndri_buf_span(&report->scratch);
}

static void write_subject(ndr_report *report, ndri_buf *out)
{
    const ndri_plan *plan = &report->plan;
    ndri_fold fold;
    int label;

    ndri_fold_begin(&fold, out, "Subject");
    if (report->subject.length > 0) {
        ndri_word_add_text(&fold, report->subject, 0);
    } else {
        if (report->copy == NDR_COPY_POSTMASTER)
            ndri_word_add_text(&fold,
                               ndri_words_label(plan->languages[0].words,
                                                NDRI_LABEL_SUBJECT_COPY),
                               0);
        label = NDRI_LABEL_SUBJECT_FAILED + plan->first->action;
        ndri_word_add_text(
            &fold, ndri_words_label(plan->languages[0].words, label), 0);
        ndri_word_add_text(&fold, subject_body(report), plan->subject_kept);
    }
    ndri_fold_end(&fold);
}

/* Message ids, one a word. */
static void write_ids(const char *name, ndri_span ids, ndri_buf *out)
{
    ndri_fold fold;
    ndri_span id;

    if (ids.length == 0)
        return;
    ndri_fold_begin(&fold, out, name);
    while (ndri_span_next_item(&ids, &id))
        ndri_fold_add(&fold, 1, id);
    ndri_fold_end(&fold);
}

static void write_date(const ndr_report *report, ndri_buf *out)
{
    ndri_buf_add_text(out, "Date: ");
    ndri_date_write(report->date, out);
    ndri_buf_add_text(out, "\r\n");
}

/* The boundary has a line of its own: some readers take the first one apart. */
static void write_content_type(const ndr_report *report, ndri_buf *out)
{
    ndri_buf_add_text(out, "MIME-Version: 1.0\r\n"
                           "Content-Type: multipart/report; "
                           "report-type=delivery-status;\r\n boundary=\"");
    ndri_identity_add_boundary(report, 0, out);
    ndri_buf_add_text(out, "\"\r\n");
    if (report->plan.global ||
        report->plan.third_encoding == NDRI_ENCODING_8BIT)
        ndri_buf_add_text(out, "Content-Transfer-Encoding: 8bit\r\n");
}

/* The words of a value, folded between them. */
static void write_words(const char *name, ndri_span value, ndri_buf *out)
{
    ndri_fold fold;
    ndri_span word;

    ndri_fold_begin(&fold, out, name);
    while (value.length > 0) {
        size_t end = ndri_span_find_byte(value, 0, ' ');

        word = ndri_span_slice(value, 0, end);
        ndri_fold_add(&fold, 1, word);
        value = ndri_span_slice(value, end + 1, value.length);
    }
    ndri_fold_end(&fold);
}

/* Can programs take the address out of a list parted by commas? */
static int fits_list(ndri_span address)
{
    return ndri_text_is_printable(address) && address.length <= ADDRESS_MOST &&
           !ndri_span_has(address, ',') && !ndri_span_has(address, ' ');
}

/* The failed recipients, as many as programs will want. */
static void write_failed(ndr_report *report, ndri_buf *out)
{
    const ndr_recipient *each = NULL;
    int count = 0;
    ndri_fold fold;

    if (report->profile->failed_recipients != NDR_FAILED_RECIPIENTS_LISTED)
        return;
    while ((each = ndri_selection_next(report, each)) != NULL &&
           count < FAILED_MOST) {
        ndri_span address = ndri_record_final(each);

        if (each->action != NDR_ACTION_FAILED || !fits_list(address))
            continue;
        if (count == 0)
            ndri_fold_begin(&fold, out, "X-Failed-Recipients");
        else
            ndri_buf_add_byte(out, ',');
        ndri_fold_add(&fold, 1, address);
        count++;
    }
    if (count > 0)
        ndri_fold_end(&fold);
}

void ndri_envelope_write(ndr_report *report, ndri_buf *out)
{
    const ndri_item *item;

    write_from(report, out);
    ndri_field_line(out, "To", "", report->plan.to);
    write_subject(report, out);
    write_date(report, out);
    ndri_field_line(out, "Message-ID", "", report->plan.message_id);
    write_ids("In-Reply-To", report->plan.in_reply_to, out);
    write_ids("References", report->plan.references, out);
    ndri_buf_add_text(out, "Auto-Submitted: auto-replied\r\n");
    write_failed(report, out);
    for (item = report->headers.first; item != NULL; item = item->next)
        write_words(item->name.at, item->value, out);
    write_content_type(report, out);
    ndri_buf_add_text(out, "\r\n");
}
