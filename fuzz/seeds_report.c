/* SPDX-License-Identifier: ISC */
/* Seeds of fuzz_report: calls, each with its texts. */
#include "seeds.h"

#define END                                                                    \
    {                                                                          \
        SEED_END, {NULL}, NULL, NULL                                           \
    }
#define CALL(call, ...)                                                        \
    {                                                                          \
        CALL_##call, {__VA_ARGS__}, NULL, NULL                                 \
    }
#define NUMBER(call, octets)                                                   \
    {                                                                          \
        CALL_##call, {NULL}, octets, NULL                                      \
    }
#define PROFILE(call, before, ...)                                             \
    {                                                                          \
        SEED_PROFILE + PROFILE_##call, {__VA_ARGS__}, before, NULL             \
    }

#define ORIGINAL                                                               \
    "From: jane@example.com\r\nSubject: Spring =?utf-8?B?4oCT?= caf\303\251"   \
    "\r\nMessage-ID: <a@b>\r\nReferences: <c@d>\r\nDate: Tue, 24 Nov 2026 "    \
    "16:05:11 +0100\r\nBcc: x@y\r\n\r\nHello\n--\n--=_x\n\303\244\n"

static const seed_step plain_reply[] = {
    CALL(REPLY, "550 5.1.1 User unknown"),
    CALL(REMOTE, "mail.contoso.com", "192.0.2.7"), CALL(ORIGINAL, ORIGINAL),
    NUMBER(OUTPUT, "ab"), END};

static const seed_step multiline_reply[] = {
    CALL(REPLY, "550-5.1.1 first line\r\n550-5.1.1 second line\n"
                "550 5.1.1 last line of this reply, long enough to be folded"),
    END};

static const seed_step forged_group[] = {
    CALL(REPLY, "550 no\r\n\r\nFinal-Recipient: rfc822; evil@example.net\r\n"
                "Action: delivered\r\nStatus: 2.0.0"),
    END};

static const seed_step reply_8bit[] = {
    CALL(REPLY, "550 5.1.1 caf\303\251 \377\033[31m\t\\x41"), END};

static const seed_step diagnostic_own[] = {
    CALL(DIAGNOSTIC, "X-Local", "disk full: 5.3.1"), CALL(STATUS, "5.3.1"),
    END};

static const seed_step orcpt_xtext[] = {
    CALL(ORCPT, "rfc822;J+2B+20x@contoso.com"), CALL(ENVELOPE_ID, "a+2Bb"),
    CALL(RECIPIENT, "b@contoso.com"), CALL(ORCPT, "rfc822;+0D+0A"), END};

static const seed_step orcpt_utf8[] = {
    CALL(ORCPT, "utf-8;\\x{FC}nal@contoso.com"),
    CALL(RECIPIENT, "\303\274nal@contoso.com"),
    CALL(ORCPT, "utf-8;\303\274nal@contoso.com"),
    NUMBER(TRANSPORT, "\2"),
    CALL(ORIGINAL, ORIGINAL),
    END};

static const seed_step utf8_sender[] = {CALL(SENDER, "j\303\244ne@example.com"),
                                        CALL(ORIGINAL, ORIGINAL),
                                        NUMBER(RETURN, "\1"), END};

static const seed_step full_8bit[] = {
    NUMBER(TRANSPORT, "\1"), NUMBER(RETURN, "\1"),
    CALL(ORIGINAL, "Subject: x\n\n\303\244\n--=_\n"), END};

static const seed_step full_7bit[] = {
    NUMBER(RETURN, "\1"), CALL(ORIGINAL, "Subject: x\n\nHello\n--\n"), END};

static const seed_step delayed[] = {
    NUMBER(ACTION, "\1"),
    NUMBER(RETRY_UNTIL, "\1\12"),
    NUMBER(LAST_ATTEMPT, "\1\2"),
    CALL(STATUS, "4.4.1"),
    {CALL_ATTEMPT, {"mx.example", "192.0.2.1", "timed out"}, NULL, "\1\2"},
    {CALL_ATTEMPT, {"mx.example", "2001:db8::1", "no route"}, NULL, "\1\12"},
    END};

static const seed_step mixed_kinds[] = {CALL(RECIPIENT, "b@contoso.com"),
                                        NUMBER(ACTION, "\1"),
                                        CALL(RECIPIENT, "c@contoso.com"),
                                        NUMBER(ACTION, "\2"),
                                        NUMBER(NOTIFY, "\1"),
                                        CALL(RECIPIENT, "d@contoso.com"),
                                        NUMBER(NOTIFY, "\10"),
                                        NUMBER(OUTPUT, "ab"),
                                        NUMBER(SELECT, "\3"),
                                        NUMBER(OUTPUT, "ab"),
                                        NUMBER(SELECT, "\2"),
                                        END};

static const seed_step hidden[] = {NUMBER(SECRET, "\1"), NUMBER(SECRET, "\6"),
                                   NUMBER(SECRET, "\27"), END};

static const seed_step never_due[] = {NUMBER(NOTIFY, "\10"), END};

static const seed_step null_sender[] = {CALL(SENDER, "<>"), END};

static const seed_step status_contradicts[] = {CALL(STATUS, "2.0.0"), END};

static const seed_step after_error[] = {CALL(STATUS, "5.1"),
                                        CALL(REPLY, "550 x"),
                                        CALL(RECIPIENT, "x@y"),
                                        CALL(REPLY, "550 x"),
                                        NUMBER(OUTPUT, "ab"),
                                        NUMBER(RESET, "\1"),
                                        CALL(SENDER, "jane@example.com"),
                                        NUMBER(DATE, "\1\2"),
                                        CALL(RECIPIENT, "joe@contoso.com"),
                                        END};

static const seed_step after_prepare[] = {
    NUMBER(PARTIAL, "\3"), CALL(SUBJECT, "late"), NUMBER(SINK_STOPS, "\1\1\4"),
    NUMBER(OUTPUT, "cd"), END};

static const seed_step fields_and_dates[] = {
    CALL(FIELD, "X-Queue", "4d3F"),
    CALL(RECIPIENT_FIELD, "X-Try", "3"),
    NUMBER(ARRIVAL, "\3\3"),
    CALL(RECEIVED_FROM, "client.example", "::1"),
    CALL(LOG_ID, "log\t1"),
    CALL(MESSAGE_ID, "<a@b>"),
    CALL(SUBJECT, "=?utf-8?Q?a?= caf\303\251  x"),
    END};

static const seed_step source_shrinks[] = {
    NUMBER(RETURN, "\1"), {CALL_SOURCE, {ORIGINAL}, "\4\3\1", NULL}, END};

static const seed_step source_fails[] = {
    NUMBER(RETURN, "\1"), {CALL_SOURCE, {ORIGINAL}, "\2\3\2", NULL}, END};

static const seed_step source_changes[] = {
    NUMBER(RETURN, "\1"),
    {CALL_SOURCE,
     {"Subject: x\n\nbody body\n", "Subject: x\n\n--=_body\n"},
     "\5\1\1",
     NULL},
    END};

#define LONG_50 "body body body body body body body body body bod\n"
#define LONG_500                                                               \
    LONG_50 LONG_50 LONG_50 LONG_50 LONG_50 LONG_50 LONG_50 LONG_50 LONG_50    \
        LONG_50

static const seed_step source_grows_a_line[] = {
    NUMBER(RETURN, "\1"),
    {CALL_SOURCE,
     {"Subject: x\n\n" LONG_500 LONG_500 LONG_500, "Subject: x\n\nbody"},
     "\5\1\1",
     NULL},
    END};

static const seed_step source_forged[] = {
    NUMBER(RETURN, "\1"),
    NUMBER(TRANSPORT, "\1"),
    {CALL_SOURCE,
     {"Subject: x\n\nbody body body body body body body body body\n"
      "--=_0123456789abcdef.0=\nbody\nbody\n"},
     "\1\7\1",
     NULL},
    NUMBER(FORGE, "\1\60"),
    NUMBER(OUTPUT, "ab"),
    END};

static const seed_step resolver_minus_1[] = {
    PROFILE(RESOLVER, "\3\10", "x", "x"), PROFILE(CATALOG, NULL, NULL), END};

static const seed_step resolver_answers[] = {
    PROFILE(RESOLVER, "\1\1", "x", "x"), PROFILE(CATALOG, NULL, NULL), END};

static const seed_step resolver_garbage[] = {
    PROFILE(RESOLVER, "\4\1", "\n<x>", "x"), PROFILE(CATALOG, NULL, NULL), END};

static const seed_step catalog_entry[] = {
    PROFILE(ENTRY, NULL,
            "Status: 5.*\nMove: sender\nSubject: {recipient}\n\n{reply} "
            "<b>{status}</b><br>{?hops}{hops}{/}\n1. Step"),
    PROFILE(CATALOG, NULL, NULL), CALL(REPLY, "550 5.1.1 {sender}<p>"), END};

static const seed_step profile_of_all[] = {
    PROFILE(POSTMASTER, NULL, "M\303\244iler, T. <mailer-daemon@example.com>"),
    PROFILE(AUTHORITY, NULL, "no_dot"),
    PROFILE(DOMAINS, NULL, "contoso.com"),
    PROFILE(FILTER, "\1", "subject x-*"),
    PROFILE(NUMBER, "\3\1", NULL),
    PROFILE(LIMIT, "\2\1\1", NULL),
    CALL(ORIGINAL, ORIGINAL),
    CALL(TEXT, "Own words.\n\nMore <b> of them."),
    END};

static const seed_step twins[] = {
    CALL(RECIPIENT, "b@contoso.com"),     CALL(ORCPT, "rfc822;b@contoso.com"),
    CALL(RECIPIENT, "b@contoso.com"),     CALL(ORCPT, "rfc822;b@contoso.com"),
    CALL(RECIPIENT, "b@contoso.com"),     CALL(ORCPT, "rfc822;c@contoso.com"),
    CALL(RECIPIENT, "<joe@contoso.com>"), END};

static const seed_step history[] = {
    {CALL_ATTEMPT, {"mx.example", "", "450 4.2.0 Later"}, NULL, "\1\2"},
    {CALL_ATTEMPT,
     {"mail.contoso.com", "192.0.2.7", "550 5.1.1 No such user"},
     NULL,
     "\1\12"},
    CALL(RECIPIENT, "b@contoso.com"),
    {CALL_ATTEMPT, {"mx.example", "", "no answer"}, NULL, "\1\2"},
    END};

/* All places that may tell an address, then of a host. */
static const seed_step tells_address[] = {
    NUMBER(SECRET, "\1"),
    CALL(RECIPIENT, "b@contoso.com"),
    {CALL_TELL, {"550 one\r\n"}, "\22\1", NULL},
    {CALL_TELL, {"x"}, "\1\1", NULL},
    {CALL_TELL, {"x"}, "\2\1", NULL},
    {CALL_TELL, {"x"}, "\3\1", NULL},
    {CALL_TELL, {"x"}, "\4\1", NULL},
    {CALL_TELL, {"x"}, "\6\1", NULL},
    {CALL_TELL, {"x"}, "\7\2", NULL},
    {CALL_TELL, {"x"}, "\10\10", NULL},
    {CALL_TELL, {"x"}, "\11\10", NULL},
    {CALL_TELL, {"x"}, "\12\1", NULL},
    {CALL_TELL, {"x"}, "\13\2", NULL},
    {CALL_TELL, {"x"}, "\14\1", NULL},
    CALL(RECIPIENT, "c@contoso.com"),
    {CALL_TELL, {"x"}, "\21\1", NULL},
    {CALL_TELL, {"\001"}, "\2\10", NULL},
    NUMBER(OUTPUT, "ab"),
    END};

static const seed_step tells_original[] = {NUMBER(SECRET, "\1"),
                                           NUMBER(RETURN, "\1"),
                                           {CALL_TELL, {"x"}, "\15\1", NULL},
                                           END};

static const seed_step tells_host[] = {
    PROFILE(MASK, "\7", NULL),
    {CALL_TELL, {"x"}, "\22\4", NULL},
    {CALL_TELL, {"x"}, "\2\5", NULL},
    {CALL_TELL, {"x"}, "\3\14", NULL},
    {CALL_TELL, {"x"}, "\4\5", NULL},
    {CALL_TELL, {"x"}, "\5\4", NULL},
    {CALL_TELL, {"x"}, "\16\4", NULL},
    {CALL_TELL, {"x"}, "\17\4", NULL},
    {CALL_TELL, {"x"}, "\20\4", NULL},
    CALL(REMOTE, "mail.contoso.com", "192.0.2.7"),
    CALL(RECIPIENT, "b@contoso.com"),
    {CALL_TELL, {"x"}, "\21\4", NULL},
    CALL(RECIPIENT, "c@contoso.com"),
    {CALL_TELL, {"x"}, "\1\4", NULL},
    END};

static const seed_step quiet[] = {
    PROFILE(POLICY, "\1\1", NULL),
    {SEED_PROFILE + PROFILE_POLICY, {NULL}, "\3\4", NULL},
    PROFILE(POLICY, "\2\1", NULL),
    CALL(ORIGINAL, "Received: by mail1.example.com; now\r\nX-Spam: no\r\n"
                   "Received: by other.example.net\r\nSubject: x\r\n\r\n"),
    CALL(RECIPIENT, "\303\274nal@contoso.com"),
    CALL(RECIPIENT, "c@contoso.com"),
    END};

static const seed_step headers[] = {
    CALL(HEADER, "List-Id", "a list   of two <x.example>"),
    CALL(HEADER, "X-Loop",
         "one two three four five six seven eight nine ten eleven twelve"),
    CALL(GATEWAY, "gateway.example"), END};

static const seed_step header_taken[] = {CALL(HEADER, "Resent-To", "x@y"), END};

static const seed_step require_tls[] = {NUMBER(RETURN, "\1"),
                                        NUMBER(REQUIRE_TLS, "\1"),
                                        CALL(ORIGINAL, ORIGINAL), END};

static const seed_step copies[] = {
    PROFILE(COPIES, NULL, "5.1.1, 5.4.6", "help@example.com"),
    PROFILE(POLICY, "\2\1", NULL),
    CALL(STATUS, "5.1.1"),
    NUMBER(RETURN, "\1"),
    CALL(ORIGINAL, ORIGINAL),
    CALL(RECIPIENT, "b@contoso.com"),
    NUMBER(NOTIFY, "\10"),
    NUMBER(OUTPUT, "ab"),
    {CALL_COPY, {NULL}, "\4", NULL},
    NUMBER(OUTPUT, "ab"),
    NUMBER(COPY, "\1"),
    NUMBER(OUTPUT, "ab"),
    END};

static const seed_step double_bounce[] = {
    CALL(SENDER, "<>"),   CALL(RECIPIENT, "Postmaster@mail1.example.com"),
    NUMBER(OUTPUT, "ab"), NUMBER(COPY, "\4"),
    NUMBER(OUTPUT, "ab"), END};

static const seed_step triple_bounce[] = {
    CALL(SENDER, "<>"),   CALL(RECIPIENT, "postmaster@mail1.example.com"),
    NUMBER(CHOOSE, "\2"), NUMBER(ACTION, "\1"),
    NUMBER(OUTPUT, "ab"), NUMBER(COPY, "\4"),
    NUMBER(OUTPUT, "ab"), END};

static const seed_step nulls[] = {NUMBER(NULLS, NULL), NUMBER(PRELOAD, NULL),
                                  END};

const seed_report report_seeds[] = {
    {"plain-reply", 64, plain_reply},
    {"plain-reply-html", FRAME_HTML, plain_reply},
    {"multiline-reply", 64, multiline_reply},
    {"forged-group-in-reply", FRAME_HTML, forged_group},
    {"reply-of-8-bits", FRAME_HTML, reply_8bit},
    {"diagnostic-of-our-own", 64, diagnostic_own},
    {"orcpt-xtext", 64, orcpt_xtext},
    {"orcpt-utf8", FRAME_HTML, orcpt_utf8},
    {"sender-utf8", 64, utf8_sender},
    {"full-return-8bit", 64, full_8bit},
    {"full-return-7bit", 64, full_7bit},
    {"delayed-attempts", FRAME_HTML, delayed},
    {"mixed-kinds", FRAME_HTML, mixed_kinds},
    {"hidden-recipients", FRAME_HTML, hidden},
    {"notify-never", 64, never_due},
    {"null-sender", 64, null_sender},
    {"status-contradicts-action", 64, status_contradicts},
    {"calls-after-error-and-reset", 64, after_error},
    {"calls-after-prepare", 64, after_prepare},
    {"fields-and-dates", 64, fields_and_dates},
    {"source-ends-early", 64, source_shrinks},
    {"source-fails", 64, source_fails},
    {"source-changes", 64, source_changes},
    {"source-grows-a-line", 64, source_grows_a_line},
    {"source-forges-delimiter", 64, source_forged},
    {"resolver-returns-minus-1", 64, resolver_minus_1},
    {"resolver-answers", FRAME_HTML, resolver_answers},
    {"resolver-cannot-be-read", 64, resolver_garbage},
    {"catalog-entry", FRAME_HTML, catalog_entry},
    {"profile-of-all", 64, profile_of_all},
    {"twins", FRAME_HTML, twins},
    {"newest-attempt", 64, history},
    {"hidden-address-told", FRAME_HTML, tells_address},
    {"hidden-address-in-original", 64, tells_original},
    {"masked-host-told", FRAME_HTML, tells_host},
    {"diagnostics-off", FRAME_HTML, quiet},
    {"headers-and-gateway", 64, headers},
    {"header-of-the-library", 64, header_taken},
    {"require-tls", 64, require_tls},
    {"copies", FRAME_HTML, copies},
    {"double-bounce", 64, double_bounce},
    {"triple-bounce", 64, triple_bounce},
    {"calls-on-null", 64, nulls},
    {"nothing-set", FRAME_BARE, nulls},
    {NULL, 0, NULL}};
