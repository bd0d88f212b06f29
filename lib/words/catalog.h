/* SPDX-License-Identifier: ISC */
/* The catalogs of the public interface: an administrator's words. */
#ifndef NDRI_WORDS_CATALOG_H
#define NDRI_WORDS_CATALOG_H

#include "words/entry.h"

/* A catalog's own entries. */
ndri_words ndri_catalog_words(const ndr_catalog *catalog);

const ndr_allocator *ndri_catalog_allocator(const ndr_catalog *catalog);

int ndri_catalog_has_resolver(const ndr_catalog *catalog);
/* Ask the catalog's resolver. NDR_OK with an entry added to answers, NDR_END
   for none, else what went wrong. */
int ndri_catalog_ask(const ndr_catalog *catalog, const ndr_query *query,
                     ndri_store *answers);

#endif
