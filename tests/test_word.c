/* SPDX-License-Identifier: ISC */
/* Encoded-words: what goes out is short, whole and comes back; what comes in
   is decoded or left as it stands. */
#include "mail/transfer.h"
#include "mail/word.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define E "\xC3\xA9"
#define HIRAGANA "\xE3\x81\x82"
#define FACE "\xF0\x9F\x98\x80"
#define A10 "aaaaaaaaaa"
#define A70 A10 A10 A10 A10 A10 A10 A10

static ndr_allocator standard;
static ndri_buf out, back;
static ndri_charsets charsets;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_buf_init(&back, &standard, NDRI_BUF_CAP);
    ndri_charsets_init(&charsets);
}

static void teardown(void)
{
    ndri_buf_release(&out);
    ndri_buf_release(&back);
    ndri_charsets_release(&charsets);
}

static const char *field(const char *name, ndri_span text, int phrase, int kept)
{
    ndri_fold fold;

    ndri_buf_clear(&out);
    ndri_fold_begin(&fold, &out, name);
    if (phrase)
        ndri_word_add_phrase(&fold, text);
    else
        ndri_word_add_text(&fold, text, kept);
    ndri_fold_end(&fold);
    return ndri_buf_string(&out);
}

typedef struct row {
    const char *in, *out;
} row;

static const row texts[] = {
    {"", "S:\r\n"},
    {"a", "S: a\r\n"},
    {" a  b ", "S: a  b\r\n"},
    {E, "S: =?utf-8?B?w6k=?=\r\n"},
    {"a " E " b", "S: a =?utf-8?B?w6k=?= b\r\n"},
    {"a  " E "  b", "S: a =?utf-8?B?IMOp?=  b\r\n"},
    {E " b " E, "S: =?utf-8?B?w6kgYiDDqQ==?=\r\n"},
    {"caf" E " and more and " E, "S: =?utf-8?B?Y2Fmw6kgYW5kIG1vcmUgYW5kIMOp?="
                                 "\r\n"},
    {HIRAGANA HIRAGANA HIRAGANA, "S: =?utf-8?B?44GC44GC44GC?=\r\n"},
    {"(" E ")", "S: =?utf-8?B?KMOpKQ==?=\r\n"},
    {"e" E "eeeeeeeeeeeeeee_x", "S: =?utf-8?Q?e=C3=A9eeeeeeeeeeeeeee=5Fx"
                                "?=\r\n"},
    {"a =? b", "S: a =?utf-8?B?PT8=?= b\r\n"},
    {"=?utf-8?Q?a?=", "S: =?utf-8?B?PT91dGYtOD9RP2E/PQ==?=\r\n"},
};

START_TEST(text_is_written)
{
    const row *r = &texts[_i];

    ck_assert_str_eq(field("S", ndri_span_of(r->in), 0, 0), r->out);
}
END_TEST

static const row kept_texts[] = {
    {"=?utf-8?Q?a?=", "S: =?utf-8?Q?a?=\r\n"},
    {"x =?utf-8?B?YQ==?= y", "S: x =?utf-8?B?YQ==?= y\r\n"},
    {"=?x-none?q?a?=", "S: =?x-none?q?a?=\r\n"},
    {"=?utf-8?Q?a?= =?utf-8?Q?b?=", "S: =?utf-8?Q?a?= =?utf-8?Q?b?=\r\n"},
    {"=?utf-8?X?a?=", "S: =?utf-8?B?PT91dGYtOD9YP2E/PQ==?=\r\n"},
    {"=?utf-8?Q?a?=b", "S: =?utf-8?B?PT91dGYtOD9RP2E/PWI=?=\r\n"},
    {"a =? b", "S: a =?utf-8?B?PT8=?= b\r\n"},
};

START_TEST(kept_text_is_written)
{
    const row *r = &kept_texts[_i];

    ck_assert_str_eq(field("S", ndri_span_of(r->in), 0, 1), r->out);
}
END_TEST

START_TEST(kept_words_stay_between_others)
{
    const char *text = E " =?utf-8?Q?a?= " E;

    ck_assert_ptr_ne(
        strstr(field("S", ndri_span_of(text), 0, 1), " =?utf-8?Q?a?= "), NULL);
}
END_TEST

static const row phrases[] = {
    {"", "F:\r\n"},
    {"Ann", "F: Ann\r\n"},
    {"Ann Other", "F: Ann Other\r\n"},
    {"Ann O. Other", "F: \"Ann O. Other\"\r\n"},
    {"a\"b\\c", "F: \"a\\\"b\\\\c\"\r\n"},
    {"a, b", "F: \"a, b\"\r\n"},
    {"a@b", "F: \"a@b\"\r\n"},
    {"(" E ")", "F: =?utf-8?B?KMOpKQ==?=\r\n"},
    {"=?a", "F: =?utf-8?B?PT9h?=\r\n"},
    {"Ren" E, "F: =?utf-8?B?UmVuw6k=?=\r\n"},
};

START_TEST(phrases_are_written)
{
    const row *r = &phrases[_i];

    ck_assert_str_eq(field("F", ndri_span_of(r->in), 1, 0), r->out);
}
END_TEST

/* One encoded-word of our own: short, and of whole characters. */
static void check_encoded(ndri_span word)
{
    ndri_span text = ndri_span_slice(word, 10, word.length - 2);
    size_t i;

    ck_assert_uint_le(word.length, 75);
    ck_assert(word.at[8] == 'Q' || word.at[8] == 'B');
    ndri_buf_clear(&back);
    if (word.at[8] == 'B') {
        ndri_base64_read(text, &back);
    } else {
        for (i = 0; i < text.length; i++) {
            char hex[3] = {0, 0, 0};

            ck_assert(text.at[i] != '_' && text.at[i] != '?');
            if (text.at[i] != '=') {
                ndri_buf_add_byte(&back, text.at[i]);
                continue;
            }
            memcpy(hex, text.at + i + 1, 2);
            ndri_buf_add_byte(&back, (char) strtoul(hex, NULL, 16));
            i += 2;
        }
    }
    ck_assert(ndri_utf8_is_valid(ndri_buf_span(&back)));
}

/* Up to the last encoded-word: what follows has a case of its own. */
static void check_width(ndri_span line)
{
    size_t at = ndri_span_find(line, 0, NDRI_SPAN("=?utf-8?"));

    while (at < line.length) {
        size_t end = ndri_span_find(line, at + 10, NDRI_SPAN("?=")) + 2;

        ck_assert_uint_le(end, 76);
        at = ndri_span_find(line, end, NDRI_SPAN("=?utf-8?"));
    }
}

/* What holds for the field in out. */
static void check_lines(void)
{
    ndri_span all = ndri_buf_span(&out);
    size_t from = 0, at = 0;

    while (from < all.length) {
        size_t end = ndri_span_find(all, from, NDRI_SPAN("\r\n"));
        ndri_span line = ndri_span_slice(all, from, end);

        ck_assert_uint_le(line.length, 998);
        ck_assert(from == 0 || line.at[0] == ' ');
        ck_assert_uint_gt(ndri_span_trim(line).length, 0);
        check_width(line);
        from = end + 2;
    }
    ck_assert(ndri_text_is_ascii(all));
    for (;;) {
        size_t end;

        at = ndri_span_find(all, at, NDRI_SPAN("=?utf-8?"));
        if (at == all.length)
            break;
        end = ndri_span_find(all, at + 10, NDRI_SPAN("?=")) + 2;
        check_encoded(ndri_span_slice(all, at, end));
        at = end;
    }
}

/* The field in out, unfolded and decoded, is text again. */
static void check_back(const char *name, ndri_span text)
{
    ndri_buf unfolded;
    size_t i;

    ndri_buf_init(&unfolded, &standard, NDRI_BUF_CAP);
    for (i = strlen(name) + 1; i < out.used; i++)
        if (out.at[i] != '\r' && out.at[i] != '\n')
            ndri_buf_add_byte(&unfolded, out.at[i]);
    ndri_buf_clear(&back);
    ck_assert_int_eq(ndri_word_decode(&charsets,
                                      ndri_span_trim(ndri_buf_span(&unfolded)),
                                      &back),
                     1);
    ck_assert_msg(ndri_span_equal(ndri_buf_span(&back), text),
                  "\"%.*s\" is \"%s\"", (int) text.length, text.at,
                  ndri_buf_string(&back));
    ndri_buf_release(&unfolded);
}

static void check_text(const char *name, ndri_span text)
{
    field(name, text, 0, 0);
    check_lines();
    check_back(name, text);
}

static const char *const samples[] = {
    E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E,
    HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA
        HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA HIRAGANA,
    FACE FACE FACE FACE FACE FACE FACE FACE FACE FACE FACE FACE FACE FACE FACE,
    "aaaa aaaa aaaa aaaa aaaa " E " bbbb bbbb bbbb bbbb bbbb bbbb bbbb bbbb bb",
    E "  bbbb  =?  bbbb   (" E ")   bbbb bbbb bbbb bbbb bbbb bbbb bbbb bbbb bb "
      "bbbbbbbbb",
    A70 "aaaaaaaaaaaaaaaaaaaa" E " b " HIRAGANA FACE "a" FACE,
    A70 A70 A70 A70 A70,
};

#define SAMPLES ((int) (sizeof(samples) / sizeof(samples[0])))

START_TEST(names_of_any_length)
{
    char name[51];
    size_t length;

    for (length = 1; length < sizeof(name); length++) {
        memset(name, 'X', length);
        name[length] = '\0';
        check_text(name, ndri_span_of(samples[_i]));
    }
}
END_TEST

START_TEST(starts_at_any_column)
{
    char text[1000];
    size_t lead;

    for (lead = 1; lead < 74; lead++) {
        memset(text, 'x', lead);
        text[lead] = ' ';
        strcpy(text + lead + 1, samples[_i]);
        check_text("Subject", ndri_span_of(text));
    }
}
END_TEST

START_TEST(blanks_before_take_columns)
{
    char text[1000];
    size_t lead, blanks = (size_t) _i;

    for (lead = 1; lead < 74; lead += 6) {
        int sample;

        memset(text, 'x', lead);
        memset(text + lead, ' ', blanks);
        for (sample = 0; sample < SAMPLES; sample++) {
            strcpy(text + lead + blanks, samples[sample]);
            check_text("Subject", ndri_span_of(text));
        }
    }
}
END_TEST

/* Encoded-words that are kept: what the text says is the same, whatever stands
   between them. */
START_TEST(kept_words_mean_the_same)
{
    static const char *const words[] = {
        "a",  "word", E,      HIRAGANA HIRAGANA, "=?utf-8?Q?a?=",
        FACE, "=?",   "x=?y", A10 A10,           "=?utf-8?B?w6k=?=",
        "",   A70 A10};
    uint32_t state = 78;
    int n;

    for (n = 0; n < 1000; n++) {
        char text[1500] = "", meant[1500];
        int count;

        state = state * 1664525u + 1013904223u;
        for (count = 1 + (int) (state >> 16) % 15; count > 0; count--) {
            state = state * 1664525u + 1013904223u;
            strcat(text,
                   words[(state >> 16) % (sizeof(words) / sizeof(*words))]);
            strcat(text, " ");
        }
        ndri_buf_clear(&back);
        ndri_word_decode(&charsets, ndri_span_trim(ndri_span_of(text)), &back);
        strcpy(meant, ndri_buf_string(&back));
        field("Subject", ndri_span_of(text), 0, 1);
        check_lines();
        check_back("Subject", ndri_span_of(meant));
    }
}
END_TEST

START_TEST(words_follow_at_any_column)
{
    char text[200];
    size_t length, tail;

    for (length = 1; length < 30; length++) {
        for (tail = 1; tail < 40; tail++) {
            size_t i;

            for (i = 0; i < length; i++)
                memcpy(text + 2 * i, E, 2);
            text[2 * length] = ' ';
            memset(text + 2 * length + 1, 'b', tail);
            check_text("S", ndri_span_from(text, 2 * length + 1 + tail));
        }
    }
}
END_TEST

START_TEST(words_keep_to_76_columns)
{
    size_t length;

    for (length = 1; length < 70; length++) {
        char text[80] = E " ";
        ndri_span line;

        memset(text + 3, 'b', length);
        field("S", ndri_span_from(text, 3 + length), 0, 0);
        line = ndri_span_slice(ndri_buf_span(&out), 0,
                               ndri_span_line_end(ndri_buf_span(&out), 0));
        ck_assert_msg(line.length <= 76, "%u columns after a word of %u",
                      (unsigned) line.length, (unsigned) length);
    }
}
END_TEST

START_TEST(any_words)
{
    static const char *const words[] = {
        "a",   " ", "word", E,   HIRAGANA, FACE,  "=?",  "?=",       "_",
        "=20", "(", "\"",   A10, "  ",     " b ", "\\x", "=?u?Q?a?="};
    uint32_t state = 77;
    int n;

    for (n = 0; n < 3000; n++) {
        char text[600] = "";
        int count;

        state = state * 1664525u + 1013904223u;
        for (count = 1 + (int) (state >> 16) % 30; count > 0; count--) {
            state = state * 1664525u + 1013904223u;
            strcat(text,
                   words[(state >> 16) % (sizeof(words) / sizeof(*words))]);
        }
        check_text("Subject", ndri_span_trim(ndri_span_of(text)));
    }
}
END_TEST

START_TEST(phrases_come_back)
{
    field("From", ndri_span_of(samples[_i]), 1, 0);
    check_lines();
    check_back("From", ndri_span_of(samples[_i]));
}
END_TEST

START_TEST(many_blanks)
{
    char text[1500];

    memset(text, ' ', sizeof(text));
    text[0] = text[sizeof(text) - 1] = 'a';
    field("S", ndri_span_from(text, sizeof(text)), 0, 0);
    check_lines();
}
END_TEST

START_TEST(one_long_atom)
{
    char text[1500];

    memset(text, 'a', sizeof(text));
    field("From", ndri_span_from(text, sizeof(text)), 1, 0);
    check_lines();
}
END_TEST

static const struct {
    const char *in, *out;
    int all;
} readings[] = {
    {"", "", 1},
    {"a b", "a b", 1},
    {"=?utf-8?Q?=C3=A9?=", E, 1},
    {"=?UTF-8?q?=c3=a9?=", E, 1},
    {"=?utf-8?B?w6k=?=", E, 1},
    {"=?utf-8?b?w6k?=", E, 1},
    {"=?utf-8*fr?Q?=C3=A9?=", E, 1},
    {"=?iso-8859-1?Q?a=E9b_c?=", "a" E "b c", 1},
    {"=?windows-1252?Q?=80?=", "\xE2\x82\xAC", 1},
    {"=?utf-8?Q?a_b=5Fc=20d?=", "a b_c d", 1},
    {"=?utf-8?Q?\?=", "", 1},
    {"x =?utf-8?Q?a?= y", "x a y", 1},
    {"x  =?utf-8?Q?a?=  y", "x  a  y", 1},
    {"=?utf-8?Q?a?= =?utf-8?B?Yg==?=", "ab", 1},
    {"=?utf-8?Q?a?=  \t =?utf-8?Q?b?=", "ab", 1},
    {"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab", 1},
    {"=?utf-8?Q?a?= x =?utf-8?Q?b?=", "a x b", 1},
    {"=?utf-8?Q?a=?=", "a=", 1},
    {"=?utf-8?Q?a=3?=", "a=3", 1},
    {"=?utf-8?Q?a=ZZ?=", "a=ZZ", 1},
    {"=?utf-8?Q?=FF?=", "\\xFF", 1},
    {"=?utf-8?Q?a b?=", "=?utf-8?Q?a b?=", 1},
    {"=?utf-8?Q?a", "=?utf-8?Q?a", 1},
    {"=?utf-8?Q", "=?utf-8?Q", 1},
    {"=?utf-8?", "=?utf-8?", 1},
    {"=?", "=?", 1},
    {"=??Q?a?=", "=??Q?a?=", 1},
    {"=?utf-8?X?a?=", "=?utf-8?X?a?=", 1},
    {"=?utf-8?QQ?a?=", "=?utf-8?QQ?a?=", 1},
    {"=?=?utf-8?Q?a?=", "=?a", 1},
    {"=?x-none?Q?a?=", "=?x-none?Q?a?=", 0},
    {"=?x-none?Q?a?= =?utf-8?Q?b?=", "=?x-none?Q?a?= b", 0},
    {"=?utf-8?Q?b?= =?x-none?Q?a?=", "b =?x-none?Q?a?=", 0},
    {"=?utf-8?Q?a=0D=0Ab?=", "a\\x0D\\x0Ab", 1},
    {"=?utf-8?Q?a=00b?=", "a\\x00b", 1},
    {"=?utf-8?B?YQ0KYg==?=", "a\\x0D\\x0Ab", 1},
    {"=?utf-8?Q?=E2=80=AE?=", "\\xE2\\x80\\xAE", 1},
    {"=?utf-8?Q?a=09b?=", "a b", 1},
    {"a\rb", "a\\x0Db", 1},
    {"\xFF", "\\xFF", 1},
};

START_TEST(words_are_read)
{
    int all = ndri_word_decode(&charsets, ndri_span_of(readings[_i].in), &back);

    ck_assert_str_eq(ndri_buf_string(&back), readings[_i].out);
    ck_assert_int_eq(all, readings[_i].all);
}
END_TEST

/* An allocator that fails once, or from then on. */
typedef struct failing {
    int calls; /* that go well */
    int for_ever;
} failing;

static void *fail_in_time(void *user, void *old, size_t old_size, size_t size)
{
    failing *f = user;

    if (size > 0 && f->calls == 0) {
        f->calls -= f->for_ever ? 0 : 1;
        return NULL;
    }
    f->calls -= size > 0 && f->calls > 0 ? 1 : 0;
    return standard.reallocate(standard.user, old, old_size, size);
}

/* What is not decoded for want of memory must not pass for the text. */
START_TEST(no_memory_is_told)
{
    static const char text[] = "x =?utf-8?Q?=C3=A9?= y =?utf-8?B?w6k=?= z";
    int calls;

    for (calls = 0; calls < 12; calls++) {
        failing state = {calls, _i};
        ndr_allocator allocator = {fail_in_time, &state};
        ndri_buf own;

        ndri_buf_init(&own, &allocator, NDRI_BUF_CAP);
        ndri_word_decode(&charsets, ndri_span_of(text), &own);
        if (own.error == NDR_OK)
            ck_assert_str_eq(ndri_buf_string(&own), "x " E " y " E " z");
        else
            ck_assert_int_eq(own.error, NDR_E_NOMEM);
        ndri_buf_release(&own);
    }
}
END_TEST

static const char *const beginnings[] = {"=?a?q?x ", "=?a?q?x", "=?", "=?a",
                                         "=?utf-8?Q?a?= "};

/* What begins like an encoded-word and has no end is not looked through again
   and again: in a Subject of this size that would take hours, and the time
   limit of the case end it. */
START_TEST(many_beginnings_come_to_an_end)
{
    ndri_buf text;

    ndri_buf_init(&text, &standard, NDRI_BUF_CAP);
    while (text.used < 1000000)
        ndri_buf_add_text(&text, beginnings[_i]);
    ndri_word_decode(&charsets, ndri_buf_span(&text), &back);
    ck_assert_int_eq(back.error, NDR_OK);
    ndri_buf_release(&text);
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

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("word");

    tcase_add_loop_test(add(suite, "Text is encoded where it has to be"),
                        text_is_written, 0, COUNT(texts));
    tcase_add_loop_test(add(suite, "Encoded-words of others are kept"),
                        kept_text_is_written, 0, COUNT(kept_texts));
    tcase_add_test(add(suite, "Kept ones stay between words to encode"),
                   kept_words_stay_between_others);
    tcase_add_loop_test(add(suite, "Phrases are atoms, quoted or encoded"),
                        phrases_are_written, 0, COUNT(phrases));
    tcase_add_loop_test(add(suite, "Field names may be of any length"),
                        names_of_any_length, 0, SAMPLES);
    tcase_add_loop_test(add(suite, "Encoded-words start at any column"),
                        starts_at_any_column, 0, SAMPLES);
    tcase_add_loop_test(add(suite, "Blanks before them take columns too"),
                        blanks_before_take_columns, 2, 10);
    tcase_add_test(add(suite, "Kept ones mean the same as before"),
                   kept_words_mean_the_same);
    tcase_add_test(add(suite, "Words follow encoded ones at any column"),
                   words_follow_at_any_column);
    tcase_add_test(add(suite, "A line with an encoded-word has 76 columns"),
                   words_keep_to_76_columns);
    tcase_add_test(add(suite, "Any row of words comes back"), any_words);
    tcase_add_loop_test(add(suite, "Phrases come back"), phrases_come_back, 0,
                        SAMPLES);
    tcase_add_test(add(suite, "Very many blanks pass no limit"), many_blanks);
    tcase_add_test(add(suite, "A phrase of one long atom passes no limit"),
                   one_long_atom);
    tcase_add_loop_test(add(suite, "Encoded-words are read"), words_are_read, 0,
                        COUNT(readings));
    tcase_add_loop_test(add(suite, "No memory is told"), no_memory_is_told, 0,
                        2);
    tcase_add_loop_test(add(suite, "Many beginnings come to an end"),
                        many_beginnings_come_to_an_end, 0, COUNT(beginnings));
    return ndri_test_main(suite);
}
