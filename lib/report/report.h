/* SPDX-License-Identifier: ISC */
/* The report object: its errors, notes and memory, for all that work on it. */
#ifndef NDRI_REPORT_REPORT_H
#define NDRI_REPORT_REPORT_H

#include "report/facts.h"

/* Remember an error; see ndri_fault_set. */
int ndri_report_fail(ndr_report *report, int error, unsigned recipient,
                     const char *what, const ndri_span *value, const char *why);
int ndri_report_out_of_memory(ndr_report *report);
/* Add a note. value NULL: none. */
void ndri_report_note(ndr_report *report, unsigned recipient, const char *what,
                      const ndri_span *value, const char *why);
/* The error that a setter returns before it looks at its value. */
int ndri_report_is_open(const ndr_report *report);
/* The same, and the text that it was given: one over 256 MiB is refused before
   anybody reads it. */
int ndri_report_take(ndr_report *report, const char *text, size_t length,
                     ndri_span *span);
/* A copy of text in the arena; empty and the error set without memory. */
ndri_span ndri_report_keep(ndr_report *report, ndri_span text);
/* The same of what was made in scratch. */
ndri_span ndri_report_keep_scratch(ndr_report *report);
/* Check an extension field; NDR_OK or NDR_E_FIELD. */
int ndri_report_check_field(ndr_report *report, unsigned recipient,
                            ndri_span name, ndri_span value);

#endif
