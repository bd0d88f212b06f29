/* SPDX-License-Identifier: ISC */
/* The options of ndr build about the last recipient. */
#include "options.h"

#include <string.h>

static int set_diagnostic(cli_job *job, const char *argument)
{
    cli_text copy;
    char *text;
    int status = cli_option_split(argument, &copy, &text);

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
    int status = cli_option_split(argument, &copy, &ip);

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
    int notify;

    if (ndr_notify_parse(argument, NDR_NUL, &notify) != NDR_OK)
        return cli_option_complain(job, CLI_NOTIFY_WORDS, argument);
    ndr_recipient_set_notify(job->recipient, notify);
    return CLI_OK;
}

static int set_last_attempt(cli_job *job, const char *argument)
{
    long long seconds;
    int status = cli_option_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_last_attempt(job->recipient, seconds, job->offset);
    return status;
}

static int set_retry_until(cli_job *job, const char *argument)
{
    long long seconds;
    int status = cli_option_date(job, argument, &seconds);

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
    int status = cli_option_split(argument, &seconds, &rest);

    if (status != CLI_OK)
        return status;
    status = cli_option_date(job, seconds.at, &when);
    if (status == CLI_OK)
        status = cli_option_split(rest, &host, &rest);
    cli_text_free(&seconds);
    if (status != CLI_OK)
        return status;
    status = cli_option_split(rest, &ip, &text);
    if (status == CLI_OK)
        ndr_recipient_add_attempt(job->recipient, when, job->offset, host.at,
                                  NDR_NUL, ip.at, NDR_NUL, text, NDR_NUL);
    cli_text_free(&host);
    cli_text_free(&ip);
    return status;
}

const cli_option cli_recipient_options[] = {
    {"--status", "CODE", "enhanced status code",
     .recipient_text = ndr_recipient_set_status},
    {"--reply", "TEXT", "SMTP reply",
     .recipient_text = ndr_recipient_set_reply},
    {"--diagnostic", "TYPE,TEXT", "what is no SMTP reply",
     .set = set_diagnostic},
    {"--remote", "HOST[,IP]", "the remote server that reported the outcome",
     .set = set_remote},
    {"--remote-ip", "IP", "address of the last --remote", .set = set_remote_ip},
    {"--orcpt", "TYPE;XTEXT", "ORCPT as it came",
     .recipient_text = ndr_recipient_set_original_recipient},
    {"--notify", "LIST", "NOTIFY as it came", .set = set_notify},
    {"--last-attempt", "SECONDS", "to deliver", .set = set_last_attempt},
    {"--retry-until", "SECONDS", "attempts go on until then",
     .set = set_retry_until},
    {"--attempt", "SECONDS,HOST,IP,TEXT",
     "one attempt, and its reply or why there was none", .set = add_attempt},
    {"--log-id", "ID", "Final-Log-ID",
     .recipient_text = ndr_recipient_set_log_id},
    {"--text", "TEXT", "the reason, in your words",
     .recipient_text = ndr_recipient_set_text},
    {"--hidden", "ADDRESS", "shown in place of the final address",
     .recipient_text = ndr_recipient_set_hidden},
    {.name = NULL},
};
