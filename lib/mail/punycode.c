/* SPDX-License-Identifier: ISC */
/*
 * Punycode, the way out (RFC 3492 6.3). Only ASCII letters are brought to small
 * ones: who registered the domain, and who wrote the address down, mapped and
 * normalised the rest (RFC 5891 5.2).
 */
#include "mail/punycode.h"

#define LABEL_MOST ((size_t) 63)

/* RFC 3492 5. */
enum {
    BASE = 36,
    T_MIN = 1,
    T_MAX = 26,
    SKEW = 38,
    DAMP = 700,
    FIRST_BIAS = 72,
    FIRST_POINT = 128
};

/* A label as the points that it holds. */
typedef struct label {
    uint32_t points[LABEL_MOST]; /* each takes an octet at least */
    size_t count;
    size_t basic; /* of them, ASCII */
} label;

static int read_label(ndri_span text, label *read)
{
    size_t at = 0, length;

    read->count = read->basic = 0;
    while (at < text.length && read->count < LABEL_MOST) {
        uint32_t point;

        length = ndri_utf8_decode(text, at, &point);
        if (length == 0)
            return 0;
        if (point < FIRST_POINT) {
            point = (uint32_t) ndri_to_lower((int) point);
            read->basic++;
        }
        read->points[read->count++] = point;
        at += length;
    }
    return at == text.length;
}

static uint32_t adapt(uint32_t delta, uint32_t points, int is_first)
{
    uint32_t steps = 0;

    delta = is_first ? delta / DAMP : delta / 2;
    delta += delta / points;
    for (; delta > (BASE - T_MIN) * T_MAX / 2; steps += BASE)
        delta /= BASE - T_MIN;
    return steps + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void add_digit(ndri_buf *out, uint32_t digit)
{
    ndri_buf_add_byte(out, "abcdefghijklmnopqrstuvwxyz0123456789"[digit]);
}

/* A number of variable length (RFC 3492 3.3). */
static void add_delta(ndri_buf *out, uint32_t delta, uint32_t bias)
{
    uint32_t place;

    for (place = BASE;; place += BASE) {
        uint32_t threshold = place <= bias           ? T_MIN
                             : place >= bias + T_MAX ? T_MAX
                                                     : place - bias;

        if (delta < threshold)
            break;
        add_digit(out, threshold + (delta - threshold) % (BASE - threshold));
        delta = (delta - threshold) / (BASE - threshold);
    }
    add_digit(out, delta);
}

/* The smallest point that has not been written yet. */
static uint32_t next_point(const label *from, uint32_t least)
{
    uint32_t found = UINT32_MAX;
    size_t i;

    for (i = 0; i < from->count; i++)
        if (from->points[i] >= least && from->points[i] < found)
            found = from->points[i];
    return found;
}

/* With at most 63 points of at most 0x10FFFF each, delta stays below 2^27. */
static void encode_label(ndri_buf *out, const label *from)
{
    uint32_t point = FIRST_POINT, delta = 0, bias = FIRST_BIAS;
    uint32_t done = (uint32_t) from->basic;
    size_t i;

    for (i = 0; i < from->count; i++)
        if (from->points[i] < FIRST_POINT)
            ndri_buf_add_byte(out, (char) from->points[i]);
    if (from->basic > 0)
        ndri_buf_add_byte(out, '-');
    while (done < from->count) {
        uint32_t next = next_point(from, point);

        delta += (next - point) * (done + 1);
        point = next;
        for (i = 0; i < from->count; i++) {
            delta += from->points[i] < point;
            if (from->points[i] != point)
                continue;
            add_delta(out, delta, bias);
            bias = adapt(delta, done + 1, done == from->basic);
            delta = 0;
            done++;
        }
        delta++;
        point++;
    }
}

static int add_label(ndri_buf *out, ndri_span text)
{
    size_t from = out->used;
    label read;

    if (ndri_text_is_ascii(text)) {
        ndri_buf_add(out, text);
        return text.length <= LABEL_MOST;
    }
    if (!read_label(text, &read))
        return 0;
    ndri_buf_add_text(out, "xn--");
    encode_label(out, &read);
    return out->used - from <= LABEL_MOST;
}

int ndri_punycode_add_domain(ndri_buf *out, ndri_span domain)
{
    size_t from = out->used, at = 0;

    while (at <= domain.length) {
        size_t end = ndri_span_find_byte(domain, at, '.');

        if (!add_label(out, ndri_span_slice(domain, at, end))) {
            ndri_buf_truncate(out, from);
            return 0;
        }
        if (end < domain.length)
            ndri_buf_add_byte(out, '.');
        at = end + 1;
    }
    return 1;
}
