/* SPDX-License-Identifier: ISC */
/* The first error of a profile or report, and the words that name the culprit.
   */
#ifndef NDRI_REPORT_FAULT_H
#define NDRI_REPORT_FAULT_H

#include "base/text.h"

typedef struct ndri_fault {
    int error;        /* NDR_OK: none yet */
    char detail[256]; /* "recipient 2: status \"5.1\": expected d.d.d" */
} ndri_fault;

/*
 * Remember an error, unless there is one already; returns the one remembered.
 * recipient 0: it concerns none. value is shown in quotation marks, made
 * visible and cut to what fits; NULL: nothing is shown.
 */
int ndri_fault_set(ndri_fault *fault, int error, unsigned recipient,
                   const char *what, const ndri_span *value, const char *why);

/* The same words without a fault: into out[size], NUL-terminated. */
void ndri_fault_words(char *out, size_t size, unsigned recipient,
                      const char *what, const ndri_span *value,
                      const char *why);

#endif
