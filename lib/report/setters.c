/* SPDX-License-Identifier: ISC */
/*
 * The report's setters. The caller's mistakes are refused here; what came over
 * the wire is made harmless or left out.
 */
#include "mail/address.h"
#include "mail/field.h"
#include "mail/host.h"
#include "mail/language.h"
#include "report/report.h"

#include <string.h>

#define MESSAGE_ID_LIMIT 250u

/* The mailbox of To in scratch, from an envelope sender. */
static int normalize_sender(ndr_report *report, ndri_span given,
                            ndri_span *sender)
{
    ndri_span address = ndri_address_strip_route(ndri_address_unbracket(given));

    ndri_buf_clear(&report->scratch);
    if (address.length > 0 &&
        (address.length > NDRI_LINE_LIMIT - 10 ||
         !ndri_address_add_mailbox(&report->scratch, address)))
        return ndri_report_fail(report, NDR_E_ADDRESS, 0, "sender", &given,
                                "expected local@domain");
    *sender = ndri_buf_span(&report->scratch);
    return report->scratch.error;
}

int ndr_report_set_sender(ndr_report *report, const char *address,
                          size_t length)
{
    ndri_span given, sender = {"", 0};
    int error = ndri_report_take(report, address, length, &given);

    if (error != NDR_OK)
        return error;
    error = normalize_sender(report, given, &sender);
    if (error == NDR_E_NOMEM)
        return ndri_report_out_of_memory(report);
    if (error != NDR_OK)
        return error;
    report->sender = ndri_report_keep(report, sender);
    report->has |= NDRI_HAS_SENDER;
    return report->fault.error;
}

static int set_report_date(ndr_report *report, ndri_date *kept, unsigned bit,
                           const char *what, ndri_date date)
{
    int error = ndri_report_is_open(report);

    if (error != NDR_OK)
        return error;
    if (!ndri_date_is_valid(date))
        return ndri_report_fail(report, NDR_E_DATE, 0, what, NULL,
                                "outside the years 1900 to 9999, or no such "
                                "offset");
    *kept = date;
    report->has |= bit;
    return NDR_OK;
}

int ndr_report_set_date(ndr_report *report, int64_t seconds, int32_t offset)
{
    ndri_date date = {seconds, offset};

    return set_report_date(report, report == NULL ? NULL : &report->date,
                           NDRI_HAS_DATE, "date", date);
}

int ndr_report_set_arrival_date(ndr_report *report, int64_t seconds,
                                int32_t offset)
{
    ndri_date date = {seconds, offset};

    return set_report_date(report, report == NULL ? NULL : &report->arrival,
                           NDRI_HAS_ARRIVAL, "arrival date", date);
}

int ndr_report_set_message_id(ndr_report *report, const char *id, size_t length)
{
    ndri_span bare, whole;
    int error = ndri_report_take(report, id, length, &bare);

    if (error != NDR_OK)
        return error;
    bare = ndri_address_unbracket(bare);
    ndri_buf_clear(&report->scratch);
    ndri_buf_add_byte(&report->scratch, '<');
    ndri_buf_add(&report->scratch, bare);
    ndri_buf_add_byte(&report->scratch, '>');
    whole = ndri_buf_span(&report->scratch);
    if (report->scratch.error != NDR_OK)
        return ndri_report_out_of_memory(report);
    if (bare.length > MESSAGE_ID_LIMIT ||
        ndri_message_id_end(whole, 0) != whole.length)
        return ndri_report_fail(report, NDR_E_FIELD, 0, "Message-ID", &bare,
                                "expected left@right");
    report->message_id = ndri_report_keep(report, whole);
    return report->fault.error;
}

int ndr_report_set_seed(ndr_report *report, const char *seed, size_t length)
{
    ndri_span given;
    int error = ndri_report_take(report, seed, length, &given);

    if (error != NDR_OK)
        return error;
    report->seed = ndri_report_keep(report, given);
    return report->fault.error;
}

int ndr_report_set_subject(ndr_report *report, const char *subject,
                           size_t length)
{
    ndri_span given;
    int error = ndri_report_take(report, subject, length, &given);

    if (error != NDR_OK)
        return error;
    if (ndri_text_has_control(given) || !ndri_utf8_is_valid(given) ||
        given.length > NDRI_LINE_LIMIT)
        return ndri_report_fail(report, NDR_E_TEXT, 0, "Subject", &given,
                                "expected up to 998 octets of UTF-8 without "
                                "control characters");
    report->subject = ndri_report_keep(report, ndri_span_trim(given));
    return report->fault.error;
}

int ndr_report_set_language(ndr_report *report, const char *list, size_t length)
{
    ndri_span given;
    int error = ndri_report_take(report, list, length, &given);

    if (error != NDR_OK)
        return error;
    if (!ndri_language_is_list(given, NDRI_LANGUAGES_MOST))
        return ndri_report_fail(report, NDR_E_INVALID, 0, "language", &given,
                                "expected up to 8 tags, such as en or pt-BR");
    report->languages = ndri_report_keep(report, given);
    return report->fault.error;
}

int ndr_report_set_envelope_id(ndr_report *report, const char *xtext,
                               size_t length)
{
    ndri_span given, id;
    int error = ndri_report_take(report, xtext, length, &given), good;

    if (error != NDR_OK)
        return error;
    ndri_buf_clear(&report->scratch);
    report->envelope_id = NDRI_SPAN("");
    good = ndri_xtext_decode(given, &report->scratch) &&
           ndri_text_is_printable(ndri_buf_span(&report->scratch));
    if (report->scratch.error != NDR_OK)
        return ndri_report_out_of_memory(report);
    id = ndri_span_trim(ndri_buf_span(&report->scratch));
    if (!good)
        ndri_report_note(report, 0, "ENVID", &given,
                         "no printable xtext; left out");
    else if (id.length > NDRI_VALUE_LIMIT)
        ndri_report_note(report, 0, "ENVID", &id, "too long; left out");
    else
        report->envelope_id = ndri_report_keep(report, id);
    return report->fault.error;
}

int ndr_report_set_received_from(ndr_report *report, const char *helo,
                                 size_t helo_length, const char *address,
                                 size_t address_length)
{
    ndri_span host, ip;
    int error = ndri_report_take(report, helo, helo_length, &host);

    if (error == NDR_OK)
        error = ndri_report_take(report, address, address_length, &ip);
    if (error != NDR_OK)
        return error;
    report->helo = report->helo_ip = NDRI_SPAN("");
    ndri_buf_clear(&report->scratch);
    if (host.length > 0 && !ndri_host_add(&report->scratch, host))
        ndri_report_note(report, 0, "HELO name", &host,
                         "no host name; left out");
    report->helo = ndri_report_keep_scratch(report);
    ndri_buf_clear(&report->scratch);
    if (ip.length > 0 && !ndri_ip_add(&report->scratch, ip))
        ndri_report_note(report, 0, "client address", &ip,
                         "no IP address; left out");
    report->helo_ip = ndri_report_keep_scratch(report);
    return report->fault.error;
}

static int set_number(ndr_report *report, int *kept, const char *what,
                      int number, int last)
{
    int error = ndri_report_is_open(report);

    if (error != NDR_OK)
        return error;
    if (number < 0 || number > last)
        return ndri_report_fail(report, NDR_E_INVALID, 0, what, NULL,
                                "unknown number");
    *kept = number;
    return NDR_OK;
}

int ndr_report_set_gateway(ndr_report *report, const char *host, size_t length)
{
    ndri_span given;
    int error = ndri_report_take(report, host, length, &given);

    if (error != NDR_OK)
        return error;
    ndri_buf_clear(&report->scratch);
    if (given.length > 0 && !ndri_host_add_name(&report->scratch, given))
        return ndri_report_fail(report, NDR_E_HOST, 0, "gateway", &given,
                                "expected a host name or an address literal");
    report->gateway = ndri_report_keep_scratch(report);
    return report->fault.error;
}

int ndr_report_set_require_tls(ndr_report *report, int require_tls)
{
    return set_number(report, report == NULL ? NULL : &report->require_tls,
                      "REQUIRETLS", require_tls, NDR_REQUIRE_TLS_YES);
}

int ndr_report_set_return(ndr_report *report, int how_much)
{
    return set_number(report, report == NULL ? NULL : &report->how_much,
                      "return", how_much, NDR_RETURN_NONE);
}

int ndr_report_set_transport(ndr_report *report, int transport)
{
    return set_number(report, report == NULL ? NULL : &report->transport,
                      "transport", transport,
                      NDR_TRANSPORT_8BITMIME | NDR_TRANSPORT_SMTPUTF8);
}

int ndr_report_borrow_original(ndr_report *report, const void *message,
                               size_t length)
{
    int error = ndri_report_is_open(report);

    if (error != NDR_OK)
        return error;
    report->has &= ~NDRI_HAS_ORIGINAL;
    if (message == NULL)
        return length == 0
                   ? NDR_OK
                   : ndri_report_fail(report, NDR_E_INVALID, 0, "original",
                                      NULL, "NULL with a length");
    if (length == NDR_NUL)
        length = strlen(message);
    ndri_source_from_memory(&report->source, message, length);
    report->has |= NDRI_HAS_ORIGINAL;
    return NDR_OK;
}

int ndr_report_borrow_original_source(ndr_report *report, ndr_read_at read_at,
                                      void *user, uint64_t size)
{
    int error = ndri_report_is_open(report);

    if (error != NDR_OK)
        return error;
    if (read_at == NULL)
        return ndri_report_fail(report, NDR_E_INVALID, 0, "original", NULL,
                                "no function to read it");
    report->source.read_at = read_at;
    report->source.user = user;
    report->source.size = size;
    report->has |= NDRI_HAS_ORIGINAL;
    return NDR_OK;
}
