/* SPDX-License-Identifier: ISC */
/*
 * The catalog objects of the public interface, and the questions and answers of
 * resolvers.
 */
#include "words/catalog.h"

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

int ndr_catalog_set_resolver(ndr_catalog *catalog, ndr_resolver resolver,
                             void *user)
{
    if (catalog == NULL)
        return NDR_E_INVALID;
    catalog->resolver = resolver;
    catalog->user = user;
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
