/* SPDX-License-Identifier: ISC */
/* Dates of mail headers, out and in. */
#include "base/date.h"
#include "test.h"

#include <string.h>

/* An assertion that costs nothing while it holds. */
#define CHEAP_ASSERT(condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg("%s", #condition);                                    \
    } while (0)

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define FIRST (INT64_C(-25567) * 86400)     /* 1900-01-01T00:00Z */
#define LAST (INT64_C(2932897) * 86400 - 1) /* 9999-12-31T23:59:59Z */
#define UNKNOWN NDR_OFFSET_UNKNOWN

static ndr_allocator standard;
static ndri_buf out;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
}

static void teardown(void)
{
    ndri_buf_release(&out);
}

static const struct {
    ndri_date date;
    int good;
} bounds[] = {
    {{0, 0}, 1},
    {{0, UNKNOWN}, 1},
    {{0, 1439}, 1},
    {{0, -1439}, 1},
    {{0, 1440}, 0},
    {{0, -1440}, 0},
    {{0, INT32_MAX}, 0},
    {{0, INT32_MIN + 1}, 0},
    {{FIRST, 0}, 1},
    {{FIRST - 1, 0}, 0},
    {{FIRST - 1, 1}, 1},
    {{FIRST, -1}, 0},
    {{FIRST, UNKNOWN}, 1},
    {{FIRST - 1, UNKNOWN}, 0},
    {{LAST, 0}, 1},
    {{LAST + 1, 0}, 0},
    {{LAST + 1, -1}, 1},
    {{LAST, 1}, 0},
    {{LAST, UNKNOWN}, 1},
    {{LAST + 1, UNKNOWN}, 0},
    {{INT64_MAX, 0}, 0},
    {{INT64_MIN, 0}, 0},
    {{INT64_MAX, 1439}, 0},
    {{INT64_MIN, -1439}, 0},
    {{INT64_MAX, UNKNOWN}, 0},
    {{INT64_MIN, UNKNOWN}, 0},
};

START_TEST(dates_have_bounds)
{
    ck_assert_int_eq(ndri_date_is_valid(bounds[_i].date), bounds[_i].good);
}
END_TEST

static const struct {
    ndri_date date;
    const char *text;
} dates[] = {
    {{0, 0}, "Thu, 1 Jan 1970 00:00:00 +0000"},
    {{0, UNKNOWN}, "Thu, 1 Jan 1970 00:00:00 -0000"},
    {{-1, 0}, "Wed, 31 Dec 1969 23:59:59 +0000"},
    {{-1, 60}, "Thu, 1 Jan 1970 00:59:59 +0100"},
    {{0, -1}, "Wed, 31 Dec 1969 23:59:00 -0001"},
    {{1795532712, 60}, "Tue, 24 Nov 2026 16:05:12 +0100"},
    {{951782400, 0}, "Tue, 29 Feb 2000 00:00:00 +0000"},
    {{951868800, 0}, "Wed, 1 Mar 2000 00:00:00 +0000"},
    {{1709164800, -330}, "Wed, 28 Feb 2024 18:30:00 -0530"},
    {{1000000000, 345}, "Sun, 9 Sep 2001 07:31:40 +0545"},
    {{FIRST, 0}, "Mon, 1 Jan 1900 00:00:00 +0000"},
    {{LAST, 0}, "Fri, 31 Dec 9999 23:59:59 +0000"},
    {{FIRST + 59 * 86400, 0}, "Thu, 1 Mar 1900 00:00:00 +0000"},
    {{4107542400, 0}, "Mon, 1 Mar 2100 00:00:00 +0000"},
    {{0, 1439}, "Thu, 1 Jan 1970 23:59:00 +2359"},
    {{0, -1439}, "Wed, 31 Dec 1969 00:01:00 -2359"},
};

START_TEST(dates_are_written_and_read)
{
    ndri_date back = {7, 7};

    ndri_date_write(dates[_i].date, &out);
    ck_assert_str_eq(ndri_buf_string(&out), dates[_i].text);
    ck_assert(ndri_date_parse(ndri_span_of(dates[_i].text), &back));
    ck_assert_int_eq(back.seconds, dates[_i].date.seconds);
    ck_assert_int_eq(back.offset, dates[_i].date.offset);
}
END_TEST

/* Our own calendar, counted day by day. */
START_TEST(every_day_is_on_the_calendar)
{
    static const unsigned lengths[] = {31, 28, 31, 30, 31, 30,
                                       31, 31, 30, 31, 30, 31};
    ndri_date date = {FIRST, 0};
    unsigned month = 0, day = 1, weekday = 0;
    int year = 1900;

    while (year < 10000) {
        ndri_civil civil;
        int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

        date.seconds += day % 2 == 0 ? 86399 : 0;
        civil = ndri_date_civil(date);
        CHEAP_ASSERT(civil.year == year && civil.month == month &&
                     civil.day == day && civil.weekday == weekday);
        CHEAP_ASSERT(civil.hour * 3600 + civil.minute * 60 + civil.second ==
                     (day % 2 == 0 ? 86399u : 0u));
        date.seconds += day % 2 == 0 ? 1 : 86400;
        weekday = (weekday + 1) % 7;
        if (++day > lengths[month] + (month == 1 && leap)) {
            day = 1;
            year += month == 11;
            month = (month + 1) % 12;
        }
    }
    CHEAP_ASSERT(date.seconds == LAST + 1);
}
END_TEST

START_TEST(any_moment_comes_back)
{
    uint64_t state = 3;
    int n;

    for (n = 0; n < 20000; n++) {
        ndri_date date, back;

        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        date.seconds =
            FIRST + 86400 +
            (int64_t) ((state >> 20) % (uint64_t) (LAST - FIRST - 2 * 86400));
        date.offset = (int32_t) (state >> 8 & 0xFFFF) % 1440;
        date.offset = state >> 7 & 1 ? -date.offset : date.offset;
        ndri_buf_clear(&out);
        ndri_date_write(date, &out);
        CHEAP_ASSERT(ndri_date_parse(ndri_buf_span(&out), &back));
        CHEAP_ASSERT(back.seconds == date.seconds);
        CHEAP_ASSERT(back.offset == date.offset);
    }
}
END_TEST

static const struct {
    int minutes;
    const char *colon, *text;
} offsets[] = {
    {0, "", "+0000"},     {60, "", "+0100"},    {60, ":", "+01:00"},
    {-90, ":", "-01:30"}, {-1439, "", "-2359"}, {1439, ":", "+23:59"},
    {-1, "", "-0001"},
};

START_TEST(offsets_are_written)
{
    ndri_date_write_offset(offsets[_i].minutes, offsets[_i].colon, &out);
    ck_assert_str_eq(ndri_buf_string(&out), offsets[_i].text);
}
END_TEST

static const struct {
    const char *text;
    int64_t seconds;
    int32_t offset;
} readings[] = {
    {"1 Jan 1970 00:00 +0000", 0, 0},
    {"01 Jan 1970 00:00:00 +0000", 0, 0},
    {"Thu,1 Jan 1970 0:00:00 +0000", 0, 0},
    {"Thu 1 Jan 1970 00:00:00 +0000", 0, 0},
    {" \r\n Thu,\t1  jan\r\n 1970 00:00:00 GMT", 0, 0},
    {"THU, 1 JAN 70 00:00:00 UT", 0, 0},
    {"1 Jan 70 00:00:00 Z", 0, 0},
    {"1 Jan 170 00:00:00 GMT", INT64_C(3155760000), 0},
    {"1 Jan 00 00:00:00 GMT", 946684800, 0},
    {"1 Jan 49 00:00:00 GMT", INT64_C(2493072000), 0},
    {"1 Jan 1970 00:00:00 EST", 18000, -300},
    {"1 Jan 1970 00:00:00 edt", 14400, -240},
    {"1 Jan 1970 00:00:00 CST", 21600, -360},
    {"1 Jan 1970 00:00:00 CDT", 18000, -300},
    {"1 Jan 1970 00:00:00 MST", 25200, -420},
    {"1 Jan 1970 00:00:00 MDT", 21600, -360},
    {"1 Jan 1970 00:00:00 PST", 28800, -480},
    {"1 Jan 1970 00:00:00 PDT", 25200, -420},
    {"1 Jan 1970 00:00:00 CEST", 0, UNKNOWN},
    {"1 Jan 1970 00:00:00 A", 0, UNKNOWN},
    {"1 Jan 1970 00:00:00 +0000 (GMT)", 0, 0},
    {"1 Jan 1970 00:00:00 -0000", 0, UNKNOWN},
    {"1 Jan 1970 00:00:60 +0000", 60, 0},
    {"29 Feb 2000 00:00:00 +0000", 951782400, 0},
};

START_TEST(other_forms_are_read)
{
    ndri_date date = {7, 7};

    ck_assert(ndri_date_parse(ndri_span_of(readings[_i].text), &date));
    ck_assert_int_eq(date.seconds, readings[_i].seconds);
    ck_assert_int_eq(date.offset, readings[_i].offset);
}
END_TEST

static const char *const bad[] = {
    "",
    "Thu",
    "Thu,",
    "yesterday",
    "0 Jan 1970 00:00:00 +0000",
    "32 Jan 1970 00:00:00 +0000",
    "31 Apr 1970 00:00:00 +0000",
    "29 Feb 1900 00:00:00 +0000",
    "29 Feb 2023 00:00:00 +0000",
    "001 Jan 1970 00:00:00 +0000",
    "1 Foo 1970 00:00:00 +0000",
    "1 Ja 1970 00:00:00 +0000",
    "1 Jan 1 00:00:00 +0000",
    "1 Jan 10000 00:00:00 +0000",
    "1 Jan 1899 00:00:00 +0000",
    "1 Jan 0001 00:00:00 +0000",
    "1 Jan 1970 24:00:00 +0000",
    "1 Jan 1970 00:60:00 +0000",
    "1 Jan 1970 00:00:61 +0000",
    "1 Jan 1970 00:0:00 +0000",
    "1 Jan 1970 00:00: +0000",
    "1 Jan 1970 00 +0000",
    "1 Jan 1970 :00:00 +0000",
    "1 Jan 1970 000:00:00 +0000",
    "1 Jan 1970 00:00:00",
    "1 Jan 1970 00:00:00 ",
    "1 Jan 1970 00:00:00 +000",
    "1 Jan 1970 00:00:00 +00000",
    "1 Jan 1970 00:00:00 +0060",
    "1 Jan 1970 00:00:00 +2400",
    "1 Jan 1970 00:00:00 +01:00",
    "1 Jan 1970 00:00:00 (no zone)",
    "1970-01-01T00:00:00Z",
    "Jan 1 1970 00:00:00 +0000",
};

START_TEST(other_text_is_no_date)
{
    ndri_date date;

    ck_assert_msg(!ndri_date_parse(ndri_span_of(bad[_i]), &date), "%s",
                  bad[_i]);
}
END_TEST

START_TEST(dates_may_be_cut_anywhere)
{
    static const char text[] = "Tue, 24 Nov 2026 16:05:12 +0100";
    size_t length;
    ndri_date date;

    for (length = 0; length + 1 < sizeof(text); length++)
        ck_assert(!ndri_date_parse(ndri_span_from(text, length), &date));
    ck_assert(ndri_date_parse(ndri_span_from(text, length), &date));
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
    Suite *suite = suite_create("date");

    tcase_add_loop_test(add(suite, "Dates are of the years 1900 to 9999"),
                        dates_have_bounds, 0, COUNT(bounds));
    tcase_add_loop_test(add(suite, "Dates are written and read"),
                        dates_are_written_and_read, 0, COUNT(dates));
    tcase_add_test(add(suite, "Every day is on the calendar"),
                   every_day_is_on_the_calendar);
    tcase_add_test(add(suite, "Any moment comes back"), any_moment_comes_back);
    tcase_add_loop_test(add(suite, "Offsets are written"), offsets_are_written,
                        0, COUNT(offsets));
    tcase_add_loop_test(add(suite, "Other forms are read"),
                        other_forms_are_read, 0, COUNT(readings));
    tcase_add_loop_test(add(suite, "Other text is no date"),
                        other_text_is_no_date, 0, COUNT(bad));
    tcase_add_test(add(suite, "A date that is cut anywhere is none"),
                   dates_may_be_cut_anywhere);
    return ndri_test_main(suite);
}
