/* SPDX-License-Identifier: ISC */
/*
 * How many allocations a report takes, and how much memory: few, whatever it
 * holds, and next to none in a report that was used before. Through the public
 * header alone.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#define MANY 10000u

typedef struct counter {
    size_t calls; /* that asked for memory */
    size_t held, most;
} counter;

static counter counted;

static void *count(void *user, void *old, size_t old_size, size_t size)
{
    counter *c = user;

    c->held = c->held - old_size + size;
    c->most = c->held > c->most ? c->held : c->most;
    c->calls += size > 0;
    if (size > 0)
        return realloc(old, size);
    free(old);
    return NULL;
}

static ndr_allocator allocator = {count, &counted};
static ndr_profile *profile;
static size_t input; /* octets given for recipients */

static void setup(void)
{
    counted.calls = counted.held = counted.most = 0;
    ck_assert_int_eq(ndr_profile_new(&profile, &allocator), NDR_OK);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
}

static void teardown(void)
{
    ndr_profile_free(profile);
    ck_assert_uint_eq(counted.held, 0);
}

static void add(ndr_report *report, unsigned number)
{
    char address[64], server[64], reply[128];
    ndr_recipient *recipient;

    input += (size_t) snprintf(address, sizeof(address),
                               "user%05u.sales@contoso.com", number);
    input += (size_t) snprintf(server, sizeof(server), "mx%u.contoso.com",
                               number % 7);
    input += (size_t) snprintf(reply, sizeof(reply),
                               "550-5.1.1 <%s>: Recipient address rejected\r\n"
                               "550 5.1.1 User unknown in table %u",
                               address, number % 11);
    recipient = ndr_report_add_recipient(report, address, NDR_NUL);
    ndr_recipient_set_remote_server(recipient, server, NDR_NUL, NULL, 0);
    ndr_recipient_set_status(recipient, "5.1.1", NDR_NUL);
    ndr_recipient_set_reply(recipient, reply, NDR_NUL);
}

/* Fill a report and read it to its end; how many allocations that took. */
static size_t make(ndr_report *report, unsigned recipients)
{
    size_t before = counted.calls, length;
    const char *piece;
    unsigned i;
    int error;

    input = 0;
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536318, 60);
    ndr_report_borrow_original(report, desk_original, NDR_NUL);
    for (i = 0; i < recipients; i++)
        add(report, i);
    do
        error = ndr_report_next(report, &piece, &length);
    while (error == NDR_OK);
    ck_assert_int_eq(error, NDR_END);
    return counted.calls - before;
}

START_TEST(a_report_takes_few_allocations)
{
    ndr_report *report;
    size_t calls = counted.calls;

    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    make(report, 1);
    ck_assert_uint_le(counted.calls - calls, 3);
    ndr_report_free(report);
}
END_TEST

START_TEST(a_report_that_was_used_before_takes_none)
{
    ndr_report *report;

    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    make(report, 1);
    ndr_report_reset(report, NULL);
    ck_assert_uint_eq(make(report, 1), 0);
    ndr_report_free(report);
}
END_TEST

START_TEST(ten_thousand_recipients_take_few)
{
    size_t calls = counted.calls, held = counted.held;
    ndr_report *report;

    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    make(report, MANY);
    ck_assert_uint_le(counted.calls - calls, 20);
    /* what was given, a fifth more, and 96 octets each */
    ck_assert_uint_le(counted.most - held, input / 5 * 6 + 96 * MANY);
    ndr_report_free(report);
}
END_TEST

/* What all reports share is only read. */
START_TEST(a_report_leaves_its_profile_alone)
{
    size_t held = counted.held;
    ndr_report *report;

    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    make(report, 3);
    ndr_report_free(report);
    ck_assert_uint_eq(counted.held, held);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("allocations");
    TCase *all = tcase_create("How many there are");

    suite_add_tcase(suite, all);
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_report_takes_few_allocations);
    tcase_add_test(all, a_report_that_was_used_before_takes_none);
    tcase_add_test(all, ten_thousand_recipients_take_few);
    tcase_add_test(all, a_report_leaves_its_profile_alone);
    return ndri_test_main(suite);
}
