/* SPDX-License-Identifier: ISC */
/* Reports, originals and files: the same octets in a file, streams and
   descriptors that fail, wait or change. */
#include "desk.h"
#include "test.h"

#include <libndr/ndr_file.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#ifndef _WIN32
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
#endif

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

/* ---- originals in files ---- */

#define HEADER "From: a@b\r\nSubject: x\r\n\r\n"
#define BEFORE "something else\n"

/* A file with an original of so many lines, some of them behind others; it
   stands where the original begins. */
static FILE *original_file(int lines)
{
    FILE *file = tmpfile();
    int i;

    ck_assert_ptr_nonnull(file);
    fputs(BEFORE HEADER, file);
    for (i = 0; i < lines; i++)
        fprintf(file, "line %d of the body\r\n", i);
    fflush(file);
    fseek(file, (long) strlen(BEFORE), SEEK_SET);
    return file;
}

static char *rendered(size_t *length)
{
    const char *message;
    char *copy;

    ck_assert_msg(ndr_report_render(d.report, &message, length) == NDR_OK, "%s",
                  ndr_report_error_detail(d.report));
    copy = malloc(*length + 1);
    memcpy(copy, message, *length + 1);
    return copy;
}

/* What a report of the original in memory looks like. */
static char *from_memory(FILE *file, size_t *length)
{
    long begin = ftell(file);
    static char original[2000000];
    size_t got = fread(original, 1, sizeof(original), file);
    char *message;

    ck_assert_int_eq(fseek(file, begin, SEEK_SET), 0);
    ndr_report_borrow_original(d.report, original, got);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    message = rendered(length);
    ck_assert_uint_gt(*length, got - 10);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    return message;
}

static void check_same(const char *want, size_t length)
{
    size_t got;
    char *message = rendered(&got);

    ck_assert_uint_eq(got, length);
    ck_assert(memcmp(message, want, length) == 0);
    free(message);
}

START_TEST(an_original_in_a_stream_is_the_same)
{
    FILE *file = original_file(_i * _i * _i);
    size_t length;
    char *want = from_memory(file, &length);

    ck_assert_int_eq(ndr_report_borrow_original_stream(d.report, file), NDR_OK);
    check_same(want, length);
    check_same(want, length); /* and once more */
    free(want);
    fclose(file);
}
END_TEST

START_TEST(a_stream_that_is_none_is_refused)
{
    ck_assert_int_eq(ndr_report_borrow_original_stream(NULL, stdin),
                     NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_borrow_original_stream(d.report, NULL),
                     NDR_E_INVALID);
    desk_failed(&d, NDR_E_INVALID, "original: no stream to read it");
}
END_TEST

#ifndef _WIN32

START_TEST(an_original_in_a_descriptor_is_the_same)
{
    FILE *file = original_file(_i * _i * _i);
    int descriptor = fileno(file);
    size_t length;
    char *want = from_memory(file, &length);
    off_t end = lseek(descriptor, 0, SEEK_END);

    lseek(descriptor, 3, SEEK_SET);
    ck_assert_int_eq(
        ndr_report_borrow_original_fd(d.report, descriptor, strlen(BEFORE),
                                      (uint64_t) end - strlen(BEFORE)),
        NDR_OK);
    check_same(want, length);
    ck_assert_int_eq(ndr_report_borrow_original_fd(d.report, descriptor, 0, 0),
                     NDR_E_ORDER);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ck_assert_int_eq(ndr_report_borrow_original_fd(d.report, descriptor,
                                                   strlen(BEFORE), NDR_TO_END),
                     NDR_OK);
    check_same(want, length);
    ck_assert_int_eq(lseek(descriptor, 0, SEEK_CUR), 3);
    free(want);
    fclose(file);
}
END_TEST

static int borrow(FILE *file, int by_stream, uint64_t length)
{
    return by_stream ? ndr_report_borrow_original_stream(d.report, file)
                     : ndr_report_borrow_original_fd(d.report, fileno(file),
                                                     strlen(BEFORE), length);
}

static void prepare_from(FILE *file, int by_stream, uint64_t length)
{
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ck_assert_int_eq(borrow(file, by_stream, length), NDR_OK);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
}

static void must_end(int error)
{
    const char *message;

    ck_assert_int_eq(ndr_report_render(d.report, &message, NULL), error);
    ck_assert_int_eq(ndr_report_error(d.report), error);
}

/* Between the two readings. */
START_TEST(a_file_that_grows_or_shrinks_is_seen)
{
    int by_stream = _i & 1, lines = _i & 2 ? 9000 : 10;
    FILE *file = original_file(lines);
    struct stat info;

    prepare_from(file, by_stream, NDR_TO_END);
    ck_assert_int_eq(fstat(fileno(file), &info), 0);
    ck_assert_int_eq(ftruncate(fileno(file), info.st_size + (_i & 4 ? 1 : -1)),
                     0);
    must_end(NDR_E_SOURCE);
    fclose(file);
}
END_TEST

START_TEST(what_follows_a_part_of_a_file_does_not_count)
{
    FILE *file = original_file(10);
    off_t end = lseek(fileno(file), 0, SEEK_END);

    prepare_from(file, 0, (uint64_t) end - strlen(BEFORE));
    ck_assert_int_eq(ftruncate(fileno(file), end + 100), 0);
    must_end(NDR_OK);
    fclose(file);
}
END_TEST

START_TEST(files_that_end_early_or_cannot_be_read_are_seen)
{
    FILE *file = original_file(10);

    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ck_assert_int_eq(borrow(file, 0, 1000000), NDR_OK);
    must_end(NDR_E_SOURCE);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    ck_assert_int_eq(ndr_report_borrow_original_fd(d.report, -1, 0, 10),
                     NDR_OK);
    must_end(NDR_E_SOURCE);
    fclose(file);
}
END_TEST

START_TEST(no_place_of_a_file_is_refused)
{
    static const struct {
        uint64_t offset, length;
        int error;
    } places[] = {
        {UINT64_MAX, 1, NDR_E_INVALID},
        {1, INT64_MAX, NDR_E_INVALID},
        {(uint64_t) INT64_MAX + 1, 0, NDR_E_INVALID},
        {100000, NDR_TO_END, NDR_E_SOURCE},
        {UINT64_MAX, NDR_TO_END, NDR_E_SOURCE},
    };
    FILE *file = original_file(1);

    ck_assert_int_eq(ndr_report_borrow_original_fd(d.report, fileno(file),
                                                   places[_i].offset,
                                                   places[_i].length),
                     places[_i].error);
    ck_assert_int_eq(ndr_report_error(d.report), places[_i].error);
    ck_assert_int_eq(ndr_report_borrow_original_fd(NULL, 0, 0, 0), NDR_E_NOMEM);
    fclose(file);
}
END_TEST

START_TEST(pipes_are_no_originals)
{
    FILE *file;
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    file = fdopen(ends[0], "r");
    ck_assert_int_eq(
        _i == 0
            ? ndr_report_borrow_original_fd(d.report, ends[0], 0, NDR_TO_END)
            : ndr_report_borrow_original_stream(d.report, file),
        NDR_E_SOURCE);
    desk_failed(&d, NDR_E_SOURCE,
                "original: not in a file that can be read from anywhere");
    fclose(file);
    close(ends[1]);
}
END_TEST

/* ---- write_fd ---- */

static int ends[2];         /* of a pipe */
static char taken[2000000]; /* what came out of it */
static size_t taken_length;

static void take(size_t most)
{
    ssize_t got = read(ends[0], taken + taken_length, most);

    if (got > 0)
        taken_length += (size_t) got;
}

static void open_pipe(int which)
{
    ck_assert_int_eq(pipe(ends), 0);
    taken_length = 0;
    if (which & 1)
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
    if (which & 2)
        fcntl(ends[1], F_SETFL, O_NONBLOCK);
}

static void close_pipe(const char *want, size_t length)
{
    close(ends[1]);
    while (taken_length < length) {
        size_t before = taken_length;

        take(sizeof(taken) - taken_length);
        if (taken_length == before)
            break;
    }
    close(ends[0]);
    ck_assert_uint_eq(taken_length, length);
    ck_assert(memcmp(taken, want, length) == 0);
}

/* A long report, ready to be written. */
static char *begin_writing(FILE **file, int lines, size_t *length)
{
    char *want;

    *file = original_file(lines);
    want = from_memory(*file, length);
    ck_assert_int_eq(borrow(*file, 0, NDR_TO_END), NDR_OK);
    return want;
}

START_TEST(a_full_descriptor_is_waited_for)
{
    static const size_t steps[] = {1000, 4096, 65536};
    FILE *file;
    size_t length, step = steps[_i];
    char *want = begin_writing(&file, 20000, &length);
    int error, waits = 0;

    open_pipe(3);
    while ((error = ndr_report_write_fd(d.report, ends[1])) == NDR_AGAIN) {
        take(step); /* no more than there is */
        waits++;
    }
    ck_assert_int_eq(error, NDR_OK);
    ck_assert_int_gt(waits, 3);
    ck_assert_int_eq(ndr_report_write_fd(d.report, ends[1]), NDR_OK);
    close_pipe(want, length);
    free(want);
    fclose(file);
}
END_TEST

static void on_alarm(int number)
{
    (void) number;
    take(3000);
}

/* A blocking descriptor, and a signal that comes while it blocks. */
START_TEST(signals_do_no_harm)
{
    struct sigaction action, before;
    struct itimerval timer = {{0, 500}, {0, 500}}, none = {{0, 0}, {0, 0}};
    FILE *file;
    size_t length;
    char *want = begin_writing(&file, 8000, &length);
    int error;

    memset(&action, 0, sizeof(action));
    action.sa_handler = on_alarm; /* without SA_RESTART */
    open_pipe(1);
    sigaction(SIGALRM, &action, &before);
    setitimer(ITIMER_REAL, &timer, NULL);
    error = ndr_report_write_fd(d.report, ends[1]);
    setitimer(ITIMER_REAL, &none, NULL);
    sigaction(SIGALRM, &before, NULL);
    ck_assert_int_eq(error, NDR_OK);
    close_pipe(want, length);
    free(want);
    fclose(file);
}
END_TEST

START_TEST(a_broken_descriptor_fails_and_may_recover)
{
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    FILE *file;
    size_t length, got;
    char *want = begin_writing(&file, 100, &length);
    char begun[100];

    ck_assert_int_eq(ndr_report_write_fd(NULL, 1), NDR_E_NOMEM);
    ck_assert_int_eq(ndr_report_read(d.report, begun, sizeof(begun), &got),
                     NDR_OK);
    errno = 0;
    ck_assert_int_eq(ndr_report_write_fd(d.report, -1), NDR_E_SINK);
    ck_assert_int_eq(errno, EBADF);
    open_pipe(0);
    close(ends[0]);
    ck_assert_int_eq(ndr_report_write_fd(d.report, ends[1]), NDR_E_SINK);
    ck_assert_int_eq(errno, EPIPE);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    close(ends[1]);
    open_pipe(0);
    ck_assert_int_eq(ndr_report_write_fd(d.report, ends[1]), NDR_OK);
    ck_assert(memcmp(begun, want, got) == 0);
    close_pipe(want + got, length - got);
    signal(SIGPIPE, before);
    free(want);
    fclose(file);
}
END_TEST

START_TEST(what_is_not_due_is_not_written_either)
{
    ndr_report_set_sender(d.report, "<>", NDR_NUL);
    ck_assert_int_eq(ndr_report_write_fd(d.report, -1), NDR_NOTHING_DUE);
}
END_TEST

static void add_descriptors(TCase *tcase)
{
    tcase_add_loop_test(tcase, an_original_in_a_descriptor_is_the_same, 0, 28);
    tcase_add_loop_test(tcase, a_file_that_grows_or_shrinks_is_seen, 0, 8);
    tcase_add_test(tcase, what_follows_a_part_of_a_file_does_not_count);
    tcase_add_test(tcase, files_that_end_early_or_cannot_be_read_are_seen);
    tcase_add_loop_test(tcase, no_place_of_a_file_is_refused, 0, 5);
    tcase_add_loop_test(tcase, pipes_are_no_originals, 0, 2);
    tcase_add_loop_test(tcase, a_full_descriptor_is_waited_for, 0, 3);
    tcase_add_test(tcase, signals_do_no_harm);
    tcase_add_test(tcase, a_broken_descriptor_fails_and_may_recover);
    tcase_add_test(tcase, what_is_not_due_is_not_written_either);
}

#else

static void add_descriptors(TCase *tcase)
{
    (void) tcase;
}

#endif

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
    tcase_add_loop_test(tcase, an_original_in_a_stream_is_the_same, 0, 28);
    tcase_add_test(tcase, a_stream_that_is_none_is_refused);
    add_descriptors(tcase);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
