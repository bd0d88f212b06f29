/* SPDX-License-Identifier: ISC */
/*
 * What the programs of the benchmarks share: inputs that are the same on every
 * machine, a place for messages, counted memory, and writers, each of which
 * builds the message of a workload with one library.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <libndr/ndr.h>

#include <stddef.h>
#include <stdint.h>

/* ---- Inputs (inputs.c) --------------------------------------------------- */

typedef struct person {
    char address[64], server[32], status[8], reply[128];
} person;

typedef struct workload {
    const char *name;
    size_t people_count;
    size_t header_size;   /* octets of the original's header, about */
    size_t original_size; /* with its body; 0: a short one */
    int japanese;         /* words in Japanese, a UTF-8 address */
    person *people;
    char *original; /* header, empty line, body; CRLF */
    size_t original_length;
    size_t header_length; /* with the empty line */
} workload;

/* The workloads, in order; NULL past the last. */
const char *workload_name(size_t index);
/* Make its inputs; 0, or -1 for an unknown name. */
int workload_open(workload *w, const char *name);
void workload_close(workload *w);

/* Octets that look random, always the same ones. */
uint32_t next_number(uint64_t *state);

/* ---- Where messages go (place.c) ----------------------------------------- */

/* Memory that is used again, or for whole originals /dev/null. */
typedef struct place {
    char *octets;
    size_t length, size;
    int file; /* below 0: memory */
} place;

void place_open(place *p, const workload *w);
void place_put(place *p, const char *octets, size_t length);
void place_close(place *p);

/* ---- Counted memory (heap.c) --------------------------------------------- */

typedef struct heap {
    uint64_t calls;  /* that gave memory */
    uint64_t octets; /* asked for, in all */
    uint64_t live, peak;
} heap;

/* What was counted since the last heap_start(); the peak is above what was live
   then. */
void heap_start(void);
heap heap_now(void);
/* Memory from malloc, counted. */
extern const ndr_allocator heap_allocator;

/* ---- Writers (ndr.c, gmime.c) -------------------------------------------- */

typedef struct writer {
    const char *name;
    void (*open)(const workload *w, const ndr_allocator *allocator);
    void (*write)(const workload *w, place *p);
    /* Look at a message that was written to memory: 0 if all is right, else
       what is wrong was printed. */
    int (*check)(const workload *w, const place *p);
    void (*close)(void);
} writer;

extern const writer ndr_writer, gmime_writer;

/* Print what went wrong, and end. */
void stop(const char *what, const char *detail);
/* Memory, or stop. */
void *allocate(size_t size);

#endif
