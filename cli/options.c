/* SPDX-License-Identifier: ISC */
/* The options of all stages, and what the functions behind them share. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

static const cli_option *const stages[CLI_STAGES] = {
    [CLI_PROFILE] = cli_profile_options,
    [CLI_REPORT] = cli_report_options,
    [CLI_RECIPIENT] = cli_recipient_options,
};

const cli_option *cli_option_at(size_t index)
{
    const cli_option *each;
    int stage;

    for (stage = 0; stage < CLI_STAGES; stage++)
        for (each = stages[stage]; each->name != NULL; each++)
            if (index-- == 0)
                return each;
    return NULL;
}

const cli_option *cli_option_find(const char *name, enum cli_stage *stage)
{
    const cli_option *each;
    int i;

    for (i = 0; i < CLI_STAGES; i++)
        for (each = stages[i]; each->name != NULL; each++)
            if (strcmp(name, each->name) == 0) {
                *stage = (enum cli_stage) i;
                return each;
            }
    return NULL;
}

int cli_option_apply(cli_job *job, const cli_option *option,
                     const char *argument)
{
    job->option = option->name;
    if (option->set != NULL)
        return option->set(job, argument);
    if (option->profile_text != NULL)
        option->profile_text(job->profile, argument, NDR_NUL);
    if (option->report_text != NULL)
        option->report_text(job->report, argument, NDR_NUL);
    if (option->recipient_text != NULL)
        option->recipient_text(job->recipient, argument, NDR_NUL);
    if (option->profile_choice != NULL)
        option->profile_choice(job->profile, option->choice);
    if (option->report_choice != NULL)
        option->report_choice(job->report, option->choice);
    return CLI_OK;
}

int cli_option_complain(const cli_job *job, const char *expected,
                        const char *argument)
{
    return cli_fail(CLI_USAGE, "%s \"%s\": expected %s", job->option, argument,
                    expected);
}

int cli_option_split(const char *argument, cli_text *copy, char **second)
{
    size_t length = strlen(argument);
    char *comma;

    copy->at = malloc(length + 1);
    if (copy->at == NULL)
        return cli_fail(CLI_SYSTEM, "out of memory");
    memcpy(copy->at, argument, length + 1);
    comma = strchr(copy->at, ',');
    *second = comma == NULL ? copy->at + length : comma + 1;
    if (comma != NULL)
        *comma = '\0';
    return CLI_OK;
}

int cli_option_date(const cli_job *job, const char *argument,
                    long long *seconds)
{
    if (cli_number(argument, seconds))
        return CLI_OK;
    return cli_option_complain(job, "seconds since 1970", argument);
}

int cli_option_name(const cli_job *job, const char *argument, size_t *length)
{
    *length = strcspn(argument, ":");
    if (argument[*length] == ':')
        return CLI_OK;
    return cli_option_complain(job, "a name and a value, such as \"X-Name: 1\"",
                               argument);
}
