/* SPDX-License-Identifier: ISC */
/*
 * The plan, in three lists of steps. Once: check what only the whole can show,
 * settle each status, take out what must not be told. For the sender's report,
 * or for the postmaster's copy: who is due, what the original tells, which
 * words. For each kind of action: what the report will be.
 */
#include "report/plan.h"

#include "mail/reply.h"
#include "report/carriage.h"
#include "report/due.h"
#include "report/identity.h"
#include "report/privacy.h"
#include "report/reading.h"
#include "report/reason.h"
#include "report/recipient.h"
#include "report/sending.h"
#include "report/speech.h"

#include <string.h>

static int missing(ndr_report *report, const char *what)
{
    return ndri_report_fail(report, NDR_E_MISSING, 0, what, NULL, "never set");
}

static int check_facts(ndr_report *report)
{
    if (report->profile->generating_server.length == 0)
        return missing(report, "generating server");
    if (!(report->has & NDRI_HAS_SENDER))
        return missing(report, "sender");
    if (!(report->has & NDRI_HAS_DATE))
        return missing(report, "date");
    if (report->first == NULL)
        return missing(report, "recipients");
    return NDR_OK;
}

/* The classes that go with an action (RFC 3464 2.3.3, RFC 3463 2). */
static int suits(int action, unsigned digit)
{
    if (action == NDR_ACTION_FAILED)
        return digit == 4 || digit == 5;
    return digit == (action == NDR_ACTION_DELAYED ? 4u : 2u);
}

/* X.0.0 of the action's class; a failure is as lasting as the reply says. */
static ndri_status derived_status(int action, int code)
{
    ndri_status status = {5, 0, 0};

    if (action == NDR_ACTION_DELAYED)
        status.digit = 4;
    else if (action != NDR_ACTION_FAILED)
        status.digit = 2;
    else if (code >= 400 && code < 500)
        status.digit = 4;
    return status;
}

static int settle_status(ndr_report *report, ndr_recipient *recipient,
                         const ndri_reply *reply)
{
    char words[NDRI_STATUS_ROOM];
    ndri_span given;

    if (recipient->flags & NDRI_RCPT_STATUS) {
        if (suits(recipient->action, recipient->status.digit))
            return NDR_OK;
        given =
            ndri_span_from(words, ndri_status_format(recipient->status, words));
        return ndri_report_fail(report, NDR_E_ACTION, recipient->number,
                                "status", &given,
                                "its class contradicts the action");
    }
    if (reply->has_status && suits(recipient->action, reply->status.digit)) {
        if (reply->code != 0 && reply->code / 100 != reply->status.digit)
            ndri_report_note(report, recipient->number, "reply", NULL,
                             "its two codes are of different classes");
        recipient->status = reply->status;
        return NDR_OK;
    }
    if (reply->has_status)
        ndri_report_note(report, recipient->number, "status of the reply", NULL,
                         "its class contradicts the action; not used");
    recipient->status = derived_status(recipient->action, reply->code);
    recipient->flags |= NDRI_RCPT_DERIVED;
    return NDR_OK;
}

/* Where the newest attempt stands in for facts that were not set: its time, and
   an answer with the host that gave it. */
static int take_history(ndr_recipient *recipient)
{
    ndri_span fact = ndri_record_fact(recipient, NDRI_FACT_ATTEMPT);
    ndri_attempt newest;
    int error = NDR_OK;

    if (fact.length == 0)
        return NDR_OK;
    /* setting a fact moves the others */
    fact = ndri_report_keep(recipient->report, fact);
    if (recipient->report->fault.error != NDR_OK)
        return recipient->report->fault.error;
    newest = ndri_record_attempt(fact);
    if (!ndri_record_has(recipient, NDRI_FACT_LAST_ATTEMPT))
        error = ndri_record_set(recipient, NDRI_FACT_LAST_ATTEMPT,
                                ndri_span_slice(fact, 0, sizeof(newest.date)));
    if (error != NDR_OK || ndri_record_has(recipient, NDRI_FACT_REPLY) ||
        ndri_reply_parse(newest.text).code == 0)
        return error;
    error = ndri_record_set(recipient, NDRI_FACT_REPLY, newest.text);
    if (error == NDR_OK && !ndri_record_has(recipient, NDRI_FACT_REMOTE))
        error = ndri_delivery_set_remote(recipient, newest.host);
    return error;
}

static int settle(ndr_report *report, ndr_recipient *recipient)
{
    int error = ndri_record_sort_attempts(recipient);
    ndri_span text;
    ndri_reply reply;

    if (error == NDR_OK)
        error = take_history(recipient);
    if (error != NDR_OK)
        return error;
    text = ndri_record_fact(recipient, NDRI_FACT_REPLY);
    reply = ndri_reply_parse(text);
    if (ndri_record_has(recipient, NDRI_FACT_DIAGNOSTIC))
        memset(&reply, 0, sizeof(reply));
    if (reply.complete)
        recipient->flags |= NDRI_RCPT_SMTP;
    if (reply.code != 0)
        recipient->flags |= NDRI_RCPT_CODE;
    if (text.length == 0 && ndri_record_has(recipient, NDRI_FACT_REMOTE))
        ndri_report_note(report, recipient->number, "remote server", NULL,
                         "named, but there is no reply of it");
    return settle_status(report, recipient, &reply);
}

static int settle_all(ndr_report *report)
{
    ndr_recipient *recipient;
    int error = NDR_OK;

    for (recipient = report->first; recipient != NULL && error == NDR_OK;
         recipient = recipient->next)
        error = settle(report, recipient);
    return error != NDR_OK ? error : report->fault.error;
}

static ndri_span number_kept(ndr_report *report, uint64_t number)
{
    ndri_buf_clear(&report->scratch);
    ndri_buf_add_number(&report->scratch, number);
    return ndri_report_keep_scratch(report);
}

/* What placeholders stand for that do not depend on the recipient. */
static int set_values(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    ndri_values *values = &plan->values;

    values->of[NDRI_PH_GENERATING_SERVER] = plan->server;
    values->of[NDRI_PH_SENDER] = report->sender;
    values->of[NDRI_PH_SUBJECT] = plan->subject;
    values->of[NDRI_PH_FROM] = plan->from;
    values->of[NDRI_PH_MESSAGE_ID] = plan->in_reply_to;
    if (plan->original.received > 0)
        values->of[NDRI_PH_HOPS] = number_kept(report, plan->original.received);
    return report->fault.error;
}

/* Steps that each return NDR_OK or end the plan. */
static int run_steps(ndr_report *report, int (*const *steps)(ndr_report *))
{
    int error = NDR_OK;

    for (; *steps != NULL && error == NDR_OK; steps++)
        error = (*steps)(report);
    return error;
}

static int select_kind(ndr_report *report, int actions)
{
    static int (*const steps[])(ndr_report *) = {
        ndri_reason_group, ndri_identity_name, ndri_sending_name,
        ndri_carriage_decide, NULL};

    report->plan.selected = actions;
    report->output.phase = 0;
    report->output.piece = NDRI_SPAN("");
    return run_steps(report, steps);
}

/* The lowest bit: the first due of failed, delayed, success. */
static int first_kind(int due)
{
    return due & -due;
}

static void clear_plan(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    int i;

    memset(plan, 0, sizeof(*plan));
    plan->original.block = plan->subject = plan->from = plan->in_reply_to =
        plan->references = NDRI_SPAN("");
    for (i = 0; i < NDRI_PH_COUNT; i++)
        plan->values.of[i] = NDRI_SPAN("");
}

/* Facts become what reports may hold; then they are closed for good. */
static int settle_facts(ndr_report *report)
{
    static int (*const steps[])(ndr_report *) = {
        check_facts, settle_all, ndri_due_settle, ndri_privacy_settle, NULL};
    int error = NDR_OK;

    if (!report->settled)
        error = run_steps(report, steps);
    report->closed = 1;
    report->settled = error == NDR_OK;
    if (!report->settled)
        return error;
    report->facts_notes = report->note_count;
    return NDR_OK;
}

static int decide(ndr_report *report)
{
    static int (*const steps[])(ndr_report *) = {
        ndri_sending_address, ndri_due_decide,
        ndri_reading_take,    ndri_speech_choose,
        ndri_identity_thread, set_values,
        ndri_reason_choose,   NULL};
    int error = run_steps(report, steps);

    if (error == NDR_OK)
        error = select_kind(report, first_kind(report->plan.due));
    if (error == NDR_OK && report->plan.not_whole >= 0)
        ndri_report_note(report, 0, "original", NULL,
                         "asked for whole; its header alone comes back, as "
                         "the text says");
    return error;
}

int ndri_plan_make(ndr_report *report)
{
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->prepared || report->fault.error != NDR_OK)
        return report->fault.error;
    clear_plan(report);
    error = settle_facts(report);
    if (error == NDR_OK)
        error = decide(report);
    report->prepared = 1;
    return error != NDR_OK ? error : report->fault.error;
}

int ndr_report_set_copy(ndr_report *report, int copy)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->fault.error == NDR_NOTHING_DUE)
        memset(&report->fault, 0, sizeof(report->fault));
    if (report->fault.error != NDR_OK)
        return report->fault.error;
    if (copy != NDR_COPY_NONE && copy != NDR_COPY_POSTMASTER)
        return ndri_report_fail(report, NDR_E_INVALID, 0, "copy", NULL,
                                "unknown number");
    report->copy = copy;
    report->prepared = 0;
    if (report->settled)
        report->note_count = report->facts_notes;
    return NDR_OK;
}

int ndr_report_prepare(ndr_report *report)
{
    return ndri_plan_make(report);
}

int ndr_report_select_actions(ndr_report *report, int actions)
{
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->fault.error != NDR_OK)
        return report->fault.error;
    if (!report->prepared)
        return NDR_E_ORDER;
    if (actions != NDR_ACTIONS_FAILED && actions != NDR_ACTIONS_DELAYED &&
        actions != NDR_ACTIONS_SUCCESS && actions != NDR_ACTIONS_MIXED)
        return NDR_E_INVALID;
    error = ndri_due_check_kind(report, actions);
    return error != NDR_OK ? error
                           : select_kind(report, actions & report->plan.due);
}
