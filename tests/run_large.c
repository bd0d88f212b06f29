/* SPDX-License-Identifier: ISC */
/*
 * Originals of 1 MB, 100 MB and over 4 GiB through the whole library, from a
 * callback to a sink: every octet arrives, and the heap is the same for all.
 * Takes some seconds, so only "make deep-check" runs it. Prints TAP.
 */
#include <libndr/ndr.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_HEAP ((size_t) 128 * 1024)

static const char header[] = "From: a@b.example\r\nSubject: x\r\n\r\n";
#define HEAD (sizeof(header) - 1)
#define LINE ((size_t) 71)

/* The body is one line again and again, here often enough for any block. */
static char lines[LINE * 1000];

static size_t heap, peak;

static void *metered(void *user, void *old, size_t old_size, size_t size)
{
    void *made = NULL;

    (void) user;
    if (size == 0)
        free(old);
    else if ((made = realloc(old, size)) == NULL)
        return NULL;
    heap += size - old_size;
    peak = heap > peak ? heap : peak;
    return made;
}

static int64_t read_at(void *user, uint64_t offset, void *buffer, size_t size)
{
    (void) user;
    if (offset < HEAD) {
        size = size < HEAD - offset ? size : HEAD - (size_t) offset;
        memcpy(buffer, header + offset, size);
        return (int64_t) size;
    }
    size = size < 65536 ? size : 65536;
    memcpy(buffer, lines + (offset - HEAD) % LINE, size);
    return (int64_t) size;
}

/* What has arrived. */
typedef struct arrival {
    uint64_t octets, body; /* of the body so far */
    uint64_t size;         /* it has to have */
    int begun, wrong;
} arrival;

static int arrive(void *user, const char *octets, size_t length)
{
    arrival *a = user;
    const char *found;

    a->octets += length;
    if (!a->begun) {
        /* the header ends a piece of its own, or stands in one */
        for (found = octets; found + HEAD <= octets + length; found++)
            a->begun |= memcmp(found, header, HEAD) == 0;
        return 0;
    }
    if (a->body < a->size) {
        if (length > a->size - a->body)
            length = (size_t) (a->size - a->body);
        if (length > 65536 ||
            memcmp(octets, lines + a->body % LINE, length) != 0)
            a->wrong = 1;
        a->body += length;
    }
    return a->wrong;
}

static int run(uint64_t size, size_t *most)
{
    static const ndr_allocator allocator = {metered, NULL};
    ndr_profile *profile;
    ndr_report *report;
    arrival a;
    uint64_t octets = 0;
    int error;

    memset(&a, 0, sizeof(a));
    a.size = size;
    peak = heap;
    ndr_profile_new(&profile, &allocator);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_limit(profile, NDR_LIMIT_ORIGINAL, UINT64_MAX);
    ndr_report_new(&report, profile);
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536312, 60);
    ndr_report_set_return(report, NDR_RETURN_FULL);
    ndr_report_borrow_original_source(report, read_at, NULL, HEAD + size);
    ndr_recipient_set_reply(
        ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL),
        "550 5.1.1 no", NDR_NUL);
    error = ndr_report_write(report, arrive, &a);
    if (error == NDR_OK)
        error = ndr_report_length(report, &octets);
    printf("# %s; %.0f octets of the body, %.0f of %.0f in all; heap %.0f\n",
           ndr_error_name(error), (double) a.body, (double) a.octets,
           (double) octets, (double) peak);
    ndr_report_free(report);
    ndr_profile_free(profile);
    *most = peak;
    return error == NDR_OK && a.body == size && octets == a.octets &&
           !a.wrong && peak <= MOST_HEAP && heap == 0;
}

int main(void)
{
    static const uint64_t sizes[] = {1000000, 100000000,
                                     (UINT64_C(1) << 32) + 12345};
    size_t most[3], i;
    int failed = 0;

    for (i = 0; i < sizeof(lines); i++)
        lines[i] = i % LINE == LINE - 2   ? '\r'
                   : i % LINE == LINE - 1 ? '\n'
                                          : (char) ('a' + i % LINE % 26);
    for (i = 0; i < 3; i++) {
        int well = run(sizes[i], &most[i]) && most[i] == most[0];

        failed |= !well;
        printf("%s %d - an original of %.0f octets\n", well ? "ok" : "not ok",
               (int) i + 1, (double) sizes[i]);
    }
    printf("1..3\n");
    return failed;
}
