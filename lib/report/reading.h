/* SPDX-License-Identifier: ISC */
/* What the original tells: its header, Subject and Date. */
#ifndef NDRI_REPORT_READING_H
#define NDRI_REPORT_READING_H

#include "report/facts.h"

/* Read the original's header, and with it plan.original, subject, subject_kept
   and sent. */
int ndri_reading_take(ndr_report *report);

#endif
