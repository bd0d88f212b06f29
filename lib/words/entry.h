/* SPDX-License-Identifier: ISC */
/* System messages as they are written: a header block and a text, parsed into a
   set of words that grows. */
#ifndef NDRI_WORDS_ENTRY_H
#define NDRI_WORDS_ENTRY_H

#include "words/words.h"

#define NDRI_ENTRY_LIMIT ((size_t) 1 << 20) /* octets of one entry */

/* A growing set of words. */
typedef struct ndri_store {
    const ndr_allocator *allocator;
    ndri_buf pool;
    ndri_entry *entries;
    size_t count, room;
    const char *file;    /* the one at hand, for errors; NULL: none */
    unsigned first_line; /* of the entry at hand in it */
    ndri_span charset;   /* in which the file is written */
    char detail[256];    /* of the last error: "line 3: expected ..." */
} ndri_store;

/* A resolver's answer while it is made. */
struct ndr_answer {
    ndri_store *store;
};

/* Say in detail what was expected in a line of the file, or of the entry. */
void ndri_store_describe(ndri_store *store, unsigned line,
                         const char *expected);

void ndri_store_init(ndri_store *store, const ndr_allocator *allocator);
void ndri_store_release(ndri_store *store);
/* Parse one entry and add it. needs_status is 0 for a resolver's answer.
   NDR_OK, NDR_E_NOMEM, NDR_E_INVALID (too long), NDR_E_TEXT, NDR_E_TEMPLATE;
   after an error the store is as it was. */
int ndri_store_add(ndri_store *store, ndri_span entry, int needs_status);
ndri_words ndri_store_words(const ndri_store *store);

#endif
