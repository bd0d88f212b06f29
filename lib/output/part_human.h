/* SPDX-License-Identifier: ISC */
/* What a person reads: user section, administrator section, original headers.
   */
#ifndef NDRI_OUTPUT_PART_HUMAN_H
#define NDRI_OUTPUT_PART_HUMAN_H

#include "report/facts.h"

/* Begin: a printer, and where it prints. */
void ndri_human_begin(ndr_report *report, const ndri_printer *printer,
                      ndri_buf *out);
/* Write the next piece. 0 when there is none left. */
int ndri_human_step(ndr_report *report);

#endif
