/* SPDX-License-Identifier: ISC */
/* Seeds that are texts. */
#include "seeds.h"

const seed_plain reply_seeds[] = {
    {"one-line", "550 5.1.1 User unknown\r\n"},
    {"no-enhanced-code", "550 User unknown"},
    {"code-alone", "550"},
    {"multiline", "550-5.1.1 one\r\n550-5.1.1 two\r\n550 5.1.1 three\r\n"},
    {"multiline-cut", "550-5.1.1 one\r\n550-5.1.1 two\r\n"},
    {"multiline-lf", "452-4.2.2 one\n452 4.2.2 two\n"},
    {"glued", "550-5.1.1 one 550-5.1.1 two 550 5.1.1 three"},
    {"codes-differ", "550-one\r\n451 two"},
    {"enhanced-in-second-line", "550-one\r\n550 5.7.1 two"},
    {"blank-lines", "\r\n \r\n550 x\r\n\r\n"},
    {"no-reply", "connection timed out"},
    {"long-numbers", "550 5.999.1000 x"},
    {"octets", "550 5.1.1 \303\251\377\t\033"},
    {"code-out-of-range", "699 6.1.1 x"},
    {NULL, NULL}};

const seed_plain xtext_seeds[] = {{"plain", "joe@contoso.com"},
                                  {"plus", "J+2B+20x"},
                                  {"lower-case", "+2b"},
                                  {"cut", "abc+2"},
                                  {"equals", "a=b"},
                                  {"blank", "a b"},
                                  {"octets", "\303\274\001"},
                                  {"status", "5.1.1"},
                                  {"status-x", "X.7.1"},
                                  {"plus-alone", "+"},
                                  {"notify", "SUCCESS,failure,DELAY"},
                                  {"notify-never", "never"},
                                  {"notify-never-not-alone", "NEVER,DELAY"},
                                  {"notify-empty-item", "DELAY,"},
                                  {"ret-full", "full"},
                                  {"ret-headers", "HDRS"},
                                  {NULL, NULL}};

const seed_plain catalog_seeds[] = {
    {"least", "Status: 5.1.1\n\nText.\n"},
    {"all-headers", "Status: 5.1.1\r\nLanguage: en\r\nAudience: internal\r\n"
                    "Action: failed\r\nReply-Match: ^550|user\r\nSubject: "
                    "{recipient}\r\nMove: sender, recipient-admin\r\n"
                    "Admin-Note: x\r\n\r\nText.\r\n"},
    {"pattern-class", "Status: 5.*\n\nText.\n"},
    {"pattern-any-class", "Status: *.1.1\n\nText.\n"},
    {"pattern-subject", "Status: 4.2.*\n\nText.\n"},
    {"tags", "Status: 5.*\n\n<b>a</b> <em>b</em><br><p>c</p> <a href=\"http://"
             "x.example/?a=b&amp;c\">d</a> &lt;&quot;&amp; & x\n"},
    {"placeholders",
     "Status: 5.*\n\n{recipient} {recipient_local} {recipient_domain} {status} "
     "{action} {reply} {remote_server} {generating_server} {sender} {subject} "
     "{date} {message_id} {retry_until} {time_left} {postmaster} {hops} "
     "{size} {{x}\n"},
    {"conditions", "Status: 4.*\n\n{?retry_until}until {retry_until}{/}"
                   "{?remote_server}by {remote_server}{/}.\n"},
    {"steps", "Status: 5.*\n\nText.\n\n1. One {reply}\n2. Two\n3. <b>Three"
              "</b>\nmore\n"},
    {"long-word", "Status: 5.*\n\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"},
    {"nonlatin", "Status: 5.*\nSubject: \xE4\xBD\xA0\xE5\xA5\xBD\n\n"
                 "\xE4\xBD\xA0\xE5\xA5\xBD\xE4\xBD\xA0\xE5\xA5\xBD\n"},
    {"latin", "Status: 5.*\n\nGr\303\274\303\237e an {recipient}\n"},
    {"unknown-tag", "Status: 5.*\n\n<i>x</i>\n"},
    {"unclosed-tag", "Status: 5.*\n\n<b>x\n"},
    {"bad-scheme", "Status: 5.*\n\n<a href=\"javascript:x\">x</a>\n"},
    {"unknown-placeholder", "Status: 5.*\n\n{nobody}\n"},
    {"unclosed-condition", "Status: 5.*\n\n{?hops}x\n"},
    {"dashes", "Status: 5.*\n\n--\n--=_x\n.\nFrom x\n"},
    {"no-status", "Move: sender\n\nText.\n"},
    {"status-twice", "Status: 5.1.1\nStatus: 5.1.2\n\nText.\n"},
    {"not-utf8", "Status: 5.1.1\n\n\377\n"},
    {NULL, NULL}};

/* The first octet holds flags; see fuzz_original.c. */
const seed_plain original_seeds[] = {
    {"headers", "@Subject: x\r\nFrom: a@b\r\n\r\nbody\r\n"},
    {"headers-html", "HSubject: x <b>&\r\nFrom: a@b\r\n\r\nbody\r\n"},
    {"headers-8bit-to-7bit", "@Subject: caf\303\251\n\n"},
    {"headers-8bit-smtputf8", "DSubject: caf\303\251\n\n"},
    {"headers-not-utf8", "DSubject: caf\351\n\n"},
    {"headers-folded", "@Subject: a\n b\n\tc\n \n d\nX: y\n\n"},
    {"full-7bit", "ASubject: x\r\n\r\nbody\r\n"},
    {"full-8bit", "CSubject: x\r\n\r\nb\303\266dy\r\n"},
    {"full-8bit-to-7bit", "ASubject: x\r\n\r\nb\303\266dy\r\n"},
    {"full-smtputf8", "ESubject: \303\266\r\n\r\nb\303\266dy\r\n"},
    {"full-source", "QSubject: x\r\n\r\nbody\rbody\nbody\r\n"},
    {"line-ends-cr", "ASubject: x\rFrom: a@b\r\rbody\rbody"},
    {"line-ends-mixed", "ASubject: x\rFrom: a@b\n\r\nbody\n\r\nbody\r\r\n"},
    {"no-last-line-end", "ASubject: x\n\nbody"},
    {"no-body", "ASubject: x\n"},
    {"no-header", "A\nbody\n"},
    {"mbox-line", "@From jane Tue\nSubject: x\n\n"},
    {"broken-header", "ASubject: x\nno field here\nTo: y\n\nbody\n"},
    {"blank-before-colon", "@Subject : x\nTo\t: y\n\n"},
    {"bcc", "ABcc: a@b\n c@d\nResent-Bcc: x\nSubject: x\n\nbody\n"},
    {"filter", "aTo: a\nX-Spam: yes\nSubject: x\n\nbody\n"},
    {"delimiters", "ASubject: x\n\n--\n--=_\n--=_0123456789abcdef.0=\n--x--\n"},
    {"escapes", "ASubject: \033[1m\n\n\033$B\n\001\177\n"},
    {"threading", "@Message-ID: <a@b>\nReferences: <c@d> <e@f>\n\n"},
    {"encoded-subject", "@Subject: =?iso-8859-1?Q?caf=E9?= =?x?B?eA==?=\n\n"},
    {"automatic", "@Auto-Submitted: auto-generated\r\nFrom: a@b\r\n\r\n"},
    {"automatic-folded", "@From: a@b\nAuto-Submitted:\n auto-replied\n\n"},
    {"automatic-no", "@auto-submitted: No\nFrom: a@b\n\nbody\n"},
    {"automatic-in-body", "@From: a@b\n\nAuto-Submitted: auto-notified\n"},
    {"received-many", "@Received: a\nReceived: b\nDate: Tue, 24 Nov 2026 "
                      "16:05:11 +0100\n\n"},
    {NULL, NULL}};
