/* SPDX-License-Identifier: ISC */
/*
 * The human part, piece by piece, so that ten thousand recipients need no more
 * memory than one. The order is Exchange's: what happened, in words; then
 * "Diagnostic information for administrators:"; then the original's header.
 */
#include "output/part_human.h"

#include "mail/field.h"
#include "mail/reply.h"
#include "report/reason.h"
#include "report/record.h"
#include "report/selection.h"

enum {
    STEP_HEADING, /* of the action at hand, or on to the next one */
    STEP_GROUP,   /* begin the next group of the action */
    STEP_ADDRESS, /* one address of the group */
    STEP_REASON,
    STEP_NOTE,
    STEP_ADMIN,
    STEP_RECIPIENT, /* one recipient of the administrator section */
    STEP_HEADERS,
    STEP_FIELD, /* one field of the original's header */
    STEP_END,
    STEP_DONE
};

static ndri_span label(const ndr_report *report, int which)
{
    return ndri_words_label(report->plan.words, which);
}

/* Label and value, if there is a value: no label stands without one. */
static void field(ndr_report *report, int block, int which, ndri_span value)
{
    ndri_prose *prose = &report->output.prose;

    if (value.length == 0)
        return;
    ndri_prose_open(prose, block);
    ndri_prose_mark(prose, NDRI_INLINE_LABEL);
    ndri_prose_text(prose, label(report, which));
    ndri_prose_mark(prose, NDRI_INLINE_LABEL_END);
    ndri_prose_lines(prose, value);
    ndri_prose_close(prose, block);
}

/* Text as it can be shown, in scratch if it has to be changed. */
static ndri_span shown(ndr_report *report, ndri_span text)
{
    if (ndri_field_is_clean_ascii(text))
        return text;
    ndri_buf_clear(&report->scratch);
    ndri_field_add_utf8(&report->scratch, text);
    return ndri_buf_span(&report->scratch);
}

static void facts(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;
    size_t subject = label(report, NDRI_LABEL_SUBJECT).length;
    size_t sent = label(report, NDRI_LABEL_SENT).length;

    if (report->plan.subject.length == 0 && report->plan.sent.length == 0)
        return;
    ndri_prose_open(prose, NDRI_BLOCK_FACTS);
    prose->column = (subject > sent ? subject : sent) + 2;
    field(report, NDRI_BLOCK_FACT, NDRI_LABEL_SUBJECT, report->plan.subject);
    field(report, NDRI_BLOCK_FACT, NDRI_LABEL_SENT, report->plan.sent);
    ndri_prose_close(prose, NDRI_BLOCK_FACTS);
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
                     label(report, which + output->action),
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
    ndri_prose_value(&output->prose,
                     shown(report, ndri_record_shown(output->member)));
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

static void add_mover(ndr_report *report, int which, unsigned *before)
{
    ndri_prose *prose = &report->output.prose;

    if (*before & 1u << (which - NDRI_LABEL_WHO_SENDER))
        return;
    if (*before != 0)
        ndri_prose_text(prose, label(report, NDRI_LABEL_WHO_JOIN));
    *before |= 1u << (which - NDRI_LABEL_WHO_SENDER);
    ndri_prose_text(prose, NDRI_SPAN(" "));
    ndri_prose_text(prose, label(report, which));
}

/* "Who can fix it: you, or your mail administrator". Nobody stands alone, and
   only if it comes first: wait, then see. */
static void move(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_prose *prose = &report->output.prose;
    const ndri_entry *entry = recipient->choice.entry;
    unsigned before = 0;
    size_t i;

    if (entry == NULL || entry->move[0] == NDRI_MOVER_END)
        return;
    ndri_prose_open(prose, NDRI_BLOCK_MOVE);
    ndri_prose_text(prose, label(report, NDRI_LABEL_WHO));
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
    if (label(report, which).length > 0)
        ndri_prose_block(&report->output.prose, NDRI_BLOCK_PARAGRAPH,
                         label(report, which), values);
}

static int step_reason(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;
    const ndr_recipient *recipient = report->output.recipient;
    ndri_values values = ndri_reason_values(report, recipient);
    ndri_span text = ndri_reason_text(recipient);

    ndri_prose_open(prose, NDRI_BLOCK_REASON);
    ndri_prose_paragraphs(prose, text, &values);
    if (values.of[NDRI_PH_REMOTE_SERVER].length > 0)
        sentence(report, NDRI_LABEL_SERVER_FAILED + recipient->action, &values);
    move(report, recipient);
    ndri_prose_steps(prose, text, &values, label(report, NDRI_LABEL_STEPS));
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
                         label(report, report->plan.not_whole),
                         &report->plan.values);
    return STEP_ADMIN;
}

static int step_admin(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;

    ndri_prose_open(prose, NDRI_BLOCK_ADMIN);
    ndri_prose_block(prose, NDRI_BLOCK_ADMIN_TITLE,
                     label(report, NDRI_LABEL_ADMIN), &report->plan.values);
    ndri_prose_open(prose, NDRI_BLOCK_FIELDS);
    field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_GENERATING_SERVER,
          report->profile->generating_server);
    ndri_prose_close(prose, NDRI_BLOCK_FIELDS);
    report->output.recipient = NULL;
    return STEP_RECIPIENT;
}

/* "host [ip]", in scratch. */
static ndri_span remote_server(ndr_report *report,
                               const ndr_recipient *recipient)
{
    ndri_span host = ndri_record_fact(recipient, NDRI_FACT_REMOTE);
    ndri_span ip = ndri_record_fact(recipient, NDRI_FACT_REMOTE_IP);

    if (host.length == 0 || ip.length == 0)
        return host;
    ndri_buf_clear(&report->scratch);
    ndri_buf_add(&report->scratch, host);
    ndri_buf_add_text(&report->scratch, " [");
    ndri_buf_add(&report->scratch, ip);
    ndri_buf_add_byte(&report->scratch, ']');
    return ndri_buf_span(&report->scratch);
}

/* The code as it was given, or marked as ours; in scratch. */
static ndri_span status(ndr_report *report, const ndr_recipient *recipient)
{
    char words[NDRI_STATUS_ROOM];

    ndri_buf_clear(&report->scratch);
    ndri_status_format(recipient->status, words);
    ndri_buf_add_text(&report->scratch, words);
    if (recipient->flags & NDRI_RCPT_DERIVED) {
        ndri_buf_add_byte(&report->scratch, ' ');
        ndri_buf_add(&report->scratch,
                     label(report, NDRI_LABEL_STATUS_DERIVED));
    }
    return ndri_buf_span(&report->scratch);
}

static void addresses(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_span final = ndri_record_final(recipient);
    ndri_span original = ndri_record_fact(recipient, NDRI_FACT_ORCPT);

    field(report, NDRI_BLOCK_FIELD,
          recipient->action == NDR_ACTION_FAILED ? NDRI_LABEL_REJECTED_RECIPIENT
                                                 : NDRI_LABEL_RECIPIENT,
          shown(report, final));
    if (!ndri_span_equal(final, original))
        field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_ORIGINAL_RECIPIENT,
              shown(report, original));
}

static void reply(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_span text = ndri_record_fact(recipient, NDRI_FACT_REPLY);
    int is_reply = !ndri_record_has(recipient, NDRI_FACT_DIAGNOSTIC) &&
                   ndri_reply_parse(text).code != 0;

    field(report, NDRI_BLOCK_FIELD,
          is_reply ? NDRI_LABEL_REPLY : NDRI_LABEL_DIAGNOSTIC, text);
}

static void date_field(ndr_report *report, int which, ndri_date date)
{
    ndri_buf_clear(&report->scratch);
    ndri_date_write(date, &report->scratch);
    field(report, NDRI_BLOCK_FIELD, which, ndri_buf_span(&report->scratch));
}

static void attempt(ndr_report *report, ndri_span fact)
{
    ndri_prose *prose = &report->output.prose;
    ndri_attempt what = ndri_record_attempt(fact);

    ndri_buf_clear(&report->scratch);
    ndri_date_write(what.date, &report->scratch);
    if (what.host.length > 0) {
        ndri_buf_add_text(&report->scratch, "  ");
        ndri_buf_add(&report->scratch, what.host);
    }
    ndri_prose_open(prose, NDRI_BLOCK_ATTEMPT);
    ndri_prose_value(prose, ndri_buf_span(&report->scratch));
    ndri_prose_close(prose, NDRI_BLOCK_ATTEMPT);
    if (what.text.length == 0)
        return;
    ndri_prose_open(prose, NDRI_BLOCK_ATTEMPT_TEXT);
    ndri_prose_lines(prose, what.text);
    ndri_prose_close(prose, NDRI_BLOCK_ATTEMPT_TEXT);
}

static void attempts(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_prose *prose = &report->output.prose;
    uint32_t at = 0;
    int tag;
    ndri_span fact;

    if (!ndri_record_has(recipient, NDRI_FACT_ATTEMPT))
        return;
    ndri_prose_open(prose, NDRI_BLOCK_ATTEMPTS);
    ndri_prose_block(prose, NDRI_BLOCK_ATTEMPTS_TITLE,
                     label(report, NDRI_LABEL_ATTEMPTS), &report->plan.values);
    while (ndri_record_next_fact(recipient, &at, &tag, &fact))
        if (tag == NDRI_FACT_ATTEMPT)
            attempt(report, fact);
    ndri_prose_close(prose, NDRI_BLOCK_ATTEMPTS);
}

static int step_recipient(ndr_report *report)
{
    ndri_prose *prose = &report->output.prose;
    const ndr_recipient *recipient =
        ndri_selection_next(report, report->output.recipient);
    ndri_date until;

    report->output.recipient = recipient;
    if (recipient == NULL)
        return STEP_HEADERS;
    ndri_prose_open(prose, NDRI_BLOCK_FIELDS);
    addresses(report, recipient);
    field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_REMOTE_SERVER,
          remote_server(report, recipient));
    field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_STATUS,
          status(report, recipient));
    reply(report, recipient);
    if (recipient->action == NDR_ACTION_DELAYED &&
        ndri_record_date(recipient, NDRI_FACT_RETRY_UNTIL, &until))
        date_field(report, NDRI_LABEL_RETRY_UNTIL, until);
    attempts(report, recipient);
    ndri_prose_close(prose, NDRI_BLOCK_FIELDS);
    return STEP_RECIPIENT;
}

static int step_headers(ndr_report *report)
{
    if (report->plan.third == NDRI_THIRD_NONE)
        return STEP_END;
    ndri_prose_block(&report->output.prose, NDRI_BLOCK_HEADERS_TITLE,
                     label(report, NDRI_LABEL_HEADERS), &report->plan.values);
    ndri_prose_open(&report->output.prose, NDRI_BLOCK_HEADERS);
    report->output.index = 0;
    return STEP_FIELD;
}

static void header_line(ndr_report *report, ndri_span name, ndri_span line)
{
    ndri_prose *prose = &report->output.prose;

    ndri_buf_clear(&report->scratch);
    if (name.length > 0) {
        ndri_buf_add(&report->scratch, name);
        ndri_buf_add_byte(&report->scratch, ':');
    }
    ndri_field_add_utf8(&report->scratch, line);
    ndri_prose_open(prose, NDRI_BLOCK_HEADER_LINE);
    ndri_prose_value(prose, ndri_buf_span(&report->scratch));
    ndri_prose_close(prose, NDRI_BLOCK_HEADER_LINE);
}

static int step_field(ndr_report *report)
{
    const ndri_original *original = &report->plan.original;
    const ndri_header *header;
    ndri_span rest, line;

    if (report->output.index == original->count) {
        ndri_prose_close(&report->output.prose, NDRI_BLOCK_HEADERS);
        if (original->cut)
            ndri_prose_block(&report->output.prose, NDRI_BLOCK_HEADERS_TITLE,
                             label(report, NDRI_LABEL_HEADERS_CUT),
                             &report->plan.values);
        return STEP_END;
    }
    header = &original->fields[report->output.index++];
    if (!header->shown)
        return STEP_FIELD;
    rest = header->value;
    ndri_original_first_line(&rest, &line);
    header_line(report, header->name, line);
    while (ndri_original_next_line(&rest, &line))
        header_line(report, NDRI_SPAN(""), line);
    return STEP_FIELD;
}

static int step_end(ndr_report *report)
{
    ndri_prose_close(&report->output.prose, NDRI_BLOCK_ADMIN);
    ndri_prose_close(&report->output.prose, NDRI_BLOCK_DOCUMENT);
    return STEP_DONE;
}

void ndri_human_begin(ndr_report *report, const ndri_printer *printer,
                      ndri_buf *out)
{
    ndri_prose_start(&report->output.prose, printer, out);
    report->output.step = STEP_HEADING;
    report->output.action = 0;
    report->output.recipient = NULL;
    report->output.prose.language = report->plan.language;
    report->output.prose.title =
        label(report, NDRI_LABEL_HEADING_FAILED + report->plan.first->action);
    ndri_prose_open(&report->output.prose, NDRI_BLOCK_DOCUMENT);
}

int ndri_human_step(ndr_report *report)
{
    static int (*const steps[])(ndr_report *) = {
        step_heading, step_group,     step_address, step_reason, step_note,
        step_admin,   step_recipient, step_headers, step_field,  step_end};

    if (report->output.step == STEP_DONE)
        return 0;
    report->output.step = steps[report->output.step](report);
    return 1;
}
