/* SPDX-License-Identifier: ISC */
/*
 * Recipients: who they are and what was asked for them. Setters put facts into
 * the record, in the form in which reports show them.
 */
#include "report/recipient.h"

#include "mail/address.h"
#include "mail/field.h"
#include "mail/notify.h"
#include "words/template.h"

#include <string.h>

int ndri_recipient_set_made(ndr_recipient *recipient, int tag)
{
    ndri_buf *scratch = &recipient->report->scratch;

    if (scratch->error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    return ndri_record_set(recipient, tag, ndri_buf_span(scratch));
}

int ndri_recipient_is_open(const ndr_recipient *recipient)
{
    return recipient == NULL ? NDR_E_NOMEM
                             : ndri_report_is_open(recipient->report);
}

int ndri_recipient_take(ndr_recipient *recipient, const char *text,
                        size_t length, ndri_span *span)
{
    return recipient == NULL
               ? NDR_E_NOMEM
               : ndri_report_take(recipient->report, text, length, span);
}

int ndri_recipient_fault(ndr_recipient *recipient, int error, const char *what,
                         ndri_span value, const char *why)
{
    return ndri_report_fail(recipient->report, error, recipient->number, what,
                            &value, why);
}

void ndri_recipient_note(ndr_recipient *recipient, const char *what,
                         ndri_span value, const char *why)
{
    ndri_report_note(recipient->report, recipient->number, what, &value, why);
}

void ndri_recipient_note_escapes(ndr_recipient *recipient, const char *what,
                                 ndri_span text)
{
    size_t at = ndri_text_printable_end(text, 0);

    /* tabs and line ends are nobody's wonder */
    while (at < text.length && text.at[at] != '\0' &&
           strchr("\t\r\n", text.at[at]) != NULL)
        at = ndri_text_printable_end(text, at + 1);
    if (at < text.length)
        ndri_recipient_note(recipient, what, text,
                            "not printable ASCII; made visible");
}

ndri_buf *ndri_recipient_scratch(ndr_recipient *recipient)
{
    ndri_buf_clear(&recipient->report->scratch);
    return &recipient->report->scratch;
}

static int set_address(ndr_recipient *recipient, int tag, ndri_span given)
{
    ndri_span address = ndri_address_unbracket(given);
    const char *type;

    if (address.length == 0 || ndri_span_has(given, '\r') ||
        ndri_span_has(given, '\n') || ndri_span_has(given, '\0'))
        return ndri_recipient_fault(recipient, NDR_E_ADDRESS, "address", given,
                                    "empty, or holds a line end or NUL");
    ndri_address_add_typed(ndri_recipient_scratch(recipient), address, 0,
                           &type);
    if (strcmp(type, "rfc822") == 0)
        ndri_recipient_note_escapes(recipient, "address", address);
    if (ndri_field_is_cut(ndri_buf_span(&recipient->report->scratch)))
        ndri_recipient_note(recipient, "address", address,
                            "too long; cut where it must be");
    return ndri_record_set(recipient, tag, address);
}

ndr_recipient *ndr_report_add_recipient(ndr_report *report, const char *address,
                                        size_t length)
{
    ndri_span given;
    ndr_recipient *made;

    if (report == NULL)
        return NULL;
    if (ndri_report_take(report, address, length, &given) != NDR_OK)
        return &report->dead;
    made = ndri_arena_take(&report->arena, sizeof(*made));
    if (made == NULL) {
        ndri_report_out_of_memory(report);
        return &report->dead;
    }
    memset(made, 0, sizeof(*made));
    made->report = report;
    made->number = report->count + 1;
    if (set_address(made, NDRI_FACT_ADDRESS, given) != NDR_OK)
        return &report->dead;
    report->count++;
    if (report->last != NULL)
        report->last->next = made;
    else
        report->first = made;
    report->last = made;
    return made;
}

int ndr_recipient_set_hidden(ndr_recipient *recipient, const char *address,
                             size_t length)
{
    ndri_span given;
    int error = ndri_recipient_take(recipient, address, length, &given);

    if (error != NDR_OK)
        return error;
    return set_address(recipient, NDRI_FACT_HIDDEN_AS, given);
}

int ndr_recipient_set_action(ndr_recipient *recipient, int action)
{
    int error = ndri_recipient_is_open(recipient);

    if (error != NDR_OK)
        return error;
    if (action < NDR_ACTION_FAILED || action > NDR_ACTION_EXPANDED)
        return ndri_report_fail(recipient->report, NDR_E_ACTION,
                                recipient->number, "action", NULL,
                                "unknown number");
    recipient->action = (uint8_t) action;
    return NDR_OK;
}

int ndr_recipient_set_status(ndr_recipient *recipient, const char *status,
                             size_t length)
{
    ndri_span given;
    int error = ndri_recipient_take(recipient, status, length, &given);

    if (error != NDR_OK)
        return error;
    if (!ndri_status_parse(given, &recipient->status))
        return ndri_recipient_fault(
            recipient, NDR_E_STATUS, "status", given,
            "expected 2, 4 or 5, then two numbers up to 999: 5.1.1");
    recipient->flags |= NDRI_RCPT_STATUS;
    return NDR_OK;
}

int ndr_recipient_set_original_recipient(ndr_recipient *recipient,
                                         const char *orcpt, size_t length)
{
    ndri_span given;
    int error = ndri_recipient_take(recipient, orcpt, length, &given);
    ndri_orcpt parsed;
    int good;

    if (error != NDR_OK)
        return error;
    recipient->flags &= (uint8_t) ~NDRI_RCPT_ORCPT_RAW;
    ndri_record_set(recipient, NDRI_FACT_ORCPT, NDRI_SPAN(""));
    ndri_record_set(recipient, NDRI_FACT_ORCPT_TYPE, NDRI_SPAN(""));
    if (given.length == 0)
        return NDR_OK;
    good = ndri_orcpt_parse(given, ndri_recipient_scratch(recipient), &parsed);
    if (recipient->report->scratch.error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    if (!good) {
        ndri_recipient_note(recipient, "ORCPT", given,
                            "cannot be decoded; left out");
        return recipient->report->fault.error;
    }
    if (ndri_field_is_cut(parsed.address)) {
        ndri_recipient_note(recipient, "ORCPT", given, "too long; left out");
        return recipient->report->fault.error;
    }
    if (parsed.malformed)
        recipient->flags |= NDRI_RCPT_ORCPT_RAW;
    error = ndri_record_set(recipient, NDRI_FACT_ORCPT, parsed.address);
    if (error == NDR_OK)
        error = ndri_record_set(recipient, NDRI_FACT_ORCPT_TYPE, parsed.type);
    return error;
}

int ndr_recipient_set_notify(ndr_recipient *recipient, int notify)
{
    int error = ndri_recipient_is_open(recipient);

    if (error != NDR_OK)
        return error;
    if (!ndri_notify_is_valid(notify))
        return ndri_report_fail(recipient->report, NDR_E_INVALID,
                                recipient->number, "notify", NULL,
                                "unknown bits, or NEVER with others");
    recipient->notify = (uint8_t) notify;
    return NDR_OK;
}

/* Plain text: UTF-8, no control characters but tab and line ends. */
static int is_plain_text(ndri_span text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (ndri_is_control((unsigned char) text.at[i]) &&
            strchr("\t\r\n", text.at[i]) == NULL)
            return 0;
    return !ndri_span_has(text, '\0') && ndri_utf8_is_valid(text);
}

int ndr_recipient_set_text(ndr_recipient *recipient, const char *text,
                           size_t length)
{
    ndri_span given;
    int error = ndri_recipient_take(recipient, text, length, &given);

    if (error != NDR_OK)
        return error;
    if (!is_plain_text(given))
        return ndri_recipient_fault(
            recipient, NDR_E_TEXT, "text", given,
            "expected UTF-8 without control characters");
    ndri_template_compile_plain(given, ndri_recipient_scratch(recipient));
    return ndri_recipient_set_made(recipient, NDRI_FACT_TEXT);
}

int ndr_recipient_add_field(ndr_recipient *recipient, const char *name,
                            size_t name_length, const char *value,
                            size_t value_length)
{
    ndri_span given, text;
    ndri_buf *scratch;
    int error = ndri_recipient_take(recipient, name, name_length, &given);

    if (error == NDR_OK)
        error = ndri_recipient_take(recipient, value, value_length, &text);
    if (error == NDR_OK)
        error = ndri_report_check_field(recipient->report, recipient->number,
                                        given, text);
    if (error != NDR_OK)
        return error;
    scratch = ndri_recipient_scratch(recipient);
    ndri_buf_add(scratch, given);
    ndri_buf_add_byte(scratch, '\0');
    ndri_buf_add(scratch, ndri_span_trim(text));
    if (scratch->error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    return ndri_record_add(recipient, NDRI_FACT_FIELD, ndri_buf_span(scratch));
}
