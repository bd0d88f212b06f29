/* SPDX-License-Identifier: ISC */
/* The multipart skeleton, and the report piece by piece. */
#ifndef NDRI_OUTPUT_STREAM_H
#define NDRI_OUTPUT_STREAM_H

#include "report/facts.h"

/* Begin at the beginning. */
void ndri_stream_rewind(ndr_report *report);
/* The next piece; as ndr_report_next. */
int ndri_stream_next(ndr_report *report, ndri_span *piece);

#endif
