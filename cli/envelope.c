/* SPDX-License-Identifier: ISC */
/*
 * The envelope of a report, for who sends it: a line for each item, its name, a
 * blank and its value. Names and their order stay; new ones come last.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

static void write_flag(FILE *file, const char *name, int on)
{
    fprintf(file, "%s %s\n", name, on ? "yes" : "no");
}

static void write_items(FILE *file, const ndr_report *report, size_t length)
{
    fprintf(file, "from <%s>\n", ndr_report_envelope_sender(report));
    fprintf(file, "to <%s>\n", ndr_report_envelope_recipient(report));
    if (ndr_report_envelope_notify(report) == NDR_NOTIFY_NEVER)
        fputs("notify NEVER\n", file);
    fprintf(file, "size %lu\n", (unsigned long) length);
    write_flag(file, "smtputf8", ndr_report_needs_smtputf8(report));
    write_flag(file, "8bitmime", ndr_report_needs_8bitmime(report));
    fprintf(file, "envid %s\n", ndr_report_envelope_id(report));
    write_flag(file, "requiretls", ndr_report_needs_require_tls(report));
}

int cli_envelope_write(const cli_job *job, size_t length)
{
    FILE *file = fopen(job->envelope, "w");
    int bad;

    if (file == NULL)
        return cli_fail(errno == ENOMEM ? CLI_SYSTEM : CLI_WRITE,
                        "%s: cannot be opened: %s", job->envelope,
                        strerror(errno));
    write_items(file, job->report, length);
    bad = ferror(file);
    if (fclose(file) != 0 || bad)
        return cli_fail(CLI_WRITE, "%s: cannot be written", job->envelope);
    return CLI_OK;
}
