/* SPDX-License-Identifier: ISC */
/* Callers' functions that keep their word, and others that do not. */
#ifndef FUZZ_MISBEHAVE_H
#define FUZZ_MISBEHAVE_H

#include "input.h"

#include <libndr/ndr.h>

/* Memory that knows what was asked for, and may run out. */
typedef struct guard {
    size_t blocks; /* not yet freed */
    uint64_t calls;
    uint64_t fail_at; /* the call that fails first; 0: none */
    int fails_on;     /* all calls after it fail too */
    int failed;
    int fill; /* what new memory holds */
} guard;

void *guard_reallocate(void *user, void *old, size_t old_size, size_t size);

enum {
    SOURCE_HONEST,
    SOURCE_SHORT,    /* few octets at a time */
    SOURCE_FAILS,    /* from a call on: result */
    SOURCE_TOO_MUCH, /* claims more than there was room for */
    SOURCE_ENDS,     /* early */
    SOURCE_CHANGES,  /* holds later, once turned */
    SOURCE_KINDS
};

typedef struct source {
    int kind;
    octets text, later;
    int turned;
    unsigned calls, bad_call;
    int64_t result;
} source;

int64_t source_read_at(void *user, uint64_t offset, void *buffer, size_t size);

enum {
    RESOLVER_ENDS,
    RESOLVER_ANSWERS,
    RESOLVER_FORGETS, /* NDR_OK without an answer */
    RESOLVER_FAILS,
    RESOLVER_GARBAGE, /* an answer that cannot be read, and NDR_OK */
    RESOLVER_TWICE,   /* two answers, or an answer and NDR_END */
    RESOLVER_KINDS
};

typedef struct resolver {
    int kind;
    int result; /* of RESOLVER_FAILS and RESOLVER_TWICE */
    fuzz_text entry, other;
} resolver;

int resolver_answer(void *user, const ndr_query *query, ndr_answer *answer);

#endif
