/* SPDX-License-Identifier: ISC */
/* Profiles: what each setter takes and refuses, and where it is seen. */
#include "desk.h"
#include "report/profile.h"
#include "test.h"

#include <string.h>

static ndr_profile *profile;
static desk d; /* for the tests that open it */

static void setup(void)
{
    memset(&d, 0, sizeof(d));
    ck_assert_int_eq(ndr_profile_new(&profile, NULL), NDR_OK);
}

static void teardown(void)
{
    ndr_profile_free(profile);
    desk_close(&d);
}

static void assert_detail(const char *detail)
{
    ck_assert_str_eq(ndr_profile_error_detail(profile), detail);
}

START_TEST(a_new_profile_has_its_defaults)
{
    ck_assert_int_eq(ndr_profile_error(profile), NDR_OK);
    assert_detail("");
    ck_assert_int_eq(profile->audience, NDR_AUDIENCE_EXTERNAL);
    ck_assert_int_eq(profile->grouping, NDR_GROUPING_SAME_REASON);
    ck_assert_int_eq(profile->charsets, NDR_CHARSETS_SYSTEM);
    ck_assert_int_eq(profile->filter.mode, NDR_HEADERS_DROP);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_ORIGINAL], 10485760);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_HEADER], 262144);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_REPLY], 65536);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_SUBJECT], 512);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_REFERENCES], 20);
}
END_TEST

static const struct {
    const char *host;
    int valid;
    const char *kept; /* if not as it came */
} hosts[] = {
    {"mail1.example.com", 1, NULL},
    {"MAIL_1.example.com", 1, NULL},
    {"localhost", 1, NULL},
    {"xn--mnchen-3ya.example", 1, NULL},
    {"[192.0.2.1]", 1, NULL},
    {"[IPv6:2001:db8::1]", 1, NULL},
    {"", 0, NULL},
    {".", 0, NULL},
    {"a..b", 0, NULL},
    {".a", 0, NULL},
    {"a.", 0, NULL},
    {"a b", 0, NULL},
    {"a@b", 0, NULL},
    {"[", 0, NULL},
    {"[]", 0, NULL},
    {"[a]", 0, NULL},
    {"[192.0.2.1", 0, NULL},
    {"[192.0.2.256]", 0, NULL},
    {"m\xC3\xBCnchen.example", 1, "xn--mnchen-3ya.example"},
    {"m\xC3.example", 0, NULL},
    {"a\r\nX-Evil: b", 0, NULL},
    {"a;b", 0, NULL},
    {"a<b>", 0, NULL},
};

static const char *kept(int host)
{
    return hosts[host].kept != NULL ? hosts[host].kept : hosts[host].host;
}

START_TEST(a_generating_server_is_a_host)
{
    int error =
        ndr_profile_set_generating_server(profile, hosts[_i].host, NDR_NUL);

    ck_assert_int_eq(error, hosts[_i].valid ? NDR_OK : NDR_E_HOST);
    ck_assert_int_eq(ndr_profile_error(profile), error);
    if (error == NDR_OK)
        ck_assert(ndri_span_equal(profile->generating_server,
                                  ndri_span_of(kept(_i))));
}
END_TEST

START_TEST(a_reporting_authority_is_a_host_or_empty)
{
    int valid = hosts[_i].valid || hosts[_i].host[0] == '\0';

    ndr_profile_set_reporting_authority(profile, "old.example", NDR_NUL);
    ck_assert_int_eq(
        ndr_profile_set_reporting_authority(profile, hosts[_i].host, NDR_NUL),
        valid ? NDR_OK : NDR_E_HOST);
    if (valid)
        ck_assert(ndri_span_equal(profile->reporting_authority,
                                  ndri_span_of(kept(_i))));
}
END_TEST

START_TEST(an_internal_domain_is_a_host)
{
    char list[80] = "a.example, ";
    int two = strcmp(hosts[_i].host, "a b") == 0;

    strcat(list, hosts[_i].host);
    ck_assert_int_eq(ndr_profile_set_internal_domains(profile, list, NDR_NUL),
                     hosts[_i].valid || two || hosts[_i].host[0] == '\0'
                         ? NDR_OK
                         : NDR_E_HOST);
}
END_TEST

START_TEST(a_host_has_up_to_255_octets)
{
    char host[257];

    memset(host, 'a', sizeof(host));
    ck_assert_int_eq(ndr_profile_set_generating_server(profile, host, 255),
                     NDR_OK);
    ck_assert_int_eq(ndr_profile_set_generating_server(profile, host, 256),
                     NDR_E_HOST);
}
END_TEST

START_TEST(internal_domains_are_compared_without_case)
{
    ck_assert_int_eq(
        ndr_profile_set_internal_domains(
            profile, "example.com, INTRA.example\tc.example ,", NDR_NUL),
        NDR_OK);
    ck_assert(ndri_profile_is_internal(profile, NDRI_SPAN("Example.COM")));
    ck_assert(ndri_profile_is_internal(profile, NDRI_SPAN("intra.EXAMPLE")));
    ck_assert(ndri_profile_is_internal(profile, NDRI_SPAN("c.example")));
    ck_assert(!ndri_profile_is_internal(profile, NDRI_SPAN("a.example.com")));
    ck_assert(!ndri_profile_is_internal(profile, NDRI_SPAN("xample.com")));
    ck_assert(!ndri_profile_is_internal(profile, NDRI_SPAN("")));
    ck_assert_int_eq(ndr_profile_set_internal_domains(profile, NULL, 0),
                     NDR_OK);
    ck_assert(!ndri_profile_is_internal(profile, NDRI_SPAN("example.com")));
}
END_TEST

static const struct {
    const char *mailbox;
    int error;
    const char *from; /* as From shows it */
} mailboxes[] = {
    {"", NDR_OK, "Mail Delivery System <postmaster@mail1.example.com>"},
    {"postmaster@example.com", NDR_OK, "<postmaster@example.com>"},
    {"<postmaster@example.com>", NDR_OK, "<postmaster@example.com>"},
    {"MAILER-DAEMON@example.com", NDR_OK, "<MAILER-DAEMON@example.com>"},
    {"Mail System <postmaster@example.com>", NDR_OK,
     "Mail System <postmaster@example.com>"},
    {"\"Mail System\" <postmaster@example.com>", NDR_OK,
     "Mail System <postmaster@example.com>"},
    {"Contoso, Inc. <postmaster@example.com>", NDR_OK,
     "\"Contoso, Inc.\" <postmaster@example.com>"},
    {"P\xC3\xB6st <postmaster@example.com>", NDR_OK,
     "=?utf-8?B?UMO2c3Q=?= <postmaster@example.com>"},
    {"postmaster@[192.0.2.1]", NDR_OK, "<postmaster@[192.0.2.1]>"},
    {"jane@example.com", NDR_E_ADDRESS, NULL},
    {"Postmaster", NDR_E_ADDRESS, NULL},
    {"postmaster@", NDR_E_ADDRESS, NULL},
    {"postmaster@a b", NDR_E_ADDRESS, NULL},
    {"postmaster@b\xC3\xBC.example", NDR_E_ADDRESS, NULL},
    {"postmaster@a.example, postmaster@b.example", NDR_E_ADDRESS, NULL},
    {"A <b> <postmaster@example.com>", NDR_E_ADDRESS, NULL},
    {"A\r\nX-Evil: b <postmaster@example.com>", NDR_E_TEXT, NULL},
    {"A\tB <postmaster@example.com>", NDR_E_TEXT, NULL},
    {"A\xFF <postmaster@example.com>", NDR_E_TEXT, NULL},
};

START_TEST(a_postmaster_is_a_mailbox_of_one)
{
    ck_assert_int_eq(
        ndr_profile_set_postmaster(profile, mailboxes[_i].mailbox, NDR_NUL),
        mailboxes[_i].error);
    if (mailboxes[_i].error != NDR_OK)
        return;
    desk_open(&d);
    ndr_profile_set_postmaster(d.profile, "postmaster@old.example", NDR_NUL);
    ndr_profile_set_postmaster(d.profile, mailboxes[_i].mailbox, NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_field(d.parts, d.parts->header, "From"),
                     mailboxes[_i].from);
}
END_TEST

START_TEST(a_mailbox_has_up_to_512_octets)
{
    char mailbox[520];

    memset(mailbox, 'a', sizeof(mailbox));
    memcpy(mailbox + 512 - 14, " <postmaster@b>", 15);
    ck_assert_int_eq(ndr_profile_set_postmaster(profile, mailbox, 513),
                     NDR_E_ADDRESS);
    ndr_profile_free(profile);
    setup();
    memcpy(mailbox + 512 - 15, " <postmaster@b>", 15);
    ck_assert_int_eq(ndr_profile_set_postmaster(profile, mailbox, 512), NDR_OK);
}
END_TEST

/* Numbers outside their enumerations, by setter. */
static int set_audience(int n)
{
    return ndr_profile_set_audience(profile, n);
}

static int set_grouping(int n)
{
    return ndr_profile_set_grouping(profile, n);
}

static int set_html(int n)
{
    return ndr_profile_set_html(profile, n);
}

static int set_charsets(int n)
{
    return ndr_profile_set_charsets(profile, n);
}

static int set_filter(int n)
{
    return ndr_profile_set_header_filter(profile, n, "", 0);
}

static int set_limit(int n)
{
    return ndr_profile_set_limit(profile, n, 1);
}

static const struct {
    int (*set)(int n);
    int last;
    const char *detail;
} numbers[] = {
    {set_audience, NDR_AUDIENCE_INTERNAL, "audience: unknown number"},
    {set_grouping, NDR_GROUPING_NEVER, "grouping: unknown number"},
    {set_html, NDR_HTML_ON, "html: unknown number"},
    {set_charsets, NDR_CHARSETS_BUILTIN, "charsets: unknown number"},
    {set_filter, NDR_HEADERS_KEEP, "header filter: unknown number"},
    {set_limit, NDR_LIMIT_REFERENCES, "limit: unknown number"},
};

START_TEST(numbers_are_those_of_their_enumeration)
{
    int n;

    for (n = 0; n <= numbers[_i].last; n++)
        ck_assert_int_eq(numbers[_i].set(n), NDR_OK);
    ck_assert_int_eq(numbers[_i].set(n), NDR_E_INVALID);
    assert_detail(numbers[_i].detail);
    ndr_profile_free(profile);
    setup();
    ck_assert_int_eq(numbers[_i].set(-1), NDR_E_INVALID);
}
END_TEST

static const struct {
    const char *names;
    int error;
    const char *detail;
} filters[] = {
    {"", NDR_OK, ""},
    {"X-*", NDR_OK, ""},
    {"Received, X-Internal Authentication-Results", NDR_OK, ""},
    {"*", NDR_OK, ""},
    {"Received:", NDR_E_FIELD,
     "header filter \"Received:\": expected the name of a header field"},
    {"X-*-Id", NDR_E_FIELD,
     "header filter \"X-*-Id\": expected the name of a header field"},
    {"a \xC3\xBC", NDR_E_FIELD,
     "header filter \"\\xC3\\xBC\": expected the name of a header field"},
    {"a\r\nb", NDR_E_FIELD,
     "header filter \"a\\x0D\\x0Ab\": expected the name of a header field"},
};

START_TEST(a_filter_is_a_list_of_names)
{
    ck_assert_int_eq(ndr_profile_set_header_filter(profile, NDR_HEADERS_DROP,
                                                   filters[_i].names, NDR_NUL),
                     filters[_i].error);
    assert_detail(filters[_i].detail);
}
END_TEST

START_TEST(limits_are_bounded_but_for_the_originals)
{
    ndr_profile_set_limit(profile, NDR_LIMIT_ORIGINAL, UINT64_MAX);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_ORIGINAL], UINT64_MAX);
    ndr_profile_set_limit(profile, NDR_LIMIT_REPLY, UINT64_MAX);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_REPLY], NDRI_TEXT_LIMIT);
    ndr_profile_set_limit(profile, NDR_LIMIT_SUBJECT, 0);
    ck_assert_uint_eq(profile->limits[NDR_LIMIT_SUBJECT], 0);
}
END_TEST

START_TEST(the_first_error_stays_and_every_setter_returns_it)
{
    ck_assert_int_eq(ndr_profile_set_generating_server(profile, "a b", NDR_NUL),
                     NDR_E_HOST);
    assert_detail("generating server \"a b\": expected a host name or an "
                  "address literal");
    ck_assert_int_eq(
        ndr_profile_set_generating_server(profile, "a.example", NDR_NUL),
        NDR_E_HOST);
    ck_assert_int_eq(ndr_profile_set_reporting_authority(profile, "a", 1),
                     NDR_E_HOST);
    ck_assert_int_eq(ndr_profile_set_postmaster(profile, "", 0), NDR_E_HOST);
    ck_assert_int_eq(ndr_profile_set_catalog(profile, NULL), NDR_E_HOST);
    ck_assert_int_eq(ndr_profile_set_internal_domains(profile, "", 0),
                     NDR_E_HOST);
    ck_assert_int_eq(set_audience(0), NDR_E_HOST);
    ck_assert_int_eq(set_grouping(0), NDR_E_HOST);
    ck_assert_int_eq(set_html(0), NDR_E_HOST);
    ck_assert_int_eq(set_charsets(0), NDR_E_HOST);
    ck_assert_int_eq(set_filter(0), NDR_E_HOST);
    ck_assert_int_eq(set_limit(0), NDR_E_HOST);
    ck_assert_int_eq(ndr_profile_error(profile), NDR_E_HOST);
    assert_detail("generating server \"a b\": expected a host name or an "
                  "address literal");
}
END_TEST

START_TEST(a_report_starts_with_its_profiles_error)
{
    ndr_report *report;

    set_audience(9);
    ck_assert_int_eq(ndr_report_new(&report, profile), NDR_OK);
    ck_assert_int_eq(ndr_report_error(report), NDR_E_INVALID);
    ck_assert_str_eq(ndr_report_error_detail(report),
                     "audience: unknown number");
    ck_assert_int_eq(ndr_report_set_sender(report, "a@b", NDR_NUL),
                     NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_prepare(report), NDR_E_INVALID);
    ck_assert_int_eq(ndr_report_reset(report, NULL), NDR_OK);
    ck_assert_int_eq(ndr_report_error(report), NDR_E_INVALID);
    ndr_report_free(report);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("profile");
    TCase *tcase = tcase_create("profile");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_new_profile_has_its_defaults);
    tcase_add_loop_test(tcase, a_generating_server_is_a_host, 0, COUNT(hosts));
    tcase_add_loop_test(tcase, a_reporting_authority_is_a_host_or_empty, 0,
                        COUNT(hosts));
    tcase_add_loop_test(tcase, an_internal_domain_is_a_host, 0, COUNT(hosts));
    tcase_add_test(tcase, a_host_has_up_to_255_octets);
    tcase_add_test(tcase, internal_domains_are_compared_without_case);
    tcase_add_loop_test(tcase, a_postmaster_is_a_mailbox_of_one, 0,
                        COUNT(mailboxes));
    tcase_add_test(tcase, a_mailbox_has_up_to_512_octets);
    tcase_add_loop_test(tcase, numbers_are_those_of_their_enumeration, 0,
                        COUNT(numbers));
    tcase_add_loop_test(tcase, a_filter_is_a_list_of_names, 0, COUNT(filters));
    tcase_add_test(tcase, limits_are_bounded_but_for_the_originals);
    tcase_add_test(tcase, the_first_error_stays_and_every_setter_returns_it);
    tcase_add_test(tcase, a_report_starts_with_its_profiles_error);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
