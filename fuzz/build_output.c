/* SPDX-License-Identifier: ISC */
/* Calls that decide and write: what they return, and that all of them give the
   same octets. */
#include "builder.h"

#include <string.h>

#define MOST_OUTPUTS 6u /* in an input; each writes it six times */

/* May the source of the original make any call fail from now on? */
static int source_is_bad(const builder *b)
{
    return b->borrowed && b->original.kind >= SOURCE_FAILS;
}

static int is_source_error(const builder *b, int result)
{
    return source_is_bad(b) &&
           (result == NDR_E_SOURCE ||
            (result <= -1000 && result == b->original.result));
}

/* 1: the call did what it should. A source's failure becomes the report's. */
static int took(builder *b, const char *call, int result, int good)
{
    if (builder_is_lost(b))
        return 0;
    if (b->facts.error != NDR_OK) {
        if (result != b->facts.error)
            builder_fail(b, "an error is not sticky in output",
                         octets_of(call));
        return 0;
    }
    if (result == good)
        return 1;
    if (!is_source_error(b, result))
        builder_fail(b, "a result that is not due", octets_of(call));
    b->facts.error = result;
    if (ndr_report_error(b->report) != result)
        builder_fail(b, "ndr_report_error differs", octets_of(call));
    return 0;
}

/* ---- prepare ---- */

static int status_contradicts(const model_recipient *recipient)
{
    const char *classes = model_kind(recipient) == NDR_ACTIONS_FAILED    ? "45"
                          : model_kind(recipient) == NDR_ACTIONS_DELAYED ? "4"
                                                                         : "2";

    return recipient->status.at != NULL &&
           strchr(classes, recipient->status.at[0]) == NULL;
}

static int nothing(const model *facts)
{
    if (facts->copy == NDR_COPY_NONE && model_has_null_sender(facts))
        return NDR_NOTHING_NULL_RETURN_PATH;
    if (model_due(facts) > 0)
        return NDR_NOTHING_NONE;
    return facts->copy == NDR_COPY_NONE ? NDR_NOTHING_NOT_ASKED
                                        : NDR_NOTHING_TO_COPY;
}

/* What prepare has to return, but for a source that fails. */
static int expected(const model *facts)
{
    size_t i;

    if (facts->profile.server.length == 0 || facts->sender.at == NULL ||
        !facts->date.set || facts->count == 0)
        return NDR_E_MISSING;
    for (i = 0; i < facts->count; i++)
        if (status_contradicts(&facts->recipients[i]))
            return NDR_E_ACTION;
    return nothing(facts) == NDR_NOTHING_NONE ? NDR_OK : NDR_NOTHING_DUE;
}

/* The number N of a note "recipient N: address: was added before; reported
   once"; 0 if it is another note. */
static size_t twin_of_note(octets note)
{
    static const char begin[] = "recipient ";
    static const char end[] = ": address: was added before; reported once";
    size_t at = strlen(begin), number = 0;

    if (!octets_begin(note, begin))
        return 0;
    while (at < note.length && note.at[at] >= '0' && note.at[at] <= '9')
        number = number * 10 + (size_t) (note.at[at++] - '0');
    return octets_equal(octets_slice(note, at, note.length), octets_of(end))
               ? number
               : 0;
}

/* The library says which recipients it takes for one: those that must be, and
   no others than may be. */
static void learn_twins(builder *b)
{
    model *facts = &b->facts;
    const char *note;
    size_t i, number;

    for (i = 0; (note = ndr_report_notes(b->report, i)) != NULL; i++) {
        number = twin_of_note(octets_of(note));
        if (number > facts->count ||
            (number > 0 && model_twin(facts, number - 1) == TWIN_NO))
            builder_fail(b, "a recipient taken for another", octets_of(note));
        if (number > 0)
            facts->recipients[number - 1].is_twin = 1;
    }
    for (i = 0; i < facts->count; i++)
        if (model_twin(facts, i) == TWIN_YES && !facts->recipients[i].is_twin)
            builder_fail(b, "a recipient reported twice",
                         facts->recipients[i].address);
}

static void prepare(builder *b)
{
    model *facts = &b->facts;
    int result = ndr_report_prepare(b->report);

    if (builder_is_lost(b))
        return;
    if (facts->error != NDR_OK || facts->decided) {
        if (result != facts->error)
            builder_fail(b, "a second prepare", octets_of(""));
        return;
    }
    if (result != expected(facts) &&
        !(expected(facts) == NDR_OK && is_source_error(b, result)))
        builder_fail(b, "the result of prepare", octets_of(""));
    if (!facts->closed && result != NDR_E_MISSING && result != NDR_E_ACTION)
        learn_twins(b);
    facts->closed = facts->decided = 1;
    facts->error = result;
    facts->nothing =
        result == NDR_NOTHING_DUE ? nothing(facts) : NDR_NOTHING_NONE;
    facts->selected = model_due(facts) & -model_due(facts);
    if (ndr_report_error(b->report) != result ||
        (result == NDR_OK &&
         ndr_report_actions_due(b->report) != model_due(facts)))
        builder_fail(b, "the getters after prepare", octets_of(""));
    builder_check_getters(b);
    b->original.turned = b->original.later.at != NULL;
}

/* ---- the ways out ---- */

static void same(builder *b, const char *call)
{
    if (source_is_bad(b) || builder_is_lost(b))
        return;
    if (!octets_equal(store_octets(&b->output), store_octets(&b->again)))
        builder_fail(b, call, store_octets(&b->again));
}

/* The whole message in b->output. 1 if there is one. */
static int render(builder *b)
{
    const char *message = "";
    size_t length = 0;
    int result = ndr_report_render(b->report, &message, &length);

    store_clear(&b->output);
    if (result != NDR_OK && b->report != NULL && message != NULL)
        builder_fail(b, "render gives a message in spite of an error",
                     octets_of(""));
    if (result == NDR_OK && message[length] != '\0')
        builder_fail(b, "render ends without a NUL", octets_of(""));
    if (result == NDR_OK)
        store_add(&b->output, octets_from(message, length));
    return took(b, "render", result, NDR_OK);
}

/* next and read in turns, as the octets of pattern say. */
static void read_on(builder *b, unsigned pattern)
{
    char buffer[300];
    const char *piece;
    size_t got;
    int result = ndr_report_rewind(b->report), first = 1;

    store_clear(&b->again);
    while (result == NDR_OK) {
        if (pattern % 2 == 0) {
            result = ndr_report_next(b->report, &piece, &got);
        } else {
            piece = buffer;
            result =
                ndr_report_read(b->report, buffer, 1 + pattern % 299, &got);
        }
        if (result == NDR_OK)
            store_add(&b->again, octets_from(piece, got));
        if (result == NDR_OK && first && pattern % 2 == 0 &&
            (got < 4 || octets_find(octets_from(piece, got), 0,
                                    octets_of("\r\n\r\n")) != got - 4))
            builder_fail(b, "the first piece is not the header",
                         octets_from(piece, got));
        first = 0;
        pattern = (pattern >> 1) | (pattern & 1) << 15;
    }
    if (took(b, "next and read", result, NDR_END))
        same(b, "next and read give other octets than render");
}

static int add_to_again(void *user, const char *octets_given, size_t length)
{
    builder *b = user;

    store_add(&b->again, octets_from(octets_given, length));
    return 0;
}

static void write_out(builder *b)
{
    uint64_t length = 0;
    int result;

    store_clear(&b->again);
    result = ndr_report_write(b->report, add_to_again, b);
    if (took(b, "write", result, NDR_OK))
        same(b, "write gives other octets than render");
    result = ndr_report_length(b->report, &length);
    if (took(b, "length", result, NDR_OK) && !source_is_bad(b) &&
        length != b->output.used)
        builder_fail(b, "ndr_report_length", octets_of(""));
}

void builder_output(builder *b)
{
    unsigned pattern = (unsigned) input_number(&b->in, 2);

    if (++b->outputs > MOST_OUTPUTS)
        return;
    prepare(b);
    builder_check_getters(b);
    if (render(b))
        builder_check(b, store_octets(&b->output), b->facts.selected);
    read_on(b, 0);
    read_on(b, pattern);
    write_out(b);
    read_on(b, 1);
}

/* ---- the other calls ---- */

static void call_select(builder *b)
{
    static const int numbers[] = {1, 2, 4, 7, 3, 0, -1, 8};
    int actions = numbers[input_choice(&b->in, 8)], due, good;
    int result = ndr_report_select_actions(b->report, actions);

    if (builder_is_lost(b))
        return;
    if (b->facts.error == NDR_OK && !b->facts.decided) {
        if (result != NDR_E_ORDER)
            builder_fail(b, "select_actions before prepare", octets_of(""));
        return;
    }
    due = model_due(&b->facts);
    good = actions == 7                                   ? NDR_OK
           : actions != 1 && actions != 2 && actions != 4 ? NDR_E_INVALID
           : due & actions                                ? NDR_OK
                                                          : NDR_NOTHING_DUE;
    if (!took(b, "select_actions", result, good) || good == NDR_E_INVALID)
        return;
    b->facts.nothing =
        good == NDR_OK ? NDR_NOTHING_NONE : NDR_NOTHING_OF_THIS_KIND;
    if (good == NDR_OK)
        b->facts.selected = actions & due;
    builder_check_getters(b);
}

typedef struct stop {
    size_t after;
    int result;
} stop;

static int stop_sink(void *user, const char *octets_given, size_t length)
{
    stop *how = user;

    (void) octets_given;
    if (how->after >= length) {
        how->after -= length;
        return 0;
    }
    return how->result;
}

static void call_sink(builder *b)
{
    static const int results[] = {-1,    1,     5,         -999,
                                  -1000, -1001, INT32_MIN, INT32_MAX};
    stop how;
    int result, good;

    how.after = (size_t) input_number(&b->in, 2) % 3000;
    how.result = results[input_choice(&b->in, 8)];
    prepare(b);
    good = how.result <= -1000 ? how.result : NDR_E_SINK;
    result = ndr_report_write(b->report, stop_sink, &how);
    if (builder_is_lost(b) ||
        (b->facts.error == NDR_OK && result == NDR_OK && how.after < 3000))
        return;
    took(b, "a sink that stops", result, good);
}

static void call_partial(builder *b)
{
    unsigned count = input_octet(&b->in) % 8;
    const char *piece;
    char buffer[64];
    size_t got;

    prepare(b);
    for (; count > 0 && b->facts.error == NDR_OK; count--) {
        int result = count % 2 ? ndr_report_next(b->report, &piece, &got)
                               : ndr_report_read(b->report, buffer,
                                                 sizeof(buffer), &got);

        if (result != NDR_END)
            took(b, "next", result, NDR_OK);
        if (builder_is_lost(b))
            return;
    }
}

/* Let the source hold, from now on, the delimiter of the very report. */
static void call_forge(builder *b)
{
    size_t at = (size_t) input_number(&b->in, 2), end;
    store forged = {NULL, 0, 0};
    octets boundary;

    prepare(b);
    if (b->original.later.at == NULL || !render(b))
        return;
    boundary = store_octets(&b->output);
    at = at % (b->original.text.length + 1);
    end = octets_find(boundary, 0, octets_of("boundary=\"")) + 10;
    boundary =
        octets_slice(boundary, end, octets_find_byte(boundary, end, '"'));
    store_add(&forged, octets_slice(b->original.text, 0, at));
    store_text(&forged, "\n--");
    store_add(&forged, boundary);
    store_text(&forged, "\n");
    store_add(&forged, octets_slice(b->original.text, forged.used,
                                    b->original.text.length));
    b->original.kind = SOURCE_CHANGES;
    b->original.later =
        octets_slice(pool_copy(&b->in.memory, store_octets(&forged)), 0,
                     b->original.text.length);
    store_free(&forged);
}

void builder_call_output(builder *b, unsigned call)
{
    switch (call) {
    case CALL_OUTPUT:
        builder_output(b);
        break;
    case CALL_SELECT:
        call_select(b);
        break;
    case CALL_SINK_STOPS:
        call_sink(b);
        break;
    case CALL_PARTIAL:
        call_partial(b);
        break;
    case CALL_FORGE:
        call_forge(b);
        break;
    default:
        ndr_report_preload(b->report);
        break;
    }
}
