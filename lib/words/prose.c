/* SPDX-License-Identifier: ISC */
/*
 * Prose: blocks, and the one pass in which a compiled text becomes blocks. A
 * value goes to the printer as it is and is never looked at again.
 */
#include "words/prose.h"

#include <string.h>

void ndri_prose_init(ndri_prose *prose, const ndr_allocator *allocator)
{
    memset(prose, 0, sizeof(*prose));
    ndri_buf_init(&prose->line, allocator, NDRI_BUF_CAP);
}

void ndri_prose_start(ndri_prose *prose, const ndri_printer *printer,
                      ndri_buf *out)
{
    prose->printer = printer;
    prose->out = out;
    prose->printed = prose->filled = 0;
    prose->step = 0;
    prose->column = 0;
    prose->title = NDRI_SPAN("");
    prose->language = "";
    prose->rtl = prose->headed = 0;
    prose->accent = NDRI_SPAN("");
    prose->calm = 0;
    prose->verbatim = 0;
}

void ndri_prose_release(ndri_prose *prose)
{
    ndri_buf_release(&prose->line);
}

void ndri_prose_open(ndri_prose *prose, int block)
{
    prose->printer->open(prose, block);
}

void ndri_prose_close(ndri_prose *prose, int block)
{
    prose->printer->close(prose, block);
}

void ndri_prose_text(ndri_prose *prose, ndri_span text)
{
    if (text.length > 0)
        prose->printer->text(prose, text);
}

void ndri_prose_value(ndri_prose *prose, ndri_span value)
{
    if (value.length > 0)
        prose->printer->value(prose, value);
}

void ndri_prose_mark(ndri_prose *prose, int mark)
{
    prose->printer->mark(prose, mark, NDRI_SPAN(""));
}

void ndri_prose_lines(ndri_prose *prose, ndri_span value)
{
    while (value.length > 0) {
        size_t end = ndri_span_find_byte(value, 0, '\n');

        ndri_prose_value(prose, ndri_span_slice(value, 0, end));
        value = ndri_span_slice(value, end + 1, value.length);
        if (value.length > 0)
            ndri_prose_mark(prose, NDRI_INLINE_BREAK);
    }
}

/* Which blocks of a text are wanted, and the one at hand. */
typedef struct expansion {
    ndri_prose *prose;
    const ndri_values *values;
    ndri_span title; /* of the steps */
    int wanted;      /* paragraphs before the steps, or all from there */
    int inline_only; /* all goes into a block that is open already */
    int in_steps;    /* the first step has begun */
    int block;       /* -1: none is open */
    int next;        /* the block to open when text comes */
    int list;        /* STEPS is open */
    int broken;      /* a line break is due before the next text */
    int off;         /* a condition does not hold */
    unsigned nested; /* conditions within that one */
} expansion;

enum { BEFORE_STEPS, FROM_STEPS };

static void expand_close(expansion *e)
{
    if (e->block >= 0)
        ndri_prose_close(e->prose, e->block);
    e->block = -1;
    e->broken = 0;
}

static void close_list(expansion *e)
{
    if (e->list)
        ndri_prose_close(e->prose, NDRI_BLOCK_STEPS);
    e->list = 0;
}

static void open_list(expansion *e)
{
    if (e->list)
        return;
    ndri_prose_open(e->prose, NDRI_BLOCK_STEPS);
    if (e->title.length > 0)
        ndri_prose_block(e->prose, NDRI_BLOCK_STEPS_TITLE, e->title, e->values);
    e->list = 1;
    e->prose->step = 0;
}

static void expand_open(expansion *e)
{
    if (e->next == NDRI_BLOCK_STEP) {
        open_list(e);
        e->prose->step++;
    } else {
        close_list(e);
    }
    ndri_prose_open(e->prose, e->next);
    e->block = e->next;
}

static int is_wanted(const expansion *e)
{
    if (e->off)
        return 0;
    return e->inline_only || e->in_steps == (e->wanted == FROM_STEPS);
}

/* Text or a value comes: its block is opened, so that one whose conditions left
   nothing in it is never printed. */
static void begin(expansion *e)
{
    if (!e->inline_only && e->block < 0)
        expand_open(e);
    if (e->broken)
        ndri_prose_mark(e->prose, NDRI_INLINE_BREAK);
    e->broken = 0;
}

static void expand_text(expansion *e, ndri_span run)
{
    if (run.length == 0 || !is_wanted(e))
        return;
    begin(e);
    ndri_prose_text(e->prose, run);
}

/* Words that we made: they are broken into lines like any others. */
static int is_ours(int placeholder)
{
    return placeholder == NDRI_PH_DATE || placeholder == NDRI_PH_RETRY_UNTIL ||
           placeholder == NDRI_PH_TIME_LEFT;
}

static void expand_value(expansion *e, int placeholder)
{
    ndri_span held = e->values->of[placeholder];

    if (held.length == 0 || !is_wanted(e))
        return;
    begin(e);
    if (is_ours(placeholder))
        ndri_prose_text(e->prose, held);
    else
        ndri_prose_value(e->prose, held);
}

static void condition(expansion *e, int placeholder)
{
    if (e->off)
        e->nested++;
    else if (e->values->of[placeholder].length == 0)
        e->off = 1;
}

static void end_condition(expansion *e)
{
    if (e->nested > 0)
        e->nested--;
    else
        e->off = 0;
}

static void expand_part(expansion *e, int operation)
{
    if (operation == NDRI_OP_BREAK || e->inline_only) {
        e->broken = e->broken || e->inline_only || e->block >= 0;
        return;
    }
    expand_close(e);
    if (operation == NDRI_OP_STEP)
        e->in_steps = 1;
    e->next =
        operation == NDRI_OP_STEP ? NDRI_BLOCK_STEP : NDRI_BLOCK_PARAGRAPH;
}

/* A tag, with its address if it is a link; returns where text goes on. */
static size_t expand_tag(expansion *e, ndri_span compiled, size_t at)
{
    static const struct {
        char operation;
        int mark;
    } marks[] = {{NDRI_OP_BOLD, NDRI_INLINE_BOLD},
                 {NDRI_OP_BOLD_END, NDRI_INLINE_BOLD_END},
                 {NDRI_OP_EM, NDRI_INLINE_EM},
                 {NDRI_OP_EM_END, NDRI_INLINE_EM_END},
                 {NDRI_OP_LINK, NDRI_INLINE_LINK},
                 {NDRI_OP_LINK_END, NDRI_INLINE_LINK_END}};
    char operation = compiled.at[at++];
    size_t i, end = at;
    ndri_span address = {"", 0};

    if (operation == NDRI_OP_LINK) {
        end = ndri_span_find_byte(compiled, at, NDRI_OP_LINK_TEXT);
        e->prose->address = ndri_span_slice(compiled, at, end);
        end++;
    }
    if (operation == NDRI_OP_LINK || operation == NDRI_OP_LINK_END)
        address = e->prose->address;
    if (!is_wanted(e))
        return end;
    begin(e);
    for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (marks[i].operation == operation)
            e->prose->printer->mark(e->prose, marks[i].mark, address);
    return end;
}

/* One operation at its place; returns where text goes on. */
static size_t operate(expansion *e, ndri_span compiled, size_t at)
{
    switch (compiled.at[at]) {
    case NDRI_OP_VALUE:
        expand_value(e, compiled.at[at + 1] - 0x20);
        return at + 2;
    case NDRI_OP_IF:
        condition(e, compiled.at[at + 1] - 0x20);
        return at + 2;
    case NDRI_OP_ENDIF:
        end_condition(e);
        return at + 1;
    case NDRI_OP_PARAGRAPH:
    case NDRI_OP_BREAK:
    case NDRI_OP_STEP:
        if (!e->off)
            expand_part(e, compiled.at[at]);
        return at + 1;
    default:
        return expand_tag(e, compiled, at);
    }
}

static void expand_all(expansion *e, ndri_span compiled)
{
    size_t at = 0, end;

    e->block = -1;
    e->next = NDRI_BLOCK_PARAGRAPH;
    while (at < compiled.length) {
        end = ndri_text_find_control(compiled, at);
        expand_text(e, ndri_span_slice(compiled, at, end));
        at = end < compiled.length ? operate(e, compiled, end) : end;
    }
    expand_close(e);
    close_list(e);
}

static void start_expansion(expansion *e, ndri_prose *prose,
                            const ndri_values *values)
{
    memset(e, 0, sizeof(*e));
    e->prose = prose;
    e->values = values;
}

void ndri_prose_expand(ndri_prose *prose, ndri_span compiled,
                       const ndri_values *values)
{
    expansion e;

    start_expansion(&e, prose, values);
    e.inline_only = 1;
    expand_all(&e, compiled);
}

void ndri_prose_block(ndri_prose *prose, int block, ndri_span compiled,
                      const ndri_values *values)
{
    ndri_prose_open(prose, block);
    ndri_prose_expand(prose, compiled, values);
    ndri_prose_close(prose, block);
}

void ndri_prose_paragraphs(ndri_prose *prose, ndri_span compiled,
                           const ndri_values *values)
{
    expansion e;

    start_expansion(&e, prose, values);
    e.wanted = BEFORE_STEPS;
    expand_all(&e, compiled);
}

void ndri_prose_steps(ndri_prose *prose, ndri_span compiled,
                      const ndri_values *values, ndri_span title)
{
    expansion e;

    start_expansion(&e, prose, values);
    e.wanted = FROM_STEPS;
    e.title = title;
    expand_all(&e, compiled);
}

static void no_block(ndri_prose *prose, int block)
{
    (void) prose;
    (void) block;
}

static void add_inline(ndri_prose *prose, ndri_span held)
{
    ndri_buf_add(prose->out, held);
}

static void mark_inline(ndri_prose *prose, int mark, ndri_span address)
{
    (void) address;
    if (mark == NDRI_INLINE_BREAK)
        ndri_buf_add_byte(prose->out, ' ');
}

const ndri_printer ndri_print_inline = {no_block, no_block, add_inline,
                                        add_inline, mark_inline};

static void mark_reason(ndri_prose *prose, int mark, ndri_span address)
{
    if (mark == NDRI_INLINE_LINK)
        ndri_buf_add(prose->out, address);
    mark_inline(prose, mark, address);
}

const ndri_printer ndri_print_reason = {no_block, no_block, add_inline,
                                        add_inline, mark_reason};
