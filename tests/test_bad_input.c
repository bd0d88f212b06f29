/* SPDX-License-Identifier: ISC */
/*
 * Bad input, as docs/errors.md has it: every setter of one text is given every
 * bad text. The caller's mistakes are refused, with a detail that names the
 * culprit; whatever is taken forges nothing in a report that is built.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static desk d;
static ndr_recipient *joe;

static void setup(void)
{
    desk_open(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
}

static void teardown(void)
{
    desk_close(&d);
}

/* ---- setters of one text ---- */

static int on_sender(const char *text, size_t length)
{
    return ndr_report_set_sender(d.report, text, length);
}

static int on_message_id(const char *text, size_t length)
{
    return ndr_report_set_message_id(d.report, text, length);
}

static int on_seed(const char *text, size_t length)
{
    return ndr_report_set_seed(d.report, text, length);
}

static int on_subject(const char *text, size_t length)
{
    return ndr_report_set_subject(d.report, text, length);
}

static int on_envelope_id(const char *text, size_t length)
{
    return ndr_report_set_envelope_id(d.report, text, length);
}

static int on_helo(const char *text, size_t length)
{
    return ndr_report_set_received_from(d.report, text, length, text, length);
}

static int on_original(const char *text, size_t length)
{
    return ndr_report_borrow_original(d.report, text, length);
}

static int on_field_name(const char *text, size_t length)
{
    return ndr_report_add_field(d.report, text, length, "x", NDR_NUL);
}

static int on_field_value(const char *text, size_t length)
{
    return ndr_report_add_field(d.report, "X-A", NDR_NUL, text, length);
}

static int on_address(const char *text, size_t length)
{
    ndr_report_add_recipient(d.report, text, length);
    return ndr_report_error(d.report);
}

static int on_hidden(const char *text, size_t length)
{
    return ndr_recipient_set_hidden(joe, text, length);
}

static int on_status(const char *text, size_t length)
{
    return ndr_recipient_set_status(joe, text, length);
}

static int on_reply(const char *text, size_t length)
{
    return ndr_recipient_set_reply(joe, text, length);
}

static int on_diagnostic_type(const char *text, size_t length)
{
    return ndr_recipient_set_diagnostic(joe, text, length, "x", NDR_NUL);
}

static int on_diagnostic(const char *text, size_t length)
{
    return ndr_recipient_set_diagnostic(joe, "X-Local", NDR_NUL, text, length);
}

static int on_remote(const char *text, size_t length)
{
    return ndr_recipient_set_remote_server(joe, text, length, text, length);
}

static int on_orcpt(const char *text, size_t length)
{
    return ndr_recipient_set_original_recipient(joe, text, length);
}

static int on_log_id(const char *text, size_t length)
{
    return ndr_recipient_set_log_id(joe, text, length);
}

static int on_text(const char *text, size_t length)
{
    return ndr_recipient_set_text(joe, text, length);
}

static int on_attempt(const char *text, size_t length)
{
    return ndr_recipient_add_attempt(joe, DESK_DATE, 60, text, length, text,
                                     length, text, length);
}

static int on_recipient_field(const char *text, size_t length)
{
    return ndr_recipient_add_field(joe, "X-B", NDR_NUL, text, length);
}

/* What a setter says of a bad text: its error, and what the detail calls the
   value. NULL: it came over the wire, and is never refused. */
static const struct {
    int (*set)(const char *text, size_t length);
    int error;
    const char *culprit;
} setters[] = {
    {on_sender, NDR_E_ADDRESS, "sender"},
    {on_message_id, NDR_E_FIELD, "Message-ID"},
    {on_seed, NDR_OK, NULL},
    {on_subject, NDR_E_TEXT, "Subject"},
    {on_envelope_id, NDR_OK, NULL},
    {on_helo, NDR_OK, NULL},
    {on_original, NDR_OK, NULL},
    {on_field_name, NDR_E_FIELD, "field name"},
    {on_field_value, NDR_E_FIELD, "field value"},
    {on_address, NDR_E_ADDRESS, "recipient 2: address"},
    {on_hidden, NDR_E_ADDRESS, "recipient 1: address"},
    {on_status, NDR_E_STATUS, "recipient 1: status"},
    {on_reply, NDR_OK, NULL},
    {on_diagnostic_type, NDR_E_FIELD, "recipient 1: diagnostic type"},
    {on_diagnostic, NDR_OK, NULL},
    {on_remote, NDR_OK, NULL},
    {on_orcpt, NDR_OK, NULL},
    {on_log_id, NDR_OK, NULL},
    {on_text, NDR_E_TEXT, "recipient 1: text"},
    {on_attempt, NDR_OK, NULL},
    {on_recipient_field, NDR_E_FIELD, "recipient 1: field value"},
};

#define BAD(text)                                                              \
    {                                                                          \
        text, sizeof(text) - 1                                                 \
    }
#define FORGED "X-Evil: 1"

static const struct {
    const char *text;
    size_t length;
} bad[] = {
    BAD("a@b\r\n" FORGED),
    BAD("a@b\n" FORGED),
    BAD("a@b\r" FORGED),
    BAD("a@b\r\n\r\nFinal-Recipient: rfc822; x@y\r\nAction: failed\r\n"),
    BAD("550 5.1.1 x\r\n\r\n" FORGED "\r\n--=_x\r\n"),
    BAD("a\0" FORGED),
    BAD("\0"),
    BAD("\x01\x02\x1B[31m\x7F"),
    BAD("\xFF\xFE\xC0\x80"),
    BAD("\xE2\x80\xAE"
        "moc.live@a"),
    BAD("\xEF\xBB\xBF" FORGED),
    BAD("rfc822;a+0D+0AX-Evil:+201"),
    BAD("utf-8;\\x{0A}X-Evil: 1"),
    BAD("=?utf-8?q?=0D=0AX-Evil:_1?="),
    BAD("<script>{reply}{/}{?x}&amp;"),
    BAD("\"a@b"),
    BAD("@"),
    BAD("<>"),
    BAD(" \t "),
    BAD(""),
    BAD("5.1"),
    BAD("9.1.1"),
    BAD("5.1.1111"),
    BAD("--"),
};

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* The report is built, has the groups it should have, and no line of anybody
   else's. The reader of the desk refuses bare line ends, 8 bits, long lines. */
static void assert_nothing_forged(void)
{
    static const char *const known[] = {"Original-Recipient",
                                        "Final-Recipient",
                                        "Action",
                                        "Status",
                                        "Remote-MTA",
                                        "Diagnostic-Code",
                                        "Last-Attempt-Date",
                                        "Final-Log-ID",
                                        "X-B",
                                        NULL};
    const char *names, *last;
    char name[40];
    int i;

    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "\n" FORGED), 0);
    ck_assert_uint_le(d.parts->groups, 2);
    for (names = parts_names(d.parts, d.parts->group[1]); *names != '\0';
         names = *last == ',' ? last + 1 : last) {
        last = names + strcspn(names, ",");
        snprintf(name, sizeof(name), "%.*s", (int) (last - names), names);
        for (i = 0; known[i] != NULL && strcmp(known[i], name) != 0; i++)
            continue;
        ck_assert_msg(known[i] != NULL, "%s", name);
    }
}

/* An original that holds the line has it in its own header, where it is. */
static int may_hold_it(int setter)
{
    return setters[setter].set == on_original;
}

START_TEST(a_bad_text_is_refused_or_harmless)
{
    int setter = _i / COUNT(bad), text = _i % COUNT(bad);
    int error = setters[setter].set(bad[text].text, bad[text].length);

    if (error == NDR_OK) {
        ck_assert_int_eq(ndr_report_error(d.report), NDR_OK);
        if (ndr_report_prepare(d.report) == NDR_NOTHING_DUE)
            ck_assert(setters[setter].set == on_sender);
        else if (!may_hold_it(setter))
            assert_nothing_forged();
        else
            desk_read(&d);
        return;
    }
    ck_assert_int_eq(error, setters[setter].error);
    ck_assert_int_eq(ndr_report_error(d.report), error);
    ck_assert_msg(strncmp(ndr_report_error_detail(d.report),
                          setters[setter].culprit,
                          strlen(setters[setter].culprit)) == 0,
                  "%s", ndr_report_error_detail(d.report));
}
END_TEST

/* A megabyte of a letter, of blanks, of line ends, of an octet beyond ASCII. */
START_TEST(an_absurd_length_is_refused_or_harmless)
{
    static const char letters[] = "a \n\xC3";
    const size_t length = (size_t) 1 << 20;
    int setter = _i / 4, error;
    char *text = malloc(length);

    ck_assert_ptr_nonnull(text);
    memset(text, letters[_i % 4], length);
    error = setters[setter].set(text, length);
    if (error == NDR_OK && ndr_report_prepare(d.report) == NDR_OK)
        desk_read(&d);
    else if (error != NDR_OK)
        ck_assert_int_eq(error, setters[setter].error);
    free(text);
}
END_TEST

/* ---- the words of docs/errors.md ---- */

static int bad_action(void)
{
    return ndr_recipient_set_action(joe, 5);
}

static int bad_text(void)
{
    return ndr_recipient_set_text(joe, "a\x07", NDR_NUL);
}

static int bad_hidden(void)
{
    return ndr_recipient_set_hidden(joe, "", NDR_NUL);
}

static int bad_field(void)
{
    return ndr_recipient_add_field(joe, "XA", NDR_NUL, "x", NDR_NUL);
}

static int bad_class(void)
{
    ndr_recipient_set_action(joe, NDR_ACTION_DELAYED);
    ndr_recipient_set_status(joe, "5.1.1", NDR_NUL);
    return ndr_report_prepare(d.report);
}

static int null_sender(void)
{
    ndr_report_set_sender(d.report, "<>", NDR_NUL);
    return ndr_report_prepare(d.report);
}

static const struct {
    int (*call)(void);
    int error;
    const char *detail;
} mistakes[] = {
    {bad_action, NDR_E_ACTION, "recipient 1: action: unknown number"},
    {bad_text, NDR_E_TEXT,
     "recipient 1: text \"a\\x07\": expected UTF-8 without control characters"},
    {bad_hidden, NDR_E_ADDRESS,
     "recipient 1: address \"\": empty, or holds a line end or NUL"},
    {bad_field, NDR_E_FIELD,
     "recipient 1: field name \"XA\": expected X- and letters, digits, "
     "hyphens"},
    {bad_class, NDR_E_ACTION,
     "recipient 1: status \"5.1.1\": its class contradicts the action"},
    {null_sender, NDR_NOTHING_DUE, "nothing is due: the return path is null"},
};

START_TEST(a_mistake_is_named)
{
    ck_assert_int_eq(mistakes[_i].call(), mistakes[_i].error);
    desk_failed(&d, mistakes[_i].error, mistakes[_i].detail);
}
END_TEST

START_TEST(an_attempt_over_the_limit_is_cut_and_noted)
{
    ndr_profile_set_limit(d.profile, NDR_LIMIT_REPLY, 4);
    ndr_recipient_add_attempt(joe, DESK_DATE, 60, NULL, 0, NULL, 0, "abcdefgh",
                              NDR_NUL);
    desk_read(&d);
    parts_place(d.parts->admin, "\n    abcd [...]\n");
    ck_assert_str_eq(ndr_report_notes(d.report, 0),
                     "recipient 1: attempt \"abcdefgh\": over the limit; cut");
}
END_TEST

static const struct {
    const char *entry, *expected;
} entries[] = {
    {"Status: 5.1.1\n\n{nobody}", "line 3"},
    {"Status: 5.1.1\n\nText <b>bold", "line 3"},
    {"Status: 5.1\n\nText", "line 1"},
    {"Status: 9.1.1\n\nText", "line 1"},
};

START_TEST(a_bad_entry_is_refused_with_its_line)
{
    ndr_catalog *catalog;
    int error;

    ck_assert_int_eq(ndr_catalog_new(&catalog, NULL), NDR_OK);
    error = ndr_catalog_add(catalog, entries[_i].entry, NDR_NUL);
    ck_assert_int_ne(error, NDR_OK);
    ck_assert_msg(strncmp(ndr_catalog_error_detail(catalog),
                          entries[_i].expected,
                          strlen(entries[_i].expected)) == 0,
                  "%s", ndr_catalog_error_detail(catalog));
    ndr_catalog_free(catalog);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bad_input");
    TCase *tcase = tcase_create("bad_input");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_bad_text_is_refused_or_harmless, 0,
                        COUNT(setters) * COUNT(bad));
    tcase_add_loop_test(tcase, an_absurd_length_is_refused_or_harmless, 0,
                        COUNT(setters) * 4);
    tcase_add_loop_test(tcase, a_mistake_is_named, 0, COUNT(mistakes));
    tcase_add_test(tcase, an_attempt_over_the_limit_is_cut_and_noted);
    tcase_add_loop_test(tcase, a_bad_entry_is_refused_with_its_line, 0,
                        COUNT(entries));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
