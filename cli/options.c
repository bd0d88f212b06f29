/* SPDX-License-Identifier: ISC */
/* A function for each option that is more than one text, and the table of
   all. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

static int bad_argument(const cli_job *job, const char *expected,
                        const char *argument)
{
    return cli_fail(CLI_USAGE, "%s \"%s\": expected %s", job->option, argument,
                    expected);
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

static int set_internal(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_profile_set_audience(job->profile, NDR_AUDIENCE_INTERNAL);
    return CLI_OK;
}

static int set_detection(cli_job *job, const char *argument)
{
    (void) argument;
    ndr_profile_set_language_detection(job->profile, NDR_DETECTION_ON);
    return CLI_OK;
}

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
        return bad_argument(job, "a number of octets", argument);
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
        return bad_argument(job, "minutes east of UTC", argument);
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

/* Seconds since 1970 for the date setters. */
static int take_date(const cli_job *job, const char *argument,
                     long long *seconds)
{
    if (cli_number(argument, seconds))
        return CLI_OK;
    return bad_argument(job, "seconds since 1970", argument);
}

static int set_date(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_report_set_date(job->report, seconds, job->offset);
    return status;
}

static int set_arrival(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_report_set_arrival_date(job->report, seconds, job->offset);
    return status;
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
        return bad_argument(job, "headers, full or none", argument);
    return CLI_OK;
}

static int set_8bitmime(cli_job *job, const char *argument)
{
    (void) argument;
    job->transport |= NDR_TRANSPORT_8BITMIME;
    ndr_report_set_transport(job->report, job->transport);
    return CLI_OK;
}

static int set_smtputf8(cli_job *job, const char *argument)
{
    (void) argument;
    job->transport |= NDR_TRANSPORT_SMTPUTF8;
    ndr_report_set_transport(job->report, job->transport);
    return CLI_OK;
}

static int add_rcpt(cli_job *job, const char *argument)
{
    job->recipient = ndr_report_add_recipient(job->report, argument, NDR_NUL);
    job->remote = NULL;
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
            job,
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
    job->remote = strchr(argument, ',') == NULL ? argument : NULL;
    cli_text_free(&copy);
    return status;
}

static int set_remote_ip(cli_job *job, const char *argument)
{
    if (job->remote == NULL)
        return cli_fail(CLI_USAGE, "--remote-ip belongs after a --remote HOST");
    ndr_recipient_set_remote_server(job->recipient, job->remote, NDR_NUL,
                                    argument, NDR_NUL);
    return CLI_OK;
}

static int set_notify(cli_job *job, const char *argument)
{
    int bits = cli_notify(argument);

    if (bits < 0)
        return bad_argument(
            job, "NEVER, or SUCCESS, FAILURE, DELAY parted by ,", argument);
    ndr_recipient_set_notify(job->recipient, bits);
    return CLI_OK;
}

static int set_last_attempt(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_last_attempt(job->recipient, seconds, job->offset);
    return status;
}

static int set_retry_until(cli_job *job, const char *argument)
{
    long long seconds;
    int status = take_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_retry_until(job->recipient, seconds, job->offset);
    return status;
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
    status = take_date(job, seconds.at, &when);
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
    {"--generating-server", "HOST", CLI_PROFILE,
     "the server that makes the report", .is_needed = 1,
     .profile_text = ndr_profile_set_generating_server},
    {"--reporting-authority", "HOST", CLI_PROFILE,
     "another name for Reporting-MTA",
     .profile_text = ndr_profile_set_reporting_authority},
    {"--postmaster", "MAILBOX", CLI_PROFILE, "From of the report",
     .profile_text = ndr_profile_set_postmaster},
    {"--internal", NULL, CLI_PROFILE, "the sender belongs to this organisation",
     .set = set_internal},
    {"--lang", "LIST", CLI_PROFILE,
     "languages of the user section, such as fr or nl,fr [en]",
     .profile_text = ndr_profile_set_language},
    {"--detect-language", NULL, CLI_PROFILE,
     "unless --lang says, write as the original's author does",
     .set = set_detection},
    {"--organisation", "NAME[,COLOUR]", CLI_PROFILE,
     "stands at the head; a colour such as #0b57c2 for the edge of the HTML",
     .set = set_organisation},
    {"--internal-domains", "LIST", CLI_PROFILE,
     "domains that this organisation runs",
     .profile_text = ndr_profile_set_internal_domains},
    {"--no-grouping", NULL, CLI_PROFILE, "a reason for each recipient",
     .set = set_no_grouping},
    {"--no-html", NULL, CLI_PROFILE, "plain text only", .set = set_no_html},
    {"--drop-headers", "LIST", CLI_PROFILE,
     "fields of the original to leave out", .set = set_drop},
    {"--keep-headers", "LIST", CLI_PROFILE,
     "the only fields of the original to show", .set = set_keep},
    {"--max-header", "OCTETS", CLI_PROFILE, "of the original's header",
     .set = set_max_header},
    {"--template", "FILE", CLI_EARLY, "system messages", .set = add_template},
    {"--tz", "MINUTES", CLI_EARLY, "east of UTC, for every date [0]",
     .set = set_tz},
    {"--mixed", NULL, CLI_EARLY, "every kind of action in one report",
     .set = set_mixed},
    {"--envelope", "FILE", CLI_EARLY,
     "write what the report's own delivery needs: lines from, to, "
     "notify,\nsize, smtputf8, 8bitmime, each with its value",
     .set = set_envelope},
    {"--sender", "ADDRESS", CLI_REPORT,
     "envelope sender of the original; \"\" is the null return path",
     .is_needed = 1, .report_text = ndr_report_set_sender},
    {"--date", "SECONDS", CLI_REPORT, "of the report, since 1970 [now]",
     .set = set_date},
    {"--arrival", "SECONDS", CLI_REPORT, "of the original", .set = set_arrival},
    {"--envid", "XTEXT", CLI_REPORT, "ENVID as it came",
     .report_text = ndr_report_set_envelope_id},
    {"--received-from", "HELO[,IP]", CLI_REPORT, "who gave us the original",
     .set = set_received_from},
    {"--return", "HOW", CLI_REPORT, "headers [default], full or none",
     .set = set_return},
    {"--8bitmime", NULL, CLI_REPORT, "the next hop offers it",
     .set = set_8bitmime},
    {"--smtputf8", NULL, CLI_REPORT, "the next hop offers it",
     .set = set_smtputf8},
    {"--subject", "TEXT", CLI_REPORT, "the report's whole Subject",
     .report_text = ndr_report_set_subject},
    {"--message-id", "ID", CLI_REPORT, "of the report",
     .report_text = ndr_report_set_message_id},
    {"--seed", "TEXT", CLI_REPORT, "the original's queue id",
     .report_text = ndr_report_set_seed},
    {"--action", "WHAT", CLI_REPORT,
     "before any --rcpt: write the failed, delayed or success kind;\n"
     "after one: failed [default], delayed, delivered, relayed, expanded",
     .set = set_action},
    {"--rcpt", "ADDRESS", CLI_REPORT,
     "a recipient; the options below are about the last one", .is_needed = 1,
     .set = add_rcpt},
    {"--status", "CODE", CLI_RECIPIENT, "enhanced status code",
     .recipient_text = ndr_recipient_set_status},
    {"--reply", "TEXT", CLI_RECIPIENT, "SMTP reply",
     .recipient_text = ndr_recipient_set_reply},
    {"--diagnostic", "TYPE,TEXT", CLI_RECIPIENT, "what is no SMTP reply",
     .set = set_diagnostic},
    {"--remote", "HOST[,IP]", CLI_RECIPIENT,
     "the remote server that reported the outcome", .set = set_remote},
    {"--remote-ip", "IP", CLI_RECIPIENT, "address of the last --remote",
     .set = set_remote_ip},
    {"--orcpt", "TYPE;XTEXT", CLI_RECIPIENT, "ORCPT as it came",
     .recipient_text = ndr_recipient_set_original_recipient},
    {"--notify", "LIST", CLI_RECIPIENT, "NOTIFY as it came", .set = set_notify},
    {"--last-attempt", "SECONDS", CLI_RECIPIENT, "to deliver",
     .set = set_last_attempt},
    {"--retry-until", "SECONDS", CLI_RECIPIENT, "attempts go on until then",
     .set = set_retry_until},
    {"--attempt", "SECONDS,HOST,IP,TEXT", CLI_RECIPIENT,
     "one attempt, and its reply or why there was none", .set = add_attempt},
    {"--log-id", "ID", CLI_RECIPIENT, "Final-Log-ID",
     .recipient_text = ndr_recipient_set_log_id},
    {"--text", "TEXT", CLI_RECIPIENT, "the reason, in your words",
     .recipient_text = ndr_recipient_set_text},
    {"--hidden", "ADDRESS", CLI_RECIPIENT,
     "shown in place of the final address",
     .recipient_text = ndr_recipient_set_hidden},
    {.name = NULL},
};
