/* SPDX-License-Identifier: ISC */
/* The table from digests to pointers. */
#include "base/table.h"
#include "test.h"

#include <string.h>

#define KEYS 5000

static size_t held;
static int calls; /* of the allocator that go well; -1: all */
static ndr_allocator counting, standard;
static ndri_table table;
static int values[KEYS];

static void *count(void *user, void *old, size_t old_size, size_t size)
{
    (void) user;
    if (size > 0 && calls == 0)
        return NULL;
    if (size > 0 && calls > 0)
        calls--;
    held += size;
    held -= old_size;
    return standard.reallocate(standard.user, old, old_size, size);
}

static void setup(void)
{
    standard = ndri_allocator(NULL);
    counting.reallocate = count;
    held = 0;
    calls = -1;
    ndri_table_init(&table, &counting);
}

static void teardown(void)
{
    ndri_table_release(&table);
    ck_assert_uint_eq(held, 0);
}

/* kind 0: digests; 1: all in one place; 2: differ in the last octets only. */
static void make_key(int kind, int n, unsigned char key[NDRI_DIGEST_LENGTH])
{
    ndri_digest digest;

    ndri_digest_init(&digest, NDRI_SPAN("key"));
    ndri_digest_add_number(&digest, (uint64_t) n);
    ndri_digest_finish(&digest, key);
    if (kind > 0)
        memset(key, kind == 1 ? 0xFF : 0, 8);
    if (kind > 1)
        memset(key + 8, 0, 5);
    key[13] = (unsigned char) (n >> 16);
    key[14] = (unsigned char) (n >> 8);
    key[15] = (unsigned char) n;
}

START_TEST(nothing_is_in_an_empty_one)
{
    unsigned char key[NDRI_DIGEST_LENGTH] = {0};

    ck_assert_ptr_eq(ndri_table_find(&table, key), NULL);
    ndri_table_clear(&table);
    ck_assert_ptr_eq(ndri_table_find(&table, key), NULL);
    ck_assert_uint_eq(held, 0);
}
END_TEST

START_TEST(keys_are_found)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    int n, many = _i == 0 ? KEYS : 500;

    for (n = 0; n < many; n++) {
        make_key(_i, n, key);
        ck_assert_ptr_eq(ndri_table_find(&table, key), NULL);
        ck_assert(ndri_table_set(&table, key, &values[n]));
        ck_assert_ptr_eq(ndri_table_find(&table, key), &values[n]);
        ck_assert_uint_eq(table.used, (size_t) n + 1);
        ck_assert_uint_le(table.used * 4, table.size * 3);
    }
    for (n = 0; n < many; n++) {
        make_key(_i, n, key);
        ck_assert_ptr_eq(ndri_table_find(&table, key), &values[n]);
    }
    make_key(_i, KEYS, key);
    ck_assert_ptr_eq(ndri_table_find(&table, key), NULL);
}
END_TEST

START_TEST(values_are_replaced)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    int n;

    make_key(0, 1, key);
    for (n = 0; n < 100; n++) {
        ck_assert(ndri_table_set(&table, key, &values[n]));
        ck_assert_ptr_eq(ndri_table_find(&table, key), &values[n]);
        ck_assert_uint_eq(table.used, 1);
    }
}
END_TEST

START_TEST(clearing_keeps_the_memory)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    size_t before;
    int n;

    for (n = 0; n < 100; n++) {
        make_key(0, n, key);
        ndri_table_set(&table, key, &values[n]);
    }
    before = held;
    ndri_table_clear(&table);
    for (n = 0; n < 100; n++) {
        make_key(0, n, key);
        ck_assert_ptr_eq(ndri_table_find(&table, key), NULL);
    }
    for (n = 0; n < 100; n++) {
        make_key(0, n, key);
        ck_assert(ndri_table_set(&table, key, &values[n]));
    }
    ck_assert_uint_eq(held, before);
}
END_TEST

START_TEST(no_memory_loses_nothing)
{
    unsigned char key[NDRI_DIGEST_LENGTH];
    int n, set = 0;

    calls = _i;
    for (n = 0; n < 1000; n++) {
        make_key(0, n, key);
        if (!ndri_table_set(&table, key, &values[n]))
            break;
        set++;
    }
    ck_assert_int_lt(set, 1000);
    ck_assert((set > 0) == (_i > 0));
    for (n = 0; n < 1000; n++) {
        make_key(0, n, key);
        ck_assert_ptr_eq(ndri_table_find(&table, key),
                         n < set ? &values[n] : NULL);
    }
    calls = -1;
    make_key(0, set, key);
    ck_assert(ndri_table_set(&table, key, &values[set]));
    ck_assert_ptr_eq(ndri_table_find(&table, key), &values[set]);
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("table");

    tcase_add_test(add(suite, "Nothing is in an empty one"),
                   nothing_is_in_an_empty_one);
    tcase_add_loop_test(add(suite, "Keys are found, however they collide"),
                        keys_are_found, 0, 3);
    tcase_add_test(add(suite, "A value is replaced"), values_are_replaced);
    tcase_add_test(add(suite, "Clearing keeps the memory"),
                   clearing_keeps_the_memory);
    tcase_add_loop_test(add(suite, "No memory loses nothing"),
                        no_memory_loses_nothing, 0, 4);
    return ndri_test_main(suite);
}
