/* SPDX-License-Identifier: ISC */
/* The parts of a report (RFC 2046 5.1, RFC 2045): delimiters, headers, transfer
   encodings; the text and its twin in HTML. */
#include "reader.h"

#define MOST_PIECES 3u

static int read_part_header(reading *report, read_part *part, octets text)
{
    octets where = {"", 0}, value;
    const char *broken;
    size_t i;

    broken = header_read(&part->header, text, &report->memory, &where);
    if (broken != NULL)
        return reader_broken(report, broken, where);
    for (i = 0; i < part->header.count; i++)
        if (!octets_begin(part->header.fields[i].name, "Content-"))
            return reader_broken(report, "an odd header of a part", text);
    if (!octets_is_ascii(text) ||
        header_count(&part->header, "Content-Type") != 1 ||
        header_count(&part->header, "Content-Transfer-Encoding") > 1)
        return reader_broken(report, "a part without a proper header", text);
    value = header_value(&part->header, "Content-Type");
    part->type = octets_slice(value, 0, octets_find_byte(value, 0, ';'));
    part->encoding = header_value(&part->header, "Content-Transfer-Encoding");
    if (part->encoding.at == NULL)
        part->encoding = octets_of("7bit");
    return 1;
}

static int decode_part(reading *report, read_part *part)
{
    store out = {NULL, 0, 0};
    int good = 1, encoded = 1;

    if (octets_equal(part->encoding, octets_of("quoted-printable"))) {
        good = decode_quoted_printable(part->raw, &out);
    } else if (octets_equal(part->encoding, octets_of("base64"))) {
        good = decode_base64(part->raw, &out);
    } else {
        encoded = 0;
        good = octets_equal(part->encoding, octets_of("7bit"))
                   ? octets_is_ascii(part->raw)
                   : octets_equal(part->encoding, octets_of("8bit")) &&
                         report->allowed != 0;
    }
    part->content =
        encoded ? pool_copy(&report->memory, store_octets(&out)) : part->raw;
    store_free(&out);
    return good ? 1
                : reader_broken(report, "a part does not decode", part->raw);
}

static int read_part_of(reading *report, octets text, read_part *part)
{
    size_t end = octets_find(text, 0, octets_of("\r\n\r\n"));

    if (end == text.length)
        return reader_broken(report, "a part without a body", text);
    part->raw = octets_slice(text, end + 4, text.length);
    return read_part_header(report, part, octets_slice(text, 0, end)) &&
           decode_part(report, part);
}

/* "--" and the boundary. */
static octets delimiter_of(reading *report, octets boundary)
{
    store text = {NULL, 0, 0};
    octets kept;

    store_text(&text, "--");
    store_add(&text, boundary);
    kept = pool_copy(&report->memory, store_octets(&text));
    store_free(&text);
    return kept;
}

/* Cut a body at its delimiters: no line begins as one and is none, nothing
   stands before the first or after the last. */
static int cut(reading *report, octets body, octets boundary, octets *pieces,
               size_t *count)
{
    octets mark = delimiter_of(report, boundary), rest = body, line;
    size_t from = 0;
    int closed = 0;

    *count = 0;
    while (octets_take_line(&rest, &line)) {
        size_t at = (size_t) (line.at - body.at);
        octets tail = octets_slice(line, mark.length, line.length);

        if (closed)
            return reader_broken(report, "something after the end", line);
        if (!octets_equal(octets_slice(line, 0, mark.length), mark))
            continue;
        closed = octets_equal(tail, octets_of("--"));
        if ((tail.length > 0 && !closed) || (from == 0) != (at == 0))
            return reader_broken(report, "nearly a delimiter", line);
        if (from > 0 && *count == MOST_PIECES)
            return reader_broken(report, "too many parts", line);
        if (from > 0 && at - 2 < from)
            return reader_broken(report, "a part without a line", line);
        if (from > 0)
            pieces[(*count)++] = octets_slice(body, from, at - 2);
        from = at + line.length + 2;
    }
    return closed ? 1 : reader_broken(report, "no closing delimiter", boundary);
}

static size_t count_lines_with(octets text, octets mark)
{
    size_t count = 0;
    octets line;

    while (octets_take_line(&text, &line))
        count +=
            (size_t) octets_equal(octets_slice(line, 0, mark.length), mark);
    return count;
}

/* The text alone, or text and HTML. */
static int read_human(reading *report, octets text)
{
    read_part *part = &report->parts[PART_TEXT];
    octets type, boundary, pieces[MOST_PIECES];
    size_t count;

    if (!read_part_of(report, text, part))
        return 0;
    if (!octets_equal(part->type, octets_of("multipart/alternative")))
        return 1;
    type = header_value(&part->header, "Content-Type");
    boundary = header_parameter(type, "boundary");
    if (boundary.at == NULL || !reader_is_boundary(boundary) ||
        octets_equal(boundary, report->boundary) ||
        octets_find(boundary, 0, report->boundary) == 0)
        return reader_broken(report, "the inner boundary", type);
    if (!cut(report, part->raw, boundary, pieces, &count))
        return 0;
    if (count != 2 ||
        count_lines_with(report->message, delimiter_of(report, boundary)) != 3)
        return reader_broken(report, "not two alternatives", boundary);
    return read_part_of(report, pieces[0], part) &&
           read_part_of(report, pieces[1], &report->parts[PART_HTML]);
}

static int check_words(reading *report, const read_part *part,
                       const char *wanted)
{
    octets type = header_value(&part->header, "Content-Type");
    octets charset = header_parameter(type, "charset");

    if (!octets_equal(part->type, octets_of(wanted)))
        return reader_broken(report, "not the text that is due here", type);
    if (octets_equal(charset, octets_of("utf-8"))
            ? !octets_is_utf8(part->content)
            : !octets_equal(charset, octets_of("us-ascii")) ||
                  !octets_is_ascii(part->content))
        return reader_broken(report, "a text does not fit its charset",
                             part->content);
    return reader_check_controls(report, part->content) &&
           reader_check_controls(report, part->raw);
}

static int check_html(reading *report)
{
    read_part *part = &report->parts[PART_HTML];
    store words = {NULL, 0, 0};
    octets where = {"", 0};
    const char *broken;

    if (part->type.at == NULL)
        return 1;
    if (!check_words(report, part, "text/html"))
        return 0;
    broken = html_read(part->content, &words, &where);
    report->words = pool_copy(&report->memory, store_octets(&words));
    store_free(&words);
    return broken == NULL ? 1 : reader_broken(report, broken, where);
}

int reader_read_parts(reading *report)
{
    octets body = octets_slice(report->message, report->head.length,
                               report->message.length);
    octets pieces[MOST_PIECES];
    size_t count;

    if (!cut(report, body, report->boundary, pieces, &count))
        return 0;
    if (count < 2)
        return reader_broken(report, "no status part", report->boundary);
    return read_human(report, pieces[0]) &&
           read_part_of(report, pieces[1], &report->parts[PART_STATUS]) &&
           (count < 3 ||
            read_part_of(report, pieces[2], &report->parts[PART_ORIGINAL])) &&
           check_words(report, &report->parts[PART_TEXT], "text/plain") &&
           check_html(report);
}
