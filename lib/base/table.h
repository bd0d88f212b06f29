/* SPDX-License-Identifier: ISC */
/* A table from digests to pointers. */
#ifndef NDRI_BASE_TABLE_H
#define NDRI_BASE_TABLE_H

#include "base/digest.h"
#include "base/mem.h"

typedef struct ndri_slot {
    unsigned char key[NDRI_DIGEST_LENGTH];
    void *value; /* NULL: the slot is free */
} ndri_slot;

typedef struct ndri_table {
    const ndr_allocator *allocator;
    ndri_slot *slots;
    size_t size; /* slots; a quarter of them at least is free */
    size_t used;
} ndri_table;

void ndri_table_init(ndri_table *table, const ndr_allocator *allocator);
void ndri_table_release(ndri_table *table);
/* Empty it; keep its memory. */
void ndri_table_clear(ndri_table *table);

/* The value of a key; NULL if there is none. */
void *ndri_table_find(const ndri_table *table,
                      const unsigned char key[NDRI_DIGEST_LENGTH]);
/* The place of a key's value, NULL in it if the key is new: a value is to be
   put there then. NULL for no memory. */
void **ndri_table_place(ndri_table *table,
                        const unsigned char key[NDRI_DIGEST_LENGTH]);
/* Set the value, not NULL, of a key. 0 for no memory. */
int ndri_table_set(ndri_table *table,
                   const unsigned char key[NDRI_DIGEST_LENGTH], void *value);

#endif
