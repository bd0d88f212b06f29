/* SPDX-License-Identifier: ISC */
/*
 * A recipient's record: a packed list of facts (tag, length, octets), so that
 * ten thousand recipients take little room.
 */
#ifndef NDRI_REPORT_RECORD_H
#define NDRI_REPORT_RECORD_H

#include "report/report.h"

static inline int ndri_record_has(const ndr_recipient *recipient, int tag)
{
    return recipient->tags >> tag & 1;
}

/* The value of a fact; length 0 and at "" if it is not there. */
ndri_span ndri_record_fact(const ndr_recipient *recipient, int tag);
/* Walk over all facts: from *at 0; 0 at the end. */
int ndri_record_next_fact(const ndr_recipient *recipient, uint32_t *at,
                          int *tag, ndri_span *value);
/* A date fact; 0 if it is not there. */
int ndri_record_date(const ndr_recipient *recipient, int tag, ndri_date *date);

/* What is shown is the final address, unless it is hidden. */
ndri_span ndri_record_final(const ndr_recipient *recipient);
/* What the sender wrote: ORCPT if it is a mail address, else the final one. */
ndri_span ndri_record_shown(const ndr_recipient *recipient);

/* An attempt, taken apart. */
typedef struct ndri_attempt {
    ndri_date date;
    ndri_span host; /* "host [ip]" as shown; may be empty */
    ndri_span text; /* lines parted by LF */
} ndri_attempt;
ndri_attempt ndri_record_attempt(ndri_span fact);

/* Ask about each fact: 0 takes it away, else it stays, with *value if that was
   changed. */
typedef int (*ndri_fact_change)(void *user, int tag, ndri_span *value);
int ndri_record_rewrite(ndr_recipient *recipient, ndri_fact_change change,
                        void *user);

/* Put the attempts into the order in which they are shown. */
int ndri_record_sort_attempts(ndr_recipient *recipient);

/* Add a fact, or replace it; an empty value only takes it away. NDR_OK,
   NDR_E_NOMEM or NDR_E_INVALID, remembered by the report. */
int ndri_record_add(ndr_recipient *recipient, int tag, ndri_span value);
int ndri_record_set(ndr_recipient *recipient, int tag, ndri_span value);

#endif
