/* SPDX-License-Identifier: ISC */
/* Mail addresses and the forms in which reports show them. */
#include "mail/address.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define E "\xC3\xA9"
#define HIRAGANA "\xE3\x81\x82"
#define FACE "\xF0\x9F\x98\x80"

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

static void check_span(ndri_span span, const char *want)
{
    ck_assert_msg(ndri_span_equal(span, ndri_span_of(want)),
                  "\"%.*s\", not \"%s\"", (int) span.length, span.at, want);
}

static const char *const brackets[][2] = {
    {"", ""},           {"<>", ""},           {"<a@b>", "a@b"},
    {" <a@b> ", "a@b"}, {"\ta@b\r\n", "a@b"}, {"<a@b", "<a@b"},
    {"a@b>", "a@b>"},   {"<<a@b>>", "<a@b>"}, {"<", "<"},
    {">", ">"},
};

START_TEST(brackets_go)
{
    check_span(ndri_address_unbracket(ndri_span_of(brackets[_i][0])),
               brackets[_i][1]);
}
END_TEST

static const char *const routes[][2] = {
    {"", ""},
    {"user@d", "user@d"},
    {"@a:user@d", "user@d"},
    {"@a,@b:user@d", "user@d"},
    {"@a", "@a"},
    {"@", "@"},
    {"@a:", ""},
    {"\"@a:b\"@d", "\"@a:b\"@d"},
};

START_TEST(routes_go)
{
    check_span(ndri_address_strip_route(ndri_span_of(routes[_i][0])),
               routes[_i][1]);
}
END_TEST

static const struct {
    const char *in, *local, *domain;
    int good;
} splits[] = {
    {"user@example.com", "user", "example.com", 1},
    {"a@b@c", "a@b", "c", 1},
    {"\"a@b\"@c", "\"a@b\"", "c", 1},
    {"\"a\\\"@b\"@c", "\"a\\\"@b\"", "c", 1},
    {"\"a\\\\\"@c", "\"a\\\\\"", "c", 1},
    {"a@[IPv6:::1]", "a", "[IPv6:::1]", 1},
    {E "@" E ".example", E, E ".example", 1},
    {"user", "user", "", 0},
    {"", "", "", 0},
    {"@", "", "", 0},
    {"user@", "user", "", 0},
    {"@c", "", "c", 0},
    {"\"a@b", "\"a@b", "", 0},
    {"\"a\\", "\"a\\", "", 0},
};

START_TEST(addresses_are_split)
{
    ndri_span local, domain;

    ck_assert_int_eq(
        ndri_address_split(ndri_span_of(splits[_i].in), &local, &domain),
        splits[_i].good);
    check_span(local, splits[_i].local);
    check_span(domain, splits[_i].domain);
}
END_TEST

static const struct {
    ndri_span in;
    const char *out; /* NULL: it cannot stand in a header field */
} mailboxes[] = {
    {IN("user@example.com"), "user@example.com"},
    {IN("a.b+c@example.com"), "a.b+c@example.com"},
    {IN("\"a b\"@example.com"), "\"a b\"@example.com"},
    {IN("\"a\\\"b\"@example.com"), "\"a\\\"b\"@example.com"},
    {IN("a b@example.com"), "\"a b\"@example.com"},
    {IN("a..b@example.com"), "\"a..b\"@example.com"},
    {IN(".a@example.com"), "\".a\"@example.com"},
    {IN("a.@example.com"), "\"a.\"@example.com"},
    {IN("a@b@example.com"), "\"a@b\"@example.com"},
    {IN("a\\b@example.com"), "\"a\\\\b\"@example.com"},
    {IN("a,b@example.com"), "\"a,b\"@example.com"},
    {IN("a(b@example.com"), "\"a(b\"@example.com"},
    {IN("<a@example.com"), "\"<a\"@example.com"},
    {IN("\"a\"b\"@example.com"), NULL},
    {IN("a@[192.0.2.1]"), "a@[192.0.2.1]"},
    {IN("a@[IPv6:::1]"), "a@[IPv6:::1]"},
    {IN("=?utf-8?q?a?=@b"), "\"=?utf-8?q?a?=\"@b"},
    {IN("a@[x-1:y!~z]"), "a@[x-1:y!~z]"},
    {IN("a@[x]"), NULL},
    {IN("a@[x:]"), NULL},
    {IN("a@[:x]"), NULL},
    {IN("a@[x-:y]"), NULL},
    {IN("a@[x_:y]"), NULL},
    {IN("a@[x:y z]"), NULL},
    {IN("a@[x:[y]"), NULL},
    {IN("a@[x:y"), NULL},
    {IN("a@["), NULL},
    {IN("a@[]"), NULL},
    {IN("a@[192.0.2.1"), NULL},
    {IN(E "@example.com"), E "@example.com"},
    {IN("a@" E ".example"), "a@" E ".example"},
    {IN("a@b c"), NULL},
    {IN("a@b,c"), NULL},
    {IN("a@.b"), NULL},
    {IN("a@b."), NULL},
    {IN("a@b..c"), NULL},
    {IN("a@b>"), NULL},
    {IN("user"), NULL},
    {IN(""), NULL},
    {IN("@"), NULL},
    {IN("a@"), NULL},
    {IN("@b"), NULL},
    {IN("a\r\nb@c"), NULL},
    {IN("a\0b@c"), NULL},
    {IN("a\tb@c"), NULL},
    {IN("\xFF@c"), NULL},
};

START_TEST(mailboxes_are_written)
{
    int good = ndri_address_add_mailbox(&out, mailboxes[_i].in);

    ck_assert_msg(good == (mailboxes[_i].out != NULL), "\"%s\"",
                  mailboxes[_i].in.at);
    ck_assert_str_eq(ndri_buf_string(&out), good ? mailboxes[_i].out : "");
}
END_TEST

START_TEST(domains_have_a_length)
{
    char address[300];

    memset(address, 'a', sizeof(address));
    address[1] = '@';
    ck_assert(ndri_address_add_mailbox(&out, ndri_span_from(address, 257)));
    ck_assert(!ndri_address_add_mailbox(&out, ndri_span_from(address, 258)));
}
END_TEST

static const struct {
    ndri_span in;
    int global;
    const char *type, *out;
} typed[] = {
    {IN("a@b"), 0, "rfc822", "a@b"},
    {IN("a@b"), 1, "rfc822", "a@b"},
    {IN("a+b=c\\@b"), 0, "rfc822", "a+b=c\\@b"},
    {IN("a b@c"), 0, "rfc822", "a b@c"},
    {IN("a\r\nb"), 0, "rfc822", "a\\x0D\\x0Ab"},
    {IN("a\0b"), 0, "rfc822", "a\\x00b"},
    {IN(E "@b"), 1, "utf-8", E "@b"},
    {IN(E "@b"), 0, "utf-8", "\\x{E9}@b"},
    {IN(HIRAGANA "@b"), 0, "utf-8", "\\x{3042}@b"},
    {IN(FACE "@b"), 0, "utf-8", "\\x{1F600}@b"},
    {IN("\xF4\x8F\xBF\xBF"), 0, "utf-8", "\\x{10FFFF}"},
    {IN("\xC4\x80"), 0, "utf-8", "\\x{100}"},
    {IN("\xE1\x80\x80"), 0, "utf-8", "\\x{1000}"},
    {IN(E "\\+= ~!"), 0, "utf-8", "\\x{E9}\\x{5C}\\x{2B}\\x{3D}\\x{20}~!"},
    {IN(E "\\+="), 1, "utf-8", E "\\+="},
    {IN(E "\r\n"), 1, "rfc822", "\\xC3\\xA9\\x0D\\x0A"},
    {IN("\xFF@b"), 1, "rfc822", "\\xFF@b"},
};

START_TEST(addresses_have_a_type)
{
    const char *type = NULL;

    ndri_address_add_typed(&out, typed[_i].in, typed[_i].global, &type);
    ck_assert_str_eq(type, typed[_i].type);
    ck_assert_str_eq(ndri_buf_string(&out), typed[_i].out);
}
END_TEST

static const struct {
    ndri_span wire;
    const char *type, *address; /* NULL: it is none */
} orcpts[] = {
    {IN("rfc822;a@b"), "rfc822", "a@b"},
    {IN("RFC822;a@b"), "RFC822", "a@b"},
    {IN("rfc822;a+2Bb@c"), "rfc822", "a+b@c"},
    {IN("rfc822;a+3Db@c"), "rfc822", "a=b@c"},
    {IN("rfc822;a+20b@c"), "rfc822", "a b@c"},
    {IN("rfc822;a;b"), "rfc822", "a;b"},
    {IN("x-unknown;42"), "x-unknown", "42"},
    {IN("utf-8;a@b"), "utf-8", "a@b"},
    {IN("utf-8;" E "@b"), "utf-8", E "@b"},
    {IN("utf-8;\\x{E9}@b"), "utf-8", E "@b"},
    {IN("UTF-8;\\x{E9}@b"), "UTF-8", E "@b"},
    {IN("utf-8;\\x{3042}@b"), "utf-8", HIRAGANA "@b"},
    {IN("utf-8;\\x{1F600}@b"), "utf-8", FACE "@b"},
    {IN("utf-8;\\x{10FFFF}"), "utf-8", "\xF4\x8F\xBF\xBF"},
    {IN("utf-8;" E "\\x{3042}" FACE), "utf-8", E HIRAGANA FACE},
    {IN("utf-8;a\\x{20}\\x{5C}\\x{2B}\\x{3D}"), "utf-8", "a \\+="},
    {IN("utf-8;a\\x"), "utf-8", "a\\x"},
    {IN("utf-8;a\\x{}"), "utf-8", "a\\x{}"},
    {IN("utf-8;\\x{41}\\x{E9"), "utf-8", "\\x{41}\\x{E9"},
    {IN("utf-8;\\x{e9}"), "utf-8", "\\x{e9}"},
    {IN("utf-8;\\x{D800}"), "utf-8", "\\x{D800}"},
    {IN("utf-8;\\x{110000}"), "utf-8", "\\x{110000}"},
    {IN("utf-8;\\x{0A}"), "utf-8", "\\x{0A}"},
    {IN("utf-8;\\x{7F}"), "utf-8", "\\x{7F}"},
    {IN("utf-8;\\x{00000041}"), "utf-8", "\\x{00000041}"},
    {IN("utf-8;\\"), "utf-8", "\\"},
    {IN(""), NULL, NULL},
    {IN(";"), NULL, NULL},
    {IN("rfc822"), NULL, NULL},
    {IN("rfc822;"), NULL, NULL},
    {IN(";a@b"), NULL, NULL},
    {IN("rfc 822;a@b"), NULL, NULL},
    {IN("r\r\n;a@b"), NULL, NULL},
    {IN("rfc822;a b"), NULL, NULL},
    {IN("rfc822;a=b"), NULL, NULL},
    {IN("rfc822;a+b"), NULL, NULL},
    {IN("rfc822;a+2"), NULL, NULL},
    {IN("rfc822;a+"), NULL, NULL},
    {IN("rfc822;a+2b"), NULL, NULL},
    {IN("rfc822;a+0D+0Ab"), NULL, NULL},
    {IN("rfc822;a+00"), NULL, NULL},
    {IN("rfc822;+C3+A9@b"), NULL, NULL},
    {IN("rfc822;" E "@b"), NULL, NULL},
    {IN("rfc822;a\0b"), NULL, NULL},
    {IN("utf-8;\xFF"), NULL, NULL},
    {IN("utf-8;a\r\nb"), NULL, NULL},
    {IN("utf-8;"), NULL, NULL},
    {IN("utf-8;a\0b"), NULL, NULL},
};

START_TEST(orcpts_are_taken_apart)
{
    ndri_orcpt orcpt;
    int good;

    ndri_buf_add_text(&out, "before");
    good = ndri_orcpt_parse(orcpts[_i].wire, &out, &orcpt);
    ck_assert_msg(good == (orcpts[_i].type != NULL), "\"%s\"",
                  orcpts[_i].wire.at);
    if (!good)
        return;
    check_span(orcpt.type, orcpts[_i].type);
    check_span(orcpt.address, orcpts[_i].address);
}
END_TEST

START_TEST(orcpt_types_have_a_length)
{
    char wire[50];
    size_t length;

    for (length = 1; length < 45; length++) {
        ndri_orcpt orcpt;

        memset(wire, 'a', sizeof(wire));
        wire[length] = ';';
        ck_assert_int_eq(
            ndri_orcpt_parse(ndri_span_from(wire, sizeof(wire)), &out, &orcpt),
            length <= 40);
    }
}
END_TEST

/* Every character that has a form, written and read again. */
START_TEST(characters_come_back)
{
    uint32_t point;

    for (point = 0x80; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 37) {
        char utf8[4];
        size_t length = ndri_utf8_encode(point, utf8);
        ndri_buf wire;
        ndri_orcpt orcpt;

        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        ndri_buf_init(&wire, &standard, NDRI_BUF_CAP);
        ndri_buf_add_text(&wire, "utf-8;");
        ndri_address_add_utf8(&wire, ndri_span_from(utf8, length), 0);
        ck_assert(ndri_text_is_printable(ndri_buf_span(&wire)));
        ndri_buf_clear(&out);
        ck_assert(ndri_orcpt_parse(ndri_buf_span(&wire), &out, &orcpt));
        ck_assert(ndri_span_equal(orcpt.address, ndri_span_from(utf8, length)));
        ndri_buf_release(&wire);
    }
}
END_TEST

static void check_octet(int value)
{
    char octet = (char) value, text[8], want[8], back[4];
    size_t need = 0;

    if (value > ' ' && value <= '~' && value != '+' && value != '=')
        snprintf(want, sizeof(want), "%c", value);
    else
        snprintf(want, sizeof(want), "+%02X", (unsigned) value);
    ck_assert_int_eq(ndr_xtext_encode(&octet, 1, text, sizeof(text), &need),
                     NDR_OK);
    ck_assert_str_eq(text, want);
    ck_assert_uint_eq(need, strlen(want) + 1);
    ck_assert_int_eq(ndr_xtext_decode(text, NDR_NUL, back, sizeof(back), &need),
                     NDR_OK);
    ck_assert_uint_eq(need, 2);
    ck_assert(back[0] == octet && back[1] == '\0');
}

START_TEST(octets_are_xtext)
{
    int octet;

    for (octet = 0; octet < 256; octet++)
        check_octet(octet);
}
END_TEST

/* Every size of room: what fits, a NUL, and never more. */
START_TEST(xtext_fits_or_not)
{
    static const char plain[] = "a+b=c";
    static const char xtext[] = "a+2Bb+3Dc";
    char room[16];
    size_t size, need;

    for (size = 0; size < 12; size++) {
        int fits = size >= sizeof(xtext);

        memset(room, '#', sizeof(room));
        need = 0;
        ck_assert_int_eq(ndr_xtext_encode(plain, 5, room, size, &need),
                         fits ? NDR_OK : NDR_END);
        ck_assert_uint_eq(need, sizeof(xtext));
        ck_assert(room[size < sizeof(xtext) ? size : sizeof(xtext)] == '#');
        if (size > 0) {
            size_t used = fits ? sizeof(xtext) - 1 : size - 1;

            ck_assert(memcmp(room, xtext, used) == 0 && room[used] == '\0');
        }
    }
    for (size = 0; size < 9; size++) {
        int fits = size >= sizeof(plain);

        memset(room, '#', sizeof(room));
        need = 0;
        ck_assert_int_eq(ndr_xtext_decode(xtext, NDR_NUL, room, size, &need),
                         fits ? NDR_OK : NDR_END);
        ck_assert_uint_eq(need, sizeof(plain));
        ck_assert(room[size < sizeof(plain) ? size : sizeof(plain)] == '#');
        if (size > 0) {
            size_t used = fits ? sizeof(plain) - 1 : size - 1;

            ck_assert(memcmp(room, plain, used) == 0 && room[used] == '\0');
        }
    }
    ck_assert_int_eq(ndr_xtext_encode(plain, 5, NULL, 0, NULL), NDR_END);
    ck_assert_int_eq(ndr_xtext_decode(xtext, NDR_NUL, NULL, 0, NULL), NDR_END);
    ck_assert_int_eq(ndr_xtext_encode(NULL, 0, room, 1, NULL), NDR_OK);
    ck_assert_str_eq(room, "");
}
END_TEST

static const ndri_span no_xtext[] = {
    IN("+"),        IN("+2"),   IN("a+2"),  IN("+2b"), IN("+GG"),
    IN("+-1"),      IN("a b"),  IN("a=b"),  IN("\t"),  IN("\x7F"),
    IN("\xC3\xA9"), IN("a\0b"), IN("+0\0"),
};

START_TEST(other_text_is_no_xtext)
{
    char room[8] = "#######";
    size_t length = no_xtext[_i].length;

    ck_assert_int_eq(
        ndr_xtext_decode(no_xtext[_i].at, length, room, sizeof(room), NULL),
        NDR_E_TEXT);
    ck_assert_str_eq(room, "");
    ck_assert_int_eq(ndri_xtext_decode(no_xtext[_i], &out), 0);
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
    Suite *suite = suite_create("address");

    tcase_add_loop_test(add(suite, "Angle brackets and blanks go"), brackets_go,
                        0, COUNT(brackets));
    tcase_add_loop_test(add(suite, "Source routes go"), routes_go, 0,
                        COUNT(routes));
    tcase_add_loop_test(add(suite, "Addresses are split outside quotes"),
                        addresses_are_split, 0, COUNT(splits));
    tcase_add_loop_test(
        add(suite, "Mailboxes are quoted where they have to be"),
        mailboxes_are_written, 0, COUNT(mailboxes));
    tcase_add_test(add(suite, "Domains have at most 255 octets"),
                   domains_have_a_length);
    tcase_add_loop_test(add(suite, "Addresses have a type"),
                        addresses_have_a_type, 0, COUNT(typed));
    tcase_add_loop_test(add(suite, "An ORCPT is taken apart"),
                        orcpts_are_taken_apart, 0, COUNT(orcpts));
    tcase_add_test(add(suite, "The type of an ORCPT has at most 40 octets"),
                   orcpt_types_have_a_length);
    tcase_add_test(add(suite, "Characters come back from their escapes"),
                   characters_come_back);
    tcase_add_test(add(suite, "Each octet has an xtext"), octets_are_xtext);
    tcase_add_test(add(suite, "Xtext fits or says what it needs"),
                   xtext_fits_or_not);
    tcase_add_loop_test(add(suite, "Other text is no xtext"),
                        other_text_is_no_xtext, 0, COUNT(no_xtext));
    return ndri_test_main(suite);
}
