/* SPDX-License-Identifier: ISC */
/* Values of a JSON document, each with the words that say what was expected. */
#include "json.h"

#include <stdlib.h>
#include <string.h>

/* Octets of the number of a repetition, with its NUL; json.c bounds it. */
#define NUMBER 11

int cli_json_complain(const cli_document *d, const char *expected)
{
    return cli_fail(CLI_DATA, "%s: %s%s%s: expected %s", d->file, d->where,
                    d->key[0] != '\0' ? "." : "", d->key, expected);
}

static int out_of_memory(void)
{
    return cli_fail(CLI_SYSTEM, "out of memory");
}

int cli_json_check_names(const cli_document *d, const json_t *object,
                         const char *const *names)
{
    const char *name;
    json_t *value;
    size_t i;

    if (!json_is_object(object))
        return cli_json_complain(d, "an object");
    json_object_foreach((json_t *) (uintptr_t) object, name, value)
    {
        for (i = 0; names[i] != NULL && strcmp(name, names[i]) != 0; i++)
            continue;
        if (names[i] == NULL)
            return cli_fail(CLI_DATA, "%s: %s%s%s: unknown key \"%s\"", d->file,
                            d->where, d->key[0] != '\0' ? "." : "", d->key,
                            name);
    }
    return CLI_OK;
}

/* Copy a string, "%04d" in it as the number of the repetition. */
static void copy_repeated(const cli_document *d, const char *from,
                          size_t length, cli_text *text)
{
    const char *mark;

    while (d->repeat >= 0 && (mark = strstr(from, "%04d")) != NULL) {
        size_t before = (size_t) (mark - from);

        memcpy(text->at + text->length, from, before);
        text->length += before;
        snprintf(text->at + text->length, NUMBER, "%04ld", d->repeat);
        text->length += strlen(text->at + text->length);
        from = mark + 4;
        length -= before + 4;
    }
    memcpy(text->at + text->length, from, length);
    text->length += length;
}

int cli_json_take_text(const cli_document *d, const json_t *value,
                       cli_text *text)
{
    const json_t *encoded = json_object_get(value, "b64");
    const json_t *source = encoded != NULL ? encoded : value;
    size_t length = json_string_length(source);

    text->length = 0;
    text->at = NULL;
    if (!json_is_string(source) ||
        (encoded != NULL && json_object_size(value) != 1))
        return cli_json_complain(d, "a string, or {\"b64\": \"...\"}");
    text->at = malloc(length / 4 * NUMBER + NUMBER);
    if (text->at == NULL)
        return out_of_memory();
    if (encoded == NULL)
        copy_repeated(d, json_string_value(source), length, text);
    else if (!cli_decode_base64(json_string_value(source), length, text)) {
        cli_text_free(text);
        return cli_json_complain(d, "base64 in \"b64\"");
    }
    return CLI_OK;
}

int cli_json_take_member(const cli_document *d, const json_t *object,
                         const char *name, cli_text *text)
{
    const json_t *value = json_object_get(object, name);

    text->at = NULL;
    text->length = 0;
    return value == NULL ? CLI_OK : cli_json_take_text(d, value, text);
}

int cli_json_take_number(const cli_document *d, const json_t *value,
                         json_int_t *to)
{
    if (!json_is_integer(value))
        return cli_json_complain(d, "a whole number");
    *to = json_integer_value(value);
    return CLI_OK;
}

int cli_json_take_flag(const cli_document *d, const json_t *value, int *to)
{
    if (!json_is_boolean(value))
        return cli_json_complain(d, "true or false");
    *to = json_is_true(value);
    return CLI_OK;
}

int cli_json_take_name(const cli_document *d, const json_t *value,
                       const char **to)
{
    *to = json_string_value(value);
    return *to != NULL && strlen(*to) == json_string_length(value)
               ? CLI_OK
               : cli_json_complain(d, "a string");
}

int cli_json_take_list(const cli_document *d, const json_t *value, char *list,
                       size_t *length)
{
    size_t i, used = 0;

    if (!json_is_array(value))
        return cli_json_complain(d, "a list of strings");
    for (i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        size_t more = json_string_length(item);

        if (!json_is_string(item) || more + 1 > CLI_LIST - used)
            return cli_json_complain(d, "a list of strings, 4 KB at most");
        memcpy(list + used, json_string_value(item), more);
        used += more;
        list[used++] = ' ';
    }
    *length = used;
    return CLI_OK;
}

static int add_pair(cli_document *d, const char *name, const json_t *value,
                    cli_add_pair add)
{
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK)
        add(d->job, name, &text);
    cli_text_free(&text);
    return status;
}

int cli_json_add_pairs(cli_document *d, const json_t *object, cli_add_pair add)
{
    const char *name;
    json_t *value;
    int status = CLI_OK;
    size_t i;

    if (!json_is_object(object))
        return cli_json_complain(d, "an object of names and values");
    json_object_foreach((json_t *) (uintptr_t) object, name, value)
    {
        if (!json_is_array(value))
            status = add_pair(d, name, value, add);
        for (i = 0; status == CLI_OK && i < json_array_size(value); i++)
            status = add_pair(d, name, json_array_get(value, i), add);
        if (status != CLI_OK)
            return status;
    }
    return CLI_OK;
}

static int set_text(cli_document *d, const cli_key *key, const json_t *value)
{
    cli_text text;
    int status = cli_json_take_text(d, value, &text);

    if (status == CLI_OK && key->profile_text != NULL)
        key->profile_text(d->job->profile, text.at, text.length);
    if (status == CLI_OK && key->report_text != NULL)
        key->report_text(d->job->report, text.at, text.length);
    if (status == CLI_OK && key->recipient_text != NULL)
        key->recipient_text(d->job->recipient, text.at, text.length);
    cli_text_free(&text);
    return status;
}

int cli_json_set(cli_document *d, const cli_key *key, const json_t *value)
{
    int on = 0, status;

    if (key->set != NULL)
        return key->set(d, value);
    if (key->profile_choice == NULL && key->report_choice == NULL)
        return set_text(d, key, value);
    status = cli_json_take_flag(d, value, &on);
    if (status == CLI_OK && key->profile_choice != NULL)
        key->profile_choice(d->job->profile, on ? key->if_true : key->if_false);
    if (status == CLI_OK && key->report_choice != NULL)
        key->report_choice(d->job->report, on ? key->if_true : key->if_false);
    return status;
}
