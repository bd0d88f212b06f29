/* SPDX-License-Identifier: ISC */
/* One function for each option, and the table of them. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

static int bad_argument(const char *expected, const char *argument)
{
    return cli_fail(CLI_USAGE, "\"%s\": expected %s", argument, expected);
}

/* Split "first,second" in place of a copy; second is "" if there is none. */
static int split(const char *argument, cli_text *copy, char **second)
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

static int set_generating_server(cli_job *job, const char *argument)
{
    ndr_profile_set_generating_server(job->profile, argument, NDR_NUL);
    return CLI_OK;
}

static int set_reporting_authority(cli_job *job, const char *argument)
{
    ndr_profile_set_reporting_authority(job->profile, argument, NDR_NUL);
    return CLI_OK;
}

static int set_postmaster(cli_job *job, const char *argument)
{
    ndr_profile_set_postmaster(job->profile, argument, NDR_NUL);
    return CLI_OK;
}

static int set_internal(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_profile_set_audience(job->profile, NDR_AUDIENCE_INTERNAL);
    return CLI_OK;
}

static int set_internal_domains(cli_job *job, const char *argument)
{
    ndr_profile_set_internal_domains(job->profile, argument, NDR_NUL);
    return CLI_OK;
}

static int set_no_grouping(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_profile_set_grouping(job->profile, NDR_GROUPING_NEVER);
    return CLI_OK;
}

static int set_no_html(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_profile_set_html(job->profile, NDR_HTML_OFF);
    return CLI_OK;
}

static int set_drop(cli_job *job, const char *argument)
{
    ndr_profile_set_header_filter(job->profile, NDR_HEADERS_DROP, argument,
                                  NDR_NUL);
    return CLI_OK;
}

static int set_keep(cli_job *job, const char *argument)
{
    ndr_profile_set_header_filter(job->profile, NDR_HEADERS_KEEP, argument,
                                  NDR_NUL);
    return CLI_OK;
}

static int set_max_header(cli_job *job, const char *argument)
{
    long long octets;

    if (!cli_number(argument, &octets) || octets < 0)
        return bad_argument("a number of octets", argument);
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
        return bad_argument("minutes east of UTC", argument);
    job->offset = (int) minutes;
    return CLI_OK;
}

static int set_mixed(cli_job *job, const char *argument)
{
    (void) argument;
    job->mixed = 1;
    return CLI_OK;
}

static int set_envelope(cli_job *job, const char *argument)
{
    job->envelope = argument;
    return CLI_OK;
}

static int set_sender(cli_job *job, const char *argument)
{
    ndr_report_set_sender(job->report, argument, NDR_NUL);
    return CLI_OK;
}

/* Seconds since 1970 for the date setters. */
static int take_date(const char *argument, long long *seconds)
{
    if (cli_number(argument, seconds))
        return CLI_OK;
    return bad_argument("seconds since 1970", argument);
}

static int set_date(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(argument, &seconds);

    if (status == CLI_OK)
        ndr_report_set_date(job->report, seconds, job->offset);
    return status;
}

static int set_arrival(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(argument, &seconds);

    if (status == CLI_OK)
        ndr_report_set_arrival_date(job->report, seconds, job->offset);
    return status;
}

static int set_envid(cli_job *job, const char *argument)
{
    ndr_report_set_envelope_id(job->report, argument, NDR_NUL);
    return CLI_OK;
}

static int set_received_from(cli_job *job, const char *argument)
{
    cli_text copy;
    char *ip;
    int status = split(argument, &copy, &ip);

    if (status == CLI_OK)
        ndr_report_set_received_from(job->report, copy.at, NDR_NUL, ip,
                                     NDR_NUL);
    cli_text_free(&copy);
    return status;
}

static int set_return(cli_job *job, const char *argument)
{
    if (strcmp(argument, "headers") == 0)
        ndr_report_set_return(job->report, NDR_RETURN_HEADERS);
    else if (strcmp(argument, "full") == 0)
        ndr_report_set_return(job->report, NDR_RETURN_FULL);
    else if (strcmp(argument, "none") == 0)
        ndr_report_set_return(job->report, NDR_RETURN_NONE);
    else
        return bad_argument("headers, full or none", argument);
    return CLI_OK;
}

static int set_8bitmime(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_report_set_transport(job->report, NDR_TRANSPORT_8BITMIME);
    return CLI_OK;
}

static int set_smtputf8(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_report_set_transport(job->report, NDR_TRANSPORT_SMTPUTF8);
    return CLI_OK;
}

static int set_subject(cli_job *job, const char *argument)
{
    ndr_report_set_subject(job->report, argument, NDR_NUL);
    return CLI_OK;
}

static int set_message_id(cli_job *job, const char *argument)
{
    ndr_report_set_message_id(job->report, argument, NDR_NUL);
    return CLI_OK;
}

static int set_seed(cli_job *job, const char *argument)
{
    ndr_report_set_seed(job->report, argument, NDR_NUL);
    return CLI_OK;
}

static int add_rcpt(cli_job *job, const char *argument)
{
    job->recipient = ndr_report_add_recipient(job->report, argument, NDR_NUL);
    return CLI_OK;
}

/* Before any --rcpt the kind of report to write, after one what became of
   it. */
static int set_action(cli_job *job, const char *argument)
{
    int number =
        job->recipient == NULL ? cli_kind(argument) : cli_action(argument);

    if (number < 0)
        return bad_argument(
            job->recipient == NULL
                ? "failed, delayed or success"
                : "failed, delayed, delivered, relayed or expanded",
            argument);
    if (job->recipient == NULL)
        job->kind = number;
    else
        ndr_recipient_set_action(job->recipient, number);
    return CLI_OK;
}

static int set_status(cli_job *job, const char *argument)
{
    ndr_recipient_set_status(job->recipient, argument, NDR_NUL);
    return CLI_OK;
}

static int set_reply(cli_job *job, const char *argument)
{
    ndr_recipient_set_reply(job->recipient, argument, NDR_NUL);
    return CLI_OK;
}

static int set_diagnostic(cli_job *job, const char *argument)
{
    cli_text copy;
    char *text;
    int status = split(argument, &copy, &text);

    if (status == CLI_OK)
        ndr_recipient_set_diagnostic(job->recipient, copy.at, NDR_NUL, text,
                                     NDR_NUL);
    cli_text_free(&copy);
    return status;
}

static int set_remote(cli_job *job, const char *argument)
{
    cli_text copy;
    char *ip;
    int status = split(argument, &copy, &ip);

    if (status == CLI_OK)
        ndr_recipient_set_remote_server(job->recipient, copy.at, NDR_NUL, ip,
                                        NDR_NUL);
    cli_text_free(&copy);
    return status;
}

static int set_orcpt(cli_job *job, const char *argument)
{
    ndr_recipient_set_original_recipient(job->recipient, argument, NDR_NUL);
    return CLI_OK;
}

static int set_notify(cli_job *job, const char *argument)
{
    int bits = cli_notify(argument);

    if (bits < 0)
        return bad_argument("NEVER, or SUCCESS, FAILURE, DELAY parted by ,",
                            argument);
    ndr_recipient_set_notify(job->recipient, bits);
    return CLI_OK;
}

static int set_last_attempt(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(argument, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_last_attempt(job->recipient, seconds, job->offset);
    return status;
}

static int set_retry_until(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(argument, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_retry_until(job->recipient, seconds, job->offset);
    return status;
}

static int set_log_id(cli_job *job, const char *argument)
{
    ndr_recipient_set_log_id(job->recipient, argument, NDR_NUL);
    return CLI_OK;
}

static int set_text(cli_job *job, const char *argument)
{
    ndr_recipient_set_text(job->recipient, argument, NDR_NUL);
    return CLI_OK;
}

static int set_hidden(cli_job *job, const char *argument)
{
    ndr_recipient_set_hidden(job->recipient, argument, NDR_NUL);
    return CLI_OK;
}

/* SECONDS,HOST,IP,TEXT */
static int add_attempt(cli_job *job, const char *argument)
{
    cli_text seconds, host, ip;
    char *rest, *text;
    long long when;
    int status = split(argument, &seconds, &rest);

    if (status != CLI_OK)
        return status;
    status = take_date(seconds.at, &when);
    if (status == CLI_OK)
        status = split(rest, &host, &rest);
    cli_text_free(&seconds);
    if (status != CLI_OK)
        return status;
    status = split(rest, &ip, &text);
    if (status == CLI_OK)
        ndr_recipient_add_attempt(job->recipient, when, job->offset, host.at,
                                  NDR_NUL, ip.at, NDR_NUL, text, NDR_NUL);
    cli_text_free(&host);
    cli_text_free(&ip);
    return status;
}

const cli_option cli_options[] = {
    {"--generating-server", "HOST", CLI_PROFILE, set_generating_server,
     "the server that makes the report; needed"},
    {"--reporting-authority", "HOST", CLI_PROFILE, set_reporting_authority,
     "another name for Reporting-MTA"},
    {"--postmaster", "MAILBOX", CLI_PROFILE, set_postmaster,
     "From of the report"},
    {"--internal", NULL, CLI_PROFILE, set_internal,
     "the sender belongs to this organisation"},
    {"--internal-domains", "LIST", CLI_PROFILE, set_internal_domains,
     "domains that this organisation runs"},
    {"--no-grouping", NULL, CLI_PROFILE, set_no_grouping,
     "a reason for each recipient"},
    {"--no-html", NULL, CLI_PROFILE, set_no_html, "plain text only"},
    {"--drop-headers", "LIST", CLI_PROFILE, set_drop,
     "fields of the original to leave out"},
    {"--keep-headers", "LIST", CLI_PROFILE, set_keep,
     "the only fields of the original to show"},
    {"--max-header", "OCTETS", CLI_PROFILE, set_max_header,
     "of the original's header"},
    {"--template", "FILE", CLI_EARLY, add_template, "one system message"},
    {"--tz", "MINUTES", CLI_EARLY, set_tz, "east of UTC, for every date [0]"},
    {"--mixed", NULL, CLI_EARLY, set_mixed,
     "every kind of action in one report"},
    {"--envelope", "FILE", CLI_EARLY, set_envelope,
     "write what the report's delivery needs"},
    {"--sender", "ADDRESS", CLI_REPORT, set_sender,
     "envelope sender of the original; needed; \"\" is the null return path"},
    {"--date", "SECONDS", CLI_REPORT, set_date,
     "of the report, since 1970 [now]"},
    {"--arrival", "SECONDS", CLI_REPORT, set_arrival, "of the original"},
    {"--envid", "XTEXT", CLI_REPORT, set_envid, "ENVID as it came"},
    {"--received-from", "HELO[,IP]", CLI_REPORT, set_received_from,
     "who gave us the original"},
    {"--return", "HOW", CLI_REPORT, set_return,
     "headers [default], full or none"},
    {"--8bitmime", NULL, CLI_REPORT, set_8bitmime, "the next hop offers it"},
    {"--smtputf8", NULL, CLI_REPORT, set_smtputf8, "the next hop offers it"},
    {"--subject", "TEXT", CLI_REPORT, set_subject,
     "the report's whole Subject"},
    {"--message-id", "ID", CLI_REPORT, set_message_id, "of the report"},
    {"--seed", "TEXT", CLI_REPORT, set_seed, "the original's queue id"},
    {"--action", "WHAT", CLI_REPORT, set_action,
     "before any --rcpt: write the failed, delayed or success kind;\n"
     "after one: failed [default], delayed, delivered, relayed, expanded"},
    {"--rcpt", "ADDRESS", CLI_REPORT, add_rcpt,
     "a recipient; the options below are about the last one"},
    {"--status", "CODE", CLI_RECIPIENT, set_status, "enhanced status code"},
    {"--reply", "TEXT", CLI_RECIPIENT, set_reply, "SMTP reply"},
    {"--diagnostic", "TYPE,TEXT", CLI_RECIPIENT, set_diagnostic,
     "what is no SMTP reply"},
    {"--remote", "HOST[,IP]", CLI_RECIPIENT, set_remote,
     "the remote server that reported the outcome"},
    {"--orcpt", "TYPE;XTEXT", CLI_RECIPIENT, set_orcpt, "ORCPT as it came"},
    {"--notify", "LIST", CLI_RECIPIENT, set_notify, "NOTIFY as it came"},
    {"--last-attempt", "SECONDS", CLI_RECIPIENT, set_last_attempt,
     "to deliver"},
    {"--retry-until", "SECONDS", CLI_RECIPIENT, set_retry_until,
     "attempts go on until then"},
    {"--attempt", "SECONDS,HOST,IP,TEXT", CLI_RECIPIENT, add_attempt,
     "one attempt, and its reply or why there was none"},
    {"--log-id", "ID", CLI_RECIPIENT, set_log_id, "Final-Log-ID"},
    {"--text", "TEXT", CLI_RECIPIENT, set_text, "the reason, in your words"},
    {"--hidden", "ADDRESS", CLI_RECIPIENT, set_hidden,
     "shown in place of the final address"},
    {NULL, NULL, CLI_EARLY, NULL, NULL},
};
