/* SPDX-License-Identifier: ISC */
/*
 * The same facts give the same octets: in any locale and time zone, in two
 * threads that share profile and catalog, and after other reports. Through the
 * public header alone.
 */
#define _POSIX_C_SOURCE 200809L /* setenv, tzset, threads */

#include "desk.h"
#include "test.h"

#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Names with the letters that Turkish folds differently, dates, numbers. */
static const char original[] =
    "RECEIVED: i\n"
    "MIME-VERSION: 1.0\n"
    "FROM: =?ISO-8859-1?Q?I=EE?= <i@I.example>\n"
    "SUBJECT: =?ISO-8859-9?Q?=DDI=FDi?= =?WINDOWS-1252?Q?=80?=\n"
    "DATE: TUE, 24 NOV 2026 16:05:11 +0100\n"
    "MESSAGE-ID: <I@i.example>\n"
    "LIST-ID: <i.I>\n"
    "BCC: secret@i.example\n"
    "X-INTERNAL-ID: i\n"
    "\n"
    "I\n";

static const char entry[] = "STATUS: 5.1.1\n"
                            "AUDIENCE: INTERNAL\n"
                            "ACTION: FAILED\n"
                            "LANGUAGE: EN\n"
                            "REPLY-MATCH: INVALID I\n"
                            "MOVE: RECIPIENT-ADMIN, SENDER\n"
                            "ADMIN-NOTE: I\n"
                            "\n"
                            "<B>I</B> {recipient} {size} {date} <EM>i</EM> "
                            "<A HREF=\"MAILTO:I@i.example\">I</A> &LT;\n";

typedef struct shared {
    ndr_profile *profile;
    ndr_catalog *catalog;
} shared;

static void open_shared(shared *s)
{
    ck_assert_int_eq(ndr_catalog_new(&s->catalog, NULL), NDR_OK);
    ck_assert_msg(ndr_catalog_add(s->catalog, entry, NDR_NUL) == NDR_OK, "%s",
                  ndr_catalog_error_detail(s->catalog));
    ck_assert_int_eq(ndr_profile_new(&s->profile, NULL), NDR_OK);
    ndr_profile_set_generating_server(s->profile, "MAIL1.I.example", NDR_NUL);
    ndr_profile_set_postmaster(s->profile, "MAILER-DAEMON@I.example", NDR_NUL);
    ndr_profile_set_internal_domains(s->profile, "I.EXAMPLE", NDR_NUL);
    ndr_profile_set_header_filter(s->profile, NDR_HEADERS_DROP, "x-int*",
                                  NDR_NUL);
    ndr_profile_set_audience(s->profile, NDR_AUDIENCE_INTERNAL);
    ndr_profile_set_catalog(s->profile, s->catalog);
    ck_assert_int_eq(ndr_profile_error(s->profile), NDR_OK);
}

static void close_shared(shared *s)
{
    ndr_profile_free(s->profile);
    ndr_catalog_free(s->catalog);
}

static void fill(ndr_report *report)
{
    ndr_recipient *joe;

    ndr_report_set_sender(report, "JANE@I.example", NDR_NUL);
    ndr_report_set_date(report, DESK_DATE, 345);
    ndr_report_borrow_original(report, original, NDR_NUL);
    ndr_report_add_field(report, "X-I", NDR_NUL, "i", NDR_NUL);
    joe = ndr_report_add_recipient(report, "joe@i.example", NDR_NUL);
    ndr_recipient_set_original_recipient(joe, "RFC822;I@i.example", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "MX.I.example", NDR_NUL,
                                    "IPV6:2001:DB8::1", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 invalid i", NDR_NUL);
    joe = ndr_report_add_recipient(report, "ann@i.example", NDR_NUL);
    ndr_recipient_set_diagnostic(joe, "SMTP", NDR_NUL, "550 SPAM", NDR_NUL);
    ndr_recipient_add_attempt(joe, 0, 0, NULL, 0, "[ipv6:2001:DB8::1]", NDR_NUL,
                              "I", NDR_NUL);
}

/* A copy of the report that these facts give; the caller frees it. */
static char *make_report(const shared *s)
{
    ndr_report *report;
    const char *message;
    char *copy = NULL;

    if (ndr_report_new(&report, s->profile) != NDR_OK)
        return NULL;
    fill(report);
    if (ndr_report_render(report, &message, NULL) == NDR_OK) {
        copy = malloc(strlen(message) + 1);
        if (copy != NULL)
            strcpy(copy, message);
    }
    ndr_report_free(report);
    return copy;
}

static char *make_all(void)
{
    shared s;
    char *made;

    open_shared(&s);
    made = make_report(&s);
    ck_assert_ptr_nonnull(made);
    close_shared(&s);
    return made;
}

static char *expected;

static void setup(void)
{
    setlocale(LC_ALL, "C");
    expected = make_all();
}

static void teardown(void)
{
    setlocale(LC_ALL, "C");
    free(expected);
}

START_TEST(names_are_compared_without_case)
{
    parts *p = parts_take(expected, strlen(expected));

    ck_assert_str_eq(parts_field(p, p->header, "In-Reply-To"), "<I@i.example>");
    parts_place(p->user, "Sent:     Tuesday, 24 November 2026");
    parts_place(p->user, "\n  I I@i.example 1 KB Tuesday, 24 November 2026");
    parts_place(p->user, "Who can fix it: your mail administrator, or you\n");
    ck_assert_uint_eq(parts_count(p->whole, "secret"), 0);
    ck_assert_uint_eq(parts_count(p->whole, "INTERNAL"), 0);
    parts_free(p);
}
END_TEST

/* CI has to have the locale; elsewhere its absence is told. */
START_TEST(a_turkish_locale_changes_nothing)
{
    static const char *const names[] = {"tr_TR.UTF-8", "tr_TR.utf8"};
    char *made;

    if (setlocale(LC_ALL, names[0]) == NULL &&
        setlocale(LC_ALL, names[1]) == NULL) {
        ck_assert_msg(getenv("CI") == NULL, "there is no locale %s", names[0]);
        printf("# SKIP a_turkish_locale_changes_nothing: no locale %s\n",
               names[0]);
        fflush(stdout);
        return;
    }
    made = make_all();
    parts_assert_same(made, expected);
    free(made);
}
END_TEST

static void set_zone(const char *zone)
{
    ck_assert_int_eq(zone != NULL ? setenv("TZ", zone, 1) : unsetenv("TZ"), 0);
    tzset();
}

START_TEST(a_time_zone_changes_nothing)
{
    static const char *const zones[] = {"Asia/Kathmandu", "UTC-5:45", "", "x"};
    const char *before = getenv("TZ");
    char *made, kept[100] = "";
    int had = before != NULL;

    if (had)
        strncpy(kept, before, sizeof(kept) - 1);
    set_zone(zones[_i]);
    made = make_all();
    set_zone(had ? kept : NULL);
    parts_assert_same(made, expected);
    free(made);
}
END_TEST

/* ---- threads ---- */

#define THREADS 2
#define ROUNDS 50

static void *make_many(void *user)
{
    const shared *s = user;
    char *last = NULL;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        free(last);
        last = make_report(s);
        if (last == NULL || strcmp(last, expected) != 0)
            break;
    }
    return last; /* the one that differs, or the last one */
}

START_TEST(two_threads_share_profile_and_catalog)
{
    shared s;
    pthread_t threads[THREADS];
    void *made[THREADS];
    int i;

    open_shared(&s);
    for (i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, make_many, &s), 0);
    for (i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], &made[i]), 0);
    for (i = 0; i < THREADS; i++) {
        ck_assert_ptr_nonnull(made[i]);
        parts_assert_same(made[i], expected);
        free(made[i]);
    }
    close_shared(&s);
}
END_TEST

START_TEST(other_reports_before_leave_no_trace)
{
    shared s;
    ndr_report *report;
    const char *message;

    open_shared(&s);
    ck_assert_int_eq(ndr_report_new(&report, s.profile), NDR_OK);
    ndr_report_set_arrival_date(report, 0, 0);
    ndr_report_set_transport(report, NDR_TRANSPORT_SMTPUTF8);
    fill(report);
    ndr_report_add_recipient(report, "j\xC3\xB6@x", NDR_NUL);
    ck_assert_int_eq(ndr_report_render(report, &message, NULL), NDR_OK);
    ck_assert_int_eq(ndr_report_reset(report, NULL), NDR_OK);
    fill(report);
    ck_assert_int_eq(ndr_report_render(report, &message, NULL), NDR_OK);
    parts_assert_same(message, expected);
    ndr_report_free(report);
    close_shared(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_pure");
    TCase *tcase = tcase_create("api_pure");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, names_are_compared_without_case);
    tcase_add_test(tcase, a_turkish_locale_changes_nothing);
    tcase_add_loop_test(tcase, a_time_zone_changes_nothing, 0, 4);
    tcase_add_test(tcase, two_threads_share_profile_and_catalog);
    tcase_add_test(tcase, other_reports_before_leave_no_trace);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
