/* SPDX-License-Identifier: ISC */
/*
 * ndr build --json: the facts of one report as a JSON document. An unknown key
 * or a value of another type is an error that names its place.
 */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of count and from of a repetition. */
#define MOST 999999999

/* The keys of each object, in tables that NULL ends. */
static const cli_key *const of_report[] = {cli_profile_keys, cli_report_keys,
                                           NULL};
static const cli_key *const of_recipient[] = {cli_recipient_keys, NULL};

static int unknown_key(const cli_document *d, const cli_key *const *tables,
                       const char *name)
{
    cli_guess guess = cli_guess_of(name);
    const cli_key *each;

    for (; *tables != NULL; tables++)
        for (each = *tables; each->name != NULL; each++)
            cli_guess_try(&guess, each->name);
    if (guess.nearest == NULL)
        return cli_fail(CLI_DATA,
                        "%s: %s.%s: unknown key; ndr help json lists them",
                        d->file, d->where, name);
    return cli_fail(CLI_DATA, "%s: %s.%s: unknown key; did you mean \"%s\"?",
                    d->file, d->where, name, guess.nearest);
}

static int is_key(const cli_key *const *tables, const char *name)
{
    const cli_key *each;

    for (; *tables != NULL; tables++)
        for (each = *tables; each->name != NULL; each++)
            if (strcmp(each->name, name) == 0)
                return 1;
    return 0;
}

/* Every key of an object is known; in a repetition count and from are too. */
static int check_keys(cli_document *d, const cli_key *const *tables)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *) (uintptr_t) d->object, name, value)
    {
        d->key = name;
        if (!is_key(tables, name) &&
            !(d->repeat >= 0 &&
              (strcmp(name, "count") == 0 || strcmp(name, "from") == 0)))
            return unknown_key(d, tables, name);
    }
    return CLI_OK;
}

/* Set the keys of an object in the order of the table. */
static int set_keys(cli_document *d, const cli_key *keys)
{
    int status = CLI_OK;

    for (; keys->name != NULL && status == CLI_OK; keys++) {
        const json_t *value = json_object_get(d->object, keys->name);

        d->key = keys->name;
        if (value != NULL)
            status = cli_json_set(d, keys, value);
    }
    return status;
}

static int add_recipient(cli_document *d, const json_t *object)
{
    int status;

    if (!json_is_object(object))
        return cli_fail(CLI_DATA, "%s: %s: expected an object", d->file,
                        d->where);
    if (json_object_get(object, "address") == NULL)
        return cli_fail(CLI_DATA, "%s: %s: no key \"address\"", d->file,
                        d->where);
    d->object = object;
    status = check_keys(d, of_recipient);
    return status == CLI_OK ? set_keys(d, cli_recipient_keys) : status;
}

static int add_recipients(cli_document *d, const json_t *list)
{
    size_t i;
    int status = CLI_OK;

    if (list != NULL && !json_is_array(list))
        return cli_fail(CLI_DATA, "%s: recipients: expected a list", d->file);
    for (i = 0; i < json_array_size(list) && status == CLI_OK; i++) {
        snprintf(d->where, sizeof(d->where), "recipients[%lu]",
                 (unsigned long) i);
        status = add_recipient(d, json_array_get(list, i));
    }
    return status;
}

/* A number of the repetition; without from it begins with 0. */
static int take_repeat(cli_document *d, const json_t *object, const char *name,
                       json_int_t *number)
{
    const json_t *value = json_object_get(object, name);

    d->key = name;
    *number = json_integer_value(value);
    if ((value == NULL && strcmp(name, "from") == 0) ||
        (json_is_integer(value) && *number >= 0 && *number <= MOST))
        return CLI_OK;
    return cli_json_complain(d, "a whole number, 999,999,999 at most");
}

/* One recipient count times, with its number, counted from from, in every
   string. */
static int repeat_recipient(cli_document *d, const json_t *object)
{
    json_int_t count, first;
    int status;

    if (object == NULL)
        return CLI_OK;
    strcpy(d->where, "recipients_repeat");
    status = take_repeat(d, object, "count", &count);
    if (status == CLI_OK)
        status = take_repeat(d, object, "from", &first);
    if (status != CLI_OK)
        return status;
    for (d->repeat = (long) first;
         d->repeat < (long) (first + count) && status == CLI_OK; d->repeat++)
        status = add_recipient(d, object);
    d->repeat = -1;
    return status;
}

/* The notation's placeholder names, and ours. */
static const struct {
    const char *theirs, *ours;
} placeholders[] = {
    {"{remote}", "{remote_server}"},
    {"{response}", "{reply}"},
    {"{server}", "{generating_server}"},
};

/* Append a template's text with the notation's names as ours, in one pass; "{{"
   is a brace in both. to has room for three times the text. */
static size_t map_placeholders(const char *from, size_t length, char *to)
{
    size_t at = 0, used = 0, i;

    while (at < length) {
        size_t taken = 1;

        to[used++] = from[at];
        if (from[at] == '{' && at + 1 < length && from[at + 1] == '{')
            to[used++] = from[at + taken++];
        for (i = 0; i < 3 && taken == 1; i++) {
            size_t name = strlen(placeholders[i].theirs);

            if (length - at < name ||
                memcmp(from + at, placeholders[i].theirs, name) != 0)
                continue;
            memcpy(to + used - 1, placeholders[i].ours,
                   strlen(placeholders[i].ours));
            used += strlen(placeholders[i].ours) - 1;
            taken = name;
        }
        at += taken;
    }
    return used;
}

static int add_entry(cli_document *d, const char *match, const cli_text *text)
{
    const size_t room = strlen(match) + sizeof("Status: \n\n");
    char *entry = malloc(room + 3 * text->length);
    size_t used;
    int status;

    if (entry == NULL)
        return cli_fail(CLI_SYSTEM, "out of memory");
    snprintf(entry, room, "Status: %s\n\n", match);
    used = room - 1;
    used += map_placeholders(text->at, text->length, entry + used);
    status = cli_job_add_template(d->job, d->where, entry, used);
    free(entry);
    return status;
}

/* match is one line: more would be header fields of the entry. */
static int add_template(cli_document *d, const json_t *object)
{
    static const char *const names[] = {"match", "text", NULL};
    const char *match = json_string_value(json_object_get(object, "match"));
    cli_text text;
    int status;

    d->object = object;
    d->key = "";
    status = cli_json_check_names(d, object, names);
    if (status != CLI_OK)
        return status;
    d->key = "match";
    if (match == NULL || strpbrk(match, "\r\n") != NULL)
        return cli_json_complain(d, "a status code, or a pattern");
    d->key = "text";
    status = cli_json_take_text(d, json_object_get(object, "text"), &text);
    if (status == CLI_OK)
        status = add_entry(d, match, &text);
    cli_text_free(&text);
    return status;
}

static int add_templates(cli_document *d, const json_t *list)
{
    size_t i;
    int status = CLI_OK;

    if (list != NULL && !json_is_array(list))
        return cli_fail(CLI_DATA, "%s: templates: expected a list", d->file);
    for (i = 0; i < json_array_size(list) && status == CLI_OK; i++) {
        snprintf(d->where, sizeof(d->where), "templates[%lu]",
                 (unsigned long) i);
        status = add_template(d, json_array_get(list, i));
    }
    return status;
}

/* A path relative to the document's folder; "-" is standard input. */
static int take_original(cli_document *d, const json_t *value)
{
    const char *name = json_string_value(value);
    const char *slash = strrchr(d->file, '/');
    size_t folder = slash == NULL ? 0 : (size_t) (slash + 1 - d->file);
    char *path;
    int status;

    if (value == NULL)
        return CLI_OK;
    if (name == NULL)
        return cli_fail(CLI_DATA, "%s: original: expected a path", d->file);
    if (strcmp(name, "-") == 0 && strcmp(d->file, "-") == 0)
        return cli_fail(CLI_USAGE,
                        "standard input cannot be JSON and original both");
    if (name[0] == '/' || strcmp(name, "-") == 0)
        folder = 0;
    path = malloc(folder + strlen(name) + 1);
    if (path == NULL)
        return cli_fail(CLI_SYSTEM, "out of memory");
    memcpy(path, d->file, folder);
    memcpy(path + folder, name, strlen(name) + 1);
    status = cli_read_file(path, &d->job->original);
    free(path);
    if (status == CLI_OK)
        ndr_report_borrow_original(d->job->report, d->job->original.at,
                                   d->job->original.length);
    return status;
}

static int check_top(const cli_document *d, const json_t *root)
{
    static const char *const names[] = {
        "report", "recipients", "recipients_repeat", "templates", "original"};
    const char *name;
    json_t *value;
    size_t i;

    if (!json_is_object(json_object_get(root, "report")))
        return cli_fail(CLI_DATA, "%s: no object \"report\"", d->file);
    json_object_foreach((json_t *) (uintptr_t) root, name, value)
    {
        for (i = 0; i < 5 && strcmp(name, names[i]) != 0; i++)
            continue;
        if (i == 5)
            return cli_fail(CLI_DATA, "%s: %s: unknown key", d->file, name);
    }
    return CLI_OK;
}

/* The profile first, then the report, which borrows it. */
static int build(cli_document *d, const json_t *root)
{
    int status = check_top(d, root);

    d->object = json_object_get(root, "report");
    strcpy(d->where, "report");
    if (status == CLI_OK)
        status = check_keys(d, of_report);
    if (status == CLI_OK)
        status = set_keys(d, cli_profile_keys);
    if (status == CLI_OK)
        status = add_templates(d, json_object_get(root, "templates"));
    if (status == CLI_OK)
        status = cli_job_begin_report(d->job);
    d->object = json_object_get(root, "report");
    strcpy(d->where, "report");
    if (status == CLI_OK)
        status = set_keys(d, cli_report_keys);
    if (status == CLI_OK)
        status = add_recipients(d, json_object_get(root, "recipients"));
    if (status == CLI_OK)
        status =
            repeat_recipient(d, json_object_get(root, "recipients_repeat"));
    if (status == CLI_OK)
        status = take_original(d, json_object_get(root, "original"));
    return status == CLI_OK ? cli_job_write(d->job) : status;
}

/* jansson may go on without the octets that it had no memory for, and gives its
   functions no place for facts of ours. */
static int has_run_out;

static void *take_memory(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL)
        has_run_out = 1;
    return memory;
}

/* The document, or NULL and a status that was told. */
static json_t *load(const char *file, int *status)
{
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
    json_error_t error;
    cli_text text;
    json_t *root;

    *status = cli_read_file(file, &text);
    if (*status != CLI_OK)
        return NULL;
    json_set_alloc_funcs(take_memory, free);
    root = json_loadb(text.at, text.length, flags, &error);
    cli_text_free(&text);
    if (has_run_out) {
        json_decref(root);
        root = NULL;
        *status = cli_fail(CLI_SYSTEM, "%s: out of memory", file);
    } else if (root == NULL) {
        *status = cli_fail(CLI_DATA, "%s:%d: %s", file, error.line, error.text);
    }
    return root;
}

int cli_build_json(const char *file, const char *envelope)
{
    cli_job job;
    cli_document d = {&job, file, "", "", NULL, -1};
    int status;
    json_t *root = load(file, &status);

    if (root == NULL)
        return status;
    status = cli_job_begin(&job);
    job.envelope = envelope;
    if (status == CLI_OK)
        status = build(&d, root);
    cli_job_end(&job);
    json_decref(root);
    return status;
}

static void help_keys(const char *object, const cli_key *const *tables,
                      FILE *to)
{
    const cli_key *each;

    fprintf(to, "\n%s\n", object);
    for (; *tables != NULL; tables++)
        for (each = *tables; each->name != NULL; each++)
            fprintf(to, "  %-20s %s\n", each->name, each->note);
}

void cli_json_help(FILE *to)
{
    fputs(
        "usage: ndr build --json FILE [--envelope FILE] > REPORT\n\n"
        "One object; ndr build --help tells what the options mean.\n\n"
        "  report               an object, needed\n"
        "  recipients           a list of objects\n"
        "  recipients_repeat    such an object with count and from: so many,\n"
        "                       numbered, %04d in its strings the number\n"
        "  templates            [{\"match\": code, \"text\"}]\n"
        "  original             path from FILE's folder; - is standard "
        "input\n\n"
        "A text is a string, or {\"b64\": octets in base64}.\n",
        to);
    help_keys("report", of_report, to);
    help_keys("each of recipients", of_recipient, to);
}
