/* SPDX-License-Identifier: ISC */
/* What the unit tests share: a main that prints TAP and nothing else. */
#ifndef NDRI_TESTS_TEST_H
#define NDRI_TESTS_TEST_H

#include <check.h>

/* Run a suite; what main returns. The suite is freed. */
int ndri_test_main(Suite *suite);

#endif
