/* SPDX-License-Identifier: ISC */
/*
 * Message-ID (RFC 5322 3.6.4) and boundaries (RFC 2046 5.1.1) from a keyed
 * digest of what the report shows, in a fixed order; values that are hidden
 * were forgotten before. Threading after RFC 5322 3.6.4 and RFC 3834 3.1.6,
 * bounded.
 */
#include "report/identity.h"

#include "report/selection.h"
#include "report/report.h"

#include <string.h>

static void digest_date(ndri_digest *digest, ndri_date date)
{
    ndri_digest_add_number(digest, (uint64_t) date.seconds);
    ndri_digest_add_number(digest, (uint64_t) (int64_t) date.offset);
}

static void digest_list(ndri_digest *digest, const ndri_list *list)
{
    const ndri_item *item;

    for (item = list->first; item != NULL; item = item->next) {
        ndri_digest_add_item(digest, item->name);
        ndri_digest_add_item(digest, item->value);
    }
    ndri_digest_add_number(digest, 0);
}

static void digest_facts(ndri_digest *digest, const ndr_report *report)
{
    digest_date(digest, report->date);
    digest_date(digest, report->arrival);
    ndri_digest_add_item(digest, report->sender);
    ndri_digest_add_number(digest, (uint64_t) report->copy);
    ndri_digest_add_item(digest, report->plan.to);
    ndri_digest_add_item(digest, report->plan.server);
    ndri_digest_add_item(digest, report->profile->reporting_authority);
    ndri_digest_add_item(digest, report->profile->postmaster);
    ndri_digest_add_item(digest, report->subject);
    ndri_digest_add_item(digest, report->envelope_id);
    ndri_digest_add_item(digest, report->helo);
    ndri_digest_add_item(digest, report->helo_ip);
    ndri_digest_add_number(digest, report->has);
    ndri_digest_add_number(digest, (uint64_t) report->how_much);
    ndri_digest_add_number(digest, (uint64_t) report->transport);
    ndri_digest_add_item(digest, report->gateway);
    ndri_digest_add_number(digest, (uint64_t) report->require_tls);
    digest_list(digest, &report->fields);
    digest_list(digest, &report->headers);
}

static void digest_recipients(ndri_digest *digest, const ndr_report *report)
{
    const ndr_recipient *recipient = NULL;

    ndri_digest_add_number(digest, (uint64_t) report->plan.selected);
    while ((recipient = ndri_selection_next(report, recipient)) != NULL) {
        const ndri_status *status = &recipient->status;

        ndri_digest_add_number(digest, (uint64_t) recipient->action << 40 |
                                           (uint64_t) status->digit << 32 |
                                           (uint64_t) status->subject << 16 |
                                           status->detail);
        ndri_digest_add_item(digest,
                             ndri_span_from(recipient->facts, recipient->used));
    }
}

static void digest_original(ndri_digest *digest, const ndri_original *original)
{
    size_t i;

    for (i = 0; i < original->count; i++) {
        if (!original->fields[i].passes)
            continue;
        ndri_digest_add_item(digest, original->fields[i].name);
        ndri_digest_add_item(digest, original->fields[i].value);
    }
}

static void add_hex(ndri_buf *out, const unsigned char *octets, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i < count; i++) {
        ndri_buf_add_byte(out, digits[octets[i] >> 4]);
        ndri_buf_add_byte(out, digits[octets[i] & 15]);
    }
}

int ndri_identity_name(ndr_report *report)
{
    unsigned char octets[NDRI_DIGEST_LENGTH];
    ndri_buf *text = &report->scratch;
    ndri_digest digest;

    ndri_digest_init(&digest, report->seed);
    digest_facts(&digest, report);
    digest_recipients(&digest, report);
    digest_original(&digest, &report->plan.original);
    ndri_digest_finish(&digest, octets);
    ndri_buf_clear(text);
    ndri_buf_add_text(text, "=_");
    add_hex(text, octets, 8);
    ndri_buf_add_byte(text, '.');
    memcpy(report->plan.stem, ndri_buf_string(text), text->used + 1);
    ndri_buf_clear(text);
    ndri_buf_add_byte(text, '<');
    add_hex(text, octets, NDRI_DIGEST_LENGTH);
    ndri_buf_add_byte(text, '@');
    ndri_buf_add(text, report->plan.server);
    ndri_buf_add_byte(text, '>');
    if (text->error != NDR_OK)
        return ndri_report_out_of_memory(report);
    report->plan.message_id =
        report->message_id.length > 0
            ? report->message_id
            : ndri_report_keep(report, ndri_buf_span(text));
    return report->fault.error;
}

void ndri_identity_add_boundary(const ndr_report *report, unsigned n,
                                ndri_buf *out)
{
    ndri_buf_add_text(out, report->plan.stem);
    ndri_buf_add_number(out, (uint64_t) report->plan.boundary + n);
    ndri_buf_add_byte(out, '=');
}

/* The next well-formed message id of an unfolded value. 0 if there is none. */
static int next_id(ndri_span value, size_t *at, ndri_span *id)
{
    while (*at < value.length) {
        size_t from = ndri_span_find_byte(value, *at, '<');
        size_t end = ndri_message_id_end(value, from);

        *at = end > 0 ? end : from + 1;
        *id = ndri_span_slice(value, from, end);
        if (end > 0)
            return 1;
    }
    return 0;
}

static size_t count_ids(ndri_span value)
{
    size_t at = 0, count = 0;
    ndri_span id;

    while (next_id(value, &at, &id))
        count++;
    return count;
}

/* An unfolded field of the original, kept; empty if there is none. */
static ndri_span field_value(ndr_report *report, const char *name)
{
    const ndri_header *field = ndri_original_find(&report->plan.original, name);

    if (field == NULL)
        return NDRI_SPAN("");
    ndri_buf_clear(&report->scratch);
    ndri_original_unfold(field->value, &report->scratch);
    if (report->scratch.error != NDR_OK)
        ndri_report_out_of_memory(report);
    return ndri_report_keep(report, ndri_buf_span(&report->scratch));
}

/* The first id of value and the last ones: most of them in all. */
static void add_ids(ndri_buf *out, ndri_span value, size_t most)
{
    size_t count = count_ids(value), at = 0, place = 0;
    ndri_span id;

    while (next_id(value, &at, &id)) {
        int kept =
            count <= most || (place == 0 && most > 0) || place + most > count;

        if (kept) {
            ndri_buf_add(out, id);
            ndri_buf_add_byte(out, ' ');
        }
        place++;
    }
}

int ndri_identity_thread(ndr_report *report)
{
    ndri_span own = field_value(report, "Message-ID");
    ndri_span before = field_value(report, "References");
    uint64_t limit = report->profile->limits[NDR_LIMIT_REFERENCES];
    ndri_buf *ids = &report->scratch;

    if (ndri_message_id_end(own, 0) != own.length)
        own = NDRI_SPAN("");
    if (count_ids(before) == 0) {
        before = field_value(report, "In-Reply-To");
        if (count_ids(before) != 1)
            before = NDRI_SPAN("");
    }
    ndri_buf_clear(ids);
    add_ids(ids, before, limit > 0 ? (size_t) limit - 1 : 0);
    ndri_buf_add(ids, own);
    if (ids->error != NDR_OK)
        return ndri_report_out_of_memory(report);
    report->plan.in_reply_to = own;
    report->plan.references =
        ndri_report_keep(report, ndri_span_trim(ndri_buf_span(ids)));
    return report->fault.error;
}
