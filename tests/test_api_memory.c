/* SPDX-License-Identifier: ISC */
/*
 * The allocator of the caller: it sees every allocation, sizes are told right,
 * nothing leaks; and wherever memory runs out, the report says so or is the
 * same as ever. Through the public header alone.
 */
#include "desk.h"
#include "test.h"

#include <libndr/ndr_file.h>

#include <stdlib.h>
#include <string.h>

/* Each piece carries its size in front of it. */
typedef union head {
    size_t size;
    long double align;
    void *pointer;
} head;

typedef struct meter {
    size_t pieces, octets;     /* held now */
    size_t peak;               /* seen by a source and a sink */
    unsigned long calls;       /* that asked for memory */
    unsigned long fail_from;   /* the first one that fails, from 1; 0: none */
    unsigned long fail_before; /* and the first that does not any more; 0: no
                                  end */
} meter;

static meter m;

static void *metered(void *user, void *old, size_t old_size, size_t size)
{
    meter *me = user;
    head *before = old == NULL ? NULL : (head *) old - 1, *after;

    ck_assert_uint_eq(before == NULL ? 0 : before->size, old_size);
    if (size == 0) {
        ck_assert_ptr_nonnull(old);
        me->pieces--;
        me->octets -= old_size;
        free(before);
        return NULL;
    }
    me->calls++;
    if (me->fail_from > 0 && me->calls >= me->fail_from &&
        (me->fail_before == 0 || me->calls < me->fail_before))
        return NULL;
    after = malloc(sizeof(head) + size);
    ck_assert_ptr_nonnull(after);
    memset(after, 0xA5, sizeof(head) + size); /* nobody may hope for zeros */
    after->size = size;
    if (before != NULL)
        memcpy(after + 1, old, old_size < size ? old_size : size);
    me->pieces += old == NULL;
    me->octets += size - old_size;
    free(before);
    return after + 1;
}

static ndr_allocator allocator = {metered, &m};

static void setup(void)
{
    memset(&m, 0, sizeof(m));
}

static void teardown(void)
{
    ck_assert_uint_eq(m.pieces, 0);
    ck_assert_uint_eq(m.octets, 0);
}

/* ---- scenes: each makes a report and renders it ---- */

#define A50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A300 A50 A50 A50 A50 A50 A50

static int asked(void *user, const ndr_query *query, ndr_answer *answer)
{
    (void) user;
    return ndr_answer_set_entry(
        answer, ndr_query_action(query) == 0 ? "\nAn answer {reply}." : "\nNo.",
        NDR_NUL);
}

static void short_scene(ndr_report *report)
{
    ndr_recipient *joe;

    ndr_report_borrow_original(report, desk_original, NDR_NUL);
    joe = ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "mx.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(joe, "550 5.1.1 User unknown", NDR_NUL);
}

/* Values that do not fit the first room of any buffer, and notes. */
static void long_scene(ndr_report *report)
{
    ndr_recipient *joe;

    ndr_report_set_received_from(report, A50 A50 ".example", NDR_NUL,
                                 "192.0.2.1", NDR_NUL);
    ndr_report_set_message_id(report, "<left@right>", NDR_NUL);
    ndr_report_set_envelope_id(report, A300, NDR_NUL);
    ndr_report_set_seed(report, A300, NDR_NUL);
    ndr_report_set_subject(report, A300, NDR_NUL);
    ndr_report_add_field(report, "X-A", NDR_NUL, A300, NDR_NUL);
    joe = ndr_report_add_recipient(report, A300 "@contoso.com", NDR_NUL);
    ndr_recipient_set_original_recipient(joe, "rfc822;" A300 A50 "@x", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "bad name", NDR_NUL, "bad", NDR_NUL);
    ndr_recipient_set_reply(
        joe, "550 5.1.1 " A300 A300 A300 A300 A300 A300 A300 A300, NDR_NUL);
    ndr_recipient_set_log_id(joe, A300 A300 A300 A300, NDR_NUL);
    ndr_recipient_add_attempt(joe, 0, 0, "a.example", NDR_NUL, "192.0.2.2",
                              NDR_NUL, A300 A300 A300 A300 A300, NDR_NUL);
    ndr_recipient_add_attempt(joe, 1, 0, "b.example", NDR_NUL, NULL, 0, "x",
                              NDR_NUL);
    ndr_recipient_add_field(joe, "X-B", NDR_NUL, A300 A300 A300, NDR_NUL);
    joe = ndr_report_add_recipient(report, "ann@contoso.com", NDR_NUL);
    ndr_recipient_set_text(joe, A300 A300 A300 A300 A300 A300 A300, NDR_NUL);
    ndr_recipient_set_hidden(joe, "h@contoso.com", NDR_NUL);
}

static void orcpt_scene(ndr_report *report)
{
    ndr_recipient_set_original_recipient(
        ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL),
        "rfc822;" A300 "@x", NDR_NUL);
}

static void helo_scene(ndr_report *report)
{
    ndr_report_set_received_from(report, "desk7.example.com", NDR_NUL,
                                 "192.0.2.1", NDR_NUL);
    ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
}

static void utf8_scene(ndr_report *report)
{
    static const char original[] =
        "Subject: =?iso-8859-1?q?caf=E9?= =?utf-8?b?w6k=?= " A300 "\n"
        "From: b\xC3\xB6@x\nReferences: <a@b> <c@d>\nMessage-ID: <e@f>\n"
        "Date: Tue, 24 Nov 2026 16:05:11 +0100\n\nb\xC3\xB6"
        "dy\n";
    ndr_recipient *joe;

    ndr_report_set_transport(report, NDR_TRANSPORT_SMTPUTF8);
    ndr_report_set_return(report, NDR_RETURN_FULL);
    ndr_report_borrow_original(report, original, NDR_NUL);
    joe = ndr_report_add_recipient(report, "j\xC3\xB6@contoso.com", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 no\xC3\xB6", NDR_NUL);
    joe = ndr_report_add_recipient(report, "ann@contoso.com", NDR_NUL);
    ndr_recipient_set_action(joe, NDR_ACTION_DELAYED);
    ndr_recipient_set_retry_until(joe, DESK_DATE + 99999, 60);
}

/* Hidden addresses, masked hosts, twins, history and fields of one's own. */
static void privacy_scene(ndr_report *report)
{
    ndr_recipient *joe;
    int i;

    ndr_report_borrow_original(
        report,
        "Received: by hub.corp.example\r\nX-A: =?utf-8?q?h=40b?=\r\n\r\n",
        NDR_NUL);
    ndr_report_set_gateway(report, "g\xC3\xB6.corp.example", NDR_NUL);
    ndr_report_set_received_from(report, "a.corp.example", NDR_NUL, "192.0.2.1",
                                 NDR_NUL);
    ndr_report_set_require_tls(report, NDR_REQUIRE_TLS_YES);
    ndr_report_add_header(report, "X-B", NDR_NUL, A300 " " A300, NDR_NUL);
    ndr_report_add_header(report, "X-C", NDR_NUL, "a.corp.example", NDR_NUL);
    for (i = 0; i < 2; i++) {
        joe = ndr_report_add_recipient(report, "h@b", NDR_NUL);
        ndr_recipient_set_hidden(joe, "i@b", NDR_NUL);
        ndr_recipient_add_attempt(joe, 1, 0, "b.example", NDR_NUL, NULL, 0,
                                  "450 " A300, NDR_NUL);
    }
    joe = ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
    ndr_recipient_set_log_id(joe, "h@b", NDR_NUL);
    ndr_recipient_add_attempt(joe, 2, 0, "x.corp.example", NDR_NUL, NULL, 0,
                              "550 " A300 A300, NDR_NUL);
    ndr_recipient_add_attempt(joe, 1, 0, "x.corp.example", NDR_NUL, NULL, 0,
                              "450 x.corp.example " A300 A300, NDR_NUL);
}

static void copy_scene(ndr_report *report)
{
    privacy_scene(report);
    ndr_report_set_copy(report, NDR_COPY_POSTMASTER);
}

/* Originals in a file, and lines in another form. The file is made once, and
   goes with the program. */
static FILE *file;

static void begin_file_scene(ndr_report *report)
{
    int i;

    if (file == NULL) {
        file = tmpfile();
        ck_assert_ptr_nonnull(file);
        fputs("From: a@b\n\n.\n", file);
        for (i = 0; i < 600; i++)
            fputs(i % 7 == 0 ? ".dot\r\n" : "line\n", file);
        fflush(file);
    }
    ndr_report_set_return(report, NDR_RETURN_FULL);
    ndr_report_set_output(report, NDR_OUTPUT_DOTS | NDR_OUTPUT_LF);
}

static void stream_scene(ndr_report *report)
{
    begin_file_scene(report);
    rewind(file);
    ndr_report_borrow_original_stream(report, file);
    ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
}

#ifndef _WIN32
static void descriptor_scene(ndr_report *report)
{
    begin_file_scene(report);
    ndr_report_borrow_original_fd(report, fileno(file), 0, NDR_TO_END);
    ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
}
#endif

static void (*const scenes[])(ndr_report *report) = {
    short_scene,      long_scene,    orcpt_scene, helo_scene, stream_scene,
#ifndef _WIN32
    descriptor_scene,
#endif
    utf8_scene,       privacy_scene, copy_scene};

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* Run scene number i: what render says; a copy of the message in *out, which is
   "" after an error. The sender comes last, so that each scene's own setters
   are the first to need room. */
static int run_scene(int i, char out[65536])
{
    ndr_catalog *catalog = NULL;
    ndr_profile *profile = NULL;
    ndr_report *report = NULL;
    const char *message = NULL;
    int error;

    out[0] = '\0';
    ndr_profile_new(&profile, &allocator);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_postmaster(profile, "A B <postmaster@a.example>", NDR_NUL);
    ndr_profile_set_html(profile, NDR_HTML_ON);
    ndr_profile_set_internal_domains(profile, "b\xC3\xB6.example corp.example",
                                     NDR_NUL);
    ndr_profile_set_host_masking(profile, NDR_HOSTS_MASKED);
    ndr_profile_set_failed_recipients(profile, NDR_FAILED_RECIPIENTS_LISTED);
    ndr_profile_set_copy_codes(profile, "5.1.1", NDR_NUL);
    ndr_profile_set_copy_mailbox(profile, "m@a.example", NDR_NUL);
    error = ndr_catalog_new(&catalog, &allocator);
    if (error == NDR_OK)
        error = ndr_catalog_add(catalog, "Status: 5.1.1\n\n{sender}", NDR_NUL);
    if (error == NDR_OK && scenes[i] != utf8_scene)
        error = ndr_catalog_set_resolver(catalog, NULL, NULL);
    if (error == NDR_OK) {
        ndr_profile_set_catalog(profile, catalog);
        ndr_report_new(&report, profile);
        scenes[i](report);
        ndr_report_set_date(report, DESK_DATE, 60);
        ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
        error = ndr_report_render(report, &message, NULL);
        if (error == NDR_OK)
            strcpy(out, message);
        else
            ck_assert_ptr_null(message);
    }
    ndr_report_free(report);
    ndr_profile_free(profile);
    ndr_catalog_free(catalog);
    return error;
}

static char first[65536], again[65536];

START_TEST(the_allocator_sees_everything)
{
    ck_assert_int_eq(run_scene(_i, first), NDR_OK);
    ck_assert_uint_gt(m.calls, 5);
    ck_assert_uint_eq(m.pieces, 0);
}
END_TEST

/* Memory runs out at each place, once, or from there on: the report fails with
   NDR_E_NOMEM, or it is the same, octet for octet. */
START_TEST(without_memory_it_fails_or_is_the_same)
{
    int scene = _i / 2, for_good = _i % 2;
    unsigned long at, calls;

    ck_assert_int_eq(run_scene(scene, first), NDR_OK);
    calls = m.calls;
    for (at = 1; at <= calls; at++) {
        int error;

        setup();
        m.fail_from = at;
        m.fail_before = for_good ? 0 : at + 1;
        error = run_scene(scene, again);
        ck_assert_uint_eq(m.pieces, 0);
        if (error == NDR_OK)
            parts_assert_same(again, first);
        else
            ck_assert_msg(error == NDR_E_NOMEM, "allocation %lu: %s", at,
                          ndr_error_name(error));
    }
}
END_TEST

START_TEST(a_resolvers_answer_is_metered_too)
{
    ndr_catalog *catalog;
    ndr_profile *profile;
    ndr_report *report;
    const char *message;
    int i;

    ck_assert_int_eq(ndr_catalog_new(&catalog, &allocator), NDR_OK);
    ndr_catalog_set_resolver(catalog, asked, NULL);
    ck_assert_int_eq(ndr_profile_new(&profile, &allocator), NDR_OK);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_catalog(profile, catalog);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    for (i = 0; i < 3; i++) {
        ndr_report_reset(report, NULL);
        ndr_report_set_date(report, DESK_DATE, 60);
        ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
        short_scene(report);
        ck_assert_int_eq(ndr_report_render(report, &message, NULL), NDR_OK);
        ck_assert_ptr_nonnull(
            strstr(message, "An answer 550 5.1.1 User unknown."));
    }
    ndr_report_free(report);
    ndr_profile_free(profile);
    ndr_catalog_free(catalog);
}
END_TEST

/* A report that is used again allocates little or nothing. */
START_TEST(a_reused_report_allocates_nothing)
{
    ndr_profile *profile;
    ndr_report *report;
    const char *message;
    unsigned long calls = 0;
    int i;

    ck_assert_int_eq(ndr_profile_new(&profile, &allocator), NDR_OK);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    for (i = 0; i < 10; i++) {
        calls = m.calls;
        ndr_report_reset(report, NULL);
        ndr_report_set_date(report, DESK_DATE, 60);
        ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
        short_scene(report);
        ck_assert_int_eq(ndr_report_render(report, &message, NULL), NDR_OK);
    }
    ck_assert_uint_eq(m.calls, calls);
    ndr_report_free(report);
    ndr_profile_free(profile);
}
END_TEST

#define LETTER "From: a@b\n\n"

static int64_t read_lines(void *user, uint64_t offset, void *buffer,
                          size_t size)
{
    static const char letter[] = LETTER;
    char *to = buffer;
    size_t i;

    for (i = 0; i < size; i++, offset++)
        to[i] = offset < sizeof(letter) - 1 ? letter[offset]
                : offset % 70 == 69         ? '\n'
                                            : 'x';
    m.peak = m.octets > m.peak ? m.octets : m.peak;
    *(uint64_t *) user += size;
    return (int64_t) size;
}

static int pass_over(void *user, const char *octets, size_t length)
{
    (void) octets;
    *(uint64_t *) user += length;
    m.peak = m.octets > m.peak ? m.octets : m.peak;
    return 0;
}

/* In each form of lines. */
START_TEST(memory_does_not_grow_with_the_original)
{
    size_t peaks[2];
    int i;

    for (i = 0; i < 2; i++) {
        uint64_t size = i == 0 ? 1000000 : 9000000, reads = 0, out = 0;
        ndr_profile *profile;
        ndr_report *report;

        setup();
        ck_assert_int_eq(ndr_profile_new(&profile, &allocator), NDR_OK);
        ndr_profile_set_generating_server(profile, "a.example", NDR_NUL);
        ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
        ndr_report_set_output(report, _i);
        ndr_report_set_date(report, DESK_DATE, 60);
        ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
        ndr_report_set_return(report, NDR_RETURN_FULL);
        ndr_report_borrow_original_source(report, read_lines, &reads, size);
        ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
        ck_assert_int_eq(ndr_report_write(report, pass_over, &out), NDR_OK);
        ck_assert_uint_gt(out, size);
        ck_assert_uint_gt(reads, 2 * size - 100);
        ndr_report_free(report);
        ndr_profile_free(profile);
        peaks[i] = m.peak;
    }
    ck_assert_uint_eq(peaks[0], peaks[1]);
    ck_assert_uint_le(peaks[0], 128 * 1024);
}
END_TEST

START_TEST(objects_are_freed_at_any_time)
{
    ndr_catalog *catalog;
    ndr_profile *profile;
    ndr_report *report;

    ck_assert_int_eq(ndr_catalog_new(&catalog, &allocator), NDR_OK);
    ndr_catalog_free(catalog);
    ck_assert_int_eq(ndr_profile_new(&profile, &allocator), NDR_OK);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    ndr_report_free(report);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    short_scene(report);
    ndr_report_free(report);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    long_scene(report);
    ndr_report_prepare(report);
    ndr_report_free(report);
    ndr_profile_free(profile);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_memory");
    TCase *tcase = tcase_create("api_memory");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, the_allocator_sees_everything, 0, COUNT(scenes));
    tcase_add_loop_test(tcase, without_memory_it_fails_or_is_the_same, 0,
                        2 * COUNT(scenes));
    tcase_add_test(tcase, a_resolvers_answer_is_metered_too);
    tcase_add_test(tcase, a_reused_report_allocates_nothing);
    tcase_add_loop_test(tcase, memory_does_not_grow_with_the_original, 0, 4);
    tcase_add_test(tcase, objects_are_freed_at_any_time);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
