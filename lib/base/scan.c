/* SPDX-License-Identifier: ISC */
/*
 * The classifying pass. Line ends may be CRLF, LF or CR; a CR at the end of one
 * block belongs with an LF at the beginning of the next. Only octets below 32
 * and the beginnings of lines are met one by one.
 */
#include "base/scan.h"

#include <string.h>

#define ROWS ((size_t) 64) /* that are looked at, then met */

void ndri_scan_init(ndri_scan *scan)
{
    memset(scan, 0, sizeof(*scan));
}

static int begins(ndri_span line, const char *with)
{
    size_t length = strlen(with);

    return line.length >= length && memcmp(line.at, with, length) == 0;
}

/* Lines that begin so are looked at more closely. */
static const unsigned char notable[256] = {['-'] = 1, ['.'] = 1, ['F'] = 1};

/* A line that begins in a notable way, of which at least the first octets are
   here. */
static void note_line(ndri_scan *scan, ndri_span line)
{
    if (begins(line, "--"))
        scan->found |= NDRI_SCAN_DASHES;
    if (line.at[0] == '.')
        scan->dots++;
    if ((line.length == 1 && line.at[0] == '.') || begins(line, "From ") ||
        begins(line, "-- "))
        scan->found |= NDRI_SCAN_UNSAFE;
}

/* The line at hand ends; its first octets are in head. */
static void end_head(ndri_scan *scan)
{
    if (scan->line > scan->longest)
        scan->longest = scan->line;
    if (scan->line > 0 && notable[(unsigned char) scan->head[0]])
        note_line(scan, ndri_span_from(scan->head, scan->line));
    scan->line = 0;
}

/* More octets of the line at hand for its head: perhaps more than it has. */
static void extend_head(ndri_scan *scan, ndri_span octets)
{
    size_t held = scan->line, i;

    for (i = 0; i < octets.length && held < sizeof(scan->head); i++)
        scan->head[held++] = octets.at[i];
}

/* A control character that is no CR with its LF behind it: does it end a line?
 */
static int ends_alone(ndri_scan *scan, const char *octets, size_t at)
{
    switch (octets[at]) {
    case '\n':
        if (at > 0 && octets[at - 1] == '\r')
            return 0; /* that has ended it */
        if (at == 0 && scan->after_cr)
            scan->pairs++;
        else
            scan->found |= NDRI_SCAN_BARE_LF;
        return 1;
    case '\r':
        scan->found |= NDRI_SCAN_BARE_CR;
        return 1;
    case '\0':
        scan->found |= NDRI_SCAN_NUL;
        return 0;
    default:
        if (octets[at] != '\t')
            scan->found |= NDRI_SCAN_CONTROL;
        return 0;
    }
}

/* The line at hand: its first octet, in the block or in head, and where in the
   block it begins; below 0, so to speak, if that is before it. */
typedef struct stretch {
    const char *first;
    size_t start;
} stretch;

/* Octets that need a thought, by the bits of rows of 64. A CR is never the last
   octet of the block. */
static void meet_controls(ndri_scan *scan, const char *octets, size_t from,
                          const ndri_row *rows, size_t count, stretch *line)
{
    size_t longest = scan->longest, lines = 0, alone = 0, at, next;
    const ndri_row *last = rows + count;
    stretch s = *line;
    size_t row = from - NDRI_ROW; /* that bits are of; the one before first */
    uint64_t bits = 0;
    unsigned bare = 0;

    for (;;) {
        for (; bits == 0 && rows < last; row += NDRI_ROW)
            bits = ndri_row_bits(rows++);
        if (bits == 0)
            break;
        at = row + ndri_lowest_bit(bits);
        next = at + 1;
        bits &= bits - 1;
        if (octets[at] == '\r' && octets[next] == '\n') {
            bits &= bits - 1; /* the LF, or there is none left */
            next++;
        } else if (octets[at] == '\n' && at > 0 && octets[at - 1] != '\r') {
            bare = NDRI_SCAN_BARE_LF; /* as all are in files of many systems */
            alone++;
        } else if (ends_alone(scan, octets, at)) {
            alone++;
        } else {
            continue;
        }
        if (at - s.start > longest)
            longest = at - s.start;
        if (notable[(unsigned char) *s.first])
            note_line(scan, ndri_span_from(s.first, at - s.start));
        lines++;
        s.start = next;
        s.first = octets + next;
    }
    scan->found |= bare;
    scan->longest = longest;
    scan->lines += lines;
    scan->pairs += lines - alone;
    *line = s;
}

/* What is left of a block, as a row. */
static void pad(char *room, ndri_span left)
{
    memset(room, 'x', NDRI_ROW);
    memcpy(room, left.at, left.length);
}

/* All control characters of a block. */
static void go_through(ndri_scan *scan, ndri_span block, stretch *line)
{
    size_t whole = block.length / NDRI_ROW, at = 0, count;
    ndri_row rows[ROWS];
    char rest[NDRI_ROW];

    for (; whole > 0; whole -= count) {
        count = whole < ROWS ? whole : ROWS;
        ndri_octets_look(block.at + at, rows, count, &scan->gist);
        meet_controls(scan, block.at, at, rows, count, line);
        at += count * NDRI_ROW;
    }
    if (at == block.length)
        return;
    pad(rest, ndri_span_slice(block, at, block.length));
    ndri_octets_look(rest, rows, 1, &scan->gist);
    meet_controls(scan, block.at, at, rows, 1, line);
}

/* Without a CR at its end. */
static ndri_span without_cr(ndri_span block)
{
    if (block.length > 0 && block.at[block.length - 1] == '\r')
        block.length--;
    return block;
}

/* What the highest octet says. */
static void note_high(ndri_scan *scan, ndri_span block, unsigned high)
{
    if (high > 127)
        scan->found |= NDRI_SCAN_8BIT;
    if (high >= 127 && !(scan->found & NDRI_SCAN_CONTROL) &&
        ndri_span_has(block, 127))
        scan->found |= NDRI_SCAN_CONTROL;
}

void ndri_scan_add(ndri_scan *scan, ndri_span given)
{
    ndri_span block = without_cr(given);
    stretch line = {given.at, 0};
    uint64_t pairs = scan->pairs;

    if (given.length == 0)
        return;
    if (scan->after_cr && given.at[0] != '\n') {
        scan->found |= NDRI_SCAN_BARE_CR;
        scan->lines++;
        end_head(scan);
    }
    if (scan->line > 0) {
        extend_head(scan, block);
        line.first = scan->head;
        line.start -= scan->line;
    }
    memset(scan->gist.high, 0, sizeof(scan->gist.high));
    go_through(scan, block, &line);
    note_high(scan, block, ndri_gist_high(&scan->gist));
    if (scan->pairs > pairs)
        scan->found |= NDRI_SCAN_CR_LF_PAIR;
    scan->line = 0;
    if (line.first != scan->head)
        extend_head(scan, ndri_span_slice(block, line.start, block.length));
    scan->line = block.length - line.start;
    scan->after_cr = block.length < given.length;
}

void ndri_scan_sum(ndri_scan *scan, ndri_span given)
{
    ndri_span block = without_cr(given);
    size_t whole = block.length / NDRI_ROW;
    char rest[NDRI_ROW];

    ndri_octets_sum(block.at, whole, &scan->gist);
    if (whole * NDRI_ROW < block.length) {
        pad(rest, ndri_span_slice(block, whole * NDRI_ROW, block.length));
        ndri_octets_sum(rest, 1, &scan->gist);
    }
}

int ndri_scan_sums_equal(const ndri_scan *a, const ndri_scan *b)
{
    return memcmp(a->gist.sum, b->gist.sum, sizeof(a->gist.sum)) == 0 &&
           memcmp(a->gist.sums, b->gist.sums, sizeof(a->gist.sums)) == 0;
}

void ndri_scan_finish(ndri_scan *scan)
{
    if (scan->after_cr) {
        scan->found |= NDRI_SCAN_BARE_CR;
        scan->lines++;
    }
    if (scan->after_cr || scan->line > 0)
        end_head(scan);
    scan->after_cr = 0;
}
