/* SPDX-License-Identifier: ISC */
/*
 * The packed list. Its facts stand in the order of their tags, whatever order
 * they were set in, so that one pass over the octets tells two records apart.
 */
#include "report/record.h"

#include <string.h>

#define HEAD 5u /* octets before a fact's value: tag and length */

static uint32_t load_length(const char *at)
{
    uint32_t length;

    memcpy(&length, at, sizeof(length));
    return length;
}

int ndri_record_next_fact(const ndr_recipient *recipient, uint32_t *at,
                          int *tag, ndri_span *value)
{
    const char *here;

    if (*at >= recipient->used)
        return 0;
    here = recipient->facts + *at;
    *tag = (unsigned char) here[0];
    *value = ndri_span_from(here + HEAD, load_length(here + 1));
    *at += HEAD + (uint32_t) value->length;
    return 1;
}

ndri_span ndri_record_fact(const ndr_recipient *recipient, int tag)
{
    uint32_t at = 0;
    int found;
    ndri_span value;

    while (ndri_record_has(recipient, tag) &&
           ndri_record_next_fact(recipient, &at, &found, &value))
        if (found == tag)
            return value;
    return NDRI_SPAN("");
}

int ndri_record_date(const ndr_recipient *recipient, int tag, ndri_date *date)
{
    ndri_span value = ndri_record_fact(recipient, tag);

    if (value.length != sizeof(*date))
        return 0;
    memcpy(date, value.at, sizeof(*date));
    return 1;
}

ndri_span ndri_record_final(const ndr_recipient *recipient)
{
    return ndri_record_fact(recipient,
                            ndri_record_has(recipient, NDRI_FACT_HIDDEN_AS)
                                ? NDRI_FACT_HIDDEN_AS
                                : NDRI_FACT_ADDRESS);
}

ndri_span ndri_record_shown(const ndr_recipient *recipient)
{
    ndri_span type = ndri_record_fact(recipient, NDRI_FACT_ORCPT_TYPE);

    if (!ndri_record_has(recipient, NDRI_FACT_HIDDEN_AS) &&
        (ndri_span_equal_nocase(type, NDRI_SPAN("rfc822")) ||
         ndri_span_equal_nocase(type, NDRI_SPAN("utf-8"))))
        return ndri_record_fact(recipient, NDRI_FACT_ORCPT);
    return ndri_record_final(recipient);
}

ndri_attempt ndri_record_attempt(ndri_span fact)
{
    ndri_attempt attempt;
    size_t end;

    memcpy(&attempt.date, fact.at, sizeof(attempt.date));
    fact = ndri_span_slice(fact, sizeof(attempt.date), fact.length);
    end = ndri_span_find_byte(fact, 0, '\0');
    attempt.host = ndri_span_slice(fact, 0, end);
    attempt.text = ndri_span_slice(fact, end + 1, fact.length);
    return attempt;
}

/* Take a fact out of the list. */
static void remove_fact(ndr_recipient *recipient, int tag)
{
    uint32_t at = 0, from = 0;
    int found;
    ndri_span value;

    if (!ndri_record_has(recipient, tag))
        return;
    recipient->tags &= (uint16_t) ~(1u << tag);
    while (ndri_record_next_fact(recipient, &at, &found, &value)) {
        if (found == tag) {
            memmove(recipient->facts + from, recipient->facts + at,
                    recipient->used - at);
            recipient->used -= at - from;
            at = from;
        }
        from = at;
    }
}

/* Room for extra octets more of facts. */
static int make_fact_room(ndr_recipient *recipient, size_t extra)
{
    size_t need = recipient->used + extra, room = need;
    ndri_arena *arena = &recipient->report->arena;
    char *moved;

    if (extra <= recipient->room - recipient->used)
        return NDR_OK;
    if (need > NDRI_TEXT_LIMIT)
        return ndri_report_fail(recipient->report, NDR_E_INVALID,
                                recipient->number, "facts", NULL,
                                "over 256 MiB");
    /* no more than is needed, unless the facts have to move for it */
    if (!ndri_arena_fits(arena, recipient->facts, recipient->room, room) &&
        room < recipient->room * (size_t) 2)
        room = recipient->room * (size_t) 2;
    moved = ndri_arena_extend(arena, recipient->facts, recipient->room, room);
    if (moved == NULL)
        return ndri_report_out_of_memory(recipient->report);
    recipient->facts = moved;
    recipient->room = (uint32_t) room;
    return NDR_OK;
}

/* Where a fact belongs: facts stand in the order of their tags, equal ones in
   the order they came, so that the order of setters leaves no trace. */
static uint32_t place_for(const ndr_recipient *recipient, int tag)
{
    uint32_t at = 0, from = 0;
    int found;
    ndri_span value;

    if (recipient->tags >> tag <= 1)
        return recipient->used; /* none belongs behind it */
    while (ndri_record_next_fact(recipient, &at, &found, &value)) {
        if (found > tag)
            return from;
        from = at;
    }
    return from;
}

int ndri_record_add(ndr_recipient *recipient, int tag, ndri_span value)
{
    int error = make_fact_room(recipient, HEAD + value.length);
    uint32_t length = (uint32_t) value.length, place;
    char *at;

    if (error != NDR_OK)
        return error;
    place = place_for(recipient, tag);
    at = recipient->facts + place;
    memmove(at + HEAD + length, at, recipient->used - place);
    at[0] = (char) tag;
    memcpy(at + 1, &length, sizeof(length));
    memcpy(at + HEAD, value.at, length);
    recipient->used += HEAD + length;
    recipient->tags |= (uint16_t) (1u << tag);
    return NDR_OK;
}

int ndri_record_set(ndr_recipient *recipient, int tag, ndri_span value)
{
    remove_fact(recipient, tag);
    return value.length == 0 ? NDR_OK : ndri_record_add(recipient, tag, value);
}

int ndri_record_rewrite(ndr_recipient *recipient, ndri_fact_change change,
                        void *user)
{
    ndr_recipient before = *recipient;
    uint32_t at = 0;
    int tag, error = NDR_OK;
    ndri_span value;

    if (before.used == 0)
        return NDR_OK;
    before.facts =
        ndri_arena_copy(&recipient->report->arena,
                        ndri_span_from(recipient->facts, recipient->used));
    if (before.facts == NULL)
        return ndri_report_out_of_memory(recipient->report);
    recipient->used = recipient->tags = 0;
    while (error == NDR_OK && ndri_record_next_fact(&before, &at, &tag, &value))
        if (change(user, tag, &value))
            error = ndri_record_add(recipient, tag, value);
    return error;
}

/* Newest first; equal ones by what they say, so that the order in which they
   were added leaves no trace. */
static int is_before(ndri_span a, ndri_span b)
{
    ndri_date first, second;
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order;

    memcpy(&first, a.at, sizeof(first));
    memcpy(&second, b.at, sizeof(second));
    if (first.seconds != second.seconds)
        return first.seconds > second.seconds;
    order = memcmp(a.at, b.at, shorter);
    return order != 0 ? order < 0 : a.length <= b.length;
}

/* Merge sort of count spans; work has room for as many. */
static void sort_spans(ndri_span *spans, ndri_span *work, size_t count)
{
    size_t half = count / 2, left = 0, right = half, i;

    if (count < 2)
        return;
    sort_spans(spans, work, half);
    sort_spans(spans + half, work, count - half);
    memcpy(work, spans, count * sizeof(*spans));
    for (i = 0; i < count; i++) {
        if (right == count ||
            (left < half && is_before(work[left], work[right])))
            spans[i] = work[left++];
        else
            spans[i] = work[right++];
    }
}

static size_t count_attempts(const ndr_recipient *recipient)
{
    uint32_t at = 0;
    size_t count = 0;
    int tag;
    ndri_span value;

    while (ndri_record_next_fact(recipient, &at, &tag, &value))
        count += tag == NDRI_FACT_ATTEMPT;
    return count;
}

/* The attempts, which are the last facts, from a sorted copy. */
static void rewrite_attempts(ndr_recipient *recipient, const ndri_span *spans,
                             size_t count)
{
    size_t i;

    recipient->used = place_for(recipient, NDRI_FACT_ATTEMPT - 1);
    for (i = 0; i < count; i++)
        ndri_record_add(recipient, NDRI_FACT_ATTEMPT, spans[i]);
}

int ndri_record_sort_attempts(ndr_recipient *recipient)
{
    size_t count = count_attempts(recipient), i = 0;
    ndri_arena *arena = &recipient->report->arena;
    ndri_span *spans, value, copy;
    uint32_t at = 0;
    int tag;

    if (count < 2)
        return NDR_OK;
    spans = ndri_arena_take(arena, 2 * count * sizeof(*spans));
    copy.at = ndri_arena_copy(
        arena, ndri_span_from(recipient->facts, recipient->used));
    if (spans == NULL || copy.at == NULL)
        return ndri_report_out_of_memory(recipient->report);
    while (ndri_record_next_fact(recipient, &at, &tag, &value))
        if (tag == NDRI_FACT_ATTEMPT)
            spans[i++] = ndri_span_from(copy.at + (value.at - recipient->facts),
                                        value.length);
    sort_spans(spans, spans + count, count);
    rewrite_attempts(recipient, spans, count);
    return NDR_OK;
}
