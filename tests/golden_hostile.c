/* SPDX-License-Identifier: ISC */
/* Scenarios of hostile values, and of refusals; an original that holds the
   report's own delimiters; thousands of recipients. */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hostile(golden_stage *s)
{
    static const char forged[] = "550 5.1.1 no\r\n\r\nFinal-Recipient: rfc822; "
                                 "victim@example.org\r\n\0\x1B[31m\xFF\tend";
    ndr_recipient *r;

    golden_facts(s);
    ndr_report_set_envelope_id(s->report, "a+0D+0AX-Evil:+201", NDR_NUL);
    ndr_report_set_received_from(s->report, "host\r\nX-Evil: 1", NDR_NUL, "x",
                                 NDR_NUL);
    r = golden_remote(s, "--=_x\x1B@contoso.com", "mail\r\nX-Evil: 1", NULL);
    ndr_recipient_set_reply(r, forged, sizeof(forged) - 1);
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
     "return path"},
    {"refuses-bad-status", golden_plain, bad_status, 0, NDR_E_STATUS,
     "recipient 2: status \"5.1\""},
    {"refuses-bad-action", golden_plain, bad_action, 0, NDR_E_ACTION,
     "recipient 1: status \"5.1.1\""},
    {"refuses-bad-sender", golden_plain, bad_sender, 0, NDR_E_ADDRESS,
     "sender \"jane\""},
    {"refuses-bad-address", golden_plain, bad_address, 0, NDR_E_ADDRESS,
     "recipient 1: address"},
    {"refuses-nobody", golden_plain, nobody, 0, NDR_E_MISSING, "recipients"},
    {"refuses-no-server", no_server, one, 0, NDR_E_MISSING,
     "generating server"},
    {NULL, NULL, NULL, 0, 0, NULL},
};

/* ---- Delimiters ---- */

/* How many lines of the message begin with these octets. */
static size_t lines_with(const char *message, size_t length, const char *start,
                         size_t start_length)
{
    size_t at = 0, count = 0;

    while (at < length) {
        const char *end = memchr(message + at, '\n', length - at);

        count += length - at >= start_length &&
                 memcmp(message + at, start, start_length) == 0;
        if (end == NULL)
            break;
        at = (size_t) (end - message) + 1;
    }
    return count;
}

/* Read the next boundary parameter from *at on: "--" and its value. */
static int next_delimiter(const char **at, char *delimiter, size_t size)
{
    static const char name[] = "boundary=\"";
    const char *value = strstr(*at, name), *end;

    if (value == NULL)
        return 0;
    value += sizeof(name) - 1;
    end = strchr(value, '"');
    if (end == NULL || (size_t) (end - value) + 3 > size)
        return 0;
    memcpy(delimiter, "--", 2);
    memcpy(delimiter + 2, value, (size_t) (end - value));
    delimiter[end - value + 2] = '\0';
    *at = end;
    return 1;
}

/* Only the delimiters of the report itself begin lines: of three parts, of two
   forms of the text, and the closing ones. */
static int only_its_own(const char *message, size_t length)
{
    const char *at = message;
    char outer[80], inner[80];

    return next_delimiter(&at, outer, sizeof(outer)) &&
           next_delimiter(&at, inner, sizeof(inner)) &&
           lines_with(message, length, outer, strlen(outer)) == 4 &&
           lines_with(message, length, inner, strlen(inner)) == 3;
}

/* The original of before, and each delimiter of the message as an attacker
   would write it. */
static size_t inject(char *original, size_t used, size_t room,
                     const char *message)
{
    char line[80];
    int i;

    for (i = 0; i < 2 && next_delimiter(&message, line, sizeof(line)); i++)
        used += (size_t) snprintf(original + used, room - used,
                                  "\r\n%s\r\nContent-Type: text/plain\r\n\r\nx"
                                  "\r\n%s--\r\n%s\r\n",
                                  line, line, line + 2);
    return used;
}

/* Report on an original; the message replaces it if it is to be nested, else
   its delimiters are added. */
static int hold(const golden_scenario *scenario, char *original, size_t *used,
                size_t room, int nested)
{
    golden_stage stage;
    const char *message;
    size_t length;
    int good;

    golden_begin(&stage, scenario, NULL);
    ndr_report_borrow_original(stage.report, original, *used);
    good = golden_render(&stage, scenario, &message, &length) == NDR_OK &&
           length < room && only_its_own(message, length);
    if (good && nested) {
        memcpy(original, message, length);
        *used = length;
    } else if (good) {
        *used = inject(original, *used, room, message);
    }
    golden_end(&stage);
    return good;
}

static int hold_three_times(int nested)
{
    static const char first[] =
        "From: jane@example.com\r\nMessage-ID: <m1@client.example.com>\r\n"
        "Subject: Lunch\r\n\r\n--=_\r\n--\r\nno end";
    static char original[1 << 17];
    golden_scenario scenario = golden_find("case-20-boundary-collision");
    size_t used = sizeof(first) - 1;
    int i, good = 1;

    memcpy(original, first, used);
    for (i = 0; i < 4; i++)
        good =
            good && hold(&scenario, original, &used, sizeof(original), nested);
    return good;
}

void golden_check_delimiters(void)
{
    golden_result(hold_three_times(0), "own delimiters in the original",
                  "no other line begins with one");
    golden_result(hold_three_times(1), "itself as the original",
                  "no other line begins with a delimiter");
}

/* ---- Many recipients ---- */

#define MANY 5000

void golden_check_many(void)
{
    static const char group[] = "Final-Recipient: rfc822; r";
    golden_stage stage;
    const char *message;
    char words[64];
    size_t length, count = 0;
    int i;

    memset(&stage, 0, sizeof(stage));
    ndr_catalog_new(&stage.catalog, NULL);
    ndr_profile_new(&stage.profile, NULL);
    golden_plain(&stage);
    ndr_report_new(&stage.report, stage.profile);
    golden_facts(&stage);
    for (i = 0; i < MANY; i++) {
        ndr_recipient *r;

        snprintf(words, sizeof(words), "r%04d@contoso.com", i);
        r = ndr_report_add_recipient(stage.report, words, NDR_NUL);
        snprintf(words, sizeof(words), "550 5.1.1 User r%04d unknown", i);
        ndr_recipient_set_reply(r, words, NDR_NUL);
    }
    if (ndr_report_render(stage.report, &message, &length) == NDR_OK)
        count = lines_with(message, length, group, sizeof(group) - 1);
    golden_result(count == MANY, "5,000 recipients", "a group for each");
    golden_end(&stage);
}

/* ---- Notes ---- */

/* What was left out, and no more, in the order met. */
void golden_check_notes(void)
{
    static const char *const expected[] = {
        "ENVID \"a+0D+0AX-Evil:+201\"",
        "HELO name \"host\\x0D\\x0AX-Evil: 1\"",
        "client address \"x\"",
        "recipient 1: address \"--=_x\\x1B@contoso.com\"",
        "recipient 1: remote server \"mail\\x0D\\x0AX-Evil: 1\"",
        "recipient 1: reply \"550 5.1.1 no\\x0D\\x0A",
        "recipient 1: ORCPT \"rfc822;a+0D+0Ab@x\"",
        "recipient 1: attempt \"a b\"",
        "recipient 1: attempt \"1.2.3\"",
        "recipient 1: attempt \"<script>&\\x07\""};
    const size_t count = sizeof(expected) / sizeof(expected[0]);
    golden_scenario scenario = golden_find("hostile-values");
    golden_stage stage;
    size_t i;
    int good = 1;

    golden_begin(&stage, &scenario, NULL);
    ndr_report_prepare(stage.report);
    for (i = 0; i < count; i++) {
        const char *note = ndr_report_notes(stage.report, i);

        good = good && note != NULL &&
               strncmp(note, expected[i], strlen(expected[i])) == 0;
    }
    good = good && ndr_report_notes(stage.report, count) == NULL;
    golden_result(good, scenario.name, "the notes name what was left out");
    golden_end(&stage);
}
