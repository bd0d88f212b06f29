/* SPDX-License-Identifier: ISC */
/*
 * The keys of a recipient. Beyond the acceptance cases' notation: attempts
 * [{time, host, ip, text}], log_id, notify, remote_ip, text.
 */
#include "json.h"

#include <string.h>

typedef int (*recipient_text)(ndr_recipient *, const char *, size_t);

static int to_recipient(cli_document *d, const json_t *value,
                        recipient_text set)
{
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK)
        set(d->job->recipient, text.at, text.length);
    cli_text_free(&text);
    return status;
}

static int set_address(cli_document *d, const json_t *value)
{
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK)
        d->job->recipient =
            ndr_report_add_recipient(d->job->report, text.at, text.length);
    cli_text_free(&text);
    return status;
}

static int set_orcpt(cli_document *d, const json_t *value)
{
    return to_recipient(d, value, ndr_recipient_set_original_recipient);
}

static int set_status(cli_document *d, const json_t *value)
{
    return to_recipient(d, value, ndr_recipient_set_status);
}

static int set_log_id(cli_document *d, const json_t *value)
{
    return to_recipient(d, value, ndr_recipient_set_log_id);
}

static int set_words(cli_document *d, const json_t *value)
{
    return to_recipient(d, value, ndr_recipient_set_text);
}

static int set_action(cli_document *d, const json_t *value)
{
    const char *name;
    int action, status = cli_json_take_name(d, value, &name);

    if (status != CLI_OK)
        return status;
    action = cli_action(name);
    if (action < 0)
        return cli_json_complain(
            d, "failed, delayed, delivered, relayed or expanded");
    ndr_recipient_set_action(d->job->recipient, action);
    return CLI_OK;
}

/* remote_server, and with it remote_ip. */
static int set_remote(cli_document *d, const json_t *value)
{
    const json_t *second = json_object_get(d->object, "remote_ip");
    cli_text host, ip = {NULL, 0};
    int status = cli_json_take_text(d, value, &host);

    if (status == CLI_OK && second != NULL)
        status = cli_json_take_text(d, second, &ip);
    if (status == CLI_OK)
        ndr_recipient_set_remote_server(d->job->recipient, host.at, host.length,
                                        ip.at, ip.length);
    cli_text_free(&host);
    cli_text_free(&ip);
    return status;
}

/* response, of the type that diagnostic_type names. */
static int set_response(cli_document *d, const json_t *value)
{
    const json_t *type = json_object_get(d->object, "diagnostic_type");
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK)
        ndr_recipient_set_diagnostic(
            d->job->recipient,
            json_is_string(type) ? json_string_value(type) : "smtp", NDR_NUL,
            text.at, text.length);
    cli_text_free(&text);
    return status;
}

/* Keys that another one reads: only their type is looked at. */
static int set_with_other(cli_document *d, const json_t *value)
{
    return json_is_string(value) ? CLI_OK : cli_json_complain(d, "a string");
}

static int set_last_attempt(cli_document *d, const json_t *value)
{
    json_int_t seconds = 0;
    int status = cli_json_take_number(d, value, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_last_attempt(d->job->recipient, seconds,
                                       d->job->offset);
    return status;
}

static int set_retry_until(cli_document *d, const json_t *value)
{
    json_int_t seconds = 0;
    int status = cli_json_take_number(d, value, &seconds);

    if (status == CLI_OK)
        ndr_recipient_set_retry_until(d->job->recipient, seconds,
                                      d->job->offset);
    return status;
}

static int set_notify(cli_document *d, const json_t *value)
{
    const char *list;
    int bits, status = cli_json_take_name(d, value, &list);

    if (status != CLI_OK)
        return status;
    bits = cli_notify(list);
    if (bits < 0)
        return cli_json_complain(
            d, "NEVER, or SUCCESS, FAILURE, DELAY parted by ,");
    ndr_recipient_set_notify(d->job->recipient, bits);
    return CLI_OK;
}

/* hide_final: the ORCPT's address, decoded, stands in its place. */
static int set_hide_final(cli_document *d, const json_t *value)
{
    const char *orcpt = json_string_value(json_object_get(d->object, "orcpt"));
    const char *address = orcpt == NULL ? NULL : strchr(orcpt, ';');
    char decoded[1024];
    int hide = 0, status = cli_json_take_flag(d, value, &hide);

    if (status != CLI_OK || !hide)
        return status;
    if (address == NULL || ndr_xtext_decode(address + 1, NDR_NUL, decoded,
                                            sizeof(decoded), NULL) != NDR_OK)
        return cli_json_complain(d, "an orcpt to show in place of the address");
    ndr_recipient_set_hidden(d->job->recipient, decoded, NDR_NUL);
    return CLI_OK;
}

static int add_attempt(cli_document *d, const json_t *item)
{
    const char *host = json_string_value(json_object_get(item, "host"));
    const char *ip = json_string_value(json_object_get(item, "ip"));
    const char *text = json_string_value(json_object_get(item, "text"));
    const json_t *time = json_object_get(item, "time");

    if (!json_is_integer(time) ||
        json_object_size(item) != 1 + (size_t) (host != NULL) + (ip != NULL) +
                                      (size_t) (text != NULL))
        return cli_json_complain(d,
                                 "{\"time\", \"host\", \"ip\", \"text\"} each");
    ndr_recipient_add_attempt(d->job->recipient, json_integer_value(time),
                              d->job->offset, host, NDR_NUL, ip, NDR_NUL, text,
                              NDR_NUL);
    return CLI_OK;
}

static int set_attempts(cli_document *d, const json_t *value)
{
    size_t i;
    int status = json_is_array(value) ? CLI_OK : cli_json_complain(d, "a list");

    for (i = 0; status == CLI_OK && i < json_array_size(value); i++)
        status = add_attempt(d, json_array_get(value, i));
    return status;
}

const cli_key cli_recipient_keys[] = {
    {"address", 1, set_address},
    {"orcpt", 0, set_orcpt},
    {"action", 0, set_action},
    {"status", 0, set_status},
    {"remote_server", 0, set_remote},
    {"remote_ip", 0, set_with_other},
    {"response", 0, set_response},
    {"diagnostic_type", 0, set_with_other},
    {"last_attempt", 0, set_last_attempt},
    {"will_retry_until", 0, set_retry_until},
    {"notify", 0, set_notify},
    {"log_id", 0, set_log_id},
    {"text", 0, set_words},
    {"attempts", 0, set_attempts},
    {"hide_final", 0, set_hide_final},
    {NULL, 0, NULL},
};
