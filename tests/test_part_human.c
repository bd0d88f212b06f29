/* SPDX-License-Identifier: ISC */
/* What a person reads: the user section, then the administrator section, then
   the original's header; both forms say the same. */
#include "desk.h"
#include "test.h"

#include <string.h>

static desk d;

static void setup(void)
{
    desk_open(&d);
}

static void teardown(void)
{
    desk_close(&d);
}

#define RULE                                                                   \
    "------------------------------------------------------------------------" \
    "\n"
#define FACTS                                                                  \
    "Subject:  Spring planning\n"                                              \
    "Sent:     Tuesday, 24 November 2026, 16:05 (UTC+01:00)\n"
#define ADMIN                                                                  \
    "Diagnostic information for administrators:\n\n"                           \
    "Generating server: mail1.example.com\n\n"

START_TEST(a_remote_rejection_reads_like_this)
{
    const char *header;

    ndr_recipient_set_remote_server(
        desk_add(&d, "joe@contoso.com", NULL,
                 "550-5.1.1 <joe@contoso.com>: Recipient address rejected:\r\n"
                 "550 5.1.1 User unknown"),
        "mail.contoso.com", NDR_NUL, "203.0.113.25", NDR_NUL);
    desk_read(&d);
    parts_assert_same(
        d.parts->user,
        "Your message was not delivered.\n\n" FACTS "\n\njoe@contoso.com\n\n"
        "  No such mailbox was found at contoso.com. Most often a letter of "
        "the\n  address is wrong or missing, or the person now has another "
        "one.\n\n  The server mail.contoso.com refused the message.\n\n"
        "  Who can fix it: you, or the recipient's mail administrator\n\n"
        "  What to do:\n"
        "  1. Compare the address, letter by letter, with one you are sure "
        "of.\n"
        "  2. Write a new message, not the old one again, and type the address "
        "in\n     full; do not choose the one your mail program suggests.\n"
        "  3. If the address is right, ask the person another way, such as by\n"
        "     phone.\n\n\n" RULE);
    header = strstr(d.parts->admin, "Original message headers:");
    ck_assert_ptr_nonnull(header);
    ck_assert_uint_eq(
        (size_t) (header - d.parts->admin),
        strlen(ADMIN "Rejected recipient: joe@contoso.com\n"
                     "Remote server: mail.contoso.com [203.0.113.25]\n"
                     "Enhanced status code: 5.1.1\n"
                     "SMTP response: 550-5.1.1 <joe@contoso.com>: Recipient "
                     "address rejected:\n"
                     "               550 5.1.1 User unknown\n\n"));
    ck_assert_str_eq(header, "Original message headers:\n\n"
                             "Received: from desk7.example.com "
                             "(desk7.example.com [192.0.2.7])\n"
                             " by mail1.example.com with ESMTPSA; Tue, 24 Nov "
                             "2026 16:05:12 +0100\n"
                             "From: Jane Doe <jane@example.com>\n"
                             "To: Joe Bloggs <joe@contoso.com>\n"
                             "Subject: Spring planning\n"
                             "Date: Tue, 24 Nov 2026 16:05:11 +0100\n"
                             "Message-ID: <77@desk7.example.com>\n");
}
END_TEST

START_TEST(a_delay_without_an_answer_reads_like_this)
{
    ndr_recipient *joe =
        desk_add_action(&d, "joe@contoso.com", NDR_ACTION_DELAYED, "4.4.1");

    ndr_recipient_set_retry_until(joe, DESK_DATE + 2 * 86400 - 4 * 3600, 60);
    ndr_recipient_add_attempt(joe, DESK_DATE - 7200, 60, "mx.contoso.com",
                              NDR_NUL, "203.0.113.25", NDR_NUL,
                              "no answer: connection timed out", NDR_NUL);
    ndr_recipient_add_attempt(joe, DESK_DATE - 3600, 60, NULL, 0,
                              "203.0.113.26", NDR_NUL, "closed:\nno greeting",
                              NDR_NUL);
    ndr_recipient_add_attempt(joe, DESK_DATE - 9999, 60, NULL, 0, NULL, 0, NULL,
                              0);
    desk_read(&d);
    parts_assert_same(
        d.parts->user,
        "Your message is delayed. Please do not send it again.\n\n" FACTS
        "\n\njoe@contoso.com\n\n"
        "  The mail server for contoso.com does not answer at present. It may "
        "be\n  out of order for a time, or the network may be disturbed. We "
        "keep\n  trying until Thursday, 26 November 2026, 13:05 (UTC+01:00): 1 "
        "day and\n  20 hours from now.\n\n"
        "  Who can fix it: nobody needs to do anything yet\n\n"
        "  Please do not send it again, or two copies may arrive. You will "
        "hear\n  from us if the message cannot be delivered in the end. If it "
        "is\n  urgent, reach the person another way.\n\n\n" RULE);
    parts_place(d.parts->admin,
                ADMIN "Recipient: joe@contoso.com\n"
                      "Enhanced status code: 4.4.1\n"
                      "Will retry until: Thu, 26 Nov 2026 13:05:18 +0100\n"
                      "Attempts:\n"
                      "  Tue, 24 Nov 2026 16:05:18 +0100  [203.0.113.26]\n"
                      "    closed:\n"
                      "    no greeting\n"
                      "  Tue, 24 Nov 2026 15:05:18 +0100  mx.contoso.com "
                      "[203.0.113.25]\n"
                      "    no answer: connection timed out\n"
                      "  Tue, 24 Nov 2026 14:18:39 +0100\n\n");
}
END_TEST

static const struct {
    int action;
    const char *one, *several, *server, *closing, *label;
} actions[] = {
    {NDR_ACTION_FAILED, "Your message was not delivered.\n",
     "Your message was not delivered to these recipients.\n",
     "The server mx.x.example refused the message.", "",
     "\nRejected recipient: a@x.example\n"},
    {NDR_ACTION_DELAYED,
     "Your message is delayed. Please do not send it again.\n",
     "Your message to these recipients is delayed.",
     "The server mx.x.example asks us to try again later.",
     "Please do not send it again, or two copies", "\nRecipient: a@x.example"},
    {NDR_ACTION_DELIVERED, "Your message was delivered.\n",
     "Your message was delivered to these recipients.\n",
     "The server mx.x.example took the message.",
     "This does not tell whether anyone has read it.",
     "\nRecipient: a@x.example"},
    {NDR_ACTION_RELAYED, "Your message was passed on to another mail system.\n",
     "Your message to these recipients was passed on",
     "The server mx.x.example took the message.",
     "That system sends no confirmation of delivery.",
     "\nRecipient: a@x.example"},
    {NDR_ACTION_EXPANDED,
     "Your message was passed to the members of a group.\n",
     "Your message was passed to the members of these groups.\n",
     "The server mx.x.example took the message.",
     "You will get no confirmation for single members.",
     "\nRecipient: a@x.example"},
};

START_TEST(each_action_has_its_words)
{
    int others;

    for (others = 0; others < 2; others++) {
        ndr_recipient *joe;

        desk_reset(&d);
        joe = desk_add_action(&d, "a@x.example", actions[_i].action, NULL);
        ndr_recipient_set_remote_server(joe, "mx.x.example", NDR_NUL, NULL, 0);
        if (others)
            desk_add_action(&d, "b@x.example", actions[_i].action, NULL);
        desk_read(&d);
        ck_assert_uint_eq(parts_place(d.parts->user, others
                                                         ? actions[_i].several
                                                         : actions[_i].one),
                          0);
        parts_place(d.parts->user, actions[_i].server);
        parts_place(d.parts->user, actions[_i].closing);
        parts_place(d.parts->admin, actions[_i].label);
    }
}
END_TEST

START_TEST(mixed_kinds_have_a_heading_each)
{
    desk_add_action(&d, "d@x.example", NDR_ACTION_DELAYED, NULL);
    desk_add_action(&d, "f@x.example", NDR_ACTION_FAILED, NULL);
    desk_add_action(&d, "v@x.example", NDR_ACTION_DELIVERED, NULL);
    ck_assert_int_eq(ndr_report_prepare(d.report), NDR_OK);
    ndr_report_select_actions(d.report, NDR_ACTIONS_MIXED);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->user, "Subject:  "), 1);
    ck_assert_uint_eq(parts_place(d.parts->user,
                                  "Your message was not delivered.\n\n" FACTS
                                  "\n\nf@x.example\n"),
                      0);
    parts_place(d.parts->user,
                "\n\nYour message is delayed. Please do not send "
                "it again.\n\n\nd@x.example\n");
    ck_assert_uint_lt(parts_place(d.parts->user, "Your message is delayed."),
                      parts_place(d.parts->user, "Your message was delivered"));
}
END_TEST

START_TEST(the_address_shown_is_the_one_that_was_written)
{
    ndr_recipient *joe = desk_add(&d, "joe@inner.example", NULL, "550 5.1.1 a");

    ndr_recipient_set_original_recipient(joe, "rfc822;joe@outer.example",
                                         NDR_NUL);
    joe = desk_add(&d, "ann@same.example", NULL, "550 5.1.1 a");
    ndr_recipient_set_original_recipient(joe, "rfc822;ann@same.example",
                                         NDR_NUL);
    desk_read(&d);
    ck_assert(parts_has_line(d.parts->user, "joe@outer.example"));
    ck_assert_uint_eq(parts_count(d.parts->user, "inner.example"), 0);
    parts_place(d.parts->admin, "Rejected recipient: joe@inner.example\n"
                                "Original recipient: joe@outer.example\n");
    ck_assert_uint_eq(parts_count(d.parts->admin, "Original recipient:"), 1);
}
END_TEST

START_TEST(a_hidden_address_appears_nowhere)
{
    ndr_recipient *joe = desk_add(&d, "joe@secret.example", "mx.secret.example",
                                  "550 5.1.1 <joe@secret.example> no");

    ndr_recipient_add_attempt(joe, 0, 0, "mx.secret.example", NDR_NUL, NULL, 0,
                              "550 secret", NDR_NUL);
    ndr_recipient_set_log_id(joe, "secret", NDR_NUL);
    ndr_recipient_set_hidden(joe, "joe@contoso.com", NDR_NUL);
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->whole, "secret"), 0);
    ck_assert(parts_has_line(d.parts->user, "joe@contoso.com"));
    parts_place(d.parts->admin, "Rejected recipient: joe@contoso.com\n"
                                "Enhanced status code: 5.1.1\n\n");
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Final-Recipient"),
                     "rfc822; joe@contoso.com");
}
END_TEST

START_TEST(own_words_have_paragraphs_and_no_marks)
{
    ndr_recipient *joe = desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");

    ck_assert_int_eq(
        ndr_recipient_set_text(joe,
                               "One\ttwo.\r\nThree.\n\n\n<b>{recipient}"
                               "</b> &lt; b\xC3\xB6se",
                               NDR_NUL),
        NDR_OK);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    desk_read(&d);
    parts_place(d.parts->user, "joe@contoso.com\n\n  One two.\n  Three.\n\n"
                               "  <b>{recipient}</b> &lt; b\xC3\xB6se\n\n\n");
    parts_place(d.parts->html,
                "One two.<br>Three.</p>\n<p style=\"margin:0 0 10px\">&lt;b&gt;"
                "{recipient}&lt;/b&gt; &amp;lt; b\xC3\xB6se</p>");
    desk_reset(&d);
    joe = desk_add(&d, "joe@contoso.com", NULL, NULL);
    ck_assert_int_eq(ndr_recipient_set_text(joe, "a\x07", 2), NDR_E_TEXT);
    desk_failed(&d, NDR_E_TEXT,
                "recipient 1: text \"a\\x07\": expected UTF-8 "
                "without control characters");
}
END_TEST

/* The words of the HTML, one after the other, are those of the text, but for
   the numbers of steps, the rule and the addresses of links. */
static void next_word(const char **at, char word[100])
{
    size_t length;

    do {
        *at += strspn(*at, " \n");
        length = strcspn(*at, " \n");
        memcpy(word, *at, length < 99 ? length : 99);
        word[length < 99 ? length : 99] = '\0';
        *at += length;
    } while (length > 0 &&
             (strspn(word, "-") == length || strcmp(word, "1.") == 0 ||
              strcmp(word, "2.") == 0 || strcmp(word, "3.") == 0));
}

START_TEST(text_and_html_say_the_same)
{
    static const char *const replies[] = {"550 5.1.1 <joe> & \"others\"",
                                          "550-5.7.1 a\r\n550 5.7.1 b", "450 x",
                                          "552 5.3.4 large"};
    const char *text, *html;
    char a[100], b[100];

    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    desk_add(&d, "joe<b>@contoso.com", "mx.contoso.com", replies[_i]);
    desk_add(&d, "ann@contoso.com", NULL, "550 5.2.2 full");
    desk_read(&d);
    text = d.parts->text;
    html = d.parts->html_text;
    next_word(&text, a);
    html = strstr(html, "Your message"); /* the title */
    html = strstr(html + 1, "Your message");
    for (next_word(&html, b); a[0] != '\0'; next_word(&html, b)) {
        ck_assert_str_eq(a, b);
        next_word(&text, a);
    }
    ck_assert_str_eq(b, "");
}
END_TEST

START_TEST(html_comes_after_the_text_and_fetches_nothing)
{
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    desk_add(&d, "joe@contoso.com", "mx.contoso.com", "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(parts_names(d.parts, d.parts->html_head),
                     "Content-Type,Content-Transfer-Encoding,Content-Language");
    parts_place(d.parts->html_head, "text/html; charset=utf-8");
    parts_place(d.parts->html, "<html lang=\"en\" dir=\"ltr\">");
    ck_assert_uint_eq(parts_count(d.parts->html, "<script"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "<img"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "http"), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "url("), 0);
    ck_assert_uint_eq(parts_count(d.parts->html, "href"), 0);
}
END_TEST

START_TEST(without_a_third_part_no_header_is_shown)
{
    ndr_report_set_return(d.report, NDR_RETURN_NONE);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_uint_eq(parts_count(d.parts->admin, "Original message headers"),
                      0);
    parts_place(d.parts->admin, "SMTP response: 550 5.1.1 no\n");
}
END_TEST

START_TEST(the_header_block_is_as_it_came)
{
    ndr_profile_set_header_filter(d.profile, NDR_HEADERS_DROP, "X-Secret",
                                  NDR_NUL);
    ndr_report_borrow_original(
        d.report,
        "Received: one\nReceived: two\n\tfolded\nBCC: eve@x\n"
        "x-secret: s\nTo:   joe@x , \n  ann@x\nX: \x01\xC3\xB6\xFF\n"
        "X:\n\nbody",
        NDR_NUL);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    parts_place(
        d.parts->admin,
        "Original message headers:\n\nReceived: one\nReceived: two\n"
        " folded\nTo:   joe@x , \n  ann@x\nX: \\x01\xC3\xB6\\xFF\nX:\n");
    ck_assert_uint_eq(parts_count(d.parts->whole, "eve@x"), 0);
}
END_TEST

START_TEST(without_diagnostics_html_closes_what_it_opened)
{
    static const char *const tags[] = {"<details", "</details>", "<div",
                                       "</div>"};
    size_t i;

    ndr_profile_set_html(d.profile, NDR_HTML_ON);
    ndr_profile_set_diagnostics(d.profile, NDR_DIAGNOSTICS_OFF);
    desk_add(&d, "joe@contoso.com", NULL, "550 5.1.1 no");
    desk_read(&d);
    ck_assert_str_eq(d.parts->admin, "");
    for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i += 2)
        ck_assert_uint_eq(parts_count(d.parts->html, tags[i]),
                          parts_count(d.parts->html, tags[i + 1]));
    ck_assert_uint_gt(parts_count(d.parts->html, "<div"), 0);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("part_human");
    TCase *tcase = tcase_create("part_human");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_remote_rejection_reads_like_this);
    tcase_add_test(tcase, a_delay_without_an_answer_reads_like_this);
    tcase_add_loop_test(tcase, each_action_has_its_words, 0, COUNT(actions));
    tcase_add_test(tcase, mixed_kinds_have_a_heading_each);
    tcase_add_test(tcase, the_address_shown_is_the_one_that_was_written);
    tcase_add_test(tcase, a_hidden_address_appears_nowhere);
    tcase_add_test(tcase, own_words_have_paragraphs_and_no_marks);
    tcase_add_loop_test(tcase, text_and_html_say_the_same, 0, 4);
    tcase_add_test(tcase, html_comes_after_the_text_and_fetches_nothing);
    tcase_add_test(tcase, without_a_third_part_no_header_is_shown);
    tcase_add_test(tcase, the_header_block_is_as_it_came);
    tcase_add_test(tcase, without_diagnostics_html_closes_what_it_opened);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
