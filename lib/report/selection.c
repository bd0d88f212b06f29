/* SPDX-License-Identifier: ISC */
/*
 * Failed recipients first, then delayed, then the others: readers in the field
 * end at the first action that is no failure.
 */
#include "report/selection.h"

#include "mail/notify.h"

static int is_selected(const ndr_recipient *recipient, int kind)
{
    return (recipient->flags & NDRI_RCPT_DUE) &&
           ndri_notify_kind(recipient->action) == kind;
}

const ndr_recipient *ndri_selection_next(const ndr_report *report,
                                         const ndr_recipient *after)
{
    const ndr_recipient *here = after == NULL ? report->first : after->next;
    int kind =
        after == NULL ? NDR_ACTIONS_FAILED : ndri_notify_kind(after->action);

    for (; kind <= NDR_ACTIONS_SUCCESS; kind <<= 1, here = report->first) {
        if (!(report->plan.selected & kind))
            continue;
        for (; here != NULL; here = here->next)
            if (is_selected(here, kind))
                return here;
    }
    return NULL;
}

const ndr_recipient *ndri_selection_next_group(const ndr_report *report,
                                               int action,
                                               const ndr_recipient *after)
{
    const ndr_recipient *here = after == NULL ? report->first : after->next;

    if (!(report->plan.selected & ndri_notify_kind(action)))
        return NULL;
    for (; here != NULL; here = here->next)
        if (here->action == action && (here->flags & NDRI_RCPT_DUE) &&
            (here->flags & NDRI_RCPT_LEADS))
            return here;
    return NULL;
}
