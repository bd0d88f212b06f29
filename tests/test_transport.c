/* SPDX-License-Identifier: ISC */
/*
 * The whole table: action x NOTIFY x RET x what the next hop offers x content x
 * size. What has to come out is written from RFC 3461 5.2 and 4.3, RFC 6152,
 * RFC 6531 and RFC 6533. With NDR_DUMP, a folder, each message is also left
 * there, for checkers of other kinds.
 */
#include "desk.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

enum { S = NDR_NOTIFY_SUCCESS, F = NDR_NOTIFY_FAILURE, D = NDR_NOTIFY_DELAY };

static const struct {
    const char *name, *status;
    int action;
    int notify;  /* the keyword that asks for it */
    int unasked; /* is it due where NOTIFY was not given? */
} actions[] = {
    {"failed", "5.1.1", NDR_ACTION_FAILED, F, 1},
    {"delayed", "4.4.1", NDR_ACTION_DELAYED, D, 1},
    {"delivered", "2.1.5", NDR_ACTION_DELIVERED, S, 0},
    {"relayed", "2.0.0", NDR_ACTION_RELAYED, S, 0},
    {"expanded", "2.0.0", NDR_ACTION_EXPANDED, S, 0},
};

static const int notifies[] = {
    NDR_NOTIFY_DEFAULT, NDR_NOTIFY_NEVER, S, F, D, S | F, S | D, F | D,
    S | F | D};

static const struct {
    const char *name;
    int how_much;
} returns[] = {
    {"hdrs", NDR_RETURN_HEADERS},
    {"full", NDR_RETURN_FULL},
    {"none", NDR_RETURN_NONE},
};

static const struct {
    const char *name;
    int bits;
} transports[] = {
    {"7bit", NDR_TRANSPORT_7BIT},
    {"8bitmime", NDR_TRANSPORT_8BITMIME},
    {"smtputf8", NDR_TRANSPORT_SMTPUTF8},
    {"both", NDR_TRANSPORT_8BITMIME | NDR_TRANSPORT_SMTPUTF8},
};

enum { ASCII, BODY8, UTF8 };

#define BEFORE                                                                 \
    "From: Jane <jane@example.com>\r\nTo: joe@contoso.com\r\n"                 \
    "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"                                \
    "Message-ID: <77@desk7.example.com>\r\nMIME-Version: 1.0\r\n"

static const struct {
    const char *name, *address, *original;
} contents[] = {
    {"ascii", "joe@contoso.com",
     BEFORE "Subject: Spring\r\n\r\nThe body of it.\r\n"},
    {"body8", "joe@contoso.com",
     BEFORE "Subject: Spring\r\nContent-Transfer-Encoding: 8bit\r\n"
            "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
            "The body of it: caf\xE9.\r\n"},
    {"utf8", "j\u00F6@contoso.com",
     BEFORE "Subject: Fr\u00FChling\r\nContent-Transfer-Encoding: 8bit\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\n"
            "The body of it: caf\u00E9.\r\n"},
};

static const struct {
    const char *name;
    uint64_t limit;
} sizes[] = {{"small", 10485760}, {"large", 100}};

/* One cell of the table. */
typedef struct cell {
    int action, notify, how_much, transport, content, size;
} cell;

static desk d;

static void setup(void)
{
    desk_open(&d);
    ndr_profile_set_html(d.profile, NDR_HTML_ON);
}

static void teardown(void)
{
    desk_close(&d);
}

static void build(const cell *c)
{
    ndr_recipient *joe;

    desk_reset(&d);
    ndr_profile_set_limit(d.profile, NDR_LIMIT_ORIGINAL, sizes[c->size].limit);
    ndr_report_borrow_original(d.report, contents[c->content].original,
                               NDR_NUL);
    ndr_report_set_envelope_id(d.report, "QQ314159", NDR_NUL);
    ndr_report_set_return(d.report, returns[c->how_much].how_much);
    ndr_report_set_transport(d.report, transports[c->transport].bits);
    joe = ndr_report_add_recipient(d.report, contents[c->content].address,
                                   NDR_NUL);
    ndr_recipient_set_action(joe, actions[c->action].action);
    ndr_recipient_set_status(joe, actions[c->action].status, NDR_NUL);
    ndr_recipient_set_notify(joe, notifies[c->notify]);
    if (actions[c->action].action == NDR_ACTION_DELAYED)
        ndr_recipient_set_retry_until(joe, DESK_DATE + 86400, 60);
}

static int is_due(const cell *c)
{
    return notifies[c->notify] == NDR_NOTIFY_DEFAULT
               ? actions[c->action].unasked
               : (notifies[c->notify] & actions[c->action].notify) != 0;
}

static int has_smtputf8(const cell *c)
{
    return (transports[c->transport].bits & NDR_TRANSPORT_SMTPUTF8) != 0;
}

/* Servers with SMTPUTF8 offer 8BITMIME (RFC 6531 3.1). */
static int has_8bitmime(const cell *c)
{
    return transports[c->transport].bits != NDR_TRANSPORT_7BIT;
}

/* A whole message is never encoded (RFC 2046 5.2.1). */
static int comes_back_whole(const cell *c)
{
    return returns[c->how_much].how_much == NDR_RETURN_FULL &&
           actions[c->action].action == NDR_ACTION_FAILED && c->size == 0 &&
           (c->content == ASCII || (c->content == BODY8 && has_8bitmime(c)) ||
            (c->content == UTF8 && has_smtputf8(c)));
}

static const char *third_type(const cell *c)
{
    int global = c->content == UTF8 && has_smtputf8(c);

    if (returns[c->how_much].how_much == NDR_RETURN_NONE)
        return "";
    if (comes_back_whole(c))
        return global ? "message/global" : "message/rfc822";
    return global ? "message/global-headers" : "text/rfc822-headers";
}

static int has_8bit(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char) *text >= 128)
            return 1;
    return 0;
}

static void assert_forms(const cell *c)
{
    int global = c->content == UTF8 && has_smtputf8(c);

    ck_assert_str_eq(parts_field(d.parts, d.parts->status_head, "Content-Type"),
                     global ? "message/global-delivery-status"
                            : "message/delivery-status");
    ck_assert_str_eq(parts_field(d.parts, d.parts->third_head, "Content-Type"),
                     third_type(c));
    ck_assert_int_eq(strstr(d.parts->third, "The body of it") != NULL,
                     comes_back_whole(c));
    ck_assert_int_eq(strstr(d.parts->user, "Only its headers") != NULL,
                     returns[c->how_much].how_much == NDR_RETURN_FULL &&
                         actions[c->action].action == NDR_ACTION_FAILED &&
                         !comes_back_whole(c));
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Action"),
                     actions[c->action].name);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Status"),
                     actions[c->action].status);
    ck_assert_str_eq(parts_field(d.parts, d.parts->group[1], "Final-Recipient"),
                     c->content != UTF8 ? "rfc822; joe@contoso.com"
                     : global           ? "utf-8; j\u00F6@contoso.com"
                                        : "utf-8; j\\x{F6}@contoso.com");
    ck_assert_str_eq(
        parts_field(d.parts, d.parts->group[0], "Original-Envelope-Id"),
        "QQ314159");
}

static void assert_envelope(const cell *c, const char *message, size_t length)
{
    int global = c->content == UTF8 && has_smtputf8(c);
    uint64_t octets;

    ck_assert_str_eq(ndr_report_envelope_sender(d.report), "");
    ck_assert_str_eq(ndr_report_envelope_recipient(d.report),
                     "jane@example.com");
    ck_assert_int_eq(ndr_report_envelope_notify(d.report), NDR_NOTIFY_NEVER);
    ck_assert_int_eq(ndr_report_needs_8bitmime(d.report), has_8bit(message));
    ck_assert_int_eq(ndr_report_needs_smtputf8(d.report), global);
    ck_assert_int_eq(ndr_report_needs_require_tls(d.report), 0);
    if (!has_8bitmime(c))
        ck_assert(!has_8bit(message));
    ck_assert_int_eq(ndr_report_length(d.report, &octets), NDR_OK);
    ck_assert_uint_eq(octets, length);
}

static void dump(const cell *c, const char *message, size_t length)
{
    const char *folder = getenv("NDR_DUMP");
    char name[400];
    FILE *file;

    if (folder == NULL)
        return;
    snprintf(name, sizeof(name), "%s/%s-%d-%s-%s-%s-%s.eml", folder,
             actions[c->action].name, notifies[c->notify],
             returns[c->how_much].name, transports[c->transport].name,
             contents[c->content].name, sizes[c->size].name);
    file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(message, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void assert_cell(const cell *c)
{
    const char *message;
    size_t length;

    build(c);
    if (!is_due(c)) {
        ck_assert_int_eq(ndr_report_prepare(d.report), NDR_NOTHING_DUE);
        ck_assert_int_eq(ndr_report_nothing_due(d.report),
                         NDR_NOTHING_NOT_ASKED);
        return;
    }
    desk_read(&d);
    assert_forms(c);
    ck_assert_int_eq(ndr_report_render(d.report, &message, &length), NDR_OK);
    assert_envelope(c, message, length);
    dump(c, message, length);
}

START_TEST(every_cell_of_the_table)
{
    cell c = {0, 0, 0, 0, 0, 0};

    c.action = _i / COUNT(contents);
    c.content = _i % COUNT(contents);
    for (c.notify = 0; c.notify < COUNT(notifies); c.notify++)
        for (c.how_much = 0; c.how_much < COUNT(returns); c.how_much++)
            for (c.transport = 0; c.transport < COUNT(transports);
                 c.transport++)
                for (c.size = 0; c.size < COUNT(sizes); c.size++)
                    assert_cell(&c);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("transport");
    TCase *tcase = tcase_create("transport");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, every_cell_of_the_table, 0,
                        COUNT(actions) * COUNT(contents));
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
