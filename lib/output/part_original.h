/* SPDX-License-Identifier: ISC */
/* What comes back: the original's header, or all of it. */
#ifndef NDRI_OUTPUT_PART_ORIGINAL_H
#define NDRI_OUTPUT_PART_ORIGINAL_H

#include "report/facts.h"

/* "text/rfc822-headers" ... */
const char *ndri_original_part_type(const ndr_report *report);
void ndri_original_part_begin(ndr_report *report);
/* Append a field, or a block of the body. 1 while more may come, 0 at the end,
   negative: an error. */
int ndri_original_part_step(ndr_report *report, ndri_buf *out);

#endif
