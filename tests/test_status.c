/* SPDX-License-Identifier: ISC */
/* Enhanced status codes and their registry. */
#include "mail/status.h"
#include "test.h"

#include <libndr/ndr.h>

#include <stdio.h>
#include <string.h>

/* An assertion that costs nothing while it holds. */
#define CHEAP_ASSERT(condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg("%s", #condition);                                    \
    } while (0)

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static const struct {
    ndri_span in;
    size_t scanned; /* octets at the beginning; 0: no code */
    unsigned digit, subject, detail;
} codes[] = {
    {IN("5.1.1"), 5, 5, 1, 1},
    {IN("2.0.0"), 5, 2, 0, 0},
    {IN("4.4.7"), 5, 4, 4, 7},
    {IN("5.7.999"), 7, 5, 7, 999},
    {IN("5.999.999"), 9, 5, 999, 999},
    {IN("5.10.20"), 7, 5, 10, 20},
    {IN("5.1.1 No such user"), 5, 5, 1, 1},
    {IN("5.1.1\tNo such user"), 5, 5, 1, 1},
    {IN(""), 0, 0, 0, 0},
    {IN("5"), 0, 0, 0, 0},
    {IN("5."), 0, 0, 0, 0},
    {IN("5.1"), 0, 0, 0, 0},
    {IN("5.1."), 0, 0, 0, 0},
    {IN("5..1"), 0, 0, 0, 0},
    {IN(".1.1"), 0, 0, 0, 0},
    {IN("3.1.1"), 0, 0, 0, 0},
    {IN("1.1.1"), 0, 0, 0, 0},
    {IN("0.1.1"), 0, 0, 0, 0},
    {IN("6.1.1"), 0, 0, 0, 0},
    {IN("X.1.1"), 0, 0, 0, 0},
    {IN("55.1.1"), 0, 0, 0, 0},
    {IN("05.1.1"), 0, 0, 0, 0},
    {IN("5.01.1"), 0, 0, 0, 0},
    {IN("5.1.01"), 0, 0, 0, 0},
    {IN("5.00.1"), 0, 0, 0, 0},
    {IN("5.1.00"), 0, 0, 0, 0},
    {IN("5.1000.1"), 0, 0, 0, 0},
    {IN("5.1.1000"), 0, 0, 0, 0},
    {IN("5.1.1."), 0, 0, 0, 0},
    {IN("5.1.1.1"), 0, 0, 0, 0},
    {IN("5.1.1x"), 0, 0, 0, 0},
    {IN("5.1.1\r\n"), 0, 0, 0, 0},
    {IN("5.1.1\0"), 0, 0, 0, 0},
    {IN(" 5.1.1"), 0, 0, 0, 0},
    {IN("5 .1.1"), 0, 0, 0, 0},
    {IN("5.-1.1"), 0, 0, 0, 0},
    {IN("5.+1.1"), 0, 0, 0, 0},
    {IN("5,1,1"), 0, 0, 0, 0},
};

START_TEST(codes_are_read)
{
    ndri_status status = {7, 7, 7};
    ndri_span in = codes[_i].in;
    int good = codes[_i].scanned > 0;

    ck_assert_uint_eq(ndri_status_scan(in, &status), codes[_i].scanned);
    ck_assert_uint_eq(status.digit, good ? codes[_i].digit : 7);
    ck_assert_uint_eq(status.subject, good ? codes[_i].subject : 7);
    ck_assert_uint_eq(status.detail, good ? codes[_i].detail : 7);
    ck_assert_int_eq(ndri_status_parse(in, &status) != 0,
                     good && codes[_i].scanned == in.length);
}
END_TEST

START_TEST(codes_come_back)
{
    static const unsigned digits[] = {2, 4, 5};
    ndri_status status, back;
    unsigned subject, detail;

    for (subject = 0; subject <= 999; subject++) {
        for (detail = subject % 7; detail <= 999; detail += 7) {
            char text[NDRI_STATUS_ROOM], want[40];
            size_t length;

            status.digit = (uint8_t) digits[(subject + detail) % 3];
            status.subject = (uint16_t) subject;
            status.detail = (uint16_t) detail;
            length = ndri_status_format(status, text);
            snprintf(want, sizeof(want), "%u.%u.%u", (unsigned) status.digit,
                     subject, detail);
            CHEAP_ASSERT(strcmp(text, want) == 0);
            CHEAP_ASSERT(length == strlen(want));
            CHEAP_ASSERT(ndri_status_parse(ndri_span_of(text), &back));
            CHEAP_ASSERT(back.digit == status.digit &&
                         back.subject == subject && back.detail == detail);
        }
    }
}
END_TEST

START_TEST(patterns_have_room)
{
    ndri_status any = {0, NDRI_STATUS_ANY, NDRI_STATUS_ANY};
    char text[NDRI_STATUS_ROOM];

    ck_assert_uint_lt(ndri_status_format(any, text), NDRI_STATUS_ROOM);
}
END_TEST

START_TEST(rows_are_sorted)
{
    size_t i;

    ck_assert_uint_gt(ndri_status_row_count, 60);
    for (i = 0; i < ndri_status_row_count; i++) {
        const ndri_status_row *row = &ndri_status_rows[i], *before = row - 1;

        ck_assert(row->digit == 0 || row->digit == 2 || row->digit == 4 ||
                  row->digit == 5);
        ck_assert(row->name != 0 || row->exchange != 0);
        if (i == 0)
            continue;
        ck_assert(
            before->subject < row->subject ||
            (before->subject == row->subject &&
             (before->detail < row->detail ||
              (before->detail == row->detail && before->digit < row->digit))));
    }
}
END_TEST

START_TEST(the_registry_is_walked)
{
    const char *code;
    size_t i;

    for (i = 0; (code = ndr_status_next(i)) != NULL; i++) {
        const ndri_status_row *row = &ndri_status_rows[i];
        char want[40];

        snprintf(want, sizeof(want), "%c.%u.%u",
                 row->digit == 0 ? 'X' : '0' + row->digit,
                 (unsigned) row->subject, (unsigned) row->detail);
        ck_assert_str_eq(code, want);
        if (row->name != 0)
            ck_assert_str_eq(ndr_status_describe(code, NDR_STATUS_NAME),
                             ndri_status_pool + row->name);
        if (row->exchange != 0)
            ck_assert_str_eq(
                ndr_status_describe(code, NDR_STATUS_EXCHANGE_NAME),
                ndri_status_pool + row->exchange);
    }
    ck_assert_uint_eq(i, ndri_status_row_count);
    ck_assert_ptr_eq(ndr_status_next(i + 1), NULL);
    ck_assert_ptr_eq(ndr_status_next(SIZE_MAX), NULL);
}
END_TEST

static const struct {
    const char *code;
    int text;
    const char *want; /* NULL: none */
} names[] = {
    {"X.1.1", NDR_STATUS_NAME, "Bad destination mailbox address"},
    {"5.1.1", NDR_STATUS_NAME, "Bad destination mailbox address"},
    {"4.1.1", NDR_STATUS_NAME, "Bad destination mailbox address"},
    {"X.0.0", NDR_STATUS_NAME, "Other undefined Status"},
    {"5.1.2", NDR_STATUS_EXCHANGE_NAME, "Invalid X.400 address"},
    {"4.1.2", NDR_STATUS_EXCHANGE_NAME, NULL},
    {"5.0.0", NDR_STATUS_EXCHANGE_NAME, "HELO / EHLO requires domain address"},
    {"5.1.0", NDR_STATUS_EXCHANGE_NAME, "Sender denied"},
    {"5.1.1", 2, NULL},
    {"5.1.1", -1, NULL},
    {"5.888.1", NDR_STATUS_NAME, NULL},
    {"X.888.1", NDR_STATUS_NAME, NULL},
    {"5.1.1 ", NDR_STATUS_NAME, NULL},
    {"X.1.1 ", NDR_STATUS_NAME, NULL},
    {"x.1.1", NDR_STATUS_NAME, NULL},
    {"X.1", NDR_STATUS_NAME, NULL},
    {"X.01.1", NDR_STATUS_NAME, NULL},
    {"X", NDR_STATUS_NAME, NULL},
    {"3.1.1", NDR_STATUS_NAME, NULL},
    {"", NDR_STATUS_NAME, NULL},
    {NULL, NDR_STATUS_NAME, NULL},
};

START_TEST(codes_have_names)
{
    const char *found = ndr_status_describe(names[_i].code, names[_i].text);

    ck_assert((found == NULL) == (names[_i].want == NULL));
    if (found != NULL)
        ck_assert_str_eq(found, names[_i].want);
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("status");

    tcase_add_loop_test(add(suite, "Codes are told from other text"),
                        codes_are_read, 0, COUNT(codes));
    tcase_add_test(add(suite, "Codes come back"), codes_come_back);
    tcase_add_test(add(suite, "Patterns have room"), patterns_have_room);
    tcase_add_test(add(suite, "The registry is sorted"), rows_are_sorted);
    tcase_add_test(add(suite, "The registry is walked"),
                   the_registry_is_walked);
    tcase_add_loop_test(add(suite, "Codes have names"), codes_have_names, 0,
                        COUNT(names));
    return ndri_test_main(suite);
}
