/* SPDX-License-Identifier: ISC */
/* Every decision about a report, taken before a byte of it is written. */
#ifndef NDRI_REPORT_PLAN_H
#define NDRI_REPORT_PLAN_H

#include "report/facts.h"

/* May this call write? Prepares; NDR_OK, NDR_NOTHING_DUE or what went wrong. */
int ndri_plan_make(ndr_report *report);

#endif
