/* SPDX-License-Identifier: ISC */
/* A-labels: the samples of RFC 3492 7.1, and the domains around them. */
#include "mail/punycode.h"
#include "test.h"

#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static ndr_allocator memory;
static ndri_buf out;

static void setup(void)
{
    memory = ndri_allocator(NULL);
    ndri_buf_init(&out, &memory, 10000);
}

static void teardown(void)
{
    ndri_buf_release(&out);
}

/* NULL: it cannot be. */
static const struct {
    const char *domain, *made;
} domains[] = {
    /* RFC 3492 7.1: (A) Arabic, (B) Chinese, (D) Czech, (E) Hebrew, (G)
       Japanese, (H) Korean, (I) Russian, (J) Spanish, (L) to (S);
       ASCII letters in small ones, as they are registered */
    {"\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648"
     "\u0634\u0639\u0631\u0628\u064A\u061F",
     "xn--egbpdaj6bu4bxfgehfvwxn"},
    {"\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587",
     "xn--ihqwcrb4cv8a8dqg056pqjye"},
    {"Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky",
     "xn--proprostnemluvesky-uyb24dma41a"},
    {"\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0"
     "\u05DE\u05D3\u05D1\u05E8\u05D9\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA",
     "xn--4dbcagdahymbxekheh6e0a7fei0b"},
    {"\u306A\u305C\u307F\u3093\u306A\u65E5\u672C\u8A9E\u3092\u8A71\u3057"
     "\u3066\u304F\u308C\u306A\u3044\u306E\u304B",
     "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"},
    {"\u043F\u043E\u0447\u0435\u043C\u0443\u0436\u0435\u043E\u043D\u0438"
     "\u043D\u0435\u0433\u043E\u0432\u043E\u0440\u044F\u0442\u043F\u043E"
     "\u0440\u0443\u0441\u0441\u043A\u0438",
     "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"},
    {"Porqu\u00E9nopuedensimplementehablarenEspa\u00F1ol",
     "xn--porqunopuedensimplementehablarenespaol-fmd56a"},
    {"3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "xn--3b-ww4c5e180e575a65lsy2b"},
    {"\u5B89\u5BA4\u5948\u7F8E\u6075-with-SUPER-MONKEYS",
     "xn---with-super-monkeys-pc58ag80a8qai00g7n9n"},
    {"\u3072\u3068\u3064\u5C4B\u6839\u306E\u4E0B2", "xn--2-u9tlzr9756bt3uc0v"},
    {"Maji\u3067Koi\u3059\u308B5\u79D2\u524D",
     "xn--majikoi5-783gue6qz075azm5e"},
    {"\u30D1\u30D5\u30A3\u30FCde\u30EB\u30F3\u30D0", "xn--de-jg4avhby1noc0d"},
    {"\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067", "xn--d9juau41awczczp"},
    /* domains */
    {"", ""},
    {"example.com", "example.com"},
    {"m\u00FCnchen.example", "xn--mnchen-3ya.example"},
    {"mail.m\u00FCnchen.example", "mail.xn--mnchen-3ya.example"},
    {"\u4F8B\u3048.\u30C6\u30B9\u30C8", "xn--r8jz45g.xn--zckzah"},
    {"\U0001F600.example", "xn--e28h.example"},
    {"\u00FC.", "xn--tda."},
    {".\u00FC", ".xn--tda"},
    {"m\xC3.example", NULL},
    {"m\xFCnchen.example", NULL},
    {"\xED\xA0\x80.example", NULL},
};

START_TEST(domains_become_ascii)
{
    ndri_span domain = ndri_span_of(domains[_i].domain);

    ndri_buf_add_text(&out, "@");
    ck_assert_int_eq(ndri_punycode_add_domain(&out, domain),
                     domains[_i].made != NULL);
    ck_assert_str_eq(ndri_buf_string(&out) + 1,
                     domains[_i].made != NULL ? domains[_i].made : "");
}
END_TEST

/* 63 octets are a label, 64 are none (RFC 5890 2.3.1). */
START_TEST(a_label_has_at_most_63_octets)
{
    char label[200];

    memset(label, 'a', 63);
    ck_assert(ndri_punycode_add_domain(&out, ndri_span_from(label, 63)));
    label[63] = 'a';
    ck_assert(!ndri_punycode_add_domain(&out, ndri_span_from(label, 64)));
    /* "xn--", the letters, "-" and what stands for one letter more */
    ndri_buf_clear(&out);
    memcpy(label + 53, "\xC3\xBC", 3);
    ck_assert(ndri_punycode_add_domain(&out, ndri_span_of(label)));
    ck_assert_uint_le(out.used, 63);
    ck_assert_uint_gt(out.used, 4 + 53 + 1);
    memcpy(label + 62, "\xC3\xBC", 3);
    memset(label + 53, 'a', 9);
    ck_assert(!ndri_punycode_add_domain(&out, ndri_span_of(label)));
}
END_TEST

/* Far more characters than a label can have. */
START_TEST(absurd_labels_are_refused)
{
    char label[4000];
    size_t i;

    for (i = 0; i < sizeof(label); i += 4)
        memcpy(label + i, "\xF4\x8F\xBF\xBF", 4);
    for (i = 4 * 16; i <= sizeof(label); i += 4)
        ck_assert(!ndri_punycode_add_domain(&out, ndri_span_from(label, i)) ||
                  i < 4 * 60);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("punycode");
    TCase *tcase = tcase_create("punycode");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, domains_become_ascii, 0, COUNT(domains));
    tcase_add_test(tcase, a_label_has_at_most_63_octets);
    tcase_add_test(tcase, absurd_labels_are_refused);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
