/* SPDX-License-Identifier: ISC */
/*
 * The original behind read_at, so that memory, a descriptor and a spool of the
 * caller's are one thing to the rest of the library.
 */
#include "mail/source.h"

#include <string.h>

#define LONGEST_NUMBER 9 /* digits; more wrap nothing */

static int64_t read_memory(void *user, uint64_t offset, void *buffer,
                           size_t size)
{
    memcpy(buffer, (const char *) user + offset, size);
    return (int64_t) size;
}

void ndri_source_from_memory(ndri_source *source, const void *message,
                             size_t length)
{
    source->read_at = read_memory;
    source->user = (void *) (uintptr_t) message; /* only read */
    source->size = length;
}

int ndri_source_read(const ndri_source *source, uint64_t offset, size_t length,
                     ndri_buf *out)
{
    size_t done = 0;

    if (offset >= source->size)
        return NDR_OK;
    if (length > source->size - offset)
        length = (size_t) (source->size - offset);
    while (done < length) {
        char *to = ndri_buf_reserve(out, length - done);
        int64_t got;

        if (to == NULL)
            return NDR_E_NOMEM;
        got = source->read_at(source->user, offset + done, to, length - done);
        if (got <= -1000)
            return got < INT32_MIN ? NDR_E_SOURCE : (int) got;
        if (got <= 0 || (uint64_t) got > length - done)
            return NDR_E_SOURCE;
        out->used += (size_t) got;
        done += (size_t) got;
    }
    return NDR_OK;
}

int ndri_source_block(const ndri_source *source, uint64_t offset,
                      ndri_buf *room, ndri_span *block)
{
    uint64_t left = source->size - offset;
    int error = NDR_OK;

    ndri_buf_clear(room);
    if (source->read_at == read_memory) {
        block->at = (const char *) source->user + offset;
        block->length =
            left < NDRI_SOURCE_BLOCK ? (size_t) left : NDRI_SOURCE_BLOCK;
    } else {
        error = ndri_source_read(source, offset, NDRI_SOURCE_BLOCK, room);
        *block = ndri_buf_span(room);
        ndri_buf_truncate(room, 0);
    }
    if (block->length > 1 && block->length < left &&
        block->at[block->length - 1] == '\r')
        block->length--;
    return error;
}

void ndri_collision_init(ndri_collision *collision, ndri_span stem)
{
    collision->stem = stem;
    collision->held = 0;
    collision->highest = 0;
}

/* Note the number after the stem that begins at; a number that text cuts off is
   met again with the next block. */
static void note_number(ndri_collision *collision, ndri_span text, size_t at)
{
    uint32_t number = 0;
    size_t digits = 0;

    at += collision->stem.length;
    while (at < text.length && ndri_is_digit(text.at[at]) &&
           digits < LONGEST_NUMBER) {
        number = number * 10 + (uint32_t) (text.at[at++] - '0');
        digits++;
    }
    if (number + 1 > collision->highest)
        collision->highest = number + 1;
}

static void look(ndri_collision *collision, ndri_span text)
{
    size_t at = ndri_span_find(text, 0, collision->stem);

    while (at < text.length) {
        note_number(collision, text, at);
        at = ndri_span_find(text, at + 1, collision->stem);
    }
}

void ndri_collision_add(ndri_collision *collision, ndri_span block)
{
    char seam[2 * sizeof(collision->before)];
    size_t half = sizeof(collision->before);
    size_t head = block.length < half ? block.length : half;

    memcpy(seam, collision->before, collision->held);
    memcpy(seam + collision->held, block.at, head);
    look(collision, ndri_span_from(seam, collision->held + head));
    look(collision, block);
    if (block.length >= half) {
        memcpy(collision->before, block.at + block.length - half, half);
        collision->held = half;
    } else {
        size_t all = collision->held + head;
        size_t drop = all > half ? all - half : 0;

        memmove(collision->before, seam + drop, all - drop);
        collision->held = all - drop;
    }
}
