/* SPDX-License-Identifier: ISC */
/* The administrator section: what is said of one recipient, and the lines of
   one field of the original's header. */
#ifndef NDRI_OUTPUT_SECTION_ADMIN_H
#define NDRI_OUTPUT_SECTION_ADMIN_H

#include "report/facts.h"

void ndri_admin_recipient(ndr_report *report, const ndr_recipient *recipient);
void ndri_admin_header(ndr_report *report, const ndri_header *header);

#endif
