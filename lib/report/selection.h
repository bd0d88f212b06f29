/* SPDX-License-Identifier: ISC */
/* The recipients of the kind of action chosen, in the order of the report. */
#ifndef NDRI_REPORT_SELECTION_H
#define NDRI_REPORT_SELECTION_H

#include "report/facts.h"

/* The selected recipient after one (NULL: the first): failed ones first, then
   delayed, then the others, each kind in the order added. NULL at the end. */
const ndr_recipient *ndri_selection_next(const ndr_report *report,
                                         const ndr_recipient *after);

/* The first of the next group of an action; the same for groups. */
const ndr_recipient *ndri_selection_next_group(const ndr_report *report,
                                               int action,
                                               const ndr_recipient *after);

#endif
