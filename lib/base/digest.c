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

static inline void mix(uint64_t v[4])
{
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

static void mix_four_times(uint64_t v[4])
{
    unsigned i;

    for (i = 0; i < 4; i++)
        mix(v);
}

/* Up to eight octets as a number, the first one lowest. */
static uint64_t load(const unsigned char *at, size_t count)
{
    uint64_t word = 0;

    while (count-- > 0)
        word = word << 8 | at[count];
    return word;
}

/* Eight of them: compilers make one load of it. */
static uint64_t load_word(const unsigned char *at)
{
    return (uint64_t) at[0] | (uint64_t) at[1] << 8 | (uint64_t) at[2] << 16 |
           (uint64_t) at[3] << 24 | (uint64_t) at[4] << 32 |
           (uint64_t) at[5] << 40 | (uint64_t) at[6] << 48 |
           (uint64_t) at[7] << 56;
}

static inline void absorb(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v);
    mix(v);
    v[0] ^= word;
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
    init_words(digest, load_word(block), load_word(block + 8));
}

/* What of a word does not fit behind the held octets of the tail. */
static uint64_t overhang(uint64_t word, unsigned held)
{
    return word >> 1 >> (63 - 8 * held); /* a shift by 64 is none in C */
}

void ndri_digest_add(ndri_digest *digest, ndri_span text)
{
    const unsigned char *at = (const unsigned char *) text.at;
    unsigned held = (unsigned) (digest->length % 8);
    uint64_t v[4], tail = digest->tail, word;
    size_t left = text.length;

    memcpy(v, digest->v, sizeof(v)); /* where registers can hold them */
    for (; left >= 8; left -= 8, at += 8) {
        word = load_word(at);
        absorb(v, tail | word << 8 * held);
        tail = overhang(word, held);
    }
    word = load(at, left);
    tail |= word << 8 * held;
    if (held + left >= 8) {
        absorb(v, tail);
        tail = overhang(word, held);
    }
    memcpy(digest->v, v, sizeof(v));
    digest->tail = tail;
    digest->length += text.length;
}

void ndri_digest_add_number(ndri_digest *digest, uint64_t number)
{
    unsigned held = (unsigned) (digest->length % 8);

    absorb(digest->v, digest->tail | number << 8 * held);
    digest->tail = overhang(number, held);
    digest->length += 8;
}

void ndri_digest_add_item(ndri_digest *digest, ndri_span text)
{
    ndri_digest_add_number(digest, text.length);
    if (text.length > 0)
        ndri_digest_add(digest, text);
}

static void store_word(uint64_t word, unsigned char *out)
{
    unsigned i;

    for (i = 0; i < 8; i++)
        out[i] = (unsigned char) (word >> 8 * i);
}

void ndri_digest_finish(ndri_digest *digest,
                        unsigned char out[NDRI_DIGEST_LENGTH])
{
    uint64_t *v = digest->v;

    absorb(v, digest->tail | (digest->length & 0xFF) << 56);
    v[2] ^= 0xEE;
    mix_four_times(v);
    store_word(v[0] ^ v[1] ^ v[2] ^ v[3], out);
    v[1] ^= 0xDD;
    mix_four_times(v);
    store_word(v[0] ^ v[1] ^ v[2] ^ v[3], out + 8);
}
