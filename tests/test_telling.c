/* SPDX-License-Identifier: ISC */
/* Which texts tell an address, or a host. */
#include "mail/telling.h"
#include "test.h"

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static const struct {
    const char *text, *address;
    int tells;
} addresses[] = {
    {"<joe@a.example>", "joe@a.example", 1},
    {"JOE@A.EXAMPLE", "joe@a.example", 1},
    {"xjoe@a.examplex", "joe@a.example", 1},
    {"b-joe=a.example@list", "joe@a.example", 1},
    {"SRS0=h=tt=a.example=joe@f", "joe@a.example", 1},
    {"?to=joe%40a.example", "joe@a.example", 1},
    {"joe+40a.example", "joe@a.example", 1},
    {"joe\\x40a.example", "joe@a.example", 1},
    {"joe at a.example", "joe@a.example", 1},
    {"a.example a.example joe", "joe@a.example", 1},
    {"joe or at a.example", "joe@a.example", 0},
    {"joe", "joe@a.example", 0},
    {"a.example", "joe@a.example", 0},
    {"ann@a.example", "joe@a.example", 0},
    {"", "joe@a.example", 0},
    {"joe@localhost", "joe@localhost", 1},
    {"joe", "joe", 1},
    {"say Joe.", "joe", 1},
    {"jo e", "joe", 0},
    /* cut by a limit */
    {"550 <joe@a.ex [...]", "joe@a.example", 1},
    {"550 <jo [...]", "joe@a.example", 1},
    {"550 <j [...]", "joe@a.example", 1},
    {"550 < [...]", "joe@a.example", 0},
    {"550 <jo", "joe@a.example", 0},
};

START_TEST(addresses_are_told)
{
    ck_assert_int_eq(ndri_telling_address(ndri_span_of(addresses[_i].text),
                                          ndri_span_of(addresses[_i].address)),
                     addresses[_i].tells);
}
END_TEST

static const struct {
    const char *text;
    int tells;
} hosts[] = {
    {"mx.a.example", 1},       {"by MX.A.Example;", 1},
    {"by mx.b.example", 1},    {"mx.a.example.", 1},
    {"mx.a.example. Next", 1}, {"x.y.a.example", 1},
    {"a.example", 0},          {".a.example", 0},
    {"joe@a.example", 0},      {"mx.a.example.org", 0},
    {"mx.a.examples", 0},      {"mx.xa.example", 0},
    {"mx.a-example", 0},       {"", 0},
    {"mx.a.ex [...]", 1},      {"mx. [...]", 1},
    {"mx [...]", 0},           {"mx.a.ex", 0},
};

START_TEST(hosts_below_a_domain_are_told)
{
    ck_assert_int_eq(ndri_telling_host_below(ndri_span_of(hosts[_i].text),
                                             NDRI_SPAN("a.example, b.example")),
                     hosts[_i].tells);
    ck_assert(
        !ndri_telling_host_below(ndri_span_of(hosts[_i].text), NDRI_SPAN("")));
}
END_TEST

START_TEST(a_host_is_told)
{
    ck_assert(ndri_telling_host(NDRI_SPAN("by MX.a.example"),
                                NDRI_SPAN("mx.a.example")));
    ck_assert(!ndri_telling_host(NDRI_SPAN("by m.a.example"),
                                 NDRI_SPAN("mx.a.example")));
    ck_assert(ndri_telling_host(NDRI_SPAN("by Hub here"), NDRI_SPAN("hub")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("telling");
    TCase *tcase = tcase_create("telling");

    tcase_add_loop_test(tcase, addresses_are_told, 0, COUNT(addresses));
    tcase_add_loop_test(tcase, hosts_below_a_domain_are_told, 0, COUNT(hosts));
    tcase_add_test(tcase, a_host_is_told);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
