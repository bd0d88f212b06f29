/* SPDX-License-Identifier: ISC */
/* The keys of "report" that work before there is a report: how this server
   writes reports, and how this run goes. */
#include "json.h"

#include <string.h>

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

static int filter_headers(cli_document *d, const json_t *value, int mode)
{
    char names[CLI_LIST];
    size_t length = 0;
    int status = cli_json_take_list(d, value, names, &length);

    if (d->job->filter != NULL)
        return cli_json_complain(d, "no drop_headers beside it");
    d->job->filter = d->key;
    if (status == CLI_OK)
        ndr_profile_set_header_filter(d->job->profile, mode, names, length);
    return status;
}

static int set_drop_headers(cli_document *d, const json_t *value)
{
    return filter_headers(d, value, NDR_HEADERS_DROP);
}

static int set_keep_headers(cli_document *d, const json_t *value)
{
    return filter_headers(d, value, NDR_HEADERS_KEEP);
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

static int set_copy_codes(cli_document *d, const json_t *value)
{
    char codes[CLI_LIST];
    size_t length = 0;
    int status = cli_json_take_list(d, value, codes, &length);

    if (status == CLI_OK)
        ndr_profile_set_copy_codes(d->job->profile, codes, length);
    return status;
}

static int set_copy(cli_document *d, const json_t *value)
{
    return cli_json_take_flag(d, value, &d->job->copy);
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

static int set_tz_minutes(cli_document *d, const json_t *value)
{
    json_int_t minutes = 0;
    int status = cli_json_take_number(d, value, &minutes);

    if (status == CLI_OK && (minutes < -1439 || minutes > 1439))
        return cli_json_complain(d, "minutes east of UTC");
    d->job->offset = (int) minutes;
    return status;
}

const cli_key cli_profile_keys[] = {
    {"tz_minutes", "number: --tz", .set = set_tz_minutes},
    {"generating_server", "text: --generating-server",
     .profile_text = ndr_profile_set_generating_server},
    {"reporting_authority", "text: --reporting-authority",
     .profile_text = ndr_profile_set_reporting_authority},
    {"postmaster", "text: --postmaster",
     .profile_text = ndr_profile_set_postmaster},
    {"internal_domains", "text: --internal-domains",
     .profile_text = ndr_profile_set_internal_domains},
    {"audience", "\"internal\": --internal; \"external\"", .set = set_audience},
    {"language", "text: --lang", .profile_text = ndr_profile_set_language},
    {"detect_language", "true: --detect-language",
     .profile_choice = ndr_profile_set_language_detection,
     .if_true = NDR_DETECTION_ON, .if_false = NDR_DETECTION_OFF},
    {"organisation", "{\"name\", \"accent\"}: --organisation",
     .set = set_organisation},
    {"mask_hosts", "true: --mask-hosts",
     .profile_choice = ndr_profile_set_host_masking,
     .if_true = NDR_HOSTS_MASKED, .if_false = NDR_HOSTS_SHOWN},
    {"diagnostics", "false: --no-diagnostics",
     .profile_choice = ndr_profile_set_diagnostics,
     .if_true = NDR_DIAGNOSTICS_ON, .if_false = NDR_DIAGNOSTICS_OFF},
    {"grouping", "false: --no-grouping",
     .profile_choice = ndr_profile_set_grouping,
     .if_true = NDR_GROUPING_SAME_REASON, .if_false = NDR_GROUPING_NEVER},
    {"html", "false: --no-html", .profile_choice = ndr_profile_set_html,
     .if_true = NDR_HTML_ON, .if_false = NDR_HTML_OFF},
    {"failed_recipients", "true: --failed-recipients",
     .profile_choice = ndr_profile_set_failed_recipients,
     .if_true = NDR_FAILED_RECIPIENTS_LISTED,
     .if_false = NDR_FAILED_RECIPIENTS_OFF},
    {"drop_headers", "[names]: --drop-headers", .set = set_drop_headers},
    {"keep_headers", "[names]: --keep-headers", .set = set_keep_headers},
    {"max_header_bytes", "number: --max-header", .set = set_max_header_bytes},
    {"copy_codes", "[codes]: --copy-codes", .set = set_copy_codes},
    {"copy_mailbox", "text: --copy-mailbox",
     .profile_text = ndr_profile_set_copy_mailbox},
    {"copy", "true: --copy", .set = set_copy},
    {"mixed", "true: --mixed", .set = set_mixed},
    {"action",
     "\"failed\", \"delayed\", \"success\": --action before any --rcpt",
     .set = set_kind},
    {.name = NULL},
};
