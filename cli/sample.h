/* SPDX-License-Identifier: ISC */
/* A sample report, and what a person sees of it. */
#ifndef NDR_CLI_SAMPLE_H
#define NDR_CLI_SAMPLE_H

#include "cli.h"

/* One recipient, whose server refused if there is a reply. */
typedef struct cli_sample {
    cli_job job;
    const char *status, *reply;
    int action;
    int html; /* take the HTML, not the text */
} cli_sample;

int cli_sample_begin(cli_sample *s);
/* Make the report, and take its text or HTML, decoded. CLI_OK, or a status that
   was told. */
int cli_sample_take(cli_sample *s, cli_text *text);

/* Print with LF line ends, up to a line that begins with until (NULL: all). */
void cli_print_text(const cli_text *text, const char *until);

#endif
