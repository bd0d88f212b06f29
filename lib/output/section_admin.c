/* SPDX-License-Identifier: ISC */
/*
 * "Diagnostic information for administrators:", recipient by recipient, never
 * grouped. Codes and replies stand here as they were given.
 */
#include "output/section_admin.h"

#include "output/section.h"
#include "report/record.h"

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
                     ndri_section_label(report, NDRI_LABEL_STATUS_DERIVED));
    }
    return ndri_buf_span(&report->scratch);
}

static void addresses(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_span final = ndri_record_final(recipient);
    ndri_span original = ndri_record_fact(recipient, NDRI_FACT_ORCPT);

    ndri_section_field(report, NDRI_BLOCK_FIELD,
                       recipient->action == NDR_ACTION_FAILED
                           ? NDRI_LABEL_REJECTED_RECIPIENT
                           : NDRI_LABEL_RECIPIENT,
                       ndri_section_shown(report, final));
    if (!ndri_span_equal(final, original))
        ndri_section_field(report, NDRI_BLOCK_FIELD,
                           NDRI_LABEL_ORIGINAL_RECIPIENT,
                           ndri_section_shown(report, original));
}

static void reply(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_span text = ndri_record_fact(recipient, NDRI_FACT_REPLY);

    ndri_section_field(report, NDRI_BLOCK_FIELD,
                       recipient->flags & NDRI_RCPT_CODE
                           ? NDRI_LABEL_REPLY
                           : NDRI_LABEL_DIAGNOSTIC,
                       text);
}

static void date_field(ndr_report *report, int which, ndri_date date)
{
    ndri_buf_clear(&report->scratch);
    ndri_date_write(date, &report->scratch);
    ndri_section_field(report, NDRI_BLOCK_FIELD, which,
                       ndri_buf_span(&report->scratch));
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
                     ndri_section_label(report, NDRI_LABEL_ATTEMPTS),
                     &report->plan.values);
    while (ndri_record_next_fact(recipient, &at, &tag, &fact))
        if (tag == NDRI_FACT_ATTEMPT)
            attempt(report, fact);
    ndri_prose_close(prose, NDRI_BLOCK_ATTEMPTS);
}

void ndri_admin_recipient(ndr_report *report, const ndr_recipient *recipient)
{
    ndri_prose *prose = &report->output.prose;
    ndri_date until;

    ndri_prose_open(prose, NDRI_BLOCK_FIELDS);
    addresses(report, recipient);
    ndri_section_field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_REMOTE_SERVER,
                       remote_server(report, recipient));
    ndri_section_field(report, NDRI_BLOCK_FIELD, NDRI_LABEL_STATUS,
                       status(report, recipient));
    reply(report, recipient);
    if (recipient->action == NDR_ACTION_DELAYED &&
        ndri_record_date(recipient, NDRI_FACT_RETRY_UNTIL, &until))
        date_field(report, NDRI_LABEL_RETRY_UNTIL, until);
    attempts(report, recipient);
    ndri_prose_close(prose, NDRI_BLOCK_FIELDS);
}

static void header_line(ndr_report *report, ndri_span line)
{
    ndri_prose *prose = &report->output.prose;

    ndri_prose_open(prose, NDRI_BLOCK_HEADER_LINE);
    ndri_prose_value(prose, ndri_section_shown(report, line));
    ndri_prose_close(prose, NDRI_BLOCK_HEADER_LINE);
}

/* The name and the first line as they stand, or put side by side. */
static ndri_span first_line(ndr_report *report, const ndri_header *header,
                            ndri_span line)
{
    ndri_buf *made = &report->made;

    if (header->as_is)
        return ndri_span_from(header->name.at,
                              header->name.length + 1 + line.length);
    ndri_buf_clear(made);
    ndri_buf_add(made, header->name);
    ndri_buf_add_byte(made, ':');
    ndri_buf_add(made, line);
    return ndri_buf_span(made);
}

void ndri_admin_header(ndr_report *report, const ndri_header *header)
{
    ndri_span rest = header->value, line;

    ndri_original_first_line(&rest, &line);
    header_line(report, first_line(report, header, line));
    while (ndri_original_next_line(&rest, &line))
        header_line(report, line);
}
