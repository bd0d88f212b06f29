/* SPDX-License-Identifier: ISC */
/*
 * The keys of "report". Beyond the acceptance cases' notation:
 *
 *     action               the kind to write: failed, delayed, success
 *     audience             internal, external
 *     grouping             false: a reason for each recipient
 *     internal_domains     text, parted by blanks or commas
 *     message_id, seed     text
 *     postmaster           mailbox
 *     received_from        {"helo", "ip"}
 *     reporting_authority  host
 */
#include "json.h"

#include <string.h>

typedef int (*profile_text)(ndr_profile *, const char *, size_t);
typedef int (*report_text)(ndr_report *, const char *, size_t);

static int to_profile(cli_document *d, const json_t *value, profile_text set)
{
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK)
        set(d->job->profile, text.at, text.length);
    cli_text_free(&text);
    return status;
}

static int to_report(cli_document *d, const json_t *value, report_text set)
{
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK)
        set(d->job->report, text.at, text.length);
    cli_text_free(&text);
    return status;
}

static int set_generating_server(cli_document *d, const json_t *value)
{
    return to_profile(d, value, ndr_profile_set_generating_server);
}

static int set_reporting_authority(cli_document *d, const json_t *value)
{
    return to_profile(d, value, ndr_profile_set_reporting_authority);
}

static int set_postmaster(cli_document *d, const json_t *value)
{
    return to_profile(d, value, ndr_profile_set_postmaster);
}

static int set_internal_domains(cli_document *d, const json_t *value)
{
    return to_profile(d, value, ndr_profile_set_internal_domains);
}

static int set_audience(cli_document *d, const json_t *value)
{
    const char *name;
    int status = cli_json_take_name(d, value, &name);

    if (status != CLI_OK)
        return status;
    if (strcmp(name, "internal") != 0 && strcmp(name, "external") != 0)
        return cli_json_complain(d, "\"internal\" or \"external\"");
    ndr_profile_set_audience(d->job->profile, name[0] == 'i'
                                                  ? NDR_AUDIENCE_INTERNAL
                                                  : NDR_AUDIENCE_EXTERNAL);
    return CLI_OK;
}

static int set_language(cli_document *d, const json_t *value)
{
    return to_profile(d, value, ndr_profile_set_language);
}

static int set_detect_language(cli_document *d, const json_t *value)
{
    int on;
    int status = cli_json_take_flag(d, value, &on);

    if (status == CLI_OK)
        ndr_profile_set_language_detection(
            d->job->profile, on ? NDR_DETECTION_ON : NDR_DETECTION_OFF);
    return status;
}

static int set_organisation(cli_document *d, const json_t *value)
{
    static const char *const names[] = {"name", "accent", NULL};
    cli_text name = {NULL, 0}, accent = {NULL, 0};
    int status = cli_json_check_names(d, value, names);

    if (status == CLI_OK)
        status = cli_json_take_member(d, value, "name", &name);
    if (status == CLI_OK)
        status = cli_json_take_member(d, value, "accent", &accent);
    if (status == CLI_OK)
        ndr_profile_set_organisation(d->job->profile, name.at, name.length,
                                     accent.at, accent.length);
    cli_text_free(&name);
    cli_text_free(&accent);
    return status;
}

static int set_html(cli_document *d, const json_t *value)
{
    int on;
    int status = cli_json_take_flag(d, value, &on);

    if (status == CLI_OK)
        ndr_profile_set_html(d->job->profile, on ? NDR_HTML_ON : NDR_HTML_OFF);
    return status;
}

static int set_grouping(cli_document *d, const json_t *value)
{
    int on;
    int status = cli_json_take_flag(d, value, &on);

    if (status == CLI_OK)
        ndr_profile_set_grouping(d->job->profile, on ? NDR_GROUPING_SAME_REASON
                                                     : NDR_GROUPING_NEVER);
    return status;
}

/* A list of names, as one text parted by blanks. */
static int set_drop_headers(cli_document *d, const json_t *value)
{
    char names[4096] = "";
    size_t i, used = 0;

    if (!json_is_array(value))
        return cli_json_complain(d, "a list of names");
    for (i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        size_t length = json_string_length(item);

        if (!json_is_string(item) || used + length + 2 > sizeof(names))
            return cli_json_complain(d, "a list of names, 4 KB at most");
        memcpy(names + used, json_string_value(item), length);
        used += length;
        names[used++] = ' ';
    }
    ndr_profile_set_header_filter(d->job->profile, NDR_HEADERS_DROP, names,
                                  used);
    return CLI_OK;
}

static int set_max_header_bytes(cli_document *d, const json_t *value)
{
    json_int_t octets = 0;
    int status = cli_json_take_number(d, value, &octets);

    if (status == CLI_OK && octets < 0)
        return cli_json_complain(d, "a number of octets");
    if (status == CLI_OK)
        ndr_profile_set_limit(d->job->profile, NDR_LIMIT_HEADER,
                              (uint64_t) octets);
    return status;
}

static int set_return_path(cli_document *d, const json_t *value)
{
    return to_report(d, value, ndr_report_set_sender);
}

static int set_subject(cli_document *d, const json_t *value)
{
    return to_report(d, value, ndr_report_set_subject);
}

static int set_envid(cli_document *d, const json_t *value)
{
    return to_report(d, value, ndr_report_set_envelope_id);
}

static int set_message_id(cli_document *d, const json_t *value)
{
    return to_report(d, value, ndr_report_set_message_id);
}

static int set_seed(cli_document *d, const json_t *value)
{
    return to_report(d, value, ndr_report_set_seed);
}

static int set_tz_minutes(cli_document *d, const json_t *value)
{
    json_int_t minutes = 0;
    int status = cli_json_take_number(d, value, &minutes);

    if (status == CLI_OK && (minutes < -1439 || minutes > 1439))
        return cli_json_complain(d, "minutes east of UTC");
    d->job->offset = (int) minutes;
    return status;
}

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
    static const char *const names[] = {"headers", "full", "none"};
    const char *name;
    int i, status = cli_json_take_name(d, value, &name);

    if (status != CLI_OK)
        return status;
    for (i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            ndr_report_set_return(d->job->report, i);
            return CLI_OK;
        }
    return cli_json_complain(d, "\"headers\", \"full\" or \"none\"");
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

static int set_mixed(cli_document *d, const json_t *value)
{
    return cli_json_take_flag(d, value, &d->job->mixed);
}

static int set_kind(cli_document *d, const json_t *value)
{
    const char *name;
    int status = cli_json_take_name(d, value, &name);

    if (status != CLI_OK)
        return status;
    d->job->kind = cli_kind(name);
    return d->job->kind > 0
               ? CLI_OK
               : cli_json_complain(d, "failed, delayed or success");
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

const cli_key cli_report_keys[] = {
    {"tz_minutes", 1, set_tz_minutes},
    {"generating_server", 1, set_generating_server},
    {"reporting_authority", 1, set_reporting_authority},
    {"postmaster", 1, set_postmaster},
    {"internal_domains", 1, set_internal_domains},
    {"audience", 1, set_audience},
    {"language", 1, set_language},
    {"detect_language", 1, set_detect_language},
    {"organisation", 1, set_organisation},
    {"html", 1, set_html},
    {"grouping", 1, set_grouping},
    {"drop_headers", 1, set_drop_headers},
    {"max_header_bytes", 1, set_max_header_bytes},
    {"mixed", 1, set_mixed},
    {"action", 1, set_kind},
    {"return_path", 0, set_return_path},
    {"date", 0, set_date},
    {"arrival", 0, set_arrival},
    {"subject", 0, set_subject},
    {"envid", 0, set_envid},
    {"message_id", 0, set_message_id},
    {"seed", 0, set_seed},
    {"received_from", 0, set_received_from},
    {"return", 0, set_return},
    {"eightbit", 0, set_transport},
    {"smtputf8", 0, set_transport},
    {NULL, 0, NULL},
};
