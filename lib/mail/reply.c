/* SPDX-License-Identifier: ISC */
/*
 * Replies as they come: of one line or several, with or without enhanced code,
 * whole or cut off. The parser takes what is there and rewrites nothing.
 */
#include "mail/reply.h"

#include "mail/field.h"

#define REPLY_CUT " [...]"

/* "250" as a number; 0 if text does not begin with a reply code that ends there
   or before a blank or "-". */
static int take_code(ndri_span text)
{
    int code = 0;
    size_t i;

    if (text.length < 3 || text.at[0] < '2' || text.at[0] > '5' ||
        text.at[1] > '5')
        return 0;
    for (i = 0; i < 3; i++) {
        if (!ndri_is_digit(text.at[i]))
            return 0;
        code = code * 10 + (text.at[i] - '0');
    }
    if (text.length > 3 && text.at[3] != '-' && !ndri_is_blank(text.at[3]))
        return 0;
    return code;
}

/* Does this line, or what is glued to it after a blank, end a reply of code? */
static int ends_reply(ndri_span line, int code)
{
    size_t at;

    for (at = 0; at < line.length; at++) {
        ndri_span here = ndri_span_slice(line, at, line.length);

        if (at > 0 && !ndri_is_blank(line.at[at - 1]))
            continue;
        if (take_code(here) == code && (here.length == 3 || here.at[3] != '-'))
            return 1;
    }
    return 0;
}

/* The enhanced code of a line, and where its words begin. */
static void read_line(ndri_span line, ndri_reply *reply, size_t *text)
{
    size_t length;

    *text = 0;
    if (take_code(line) != 0)
        *text = line.length > 3 ? 4 : 3;
    while (*text < line.length && ndri_is_blank(line.at[*text]))
        (*text)++;
    length = ndri_status_scan(ndri_span_slice(line, *text, line.length),
                              &reply->status);
    if (length == 0)
        return;
    reply->has_status = 1;
    *text += length;
    while (*text < line.length && ndri_is_blank(line.at[*text]))
        (*text)++;
}

ndri_reply ndri_reply_parse(ndri_span text)
{
    ndri_reply reply = {0, 0, 0, {0, 0, 0}, 0};
    ndri_span rest = text, line;
    size_t words;

    if (!ndri_reply_next_line(&rest, &line))
        return reply;
    reply.code = take_code(line);
    read_line(line, &reply, &words);
    reply.text = (size_t) (line.at - text.at) + words;
    do {
        if (!reply.has_status)
            read_line(line, &reply, &words);
        reply.complete |= reply.code != 0 && ends_reply(line, reply.code);
    } while (ndri_reply_next_line(&rest, &line));
    return reply;
}

int ndri_reply_next_line(ndri_span *rest, ndri_span *line)
{
    while (rest->length > 0) {
        size_t end = ndri_span_line_end(*rest, 0);

        *line = ndri_span_slice(*rest, 0, end);
        *rest = ndri_span_slice(*rest, end + 1, rest->length);
        if (ndri_span_trim(*line).length > 0)
            return 1;
    }
    return 0;
}

int ndri_reply_add(ndri_buf *out, ndri_span reply, size_t limit)
{
    int cut = reply.length > limit;
    ndri_span rest = ndri_span_slice(reply, 0, limit), line;
    size_t from = out->used;

    while (ndri_reply_next_line(&rest, &line)) {
        if (out->used > from)
            ndri_buf_add_byte(out, '\n');
        ndri_field_add_ascii(out, line);
    }
    if (cut)
        ndri_buf_add_text(out, REPLY_CUT);
    return cut;
}

int ndr_reply_parse(const char *text, size_t length, int *code, char *status,
                    size_t *text_offset)
{
    ndri_reply reply;

    if (text == NULL || code == NULL)
        return NDR_E_INVALID;
    reply = ndri_reply_parse(ndri_span_from(text, length));
    *code = reply.code;
    if (status != NULL) {
        status[0] = '\0';
        if (reply.has_status)
            ndri_status_format(reply.status, status);
    }
    if (text_offset != NULL)
        *text_offset = reply.text;
    return reply.complete ? NDR_OK : NDR_END;
}
