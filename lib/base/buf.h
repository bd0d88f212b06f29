/* SPDX-License-Identifier: ISC */
/* A byte buffer whose errors stick: writers append, somebody asks once. */
#ifndef NDRI_BASE_BUF_H
#define NDRI_BASE_BUF_H

#include "base/mem.h"

#include <string.h>

/*
 * A failed buffer has room 0, so that the test for room is the test for the
 * error, and drops everything. One octet beyond used is always there for a NUL.
 */
typedef struct ndri_buf {
    const ndr_allocator *allocator;
    char *at; /* NULL until something is appended */
    size_t used;
    size_t room; /* octets of at that may be used; 0 after a failure */
    size_t size; /* octets of at */
    size_t cap;  /* never to be passed */
    int lent;    /* at is somebody else's memory */
    int error;   /* NDR_OK, or NDR_E_NOMEM (no memory, or cap passed) */
} ndri_buf;

#define NDRI_BUF_CAP ((size_t) 1 << 30) /* where no lower one is given */

void ndri_buf_init(ndri_buf *buf, const ndr_allocator *allocator, size_t cap);
/* Let it begin in memory that outlives it; it moves out when it grows. */
void ndri_buf_lend(ndri_buf *buf, char *memory, size_t size);
void ndri_buf_release(ndri_buf *buf);
/* Empty it; keep its memory; forget an error. */
void ndri_buf_clear(ndri_buf *buf);
/* Cut back to used octets, which it held before. */
void ndri_buf_truncate(ndri_buf *buf, size_t used);
/* The same after a failure, which is forgotten: its memory still holds them. */
void ndri_buf_restore(ndri_buf *buf, size_t used);

/* Make it a failed one: something that belongs to it was lost. */
void ndri_buf_fail(ndri_buf *buf);

/* Room for extra octets, for reserve alone. */
char *ndri_buf_grow(ndri_buf *buf, size_t extra);

/* Room for extra octets: where to write them, or NULL. Then add to used. */
static inline char *ndri_buf_reserve(ndri_buf *buf, size_t extra)
{
    if (extra <= buf->room - buf->used && buf->room > 0)
        return buf->at + buf->used;
    return ndri_buf_grow(buf, extra);
}

static inline void ndri_buf_add(ndri_buf *buf, ndri_span text)
{
    char *to = text.length > 0 ? ndri_buf_reserve(buf, text.length) : NULL;

    if (to == NULL)
        return;
    memcpy(to, text.at, text.length);
    buf->used += text.length;
}

static inline void ndri_buf_add_text(ndri_buf *buf, const char *text)
{
    ndri_buf_add(buf, ndri_span_of(text));
}

static inline void ndri_buf_add_byte(ndri_buf *buf, char byte)
{
    char *to = ndri_buf_reserve(buf, 1);

    if (to == NULL)
        return;
    *to = byte;
    buf->used++;
}

void ndri_buf_fill(ndri_buf *buf, char byte, size_t count);
void ndri_buf_add_number(ndri_buf *buf, uint64_t number);
/* At least digits of them, zeros in front. */
void ndri_buf_add_padded(ndri_buf *buf, uint64_t number, unsigned digits);
/* Two upper-case hexadecimal digits. */
void ndri_buf_add_hex(ndri_buf *buf, unsigned octet);

/* What it holds; empty after a failure. */
ndri_span ndri_buf_span(const ndri_buf *buf);
/* The same, NUL-terminated. */
const char *ndri_buf_string(ndri_buf *buf);

#endif
