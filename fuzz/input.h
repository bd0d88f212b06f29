/* SPDX-License-Identifier: ISC */
/*
 * Fuzz octets as a row of numbers and texts. When they run out, all that
 * follows is 0 or empty, so that each prefix of an input is an input.
 *
 * A text begins with an octet that says what it is:
 *     0x00-0x3F  that many octets follow
 *     0x40-0x7F  an entry of the list of nasty texts, passed with its length
 *     0x80-0xBF  the same, NUL-terminated and passed with NDR_NUL
 *     0xC0-0xDF  two to five texts, one after the other
 *     0xE0-0xEF  a count follows, then a text to repeat
 *     0xF0-0xF7  NULL
 *     0xF8-0xFF  a length of two octets, then that many
 */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include "octets.h"

typedef struct input {
    octets rest;
    pool memory; /* of the texts */
} input;

/* A text as it is passed to the library, and what it is. */
typedef struct fuzz_text {
    const char *at; /* may be NULL */
    size_t length;  /* may be NDR_NUL */
    octets is;
} fuzz_text;

void input_begin(input *from, octets data);
void input_end(input *from);
unsigned input_octet(input *from);
uint64_t input_number(input *from, unsigned count); /* of octets */
unsigned input_choice(input *from, unsigned count); /* 0 to count - 1 */
fuzz_text input_text(input *from);
/* Seconds and offset: mostly dates that can be printed. */
void input_date(input *from, int64_t *seconds, int32_t *offset);

/* A text of the library's caller in memory of just its size. */
fuzz_text text_of(input *from, octets is);

/* The list of nasty texts; NULL past the last. */
const char *nasty_text(size_t index);
size_t nasty_count(void);

#endif
