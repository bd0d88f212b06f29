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

/* What a key of an object does. Early ones first: those of the profile, and a
   recipient's address. */
typedef struct cli_key {
    const char *name;
    int early;
    int (*set)(cli_document *d, const json_t *value);
} cli_key;

/* Ended by a NULL name. */
extern const cli_key cli_report_keys[];
extern const cli_key cli_recipient_keys[];

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
/* A string without NUL, as it stands in the document. */
int cli_json_take_name(const cli_document *d, const json_t *value,
                       const char **to);

#endif
