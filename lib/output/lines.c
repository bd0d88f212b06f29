/* SPDX-License-Identifier: ISC */
/*
 * What the stream hands out has CRLF at each line's end, and neither octet
 * without the other. Here it gets LF, and a second dot before the first one of
 * a line (RFC 5321 4.5.2), if the caller wants it so.
 */
#include "output/lines.h"

#include "output/stream.h"
#include "report/report.h"

/* Octets that are formed at once: they may double. */
#define SLICE ((size_t) 1023)

/* Behind the next LF; the end if there is none. */
static size_t behind_line(ndri_span text, size_t from)
{
    size_t at = ndri_span_find_byte(text, from, '\n');

    return at < text.length ? at + 1 : at;
}

static int has_dots(ndri_span text, int in_line)
{
    size_t at = in_line ? behind_line(text, 0) : 0;

    while (at < text.length && text.at[at] != '.')
        at = behind_line(text, at);
    return at < text.length;
}

/* A line or the piece of one that is here. */
static void form_line(ndr_report *report, ndri_span line)
{
    ndri_output *output = &report->output;
    int ends = line.at[line.length - 1] == '\n';

    if (report->form & NDR_OUTPUT_DOTS && !output->in_line && line.at[0] == '.')
        ndri_buf_add_byte(&output->formed, '.');
    output->in_line = !ends;
    if (report->form & NDR_OUTPUT_LF) {
        line.length -= (size_t) ends;
        /* a CR at the end of all has its LF in the next piece */
        if (line.length > 0 && line.at[line.length - 1] == '\r')
            line.length--;
    }
    ndri_buf_add(&output->formed, line);
    if (report->form & NDR_OUTPUT_LF && ends)
        ndri_buf_add_byte(&output->formed, '\n');
}

/* The next piece of raw. */
static ndri_span form(ndr_report *report)
{
    ndri_output *output = &report->output;
    ndri_span piece = output->raw;
    size_t at = 0, end;

    if (!(report->form & NDR_OUTPUT_LF) && !has_dots(piece, output->in_line)) {
        output->in_line = piece.at[piece.length - 1] != '\n';
        output->raw = NDRI_SPAN("");
        return piece;
    }
    piece = ndri_span_slice(piece, 0, SLICE);
    output->raw =
        ndri_span_slice(output->raw, piece.length, output->raw.length);
    ndri_buf_clear(&output->formed);
    ndri_buf_reserve(&output->formed, 2 * piece.length);
    for (; at < piece.length; at = end) {
        end = behind_line(piece, at);
        form_line(report, ndri_span_slice(piece, at, end));
    }
    return ndri_buf_span(&output->formed);
}

int ndri_lines_next(ndr_report *report, ndri_span *piece)
{
    ndri_output *output = &report->output;
    int error = NDR_OK;

    if (report->form == NDR_OUTPUT_CRLF)
        return ndri_stream_next(report, piece);
    if (output->phase == 0) { /* whoever began anew */
        output->raw = NDRI_SPAN("");
        output->in_line = 0;
    }
    do {
        if (output->raw.length == 0)
            error = ndri_stream_next(report, &output->raw);
        if (error != NDR_OK)
            return error;
        *piece = form(report);
        if (output->formed.error != NDR_OK)
            return ndri_report_out_of_memory(report);
    } while (piece->length == 0);
    return NDR_OK;
}
