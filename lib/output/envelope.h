/* SPDX-License-Identifier: ISC */
/* The report's own header. */
#ifndef NDRI_OUTPUT_ENVELOPE_H
#define NDRI_OUTPUT_ENVELOPE_H

#include "report/facts.h"

/* Append the header and the empty line after it. */
void ndri_envelope_write(ndr_report *report, ndri_buf *out);

#endif
