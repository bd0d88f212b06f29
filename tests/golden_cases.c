/* SPDX-License-Identifier: ISC */
/* Run a case's calls. */
#include "golden_cases.h"

#include "golden.h"

#include <string.h>

static void profile_call(golden_stage *s, const case_call *call)
{
    const char *a = (const char *) call->a;

    switch (call->kind) {
    case CALL_SERVER:
        ndr_profile_set_generating_server(s->profile, a, call->a_length);
        break;
    case CALL_HTML:
        ndr_profile_set_html(s->profile, (int) call->number);
        break;
    case CALL_DROP:
        ndr_profile_set_header_filter(s->profile, NDR_HEADERS_DROP, a,
                                      call->a_length);
        break;
    case CALL_MAX_HEADER:
        ndr_profile_set_limit(s->profile, NDR_LIMIT_HEADER,
                              (uint64_t) call->number);
        break;
    default:
        golden_entry(s, a, call->a_length);
    }
}

static void report_call(golden_stage *s, const case_call *call, int32_t tz)
{
    const char *a = (const char *) call->a;
    size_t length = call->a_length;

    switch (call->kind) {
    case CALL_SENDER:
        ndr_report_set_sender(s->report, a, length);
        break;
    case CALL_DATE:
        ndr_report_set_date(s->report, call->number, tz);
        break;
    case CALL_SUBJECT:
        ndr_report_set_subject(s->report, a, length);
        break;
    case CALL_ENVID:
        ndr_report_set_envelope_id(s->report, a, length);
        break;
    case CALL_ARRIVAL:
        ndr_report_set_arrival_date(s->report, call->number, tz);
        break;
    case CALL_RETURN:
        ndr_report_set_return(s->report, (int) call->number);
        break;
    case CALL_TRANSPORT:
        ndr_report_set_transport(s->report, (int) call->number);
        break;
    default:
        ndr_report_borrow_original(s->report, a, length);
    }
}

static void recipient_call(ndr_recipient *r, const case_call *call, int32_t tz)
{
    const char *a = (const char *) call->a;
    size_t length = call->a_length;

    switch (call->kind) {
    case CALL_ORCPT:
        ndr_recipient_set_original_recipient(r, a, length);
        break;
    case CALL_STATUS:
        ndr_recipient_set_status(r, a, length);
        break;
    case CALL_REMOTE:
        ndr_recipient_set_remote_server(r, a, length, NULL, 0);
        break;
    case CALL_ACTION:
        ndr_recipient_set_action(r, (int) call->number);
        break;
    case CALL_RESPONSE:
        ndr_recipient_set_diagnostic(r, (const char *) call->b, call->b_length,
                                     a, length);
        break;
    case CALL_LAST_ATTEMPT:
        ndr_recipient_set_last_attempt(r, call->number, tz);
        break;
    case CALL_RETRY_UNTIL:
        ndr_recipient_set_retry_until(r, call->number, tz);
        break;
    default:
        ndr_recipient_set_hidden(r, a, length);
    }
}

static int is_about_recipient(const case_call *call)
{
    return call->kind > CALL_RECIPIENT;
}

void case_profile(golden_stage *s)
{
    const case_row *row = s->data;
    size_t i;

    ndr_profile_set_catalog(s->profile, s->catalog);
    for (i = 0; i < row->profile_count; i++)
        profile_call(s, &row->profile[i]);
}

/* A recipient and the calls about it; returns where the next call stands. */
static size_t add_recipient(golden_stage *s, const case_row *row, size_t at,
                            int32_t tz, int backwards)
{
    const case_call *call = &row->report[at];
    ndr_recipient *r = ndr_report_add_recipient(
        s->report, (const char *) call->a, call->a_length);
    size_t first = at + 1, last = first, i;

    while (last < row->report_count && is_about_recipient(&row->report[last]))
        last++;
    for (i = first; i < last; i++)
        recipient_call(r, &row->report[backwards ? last - 1 - (i - first) : i],
                       tz);
    return last;
}

static void run_report(golden_stage *s, int backwards)
{
    const case_row *row = s->data;
    int32_t tz = 0;
    size_t at = 0;

    while (at < row->report_count) {
        const case_call *call = &row->report[at];

        if (call->kind == CALL_RECIPIENT) {
            at = add_recipient(s, row, at, tz, backwards);
            continue;
        }
        if (call->kind == CALL_TZ)
            tz = (int32_t) call->number;
        else
            report_call(s, call, tz);
        at++;
    }
}

void case_report(golden_stage *s)
{
    run_report(s, 0);
}

void case_report_backwards(golden_stage *s)
{
    run_report(s, 1);
}

int case_expected(const char *name)
{
    if (strcmp(name, "case-09-null-sender") == 0)
        return NDR_NOTHING_DUE;
    if (strcmp(name, "case-35-localized-text-1") == 0)
        return NDR_E_TEXT; /* a template that is not UTF-8 */
    if (strcmp(name, "case-38-template-rescan-1") == 0)
        return NDR_E_TEMPLATE; /* an unknown placeholder */
    return NDR_OK;
}
