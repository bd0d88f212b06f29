/* SPDX-License-Identifier: ISC */
/*
 * Two kinds of secrets: the final address of a recipient that is hidden (RFC
 * 3464 4.2), and, for readers outside, the names of the organisation's own
 * hosts. What holds one is left out as a whole: nothing is ever rewritten. Only
 * where a host is named and nothing else, its domain stands in its place.
 */
#include "report/privacy.h"

#include "mail/field.h"
#include "mail/telling.h"
#include "mail/word.h"
#include "report/record.h"

/* Fields that servers on the way add. */
static const char trace[] = "Received X-* Authentication-Results "
                            "ARC-Authentication-Results Received-SPF "
                            "Delivered-To Return-Path";

/* ---- what tells ---- */

static int tells_secret(const ndr_report *report, ndri_span text)
{
    size_t i;

    for (i = 0; i < report->secret_count; i++)
        if (ndri_telling_address(text, report->secrets[i]))
            return 1;
    return 0;
}

static int tells(const ndr_report *report, ndri_span text)
{
    return tells_secret(report, text) ||
           (ndri_profile_masks(report->profile) &&
            ndri_telling_host_below(text, report->profile->internal_domains));
}

ndri_span ndri_privacy_host(const ndr_report *report, ndri_span host)
{
    ndri_span domain = {"", 0};

    if (ndri_profile_masks(report->profile))
        domain = ndri_profile_domain_of(report->profile, host);
    return domain.length > 0 ? domain : host;
}

/* What Reporting-MTA will name. */
static ndri_span shown_server(const ndr_report *report)
{
    const ndr_profile *profile = report->profile;

    return ndri_privacy_host(report, profile->reporting_authority.length > 0
                                         ? profile->reporting_authority
                                         : profile->generating_server);
}

/* ---- facts of recipients ---- */

typedef struct changing {
    ndr_recipient *recipient;
    int is_hidden;
    int drops_ip, drops_type; /* the fact that they belong to is gone */
} changing;

static int drop(const changing *c, const char *what)
{
    ndri_report_note(c->recipient->report, c->recipient->number, what, NULL,
                     "would tell what is hidden; left out");
    return 0;
}

/* "host [ip]" of an attempt, as others may see it. */
static ndri_span masked_host(const ndr_report *report, ndri_span host)
{
    size_t end = ndri_span_find_byte(host, 0, ' ');
    ndri_span name = ndri_span_slice(host, 0, end);
    ndri_span shown = ndri_privacy_host(report, name);

    if (tells_secret(report, host))
        return NDRI_SPAN("");
    return shown.at == name.at ? host : shown;
}

/* The same attempt without what tells. */
static int change_attempt(const changing *c, ndri_span *value)
{
    ndr_report *report = c->recipient->report;
    ndri_attempt attempt = ndri_record_attempt(*value);
    ndri_buf *made = &report->scratch;

    ndri_buf_clear(made);
    ndri_buf_add(made, ndri_span_slice(*value, 0, sizeof(attempt.date)));
    ndri_buf_add(made, masked_host(report, attempt.host));
    ndri_buf_add_byte(made, '\0');
    if (tells(report, attempt.text))
        drop(c, "attempt");
    else
        ndri_buf_add(made, attempt.text);
    if (made->error != NDR_OK)
        ndri_report_out_of_memory(report);
    *value = ndri_buf_span(made);
    return 1;
}

/* A masked host whose domain is what this server is shown as is remote to
   nobody outside. */
static int change_remote(changing *c, ndri_span *value)
{
    const ndr_report *report = c->recipient->report;
    ndri_span shown = ndri_privacy_host(report, *value);

    c->drops_ip = shown.at != value->at;
    if (c->drops_ip && ndri_span_equal_nocase(shown, shown_server(report)))
        return 0;
    *value = shown;
    return 1;
}

/* All that would tell a hidden address, whether it holds it or not. */
static int tells_address(int tag)
{
    return tag == NDRI_FACT_ADDRESS || tag == NDRI_FACT_REPLY ||
           tag == NDRI_FACT_DIAGNOSTIC || tag == NDRI_FACT_REMOTE ||
           tag == NDRI_FACT_REMOTE_IP || tag == NDRI_FACT_LOG_ID ||
           tag == NDRI_FACT_ATTEMPT;
}

static int change_fact(void *user, int tag, ndri_span *value)
{
    changing *c = user;
    const ndr_report *report = c->recipient->report;

    if (c->is_hidden && tells_address(tag))
        return 0;
    switch (tag) {
    case NDRI_FACT_REPLY:
        c->drops_type = tells(report, *value);
        return !c->drops_type || drop(c, "reply");
    case NDRI_FACT_DIAGNOSTIC:
        return !c->drops_type;
    case NDRI_FACT_REMOTE:
        return change_remote(c, value);
    case NDRI_FACT_REMOTE_IP:
        return !c->drops_ip;
    case NDRI_FACT_ORCPT:
        return !tells_secret(report, *value) || drop(c, "ORCPT");
    case NDRI_FACT_LOG_ID:
        return !tells(report, *value) || drop(c, "log id");
    case NDRI_FACT_TEXT:
        return !tells_secret(report, *value) || drop(c, "text");
    case NDRI_FACT_FIELD:
        return !tells(report, *value) || drop(c, "field");
    case NDRI_FACT_ATTEMPT:
        return change_attempt(c, value);
    default:
        return 1;
    }
}

static int settle_recipient(ndr_recipient *recipient)
{
    changing c = {0};

    c.recipient = recipient;
    c.is_hidden = ndri_record_has(recipient, NDRI_FACT_HIDDEN_AS);
    return ndri_record_rewrite(recipient, change_fact, &c);
}

/* ---- facts of the report ---- */

static void settle_text(ndr_report *report, ndri_span *text, const char *what,
                        int told)
{
    if (!told)
        return;
    *text = NDRI_SPAN("");
    ndri_report_note(report, 0, what, NULL,
                     "would tell what is hidden; left out");
}

static void settle_list(ndr_report *report, ndri_list *list, const char *what)
{
    ndri_item *item = list->first, *last = NULL;

    list->first = NULL;
    for (; item != NULL; item = item->next) {
        if (tells(report, item->value) || tells(report, item->name)) {
            ndri_report_note(report, 0, what, &item->name,
                             "would tell what is hidden; left out");
            continue;
        }
        if (last == NULL)
            list->first = item;
        else
            last->next = item;
        last = item;
    }
    if (last != NULL)
        last->next = NULL;
    list->last = last;
}

/* A client within is nothing that a reader outside could use. */
static void settle_client(ndr_report *report)
{
    if (ndri_privacy_host(report, report->helo).at != report->helo.at)
        report->helo = report->helo_ip = NDRI_SPAN("");
}

static void settle_report(ndr_report *report)
{
    settle_text(report, &report->envelope_id, "ENVID",
                tells_secret(report, report->envelope_id));
    settle_text(report, &report->subject, "Subject",
                tells_secret(report, report->subject));
    settle_text(report, &report->message_id, "Message-ID",
                tells_secret(report, report->message_id));
    settle_client(report);
    report->gateway = ndri_privacy_host(report, report->gateway);
    settle_list(report, &report->fields, "field");
    settle_list(report, &report->headers, "header");
}

/* Notes of before it was known what is hidden quote values as they came: what
   was noted stays, the values go. */
static void unquote_notes(ndr_report *report)
{
    size_t i, from, to;

    for (i = 0; i < report->note_count; i++) {
        ndri_span note = ndri_span_of(report->notes[i]);

        from = ndri_span_find_byte(note, 0, '"');
        if (from == note.length)
            continue;
        for (to = note.length; note.at[to - 1] != '"'; to--)
            continue;
        ndri_buf_clear(&report->scratch);
        ndri_buf_add(&report->scratch, ndri_span_slice(note, 0, from - 1));
        ndri_buf_add(&report->scratch, ndri_span_slice(note, to, note.length));
        report->notes[i] = ndri_report_keep_scratch(report).at;
    }
}

static void keep_secret(ndr_report *report, ndri_span secret)
{
    report->secrets[report->secret_count++] = ndri_report_keep(report, secret);
    if (ndri_text_is_printable(secret))
        return;
    /* as replies and log ids show it */
    ndri_buf_clear(&report->scratch);
    ndri_field_add_ascii(&report->scratch, secret);
    report->secrets[report->secret_count++] = ndri_report_keep_scratch(report);
}

/* The final addresses that are hidden; an address that stands for itself is no
   secret. */
static int learn_secrets(ndr_report *report)
{
    const ndr_recipient *each;
    size_t room = 0;

    for (each = report->first; each != NULL; each = each->next)
        room += ndri_record_has(each, NDRI_FACT_HIDDEN_AS) ? 2 : 0;
    if (room == 0)
        return NDR_OK;
    report->secrets =
        ndri_arena_take(&report->arena, room * sizeof(*report->secrets));
    if (report->secrets == NULL)
        return ndri_report_out_of_memory(report);
    for (each = report->first; each != NULL; each = each->next) {
        ndri_span shown = ndri_record_fact(each, NDRI_FACT_HIDDEN_AS);
        ndri_span secret = ndri_record_fact(each, NDRI_FACT_ADDRESS);

        if (shown.length > 0 && !ndri_telling_address(shown, secret))
            keep_secret(report, secret);
    }
    return report->fault.error;
}

int ndri_privacy_settle(ndr_report *report)
{
    ndr_recipient *each;
    int error = learn_secrets(report);

    if (report->secret_count == 0 && !ndri_profile_masks(report->profile))
        return error;
    settle_report(report);
    for (each = report->first; each != NULL && error == NDR_OK;
         each = each->next)
        error = settle_recipient(each);
    if (report->secret_count > 0)
        unquote_notes(report);
    return error != NDR_OK ? error : report->fault.error;
}

/* ---- the original's header ---- */

/* As it stands, and as its encoded-words decode. */
static int field_tells_secret(ndr_report *report, const ndri_header *field)
{
    ndri_buf *line = &report->made, *text = &report->scratch;

    if (report->secret_count == 0)
        return 0;
    if (tells_secret(report, field->value))
        return 1;
    ndri_buf_clear(line);
    ndri_buf_clear(text);
    ndri_original_unfold(field->value, line);
    ndri_word_decode(&report->charsets, ndri_buf_span(line), text);
    if (line->error != NDR_OK || text->error != NDR_OK)
        ndri_report_out_of_memory(report);
    return tells_secret(report, ndri_buf_span(text));
}

/* A field that servers of the organisation's own may have written. */
static int is_internal(const ndr_report *report, const ndri_header *field)
{
    const ndr_profile *profile = report->profile;
    int quiet = profile->diagnostics == NDR_DIAGNOSTICS_OFF;

    if (!quiet && !ndri_profile_masks(profile))
        return 0;
    if (quiet && ndri_original_is_listed(field->name, NDRI_SPAN("X-*")))
        return 1;
    return ndri_original_is_listed(field->name, NDRI_SPAN(trace)) &&
           (ndri_telling_host_below(field->value, profile->internal_domains) ||
            ndri_telling_host(field->value, profile->generating_server));
}

int ndri_privacy_strip(ndr_report *report)
{
    ndri_original *original = &report->plan.original;
    size_t i, kept = 0, told = 0;

    for (i = 0; i < original->count; i++) {
        ndri_header *field = &original->fields[i];

        if (field_tells_secret(report, field)) {
            told += field->passes != 0;
            continue;
        }
        if (is_internal(report, field))
            field->passes = 0;
        original->fields[kept++] = *field;
    }
    original->count = kept;
    if (told > 0)
        ndri_report_note(report, 0, "original", NULL,
                         "fields that tell a hidden address; left out");
    return report->fault.error;
}
