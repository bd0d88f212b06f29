/* SPDX-License-Identifier: ISC */
/*
 * SipHash-2-4 with 128 bits of output, written from the paper of Aumasson and
 * Bernstein (INDOCRYPT 2012) and checked against its published vectors. Enough
 * for names that nobody can forge without the key; no signature.
 */
#include "base/digest.h"

#include <string.h>

static uint64_t rotate(uint64_t word, unsigned by)
{
    return word << by | word >> (64 - by);
}

static void mix(uint64_t v[4], unsigned rounds)
{
    while (rounds-- > 0) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] = rotate(v[0], 32);
        v[2] += v[1];
        v[0] += v[3];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] = rotate(v[2], 32);
    }
}

static uint64_t load(const unsigned char *at, size_t count)
{
    uint64_t word = 0;

    while (count-- > 0)
        word = word << 8 | at[count];
    return word;
}

static void absorb(ndri_digest *digest, uint64_t word)
{
    digest->v[3] ^= word;
    mix(digest->v, 2);
    digest->v[0] ^= word;
}

static void init_words(ndri_digest *digest, uint64_t low, uint64_t high)
{
    digest->v[0] = low ^ UINT64_C(0x736f6d6570736575);
    digest->v[1] = high ^ UINT64_C(0x646f72616e646f6d) ^ 0xEE;
    digest->v[2] = low ^ UINT64_C(0x6c7967656e657261);
    digest->v[3] = high ^ UINT64_C(0x7465646279746573);
    digest->tail = 0;
    digest->length = 0;
}

void ndri_digest_init(ndri_digest *digest, ndri_span key)
{
    unsigned char block[16] = {0};

    if (key.length <= sizeof(block)) {
        memcpy(block, key.at, key.length);
    } else {
        init_words(digest, 0, 0);
        ndri_digest_add(digest, key);
        ndri_digest_finish(digest, block);
    }
    init_words(digest, load(block, 8), load(block + 8, 8));
}

void ndri_digest_add(ndri_digest *digest, ndri_span text)
{
    const unsigned char *at = (const unsigned char *) text.at;
    size_t left = text.length;

    while (left > 0 && digest->length % 8 != 0) {
        digest->tail |= (uint64_t) *at++ << 8 * (digest->length % 8);
        left--;
        if (++digest->length % 8 == 0) {
            absorb(digest, digest->tail);
            digest->tail = 0;
        }
    }
    for (; left >= 8; left -= 8, at += 8) {
        absorb(digest, load(at, 8));
        digest->length += 8;
    }
    if (left > 0) {
        digest->tail = load(at, left);
        digest->length += left;
    }
}

void ndri_digest_add_number(ndri_digest *digest, uint64_t number)
{
    unsigned char octets[8];
    unsigned i;

    for (i = 0; i < 8; i++)
        octets[i] = (unsigned char) (number >> 8 * i);
    ndri_digest_add(digest, ndri_span_from((const char *) octets, 8));
}

void ndri_digest_add_item(ndri_digest *digest, ndri_span text)
{
    ndri_digest_add_number(digest, text.length);
    ndri_digest_add(digest, text);
}

void ndri_digest_finish(ndri_digest *digest,
                        unsigned char out[NDRI_DIGEST_LENGTH])
{
    uint64_t *v = digest->v, word;
    unsigned i;

    absorb(digest, digest->tail | (digest->length & 0xFF) << 56);
    v[2] ^= 0xEE;
    mix(v, 4);
    for (i = 0; i < NDRI_DIGEST_LENGTH; i++) {
        if (i == 8) {
            v[1] ^= 0xDD;
            mix(v, 4);
        }
        word = v[0] ^ v[1] ^ v[2] ^ v[3];
        out[i] = (unsigned char) (word >> 8 * (i % 8));
    }
}
