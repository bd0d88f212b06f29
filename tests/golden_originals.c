/* SPDX-License-Identifier: ISC */
/* Scenarios of what comes back: headers, whole messages, subjects. */
#include "golden.h"

#include <string.h>

static void refused(golden_stage *s, const char *original, int how_much)
{
    golden_facts(s);
    ndr_report_borrow_original(s->report, original, strlen(original));
    ndr_report_set_return(s->report, how_much);
    golden_remote(s, "joe@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
}

#define HEAD                                                                   \
    "From: Jane Doe <jane@example.com>\r\n"                                    \
    "To: joe@contoso.com\r\n"                                                  \
    "Bcc: hidden1@example.org\r\n"                                             \
    "Subject: Holiday rota\r\n"                                                \
    "Date: Tue, 24 Nov 2026 09:12:00 +0000\r\n"                                \
    "Message-ID: <rota@example.com>\r\n"

static void whole(golden_stage *s)
{
    refused(s, HEAD "\r\nAll in 7 bits.\r\n.\r\nFrom here\r\nno end",
            NDR_RETURN_FULL);
}

static void whole_8bit(golden_stage *s)
{
    refused(s, HEAD "\r\nCaf\xC3\xA9\r\n", NDR_RETURN_FULL);
}

static void whole_8bit_carried(golden_stage *s)
{
    whole_8bit(s);
    ndr_report_set_transport(s->report, NDR_TRANSPORT_8BITMIME);
}

static void small_limit(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_limit(s->profile, NDR_LIMIT_ORIGINAL, 100);
}

static void whole_delayed(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    ndr_report_set_return(s->report, NDR_RETURN_FULL);
    r = golden_recipient(s, "joe@contoso.com", "4.4.1", NULL);
    ndr_recipient_set_action(r, NDR_ACTION_DELAYED);
}

static void none(golden_stage *s)
{
    refused(s, HEAD "\r\nbody\r\n", NDR_RETURN_NONE);
}

static void no_original(golden_stage *s)
{
    refused(s, "", NDR_RETURN_HEADERS);
}

static void encoded_subject(golden_stage *s)
{
    refused(s,
            "From: jane@example.com\r\n"
            "Subject: =?iso-8859-1?Q?Pr=FCfung_?= =?UTF-8?B?4oKsIDEw?=\r\n"
            " =?UTF-8?Q?_und_mehr?=\r\n"
            "Date: Tue, 24 Nov 26 09:12 EST\r\n\r\n",
            NDR_RETURN_HEADERS);
}

static void broken_subject(golden_stage *s)
{
    refused(
        s,
        "From: jane@example.com\r\n"
        "Subject: =?utf-16be?Q?=00a=00b?= raw \xFC =?utf-8?Q?=0D=0ABcc:_x?= "
        "\xE2\x80\xAEtxt\r\n\r\n",
        NDR_RETURN_HEADERS);
}

static void long_subject(golden_stage *s)
{
    refused(s, HEAD "\r\n", NDR_RETURN_HEADERS);
    ndr_report_set_subject(
        s->report,
        "Die Prüfung der Rechtsschutzversicherungsgesellschaften und ihrer "
        "Kapitänsmützenabzeichen (é) in allen Häfen der Nordsee",
        NDR_NUL);
}

static void keep_few(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_header_filter(s->profile, NDR_HEADERS_KEEP,
                                  "From, Subject Message-*", NDR_NUL);
}

static void headers(golden_stage *s)
{
    refused(s,
            HEAD "X-Odd : blank before the colon\r\n"
                 "X-Folded:\r\n first\r\n \t\r\n\tsecond\r\n"
                 "X-Latin: \xFC\r\n"
                 "X-Bell: \x07\r\n"
                 "--=_dashes: at the beginning\r\n"
                 "not a field\r\n"
                 "Secret: body\r\n\r\n",
            NDR_RETURN_HEADERS);
}

static void tight_limit(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_limit(s->profile, NDR_LIMIT_HEADER, 150);
}

static void many_references(golden_stage *s)
{
    refused(s,
            "From: jane@example.com\r\n"
            "Message-ID: <m9@example.com>\r\n"
            "References: <m1@example.com> garbage <m2@example.com>\r\n"
            " <m3@example.com> <m 4@example.com> <m5@example.com>\r\n\r\n",
            NDR_RETURN_HEADERS);
}

static void few_references(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_limit(s->profile, NDR_LIMIT_REFERENCES, 3);
}

/* Read in pieces of at most 5 octets. */
static int64_t read_slowly(void *user, uint64_t offset, void *buffer,
                           size_t size)
{
    const char *all = user;
    size_t left = strlen(all) - (size_t) offset;
    size_t got = left < 5 ? left : 5;

    got = got < size ? got : size;
    memcpy(buffer, all + offset, got);
    return (int64_t) got;
}

static void from_source(golden_stage *s)
{
    static char original[] = HEAD "\nbody with\rmixed\r\nends\n";

    refused(s, HEAD "\r\n", NDR_RETURN_FULL);
    ndr_report_borrow_original_source(s->report, read_slowly, original,
                                      sizeof(original) - 1);
}

const golden_scenario golden_originals[] = {
    {"whole", golden_plain, whole, 0, NDR_OK, NULL},
    {"whole-8-bit-in-7-bits", golden_plain, whole_8bit, 0, NDR_OK, NULL},
    {"whole-8-bit", golden_plain, whole_8bit_carried, 0, NDR_OK, NULL},
    {"whole-too-large", small_limit, whole, 0, NDR_OK, NULL},
    {"whole-of-a-delay", golden_plain, whole_delayed, 0, NDR_OK, NULL},
    {"whole-from-a-source", golden_plain, from_source, 0, NDR_OK, NULL},
    {"none", golden_plain, none, 0, NDR_OK, NULL},
    {"no-original", golden_html, no_original, 0, NDR_OK, NULL},
    {"subject-encoded", golden_plain, encoded_subject, 0, NDR_OK, NULL},
    {"subject-broken", golden_plain, broken_subject, 0, NDR_OK, NULL},
    {"subject-long", golden_plain, long_subject, 0, NDR_OK, NULL},
    {"headers-odd", golden_html, headers, 0, NDR_OK, NULL},
    {"headers-kept", keep_few, headers, 0, NDR_OK, NULL},
    {"headers-over-limit", tight_limit, headers, 0, NDR_OK, NULL},
    {"references-bounded", few_references, many_references, 0, NDR_OK, NULL},
    {NULL, NULL, NULL, 0, 0, NULL},
};
