/* SPDX-License-Identifier: ISC */
/*
 * A desk with one report on it, made through the public interface only, so that
 * programs linked with the shared library can use it too.
 */
#ifndef NDRI_TESTS_DESK_H
#define NDRI_TESTS_DESK_H

#include "parts.h"

#include <libndr/ndr.h>

/* A profile of mail1.example.com and a report to jane@example.com, without
   HTML, with an original and no recipient yet. */
typedef struct desk {
    ndr_profile *profile;
    ndr_report *report;
    parts *parts; /* of what was read last */
} desk;

#define DESK_DATE 1795536318 /* Tue, 24 Nov 2026 17:05:18 +0100 */
extern const char desk_original[];

void desk_open(desk *d);
void desk_close(desk *d);
/* Another report with the same beginnings; the profile stays. */
void desk_reset(desk *d);
/* A failed recipient; remote and reply may be NULL. */
ndr_recipient *desk_add(desk *d, const char *address, const char *remote,
                        const char *reply);
/* The same with another action and a status, which may be NULL. */
ndr_recipient *desk_add_action(desk *d, const char *address, int action,
                               const char *status);
/* Render, which has to go well, and take apart. Owned by the desk until it
   reads again. */
parts *desk_read(desk *d);
/* The report has failed so, and names the culprit so. */
void desk_failed(desk *d, int error, const char *detail);
/* A catalog of one entry, which has to be well formed, is used from now on. The
   caller frees it after the desk. */
ndr_catalog *desk_words(desk *d, const char *entry);

#endif
