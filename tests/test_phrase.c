/* SPDX-License-Identifier: ISC */
/* Dates, durations and sizes as people say them. */
#include "test.h"
#include "words/languages.h"
#include "words/phrase.h"

#include <stdio.h>
#include <string.h>

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

static const char *duration(int64_t seconds)
{
    ndri_buf_clear(&out);
    ndri_phrase_duration(&ndri_words_en, seconds, &out);
    return ndri_buf_string(&out);
}

#define M INT64_C(60)
#define H INT64_C(3600)
#define D INT64_C(86400)

static const struct {
    int64_t seconds;
    const char *words;
} durations[] = {
    {-1, ""},
    {-D, ""},
    {INT64_MIN, ""},
    {0, ""},
    {59, ""},
    {M, "1 minute"},
    {2 * M - 1, "1 minute"},
    {2 * M, "2 minutes"},
    {59 * M + 59, "59 minutes"},
    {H, "1 hour"},
    {H + 59, "1 hour"},
    {H + M, "1 hour and 1 minute"},
    {H + 2 * M, "1 hour and 2 minutes"},
    {2 * H, "2 hours"},
    {2 * H + M, "2 hours and 1 minute"},
    {D - 1, "23 hours and 59 minutes"},
    {D, "1 day"},
    {D + 59 * M, "1 day"},
    {D + H, "1 day and 1 hour"},
    {D + 20 * H, "1 day and 20 hours"},
    {D + H + M, "1 day and 1 hour"},
    {2 * D, "2 days"},
    {2 * D + H - 1, "2 days"},
    {5 * D + 23 * H, "5 days and 23 hours"},
    {100 * D, "100 days"},
    {1000000 * D, "1000000 days"},
};

START_TEST(a_duration_names_its_two_largest_units)
{
    ck_assert_str_eq(duration(durations[_i].seconds), durations[_i].words);
}
END_TEST

/* Every minute of three days: singular after 1 alone, no number beyond its
   unit, nothing after the second unit. */
START_TEST(every_duration_has_the_right_number)
{
    int64_t minutes;

    for (minutes = 1; minutes < 3 * 24 * 60; minutes++) {
        int64_t days = minutes / 1440, hours = minutes / 60 % 24;
        int64_t rest = minutes % 60;
        const char *said = duration(minutes * 60);
        char expected[60] = "";
        size_t at = 0;

        if (days > 0)
            at += (size_t) sprintf(expected + at, "%d day%s", (int) days,
                                   days == 1 ? "" : "s");
        if (hours > 0)
            at += (size_t) sprintf(expected + at, "%s%d hour%s",
                                   at > 0 ? " and " : "", (int) hours,
                                   hours == 1 ? "" : "s");
        if (days == 0 && rest > 0)
            sprintf(expected + at, "%s%d minute%s", at > 0 ? " and " : "",
                    (int) rest, rest == 1 ? "" : "s");
        ck_assert_str_eq(said, expected);
    }
}
END_TEST

static const struct {
    int64_t seconds;
    int32_t offset;
    const char *words;
} dates[] = {
    {1795532711, 60, "Tuesday, 24 November 2026, 16:05 (UTC+01:00)"},
    {1795532711, 0, "Tuesday, 24 November 2026, 15:05 (UTC+00:00)"},
    {1795532711, -210, "Tuesday, 24 November 2026, 11:35 (UTC-03:30)"},
    {1795532711, 345, "Tuesday, 24 November 2026, 20:50 (UTC+05:45)"},
    {1795532711, NDR_OFFSET_UNKNOWN, "Tuesday, 24 November 2026, 15:05 (UTC)"},
    {0, 0, "Thursday, 1 January 1970, 00:00 (UTC+00:00)"},
    {0, -1, "Wednesday, 31 December 1969, 23:59 (UTC-00:01)"},
    {0, 1439, "Thursday, 1 January 1970, 23:59 (UTC+23:59)"},
    {951782400, 0, "Tuesday, 29 February 2000, 00:00 (UTC+00:00)"},
    {-2208988800, 0, "Monday, 1 January 1900, 00:00 (UTC+00:00)"},
    {253402300799, 0, "Friday, 31 December 9999, 23:59 (UTC+00:00)"},
};

START_TEST(a_date_is_said_in_words)
{
    ndri_date date = {dates[_i].seconds, dates[_i].offset};

    ndri_phrase_date(&ndri_words_en, date, &out);
    ck_assert_str_eq(ndri_buf_string(&out), dates[_i].words);
}
END_TEST

static const char *const weekdays[] = {"Monday",   "Tuesday", "Wednesday",
                                       "Thursday", "Friday",  "Saturday",
                                       "Sunday"};
static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

START_TEST(every_weekday_and_month_has_its_name)
{
    int day;

    for (day = 0; day < 366; day++) {
        ndri_date date = {1704067200 + day * D, 0}; /* from a Monday, 2024 */
        ndri_civil civil = ndri_date_civil(date);
        char begin[60];

        sprintf(begin, "%s, %u %s 2024, 00:00 (UTC+00:00)", weekdays[day % 7],
                civil.day, months[civil.month]);
        ndri_buf_clear(&out);
        ndri_phrase_date(&ndri_words_en, date, &out);
        ck_assert_str_eq(ndri_buf_string(&out), begin);
    }
}
END_TEST

/* A language may put the parts in another order, and may say "@" by itself. */
START_TEST(the_pattern_is_the_languages)
{
    static const char pool[] = "\0Mo|Di|Mi|Do|Fr|Sa|So\0"
                               "1|2|3|4|5|6|7|8|9|10|November|12\0"
                               "@y-@m-@d @w @t@@@x@";
    static uint32_t labels[NDRI_LABEL_COUNT];
    ndri_words words = {pool, NULL, 0, labels, "", 0};
    ndri_date date = {1795532711, 60};

    labels[NDRI_LABEL_WEEKDAYS] = 1;
    labels[NDRI_LABEL_MONTHS] = 22;
    labels[NDRI_LABEL_DATE] = 55;
    ndri_phrase_date(&words, date, &out);
    ck_assert_str_eq(ndri_buf_string(&out), "2026-November-24 Di 16:05@");
}
END_TEST

static const struct {
    uint64_t octets;
    const char *words;
} sizes[] = {
    {0, "0 KB"},
    {1, "1 KB"},
    {1024, "1 KB"},
    {1025, "2 KB"},
    {12000, "12 KB"},
    {9999 * 1024, "9999 KB"},
    {9999 * 1024 + 1, "10 MB"},
    {34 * 1048576, "34 MB"},
    {34 * 1048576 + 1, "35 MB"},
    {UINT64_C(10737418240), "10 GB"},
    {UINT64_C(1) << 50, "1048576 GB"},
    {UINT64_MAX, "17179869184 GB"},
};

START_TEST(a_size_is_rounded_up)
{
    ndri_phrase_size(&ndri_words_en, sizes[_i].octets, &out);
    ck_assert_str_eq(ndri_buf_string(&out), sizes[_i].words);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("phrase");
    TCase *tcase = tcase_create("phrase");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_duration_names_its_two_largest_units, 0,
                        COUNT(durations));
    tcase_add_test(tcase, every_duration_has_the_right_number);
    tcase_add_loop_test(tcase, a_date_is_said_in_words, 0, COUNT(dates));
    tcase_add_test(tcase, every_weekday_and_month_has_its_name);
    tcase_add_test(tcase, the_pattern_is_the_languages);
    tcase_add_loop_test(tcase, a_size_is_rounded_up, 0, COUNT(sizes));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
