/* SPDX-License-Identifier: ISC */
/* The keys of a recipient. */
#include "json.h"

#include <stdlib.h>
#include <string.h>

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

static int add_notify(cli_document *d, const json_t *value, int *notify)
{
    int more;

    if (!json_is_string(value) ||
        ndr_notify_parse(json_string_value(value), json_string_length(value),
                         &more) != NDR_OK)
        return cli_json_complain(d, CLI_NOTIFY_WORDS);
    *notify |= more;
    return CLI_OK;
}

static int set_notify(cli_document *d, const json_t *value)
{
    int notify = NDR_NOTIFY_DEFAULT, status = CLI_OK;
    size_t i;

    if (!json_is_array(value))
        status = add_notify(d, value, &notify);
    for (i = 0; status == CLI_OK && i < json_array_size(value); i++)
        status = add_notify(d, json_array_get(value, i), &notify);
    if (status == CLI_OK)
        ndr_recipient_set_notify(d->job->recipient, notify);
    return status;
}

static int is_utf8_type(const char *type, size_t length)
{
    static const char name[] = "UTF-8";
    size_t i;

    for (i = 0; i < length && i < 5; i++)
        if (type[i] != name[i] && type[i] != (name[i] | ' '))
            return 0;
    return length == 5;
}

/* Append a character as UTF-8. */
static void append_character(unsigned long value, cli_text *to)
{
    static const unsigned char leads[] = {0x00, 0xC0, 0xE0, 0xF0};
    int more = (value >= 0x80) + (value >= 0x800) + (value >= 0x10000);

    to->at[to->length++] = (char) (leads[more] | value >> 6 * more);
    while (more-- > 0)
        to->at[to->length++] = (char) (0x80 | (value >> 6 * more & 0x3F));
}

/* Undo \x{F6}, in place: what stands for a character is longer than it. Others
   than characters stay (RFC 6533 3). */
static void decode_escapes(cli_text *address)
{
    const char *at = address->at, *end = at + address->length;

    address->length = 0;
    while (at < end) {
        char *after = NULL;
        unsigned long value = 0;

        if (end - at > 4 && memcmp(at, "\\x{", 3) == 0)
            value = strtoul(at + 3, &after, 16);
        if (value < ' ' || value > 0x10FFFF || value >> 11 == 0x1B ||
            after == NULL || *after != '}')
            address->at[address->length++] = *at++;
        else {
            at = after + 1;
            append_character(value, address);
        }
    }
}

/* The address of an ORCPT, decoded, in a buffer larger than the ORCPT; 0 if
   there is none. Type utf-8 may stand raw, and is no xtext then (RFC 6533 3).
 */
static int decode_orcpt(const cli_text *orcpt, cli_text *address)
{
    const char *mark =
        orcpt->length == 0 ? NULL : memchr(orcpt->at, ';', orcpt->length);
    size_t type = mark == NULL ? 0 : (size_t) (mark - orcpt->at);
    size_t length = orcpt->length - type - 1, need = 0;
    int is_utf8 = is_utf8_type(orcpt->at, type);

    if (mark == NULL)
        return 0;
    if (ndr_xtext_decode(mark + 1, length, address->at, length + 1, &need) ==
        NDR_OK) {
        address->length = need - 1;
    } else if (is_utf8) {
        memcpy(address->at, mark + 1, length);
        address->length = length;
    }
    address->at[address->length] = '\0';
    if (is_utf8)
        decode_escapes(address);
    return address->length > 0;
}

/* hide_final: the ORCPT's address stands in its place. */
static int set_hide_final(cli_document *d, const json_t *value)
{
    cli_text orcpt = {NULL, 0}, address = {NULL, 0};
    int hide = 0, status = cli_json_take_flag(d, value, &hide);

    if (status != CLI_OK || !hide)
        return status;
    status = cli_json_take_member(d, d->object, "orcpt", &orcpt);
    if (status == CLI_OK && (address.at = malloc(orcpt.length + 1)) == NULL)
        status = cli_fail(CLI_SYSTEM, "out of memory");
    if (status == CLI_OK && !decode_orcpt(&orcpt, &address))
        status =
            cli_json_complain(d, "an orcpt to show in place of the address");
    if (status == CLI_OK)
        ndr_recipient_set_hidden(d->job->recipient, address.at, address.length);
    cli_text_free(&orcpt);
    cli_text_free(&address);
    return status;
}

static int add_attempt(cli_document *d, const json_t *item)
{
    static const char *const names[] = {"time", "host", "ip", "text", NULL};
    const json_t *time = json_object_get(item, "time");
    cli_text texts[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    int i, status = cli_json_check_names(d, item, names);

    if (status == CLI_OK && !json_is_integer(time))
        status = cli_json_complain(d, "a whole number as \"time\" of each");
    for (i = 0; status == CLI_OK && i < 3; i++)
        status = cli_json_take_member(d, item, names[i + 1], &texts[i]);
    if (status == CLI_OK)
        ndr_recipient_add_attempt(d->job->recipient, json_integer_value(time),
                                  d->job->offset, texts[0].at, texts[0].length,
                                  texts[1].at, texts[1].length, texts[2].at,
                                  texts[2].length);
    for (i = 0; i < 3; i++)
        cli_text_free(&texts[i]);
    return status;
}

static int set_attempts(cli_document *d, const json_t *value)
{
    size_t i;
    int status = json_is_array(value) ? CLI_OK : cli_json_complain(d, "a list");

    for (i = 0; status == CLI_OK && i < json_array_size(value); i++)
        status = add_attempt(d, json_array_get(value, i));
    return status;
}

static void add_field(cli_job *job, const char *name, const cli_text *value)
{
    ndr_recipient_add_field(job->recipient, name, NDR_NUL, value->at,
                            value->length);
}

static int set_fields(cli_document *d, const json_t *value)
{
    return cli_json_add_pairs(d, value, add_field);
}

const cli_key cli_recipient_keys[] = {
    {"address", "text: --rcpt", .set = set_address},
    {"orcpt", "text: --orcpt",
     .recipient_text = ndr_recipient_set_original_recipient},
    {"action", "text: --action after a --rcpt", .set = set_action},
    {"status", "text: --status", .recipient_text = ndr_recipient_set_status},
    {"remote_server", "text: --remote", .set = set_remote},
    {"remote_ip", "text: --remote-ip", .set = set_with_other},
    {"response", "text: --reply", .set = set_response},
    {"diagnostic_type", "text: makes of response what --diagnostic gives",
     .set = set_with_other},
    {"last_attempt", "number: --last-attempt", .set = set_last_attempt},
    {"will_retry_until", "number: --retry-until", .set = set_retry_until},
    {"notify", "text, or a list of such: --notify", .set = set_notify},
    {"log_id", "text: --log-id", .recipient_text = ndr_recipient_set_log_id},
    {"text", "text: --text", .recipient_text = ndr_recipient_set_text},
    {"attempts", "[{\"time\", \"host\", \"ip\", \"text\"}]: --attempt for each",
     .set = set_attempts},
    {"fields", "{\"X-Name\": \"value\"}: --field after a --rcpt",
     .set = set_fields},
    {"hidden", "text: --hidden", .recipient_text = ndr_recipient_set_hidden},
    {"hide_final", "true: --hidden with the address of orcpt",
     .set = set_hide_final},
    {.name = NULL},
};
