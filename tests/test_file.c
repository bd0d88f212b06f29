/* SPDX-License-Identifier: ISC */
/* Reports and stdio: the same octets in a file, and streams that fail. */
#include "desk.h"
#include "test.h"

#include <libndr/ndr_file.h>

#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
}

static void teardown(void)
{
    desk_close(&d);
}

START_TEST(a_file_holds_the_message)
{
    const char *message;
    size_t length, got;
    FILE *file = tmpfile();
    char *copy;

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fputs("before", file) >= 0, 1);
    ck_assert_int_eq(ndr_report_write_stream(d.report, file), NDR_OK);
    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    rewind(file);
    copy = malloc(length + 20);
    got = fread(copy, 1, length + 20, file);
    ck_assert_uint_eq(got, length + 6);
    ck_assert(memcmp(copy + 6, message, length) == 0);
    free(copy);
    fclose(file);
}
END_TEST

START_TEST(a_stream_that_cannot_be_written_fails)
{
    FILE *file = fopen("/dev/null", "rb");

    if (file == NULL) /* no such system */
        return;
    ck_assert_int_eq(ndr_report_write_stream(d.report, file), NDR_E_SINK);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    fclose(file);
}
END_TEST

START_TEST(a_full_disk_is_seen)
{
    FILE *file = fopen("/dev/full", "wb");

    if (file == NULL) /* Linux has it */
        return;
    setvbuf(file, NULL, _IONBF, 0);
    ck_assert_int_eq(ndr_report_write_stream(d.report, file), NDR_E_SINK);
    fclose(file);
}
END_TEST

START_TEST(null_is_a_mistake)
{
    ck_assert_int_eq(ndr_report_write_stream(d.report, NULL), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_write_stream(NULL, stdout), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_write_stream(NULL, NULL), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
}
END_TEST

START_TEST(nothing_is_written_if_nothing_is_due)
{
    FILE *file = tmpfile();

    ck_assert_ptr_nonnull(file);
    ndr_report_set_sender(d.report, "<>", NDR_NUL);
    ck_assert_int_eq(ndr_report_write_stream(d.report, file), NDR_NOTHING_DUE);
    ck_assert_int_eq(ftell(file), 0);
    fclose(file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("file");
    TCase *tcase = tcase_create("file");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_file_holds_the_message);
    tcase_add_test(tcase, a_stream_that_cannot_be_written_fails);
    tcase_add_test(tcase, a_full_disk_is_seen);
    tcase_add_test(tcase, null_is_a_mistake);
    tcase_add_test(tcase, nothing_is_written_if_nothing_is_due);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
