/* SPDX-License-Identifier: ISC */
/* The options of ndr build: what each is called, takes, does and means. */
#ifndef NDR_CLI_OPTIONS_H
#define NDR_CLI_OPTIONS_H

#include "cli.h"

/* When an option does its work: the profile has to be complete before the
   report is made. */
enum cli_stage { CLI_PROFILE, CLI_REPORT, CLI_RECIPIENT, CLI_STAGES };

/* One function does the work. Errors of the library wait for the end. */
typedef struct cli_option {
    const char *name;
    const char *argument; /* NULL: it takes none */
    const char *help;
    int is_needed;
    /* CLI_OK, or a status that was told */
    int (*set)(cli_job *job, const char *argument);
    /* The setters of the library that take one text, as they are. */
    int (*profile_text)(ndr_profile *, const char *, size_t);
    int (*report_text)(ndr_report *, const char *, size_t);
    int (*recipient_text)(ndr_recipient *, const char *, size_t);
    /* Those that take a number, which is choice. */
    int (*profile_choice)(ndr_profile *, int);
    int (*report_choice)(ndr_report *, int);
    int choice;
} cli_option;

/* The options of each stage, ended by a NULL name. */
extern const cli_option cli_profile_options[];
extern const cli_option cli_report_options[];
extern const cli_option cli_recipient_options[];

/* All options in order, from 0; NULL past the last. */
const cli_option *cli_option_at(size_t index);
/* NULL: there is none of that name. */
const cli_option *cli_option_find(const char *name, enum cli_stage *stage);
/* CLI_OK, or a status that was told. */
int cli_option_apply(cli_job *job, const cli_option *option,
                     const char *argument);

/* "--tz "x": expected ..." Returns the status of wrong usage. */
int cli_option_complain(const cli_job *job, const char *expected,
                        const char *argument);
/* Split "first,second" in place of a copy; second is "" if there is none. */
int cli_option_split(const char *argument, cli_text *copy, char **second);
/* Seconds since 1970 for the date setters. */
int cli_option_date(const cli_job *job, const char *argument,
                    long long *seconds);
/* The octets of NAME in "NAME: VALUE"; what follows its colon is the value. */
int cli_option_name(const cli_job *job, const char *argument, size_t *length);

#endif
