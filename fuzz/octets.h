/* SPDX-License-Identifier: ISC */
/* Pieces of text and growing ones, for the readers and drivers in this folder.
   Shares nothing with lib/, so that a fault there has no twin here. */
#ifndef FUZZ_OCTETS_H
#define FUZZ_OCTETS_H

#include <stddef.h>
#include <stdint.h>

typedef struct octets {
    const char *at; /* never NULL but for a text that is to be NULL */
    size_t length;
} octets;

typedef struct store {
    char *at;
    size_t used, room;
} store;

/* Memory that is freed all at once. */
typedef struct pool {
    struct pool_block *first;
} pool;

octets octets_of(const char *text);
octets octets_from(const void *at, size_t length);
octets octets_slice(octets all, size_t from, size_t to);
octets octets_trim(octets text); /* space, tab, CR, LF */
int octets_equal(octets a, octets b);
int octets_equal_nocase(octets a, octets b);
int octets_begin(octets all, const char *with);
/* Where what first stands at or after from; all.length if nowhere. */
size_t octets_find(octets all, size_t from, octets what);
size_t octets_find_byte(octets all, size_t from, char byte);
int octets_has(octets all, const char *what);
/* The same in any ASCII case. */
size_t octets_find_nocase(octets all, size_t from, octets what);
/* Is text[at] a letter, a digit or one of others? */
int octets_is_alnum(octets text, size_t at, const char *others);
/* Take the next item of a list parted by blanks and commas. 0 at the end. */
int octets_take_item(octets *rest, octets *item);
int octets_is_ascii(octets text);
int octets_is_utf8(octets text);
int octets_is_printable(octets text); /* 32 to 126 */
/* One character at text[at]: its length and number; 0 if it is none. */
size_t octets_character(octets text, size_t at, uint32_t *point);
/* Take the line before the next CRLF, or what is left. 0 at the end. */
int octets_take_line(octets *rest, octets *line);
int octets_digit(int c); /* value of a hexadecimal digit in upper case, or -1 */

void store_add(store *to, octets text);
void store_text(store *to, const char *text);
void store_byte(store *to, int octet);
void store_clear(store *to);
void store_free(store *to);
octets store_octets(const store *from);

/* A block of exactly that size: one octet past it is past its end. */
void *pool_take(pool *from, size_t size);
octets pool_copy(pool *from, octets text);
void pool_free(pool *from);

/* Strict decoders (RFC 2045 6.7, 6.8); 0 for what no encoder may write. */
int decode_quoted_printable(octets text, store *out);
int decode_base64(octets text, store *out);

/* Report what went wrong and end this input. Never returns. */
void fuzz_fail(const char *rule, octets value);

#endif
