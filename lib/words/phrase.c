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

void ndri_phrase_duration(const ndri_words *words, int64_t seconds,
                          ndri_buf *out)
{
    static const struct {
        int64_t seconds;
        int label;
    } units[] = {{86400, NDRI_LABEL_DAYS},
                 {3600, NDRI_LABEL_HOURS},
                 {60, NDRI_LABEL_MINUTES}};
    size_t i, shown = 0;

    for (i = 0; i < 3 && shown < 2; i++) {
        int64_t count = seconds / units[i].seconds;

        seconds %= units[i].seconds;
        if (count <= 0 && shown > 0)
            return; /* "1 day", never "1 day and 5 minutes" */
        if (count <= 0)
            continue;
        if (shown > 0) {
            ndri_buf_add_byte(out, ' ');
            ndri_buf_add(out,
                         ndri_words_label(words, NDRI_LABEL_DURATION_JOIN));
            ndri_buf_add_byte(out, ' ');
        }
        ndri_buf_add_number(out, (uint64_t) count);
        ndri_buf_add_byte(out, ' ');
        ndri_buf_add(out, item_of(words, units[i].label, count == 1 ? 0 : 1));
        shown++;
    }
}

void ndri_phrase_size(uint64_t octets, ndri_buf *out)
{
    static const char *const units[] = {" KB", " MB", " GB"};
    uint64_t size = octets / 1024 + (octets % 1024 != 0);
    size_t unit = 0;

    while (size > 9999 && unit < 2) {
        size = size / 1024 + (size % 1024 != 0);
        unit++;
    }
    ndri_buf_add_number(out, size);
    ndri_buf_add_text(out, units[unit]);
}
