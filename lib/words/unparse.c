/* SPDX-License-Identifier: ISC */
/* The way back from a compiled entry to its source. */
#include "words/unparse.h"

#include <string.h>

static void write_part(unsigned part, ndri_buf *out)
{
    if (part == NDRI_STATUS_ANY)
        ndri_buf_add_byte(out, '*');
    else
        ndri_buf_add_number(out, part);
}

static void write_pattern(ndri_status pattern, ndri_buf *out)
{
    write_part(pattern.digit == 0 ? NDRI_STATUS_ANY : pattern.digit, out);
    ndri_buf_add_byte(out, '.');
    write_part(pattern.subject, out);
    if (pattern.subject == NDRI_STATUS_ANY)
        return; /* "5.*" */
    ndri_buf_add_byte(out, '.');
    write_part(pattern.detail, out);
}

static void write_header(const char *name, const char *value, ndri_buf *out)
{
    if (value[0] == '\0')
        return;
    ndri_buf_add_text(out, name);
    ndri_buf_add_text(out, ": ");
    ndri_buf_add_text(out, value);
    ndri_buf_add_byte(out, '\n');
}

static void write_movers(const uint8_t *move, ndri_buf *out)
{
    size_t i;

    if (move[0] == NDRI_MOVER_END)
        return;
    ndri_buf_add_text(out, "Move: ");
    for (i = 0; move[i] != NDRI_MOVER_END; i++) {
        ndri_buf_add_text(out, i > 0 ? ", " : "");
        ndri_buf_add_text(out, ndri_mover_names[move[i] - NDRI_MOVER_SENDER]);
    }
    ndri_buf_add_byte(out, '\n');
}

/* What an operation was in the source; NULL for those that are not fixed. */
static const char *source_of(char operation)
{
    static const struct {
        char operation;
        const char *source;
    } sources[] = {
        {NDRI_OP_ENDIF, "{/}"},
        {NDRI_OP_PARAGRAPH, "\n\n"},
        {NDRI_OP_BREAK, "\n"},
        {NDRI_OP_BOLD, "<b>"},
        {NDRI_OP_BOLD_END, "</b>"},
        {NDRI_OP_EM, "<em>"},
        {NDRI_OP_EM_END, "</em>"},
        {NDRI_OP_LINK, "<a href=\""},
        {NDRI_OP_LINK_TEXT, "\">"},
        {NDRI_OP_LINK_END, "</a>"},
        {'<', "&lt;"},
        {'&', "&amp;"},
        {'{', "{{"},
    };
    size_t i;

    for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
        if (sources[i].operation == operation)
            return sources[i].source;
    return NULL;
}

static void write_compiled(ndri_span compiled, ndri_buf *out)
{
    unsigned step = 0;
    size_t at;

    for (at = 0; at < compiled.length; at++) {
        char c = compiled.at[at];
        const char *source = source_of(c);

        if (source != NULL) {
            ndri_buf_add_text(out, source);
        } else if (c == NDRI_OP_STEP) {
            ndri_buf_add_text(out, at > 0 ? "\n" : "");
            ndri_buf_add_number(out, ++step);
            ndri_buf_add_text(out, ". ");
        } else if (c == NDRI_OP_VALUE || c == NDRI_OP_IF) {
            ndri_buf_add_text(out, c == NDRI_OP_IF ? "{?" : "{");
            ndri_buf_add_text(out,
                              ndri_placeholder_names[compiled.at[++at] - 0x20]);
            ndri_buf_add_byte(out, '}');
        } else {
            ndri_buf_add_byte(out, c);
        }
    }
}

void ndri_entry_write(ndri_choice choice, ndri_buf *out)
{
    const ndri_entry *entry = choice.entry;
    const char *pool = choice.pool;

    ndri_buf_add_text(out, "Status: ");
    write_pattern(entry->pattern, out);
    ndri_buf_add_byte(out, '\n');
    write_header("Language", pool + entry->language, out);
    if (entry->audience > 0)
        write_header("Audience", ndri_audience_names[entry->audience - 1], out);
    if (entry->action > 0)
        write_header("Action", ndri_action_names[entry->action - 1], out);
    write_header("Reply-Match", pool + entry->match, out);
    if (pool[entry->subject] != '\0') {
        ndri_buf_add_text(out, "Subject: ");
        write_compiled(ndri_span_of(pool + entry->subject), out);
        ndri_buf_add_byte(out, '\n');
    }
    write_movers(entry->move, out);
    write_header("Admin-Note", pool + entry->note, out);
    ndri_buf_add_byte(out, '\n');
    write_compiled(ndri_span_of(pool + entry->text), out);
    ndri_buf_add_byte(out, '\n');
}
