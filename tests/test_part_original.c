/* SPDX-License-Identifier: ISC */
/* What comes back: the header with its order, folds and octets, or the whole
   message; line ends as CRLF whatever they were; a source that changes between
   its two readings. */
#include "desk.h"
#include "output/part_original.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
}

static void teardown(void)
{
    desk_close(&d);
}

static const struct {
    const char *original, *header, *whole; /* whole NULL: not returned */
} originals[] = {
    {"From: a@b\r\n\r\nbody\r\n", "From: a@b\n", "From: a@b\n\nbody\n"},
    {"From: a@b\n\nbody\n", "From: a@b\n", "From: a@b\n\nbody\n"},
    {"From: a@b\r\rbody\r", "From: a@b\n", "From: a@b\n\nbody\n"},
    {"From: a@b\n\nb\r\no\rd\ny", "From: a@b\n", "From: a@b\n\nb\no\nd\ny"},
    {"From: a@b\n\n\n\nbody\n\n\n", "From: a@b\n",
     "From: a@b\n\n\n\nbody\n\n\n"},
    {"From: a@b\r\n\r\n\r\r\n\n\r", "From: a@b\n", "From: a@b\n\n\n\n\n\n"},
    {"From: a@b\r\n\r\nno end", "From: a@b\n", "From: a@b\n\nno end"},
    {"From: a@b\r\n\r\n.\r\n..\r\nFrom x\r\n", "From: a@b\n",
     "From: a@b\n\n.\n..\nFrom x\n"},
    {"From: a@b\r\n\r\n", "From: a@b\n", NULL},
    {"From: a@b\r\n", "From: a@b\n", NULL},
    {"From: a@b", "From: a@b\n", NULL},
    {"From a@b Tue Nov 24 2026\nFrom: a@b\n\nbody", "From: a@b\n",
     "From: a@b\n\nbody"},
    {"From: a@b\nSubject:\n\tfolded \n  twice\n\nx",
     "From: a@b\nSubject:\n\tfolded \n  twice\n",
     "From: a@b\nSubject:\n\tfolded \n  twice\n\nx"},
    {"From : a@b\nX:\nReceived: 2\nReceived: 1\n\nx",
     "From: a@b\nX:\nReceived: 2\nReceived: 1\n",
     "From: a@b\nX:\nReceived: 2\nReceived: 1\n\nx"},
    {"From: a@b\nBcc: c@d\nResent-bcc: e@f\nTo: g@h\n\nx",
     "From: a@b\nTo: g@h\n", "From: a@b\nTo: g@h\n\nx"},
    {"From: a@b\nX: 1\n \t\n 2\n\nx", "From: a@b\nX: 1\n 2\n",
     "From: a@b\nX: 1\n 2\n\nx"},
};

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

START_TEST(the_header_keeps_order_and_folds)
{
    ndr_report_borrow_original(d.report, originals[_i].original, NDR_NUL);
    desk_read(&d);
    ck_assert_str_eq(d.parts->third, originals[_i].header);
}
END_TEST

START_TEST(the_whole_message_keeps_its_lines)
{
    const char *whole = originals[_i].whole;

    ndr_report_borrow_original(d.report, originals[_i].original, NDR_NUL);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    desk_read(&d);
    ck_assert_str_eq(d.parts->third,
                     whole == NULL ? originals[_i].header : whole);
}
END_TEST

START_TEST(eight_bits_come_back_whatever_the_transport)
{
    static const char original[] = "From: a@b\nSubject: b\xC3\xB6\xFF= \n\nx";
    static const int transports[] = {NDR_TRANSPORT_7BIT, NDR_TRANSPORT_8BITMIME,
                                     NDR_TRANSPORT_SMTPUTF8};

    ndr_report_borrow_original(d.report, original, NDR_NUL);
    ndr_report_set_transport(d.report, transports[_i]);
    desk_read(&d);
    ck_assert_str_eq(d.parts->third, "From: a@b\nSubject: b\xC3\xB6\xFF= \n");
}
END_TEST

START_TEST(a_filter_keeps_or_drops_fields)
{
    static const char original[] = "From: a@b\nReceived: x\nX-A: 1\nX-AB: 2\n"
                                   "Bcc: c@d\n\nbody\n";
    static const struct {
        int mode;
        const char *names, *header;
    } filters[] = {
        {NDR_HEADERS_DROP, "", "From: a@b\nReceived: x\nX-A: 1\nX-AB: 2\n"},
        {NDR_HEADERS_DROP, "x-a", "From: a@b\nReceived: x\nX-AB: 2\n"},
        {NDR_HEADERS_DROP, "X-a*,received", "From: a@b\n"},
        {NDR_HEADERS_DROP, "*", ""},
        {NDR_HEADERS_KEEP, "from", "From: a@b\n"},
        {NDR_HEADERS_KEEP, "From Bcc", "From: a@b\nBcc: c@d\n"},
        {NDR_HEADERS_KEEP, "*",
         "From: a@b\nReceived: x\nX-A: 1\nX-AB: 2\n"
         "Bcc: c@d\n"},
        {NDR_HEADERS_KEEP, "", ""},
    };
    char whole[200];

    ndr_profile_set_header_filter(d.profile, filters[_i].mode,
                                  filters[_i].names, NDR_NUL);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    desk_read(&d);
    strcpy(whole, filters[_i].header);
    if (whole[0] != '\0')
        strcat(whole, "\nbody\n");
    ck_assert_str_eq(d.parts->third, whole);
}
END_TEST

/* ---- sources ---- */

/* Two texts: the first is read to decide, the second to send. Their bodies
   begin at octet 11. */
typedef struct changing {
    const char *first, *second;
    int bodies; /* how often the body was begun */
    int reads;
    int64_t failure; /* not 0: the second reading returns it */
} changing;

static int64_t read_changing(void *user, uint64_t offset, void *buffer,
                             size_t size)
{
    changing *c = user;

    c->reads++;
    c->bodies += offset == 11;
    if (c->bodies > 1 && c->failure != 0)
        return c->failure;
    memcpy(buffer, (c->bodies > 1 ? c->second : c->first) + offset, size);
    return (int64_t) size;
}

static changing source;

static int sink_nothing(void *user, const char *octets, size_t length)
{
    (void) user;
    (void) octets;
    (void) length;
    return 0;
}

static int write_changing(const char *first, const char *second,
                          int64_t failure)
{
    memset(&source, 0, sizeof(source));
    source.first = first;
    source.second = second;
    source.failure = failure;
    ck_assert_uint_eq(strlen(first), strlen(second));
    ndr_report_borrow_original_source(d.report, read_changing, &source,
                                      strlen(first));
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    return ndr_report_write(d.report, sink_nothing, NULL);
}

static const struct {
    const char *first, *second; /* bodies */
    int error;
} changes[] = {
    {"abcdefgh\n", "abcdefgh\n", NDR_OK},
    {"abcdefgh\r", "abcdefgh\r", NDR_OK},
    {"abcdefgh\n", "abcdefgH\n", NDR_E_SOURCE},
    {"abcdefgh\n", "abc\nefgh\n", NDR_E_SOURCE},
    {"abcdefgh\n", "abcdefgh\r", NDR_E_SOURCE},
    {"abcdefgh\n", "hgfedcba\n", NDR_E_SOURCE},
    {"abcdefgh\n",
     "abc\xC3\xB6"
     "fgh\n",
     NDR_E_SOURCE},
    {"abc\xC3\xB6"
     "fgh\n",
     "abcdefgh\n", NDR_E_SOURCE}, /* no 8BITMIME: header */
    {"abcdefgh\n", "--cdefgh\n", NDR_E_SOURCE},
    {"abc\nefgh\n", "abcdefgh\n", NDR_E_SOURCE},
    {"abc\nefgh\n", "abcdefghi", NDR_E_SOURCE},
};

START_TEST(a_second_reading_is_the_same)
{
    char first[60] = "From: a@b\n\n", second[60] = "From: a@b\n\n";
    int error;

    strcat(first, changes[_i].first);
    strcat(second, changes[_i].second);
    error = write_changing(first, second, 0);
    if (strstr(changes[_i].first, "\xC3") != NULL) {
        ck_assert_int_eq(error, NDR_OK); /* the body is not read again */
        return;
    }
    ck_assert_int_eq(error, changes[_i].error);
    if (error == NDR_OK)
        return;
    desk_failed(&d, NDR_E_SOURCE,
                "original: its body could not be read as it was before");
    ck_assert_int_eq(ndr_report_write(d.report, sink_nothing, NULL),
                     NDR_E_SOURCE);
}
END_TEST

START_TEST(a_long_body_of_the_second_reading_is_the_same)
{
    size_t length = 300000;
    char *first = malloc(length + 1), *second = malloc(length + 1);
    size_t i;

    for (i = 0; i < length; i++)
        first[i] = i % 64 == 63 ? '\n' : 'x';
    memcpy(first, "From: a@b\n\n", 11);
    first[length] = '\0';
    memset(second, 'x', length);
    memcpy(second, "From: a@b\n\n", 11);
    second[length] = '\0';
    ck_assert_int_eq(write_changing(first, second, 0), NDR_E_SOURCE);
    free(first);
    free(second);
}
END_TEST

START_TEST(a_failure_the_second_time_is_passed_on)
{
    static const char text[] = "From: a@b\n\nbody\n";

    ck_assert_int_eq(write_changing(text, text, -7), NDR_E_SOURCE);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ck_assert_int_eq(write_changing(text, text, -1007), -1007);
    ck_assert_int_eq(ndr_report_error(d.report), -1007);
    ck_assert_str_eq(ndr_report_error_detail(d.report),
                     "original: its body could not be read as it was before");
}
END_TEST

/* Bodies whose line ends meet the seams of what is read at once. */
START_TEST(line_ends_at_the_seams_stay_single)
{
    size_t head = 11, length = 140000, i;
    char *original = malloc(length + 1);
    const char *end = _i % 3 == 0 ? "\r\n" : _i % 3 == 1 ? "\n" : "\r";
    size_t lines = 0, each = strlen(end);

    memset(original, 'x', length);
    memcpy(original, "From: a@b\n\n", head);
    for (i = head + 60 + (size_t) (_i / 3); i + 2 < length; i += 64) {
        memcpy(original + i, end, each);
        lines++;
    }
    original[length] = '\0';
    ndr_report_borrow_original(d.report, original, length);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->third, "\n"), lines + 2);
    ck_assert_uint_eq(d.parts->third_length, length - lines * (each - 1));
    free(original);
}
END_TEST

/* ---- what is read, what is copied ---- */

#define HEADER "From: a@b\r\nSubject: x\r\n\r\n"

/* A body of so many octets, lines of 78 that end so, behind the header. */
static char *long_original(size_t length, const char *end)
{
    size_t head = strlen(HEADER), each = strlen(end), i;
    char *original = malloc(head + length + 1);

    memcpy(original, HEADER, head);
    for (i = 0; i < length; i++)
        original[head + i] = i % 80 < 80 - each ? (char) ('a' + i / 80 % 26)
                                                : end[i % 80 - (80 - each)];
    original[head + length] = '\0';
    return original;
}

/* Octets of pieces that lie in the original, and all octets. */
static size_t count_pieces(const char *original, size_t length, size_t *all)
{
    const char *piece;
    size_t octets, inside = 0, pieces = 0;

    *all = 0;
    while (ndr_report_next(d.report, &piece, &octets) == NDR_OK) {
        *all += octets;
        pieces++;
        ck_assert_uint_le(octets, 65536);
        if ((uintptr_t) piece >= (uintptr_t) original &&
            (uintptr_t) piece < (uintptr_t) original + length)
            inside += octets;
    }
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
    ck_assert_uint_le(pieces, 60);
    return inside;
}

START_TEST(what_needs_no_change_is_not_copied)
{
    size_t length = 400000, all;
    char *original = long_original(length, "\r\n");
    size_t head = strlen(HEADER);

    ndr_report_borrow_original(d.report, original, head + length);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ck_assert_uint_eq(count_pieces(original, head + length, &all), length);
    ndr_report_rewind(d.report);
    ck_assert_uint_eq(count_pieces(original, head + length, &all), length);
    free(original);
}
END_TEST

START_TEST(what_needs_line_ends_is_copied)
{
    size_t length = 160000, all;
    char *original = long_original(length, "\n");
    size_t head = strlen(HEADER);

    ndr_report_borrow_original(d.report, original, head + length);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    ck_assert_uint_eq(count_pieces(original, head + length, &all), 0);
    ck_assert_uint_gt(all, length + length / 80);
    free(original);
}
END_TEST

/* Where the body cannot come back, no more of it is read than tells so. */
static const struct {
    const char *header;
    size_t bad_at; /* where a NUL stands in the body; SIZE_MAX: nowhere */
    int reads;     /* of the header and body, in blocks of 65535 */
    int whole;
} costs[] = {
    {"From: a@b\n\n", SIZE_MAX, 1 + 2 * 16, 1},
    {"From: a@b\n\n", 100, 1 + 1, 0},
    {"From: a@b\n\n", 70000, 1 + 2, 0},
    {"From: \xE9 b\n\n", SIZE_MAX, 1, 0},
    {"From: \x01 b\n\n", SIZE_MAX, 1, 0},
    {"X: nobody\n\n", SIZE_MAX, 1, 0},
};

START_TEST(no_more_is_read_than_needed)
{
    size_t length = 16 * 65535, i;
    char *text = malloc(length + 12);

    ck_assert_uint_eq(strlen(costs[_i].header), 11);
    memcpy(text, costs[_i].header, 11);
    for (i = 0; i < length; i++)
        text[11 + i] = i % 80 == 79 ? '\n' : 'x';
    text[11 + length] = '\0';
    if (costs[_i].bad_at != SIZE_MAX)
        text[11 + costs[_i].bad_at] = '\0';
    memset(&source, 0, sizeof(source));
    source.first = source.second = text;
    ndr_report_borrow_original_source(d.report, read_changing, &source,
                                      11 + length);
    ndr_report_set_return(d.report, NDR_RETURN_FULL);
    desk_read(&d);
    ck_assert_int_eq(source.reads, costs[_i].reads);
    ck_assert_int_eq(d.parts->third_length > length, costs[_i].whole);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("part_original");
    TCase *tcase = tcase_create("part_original");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, the_header_keeps_order_and_folds, 0,
                        COUNT(originals));
    tcase_add_loop_test(tcase, the_whole_message_keeps_its_lines, 0,
                        COUNT(originals));
    tcase_add_loop_test(tcase, eight_bits_come_back_whatever_the_transport, 0,
                        3);
    tcase_add_loop_test(tcase, a_filter_keeps_or_drops_fields, 0, 8);
    tcase_add_loop_test(tcase, a_second_reading_is_the_same, 0, COUNT(changes));
    tcase_add_test(tcase, a_long_body_of_the_second_reading_is_the_same);
    tcase_add_test(tcase, a_failure_the_second_time_is_passed_on);
    tcase_add_loop_test(tcase, line_ends_at_the_seams_stay_single, 0, 12);
    tcase_add_test(tcase, what_needs_no_change_is_not_copied);
    tcase_add_test(tcase, what_needs_line_ends_is_copied);
    tcase_add_loop_test(tcase, no_more_is_read_than_needed, 0, COUNT(costs));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
