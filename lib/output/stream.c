/* SPDX-License-Identifier: ISC */
/*
 * The skeleton (RFC 6522 3, RFC 2046 5.1.1): a table of stages, each of which
 * writes what stands between parts or hands a part's steps on through its
 * transfer encoding. Pieces are bounded, whatever the report holds.
 */
#include "output/stream.h"

#include "output/envelope.h"
#include "output/part_human.h"
#include "output/part_original.h"
#include "output/part_status.h"
#include "report/identity.h"
#include "report/plan.h"
#include "report/report.h"

#define PIECE ((size_t) 16384) /* a piece ends when it has reached this */

/* A stage: what it writes when it begins, and its steps: 1 while more may come,
   0 at the end, negative on error. NULL: it has none. */
typedef struct stage {
    int (*is_wanted)(const ndr_report *report);
    void (*begin)(ndr_report *report);
    int (*step)(ndr_report *report);
} stage;

static ndri_buf *chunk(ndr_report *report)
{
    return &report->output.chunk;
}

static void delimiter(ndr_report *report, unsigned boundary, const char *end)
{
    ndri_buf_add_text(chunk(report), "--");
    ndri_identity_add_boundary(report, boundary, chunk(report));
    ndri_buf_add_text(chunk(report), end);
}

/* Headers of a part, and its transfer encoding from here on. */
static void part_headers(ndr_report *report, const char *type, int encoding)
{
    ndri_buf_add_text(chunk(report), "Content-Type: ");
    ndri_buf_add_text(chunk(report), type);
    ndri_buf_add_text(chunk(report), "\r\n");
    if (encoding != NDRI_ENCODING_7BIT) {
        ndri_buf_add_text(chunk(report), "Content-Transfer-Encoding: ");
        ndri_buf_add_text(chunk(report), ndri_encoding_name(encoding));
        ndri_buf_add_text(chunk(report), "\r\n");
    }
    ndri_transfer_init(&report->output.transfer, encoding);
}

static void end_headers(ndr_report *report)
{
    ndri_buf_add_text(chunk(report), "\r\n");
}

/* Where a part's steps write: straight into the piece if it is not encoded. */
static ndri_buf *part_buffer(ndr_report *report)
{
    int encoding = report->output.transfer.encoding;

    return encoding == NDRI_ENCODING_QUOTED_PRINTABLE ||
                   encoding == NDRI_ENCODING_BASE64
               ? &report->output.plain
               : chunk(report);
}

/* Encode what a step wrote; at the end of a part, what is left. */
static int encode(ndr_report *report, int more)
{
    ndri_buf *plain = &report->output.plain;

    if (part_buffer(report) == plain) {
        if (plain->error != NDR_OK)
            ndri_buf_fail(chunk(report));
        ndri_transfer_add(&report->output.transfer, ndri_buf_span(plain),
                          chunk(report));
        ndri_buf_clear(plain);
    }
    if (more == 0)
        ndri_transfer_finish(&report->output.transfer, chunk(report));
    return more;
}

static int always(const ndr_report *report)
{
    (void) report;
    return 1;
}

static int wants_html(const ndr_report *report)
{
    return report->profile->html == NDR_HTML_ON;
}

/* multipart/alternative, with the boundary after the outer one. */
static void begin_alternative(ndr_report *report)
{
    delimiter(report, 0, "\r\n");
    ndri_buf_add_text(chunk(report),
                      "Content-Type: multipart/alternative;\r\n boundary=\"");
    ndri_identity_add_boundary(report, 1, chunk(report));
    ndri_buf_add_text(chunk(report), "\"\r\n");
    end_headers(report);
}

/* RFC 3282 2: every language that is spoken. */
static void content_language(ndr_report *report)
{
    int i;

    ndri_buf_add_text(chunk(report), "Content-Language: ");
    for (i = 0; i < report->plan.language_count; i++) {
        ndri_buf_add_text(chunk(report), i > 0 ? ", " : "");
        ndri_buf_add_text(chunk(report), report->plan.languages[i].tag);
    }
    ndri_buf_add_text(chunk(report), "\r\n");
}

/* The human part in one of its forms. */
static void begin_human(ndr_report *report, const char *type, int encoding,
                        const ndri_printer *printer)
{
    ndri_buf_clear(&report->output.plain);
    delimiter(report, wants_html(report) ? 1 : 0, "\r\n");
    part_headers(report, type, encoding);
    content_language(report);
    end_headers(report);
    ndri_human_begin(report, printer, part_buffer(report));
}

static void begin_text_part(ndr_report *report)
{
    begin_human(report,
                report->plan.text_utf8 ? "text/plain; charset=utf-8"
                                       : "text/plain; charset=us-ascii",
                report->plan.text_encoding, &ndri_print_text);
}

/* Always UTF-8: the document says so too, for when it stands alone. */
static void begin_html(ndr_report *report)
{
    end_headers(report);
    begin_human(report, "text/html; charset=utf-8", report->plan.html_encoding,
                &ndri_print_html);
}

static void end_alternative(ndr_report *report)
{
    end_headers(report);
    delimiter(report, 1, "--\r\n");
}

static int step_human(ndr_report *report)
{
    return encode(report, ndri_human_step(report));
}

static void begin_status(ndr_report *report)
{
    end_headers(report);
    delimiter(report, 0, "\r\n");
    part_headers(report,
                 report->plan.global ? "message/global-delivery-status"
                                     : "message/delivery-status",
                 report->plan.global ? NDRI_ENCODING_8BIT : NDRI_ENCODING_7BIT);
    end_headers(report);
    ndri_status_part_begin(report);
}

static int step_status(ndr_report *report)
{
    return encode(report, ndri_status_part_step(report, part_buffer(report)));
}

static int wants_original(const ndr_report *report)
{
    return report->plan.third != NDRI_THIRD_NONE;
}

static void begin_original(ndr_report *report)
{
    end_headers(report);
    delimiter(report, 0, "\r\n");
    ndri_buf_clear(&report->output.plain);
    part_headers(report, ndri_original_part_type(report),
                 report->plan.third_encoding);
    end_headers(report);
    ndri_original_part_begin(report);
}

static int step_original(ndr_report *report)
{
    return encode(report, ndri_original_part_step(report, part_buffer(report)));
}

/* The body is sent as it is: what does not let it does not come back whole. */
static int step_body(ndr_report *report)
{
    return ndri_original_body_step(report);
}

static void begin_end(ndr_report *report)
{
    end_headers(report);
    delimiter(report, 0, "--\r\n");
}

static const stage stages[] = {
    {wants_html, begin_alternative, NULL},
    {always, begin_text_part, step_human},
    {wants_html, begin_html, step_human},
    {wants_html, end_alternative, NULL},
    {always, begin_status, step_status},
    {wants_original, begin_original, step_original},
    {ndri_original_is_message, NULL, step_body},
    {always, begin_end, NULL},
};

/* Phases: 0 the header; then for stage n, from 0: 2n+1 to begin it, 2n+2 while
   it takes its steps. */
#define STAGE_COUNT ((int) (sizeof(stages) / sizeof(stages[0])))
#define LAST_PHASE (2 * STAGE_COUNT)

static int run_phase(ndr_report *report)
{
    ndri_output *output = &report->output;
    const stage *now = &stages[(output->phase - 1) / 2];
    int more;

    if (output->phase % 2 == 1) {
        output->phase += now->is_wanted(report) ? 1 : 2;
        if (output->phase % 2 == 0 && now->begin != NULL)
            now->begin(report);
        return NDR_OK;
    }
    more = now->step == NULL ? 0 : now->step(report);
    if (more < 0)
        return more;
    output->phase += more == 0;
    return NDR_OK;
}

/* Is there a piece to hand out? The body has the chunk for itself. */
static int is_full(const ndr_report *report)
{
    const ndri_output *output = &report->output;
    size_t used = output->chunk.used;

    return used >= PIECE || output->through.length > 0 ||
           (used > 0 && output->phase % 2 == 0 && output->phase > 0 &&
            stages[(output->phase - 1) / 2].step == step_body);
}

static int failed(const ndr_report *report)
{
    return report->output.chunk.error != NDR_OK ||
           report->output.plain.error != NDR_OK ||
           report->output.prose.line.error != NDR_OK ||
           report->scratch.error != NDR_OK || report->made.error != NDR_OK;
}

void ndri_stream_rewind(ndr_report *report)
{
    report->output.phase = 0;
    report->output.piece = NDRI_SPAN("");
}

int ndri_stream_next(ndr_report *report, ndri_span *piece)
{
    ndri_output *output = &report->output;
    int error = ndri_plan_make(report);

    if (error != NDR_OK)
        return error;
    ndri_buf_clear(chunk(report));
    output->through = NDRI_SPAN("");
    if (output->phase == 0) {
        ndri_envelope_write(report, chunk(report));
        output->phase = 1;
    } else {
        while (error == NDR_OK && output->phase <= LAST_PHASE &&
               !is_full(report) && !failed(report))
            error = run_phase(report);
    }
    if (error != NDR_OK)
        return error;
    if (failed(report))
        return ndri_report_out_of_memory(report);
    *piece = output->through.length > 0 ? output->through
                                        : ndri_buf_span(chunk(report));
    return piece->length > 0 ? NDR_OK : NDR_END;
}
