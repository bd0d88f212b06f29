/* SPDX-License-Identifier: ISC */
/*
 * Recipients: setters put facts into the record, in the form in which reports
 * show them.
 */
#include "mail/address.h"
#include "mail/field.h"
#include "mail/host.h"
#include "mail/notify.h"
#include "mail/reply.h"
#include "report/record.h"
#include "words/template.h"

#include <string.h>

/* The same from scratch, where a value was made. */
static int set_made(ndr_recipient *recipient, int tag)
{
    ndri_buf *scratch = &recipient->report->scratch;

    if (scratch->error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    return ndri_record_set(recipient, tag, ndri_buf_span(scratch));
}

static int is_open(const ndr_recipient *recipient)
{
    return recipient == NULL ? NDR_E_NOMEM
                             : ndri_report_is_open(recipient->report);
}

static int recipient_take(ndr_recipient *recipient, const char *text,
                          size_t length, ndri_span *span)
{
    return recipient == NULL
               ? NDR_E_NOMEM
               : ndri_report_take(recipient->report, text, length, span);
}

static int recipient_fault(ndr_recipient *recipient, int error,
                           const char *what, ndri_span value, const char *why)
{
    return ndri_report_fail(recipient->report, error, recipient->number, what,
                            &value, why);
}

static void note(ndr_recipient *recipient, const char *what, ndri_span value,
                 const char *why)
{
    ndri_report_note(recipient->report, recipient->number, what, &value, why);
}

static ndri_buf *scratch_of(ndr_recipient *recipient)
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
        return recipient_fault(recipient, NDR_E_ADDRESS, "address", given,
                               "empty, or holds a line end or NUL");
    ndri_address_add_typed(scratch_of(recipient), address, 0, &type);
    if (ndri_field_is_cut(ndri_buf_span(&recipient->report->scratch)))
        note(recipient, "address", address, "too long; cut where it must be");
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
    int error = recipient_take(recipient, address, length, &given);

    if (error != NDR_OK)
        return error;
    return set_address(recipient, NDRI_FACT_HIDDEN_AS, given);
}

int ndr_recipient_set_action(ndr_recipient *recipient, int action)
{
    int error = is_open(recipient);

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
    int error = recipient_take(recipient, status, length, &given);

    if (error != NDR_OK)
        return error;
    if (!ndri_status_parse(given, &recipient->status))
        return recipient_fault(
            recipient, NDR_E_STATUS, "status", given,
            "expected 2, 4 or 5, then two numbers up to 999: 5.1.1");
    recipient->flags |= NDRI_RCPT_STATUS;
    return NDR_OK;
}

/* Put a reply, or another diagnostic, into the form that reports show. */
static int keep_reply(ndr_recipient *recipient, ndri_span reply)
{
    uint64_t limit = recipient->report->profile->limits[NDR_LIMIT_REPLY];
    ndri_buf *scratch = scratch_of(recipient);

    if (ndri_reply_add(scratch, reply, (size_t) limit))
        note(recipient, "reply", reply, "over the limit; cut");
    return set_made(recipient, NDRI_FACT_REPLY);
}

int ndr_recipient_set_reply(ndr_recipient *recipient, const char *reply,
                            size_t length)
{
    ndri_span given;
    int error = recipient_take(recipient, reply, length, &given);

    if (error != NDR_OK)
        return error;
    ndri_record_set(recipient, NDRI_FACT_DIAGNOSTIC, NDRI_SPAN(""));
    return keep_reply(recipient, given);
}

int ndr_recipient_set_diagnostic(ndr_recipient *recipient, const char *type,
                                 size_t type_length, const char *text,
                                 size_t text_length)
{
    ndri_span given, words;
    int error = recipient_take(recipient, type, type_length, &given);

    if (error == NDR_OK)
        error = recipient_take(recipient, text, text_length, &words);
    if (error != NDR_OK)
        return error;
    if (ndri_span_equal_nocase(given, NDRI_SPAN("smtp")))
        return ndr_recipient_set_reply(recipient, text, text_length);
    if (!ndri_field_is_extension(given))
        return recipient_fault(
            recipient, NDR_E_FIELD, "diagnostic type", given,
            "expected smtp, or X- and letters, digits, hyphens");
    error = ndri_record_set(recipient, NDRI_FACT_DIAGNOSTIC, given);
    if (error != NDR_OK)
        return error;
    return keep_reply(recipient, words);
}

int ndr_recipient_set_remote_server(ndr_recipient *recipient, const char *host,
                                    size_t host_length, const char *address,
                                    size_t address_length)
{
    ndri_span name, ip;
    int error = recipient_take(recipient, host, host_length, &name);

    if (error == NDR_OK)
        error = recipient_take(recipient, address, address_length, &ip);
    if (error != NDR_OK)
        return error;
    if (name.length == 0 && ip.length > 0) { /* an address alone is the name */
        ndri_buf_clear(&recipient->report->made);
        if (ndri_ip_add(&recipient->report->made, ip))
            name = ndri_buf_span(&recipient->report->made);
        else
            name = ip;
        ip = NDRI_SPAN("");
    }
    if (name.length > 0 && !ndri_host_add(scratch_of(recipient), name))
        note(recipient, "remote server", name, "no host name; left out");
    else if (name.length == 0)
        scratch_of(recipient);
    error = set_made(recipient, NDRI_FACT_REMOTE);
    if (error != NDR_OK)
        return error;
    if (ip.length > 0 && !ndri_ip_add(scratch_of(recipient), ip))
        note(recipient, "remote server", ip, "no IP address; left out");
    else if (ip.length == 0)
        scratch_of(recipient);
    return set_made(recipient, NDRI_FACT_REMOTE_IP);
}

int ndr_recipient_set_original_recipient(ndr_recipient *recipient,
                                         const char *orcpt, size_t length)
{
    ndri_span given;
    int error = recipient_take(recipient, orcpt, length, &given);
    ndri_orcpt parsed;

    if (error != NDR_OK)
        return error;
    ndri_record_set(recipient, NDRI_FACT_ORCPT, NDRI_SPAN(""));
    ndri_record_set(recipient, NDRI_FACT_ORCPT_TYPE, NDRI_SPAN(""));
    if (given.length == 0)
        return NDR_OK;
    if (!ndri_orcpt_parse(given, scratch_of(recipient), &parsed)) {
        note(recipient, "ORCPT", given, "cannot be decoded; left out");
        return recipient->report->fault.error;
    }
    if (ndri_field_is_cut(parsed.address)) {
        note(recipient, "ORCPT", given, "too long; left out");
        return recipient->report->fault.error;
    }
    error = set_made(recipient, NDRI_FACT_ORCPT);
    if (error == NDR_OK)
        error = ndri_record_set(recipient, NDRI_FACT_ORCPT_TYPE, parsed.type);
    return error;
}

int ndr_recipient_set_notify(ndr_recipient *recipient, int notify)
{
    int error = is_open(recipient);

    if (error != NDR_OK)
        return error;
    if (!ndri_notify_is_valid(notify))
        return ndri_report_fail(recipient->report, NDR_E_INVALID,
                                recipient->number, "notify", NULL,
                                "unknown bits, or NEVER with others");
    recipient->notify = (uint8_t) notify;
    return NDR_OK;
}

static int check_date(ndr_recipient *recipient, const char *what,
                      const ndri_date *date)
{
    if (ndri_date_is_valid(*date))
        return NDR_OK;
    return ndri_report_fail(recipient->report, NDR_E_DATE, recipient->number,
                            what, NULL,
                            "outside the years 1900 to 9999, or no such "
                            "offset");
}

static int set_recipient_date(ndr_recipient *recipient, int tag,
                              const char *what, int64_t seconds, int32_t offset)
{
    int error = is_open(recipient);
    ndri_date date;

    memset(&date, 0, sizeof(date)); /* its padding is stored too */
    date.seconds = seconds;
    date.offset = offset;
    if (error == NDR_OK)
        error = check_date(recipient, what, &date);
    if (error != NDR_OK)
        return error;
    return ndri_record_set(recipient, tag,
                           ndri_span_from((const char *) &date, sizeof(date)));
}

int ndr_recipient_set_last_attempt(ndr_recipient *recipient, int64_t seconds,
                                   int32_t offset)
{
    return set_recipient_date(recipient, NDRI_FACT_LAST_ATTEMPT, "last attempt",
                              seconds, offset);
}

int ndr_recipient_set_retry_until(ndr_recipient *recipient, int64_t seconds,
                                  int32_t offset)
{
    return set_recipient_date(recipient, NDRI_FACT_RETRY_UNTIL, "retry until",
                              seconds, offset);
}

int ndr_recipient_set_log_id(ndr_recipient *recipient, const char *id,
                             size_t length)
{
    ndri_span given;
    int error = recipient_take(recipient, id, length, &given);

    if (error != NDR_OK)
        return error;
    ndri_field_add_ascii(scratch_of(recipient), ndri_span_trim(given));
    if (ndri_field_is_cut(ndri_buf_span(&recipient->report->scratch)))
        note(recipient, "log id", given, "too long; cut");
    return set_made(recipient, NDRI_FACT_LOG_ID);
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
    int error = recipient_take(recipient, text, length, &given);

    if (error != NDR_OK)
        return error;
    if (!is_plain_text(given))
        return recipient_fault(recipient, NDR_E_TEXT, "text", given,
                               "expected UTF-8 without control characters");
    ndri_template_compile_plain(given, scratch_of(recipient));
    return set_made(recipient, NDRI_FACT_TEXT);
}

/* "host [ip]", or what there is of it. */
static void add_host_and_ip(ndr_recipient *recipient, ndri_span host,
                            ndri_span ip, ndri_buf *out)
{
    size_t from = out->used;

    if (host.length > 0 && !ndri_host_add(out, host))
        note(recipient, "attempt", host, "no host name; left out");
    if (ip.length == 0)
        return;
    if (out->used > from)
        ndri_buf_add_byte(out, ' ');
    ndri_buf_add_byte(out, '[');
    if (!ndri_ip_add(out, ip)) {
        note(recipient, "attempt", ip, "no IP address; left out");
        ndri_buf_truncate(out, out->used > from + 1 ? out->used - 2 : from);
        return;
    }
    ndri_buf_add_byte(out, ']');
}

int ndr_recipient_add_attempt(ndr_recipient *recipient, int64_t seconds,
                              int32_t offset, const char *host,
                              size_t host_length, const char *address,
                              size_t address_length, const char *text,
                              size_t text_length)
{
    ndri_span name, ip, words;
    ndri_date date;
    ndri_buf *scratch;
    uint64_t limit;
    int error = recipient_take(recipient, host, host_length, &name);

    if (error == NDR_OK)
        error = recipient_take(recipient, address, address_length, &ip);
    if (error == NDR_OK)
        error = recipient_take(recipient, text, text_length, &words);
    memset(&date, 0, sizeof(date));
    date.seconds = seconds;
    date.offset = offset;
    if (error == NDR_OK)
        error = check_date(recipient, "attempt", &date);
    if (error != NDR_OK)
        return error;
    limit = recipient->report->profile->limits[NDR_LIMIT_REPLY];
    scratch = scratch_of(recipient);
    ndri_buf_add(scratch, ndri_span_from((const char *) &date, sizeof(date)));
    add_host_and_ip(recipient, name, ip, scratch);
    ndri_buf_add_byte(scratch, '\0');
    if (ndri_reply_add(scratch, words, (size_t) limit))
        note(recipient, "attempt", NDRI_SPAN(""), "over the limit; cut");
    if (scratch->error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    return ndri_record_add(recipient, NDRI_FACT_ATTEMPT,
                           ndri_buf_span(scratch));
}

int ndr_recipient_add_field(ndr_recipient *recipient, const char *name,
                            size_t name_length, const char *value,
                            size_t value_length)
{
    ndri_span given, text;
    ndri_buf *scratch;
    int error = recipient_take(recipient, name, name_length, &given);

    if (error == NDR_OK)
        error = recipient_take(recipient, value, value_length, &text);
    if (error == NDR_OK)
        error = ndri_report_check_field(recipient->report, recipient->number,
                                        given, text);
    if (error != NDR_OK)
        return error;
    scratch = scratch_of(recipient);
    ndri_buf_add(scratch, given);
    ndri_buf_add_byte(scratch, '\0');
    ndri_buf_add(scratch, ndri_span_trim(text));
    if (scratch->error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    return ndri_record_add(recipient, NDRI_FACT_FIELD, ndri_buf_span(scratch));
}
