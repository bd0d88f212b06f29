/* SPDX-License-Identifier: ISC */
/*
 * Files of words. A file is taken whole or not at all, and read before anything
 * in it is believed: its charset first, then entry after entry, each with the
 * line on which it begins.
 */
#include "words/load.h"

#include "mail/charset.h"

#include <string.h>

#define ENTRIES_MOST 10000u
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static unsigned count_lines(ndri_span text, size_t end)
{
    unsigned lines = 0;
    size_t at;

    for (at = 0; at < end; at++)
        lines += text.at[at] == '\n';
    return lines;
}

static int load_fault(ndri_store *store, int error, unsigned line,
                      const char *expected)
{
    store->first_line = line;
    ndri_store_describe(store, line, expected);
    return error;
}

/* The next line of text without its end. 0 at the end of text. */
static int next_line(ndri_span text, size_t *at, ndri_span *line)
{
    size_t end = ndri_span_find_byte(text, *at, '\n');

    if (*at >= text.length)
        return 0;
    *line = ndri_span_slice(text, *at, end);
    if (line->length > 0 && line->at[line->length - 1] == '\r')
        line->length--;
    *at = end + 1;
    return 1;
}

/* The charset that the first entry's header names; empty if none. */
static ndri_span charset_of(ndri_span file)
{
    static const size_t length = sizeof("Charset:") - 1;
    ndri_span line;
    size_t at = 0;
    int begun = 0;

    while (next_line(file, &at, &line)) {
        if (line.length == 0 && begun)
            break;
        begun |= line.length > 0 && line.at[0] != '#';
        if (ndri_span_equal_nocase(ndri_span_slice(line, 0, length),
                                   NDRI_SPAN("Charset:")))
            return ndri_span_trim(ndri_span_slice(line, length, line.length));
    }
    return NDRI_SPAN("");
}

/* The file as UTF-8 in text, whatever it was written in. */
static int decode_file(ndri_store *store, ndri_span file, ndri_buf *text)
{
    ndri_charsets charsets;
    size_t bad_at;
    int known;

    ndri_charsets_init(&charsets);
    known = ndri_charset_decode(&charsets,
                                store->charset.length > 0 ? store->charset
                                                          : NDRI_SPAN("utf-8"),
                                file, text);
    bad_at = charsets.bad_at;
    ndri_charsets_release(&charsets);
    if (!known)
        return load_fault(store, NDR_E_TEXT, 1,
                          "a Charset that is known here, such as UTF-8");
    if (text->error != NDR_OK)
        return NDR_E_NOMEM;
    if (bad_at < file.length)
        return load_fault(store, NDR_E_TEXT, 1 + count_lines(file, bad_at),
                          "text in the Charset that the first entry names");
    return NDR_OK;
}

static int is_same_key(const ndri_store *store, const ndri_entry *a,
                       const ndri_entry *b)
{
    const char *pool = store->pool.at;

    return a->pattern.digit == b->pattern.digit &&
           a->pattern.subject == b->pattern.subject &&
           a->pattern.detail == b->pattern.detail && a->action == b->action &&
           a->audience == b->audience &&
           strcmp(pool + a->language, pool + b->language) == 0 &&
           strcmp(pool + a->match, pool + b->match) == 0;
}

/* The last entry has to be another than those of the file before it. */
static int check_double(ndri_store *store, size_t first)
{
    size_t i;

    for (i = first; i + 1 < store->count; i++)
        if (is_same_key(store, &store->entries[i],
                        &store->entries[store->count - 1]))
            return load_fault(store, NDR_E_TEMPLATE, store->first_line,
                              "one entry for each Status, Language, Audience, "
                              "Action and Reply-Match");
    if (store->count - first > ENTRIES_MOST)
        return load_fault(store, NDR_E_INVALID, store->first_line,
                          "at most 10,000 entries");
    return NDR_OK;
}

/* Comments and empty lines may stand before an entry. */
static ndri_span skip_comments(ndri_span block, unsigned *line)
{
    size_t at = 0, next = 0;
    ndri_span text;

    while (next_line(block, &next, &text) &&
           (ndri_span_trim(text).length == 0 || text.at[0] == '#')) {
        (*line)++;
        at = next;
    }
    return ndri_span_slice(block, at, block.length);
}

static int load_block(ndri_store *store, ndri_span block, unsigned line,
                      size_t first)
{
    int error;

    block = skip_comments(block, &line);
    if (block.length == 0)
        return NDR_OK;
    store->first_line = line;
    error = ndri_store_add(store, block, 1);
    return error == NDR_OK ? check_double(store, first) : error;
}

static int load_blocks(ndri_store *store, ndri_span text)
{
    size_t at = 0, before = 0, from = 0, first = store->count;
    unsigned line = 1, begun = 1;
    ndri_span one;
    int error = NDR_OK;

    while (error == NDR_OK && next_line(text, &at, &one)) {
        if (ndri_span_equal(one, NDRI_SPAN("%%"))) {
            error = load_block(store, ndri_span_slice(text, from, before),
                               begun, first);
            from = at;
            begun = line + 1;
        }
        before = at;
        line++;
    }
    if (error == NDR_OK)
        error = load_block(store, ndri_span_slice(text, from, text.length),
                           begun, first);
    if (error == NDR_OK && store->count == first)
        error = load_fault(store, NDR_E_TEMPLATE, line, "an entry");
    return error;
}

/* Marks that are no letters of the text: one may stand at its beginning. */
static int check_mark(ndri_store *store, ndri_span text)
{
    size_t at = ndri_span_find(text, 0, NDRI_SPAN(BYTE_ORDER_MARK));

    return at == text.length
               ? NDR_OK
               : load_fault(store, NDR_E_TEXT, 1 + count_lines(text, at),
                            "a byte order mark only at the beginning");
}

static int load_file(ndri_store *store, ndri_span file)
{
    ndri_buf text;
    int error;

    if (ndri_span_equal(ndri_span_slice(file, 0, 3),
                        NDRI_SPAN(BYTE_ORDER_MARK)))
        file = ndri_span_slice(file, 3, file.length);
    store->charset = charset_of(file);
    ndri_buf_init(&text, store->allocator, 4 * NDRI_FILE_LIMIT);
    error = decode_file(store, file, &text);
    if (error == NDR_OK)
        error = check_mark(store, ndri_buf_span(&text));
    if (error == NDR_OK)
        error = load_blocks(store, ndri_buf_span(&text));
    ndri_buf_release(&text);
    return error;
}

int ndri_store_load(ndri_store *store, ndri_span file, const char *name)
{
    size_t count = store->count, used = store->pool.used;
    int error;

    store->file = name;
    if (file.length > NDRI_FILE_LIMIT)
        error = load_fault(store, NDR_E_INVALID, 1, "at most 16 MiB");
    else
        error = load_file(store, file);
    if (error != NDR_OK) {
        store->count = count;
        ndri_buf_restore(&store->pool, used);
    }
    store->file = NULL;
    store->first_line = 1;
    store->charset = NDRI_SPAN("");
    return error;
}
