/* SPDX-License-Identifier: ISC */
/* The options of ndr build: what each is called, takes, does and means. */
#ifndef NDR_CLI_OPTIONS_H
#define NDR_CLI_OPTIONS_H

#include "cli.h"

/* When an option does its work: the profile has to be complete before the
   report is made. */
enum cli_stage { CLI_EARLY, CLI_PROFILE, CLI_REPORT, CLI_RECIPIENT };

/* One of the four does the work. Errors of the library wait for the end. */
typedef struct cli_option {
    const char *name;
    const char *argument; /* NULL: it takes none */
    enum cli_stage stage;
    const char *help;
    int is_needed;
    /* CLI_OK, or a status that was told */
    int (*set)(cli_job *job, const char *argument);
    /* The setters of the library that take one text, as they are. */
    int (*profile_text)(ndr_profile *, const char *, size_t);
    int (*report_text)(ndr_report *, const char *, size_t);
    int (*recipient_text)(ndr_recipient *, const char *, size_t);
} cli_option;

/* Ended by a NULL name. */
extern const cli_option cli_options[];

#endif
