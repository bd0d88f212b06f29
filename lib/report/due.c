/* SPDX-License-Identifier: ISC */
/*
 * Who is told. The sender, of what RFC 3461 5.2 says is due, unless there is
 * none (RFC 5321 6.1); the postmaster, of a copy, whatever NOTIFY says, and
 * never of a failure to reach the postmaster: reports of reports end there.
 */
#include "report/due.h"

#include "mail/notify.h"
#include "report/record.h"
#include "report/sending.h"

#include <string.h>

/* ---- twins ---- */

/* What makes two recipients one (RFC 3464 3): the sender specified the same,
   and the same became of it. */
static int is_twin(const ndr_recipient *a, const ndr_recipient *b)
{
    static const int tags[] = {NDRI_FACT_ADDRESS, NDRI_FACT_HIDDEN_AS,
                               NDRI_FACT_ORCPT, NDRI_FACT_ORCPT_TYPE};
    size_t i;

    if (a->action != b->action || a->notify != b->notify)
        return 0;
    for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
        if (!ndri_span_equal(ndri_record_fact(a, tags[i]),
                             ndri_record_fact(b, tags[i])))
            return 0;
    return 1;
}

/* Where to begin to look for a twin among count places: keyed, so that nobody
   can choose addresses that all begin at one. */
static size_t first_place(const ndr_report *report,
                          const ndr_recipient *recipient, size_t count)
{
    unsigned char octets[NDRI_DIGEST_LENGTH];
    ndri_digest digest;
    uint32_t hash;

    ndri_digest_init(&digest, report->seed);
    ndri_digest_add_number(&digest, recipient->action);
    ndri_digest_add(&digest, ndri_record_fact(recipient, NDRI_FACT_ADDRESS));
    ndri_digest_add(&digest, ndri_record_fact(recipient, NDRI_FACT_ORCPT));
    ndri_digest_finish(&digest, octets);
    memcpy(&hash, octets, sizeof(hash));
    return (size_t) ((uint64_t) hash * count >> 32);
}

/* The place of a recipient, or of its twin, among count, some of them free. */
static const ndr_recipient **twin_place(const ndr_recipient **places,
                                        size_t count, const ndr_report *report,
                                        const ndr_recipient *recipient)
{
    size_t at = first_place(report, recipient, count);

    while (places[at] != NULL && !is_twin(places[at], recipient))
        at = at + 1 < count ? at + 1 : 0;
    return &places[at];
}

int ndri_due_settle(ndr_report *report)
{
    size_t count = (size_t) report->count / 3 * 4 + 4;
    size_t size = count * sizeof(ndr_recipient *);
    const ndr_recipient **places, **place;
    ndr_recipient *each;

    if (report->count < 2)
        return NDR_OK;
    places = ndri_mem_resize(&report->allocator, NULL, 0, size);
    if (places == NULL)
        return ndri_report_out_of_memory(report);
    memset(places, 0, size);
    for (each = report->first; each != NULL; each = each->next) {
        place = twin_place(places, count, report, each);
        if (*place != NULL) {
            each->flags |= NDRI_RCPT_TWIN;
            ndri_report_note(report, each->number, "address", NULL,
                             "was added before; reported once");
        }
        *place = each;
    }
    ndri_mem_free(&report->allocator, places, size);
    return report->fault.error;
}

/* ---- who is due ---- */

static int is_double_bounce(const ndr_report *report)
{
    return report->sender.length == 0;
}

/* May the postmaster be told of this recipient? */
static int may_copy(const ndr_report *report, const ndr_recipient *recipient)
{
    if (!is_double_bounce(report))
        return 1;
    return recipient->action == NDR_ACTION_FAILED &&
           !ndri_span_equal_nocase(ndri_record_final(recipient),
                                   ndri_sending_copy_mailbox(report));
}

static int is_due(const ndr_report *report, const ndr_recipient *recipient)
{
    if (recipient->flags & NDRI_RCPT_TWIN)
        return 0;
    return report->copy == NDR_COPY_NONE
               ? ndri_notify_is_due(recipient->notify, recipient->action)
               : may_copy(report, recipient);
}

static int nothing(ndr_report *report, int reason)
{
    static const char *const words[] = {
        [NDR_NOTHING_NULL_RETURN_PATH] = "the return path is null",
        [NDR_NOTHING_NOT_ASKED] = "no recipient's NOTIFY asks for it",
        [NDR_NOTHING_OF_THIS_KIND] = "no recipient of the selected action",
        [NDR_NOTHING_TO_COPY] = "mail to the postmaster is not copied"};

    report->plan.nothing = reason;
    if (reason != NDR_NOTHING_OF_THIS_KIND)
        return ndri_report_fail(report, NDR_NOTHING_DUE, 0, "nothing is due",
                                NULL, words[reason]);
    /* no error of the report: another kind may be selected */
    ndri_fault_words(report->fault.detail, sizeof(report->fault.detail), 0,
                     "nothing is due", NULL, words[reason]);
    return NDR_NOTHING_DUE;
}

int ndri_due_decide(ndr_report *report)
{
    ndr_recipient *each;

    for (each = report->first; each != NULL; each = each->next) {
        each->flags &= (uint8_t) ~NDRI_RCPT_DUE;
        if (!is_due(report, each))
            continue;
        each->flags |= NDRI_RCPT_DUE;
        report->plan.due |= ndri_notify_kind(each->action);
    }
    if (report->copy == NDR_COPY_NONE && is_double_bounce(report))
        return nothing(report, NDR_NOTHING_NULL_RETURN_PATH);
    if (report->plan.due == 0)
        return nothing(report, report->copy == NDR_COPY_NONE
                                   ? NDR_NOTHING_NOT_ASKED
                                   : NDR_NOTHING_TO_COPY);
    return NDR_OK;
}

int ndri_due_check_kind(ndr_report *report, int kind)
{
    report->plan.nothing = NDR_NOTHING_NONE;
    report->fault.detail[0] = '\0';
    if (report->plan.due & kind)
        return NDR_OK;
    return nothing(report, NDR_NOTHING_OF_THIS_KIND);
}

/* ---- questions ---- */

/* Were the facts settled, whether or not something is due? */
static int is_settled(const ndr_report *report)
{
    return report != NULL && report->settled &&
           (report->fault.error == NDR_OK ||
            report->fault.error == NDR_NOTHING_DUE);
}

int ndr_report_nothing_due(const ndr_report *report)
{
    return is_settled(report) ? report->plan.nothing : NDR_NOTHING_NONE;
}

int ndr_report_actions_due(const ndr_report *report)
{
    return report != NULL && report->prepared && report->fault.error == NDR_OK
               ? report->plan.due
               : 0;
}

int ndr_report_copy_due(const ndr_report *report)
{
    const ndr_recipient *each;

    if (!is_settled(report))
        return 0;
    for (each = report->first; each != NULL; each = each->next)
        if (each->action == NDR_ACTION_FAILED && may_copy(report, each) &&
            (is_double_bounce(report) ||
             ndri_profile_wants_copy(report->profile, each->status)))
            return 1;
    return 0;
}
