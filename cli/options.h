/* SPDX-License-Identifier: ISC */
/* The options of ndr build: what each is called, takes, does and means. */
#ifndef NDR_CLI_OPTIONS_H
#define NDR_CLI_OPTIONS_H

#include "cli.h"

/* When an option does its work: the profile has to be complete before the
   report is made. */
enum cli_stage { CLI_EARLY, CLI_PROFILE, CLI_REPORT, CLI_RECIPIENT };

typedef struct cli_option {
    const char *name;
    const char *argument; /* NULL: it takes none */
    enum cli_stage stage;
    /* CLI_OK, or a status that was told; errors of the library wait for the
       end */
    int (*set)(cli_job *job, const char *argument);
    const char *help;
} cli_option;

/* Ended by a NULL name. */
extern const cli_option cli_options[];

#endif
