/* SPDX-License-Identifier: ISC */
/*
 * The third part (RFC 6522 4, RFC 3461 6.2). Fields keep order, folds and
 * octets; line ends become CRLF on the way. The body is read a second time and
 * has to be the same: else the report ends in an error, never as a broken one.
 * Blocks with the right line ends are handed out where they stand.
 */
#include "output/part_original.h"

#include "report/report.h"

/* Octets of lines made at once: a buffer of 8 KiB. And octets that come to no
   more, even if each is a line end. */
#define LINES_MADE ((size_t) 8191)
#define LINES_TAKEN ((LINES_MADE - NDRI_COPY_SLACK) / 2)

const char *ndri_original_part_type(const ndr_report *report)
{
    static const char *const types[] = {"", "text/rfc822-headers",
                                        "message/global-headers",
                                        "message/rfc822", "message/global"};

    return types[report->plan.third];
}

int ndri_original_is_message(const ndr_report *report)
{
    return report->plan.third == NDRI_THIRD_MESSAGE ||
           report->plan.third == NDRI_THIRD_GLOBAL;
}

void ndri_original_part_begin(ndr_report *report)
{
    report->output.index = 0;
    report->output.offset = report->plan.original.body;
    report->output.block = NDRI_SPAN("");
    ndri_scan_init(&report->output.scan);
}

int ndri_original_part_step(ndr_report *report, ndri_buf *out)
{
    const ndri_original *original = &report->plan.original;
    const ndri_header *field;

    if (report->output.index < original->count) {
        field = &original->fields[report->output.index++];
        if (ndri_original_is_message(report) ? field->passes : field->shown)
            ndri_original_add_field(out, field);
        return 1;
    }
    if (ndri_original_is_message(report))
        ndri_buf_add_text(out, "\r\n");
    return 0;
}

/* Of the body, as ndr_report_set_output() wants it. */
static uint64_t body_octets(const ndr_report *report)
{
    const ndri_scan *body = &report->plan.body;
    uint64_t octets = report->source.size - report->plan.original.body;

    if (report->form & NDR_OUTPUT_LF)
        octets -= body->pairs;
    else
        octets += body->lines - body->pairs;
    return octets + (report->form & NDR_OUTPUT_DOTS ? body->dots : 0);
}

static int changed(ndr_report *report, int error)
{
    return ndri_report_fail(report, error, 0, "original", NULL,
                            "its body could not be read as it was before");
}

/* Read the next block, and tell how to hand it out. */
static int take_block(ndr_report *report)
{
    ndri_output *output = &report->output;
    const ndri_scan *body = &report->plan.body;
    ndri_span block;
    int error = ndri_source_block(&report->source, output->offset,
                                  &output->chunk, &block);

    if (error != NDR_OK)
        return changed(report, error);
    ndri_scan_sum(&output->scan, block);
    output->offset += block.length;
    if (body->lines == body->pairs)
        output->through = block;
    else
        output->block = block;
    return NDR_OK;
}

/* Hand out the next lines of the block, with CRLF. */
static void make_lines(ndr_report *report)
{
    ndri_span *block = &report->output.block;
    ndri_buf *out = &report->output.plain;
    ndri_span text = ndri_span_slice(*block, 0, LINES_TAKEN);
    size_t at = 0, end;
    char *to;

    ndri_buf_clear(out);
    to = ndri_buf_reserve(out, LINES_MADE);
    if (to == NULL)
        return;
    if (text.length > 1 && text.length < block->length &&
        text.at[text.length - 1] == '\r')
        text.length--; /* its LF may follow */
    for (; at < text.length; at = end) {
        end = ndri_octets_copy_line(to, text, at);
        to += end - at;
        if (end == text.length)
            break;
        *to++ = '\r';
        *to++ = '\n';
        end++;
        if (end < text.length && text.at[end - 1] == '\r' &&
            text.at[end] == '\n')
            end++;
    }
    out->used = (size_t) (to - out->at);
    *block = ndri_span_slice(*block, text.length, block->length);
    report->output.through = ndri_buf_span(out);
}

int ndri_original_body_step(ndr_report *report)
{
    ndri_output *output = &report->output;
    int error = NDR_OK;

    if (output->measuring) {
        output->skipped += body_octets(report);
        return 0;
    }
    if (output->block.length == 0) {
        if (output->offset >= report->source.size)
            return ndri_scan_sums_equal(&output->scan, &report->plan.body)
                       ? 0
                       : changed(report, NDR_E_SOURCE);
        error = take_block(report);
    }
    if (error == NDR_OK && output->block.length > 0)
        make_lines(report);
    return error == NDR_OK ? 1 : error;
}
