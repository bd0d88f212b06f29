/* SPDX-License-Identifier: ISC */
/* The inputs of the workloads, from a seed: addresses, replies, originals. */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 256, SHORT_BODY = 200 };

/* In the order of the document. */
static const workload workloads[] = {
    {.name = "w1", .people_count = 1, .header_size = 2048},
    {.name = "w2-10", .people_count = 10, .header_size = 4096},
    {.name = "w2-100", .people_count = 100, .header_size = 4096},
    {.name = "w2-1000", .people_count = 1000, .header_size = 4096},
    {.name = "w2-10000", .people_count = 10000, .header_size = 4096},
    {.name = "w3",
     .people_count = 1,
     .header_size = 2048,
     .original_size = 10000000},
    {.name = "w4", .people_count = 1, .header_size = 2048, .japanese = 1},
};

/* Each with the address where %s stands. */
static const struct {
    const char *status, *reply;
} refusals[] = {
    {"5.1.1", "550 5.1.1 <%s>: Recipient address rejected: User unknown"},
    {"5.2.2", "552 5.2.2 <%s>: Mailbox full; quota exceeded & no more taken"},
    {"5.7.1", "550 5.7.1 Service unavailable; client [192.0.2.25] for <%s>"},
    {"4.4.7", "400 4.4.7 Message delayed; expired in queue for <%s>"},
};

static const char japanese_address[] = "ユーザー@例え.example";

static const char *const words[] = {
    "the",     "figures", "für", "Überweisung", "of",     "naïve", "café",
    "rapport", "Größe",   "and", "report",      "四半期", "数値",  "total",
};

const char *workload_name(size_t index)
{
    return index < sizeof(workloads) / sizeof(workloads[0])
               ? workloads[index].name
               : NULL;
}

/* xorshift64*: only has to be the same everywhere. */
uint32_t next_number(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t) ((*state * UINT64_C(2685821657736338717)) >> 32);
}

static void make_people(workload *w, uint64_t *state)
{
    static const char *const hosts[] = {"sales", "hr", "dev", "ops"};
    size_t i;

    w->people = allocate(w->people_count * sizeof(*w->people));
    for (i = 0; i < w->people_count; i++) {
        person *one = &w->people[i];
        size_t kind = i % (sizeof(refusals) / sizeof(refusals[0]));

        if (w->japanese)
            snprintf(one->address, sizeof(one->address), "%s",
                     japanese_address);
        else
            snprintf(one->address, sizeof(one->address),
                     "user%05u.%s@example.org", (unsigned) i,
                     hosts[next_number(state) % 4]);
        snprintf(one->server, sizeof(one->server), "mx%u.example.org",
                 (unsigned) (i % 7));
        snprintf(one->status, sizeof(one->status), "%s", refusals[kind].status);
        snprintf(one->reply, sizeof(one->reply), refusals[kind].reply,
                 one->address);
    }
}

static void put_line(workload *w, const char *line)
{
    size_t length = strlen(line);

    memcpy(w->original + w->original_length, line, length);
    w->original_length += length;
}

static void make_header(workload *w, uint64_t *state)
{
    char line[LINE], value[64];
    unsigned i, n;

    for (n = 0; w->original_length < w->header_size * 55 / 100; n++) {
        snprintf(line, sizeof(line),
                 "Received: from mail%u.example.net (192.0.2.%u) by "
                 "mx%u.contoso.com\r\n (198.51.100.%u) with ESMTPS id %08x;"
                 " Wed, 25 Nov 2026 09:%02u:%02u +0000\r\n",
                 n, (unsigned) next_number(state) % 255, n,
                 (unsigned) next_number(state) % 255,
                 (unsigned) next_number(state),
                 (unsigned) next_number(state) % 60,
                 (unsigned) next_number(state) % 60);
        put_line(w, line);
    }
    put_line(w, "From: \"Doe, Jane\" <jane.doe@contoso.com>\r\n");
    snprintf(line, sizeof(line), "To: <%s>\r\n",
             w->japanese ? japanese_address : "unknown@example.org");
    put_line(w, line);
    put_line(w, w->japanese ? "Subject: 四半期の数値\r\n"
                            : "Subject: Quarterly figures\r\n");
    put_line(w, "Date: Wed, 25 Nov 2026 09:29:55 +0000\r\n"
                "Message-ID: <orig.77@contoso.com>\r\n"
                "MIME-Version: 1.0\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                "Content-Transfer-Encoding: 8bit\r\n");
    for (n = 0; w->original_length + 80 < w->header_size; n++) {
        for (i = 0; i < sizeof(value) - 4; i++)
            value[i] =
                "abcdefghijklmnopqrstuvwxyz012345"[next_number(state) % 32];
        value[i] = '\0';
        snprintf(line, sizeof(line), "X-Trace-%u: %s\r\n", n, value);
        put_line(w, line);
    }
    put_line(w, "\r\n");
    w->header_length = w->original_length;
}

/* Lines of words of several scripts, as 8-bit mail has them. */
static void make_body(workload *w, uint64_t *state, size_t size)
{
    char line[LINE];

    while (w->original_length + LINE < size) {
        size_t goal = 20 + next_number(state) % 50, length = 0;

        while (length < goal)
            length += (size_t) snprintf(
                line + length, sizeof(line) - length, "%s ",
                words[next_number(state) % (sizeof(words) / sizeof(*words))]);
        memcpy(line + length - 1, "\r\n", sizeof("\r\n"));
        put_line(w, line);
    }
}

int workload_open(workload *w, const char *name)
{
    uint64_t state = 3464;
    size_t i, size;

    for (i = 0; workload_name(i) != NULL; i++)
        if (strcmp(workload_name(i), name) == 0)
            break;
    if (workload_name(i) == NULL)
        return -1;
    *w = workloads[i];
    make_people(w, &state);
    size = w->header_size + LINE + SHORT_BODY;
    if (size < w->original_size)
        size = w->original_size;
    w->original = allocate(size + LINE);
    make_header(w, &state);
    make_body(w, &state, size);
    return 0;
}

void workload_close(workload *w)
{
    free(w->people);
    free(w->original);
}
