/* SPDX-License-Identifier: ISC */
/* SMTP replies as they come: whole, glued, cut off, of other kinds. */
#include "mail/reply.h"
#include "test.h"

#include <string.h>

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

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
    ndri_span in;
    int code, complete;
    const char *status; /* "": none */
    const char *text;   /* how the words begin */
    const char *shown;
} replies[] = {
    {IN("550 5.1.1 No such user"), 550, 1, "5.1.1", "No such user",
     "550 5.1.1 No such user"},
    {IN("550 5.1.1 No such user\r\n"), 550, 1, "5.1.1", "No such user",
     "550 5.1.1 No such user"},
    {IN("550 No such user"), 550, 1, "", "No such user", "550 No such user"},
    {IN("250 2.0.0 Ok"), 250, 1, "2.0.0", "Ok", "250 2.0.0 Ok"},
    {IN("354 go on"), 354, 1, "", "go on", "354 go on"},
    {IN("550"), 550, 1, "", "", "550"},
    {IN("550\r\n"), 550, 1, "", "\r\n", "550"},
    {IN("550 "), 550, 1, "", "", "550 "},
    {IN("550\tno"), 550, 1, "", "no", "550 no"},
    {IN("550  5.1.1  no"), 550, 1, "5.1.1", "no", "550  5.1.1  no"},
    {IN("550 5.1.1"), 550, 1, "5.1.1", "", "550 5.1.1"},
    {IN("550 5.1.1x no"), 550, 1, "", "5.1.1x no", "550 5.1.1x no"},
    {IN("550 05.1.1 no"), 550, 1, "", "05.1.1 no", "550 05.1.1 no"},
    {IN("550 3.1.1 no"), 550, 1, "", "3.1.1 no", "550 3.1.1 no"},
    {IN("550 4.1.1 no"), 550, 1, "4.1.1", "no", "550 4.1.1 no"},
    {IN("450 5.999.999 no"), 450, 1, "5.999.999", "no", "450 5.999.999 no"},
    {IN("5.1.1 no code"), 0, 0, "5.1.1", "no code", "5.1.1 no code"},
    {IN("Connection refused"), 0, 0, "", "Connection refused",
     "Connection refused"},
    {IN("550-5.1.1 No\r\n550-5.1.1 such\r\n550 5.1.1 user\r\n"), 550, 1,
     "5.1.1", "No", "550-5.1.1 No\n550-5.1.1 such\n550 5.1.1 user"},
    {IN("550-5.1.1 No\n550 5.1.1 user\n"), 550, 1, "5.1.1", "No",
     "550-5.1.1 No\n550 5.1.1 user"},
    {IN("550-5.1.1 No\r550 5.1.1 user\r"), 550, 1, "5.1.1", "No",
     "550-5.1.1 No\n550 5.1.1 user"},
    {IN("550-No\r\n550 5.1.1 user"), 550, 1, "5.1.1", "No",
     "550-No\n550 5.1.1 user"},
    {IN("550-5.1.1 No\r\n550 5.7.1 user"), 550, 1, "5.1.1", "No",
     "550-5.1.1 No\n550 5.7.1 user"},
    {IN("550-5.1.1 No\r\n550"), 550, 1, "5.1.1", "No", "550-5.1.1 No\n550"},
    {IN("550-5.1.1 No 550 5.1.1 user"), 550, 1, "5.1.1", "No 550 5.1.1 user",
     "550-5.1.1 No 550 5.1.1 user"},
    {IN("550-5.1.1 No 550-5.1.1 user"), 550, 0, "5.1.1", "No 550-5.1.1 user",
     "550-5.1.1 No 550-5.1.1 user"},
    {IN("550-5.1.1 No"), 550, 0, "5.1.1", "No", "550-5.1.1 No"},
    {IN("550-5.1.1 No\r\n550-5.1.1 such\r\n"), 550, 0, "5.1.1", "No",
     "550-5.1.1 No\n550-5.1.1 such"},
    {IN("550-No\r\n551 5.1.1 other"), 550, 0, "5.1.1", "No",
     "550-No\n551 5.1.1 other"},
    {IN("550-No\r\nno code\r\n550 end"), 550, 1, "", "No",
     "550-No\nno code\n550 end"},
    {IN("\r\n \r\n550 no\r\n\r\n"), 550, 1, "", "no", "550 no"},
    {IN("55"), 0, 0, "", "55", "55"},
    {IN("5"), 0, 0, "", "5", "5"},
    {IN("600 x"), 0, 0, "", "600 x", "600 x"},
    {IN("150 x"), 0, 0, "", "150 x", "150 x"},
    {IN("560 x"), 0, 0, "", "560 x", "560 x"},
    {IN("550x"), 0, 0, "", "550x", "550x"},
    {IN("5500 x"), 0, 0, "", "5500 x", "5500 x"},
    {IN("55a x"), 0, 0, "", "55a x", "55a x"},
    {IN("550 caf\xC3\xA9"), 550, 1, "", "caf\xC3\xA9", "550 caf\\xC3\\xA9"},
    {IN("550 \xFF"), 550, 1, "", "\xFF", "550 \\xFF"},
    {IN("550 a\0b"), 550, 1, "", "a", "550 a\\x00b"},
    {IN("550 a\tb\x1B[0m"), 550, 1, "", "a\tb", "550 a b\\x1B[0m"},
    {IN(""), 0, 0, "", "", ""},
    {IN(" \r\n\t"), 0, 0, "", "", ""},
};

START_TEST(replies_are_read)
{
    ndri_reply reply = ndri_reply_parse(replies[_i].in);
    const char *want = replies[_i].text;
    char status[NDRI_STATUS_ROOM] = "";

    ck_assert_int_eq(reply.code, replies[_i].code);
    ck_assert_int_eq(reply.complete != 0, replies[_i].complete);
    if (reply.has_status)
        ndri_status_format(reply.status, status);
    ck_assert_str_eq(status, replies[_i].status);
    ck_assert_uint_le(reply.text, replies[_i].in.length);
    if (replies[_i].shown[0] != '\0')
        ck_assert_msg(
            replies[_i].in.length - reply.text >= strlen(want) &&
                memcmp(replies[_i].in.at + reply.text, want, strlen(want)) == 0,
            "words at %u", (unsigned) reply.text);
}
END_TEST

START_TEST(replies_are_shown)
{
    ck_assert_int_eq(ndri_reply_add(&out, replies[_i].in, 65536), 0);
    ck_assert_str_eq(ndri_buf_string(&out), replies[_i].shown);
}
END_TEST

START_TEST(replies_are_public)
{
    int code = -1, error;
    char status[16] = "#";
    size_t text = 0;
    ndri_reply reply = ndri_reply_parse(replies[_i].in);

    error = ndr_reply_parse(replies[_i].in.at, replies[_i].in.length, &code,
                            status, &text);
    ck_assert_int_eq(error, replies[_i].complete ? NDR_OK : NDR_END);
    ck_assert_int_eq(code, replies[_i].code);
    ck_assert_str_eq(status, replies[_i].status);
    ck_assert_uint_eq(text, reply.text);
    ck_assert_int_eq(ndr_reply_parse(replies[_i].in.at, replies[_i].in.length,
                                     &code, NULL, NULL),
                     error);
}
END_TEST

START_TEST(arguments_are_checked)
{
    int code;

    ck_assert_int_eq(ndr_reply_parse(NULL, 0, &code, NULL, NULL),
                     NDR_E_INVALID);
    ck_assert_int_eq(ndr_reply_parse("250 ok", NDR_NUL, NULL, NULL, NULL),
                     NDR_E_INVALID);
    ck_assert_int_eq(ndr_reply_parse("250 ok", NDR_NUL, &code, NULL, NULL),
                     NDR_OK);
    ck_assert_int_eq(code, 250);
}
END_TEST

/* A reply that is cut anywhere is never read as more than it is. */
START_TEST(replies_are_cut_anywhere)
{
    static const char whole[] = "550-5.1.1 No\r\n550-5.1.1 such\r\n550 user";
    size_t length;

    for (length = 0; length < sizeof(whole); length++) {
        ndri_reply reply = ndri_reply_parse(ndri_span_from(whole, length));

        ck_assert_int_eq(reply.code, length < 3 ? 0 : 550);
        ck_assert_int_eq(reply.has_status != 0, length >= 9);
        if (length > 4 && length < sizeof(whole) - 5)
            ck_assert_msg(!reply.complete || whole[length - 1] == '0',
                          "complete after %u", (unsigned) length);
        ck_assert_uint_le(reply.text, length);
    }
}
END_TEST

START_TEST(lines_are_parted)
{
    ndri_span rest = NDRI_SPAN("a\r\n\r\n \nb\rc\n\t\nd"), line;
    static const char *const want[] = {"a", "b", "c", "d"};
    size_t i;

    for (i = 0; i < 4; i++) {
        ck_assert_int_eq(ndri_reply_next_line(&rest, &line), 1);
        ck_assert(ndri_span_equal(line, ndri_span_of(want[i])));
    }
    ck_assert_int_eq(ndri_reply_next_line(&rest, &line), 0);
}
END_TEST

START_TEST(replies_have_a_limit)
{
    static const size_t lengths[] = {65535, 65536, 65537, 200000};
    static const char mark[] = " [...]";
    size_t length = lengths[_i], shown = length < 65536 ? length : 65536;
    static char text[200000];
    int cut;

    memset(text, 'a', sizeof(text));
    memcpy(text, "550 ", 4);
    cut = ndri_reply_add(&out, ndri_span_from(text, length), 65536);
    ck_assert_int_eq(cut, length > 65536);
    ck_assert_uint_eq(out.used, shown + (cut ? sizeof(mark) - 1 : 0));
    ck_assert(memcmp(out.at, text, shown) == 0);
    if (cut)
        ck_assert_str_eq(ndri_buf_string(&out) + shown, mark);
}
END_TEST

static const struct {
    ndri_span in;
    size_t limit;
    const char *out;
} cuts[] = {
    {IN("550 no"), 6, "550 no"},
    {IN("550 no"), 5, "550 n [...]"},
    {IN("550 no"), 1, "5 [...]"},
    {IN("550-a\r\n550 b"), 7, "550-a [...]"},
    {IN("550-a\r\n550 b"), 8, "550-a\n5 [...]"},
    {IN("550 \xC3\xA9"), 5, "550 \\xC3 [...]"},
};

START_TEST(replies_are_cut_with_a_mark)
{
    ndri_buf_add_text(&out, "before:");
    ndri_reply_add(&out, cuts[_i].in, cuts[_i].limit);
    ck_assert_str_eq(ndri_buf_string(&out) + 7, cuts[_i].out);
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("reply");

    tcase_add_loop_test(add(suite, "Replies are taken apart"), replies_are_read,
                        0, COUNT(replies));
    tcase_add_loop_test(add(suite, "Replies are shown"), replies_are_shown, 0,
                        COUNT(replies));
    tcase_add_loop_test(add(suite, "The public call says the same"),
                        replies_are_public, 0, COUNT(replies));
    tcase_add_test(add(suite, "The public call checks its arguments"),
                   arguments_are_checked);
    tcase_add_test(add(suite, "A reply may be cut anywhere"),
                   replies_are_cut_anywhere);
    tcase_add_test(add(suite, "Lines end in CRLF, LF or CR"), lines_are_parted);
    tcase_add_loop_test(add(suite, "Replies keep to 64 KiB"),
                        replies_have_a_limit, 0, 4);
    tcase_add_loop_test(add(suite, "Cut replies have a mark"),
                        replies_are_cut_with_a_mark, 0, COUNT(cuts));
    return ndri_test_main(suite);
}
