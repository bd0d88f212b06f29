/* SPDX-License-Identifier: ISC */
/* Sources that read little, fail or lie; boundaries that blocks cut. */
#include "mail/source.h"
#include "test.h"

#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static ndr_allocator standard;
static ndri_buf out;
static const char message[] = "Subject: abc\r\n\r\nbody\r\n";
#define SIZE (sizeof(message) - 1)

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
}

static void teardown(void)
{
    ndri_buf_release(&out);
}

/* What a reader does after good calls that went well. */
typedef struct reader {
    size_t piece;
    int good;
    int64_t then;
} reader;

static int64_t read_pieces(void *user, uint64_t offset, void *buffer,
                           size_t size)
{
    reader *r = user;

    if (r->good-- == 0)
        return r->then;
    ck_assert_uint_gt(size, 0);
    ck_assert_uint_le(size, SIZE - offset);
    if (size > r->piece)
        size = r->piece;
    memcpy(buffer, message + offset, size);
    return (int64_t) size;
}

START_TEST(memory_is_read_anywhere)
{
    ndri_source source;
    size_t from, length;

    ndri_source_from_memory(&source, message, SIZE);
    ck_assert_uint_eq(source.size, SIZE);
    for (from = 0; from < SIZE + 3; from++) {
        for (length = 0; length < SIZE + 3; length++) {
            ndri_span want = ndri_span_slice(ndri_span_from(message, SIZE),
                                             from, from + length);

            ndri_buf_clear(&out);
            ck_assert_int_eq(ndri_source_read(&source, from, length, &out),
                             NDR_OK);
            ck_assert(ndri_span_equal(ndri_buf_span(&out), want));
        }
    }
    ck_assert_int_eq(ndri_source_read(&source, UINT64_MAX, 1, &out), NDR_OK);
    ndri_buf_clear(&out);
    ck_assert_int_eq(ndri_source_read(&source, 1, SIZE_MAX, &out), NDR_OK);
    ck_assert_uint_eq(out.used, SIZE - 1);
}
END_TEST

START_TEST(short_reads_go_on)
{
    size_t piece;

    for (piece = 1; piece <= SIZE; piece++) {
        reader r = {piece, 1000, 0};
        ndri_source source = {read_pieces, &r, SIZE};

        ndri_buf_clear(&out);
        ck_assert_int_eq(ndri_source_read(&source, 0, SIZE, &out), NDR_OK);
        ck_assert_str_eq(ndri_buf_string(&out), message);
    }
}
END_TEST

static const struct {
    int64_t then;
    int error;
} failures[] = {
    {0, NDR_E_SOURCE},
    {-1, NDR_E_SOURCE},
    {-999, NDR_E_SOURCE},
    {-1000, -1000},
    {-1001, -1001},
    {INT32_MIN, INT32_MIN},
    {(int64_t) INT32_MIN - 1, NDR_E_SOURCE},
    {INT64_MIN, NDR_E_SOURCE},
    {(int64_t) SIZE + 1, NDR_E_SOURCE},
    {INT64_MAX, NDR_E_SOURCE},
};

START_TEST(failing_reads_end_it)
{
    int good;

    for (good = 0; good < 3; good++) {
        reader r = {5, good, failures[_i].then};
        ndri_source source = {read_pieces, &r, SIZE};

        ndri_buf_clear(&out);
        ck_assert_int_eq(ndri_source_read(&source, 0, SIZE, &out),
                         failures[_i].error);
    }
}
END_TEST

START_TEST(full_buffers_end_it)
{
    ndri_source source;
    ndri_buf small;

    ndri_source_from_memory(&source, message, SIZE);
    ndri_buf_init(&small, &standard, SIZE - 1);
    ck_assert_int_eq(ndri_source_read(&source, 0, SIZE, &small), NDR_E_NOMEM);
    ndri_buf_release(&small);
}
END_TEST

static const struct {
    const char *text;
    uint32_t highest;
} collisions[] = {
    {"", 0},
    {"nothing of the kind", 0},
    {"--=_stem", 1},
    {"--=_stem0", 1},
    {"--=_stem1", 2},
    {"a=_stem7b=_stem12c=_stem3", 13},
    {"=_ste", 0},
    {"=_sten1", 0},
    {"=_=_stem4", 5},
    {"=_stem=_stem5", 6},
    {"=_stem-9", 1},
    {"=_stem007x", 8},
    {"=_stem999999999", 1000000000},
    {"=_stem99999999999999", 1000000000},
    {"--=_stem41\r\nand then a good deal of other text, more than is kept of "
     "any block, so that the end of it is forgotten again\r\n--=_stem8\r\n",
     42},
};

static uint32_t highest_of(ndri_span text, size_t first, size_t second)
{
    ndri_collision collision;

    ndri_collision_init(&collision, NDRI_SPAN("=_stem"));
    ndri_collision_add(&collision, ndri_span_slice(text, 0, first));
    ndri_collision_add(&collision, ndri_span_slice(text, first, second));
    ndri_collision_add(&collision, ndri_span_slice(text, second, text.length));
    return collision.highest;
}

START_TEST(stems_are_met_over_blocks)
{
    ndri_span text = ndri_span_of(collisions[_i].text);
    ndri_collision collision;
    size_t first, second;

    for (first = 0; first <= text.length; first++)
        for (second = first; second <= text.length; second++)
            ck_assert_msg(highest_of(text, first, second) ==
                              collisions[_i].highest,
                          "%u in \"%s\", cut at %u and %u",
                          (unsigned) highest_of(text, first, second), text.at,
                          (unsigned) first, (unsigned) second);
    ndri_collision_init(&collision, NDRI_SPAN("=_stem"));
    for (first = 0; first < text.length; first++)
        ndri_collision_add(&collision, ndri_span_slice(text, first, first + 1));
    ck_assert_uint_eq(collision.highest, collisions[_i].highest);
}
END_TEST

/* Two large blocks around a stem, which stands at any place of the seam. */
START_TEST(stems_are_met_between_large_blocks)
{
    static char text[2000];
    size_t at;

    for (at = 0; at + 12 <= sizeof(text); at++) {
        ndri_span all = ndri_span_from(text, sizeof(text));

        memset(text, 'x', sizeof(text));
        memcpy(text + at, "=_stem123", 9);
        ck_assert_uint_eq(highest_of(all, 700, 1300), 124);
        ck_assert_uint_eq(highest_of(all, 1000, 1005), 124);
    }
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("source");

    tcase_add_test(add(suite, "Memory is read from anywhere"),
                   memory_is_read_anywhere);
    tcase_add_test(add(suite, "Short reads go on"), short_reads_go_on);
    tcase_add_loop_test(add(suite, "Reads that fail or lie end it"),
                        failing_reads_end_it, 0, COUNT(failures));
    tcase_add_test(add(suite, "A buffer that is full ends it"),
                   full_buffers_end_it);
    tcase_add_loop_test(add(suite, "A stem is met over any blocks"),
                        stems_are_met_over_blocks, 0, COUNT(collisions));
    tcase_add_test(add(suite, "A stem is met between large blocks"),
                   stems_are_met_between_large_blocks);
    return ndri_test_main(suite);
}
