/* SPDX-License-Identifier: ISC */
/* Words about errors: printable, bounded, and the first error stays. */
#include "report/fault.h"
#include "test.h"

#include <libndr/ndr.h>

#include <string.h>

static const char *words(unsigned recipient, const char *what,
                         const ndri_span *value, const char *why)
{
    static char out[256];

    memset(out, 'x', sizeof(out));
    ndri_fault_words(out, sizeof(out), recipient, what, value, why);
    ck_assert_uint_lt(strlen(out), sizeof(out));
    return out;
}

START_TEST(a_fault_names_recipient_thing_value_and_reason)
{
    ndri_span value = NDRI_SPAN("5.1"), none = NDRI_SPAN("");

    ck_assert_str_eq(words(2, "status", &value, "expected d.d.d"),
                     "recipient 2: status \"5.1\": expected d.d.d");
    ck_assert_str_eq(words(0, "sender", &value, "bad"), "sender \"5.1\": bad");
    ck_assert_str_eq(words(0, "date", NULL, "bad"), "date: bad");
    ck_assert_str_eq(words(0, "status", &none, "bad"), "status \"\": bad");
    ck_assert_str_eq(words(4294967295u, "a", NULL, "b"),
                     "recipient 4294967295: a: b");
}
END_TEST

START_TEST(any_octet_of_a_value_is_made_visible)
{
    static const char hex[] = "0123456789ABCDEF";
    char octet = (char) _i;
    ndri_span value = ndri_span_from(&octet, 1);
    char expected[] = "a \"\\x00\": b";

    expected[5] = hex[_i >> 4];
    expected[6] = hex[_i & 15];
    if (_i >= ' ' && _i <= '~') {
        char plain[] = "a \"?\": b";

        plain[3] = octet;
        ck_assert_str_eq(words(0, "a", &value, "b"), plain);
    } else {
        ck_assert_str_eq(words(0, "a", &value, "b"), expected);
    }
}
END_TEST

START_TEST(a_value_is_cut_after_80_octets)
{
    char text[200] = "";
    ndri_span value = ndri_span_from(text, 80);
    const char *said;

    memset(text, 'v', sizeof(text));
    said = words(0, "a", &value, "b");
    ck_assert_uint_eq(strlen(said), strlen("a \"\": b") + 80);
    ck_assert_ptr_null(strstr(said, "..."));
    value.length = 81;
    said = words(0, "a", &value, "b");
    ck_assert_uint_eq(strlen(said), strlen("a \"...\": b") + 80);
    ck_assert_ptr_nonnull(strstr(said, "v...\": b"));
}
END_TEST

/* Room of any size: a beginning of the words, and a NUL. */
START_TEST(words_are_cut_to_their_room)
{
    ndri_span value = NDRI_SPAN("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    char whole[256], out[256];
    size_t size;

    ndri_fault_words(whole, sizeof(whole), 7, "address", &value, "no such one");
    for (size = 1; size <= strlen(whole) + 2; size++) {
        memset(out, 'x', sizeof(out));
        ndri_fault_words(out, size, 7, "address", &value, "no such one");
        ck_assert_uint_lt(strlen(out), size);
        ck_assert(strncmp(out, whole, strlen(out)) == 0);
        ck_assert_int_eq(out[size], 'x');
    }
}
END_TEST

START_TEST(the_longest_words_fit_or_are_cut)
{
    char text[300] = "";
    ndri_span value = ndri_span_from(text, sizeof(text));

    memset(text, '\x01', sizeof(text));
    ck_assert_uint_eq(strlen(words(4294967295u, "status", &value, "why")), 255);
}
END_TEST

START_TEST(the_first_error_stays)
{
    ndri_fault fault;
    ndri_span value = NDRI_SPAN("x");

    memset(&fault, 0, sizeof(fault));
    ck_assert_int_eq(
        ndri_fault_set(&fault, NDR_E_STATUS, 1, "status", &value, "bad"),
        NDR_E_STATUS);
    ck_assert_int_eq(ndri_fault_set(&fault, NDR_E_DATE, 2, "date", NULL, "bad"),
                     NDR_E_STATUS);
    ck_assert_int_eq(fault.error, NDR_E_STATUS);
    ck_assert_str_eq(fault.detail, "recipient 1: status \"x\": bad");
}
END_TEST

START_TEST(nothing_due_is_remembered_as_an_error_is)
{
    ndri_fault fault;

    memset(&fault, 0, sizeof(fault));
    ck_assert_int_eq(
        ndri_fault_set(&fault, NDR_NOTHING_DUE, 0, "nothing", NULL, "because"),
        NDR_NOTHING_DUE);
    ck_assert_int_eq(ndri_fault_set(&fault, NDR_E_DATE, 0, "date", NULL, "bad"),
                     NDR_NOTHING_DUE);
    ck_assert_str_eq(fault.detail, "nothing: because");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fault");
    TCase *tcase = tcase_create("fault");

    tcase_add_test(tcase, a_fault_names_recipient_thing_value_and_reason);
    tcase_add_loop_test(tcase, any_octet_of_a_value_is_made_visible, 0, 256);
    tcase_add_test(tcase, a_value_is_cut_after_80_octets);
    tcase_add_test(tcase, words_are_cut_to_their_room);
    tcase_add_test(tcase, the_longest_words_fit_or_are_cut);
    tcase_add_test(tcase, the_first_error_stays);
    tcase_add_test(tcase, nothing_due_is_remembered_as_an_error_is);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
