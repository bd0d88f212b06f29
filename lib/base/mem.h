/* SPDX-License-Identifier: ISC */
/* The allocator, and an arena of blocks that are released together. */
#ifndef NDRI_BASE_MEM_H
#define NDRI_BASE_MEM_H

#include "base/text.h"

#include <libndr/ndr.h>

/* The allocator to use: the caller's, or malloc and free for NULL. */
ndr_allocator ndri_allocator(const ndr_allocator *given);

/* size 0 frees. NULL means no memory (and old is still there). */
void *ndri_mem_resize(const ndr_allocator *allocator, void *old,
                      size_t old_size, size_t size);
void ndri_mem_free(const ndr_allocator *allocator, void *old, size_t size);

/*
 * Grow an array to hold at least one element more. *room counts elements.
 * Returns the array, perhaps moved, or NULL for no memory: then it is as it
 * was.
 */
void *ndri_mem_grow(const ndr_allocator *allocator, void *array, size_t *room,
                    size_t element);

typedef struct ndri_arena_block {
    struct ndri_arena_block *next; /* an older, smaller one */
    size_t size;                   /* octets after this header */
} ndri_arena_block;

typedef struct ndri_arena {
    const ndr_allocator *allocator;
    ndri_arena_block *blocks; /* newest first */
    char *at;                 /* free room of the newest block */
    size_t left;
} ndri_arena;

void ndri_arena_init(ndri_arena *arena, const ndr_allocator *allocator);
/* Forget all; keep the newest block. */
void ndri_arena_reset(ndri_arena *arena);
void ndri_arena_release(ndri_arena *arena);

/* Aligned for any type; NULL for no memory. size is not 0. */
void *ndri_arena_take(ndri_arena *arena, size_t size);
/* Can the piece at old (old_size octets) be made size octets large in place? */
int ndri_arena_fits(const ndri_arena *arena, const void *old, size_t old_size,
                    size_t size);
/* Make the piece at old (size octets) larger: in place if it is the last one
   taken, else a copy. NULL for no memory. */
void *ndri_arena_extend(ndri_arena *arena, void *old, size_t old_size,
                        size_t size);
/* A copy of text, followed by a NUL. NULL for no memory. */
char *ndri_arena_copy(ndri_arena *arena, ndri_span text);

#endif
