/* SPDX-License-Identifier: ISC */
/* The options of ndr build that work before there is a report: how this server
   writes reports, and how this run goes. */
#include "options.h"

#include <string.h>

/* The comma before a colour is the last one: names have commas too. */
static int set_organisation(cli_job *job, const char *argument)
{
    const char *colour = strrchr(argument, ',');
    size_t length = strlen(argument);

    if (colour != NULL && colour[1] == '#')
        length = (size_t) (colour - argument);
    else
        colour = NULL;
    ndr_profile_set_organisation(job->profile, argument, length,
                                 colour == NULL ? NULL : colour + 1, NDR_NUL);
    return CLI_OK;
}

static int filter_headers(cli_job *job, const char *argument, int mode)
{
    if (job->filter != NULL && strcmp(job->filter, job->option) != 0)
        return cli_fail(CLI_USAGE, "%s and %s: give one of them", job->filter,
                        job->option);
    job->filter = job->option;
    ndr_profile_set_header_filter(job->profile, mode, argument, NDR_NUL);
    return CLI_OK;
}

static int set_drop(cli_job *job, const char *argument)
{
    return filter_headers(job, argument, NDR_HEADERS_DROP);
}

static int set_keep(cli_job *job, const char *argument)
{
    return filter_headers(job, argument, NDR_HEADERS_KEEP);
}

static int set_max_header(cli_job *job, const char *argument)
{
    long long octets;

    if (!cli_number(argument, &octets) || octets < 0)
        return cli_option_complain(job, "a number of octets", argument);
    ndr_profile_set_limit(job->profile, NDR_LIMIT_HEADER, (uint64_t) octets);
    return CLI_OK;
}

static int add_template(cli_job *job, const char *argument)
{
    cli_text text;
    int status = cli_read_file(argument, &text);

    if (status == CLI_OK)
        status = cli_job_add_template(job, argument, text.at, text.length);
    cli_text_free(&text);
    return status;
}

static int set_tz(cli_job *job, const char *argument)
{
    long long minutes;

    if (!cli_number(argument, &minutes) || minutes < -1439 || minutes > 1439)
        return cli_option_complain(job, "minutes east of UTC", argument);
    job->offset = (int) minutes;
    return CLI_OK;
}

static int set_mixed(cli_job *job, const char *argument)
{
    (void) argument;
    job->mixed = 1;
    return CLI_OK;
}

static int set_copy(cli_job *job, const char *argument)
{
    (void) argument;
    job->copy = 1;
    return CLI_OK;
}

static int set_envelope(cli_job *job, const char *argument)
{
    job->envelope = argument;
    return CLI_OK;
}

const cli_option cli_profile_options[] = {
    {"--generating-server", "HOST", "the server that makes the report",
     .is_needed = 1, .profile_text = ndr_profile_set_generating_server},
    {"--reporting-authority", "HOST", "another name for Reporting-MTA",
     .profile_text = ndr_profile_set_reporting_authority},
    {"--postmaster", "MAILBOX", "From of the report",
     .profile_text = ndr_profile_set_postmaster},
    {"--internal", NULL, "the sender belongs to this organisation",
     .profile_choice = ndr_profile_set_audience,
     .choice = NDR_AUDIENCE_INTERNAL},
    {"--lang", "LIST",
     "languages of the user section, such as fr or nl,fr [en]",
     .profile_text = ndr_profile_set_language},
    {"--detect-language", NULL,
     "write as the original's author does; where that is not known, as --lang\n"
     "says",
     .profile_choice = ndr_profile_set_language_detection,
     .choice = NDR_DETECTION_ON},
    {"--organisation", "NAME[,COLOUR]",
     "stands at the head; a colour such as #0b57c2 for the edge of the HTML",
     .set = set_organisation},
    {"--internal-domains", "LIST", "domains that this organisation runs",
     .profile_text = ndr_profile_set_internal_domains},
    {"--mask-hosts", NULL,
     "show the hosts of --internal-domains as those domains, unless --internal",
     .profile_choice = ndr_profile_set_host_masking,
     .choice = NDR_HOSTS_MASKED},
    {"--no-diagnostics", NULL,
     "no administrator section, and less of the original's header",
     .profile_choice = ndr_profile_set_diagnostics,
     .choice = NDR_DIAGNOSTICS_OFF},
    {"--no-grouping", NULL, "a reason for each recipient",
     .profile_choice = ndr_profile_set_grouping, .choice = NDR_GROUPING_NEVER},
    {"--no-html", NULL, "plain text only",
     .profile_choice = ndr_profile_set_html, .choice = NDR_HTML_OFF},
    {"--failed-recipients", NULL, "list them in X-Failed-Recipients",
     .profile_choice = ndr_profile_set_failed_recipients,
     .choice = NDR_FAILED_RECIPIENTS_LISTED},
    {"--drop-headers", "LIST", "fields of the original to leave out",
     .set = set_drop},
    {"--keep-headers", "LIST", "the only fields of the original to show",
     .set = set_keep},
    {"--max-header", "OCTETS", "of the original's header",
     .set = set_max_header},
    {"--copy-codes", "LIST",
     "status codes of failures that the postmaster wants a copy of; \"\" is "
     "none\n[5.4.8 5.4.6 5.4.4 5.2.4 5.2.0 5.1.4]",
     .profile_text = ndr_profile_set_copy_codes},
    {"--copy-mailbox", "ADDRESS", "where copies go [the postmaster's]",
     .profile_text = ndr_profile_set_copy_mailbox},
    {"--copy", NULL,
     "write the postmaster's copy instead of the sender's report",
     .set = set_copy},
    {"--template", "FILE", "system messages", .set = add_template},
    {"--tz", "MINUTES", "east of UTC, for every date [0]", .set = set_tz},
    {"--mixed", NULL, "every kind of action in one report", .set = set_mixed},
    {"--envelope", "FILE",
     "write what the report's own delivery needs: lines from, to, notify,\n"
     "envid, size, smtputf8, 8bitmime, requiretls, each with its value",
     .set = set_envelope},
    {.name = NULL},
};
