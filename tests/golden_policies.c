/* SPDX-License-Identifier: ISC */
/* Scenarios of who is told what: copies, masked hosts, diagnostics that are
   off, histories, next hops that offer little. */
#include "golden.h"

static void looped(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_recipient(s, "joe.bloggs@contoso.com", "5.4.6", NULL);
    ndr_recipient_set_notify(r, NDR_NOTIFY_FAILURE);
    ndr_report_set_return(s->report, NDR_RETURN_FULL);
}

static void copy(golden_stage *s)
{
    looped(s);
    ndr_report_set_copy(s->report, NDR_COPY_POSTMASTER);
}

static void copies_elsewhere(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_copy_mailbox(s->profile, "ndr@admin.example", NDR_NUL);
}

static void null_return_path(golden_stage *s)
{
    looped(s);
    ndr_report_set_sender(s->report, "<>", NDR_NUL);
}

static void double_bounce(golden_stage *s)
{
    null_return_path(s);
    ndr_report_set_copy(s->report, NDR_COPY_POSTMASTER);
}

static void triple_bounce(golden_stage *s)
{
    golden_facts(s);
    ndr_report_set_sender(s->report, "", NDR_NUL);
    golden_recipient(s, "postmaster@mail1.example.com", "5.2.2", NULL);
    ndr_report_set_copy(s->report, NDR_COPY_POSTMASTER);
}

static void within(golden_stage *s)
{
    static const char original[] =
        "Received: from edge1.corp.example ([10.9.8.7]) by hub3.corp.example; "
        "Tue,\r\n 24 Nov 2026 16:05:13 +0100\r\n"
        "Received: from desk7.example.net by mx.example.net; Tue, 24 Nov "
        "2026\r\n"
        " 16:05:12 +0100\r\n"
        "X-Corp-Route: hub3.corp.example\r\n"
        "From: Jane Doe <jane@example.com>\r\n"
        "Subject: Spring planning\r\n"
        "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"
        "Message-ID: <77@desk7.example.net>\r\n\r\nHello\r\n";
    ndr_recipient *r;

    golden_facts(s);
    ndr_report_borrow_original(s->report, original, sizeof(original) - 1);
    ndr_report_set_received_from(s->report, "edge1.corp.example", NDR_NUL,
                                 "10.9.8.7", NDR_NUL);
    r = golden_remote(s, "joe.bloggs@corp.example", "store2.corp.example",
                      "550 5.1.1 store2.corp.example: no such mailbox");
    ndr_recipient_set_last_attempt(r, 1795536312, 60);
    golden_remote(s, "ann.lee@corp.example", "store2.corp.example",
                  "550 5.1.1 no such mailbox");
}

static void masked(golden_stage *s)
{
    golden_html(s);
    ndr_profile_set_generating_server(s->profile, "hub3.corp.example", NDR_NUL);
    ndr_profile_set_internal_domains(s->profile, "corp.example", NDR_NUL);
    ndr_profile_set_host_masking(s->profile, NDR_HOSTS_MASKED);
}

static void without_diagnostics(golden_stage *s)
{
    golden_html(s);
    ndr_profile_set_generating_server(s->profile, "hub3.corp.example", NDR_NUL);
    ndr_profile_set_internal_domains(s->profile, "corp.example", NDR_NUL);
    ndr_profile_set_diagnostics(s->profile, NDR_DIAGNOSTICS_OFF);
}

/* Expired after two answers and a silence: the last answer is told. */
static void history(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_recipient(s, "joe.bloggs@contoso.com", "4.4.7", NULL);
    ndr_recipient_add_attempt(r, 1795500000, 60, "mx1.contoso.com", NDR_NUL,
                              "203.0.113.25", NDR_NUL,
                              "no answer: connection timed out", NDR_NUL);
    ndr_recipient_add_attempt(
        r, 1795536000, 60, "mx2.contoso.com", NDR_NUL, "203.0.113.26", NDR_NUL,
        "450-4.2.1 Try later,\r\n450 4.2.1 please.", NDR_NUL);
    ndr_recipient_add_attempt(r, 1795518000, 60, "mx2.contoso.com", NDR_NUL,
                              "203.0.113.26", NDR_NUL, "421 4.3.2 Closing",
                              NDR_NUL);
}

static void twins(golden_stage *s)
{
    golden_facts(s);
    golden_remote(s, "joe.bloggs@contoso.com", "mx.contoso.com",
                  "550 5.1.1 User unknown");
    golden_remote(s, "joe.bloggs@contoso.com", "mx.contoso.com",
                  "550 5.1.1 User unknown");
}

static void require_tls(golden_stage *s)
{
    looped(s);
    ndr_report_set_require_tls(s->report, NDR_REQUIRE_TLS_YES);
}

static void own_headers(golden_stage *s)
{
    looped(s);
    ndr_report_add_header(s->report, "Feedback-ID", NDR_NUL, "77:example",
                          NDR_NUL);
    ndr_report_add_header(s->report, "X-Queue-ID", NDR_NUL, "4d3F7c0z2Wz1xq",
                          NDR_NUL);
    golden_recipient(s, "ann.lee@contoso.com", "5.4.6", NULL);
}

static void listing(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_failed_recipients(s->profile, NDR_FAILED_RECIPIENTS_LISTED);
}

static void sender_in_a_labels(golden_stage *s)
{
    looped(s);
    ndr_report_set_sender(s->report, "jane@m\xC3\xBCnchen.example", NDR_NUL);
}

const golden_scenario golden_policies[] = {
    {"copy", golden_html, copy, 0, NDR_OK, NULL},
    {"copy-elsewhere", copies_elsewhere, copy, 0, NDR_OK, NULL},
    {"copy-of-a-double-bounce", golden_plain, double_bounce, 0, NDR_OK, NULL},
    {"copy-of-a-triple-bounce", golden_plain, triple_bounce, 0, NDR_NOTHING_DUE,
     "mail to the postmaster"},
    {"null-return-path", golden_plain, null_return_path, 0, NDR_NOTHING_DUE,
     "null"},
    {"masked-hosts", masked, within, 0, NDR_OK, NULL},
    {"diagnostics-off", without_diagnostics, within, 0, NDR_OK, NULL},
    {"expired-after-attempts", golden_plain, history, 0, NDR_OK, NULL},
    {"twins", golden_plain, twins, 0, NDR_OK, NULL},
    {"require-tls", golden_plain, require_tls, 0, NDR_OK, NULL},
    {"own-header-fields", listing, own_headers, 0, NDR_OK, NULL},
    {"sender-in-a-labels", golden_plain, sender_in_a_labels, 0, NDR_OK, NULL},
    {NULL, NULL, NULL, 0, 0, NULL},
};
