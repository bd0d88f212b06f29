/* SPDX-License-Identifier: ISC */
/* Who is told: recipients that are due, kinds, copies, or why nothing is. */
#ifndef NDRI_REPORT_DUE_H
#define NDRI_REPORT_DUE_H

#include "report/facts.h"

/* Mark recipients that were added before; once. */
int ndri_due_settle(ndr_report *report);
/* Set plan.due and who is due. NDR_OK, or NDR_NOTHING_DUE with its reason. */
int ndri_due_decide(ndr_report *report);
/* May this kind, a bit of enum ndr_actions, be selected? NDR_OK, or
   NDR_NOTHING_DUE with its reason. */
int ndri_due_check_kind(ndr_report *report, int kind);

#endif
