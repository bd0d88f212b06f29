/* SPDX-License-Identifier: ISC */
/*
 * limits SCENARIO SIZE: one report in which one thing is large. Prints the
 * octets of the message, those of the memory that libndr asked for in all, the
 * most that it held at once, and seconds of processor time. limits.sh runs it
 * at several sizes.
 */
#define _POSIX_C_SOURCE 200809L
#include "measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE = 64, KILO = 1024 };

typedef struct scene {
    ndr_profile *profile;
    ndr_catalog *catalog;
    ndr_report *report;
    char *large; /* what is large, where it is held */
    uint64_t size;
} scene;

/* As many octets of words as asked for, NUL-terminated, lines with this end. */
static char *make_text(size_t size, const char *line_end)
{
    uint64_t state = 3464;
    size_t at, end = strlen(line_end), column = 0;
    char *text = allocate(size + 1);

    for (at = 0; at < size; at++, column++) {
        if (column >= LINE && at + end < size) {
            memcpy(text + at, line_end, end);
            at += end - 1;
            column = 0;
        } else {
            text[at] = "etaoin shrdlu cm"[next_number(&state) % 16];
        }
    }
    return text;
}

static ndr_recipient *add_recipient(scene *s)
{
    ndr_recipient *one =
        ndr_report_add_recipient(s->report, "joe@contoso.com", NDR_NUL);

    ndr_recipient_set_reply(one, "550 5.1.1 User unknown", NDR_NUL);
    ndr_recipient_set_remote_server(one, "mail.contoso.com", NDR_NUL, NULL, 0);
    return one;
}

static ndr_recipient *add_numbered(scene *s, uint64_t number)
{
    char address[64];

    snprintf(address, sizeof(address), "user%" PRIu64 "@contoso.com", number);
    return ndr_report_add_recipient(s->report, address, NDR_NUL);
}

/* ---- Scenarios ----------------------------------------------------------- */

static const char header[] = "From: Jane Doe <jane@example.com>\r\n"
                             "Subject: Spring planning\r\n"
                             "\r\n";

/* An original that is never held: a header, then one line again and again. */
static int64_t read_original(void *user, uint64_t offset, void *buffer,
                             size_t size)
{
    static const char line[] =
        "The quarterly figures, one line like another, and no end to it.\r\n";
    const scene *s = user;
    size_t period = sizeof(line) - 1, done = 0;
    char *out = buffer;

    if (offset >= s->size)
        return 0;
    if (size > s->size - offset)
        size = (size_t) (s->size - offset);
    while (done < size) {
        uint64_t at = offset + done;
        const char *from = header + at;
        size_t left = sizeof(header) - 1 - (size_t) at;

        if (at >= sizeof(header) - 1) {
            size_t phase = (size_t) ((at - sizeof(header) + 1) % period);

            from = line + phase;
            left = period - phase;
        }
        if (left > size - done)
            left = size - done;
        memcpy(out + done, from, left);
        done += left;
    }
    return (int64_t) size;
}

/* A full return of so many octets. */
static void return_original(scene *s)
{
    ndr_report_set_return(s->report, NDR_RETURN_FULL);
    ndr_report_borrow_original_source(s->report, read_original, s, s->size);
    add_recipient(s);
}

/* So many recipients. */
static void add_recipients(scene *s)
{
    uint64_t i;

    for (i = 0; i < s->size; i++)
        ndr_recipient_set_reply(add_numbered(s, i), "550 5.1.1 User unknown",
                                NDR_NUL);
}

/* A reply of so many octets for each of 1,000 recipients. */
static void set_replies(scene *s)
{
    uint64_t i;

    s->large = make_text((size_t) s->size, "\r\n550-");
    memcpy(s->large, "550-", 4);
    for (i = 0; i < 1000; i++)
        ndr_recipient_set_reply(add_numbered(s, i), s->large, (size_t) s->size);
}

/* An original whose header has so many octets. */
static void set_header(scene *s)
{
    size_t i, size = (size_t) s->size;

    s->large = make_text(size, "\r\nX-Trace: ");
    memcpy(s->large, "X: ", 3);
    for (i = size - 4; i < size; i++)
        s->large[i] = "\r\n\r\n"[i - (size - 4)];
    ndr_report_borrow_original(s->report, s->large, size);
    add_recipient(s);
}

/* So many attempts for one recipient. */
static void add_attempts(scene *s)
{
    ndr_recipient *joe = add_recipient(s);
    uint64_t state = 3464, i;

    for (i = 0; i < s->size; i++)
        ndr_recipient_add_attempt(joe, 1795500000 + next_number(&state) % 90000,
                                  0, "mx1.contoso.com", NDR_NUL, "192.0.2.1",
                                  NDR_NUL, "no answer: connection timed out",
                                  NDR_NUL);
}

/* A system message of so many octets, with a value in each line. */
static void add_template(scene *s)
{
    static const char start[] = "Status: 5.1.1\n\nFor {recipient}: ";
    size_t size = (size_t) s->size;

    s->large = make_text(size, " {recipient_domain}\n");
    memcpy(s->large, start, sizeof(start) - 1);
    if (ndr_catalog_add(s->catalog, s->large, size) != NDR_OK)
        stop("template", ndr_catalog_error_detail(s->catalog));
    add_recipient(s);
}

static const struct {
    const char *name;
    void (*fill)(scene *s);
} scenarios[] = {
    {"original", return_original}, {"recipients", add_recipients},
    {"replies", set_replies},      {"header", set_header},
    {"attempts", add_attempts},    {"template", add_template},
};

/* ---- One run ------------------------------------------------------------- */

static void open_scene(scene *s, uint64_t size)
{
    memset(s, 0, sizeof(*s));
    s->size = size;
    ndr_catalog_new(&s->catalog, &heap_allocator);
    ndr_profile_new(&s->profile, &heap_allocator);
    ndr_profile_set_generating_server(s->profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_catalog(s->profile, s->catalog);
    ndr_profile_set_limit(s->profile, NDR_LIMIT_ORIGINAL, UINT64_MAX);
    ndr_profile_set_limit(s->profile, NDR_LIMIT_HEADER, UINT32_MAX);
    ndr_profile_set_limit(s->profile, NDR_LIMIT_REPLY, UINT32_MAX);
    if (ndr_report_new(&s->report, s->profile) != NDR_OK)
        stop("report", ndr_profile_error_detail(s->profile));
    ndr_report_set_sender(s->report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(s->report, 1795599000, 0);
}

static int count_octets(void *user, const char *octets, size_t length)
{
    (void) octets;
    *(uint64_t *) user += length;
    return 0;
}

static double processor_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static int run(size_t scenario, uint64_t size)
{
    uint64_t octets = 0;
    double began = processor_seconds();
    const char *note;
    scene s;

    heap_start();
    open_scene(&s, size);
    scenarios[scenario].fill(&s);
    if (ndr_report_write(s.report, count_octets, &octets) != NDR_OK)
        stop(scenarios[scenario].name, ndr_report_error_detail(s.report));
    note = ndr_report_notes(s.report, 0);
    if (note != NULL)
        fprintf(stderr, "limits: %s: %s\n", scenarios[scenario].name, note);
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %.3f\n", octets,
           heap_now().octets, heap_now().peak, processor_seconds() - began);
    ndr_report_free(s.report);
    ndr_profile_free(s.profile);
    ndr_catalog_free(s.catalog);
    free(s.large);
    return note != NULL;
}

int main(int argc, char **argv)
{
    size_t i;

    if (argc == 3)
        for (i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
            if (strcmp(scenarios[i].name, argv[1]) == 0)
                return run(i, strtoull(argv[2], NULL, 10));
    fprintf(stderr,
            "usage: %s original|recipients|replies|header|attempts|"
            "template SIZE\n",
            argv[0]);
    return 2;
}
