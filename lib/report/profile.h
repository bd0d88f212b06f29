/* SPDX-License-Identifier: ISC */
/* How one server writes reports. Const once a report uses it. */
#ifndef NDRI_REPORT_PROFILE_H
#define NDRI_REPORT_PROFILE_H

#include "base/mem.h"
#include "mail/original.h"
#include "mail/status.h"
#include "report/fault.h"

#define NDRI_TEXT_LIMIT ((size_t) 1 << 28) /* of any text: 256 MiB */
/* Exchange copies these by default: loops, routes, ambiguous addresses. */
#define NDRI_COPY_CODES "5.4.8 5.4.6 5.4.4 5.2.4 5.2.0 5.1.4"
#define NDRI_LIMIT_COUNT (NDR_LIMIT_REFERENCES + 1)

struct ndr_profile {
    ndr_allocator allocator;
    ndri_arena arena; /* of the texts below */
    ndri_fault fault;
    ndri_span generating_server;   /* empty: not set */
    ndri_span reporting_authority; /* empty: the generating server */
    ndri_span postmaster_name;
    ndri_span postmaster; /* its address; empty: the default */
    ndri_span internal_domains;
    ndri_span languages;        /* empty: English */
    ndri_span organisation;     /* empty: none */
    ndri_span accent;           /* "#rrggbb"; empty: none */
    const ndr_catalog *catalog; /* NULL: the built-in words only */
    int audience;
    int grouping;
    int html;
    int charsets;
    int detection;
    int diagnostics;
    int masking;
    int failed_recipients;
    ndri_span copy_codes;   /* parted by blanks or commas */
    ndri_span copy_mailbox; /* empty: the postmaster's */
    ndri_filter filter;
    uint64_t limits[NDRI_LIMIT_COUNT];
};

/* What setters have in common. The error that one returns before it looks at
   its value: */
int ndri_profile_is_ready(const ndr_profile *profile);
/* the same, and the text that it was given; */
int ndri_profile_take(ndr_profile *profile, const char *text, size_t length,
                      ndri_span *span);
/* remember an error; */
int ndri_profile_fault(ndr_profile *profile, int error, const char *what,
                       ndri_span value, const char *why);
/* put a copy of value into *kept; */
int ndri_profile_keep(ndr_profile *profile, ndri_span *kept, ndri_span value);
/* the same of what was made, which is released; */
int ndri_profile_keep_buf(ndr_profile *profile, ndri_span *kept,
                          ndri_buf *made);
/* set a number that has to be one of 0 to last. */
int ndri_profile_choose(ndr_profile *profile, int *kept, const char *what,
                        int choice, int last);

/* Is domain one of the internal ones? */
int ndri_profile_is_internal(const ndr_profile *profile, ndri_span domain);
/* The internal domain that a host stands in, below it; empty: none. */
ndri_span ndri_profile_domain_of(const ndr_profile *profile, ndri_span host);
/* Are host names of the organisation's own to be masked? */
int ndri_profile_masks(const ndr_profile *profile);
/* Is a copy wanted of a report with this status? */
int ndri_profile_wants_copy(const ndr_profile *profile, ndri_status status);

#endif
