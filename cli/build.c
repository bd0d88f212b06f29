/* SPDX-License-Identifier: ISC */
/*
 * ndr build: options in order; what follows --rcpt belongs to that recipient.
 */
#include "options.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

void cli_build_help(FILE *to)
{
    const cli_option *each;

    fprintf(to, "usage: ndr build [OPTIONS] < ORIGINAL > REPORT\n"
                "       ndr build --json FILE > REPORT\n\n");
    for (each = cli_options; each->name != NULL; each++)
        fprintf(to, "  %s %s\n      %s\n", each->name,
                each->argument != NULL ? each->argument : "", each->help);
}

/* How many letters two names have in common from their beginning. */
static size_t likeness(const char *a, const char *b)
{
    size_t i = 0;

    while (a[i] != '\0' && a[i] == b[i])
        i++;
    return i;
}

static const cli_option *find_option(const char *name)
{
    const cli_option *each, *nearest = cli_options;

    for (each = cli_options; each->name != NULL; each++) {
        if (strcmp(name, each->name) == 0)
            return each;
        if (likeness(name, each->name) > likeness(name, nearest->name))
            nearest = each;
    }
    cli_fail(CLI_USAGE, "no option \"%s\"; did you mean %s?", name,
             nearest->name);
    return NULL;
}

/* One walk over the arguments, in which the options of some stages work. */
static int walk(cli_job *job, int argc, char **argv, enum cli_stage first,
                enum cli_stage last)
{
    int i, status = CLI_OK;

    for (i = 1; i < argc && status == CLI_OK; i++) {
        const cli_option *found = find_option(argv[i]);
        const char *argument = NULL;

        if (found == NULL)
            return CLI_USAGE;
        if (found->argument != NULL) {
            argument = argv[++i];
            if (argument == NULL)
                return cli_fail(CLI_USAGE, "%s takes %s", found->name,
                                found->argument);
        }
        if (found->stage < first || found->stage > last)
            continue;
        if (found->stage == CLI_RECIPIENT && job->recipient == NULL)
            return cli_fail(CLI_USAGE, "%s belongs after a --rcpt",
                            found->name);
        status = found->set(job, argument);
    }
    return status;
}

static int take_original(cli_job *job)
{
    int status;

    if (isatty(STDIN_FILENO))
        return CLI_OK;
    status = cli_read_file("-", &job->original);
    if (status == CLI_OK && job->original.length > 0)
        ndr_report_borrow_original(job->report, job->original.at,
                                   job->original.length);
    return status;
}

static int build(cli_job *job, int argc, char **argv)
{
    int status = cli_job_begin(job);

    if (status == CLI_OK)
        status = walk(job, argc, argv, CLI_EARLY, CLI_PROFILE);
    if (status == CLI_OK)
        status = cli_job_begin_report(job);
    if (status != CLI_OK)
        return status;
    ndr_report_set_date(job->report, (int64_t) time(NULL), job->offset);
    status = walk(job, argc, argv, CLI_REPORT, CLI_RECIPIENT);
    if (status == CLI_OK)
        status = take_original(job);
    return status == CLI_OK ? cli_job_write(job) : status;
}

int cli_build(int argc, char **argv)
{
    cli_job job;
    int status;

    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        cli_build_help(stdout);
        return CLI_OK;
    }
    if (argc > 1 && strcmp(argv[1], "--json") == 0)
        return argc == 3 ? cli_build_json(argv[2])
                         : cli_fail(CLI_USAGE, "--json takes one file");
    status = build(&job, argc, argv);
    cli_job_end(&job);
    return status;
}
