/* SPDX-License-Identifier: ISC */
/*
 * The original's header (RFC 5322 2.2, and what is met in the field): CRLF, LF
 * or CR line ends, blanks before the colon, an mbox line before the first
 * field. A line that is neither field nor continuation ends the header, for
 * what follows may be the body, which nobody asked to have back.
 */
#include "mail/original.h"

#include <string.h>

#define FIRST_FIELDS 32u

/* Take the line at the beginning of rest: its text and its end. 0 at the end.
   */
static int take_line(ndri_span *rest, ndri_span *line)
{
    size_t end, after;

    if (rest->length == 0)
        return 0;
    end = ndri_span_line_end(*rest, 0);
    after = end < rest->length ? end + 1 : end;
    if (after < rest->length && rest->at[end] == '\r' &&
        rest->at[after] == '\n')
        after++;
    *line = ndri_span_slice(*rest, 0, end);
    *rest = ndri_span_slice(*rest, after, rest->length);
    return 1;
}

/* Is line the first of a field? Its name then. */
static int is_field(ndri_span line, ndri_span *name)
{
    size_t at = 0, end;

    while (at < line.length && ndri_is_ftext((unsigned char) line.at[at]))
        at++;
    end = at;
    while (at < line.length && ndri_is_blank(line.at[at]))
        at++;
    *name = ndri_span_slice(line, 0, end);
    return end > 0 && at < line.length && line.at[at] == ':';
}

static int is_continuation(ndri_span line)
{
    return line.length > 0 && ndri_is_blank(line.at[0]);
}

static int is_mbox_line(ndri_span line)
{
    return ndri_span_equal(ndri_span_slice(line, 0, 5), NDRI_SPAN("From ")) ||
           ndri_span_equal(ndri_span_slice(line, 0, 6), NDRI_SPAN(">From "));
}

/* Does the line at the beginning of rest end within it? A CR that is the last
   octet may yet be one of CRLF. */
static int has_line(ndri_span rest)
{
    size_t end = ndri_span_line_end(rest, 0);

    return end + 1 < rest.length || (end < rest.length && rest.at[end] == '\n');
}

/* What walks over the lines of a header. */
typedef struct walk {
    ndri_span rest;
    ndri_header field; /* value grows while continuations follow */
    int fields;        /* begun so far */
    int ended;         /* by an empty line or one that is no field */
    int broken;
    int open; /* more octets may follow the block */
} walk;

/* Begin the field of a name with its first line. */
static void begin_field(walk *w, ndri_span name, ndri_span line)
{
    size_t colon = ndri_span_find_byte(line, name.length, ':');

    w->field.name = name;
    w->field.value = ndri_span_slice(line, colon + 1, line.length);
    w->field.as_is = colon == name.length;
    w->fields++;
}

/* Go on with it. It is as it should be if its line ends are CRLF, with more
   than white space between them. */
static void continue_field(walk *w, ndri_span line)
{
    const char *end = w->field.value.at + w->field.value.length;

    w->field.as_is = w->field.as_is && line.at - end == 2 && end[0] == '\r' &&
                     ndri_span_trim(line).length > 0;
    w->field.value.length =
        (size_t) (line.at + line.length - w->field.value.at);
}

/* Advance to the end of the next field. 0 when the header ends. */
static int next_field(walk *w)
{
    ndri_span line, after;
    int begun = 0;

    for (;;) {
        ndri_span name;

        after = w->rest;
        if (w->open && !has_line(after))
            return begun;
        if (!take_line(&after, &line))
            return begun;
        if (begun && is_continuation(line)) {
            continue_field(w, line);
        } else if (begun) {
            return 1;
        } else if (is_field(line, &name)) {
            begin_field(w, name, line);
            begun = 1;
        } else if (w->fields > 0 || !is_mbox_line(line)) {
            w->ended = 1;
            w->broken = line.length > 0;
            if (line.length == 0)
                w->rest = after;
            return 0;
        }
        w->rest = after;
    }
}

static void start_walk(walk *w, ndri_span block)
{
    memset(w, 0, sizeof(*w));
    w->rest = block;
}

int ndri_original_is_complete(ndri_span block)
{
    walk w;

    start_walk(&w, block);
    w.open = 1;
    while (next_field(&w))
        continue;
    return w.ended;
}

/* Is name one of a row, which an empty one ends? */
static int is_one_of(ndri_span name, const ndri_span *row)
{
    for (; row->length > 0; row++)
        if (ndri_span_equal_nocase(name, *row))
            return 1;
    return 0;
}

/* Fields that are kept before all others when not all fit: they tell the sender
   and the programs which message it was. */
static int is_telling(ndri_span name)
{
    static const ndri_span row[] = {
        {"From", 4},        {"To", 2},      {"Subject", 7}, {"Date", 4},
        {"Message-ID", 10}, {"List-Id", 7}, {"", 0}};

    return is_one_of(name, row);
}

/* Room for one field more. 0 for no memory. */
static int make_field_room(ndri_original *original, size_t *room,
                           ndri_arena *arena)
{
    size_t more = *room == 0 ? FIRST_FIELDS : *room * 2;
    ndri_header *fields;

    if (original->count < *room)
        return 1;
    if (more > SIZE_MAX / sizeof(*fields))
        return 0;
    fields = ndri_arena_extend(arena, original->fields, *room * sizeof(*fields),
                               more * sizeof(*fields));
    if (fields == NULL)
        return 0;
    original->fields = fields;
    *room = more;
    return 1;
}

int ndri_original_parse(ndri_original *original, ndri_span block, int goes_on,
                        ndri_arena *arena)
{
    size_t room = 0;
    walk w;

    memset(original, 0, sizeof(*original));
    start_walk(&w, block);
    while (next_field(&w)) {
        if (!make_field_room(original, &room, arena))
            return NDR_E_NOMEM;
        if (ndri_span_equal_nocase(w.field.name, NDRI_SPAN("Received")))
            original->received++;
        w.field.telling = (char) is_telling(w.field.name);
        original->fields[original->count++] = w.field;
    }
    original->body = (uint64_t) (w.rest.at - block.at);
    original->has_body = w.rest.length > 0;
    original->broken = w.broken;
    original->block = ndri_span_slice(block, 0, (size_t) original->body);
    original->count -= goes_on && original->count > 0 ? 1 : 0;
    return NDR_OK;
}

int ndri_original_is_listed(ndri_span name, ndri_span list)
{
    ndri_span item;

    while (ndri_span_next_item(&list, &item)) {
        size_t stem = item.length - 1;

        if (item.at[stem] != '*'
                ? ndri_span_equal_nocase(name, item)
                : ndri_span_equal_nocase(ndri_span_slice(name, 0, stem),
                                         ndri_span_slice(item, 0, stem)))
            return 1;
    }
    return 0;
}

static int passes(const ndri_filter *filter, ndri_span name)
{
    static const ndri_span hidden[] = {{"Bcc", 3}, {"Resent-Bcc", 10}, {"", 0}};

    if (filter->mode == NDR_HEADERS_KEEP)
        return ndri_original_is_listed(name, filter->names);
    return !is_one_of(name, hidden) &&
           !ndri_original_is_listed(name, filter->names);
}

/* What a field that is as it should be is made of. */
static ndri_span field_octets(const ndri_header *field)
{
    return ndri_span_from(field->name.at,
                          (size_t) (field->value.at - field->name.at) +
                              field->value.length);
}

/* Octets of a field as ndri_original_add_field writes it. */
static size_t field_size(const ndri_header *field)
{
    ndri_span rest = field->value, line;
    size_t size = field->name.length + 1;

    if (field->as_is)
        return field_octets(field).length + 2;
    ndri_original_first_line(&rest, &line);
    do
        size += line.length + 2;
    while (ndri_original_next_line(&rest, &line));
    return size;
}

/* Show the fields, telling or other, that still fit; stop at the first of the
   others that does not. */
static void admit(ndri_original *original, int telling, uint64_t *left)
{
    size_t i;

    for (i = 0; i < original->count; i++) {
        ndri_header *field = &original->fields[i];
        size_t size;

        if (field->telling != telling || !field->passes)
            continue;
        size = field_size(field);
        if (size > *left) {
            original->cut = 1;
            if (!telling)
                return;
            continue;
        }
        field->shown = 1;
        *left -= size;
    }
}

static void scan_field(ndri_scan *scan, const ndri_header *field)
{
    ndri_span rest = field->value, line;

    if (field->as_is) {
        ndri_scan_add(scan, field_octets(field));
        ndri_scan_add(scan, NDRI_SPAN("\r\n"));
        return;
    }
    ndri_scan_add(scan, field->name);
    ndri_scan_add(scan, NDRI_SPAN(":"));
    ndri_original_first_line(&rest, &line);
    do {
        ndri_scan_add(scan, line);
        ndri_scan_add(scan, NDRI_SPAN("\r\n"));
    } while (ndri_original_next_line(&rest, &line));
}

void ndri_original_filter(ndri_original *original, const ndri_filter *filter)
{
    size_t i;

    for (i = 0; i < original->count; i++)
        original->fields[i].passes =
            (char) passes(filter, original->fields[i].name);
}

void ndri_original_admit(ndri_original *original, uint64_t limit)
{
    size_t i;

    original->cut = 0;
    for (i = 0; i < original->count; i++)
        original->fields[i].shown = 0;
    admit(original, 1, &limit);
    admit(original, 0, &limit);
    ndri_scan_init(&original->scan);
    ndri_scan_init(&original->passing);
    for (i = 0; i < original->count; i++) {
        if (original->fields[i].shown)
            scan_field(&original->scan, &original->fields[i]);
        if (original->cut && original->fields[i].passes)
            scan_field(&original->passing, &original->fields[i]);
    }
    if (!original->cut)
        original->passing = original->scan; /* all that pass are shown */
}

const ndri_header *ndri_original_find(const ndri_original *original,
                                      const char *name)
{
    ndri_span wanted = ndri_span_of(name);
    size_t i;

    for (i = 0; i < original->count; i++)
        if (ndri_span_equal_nocase(original->fields[i].name, wanted))
            return &original->fields[i];
    return NULL;
}

void ndri_original_unfold(ndri_span value, ndri_buf *out)
{
    ndri_span rest = ndri_span_trim(value), line;

    while (take_line(&rest, &line))
        ndri_buf_add(out, line);
}

void ndri_original_first_line(ndri_span *rest, ndri_span *line)
{
    if (!take_line(rest, line))
        *line = *rest;
}

int ndri_original_next_line(ndri_span *rest, ndri_span *line)
{
    while (take_line(rest, line))
        if (ndri_span_trim(*line).length > 0)
            return 1;
    return 0;
}

void ndri_original_add_field(ndri_buf *out, const ndri_header *field)
{
    ndri_span rest = field->value, line;

    if (field->as_is) {
        ndri_buf_add(out, field_octets(field));
        ndri_buf_add_text(out, "\r\n");
        return;
    }
    ndri_buf_add(out, field->name);
    ndri_buf_add_byte(out, ':');
    ndri_original_first_line(&rest, &line);
    do {
        ndri_buf_add(out, line);
        ndri_buf_add_text(out, "\r\n");
    } while (ndri_original_next_line(&rest, &line));
}

static size_t dot_atom_end(ndri_span value, size_t from)
{
    size_t at = from;

    while (at < value.length &&
           (ndri_is_atext(value.at[at]) ||
            (value.at[at] == '.' && at > from && value.at[at - 1] != '.')))
        at++;
    return at > from && value.at[at - 1] != '.' ? at : from;
}

/* "[" dtext "]" */
static size_t literal_end(ndri_span value, size_t from)
{
    size_t at = from + 1;

    if (from >= value.length || value.at[from] != '[')
        return from;
    while (at < value.length && value.at[at] > ' ' && value.at[at] < 127 &&
           strchr("[]\\", value.at[at]) == NULL)
        at++;
    return at < value.length && value.at[at] == ']' ? at + 1 : from;
}

size_t ndri_message_id_end(ndri_span value, size_t from)
{
    size_t at, right;

    if (from >= value.length || value.at[from] != '<')
        return 0;
    at = dot_atom_end(value, from + 1);
    if (at == from + 1 || at >= value.length || value.at[at] != '@')
        return 0;
    right = dot_atom_end(value, at + 1);
    if (right == at + 1)
        right = literal_end(value, at + 1);
    if (right == at + 1 || right >= value.length || value.at[right] != '>')
        return 0;
    return right + 1 - from > 900 ? 0 : right + 1;
}

/* RFC 3834 5: a keyword, then comments or parameters. */
static int is_no(ndri_span value)
{
    size_t end = 0;

    value = ndri_span_trim(value);
    while (end < value.length && ndri_is_alnum(value.at[end]))
        end++;
    return ndri_span_equal_nocase(ndri_span_slice(value, 0, end),
                                  NDRI_SPAN("no"));
}

int ndr_message_is_automatic(const char *message, size_t length)
{
    walk w;

    start_walk(&w, ndri_span_from(message, length));
    while (next_field(&w))
        if (ndri_span_equal_nocase(w.field.name, NDRI_SPAN("Auto-Submitted")) &&
            !is_no(w.field.value))
            return 1;
    return 0;
}
