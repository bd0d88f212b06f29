/* SPDX-License-Identifier: ISC */
/* What a program reads: message/delivery-status. */
#ifndef NDRI_OUTPUT_PART_STATUS_H
#define NDRI_OUTPUT_PART_STATUS_H

#include "report/facts.h"

void ndri_status_part_begin(ndr_report *report);
/* Append the fields of the message, then those of one recipient each. 0 when
   there are none left. */
int ndri_status_part_step(ndr_report *report, ndri_buf *out);

#endif
