/* SPDX-License-Identifier: ISC */
/* How the report itself is sent: its envelope, and what it asks of the next
   hop. */
#ifndef NDRI_REPORT_SENDING_H
#define NDRI_REPORT_SENDING_H

#include "report/facts.h"

/* Where copies go: the profile's mailbox for them, else its postmaster. */
ndri_span ndri_sending_copy_mailbox(const ndr_report *report);
/* Set plan's server, to, smtputf8, eightbit. */
int ndri_sending_address(ndr_report *report);
/* Set plan.envelope_id, from plan.message_id. */
int ndri_sending_name(ndr_report *report);

#endif
