/* SPDX-License-Identifier: ISC */
/* Lines in the form that the caller asked for. */
#ifndef NDRI_OUTPUT_LINES_H
#define NDRI_OUTPUT_LINES_H

#include "report/facts.h"

/* The next piece; as ndr_report_next. After ndri_stream_rewind it is the first
   one. */
int ndri_lines_next(ndr_report *report, ndri_span *piece);

#endif
