/* SPDX-License-Identifier: ISC */
/* Who is due a report (RFC 3461 5.2). */
#ifndef NDRI_MAIL_NOTIFY_H
#define NDRI_MAIL_NOTIFY_H

#include <libndr/ndr.h>

/* Is a report of action due to a recipient that asked for notify? */
int ndri_notify_is_due(int notify, int action);
/* The kind, one bit of enum ndr_actions, that an action belongs to. */
int ndri_notify_kind(int action);
/* Bits that can have come from a NOTIFY parameter: NEVER stands alone. */
int ndri_notify_is_valid(int notify);

#endif
