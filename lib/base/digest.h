/* SPDX-License-Identifier: ISC */
/* A keyed hash of 128 bits, for names that are made from content. */
#ifndef NDRI_BASE_DIGEST_H
#define NDRI_BASE_DIGEST_H

#include "base/text.h"

#define NDRI_DIGEST_LENGTH 16

typedef struct ndri_digest {
    uint64_t v[4];
    uint64_t tail; /* octets that do not fill a word yet */
    uint64_t length;
} ndri_digest;

/* key: any octets; a longer one than 16 is hashed first. */
void ndri_digest_init(ndri_digest *digest, ndri_span key);
void ndri_digest_add(ndri_digest *digest, ndri_span text);
/* A number, and with it the end of whatever came before. */
void ndri_digest_add_number(ndri_digest *digest, uint64_t number);
/* Length, then text: two texts cannot be read as one. */
void ndri_digest_add_item(ndri_digest *digest, ndri_span text);
void ndri_digest_finish(ndri_digest *digest,
                        unsigned char out[NDRI_DIGEST_LENGTH]);

#endif
