/* SPDX-License-Identifier: ISC */
/* Calls that are about one recipient. */
#include "builder.h"

#include <string.h>

static ndr_recipient *handle(const builder *b)
{
    return b->chosen != NULL ? b->chosen->handle : b->dead;
}

/* Where the model keeps what goes into the chosen one. */
static model_recipient *kept(builder *b)
{
    static model_recipient nowhere;

    return b->chosen != NULL ? b->chosen : &nowhere;
}

void builder_add_recipient(builder *b, fuzz_text address)
{
    ndr_recipient *made;
    model_recipient *here;

    b->chosen = NULL;
    b->dead = NULL;
    if (b->facts.count == MODEL_RECIPIENTS)
        return;
    made = ndr_report_add_recipient(b->report, address.at, address.length);
    if ((made == NULL) != (b->report == NULL))
        builder_fail(b, "add_recipient and NULL", address.is);
    b->dead = made;
    if (builder_is_lost(b))
        return;
    if (b->facts.error != NDR_OK || b->facts.closed) {
        if (made != NULL)
            builder_settle(b, "dead recipient",
                           ndr_recipient_set_action(made, 0), 0);
        return;
    }
    if (!builder_settle(b, "add_recipient", ndr_report_error(b->report),
                        model_recipient_address(address.is)))
        return;
    here = &b->facts.recipients[b->facts.count++];
    memset(here, 0, sizeof(*here));
    here->handle = made;
    here->address = address.is;
    b->chosen = here;
}

static void call_recipient(builder *b)
{
    builder_add_recipient(b, input_text(&b->in));
}

static void call_action(builder *b)
{
    int action = (int) input_octet(&b->in);
    int valid = action < 250;

    action = valid ? action % 5 : action == 250 ? -1 : action;
    if (builder_settle(b, "action", ndr_recipient_set_action(handle(b), action),
                       MODEL_BIT(valid ? NDR_OK : NDR_E_ACTION)))
        kept(b)->action = action;
}

static void call_status(builder *b)
{
    fuzz_text status = input_text(&b->in);

    if (builder_settle(
            b, "status",
            ndr_recipient_set_status(handle(b), status.at, status.length),
            model_status(status.is)))
        kept(b)->status = status.is;
}

static void call_reply(builder *b)
{
    fuzz_text reply = input_text(&b->in);

    if (!builder_settle(
            b, "reply",
            ndr_recipient_set_reply(handle(b), reply.at, reply.length),
            MODEL_BIT(NDR_OK)))
        return;
    kept(b)->reply = reply.is;
    kept(b)->type.at = NULL;
}

static void call_diagnostic(builder *b)
{
    fuzz_text type = input_text(&b->in);
    fuzz_text reply = input_text(&b->in);

    if (!builder_settle(b, "diagnostic",
                        ndr_recipient_set_diagnostic(handle(b), type.at,
                                                     type.length, reply.at,
                                                     reply.length),
                        model_diagnostic_type(type.is)))
        return;
    kept(b)->reply = reply.is;
    kept(b)->type = type.is;
    if (octets_equal_nocase(type.is, octets_of("smtp")))
        kept(b)->type.at = NULL;
}

static void call_remote(builder *b)
{
    fuzz_text host = input_text(&b->in);
    fuzz_text address = input_text(&b->in);

    if (builder_settle(b, "remote server",
                       ndr_recipient_set_remote_server(handle(b), host.at,
                                                       host.length, address.at,
                                                       address.length),
                       MODEL_BIT(NDR_OK)))
        kept(b)->remote = host.is;
}

static void call_orcpt(builder *b)
{
    fuzz_text orcpt = input_text(&b->in);

    if (builder_settle(b, "original recipient",
                       ndr_recipient_set_original_recipient(handle(b), orcpt.at,
                                                            orcpt.length),
                       MODEL_BIT(NDR_OK)))
        kept(b)->orcpt = orcpt.is;
}

static void call_notify(builder *b)
{
    int notify = (int) input_octet(&b->in);
    int valid = notify < 8 || notify == NDR_NOTIFY_NEVER;

    if (builder_settle(b, "notify", ndr_recipient_set_notify(handle(b), notify),
                       MODEL_BIT(valid ? NDR_OK : NDR_E_INVALID)))
        kept(b)->notify = notify;
}

static void call_date(builder *b, int (*set)(ndr_recipient *, int64_t, int32_t),
                      model_date *date)
{
    model_date given = {1, 0, 0};

    input_date(&b->in, &given.seconds, &given.offset);
    if (builder_settle(b, "date", set(handle(b), given.seconds, given.offset),
                       model_date_result(given.seconds, given.offset)))
        *date = given;
}

static void call_last_attempt(builder *b)
{
    call_date(b, ndr_recipient_set_last_attempt, &kept(b)->last_attempt);
}

static void call_retry_until(builder *b)
{
    call_date(b, ndr_recipient_set_retry_until, &kept(b)->retry_until);
}

static void call_log_id(builder *b)
{
    fuzz_text id = input_text(&b->in);

    if (builder_settle(b, "log id",
                       ndr_recipient_set_log_id(handle(b), id.at, id.length),
                       MODEL_BIT(NDR_OK)))
        kept(b)->log_id = id.is;
}

static void call_text(builder *b)
{
    fuzz_text words = input_text(&b->in);

    builder_settle(b, "text",
                   ndr_recipient_set_text(handle(b), words.at, words.length),
                   model_plain_text(words.is));
}

static void call_hidden(builder *b)
{
    fuzz_text address = input_text(&b->in);

    if (builder_settle(
            b, "hidden",
            ndr_recipient_set_hidden(handle(b), address.at, address.length),
            model_recipient_address(address.is)))
        kept(b)->hidden = address.is;
}

/* Only the newest one is of use to the model. */
static void keep_attempt(model_recipient *recipient, int64_t seconds,
                         int32_t offset, octets host, octets words)
{
    model_attempt *newest = &recipient->newest;

    if (newest->date.set && seconds <= newest->date.seconds) {
        newest->tied |= seconds == newest->date.seconds;
        return;
    }
    newest->date.set = 1;
    newest->date.seconds = seconds;
    newest->date.offset = offset;
    newest->tied = 0;
    newest->host = host;
    newest->text = words;
}

static void call_attempt(builder *b)
{
    int64_t seconds;
    int32_t offset;
    fuzz_text host = input_text(&b->in), address = input_text(&b->in);
    fuzz_text words = input_text(&b->in);

    input_date(&b->in, &seconds, &offset);
    if (builder_settle(b, "attempt",
                       ndr_recipient_add_attempt(
                           handle(b), seconds, offset, host.at, host.length,
                           address.at, address.length, words.at, words.length),
                       model_date_result(seconds, offset)))
        keep_attempt(kept(b), seconds, offset, host.is, words.is);
}

static void call_field(builder *b)
{
    fuzz_text name = input_text(&b->in);
    fuzz_text value = input_text(&b->in);

    if (kept(b)->fields.count < MODEL_PAIRS &&
        builder_settle(b, "field",
                       ndr_recipient_add_field(handle(b), name.at, name.length,
                                               value.at, value.length),
                       model_field(name.is, value.is)))
        builder_keep_pair(&kept(b)->fields, name, value);
}

/* A hidden recipient who is told of wherever it could be: the order in which it
   is told and hidden is fuzzed. */
static void call_secret(builder *b)
{
    static const char host[] = SECRET ".example";
    unsigned order = input_octet(&b->in);
    fuzz_text address = text_of(&b->in, octets_of(SECRET_ADDRESS));
    int64_t seconds = 1795536312;
    ndr_recipient *secret;

    builder_add_recipient(b, address);
    if (b->chosen == NULL)
        return;
    secret = handle(b);
    if (order & 1)
        ndr_recipient_set_hidden(secret, "alias@example.com", NDR_NUL);
    ndr_recipient_set_action(secret, (int) (order >> 4 & 15) % 5);
    ndr_recipient_set_reply(secret, "550 5.1.1 <" SECRET "> unknown", NDR_NUL);
    if (order & 2)
        ndr_recipient_set_diagnostic(secret, "X-" SECRET, NDR_NUL, SECRET,
                                     NDR_NUL);
    ndr_recipient_set_remote_server(secret, host, NDR_NUL, "192.0.2.1",
                                    NDR_NUL);
    ndr_recipient_set_log_id(secret, SECRET, NDR_NUL);
    ndr_recipient_add_attempt(secret, seconds, 0, host, NDR_NUL, NULL, 0,
                              SECRET, NDR_NUL);
    if (order & 4)
        ndr_recipient_add_attempt(secret, seconds, 0, host, NDR_NUL, NULL, 0,
                                  SECRET, NDR_NUL);
    if (!(order & 1))
        ndr_recipient_set_hidden(secret, "alias@example.com", NDR_NUL);
    keep_attempt(kept(b), seconds, 0, octets_of(host), octets_of(SECRET));
    kept(b)->hidden = octets_of("alias@example.com");
    kept(b)->action = (int) (order >> 4 & 15) % 5;
}

static void call_choose(builder *b)
{
    if (b->facts.count > 0)
        b->chosen = &b->facts.recipients[input_octet(&b->in) % b->facts.count];
}

int builder_call_recipient(builder *b, unsigned call)
{
    static void (*const calls[])(builder *) = {
        call_recipient,    call_action,      call_status, call_reply,
        call_diagnostic,   call_remote,      call_orcpt,  call_notify,
        call_last_attempt, call_retry_until, call_log_id, call_text,
        call_hidden,       call_attempt,     call_field,  call_secret,
        call_choose};

    if (call > CALL_CHOOSE)
        return 0;
    if (handle(b) != NULL || call == CALL_RECIPIENT || call == CALL_SECRET ||
        call == CALL_CHOOSE)
        calls[call](b);
    return 1;
}
