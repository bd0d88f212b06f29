/* SPDX-License-Identifier: ISC */
/* What the next hop can carry: the forms and encodings of the parts. */
#ifndef NDRI_REPORT_CARRIAGE_H
#define NDRI_REPORT_CARRIAGE_H

#include "report/facts.h"

/* Decide the form of the status part, of the third part and of the text, and
   the number of the outer boundary. Reads the body if a full return is due. */
int ndri_carriage_decide(ndr_report *report);

#endif
