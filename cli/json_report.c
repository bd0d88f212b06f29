/* SPDX-License-Identifier: ISC */
/* The keys of "report" about the message that failed and its report. */
#include "json.h"

static int set_date(cli_document *d, const json_t *value)
{
    json_int_t seconds = 0;
    int status = cli_json_take_number(d, value, &seconds);

    if (status == CLI_OK)
        ndr_report_set_date(d->job->report, seconds, d->job->offset);
    return status;
}

static int set_arrival(cli_document *d, const json_t *value)
{
    json_int_t seconds = 0;
    int status = cli_json_take_number(d, value, &seconds);

    if (status == CLI_OK)
        ndr_report_set_arrival_date(d->job->report, seconds, d->job->offset);
    return status;
}

static int set_return(cli_document *d, const json_t *value)
{
    const char *name;
    int how_much, status = cli_json_take_name(d, value, &name);

    if (status != CLI_OK)
        return status;
    how_much = cli_return(name);
    if (how_much < 0)
        return cli_json_complain(d, CLI_RETURN_WORDS);
    ndr_report_set_return(d->job->report, how_much);
    return CLI_OK;
}

static int set_transport(cli_document *d, const json_t *value)
{
    int on = 0, transport = NDR_TRANSPORT_7BIT;
    int status = cli_json_take_flag(d, value, &on);

    if (json_is_true(json_object_get(d->object, "eightbit")))
        transport |= NDR_TRANSPORT_8BITMIME;
    if (json_is_true(json_object_get(d->object, "smtputf8")))
        transport |= NDR_TRANSPORT_SMTPUTF8;
    ndr_report_set_transport(d->job->report, transport);
    return status;
}

static int set_received_from(cli_document *d, const json_t *value)
{
    static const char *const names[] = {"helo", "ip", NULL};
    cli_text helo = {NULL, 0}, ip = {NULL, 0};
    int status = cli_json_check_names(d, value, names);

    if (status == CLI_OK)
        status = cli_json_take_member(d, value, "helo", &helo);
    if (status == CLI_OK)
        status = cli_json_take_member(d, value, "ip", &ip);
    if (status == CLI_OK)
        ndr_report_set_received_from(d->job->report, helo.at, helo.length,
                                     ip.at, ip.length);
    cli_text_free(&helo);
    cli_text_free(&ip);
    return status;
}

static void add_header(cli_job *job, const char *name, const cli_text *value)
{
    ndr_report_add_header(job->report, name, NDR_NUL, value->at, value->length);
}

static int set_headers(cli_document *d, const json_t *value)
{
    return cli_json_add_pairs(d, value, add_header);
}

static void add_field(cli_job *job, const char *name, const cli_text *value)
{
    ndr_report_add_field(job->report, name, NDR_NUL, value->at, value->length);
}

static int set_fields(cli_document *d, const json_t *value)
{
    return cli_json_add_pairs(d, value, add_field);
}

const cli_key cli_report_keys[] = {
    {"return_path", "text: --sender", .report_text = ndr_report_set_sender},
    {"date", "number: --date, but needed", .set = set_date},
    {"arrival", "number: --arrival", .set = set_arrival},
    {"subject", "text: --subject", .report_text = ndr_report_set_subject},
    {"envid", "text: --envid", .report_text = ndr_report_set_envelope_id},
    {"message_id", "text: --message-id",
     .report_text = ndr_report_set_message_id},
    {"seed", "text: --seed", .report_text = ndr_report_set_seed},
    {"received_from", "{\"helo\", \"ip\"}: --received-from",
     .set = set_received_from},
    {"gateway", "text: --gateway", .report_text = ndr_report_set_gateway},
    {"return", "text: --return", .set = set_return},
    {"require_tls", "true: --require-tls",
     .report_choice = ndr_report_set_require_tls,
     .if_true = NDR_REQUIRE_TLS_YES, .if_false = NDR_REQUIRE_TLS_NO},
    {"eightbit", "true: --8bitmime", .set = set_transport},
    {"smtputf8", "true: --smtputf8", .set = set_transport},
    {"headers", "{\"Name\": \"value\"}: --header", .set = set_headers},
    {"fields", "{\"X-Name\": \"value\"}: --field before any --rcpt",
     .set = set_fields},
    {.name = NULL},
};
