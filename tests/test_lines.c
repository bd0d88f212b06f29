/* SPDX-License-Identifier: ISC */
/* Line ends and dots as the caller wants them: by each way out, with pieces cut
   anywhere, and counted. */
#include "desk.h"
#include "test.h"

#include <libndr/ndr_file.h>

#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
    desk_add(&d, ".joe@contoso.com", NULL, "550 5.1.1 no\n550 .dots.\n550 .");
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
}

static void teardown(void)
{
    desk_close(&d);
}

/* The plain message in another form, octet by octet. */
static char *formed(const char *plain, size_t length, int output, size_t *to)
{
    char *out = malloc(2 * length + 1);
    size_t i, used = 0;

    for (i = 0; i < length; i++) {
        if (output & NDR_OUTPUT_DOTS && plain[i] == '.' &&
            (i == 0 || plain[i - 1] == '\n'))
            out[used++] = '.';
        if (!(output & NDR_OUTPUT_LF) || plain[i] != '\r')
            out[used++] = plain[i];
    }
    out[used] = '\0';
    *to = used;
    return out;
}

/* Octets that ways out have to bring. */
typedef struct wanted {
    const char *at;
    size_t left;
} wanted;

static int compare(void *user, const char *octets, size_t length)
{
    wanted *w = user;

    if (length == 0 || length > w->left || memcmp(octets, w->at, length) != 0)
        return 1;
    w->at += length;
    w->left -= length;
    return 0;
}

static void by_write(const char *want, size_t length)
{
    wanted w = {want, length};

    ck_assert_int_eq(ndr_report_write(d.report, compare, &w), NDR_OK);
    ck_assert_uint_eq(w.left, 0);
}

static void by_next(const char *want, size_t length)
{
    wanted w = {want, length};
    const char *piece;
    size_t octets;

    ndr_report_rewind(d.report);
    while (ndr_report_next(d.report, &piece, &octets) == NDR_OK)
        if (compare(&w, piece, octets) != 0)
            ck_abort_msg("another piece at %u", (unsigned) (length - w.left));
    ck_assert_uint_eq(w.left, 0);
}

static void by_read(const char *want, size_t length, size_t size)
{
    wanted w = {want, length};
    char *buffer = malloc(size);
    size_t got;

    ndr_report_rewind(d.report);
    while (ndr_report_read(d.report, buffer, size, &got) == NDR_OK)
        if (compare(&w, buffer, got) != 0)
            ck_abort_msg("other octets at %u", (unsigned) (length - w.left));
    ck_assert_uint_eq(w.left, 0);
    free(buffer);
}

/* Begin again in the midst of it. */
static void by_halves(const char *want, size_t length)
{
    static char buffer[70001];
    size_t got, size;

    for (size = 1; size < sizeof(buffer) && size < length; size += 7000) {
        wanted w = {want, length};

        ndr_report_rewind(d.report);
        ck_assert_int_eq(ndr_report_read(d.report, buffer, size, &got), NDR_OK);
        ck_assert_int_eq(compare(&w, buffer, got), 0);
    }
}

static void by_file(const char *want, size_t length)
{
    FILE *file = tmpfile();
    char *copy = malloc(length + 2);

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ndr_report_write_stream(d.report, file), NDR_OK);
    rewind(file);
    ck_assert_uint_eq(fread(copy, 1, length + 2, file), length);
    ck_assert(memcmp(copy, want, length) == 0);
    fclose(file);
#ifndef _WIN32
    file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ndr_report_rewind(d.report);
    ck_assert_int_eq(ndr_report_write_fd(d.report, fileno(file)), NDR_OK);
    rewind(file);
    ck_assert_uint_eq(fread(copy, 1, length + 2, file), length);
    ck_assert(memcmp(copy, want, length) == 0);
    fclose(file);
#endif
    free(copy);
}

/* All ways out, all forms. */
static void check_forms(void)
{
    const char *message;
    size_t length, want_length;
    uint64_t octets;
    char *plain, *want;
    int output;

    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    plain = malloc(length);
    memcpy(plain, message, length);
    for (output = 0; output < 4; output++) {
        want = formed(plain, length, output, &want_length);
        ck_assert_int_eq(ndr_report_set_output(d.report, output), NDR_OK);
        by_next(want, want_length);
        by_halves(want, want_length);
        by_write(want, want_length);
        by_read(want, want_length, 1);
        by_read(want, want_length, 4096);
        by_read(want, want_length, 1000000);
        by_file(want, want_length);
        ck_assert_int_eq(ndr_report_render(d.report, &message, &length),
                         NDR_OK);
        ck_assert_uint_eq(length, want_length);
        ck_assert(memcmp(message, want, length) == 0);
        ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_OK);
        ck_assert_uint_eq(octets, want_length);
        length = want_length;
        free(want);
        ndr_report_set_output(d.report, NDR_OUTPUT_CRLF);
        ndr_report_render(d.report, &message, &length);
    }
    free(plain);
}

#define HEADER "From: a@b\r\n\r\n"

static const char *const bodies[] = {
    "",
    "x\r\n",
    ".\r\n",
    ".",
    "..\r\n.a\r\n\r\n.\r\n..",
    ".\n.\n.\n",
    ".\r.\r\n.\n.\r",
    "a.\r\n b.\r\n",
    "\r\n\r\n.\r\n",
    "no end.",
    "\n\r.\r\r\n\n.",
};

START_TEST(each_way_out_has_each_form)
{
    char original[100] = HEADER;

    strcat(original, bodies[_i]);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    check_forms();
}
END_TEST

/* Long bodies, where lines and dots meet the seams of pieces. */
START_TEST(forms_survive_seams)
{
    static const char *const lines[] = {
        ".\r\n", ".\n", "..\r", "x\r\n.\r\n", "abcdefg\r\n", ".bcdefghi\n"};
    const char *line = lines[_i % 6];
    size_t each = strlen(line), length = 150000, head = strlen(HEADER), i;
    char *original = malloc(head + length);

    memcpy(original, HEADER, head);
    for (i = 0; i < length; i++)
        original[head + i] = line[(i + (size_t) (_i / 6)) % each];
    ndr_report_borrow_original(d.report, original, head + length);
    check_forms();
    free(original);
}
END_TEST

static const char *callback_text;

static int64_t read_text(void *user, uint64_t offset, void *buffer, size_t size)
{
    size_t *reads = user;

    ++*reads;
    memcpy(buffer, callback_text + offset, size);
    return (int64_t) size;
}

START_TEST(sources_give_the_same_and_length_reads_no_body)
{
    size_t length = 200000, i, reads = 0, before;
    char *original = malloc(length + 1);
    uint64_t octets;

    memcpy(original, HEADER, strlen(HEADER));
    for (i = strlen(HEADER); i < length; i++)
        original[i] = i % 3 == 0 ? '.' : i % 3 == 1 ? '\r' : '\n';
    callback_text = original;
    ndr_report_borrow_original_source(d.report, read_text, &reads, length);
    check_forms();
    before = reads;
    ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_OK);
    ck_assert_uint_eq(reads, before);
    free(original);
}
END_TEST

START_TEST(the_form_may_be_chosen_at_any_time)
{
    const char *piece;
    size_t length;

    ck_assert_int_eq(ndr_report_set_output(NULL, 0), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_set_output(d.report, NDR_OUTPUT_LF), NDR_OK);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert_ptr_null(memchr(piece, '\r', length));
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert_int_eq(ndr_report_set_output(d.report, NDR_OUTPUT_CRLF), NDR_OK);
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert(strncmp(piece, "From: ", 6) == 0);
    ck_assert_ptr_nonnull(memchr(piece, '\r', length));
    ndr_report_set_output(d.report, NDR_OUTPUT_LF);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_next(d.report, &piece, &length), NDR_OK);
    ck_assert_ptr_nonnull(memchr(piece, '\r', length));
}
END_TEST

START_TEST(other_forms_are_mistakes)
{
    static const int bad[] = {4, -1, 7, 1 << 30};

    ck_assert_int_eq(ndr_report_set_output(d.report, bad[_i]), NDR_E_INVALID);
    desk_failed(&d, NDR_E_INVALID, "output: unknown bits");
    ck_assert_int_eq(ndr_report_set_output(d.report, 0), NDR_E_INVALID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lines");
    TCase *tcase = tcase_create("lines");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_way_out_has_each_form, 0,
                        (int) (sizeof(bodies) / sizeof(bodies[0])));
    tcase_add_loop_test(tcase, forms_survive_seams, 0, 18);
    tcase_add_test(tcase, sources_give_the_same_and_length_reads_no_body);
    tcase_add_test(tcase, the_form_may_be_chosen_at_any_time);
    tcase_add_loop_test(tcase, other_forms_are_mistakes, 0, 4);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
