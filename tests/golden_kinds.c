/* SPDX-License-Identifier: ISC */
/* Scenarios of every action, and of all fields at once. */
#include "golden.h"

static void delayed(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_recipient(s, "joe.bloggs@contoso.com", "4.4.1", NULL);
    ndr_recipient_set_action(r, NDR_ACTION_DELAYED);
    ndr_recipient_set_retry_until(r, 1795705512, 60);
    ndr_recipient_add_attempt(r, 1795529405, 60, "mail.contoso.com", NDR_NUL,
                              "203.0.113.25", NDR_NUL,
                              "no answer: connection timed out", NDR_NUL);
    ndr_recipient_add_attempt(r, 1795533010, 60, "mail.contoso.com", NDR_NUL,
                              "203.0.113.25", NDR_NUL,
                              "no answer: connection timed out", NDR_NUL);
}

static void put_off(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_remote(s, "joe.bloggs@contoso.com", "mail.contoso.com",
                      "451 4.7.1 Greylisted, try again in five minutes");
    ndr_recipient_set_action(r, NDR_ACTION_DELAYED);
    ndr_recipient_set_retry_until(r, 1795536918, 60);
}

static ndr_recipient *success(golden_stage *s, const char *address, int action)
{
    ndr_recipient *r = golden_recipient(s, address, NULL, NULL);

    ndr_recipient_set_action(r, action);
    ndr_recipient_set_notify(r, NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE);
    return r;
}

static void delivered(golden_stage *s)
{
    golden_facts(s);
    ndr_recipient_set_status(
        success(s, "joe.bloggs@contoso.com", NDR_ACTION_DELIVERED), "2.0.0",
        NDR_NUL);
}

static void relayed(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = success(s, "joe.bloggs@contoso.com", NDR_ACTION_RELAYED);
    ndr_recipient_set_remote_server(r, "mail.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(r, "250 2.6.0 Queued as 77", NDR_NUL);
}

static void expanded(golden_stage *s)
{
    golden_facts(s);
    ndr_recipient_set_status(
        success(s, "board@example.com", NDR_ACTION_EXPANDED), "2.1.5", NDR_NUL);
}

static void of_all_kinds(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    ndr_recipient_set_status(
        success(s, "ann.lee@example.com", NDR_ACTION_DELIVERED), "2.0.0",
        NDR_NUL);
    r = golden_recipient(s, "late@contoso.com", "4.4.1", NULL);
    ndr_recipient_set_action(r, NDR_ACTION_DELAYED);
    golden_remote(s, "joe.bloggs@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
    success(s, "board@example.com", NDR_ACTION_EXPANDED);
    r = golden_remote(s, "quiet@contoso.com", "mail.contoso.com",
                      "550 5.1.1 User unknown");
    ndr_recipient_set_notify(r, NDR_NOTIFY_NEVER);
}

/* Every field of RFC 3464 section 2 that is not a gateway's. */
static void every_field(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    ndr_report_set_envelope_id(s->report, "QQ314159+2B1+3Dx", NDR_NUL);
    ndr_report_set_received_from(s->report, "desk7.example.com", NDR_NUL,
                                 "192.0.2.7", NDR_NUL);
    ndr_report_set_arrival_date(s->report, 1795532712, 60);
    ndr_report_add_field(s->report, "X-Queue-ID", NDR_NUL, "4d3F7c0z2Wz1xq",
                         NDR_NUL);
    r = golden_recipient(s, "joe.new@contoso.com", "4.2.2",
                         "452 4.2.2 Mailbox full");
    ndr_recipient_set_action(r, NDR_ACTION_DELAYED);
    ndr_recipient_set_original_recipient(r, "rfc822;Joe+2BSales@Contoso.COM",
                                         NDR_NUL);
    ndr_recipient_set_remote_server(r, "mail.contoso.com", NDR_NUL,
                                    "2001:db8::25", NDR_NUL);
    ndr_recipient_set_last_attempt(r, 1795536312, NDR_OFFSET_UNKNOWN);
    ndr_recipient_set_log_id(r, "2026-11-24/77", NDR_NUL);
    ndr_recipient_set_retry_until(r, 1795705512, 60);
    ndr_recipient_add_field(r, "X-Attempts", NDR_NUL, "3", NDR_NUL);
}

static void with_authority(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_reporting_authority(s->profile, "example.com", NDR_NUL);
    ndr_profile_set_postmaster(
        s->profile, "B\xC3\xBCro f\xC3\xBCr Post <postmaster@example.com>",
        NDR_NUL);
}

static void local_name(golden_stage *s)
{
    ndr_profile_set_generating_server(s->profile, "mailhub", NDR_NUL);
}

static void hidden(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_remote(s, "secret.person@hidden.example", "mx.hidden.example",
                      "550 5.1.1 <secret.person@hidden.example> unknown");
    ndr_recipient_set_original_recipient(r, "rfc822;info@example.com", NDR_NUL);
    ndr_recipient_set_hidden(r, "info@example.com", NDR_NUL);
    ndr_recipient_set_log_id(r, "to secret.person@hidden.example", NDR_NUL);
}

static void utf8_address(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_remote(s, "j\xC3\xB8rgen@contoso.com", "mail.contoso.com",
                      "550 5.1.1 User unknown");
    ndr_recipient_set_original_recipient(
        r, "utf-8;j\\x{F8}rgen+2B1@contoso.com", NDR_NUL);
}

static void utf8_transport(golden_stage *s)
{
    static const char original[] =
        "From: J\xC3\xB8rn <j\xC3\xB8rn@example.com>\r\n"
        "Subject: Gr\xC3\xBC\xC3\x9F"
        "e\r\n"
        "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n\r\nHallo\r\n";

    utf8_address(s);
    ndr_report_borrow_original(s->report, original, sizeof(original) - 1);
    ndr_report_set_transport(s->report, NDR_TRANSPORT_SMTPUTF8);
}

static void utf8_whole(golden_stage *s)
{
    utf8_transport(s);
    ndr_report_set_return(s->report, NDR_RETURN_FULL);
}

static void utf8_sender(golden_stage *s)
{
    golden_facts(s);
    ndr_report_set_sender(s->report, "j\xC3\xB8rn@example.com", NDR_NUL);
    golden_remote(s, "joe@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
}

static void nobody_asked(golden_stage *s)
{
    golden_facts(s);
    ndr_recipient_set_notify(
        golden_recipient(s, "joe@contoso.com", "5.1.1", NULL),
        NDR_NOTIFY_SUCCESS | NDR_NOTIFY_DELAY);
}

const golden_scenario golden_kinds[] = {
    {"delayed-4.4.1", golden_plain, delayed, 0, NDR_OK, NULL},
    {"delayed-4.4.1-html", golden_html, delayed, 0, NDR_OK, NULL},
    {"delayed-4.7.1", golden_plain, put_off, 0, NDR_OK, NULL},
    {"delivered", golden_plain, delivered, 0, NDR_OK, NULL},
    {"relayed", golden_plain, relayed, 0, NDR_OK, NULL},
    {"expanded", golden_plain, expanded, 0, NDR_OK, NULL},
    {"mixed", golden_plain, of_all_kinds, NDR_ACTIONS_MIXED, NDR_OK, NULL},
    {"mixed-html", golden_html, of_all_kinds, NDR_ACTIONS_MIXED, NDR_OK, NULL},
    {"mixed-failed-alone", golden_plain, of_all_kinds, 0, NDR_OK, NULL},
    {"mixed-delayed-alone", golden_plain, of_all_kinds, NDR_ACTIONS_DELAYED,
     NDR_OK, NULL},
    {"mixed-success-alone", golden_plain, of_all_kinds, NDR_ACTIONS_SUCCESS,
     NDR_OK, NULL},
    {"every-field", golden_plain, every_field, 0, NDR_OK, NULL},
    {"reporting-authority", with_authority, every_field, 0, NDR_OK, NULL},
    {"local-host-name", local_name, delivered, 0, NDR_OK, NULL},
    {"hidden", golden_html, hidden, 0, NDR_OK, NULL},
    {"utf8-address-in-7-bits", golden_plain, utf8_address, 0, NDR_OK, NULL},
    {"utf8-transport", golden_plain, utf8_transport, 0, NDR_OK, NULL},
    {"utf8-transport-whole", golden_plain, utf8_whole, 0, NDR_OK, NULL},
    {"utf8-sender", golden_plain, utf8_sender, 0, NDR_OK, NULL},
    {"nobody-asked", golden_plain, nobody_asked, 0, NDR_NOTHING_DUE, "NOTIFY"},
    {NULL, NULL, NULL, 0, 0, NULL},
};
