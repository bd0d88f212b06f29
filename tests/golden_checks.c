/* SPDX-License-Identifier: ISC */
/*
 * What holds of every scenario: the ways to read a report give the same octets;
 * memory that fails costs nothing but NDR_E_NOMEM; a reused report forgets; the
 * order of setters leaves no trace; a profile and a catalog are only read.
 */
#if defined(__unix__) || defined(__APPLE__)
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#define HAVE_PAGES
#include <sys/mman.h>
#endif

#include "golden.h"

#include "golden_cases.h"

#include <stdlib.h>
#include <string.h>

/* ---- Ways to read ---- */

/* What a way has collected. */
typedef struct collection {
    char *at;
    size_t used, room;
} collection;

static int collect(void *user, const char *octets, size_t length)
{
    collection *c = user;

    if (length > c->room - c->used)
        return -1;
    memcpy(c->at + c->used, octets, length);
    c->used += length;
    return 0;
}

static int same(const collection *c, const char *expected, size_t length)
{
    return c->used == length && memcmp(c->at, expected, length) == 0;
}

static int by_next(ndr_report *report, collection *c)
{
    const char *piece;
    size_t length;
    int error;

    c->used = 0;
    while ((error = ndr_report_next(report, &piece, &length)) == NDR_OK)
        if (collect(c, piece, length) != 0)
            return NDR_E_SINK;
    return error;
}

static int by_read(ndr_report *report, collection *c, size_t step)
{
    char buffer[4096];
    size_t got;
    int error;

    c->used = 0;
    ndr_report_rewind(report);
    while ((error = ndr_report_read(report, buffer, step, &got)) == NDR_OK)
        if (collect(c, buffer, got) != 0)
            return NDR_E_SINK;
    return error;
}

/* The first piece is the header with the empty line after it, no more. */
static int header_first(ndr_report *report)
{
    const char *piece;
    size_t length, end = 4;

    ndr_report_rewind(report);
    if (ndr_report_next(report, &piece, &length) != NDR_OK)
        return 0;
    while (end <= length && memcmp(piece + end - 4, "\r\n\r\n", 4) != 0)
        end++;
    return end == length;
}

/* A header read in part, and then all from the beginning: as it was. */
static int by_rewind(ndr_report *report, collection *c)
{
    char few[16];
    size_t got;

    ndr_report_rewind(report);
    if (ndr_report_read(report, few, sizeof(few), &got) != NDR_OK ||
        ndr_report_rewind(report) != NDR_OK)
        return NDR_E_SINK;
    return by_next(report, c);
}

void golden_check_stream(const golden_scenario *scenario, const char *expected,
                         size_t length)
{
    static const size_t steps[] = {1, 7, 4096};
    golden_stage stage;
    collection c;
    uint64_t octets = 0;
    size_t i;
    int good;

    c.room = length + 1;
    c.at = malloc(c.room);
    golden_begin(&stage, scenario, NULL);
    ndr_report_prepare(stage.report);
    if (scenario->actions != 0)
        ndr_report_select_actions(stage.report, scenario->actions);
    good = by_next(stage.report, &c) == NDR_END && same(&c, expected, length);
    good &=
        by_rewind(stage.report, &c) == NDR_END && same(&c, expected, length);
    for (i = 0; i < 3; i++)
        good &= by_read(stage.report, &c, steps[i]) == NDR_END &&
                same(&c, expected, length);
    c.used = 0;
    good &= ndr_report_write(stage.report, collect, &c) == NDR_OK &&
            same(&c, expected, length);
    good &=
        ndr_report_length(stage.report, &octets) == NDR_OK && octets == length;
    golden_result(good, scenario->name,
                  "next, read, rewind, write and length agree");
    golden_result(header_first(stage.report), scenario->name,
                  "the first piece is the header");
    golden_end(&stage);
    free(c.at);
}

/* ---- Memory ---- */

typedef struct meter {
    long calls;     /* so far */
    long fail_from; /* this one fails; 0: none */
    int fail_on;    /* and all after it */
    long blocks;    /* not freed */
    long octets;
    int wrong; /* an old_size was not what was asked for */
} meter;

static void *measured(void *user, void *old, size_t old_size, size_t size)
{
    meter *m = user;
    size_t *block = old == NULL ? NULL : (size_t *) old - 2;

    if (block != NULL && block[0] != old_size)
        m->wrong = 1;
    if (size == 0) {
        m->blocks -= old != NULL;
        m->octets -= (long) old_size;
        free(block);
        return NULL;
    }
    m->calls++;
    if (m->fail_from > 0 &&
        (m->fail_on ? m->calls >= m->fail_from : m->calls == m->fail_from))
        return NULL;
    block = realloc(block, size + 2 * sizeof(size_t));
    if (block == NULL)
        return NULL;
    m->blocks += old == NULL;
    m->octets += (long) size - (long) (old == NULL ? 0 : old_size);
    block[0] = size;
    return block + 2;
}

/* One run with failing memory: NDR_E_NOMEM, or the expected octets. *done:
   nothing failed any more. */
static int survives(const golden_scenario *scenario, meter *m,
                    const char *expected, size_t length, int *done)
{
    ndr_allocator memory;
    golden_stage stage;
    const char *message = NULL;
    size_t got = 0;
    int error, good;

    memory.reallocate = measured;
    memory.user = m;
    error = golden_begin(&stage, scenario, &memory);
    if (error == NDR_OK)
        error = golden_render(&stage, scenario, &message, &got);
    *done = m->calls < m->fail_from;
    good = error == NDR_E_NOMEM ? !*done
                                : error == NDR_OK && got == length &&
                                      memcmp(message, expected, length) == 0;
    golden_end(&stage);
    return good && !m->wrong && m->blocks == 0 && m->octets == 0;
}

static int walk(const golden_scenario *scenario, const char *expected,
                size_t length, int fail_on)
{
    long n;
    int done = 0;

    for (n = 1; !done; n++) {
        meter m = {0, 0, 0, 0, 0, 0};

        m.fail_from = n;
        m.fail_on = fail_on;
        if (!survives(scenario, &m, expected, length, &done))
            return 0;
    }
    return n > 2;
}

void golden_check_memory(const golden_scenario *scenario, const char *expected,
                         size_t length)
{
    golden_result(walk(scenario, expected, length, 0), scenario->name,
                  "survives each allocation that fails once");
    golden_result(walk(scenario, expected, length, 1), scenario->name,
                  "survives memory that fails from there on");
}

/* ---- Reuse and order ---- */

/* Put other facts in: every field, another transport, hostile values, one that
   is refused. Each leaves something to forget. */
static void in_between(golden_stage *stage)
{
    static const char *const names[] = {"every-field", "utf8-transport-whole",
                                        "hostile-values", "refuses-bad-status"};
    const char *message;
    size_t i, got;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        golden_scenario other = golden_find(names[i]);

        ndr_report_reset(stage->report, NULL);
        other.report(stage);
        golden_render(stage, &other, &message, &got);
    }
}

static int again(golden_stage *stage, const golden_scenario *scenario,
                 const char *expected, size_t length)
{
    const char *message;
    size_t got;

    ndr_report_reset(stage->report, NULL);
    scenario->report(stage);
    return golden_render(stage, scenario, &message, &got) == NDR_OK &&
           got == length && memcmp(message, expected, length) == 0;
}

void golden_check_reuse(const golden_scenario *scenario, const char *expected,
                        size_t length)
{
    golden_scenario backwards = *scenario;
    golden_stage stage;

    golden_begin(&stage, scenario, NULL);
    in_between(&stage);
    golden_result(again(&stage, scenario, expected, length) &&
                      again(&stage, scenario, expected, length),
                  scenario->name, "a report that is reset forgets");
    if (scenario->report == case_report) {
        backwards.report = case_report_backwards;
        golden_result(again(&stage, &backwards, expected, length),
                      scenario->name, "the order of setters leaves no trace");
    }
    golden_end(&stage);
}

/* ---- Profile and catalog in read-only pages ---- */

#ifdef HAVE_PAGES

/* One mapping; blocks are taken from it in a row and never given back. */
typedef struct pages {
    char *at;
    size_t used;
} pages;

#define PAGES ((size_t) 1 << 24)

static void *from_pages(void *user, void *old, size_t old_size, size_t size)
{
    pages *p = user;
    char *taken = p->at + p->used;

    if (size == 0 || size > PAGES - p->used)
        return NULL;
    p->used += (size + 15) / 16 * 16;
    if (old != NULL)
        memcpy(taken, old, old_size < size ? old_size : size);
    return taken;
}

static char *map_pages(void)
{
    void *mapped = mmap(NULL, PAGES, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mapped == MAP_FAILED ? NULL : mapped;
}

/* The report itself takes its memory from a second mapping. */
static int reports_from(golden_stage *stage, const golden_scenario *scenario,
                        const char *expected, size_t length)
{
    const char *message;
    size_t got;

    if (ndr_report_new(&stage->report, stage->profile) != NDR_OK)
        return 0;
    scenario->report(stage);
    return golden_render(stage, scenario, &message, &got) == NDR_OK &&
           got == length && memcmp(message, expected, length) == 0;
}

void golden_check_const(const golden_scenario *scenario, const char *expected,
                        size_t length)
{
    char *constant = map_pages(), *working = map_pages();
    pages p = {NULL, 0};
    ndr_allocator memory;
    golden_stage stage;
    int good;

    p.at = constant;
    memory.reallocate = from_pages;
    memory.user = &p;
    memset(&stage, 0, sizeof(stage));
    stage.data = scenario->data;
    good = constant != NULL && working != NULL &&
           ndr_catalog_new(&stage.catalog, &memory) == NDR_OK &&
           ndr_profile_new(&stage.profile, &memory) == NDR_OK;
    if (good)
        scenario->profile(&stage);
    good = good && mprotect(constant, PAGES, PROT_READ) == 0;
    p.at = working;
    p.used = 0;
    good = good && reports_from(&stage, scenario, expected, length);
    golden_result(good, scenario->name, "profile and catalog are only read");
    munmap(constant, PAGES);
    munmap(working, PAGES);
}

#else

void golden_check_const(const golden_scenario *scenario, const char *expected,
                        size_t length)
{
    (void) scenario;
    (void) expected;
    (void) length;
}

#endif
