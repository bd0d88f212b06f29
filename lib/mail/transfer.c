/* SPDX-License-Identifier: ISC */
/*
 * Quoted-printable (RFC 2045 6.7) and base64 (6.8), streamed.
 *
 * Quoted-printable lines are at most 76 octets, no character of several octets
 * is cut by a soft line break, and what old carriers change is escaped: a blank
 * at a line's end, the one after "From" and a dot at its beginning.
 */
#include "mail/transfer.h"

#include "base/octets.h"

#include <string.h>

#define QP_LINE 75       /* before the "=" of a soft line break */
#define BASE64_OCTETS 57 /* that fill a line of 76 */
#define NO_FROM 5        /* the line does not begin with "From" */

const char *ndri_encoding_name(int encoding)
{
    static const char *const names[] = {"7bit", "8bit", "quoted-printable",
                                        "base64"};

    return names[encoding];
}

void ndri_transfer_init(ndri_transfer *transfer, int encoding)
{
    memset(transfer, 0, sizeof(*transfer));
    transfer->encoding = encoding;
}

/* Octets of the UTF-8 character that octet begins; 1 for any other. */
static size_t octets_from(unsigned char octet)
{
    if (octet < 0xC0)
        return 1;
    return octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
}

/* A soft line break, if columns more do not fit. */
static void qp_room(ndri_transfer *t, size_t columns, ndri_buf *out)
{
    if (t->column + columns <= QP_LINE)
        return;
    ndri_buf_add_text(out, "=\r\n");
    t->column = 0;
    t->from = 0;
}

static void qp_escape(ndri_transfer *t, char octet, ndri_buf *out)
{
    qp_room(t, 3 * octets_from((unsigned char) octet), out);
    ndri_buf_add_byte(out, '=');
    ndri_buf_add_hex(out, (unsigned char) octet);
    t->column += 3;
}

static void qp_plain(ndri_transfer *t, char octet, ndri_buf *out)
{
    qp_room(t, 1, out);
    ndri_buf_add_byte(out, octet);
    t->column++;
}

/* How much of "From" the line begins with, octet included. */
static unsigned char match_from(const ndri_transfer *t, char octet)
{
    static const char from[] = "From";

    if (t->from < 4 && octet == from[t->from])
        return (unsigned char) (t->from + 1);
    return NO_FROM;
}

static void qp_octet(ndri_transfer *t, char octet, ndri_buf *out)
{
    int printable = octet >= '!' && octet <= '~' && octet != '=';

    if (printable)
        qp_room(t, 1, out); /* what begins a line is looked at then */
    if (printable && !(octet == '.' && t->from == 0))
        qp_plain(t, octet, out);
    else
        qp_escape(t, octet, out);
    t->from = match_from(t, octet);
}

static void qp_end_line(ndri_transfer *t, ndri_buf *out)
{
    if (t->blank != 0)
        qp_escape(t, t->blank, out);
    ndri_buf_add_text(out, "\r\n");
    t->blank = 0;
    t->column = 0;
    t->from = 0;
}

/* Write what waited, for something other than a line end followed. */
static void qp_settle(ndri_transfer *t, ndri_buf *out)
{
    if (t->blank != 0)
        qp_plain(t, t->blank, out);
    if (t->after_cr)
        qp_escape(t, '\r', out);
    if (t->blank != 0 || t->after_cr)
        t->from = NO_FROM;
    t->blank = 0;
    t->after_cr = 0;
}

static void qp_add(ndri_transfer *t, char octet, ndri_buf *out)
{
    if (octet == '\n' && t->after_cr) {
        t->after_cr = 0;
        qp_end_line(t, out);
        return;
    }
    if (octet == '\r' && !t->after_cr) {
        t->after_cr = 1;
        return;
    }
    qp_settle(t, out);
    if (octet == '\r')
        t->after_cr = 1;
    else if (ndri_is_blank(octet) && t->from != 4)
        t->blank = octet;
    else
        qp_octet(t, octet, out);
}

/* Can the line no longer begin with "From" or a dot, octet included? */
static int is_past_from(const ndri_transfer *t, char octet)
{
    return t->from == NO_FROM || (t->from == 0 && octet != 'F' && octet != '.');
}

/* Printable octets that need no thought, up to the end of the output line. A
   blank is one, if another one follows. */
static size_t qp_run(ndri_transfer *t, ndri_span piece, size_t at,
                     ndri_buf *out)
{
    size_t to;

    if (t->blank != 0 || t->after_cr || !is_past_from(t, piece.at[at]))
        return at;
    to = ndri_octets_find_unprintable(
        ndri_span_slice(piece, 0, at + (QP_LINE - t->column)), at);
    while (to > at && piece.at[to - 1] == ' ')
        to--;
    ndri_buf_add(out, ndri_span_slice(piece, at, to));
    t->column += to - at;
    if (to > at)
        t->from = NO_FROM;
    return to;
}

/* A whole line end, which nothing but a blank waits for. */
static int is_line_end(const ndri_transfer *t, ndri_span piece, size_t at)
{
    return piece.at[at] == '\r' && piece.length - at > 1 &&
           piece.at[at + 1] == '\n' && !t->after_cr;
}

static void qp_add_piece(ndri_transfer *t, ndri_span piece, ndri_buf *out)
{
    size_t at = 0;

    while (at < piece.length) {
        at = qp_run(t, piece, at, out);
        if (at == piece.length)
            return;
        if (is_line_end(t, piece, at)) {
            qp_end_line(t, out);
            at += 2;
        } else {
            qp_add(t, piece.at[at++], out);
        }
    }
}

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The last one or two octets as four characters. */
static void base64_rest(const unsigned char *at, size_t count, char *out)
{
    unsigned second = count > 1 ? at[1] : 0;

    out[0] = alphabet[at[0] >> 2];
    out[1] = alphabet[(at[0] & 3u) << 4 | second >> 4];
    out[2] = count > 1 ? alphabet[(second & 15) << 2] : '=';
    out[3] = '=';
}

#define PAIRS_8(a, b, c, d, e, f, g, h, i) a b a c a d a e a f a g a h a i
#define PAIRS(a)                                                               \
    PAIRS_8(a, "A", "B", "C", "D", "E", "F", "G", "H")                         \
    PAIRS_8(a, "I", "J", "K", "L", "M", "N", "O", "P")                         \
    PAIRS_8(a, "Q", "R", "S", "T", "U", "V", "W", "X")                         \
    PAIRS_8(a, "Y", "Z", "a", "b", "c", "d", "e", "f")                         \
    PAIRS_8(a, "g", "h", "i", "j", "k", "l", "m", "n")                         \
    PAIRS_8(a, "o", "p", "q", "r", "s", "t", "u", "v")                         \
    PAIRS_8(a, "w", "x", "y", "z", "0", "1", "2", "3")                         \
    PAIRS_8(a, "4", "5", "6", "7", "8", "9", "+", "/")

/* The two characters of each twelve bits, without a NUL anywhere. */
static const char base64_pairs[64][128] = {
    PAIRS("A"), PAIRS("B"), PAIRS("C"), PAIRS("D"), PAIRS("E"), PAIRS("F"),
    PAIRS("G"), PAIRS("H"), PAIRS("I"), PAIRS("J"), PAIRS("K"), PAIRS("L"),
    PAIRS("M"), PAIRS("N"), PAIRS("O"), PAIRS("P"), PAIRS("Q"), PAIRS("R"),
    PAIRS("S"), PAIRS("T"), PAIRS("U"), PAIRS("V"), PAIRS("W"), PAIRS("X"),
    PAIRS("Y"), PAIRS("Z"), PAIRS("a"), PAIRS("b"), PAIRS("c"), PAIRS("d"),
    PAIRS("e"), PAIRS("f"), PAIRS("g"), PAIRS("h"), PAIRS("i"), PAIRS("j"),
    PAIRS("k"), PAIRS("l"), PAIRS("m"), PAIRS("n"), PAIRS("o"), PAIRS("p"),
    PAIRS("q"), PAIRS("r"), PAIRS("s"), PAIRS("t"), PAIRS("u"), PAIRS("v"),
    PAIRS("w"), PAIRS("x"), PAIRS("y"), PAIRS("z"), PAIRS("0"), PAIRS("1"),
    PAIRS("2"), PAIRS("3"), PAIRS("4"), PAIRS("5"), PAIRS("6"), PAIRS("7"),
    PAIRS("8"), PAIRS("9"), PAIRS("+"), PAIRS("/"),
};

static inline void base64_pair(uint64_t bits, char *to)
{
    memcpy(to, (const char *) base64_pairs + 2 * (bits & 4095), 2);
}

static inline void base64_group(const unsigned char *at, char *to)
{
    uint32_t group = (uint32_t) at[0] << 16 | (uint32_t) at[1] << 8 | at[2];

    base64_pair(group >> 12, to);
    base64_pair(group, to + 2);
}

/* Six octets, the first ones of eight: compilers make one load of it. */
static inline void base64_groups(const unsigned char *at, char *to)
{
    uint64_t groups = (uint64_t) at[0] << 56 | (uint64_t) at[1] << 48 |
                      (uint64_t) at[2] << 40 | (uint64_t) at[3] << 32 |
                      (uint64_t) at[4] << 24 | (uint64_t) at[5] << 16 |
                      (uint64_t) at[6] << 8 | (uint64_t) at[7];

    base64_pair(groups >> 52, to);
    base64_pair(groups >> 40, to + 2);
    base64_pair(groups >> 28, to + 4);
    base64_pair(groups >> 16, to + 6);
}

void ndri_base64_write(ndri_span octets, ndri_buf *out)
{
    const unsigned char *at = (const unsigned char *) octets.at;
    size_t left = octets.length, size;
    char *to;

    if (left > SIZE_MAX / 2) { /* more than any buffer takes */
        ndri_buf_fail(out);
        return;
    }
    size = (left + 2) / 3 * 4;
    to = left > 0 ? ndri_buf_reserve(out, size) : NULL;
    if (to == NULL)
        return;
    for (; left >= 8; left -= 6, at += 6, to += 8)
        base64_groups(at, to);
    for (; left >= 3; left -= 3, at += 3, to += 4)
        base64_group(at, to);
    if (left > 0)
        base64_rest(at, left, to);
    out->used += size;
}

static int base64_value(char c)
{
    const char *found = c == '\0' ? NULL : strchr(alphabet, c);

    return found == NULL ? -1 : (int) (found - alphabet);
}

void ndri_base64_read(ndri_span text, ndri_buf *out)
{
    uint32_t group = 0;
    unsigned bits = 0;
    size_t i;

    for (i = 0; i < text.length; i++) {
        int value = base64_value(text.at[i]);

        if (value < 0)
            continue;
        group = (group << 6 | (uint32_t) value) & 0xFFFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            ndri_buf_add_byte(out, (char) (group >> bits & 255));
        }
    }
}

static void base64_line(ndri_transfer *t, ndri_span octets, ndri_buf *out)
{
    ndri_base64_write(octets, out);
    t->column += octets.length;
    if (t->column < BASE64_OCTETS)
        return;
    ndri_buf_add_text(out, "\r\n");
    t->column = 0;
}

/* Octets that make up the rest of a group of three. */
static size_t base64_fill(ndri_transfer *t, ndri_span piece)
{
    size_t at = 0;

    while (t->held > 0 && t->held < 3 && at < piece.length)
        t->hold[t->held++] = piece.at[at++];
    return at;
}

static void base64_add(ndri_transfer *t, ndri_span piece, ndri_buf *out)
{
    size_t at = base64_fill(t, piece);

    if (t->held == 3) {
        base64_line(t, ndri_span_from(t->hold, 3), out);
        t->held = 0;
    }
    while (piece.length - at >= 3) {
        size_t count = (piece.length - at) / 3 * 3;

        if (count > BASE64_OCTETS - t->column)
            count = BASE64_OCTETS - t->column;
        base64_line(t, ndri_span_slice(piece, at, at + count), out);
        at += count;
    }
    while (at < piece.length)
        t->hold[t->held++] = piece.at[at++];
}

void ndri_transfer_add(ndri_transfer *transfer, ndri_span piece, ndri_buf *out)
{
    if (transfer->encoding == NDRI_ENCODING_QUOTED_PRINTABLE)
        qp_add_piece(transfer, piece, out);
    else if (transfer->encoding == NDRI_ENCODING_BASE64)
        base64_add(transfer, piece, out);
    else
        ndri_buf_add(out, piece);
}

void ndri_transfer_finish(ndri_transfer *transfer, ndri_buf *out)
{
    if (transfer->encoding == NDRI_ENCODING_QUOTED_PRINTABLE) {
        if (transfer->blank != 0)
            qp_escape(transfer, transfer->blank, out);
        transfer->blank = 0;
        qp_settle(transfer, out);
    }
    if (transfer->encoding != NDRI_ENCODING_BASE64)
        return;
    if (transfer->held > 0)
        base64_line(transfer, ndri_span_from(transfer->hold, transfer->held),
                    out);
    if (transfer->column > 0)
        ndri_buf_add_text(out, "\r\n");
}
