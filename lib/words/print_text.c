/* SPDX-License-Identifier: ISC */
/*
 * The plain-text printer: lines of at most 72 columns where that can be done
 * without breaking a word or a value; a table says what stands before each
 * block and how far it is indented.
 */
#include "base/width.h"
#include "words/prose.h"

#include <string.h>

#define WIDTH 72
#define RULE_WIDTH 72
#define KEPT_BLANK '\x01' /* a blank within a value */
#define SOFT_BREAK '\x02' /* a line may end here: no blank is written */

typedef struct layout {
    unsigned char before; /* empty lines before it */
    unsigned char indent;
    unsigned char filled; /* text is filled into lines when it closes */
    unsigned char line;   /* it is a line: ends with a line end */
} layout;

static const layout layouts[NDRI_BLOCK_COUNT] = {
    [NDRI_BLOCK_DOCUMENT] = {0, 0, 0, 0},
    [NDRI_BLOCK_ORGANISATION] = {0, 0, 1, 0},
    [NDRI_BLOCK_LANGUAGE] = {0, 0, 0, 0},
    [NDRI_BLOCK_LANGUAGE_TITLE] = {3, 0, 1, 0},
    [NDRI_BLOCK_HEADING] = {3, 0, 1, 0},
    [NDRI_BLOCK_FACTS] = {1, 0, 0, 0},
    [NDRI_BLOCK_FACT] = {0, 0, 0, 1},
    [NDRI_BLOCK_GROUP] = {2, 0, 0, 0},
    [NDRI_BLOCK_ADDRESS] = {0, 0, 0, 1},
    [NDRI_BLOCK_REASON] = {0, 0, 0, 0},
    [NDRI_BLOCK_PARAGRAPH] = {1, 2, 1, 0},
    [NDRI_BLOCK_MOVE] = {1, 2, 1, 0},
    [NDRI_BLOCK_STEPS] = {1, 0, 0, 0},
    [NDRI_BLOCK_STEPS_TITLE] = {0, 2, 1, 0},
    [NDRI_BLOCK_STEP] = {0, 2, 1, 0},
    [NDRI_BLOCK_NOTE] = {2, 0, 1, 0},
    [NDRI_BLOCK_ADMIN] = {2, 0, 0, 0},
    [NDRI_BLOCK_ADMIN_TITLE] = {0, 0, 1, 0},
    [NDRI_BLOCK_FIELDS] = {1, 0, 0, 0},
    [NDRI_BLOCK_FIELD] = {0, 0, 0, 1},
    [NDRI_BLOCK_ATTEMPTS] = {0, 0, 0, 0},
    [NDRI_BLOCK_ATTEMPTS_TITLE] = {0, 0, 1, 0},
    [NDRI_BLOCK_ATTEMPT] = {0, 2, 0, 1},
    [NDRI_BLOCK_ATTEMPT_TEXT] = {0, 4, 0, 1},
    [NDRI_BLOCK_HEADERS_TITLE] = {1, 0, 1, 0},
    [NDRI_BLOCK_HEADERS] = {1, 0, 0, 0},
    [NDRI_BLOCK_HEADER_LINE] = {0, 0, 0, 1},
};

static void text_line_end(ndri_prose *prose)
{
    ndri_buf_add_text(prose->out, "\r\n");
}

static void text_open(ndri_prose *prose, int block)
{
    const layout *how = &layouts[block];
    unsigned i;

    for (i = 0; prose->printed && i < how->before; i++)
        text_line_end(prose);
    if (block == NDRI_BLOCK_ADMIN) {
        ndri_buf_fill(prose->out, '-', RULE_WIDTH);
        text_line_end(prose);
    }
    if (how->filled || how->line)
        prose->printed = 1;
    prose->filled = how->filled;
    if (how->line)
        ndri_buf_fill(prose->out, ' ', how->indent);
    if (how->line && block != NDRI_BLOCK_FACT)
        prose->column = how->indent; /* of further lines; a label moves it */
    prose->label = prose->out->used;
    ndri_buf_clear(&prose->line);
}

/* Where a text of the block at hand goes: lines are printed at once. */
static ndri_buf *text_buffer(ndri_prose *prose)
{
    return prose->filled ? &prose->line : prose->out;
}

/* Append a value with its blanks kept. */
static void keep_blanks(ndri_buf *line, ndri_span text)
{
    size_t from = line->used, at;

    ndri_buf_add(line, text);
    for (at = ndri_span_find_byte(text, 0, ' ');
         at < text.length && line->used > from;
         at = ndri_span_find_byte(text, at + 1, ' '))
        line->at[from + at] = KEPT_BLANK;
}

/* Ideographs and kana: lines may end between them (UAX #14, class ID). */
static int is_ideographic(uint32_t point)
{
    return (point >= 0x2E80 && point <= 0x312F) ||
           (point >= 0x3190 && point <= 0xA4CF) ||
           (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFF00 && point <= 0xFF60) ||
           (point >= 0x20000 && point <= 0x3FFFF);
}

/* Punctuation and small kana that no line begins with (JIS X 4051). */
static int begins_no_line(uint32_t point)
{
    static const uint16_t points[] = {
        0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
        0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087,
        0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7,
        0x30FB, 0x30FC, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F};
    size_t low = 0, high = sizeof(points) / sizeof(points[0]);

    if (point < 0x80)
        return strchr(".,:;?!)]}>", (int) point) != NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (points[middle] < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof(points) / sizeof(points[0]) && points[low] == point;
}

static int ends_no_line(uint32_t point)
{
    return point == 0x300C || point == 0x300E || point == 0x3010 ||
           point == 0x3014 || point == 0x3008 || point == 0x300A ||
           point == 0xFF08 || point == '(' || point == '<';
}

/* May a line end between two characters, no blank? */
static int may_break(uint32_t before, uint32_t point)
{
    return before != ' ' && point != ' ' &&
           (is_ideographic(before) || is_ideographic(point)) &&
           !begins_no_line(point) && !ends_no_line(before);
}

/* Words of ours; in scripts without blanks, with the places where a line may
   end. */
static void text_words(ndri_prose *prose, ndri_span words)
{
    uint32_t before = prose->line.used > 0 ? 'a' : ' ', point = 0;
    size_t at = 0, length;
    char *to;

    if (!prose->filled || ndri_text_is_ascii(words)) {
        ndri_buf_add(text_buffer(prose), words);
        return;
    }
    to = ndri_buf_reserve(&prose->line, 2 * words.length);
    for (; to != NULL && at < words.length; at += length) {
        length = ndri_utf8_decode(words, at, &point);
        length = length > 0 ? length : 1;
        if (may_break(before, point))
            *to++ = SOFT_BREAK;
        memcpy(to, words.at + at, length);
        to += length;
        before = point;
    }
    if (to != NULL)
        prose->line.used = (size_t) (to - prose->line.at);
}

static void text_value(ndri_prose *prose, ndri_span held)
{
    if (prose->filled)
        keep_blanks(&prose->line, held);
    else
        ndri_buf_add(prose->out, held);
}

static void put_link(ndri_prose *prose, ndri_span address)
{
    ndri_buf_add_text(text_buffer(prose), " <");
    text_value(prose, address);
    ndri_buf_add_byte(text_buffer(prose), '>');
}

/* Labels are padded to the column where the values begin. */
static void end_label(ndri_prose *prose)
{
    size_t width = ndri_width(ndri_span_slice(ndri_buf_span(prose->out),
                                              prose->label, prose->out->used));

    ndri_buf_add_byte(prose->out, ' ');
    if (prose->column > width + 1)
        ndri_buf_fill(prose->out, ' ', prose->column - width - 1);
    else
        prose->column = width + 1;
}

/* Further lines of a line block are indented to its value. */
static void text_break(ndri_prose *prose)
{
    if (prose->filled) {
        ndri_buf_add_byte(&prose->line, '\n');
        return;
    }
    text_line_end(prose);
    ndri_buf_fill(prose->out, ' ', prose->column);
}

static void text_mark(ndri_prose *prose, int what, ndri_span address)
{
    if (what == NDRI_INLINE_BREAK)
        text_break(prose);
    else if (what == NDRI_INLINE_LINK_END)
        put_link(prose, address);
    else if (what == NDRI_INLINE_LABEL_END)
        end_label(prose);
}

/* Append with kept blanks as blanks, and without places to break. */
static void release(ndri_buf *out, ndri_span text)
{
    size_t at = 0, to;

    while (at < text.length) {
        for (to = at; to < text.length; to++)
            if (text.at[to] == KEPT_BLANK || text.at[to] == SOFT_BREAK)
                break;
        ndri_buf_add(out, ndri_span_slice(text, at, to));
        if (to < text.length && text.at[to] == KEPT_BLANK)
            ndri_buf_add_byte(out, ' ');
        at = to + 1;
    }
}

/* Where lines of a filled block stand. */
typedef struct filling {
    ndri_buf *out;
    size_t indent; /* of the next line */
    size_t hang;   /* of the lines after it */
    size_t column; /* 0: the line is empty */
} filling;

static void new_line(filling *f)
{
    if (f->column > 0)
        ndri_buf_add_text(f->out, "\r\n");
    f->column = 0;
    f->indent = f->hang;
}

static void fill_word(filling *f, ndri_span word, size_t blanks)
{
    size_t width = ndri_width(word);

    if (f->column > 0 && f->column + blanks + width > WIDTH)
        new_line(f);
    if (f->column == 0) {
        ndri_buf_fill(f->out, ' ', f->indent);
        f->column = f->indent;
    } else {
        ndri_buf_fill(f->out, ' ', blanks);
        f->column += blanks;
    }
    release(f->out, word);
    f->column += width;
}

/* The top bit of each octet of word that is a blank. */
static uint64_t blanks_of(uint64_t word)
{
    word ^= NDRI_OCTETS(' ');
    return ~((word & NDRI_OCTETS(127)) + NDRI_OCTETS(127)) & ~word &
           NDRI_OCTETS(128);
}

static int has_wide_blank(ndri_span words)
{
    size_t at;

    for (at = 0; at + 8 <= words.length; at += 7) {
        uint64_t blanks = blanks_of(ndri_word_at(words.at + at));

        if ((blanks & blanks << 8) != 0)
            return 1;
    }
    return ndri_span_find(words, at, NDRI_SPAN("  ")) < words.length;
}

/* Printable ASCII whose blanks stand alone: a column is an octet then. */
static int is_plain(ndri_span words)
{
    return ndri_text_is_printable(words) && !has_wide_blank(words);
}

/* Where to end a line of plain words that begins at from, with room columns
   left: at a blank, or at the end. */
static size_t plain_end(ndri_span words, size_t from, size_t room)
{
    size_t to = from + room;

    if (words.length - from <= room)
        return words.length;
    while (to > from && words.at[to] != ' ')
        to--;
    return to > from ? to : ndri_span_find_byte(words, from, ' ');
}

static void fill_plain(filling *f, ndri_span words)
{
    size_t at = 0;

    words = ndri_span_trim(words);
    while (at < words.length) {
        size_t begun = f->column > 0 ? f->column + 1 : f->indent;
        size_t room = begun < WIDTH ? WIDTH - begun : 0;
        size_t to = plain_end(words, at, room);

        if (to - at > room && f->column > 0) {
            new_line(f);
            continue;
        }
        ndri_buf_fill(f->out, ' ', f->column > 0 ? 1 : f->indent);
        ndri_buf_add(f->out, ndri_span_slice(words, at, to));
        f->column = begun + to - at;
        at = to + 1;
    }
}

static void fill_marked(filling *f, ndri_span words)
{
    size_t at = 0, to, blanks = 1;

    while (at < words.length) {
        for (to = at; to < words.length; to++)
            if (words.at[to] == ' ' || words.at[to] == SOFT_BREAK)
                break;
        if (to > at) {
            fill_word(f, ndri_span_slice(words, at, to), blanks);
            blanks = 0;
        }
        if (to < words.length && words.at[to] == ' ')
            blanks = 1;
        at = to + 1;
    }
}

/* Fill the words of one line of the block. */
static void fill_words(filling *f, ndri_span words)
{
    if (is_plain(words))
        fill_plain(f, words);
    else
        fill_marked(f, words);
}

static void fill_block(ndri_prose *prose, int block)
{
    ndri_span all = ndri_buf_span(&prose->line);
    filling f;
    size_t at = 0;

    f.out = prose->out;
    f.indent = f.hang = layouts[block].indent;
    f.column = 0;
    if (block == NDRI_BLOCK_STEP) {
        size_t before = prose->out->used;

        ndri_buf_fill(prose->out, ' ', f.indent);
        ndri_buf_add_number(prose->out, prose->step);
        ndri_buf_add_byte(prose->out, '.');
        f.column = prose->out->used - before;
        f.hang = f.column + 1;
    }
    while (at < all.length) {
        size_t to = ndri_span_find_byte(all, at, '\n');

        if (at > 0)
            new_line(&f);
        fill_words(&f, ndri_span_slice(all, at, to));
        at = to + 1;
    }
    if (f.column > 0)
        text_line_end(prose);
}

static void text_close(ndri_prose *prose, int block)
{
    if (layouts[block].filled)
        fill_block(prose, block);
    else if (layouts[block].line)
        text_line_end(prose);
    if (prose->line.error != NDR_OK)
        ndri_buf_fail(prose->out);
    ndri_buf_clear(&prose->line);
}

const ndri_printer ndri_print_text = {text_open, text_close, text_words,
                                      text_value, text_mark};
