/* SPDX-License-Identifier: ISC */
/* The public interface as a program sees it: through the header alone, linked
   with the shared library. */
#include "desk.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
}

static void teardown(void)
{
    desk_close(&d);
}

/* ---- the short program ---- */

static int append(void *user, const char *octets, size_t length)
{
    char *all = user;

    ck_assert_uint_lt(strlen(all) + length, 32768);
    strncat(all, octets, length);
    return 0;
}

START_TEST(eleven_lines_make_a_report)
{
    static char all[32768];
    ndr_profile *profile;
    ndr_report *report;
    ndr_recipient *joe;
    parts *p;
    int error;

    ndr_profile_new(&profile, NULL);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_report_new(&report, profile);
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536312, 60);
    ndr_report_borrow_original(report, desk_original, strlen(desk_original));
    joe = ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "mail.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(joe, "550 5.1.1 User unknown", NDR_NUL);
    error = ndr_report_write(report, append, all);
    ck_assert_int_eq(error, NDR_OK);
    p = parts_take(all, strlen(all));
    ck_assert_str_eq(parts_field(p, p->group[1], "Status"), "5.1.1");
    ck_assert_str_eq(parts_field(p, p->header, "Subject"),
                     "Undeliverable: Spring planning");
    ck_assert_str_eq(parts_field(p, p->group[1], "Remote-MTA"),
                     "dns; mail.contoso.com");
    parts_free(p);
    ndr_report_free(report);
    ndr_profile_free(profile);
}
END_TEST

/* One check at the end is enough: every call on NULL tells the same. */
START_TEST(one_check_at_the_end_is_enough)
{
    ndr_profile *profile = NULL;
    ndr_report *report = NULL;
    ndr_recipient *joe;

    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_E_NOMEM);
    ck_assert_ptr_null(report);
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    joe = ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
    ck_assert_ptr_null(joe);
    ndr_recipient_set_reply(joe, "550 5.1.1 User unknown", NDR_NUL);
    ck_assert_int_eq(ndr_report_write(report, append, NULL), NDR_E_NOMEM);
    ck_assert_str_eq(ndr_report_error_detail(report), "");
    ndr_report_free(report);
    ndr_profile_free(profile);
}
END_TEST

/* ---- the order of setters leaves no trace ---- */

static ndr_recipient *joe;

static void set_1(void)
{
    ndr_report_set_envelope_id(d.report, "QQ1", NDR_NUL);
    ndr_recipient_set_reply(joe, "450 4.2.2 full", NDR_NUL);
}

static void set_2(void)
{
    ndr_report_set_date(d.report, DESK_DATE, 0);
    ndr_recipient_set_remote_server(joe, "mx.contoso.com", NDR_NUL,
                                    "203.0.113.25", NDR_NUL);
}

static void set_3(void)
{
    ndr_report_set_received_from(d.report, "desk7", NDR_NUL, NULL, 0);
    ndr_recipient_set_action(joe, NDR_ACTION_DELAYED);
    ndr_recipient_add_attempt(joe, 7, 0, "a.example", NDR_NUL, NULL, 0, "x",
                              NDR_NUL);
}

static void set_4(void)
{
    ndr_report_set_seed(d.report, "queue-id", NDR_NUL);
    ndr_recipient_set_retry_until(joe, DESK_DATE + 90000, 0);
    ndr_recipient_add_attempt(joe, 9, 0, "b.example", NDR_NUL, NULL, 0, "y",
                              NDR_NUL);
}

static void set_5(void)
{
    ndr_report_set_sender(d.report, "other@example.com", NDR_NUL);
    ndr_recipient_set_original_recipient(joe, "rfc822;j@a.example", NDR_NUL);
    ndr_recipient_set_log_id(joe, "log", NDR_NUL);
}

static void set_6(void)
{
    ndr_report_borrow_original(d.report, "From: a@b\n\nbody", NDR_NUL);
    ndr_recipient_set_notify(joe, NDR_NOTIFY_DELAY);
    ndr_recipient_set_last_attempt(joe, 9, 0);
    ndr_recipient_set_status(joe, "4.2.2", NDR_NUL);
}

static void (*const setters[])(void) = {set_1, set_2, set_3,
                                        set_4, set_5, set_6};

START_TEST(the_order_of_setters_leaves_no_trace)
{
    char *first = NULL;
    int number;

    for (number = 0; number < 720; number++) {
        int order[6] = {0, 1, 2, 3, 4, 5}, rest = number, i;
        const char *message;

        desk_reset(&d);
        joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
        for (i = 0; i < 6; i++) {
            int pick = i + rest % (6 - i), kept = order[i];

            rest /= 6 - i;
            order[i] = order[pick];
            order[pick] = kept;
            setters[order[i]]();
        }
        ck_assert_int_eq(ndr_report_render(d.report, &message, NULL), NDR_OK);
        if (first == NULL) {
            first = malloc(strlen(message) + 1);
            strcpy(first, message);
        }
        parts_assert_same(message, first);
    }
    free(first);
}
END_TEST

/* ---- getters ---- */

START_TEST(getters_tell_what_was_decided)
{
    ck_assert_int_eq(ndr_report_actions_due(NULL), 0);
    ck_assert_str_eq(ndr_report_envelope_recipient(NULL), "");
    ck_assert_int_eq(ndr_report_needs_smtputf8(NULL), 0);
    ck_assert_int_eq(ndr_report_needs_8bitmime(NULL), 0);
    ck_assert_str_eq(ndr_report_message_id(NULL), "");
    ck_assert_int_eq(ndr_report_error(NULL), NDR_E_NOMEM);
    ck_assert_ptr_null(ndr_report_notes(NULL, 0));
    ck_assert_int_eq(ndr_profile_error(NULL), NDR_E_NOMEM);
    ck_assert_str_eq(ndr_profile_error_detail(NULL), "");
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_add_action(&d, "ann@contoso.com", NDR_ACTION_DELAYED, "4.2.2");
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ck_assert_int_eq(ndr_report_actions_due(d.report),
                     NDR_ACTIONS_FAILED | NDR_ACTIONS_DELAYED);
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "jane@example.com");
    ck_assert_int_eq(ndr_report_select_actions(d.report, NDR_ACTIONS_SUCCESS),
                     NDR_NOTHING_DUE);
    ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
}
END_TEST

START_TEST(a_seed_makes_equal_failures_differ)
{
    char first[100];

    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_report_set_seed(d.report, "4d3F7c0z2Wz1xq", NDR_NUL);
    ndr_report_prepare(d.report);
    strcpy(first, ndr_report_message_id(d.report));
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_report_set_seed(d.report, "4d3F7c0z2Wz1xr", NDR_NUL);
    ck_assert_uint_eq(parts_count(desk_read(&d)->whole, "4d3F7c0z"), 0);
    ck_assert_str_ne(ndr_report_message_id(d.report), first);
    desk_reset(&d);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    ndr_report_set_seed(d.report, "4d3F7c0z2Wz1xq", NDR_NUL);
    ndr_report_prepare(d.report);
    ck_assert_str_eq(ndr_report_message_id(d.report), first);
}
END_TEST

/* ---- parts of the trade ---- */

START_TEST(every_code_of_the_registry_has_a_name)
{
    const char *code;
    size_t count = 0;

    while ((code = ndr_status_next(count)) != NULL) {
        const char *name = ndr_status_describe(code, NDR_STATUS_NAME);

        ck_assert_msg(name != NULL && name[0] != '\0', "%s", code);
        ck_assert(code[0] == 'X' || (code[0] >= '2' && code[0] <= '5'));
        ck_assert_int_eq(code[1], '.');
        count++;
    }
    ck_assert_uint_gt(count, 60);
    ck_assert_ptr_null(ndr_status_next(count));
    ck_assert_ptr_null(ndr_status_next((size_t) -1));
    ck_assert_str_eq(ndr_status_describe("5.1.1", NDR_STATUS_NAME),
                     ndr_status_describe("X.1.1", NDR_STATUS_NAME));
    ck_assert_ptr_nonnull(
        ndr_status_describe("5.1.1", NDR_STATUS_EXCHANGE_NAME));
    ck_assert_ptr_null(ndr_status_describe("5.7.999", NDR_STATUS_NAME));
    ck_assert_ptr_null(ndr_status_describe("5.1", NDR_STATUS_NAME));
    ck_assert_ptr_null(ndr_status_describe("", NDR_STATUS_NAME));
    ck_assert_ptr_null(ndr_status_describe(NULL, NDR_STATUS_NAME));
    ck_assert_ptr_null(ndr_status_describe("5.1.1", 2));
    ck_assert_ptr_null(ndr_status_describe("5.1.1", -1));
}
END_TEST

static const struct {
    const char *octets;
    size_t length;
    const char *xtext;
} xtexts[] = {
    {"", 0, ""},
    {"a+b=c", 5, "a+2Bb+3Dc"},
    {"a b", 3, "a+20b"},
    {"\0\xFF\x7F~!", 5, "+00+FF+7F~!"},
    {"joe@contoso.com", 15, "joe@contoso.com"},
};

START_TEST(xtext_goes_there_and_back)
{
    const char *xtext = xtexts[_i].xtext;
    size_t length = xtexts[_i].length, need = 99, room;
    char out[40];

    for (room = 0; room <= strlen(xtext) + 2; room++) {
        memset(out, '#', sizeof(out));
        ck_assert_int_eq(ndr_xtext_encode(xtexts[_i].octets, length,
                                          room > 0 ? out : NULL, room, &need),
                         room > strlen(xtext) ? NDR_OK : NDR_END);
        ck_assert_uint_eq(need, strlen(xtext) + 1);
        ck_assert_int_eq(out[room], '#');
        if (room > 0)
            ck_assert(strncmp(out, xtext, strlen(out)) == 0);
    }
    for (room = 0; room <= length + 2; room++) {
        memset(out, '#', sizeof(out));
        ck_assert_int_eq(ndr_xtext_decode(xtext, NDR_NUL, room > 0 ? out : NULL,
                                          room, &need),
                         room > length ? NDR_OK : NDR_END);
        ck_assert_uint_eq(need, length + 1);
        ck_assert_int_eq(out[room], '#');
        if (room > length)
            ck_assert(memcmp(out, xtexts[_i].octets, length + 1) == 0 ||
                      length == 0);
    }
}
END_TEST

START_TEST(what_is_no_xtext_is_told)
{
    static const char *const bad[] = {"+", "+2",       "+2b",  "+GG",  "a b",
                                      "=", "\xC3\xBC", "\x7F", "+ 20", "++"};
    char out[10];
    size_t i, need;

    for (i = 0; i < 10; i++) {
        ck_assert_int_eq(ndr_xtext_decode(bad[i], NDR_NUL, out, 10, &need),
                         NDR_E_TEXT);
        ck_assert_str_eq(out, "");
        ck_assert_int_eq(ndr_xtext_decode(bad[i], NDR_NUL, NULL, 0, NULL),
                         NDR_E_TEXT);
    }
    ck_assert_int_eq(ndr_xtext_decode(NULL, 0, out, 10, NULL), NDR_OK);
    ck_assert_int_eq(ndr_xtext_encode(NULL, 0, out, 10, NULL), NDR_OK);
}
END_TEST

static const struct {
    const char *reply;
    int result, code;
    const char *status;
    size_t text;
} replies[] = {
    {"550 5.1.1 User unknown", NDR_OK, 550, "5.1.1", 10},
    {"550-5.1.1 a\r\n550 5.1.1 b\r\n", NDR_OK, 550, "5.1.1", 10},
    {"550-a\n550 5.7.1 b", NDR_OK, 550, "5.7.1", 4},
    {"250", NDR_OK, 250, "", 3},
    {"550-never ends", NDR_END, 550, "", 4},
    {"no code", NDR_END, 0, "", 0},
    {"5.1.1 no code", NDR_END, 0, "5.1.1", 6},
    {"", NDR_END, 0, "", 0},
    {"600 no", NDR_END, 0, "", 0},
    {"\r\n 550 x", NDR_END, 0, "", 3},
};

START_TEST(a_reply_is_taken_apart)
{
    int code = -1;
    char status[12] = "?";
    size_t text = 99;

    ck_assert_int_eq(
        ndr_reply_parse(replies[_i].reply, NDR_NUL, &code, status, &text),
        replies[_i].result);
    ck_assert_int_eq(code, replies[_i].code);
    ck_assert_str_eq(status, replies[_i].status);
    ck_assert_uint_eq(text, replies[_i].text);
    ck_assert_int_eq(
        ndr_reply_parse(replies[_i].reply, NDR_NUL, &code, NULL, NULL),
        replies[_i].result);
    ck_assert_int_eq(ndr_reply_parse(NULL, 0, &code, NULL, NULL),
                     NDR_E_INVALID);
    ck_assert_int_eq(ndr_reply_parse("x", 1, NULL, NULL, NULL), NDR_E_INVALID);
}
END_TEST

START_TEST(every_result_has_a_name_and_words)
{
    int error;

    for (error = NDR_AGAIN; error >= NDR_E_SINK; error--) {
        ck_assert(strncmp(ndr_error_name(error), "NDR_", 4) == 0);
        ck_assert_uint_gt(strlen(ndr_error_text(error)), 5);
    }
    ck_assert_str_eq(ndr_error_name(NDR_E_STATUS), "NDR_E_STATUS");
    ck_assert_str_eq(ndr_error_name(NDR_E_SINK - 1), "unknown");
    ck_assert_str_eq(ndr_error_name(4), "unknown");
    ck_assert_str_eq(ndr_error_name(-1000), "unknown");
    ck_assert_str_eq(ndr_error_name(-2147483647 - 1), "unknown");
    ck_assert_ptr_nonnull(ndr_error_text(-2147483647 - 1));
    ck_assert_str_eq(ndr_version(), NDR_VERSION);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("api");
    TCase *tcase = tcase_create("api");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, eleven_lines_make_a_report);
    tcase_add_test(tcase, one_check_at_the_end_is_enough);
    tcase_add_test(tcase, the_order_of_setters_leaves_no_trace);
    tcase_add_test(tcase, getters_tell_what_was_decided);
    tcase_add_test(tcase, a_seed_makes_equal_failures_differ);
    tcase_add_test(tcase, every_code_of_the_registry_has_a_name);
    tcase_add_loop_test(tcase, xtext_goes_there_and_back, 0, COUNT(xtexts));
    tcase_add_test(tcase, what_is_no_xtext_is_told);
    tcase_add_loop_test(tcase, a_reply_is_taken_apart, 0, COUNT(replies));
    tcase_add_test(tcase, every_result_has_a_name_and_words);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
