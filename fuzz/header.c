/* SPDX-License-Identifier: ISC */
/* Blocks of header fields: an independent reading, strict as a writer's test
   has to be. */
#include "header.h"

#include <string.h>

static int is_blank_line(octets line)
{
    return octets_trim(line).length == 0;
}

static const char *begin_field(header_field *field, octets line)
{
    size_t colon = octets_find_byte(line, 0, ':'), i;

    if (colon == 0 || colon == line.length)
        return "a header line is neither field nor continuation";
    for (i = 0; i < colon; i++)
        if (line.at[i] <= ' ' || line.at[i] > '~')
            return "an octet that no field name holds";
    field->name = octets_slice(line, 0, colon);
    field->raw = line;
    field->lines = 1;
    return NULL;
}

static size_t count_lines(octets text)
{
    size_t count = 0;
    octets line;

    while (octets_take_line(&text, &line))
        count++;
    return count;
}

static void unfold(header_field *field, pool *memory)
{
    octets rest =
        octets_slice(field->raw, field->name.length + 1, field->raw.length);
    octets line;
    store value = {NULL, 0, 0};

    while (octets_take_line(&rest, &line))
        store_add(&value, line);
    field->value = pool_copy(memory, store_octets(&value));
    store_free(&value);
}

const char *header_read(header_block *block, octets text, pool *memory,
                        octets *where)
{
    size_t room = count_lines(text), i;
    const char *broken = NULL;

    block->fields = pool_take(memory, (room + 1) * sizeof(header_field));
    block->count = 0;
    while (broken == NULL && octets_take_line(&text, where)) {
        header_field *last = &block->fields[block->count];

        if (is_blank_line(*where))
            return "a line of blanks within a header";
        if (where->at[0] != ' ' && where->at[0] != '\t') {
            broken = begin_field(last, *where);
            block->count++;
        } else if (block->count == 0) {
            return "a header begins with a continuation";
        } else {
            last[-1].raw.length =
                (size_t) (where->at + where->length - last[-1].raw.at);
            last[-1].lines++;
        }
    }
    for (i = 0; i < block->count && broken == NULL; i++)
        unfold(&block->fields[i], memory);
    return broken;
}

octets header_value(const header_block *block, const char *name)
{
    size_t i;

    for (i = 0; i < block->count; i++)
        if (octets_equal_nocase(block->fields[i].name, octets_of(name)))
            return octets_trim(block->fields[i].value);
    return octets_from(NULL, 0);
}

size_t header_count(const header_block *block, const char *name)
{
    size_t i, count = 0;

    for (i = 0; i < block->count; i++)
        count += (size_t) octets_equal_nocase(block->fields[i].name,
                                              octets_of(name));
    return count;
}

octets header_parameter(octets value, const char *name)
{
    size_t at = octets_find_byte(value, 0, ';');

    while (at < value.length) {
        size_t end = octets_find_byte(value, at + 1, ';');
        octets item = octets_trim(octets_slice(value, at + 1, end));
        size_t equals = octets_find_byte(item, 0, '=');

        if (octets_equal_nocase(octets_slice(item, 0, equals),
                                octets_of(name))) {
            item = octets_slice(item, equals + 1, item.length);
            if (item.length > 1 && item.at[0] == '"' &&
                item.at[item.length - 1] == '"')
                item = octets_slice(item, 1, item.length - 1);
            return item;
        }
        at = end;
    }
    return octets_from(NULL, 0);
}

/* ---- encoded-words ---- */

static int decode_q(octets text, store *out)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        int high, low;

        if (text.at[i] == '_')
            return 0; /* ours write =20 */
        if (text.at[i] != '=') {
            store_byte(out, text.at[i]);
            continue;
        }
        if (text.length - i < 3)
            return 0;
        high = octets_digit(text.at[i + 1]);
        low = octets_digit(text.at[i + 2]);
        if (high < 0 || low < 0)
            return 0;
        store_byte(out, high * 16 + low);
        i += 2;
    }
    return 1;
}

/* "=?utf-8?Q?...?=" as a whole word: decode it. 0 if it is none of ours. */
static int take_word(octets word, store *out)
{
    size_t frame = strlen("=?utf-8?Q?");
    octets text;

    if (word.length < frame + 2 || !octets_begin(word, "=?utf-8?") ||
        word.at[9] != '?' || word.at[word.length - 2] != '?' ||
        word.at[word.length - 1] != '=')
        return 0;
    text = octets_slice(word, frame, word.length - 2);
    if (octets_find_byte(text, 0, '?') < text.length)
        return 0;
    if (word.at[8] == 'Q')
        return decode_q(text, out);
    return word.at[8] == 'B' && decode_base64(text, out);
}

static const char *check_lines(octets raw)
{
    octets line;

    while (octets_take_line(&raw, &line))
        if (octets_has(line, "=?utf-8?") && line.length > 76)
            return "a line with an encoded-word is over 76 octets";
    return NULL;
}

static size_t word_end(octets text, size_t at)
{
    while (at < text.length && text.at[at] != ' ' && text.at[at] != '\t')
        at++;
    return at;
}

const char *header_decode(const header_field *field, store *out)
{
    octets value = octets_trim(field->value);
    store decoded = {NULL, 0, 0};
    const char *broken = check_lines(field->raw);
    size_t at = 0, blanks = 0;
    int after = 0;

    while (at < value.length && broken == NULL) {
        size_t end = word_end(value, at);
        octets word = octets_slice(value, at, end);
        int is_word;

        store_clear(&decoded);
        is_word = take_word(word, &decoded);
        if (is_word && word.length > 75)
            broken = "an encoded-word is over 75 octets";
        else if (is_word && !octets_is_utf8(store_octets(&decoded)))
            broken = "an encoded-word cuts a character";
        if (!(after && is_word))
            store_add(out, octets_slice(value, at - blanks, at));
        store_add(out, is_word ? store_octets(&decoded) : word);
        after = is_word;
        for (at = end; at < value.length && word_end(value, at) == at; at++)
            ;
        blanks = at - end;
    }
    store_free(&decoded);
    return broken;
}

/* ---- dates ---- */

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char weekdays[] = "ThuFriSatSunMonTueWed"; /* from day 0 */

static int take_number(octets *rest, size_t least, size_t most, int64_t *number)
{
    size_t at = 0;

    *number = 0;
    while (at < most && at < rest->length && rest->at[at] >= '0' &&
           rest->at[at] <= '9')
        *number = *number * 10 + (rest->at[at++] - '0');
    *rest = octets_slice(*rest, at, rest->length);
    return at >= least;
}

static int take_char(octets *rest, char c)
{
    int found = rest->length > 0 && rest->at[0] == c;

    *rest = octets_slice(*rest, 1, rest->length);
    return found;
}

/* Take one of the three-letter names; its place, or -1. */
static int64_t take_name(octets *rest, const char *names)
{
    octets name = octets_slice(*rest, 0, 3);
    size_t at = octets_find(octets_of(names), 0, name);

    *rest = octets_slice(*rest, 3, rest->length);
    return name.length < 3 || names[at] == '\0' || at % 3 != 0
               ? -1
               : (int64_t) (at / 3);
}

/* Days since 1970-01-01 of a day in the proleptic Gregorian calendar. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    static const int before[] = {0,   31,  59,  90,  120, 151,
                                 181, 212, 243, 273, 304, 334};
    int64_t past = year - 1;
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return past * 365 + past / 4 - past / 100 + past / 400 + before[month] +
           (leap && month > 1) + day - 1 - 719162;
}

static int take_zone(octets *rest, int32_t *offset)
{
    int64_t number;
    int negative = rest->length > 0 && rest->at[0] == '-';

    *rest = octets_slice(*rest, negative || octets_begin(*rest, "+") ? 1 : 99,
                         rest->length);
    if (!take_number(rest, 4, 4, &number) || rest->length > 0)
        return 0;
    *offset = (int32_t) (number / 100 * 60 + number % 100);
    if (negative)
        *offset = number == 0 ? INT32_MIN : -*offset;
    return number % 100 < 60;
}

/* "Tue, 24 Nov 2026 "; days since 1970. */
static int take_day(octets *rest, int64_t *days)
{
    int64_t weekday = take_name(rest, weekdays), day, month, year;

    if (weekday < 0 || !take_char(rest, ',') || !take_char(rest, ' ') ||
        !take_number(rest, 1, 2, &day) || !take_char(rest, ' '))
        return 0;
    month = take_name(rest, months);
    if (month < 0 || !take_char(rest, ' ') || !take_number(rest, 4, 4, &year) ||
        !take_char(rest, ' '))
        return 0;
    *days = day_number(year, month, day);
    return day >= 1 && day <= 31 && ((*days % 7) + 7) % 7 == weekday;
}

int header_date(octets value, int64_t *seconds, int32_t *offset)
{
    int64_t days, hour, minute, second;

    if (!take_day(&value, &days) || !take_number(&value, 2, 2, &hour) ||
        !take_char(&value, ':') || !take_number(&value, 2, 2, &minute) ||
        !take_char(&value, ':') || !take_number(&value, 2, 2, &second) ||
        !take_char(&value, ' ') || !take_zone(&value, offset))
        return 0;
    *seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    if (*offset != INT32_MIN)
        *seconds -= *offset * 60;
    return hour < 24 && minute < 60 && second < 61;
}
