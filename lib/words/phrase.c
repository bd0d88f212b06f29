/* SPDX-License-Identifier: ISC */
/*
 * Dates and durations as people say them, from labels of the language. The
 * names of days and months are the catalog's, never the locale's.
 */
#include "words/phrase.h"

/* Item number place, from 0, of a label whose items are parted by "|". */
static ndri_span item_of(const ndri_words *words, int label, size_t place)
{
    ndri_span rest = ndri_words_label(words, label);
    size_t bar = ndri_span_find_byte(rest, 0, '|');

    while (place-- > 0) {
        rest = ndri_span_slice(rest, bar + 1, rest.length);
        bar = ndri_span_find_byte(rest, 0, '|');
    }
    return ndri_span_slice(rest, 0, bar);
}

static void add_zone(ndri_date date, ndri_buf *out)
{
    ndri_buf_add_text(out, "UTC");
    if (date.offset != NDR_OFFSET_UNKNOWN)
        ndri_date_write_offset(date.offset, ":", out);
}

static void add_date_part(const ndri_words *words, char part, ndri_date date,
                          ndri_buf *out)
{
    ndri_civil civil = ndri_date_civil(date);

    switch (part) {
    case 'w':
        ndri_buf_add(out, item_of(words, NDRI_LABEL_WEEKDAYS, civil.weekday));
        break;
    case 'd':
        ndri_buf_add_number(out, civil.day);
        break;
    case 'm':
        ndri_buf_add(out, item_of(words, NDRI_LABEL_MONTHS, civil.month));
        break;
    case 'y':
        ndri_buf_add_number(out, (uint64_t) civil.year);
        break;
    case 't':
        ndri_buf_add_padded(out, civil.hour, 2);
        ndri_buf_add_byte(out, ':');
        ndri_buf_add_padded(out, civil.minute, 2);
        break;
    case 'z':
        add_zone(date, out);
        break;
    default:
        break;
    }
}

void ndri_phrase_date(const ndri_words *words, ndri_date date, ndri_buf *out)
{
    ndri_span pattern = ndri_words_label(words, NDRI_LABEL_DATE);
    size_t at;

    for (at = 0; at < pattern.length; at++) {
        if (pattern.at[at] == '@' && at + 1 < pattern.length)
            add_date_part(words, pattern.at[++at], date, out);
        else
            ndri_buf_add_byte(out, pattern.at[at]);
    }
}

/* ---- numbers ---- */

typedef struct plural {
    const char *name;
    size_t (*form)(int64_t number); /* which one, from 0 */
} plural;

static size_t form_none(int64_t number)
{
    (void) number;
    return 0;
}

static size_t form_one_other(int64_t number)
{
    return number == 1 ? 0 : 1;
}

static size_t form_zero_one_other(int64_t number)
{
    return number <= 1 ? 0 : 1;
}

/* 2 to 4, 22 to 24, but not 12 to 14. */
static int is_few(int64_t number)
{
    return number % 10 >= 2 && number % 10 <= 4 &&
           (number % 100 < 12 || number % 100 > 14);
}

static size_t form_slavic(int64_t number)
{
    if (number % 10 == 1 && number % 100 != 11)
        return 0;
    return is_few(number) ? 1 : 2;
}

static size_t form_polish(int64_t number)
{
    if (number == 1)
        return 0;
    return is_few(number) ? 1 : 2;
}

static size_t form_arabic(int64_t number)
{
    if (number <= 2)
        return (size_t) number;
    if (number % 100 >= 3 && number % 100 <= 10)
        return 3;
    return number % 100 >= 11 ? 4 : 5;
}

static size_t form_hebrew(int64_t number)
{
    return number == 1 ? 0 : number == 2 ? 1 : 2;
}

/* The cardinal rules of CLDR, for whole numbers. */
static const plural plurals[] = {
    {"none", form_none},
    {"one-other", form_one_other},
    {"zero-one-other", form_zero_one_other},
    {"slavic", form_slavic},
    {"polish", form_polish},
    {"arabic", form_arabic},
    {"hebrew", form_hebrew},
};

static size_t form_of(const ndri_words *words, int64_t number)
{
    ndri_span name = ndri_words_label(words, NDRI_LABEL_PLURAL);
    size_t i;

    for (i = 0; i < sizeof(plurals) / sizeof(plurals[0]); i++)
        if (ndri_span_equal(name, ndri_span_of(plurals[i].name)))
            return plurals[i].form(number);
    return 0;
}

/* A form with the number for its "@n". */
static void add_counted(ndri_span form, uint64_t number, ndri_buf *out)
{
    size_t at = ndri_span_find(form, 0, NDRI_SPAN("@n"));

    ndri_buf_add(out, ndri_span_slice(form, 0, at));
    if (at == form.length)
        return;
    ndri_buf_add_number(out, number);
    ndri_buf_add(out, ndri_span_slice(form, at + 2, form.length));
}

typedef struct amount {
    int label;
    int64_t count;
} amount;

/* The two largest units that are not 0, and next to each other. */
static size_t take_amounts(int64_t seconds, amount amounts[2])
{
    static const struct {
        int64_t seconds;
        int label;
    } units[] = {{86400, NDRI_LABEL_DAYS},
                 {3600, NDRI_LABEL_HOURS},
                 {60, NDRI_LABEL_MINUTES}};
    size_t i, taken = 0;

    for (i = 0; i < 3 && taken < 2; i++) {
        int64_t count = seconds / units[i].seconds;

        seconds %= units[i].seconds;
        if (count <= 0 && taken > 0)
            break; /* "1 day", never "1 day and 5 minutes" */
        if (count <= 0)
            continue;
        amounts[taken].label = units[i].label;
        amounts[taken++].count = count;
    }
    return taken;
}

static void add_amount(const ndri_words *words, amount what, ndri_buf *out)
{
    add_counted(item_of(words, what.label, form_of(words, what.count)),
                (uint64_t) what.count, out);
}

void ndri_phrase_duration(const ndri_words *words, int64_t seconds,
                          ndri_buf *out)
{
    ndri_span pattern = ndri_words_label(words, NDRI_LABEL_DURATION);
    amount amounts[2];
    size_t taken = take_amounts(seconds, amounts), at;

    if (taken == 1)
        add_amount(words, amounts[0], out);
    for (at = 0; taken == 2 && at < pattern.length; at++) {
        if (pattern.at[at] == '@' && at + 1 < pattern.length)
            add_amount(words, amounts[pattern.at[++at] == '1' ? 0 : 1], out);
        else
            ndri_buf_add_byte(out, pattern.at[at]);
    }
}

void ndri_phrase_size(const ndri_words *words, uint64_t octets, ndri_buf *out)
{
    uint64_t size = octets / 1024 + (octets % 1024 != 0);
    size_t unit = 0;

    while (size > 9999 && unit < 2) {
        size = size / 1024 + (size % 1024 != 0);
        unit++;
    }
    add_counted(item_of(words, NDRI_LABEL_SIZE, unit), size, out);
}
