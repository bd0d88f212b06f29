/* SPDX-License-Identifier: ISC */
/* The packed list of facts: put in, replaced, taken away, in the order of their
   tags whatever the order of the setters. */
#include "desk.h"
#include "report/record.h"
#include "test.h"

#include <string.h>

static desk d;
static ndr_recipient *joe;

static void setup(void)
{
    desk_open(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
}

static void teardown(void)
{
    desk_close(&d);
}

static void assert_fact(int tag, const char *value)
{
    ck_assert(ndri_span_equal(ndri_record_fact(joe, tag), ndri_span_of(value)));
    ck_assert_int_eq(ndri_record_has(joe, tag), value[0] != '\0');
}

/* "1=a;3=b;": tags and values in their order. */
static const char *listed(void)
{
    static char out[400];
    uint32_t at = 0;
    int tag;
    ndri_span value;
    size_t used = 0;

    while (ndri_record_next_fact(joe, &at, &tag, &value)) {
        out[used++] = (char) ('a' + tag);
        memcpy(out + used, value.at, value.length);
        used += value.length;
        out[used++] = ';';
    }
    out[used] = '\0';
    return out;
}

START_TEST(a_fact_that_is_not_there_is_empty)
{
    ndri_date date;

    ck_assert_uint_eq(ndri_record_fact(joe, NDRI_FACT_REPLY).length, 0);
    ck_assert_ptr_nonnull(ndri_record_fact(joe, NDRI_FACT_REPLY).at);
    ck_assert(!ndri_record_has(joe, NDRI_FACT_REPLY));
    ck_assert(!ndri_record_date(joe, NDRI_FACT_LAST_ATTEMPT, &date));
    ck_assert(!ndri_record_date(joe, NDRI_FACT_ADDRESS, &date));
}
END_TEST

START_TEST(set_replaces_and_empty_takes_away)
{
    ck_assert_int_eq(ndri_record_set(joe, NDRI_FACT_LOG_ID, NDRI_SPAN("one")),
                     NDR_OK);
    assert_fact(NDRI_FACT_LOG_ID, "one");
    ck_assert_int_eq(ndri_record_set(joe, NDRI_FACT_LOG_ID, NDRI_SPAN("other")),
                     NDR_OK);
    assert_fact(NDRI_FACT_LOG_ID, "other");
    ck_assert_str_eq(listed(), "bjoe@contoso.com;lother;");
    ck_assert_int_eq(ndri_record_set(joe, NDRI_FACT_LOG_ID, NDRI_SPAN("")),
                     NDR_OK);
    assert_fact(NDRI_FACT_LOG_ID, "");
    assert_fact(NDRI_FACT_ADDRESS, "joe@contoso.com");
    ck_assert_str_eq(listed(), "bjoe@contoso.com;");
}
END_TEST

START_TEST(facts_stand_in_the_order_of_their_tags)
{
    static const int tags[] = {NDRI_FACT_FIELD, NDRI_FACT_REPLY,
                               NDRI_FACT_LOG_ID, NDRI_FACT_REMOTE};
    int i;

    for (i = 0; i < 4; i++) {
        int tag = tags[_i < 4 ? (i + _i) % 4 : (_i - i) % 4];

        ck_assert_int_eq(ndri_record_add(joe, tag, NDRI_SPAN("v")), NDR_OK);
    }
    ck_assert_str_eq(listed(), "bjoe@contoso.com;dv;fv;lv;nv;");
}
END_TEST

START_TEST(added_facts_of_a_tag_keep_their_order)
{
    ndri_record_add(joe, NDRI_FACT_FIELD, NDRI_SPAN("2"));
    ndri_record_add(joe, NDRI_FACT_ATTEMPT, NDRI_SPAN("x"));
    ndri_record_add(joe, NDRI_FACT_FIELD, NDRI_SPAN("1"));
    ck_assert_str_eq(listed(), "bjoe@contoso.com;n2;n1;ox;");
}
END_TEST

/* Values of all lengths, so that the record moves; each can be read again. */
START_TEST(facts_of_any_length_stay_whole)
{
    char text[4096];
    size_t length;

    for (length = 1; length <= sizeof(text); length += 61) {
        ndri_span value = ndri_span_from(text, length);

        memset(text, 'a' + (int) (length % 26), length);
        ck_assert_int_eq(ndri_record_set(joe, NDRI_FACT_REPLY, value), NDR_OK);
        ck_assert(
            ndri_span_equal(ndri_record_fact(joe, NDRI_FACT_REPLY), value));
        assert_fact(NDRI_FACT_ADDRESS, "joe@contoso.com");
    }
}
END_TEST

START_TEST(a_date_comes_back)
{
    ndri_date date;

    ndr_recipient_set_last_attempt(joe, 1795536318, -90);
    ck_assert(ndri_record_date(joe, NDRI_FACT_LAST_ATTEMPT, &date));
    ck_assert_int_eq(date.seconds, 1795536318);
    ck_assert_int_eq(date.offset, -90);
}
END_TEST

START_TEST(shown_is_what_the_sender_wrote)
{
    ck_assert(
        ndri_span_equal(ndri_record_shown(joe), NDRI_SPAN("joe@contoso.com")));
    ndr_recipient_set_original_recipient(joe, "RFC822;j@a.example", NDR_NUL);
    ck_assert(
        ndri_span_equal(ndri_record_shown(joe), NDRI_SPAN("j@a.example")));
    ck_assert(
        ndri_span_equal(ndri_record_final(joe), NDRI_SPAN("joe@contoso.com")));
    ndr_recipient_set_original_recipient(joe, "UTF-8;k@a.example", NDR_NUL);
    ck_assert(
        ndri_span_equal(ndri_record_shown(joe), NDRI_SPAN("k@a.example")));
    ndr_recipient_set_original_recipient(joe, "x400;/c=de/", NDR_NUL);
    ck_assert(
        ndri_span_equal(ndri_record_shown(joe), NDRI_SPAN("joe@contoso.com")));
}
END_TEST

START_TEST(hidden_is_shown_in_place_of_both)
{
    ndr_recipient_set_original_recipient(joe, "rfc822;j@a.example", NDR_NUL);
    ndr_recipient_set_hidden(joe, "list@a.example", NDR_NUL);
    ck_assert(
        ndri_span_equal(ndri_record_shown(joe), NDRI_SPAN("list@a.example")));
    ck_assert(
        ndri_span_equal(ndri_record_final(joe), NDRI_SPAN("list@a.example")));
}
END_TEST

static int keep_replies(void *user, int tag, ndri_span *value)
{
    if (tag == NDRI_FACT_LOG_ID)
        *value = NDRI_SPAN("another");
    ++*(int *) user;
    return tag == NDRI_FACT_REPLY || tag == NDRI_FACT_LOG_ID;
}

START_TEST(facts_are_rewritten_one_by_one)
{
    int asked = 0;

    ndri_record_add(joe, NDRI_FACT_REPLY, NDRI_SPAN("550 no"));
    ndri_record_add(joe, NDRI_FACT_LOG_ID, NDRI_SPAN("one"));
    ndri_record_add(joe, NDRI_FACT_REMOTE, NDRI_SPAN("a.example"));
    ck_assert_int_eq(ndri_record_rewrite(joe, keep_replies, &asked), NDR_OK);
    ck_assert_int_eq(asked, 4); /* the address is one */
    ck_assert(!ndri_record_has(joe, NDRI_FACT_ADDRESS));
    ck_assert(!ndri_record_has(joe, NDRI_FACT_REMOTE));
    ck_assert(ndri_span_equal(ndri_record_fact(joe, NDRI_FACT_REPLY),
                              NDRI_SPAN("550 no")));
    ck_assert(ndri_span_equal(ndri_record_fact(joe, NDRI_FACT_LOG_ID),
                              NDRI_SPAN("another")));
}
END_TEST

static void attempt(int64_t seconds, const char *host, const char *text)
{
    ck_assert_int_eq(ndr_recipient_add_attempt(joe, seconds, 0, host, NDR_NUL,
                                               NULL, 0, text, NDR_NUL),
                     NDR_OK);
}

static ndri_attempt nth_attempt(int n)
{
    uint32_t at = 0;
    int tag;
    ndri_span value;

    while (ndri_record_next_fact(joe, &at, &tag, &value))
        if (tag == NDRI_FACT_ATTEMPT && n-- == 0)
            return ndri_record_attempt(value);
    ck_abort_msg("so many attempts are not there");
    return ndri_record_attempt(NDRI_SPAN(""));
}

START_TEST(an_attempt_is_taken_apart)
{
    ndri_attempt it;

    ck_assert_int_eq(ndr_recipient_add_attempt(joe, 77, 60, "mx.a.example",
                                               NDR_NUL, "192.0.2.1", NDR_NUL,
                                               "no\r\nanswer", NDR_NUL),
                     NDR_OK);
    it = nth_attempt(0);
    ck_assert_int_eq(it.date.seconds, 77);
    ck_assert_int_eq(it.date.offset, 60);
    ck_assert(ndri_span_equal(it.host, NDRI_SPAN("mx.a.example [192.0.2.1]")));
    ck_assert(ndri_span_equal(it.text, NDRI_SPAN("no\nanswer")));
}
END_TEST

/* All orders of five attempts, two of them of one moment. */
START_TEST(attempts_are_sorted_newest_first)
{
    static const int64_t seconds[] = {10, 20, 20, 30, 40};
    static const char *const hosts[] = {"e", "d", "c", "b", "a"};
    int order[5] = {0, 1, 2, 3, 4}, rest = _i, i;

    for (i = 0; i < 5; i++) { /* the permutation of that number */
        int pick = i + rest % (5 - i), kept = order[i];

        rest /= 5 - i;
        order[i] = order[pick];
        order[pick] = kept;
        attempt(seconds[order[i]], hosts[order[i]], "x");
    }
    ndri_record_set(joe, NDRI_FACT_LOG_ID, NDRI_SPAN("id"));
    ck_assert_int_eq(ndri_record_sort_attempts(joe), NDR_OK);
    for (i = 0; i < 5; i++)
        ck_assert(
            ndri_span_equal(nth_attempt(i).host, ndri_span_of(i == 0   ? "a"
                                                              : i == 1 ? "b"
                                                              : i == 2 ? "c"
                                                              : i == 3 ? "d"
                                                                       : "e")));
    assert_fact(NDRI_FACT_LOG_ID, "id");
    assert_fact(NDRI_FACT_ADDRESS, "joe@contoso.com");
}
END_TEST

START_TEST(a_thousand_attempts_are_sorted)
{
    int i;

    for (i = 0; i < 1000; i++)
        attempt(i * 7919 % 1000, "mx.a.example", "no answer");
    ck_assert_int_eq(ndri_record_sort_attempts(joe), NDR_OK);
    for (i = 0; i < 1000; i += 37)
        ck_assert_int_eq(nth_attempt(i).date.seconds, 999 - i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("record");
    TCase *tcase = tcase_create("record");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_fact_that_is_not_there_is_empty);
    tcase_add_test(tcase, set_replaces_and_empty_takes_away);
    tcase_add_loop_test(tcase, facts_stand_in_the_order_of_their_tags, 0, 8);
    tcase_add_test(tcase, added_facts_of_a_tag_keep_their_order);
    tcase_add_test(tcase, facts_of_any_length_stay_whole);
    tcase_add_test(tcase, a_date_comes_back);
    tcase_add_test(tcase, shown_is_what_the_sender_wrote);
    tcase_add_test(tcase, hidden_is_shown_in_place_of_both);
    tcase_add_test(tcase, facts_are_rewritten_one_by_one);
    tcase_add_test(tcase, an_attempt_is_taken_apart);
    tcase_add_loop_test(tcase, attempts_are_sorted_newest_first, 0, 120);
    tcase_add_test(tcase, a_thousand_attempts_are_sorted);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
