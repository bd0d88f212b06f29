/* SPDX-License-Identifier: ISC */
/* What came out against what went in: one report being compared. */
#ifndef FUZZ_CHECK_H
#define FUZZ_CHECK_H

#include "builder.h"

typedef struct comparison {
    builder *b;
    const model *facts;
    reading report;
    octets text;  /* its plain text */
    size_t place; /* in the administrator section, so far */
} comparison;

void check_fail(const comparison *c, const char *rule, octets value);
void check_is(const comparison *c, const char *rule, octets is, octets due);
/* A value is due as it was shown, but where it would tell what is hidden. raw:
   as it was given. */
void check_kept(const comparison *c, const char *rule, octets is, octets due,
                octets raw, int secrets);
/* Those fields of a block that are of a kind are the ones that were added, in
   their order, but for those that would tell. */
typedef int (*check_kind)(octets name);
void check_pairs(const comparison *c, const char *rule,
                 const header_block *block, check_kind is_of_kind,
                 const model_pairs *pairs);
void check_date(const comparison *c, const char *rule, octets is,
                const model_date *due);

void check_top(comparison *c, const model_recipient **order, size_t count);
void check_status(comparison *c, const model_recipient **order, size_t count);
void check_original(comparison *c, int actions);

#endif
