/* SPDX-License-Identifier: ISC */
/*
 * The human part, piece by piece, so that ten thousand recipients need no more
 * memory than one. The order is Exchange's: what happened, in words; then
 * "Diagnostic information for administrators:"; then the original's header.
 */
#include "output/part_human.h"

#include "base/width.h"
#include "mail/field.h"
#include "output/section.h"
#include "output/section_admin.h"
#include "report/reason.h"
#include "report/record.h"
#include "report/selection.h"

enum {
    STEP_LANGUAGE, /* begin the user section in the language at hand */
    STEP_HEADING,  /* of the action at hand, or on to the next one */
    STEP_GROUP,    /* begin the next group of the action */
    STEP_ADDRESS,  /* one address of the group */
    STEP_REASON,
    STEP_NOTE, /* its end; on to the next language */
    STEP_ADMIN,
    STEP_RECIPIENT, /* one recipient of the administrator section */
    STEP_HEADERS,
    STEP_FIELD, /* one field of the original's header */
    STEP_END,
    STEP_DONE
};

static void facts(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;
    size_t subject = ndri_width(ndri_section_label(report, NDRI_LABEL_SUBJECT));
    size_t sent = ndri_width(ndri_section_label(report, NDRI_LABEL_SENT));

    if (report->plan.subject.length == 0 &&
        ndri_section_language(report)->sent.length == 0)
        return;
    ndri_prose_open(prose, NDRI_BLOCK_FACTS);
    prose->column = (subject > sent ? subject : sent) + 2;
    ndri_section_field(report, NDRI_BLOCK_FACT, NDRI_LABEL_SUBJECT,
                       report->plan.subject);
    ndri_section_field(report, NDRI_BLOCK_FACT, NDRI_LABEL_SENT,
                       ndri_section_language(report)->sent);
    ndri_prose_close(prose, NDRI_BLOCK_FACTS);
}

/* Words from here on are in the language at hand. */
static void speak(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;

    prose->language = ndri_section_language(report)->tag;
    prose->rtl = ndri_span_equal(
        ndri_section_label(report, NDRI_LABEL_DIRECTION), NDRI_SPAN("rtl"));
}

/* One of several languages is named, and closed off from the others. */
static int step_language(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;

    report->output.action = 0;
    report->output.recipient = NULL;
    if (report->plan.language_count > 1) {
        speak(report);
        ndri_prose_open(prose, NDRI_BLOCK_LANGUAGE);
        ndri_prose_block(prose, NDRI_BLOCK_LANGUAGE_TITLE,
                         ndri_section_label(report, NDRI_LABEL_LANGUAGE),
                         &report->plan.values);
    }
    if (report->copy == NDR_COPY_POSTMASTER)
        ndri_prose_block(
            prose, NDRI_BLOCK_NOTE,
            ndri_section_label(report, report->sender.length > 0
                                           ? NDRI_LABEL_COPY
                                           : NDRI_LABEL_COPY_ALONE),
            &report->plan.values);
    return STEP_HEADING;
}

/* The action's heading; under the first one, which message it was. */
static int step_heading(ndr_report *report)
{
    ndri_output *output = &report->output;
    unsigned count;
    int which;

    while (output->action < NDRI_ACTION_COUNT &&
           report->plan.counts[output->action] == 0)
        output->action++;
    if (output->action == NDRI_ACTION_COUNT)
        return STEP_NOTE;
    count = report->plan.counts[output->action];
    which = count > 1 ? NDRI_LABEL_HEADING_FAILED_SEVERAL
                      : NDRI_LABEL_HEADING_FAILED;
    output->prose.calm = output->action != NDR_ACTION_FAILED;
    ndri_prose_block(&output->prose, NDRI_BLOCK_HEADING,
                     ndri_section_label(report, which + output->action),
                     &report->plan.values);
    if (output->action == report->plan.first->action)
        facts(report);
    output->recipient = NULL;
    return STEP_GROUP;
}

static int step_group(ndr_report *report)
{
    ndri_output *output = &report->output;

    output->recipient =
        ndri_selection_next_group(report, output->action, output->recipient);
    if (output->recipient == NULL) {
        output->action++;
        return STEP_HEADING;
    }
    ndri_prose_open(&output->prose, NDRI_BLOCK_GROUP);
    output->member = output->recipient;
    return STEP_ADDRESS;
}

static int step_address(ndr_report *report)
{
    ndri_output *output = &report->output;

    ndri_prose_open(&output->prose, NDRI_BLOCK_ADDRESS);
    ndri_prose_value(
        &output->prose,
        ndri_section_shown(report, ndri_record_shown(output->member)));
    ndri_prose_close(&output->prose, NDRI_BLOCK_ADDRESS);
    output->member = output->member->same;
    return output->member != NULL ? STEP_ADDRESS : STEP_REASON;
}

/* The label of a mover; its administrator and ours may be one. */
static int mover_label(int mover, int is_home)
{
    if (mover == NDRI_MOVER_RECIPIENT_ADMIN && is_home)
        mover = NDRI_MOVER_SENDER_ADMIN;
    return NDRI_LABEL_WHO_SENDER + mover - NDRI_MOVER_SENDER;
}

/* A blank after words of ours, where their script has blanks: fullwidth
   punctuation brings its own. */
static void blank_after(ndr_report *report, ndri_span words)
{
    size_t last = words.length;
    uint32_t point = 0;

    while (last > 0 && ((unsigned char) words.at[--last] & 0xC0) == 0x80)
        continue;
    ndri_utf8_decode(words, last, &point);
    if (point < 0x3000)
        ndri_prose_text(&report->output.prose, NDRI_SPAN(" "));
}

static void add_mover(ndr_report *report, int which, unsigned *before)
{
    ndri_prose *prose = &report->output.prose;

    if (*before & 1u << (which - NDRI_LABEL_WHO_SENDER))
        return;
    if (*before != 0)
        ndri_prose_text(prose, ndri_section_label(report, NDRI_LABEL_WHO_JOIN));
    blank_after(report,
                ndri_section_label(report, *before != 0 ? NDRI_LABEL_WHO_JOIN
                                                        : NDRI_LABEL_WHO));
    *before |= 1u << (which - NDRI_LABEL_WHO_SENDER);
    ndri_prose_text(prose, ndri_section_label(report, which));
}

/* "Who can fix it: you, or your mail administrator". Nobody stands alone, and
   only if it comes first: wait, then see. */
static void move(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_prose *prose = &report->output.prose;
    const ndri_entry *entry = recipient->choices[report->output.language].entry;
    unsigned before = 0;
    size_t i;

    if (entry == NULL || entry->move[0] == NDRI_MOVER_END)
        return;
    ndri_prose_open(prose, NDRI_BLOCK_MOVE);
    ndri_prose_text(prose, ndri_section_label(report, NDRI_LABEL_WHO));
    for (i = 0; entry->move[i] != NDRI_MOVER_END; i++) {
        if (entry->move[i] == NDRI_MOVER_NOBODY && i > 0)
            continue;
        add_mover(
            report,
            mover_label(entry->move[i], ndri_reason_is_home(report, recipient)),
            &before);
        if (entry->move[i] == NDRI_MOVER_NOBODY)
            break;
    }
    ndri_prose_close(prose, NDRI_BLOCK_MOVE);
}

/* A paragraph of the layout's own, if it has words. */
static void sentence(ndr_report *report, int which, const ndri_values *values)
{
    if (ndri_section_label(report, which).length > 0)
        ndri_prose_block(&report->output.prose, NDRI_BLOCK_PARAGRAPH,
                         ndri_section_label(report, which), values);
}

static int step_reason(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;
    const ndr_recipient *recipient = report->output.recipient;
    int language = report->output.language;
    ndri_values values =
        ndri_reason_values(report, recipient, language, NDRI_USES_ALL);
    ndri_span text = ndri_reason_text(recipient, language);

    ndri_prose_open(prose, NDRI_BLOCK_REASON);
    ndri_prose_paragraphs(prose, text, &values);
    if (values.of[NDRI_PH_REMOTE_SERVER].length > 0)
        sentence(report, NDRI_LABEL_SERVER_FAILED + recipient->action, &values);
    move(report, recipient);
    ndri_prose_steps(prose, text, &values,
                     ndri_section_label(report, NDRI_LABEL_STEPS));
    sentence(report, NDRI_LABEL_CLOSING_FAILED + recipient->action, &values);
    ndri_prose_close(prose, NDRI_BLOCK_REASON);
    ndri_prose_close(prose, NDRI_BLOCK_GROUP);
    return STEP_GROUP;
}

/* Why the message did not come back whole. */
static int step_note(ndr_report *report)
{
    if (report->plan.not_whole >= 0)
        ndri_prose_block(&report->output.prose, NDRI_BLOCK_NOTE,
                         ndri_section_label(report, report->plan.not_whole),
                         &report->plan.values);
    if (report->plan.language_count > 1)
        ndri_prose_close(&report->output.prose, NDRI_BLOCK_LANGUAGE);
    if (++report->output.language < report->plan.language_count)
        return STEP_LANGUAGE;
    report->output.language = 0;
    speak(report);
    return report->profile->diagnostics == NDR_DIAGNOSTICS_ON ? STEP_ADMIN
                                                              : STEP_END;
}

static int step_admin(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;

    ndri_prose_open(prose, NDRI_BLOCK_ADMIN);
    ndri_prose_block(prose, NDRI_BLOCK_ADMIN_TITLE,
                     ndri_section_label(report, NDRI_LABEL_ADMIN),
                     &report->plan.values);
    ndri_prose_open(prose, NDRI_BLOCK_FIELDS);
    ndri_section_field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_GENERATING_SERVER,
                       report->plan.server);
    ndri_prose_close(prose, NDRI_BLOCK_FIELDS);
    report->output.recipient = NULL;
    return STEP_RECIPIENT;
}

static int step_recipient(ndr_report *report)
{
    report->output.recipient =
        ndri_selection_next(report, report->output.recipient);
    if (report->output.recipient == NULL)
        return STEP_HEADERS;
    ndri_admin_recipient(report, report->output.recipient);
    return STEP_RECIPIENT;
}

static int step_headers(ndr_report *report)
{
    if (report->plan.third == NDRI_THIRD_NONE)
        return STEP_END;
    ndri_prose_block(&report->output.prose, NDRI_BLOCK_HEADERS_TITLE,
                     ndri_section_label(report, NDRI_LABEL_HEADERS),
                     &report->plan.values);
    ndri_prose_open(&report->output.prose, NDRI_BLOCK_HEADERS);
    report->output.index = 0;
    return STEP_FIELD;
}

static int step_field(ndr_report *report)
{
    const ndri_original *original = &report->plan.original;
    const ndri_header *header;

    if (report->output.index == original->count) {
        ndri_prose_close(&report->output.prose, NDRI_BLOCK_HEADERS);
        if (original->cut)
            ndri_prose_block(&report->output.prose, NDRI_BLOCK_HEADERS_TITLE,
                             ndri_section_label(report, NDRI_LABEL_HEADERS_CUT),
                             &report->plan.values);
        return STEP_END;
    }
    header = &original->fields[report->output.index++];
    if (!header->shown)
        return STEP_FIELD;
    ndri_admin_header(report, header);
    return STEP_FIELD;
}

static int step_end(ndr_report *report)
{
    if (report->profile->diagnostics == NDR_DIAGNOSTICS_ON)
        ndri_prose_close(&report->output.prose, NDRI_BLOCK_ADMIN);
    ndri_prose_close(&report->output.prose, NDRI_BLOCK_DOCUMENT);
    return STEP_DONE;
}

static void organisation(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;

    if (report->profile->organisation.length == 0)
        return;
    ndri_prose_open(prose, NDRI_BLOCK_ORGANISATION);
    ndri_prose_value(prose, report->profile->organisation);
    ndri_prose_close(prose, NDRI_BLOCK_ORGANISATION);
}

void ndri_human_begin(ndr_report *report, const ndri_printer *printer,
                      ndri_buf *out)
{
    ndri_prose_start(&report->output.prose, printer, out);
    report->output.step = STEP_LANGUAGE;
    report->output.language = 0;
    report->output.prose.title = ndri_section_label(
        report, NDRI_LABEL_HEADING_FAILED + report->plan.first->action);
    report->output.prose.accent = report->profile->accent;
    speak(report);
    ndri_prose_open(&report->output.prose, NDRI_BLOCK_DOCUMENT);
    organisation(report);
}

int ndri_human_step(ndr_report *report)
{
    static int (*const steps[])(ndr_report *) = {
        step_language, step_heading, step_group, step_address,
        step_reason,   step_note,    step_admin, step_recipient,
        step_headers,  step_field,   step_end};

    if (report->output.step == STEP_DONE)
        return 0;
    report->output.step = steps[report->output.step](report);
    return 1;
}
