/* SPDX-License-Identifier: ISC */
/* The words for each recipient, and who shares them. */
#ifndef NDRI_REPORT_REASON_H
#define NDRI_REPORT_REASON_H

#include "report/facts.h"

/* Choose the words of every recipient that is due one. */
int ndri_reason_choose(ndr_report *report);

/* Put the recipients selected into groups that share text, move, steps, server
   and action; count them. */
int ndri_reason_group(ndr_report *report);

/* The compiled text of a recipient in a language, given by its place: its own,
   or its entry's. */
ndri_span ndri_reason_text(const ndr_recipient *recipient, int language);

#define NDRI_USES_ALL (~UINT32_C(0))

/* The values of the report with those of a recipient, of which uses (bits of
   ndri_template_uses) are wanted. They live until the next call. */
ndri_values ndri_reason_values(ndr_report *report,
                               const ndr_recipient *recipient, int language,
                               uint32_t uses);

/* Is the recipient's administrator the sender's as well? */
int ndri_reason_is_home(const ndr_report *report,
                        const ndr_recipient *recipient);

#endif
