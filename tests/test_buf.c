/* SPDX-License-Identifier: ISC */
/* The byte buffer: what it holds, where it ends, how it fails. */
#include "base/buf.h"
#include "test.h"

#include <string.h>

/* An allocator that counts octets, checks old_size and fails in time. */
typedef struct ledger {
    size_t held; /* octets */
    size_t size; /* of the only block */
    int calls;   /* left that go well; -1: all */
} ledger;

static ledger book;
static ndr_allocator counting, standard;
static ndri_buf buf;

static void *count(void *user, void *old, size_t old_size, size_t size)
{
    ledger *l = user;

    ck_assert_uint_eq(old_size, old == NULL ? 0 : l->size);
    if (size > 0 && l->calls == 0)
        return NULL;
    if (size > 0 && l->calls > 0)
        l->calls--;
    l->held += size;
    l->held -= old_size;
    l->size = size;
    return standard.reallocate(standard.user, old, old_size, size);
}

static void setup(void)
{
    standard = ndri_allocator(NULL);
    counting.reallocate = count;
    counting.user = &book;
    memset(&book, 0, sizeof(book));
    book.calls = -1;
    ndri_buf_init(&buf, &counting, NDRI_BUF_CAP);
}

static void teardown(void)
{
    ndri_buf_release(&buf);
    ck_assert_uint_eq(book.held, 0);
}

START_TEST(starts_empty)
{
    ck_assert_str_eq(ndri_buf_string(&buf), "");
    ck_assert_uint_eq(ndri_buf_span(&buf).length, 0);
    ck_assert_ptr_ne(ndri_buf_span(&buf).at, NULL);
    ndri_buf_add(&buf, NDRI_SPAN(""));
    ndri_buf_add_text(&buf, "");
    ndri_buf_fill(&buf, 'x', 0);
    ck_assert_uint_eq(book.held, 0);
    ndri_buf_release(&buf);
    ndri_buf_release(&buf);
}
END_TEST

START_TEST(everything_is_appended)
{
    ndri_buf_add(&buf, NDRI_SPAN("a\0b"));
    ndri_buf_add_text(&buf, "text");
    ndri_buf_add_byte(&buf, '\n');
    ndri_buf_fill(&buf, '-', 3);
    ndri_buf_add_number(&buf, 0);
    ndri_buf_add_number(&buf, UINT64_MAX);
    ndri_buf_add_padded(&buf, 7, 3);
    ndri_buf_add_padded(&buf, 1234, 3);
    ndri_buf_add_padded(&buf, 0, 0);
    ndri_buf_add_hex(&buf, 0xA9);
    ndri_buf_add_hex(&buf, 0x0F);
    ck_assert(ndri_span_equal(ndri_buf_span(&buf),
                              NDRI_SPAN("a\0btext\n---018446744073709551615007"
                                        "12340A90F")));
}
END_TEST

START_TEST(padding_has_an_end)
{
    ndri_buf_add_padded(&buf, 1, 50);
    ck_assert_str_eq(ndri_buf_string(&buf), "00000000000000000001");
}
END_TEST

START_TEST(grows_octet_by_octet)
{
    size_t i;

    for (i = 0; i < 10000; i++) {
        ndri_buf_add_byte(&buf, (char) ('a' + i % 26));
        ck_assert_uint_eq(buf.used, i + 1);
        ck_assert_uint_eq(strlen(ndri_buf_string(&buf)), i + 1);
    }
    for (i = 0; i < 10000; i++)
        ck_assert_int_eq(buf.at[i], (char) ('a' + i % 26));
}
END_TEST

START_TEST(room_is_reserved)
{
    char *to;
    size_t extra;

    for (extra = 1; extra < 5000; extra += 97) {
        to = ndri_buf_reserve(&buf, extra);
        ck_assert_ptr_ne(to, NULL);
        ck_assert_ptr_eq(to, buf.at + buf.used);
        memset(to, 'r', extra);
        buf.used += extra;
    }
    ck_assert_uint_eq(strlen(ndri_buf_string(&buf)), buf.used);
}
END_TEST

START_TEST(is_cut_back_and_cleared)
{
    size_t size;

    ndri_buf_add_text(&buf, "abcdef");
    ndri_buf_truncate(&buf, 9);
    ck_assert_str_eq(ndri_buf_string(&buf), "abcdef");
    ndri_buf_truncate(&buf, 3);
    ck_assert_str_eq(ndri_buf_string(&buf), "abc");
    size = book.held;
    ndri_buf_clear(&buf);
    ck_assert_str_eq(ndri_buf_string(&buf), "");
    ck_assert_uint_eq(book.held, size);
    ndri_buf_add_text(&buf, "x");
    ck_assert_str_eq(ndri_buf_string(&buf), "x");
    ck_assert_uint_eq(book.held, size);
}
END_TEST

static void check_failed(void)
{
    ck_assert_int_eq(buf.error, NDR_E_NOMEM);
    ck_assert_uint_eq(ndri_buf_span(&buf).length, 0);
    ck_assert_str_eq(ndri_buf_string(&buf), "");
    ck_assert_ptr_eq(ndri_buf_reserve(&buf, 1), NULL);
    ndri_buf_add_text(&buf, "dropped");
    ndri_buf_add_byte(&buf, 'x');
    ndri_buf_fill(&buf, 'x', 9);
    ndri_buf_add_number(&buf, 9);
    ck_assert_uint_eq(ndri_buf_span(&buf).length, 0);
    ck_assert_int_eq(buf.error, NDR_E_NOMEM);
}

START_TEST(errors_stick)
{
    book.calls = _i;
    ndri_buf_fill(&buf, 'a', 200);
    ndri_buf_fill(&buf, 'b', 200);
    ndri_buf_fill(&buf, 'c', 2000);
    check_failed();
    book.calls = -1;
    check_failed();
    ndri_buf_clear(&buf);
    ck_assert_int_eq(buf.error, NDR_OK);
    ndri_buf_fill(&buf, 'a', 5000);
    ck_assert_uint_eq(ndri_buf_span(&buf).length, 5000);
}
END_TEST

START_TEST(is_made_to_fail)
{
    ndri_buf_add_text(&buf, "abc");
    ndri_buf_fail(&buf);
    check_failed();
    ndri_buf_restore(&buf, 2);
    ck_assert_int_eq(buf.error, NDR_OK);
    ck_assert_str_eq(ndri_buf_string(&buf), "ab");
    ndri_buf_add_text(&buf, "d");
    ck_assert_str_eq(ndri_buf_string(&buf), "abd");
}
END_TEST

START_TEST(is_restored_after_no_memory)
{
    ndri_buf_add_text(&buf, "abc");
    book.calls = 0;
    ndri_buf_fill(&buf, 'x', 1000);
    check_failed();
    ndri_buf_restore(&buf, 3);
    ck_assert_str_eq(ndri_buf_string(&buf), "abc");
}
END_TEST

START_TEST(is_restored_to_nothing)
{
    ndri_buf_fail(&buf);
    ndri_buf_restore(&buf, 0);
    ck_assert_int_eq(buf.error, NDR_OK);
    ck_assert_str_eq(ndri_buf_string(&buf), "");
    ndri_buf_add_text(&buf, "a");
    ck_assert_str_eq(ndri_buf_string(&buf), "a");
}
END_TEST

/* The cap, at and around sizes that memory is taken in. */
START_TEST(has_a_cap)
{
    static const size_t caps[] = {0, 1, 10, 255, 256, 257, 1000};
    size_t cap = caps[_i], i;
    ndri_buf small;

    ndri_buf_release(&buf);
    for (i = 0; i < 2; i++) {
        ndri_buf_init(&small, &counting, cap);
        ndri_buf_fill(&small, 'a', cap);
        ck_assert_int_eq(small.error, NDR_OK);
        ck_assert_uint_eq(small.used, cap);
        if (i == 1) {
            ndri_buf_add_byte(&small, 'b');
            ck_assert_int_eq(small.error, NDR_E_NOMEM);
        }
        ndri_buf_release(&small);
        ck_assert_uint_eq(small.cap, cap);
    }
    ndri_buf_init(&small, &counting, cap);
    ck_assert_ptr_eq(ndri_buf_reserve(&small, SIZE_MAX), NULL);
    ck_assert_int_eq(small.error, NDR_E_NOMEM);
    ndri_buf_release(&small);
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
    Suite *suite = suite_create("buf");

    tcase_add_test(add(suite, "It starts empty"), starts_empty);
    tcase_add_test(add(suite, "Everything is appended"),
                   everything_is_appended);
    tcase_add_test(add(suite, "Padding ends at twenty digits"),
                   padding_has_an_end);
    tcase_add_test(add(suite, "It grows octet by octet"), grows_octet_by_octet);
    tcase_add_test(add(suite, "Room is reserved"), room_is_reserved);
    tcase_add_test(add(suite, "It is cut back and cleared"),
                   is_cut_back_and_cleared);
    tcase_add_loop_test(add(suite, "Errors stick until it is cleared"),
                        errors_stick, 0, 3);
    tcase_add_test(add(suite, "It is made to fail, and restored"),
                   is_made_to_fail);
    tcase_add_test(add(suite, "It is restored after no memory"),
                   is_restored_after_no_memory);
    tcase_add_test(add(suite, "It is restored to nothing"),
                   is_restored_to_nothing);
    tcase_add_loop_test(add(suite, "It never passes its cap"), has_a_cap, 0, 7);
    return ndri_test_main(suite);
}
