/* SPDX-License-Identifier: ISC */
/* The JSON notation, in parts: values, and the keys of each object. */
#ifndef NDR_CLI_JSON_H
#define NDR_CLI_JSON_H

#include "cli.h"

#include <jansson.h>

typedef struct cli_document {
    cli_job *job;
    const char *file;
    char where[64];  /* "recipients[1]": the object at hand */
    const char *key; /* in it; "": the object itself */
    const json_t *object;
    long repeat; /* number of a repeated recipient; -1: none */
} cli_document;

/* What a key of an object does; one function does the work, as of an option. */
typedef struct cli_key {
    const char *name;
    const char *note; /* for ndr help json: its value, the option like it */
    int (*set)(cli_document *d, const json_t *value);
    int (*profile_text)(ndr_profile *, const char *, size_t);
    int (*report_text)(ndr_report *, const char *, size_t);
    int (*recipient_text)(ndr_recipient *, const char *, size_t);
    int (*profile_choice)(ndr_profile *, int);
    int (*report_choice)(ndr_report *, int);
    int if_true, if_false; /* the choice */
} cli_key;

/* Ended by a NULL name; in the order in which they work. Those of "report" are
   in two tables: what has to be there before the report, and its own. */
extern const cli_key cli_profile_keys[];
extern const cli_key cli_report_keys[];
extern const cli_key cli_recipient_keys[];

int cli_json_set(cli_document *d, const cli_key *key, const json_t *value);
/* "file: recipients[1].status: expected ..." */
int cli_json_complain(const cli_document *d, const char *expected);
/* Refuse an object, or a value that is none, with other keys than names (ended
   by NULL). */
int cli_json_check_names(const cli_document *d, const json_t *object,
                         const char *const *names);
/* A string, or raw octets as {"b64": "..."}. */
int cli_json_take_text(const cli_document *d, const json_t *value,
                       cli_text *text);
/* The text under a key of a small object; empty if it is not there. */
int cli_json_take_member(const cli_document *d, const json_t *object,
                         const char *name, cli_text *text);
int cli_json_take_number(const cli_document *d, const json_t *value,
                         json_int_t *to);
int cli_json_take_flag(const cli_document *d, const json_t *value, int *to);
/* A list of names as one text parted by blanks; list has CLI_LIST octets. */
#define CLI_LIST 4096
int cli_json_take_list(const cli_document *d, const json_t *value, char *list,
                       size_t *length);
/* Add each name and value of an object; one name has several values as a
   list. */
typedef void (*cli_add_pair)(cli_job *job, const char *name,
                             const cli_text *value);
int cli_json_add_pairs(cli_document *d, const json_t *object, cli_add_pair add);
/* A string without NUL, as it stands in the document. */
int cli_json_take_name(const cli_document *d, const json_t *value,
                       const char **to);

#endif
