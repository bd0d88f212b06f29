/* SPDX-License-Identifier: ISC */
/*
 * The envelope of the report and what it asks of the next hop (RFC 3461 6.1,
 * RFC 6531 3.2): one source with the header's To.
 */
#include "report/sending.h"

#include "mail/address.h"
#include "mail/punycode.h"
#include "report/privacy.h"
#include "report/report.h"

#define ENVELOPE_ID_LIMIT 100u /* RFC 3461 4.4 */

ndri_span ndri_sending_copy_mailbox(const ndr_report *report)
{
    return report->profile->copy_mailbox.length > 0
               ? report->profile->copy_mailbox
               : report->plan.values.of[NDRI_PH_POSTMASTER];
}

/* The postmaster who stands in From: the profile's, or the default. */
static ndri_span postmaster(ndr_report *report)
{
    if (report->profile->postmaster.length > 0)
        return report->profile->postmaster;
    ndri_buf_clear(&report->scratch);
    ndri_buf_add_text(&report->scratch, "postmaster@");
    ndri_buf_add(&report->scratch, report->plan.server);
    return ndri_report_keep_scratch(report);
}

/* The sender with its domain in A-labels, if its local part is ASCII and that
   is enough; else as it is. */
static ndri_span ascii_sender(ndr_report *report)
{
    ndri_span local, domain;

    ndri_buf_clear(&report->scratch);
    if (!ndri_address_split(report->sender, &local, &domain) ||
        !ndri_text_is_ascii(local))
        return report->sender;
    ndri_buf_add(&report->scratch, local);
    ndri_buf_add_byte(&report->scratch, '@');
    if (!ndri_punycode_add_domain(&report->scratch, domain))
        return report->sender;
    return ndri_report_keep_scratch(report);
}

int ndri_sending_address(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    int transport = report->transport;

    plan->server =
        ndri_privacy_host(report, report->profile->generating_server);
    plan->values.of[NDRI_PH_POSTMASTER] = postmaster(report);
    plan->to = report->sender;
    if (report->copy == NDR_COPY_POSTMASTER)
        plan->to = ndri_sending_copy_mailbox(report);
    else if (!(transport & NDR_TRANSPORT_SMTPUTF8) &&
             !ndri_text_is_ascii(plan->to))
        plan->to = ascii_sender(report);
    if (!ndri_text_is_ascii(plan->to))
        transport |= NDR_TRANSPORT_SMTPUTF8;
    plan->smtputf8 = (transport & NDR_TRANSPORT_SMTPUTF8) != 0;
    plan->eightbit = transport != NDR_TRANSPORT_7BIT;
    return report->fault.error;
}

/* xtext of id in scratch. 0, and nothing there, if it is too long. */
static int add_short_xtext(ndr_report *report, ndri_span id)
{
    char xtext[ENVELOPE_ID_LIMIT + 1];

    ndri_buf_clear(&report->scratch);
    if (ndr_xtext_encode(id.at, id.length, xtext, sizeof(xtext), NULL) !=
        NDR_OK)
        return 0;
    ndri_buf_add_text(&report->scratch, xtext);
    return 1;
}

int ndri_sending_name(ndr_report *report)
{
    ndri_span id = ndri_address_unbracket(report->plan.message_id);

    /* whole, or what stands before the @ */
    if (!add_short_xtext(report, id))
        add_short_xtext(
            report, ndri_span_slice(id, 0, ndri_span_find_byte(id, 0, '@')));
    report->plan.envelope_id = ndri_report_keep_scratch(report);
    return report->fault.error;
}

/* ---- questions ---- */

static int is_planned(const ndr_report *report)
{
    return report != NULL && report->prepared && report->fault.error == NDR_OK;
}

const char *ndr_report_envelope_sender(const ndr_report *report)
{
    (void) report;
    return "";
}

const char *ndr_report_envelope_recipient(const ndr_report *report)
{
    return is_planned(report) ? report->plan.to.at : "";
}

int ndr_report_envelope_notify(const ndr_report *report)
{
    return is_planned(report) ? NDR_NOTIFY_NEVER : 0;
}

const char *ndr_report_envelope_id(const ndr_report *report)
{
    return is_planned(report) ? report->plan.envelope_id.at : "";
}

int ndr_report_needs_smtputf8(const ndr_report *report)
{
    if (!is_planned(report))
        return 0;
    return !ndri_text_is_ascii(report->plan.to) || report->plan.global ||
           (report->plan.third == NDRI_THIRD_GLOBAL_HEADERS &&
            (report->plan.original.scan.found & NDRI_SCAN_8BIT) != 0) ||
           report->plan.third == NDRI_THIRD_GLOBAL;
}

int ndr_report_needs_8bitmime(const ndr_report *report)
{
    if (!is_planned(report))
        return 0;
    return report->plan.global ||
           report->plan.third_encoding == NDRI_ENCODING_8BIT;
}

int ndr_report_needs_require_tls(const ndr_report *report)
{
    return is_planned(report) && report->require_tls == NDR_REQUIRE_TLS_YES;
}

const char *ndr_report_message_id(const ndr_report *report)
{
    return is_planned(report) ? report->plan.message_id.at : "";
}
