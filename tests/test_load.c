/* SPDX-License-Identifier: ISC */
/* Files of words: charsets, comments, Exchange's identities; mistakes with file
   and line, and a catalog that stays as it was. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "test.h"

#include "words/catalog.h"

#include <libndr/ndr_file.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ndr_catalog *catalog;

static void setup(void)
{
    ck_assert_int_eq(ndr_catalog_new(&catalog, NULL), NDR_OK);
}

static void teardown(void)
{
    ndr_catalog_free(catalog);
}

/* An entry as it would be written; "" if there is none. */
static const char *entry(size_t index)
{
    static char out[4096];

    ndr_catalog_entry(catalog, index, out, sizeof(out), NULL);
    return out;
}

static int load(const char *text)
{
    return ndr_catalog_load(catalog, "fr.msg", text, NDR_NUL);
}

START_TEST(a_file_holds_many_entries)
{
    ck_assert_int_eq(
        load("# Comments stand before entries.\n\n"
             "Status: 5.1.1\n\nOne\n\ntwo\n1. three\n"
             "%%\r\n# Another one.\r\nStatus: 5.1.*\r\n\r\nFour\r\n"
             "%%\n%%\n\n# The end.\n"),
        NDR_OK);
    ck_assert_str_eq(entry(0), "Status: 5.1.1\n\nOne\n\ntwo\n1. three\n");
    ck_assert_str_eq(entry(1), "Status: 5.1.*\n\nFour\n");
    ck_assert_str_eq(entry(2), "");
}
END_TEST

START_TEST(what_is_written_is_what_was_read)
{
    static const char source[] =
        "Status: *.1.1\nLanguage: pt-BR\nAudience: internal\nAction: delayed\n"
        "Reply-Match: ^550|unknown\nSubject: No {recipient}\n"
        "Move: sender, recipient-admin\nAdmin-Note: Look.\n\n"
        "<b>A</b> &lt;{{x}> &amp; <em>{?reply}{reply}{/}</em>\nb\n\n"
        "<a href=\"https://a.example/?x=1\">c</a>\n1. d\n2. e\n\nf\n";

    ck_assert_int_eq(load(source), NDR_OK);
    ck_assert_str_eq(entry(0), source);
}
END_TEST

START_TEST(exchanges_identities_are_keys)
{
    ck_assert_int_eq(load("Identity: En\\Internal\\5.1.2\n\nA\n%%\n"
                          "Identity: ZH-CHS\\External\\5.7.1\n\nB\n%%\n"
                          "Status: 5.1.1\nLanguage: NB\n\nC"),
                     NDR_OK);
    ck_assert_str_eq(entry(0),
                     "Status: 5.1.2\nLanguage: En\nAudience: internal\n\nA\n");
    ck_assert_str_eq(
        entry(1),
        "Status: 5.7.1\nLanguage: zh-Hans\nAudience: external\n\nB\n");
    ck_assert_str_eq(entry(2), "Status: 5.1.1\nLanguage: no\n\nC\n");
}
END_TEST

/* ---- charsets ---- */

static const struct {
    const char *charset, *octets, *utf8;
} charsets[] = {
    {"UTF-8", "\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
    {"windows-1252", "\x80 \xE9", "\xE2\x82\xAC \xC3\xA9"},
    {"ISO-8859-1", "\xE9", "\xC3\xA9"},
#ifdef HAVE_ICONV
    {"KOI8-R", "\xD7\xC1", "\xD0\xB2\xD0\xB0"},
    {"GB18030", "\xC4\xE3\xBA\xC3", "\xE4\xBD\xA0\xE5\xA5\xBD"},
    {"ISO-2022-JP", "\x1B$B$\"\x1B(B", "\xE3\x81\x82"},
#endif
};

START_TEST(a_file_is_in_the_charset_that_it_names)
{
    char file[200], want[200];

    snprintf(file, sizeof(file), "Status: 5.1.1\nCharset: %s\n\n%s.\n",
             charsets[_i].charset, charsets[_i].octets);
    snprintf(want, sizeof(want), "Status: 5.1.1\n\n%s.\n", charsets[_i].utf8);
    ck_assert_int_eq(load(file), NDR_OK);
    ck_assert_str_eq(entry(0), want);
}
END_TEST

START_TEST(a_byte_order_mark_may_begin_a_file)
{
    ck_assert_int_eq(load("\xEF\xBB\xBFStatus: 5.1.1\n\nA"), NDR_OK);
    ck_assert_str_eq(entry(0), "Status: 5.1.1\n\nA\n");
}
END_TEST

/* ---- mistakes ---- */

#define GOOD "Status: 5.1.1\n\nText\n%%\n"

static const struct {
    const char *file;
    int error;
    const char *detail;
} mistakes[] = {
    {"", NDR_E_TEMPLATE, "fr.msg:1: expected an entry"},
    {"# nothing\n", NDR_E_TEMPLATE, "fr.msg:2: expected an entry"},
    {GOOD "Status: 5.1\n\nText", NDR_E_TEMPLATE,
     "fr.msg:5: expected a status: X.Y.Z, *.Y.Z, X.Y.* or X.*"},
    {GOOD "# c\n\nStatus: 5.1.2\n\nText\n<b>bold", NDR_E_TEMPLATE,
     "fr.msg:10: expected the end of each tag"},
    {GOOD "Status: 5.1.2\n\nText {nobody}", NDR_E_TEMPLATE, "fr.msg:7:"},
    {GOOD "Status: 5.1.2\n\n<a href=\"javascript:x\">y</a>", NDR_E_TEMPLATE,
     "fr.msg:7:"},
    {GOOD "Status: 5.1.2\n\n<a href=\"http://x/\" title=\"z\">y</a>",
     NDR_E_TEMPLATE, "fr.msg:7:"},
    {GOOD "Status: 5.1.2\n\n<b {reply}>y</b>", NDR_E_TEMPLATE, "fr.msg:7:"},
    {GOOD GOOD, NDR_E_TEMPLATE,
     "fr.msg:5: expected one entry for each Status, Language, Audience, Action "
     "and Reply-Match"},
    {GOOD "Identity: En\\5.1.2\n\nText", NDR_E_TEMPLATE,
     "fr.msg:5: expected an identity, such as En\\Internal\\5.1.2"},
    {GOOD "Identity: En\\Everybody\\5.1.2\n\nText", NDR_E_TEMPLATE,
     "fr.msg:5: expected internal or external"},
    {"Status: 5.1.1\nCharset: klingon\n\nText", NDR_E_TEXT,
     "fr.msg:1: expected a Charset that is known here, such as UTF-8"},
    {GOOD "Status: 5.1.2\n\nb\xC3", NDR_E_TEXT,
     "fr.msg:7: expected text in the Charset that the first entry names"},
    {"Status: 5.1.2\nCharset: windows-1252\n\n\n\x81", NDR_E_TEXT,
     "fr.msg:5: expected text in the Charset that the first entry names"},
    {GOOD "Status: 5.1.2\nCharset: windows-1252\n\nText", NDR_E_TEMPLATE,
     "fr.msg:6: expected the Charset of the first entry, or none"},
    {GOOD "Status: 5.1.2\n\nb\xEF\xBB\xBF", NDR_E_TEXT,
     "fr.msg:7: expected a byte order mark only at the beginning"},
};

START_TEST(a_bad_file_leaves_the_catalog_as_it_was)
{
    ck_assert_int_eq(ndr_catalog_add(catalog, "Status: 5.2.2\n\nOld", NDR_NUL),
                     NDR_OK);
    ck_assert_int_eq(load(mistakes[_i].file), mistakes[_i].error);
    ck_assert_msg(strncmp(ndr_catalog_error_detail(catalog),
                          mistakes[_i].detail,
                          strlen(mistakes[_i].detail)) == 0,
                  "%s", ndr_catalog_error_detail(catalog));
    ck_assert_str_eq(entry(0), "Status: 5.2.2\n\nOld\n");
    ck_assert_str_eq(entry(1), "");
    ck_assert_int_eq(load(GOOD), NDR_OK);
    ck_assert_str_eq(entry(1), "Status: 5.1.1\n\nText\n");
}
END_TEST

START_TEST(a_huge_file_is_refused)
{
    const size_t length = (size_t) 100 << 20;
    char *file = malloc(length);

    ck_assert_ptr_nonnull(file);
    memset(file, 'a', length);
    ck_assert_int_eq(ndr_catalog_load(catalog, NULL, file, length),
                     NDR_E_INVALID);
    ck_assert_str_eq(ndr_catalog_error_detail(catalog),
                     "catalog:1: expected at most 16 MiB");
    free(file);
}
END_TEST

START_TEST(nothing_is_no_file)
{
    ck_assert_int_eq(ndr_catalog_load(NULL, "a", "b", 1), NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_load(catalog, "a", NULL, 0), NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_load_stream(catalog, NULL, "a"),
                     NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_load_stream(NULL, stdin, "a"), NDR_E_INVALID);
}
END_TEST

START_TEST(a_stream_is_read_to_its_end)
{
    FILE *stream = tmpfile();
    int i;

    ck_assert_ptr_nonnull(stream);
    fputs("Status: 5.1.1\n\n", stream);
    for (i = 0; i < 20000; i++)
        fputs("word ", stream);
    fputs("end\n%%\nStatus: 5.1.2\n\nLast", stream);
    rewind(stream);
    ck_assert_int_eq(ndr_catalog_load_stream(catalog, stream, "tmp"), NDR_OK);
    ck_assert_str_eq(entry(1), "Status: 5.1.2\n\nLast\n");
    fclose(stream);
}
END_TEST

/* ---- looking entries up ---- */

START_TEST(an_entry_is_found_as_a_report_would_find_it)
{
    size_t index = 9, need;
    char small[8];

    ck_assert_int_eq(load("Status: 5.*\n\nA\n%%\nStatus: 5.1.1\n\nB\n%%\n"
                          "Status: 5.1.1\nReply-Match: gone\n\nC\n%%\n"
                          "Status: 5.1.1\nLanguage: de\n\nD\n"),
                     NDR_OK);
    ck_assert_int_eq(
        ndr_catalog_find(catalog, "5.7.9", 0, 0, NULL, NULL, &index), NDR_OK);
    ck_assert_uint_eq(index, 0);
    ndr_catalog_find(catalog, "5.1.1", 0, 0, "en-GB", "550 no", &index);
    ck_assert_uint_eq(index, 1);
    ndr_catalog_find(catalog, "5.1.1", 0, 0, NULL, "550 gone", &index);
    ck_assert_uint_eq(index, 2);
    ndr_catalog_find(catalog, "5.1.1", 0, 0, "de-AT", NULL, &index);
    ck_assert_uint_eq(index, 3);
    ck_assert_int_eq(
        ndr_catalog_find(catalog, "4.1.1", 1, 0, NULL, NULL, &index), NDR_END);
    ck_assert_int_eq(ndr_catalog_find(catalog, "5.1", 0, 0, NULL, NULL, &index),
                     NDR_E_STATUS);
    ck_assert_int_eq(
        ndr_catalog_find(catalog, "5.1.1", 5, 0, NULL, NULL, &index),
        NDR_E_ACTION);
    ck_assert_int_eq(
        ndr_catalog_find(catalog, "5.1.1", 0, 2, NULL, NULL, &index),
        NDR_E_INVALID);
    ck_assert_int_eq(ndr_catalog_entry(catalog, 0, small, sizeof(small), &need),
                     NDR_END);
    ck_assert_str_eq(small, "Status:");
    ck_assert_uint_eq(need, sizeof("Status: 5.*\n\nA\n"));
}
END_TEST

START_TEST(built_in_entries_are_found_too)
{
    static char out[4096];
    size_t index;

    ck_assert_int_eq(ndr_catalog_find(NULL, "5.1.1", 0, 0, "en", NULL, &index),
                     NDR_OK);
    ck_assert_int_eq(ndr_catalog_entry(NULL, index, out, sizeof(out), NULL),
                     NDR_OK);
    ck_assert_ptr_nonnull(strstr(out, "Status: *.1.1\nLanguage: en\n"));
    ck_assert_int_eq(ndr_catalog_find(NULL, "5.1.1", 0, 0, "tlh", NULL, &index),
                     NDR_OK);
    ck_assert_int_eq(ndr_catalog_entry(NULL, 1000000, NULL, 0, NULL), NDR_END);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("load");
    TCase *tcase = tcase_create("load");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_file_holds_many_entries);
    tcase_add_test(tcase, what_is_written_is_what_was_read);
    tcase_add_test(tcase, exchanges_identities_are_keys);
    tcase_add_loop_test(tcase, a_file_is_in_the_charset_that_it_names, 0,
                        COUNT(charsets));
    tcase_add_test(tcase, a_byte_order_mark_may_begin_a_file);
    tcase_add_loop_test(tcase, a_bad_file_leaves_the_catalog_as_it_was, 0,
                        COUNT(mistakes));
    tcase_add_test(tcase, a_huge_file_is_refused);
    tcase_add_test(tcase, nothing_is_no_file);
    tcase_add_test(tcase, a_stream_is_read_to_its_end);
    tcase_add_test(tcase, an_entry_is_found_as_a_report_would_find_it);
    tcase_add_test(tcase, built_in_entries_are_found_too);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
