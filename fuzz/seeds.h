/* SPDX-License-Identifier: ISC */
/* What make_seeds writes. */
#ifndef FUZZ_SEEDS_H
#define FUZZ_SEEDS_H

#include "builder.h"

#define SEED_PROFILE 100u /* added to a call for the profile */
#define SEED_END 999u
#define SEED_TEXTS 3

typedef struct seed_step {
    unsigned call;
    const char *texts[SEED_TEXTS];
    const char *before, *after; /* octets other than 0, or NULL */
} seed_step;

typedef struct seed_report {
    const char *name;
    unsigned flags;
    const seed_step *steps;
} seed_report;

typedef struct seed_plain {
    const char *name, *text;
} seed_plain;

/* All end with a NULL name. */
extern const seed_report report_seeds[];
extern const seed_plain reply_seeds[], xtext_seeds[], catalog_seeds[],
    original_seeds[];

#endif
