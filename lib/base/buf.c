/* SPDX-License-Identifier: ISC */
/* The byte buffer. Only this file makes output grow. */
#include "base/buf.h"

#define FIRST_SIZE 256u

void ndri_buf_init(ndri_buf *buf, const ndr_allocator *allocator, size_t cap)
{
    buf->allocator = allocator;
    buf->at = NULL;
    buf->used = buf->room = buf->size = 0;
    buf->cap = cap;
    buf->lent = 0;
    buf->error = NDR_OK;
}

/* What may be used of what is allocated: not the spare octet, not past cap. */
static void set_room(ndri_buf *buf)
{
    buf->room = buf->size > 0 ? buf->size - 1 : 0;
    if (buf->room > buf->cap)
        buf->room = buf->cap;
}

void ndri_buf_lend(ndri_buf *buf, char *memory, size_t size)
{
    buf->at = memory;
    buf->size = size;
    buf->lent = 1;
    set_room(buf);
}

void ndri_buf_release(ndri_buf *buf)
{
    if (!buf->lent)
        ndri_mem_free(buf->allocator, buf->at, buf->size);
    ndri_buf_init(buf, buf->allocator, buf->cap);
}

void ndri_buf_clear(ndri_buf *buf)
{
    buf->used = 0;
    buf->error = NDR_OK;
    set_room(buf);
}

void ndri_buf_truncate(ndri_buf *buf, size_t used)
{
    if (used < buf->used)
        buf->used = used;
}

void ndri_buf_restore(ndri_buf *buf, size_t used)
{
    ndri_buf_clear(buf);
    buf->used = used;
}

void ndri_buf_fail(ndri_buf *buf)
{
    buf->used = buf->room = 0;
    buf->error = NDR_E_NOMEM;
}

/* Its memory with size octets, moved. NULL for no memory. */
static char *move_buffer(ndri_buf *buf, size_t size)
{
    char *moved = ndri_mem_resize(buf->allocator, buf->lent ? NULL : buf->at,
                                  buf->lent ? 0 : buf->size, size);

    if (moved != NULL && buf->lent)
        memcpy(moved, buf->at, buf->used);
    return moved;
}

char *ndri_buf_grow(ndri_buf *buf, size_t extra)
{
    size_t size = buf->lent || buf->size < FIRST_SIZE ? FIRST_SIZE : buf->size;
    char *grown;

    if (buf->error != NDR_OK)
        return NULL;
    if (extra > buf->cap - buf->used) {
        ndri_buf_fail(buf);
        return NULL;
    }
    while (size <= buf->used + extra)
        size *= 2;
    grown = move_buffer(buf, size);
    if (grown == NULL) {
        ndri_buf_fail(buf);
        return NULL;
    }
    buf->at = grown;
    buf->size = size;
    buf->lent = 0;
    set_room(buf);
    return buf->at + buf->used;
}

void ndri_buf_fill(ndri_buf *buf, char byte, size_t count)
{
    char *to = count > 0 ? ndri_buf_reserve(buf, count) : NULL;

    if (to == NULL)
        return;
    memset(to, byte, count);
    buf->used += count;
}

void ndri_buf_add_padded(ndri_buf *buf, uint64_t number, unsigned digits)
{
    char text[20];
    size_t at = sizeof(text);

    do {
        text[--at] = (char) ('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (sizeof(text) - at < digits && at > 0)
        text[--at] = '0';
    ndri_buf_add(buf, ndri_span_from(text + at, sizeof(text) - at));
}

void ndri_buf_add_number(ndri_buf *buf, uint64_t number)
{
    ndri_buf_add_padded(buf, number, 1);
}

void ndri_buf_add_hex(ndri_buf *buf, unsigned octet)
{
    static const char digits[] = "0123456789ABCDEF";

    ndri_buf_add_byte(buf, digits[octet >> 4 & 15]);
    ndri_buf_add_byte(buf, digits[octet & 15]);
}

ndri_span ndri_buf_span(const ndri_buf *buf)
{
    ndri_span span = {"", 0};

    if (buf->used > 0) {
        span.at = buf->at;
        span.length = buf->used;
    }
    return span;
}

const char *ndri_buf_string(ndri_buf *buf)
{
    if (buf->at == NULL || buf->error != NDR_OK)
        return "";
    buf->at[buf->used] = '\0';
    return buf->at;
}
