/* SPDX-License-Identifier: ISC */
/* The report object: its life, its memory, its errors and notes. */
#include "report/report.h"

#include <string.h>

static const ndri_span empty = {"", 0};

int ndri_report_fail(ndr_report *report, int error, unsigned recipient,
                     const char *what, const ndri_span *value, const char *why)
{
    return ndri_fault_set(&report->fault, error, recipient, what, value, why);
}

int ndri_report_out_of_memory(ndr_report *report)
{
    return ndri_report_fail(report, NDR_E_NOMEM, 0, "report", NULL,
                            "out of memory");
}

int ndri_report_is_open(const ndr_report *report)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    if (report->fault.error != NDR_OK)
        return report->fault.error;
    return report->closed ? NDR_E_ORDER : NDR_OK;
}

int ndri_report_take(ndr_report *report, const char *text, size_t length,
                     ndri_span *span)
{
    int error = ndri_report_is_open(report);

    if (error != NDR_OK)
        return error;
    if (text != NULL && length != NDR_NUL && length > NDRI_TEXT_LIMIT)
        return ndri_report_fail(report, NDR_E_INVALID, 0, "text", NULL,
                                "over 256 MiB");
    *span = ndri_span_from(text, length);
    return NDR_OK;
}

ndri_span ndri_report_keep(ndr_report *report, ndri_span text)
{
    char *copy = ndri_arena_copy(&report->arena, text);

    if (copy == NULL) {
        ndri_report_out_of_memory(report);
        return NDRI_SPAN("");
    }
    return ndri_span_from(copy, text.length);
}

ndri_span ndri_report_keep_scratch(ndr_report *report)
{
    if (report->scratch.error != NDR_OK)
        ndri_report_out_of_memory(report);
    return ndri_report_keep(report, ndri_buf_span(&report->scratch));
}

/* Room for one note more. 0 for no memory. */
static int make_note_room(ndr_report *report)
{
    size_t room = report->note_room == 0 ? 8 : report->note_room * 2;
    const char **moved;

    if (report->note_count < report->note_room)
        return 1;
    moved = ndri_arena_extend(&report->arena, report->notes,
                              report->note_room * sizeof(*moved),
                              room * sizeof(*moved));
    if (moved == NULL)
        return 0;
    report->notes = moved;
    report->note_room = room;
    return 1;
}

void ndri_report_note(ndr_report *report, unsigned recipient, const char *what,
                      const ndri_span *value, const char *why)
{
    char words[256];
    ndri_span kept;

    ndri_fault_words(words, sizeof(words), recipient, what, value, why);
    kept = ndri_report_keep(report, ndri_span_of(words));
    if (kept.length == 0)
        return;
    if (make_note_room(report))
        report->notes[report->note_count++] = kept.at;
    else
        ndri_report_out_of_memory(report);
}

/* Every fact as it is before it is set. The allocator, arena, charsets and
   buffers stay. */
static void clear_facts(ndr_report *report)
{
    memset(&report->fault, 0, sizeof(report->fault));
    report->has = 0;
    memset(&report->date, 0, sizeof(report->date));
    memset(&report->arrival, 0, sizeof(report->arrival));
    report->sender = report->message_id = report->seed = report->subject =
        report->languages = report->envelope_id = report->helo =
            report->helo_ip = report->gateway = empty;
    report->how_much = NDR_RETURN_HEADERS;
    report->transport = NDR_TRANSPORT_7BIT;
    memset(&report->source, 0, sizeof(report->source));
    report->require_tls = NDR_REQUIRE_TLS_NO;
    report->copy = NDR_COPY_NONE;
    report->form = NDR_OUTPUT_CRLF;
    memset(&report->fields, 0, sizeof(report->fields));
    memset(&report->headers, 0, sizeof(report->headers));
    report->notes = NULL;
    report->note_count = report->note_room = 0;
    report->first = report->last = NULL;
    report->count = 0;
    memset(&report->dead, 0, sizeof(report->dead));
    report->dead.report = report;
    report->closed = report->settled = 0;
    report->secrets = NULL;
    report->secret_count = report->facts_notes = 0;
    report->prepared = 0;
    memset(&report->plan, 0, sizeof(report->plan));
    report->output.phase = 0;
    report->output.piece = empty;
}

static void use_profile(ndr_report *report, const ndr_profile *profile)
{
    report->profile = profile;
    if (!report->charsets.sealed)
        report->charsets.system = profile->charsets == NDR_CHARSETS_SYSTEM;
    report->fault = profile->fault;
}

/* Where the buffers of most reports have room: one allocation is cheaper than
   one for each. */
typedef struct report_room {
    ndr_report report;
    char chunk[18 * 1024], plain[6 * 1024], header[4 * 1024], line[2 * 1024],
        scratch[2 * 1024], made[2 * 1024];
} report_room;

static void init_buffers(report_room *room)
{
    ndr_report *report = &room->report;
    const struct {
        ndri_buf *buf;
        char *memory;
        size_t size;
    } lent[] = {
        {&report->output.chunk, room->chunk, sizeof(room->chunk)},
        {&report->output.plain, room->plain, sizeof(room->plain)},
        {&report->output.prose.line, room->line, sizeof(room->line)},
        {&report->header, room->header, sizeof(room->header)},
        {&report->scratch, room->scratch, sizeof(room->scratch)},
        {&report->made, room->made, sizeof(room->made)},
    };
    size_t i;

    ndri_prose_init(&report->output.prose, &report->allocator);
    for (i = 0; i < sizeof(lent) / sizeof(lent[0]); i++) {
        ndri_buf_init(lent[i].buf, &report->allocator, NDRI_BUF_CAP);
        ndri_buf_lend(lent[i].buf, lent[i].memory, lent[i].size);
    }
    ndri_buf_init(&report->output.formed, &report->allocator, NDRI_BUF_CAP);
    ndri_buf_init(&report->output.whole, &report->allocator, SIZE_MAX / 4);
}

int ndr_report_new(ndr_report **report, const ndr_profile *profile)
{
    report_room *room;
    ndr_report *made;

    if (report == NULL)
        return NDR_E_INVALID;
    *report = NULL;
    if (profile == NULL)
        return NDR_E_NOMEM;
    room = ndri_mem_resize(&profile->allocator, NULL, 0, sizeof(*room));
    if (room == NULL)
        return NDR_E_NOMEM;
    made = &room->report;
    memset(made, 0, sizeof(*made));
    made->allocator = profile->allocator;
    ndri_arena_init(&made->arena, &made->allocator);
    ndri_charsets_init(&made->charsets);
    init_buffers(room);
    ndri_table_init(&made->table, &made->allocator);
    clear_facts(made);
    use_profile(made, profile);
    *report = made;
    return NDR_OK;
}

int ndr_report_reset(ndr_report *report, const ndr_profile *profile)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    ndri_arena_reset(&report->arena);
    clear_facts(report);
    use_profile(report, profile != NULL ? profile : report->profile);
    return NDR_OK;
}

void ndr_report_free(ndr_report *report)
{
    ndr_allocator memory;

    if (report == NULL)
        return;
    memory = report->allocator;
    ndri_table_release(&report->table);
    ndri_prose_release(&report->output.prose);
    ndri_buf_release(&report->header);
    ndri_buf_release(&report->made);
    ndri_buf_release(&report->output.chunk);
    ndri_buf_release(&report->output.plain);
    ndri_buf_release(&report->output.formed);
    ndri_buf_release(&report->output.whole);
    ndri_buf_release(&report->scratch);
    ndri_charsets_release(&report->charsets);
    ndri_arena_release(&report->arena);
    ndri_mem_free(&memory, report, sizeof(report_room));
}

int ndr_report_error(const ndr_report *report)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    return report->fault.error;
}

const char *ndr_report_error_detail(const ndr_report *report)
{
    return report == NULL ? "" : report->fault.detail;
}

const char *ndr_report_notes(const ndr_report *report, size_t index)
{
    return report != NULL && index < report->note_count ? report->notes[index]
                                                        : NULL;
}

int ndr_report_preload(ndr_report *report)
{
    if (report == NULL)
        return NDR_E_NOMEM;
    ndri_charsets_preload(&report->charsets);
    return NDR_OK;
}
