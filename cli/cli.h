/* SPDX-License-Identifier: ISC */
/* What the parts of the ndr command share. */
#ifndef NDR_CLI_CLI_H
#define NDR_CLI_CLI_H

#include <libndr/ndr_file.h>

#include <stddef.h>

/* Exit statuses: sysexits, and 10 of our own. */
enum cli_status {
    CLI_OK = 0,
    CLI_NOTHING_DUE = 10,
    CLI_USAGE = 64,
    CLI_DATA = 65,
    CLI_NO_INPUT = 66,
    CLI_SYSTEM = 71,
    CLI_WRITE = 74,
    CLI_TEMPLATE = 78
};

/* A text of known length that may hold anything. */
typedef struct cli_text {
    char *at; /* freed by cli_text_free */
    size_t length;
} cli_text;

void cli_text_free(cli_text *text);
/* A whole file, 1 GiB at most; "-" is standard input. CLI_OK, or a status that
   was told. */
int cli_read_file(const char *name, cli_text *text);
/* Append what base64 stands for to text, which has room. 0 if it is none. */
int cli_decode_base64(const char *from, size_t length, cli_text *text);

/* One report in the making. */
typedef struct cli_job {
    ndr_catalog *catalog;
    ndr_profile *profile;
    ndr_report *report;
    ndr_recipient *recipient; /* the last one added */
    cli_text original;
    int mixed;
    int copy;             /* the postmaster's, not the sender's report */
    int transport;        /* bits of enum ndr_transport */
    const char *option;   /* at hand, for messages */
    const char *remote;   /* --remote of the last recipient, without its IP */
    int kind;             /* bit of enum ndr_actions; 0: the first due */
    int offset;           /* minutes, for every date */
    const char *envelope; /* file for the envelope; NULL: none */
    const char *filter;   /* the option of a header filter; NULL: none yet */
} cli_job;

/* Make catalog and profile; the report comes when the profile is complete. */
int cli_job_begin(cli_job *job);
int cli_job_begin_report(cli_job *job);
void cli_job_end(cli_job *job);
/* Add a template; a status that was told if it cannot be read. */
int cli_job_add_template(cli_job *job, const char *name, const char *entry,
                         size_t length);
/* Decide and render. CLI_OK with a message, or a status that was told. */
int cli_job_render(cli_job *job, const char **message, size_t *length);
/* The same, and write it to standard output. */
int cli_job_write(cli_job *job);
/* Write the file that tells the envelope of a report of that many octets.
   CLI_OK, or a status that was told. */
int cli_envelope_write(const cli_job *job, size_t length);

/* Tell standard error: "ndr: " and what printf makes of the rest. Returns
   status. */
int cli_fail(int status, const char *format, ...);
/* The status that goes with a result of the library. */
int cli_status_of(int error);

/* The name that was meant, when name is none: try all, then look. */
typedef struct cli_guess {
    const char *name;
    const char *nearest; /* NULL: none is near */
    size_t distance;     /* of nearest; without one, what is too far */
} cli_guess;

cli_guess cli_guess_of(const char *name);
void cli_guess_try(cli_guess *guess, const char *candidate);

/* Names of actions, kinds and ways to return the original; -1 for others. */
int cli_action(const char *name);
int cli_kind(const char *name);
int cli_return(const char *name);
/* What was expected, for messages. */
#define CLI_RETURN_WORDS "FULL or HDRS, or headers, full or none"
#define CLI_NOTIFY_WORDS "NEVER, or SUCCESS, FAILURE, DELAY parted by commas"
/* A whole number; 0 if text is none. */
int cli_number(const char *text, long long *number);

/* The subcommands. */
int cli_build(int argc, char **argv);
int cli_build_json(const char *file, const char *envelope);
int cli_code(int argc, char **argv);
int cli_reply(int argc, char **argv);
int cli_preview(int argc, char **argv);
int cli_template(int argc, char **argv);
void cli_build_help(FILE *to);
void cli_json_help(FILE *to);

#endif
