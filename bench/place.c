/* SPDX-License-Identifier: ISC */
/* Where messages go, and how a benchmark ends when it cannot go on. */
#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void stop(const char *what, const char *detail)
{
    fprintf(stderr, "bench: %s: %s\n", what, detail);
    exit(EXIT_FAILURE);
}

void *allocate(size_t size)
{
    void *made = calloc(1, size);

    if (made == NULL)
        stop("memory", strerror(errno));
    return made;
}

void place_open(place *p, const workload *w)
{
    memset(p, 0, sizeof(*p));
    p->file = -1;
    if (w->original_size > 0) {
        p->file = open("/dev/null", O_WRONLY);
        if (p->file < 0)
            stop("/dev/null", strerror(errno));
    }
}

void place_put(place *p, const char *octets, size_t length)
{
    if (p->file >= 0) {
        p->length += length;
        while (length > 0) {
            ssize_t done = write(p->file, octets, length);

            if (done < 0)
                stop("write", strerror(errno));
            octets += done;
            length -= (size_t) done;
        }
        return;
    }
    if (length > p->size - p->length) {
        p->size = (p->length + length) * 2;
        p->octets = realloc(p->octets, p->size);
        if (p->octets == NULL)
            stop("memory", strerror(errno));
    }
    memcpy(p->octets + p->length, octets, length);
    p->length += length;
}

void place_close(place *p)
{
    if (p->file >= 0)
        close(p->file);
    free(p->octets);
}
