/* SPDX-License-Identifier: ISC */
/*
 * Enhanced status codes (RFC 3463, RFC 2034): reading, writing, and looking
 * their names up in the registry (RFC 5248). A code that the registry does not
 * know is a code all the same: nothing here refuses or changes one.
 */
#include "mail/status.h"

#include <libndr/ndr.h>

#define PART_MOST 999 /* RFC 3463 2: subject and detail have 1 to 3 digits */

/* A number from 0 to 999 without leading zeros at the place *at, which moves
   past it. */
static int take_number(ndri_span text, size_t *at, uint16_t *number)
{
    size_t from = *at;
    unsigned value = 0;

    while (*at < text.length && ndri_is_digit(text.at[*at]) && *at - from < 3) {
        value = value * 10 + (unsigned) (text.at[*at] - '0');
        (*at)++;
    }
    if (*at == from || (*at - from > 1 && text.at[from] == '0'))
        return 0;
    *number = (uint16_t) value;
    return 1;
}

static int take_dot(ndri_span text, size_t *at)
{
    if (*at >= text.length || text.at[*at] != '.')
        return 0;
    (*at)++;
    return 1;
}

/* ".1.1" at the place *at. */
static int take_details(ndri_span text, size_t *at, ndri_status *status)
{
    return take_dot(text, at) && take_number(text, at, &status->subject) &&
           take_dot(text, at) && take_number(text, at, &status->detail);
}

size_t ndri_status_scan(ndri_span text, ndri_status *status)
{
    ndri_status found = {0, 0, 0};
    size_t at = 1;

    if (text.length == 0 ||
        (text.at[0] != '2' && text.at[0] != '4' && text.at[0] != '5'))
        return 0;
    found.digit = (uint8_t) (text.at[0] - '0');
    if (!take_details(text, &at, &found))
        return 0;
    if (at < text.length && !ndri_is_blank(text.at[at]))
        return 0;
    *status = found;
    return at;
}

int ndri_status_parse(ndri_span text, ndri_status *status)
{
    ndri_status found;
    size_t length = ndri_status_scan(text, &found);

    if (length == 0 || length != text.length)
        return 0;
    *status = found;
    return 1;
}

static size_t put_part(unsigned number, char *out)
{
    size_t length = 0;

    if (number > PART_MOST)
        number = PART_MOST; /* a pattern; room is for codes */
    if (number >= 100)
        out[length++] = (char) ('0' + number / 100);
    if (number >= 10)
        out[length++] = (char) ('0' + number / 10 % 10);
    out[length++] = (char) ('0' + number % 10);
    return length;
}

/* One number of a pattern, or "*". */
static int take_pattern_part(ndri_span *text, unsigned most, uint16_t *part)
{
    unsigned value = 0;
    size_t at = 0;

    if (text->length > 0 && text->at[0] == '*') {
        *part = NDRI_STATUS_ANY;
        *text = ndri_span_slice(*text, 1, text->length);
        return 1;
    }
    while (at < text->length && ndri_is_digit(text->at[at]) && at < 3)
        value = value * 10 + (unsigned) (text->at[at++] - '0');
    if (at == 0 || value > most || (at > 1 && text->at[0] == '0'))
        return 0;
    *part = (uint16_t) value;
    *text = ndri_span_slice(*text, at, text->length);
    return 1;
}

static int take_pattern_dot(ndri_span *text)
{
    if (text->length == 0 || text->at[0] != '.')
        return 0;
    *text = ndri_span_slice(*text, 1, text->length);
    return 1;
}

/* X.Y.Z, *.Y.Z, X.Y.*, X.* */
int ndri_status_parse_pattern(ndri_span text, ndri_status *pattern)
{
    uint16_t digit, subject = NDRI_STATUS_ANY, detail = NDRI_STATUS_ANY;

    if (!take_pattern_part(&text, 5, &digit) || !take_pattern_dot(&text) ||
        !take_pattern_part(&text, 999, &subject))
        return 0;
    if (subject != NDRI_STATUS_ANY &&
        (!take_pattern_dot(&text) || !take_pattern_part(&text, 999, &detail)))
        return 0;
    if (text.length > 0 || digit < 2 || digit == 3)
        return 0;
    if (digit == NDRI_STATUS_ANY &&
        (subject == NDRI_STATUS_ANY || detail == NDRI_STATUS_ANY))
        return 0;
    pattern->digit = digit == NDRI_STATUS_ANY ? 0 : (uint8_t) digit;
    pattern->subject = subject;
    pattern->detail = detail;
    return 1;
}

size_t ndri_status_format(ndri_status status, char out[NDRI_STATUS_ROOM])
{
    size_t length = put_part(status.digit, out);

    out[length++] = '.';
    length += put_part(status.subject, out + length);
    out[length++] = '.';
    length += put_part(status.detail, out + length);
    out[length] = '\0';
    return length;
}

/* ---- The registry -------------------------------------------------------- */

/* Below 0, 0 or above 0 as row stands before, at or after status. */
static int compare(const ndri_status_row *row, ndri_status status)
{
    if (row->subject != status.subject)
        return row->subject < status.subject ? -1 : 1;
    if (row->detail != status.detail)
        return row->detail < status.detail ? -1 : 1;
    return (int) row->digit - (int) status.digit;
}

/* NULL: the registry has no such row. */
static const ndri_status_row *find_row(ndri_status status)
{
    size_t low = 0, high = ndri_status_row_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(&ndri_status_rows[middle], status);

        if (order == 0)
            return &ndri_status_rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* NULL: no such row, or no such text in it. */
static const char *text_of(ndri_status status, int text)
{
    const ndri_status_row *row = find_row(status);
    uint16_t offset = 0;

    if (row != NULL && text == NDR_STATUS_NAME)
        offset = row->name;
    if (row != NULL && text == NDR_STATUS_EXCHANGE_NAME)
        offset = row->exchange;
    return offset == 0 ? NULL : ndri_status_pool + offset;
}

/* A code, or "X.1.1", whose digit is 0. */
static int parse_query(ndri_span text, ndri_status *status)
{
    size_t at = 1;

    if (text.length == 0 || text.at[0] != 'X')
        return ndri_status_parse(text, status);
    status->digit = 0;
    return take_details(text, &at, status) && at == text.length;
}

const char *ndr_status_describe(const char *status, int text)
{
    ndri_status query;
    const char *found;

    if (!parse_query(ndri_span_of(status), &query))
        return NULL;
    found = text_of(query, text);
    if (found != NULL)
        return found;
    query.digit = 0;
    return text_of(query, text);
}

const char *ndr_status_next(size_t index)
{
    if (index >= ndri_status_row_count)
        return NULL;
    return ndri_status_pool + ndri_status_rows[index].code;
}
