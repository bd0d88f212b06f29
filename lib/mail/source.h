/* SPDX-License-Identifier: ISC */
/* The original as octets: read by offset, classified once, sent once. */
#ifndef NDRI_MAIL_SOURCE_H
#define NDRI_MAIL_SOURCE_H

#include "base/buf.h"
#include "base/scan.h"

/* Octets of a block: 64 KiB with the one that a buffer keeps to spare. */
#define NDRI_SOURCE_BLOCK ((size_t) 65535)

typedef struct ndri_source {
    ndr_read_at read_at;
    void *user;
    uint64_t size;
} ndri_source;

/* A source over memory; user is set to message. */
void ndri_source_from_memory(ndri_source *source, const void *message,
                             size_t length);

/* Append up to length octets from offset to out: fewer only at the end of the
   source. NDR_OK, NDR_E_NOMEM, NDR_E_SOURCE or the caller's own error. */
int ndri_source_read(const ndri_source *source, uint64_t offset, size_t length,
                     ndri_buf *out);

/* The block at offset, which lies before the end of the source. Memory is not
   copied; else the block stands in room, which counts as empty. A CR at its end
   is left to the next block, so that line ends are whole in each, unless it is
   the last octet. Results as ndri_source_read. */
int ndri_source_block(const ndri_source *source, uint64_t offset,
                      ndri_buf *room, ndri_span *block);

/* Looks for a boundary stem that may be cut by the end of a block. */
typedef struct ndri_collision {
    ndri_span stem;
    char before[64]; /* the end of the block before */
    size_t held;
    uint32_t highest; /* number after the stem; 0: not met */
} ndri_collision;

void ndri_collision_init(ndri_collision *collision, ndri_span stem);
void ndri_collision_add(ndri_collision *collision, ndri_span block);

#endif
