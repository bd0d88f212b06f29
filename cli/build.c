/* SPDX-License-Identifier: ISC */
/*
 * ndr build: options in order; what follows --rcpt belongs to that recipient.
 */
#include "options.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* Help texts of several lines are indented alike. */
static void option_help(const cli_option *option, FILE *to)
{
    const char *line = option->help;
    size_t length;

    fprintf(to, "  %s%s%s%s\n", option->name,
            option->argument != NULL ? " " : "",
            option->argument != NULL ? option->argument : "",
            option->is_needed ? "   (needed)" : "");
    do {
        length = strcspn(line, "\n");
        fprintf(to, "      %.*s\n", (int) length, line);
        line += length + (line[length] == '\n');
    } while (*line != '\0');
}

void cli_build_help(FILE *to)
{
    const cli_option *each;
    size_t i;

    fprintf(to, "usage: ndr build [OPTIONS] < ORIGINAL > REPORT\n"
                "       ndr build --json FILE [--envelope FILE] > REPORT\n\n"
                "ndr help json lists the keys of the JSON document.\n\n");
    for (i = 0; (each = cli_option_at(i)) != NULL; i++)
        option_help(each, to);
}

static int no_option(const char *name)
{
    cli_guess guess = cli_guess_of(name);
    const cli_option *each;
    size_t i;

    if (strcmp(name, "--json") == 0)
        return cli_fail(CLI_USAGE, "--json comes first, and goes with no "
                                   "option but --envelope");
    for (i = 0; (each = cli_option_at(i)) != NULL; i++)
        cli_guess_try(&guess, each->name);
    if (guess.nearest == NULL)
        return cli_fail(CLI_USAGE,
                        "no option \"%s\"; ndr build --help lists them", name);
    return cli_fail(CLI_USAGE, "no option \"%s\"; did you mean %s?", name,
                    guess.nearest);
}

/* One walk over the arguments, in which the options of some stages work. */
static int walk(cli_job *job, char **argv, enum cli_stage first,
                enum cli_stage last)
{
    int status = CLI_OK;

    while (*++argv != NULL && status == CLI_OK) {
        enum cli_stage stage;
        const cli_option *found = cli_option_find(*argv, &stage);
        const char *argument = NULL;

        if (found == NULL)
            return no_option(*argv);
        if (found->argument != NULL && (argument = *++argv) == NULL)
            return cli_fail(CLI_USAGE, "%s takes %s", found->name,
                            found->argument);
        if (stage < first || stage > last)
            continue;
        if (stage == CLI_RECIPIENT && job->recipient == NULL)
            return cli_fail(CLI_USAGE, "%s belongs after a --rcpt",
                            found->name);
        status = cli_option_apply(job, found, argument);
    }
    return status;
}

/* The arguments are in order, as the first walk has seen. */
static int is_given(char **argv, const cli_option *wanted)
{
    while (*++argv != NULL) {
        enum cli_stage stage;
        const cli_option *found = cli_option_find(*argv, &stage);

        if (found == wanted)
            return 1;
        if (found->argument != NULL)
            argv++;
    }
    return 0;
}

static int check_needed(char **argv)
{
    const cli_option *each;
    size_t i;

    for (i = 0; (each = cli_option_at(i)) != NULL; i++)
        if (each->is_needed && !is_given(argv, each))
            return cli_fail(CLI_USAGE, "%s %s is needed: %s", each->name,
                            each->argument, each->help);
    return CLI_OK;
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

static int build(cli_job *job, char **argv)
{
    int status = cli_job_begin(job);

    if (status == CLI_OK)
        status = walk(job, argv, CLI_PROFILE, CLI_PROFILE);
    if (status == CLI_OK)
        status = check_needed(argv);
    if (status == CLI_OK)
        status = cli_job_begin_report(job);
    if (status != CLI_OK)
        return status;
    ndr_report_set_date(job->report, (int64_t) time(NULL), job->offset);
    status = walk(job, argv, CLI_REPORT, CLI_RECIPIENT);
    if (status == CLI_OK)
        status = take_original(job);
    return status == CLI_OK ? cli_job_write(job) : status;
}

/* --json FILE, and where its envelope goes. */
static int build_json(int argc, char **argv)
{
    if (argc == 3)
        return cli_build_json(argv[2], NULL);
    if (argc == 5 && strcmp(argv[3], "--envelope") == 0)
        return cli_build_json(argv[2], argv[4]);
    return cli_fail(CLI_USAGE,
                    "--json takes one file, and no option but --envelope; "
                    "ndr help json lists the keys for all else");
}

int cli_build(int argc, char **argv)
{
    cli_job job;
    int status;

    if (argc > 1 && strcmp(argv[1], "--json") == 0)
        return build_json(argc, argv);
    status = build(&job, argv);
    cli_job_end(&job);
    return status;
}
