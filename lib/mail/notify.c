/* SPDX-License-Identifier: ISC */
/*
 * The table of RFC 3461 5.2. Without NOTIFY, failures and delays are reported
 * (RFC 3461 4.1 leaves delays to the server) and success is not.
 */
#include "mail/notify.h"

#include "base/text.h"

/* For each action: its kind, the NOTIFY keyword that asks for it, and whether
   it is due when nothing was asked. */
static const struct {
    int kind, keyword, unasked;
} rows[] = {
    {NDR_ACTIONS_FAILED, NDR_NOTIFY_FAILURE, 1},  /* failed */
    {NDR_ACTIONS_DELAYED, NDR_NOTIFY_DELAY, 1},   /* delayed */
    {NDR_ACTIONS_SUCCESS, NDR_NOTIFY_SUCCESS, 0}, /* delivered */
    {NDR_ACTIONS_SUCCESS, NDR_NOTIFY_SUCCESS, 0}, /* relayed */
    {NDR_ACTIONS_SUCCESS, NDR_NOTIFY_SUCCESS, 0}, /* expanded */
};

int ndri_notify_is_due(int notify, int action)
{
    if (notify == NDR_NOTIFY_DEFAULT)
        return rows[action].unasked;
    return (notify & rows[action].keyword) != 0;
}

int ndri_notify_kind(int action)
{
    return rows[action].kind;
}

int ndri_notify_is_valid(int notify)
{
    const int keywords =
        NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE | NDR_NOTIFY_DELAY;

    return notify == NDR_NOTIFY_NEVER || (notify & ~keywords) == 0;
}

/* The place of a word in a list that NULL ends, in any case; -1. */
static int place_in(const char *const *words, ndri_span word)
{
    int i;

    for (i = 0; words[i] != NULL; i++)
        if (ndri_span_equal_nocase(word, ndri_span_of(words[i])))
            return i;
    return -1;
}

int ndr_notify_parse(const char *value, size_t length, int *notify)
{
    static const char *const words[] = {"SUCCESS", "FAILURE", "DELAY", "NEVER",
                                        NULL};
    ndri_span rest;
    int bits = 0, place;

    if (notify == NULL)
        return NDR_E_INVALID;
    *notify = NDR_NOTIFY_DEFAULT;
    rest = ndri_span_from(value, length);
    for (;;) {
        size_t comma = ndri_span_find_byte(rest, 0, ',');

        place = place_in(words, ndri_span_slice(rest, 0, comma));
        if (place < 0)
            return NDR_E_TEXT;
        bits |= 1 << place;
        if (comma == rest.length)
            break;
        rest = ndri_span_slice(rest, comma + 1, rest.length);
    }
    if (!ndri_notify_is_valid(bits))
        return NDR_E_TEXT;
    *notify = bits;
    return NDR_OK;
}

int ndr_return_parse(const char *value, size_t length, int *how_much)
{
    static const char *const words[] = {"HDRS", "FULL", NULL};
    int place;

    if (how_much == NULL)
        return NDR_E_INVALID;
    place = place_in(words, ndri_span_from(value, length));
    *how_much = place < 0 ? NDR_RETURN_HEADERS : place;
    return place < 0 ? NDR_E_TEXT : NDR_OK;
}
