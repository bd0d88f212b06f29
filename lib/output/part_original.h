/* SPDX-License-Identifier: ISC */
/* What comes back: the original's header, or all of it. */
#ifndef NDRI_OUTPUT_PART_ORIGINAL_H
#define NDRI_OUTPUT_PART_ORIGINAL_H

#include "report/facts.h"

/* "text/rfc822-headers" ... */
const char *ndri_original_part_type(const ndr_report *report);
void ndri_original_part_begin(ndr_report *report);
/* Append a field, or at the end the empty line before a body. 1 while more may
   come, else 0. */
int ndri_original_part_step(ndr_report *report, ndri_buf *out);
/* Is there a body to follow? */
int ndri_original_is_message(const ndr_report *report);
/* Put octets of the body into output.through; chunk, which is empty, may hold
   them. 1 while more may come, 0 at the end, negative: an error. */
int ndri_original_body_step(ndr_report *report);

#endif
