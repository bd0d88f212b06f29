/* SPDX-License-Identifier: ISC */
/*
 * build_case FOLDER CASE.json...: build the reports of some cases, in the
 * notation of ndr build --json, as FOLDER/CASE.eml or FOLDER/CASE.error. The
 * calls of C, for the bindings to be compared with.
 */
#include <libndr/ndr.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *of, const char *key)
{
    return json_string_value(json_object_get(of, key));
}

static size_t length_of(const json_t *of, const char *key)
{
    return json_string_length(json_object_get(of, key));
}

/* The text of a key and its length, as two arguments. */
#define TEXT(of, key) text_of(of, key), length_of(of, key)

static int has(const json_t *of, const char *key)
{
    return json_object_get(of, key) != NULL;
}

static json_int_t number_of(const json_t *of, const char *key)
{
    return json_integer_value(json_object_get(of, key));
}

static int is_on(const json_t *of, const char *key)
{
    return json_is_true(json_object_get(of, key));
}

/* The place of a text in a row that NULL ends; 0 if it is not there. */
static int place_of(const char *name, const char *const *names)
{
    int i;

    for (i = 0; name != NULL && names[i] != NULL; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return 0;
}

static void set_up(ndr_profile *profile, ndr_catalog *catalog,
                   const json_t *facts, const json_t *templates)
{
    const json_t *organisation = json_object_get(facts, "organisation");
    const json_t *drop = json_object_get(facts, "drop_headers");
    char names[256] = "", entry[1024];
    size_t i;

    for (i = 0; i < json_array_size(templates); i++) {
        const json_t *each = json_array_get(templates, i);

        snprintf(entry, sizeof(entry), "Status: %s\n\n%s",
                 text_of(each, "match"), text_of(each, "text"));
        ndr_catalog_add(catalog, entry, NDR_NUL);
    }
    ndr_profile_set_catalog(profile, catalog);
    ndr_profile_set_generating_server(profile,
                                      TEXT(facts, "generating_server"));
    if (has(facts, "reporting_authority"))
        ndr_profile_set_reporting_authority(profile,
                                            TEXT(facts, "reporting_authority"));
    ndr_profile_set_postmaster(profile, TEXT(facts, "postmaster"));
    ndr_profile_set_internal_domains(profile, TEXT(facts, "internal_domains"));
    if (has(facts, "audience"))
        ndr_profile_set_audience(profile, text_of(facts, "audience")[0] == 'i');
    ndr_profile_set_language(profile, TEXT(facts, "language"));
    ndr_profile_set_language_detection(profile,
                                       is_on(facts, "detect_language"));
    ndr_profile_set_organisation(profile, TEXT(organisation, "name"),
                                 TEXT(organisation, "accent"));
    if (has(facts, "html"))
        ndr_profile_set_html(profile, is_on(facts, "html"));
    if (has(facts, "grouping"))
        ndr_profile_set_grouping(profile, !is_on(facts, "grouping"));
    for (i = 0; i < json_array_size(drop); i++) {
        strncat(names, json_string_value(json_array_get(drop, i)), 60);
        strcat(names, " ");
    }
    ndr_profile_set_header_filter(profile, NDR_HEADERS_DROP, names, NDR_NUL);
    if (has(facts, "max_header_bytes"))
        ndr_profile_set_limit(profile, NDR_LIMIT_HEADER,
                              (uint64_t) number_of(facts, "max_header_bytes"));
}

static void set_facts(ndr_report *report, const json_t *facts, int32_t offset)
{
    static const char *const returns[] = {"headers", "full", "none", NULL};
    const json_t *from = json_object_get(facts, "received_from");

    ndr_report_set_sender(report, TEXT(facts, "return_path"));
    ndr_report_set_date(report, number_of(facts, "date"), offset);
    if (has(facts, "arrival"))
        ndr_report_set_arrival_date(report, number_of(facts, "arrival"),
                                    offset);
    ndr_report_set_seed(report, TEXT(facts, "seed"));
    ndr_report_set_subject(report, TEXT(facts, "subject"));
    if (has(facts, "message_id"))
        ndr_report_set_message_id(report, TEXT(facts, "message_id"));
    ndr_report_set_envelope_id(report, TEXT(facts, "envid"));
    if (from != NULL)
        ndr_report_set_received_from(report, TEXT(from, "helo"),
                                     TEXT(from, "ip"));
    ndr_report_set_return(report, place_of(text_of(facts, "return"), returns));
    ndr_report_set_transport(
        report, (is_on(facts, "eightbit") ? NDR_TRANSPORT_8BITMIME : 0) |
                    (is_on(facts, "smtputf8") ? NDR_TRANSPORT_SMTPUTF8 : 0));
}

/* Base64 of a whole number of groups, or with "=" at its end. */
static size_t decode_base64(const char *from, char *to)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long bits = 0;
    size_t used = 0;
    int count = 0;

    for (; *from != '\0' && *from != '='; from++) {
        bits = bits << 6 | (unsigned long) (strchr(digits, *from) - digits);
        count += 6;
        if (count >= 8) {
            count -= 8;
            to[used++] = (char) (bits >> count & 255);
        }
    }
    return used;
}

static void set_response(ndr_recipient *recipient, const json_t *facts)
{
    const json_t *response = json_object_get(facts, "response");
    const char *type = text_of(facts, "diagnostic_type");
    const char *text = json_string_value(response);
    size_t length = json_string_length(response);
    char octets[1024];

    if (response == NULL)
        return;
    if (json_is_object(response)) {
        length = decode_base64(text_of(response, "b64"), octets);
        text = octets;
    }
    ndr_recipient_set_diagnostic(recipient, type != NULL ? type : "smtp",
                                 NDR_NUL, text, length);
}

static void set_notify(ndr_recipient *recipient, const json_t *value)
{
    size_t i;
    int bits, all = 0;

    if (value == NULL)
        return;
    if (json_is_string(value))
        ndr_notify_parse(json_string_value(value), NDR_NUL, &all);
    for (i = 0; i < json_array_size(value); i++) {
        ndr_notify_parse(json_string_value(json_array_get(value, i)), NDR_NUL,
                         &bits);
        all |= bits;
    }
    ndr_recipient_set_notify(recipient, all);
}

static void add_rows(ndr_recipient *recipient, const json_t *facts,
                     int32_t offset)
{
    const json_t *attempts = json_object_get(facts, "attempts");
    json_t *fields = json_object_get(facts, "fields"), *value;
    const char *name;
    size_t i;

    for (i = 0; i < json_array_size(attempts); i++) {
        const json_t *each = json_array_get(attempts, i);

        ndr_recipient_add_attempt(recipient, number_of(each, "time"), offset,
                                  TEXT(each, "host"), TEXT(each, "ip"),
                                  TEXT(each, "text"));
    }
    json_object_foreach(fields, name, value)
    {
        ndr_recipient_add_field(recipient, name, NDR_NUL,
                                json_string_value(value),
                                json_string_length(value));
    }
}

static void add_recipient(ndr_report *report, const json_t *facts,
                          int32_t offset)
{
    static const char *const actions[] = {"failed",  "delayed",  "delivered",
                                          "relayed", "expanded", NULL};
    ndr_recipient *recipient =
        ndr_report_add_recipient(report, TEXT(facts, "address"));

    if (has(facts, "status"))
        ndr_recipient_set_status(recipient, TEXT(facts, "status"));
    if (has(facts, "action"))
        ndr_recipient_set_action(recipient,
                                 place_of(text_of(facts, "action"), actions));
    if (has(facts, "orcpt"))
        ndr_recipient_set_original_recipient(recipient, TEXT(facts, "orcpt"));
    if (has(facts, "remote_server"))
        ndr_recipient_set_remote_server(recipient, TEXT(facts, "remote_server"),
                                        TEXT(facts, "remote_ip"));
    set_response(recipient, facts);
    set_notify(recipient, json_object_get(facts, "notify"));
    if (has(facts, "last_attempt"))
        ndr_recipient_set_last_attempt(
            recipient, number_of(facts, "last_attempt"), offset);
    if (has(facts, "will_retry_until"))
        ndr_recipient_set_retry_until(
            recipient, number_of(facts, "will_retry_until"), offset);
    if (has(facts, "log_id"))
        ndr_recipient_set_log_id(recipient, TEXT(facts, "log_id"));
    if (has(facts, "text"))
        ndr_recipient_set_text(recipient, TEXT(facts, "text"));
    if (is_on(facts, "hide_final"))
        ndr_recipient_set_hidden(
            recipient, strchr(text_of(facts, "orcpt"), ';') + 1, NDR_NUL);
    add_rows(recipient, facts, offset);
}

/* FOLDER/NAME.SUFFIX, where path is .../NAME.json */
static FILE *create(const char *folder, const char *path, const char *suffix)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char to[4096];
    FILE *file;

    snprintf(to, sizeof(to), "%s/%.*s%s", folder, (int) strcspn(name, "."),
             name, suffix);
    file = fopen(to, "wb");
    if (file == NULL) {
        perror(to);
        exit(EXIT_FAILURE);
    }
    return file;
}

static void finish(ndr_report *report, const char *folder, const char *path)
{
    int error = ndr_report_prepare(report);
    FILE *file = create(folder, path, error == NDR_OK ? ".eml" : ".error");
    const char *piece;
    size_t length;

    if (error != NDR_OK)
        fprintf(file, "%s\n", ndr_report_error_detail(report));
    while (error == NDR_OK) {
        error = ndr_report_next(report, &piece, &length);
        if (error == NDR_OK)
            fwrite(piece, 1, length, file);
    }
    fclose(file);
}

/* The original that a document names, beside it. */
static size_t read_original(const char *path, const json_t *root, char *to,
                            size_t size)
{
    char name[4096];
    size_t length = 0;
    FILE *file;

    snprintf(name, sizeof(name), "%.*s%s",
             (int) (strrchr(path, '/') + 1 - path), path,
             text_of(root, "original"));
    file = fopen(name, "rb");
    if (file != NULL) {
        length = fread(to, 1, size, file);
        fclose(file);
    }
    return length;
}

static void build(const char *folder, const char *path)
{
    static char original[65536];
    json_t *root = json_load_file(path, 0, NULL);
    const json_t *facts = json_object_get(root, "report");
    const json_t *recipients = json_object_get(root, "recipients");
    int32_t offset = (int32_t) number_of(facts, "tz_minutes");
    ndr_catalog *catalog;
    ndr_profile *profile;
    ndr_report *report;
    size_t length, i;

    ndr_catalog_new(&catalog, NULL);
    ndr_profile_new(&profile, NULL);
    set_up(profile, catalog, facts, json_object_get(root, "templates"));
    ndr_report_new(&report, profile);
    set_facts(report, facts, offset);
    length = read_original(path, root, original, sizeof(original));
    ndr_report_borrow_original(report, original, length);
    for (i = 0; i < json_array_size(recipients); i++)
        add_recipient(report, json_array_get(recipients, i), offset);
    finish(report, folder, path);
    ndr_report_free(report);
    ndr_profile_free(profile);
    ndr_catalog_free(catalog);
    json_decref(root);
}

int main(int argc, char **argv)
{
    int i;

    for (i = 2; i < argc; i++)
        build(argv[1], argv[i]);
    return EXIT_SUCCESS;
}
