/* SPDX-License-Identifier: ISC */
/*
 * The compiler of system-message texts: Exchange's five tags and four escapes,
 * our placeholders and conditions, paragraphs, line breaks and steps. What it
 * accepts nests properly, so printers need no checks.
 */
#include "words/template.h"

#include "words/markup.h"

#include <string.h>

#define DEPTH 16 /* tags and conditions open at once */

/* Octets; see ndri_template_has_wide_word. */
#define WIDE_WORD 72
#define WIDE_VALUE 78
#define WIDE_LINE 900

const char *const ndri_placeholder_names[NDRI_PH_COUNT] = {"recipient",
                                                           "recipient_local",
                                                           "recipient_domain",
                                                           "status",
                                                           "action",
                                                           "reply",
                                                           "remote_server",
                                                           "generating_server",
                                                           "sender",
                                                           "subject",
                                                           "date",
                                                           "message_id",
                                                           "retry_until",
                                                           "time_left",
                                                           "postmaster",
                                                           "hops",
                                                           "size",
                                                           "from"};

typedef struct compiler {
    ndri_span source;
    size_t at;
    ndri_buf *out;
    const char *expected; /* NULL while all is well */
    char open[DEPTH];     /* operations that have to be closed */
    size_t depth;
    int has_steps; /* lines that begin "1. " are steps */
    int begun;     /* the block at hand has text */
    char between;  /* operation due before the next text; 0: none */
} compiler;

static void template_fault(compiler *c, const char *expected)
{
    if (c->expected == NULL)
        c->expected = expected;
}

/* Text or a value comes: what parts it from the text before is due now. */
static void begin_piece(compiler *c)
{
    if (c->between != 0 && c->begun)
        ndri_buf_add_byte(c->out, c->between);
    c->between = 0;
    c->begun = 1;
}

static int inline_open(const compiler *c)
{
    return c->depth > 0 && c->open[c->depth - 1] != NDRI_OP_IF;
}

static void part_text(compiler *c, char operation)
{
    if (operation != NDRI_OP_BREAK && inline_open(c))
        template_fault(c, "the end of the tag before the paragraph ends");
    if (c->between != NDRI_OP_PARAGRAPH)
        c->between = operation;
}

static void push(compiler *c, char operation)
{
    if (c->depth == DEPTH)
        template_fault(c, "at most 16 tags and conditions within each other");
    else
        c->open[c->depth++] = operation;
}

static void pop(compiler *c, char operation, const char *expected)
{
    if (c->depth == 0 || c->open[c->depth - 1] != operation)
        template_fault(c, expected);
    else
        c->depth--;
}

static ndri_span rest_of(const compiler *c)
{
    return ndri_span_slice(c->source, c->at, c->source.length);
}

static int starts_with(const compiler *c, const char *text)
{
    ndri_span begin = ndri_span_slice(c->source, c->at, c->at + strlen(text));

    return ndri_span_equal_nocase(begin, ndri_span_of(text));
}

static int find_placeholder(ndri_span name)
{
    int i;

    for (i = 0; i < NDRI_PH_COUNT; i++)
        if (ndri_span_equal(name, ndri_span_of(ndri_placeholder_names[i])))
            return i;
    return -1;
}

static void add_operation(compiler *c, char operation, int placeholder)
{
    ndri_buf_add_byte(c->out, operation);
    ndri_buf_add_byte(c->out, (char) (0x20 + placeholder));
}

/* "{name}", "{?name}", "{/}", "{{" */
static void brace(compiler *c)
{
    size_t end;
    ndri_span name;
    int placeholder, condition;

    if (starts_with(c, "{{")) {
        begin_piece(c);
        ndri_buf_add_byte(c->out, '{');
        c->at += 2;
        return;
    }
    if (starts_with(c, "{/}")) {
        pop(c, NDRI_OP_IF, "{?name} before {/}");
        ndri_buf_add_byte(c->out, NDRI_OP_ENDIF);
        c->at += 3;
        return;
    }
    end = ndri_span_find_byte(c->source, c->at, '}');
    condition = starts_with(c, "{?");
    name = ndri_span_slice(c->source, c->at + (condition ? 2 : 1), end);
    placeholder = find_placeholder(name);
    if (end == c->source.length || placeholder < 0) {
        template_fault(c, "a known placeholder, or {{ for a brace");
        return;
    }
    begin_piece(c);
    if (condition)
        push(c, NDRI_OP_IF);
    add_operation(c, condition ? NDRI_OP_IF : NDRI_OP_VALUE, placeholder);
    c->at = end + 1;
}

static int link_is_open(const compiler *c)
{
    return memchr(c->open, NDRI_OP_LINK, c->depth) != NULL;
}

static const struct {
    const char *tag;
    char operation; /* written */
    char pops;      /* what it closes; 0: it opens operation */
} tags[] = {
    {"<b>", NDRI_OP_BOLD, 0},
    {"</b>", NDRI_OP_BOLD_END, NDRI_OP_BOLD},
    {"<em>", NDRI_OP_EM, 0},
    {"</em>", NDRI_OP_EM_END, NDRI_OP_EM},
    {"</a>", NDRI_OP_LINK_END, NDRI_OP_LINK},
};

static void take_tag(compiler *c)
{
    const char *expected;
    size_t i;

    for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (!starts_with(c, tags[i].tag))
            continue;
        if (tags[i].pops == 0) {
            begin_piece(c);
            push(c, tags[i].operation);
        } else {
            pop(c, tags[i].pops, "the end of the tag opened last");
        }
        ndri_buf_add_byte(c->out, tags[i].operation);
        c->at += strlen(tags[i].tag);
        return;
    }
    if (starts_with(c, "<br>") || starts_with(c, "<p>") ||
        starts_with(c, "</p>")) {
        part_text(c,
                  starts_with(c, "<br>") ? NDRI_OP_BREAK : NDRI_OP_PARAGRAPH);
        c->at = ndri_span_find_byte(c->source, c->at, '>') + 1;
    } else if (starts_with(c, "<a href=") && !link_is_open(c)) {
        begin_piece(c);
        push(c, NDRI_OP_LINK);
        expected = ndri_markup_take_link(c->source, &c->at, c->out);
        if (expected != NULL)
            template_fault(c, expected);
    } else {
        template_fault(
            c, "one of <b> <em> <br> <p> <a href=\"\">, or &lt; for a bracket");
    }
}

static void ampersand(compiler *c)
{
    size_t length = 1;
    char plain = ndri_markup_escape(rest_of(c), &length);

    begin_piece(c);
    ndri_buf_add_byte(c->out, plain != 0 ? plain : '&');
    c->at += length;
}

/* Length of "1. " at the beginning of text; 0 if it is no step. */
static size_t step_mark(ndri_span text)
{
    size_t at = 0;

    while (at < text.length && ndri_is_digit(text.at[at]))
        at++;
    if (at == 0 || at > 3 || text.length - at < 2 || text.at[at] != '.' ||
        text.at[at + 1] != ' ')
        return 0;
    return at + 2;
}

/* The octets of the line end at the place at; 0 if there is none. */
static size_t line_end(ndri_span source, size_t at)
{
    if (at >= source.length)
        return 0;
    if (source.at[at] == '\n')
        return 1;
    if (source.at[at] != '\r')
        return 0;
    return at + 1 < source.length && source.at[at + 1] == '\n' ? 2 : 1;
}

static void begin_step(compiler *c, size_t mark)
{
    if (inline_open(c))
        template_fault(c, "the end of the tag before the step begins");
    ndri_buf_add_byte(c->out, NDRI_OP_STEP);
    c->between = 0;
    c->begun = 1;
    c->at += mark;
}

/* What a line begins with: nothing (an empty line), a step, or more text. */
static void begin_line(compiler *c)
{
    size_t mark;

    while (c->at < c->source.length && ndri_is_blank(c->source.at[c->at]))
        c->at++;
    if (c->at == c->source.length || line_end(c->source, c->at) > 0) {
        part_text(c, NDRI_OP_PARAGRAPH);
        return;
    }
    mark = c->has_steps ? step_mark(rest_of(c)) : 0;
    if (mark > 0)
        begin_step(c, mark);
    else if (c->at > 0)
        part_text(c, NDRI_OP_BREAK);
}

static void text_octet(compiler *c, char octet)
{
    if (octet == '\t')
        octet = ' ';
    if (ndri_is_control((unsigned char) octet)) {
        template_fault(c, "no control character");
        return;
    }
    if (octet == ' ' && c->between != 0) {
        c->at++; /* a blank before a break prints nothing */
        return;
    }
    begin_piece(c);
    ndri_buf_add_byte(c->out, octet);
    c->at++;
}

static void compile_one(compiler *c)
{
    size_t end = line_end(c->source, c->at);

    if (end > 0) {
        c->at += end;
        begin_line(c);
        return;
    }
    switch (c->source.at[c->at]) {
    case '{':
        brace(c);
        break;
    case '<':
        take_tag(c);
        break;
    case '&':
        ampersand(c);
        break;
    default:
        text_octet(c, c->source.at[c->at]);
    }
}

static void start_compiler(compiler *c, ndri_span source, ndri_buf *out)
{
    memset(c, 0, sizeof(*c));
    c->source = source;
    c->out = out;
}

/* The line, from 1, in which the octet at stands. */
static unsigned line_of(ndri_span source, size_t at)
{
    unsigned line = 1;
    size_t i = 0;

    while (i < at && i < source.length) {
        size_t end = line_end(source, i);

        line += end > 0;
        i += end > 0 ? end : 1;
    }
    return line;
}

static int compile_all(ndri_span source, int has_steps, ndri_buf *out,
                       ndri_template_fault *fault)
{
    compiler c;

    start_compiler(&c, ndri_span_trim(source), out);
    c.has_steps = has_steps;
    if (c.source.length > 0)
        begin_line(&c);
    while (c.at < c.source.length && c.expected == NULL)
        compile_one(&c);
    if (c.depth > 0)
        template_fault(&c, c.open[c.depth - 1] == NDRI_OP_IF
                               ? "{/} for each {?name}"
                               : "the end of each tag");
    if (c.expected == NULL)
        return 1;
    fault->line = line_of(source, (size_t) (c.source.at - source.at) + c.at);
    fault->expected = c.expected;
    return 0;
}

int ndri_template_compile(ndri_span source, ndri_buf *out,
                          ndri_template_fault *fault)
{
    return compile_all(source, 1, out, fault);
}

int ndri_template_compile_inline(ndri_span source, ndri_buf *out,
                                 ndri_template_fault *fault)
{
    return compile_all(source, 0, out, fault);
}

void ndri_template_compile_plain(ndri_span source, ndri_buf *out)
{
    compiler c;

    start_compiler(&c, ndri_span_trim(source), out);
    while (c.at < c.source.length && c.expected == NULL) {
        size_t end = line_end(c.source, c.at);

        if (end == 0) {
            text_octet(&c, c.source.at[c.at]);
            continue;
        }
        c.at += end;
        while (c.at < c.source.length && ndri_is_blank(c.source.at[c.at]))
            c.at++;
        part_text(&c, line_end(c.source, c.at) > 0 ? NDRI_OP_PARAGRAPH
                                                   : NDRI_OP_BREAK);
    }
}

/* Bits of the placeholders that follow one of two operations. */
static uint32_t placeholders_of(ndri_span compiled, char one, char other)
{
    uint32_t bits = 0;
    size_t at;

    for (at = 0; at + 1 < compiled.length; at++)
        if (compiled.at[at] == one || compiled.at[at] == other)
            bits |= UINT32_C(1) << (compiled.at[++at] - 0x20);
    return bits;
}

uint32_t ndri_template_uses(ndri_span compiled)
{
    return placeholders_of(compiled, NDRI_OP_VALUE, NDRI_OP_IF);
}

uint32_t ndri_template_values(ndri_span compiled)
{
    return placeholders_of(compiled, NDRI_OP_VALUE, NDRI_OP_VALUE);
}

int ndri_template_has_wide_word(ndri_span compiled)
{
    size_t octets = 0, values = 0, at;

    for (at = 0; at < compiled.length; at++) {
        switch (compiled.at[at]) {
        case ' ':
        case NDRI_OP_PARAGRAPH:
        case NDRI_OP_BREAK:
        case NDRI_OP_STEP:
            octets = values = 0;
            break;
        case NDRI_OP_VALUE:
            values++;
            at++;
            break;
        case NDRI_OP_IF:
            at++;
            break;
        default:
            octets++;
        }
        if (octets > WIDE_WORD || octets + values * WIDE_VALUE > WIDE_LINE)
            return 1;
    }
    return 0;
}
