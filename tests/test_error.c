/* SPDX-License-Identifier: ISC */
/* The names and words of results, and the version. */
#include "test.h"

#include <libndr/ndr.h>

#include <limits.h>
#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define ROW(result)                                                            \
    {                                                                          \
        result, #result                                                        \
    }

static const struct {
    int result;
    const char *name;
} results[] = {
    ROW(NDR_AGAIN),      ROW(NDR_NOTHING_DUE), ROW(NDR_END),
    ROW(NDR_OK),         ROW(NDR_E_NOMEM),     ROW(NDR_E_INVALID),
    ROW(NDR_E_ORDER),    ROW(NDR_E_MISSING),   ROW(NDR_E_HOST),
    ROW(NDR_E_ADDRESS),  ROW(NDR_E_DATE),      ROW(NDR_E_STATUS),
    ROW(NDR_E_ACTION),   ROW(NDR_E_FIELD),     ROW(NDR_E_TEXT),
    ROW(NDR_E_TEMPLATE), ROW(NDR_E_SOURCE),    ROW(NDR_E_SINK),
};

START_TEST(results_have_names)
{
    int other;

    ck_assert_str_eq(ndr_error_name(results[_i].result), results[_i].name);
    ck_assert_str_ne(ndr_error_text(results[_i].result), "");
    ck_assert_str_ne(ndr_error_text(results[_i].result), "unknown result");
    for (other = 0; other < _i; other++)
        ck_assert_str_ne(ndr_error_text(results[_i].result),
                         ndr_error_text(results[other].result));
}
END_TEST

static const int unknown[] = {4, 5, 1000, INT_MAX, NDR_E_SINK - 1, -100, -999};

START_TEST(other_numbers_are_unknown)
{
    ck_assert_str_eq(ndr_error_name(unknown[_i]), "unknown");
    ck_assert_str_eq(ndr_error_text(unknown[_i]), "unknown result");
}
END_TEST

static const int own[] = {-1000, -1001, -123456, INT_MIN + 1, INT_MIN};

START_TEST(errors_of_callers_are_told)
{
    ck_assert_str_eq(ndr_error_name(own[_i]), "unknown");
    ck_assert_ptr_ne(strstr(ndr_error_text(own[_i]), "caller"), NULL);
}
END_TEST

START_TEST(version_is_that_of_the_header)
{
    ck_assert_str_eq(ndr_version(), NDR_VERSION);
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("error");

    tcase_add_loop_test(add(suite, "Results have names and words"),
                        results_have_names, 0, COUNT(results));
    tcase_add_loop_test(add(suite, "Other numbers are unknown"),
                        other_numbers_are_unknown, 0, COUNT(unknown));
    tcase_add_loop_test(add(suite, "Errors of callers are told"),
                        errors_of_callers_are_told, 0, COUNT(own));
    tcase_add_test(add(suite, "The version is that of the header"),
                   version_is_that_of_the_header);
    return ndri_test_main(suite);
}
