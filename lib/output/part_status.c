/* SPDX-License-Identifier: ISC */
/*
 * The status part: RFC 3464 2.2 and 2.3, in the order of their grammar; RFC
 * 6533 for addresses that are not ASCII. A field whose value is not known is
 * left out.
 */
#include "output/part_status.h"

#include "mail/address.h"
#include "mail/field.h"
#include "mail/host.h"
#include "report/privacy.h"
#include "report/record.h"
#include "report/selection.h"

#include <string.h>

static void date_line(ndri_buf *out, const char *name, ndri_date date)
{
    ndri_buf_add_text(out, name);
    ndri_buf_add_text(out, ": ");
    ndri_date_write(date, out);
    ndri_buf_add_text(out, "\r\n");
}

/* "dns; host (ip)" */
static void host_line(ndr_report *report, ndri_buf *out, const char *name,
                      ndri_span host, ndri_span ip)
{
    ndri_buf *value = &report->scratch;

    if (host.length == 0)
        return;
    ndri_buf_clear(value);
    ndri_buf_add(value, host);
    if (ip.length > 0) {
        ndri_buf_add_text(value, " (");
        ndri_buf_add(value, ip);
        ndri_buf_add_byte(value, ')');
    }
    ndri_field_line(out, name, "dns", ndri_buf_span(value));
}

/* RFC 3461 6.3: dns only for a name that can be a full one. */
static void reporting_mta(const ndr_report *report, ndri_buf *out)
{
    ndri_span authority = report->profile->reporting_authority;
    ndri_span host = authority.length > 0 ? ndri_privacy_host(report, authority)
                                          : report->plan.server;

    ndri_field_line(out, "Reporting-MTA",
                    ndri_span_has(host, '.') || host.at[0] == '['
                        ? "dns"
                        : "x-local-hostname",
                    host);
}

/* Who gave us the message: its HELO name, or its address as a name. */
static void received_from(ndr_report *report, ndri_buf *out)
{
    ndri_buf *name = &report->made;

    ndri_buf_clear(name);
    if (report->helo.length > 0)
        ndri_buf_add(name, report->helo);
    else if (report->helo_ip.length > 0)
        ndri_host_add(name, report->helo_ip);
    host_line(report, out, "Received-From-MTA", ndri_buf_span(name),
              report->helo_ip);
}

static void message_fields(ndr_report *report, ndri_buf *out)
{
    const ndri_item *field;

    if (report->envelope_id.length > 0)
        ndri_field_line(out, "Original-Envelope-Id", "", report->envelope_id);
    reporting_mta(report, out);
    host_line(report, out, "DSN-Gateway", report->gateway, NDRI_SPAN(""));
    received_from(report, out);
    if (report->has & NDRI_HAS_ARRIVAL)
        date_line(out, "Arrival-Date", report->arrival);
    for (field = report->fields.first; field != NULL; field = field->next)
        ndri_field_line(out, field->name.at, "", field->value);
}

static void original_recipient(ndr_report *report, ndri_buf *out,
                               const ndr_recipient *recipient)
{
    ndri_span address = ndri_record_fact(recipient, NDRI_FACT_ORCPT);
    ndri_span type = ndri_record_fact(recipient, NDRI_FACT_ORCPT_TYPE);
    char name[48];
    size_t i;

    if (address.length == 0)
        return;
    for (i = 0; i < type.length && i + 1 < sizeof(name); i++)
        name[i] = (char) ndri_to_lower(type.at[i]);
    name[i] = '\0';
    ndri_buf_clear(&report->scratch);
    if (strcmp(name, "utf-8") == 0 &&
        !(recipient->flags & NDRI_RCPT_ORCPT_RAW &&
          ndri_text_is_printable(address)))
        ndri_address_add_utf8(&report->scratch, address, report->plan.global);
    else
        ndri_buf_add(&report->scratch, address);
    ndri_field_line(out, "Original-Recipient", name,
                    ndri_buf_span(&report->scratch));
}

static void final_recipient(ndr_report *report, ndri_buf *out,
                            const ndr_recipient *recipient)
{
    const char *type;

    ndri_buf_clear(&report->scratch);
    ndri_address_add_typed(&report->scratch, ndri_record_final(recipient),
                           report->plan.global, &type);
    ndri_field_line(out, "Final-Recipient", type,
                    ndri_buf_span(&report->scratch));
}

/* Type smtp only for what is an SMTP reply (RFC 3461 9.2). */
static void diagnostic(ndr_report *report, ndri_buf *out,
                       const ndr_recipient *recipient)
{
    ndri_span text = ndri_record_fact(recipient, NDRI_FACT_REPLY);
    ndri_span type = ndri_record_fact(recipient, NDRI_FACT_DIAGNOSTIC);

    if (text.length == 0)
        return;
    if (type.length == 0)
        type = recipient->flags & NDRI_RCPT_SMTP ? NDRI_SPAN("smtp")
                                                 : NDRI_SPAN("X-Local");
    ndri_buf_clear(&report->scratch);
    ndri_buf_add(&report->scratch, type);
    ndri_field_diagnostic(out, ndri_buf_string(&report->scratch), text);
}

static void extension_fields(ndri_buf *out, const ndr_recipient *recipient)
{
    uint32_t at = 0;
    int tag;
    ndri_span fact;

    while (ndri_record_next_fact(recipient, &at, &tag, &fact)) {
        size_t end = ndri_span_find_byte(fact, 0, '\0');

        if (tag == NDRI_FACT_FIELD)
            ndri_field_line(out, fact.at, "",
                            ndri_span_slice(fact, end + 1, fact.length));
    }
}

static void recipient_fields(ndr_report *report, ndri_buf *out,
                             const ndr_recipient *recipient)
{
    char status[NDRI_STATUS_ROOM];
    ndri_date date;
    ndri_span log_id = ndri_record_fact(recipient, NDRI_FACT_LOG_ID);

    original_recipient(report, out, recipient);
    final_recipient(report, out, recipient);
    ndri_field_line(out, "Action", "",
                    ndri_span_of(ndri_action_names[recipient->action]));
    ndri_field_line(
        out, "Status", "",
        ndri_span_from(status, ndri_status_format(recipient->status, status)));
    host_line(report, out, "Remote-MTA",
              ndri_record_fact(recipient, NDRI_FACT_REMOTE),
              ndri_record_fact(recipient, NDRI_FACT_REMOTE_IP));
    diagnostic(report, out, recipient);
    if (ndri_record_date(recipient, NDRI_FACT_LAST_ATTEMPT, &date))
        date_line(out, "Last-Attempt-Date", date);
    if (log_id.length > 0)
        ndri_field_line(out, "Final-Log-ID", "", log_id);
    if (recipient->action == NDR_ACTION_DELAYED &&
        ndri_record_date(recipient, NDRI_FACT_RETRY_UNTIL, &date))
        date_line(out, "Will-Retry-Until", date);
    extension_fields(out, recipient);
}

void ndri_status_part_begin(ndr_report *report)
{
    report->output.recipient = NULL;
    report->output.step = 0;
}

int ndri_status_part_step(ndr_report *report, ndri_buf *out)
{
    if (report->output.step == 0) {
        report->output.step = 1;
        message_fields(report, out);
        return 1;
    }
    report->output.recipient =
        ndri_selection_next(report, report->output.recipient);
    if (report->output.recipient == NULL)
        return 0;
    ndri_buf_add_text(out, "\r\n"); /* one empty line between groups */
    recipient_fields(report, out, report->output.recipient);
    return 1;
}
