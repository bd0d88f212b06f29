/* SPDX-License-Identifier: ISC */
/* How one server writes reports. Const once a report uses it. */
#ifndef NDRI_REPORT_PROFILE_H
#define NDRI_REPORT_PROFILE_H

#include "base/mem.h"
#include "mail/original.h"
#include "report/fault.h"

#define NDRI_TEXT_LIMIT ((size_t) 1 << 28) /* of any text: 256 MiB */
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
    ndri_filter filter; /* its limit and secrets are unused here */
    uint64_t limits[NDRI_LIMIT_COUNT];
};

/* Is domain one of the internal ones? */
int ndri_profile_is_internal(const ndr_profile *profile, ndri_span domain);

#endif
