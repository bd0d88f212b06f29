/* SPDX-License-Identifier: ISC */
/* Looked for octet by octet, ASCII case aside; also where a limit cut a text
   within what it may have told. */
#include "mail/telling.h"

#include "mail/address.h"
#include "mail/field.h"

/* Where part begins in text at from or later, ASCII case aside; the end of text
   if nowhere. Looked for from its first dot, which texts have few of. */
static size_t find_nocase(ndri_span text, size_t from, ndri_span part)
{
    size_t anchor = ndri_span_find_byte(part, 0, '.');
    int has_dot = anchor < part.length;
    size_t at;

    if (!has_dot)
        anchor = 0;
    for (at = from + anchor;; at++) {
        size_t begin;

        if (has_dot)
            at = ndri_span_find_byte(text, at, '.');
        begin = at - anchor;
        if (begin + part.length > text.length)
            return text.length;
        if (ndri_span_equal_nocase(
                ndri_span_slice(text, begin, begin + part.length), part))
            return begin;
    }
}

/* Does local stand before or behind the domain at at, with a sign between them,
   or what stands for one: "@", "=", "%40", "\x40", " at "? */
static int has_local_beside(ndri_span text, size_t at, size_t length,
                            ndri_span local)
{
    size_t gap, end = at + length;

    for (gap = 1; gap <= 4; gap++) {
        if (at >= gap + local.length &&
            ndri_span_equal_nocase(
                ndri_span_slice(text, at - gap - local.length, at - gap),
                local))
            return 1;
        if (text.length - end >= gap + local.length &&
            ndri_span_equal_nocase(
                ndri_span_slice(text, end + gap, end + gap + local.length),
                local))
            return 1;
    }
    return 0;
}

/* Does text hold the address, however it is written? */
static int holds(ndri_span text, ndri_span address)
{
    ndri_span local, domain;
    size_t at;

    if (!ndri_address_split(address, &local, &domain))
        return find_nocase(text, 0, address) < text.length;
    for (at = find_nocase(text, 0, domain); at < text.length;
         at = find_nocase(text, at + 1, domain))
        if (has_local_beside(text, at, domain.length, local))
            return 1;
    return 0;
}

/* What a limit left of a text, without its mark; empty if nothing was cut. */
static ndri_span before_cut(ndri_span text)
{
    const ndri_span mark = NDRI_SPAN(NDRI_VALUE_CUT);
    size_t end = text.length < mark.length ? 0 : text.length - mark.length;

    if (!ndri_span_equal(ndri_span_slice(text, end, text.length), mark))
        return NDRI_SPAN("");
    return ndri_span_trim(ndri_span_slice(text, 0, end));
}

/* Does text end within what may be secret? */
static int ends_within(ndri_span text, ndri_span secret)
{
    size_t most = secret.length < text.length ? secret.length : text.length;
    size_t length;

    for (length = most; length > 0; length--)
        if (ndri_span_equal_nocase(
                ndri_span_slice(text, text.length - length, text.length),
                ndri_span_slice(secret, 0, length)))
            return 1;
    return 0;
}

int ndri_telling_address(ndri_span text, ndri_span address)
{
    return holds(text, address) || ends_within(before_cut(text), address);
}

int ndri_telling_host(ndri_span text, ndri_span host)
{
    return find_nocase(text, 0, host) < text.length;
}

static int is_name_octet(char c)
{
    return ndri_is_alnum(c) || c == '-' || c == '_';
}

/* Does a host name end before end? A dot may end the sentence. */
static int ends_name(ndri_span text, size_t end)
{
    if (end < text.length && text.at[end] == '.')
        end++;
    return end >= text.length || !is_name_octet(text.at[end]);
}

/* Does the dot at end a label and begin one of the domains that is whole? */
static int names_host_at(ndri_span text, size_t at, ndri_span domains)
{
    ndri_span item;

    if (at == 0 || !is_name_octet(text.at[at - 1]))
        return 0;
    while (ndri_span_next_item(&domains, &item)) {
        size_t end = at + 1 + item.length;

        if (end <= text.length &&
            ndri_span_equal_nocase(ndri_span_slice(text, at + 1, end), item) &&
            ends_name(text, end))
            return 1;
    }
    return 0;
}

/* Does text end with a label, a dot and the beginning of one of the domains? */
static int names_cut_host(ndri_span text, ndri_span domains)
{
    ndri_span item;

    while (ndri_span_next_item(&domains, &item)) {
        size_t from = text.length > item.length ? text.length - item.length : 0;
        size_t at = ndri_span_find_byte(text, from, '.');

        for (; at < text.length; at = ndri_span_find_byte(text, at + 1, '.'))
            if (at > 0 && is_name_octet(text.at[at - 1]) &&
                ndri_span_equal_nocase(
                    ndri_span_slice(text, at + 1, text.length),
                    ndri_span_slice(item, 0, text.length - at - 1)))
                return 1;
    }
    return 0;
}

int ndri_telling_host_below(ndri_span text, ndri_span domains)
{
    size_t at;

    for (at = ndri_span_find_byte(text, 0, '.'); at < text.length;
         at = ndri_span_find_byte(text, at + 1, '.'))
        if (names_host_at(text, at, domains))
            return 1;
    return names_cut_host(before_cut(text), domains);
}
