/* SPDX-License-Identifier: ISC */
/*
 * The third part (RFC 6522 4, RFC 3461 6.2). Fields keep order, folds and
 * octets; line ends become CRLF on the way. The body is read a second time and
 * looked at again: a source that changed in between must not break the report.
 */
#include "output/part_original.h"

#include "report/report.h"

const char *ndri_original_part_type(const ndr_report *report)
{
    static const char *const types[] = {"", "text/rfc822-headers",
                                        "message/global-headers",
                                        "message/rfc822", "message/global"};

    return types[report->plan.third];
}

static int returns_message(const ndr_report *report)
{
    return report->plan.third == NDRI_THIRD_MESSAGE ||
           report->plan.third == NDRI_THIRD_GLOBAL;
}

void ndri_original_part_begin(ndr_report *report)
{
    report->output.index = 0;
    report->output.offset = report->plan.original.body;
    report->output.after_cr = 0;
    ndri_scan_init(&report->output.scan);
    ndri_collision_init(&report->output.collision,
                        ndri_span_of(report->plan.stem));
}

/* Append text with every line end as CRLF. A CR at the end of one block belongs
   with an LF at the beginning of the next. */
static void add_lines(ndr_report *report, ndri_span text, ndri_buf *out)
{
    size_t at = 0;

    while (at < text.length) {
        size_t end = ndri_span_line_end(text, at);

        ndri_buf_add(out, ndri_span_slice(text, at, end));
        if (end > at)
            report->output.after_cr = 0;
        if (end == text.length)
            return;
        if (text.at[end] == '\r' || !report->output.after_cr)
            ndri_buf_add_text(out, "\r\n");
        report->output.after_cr = text.at[end] == '\r';
        at = end + 1;
    }
}

static int changed(ndr_report *report, int error)
{
    return ndri_report_fail(report, error, 0, "original", NULL,
                            "its body could not be read as it was before");
}

/* What the second reading may not hold more of than the first. */
static int is_worse(const ndr_report *report)
{
    const ndri_scan *now = &report->output.scan;
    const ndri_scan *then = &report->plan.body;

    return (now->found & ~then->found) != 0 || now->longest > then->longest ||
           now->line > then->longest ||
           report->output.collision.highest > report->plan.boundary;
}

static int body_step(ndr_report *report, ndri_buf *out)
{
    ndri_output *output = &report->output;
    ndri_buf *block = &output->plain;
    int error;

    if (output->offset >= report->source.size)
        return 0;
    ndri_buf_clear(block);
    error = ndri_source_read(&report->source, output->offset, NDRI_SOURCE_BLOCK,
                             block);
    if (error != NDR_OK)
        return changed(report, error);
    ndri_scan_add(&output->scan, ndri_buf_span(block));
    ndri_collision_add(&output->collision, ndri_buf_span(block));
    if (is_worse(report))
        return changed(report, NDR_E_SOURCE);
    add_lines(report, ndri_buf_span(block), out);
    output->offset += block->used;
    return 1;
}

int ndri_original_part_step(ndr_report *report, ndri_buf *out)
{
    const ndri_original *original = &report->plan.original;
    const ndri_header *field;

    if (report->output.index < original->count) {
        field = &original->fields[report->output.index++];
        if (returns_message(report) ? field->passes : field->shown)
            ndri_original_add_field(out, field);
        return 1;
    }
    if (!returns_message(report))
        return 0;
    if (report->output.index == original->count) {
        report->output.index++;
        ndri_buf_add_text(out, "\r\n");
        return 1;
    }
    return body_step(report, out);
}
