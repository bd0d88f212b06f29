/* SPDX-License-Identifier: ISC */
/* Every decision about a report, taken before a byte of it is written. */
#ifndef NDRI_REPORT_PLAN_H
#define NDRI_REPORT_PLAN_H

#include "report/facts.h"

/* The selected recipient after one (NULL: the first): failed ones first, then
   delayed, then the others, each kind in the order added. NULL at the end. */
const ndr_recipient *ndri_plan_next(const ndr_report *report,
                                    const ndr_recipient *after);

/* The first of the next group of an action; the same for groups. */
const ndr_recipient *ndri_plan_next_group(const ndr_report *report, int action,
                                          const ndr_recipient *after);

/* May this call write? Prepares; NDR_OK, NDR_NOTHING_DUE or what went wrong. */
int ndri_plan_make(ndr_report *report);

#endif
