/* SPDX-License-Identifier: ISC */
/* Host names and IP addresses: what they may be, and how reports name them. */
#include "mail/host.h"
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
    ndri_span ip;
    int four, six;
} ips[] = {
    {IN(""), 0, 0},
    {IN("0.0.0.0"), 1, 0},
    {IN("192.0.2.1"), 1, 0},
    {IN("255.255.255.255"), 1, 0},
    {IN("256.0.0.1"), 0, 0},
    {IN("1.2.3"), 0, 0},
    {IN("1.2.3.4.5"), 0, 0},
    {IN("1.2.3."), 0, 0},
    {IN(".1.2.3"), 0, 0},
    {IN("1..2.3"), 0, 0},
    {IN("1.2.3.4 "), 0, 0},
    {IN("1.2.3.x"), 0, 0},
    {IN("0001.2.3.4"), 0, 0},
    {IN("1.2.3.4\0"), 0, 0},
    {IN("::"), 0, 1},
    {IN("::1"), 0, 1},
    {IN("1::"), 0, 1},
    {IN("2001:db8::1"), 0, 1},
    {IN("2001:DB8::ABCD"), 0, 1},
    {IN("1:2:3:4:5:6:7:8"), 0, 1},
    {IN("1:2:3:4:5:6:7::"), 0, 1},
    {IN("::2:3:4:5:6:7:8"), 0, 1},
    {IN("1:2:3::5:6:7:8"), 0, 1},
    {IN("1:2:3:4:5:6:192.0.2.1"), 0, 1},
    {IN("::ffff:192.0.2.1"), 0, 1},
    {IN("::192.0.2.1"), 0, 1},
    {IN("1:2:3:4:5:6:7"), 0, 0},
    {IN("1:2:3:4:5:6:7:8:9"), 0, 0},
    {IN("1::2::3"), 0, 0},
    {IN(":::"), 0, 0},
    {IN(":"), 0, 0},
    {IN("1:"), 0, 0},
    {IN(":1"), 0, 0},
    {IN(":1:2:3:4:5:6:7"), 0, 0},
    {IN("1:2:3:4:5:6:7:"), 0, 0},
    {IN("1::2:"), 0, 0},
    {IN(":1::2"), 0, 0},
    {IN("1:2:3:4:5:6:7::8"), 0, 0},
    {IN("::1:2:3:4:5:6:7:8"), 0, 0},
    {IN("12345::"), 0, 0},
    {IN("g::"), 0, 0},
    {IN("1:2:3:4:5:6:7:192.0.2.1"), 0, 0},
    {IN("::1.2.3"), 0, 0},
    {IN("::1.2.3.4:5"), 0, 0},
    {IN("fe80::1%eth0"), 0, 0},
};

START_TEST(ips_are_known)
{
    ck_assert_msg(ndri_ip4_is_valid(ips[_i].ip) == ips[_i].four, "IPv4: \"%s\"",
                  ips[_i].ip.at);
    ck_assert_msg(ndri_ip6_is_valid(ips[_i].ip) == ips[_i].six, "IPv6: \"%s\"",
                  ips[_i].ip.at);
}
END_TEST

static const struct {
    ndri_span host;
    int good;
} hosts[] = {
    {IN("mail.example.net"), 1},
    {IN("localhost"), 1},
    {IN("a"), 1},
    {IN("1"), 1},
    {IN("a-b_c.example"), 1},
    {IN("[192.0.2.1]"), 1},
    {IN("[IPv6:2001:db8::1]"), 1},
    {IN("[ipv6:::1]"), 1},
    {IN(""), 0},
    {IN("."), 0},
    {IN(".a"), 0},
    {IN("a."), 0},
    {IN("a..b"), 0},
    {IN("a b"), 0},
    {IN("a\r\nb"), 0},
    {IN("a\0"), 0},
    {IN("a@b"), 0},
    {IN("a;b"), 0},
    {IN("(a)"), 0},
    {IN("b\xC3\xBC"
        "cher.example"),
     0},
    {IN("["), 0},
    {IN("[]"), 0},
    {IN("[192.0.2.1"), 0},
    {IN("192.0.2.1]"), 0},
    {IN("[192.0.2.256]"), 0},
    {IN("[2001:db8::1]"), 0},
    {IN("[IPv6:192.0.2.1]"), 0},
    {IN("[IPv6:]"), 0},
    {IN("[IPv6:"), 0},
    {IN("[mail.example.net]"), 0},
    {IN("2001:db8::1"), 0},
};

START_TEST(hosts_are_known)
{
    ck_assert_msg(ndri_host_is_valid(hosts[_i].host) == hosts[_i].good,
                  "\"%s\"", hosts[_i].host.at);
}
END_TEST

START_TEST(hosts_have_a_length)
{
    char host[257];

    memset(host, 'a', sizeof(host));
    ck_assert_int_eq(ndri_host_is_valid(ndri_span_from(host, 255)), 1);
    ck_assert_int_eq(ndri_host_is_valid(ndri_span_from(host, 256)), 0);
}
END_TEST

typedef struct row {
    ndri_span in;
    const char *out; /* NULL: it cannot be shown */
} row;

static const row named[] = {
    {IN("mail.example.net"), "mail.example.net"},
    {IN("mail.example.net."), "mail.example.net"},
    {IN("192.0.2.1"), "[192.0.2.1]"},
    {IN("2001:db8::1"), "[IPv6:2001:db8::1]"},
    {IN("::"), "[IPv6:::]"},
    {IN("::ffff:192.0.2.1"), "[IPv6:::ffff:192.0.2.1]"},
    {IN("[192.0.2.1]"), "[192.0.2.1]"},
    {IN("[IPv6:2001:db8::1]"), "[IPv6:2001:db8::1]"},
    {IN("a.."), NULL},
    {IN("."), NULL},
    {IN(""), NULL},
    {IN("a b"), NULL},
    {IN("a\r\nX: y"), NULL},
    {IN("[2001:db8::1]"), NULL},
};

START_TEST(hosts_are_named)
{
    int good = ndri_host_add(&out, named[_i].in);

    ck_assert_int_eq(good, named[_i].out != NULL);
    ck_assert_str_eq(ndri_buf_string(&out), good ? named[_i].out : "");
}
END_TEST

static const row bare[] = {
    {IN("192.0.2.1"), "192.0.2.1"},
    {IN("[192.0.2.1]"), "192.0.2.1"},
    {IN("2001:db8::1"), "2001:db8::1"},
    {IN("IPv6:2001:db8::1"), "2001:db8::1"},
    {IN("[IPv6:2001:db8::1]"), "2001:db8::1"},
    {IN("[2001:db8::1]"), "2001:db8::1"},
    {IN("[ipv6:::1]"), "::1"},
    {IN(""), NULL},
    {IN("[]"), NULL},
    {IN("["), NULL},
    {IN("[192.0.2.1"), NULL},
    {IN("[[192.0.2.1]]"), NULL},
    {IN("mail.example.net"), NULL},
    {IN("192.0.2.1)"), NULL},
};

START_TEST(ips_stand_bare)
{
    int good = ndri_ip_add(&out, bare[_i].in);

    ck_assert_int_eq(good, bare[_i].out != NULL);
    ck_assert_str_eq(ndri_buf_string(&out), good ? bare[_i].out : "");
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
    Suite *suite = suite_create("host");

    tcase_add_loop_test(add(suite, "IP addresses are told from other text"),
                        ips_are_known, 0, COUNT(ips));
    tcase_add_loop_test(add(suite, "Hosts are told from other text"),
                        hosts_are_known, 0, COUNT(hosts));
    tcase_add_test(add(suite, "Hosts have at most 255 octets"),
                   hosts_have_a_length);
    tcase_add_loop_test(add(suite, "Hosts are named as in reports"),
                        hosts_are_named, 0, COUNT(named));
    tcase_add_loop_test(add(suite, "IP addresses stand bare in comments"),
                        ips_stand_bare, 0, COUNT(bare));
    return ndri_test_main(suite);
}
