/* SPDX-License-Identifier: ISC */
/* Scenarios of hostile values, and of refusals. */
#include "golden.h"

#include "golden_cases.h"

#include <string.h>

static void hostile(golden_stage *s)
{
    ndr_recipient *r;

    golden_facts(s);
    ndr_report_set_envelope_id(s->report, "a+0D+0AX-Evil:+201", NDR_NUL);
    ndr_report_set_received_from(s->report, "host\r\nX-Evil: 1", NDR_NUL, "x",
                                 NDR_NUL);
    r = golden_remote(s, "--=_x\x1B@contoso.com", "mail\r\nX-Evil: 1",
                      "550 5.1.1 no\r\n\r\nFinal-Recipient: rfc822; "
                      "victim@example.org\r\n\0\x1B[31m\xFF\tend");
    ndr_recipient_set_original_recipient(r, "rfc822;a+0D+0Ab@x", NDR_NUL);
    ndr_recipient_set_log_id(r, "1\r\nX-Evil: 1", NDR_NUL);
    ndr_recipient_add_attempt(r, 1795529405, 60, "a b", NDR_NUL, "1.2.3", 5,
                              "<script>&\x07", NDR_NUL);
    golden_remote(s, "\"<b>{reply}\"@contoso.com", "mail.contoso.com",
                  "550 5.1.1 </p><script>alert(1)</script>{recipient}");
}

/* A local part that RFC 5322 wants quoted; a source route. */
static void odd_sender(golden_stage *s)
{
    golden_facts(s);
    ndr_report_set_sender(s->report, "<@a.example,@b.example:a..b@example.com>",
                          NDR_NUL);
    golden_recipient(s, "a..b@contoso.com", "5.1.1", "junk that is no reply");
    golden_recipient(s, "c@contoso.com", "5.1.1", "550-cut off in the middle");
}

static void long_values(golden_stage *s)
{
    static char local[1200], word[3000];
    ndr_recipient *r;

    memset(local, 'a', sizeof(local) - 1);
    memcpy(local + sizeof(local) - 13, "@contoso.com", 12);
    memset(word, 'x', sizeof(word) - 1);
    memcpy(word, "550 5.1.1 ", 10);
    golden_facts(s);
    r = golden_recipient(s, local, "5.1.1", word);
    ndr_recipient_set_log_id(r, word + 10, NDR_NUL);
}

static void null_sender(golden_stage *s)
{
    golden_facts(s);
    ndr_report_set_sender(s->report, "<>", NDR_NUL);
    golden_recipient(s, "joe@contoso.com", "5.1.1", NULL);
}

static void bad_status(golden_stage *s)
{
    golden_facts(s);
    golden_recipient(s, "a@contoso.com", "5.1.1", NULL);
    golden_recipient(s, "b@contoso.com", "5.1", NULL);
}

static void bad_action(golden_stage *s)
{
    golden_facts(s);
    ndr_recipient_set_action(
        golden_recipient(s, "a@contoso.com", "5.1.1", NULL),
        NDR_ACTION_DELAYED);
}

static void bad_sender(golden_stage *s)
{
    golden_facts(s);
    ndr_report_set_sender(s->report, "jane", NDR_NUL);
}

static void bad_address(golden_stage *s)
{
    golden_facts(s);
    golden_recipient(s, "a@contoso.com\r\nBcc: x", "5.1.1", NULL);
}

static void nobody(golden_stage *s)
{
    golden_facts(s);
}

static void no_server(golden_stage *s)
{
    ndr_profile_set_html(s->profile, NDR_HTML_OFF);
}

static void one(golden_stage *s)
{
    golden_facts(s);
    golden_recipient(s, "joe@contoso.com", "5.1.1", NULL);
}

const golden_scenario golden_hostile[] = {
    {"hostile-values", golden_html, hostile, 0, NDR_OK, NULL},
    {"odd-sender", golden_plain, odd_sender, 0, NDR_OK, NULL},
    {"long-values", golden_plain, long_values, 0, NDR_OK, NULL},
    {"refuses-null-sender", golden_plain, null_sender, 0, NDR_NOTHING_DUE,
     NULL},
    {"refuses-bad-status", golden_plain, bad_status, 0, NDR_E_STATUS, NULL},
    {"refuses-bad-action", golden_plain, bad_action, 0, NDR_E_ACTION, NULL},
    {"refuses-bad-sender", golden_plain, bad_sender, 0, NDR_E_ADDRESS, NULL},
    {"refuses-bad-address", golden_plain, bad_address, 0, NDR_E_ADDRESS, NULL},
    {"refuses-nobody", golden_plain, nobody, 0, NDR_E_MISSING, NULL},
    {"refuses-no-server", no_server, one, 0, NDR_E_MISSING, NULL},
    {NULL, NULL, NULL, 0, 0, NULL},
};
