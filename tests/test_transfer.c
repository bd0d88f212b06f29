/* SPDX-License-Identifier: ISC */
/* Quoted-printable and base64: the same octets however the pieces are cut. */
#include "mail/transfer.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* An assertion that costs nothing while it holds. */
#define CHEAP_ASSERT(condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg("%s", #condition);                                    \
    } while (0)

#define QP NDRI_ENCODING_QUOTED_PRINTABLE
#define B64 NDRI_ENCODING_BASE64

#define A10 "aaaaaaaaaa"
#define A70 A10 A10 A10 A10 A10 A10 A10

typedef struct pair {
    int encoding;
    ndri_span in;
    const char *out;
} pair;

static ndr_allocator standard;
static uint32_t state;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    state = 20260101;
}

static unsigned random_below(unsigned limit)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % limit;
}

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }

static const pair pairs[] = {
    {NDRI_ENCODING_7BIT, IN("a=b \r\n."), "a=b \r\n."},
    {NDRI_ENCODING_8BIT, IN("\xC3\xA9 \r\n"), "\xC3\xA9 \r\n"},
    {QP, IN(""), ""},
    {QP, IN("a"), "a"},
    {QP, IN("a\r\n"), "a\r\n"},
    {QP, IN("\r\n"), "\r\n"},
    {QP, IN("\r\n\r\n"), "\r\n\r\n"},
    {QP, IN("a\r\nb"), "a\r\nb"},
    {QP, IN("a b\tc"), "a b\tc"},
    {QP, IN("a  b"), "a  b"},
    {QP, IN("a \r\n"), "a=20\r\n"},
    {QP, IN("a  \r\n"), "a =20\r\n"},
    {QP, IN("a\t\r\nb"), "a=09\r\nb"},
    {QP, IN("a "), "a=20"},
    {QP, IN(" "), "=20"},
    {QP, IN("\t"), "=09"},
    {QP, IN(" \r\n"), "=20\r\n"},
    {QP, IN("="), "=3D"},
    {QP, IN("a=3D"), "a=3D3D"},
    {QP, IN("a\n"), "a=0A"},
    {QP, IN("a\r"), "a=0D"},
    {QP, IN("a\rb"), "a=0Db"},
    {QP, IN("a\r\r\n"), "a=0D\r\n"},
    {QP, IN("a \rb"), "a =0Db"},
    {QP, IN("a \r"), "a=20=0D"},
    {QP, IN("\n\r"), "=0A=0D"},
    {QP, IN("a\0b"), "a=00b"},
    {QP, IN("\x7F\xFF"), "=7F=FF"},
    {QP, IN("\xC3\xA9"), "=C3=A9"},
    {QP, IN("."), "=2E"},
    {QP, IN(".."), "=2E."},
    {QP, IN("a."), "a."},
    {QP, IN("\r\n.\r\n"), "\r\n=2E\r\n"},
    {QP, IN(" ."), " ."},
    {QP, IN("From you"), "From=20you"},
    {QP, IN("From\tyou"), "From=09you"},
    {QP, IN("From: you"), "From: you"},
    {QP, IN("Fro m"), "Fro m"},
    {QP, IN(">From you"), ">From you"},
    {QP, IN("a From you"), "a From you"},
    {QP, IN(" From you"), " From you"},
    {QP, IN("\r\nFrom you\r\n"), "\r\nFrom=20you\r\n"},
    {QP, IN("From \r\n"), "From=20\r\n"},
    {QP, IN("From "), "From=20"},
    {QP, IN("From"), "From"},
    {QP, IN("FromFrom you"), "FromFrom you"},
    {QP, IN(A70 "aaaaa"), A70 "aaaaa"},
    {QP, IN(A70 "aaaaab"), A70 "aaaaa=\r\nb"},
    {QP, IN(A70 "aaaaa\r\n"), A70 "aaaaa\r\n"},
    {QP, IN(A70 "aaaa b"), A70 "aaaa =\r\nb"},
    {QP, IN(A70 "aaaaa b"), A70 "aaaaa=\r\n b"},
    {QP, IN(A70 "aaaa \r\n"), A70 "aaaa=\r\n=20\r\n"},
    {QP, IN(A70 "aa="), A70 "aa=3D"},
    {QP, IN(A70 "aaa="), A70 "aaa=\r\n=3D"},
    {QP, IN(A70 "\xC3\xA9"), A70 "=\r\n=C3=A9"},
    {QP, IN(A70 A70), A70 "aaaaa=\r\n" A10 A10 A10 A10 A10 A10 "aaaaa"},
    {QP, IN(A70 "aaaaa."), A70 "aaaaa=\r\n=2E"},
    {QP, IN(A70 "aaaaa.\r\n"), A70 "aaaaa=\r\n=2E\r\n"},
    {QP, IN(A70 "aaaaaFrom you"), A70 "aaaaa=\r\nFrom=20you"},
    {QP, IN(A70 "aaaaaFrom"), A70 "aaaaa=\r\nFrom"},
    {B64, IN(""), ""},
    {B64, IN("f"), "Zg==\r\n"},
    {B64, IN("fo"), "Zm8=\r\n"},
    {B64, IN("foo"), "Zm9v\r\n"},
    {B64, IN("foob"), "Zm9vYg==\r\n"},
    {B64, IN("fooba"), "Zm9vYmE=\r\n"},
    {B64, IN("foobar"), "Zm9vYmFy\r\n"},
    {B64, IN("\0\xFF\xFE\n"), "AP/+Cg==\r\n"},
    {B64, IN("\xFB\xEF\xBE"), "++++\r\n"},
    {B64, IN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
     "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"
     "YWFh\r\n"},
    {B64, IN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
     "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"
     "YWFh\r\nYg==\r\n"},
};

#define PAIRS ((int) (sizeof(pairs) / sizeof(pairs[0])))

/* Encode text in pieces of size octets, the first of them first octets long. */
static ndri_buf encode(int encoding, ndri_span text, size_t first, size_t size)
{
    ndri_transfer transfer;
    ndri_buf out;
    size_t at = 0, to = first < text.length ? first : text.length;

    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_transfer_init(&transfer, encoding);
    for (;;) {
        /* a copy, so that reading too far is seen */
        char *piece = malloc(to - at + 1);

        memcpy(piece, text.at + at, to - at);
        piece = realloc(piece, to - at > 0 ? to - at : 1);
        ndri_transfer_add(&transfer, ndri_span_from(piece, to - at), &out);
        free(piece);
        at = to;
        if (at == text.length)
            break;
        to = text.length - at < size ? text.length : at + size;
    }
    ndri_transfer_finish(&transfer, &out);
    return out;
}

static void check_pair(const pair *p, size_t first, size_t size)
{
    ndri_buf out = encode(p->encoding, p->in, first, size);

    ck_assert_msg(strcmp(ndri_buf_string(&out), p->out) == 0,
                  "\"%s\" cut after %u, then each %u, gives \"%s\", not \"%s\"",
                  p->in.at, (unsigned) first, (unsigned) size,
                  ndri_buf_string(&out), p->out);
    ndri_buf_release(&out);
}

START_TEST(whole)
{
    check_pair(&pairs[_i], pairs[_i].in.length, 1);
}
END_TEST

START_TEST(byte_by_byte)
{
    check_pair(&pairs[_i], 1, 1);
}
END_TEST

START_TEST(split_anywhere)
{
    const pair *p = &pairs[_i];
    size_t at;

    for (at = 0; at <= p->in.length; at++)
        check_pair(p, at, p->in.length + 1);
}
END_TEST

static int hex_value(char c)
{
    return c >= 'A' ? c - 'A' + 10 : c - '0';
}

/* Our own reader: soft line breaks go, =HH is one octet. */
static ndri_buf decode_qp(ndri_span text)
{
    ndri_buf out;
    size_t at = 0;

    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    while (at < text.length) {
        if (text.at[at] != '=') {
            ndri_buf_add_byte(&out, text.at[at++]);
            continue;
        }
        CHEAP_ASSERT(text.length - at >= 3);
        if (text.at[at + 1] != '\r')
            ndri_buf_add_byte(&out, (char) (hex_value(text.at[at + 1]) * 16 +
                                            hex_value(text.at[at + 2])));
        at += 3;
    }
    return out;
}

static ndri_buf decode_base64(ndri_span text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    ndri_buf out;
    unsigned long group = 0;
    int count = 0, pads = 0;
    size_t at;

    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    for (at = 0; at < text.length; at++) {
        char c = text.at[at];

        if (c == '\r' || c == '\n')
            continue;
        pads += c == '=';
        group = group << 6 |
                (c == '=' ? 0 : (unsigned long) (strchr(letters, c) - letters));
        if (++count % 4 != 0)
            continue;
        ndri_buf_add_byte(&out, (char) (group >> 16 & 255));
        if (pads < 2)
            ndri_buf_add_byte(&out, (char) (group >> 8 & 255));
        if (pads < 1)
            ndri_buf_add_byte(&out, (char) (group & 255));
    }
    CHEAP_ASSERT(count % 4 == 0);
    return out;
}

/* What holds for each line of encoded text. */
static void check_line(int encoding, ndri_span line)
{
    CHEAP_ASSERT(line.length <= 76);
    if (encoding == B64 || line.length == 0)
        return;
    CHEAP_ASSERT(!ndri_is_blank(line.at[line.length - 1]));
    CHEAP_ASSERT(line.at[0] != '.');
    CHEAP_ASSERT(
        !ndri_span_equal(ndri_span_slice(line, 0, 5), NDRI_SPAN("From ")));
}

static void check_lines(int encoding, ndri_span text)
{
    size_t from = 0;

    while (from < text.length) {
        size_t end = ndri_span_find(text, from, NDRI_SPAN("\r\n"));
        size_t i;

        check_line(encoding, ndri_span_slice(text, from, end));
        for (i = from; i < end; i++)
            CHEAP_ASSERT(text.at[i] == '\t' ||
                         (text.at[i] >= ' ' && text.at[i] <= '~'));
        from = end + 2;
    }
}

static void check_round_trip(int encoding, ndri_span text)
{
    ndri_buf all = encode(encoding, text, text.length, 1);
    ndri_buf cut = encode(encoding, text, random_below(80),
                          1 + random_below(random_below(2) ? 3 : 150));
    ndri_buf back = encoding == QP ? decode_qp(ndri_buf_span(&all))
                                   : decode_base64(ndri_buf_span(&all));

    ck_assert(ndri_span_equal(ndri_buf_span(&all), ndri_buf_span(&cut)));
    ck_assert(ndri_span_equal(ndri_buf_span(&back), text));
    check_lines(encoding, ndri_buf_span(&all));
    ndri_buf_release(&all);
    ndri_buf_release(&cut);
    ndri_buf_release(&back);
}

/* Text of the pieces that make quoted-printable think. */
static void random_text(ndri_buf *out)
{
    static const char *const words[] = {
        "a",     "From", "From ", ".",  "..",        " ",
        "\t",    "\r\n", "\r",    "\n", "=",         "word",
        "=\r\n", "F",    "\r\n.", "~",  "\xC3\xA9",  "\xE3\x81\x82",
        "\xFF",  A10,    A70,     "Fr", "\r\nFrom ", "\xF0\x9F\x98\x80"};
    unsigned count = random_below(60);

    ndri_buf_clear(out);
    while (count-- > 0)
        ndri_buf_add_text(out,
                          words[random_below(sizeof(words) / sizeof(*words))]);
}

START_TEST(round_trips_of_text)
{
    ndri_buf text;
    int n;

    ndri_buf_init(&text, &standard, NDRI_BUF_CAP);
    for (n = 0; n < 2000; n++) {
        random_text(&text);
        check_round_trip(QP, ndri_buf_span(&text));
        check_round_trip(B64, ndri_buf_span(&text));
    }
    ndri_buf_release(&text);
}
END_TEST

START_TEST(round_trips_of_octets)
{
    char octets[300];
    int n;

    for (n = 0; n < 1000; n++) {
        size_t length = random_below(sizeof(octets)), i;

        for (i = 0; i < length; i++)
            octets[i] = (char) random_below(256);
        check_round_trip(QP, ndri_span_from(octets, length));
        check_round_trip(B64, ndri_span_from(octets, length));
    }
}
END_TEST

START_TEST(characters_are_whole)
{
    static const char *const characters[] = {"\xC3\xA9", "\xE3\x81\x82",
                                             "\xF0\x9F\x98\x80"};
    size_t lead, i;

    for (lead = 0; lead < 80; lead++) {
        ndri_buf text, out;
        size_t from = 0;

        ndri_buf_init(&text, &standard, NDRI_BUF_CAP);
        ndri_buf_fill(&text, 'a', lead);
        for (i = 0; i < 40; i++)
            ndri_buf_add_text(&text, characters[(size_t) _i]);
        out = encode(QP, ndri_buf_span(&text), text.used, 1);
        while (from < out.used) {
            ndri_span all = ndri_buf_span(&out);
            size_t end = ndri_span_find(all, from, NDRI_SPAN("=\r\n"));
            ndri_buf line = decode_qp(ndri_span_slice(all, from, end));

            ck_assert(ndri_utf8_is_valid(ndri_buf_span(&line)));
            ndri_buf_release(&line);
            from = end + 3;
        }
        ndri_buf_release(&text);
        ndri_buf_release(&out);
    }
}
END_TEST

START_TEST(line_ends_are_kept)
{
    ndri_span text = NDRI_SPAN("one\r\n\r\ntwo=\r\n.\r\nlast \r\n");
    ndri_buf out = encode(QP, text, text.length, 1);

    ck_assert_str_eq(ndri_buf_string(&out),
                     "one\r\n\r\ntwo=3D\r\n=2E\r\nlast=20\r\n");
    ndri_buf_release(&out);
}
END_TEST

static const struct {
    const char *in;
    ndri_span out;
} readings[] = {
    {"", IN("")},
    {"Zg==", IN("f")},
    {"Zg", IN("f")},
    {"Z", IN("")},
    {"Zm8=", IN("fo")},
    {"Zm9v", IN("foo")},
    {"Z m-9\r\nv", IN("foo")},
    {"====", IN("")},
    {"AP/+Cg==", IN("\0\xFF\xFE\n")},
};

START_TEST(base64_is_read)
{
    ndri_buf out;

    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_base64_read(ndri_span_of(readings[_i].in), &out);
    ck_assert(ndri_span_equal(ndri_buf_span(&out), readings[_i].out));
    ndri_buf_release(&out);
}
END_TEST

START_TEST(base64_is_written)
{
    ndri_buf text, back;
    size_t length;

    ndri_buf_init(&text, &standard, NDRI_BUF_CAP);
    ndri_buf_init(&back, &standard, NDRI_BUF_CAP);
    for (length = 0; length < 200; length++) {
        char octets[200];
        size_t i;

        for (i = 0; i < length; i++)
            octets[i] = (char) random_below(256);
        ndri_buf_clear(&text);
        ndri_buf_clear(&back);
        ndri_base64_write(ndri_span_from(octets, length), &text);
        ck_assert_uint_eq(text.used, (length + 2) / 3 * 4);
        ck_assert(!ndri_span_has(ndri_buf_span(&text), '\n'));
        ndri_base64_read(ndri_buf_span(&text), &back);
        ck_assert(ndri_span_equal(ndri_buf_span(&back),
                                  ndri_span_from(octets, length)));
    }
    ndri_buf_release(&text);
    ndri_buf_release(&back);
}
END_TEST

START_TEST(names_are_those_of_mime)
{
    ck_assert_str_eq(ndri_encoding_name(NDRI_ENCODING_7BIT), "7bit");
    ck_assert_str_eq(ndri_encoding_name(NDRI_ENCODING_8BIT), "8bit");
    ck_assert_str_eq(ndri_encoding_name(QP), "quoted-printable");
    ck_assert_str_eq(ndri_encoding_name(B64), "base64");
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("transfer");

    tcase_add_loop_test(add(suite, "A text is encoded as a whole"), whole, 0,
                        PAIRS);
    tcase_add_loop_test(add(suite, "Octets come one by one"), byte_by_byte, 0,
                        PAIRS);
    tcase_add_loop_test(add(suite, "A text is cut anywhere"), split_anywhere, 0,
                        PAIRS);
    tcase_add_test(add(suite, "Any text comes back"), round_trips_of_text);
    tcase_add_test(add(suite, "Any octets come back"), round_trips_of_octets);
    tcase_add_loop_test(add(suite, "No soft line break cuts a character"),
                        characters_are_whole, 0, 3);
    tcase_add_test(add(suite, "Line ends stay CRLF"), line_ends_are_kept);
    tcase_add_loop_test(add(suite, "Base64 is read with rubbish in it"),
                        base64_is_read, 0,
                        sizeof(readings) / sizeof(readings[0]));
    tcase_add_test(add(suite, "Base64 is written on one line"),
                   base64_is_written);
    tcase_add_test(add(suite, "Encodings have their names"),
                   names_are_those_of_mime);
    return ndri_test_main(suite);
}
