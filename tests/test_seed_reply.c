/* SPDX-License-Identifier: ISC */
/*
 * The description of Exchange's reports, statement by statement: code, SMTP
 * response and original headers (S33 to S42). Each case bears the id of its
 * row. Text and HTML are looked at. Not held here yet: languages other than
 * English.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
}

static void teardown(void)
{
    desk_close(&d);
}

static const char *field(const char *name)
{
    return parts_field(d.parts, d.parts->group[1], name);
}

/* ---- the code ---- */

/* The property: out of the report comes the status that went in. Reports of 60
   recipients each, so that every class, subject and detail is met, and every
   pair of those at the edges. */
static const int edges[] = {0, 1, 7, 9, 10, 99, 100, 999};

static void assert_statuses(char codes[][12], int count)
{
    char address[40];
    int i;

    desk_reset(&d);
    ndr_report_set_return(d.report, NDR_RETURN_NONE);
    for (i = 0; i < count; i++) {
        int action = codes[i][0] == '2'   ? NDR_ACTION_RELAYED
                     : codes[i][0] == '4' ? NDR_ACTION_DELAYED
                                          : NDR_ACTION_FAILED;

        sprintf(address, "joe%d@contoso.com", i);
        desk_add_action(&d, address, action, codes[i]);
    }
    desk_read(&d);
    ck_assert_uint_eq(d.parts->groups, (size_t) count);
    for (i = 0; i < count; i++) {
        char line[60];

        sprintf(line, "\nStatus: %.11s\n", codes[i]);
        parts_place(d.parts->group[i + 1], line);
        sprintf(line, "\nEnhanced status code: %.11s\n", codes[i]);
        parts_place(d.parts->admin, line);
        ck_assert_uint_eq(parts_count(d.parts->admin, "not given"), 0);
    }
}

START_TEST(s33_the_code_is_never_rewritten)
{
    static char codes[60][12];
    char digit = "245"[_i / 8];
    int edge = edges[_i % 8], other, count = 0;

    ndr_profile_set_html(d.profile, NDR_HTML_OFF);
    for (other = 0; other < 1000; other++) {
        sprintf(codes[count++], "%c.%d.%d", digit, edge, other);
        sprintf(codes[count++], "%c.%d.%d", digit, other, edge);
        if (count == 60 || other == 999) {
            assert_statuses(codes, count);
            count = 0;
        }
    }
}
END_TEST

/* The same through a reply, for every valid code there is. */
START_TEST(s33_the_code_of_a_reply_is_never_rewritten)
{
    int subject, detail, reply_code;
    char reply[40], status[12];

    for (subject = 0; subject < 1000; subject++)
        for (detail = 0; detail < 1000; detail += subject < 20 ? 1 : 37) {
            sprintf(reply, "%c50 %c.%d.%d x", "245"[_i], "245"[_i], subject,
                    detail);
            ck_assert_int_eq(
                ndr_reply_parse(reply, NDR_NUL, &reply_code, status, NULL),
                NDR_OK);
            reply[strlen(reply) - 2] = '\0';
            if (strcmp(status, reply + 4) != 0)
                ck_abort_msg("%s became %s", reply + 4, status);
        }
}
END_TEST

/* All of the report that does not say the code or the user's words. */
START_TEST(s34_the_code_chooses_the_user_text_and_no_more)
{
    static const char *const codes[] = {"5.1.1", "5.2.2"};
    char *seen[2];
    size_t i;

    for (i = 0; i < 2; i++) {
        const char *from;
        char *to;

        desk_reset(&d);
        ndr_report_set_message_id(d.report, "a@b", NDR_NUL);
        ndr_recipient_set_status(
            desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 x"),
            codes[i], NDR_NUL);
        desk_read(&d);
        seen[i] = to = malloc(strlen(d.parts->whole) + 1);
        to += sprintf(to, "%.*s",
                      (int) parts_place(d.parts->header, " boundary="),
                      d.parts->header);
        for (from = d.parts->admin; *from != '\0'; from++)
            *to++ = *from;
        for (from = d.parts->status; *from != '\0'; from++)
            *to++ = *from;
        *to = '\0';
        while ((to = strstr(seen[i], codes[i])) != NULL)
            memcpy(to, "?.?.?", 5);
    }
    parts_assert_same(seen[0], seen[1]);
    free(seen[0]);
    free(seen[1]);
}
END_TEST

/* Every code of the registry, and unknown ones, in each class. */
START_TEST(s35_every_code_has_a_text_of_its_class)
{
    static const char *const unknown[] = {"X.1.999",   "X.9.9", "X.7.999",
                                          "X.999.999", "X.0.1", "X.8.0"};
    char digit = "45"[_i];
    const char *code;
    size_t n;

    ndr_profile_set_html(d.profile, NDR_HTML_OFF);
    for (n = 0; (code = n < 6 ? unknown[n] : ndr_status_next(n - 6)) != NULL;
         n++) {
        char status[12];

        sprintf(status, "%.11s", code);
        status[0] = digit;
        desk_reset(&d);
        desk_add_action(&d, "joe@contoso.com",
                        digit == '4' ? NDR_ACTION_DELAYED : NDR_ACTION_FAILED,
                        status);
        desk_read(&d);
        ck_assert_uint_gt(
            strlen(strstr(d.parts->user, "joe@contoso.com\n\n  ")), 150);
        parts_place(d.parts->user, "Who can fix it: ");
        /* a line may end between any two words */
        ck_assert_int_eq(strstr(d.parts->user, "trying until") != NULL ||
                             strstr(d.parts->user, "trying.") != NULL,
                         digit == '4');
    }
}
END_TEST

/* ---- the response ---- */

START_TEST(s36_the_response_is_whole)
{
    desk_add(&d, "joe@contoso.com", NULL,
             "550-5.1.1 first line\r\n550-5.1.1 second line\r\n"
             "550 5.1.1 third line\r\n");
    desk_read(&d);
    parts_place(d.parts->admin, "\nSMTP response: 550-5.1.1 first line\n"
                                "               550-5.1.1 second line\n"
                                "               550 5.1.1 third line\n");
    ck_assert_str_eq(field("Diagnostic-Code"),
                     "smtp; 550-5.1.1 first line 550-5.1.1 second line "
                     "550 5.1.1 third line");
    parts_place(d.parts->html_text, "550-5.1.1 first line\n550-5.1.1 second "
                                    "line\n550 5.1.1 third line\n");
}
END_TEST

START_TEST(s37_the_response_stands_apart_from_the_code)
{
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 zzz");
    desk_read(&d);
    parts_place(d.parts->admin, "\nEnhanced status code: 5.1.1\n"
                                "SMTP response: 550 5.1.1 zzz\n");
    ck_assert_uint_eq(
        parts_count(d.parts->whole,
                    ndr_status_describe("5.1.1", NDR_STATUS_NAME)),
        0);
}
END_TEST

/* What the field of a reply of one octet, between two letters, shows. */
static void expect(int octet, char shown[8])
{
    if (octet == '\t')
        strcpy(shown, "a b");
    else if (octet >= ' ' && octet <= '~')
        sprintf(shown, "a%cb", octet);
    else
        sprintf(shown, "a\\x%02Xb", (unsigned) octet);
}

/* Octets that are line ends part lines; they are looked at in s36. */
START_TEST(s38_ascii_is_never_rewritten)
{
    char reply[] = "550 5.1.1 a?b", shown[8], line[60];

    reply[11] = (char) _i;
    if (_i == '\r' || _i == '\n')
        return;
    ndr_recipient_set_reply(desk_add(&d, "joe@contoso.com", NULL, NULL), reply,
                            13);
    desk_read(&d);
    expect(_i, shown);
    sprintf(line, "\nSMTP response: 550 5.1.1 %s\n", shown);
    parts_place(d.parts->admin, line);
    sprintf(line, "smtp; 550 5.1.1 %s", shown);
    ck_assert_str_eq(field("Diagnostic-Code"), line);
    sprintf(line, "550 5.1.1 %s\n", shown);
    ck_assert_uint_eq(parts_count(d.parts->html_text, line), 1);
}
END_TEST

/* Replies of words of all lengths come back when the folds of the field are
   undone. */
START_TEST(s38_undoing_the_folds_gives_the_response_back)
{
    char reply[1200] = "550 5.1.1";
    unsigned long seed = (unsigned long) _i + 1;
    size_t used = strlen(reply), words, i;

    ndr_profile_set_html(d.profile, NDR_HTML_OFF);
    for (words = 0; words < 30; words++) {
        size_t length;

        seed = (seed * 1103515245u + 12345u) & 0x7FFFFFFFu;
        length = (seed >> 16) % 35 + 1;
        reply[used++] = ' ';
        for (i = 0; i < length; i++)
            reply[used++] = (char) ('!' + (seed + i * 7) % 94);
    }
    reply[used] = '\0';
    desk_add(&d, "joe@contoso.com", NULL, reply);
    desk_read(&d);
    ck_assert_str_eq(field("Diagnostic-Code") + 6, reply);
    parts_place(d.parts->admin, reply);
}
END_TEST

/* All octets in one reply, whatever the transport: 7 bits in each place. */
START_TEST(s39_the_response_is_always_us_ascii)
{
    static const int transports[] = {NDR_TRANSPORT_7BIT, NDR_TRANSPORT_8BITMIME,
                                     NDR_TRANSPORT_SMTPUTF8};
    char reply[300] = "550 5.1.1 ";
    const char *places[3], *end;
    int i;

    for (i = 0; i < 256; i++)
        reply[10 + i] = (char) (i == '\r' || i == '\n' ? '-' : i);
    ndr_report_set_transport(d.report, transports[_i]);
    ndr_recipient_set_reply(desk_add(&d, "j\xC3\xB6@contoso.com", NULL, NULL),
                            reply, 266);
    desk_read(&d);
    places[0] = strstr(d.parts->admin, "SMTP response:");
    places[1] = strstr(d.parts->html_text, "SMTP response:");
    places[2] = strstr(d.parts->status, "Diagnostic-Code:");
    for (i = 0; i < 3; i++) {
        ck_assert_ptr_nonnull(places[i]);
        end = strstr(places[i], "\\xFF");
        ck_assert_ptr_nonnull(end);
        for (; places[i] < end; places[i]++)
            ck_assert(*places[i] == '\n' ||
                      (*places[i] >= ' ' && *places[i] <= '~'));
    }
}
END_TEST

START_TEST(s39_a_cut_is_marked)
{
    ndr_profile_set_limit(d.profile, NDR_LIMIT_REPLY, 20);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 abcdefghijklmnop");
    desk_read(&d);
    parts_place(d.parts->admin, "SMTP response: 550 5.1.1 abcdefghij [...]\n");
    ck_assert_str_eq(field("Diagnostic-Code"),
                     "smtp; 550 5.1.1 abcdefghij [...]");
}
END_TEST

/* ---- the original headers ---- */

static const char messy[] = "Received: from c by d;\n\tTue, 24 Nov 2026\n"
                            "Received: from b by c\n"
                            "received:from a by b\n"
                            "To:  Joe   <JOE@contoso.com> ,\n"
                            "   ann@contoso.com\n"
                            "Subject: =?utf-8?Q?a=C3=B6?=\n"
                            "X-A: 1\n"
                            "X-A: 2\n";

START_TEST(s40_the_headers_are_the_rejected_messages)
{
    char original[400];

    sprintf(original, "%s\nbody\n", messy);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(d.parts->third, messy);
    parts_place(d.parts->admin, "Original message headers:\n\n"
                                "Received: from c by d;\n Tue, 24 Nov 2026\n"
                                "Received: from b by c\n");
    parts_place(d.parts->admin, "\nX-A: 1\nX-A: 2\n");
    parts_place(d.parts->html_text, "\nX-A: 1\nX-A: 2\n");
}
END_TEST

START_TEST(s41_they_show_the_path)
{
    char original[400];

    sprintf(original, "%s\nbody\n", messy);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_uint_lt(parts_place(d.parts->admin, "from c by d"),
                      parts_place(d.parts->admin, "from b by c"));
    ck_assert_uint_lt(parts_place(d.parts->admin, "from b by c"),
                      parts_place(d.parts->admin, "from a by b"));
}
END_TEST

START_TEST(s42_they_show_whether_to_fits_the_recipient)
{
    char original[400];

    sprintf(original, "%s\nbody\n", messy);
    ndr_report_borrow_original(d.report, original, NDR_NUL);
    desk_add(&d, "JOE@Contoso.COM", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(d.parts->admin,
                "\nTo:  Joe   <JOE@contoso.com> ,\n   ann@contoso.com\n");
    parts_place(d.parts->admin, "Rejected recipient: JOE@Contoso.COM\n");
    ck_assert_str_eq(field("Final-Recipient"), "rfc822; JOE@Contoso.COM");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seed_reply");
    TCase *tcase = tcase_create("seed_reply");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, s33_the_code_is_never_rewritten, 0, 24);
    tcase_add_loop_test(tcase, s33_the_code_of_a_reply_is_never_rewritten, 0,
                        3);
    tcase_add_test(tcase, s34_the_code_chooses_the_user_text_and_no_more);
    tcase_add_loop_test(tcase, s35_every_code_has_a_text_of_its_class, 0, 2);
    tcase_add_test(tcase, s36_the_response_is_whole);
    tcase_add_test(tcase, s37_the_response_stands_apart_from_the_code);
    tcase_add_loop_test(tcase, s38_ascii_is_never_rewritten, 0, 256);
    tcase_add_loop_test(tcase, s38_undoing_the_folds_gives_the_response_back, 0,
                        100);
    tcase_add_loop_test(tcase, s39_the_response_is_always_us_ascii, 0, 3);
    tcase_add_test(tcase, s39_a_cut_is_marked);
    tcase_add_test(tcase, s40_the_headers_are_the_rejected_messages);
    tcase_add_test(tcase, s41_they_show_the_path);
    tcase_add_test(tcase, s42_they_show_whether_to_fits_the_recipient);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
