/* SPDX-License-Identifier: ISC */
/*
 * Entries of catalogs. An entry is taken whole or not at all: pool and count
 * move on only when everything in it was understood.
 */
#include "words/entry.h"

#include "mail/language.h"

#include <string.h>

typedef struct reader {
    ndri_store *store;
    ndri_entry *entry;
    ndri_span rest; /* of the entry's source */
    unsigned line;  /* the one at hand, from 1 */
    int error;      /* NDR_OK while all is well */
} reader;

/* "line N: expected WORDS" or "FILE:N: expected WORDS", as far as it fits. */
void ndri_store_describe(ndri_store *store, unsigned line, const char *expected)
{
    ndri_buf text;
    ndri_span all;

    ndri_buf_init(&text, store->allocator, 4096);
    ndri_buf_add_text(&text, store->file != NULL ? store->file : "line ");
    ndri_buf_add_text(&text, store->file != NULL ? ":" : "");
    ndri_buf_add_number(&text, line);
    ndri_buf_add_text(&text, ": expected ");
    ndri_buf_add_text(&text, expected);
    all = ndri_span_slice(ndri_buf_span(&text), 0, sizeof(store->detail) - 1);
    memcpy(store->detail, all.at, all.length);
    store->detail[all.length] = '\0';
    ndri_buf_release(&text);
}

static void entry_fault(reader *r, int error, const char *expected)
{
    if (r->error != NDR_OK)
        return;
    r->error = error;
    ndri_store_describe(r->store, r->line, expected);
}

/* Begin a string in the pool; its offset. Ended by end_string. */
static uint32_t begin_string(ndri_store *store)
{
    return (uint32_t) store->pool.used;
}

static void end_string(ndri_store *store)
{
    ndri_buf_add_byte(&store->pool, '\0');
}

static uint32_t add_string(ndri_store *store, ndri_span text)
{
    uint32_t offset = begin_string(store);

    ndri_buf_add(&store->pool, text);
    end_string(store);
    return offset;
}

typedef int (*compile)(ndri_span source, ndri_buf *out,
                       ndri_template_fault *fault);

static uint32_t add_compiled(reader *r, ndri_span text, compile how)
{
    ndri_template_fault fault = {0, NULL};
    uint32_t offset = begin_string(r->store);

    if (!how(text, &r->store->pool, &fault)) {
        r->line += fault.line - 1;
        entry_fault(r, NDR_E_TEMPLATE, fault.expected);
    }
    end_string(r->store);
    return offset;
}

/* The place of value in a row of names, from 1; 0 if it is not there. */
static uint8_t place_of(ndri_span value, const char *const *names)
{
    uint8_t i;

    for (i = 0; names[i] != NULL; i++)
        if (ndri_span_equal_nocase(value, ndri_span_of(names[i])))
            return (uint8_t) (i + 1);
    return 0;
}

static void set_status(reader *r, ndri_span value)
{
    if (!ndri_status_parse_pattern(value, &r->entry->pattern))
        entry_fault(r, NDR_E_TEMPLATE, "a status: X.Y.Z, *.Y.Z, X.Y.* or X.*");
}

static void set_language(reader *r, ndri_span value)
{
    if (!ndri_language_is_tag(value))
        entry_fault(r, NDR_E_TEMPLATE, "a language tag, such as en or pt-BR");
    r->entry->language = add_string(r->store, ndri_language_name(value));
}

static void set_audience(reader *r, ndri_span value)
{
    r->entry->audience = place_of(value, ndri_audience_names);
    if (r->entry->audience == 0)
        entry_fault(r, NDR_E_TEMPLATE, "internal or external");
}

static void set_action(reader *r, ndri_span value)
{
    r->entry->action = place_of(value, ndri_action_names);
    if (r->entry->action == 0)
        entry_fault(r, NDR_E_TEMPLATE,
                    "failed, delayed, delivered, relayed or expanded");
}

static void set_match(reader *r, ndri_span value)
{
    if (value.length == 0)
        entry_fault(r, NDR_E_TEMPLATE, "something to look for in the reply");
    r->entry->match = add_string(r->store, value);
}

static void set_subject(reader *r, ndri_span value)
{
    r->entry->subject = add_compiled(r, value, ndri_template_compile_inline);
}

static void set_move(reader *r, ndri_span value)
{
    ndri_span item;
    size_t count = 0;

    while (ndri_span_next_item(&value, &item)) {
        uint8_t mover = place_of(item, ndri_mover_names);

        if (mover == 0 || count == NDRI_MOVERS - 1) {
            entry_fault(r, NDR_E_TEMPLATE,
                        "up to four of sender, sender-admin, recipient, "
                        "recipient-admin, nobody");
            return;
        }
        r->entry->move[count++] = mover;
    }
}

static void set_note(reader *r, ndri_span value)
{
    r->entry->note = add_string(r->store, value);
}

/* Charset says how a file is written; here the text is UTF-8 already. */
static void set_charset(reader *r, ndri_span value)
{
    if (r->store->charset.length > 0
            ? !ndri_span_equal_nocase(value, r->store->charset)
            : !ndri_span_equal_nocase(value, NDRI_SPAN("utf-8")) &&
                  !ndri_span_equal_nocase(value, NDRI_SPAN("us-ascii")))
        entry_fault(r, NDR_E_TEMPLATE,
                    "the Charset of the first entry, or none");
}

/* The name of a message in Exchange: LANGUAGE\AUDIENCE\CODE. */
static void set_identity(reader *r, ndri_span value)
{
    size_t first = ndri_span_find_byte(value, 0, '\\');
    size_t second = ndri_span_find_byte(value, first + 1, '\\');

    if (second >= value.length) {
        entry_fault(r, NDR_E_TEMPLATE,
                    "an identity, such as En\\Internal\\5.1.2");
        return;
    }
    set_language(r, ndri_span_slice(value, 0, first));
    set_audience(r, ndri_span_slice(value, first + 1, second));
    set_status(r, ndri_span_slice(value, second + 1, value.length));
}

static const struct {
    const char *name;
    void (*set)(reader *r, ndri_span value);
} headers[] = {
    {"Status", set_status},     {"Language", set_language},
    {"Audience", set_audience}, {"Action", set_action},
    {"Reply-Match", set_match}, {"Subject", set_subject},
    {"Move", set_move},         {"Admin-Note", set_note},
    {"Charset", set_charset},   {"Identity", set_identity},
};

#define STATUS_OR_IDENTITY (1u | 1u << 9) /* bits of seen */

#define HEADER_COUNT (sizeof(headers) / sizeof(headers[0]))

/* Take a line off rest, its end (LF or CRLF) too. */
static ndri_span take_entry_line(ndri_span *rest)
{
    size_t end = ndri_span_find_byte(*rest, 0, '\n');
    ndri_span line = ndri_span_slice(*rest, 0, end);

    *rest = ndri_span_slice(*rest, end + 1, rest->length);
    if (line.length > 0 && line.at[line.length - 1] == '\r')
        line.length--;
    return line;
}

static void read_entry_header(reader *r, ndri_span line, unsigned *seen)
{
    size_t colon = ndri_span_find_byte(line, 0, ':'), i;
    ndri_span name = ndri_span_slice(line, 0, colon);
    ndri_span value =
        ndri_span_trim(ndri_span_slice(line, colon + 1, line.length));

    for (i = 0; i < HEADER_COUNT; i++)
        if (ndri_span_equal_nocase(name, ndri_span_of(headers[i].name)))
            break;
    if (colon == line.length || i == HEADER_COUNT) {
        entry_fault(
            r, NDR_E_TEMPLATE,
            "Status, Language, Audience, Action, Reply-Match, Subject, Move, "
            "Admin-Note, Charset, Identity, or an empty line before the text");
        return;
    }
    if (*seen & 1u << i)
        entry_fault(r, NDR_E_TEMPLATE, "each header field once");
    if (ndri_text_has_control(value))
        entry_fault(r, NDR_E_TEMPLATE, "no control character");
    *seen |= 1u << i;
    headers[i].set(r, value);
}

static void read_headers(reader *r, int needs_status)
{
    unsigned seen = 0;

    while (r->rest.length > 0 && r->error == NDR_OK) {
        ndri_span line = take_entry_line(&r->rest);

        if (ndri_span_trim(line).length == 0)
            break;
        read_entry_header(r, line, &seen);
        r->line++;
    }
    if (needs_status && !(seen & STATUS_OR_IDENTITY))
        entry_fault(r, NDR_E_TEMPLATE, "a header field Status");
    r->line++;
}

/* Greek, Cyrillic and everything beyond: quoted-printable would treble it. */
static int is_mostly_nonlatin(ndri_span text)
{
    size_t at = 0, all = 0, foreign = 0;
    uint32_t point = 0;

    while (at < text.length) {
        size_t length = ndri_utf8_decode(text, at, &point);

        all++;
        foreign += point >= 0x370;
        at += length > 0 ? length : 1;
    }
    return foreign * 2 > all;
}

static void finish_entry(reader *r)
{
    const char *pool = r->store->pool.at;
    ndri_span text = ndri_span_of(pool + r->entry->text);
    ndri_span subject = ndri_span_of(pool + r->entry->subject);

    r->entry->uses = ndri_template_uses(text);
    if (!ndri_text_is_ascii(text) || !ndri_text_is_ascii(subject))
        r->entry->flags |= NDRI_ENTRY_UTF8;
    if (is_mostly_nonlatin(text))
        r->entry->flags |= NDRI_ENTRY_NONLATIN;
    if (ndri_template_has_wide_word(text))
        r->entry->flags |= NDRI_ENTRY_WIDE;
}

void ndri_store_init(ndri_store *store, const ndr_allocator *allocator)
{
    memset(store, 0, sizeof(*store));
    store->allocator = allocator;
    store->first_line = 1;
    store->charset = NDRI_SPAN("");
    ndri_buf_init(&store->pool, allocator, (size_t) 1 << 28);
}

void ndri_store_release(ndri_store *store)
{
    ndri_mem_free(store->allocator, store->entries,
                  store->room * sizeof(ndri_entry));
    ndri_buf_release(&store->pool);
    ndri_store_init(store, store->allocator);
}

/* Room for one entry more, and the empty string at offset 0. */
static int make_entry_room(ndri_store *store)
{
    if (store->pool.used == 0)
        ndri_buf_add_byte(&store->pool, '\0');
    if (store->count == store->room) {
        ndri_entry *grown = ndri_mem_grow(store->allocator, store->entries,
                                          &store->room, sizeof(ndri_entry));

        if (grown == NULL)
            return 0;
        store->entries = grown;
    }
    return store->pool.error == NDR_OK;
}

/* Bad UTF-8 has the line in which it begins. */
static void check_utf8(reader *r, ndri_span source)
{
    size_t at = 0, length = 1;
    uint32_t point;

    while (at < source.length) {
        length = ndri_utf8_decode(source, at, &point);
        if (length == 0)
            break;
        r->line += source.at[at] == '\n';
        at += length;
    }
    if (at < source.length)
        entry_fault(r, NDR_E_TEXT, "UTF-8 throughout the entry");
    r->line = r->store->first_line;
}

static int parse(ndri_store *store, ndri_entry *entry, ndri_span source,
                 int needs_status)
{
    reader r;

    memset(entry, 0, sizeof(*entry));
    r.store = store;
    r.entry = entry;
    r.rest = source;
    r.line = store->first_line;
    r.error = NDR_OK;
    check_utf8(&r, source);
    read_headers(&r, needs_status);
    if (r.error == NDR_OK)
        entry->text = add_compiled(&r, r.rest, ndri_template_compile);
    if (store->pool.error != NDR_OK)
        return store->pool.error;
    if (r.error == NDR_OK)
        finish_entry(&r);
    return r.error;
}

int ndri_store_add(ndri_store *store, ndri_span entry, int needs_status)
{
    size_t used;
    int error;

    if (entry.length > NDRI_ENTRY_LIMIT) {
        ndri_store_describe(store, store->first_line, "at most 1 MiB");
        return NDR_E_INVALID;
    }
    used = store->pool.used;
    if (!make_entry_room(store)) {
        ndri_buf_restore(&store->pool, used);
        return NDR_E_NOMEM;
    }
    used = store->pool.used;
    error = parse(store, &store->entries[store->count], entry, needs_status);
    if (error == NDR_OK)
        store->count++;
    else
        ndri_buf_restore(&store->pool, used);
    return error;
}

ndri_words ndri_store_words(const ndri_store *store)
{
    ndri_words words;

    memset(&words, 0, sizeof(words));
    words.pool = words.language = "";
    if (store->count > 0) {
        words.pool = store->pool.at;
        words.entries = store->entries;
        words.count = store->count;
    }
    return words;
}
