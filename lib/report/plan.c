/* SPDX-License-Identifier: ISC */
/*
 * The plan: checks what only the whole can show, settles each status, asks who
 * is due a report (RFC 3461 5.2), reads the original's header, and then
 * decides, for the kind of action chosen, what the report will be.
 */
#include "report/plan.h"

#include "mail/notify.h"
#include "mail/reply.h"
#include "report/carriage.h"
#include "report/identity.h"
#include "report/reading.h"
#include "report/reason.h"
#include "report/record.h"
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

static int settle(ndr_report *report, ndr_recipient *recipient)
{
    ndri_span text = ndri_record_fact(recipient, NDRI_FACT_REPLY);
    ndri_reply reply = ndri_reply_parse(text);

    if (ndri_record_has(recipient, NDRI_FACT_DIAGNOSTIC))
        memset(&reply, 0, sizeof(reply));
    if (reply.complete)
        recipient->flags |= NDRI_RCPT_SMTP;
    if (text.length == 0 && ndri_record_has(recipient, NDRI_FACT_REMOTE))
        ndri_report_note(report, recipient->number, "remote server", NULL,
                         "named, but there is no reply of it");
    if (ndri_notify_is_due(recipient->notify, recipient->action)) {
        recipient->flags |= NDRI_RCPT_DUE;
        report->plan.due |= ndri_notify_kind(recipient->action);
    }
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

static int nothing_due(ndr_report *report, const char *why)
{
    return ndri_report_fail(report, NDR_NOTHING_DUE, 0, "nothing is due", NULL,
                            why);
}

/* What next hop and sender let the report be. */
static void decide_transport(ndr_report *report)
{
    int transport = report->transport;

    if (!ndri_text_is_ascii(report->sender))
        transport |= NDR_TRANSPORT_SMTPUTF8;
    report->plan.smtputf8 = (transport & NDR_TRANSPORT_SMTPUTF8) != 0;
    report->plan.eightbit = transport != NDR_TRANSPORT_7BIT;
}

/* The default address of From, or the profile's. */
static ndri_span postmaster(ndr_report *report)
{
    if (report->profile->postmaster.length > 0)
        return report->profile->postmaster;
    ndri_buf_clear(&report->scratch);
    ndri_buf_add_text(&report->scratch, "postmaster@");
    ndri_buf_add(&report->scratch, report->profile->generating_server);
    return ndri_report_keep_scratch(report);
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
    int i;

    for (i = 0; i < NDRI_PH_COUNT; i++)
        values->of[i] = NDRI_SPAN("");
    values->of[NDRI_PH_GENERATING_SERVER] = report->profile->generating_server;
    values->of[NDRI_PH_SENDER] = report->sender;
    values->of[NDRI_PH_SUBJECT] = plan->subject;
    values->of[NDRI_PH_FROM] = plan->from;
    values->of[NDRI_PH_MESSAGE_ID] = plan->in_reply_to;
    values->of[NDRI_PH_POSTMASTER] = postmaster(report);
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

/* Hide what is to be hidden, and put the rest into its order. */
static int arrange(ndr_report *report)
{
    ndr_recipient *recipient;
    int error = NDR_OK;

    for (recipient = report->first; recipient != NULL && error == NDR_OK;
         recipient = recipient->next) {
        ndri_record_conceal(recipient);
        error = ndri_record_sort_attempts(recipient);
    }
    return error;
}

static int check_due(ndr_report *report)
{
    if (report->sender.length == 0)
        return nothing_due(report, "the return path is null");
    if (report->plan.due == 0)
        return nothing_due(report, "no recipient's NOTIFY asks for it");
    return NDR_OK;
}

static int select_kind(ndr_report *report, int actions)
{
    static int (*const steps[])(ndr_report *) = {
        ndri_reason_group, ndri_identity_name, ndri_carriage_decide, NULL};

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

int ndri_plan_make(ndr_report *report)
{
    static int (*const steps[])(ndr_report *) = {check_facts,
                                                 settle_all,
                                                 check_due,
                                                 ndri_reading_take,
                                                 ndri_speech_choose,
                                                 ndri_identity_thread,
                                                 set_values,
                                                 ndri_reason_choose,
                                                 arrange,
                                                 NULL};
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->prepared || report->fault.error != NDR_OK)
        return report->fault.error;
    report->plan.original.block = report->plan.subject = report->plan.from =
        report->plan.in_reply_to = report->plan.references = NDRI_SPAN("");
    decide_transport(report);
    error = run_steps(report, steps);
    if (error == NDR_OK)
        error = select_kind(report, first_kind(report->plan.due));
    if (error == NDR_OK && report->plan.not_whole >= 0)
        ndri_report_note(report, 0, "original", NULL,
                         "too large to come back whole, or in a form that "
                         "cannot; its header alone");
    report->prepared = 1;
    return error != NDR_OK ? error : report->fault.error;
}

int ndr_report_prepare(ndr_report *report)
{
    return ndri_plan_make(report);
}

int ndr_report_actions_due(const ndr_report *report)
{
    return report != NULL && report->prepared && report->fault.error == NDR_OK
               ? report->plan.due
               : 0;
}

int ndr_report_select_actions(ndr_report *report, int actions)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->fault.error != NDR_OK)
        return report->fault.error;
    if (!report->prepared)
        return NDR_E_ORDER;
    if (actions == NDR_ACTIONS_MIXED)
        return select_kind(report, report->plan.due);
    if (actions != NDR_ACTIONS_FAILED && actions != NDR_ACTIONS_DELAYED &&
        actions != NDR_ACTIONS_SUCCESS)
        return NDR_E_INVALID;
    if (!(report->plan.due & actions))
        return NDR_NOTHING_DUE;
    return select_kind(report, actions);
}

static int is_planned(const ndr_report *report)
{
    return report != NULL && report->prepared && report->fault.error == NDR_OK;
}

const char *ndr_report_envelope_recipient(const ndr_report *report)
{
    return is_planned(report) ? report->sender.at : "";
}

int ndr_report_needs_smtputf8(const ndr_report *report)
{
    if (!is_planned(report))
        return 0;
    return !ndri_text_is_ascii(report->sender) || report->plan.global ||
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

const char *ndr_report_message_id(const ndr_report *report)
{
    return is_planned(report) ? report->plan.message_id.at : "";
}
