/* SPDX-License-Identifier: ISC */
/* The allocator's contract, growing arrays, and the arena. */
#include "base/mem.h"
#include "test.h"

#include <string.h>

#define BLOCKS 64

/* An allocator that knows each block, checks old_size and fails in time. */
typedef struct ledger {
    void *blocks[BLOCKS];
    size_t sizes[BLOCKS];
    int calls; /* left that go well; -1: all */
} ledger;

static ledger book;
static ndr_allocator counting, standard;
static ndri_arena arena;

static int blocks_held(void)
{
    int i, held = 0;

    for (i = 0; i < BLOCKS; i++)
        held += book.blocks[i] != NULL;
    return held;
}

static void *count(void *user, void *old, size_t old_size, size_t size)
{
    ledger *l = user;
    void *made;
    int row = 0;

    while (row < BLOCKS && l->blocks[row] != old)
        row++;
    ck_assert_int_lt(row, BLOCKS);
    ck_assert_uint_eq(old_size, old == NULL ? 0 : l->sizes[row]);
    if (size > 0 && l->calls == 0)
        return NULL;
    if (size > 0 && l->calls > 0)
        l->calls--;
    made = standard.reallocate(standard.user, old, old_size, size);
    l->blocks[row] = made;
    l->sizes[row] = size;
    return made;
}

static void setup(void)
{
    standard = ndri_allocator(NULL);
    counting.reallocate = count;
    counting.user = &book;
    memset(&book, 0, sizeof(book));
    book.calls = -1;
    ndri_arena_init(&arena, &counting);
}

static void teardown(void)
{
    ndri_arena_release(&arena);
    ck_assert_int_eq(blocks_held(), 0);
}

START_TEST(allocators_are_chosen)
{
    ndr_allocator chosen = ndri_allocator(&counting);
    char *block;

    ck_assert_ptr_eq(chosen.user, &book);
    ck_assert(chosen.reallocate == count);
    block = ndri_mem_resize(&standard, NULL, 0, 3);
    ck_assert_ptr_ne(block, NULL);
    memcpy(block, "ab", 3);
    block = ndri_mem_resize(&standard, block, 3, 3000);
    ck_assert_str_eq(block, "ab");
    ck_assert_ptr_eq(ndri_mem_resize(&standard, block, 3000, 0), NULL);
}
END_TEST

START_TEST(nothing_is_freed_twice)
{
    ndri_mem_free(&counting, NULL, 0);
    ck_assert_int_eq(blocks_held(), 0);
    ndri_mem_free(&counting, ndri_mem_resize(&counting, NULL, 0, 10), 10);
    ck_assert_int_eq(blocks_held(), 0);
}
END_TEST

START_TEST(arrays_grow)
{
    size_t room = 0, used = 0, before;
    int *array = NULL;

    while (used < 1000) {
        if (used == room) {
            before = room;
            array = ndri_mem_grow(&counting, array, &room, sizeof(*array));
            ck_assert_ptr_ne(array, NULL);
            ck_assert_uint_ge(room, before * 2);
            ck_assert_uint_gt(room, before);
        }
        array[used] = (int) used;
        used++;
    }
    for (used = 0; used < 1000; used++)
        ck_assert_int_eq(array[used], (int) used);
    before = room;
    book.calls = 0;
    ck_assert_ptr_eq(ndri_mem_grow(&counting, array, &room, sizeof(*array)),
                     NULL);
    ck_assert_uint_eq(room, before);
    ck_assert_int_eq(array[999], 999);
    ndri_mem_free(&counting, array, room * sizeof(*array));
}
END_TEST

START_TEST(arrays_do_not_wrap)
{
    size_t room = SIZE_MAX / 8;

    ck_assert_ptr_eq(ndri_mem_grow(&counting, NULL, &room, 16), NULL);
    ck_assert_uint_eq(room, SIZE_MAX / 8);
    ck_assert_int_eq(blocks_held(), 0);
}
END_TEST

START_TEST(pieces_are_aligned_and_apart)
{
    static unsigned char *pieces[2000];
    size_t i, j;

    for (i = 0; i < 2000; i++) {
        pieces[i] = ndri_arena_take(&arena, 1 + i % 50);
        ck_assert_ptr_ne(pieces[i], NULL);
        ck_assert_uint_eq((uintptr_t) pieces[i] % sizeof(double), 0);
        ck_assert_uint_eq((uintptr_t) pieces[i] % sizeof(void *), 0);
        memset(pieces[i], (int) (i % 251), 1 + i % 50);
    }
    for (i = 0; i < 2000; i++)
        for (j = 0; j < 1 + i % 50; j++)
            ck_assert(pieces[i][j] == i % 251);
    ck_assert_int_lt(blocks_held(), 12);
}
END_TEST

START_TEST(large_pieces_are_taken)
{
    size_t sizes[] = {1, 4095, 4096, 4097, 100000, 1, (size_t) 3 << 20, 7};
    size_t i;

    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        char *piece = ndri_arena_take(&arena, sizes[i]);

        ck_assert_ptr_ne(piece, NULL);
        memset(piece, 'x', sizes[i]);
    }
    ck_assert_ptr_eq(ndri_arena_take(&arena, SIZE_MAX), NULL);
    ck_assert_ptr_eq(ndri_arena_take(&arena, SIZE_MAX / 2), NULL);
}
END_TEST

START_TEST(pieces_are_extended)
{
    char *piece = ndri_arena_copy(&arena, NDRI_SPAN("abc"));
    char *same = ndri_arena_extend(&arena, piece, 4, 100), *other, *moved;

    ck_assert_ptr_eq(same, piece);
    ck_assert_str_eq(same, "abc");
    memset(same + 4, 'x', 96);
    other = ndri_arena_take(&arena, 8);
    ck_assert(other >= same + 100 || other + 8 <= same);
    moved = ndri_arena_extend(&arena, same, 100, 200);
    ck_assert_ptr_ne(moved, same);
    ck_assert_str_eq(moved, "abc");
    ck_assert_int_eq(moved[99], 'x');
    memset(moved, 'y', 200);
    moved = ndri_arena_extend(&arena, moved, 200, 100000);
    ck_assert_int_eq(moved[0], 'y');
    ck_assert_int_eq(moved[199], 'y');
    memset(moved, 'z', 100000);
    ck_assert_ptr_ne(ndri_arena_extend(&arena, NULL, 0, 10), NULL);
    ck_assert_ptr_eq(ndri_arena_extend(&arena, moved, 100000, SIZE_MAX), NULL);
}
END_TEST

/* Octet by octet, as a string is built. */
START_TEST(pieces_are_extended_often)
{
    char *piece = ndri_arena_take(&arena, 1);
    size_t size;

    piece[0] = 'a';
    for (size = 1; size < 20000; size++) {
        piece = ndri_arena_extend(&arena, piece, size, size + 1);
        ck_assert_ptr_ne(piece, NULL);
        piece[size] = (char) ('a' + size % 26);
    }
    for (size = 0; size < 20000; size++)
        ck_assert_int_eq(piece[size], (char) ('a' + size % 26));
}
END_TEST

START_TEST(texts_are_copied)
{
    char *copy = ndri_arena_copy(&arena, NDRI_SPAN("a\0b"));

    ck_assert(memcmp(copy, "a\0b", 4) == 0);
    ck_assert_str_eq(ndri_arena_copy(&arena, NDRI_SPAN("")), "");
    ck_assert_str_eq(ndri_arena_copy(&arena, ndri_span_from("abcd", 2)), "ab");
}
END_TEST

START_TEST(newest_block_is_kept)
{
    int i, round;

    ndri_arena_reset(&arena);
    ck_assert_int_eq(blocks_held(), 0);
    for (round = 0; round < 4; round++) {
        for (i = 0; i < 100; i++)
            memset(ndri_arena_take(&arena, 200), 'x', 200);
        ndri_arena_reset(&arena);
        ck_assert_int_eq(blocks_held(), 1);
    }
    book.calls = 0;
    ck_assert_ptr_ne(ndri_arena_take(&arena, 200), NULL);
}
END_TEST

START_TEST(no_memory_is_told)
{
    int calls;

    for (calls = 0; calls < 6; calls++) {
        int taken = 0;

        book.calls = calls;
        while (ndri_arena_take(&arena, 3000) != NULL)
            taken++;
        ck_assert_int_ge(taken, calls);
        ck_assert_int_eq(blocks_held(), calls);
        ck_assert_ptr_eq(ndri_arena_extend(&arena, NULL, 0, 1 << 22), NULL);
        ndri_arena_release(&arena);
        ck_assert_int_eq(blocks_held(), 0);
        ck_assert_ptr_eq(ndri_arena_copy(&arena, NDRI_SPAN("abc")), NULL);
    }
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
    Suite *suite = suite_create("mem");

    tcase_add_test(add(suite, "The caller's allocator or malloc is used"),
                   allocators_are_chosen);
    tcase_add_test(add(suite, "NULL is not freed"), nothing_is_freed_twice);
    tcase_add_test(add(suite, "Arrays grow, or stay as they were"),
                   arrays_grow);
    tcase_add_test(add(suite, "Sizes of arrays do not wrap"),
                   arrays_do_not_wrap);
    tcase_add_test(add(suite, "Pieces are aligned and apart"),
                   pieces_are_aligned_and_apart);
    tcase_add_test(add(suite, "Large pieces are taken"),
                   large_pieces_are_taken);
    tcase_add_test(add(suite, "The last piece is extended in place"),
                   pieces_are_extended);
    tcase_add_test(add(suite, "A piece is extended often"),
                   pieces_are_extended_often);
    tcase_add_test(add(suite, "Texts are copied"), texts_are_copied);
    tcase_add_test(add(suite, "A reset keeps the newest block"),
                   newest_block_is_kept);
    tcase_add_test(add(suite, "No memory is told"), no_memory_is_told);
    return ndri_test_main(suite);
}
