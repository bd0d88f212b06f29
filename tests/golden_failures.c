/* SPDX-License-Identifier: ISC */
/* Scenarios of failed delivery: remote, local, several, an administrator's own
   words. */
#include "golden.h"

static const char spring[] =
    "Received: from desk7.example.com (desk7.example.com [192.0.2.7])\r\n"
    " by mail1.example.com with ESMTPSA; Tue, 24 Nov 2026 16:05:12 +0100\r\n"
    "From: Jane Doe <jane@example.com>\r\n"
    "To: Joe Bloggs <joe.bloggs@contoso.com>\r\n"
    "Subject: Spring planning, Thursday at ten\r\n"
    "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"
    "Message-ID: <2026-1124-77@desk7.example.com>\r\n"
    "\r\n"
    "See you there?\r\n";

#define MAILBOX_FULL "552 5.2.2 Mailbox size limit exceeded"

void golden_html(golden_stage *s)
{
    ndr_profile_set_catalog(s->profile, s->catalog);
    ndr_profile_set_generating_server(s->profile, "mail1.example.com", NDR_NUL);
}

void golden_plain(golden_stage *s)
{
    golden_html(s);
    ndr_profile_set_html(s->profile, NDR_HTML_OFF);
}

static void inside(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_audience(s->profile, NDR_AUDIENCE_INTERNAL);
    ndr_profile_set_internal_domains(s->profile, "example.com", NDR_NUL);
}

void golden_entry(golden_stage *s, const char *entry, size_t length)
{
    int error = ndr_catalog_add(s->catalog, entry, length);

    if (s->error == NDR_OK)
        s->error = error;
}

void golden_facts(golden_stage *s)
{
    ndr_report_set_sender(s->report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(s->report, 1795536318, 60);
    ndr_report_set_seed(s->report, "4d3F7c0z2Wz1xq", NDR_NUL);
    ndr_report_borrow_original(s->report, spring, sizeof(spring) - 1);
}

ndr_recipient *golden_recipient(golden_stage *s, const char *address,
                                const char *status, const char *reply)
{
    ndr_recipient *r = ndr_report_add_recipient(s->report, address, NDR_NUL);

    if (status != NULL)
        ndr_recipient_set_status(r, status, NDR_NUL);
    if (reply != NULL)
        ndr_recipient_set_reply(r, reply, NDR_NUL);
    return r;
}

ndr_recipient *golden_remote(golden_stage *s, const char *address,
                             const char *host, const char *reply)
{
    ndr_recipient *r = golden_recipient(s, address, NULL, reply);

    ndr_recipient_set_remote_server(r, host, NDR_NUL, NULL, 0);
    return r;
}

static void remote(golden_stage *s)
{
    golden_facts(s);
    golden_remote(s, "joe.bloggs@contoso.com", "mail.contoso.com",
                  "550-5.1.1 <joe.bloggs@contoso.com>: Recipient address "
                  "rejected:\r\n550 5.1.1 User unknown in virtual mailbox "
                  "table\r\n");
}

static void local(golden_stage *s)
{
    golden_facts(s);
    golden_recipient(s, "ann.lee@example.com", NULL, MAILBOX_FULL);
}

static void own_words(golden_stage *s)
{
    inside(s);
    golden_entry(s,
                 "Status: 5.2.2\nAudience: internal\n\n"
                 "This mailbox is full at the moment. The help desk can "
                 "make room: call <b>7000</b>, or see our <a "
                 "href=\"https://help.example.com/full\">page on full "
                 "mailboxes</a>.\n",
                 NDR_NUL);
}

static void own_words_html(golden_stage *s)
{
    own_words(s);
    ndr_profile_set_html(s->profile, NDR_HTML_ON);
}

static void three(golden_stage *s)
{
    golden_facts(s);
    golden_remote(s, "joe.bloggs@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
    golden_remote(s, "board@fabrikam.example", "mx2.fabrikam.example",
                  "554 5.7.1 Sender not permitted");
    golden_recipient(s, "ann.lee@example.com", NULL, MAILBOX_FULL);
}

static void two_with_one_reason(golden_stage *s)
{
    golden_facts(s);
    golden_remote(s, "joe.bloggs@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
    golden_remote(s, "jo.blogs@contoso.com", "mail.contoso.com",
                  "550 5.1.1 No such user here");
}

static void never_grouped(golden_stage *s)
{
    golden_plain(s);
    ndr_profile_set_grouping(s->profile, NDR_GROUPING_NEVER);
}

static void expired(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_recipient(s, "joe.bloggs@contoso.com", "4.4.7", NULL);
    ndr_recipient_set_last_attempt(r, 1795529405, 60);
    ndr_recipient_add_attempt(r, 1795525810, 60, "mail.contoso.com", NDR_NUL,
                              "203.0.113.25", NDR_NUL,
                              "no answer: connection timed out", NDR_NUL);
    ndr_recipient_add_attempt(r, 1795529405, 60, "mail.contoso.com", NDR_NUL,
                              "203.0.113.25", NDR_NUL,
                              "no answer: connection refused", NDR_NUL);
}

static void not_permitted(golden_stage *s)
{
    golden_facts(s);
    golden_recipient(s, "board@example.com", NULL,
                     "554 5.7.1 Sender not permitted");
}

/* The edge of another organisation took the message; its policy refuses. */
static void other_edge(golden_stage *s)
{
    ndr_profile_set_generating_server(s->profile, "edge2.fabrikam.example",
                                      NDR_NUL);
    ndr_profile_set_html(s->profile, NDR_HTML_OFF);
}

static void same_server(golden_stage *s)
{
    golden_facts(s);
    golden_recipient(s, "board@fabrikam.example", NULL,
                     "550 5.7.1 Sender may not write to this group");
}

static void different_servers(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_recipient(s, "joe.bloggs@contoso.com", "5.1.1",
                         "550 5.1.1 User unknown");
    ndr_recipient_set_remote_server(r, "mail.contoso.com", NDR_NUL,
                                    "203.0.113.25", NDR_NUL);
}

static void three_meanings(golden_stage *s)
{
    golden_facts(s);
    golden_remote(s, "a@contoso.com", "mail.contoso.com",
                  "550 5.7.1 RESOLVER.RST.AuthRequired; authentication "
                  "required");
    golden_remote(s, "b@contoso.com", "mail.contoso.com",
                  "550 5.7.1 <b@contoso.com>: Relay access denied");
    golden_remote(s, "c@contoso.com", "mail.contoso.com",
                  "530 5.7.1 Client was not authenticated");
    golden_remote(s, "d@contoso.com", "mail.contoso.com",
                  "554 5.7.1 Message blocked, looks like spam");
}

static void no_code(golden_stage *s)
{
    golden_facts(s);
    golden_remote(s, "joe@contoso.com", "mail.contoso.com",
                  "550 Mailbox not found");
    golden_recipient(s, "ann@contoso.com", NULL, NULL);
}

static void set_text(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    r = golden_recipient(s, "joe@contoso.com", "5.3.0", NULL);
    ndr_recipient_set_text(r,
                           "Printed as it is: <b>, {recipient}, 1. no step\n"
                           "on two lines.\n\nA second paragraph.",
                           NDR_NUL);
}

static int answer(void *user, const ndr_query *query, ndr_answer *given)
{
    static const char entry[] = "Move: sender\nSubject: from the store\n\n"
                                "Asked for {status}, {action}.\n1. Look.\n";
    golden_stage *stage = user;

    if (ndr_query_status(query)[0] != '5')
        return NDR_END;
    stage->error = ndr_answer_set_entry(given, entry, NDR_NUL);
    return stage->error;
}

static void resolver(golden_stage *s)
{
    golden_plain(s);
    ndr_catalog_set_resolver(s->catalog, answer, s);
}

static void japanese(golden_stage *s)
{
    golden_html(s);
    golden_entry(s,
                 "Status: 5.1.1\n\n"
                 "{recipient_domain} に宛先のメールボックスが見つかりません"
                 "でした。\n1. 宛先を確かめてください。\n",
                 NDR_NUL);
}

const golden_scenario golden_failures[] = {
    {"remote-5.1.1", golden_plain, remote, 0, NDR_OK, NULL},
    {"remote-5.1.1-html", golden_html, remote, 0, NDR_OK, NULL},
    {"local-5.2.2", inside, local, 0, NDR_OK, NULL},
    {"local-5.2.2-external", golden_plain, local, 0, NDR_OK, NULL},
    {"local-5.2.2-own-words", own_words, local, 0, NDR_OK, NULL},
    {"local-5.2.2-own-words-html", own_words_html, local, 0, NDR_OK, NULL},
    {"local-5.7.1", inside, not_permitted, 0, NDR_OK, NULL},
    {"three-recipients", golden_plain, three, 0, NDR_OK, NULL},
    {"three-recipients-html", golden_html, three, 0, NDR_OK, NULL},
    {"two-with-one-reason", golden_plain, two_with_one_reason, 0, NDR_OK, NULL},
    {"two-never-grouped", never_grouped, two_with_one_reason, 0, NDR_OK, NULL},
    {"expired-4.4.7", golden_plain, expired, 0, NDR_OK, NULL},
    {"scenario-same-server", other_edge, same_server, 0, NDR_OK, NULL},
    {"scenario-different-servers", golden_plain, different_servers, 0, NDR_OK,
     NULL},
    {"three-meanings-5.7.1", golden_plain, three_meanings, 0, NDR_OK, NULL},
    {"no-code", golden_plain, no_code, 0, NDR_OK, NULL},
    {"text-of-the-caller", golden_plain, set_text, 0, NDR_OK, NULL},
    {"text-of-a-resolver", resolver, remote, 0, NDR_OK, NULL},
    {"text-in-japanese", japanese, remote, 0, NDR_OK, NULL},
    {NULL, NULL, NULL, 0, 0, NULL},
};
