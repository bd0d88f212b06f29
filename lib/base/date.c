/* SPDX-License-Identifier: ISC */
/*
 * Dates of mail headers: RFC 5322 3.3 out, 3.3 and the common parts of 4.3 in.
 * English names whatever the locale; the proleptic Gregorian calendar.
 */
#include "base/date.h"

#include <string.h>

#define DAY ((int64_t) 86400)
#define UNIX_YEAR_1900 (-25567 * DAY)   /* 1900-01-01T00:00Z */
#define UNIX_YEAR_10000 (2932897 * DAY) /* 10000-01-01T00:00Z */

static const char weekdays[] = "MonTueWedThuFriSatSun";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

int ndri_date_is_valid(ndri_date date)
{
    int64_t shown = date.seconds;

    if (date.offset != NDR_OFFSET_UNKNOWN) {
        if (date.offset < -1439 || date.offset > 1439)
            return 0;
        if (shown < UNIX_YEAR_1900 - 2 * DAY ||
            shown > UNIX_YEAR_10000 + 2 * DAY)
            return 0;
        shown += (int64_t) date.offset * 60;
    }
    return shown >= UNIX_YEAR_1900 && shown < UNIX_YEAR_10000;
}

/* Days since 1970-01-01 to year, month, day: eras of 400 years that begin in
   March, so that the leap day is a year's last. */
static void civil_from_days(int64_t days, ndri_civil *civil)
{
    int64_t shifted = days + 719468;
    int64_t era = shifted / 146097;
    int64_t day = shifted - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t in_year = day - (365 * year + year / 4 - year / 100);
    int64_t march_month = (5 * in_year + 2) / 153;

    civil->day = (unsigned) (in_year - (153 * march_month + 2) / 5 + 1);
    civil->month = (unsigned) ((march_month + 2) % 12);
    civil->year = (int) (year + era * 400 + (civil->month < 2));
}

static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    int64_t era, in_era, in_year;

    year -= month < 2;
    era = year / 400;
    in_era = year - era * 400;
    in_year = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year -
           719468;
}

ndri_civil ndri_date_civil(ndri_date date)
{
    ndri_civil civil;
    int64_t shown, days, rest;

    civil.offset = date.offset == NDR_OFFSET_UNKNOWN ? 0 : date.offset;
    shown = date.seconds + (int64_t) civil.offset * 60;
    days = shown >= 0 ? shown / DAY : -((DAY - 1 - shown) / DAY);
    rest = shown - days * DAY;
    civil_from_days(days, &civil);
    civil.weekday = (unsigned) ((days % 7 + 7 + 3) % 7);
    civil.hour = (unsigned) (rest / 3600);
    civil.minute = (unsigned) (rest / 60 % 60);
    civil.second = (unsigned) (rest % 60);
    return civil;
}

void ndri_date_write_offset(int minutes, const char *colon, ndri_buf *out)
{
    unsigned size = (unsigned) (minutes < 0 ? -minutes : minutes);

    ndri_buf_add_byte(out, minutes < 0 ? '-' : '+');
    ndri_buf_add_padded(out, size / 60, 2);
    ndri_buf_add_text(out, colon);
    ndri_buf_add_padded(out, size % 60, 2);
}

void ndri_date_write(ndri_date date, ndri_buf *out)
{
    ndri_civil civil = ndri_date_civil(date);

    ndri_buf_add(out, ndri_span_from(weekdays + 3 * civil.weekday, 3));
    ndri_buf_add_text(out, ", ");
    ndri_buf_add_number(out, civil.day);
    ndri_buf_add_byte(out, ' ');
    ndri_buf_add(out, ndri_span_from(months + 3 * civil.month, 3));
    ndri_buf_add_byte(out, ' ');
    ndri_buf_add_padded(out, (uint64_t) civil.year, 4);
    ndri_buf_add_byte(out, ' ');
    ndri_buf_add_padded(out, civil.hour, 2);
    ndri_buf_add_byte(out, ':');
    ndri_buf_add_padded(out, civil.minute, 2);
    ndri_buf_add_byte(out, ':');
    ndri_buf_add_padded(out, civil.second, 2);
    ndri_buf_add_byte(out, ' ');
    if (date.offset == NDR_OFFSET_UNKNOWN)
        ndri_buf_add_text(out, "-0000");
    else
        ndri_date_write_offset(civil.offset, "", out);
}

/* A reader that walks over a date from left to right. */
typedef struct cursor {
    ndri_span text;
    size_t at;
} cursor;

static void skip_blanks(cursor *c)
{
    while (c->at < c->text.length &&
           (ndri_is_blank(c->text.at[c->at]) || c->text.at[c->at] == '\r' ||
            c->text.at[c->at] == '\n'))
        c->at++;
}

static int take_byte(cursor *c, char byte)
{
    if (c->at >= c->text.length || c->text.at[c->at] != byte)
        return 0;
    c->at++;
    return 1;
}

/* From least to most digits; -1 if there are others. */
static int64_t take_digits(cursor *c, unsigned least, unsigned most)
{
    int64_t value = 0;
    unsigned count = 0;

    while (c->at < c->text.length && ndri_is_digit(c->text.at[c->at])) {
        if (++count > most)
            return -1;
        value = value * 10 + (c->text.at[c->at++] - '0');
    }
    return count < least ? -1 : value;
}

/* One of a row of three-letter names; its place, or -1. */
static int take_name(cursor *c, const char *names)
{
    ndri_span word = ndri_span_slice(c->text, c->at, c->at + 3);
    int i;

    for (i = 0; word.length == 3 && names[3 * i] != '\0'; i++)
        if (ndri_span_equal_nocase(word, ndri_span_from(names + 3 * i, 3))) {
            c->at += 3;
            return i;
        }
    return -1;
}

/* The obsolete names that RFC 5322 4.3 gives a meaning; others are -0000. */
static int32_t named_zone(ndri_span name)
{
    static const struct {
        char name[4];
        int hours;
    } zones[] = {{"UT", 0},   {"GMT", 0},  {"Z", 0},    {"EST", -5},
                 {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7},
                 {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    size_t i;

    for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
        if (ndri_span_equal_nocase(name, ndri_span_of(zones[i].name)))
            return zones[i].hours * 60;
    return NDR_OFFSET_UNKNOWN;
}

static int take_zone(cursor *c, int32_t *offset)
{
    size_t from = c->at;
    int negative = take_byte(c, '-');
    int64_t digits;

    if (!negative && !take_byte(c, '+')) {
        while (c->at < c->text.length && ndri_is_alpha(c->text.at[c->at]))
            c->at++;
        *offset = named_zone(ndri_span_slice(c->text, from, c->at));
        return c->at > from;
    }
    digits = take_digits(c, 4, 4);
    if (digits < 0 || digits % 100 > 59)
        return 0;
    *offset = (int32_t) (digits / 100 * 60 + digits % 100);
    if (negative)
        *offset = *offset == 0 ? NDR_OFFSET_UNKNOWN : -*offset;
    return 1;
}

/* RFC 5322 4.3: years of two and three digits. */
static int64_t full_year(int64_t year, size_t digits)
{
    if (digits == 2)
        return year < 50 ? year + 2000 : year + 1900;
    return digits == 3 ? year + 1900 : year;
}

/* hour ":" minute [":" second], as seconds of the day; -1 if it is none. */
static int64_t take_time(cursor *c)
{
    int64_t hour = take_digits(c, 1, 2), minute, second = 0;

    if (!take_byte(c, ':'))
        return -1;
    minute = take_digits(c, 2, 2);
    if (take_byte(c, ':'))
        second = take_digits(c, 2, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return -1;
    return hour * 3600 + minute * 60 + second;
}

static int64_t days_in(int64_t year, int64_t month)
{
    return days_from_civil(month == 11 ? year + 1 : year, (month + 1) % 12, 1) -
           days_from_civil(year, month, 1);
}

int ndri_date_parse(ndri_span text, ndri_date *date)
{
    cursor c;
    int64_t day, month, year, seconds;
    size_t from;

    c.text = text;
    c.at = 0;
    skip_blanks(&c);
    if (take_name(&c, weekdays) >= 0) {
        take_byte(&c, ',');
        skip_blanks(&c);
    }
    day = take_digits(&c, 1, 2);
    skip_blanks(&c);
    month = take_name(&c, months);
    skip_blanks(&c);
    from = c.at;
    year = take_digits(&c, 2, 4);
    if (day < 1 || month < 0 || year < 0)
        return 0;
    year = full_year(year, c.at - from);
    skip_blanks(&c);
    seconds = take_time(&c);
    skip_blanks(&c);
    if (seconds < 0 || day > days_in(year, month) ||
        !take_zone(&c, &date->offset))
        return 0;
    date->seconds = days_from_civil(year, month, day) * DAY + seconds;
    if (date->offset != NDR_OFFSET_UNKNOWN)
        date->seconds -= (int64_t) date->offset * 60;
    return ndri_date_is_valid(*date);
}
