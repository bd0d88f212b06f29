/* SPDX-License-Identifier: ISC */
/*
 * Counted memory: an allocator for libndr; and, in programs compiled with
 * COUNT_MALLOC, the C library's own calls, for libraries that take memory from
 * there. What is live is counted as given by malloc in the second case.
 */
#include "measure.h"

#include <stdlib.h>

static heap counted;
static uint64_t live_at_start;

void heap_start(void)
{
    counted.calls = 0;
    counted.octets = 0;
    counted.peak = live_at_start = counted.live;
}

heap heap_now(void)
{
    heap now = counted;

    now.peak -= live_at_start;
    return now;
}

static void give_back(size_t held)
{
    counted.live -= held;
}

static void take(size_t asked, size_t held)
{
    counted.calls++;
    counted.octets += asked;
    counted.live += held;
    if (counted.peak < counted.live)
        counted.peak = counted.live;
}

#if defined(COUNT_MALLOC) && defined(__GLIBC__)

#include <errno.h>
#include <malloc.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *old);

void *malloc(size_t size)
{
    void *made = __libc_malloc(size);

    take(size, malloc_usable_size(made));
    return made;
}

void *calloc(size_t count, size_t size)
{
    void *made = __libc_calloc(count, size);

    take(count * size, malloc_usable_size(made));
    return made;
}

void *realloc(void *old, size_t size)
{
    void *made;

    give_back(malloc_usable_size(old));
    made = __libc_realloc(old, size);
    take(size, malloc_usable_size(made));
    return made;
}

void *memalign(size_t alignment, size_t size)
{
    void *made = __libc_memalign(alignment, size);

    take(size, malloc_usable_size(made));
    return made;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **made, size_t alignment, size_t size)
{
    *made = memalign(alignment, size);
    return *made == NULL ? ENOMEM : 0;
}

void free(void *old)
{
    give_back(malloc_usable_size(old));
    __libc_free(old);
}

const ndr_allocator heap_allocator = {NULL, NULL};

#else

static void *reallocate(void *user, void *old, size_t old_size, size_t size)
{
    void *made;

    (void) user;
    if (size == 0) {
        give_back(old_size);
        free(old);
        return NULL;
    }
    made = realloc(old, size);
    if (made != NULL) {
        give_back(old_size);
        take(size, size);
    }
    return made;
}

const ndr_allocator heap_allocator = {reallocate, NULL};

#endif
