/* SPDX-License-Identifier: ISC */
/*
 * What became of a recipient: which server said what, and when. Setters that
 * make a stranger's words harmless.
 */
#include "mail/field.h"
#include "mail/host.h"
#include "mail/reply.h"
#include "report/recipient.h"

#include <string.h>

/* Put a reply, or another diagnostic, into the form that reports show. */
static int keep_reply(ndr_recipient *recipient, ndri_span reply)
{
    uint64_t limit = recipient->report->profile->limits[NDR_LIMIT_REPLY];
    ndri_buf *scratch = ndri_recipient_scratch(recipient);

    if (ndri_reply_add(scratch, reply, (size_t) limit))
        ndri_recipient_note(recipient, "reply", reply, "over the limit; cut");
    ndri_recipient_note_escapes(recipient, "reply", reply);
    return ndri_recipient_set_made(recipient, NDRI_FACT_REPLY);
}

int ndr_recipient_set_reply(ndr_recipient *recipient, const char *reply,
                            size_t length)
{
    ndri_span given;
    int error = ndri_recipient_take(recipient, reply, length, &given);

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
    int error = ndri_recipient_take(recipient, type, type_length, &given);

    if (error == NDR_OK)
        error = ndri_recipient_take(recipient, text, text_length, &words);
    if (error != NDR_OK)
        return error;
    if (ndri_span_equal_nocase(given, NDRI_SPAN("smtp")))
        return ndr_recipient_set_reply(recipient, text, text_length);
    if (!ndri_field_is_extension(given))
        return ndri_recipient_fault(
            recipient, NDR_E_FIELD, "diagnostic type", given,
            "expected smtp, or X- and letters, digits, hyphens");
    error = ndri_record_set(recipient, NDRI_FACT_DIAGNOSTIC, given);
    if (error != NDR_OK)
        return error;
    return keep_reply(recipient, words);
}

/* A server without a name has its address for one. */
static int stand_for_name(ndr_recipient *recipient)
{
    ndri_span ip = ndri_record_fact(recipient, NDRI_FACT_REMOTE_IP);

    ndri_host_add(ndri_recipient_scratch(recipient), ip);
    ndri_record_set(recipient, NDRI_FACT_REMOTE_IP, NDRI_SPAN(""));
    return ndri_recipient_set_made(recipient, NDRI_FACT_REMOTE);
}

int ndr_recipient_set_remote_server(ndr_recipient *recipient, const char *host,
                                    size_t host_length, const char *address,
                                    size_t address_length)
{
    ndri_span name, ip;
    int error = ndri_recipient_take(recipient, host, host_length, &name);

    if (error == NDR_OK)
        error = ndri_recipient_take(recipient, address, address_length, &ip);
    if (error != NDR_OK)
        return error;
    if (!ndri_host_add(ndri_recipient_scratch(recipient), name) &&
        name.length > 0)
        ndri_recipient_note(recipient, "remote server", name,
                            "no host name; left out");
    error = ndri_recipient_set_made(recipient, NDRI_FACT_REMOTE);
    if (error != NDR_OK)
        return error;
    if (!ndri_ip_add(ndri_recipient_scratch(recipient), ip) && ip.length > 0)
        ndri_recipient_note(recipient, "remote server", ip,
                            "no IP address; left out");
    error = ndri_recipient_set_made(recipient, NDRI_FACT_REMOTE_IP);
    if (error != NDR_OK || ndri_record_has(recipient, NDRI_FACT_REMOTE))
        return error;
    return stand_for_name(recipient);
}

int ndri_delivery_set_remote(ndr_recipient *recipient, ndri_span host)
{
    size_t end = ndri_span_find_byte(host, 0, ' ');
    ndri_span name = ndri_span_slice(host, 0, end);
    ndri_span ip = ndri_span_slice(host, end + 2, host.length);
    int error;

    if (name.length > 0 && name.at[0] == '[') {
        /* an address alone */
        ndri_host_add(ndri_recipient_scratch(recipient),
                      ndri_span_slice(name, 1, name.length - 1));
        return ndri_recipient_set_made(recipient, NDRI_FACT_REMOTE);
    }
    error = ndri_record_set(recipient, NDRI_FACT_REMOTE, name);
    if (error != NDR_OK || ip.length == 0)
        return error;
    return ndri_record_set(recipient, NDRI_FACT_REMOTE_IP,
                           ndri_span_slice(ip, 0, ip.length - 1));
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
    int error = ndri_recipient_is_open(recipient);
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
    int error = ndri_recipient_take(recipient, id, length, &given);

    if (error != NDR_OK)
        return error;
    ndri_field_add_ascii(ndri_recipient_scratch(recipient),
                         ndri_span_trim(given));
    ndri_recipient_note_escapes(recipient, "log id", given);
    if (recipient->report->scratch.used > NDRI_VALUE_LIMIT) {
        ndri_recipient_note(recipient, "log id", given, "too long; cut");
        ndri_buf_truncate(&recipient->report->scratch, NDRI_VALUE_LIMIT);
        ndri_buf_add_text(&recipient->report->scratch, NDRI_VALUE_CUT);
    }
    return ndri_recipient_set_made(recipient, NDRI_FACT_LOG_ID);
}

/* "host [ip]", or what there is of it. */
static void add_host_and_ip(ndr_recipient *recipient, ndri_span host,
                            ndri_span ip, ndri_buf *out)
{
    size_t from = out->used;

    if (host.length > 0 && !ndri_host_add(out, host))
        ndri_recipient_note(recipient, "attempt", host,
                            "no host name; left out");
    if (ip.length == 0)
        return;
    if (out->used > from)
        ndri_buf_add_byte(out, ' ');
    ndri_buf_add_byte(out, '[');
    if (!ndri_ip_add(out, ip)) {
        ndri_recipient_note(recipient, "attempt", ip,
                            "no IP address; left out");
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
    int error = ndri_recipient_take(recipient, host, host_length, &name);

    if (error == NDR_OK)
        error = ndri_recipient_take(recipient, address, address_length, &ip);
    if (error == NDR_OK)
        error = ndri_recipient_take(recipient, text, text_length, &words);
    memset(&date, 0, sizeof(date));
    date.seconds = seconds;
    date.offset = offset;
    if (error == NDR_OK)
        error = check_date(recipient, "attempt", &date);
    if (error != NDR_OK)
        return error;
    limit = recipient->report->profile->limits[NDR_LIMIT_REPLY];
    scratch = ndri_recipient_scratch(recipient);
    ndri_buf_add(scratch, ndri_span_from((const char *) &date, sizeof(date)));
    add_host_and_ip(recipient, name, ip, scratch);
    ndri_buf_add_byte(scratch, '\0');
    if (ndri_reply_add(scratch, words, (size_t) limit))
        ndri_recipient_note(recipient, "attempt", words, "over the limit; cut");
    ndri_recipient_note_escapes(recipient, "attempt", words);
    if (scratch->error != NDR_OK)
        return ndri_report_out_of_memory(recipient->report);
    return ndri_record_add(recipient, NDRI_FACT_ATTEMPT,
                           ndri_buf_span(scratch));
}
