/* SPDX-License-Identifier: ISC */
/*
 * Header and status fields: RFC 5322 2.1.1 and 2.2.3, RFC 3464 2.1.
 *
 * Readers in the field read status fields line by line and join only
 * Diagnostic-Code, with a single space: so nothing else is folded unless its
 * line would pass 998 octets.
 */
#include "mail/field.h"

#include <string.h>

#define VALUE_END 256u  /* octets kept behind what is cut out of a value */
#define LONGEST_UNIT 10 /* octets of "\x{10FFFF}" */

static void add_escaped(ndri_buf *out, char octet)
{
    ndri_buf_add_text(out, "\\x");
    ndri_buf_add_hex(out, (unsigned char) octet);
}

int ndri_field_is_clean_ascii(ndri_span text)
{
    return ndri_text_is_printable(text);
}

void ndri_field_add_ascii(ndri_buf *out, ndri_span text)
{
    size_t at = 0;

    while (at < text.length) {
        size_t to = ndri_text_printable_end(text, at);

        ndri_buf_add(out, ndri_span_slice(text, at, to));
        if (to < text.length && text.at[to] == '\t')
            ndri_buf_add_byte(out, ' ');
        else if (to < text.length)
            add_escaped(out, text.at[to]);
        at = to + 1;
    }
}

/* C1 controls, and the characters with which text is made to look like other
   text: marks, embeddings, overrides, isolates, line and paragraph separators,
   the byte order mark. */
static int is_misleading(uint32_t point)
{
    return (point >= 0x80 && point < 0xA0) || point == 0x200E ||
           point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0x061C ||
           point == 0xFEFF;
}

void ndri_field_add_utf8(ndri_buf *out, ndri_span text)
{
    size_t at = 0, i;

    while (at < text.length) {
        uint32_t point = 0;
        size_t to = ndri_text_printable_end(text, at), length;

        ndri_buf_add(out, ndri_span_slice(text, at, to));
        at = to;
        if (at == text.length)
            break;
        length = ndri_utf8_decode(text, at, &point);
        if (length > 1 && !is_misleading(point)) {
            ndri_buf_add(out, ndri_span_slice(text, at, at + length));
        } else if (point == '\t' && length == 1) {
            ndri_buf_add_byte(out, ' ');
        } else {
            length = length > 0 ? length : 1;
            for (i = 0; i < length; i++)
                add_escaped(out, text.at[at + i]);
        }
        at += length;
    }
}

int ndri_field_is_extension(ndri_span name)
{
    size_t i;

    if (name.length < 3 || name.length > 70 ||
        ndri_to_lower(name.at[0]) != 'x' || name.at[1] != '-')
        return 0;
    for (i = 2; i < name.length; i++)
        if (!ndri_is_alnum(name.at[i]) && name.at[i] != '-')
            return 0;
    return 1;
}

int ndri_field_is_cut(ndri_span value)
{
    return value.length > NDRI_LINE_LIMIT - 1;
}

/* From at, back to where a UTF-8 character or an escape begins. */
static size_t unit_start(ndri_span text, size_t at)
{
    size_t back;

    while (at > 0 && ((unsigned char) text.at[at] & 0xC0) == 0x80)
        at--;
    for (back = 1; back < LONGEST_UNIT && back <= at; back++) {
        char c = text.at[at - back];

        if (c == '\\')
            return back < 4 || text.at[at - back + 2] == '{' ? at - back : at;
        if (c == '}')
            break;
    }
    return at;
}

/* A value on a line of its own, after a fold. What is cut out of it is its
   middle: the end of an address is its domain. */
static void add_folded_value(ndri_buf *out, ndri_span value)
{
    size_t fits = NDRI_LINE_LIMIT - sizeof(NDRI_VALUE_CUT) - VALUE_END;
    size_t end = value.length - VALUE_END;

    ndri_buf_add_text(out, "\r\n ");
    if (!ndri_field_is_cut(value)) {
        ndri_buf_add(out, value);
        return;
    }
    while (end < value.length && unit_start(value, end) != end)
        end++;
    ndri_buf_add(out, ndri_span_slice(value, 0, unit_start(value, fits)));
    ndri_buf_add_text(out, NDRI_VALUE_CUT);
    ndri_buf_add(out, ndri_span_slice(value, end, value.length));
}

void ndri_field_line(ndri_buf *out, const char *name, const char *type,
                     ndri_span value)
{
    ndri_span of_name = ndri_span_of(name), of_type = ndri_span_of(type);
    size_t before = of_name.length + 2 + of_type.length;

    ndri_buf_add(out, of_name);
    ndri_buf_add_text(out, ": ");
    if (of_type.length > 0) {
        ndri_buf_add(out, of_type);
        ndri_buf_add_byte(out, ';');
        before += 2;
    }
    if (before + value.length > NDRI_LINE_LIMIT) {
        add_folded_value(out, value);
    } else {
        if (of_type.length > 0)
            ndri_buf_add_byte(out, ' ');
        ndri_buf_add(out, value);
    }
    ndri_buf_add_text(out, "\r\n");
}

void ndri_fold_begin(ndri_fold *fold, ndri_buf *out, const char *name)
{
    fold->out = out;
    fold->width = NDRI_LINE_WIDTH;
    fold->first = 1;
    fold->column = strlen(name) + 1;
    ndri_buf_add_text(out, name);
    ndri_buf_add_byte(out, ':');
}

void ndri_fold_room(ndri_fold *fold, size_t blanks, size_t length)
{
    /* no fold after the colon: an empty first line confuses readers */
    if (fold->column + blanks + length > fold->width && !fold->first) {
        ndri_buf_add_text(fold->out, "\r\n");
        fold->column = 0;
        fold->width = NDRI_LINE_WIDTH;
    }
    ndri_buf_fill(fold->out, ' ', blanks);
    fold->column += blanks + length;
    fold->first = 0;
}

void ndri_fold_add(ndri_fold *fold, size_t blanks, ndri_span word)
{
    ndri_fold_room(fold, blanks, word.length);
    ndri_buf_add(fold->out, word);
}

void ndri_fold_end(ndri_fold *fold)
{
    ndri_buf_add_text(fold->out, "\r\n");
}

/* Is the octet at a blank with a word right behind it? */
static int ends_word(ndri_span text, size_t at)
{
    return text.at[at] == ' ' && at + 1 < text.length && text.at[at + 1] != ' ';
}

/* Where to end the line that begins at from, with room columns free: at the end
   of text, before the last single-spaced word that does not fit, or, if nothing
   breaks it, at the limit. */
static size_t diagnostic_end(ndri_span text, size_t from, size_t room)
{
    size_t limit = NDRI_LINE_LIMIT - 100, at;

    if (text.length - from <= room)
        return text.length;
    for (at = from + room; at > from; at--)
        if (ends_word(text, at))
            return at;
    for (at = from + room + 1; at < text.length && at - from <= limit; at++)
        if (ends_word(text, at))
            return at;
    return at;
}

static size_t after_blanks(ndri_span text, size_t at)
{
    while (at < text.length && text.at[at] == ' ')
        at++;
    return at;
}

/* One line of the text: no blanks at its ends, so that no fold stands beside
   blanks alone. */
static void add_diagnostic_line(ndri_buf *out, ndri_span line, size_t column)
{
    size_t at = 0;

    while (at < line.length) {
        size_t room = column < NDRI_LINE_WIDTH ? NDRI_LINE_WIDTH - column : 1;
        size_t to = diagnostic_end(line, at, room);

        ndri_buf_add(out, ndri_span_slice(line, at, to));
        at = after_blanks(line, to);
        if (at < line.length)
            ndri_buf_add_text(out, "\r\n ");
        column = 1;
    }
}

void ndri_field_diagnostic(ndri_buf *out, const char *type, ndri_span text)
{
    static const char name[] = "Diagnostic-Code: ";
    size_t column = sizeof(name) + strlen(type) + 1, at = 0;
    int first = 1;

    ndri_buf_add_text(out, name);
    ndri_buf_add_text(out, type);
    ndri_buf_add_text(out, "; ");
    while (at < text.length) {
        size_t end = ndri_span_find_byte(text, at, '\n');
        ndri_span line = ndri_span_trim(ndri_span_slice(text, at, end));

        if (line.length > 0 && !first)
            ndri_buf_add_text(out, "\r\n ");
        add_diagnostic_line(out, line, first ? column : 1);
        first = first && line.length == 0;
        at = end + 1;
    }
    ndri_buf_add_text(out, "\r\n");
}
