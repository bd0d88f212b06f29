/* SPDX-License-Identifier: ISC */
/* What a report must not tell: hidden addresses, hosts that are masked. */
#ifndef NDRI_REPORT_PRIVACY_H
#define NDRI_REPORT_PRIVACY_H

#include "report/facts.h"

/* Take out of the facts what would tell, before anything is decided about
   output; once. */
int ndri_privacy_settle(ndr_report *report);
/* Take out of the original's header, filtered and not yet admitted, what would
   tell. */
int ndri_privacy_strip(ndr_report *report);
/* A host of the organisation's own as others may see it. */
ndri_span ndri_privacy_host(const ndr_report *report, ndri_span host);

#endif
