/* SPDX-License-Identifier: ISC */
/* Values of a JSON document, each with the words that say what was expected. */
#include "json.h"

#include <stdlib.h>
#include <string.h>

int cli_json_complain(const cli_document *d, const char *expected)
{
    return cli_fail(CLI_DATA, "%s: %s.%s: expected %s", d->file, d->where,
                    d->key, expected);
}

static int out_of_memory(void)
{
    return cli_fail(CLI_SYSTEM, "out of memory");
}

static int base64_digit(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    return found == NULL ? -1 : (int) (found - digits);
}

/* Decode base64 into text, which has room. 0 if it is none. */
static int decode_base64(const char *from, cli_text *text)
{
    unsigned long group = 0;
    int bits = 0;

    for (; *from != '\0' && *from != '='; from++) {
        int digit = base64_digit(*from);

        if (digit < 0)
            return 0;
        group = (group << 6 | (unsigned long) digit) & 0xFFFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            text->at[text->length++] = (char) (group >> bits & 255);
        }
    }
    return 1;
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
        text->length +=
            (size_t) sprintf(text->at + text->length, "%04ld", d->repeat);
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
    text->at = malloc(4 * length + 32); /* numbers may be longer than %04d */
    if (text->at == NULL)
        return out_of_memory();
    if (encoded == NULL)
        copy_repeated(d, json_string_value(source), length, text);
    else if (!decode_base64(json_string_value(source), text)) {
        cli_text_free(text);
        return cli_json_complain(d, "base64 in \"b64\"");
    }
    return CLI_OK;
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
    return *to != NULL ? CLI_OK : cli_json_complain(d, "a string");
}
