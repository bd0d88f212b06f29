/* SPDX-License-Identifier: ISC */
/*
 * Open addressing with linear probing, at most half full. The keys are digests
 * already, so their first octets are the hash.
 */
#include "base/table.h"

#include <string.h>

#define FIRST_SLOTS 16u

void ndri_table_init(ndri_table *table, const ndr_allocator *allocator)
{
    memset(table, 0, sizeof(*table));
    table->allocator = allocator;
}

void ndri_table_release(ndri_table *table)
{
    ndri_mem_free(table->allocator, table->slots,
                  table->size * sizeof(ndri_slot));
    ndri_table_init(table, table->allocator);
}

void ndri_table_clear(ndri_table *table)
{
    if (table->size > 0)
        memset(table->slots, 0, table->size * sizeof(ndri_slot));
    table->used = 0;
}

/* The slot that holds key, or the free one where it belongs. */
static ndri_slot *slot_of(const ndri_table *table, const unsigned char *key)
{
    uint32_t hash;
    size_t at;

    memcpy(&hash, key, sizeof(hash));
    at = (size_t) ((uint64_t) hash * table->size >> 32);
    while (table->slots[at].value != NULL &&
           memcmp(table->slots[at].key, key, NDRI_DIGEST_LENGTH) != 0)
        at = at + 1 < table->size ? at + 1 : 0;
    return &table->slots[at];
}

void *ndri_table_find(const ndri_table *table,
                      const unsigned char key[NDRI_DIGEST_LENGTH])
{
    return table->size == 0 ? NULL : slot_of(table, key)->value;
}

static int grow_table(ndri_table *table)
{
    ndri_table larger = *table;
    size_t i;

    larger.size = table->size == 0 ? FIRST_SLOTS : table->size * 2;
    if (larger.size > UINT32_MAX / 2 ||
        larger.size > SIZE_MAX / 2 / sizeof(ndri_slot))
        return 0;
    larger.slots = ndri_mem_resize(table->allocator, NULL, 0,
                                   larger.size * sizeof(ndri_slot));
    if (larger.slots == NULL)
        return 0;
    memset(larger.slots, 0, larger.size * sizeof(ndri_slot));
    for (i = 0; i < table->size; i++)
        if (table->slots[i].value != NULL)
            *slot_of(&larger, table->slots[i].key) = table->slots[i];
    ndri_mem_free(table->allocator, table->slots,
                  table->size * sizeof(ndri_slot));
    *table = larger;
    return 1;
}

void **ndri_table_place(ndri_table *table,
                        const unsigned char key[NDRI_DIGEST_LENGTH])
{
    ndri_slot *slot;

    if (table->used >= table->size / 4 * 3 && !grow_table(table))
        return NULL;
    slot = slot_of(table, key);
    if (slot->value == NULL) {
        table->used++;
        memcpy(slot->key, key, NDRI_DIGEST_LENGTH);
    }
    return &slot->value;
}

int ndri_table_set(ndri_table *table,
                   const unsigned char key[NDRI_DIGEST_LENGTH], void *value)
{
    void **place = ndri_table_place(table, key);

    if (place == NULL)
        return 0;
    *place = value;
    return 1;
}
