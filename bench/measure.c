/* SPDX-License-Identifier: ISC */
/*
 * Measure one writer, WRITER, on one workload:
 *
 *     list                      the workloads
 *     dump WORKLOAD             write one message to standard output
 *     check WORKLOAD            is the message right?
 *     time WORKLOAD SECONDS     nanoseconds of processor time for a message
 *     heap WORKLOAD             allocations, octets, peak; of the first message
 *                               with its set-up, and of a later one
 *     build WORKLOAD MESSAGES   build as many, and print how long one is
 */
#define _POSIX_C_SOURCE 200809L
#include "measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef WRITER
#define WRITER ndr_writer
#endif

static void build(const workload *w, place *p, long messages)
{
    for (; messages > 0; messages--) {
        p->length = 0;
        WRITER.write(w, p);
    }
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static void measure_time(const workload *w, place *p, double goal)
{
    double began, took;
    long messages = 0, more = 1;

    build(w, p, 1);
    began = seconds();
    do {
        build(w, p, more);
        messages += more;
        took = seconds() - began;
        if (took < goal / 10)
            more = messages;
    } while (took < goal);
    printf("%.0f\n", took * 1e9 / (double) messages);
}

static void print_heap(heap h)
{
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", h.calls, h.octets, h.peak);
}

static void measure_heap(const workload *w, place *p)
{
    heap first;

    heap_start();
    WRITER.open(w, &heap_allocator);
    build(w, p, 1);
    first = heap_now();
    /* The place has its size now: what follows is the writer's alone. */
    build(w, p, 1);
    heap_start();
    build(w, p, 1);
    print_heap(first);
    print_heap(heap_now());
}

/* To memory, also what else goes to /dev/null. */
static int with_message(const workload *w, int check)
{
    workload memory = *w;
    int wrong = 0;
    place p;

    memory.original_size = 0;
    place_open(&p, &memory);
    WRITER.write(w, &p);
    if (check)
        wrong = WRITER.check(w, &p);
    else
        fwrite(p.octets, 1, p.length, stdout);
    place_close(&p);
    return wrong;
}

static int run(const char *what, const workload *w, const char *number)
{
    place p;
    int wrong = 0;

    place_open(&p, w);
    if (strcmp(what, "heap") == 0) {
        measure_heap(w, &p);
    } else {
        WRITER.open(w, NULL);
        if (strcmp(what, "time") == 0) {
            measure_time(w, &p, strtod(number, NULL));
        } else if (strcmp(what, "build") == 0) {
            build(w, &p, strtol(number, NULL, 10));
            printf("%zu\n", p.length);
        } else {
            wrong = with_message(w, strcmp(what, "check") == 0);
        }
    }
    WRITER.close();
    place_close(&p);
    return wrong;
}

int main(int argc, char **argv)
{
    workload w;
    size_t i;
    int wrong;

    if (argc == 2 && strcmp(argv[1], "list") == 0) {
        for (i = 0; workload_name(i) != NULL; i++)
            puts(workload_name(i));
        return 0;
    }
    if (argc < 3 || workload_open(&w, argv[2]) != 0) {
        fprintf(stderr,
                "usage: %s list|dump|check|time|heap|build WORKLOAD "
                "[SECONDS|MESSAGES]\n",
                argv[0]);
        return 2;
    }
    wrong = run(argv[1], &w, argc > 3 ? argv[3] : "1");
    workload_close(&w);
    return wrong;
}
