/* SPDX-License-Identifier: ISC */
/* The options of ndr build about the message that failed and its report. */
#include "options.h"

static int set_date(cli_job *job, const char *argument)
{
    long long seconds;
    int status = cli_option_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_report_set_date(job->report, seconds, job->offset);
    return status;
}

static int set_arrival(cli_job *job, const char *argument)
{
    long long seconds;
    int status = cli_option_date(job, argument, &seconds);

    if (status == CLI_OK)
        ndr_report_set_arrival_date(job->report, seconds, job->offset);
    return status;
}

static int set_received_from(cli_job *job, const char *argument)
{
    cli_text copy;
    char *ip;
    int status = cli_option_split(argument, &copy, &ip);

    if (status == CLI_OK)
        ndr_report_set_received_from(job->report, copy.at, NDR_NUL, ip,
                                     NDR_NUL);
    cli_text_free(&copy);
    return status;
}

static int set_return(cli_job *job, const char *argument)
{
    int how_much = cli_return(argument);

    if (how_much < 0)
        return cli_option_complain(job, CLI_RETURN_WORDS, argument);
    ndr_report_set_return(job->report, how_much);
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

static int add_header(cli_job *job, const char *argument)
{
    size_t name;
    int status = cli_option_name(job, argument, &name);

    if (status == CLI_OK)
        ndr_report_add_header(job->report, argument, name, argument + name + 1,
                              NDR_NUL);
    return status;
}

/* Before any --rcpt a field of the report, after one its own. */
static int add_field(cli_job *job, const char *argument)
{
    size_t name;
    int status = cli_option_name(job, argument, &name);

    if (status != CLI_OK)
        return status;
    if (job->recipient == NULL)
        ndr_report_add_field(job->report, argument, name, argument + name + 1,
                             NDR_NUL);
    else
        ndr_recipient_add_field(job->recipient, argument, name,
                                argument + name + 1, NDR_NUL);
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
        return cli_option_complain(
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

const cli_option cli_report_options[] = {
    {"--sender", "ADDRESS",
     "envelope sender of the original; \"\" is the null return path",
     .is_needed = 1, .report_text = ndr_report_set_sender},
    {"--date", "SECONDS", "of the report, since 1970 [now]", .set = set_date},
    {"--arrival", "SECONDS", "of the original", .set = set_arrival},
    {"--envid", "XTEXT", "ENVID as it came",
     .report_text = ndr_report_set_envelope_id},
    {"--received-from", "HELO[,IP]", "who gave us the original",
     .set = set_received_from},
    {"--gateway", "HOST",
     "the gateway that made this report of another system's",
     .report_text = ndr_report_set_gateway},
    {"--return", "HOW",
     "RET as it came, FULL or HDRS; or headers [default], full, none",
     .set = set_return},
    {"--require-tls", NULL, "the original came with REQUIRETLS",
     .report_choice = ndr_report_set_require_tls,
     .choice = NDR_REQUIRE_TLS_YES},
    {"--8bitmime", NULL, "the next hop offers it", .set = set_8bitmime},
    {"--smtputf8", NULL, "the next hop offers it", .set = set_smtputf8},
    {"--subject", "TEXT", "the report's whole Subject",
     .report_text = ndr_report_set_subject},
    {"--message-id", "ID", "of the report",
     .report_text = ndr_report_set_message_id},
    {"--seed", "TEXT", "the original's queue id",
     .report_text = ndr_report_set_seed},
    {"--header", "NAME: VALUE", "one more field in the header of the report",
     .set = add_header},
    {"--field", "X-NAME: VALUE",
     "one more field in message/delivery-status: before any --rcpt of the\n"
     "report, after one of that recipient",
     .set = add_field},
    {"--action", "WHAT",
     "before any --rcpt: write the failed, delayed or success kind;\n"
     "after one: failed [default], delayed, delivered, relayed, expanded",
     .set = set_action},
    {"--rcpt", "ADDRESS",
     "a recipient; the options below are about the last one", .is_needed = 1,
     .set = add_rcpt},
    {.name = NULL},
};
