/* SPDX-License-Identifier: ISC */
/* What the report is called and what it answers: ids, threads, boundaries. */
#ifndef NDRI_REPORT_IDENTITY_H
#define NDRI_REPORT_IDENTITY_H

#include "report/facts.h"

/* In-Reply-To and References, from the original. */
int ndri_identity_thread(ndr_report *report);
/* Message-ID and the stem of boundaries, from what the report shows. */
int ndri_identity_name(ndr_report *report);
/* Append boundary number n, counted from the outer one's. */
void ndri_identity_add_boundary(const ndr_report *report, unsigned n,
                                ndri_buf *out);

#endif
