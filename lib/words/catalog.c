/* SPDX-License-Identifier: ISC */
/*
 * The catalog objects of the public interface, and the questions and answers of
 * resolvers.
 */
#include "words/catalog.h"

#include "mail/language.h"
#include "words/languages.h"
#include "words/load.h"
#include "words/unparse.h"

#include <string.h>

struct ndr_catalog {
    ndr_allocator allocator;
    ndri_store store;
    ndr_resolver resolver;
    void *user;
};

ndri_words ndri_catalog_words(const ndr_catalog *catalog)
{
    return ndri_store_words(&catalog->store);
}

const ndr_allocator *ndri_catalog_allocator(const ndr_catalog *catalog)
{
    return &catalog->allocator;
}

int ndri_catalog_has_resolver(const ndr_catalog *catalog)
{
    return catalog->resolver != NULL;
}

int ndri_catalog_ask(const ndr_catalog *catalog, const ndr_query *query,
                     ndri_store *answers)
{
    ndr_answer answer;
    size_t before = answers->count;
    int result;

    answer.store = answers;
    result = catalog->resolver(catalog->user, query, &answer);
    if (result == NDR_OK && answers->count == before)
        return answers->detail[0] != '\0' ? NDR_E_TEMPLATE : NDR_END;
    if (result != NDR_OK)
        answers->count = before;
    return result;
}

int ndr_catalog_new(ndr_catalog **catalog, const ndr_allocator *allocator)
{
    ndr_allocator memory = ndri_allocator(allocator);
    ndr_catalog *made;

    if (catalog == NULL)
        return NDR_E_INVALID;
    made = ndri_mem_resize(&memory, NULL, 0, sizeof(*made));
    *catalog = made;
    if (made == NULL)
        return NDR_E_NOMEM;
    memset(made, 0, sizeof(*made));
    made->allocator = memory;
    ndri_store_init(&made->store, &made->allocator);
    return NDR_OK;
}

void ndr_catalog_free(ndr_catalog *catalog)
{
    ndr_allocator memory;

    if (catalog == NULL)
        return;
    memory = catalog->allocator;
    ndri_store_release(&catalog->store);
    ndri_mem_free(&memory, catalog, sizeof(*catalog));
}

int ndr_catalog_add(ndr_catalog *catalog, const char *entry, size_t length)
{
    if (catalog == NULL || entry == NULL)
        return NDR_E_INVALID;
    return ndri_store_add(&catalog->store, ndri_span_from(entry, length), 1);
}

int ndr_catalog_load(ndr_catalog *catalog, const char *name, const char *text,
                     size_t length)
{
    if (catalog == NULL || text == NULL)
        return NDR_E_INVALID;
    return ndri_store_load(&catalog->store, ndri_span_from(text, length),
                           name != NULL ? name : "catalog");
}

int ndr_catalog_set_resolver(ndr_catalog *catalog, ndr_resolver resolver,
                             void *user)
{
    if (catalog == NULL)
        return NDR_E_INVALID;
    catalog->resolver = resolver;
    catalog->user = user;
    return NDR_OK;
}

/* The entry of an index; NULL if there is none. */
static ndri_choice entry_at(const ndr_catalog *catalog, size_t index)
{
    const ndri_words *words;
    ndri_choice choice = {NULL, NULL};
    ndri_words own;
    size_t place = 0;

    if (catalog != NULL) {
        own = ndri_catalog_words(catalog);
        words = &own;
    } else {
        while ((words = ndri_languages_at(place++)) != NULL &&
               index >= words->count)
            index -= words->count;
    }
    if (words != NULL && index < words->count) {
        choice.entry = &words->entries[index];
        choice.pool = words->pool;
    }
    return choice;
}

int ndr_catalog_entry(const ndr_catalog *catalog, size_t index, char *out,
                      size_t size, size_t *need)
{
    ndr_allocator memory =
        catalog != NULL ? catalog->allocator : ndri_allocator(NULL);
    ndri_choice choice = entry_at(catalog, index);
    ndri_buf text;
    size_t fits;
    int error;

    if (size > 0)
        out[0] = '\0';
    if (need != NULL)
        *need = 0;
    if (choice.entry == NULL)
        return NDR_END;
    ndri_buf_init(&text, &memory, NDRI_BUF_CAP);
    ndri_entry_write(choice, &text);
    error = text.error;
    fits = text.used < size ? text.used : size > 0 ? size - 1 : 0;
    if (error == NDR_OK && size > 0) {
        memcpy(out, text.at, fits);
        out[fits] = '\0';
    }
    if (need != NULL)
        *need = text.used + 1;
    if (error == NDR_OK && text.used >= size)
        error = NDR_END;
    ndri_buf_release(&text);
    return error;
}

/* How many entries of the built-in words stand before a set of them. */
static size_t entries_before(const ndri_words *words)
{
    size_t place, count = 0;

    for (place = 0; ndri_languages_at(place) != words; place++)
        count += ndri_languages_at(place)->count;
    return count;
}

int ndr_catalog_find(const ndr_catalog *catalog, const char *status, int action,
                     int audience, const char *language, const char *reply,
                     size_t *index)
{
    const ndri_words *words;
    ndri_words own;
    ndr_query query;
    ndri_choice choice;

    memset(&query, 0, sizeof(query));
    if (status == NULL || index == NULL || audience < NDR_AUDIENCE_EXTERNAL ||
        audience > NDR_AUDIENCE_INTERNAL)
        return NDR_E_INVALID;
    if (action < NDR_ACTION_FAILED || action > NDR_ACTION_EXPANDED)
        return NDR_E_ACTION;
    if (!ndri_status_parse(ndri_span_of(status), &query.status))
        return NDR_E_STATUS;
    query.action = (uint8_t) action;
    query.audience = (uint8_t) audience;
    query.reply = reply != NULL ? reply : "";
    query.language =
        ndri_language_name(ndri_span_of(language != NULL ? language : "en")).at;
    words = ndri_languages_find(ndri_span_of(query.language));
    if (words == NULL)
        words = &ndri_words_en;
    if (catalog != NULL) {
        own = ndri_catalog_words(catalog);
        words = &own;
    } else {
        query.language = words->language;
    }
    choice = ndri_words_choose(words, &query);
    if (choice.entry == NULL)
        return NDR_END;
    *index = (size_t) (choice.entry - words->entries) +
             (catalog == NULL ? entries_before(words) : 0);
    return NDR_OK;
}

const char *ndr_catalog_error_detail(const ndr_catalog *catalog)
{
    return catalog == NULL ? "" : catalog->store.detail;
}

const char *ndr_query_status(const ndr_query *query)
{
    return query->status_text;
}

const char *ndr_query_language(const ndr_query *query)
{
    return query->language;
}

int ndr_query_audience(const ndr_query *query)
{
    return query->audience;
}

int ndr_query_action(const ndr_query *query)
{
    return query->action;
}

const char *ndr_query_reply(const ndr_query *query)
{
    return query->reply;
}

int ndr_answer_set_entry(ndr_answer *answer, const char *entry, size_t length)
{
    if (answer == NULL || entry == NULL)
        return NDR_E_INVALID;
    return ndri_store_add(answer->store, ndri_span_from(entry, length), 0);
}
