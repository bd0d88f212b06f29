/* SPDX-License-Identifier: ISC */
/* The report as the caller likes it: piece by piece, into a buffer, into a
   sink, or whole. All are thin over the lines. */
#include "output/lines.h"
#include "output/stream.h"
#include "report/report.h"

#include <string.h>

int ndr_report_next(ndr_report *report, const char **piece, size_t *length)
{
    ndri_span next = {"", 0};
    int error = NDR_OK;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (piece == NULL || length == NULL)
        return NDR_E_INVALID;
    if (report->output.piece.length > 0) {
        next = report->output.piece; /* what read left over */
        report->output.piece = NDRI_SPAN("");
    } else {
        error = ndri_lines_next(report, &next);
    }
    *piece = next.at;
    *length = next.length;
    return error;
}

int ndr_report_read(ndr_report *report, void *buffer, size_t size, size_t *got)
{
    ndri_output *output;
    size_t count;
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (buffer == NULL || got == NULL || size == 0)
        return NDR_E_INVALID;
    *got = 0;
    output = &report->output;
    while (*got < size) {
        if (output->piece.length == 0) {
            error = ndri_lines_next(report, &output->piece);
            if (error == NDR_END && *got > 0)
                return NDR_OK;
            if (error != NDR_OK)
                return error;
        }
        count = size - *got < output->piece.length ? size - *got
                                                   : output->piece.length;
        memcpy((char *) buffer + *got, output->piece.at, count);
        *got += count;
        output->piece =
            ndri_span_slice(output->piece, count, output->piece.length);
    }
    return NDR_OK;
}

int ndr_report_write(ndr_report *report, ndr_sink sink, void *user)
{
    ndri_span piece;
    int error, result;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (sink == NULL)
        return NDR_E_INVALID;
    ndri_stream_rewind(report);
    while ((error = ndri_lines_next(report, &piece)) == NDR_OK) {
        result = sink(user, piece.at, piece.length);
        if (result != 0)
            return result <= -1000 ? result : NDR_E_SINK;
    }
    return error == NDR_END ? NDR_OK : error;
}

static int add_to_whole(void *user, const char *octets, size_t length)
{
    ndr_report *report = user;

    ndri_buf_add(&report->output.whole, ndri_span_from(octets, length));
    return report->output.whole.error;
}

int ndr_report_render(ndr_report *report, const char **message, size_t *length)
{
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (message == NULL)
        return NDR_E_INVALID;
    *message = NULL;
    ndri_buf_clear(&report->output.whole);
    error = ndr_report_write(report, add_to_whole, report);
    if (error == NDR_E_SINK)
        return NDR_E_NOMEM;
    if (error != NDR_OK)
        return error;
    *message = ndri_buf_string(&report->output.whole);
    if (length != NULL)
        *length = report->output.whole.used;
    return NDR_OK;
}

int ndr_report_rewind(ndr_report *report)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    ndri_stream_rewind(report);
    return report->fault.error;
}

static int count(void *user, const char *octets, size_t length)
{
    (void) octets;
    *(uint64_t *) user += length;
    return 0;
}

int ndr_report_length(ndr_report *report, uint64_t *octets)
{
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    if (octets == NULL)
        return NDR_E_INVALID;
    *octets = 0;
    report->output.measuring = 1;
    report->output.skipped = 0;
    error = ndr_report_write(report, count, octets);
    report->output.measuring = 0;
    *octets += report->output.skipped;
    ndri_stream_rewind(report);
    return error;
}

int ndr_report_set_output(ndr_report *report, int output)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->fault.error != NDR_OK)
        return report->fault.error;
    if ((output & ~(NDR_OUTPUT_LF | NDR_OUTPUT_DOTS)) != 0)
        return ndri_report_fail(report, NDR_E_INVALID, 0, "output", NULL,
                                "unknown bits");
    report->form = output;
    ndri_stream_rewind(report);
    return NDR_OK;
}
