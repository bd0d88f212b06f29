/* SPDX-License-Identifier: ISC */
/*
 * The allocator and the arena. The only file that calls malloc's family.
 */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK 4096u
#define LARGEST_STEP ((size_t) 1 << 18) /* blocks double up to this */

static void *standard_reallocate(void *user, void *old, size_t old_size,
                                 size_t size)
{
    (void) user;
    (void) old_size;
    if (size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, size);
}

ndr_allocator ndri_allocator(const ndr_allocator *given)
{
    ndr_allocator standard = {standard_reallocate, NULL};

    return given != NULL ? *given : standard;
}

void *ndri_mem_resize(const ndr_allocator *allocator, void *old,
                      size_t old_size, size_t size)
{
    return allocator->reallocate(allocator->user, old, old_size, size);
}

void ndri_mem_free(const ndr_allocator *allocator, void *old, size_t size)
{
    if (old != NULL)
        allocator->reallocate(allocator->user, old, size, 0);
}

void *ndri_mem_grow(const ndr_allocator *allocator, void *array, size_t *room,
                    size_t element)
{
    size_t more = *room < 8 ? 8 : *room * 2;
    void *grown;

    if (more > SIZE_MAX / 2 / element)
        return NULL;
    grown = ndri_mem_resize(allocator, array, *room * element, more * element);
    if (grown != NULL)
        *room = more;
    return grown;
}

/* The size of the header rounded up to the alignment of any type. */
static size_t align(size_t size)
{
    const size_t unit = sizeof(union {
        void *pointer;
        int64_t number;
        double real;
    });

    return (size + unit - 1) / unit * unit;
}

void ndri_arena_init(ndri_arena *arena, const ndr_allocator *allocator)
{
    arena->allocator = allocator;
    arena->blocks = NULL;
    arena->at = NULL;
    arena->left = 0;
}

static void free_blocks(ndri_arena *arena, ndri_arena_block *block)
{
    while (block != NULL) {
        ndri_arena_block *next = block->next;

        ndri_mem_free(arena->allocator, block,
                      align(sizeof(ndri_arena_block)) + block->size);
        block = next;
    }
}

void ndri_arena_reset(ndri_arena *arena)
{
    ndri_arena_block *newest = arena->blocks;

    if (newest == NULL)
        return;
    free_blocks(arena, newest->next);
    newest->next = NULL;
    arena->at = (char *) newest + align(sizeof(ndri_arena_block));
    arena->left = newest->size;
}

void ndri_arena_release(ndri_arena *arena)
{
    free_blocks(arena, arena->blocks);
    ndri_arena_init(arena, arena->allocator);
}

/* Begin a block with room for size octets. 0 for no memory. */
static int add_block(ndri_arena *arena, size_t size)
{
    size_t header = align(sizeof(ndri_arena_block));
    size_t last = arena->blocks != NULL ? arena->blocks->size : 0;
    size_t room = last == 0 ? FIRST_BLOCK - header : last * 2;
    ndri_arena_block *block;

    if (room > LARGEST_STEP)
        room = LARGEST_STEP;
    if (room < size)
        room = size;
    if (room > SIZE_MAX / 2)
        return 0;
    block = ndri_mem_resize(arena->allocator, NULL, 0, header + room);
    if (block == NULL)
        return 0;
    block->next = arena->blocks;
    block->size = room;
    arena->blocks = block;
    arena->at = (char *) block + header;
    arena->left = room;
    return 1;
}

void *ndri_arena_take(ndri_arena *arena, size_t size)
{
    char *taken;

    if (size > SIZE_MAX / 4)
        return NULL;
    size = align(size);
    if (size > arena->left && !add_block(arena, size))
        return NULL;
    taken = arena->at;
    arena->at += size;
    arena->left -= size;
    return taken;
}

int ndri_arena_fits(const ndri_arena *arena, const void *old, size_t old_size,
                    size_t size)
{
    return old != NULL && (const char *) old + align(old_size) == arena->at &&
           align(size) - align(old_size) <= arena->left;
}

void *ndri_arena_extend(ndri_arena *arena, void *old, size_t old_size,
                        size_t size)
{
    size_t more;
    void *moved;

    if (size > SIZE_MAX / 4)
        return NULL;
    if (ndri_arena_fits(arena, old, old_size, size)) {
        more = align(size) - align(old_size);
        arena->at += more;
        arena->left -= more;
        return old;
    }
    moved = ndri_arena_take(arena, size);
    if (moved != NULL && old_size > 0)
        memcpy(moved, old, old_size);
    return moved;
}

char *ndri_arena_copy(ndri_arena *arena, ndri_span text)
{
    char *copy = ndri_arena_take(arena, text.length + 1);

    if (copy != NULL) {
        memcpy(copy, text.at, text.length);
        copy[text.length] = '\0';
    }
    return copy;
}
