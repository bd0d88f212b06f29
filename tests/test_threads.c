/* SPDX-License-Identifier: ISC */
/*
 * Eight threads build reports from one profile and one catalog that lie in
 * memory which nobody can write to: whatever the library wrote there while it
 * makes a report would end this program. Each report has to be, octet for
 * octet, the one that a single thread made before. Through the public header
 * alone.
 */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS, threads */

#include "test.h"

#include <libndr/ndr.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { THREADS = 8, KINDS = 6, ROUNDS = 6, POOL = 1 << 22, ALIGNMENT = 16 };

/* ---- Memory that is closed after set-up ---------------------------------- */

/* Whole pages for what is made before they are closed; what is made later comes
   from malloc. Only read by the threads. */
typedef struct pool {
    char *pages;
    size_t used;
    int closed;
} pool;

static int is_pooled(const pool *p, const void *at)
{
    uintptr_t address = (uintptr_t) at, first = (uintptr_t) p->pages;

    return address >= first && address < first + POOL;
}

static void *take_pooled(pool *p, const void *old, size_t old_size, size_t size)
{
    size_t room = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *made = p->pages + p->used;

    if (size > POOL - ALIGNMENT || room > POOL - p->used)
        return NULL;
    p->used += room;
    if (old != NULL)
        memcpy(made, old, old_size < size ? old_size : size);
    return made;
}

static void *reallocate(void *user, void *old, size_t old_size, size_t size)
{
    pool *p = user;

    if (!p->closed)
        return size == 0 ? NULL : take_pooled(p, old, old_size, size);
    /* What all share is neither moved nor freed while reports are made. */
    if (old != NULL && is_pooled(p, old))
        abort();
    if (size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, size);
}

static void open_pool(pool *p)
{
    memset(p, 0, sizeof(*p));
    p->pages = mmap(NULL, POOL, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert(p->pages != MAP_FAILED);
}

static void close_pool(pool *p)
{
    p->closed = 1;
    ck_assert_int_eq(mprotect(p->pages, POOL, PROT_READ), 0);
}

/* ---- What the threads share ---------------------------------------------- */

typedef struct shared {
    pool memory;
    ndr_profile *profile;
    ndr_catalog *catalog;
    char *expected[KINDS];
    size_t lengths[KINDS];
} shared;

static const char original[] =
    "Received: from desk7.example.com (desk7.example.com [192.0.2.7])\r\n"
    " by mail1.example.com with ESMTPSA; Tue, 24 Nov 2026 16:05:12 +0100\r\n"
    "From: =?ISO-8859-1?Q?Andr=E9?= <andre@example.com>\r\n"
    "To: joe@contoso.com, ann@contoso.com\r\n"
    "Subject: =?ISO-2022-JP?B?GyRCO00bKEI=?= =?ISO-8859-2?Q?=B9?=\r\n"
    "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"
    "Message-ID: <77@desk7.example.com>\r\n"
    "Accept-Language: de, ja;q=0.5\r\n"
    "X-Trace: inside.example.com\r\n"
    "\r\n"
    "See you on Thursday?\r\n";

static const char words[] =
    "Status: 5.1.1\n"
    "Reply-Match: user unknown|no such user\n"
    "Subject: Check the address\n"
    "Move: sender\n"
    "\n"
    "No <b>{recipient}</b> at {recipient_domain}, said {remote_server}.\n"
    "1. {?subject}Send {subject} again.{/}\n"
    "%%\n"
    "Status: 4.*\n"
    "Language: fr\n"
    "\n"
    "Encore {time_left}.\n";

/* The words of one status from elsewhere. */
static int resolve(void *user, const ndr_query *query, ndr_answer *answer)
{
    (void) user;
    if (strcmp(ndr_query_status(query), "5.2.2") != 0)
        return NDR_END;
    return ndr_answer_set_entry(answer, "\nFull: {recipient}.\n", NDR_NUL);
}

static void open_shared(shared *s)
{
    ndr_allocator allocator = {reallocate, NULL};

    memset(s, 0, sizeof(*s));
    open_pool(&s->memory);
    allocator.user = &s->memory;
    ck_assert_int_eq(ndr_catalog_new(&s->catalog, &allocator), NDR_OK);
    ck_assert_msg(
        ndr_catalog_load(s->catalog, NULL, words, sizeof(words) - 1) == NDR_OK,
        "%s", ndr_catalog_error_detail(s->catalog));
    ndr_catalog_set_resolver(s->catalog, resolve, NULL);
    ck_assert_int_eq(ndr_profile_new(&s->profile, &allocator), NDR_OK);
    ndr_profile_set_generating_server(s->profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_catalog(s->profile, s->catalog);
    ndr_profile_set_language(s->profile, "en, fr", NDR_NUL);
    ndr_profile_set_language_detection(s->profile, NDR_DETECTION_ON);
    ndr_profile_set_organisation(s->profile, "Example", NDR_NUL, "#336699",
                                 NDR_NUL);
    ndr_profile_set_internal_domains(s->profile, "example.com", NDR_NUL);
    ndr_profile_set_host_masking(s->profile, NDR_HOSTS_MASKED);
    ndr_profile_set_header_filter(s->profile, NDR_HEADERS_DROP, "x-tr*",
                                  NDR_NUL);
    ndr_profile_set_failed_recipients(s->profile, NDR_FAILED_RECIPIENTS_LISTED);
    ck_assert_msg(ndr_profile_error(s->profile) == NDR_OK, "%s",
                  ndr_profile_error_detail(s->profile));
    close_pool(&s->memory);
}

static void close_shared(shared *s)
{
    int i;

    for (i = 0; i < KINDS; i++)
        free(s->expected[i]);
    /* Freeing them writes nothing either, but it may. */
    ck_assert_int_eq(mprotect(s->memory.pages, POOL, PROT_READ | PROT_WRITE),
                     0);
    s->memory.closed = 0;
    ndr_profile_free(s->profile);
    ndr_catalog_free(s->catalog);
    munmap(s->memory.pages, POOL);
}

/* ---- One report of each kind --------------------------------------------- */

static void add_recipients(ndr_report *report, int kind)
{
    static const struct {
        const char *status, *reply;
        int action;
    } outcomes[KINDS] = {
        {"5.1.1", "550 5.1.1 No such user here", NDR_ACTION_FAILED},
        {"5.2.2", "552 5.2.2 Mailbox full", NDR_ACTION_FAILED},
        {"5.7.1", "550-5.7.1 Blocked\r\n550 5.7.1 See our page",
         NDR_ACTION_FAILED},
        {"4.4.1", "421 4.4.1 Try again", NDR_ACTION_DELAYED},
        {"2.1.5", "250 2.1.5 Taken", NDR_ACTION_DELIVERED},
        {"5.4.6", "554 5.4.6 Too many hops", NDR_ACTION_FAILED},
    };
    char address[64];
    int i;

    for (i = 0; i <= kind; i++) {
        ndr_recipient *one;

        snprintf(address, sizeof(address), "user%d@contoso.com", i);
        one = ndr_report_add_recipient(report, address, NDR_NUL);
        ndr_recipient_set_action(one, outcomes[kind].action);
        ndr_recipient_set_status(one, outcomes[kind].status, NDR_NUL);
        ndr_recipient_set_reply(one, outcomes[kind].reply, NDR_NUL);
        ndr_recipient_set_remote_server(one, "mail.contoso.com", NDR_NUL,
                                        "192.0.2.9", NDR_NUL);
        ndr_recipient_set_notify(one, NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE |
                                          NDR_NOTIFY_DELAY);
        ndr_recipient_set_retry_until(one, 1795700000, 0);
        ndr_recipient_add_attempt(one, 1795536000 + i, 60, "mx.contoso.com",
                                  NDR_NUL, NULL, 0, "no answer", NDR_NUL);
    }
}

/* Make it and render it; NULL if it went wrong. */
static const char *make(ndr_report *report, int kind, size_t *length)
{
    static const char *const asked[KINDS] = {"", "de", "ja", "fr", "ar", ""};
    const char *message;

    ndr_report_reset(report, NULL);
    ndr_report_set_sender(report, "andre@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536318, 60);
    ndr_report_set_language(report, asked[kind], NDR_NUL);
    ndr_report_set_return(report, NDR_RETURN_FULL);
    if (kind % 2 == 1)
        ndr_report_set_transport(report, NDR_TRANSPORT_SMTPUTF8);
    ndr_report_borrow_original(report, original, sizeof(original) - 1);
    add_recipients(report, kind);
    if (kind == KINDS - 1)
        ndr_report_set_copy(report, NDR_COPY_POSTMASTER);
    if (ndr_report_render(report, &message, length) != NDR_OK)
        return NULL;
    return message;
}

static void make_expected(shared *s)
{
    ndr_report *report;
    int kind;

    ck_assert_int_eq(ndr_report_new(&report, s->profile), NDR_OK);
    for (kind = 0; kind < KINDS; kind++) {
        const char *message = make(report, kind, &s->lengths[kind]);

        ck_assert_msg(message != NULL, "%s", ndr_report_error_detail(report));
        s->expected[kind] = malloc(s->lengths[kind]);
        ck_assert_ptr_nonnull(s->expected[kind]);
        memcpy(s->expected[kind], message, s->lengths[kind]);
    }
    ndr_report_free(report);
}

/* ---- The threads --------------------------------------------------------- */

/* Some reports used again, some new. Returns NULL if all were as expected;
   Check's own assertions are for one thread only. */
static void *make_many(void *user)
{
    const shared *s = user;
    ndr_report *report = NULL;
    int round, kind;

    for (round = 0; round < ROUNDS; round++) {
        if (round % 3 == 0) {
            ndr_report_free(report);
            if (ndr_report_new(&report, s->profile) != NDR_OK)
                return user;
        }
        for (kind = 0; kind < KINDS; kind++) {
            size_t length = 0;
            const char *message = make(report, kind, &length);

            if (message == NULL || length != s->lengths[kind] ||
                memcmp(message, s->expected[kind], length) != 0) {
                ndr_report_free(report);
                return user;
            }
        }
    }
    ndr_report_free(report);
    return NULL;
}

START_TEST(threads_write_to_nothing_that_they_share)
{
    pthread_t threads[THREADS];
    shared s;
    int i;

    open_shared(&s);
    make_expected(&s);
    for (i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, make_many, &s), 0);
    for (i = 0; i < THREADS; i++) {
        void *wrong = &s;

        ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
        ck_assert_msg(wrong == NULL, "thread %d: another report", i);
    }
    close_shared(&s);
}
END_TEST

/* Only then does the test above tell anything. The system is asked to write
   there, which it refuses without ending the program. */
START_TEST(the_shared_memory_cannot_be_written_to)
{
    int ends[2];
    shared s;

    open_shared(&s);
    ck_assert(is_pooled(&s.memory, s.profile));
    ck_assert(is_pooled(&s.memory, s.catalog));
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq((int) write(ends[1], "x", 1), 1);
    ck_assert_int_eq((int) read(ends[0], s.profile, 1), -1);
    ck_assert_int_eq(errno, EFAULT);
    close(ends[0]);
    close(ends[1]);
    close_shared(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("threads");
    TCase *all = tcase_create("all");

    tcase_add_test(all, the_shared_memory_cannot_be_written_to);
    tcase_add_test(all, threads_write_to_nothing_that_they_share);
    suite_add_tcase(suite, all);
    return ndri_test_main(suite);
}
