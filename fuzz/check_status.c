/* SPDX-License-Identifier: ISC */
/* The status part against what went in. */
#include "check.h"

#include <string.h>

/* After "type; ". */
static octets after_type(octets value)
{
    return octets_slice(value, octets_find_byte(value, 0, ';') + 2,
                        value.length);
}

/* ---- the message's own fields ---- */

static int is_extension(octets name)
{
    return octets_begin(name, "X-") || octets_begin(name, "x-");
}

static void check_envelope_id(comparison *c)
{
    store id = {NULL, 0, 0};

    if (!model_xtext(c->facts->envelope_id, &id) ||
        !octets_is_printable(store_octets(&id)) || id.used > 997)
        store_clear(&id);
    check_kept(c, "Original-Envelope-Id",
               header_value(&c->report.fields, "Original-Envelope-Id"),
               octets_trim(store_octets(&id)), c->facts->envelope_id,
               TELLS_ADDRESS);
    store_free(&id);
}

/* The host of "type; host (ip)"; one that is masked comes without its IP. */
static octets host_in(comparison *c, octets host, octets value)
{
    size_t end;

    value = after_type(value);
    end = octets_find(value, 0, octets_of(" ("));
    if (end < value.length && !octets_equal(model_host(c->facts, host), host))
        check_fail(c, "the IP address of a masked host", value);
    return octets_slice(value, 0, end);
}

static void check_host(comparison *c, const char *name, octets given)
{
    octets is = header_value(&c->report.fields, name);

    if ((is.at == NULL) != (given.length == 0) ||
        (is.at != NULL &&
         !model_is_host(c->facts, given, host_in(c, given, is))))
        check_fail(c, name, is.at == NULL ? octets_of("(absent)") : is);
}

static void check_message_fields(comparison *c)
{
    const header_block *fields = &c->report.fields;
    const model_profile *profile = &c->facts->profile;

    check_host(c, "Reporting-MTA",
               profile->authority.length > 0 ? profile->authority
                                             : profile->server);
    check_host(c, "DSN-Gateway", c->facts->gateway);
    check_envelope_id(c);
    check_date(c, "Arrival-Date", header_value(fields, "Arrival-Date"),
               &c->facts->arrival);
    check_pairs(c, "fields added to the message", fields, is_extension,
                &c->facts->fields);
}

/* ---- a recipient ---- */

/* Final-Recipient decodes to what went in; what has to be cut is marked. */
static void check_final(comparison *c, const header_block *group,
                        octets address)
{
    octets is = header_value(group, "Final-Recipient");
    store due = {NULL, 0, 0}, decoded = {NULL, 0, 0};

    if (octets_begin(is, "utf-8; ")) {
        octets value = after_type(is);

        if (!octets_is_utf8(address) || octets_is_ascii(address))
            check_fail(c, "Final-Recipient is not of type utf-8", is);
        if (!model_is_odd(address) &&
            octets_find_byte(address, 0, '\\') == address.length &&
            (!model_utf8_xtext(value, &decoded) ||
             !octets_equal(store_octets(&decoded), address)) &&
            !octets_has(value, "[...]"))
            check_fail(c, "Final-Recipient is another address", value);
    } else {
        model_show_ascii(address, &due);
        if (due.used <= 997)
            check_is(c, "Final-Recipient", octets_trim(after_type(is)),
                     octets_trim(store_octets(&due)));
        else if (!octets_has(is, "[...]"))
            check_fail(c, "Final-Recipient is cut without a mark", is);
    }
    store_free(&due);
    store_free(&decoded);
}

/* Type utf-8 has forms of its own, and is never xtext (RFC 6533 3). */
static void check_utf8_original(comparison *c, octets is, octets given)
{
    store decoded = {NULL, 0, 0};

    if (is.at != NULL && octets_is_printable(given) && given.length < 150 &&
        octets_find_byte(given, 0, '\\') == given.length) {
        if (!model_utf8_xtext(after_type(is), &decoded))
            check_fail(c, "Original-Recipient of type utf-8", is);
        check_is(c, "Original-Recipient of type utf-8",
                 octets_trim(store_octets(&decoded)), octets_trim(given));
    }
    store_free(&decoded);
}

static int decodes_to_secret(const comparison *c, octets value)
{
    store decoded = {NULL, 0, 0};
    int found = model_utf8_xtext(value, &decoded) &&
                model_tells(c->facts, store_octets(&decoded), TELLS_ADDRESS);

    store_free(&decoded);
    return found;
}

static void check_orcpt(comparison *c, const header_block *group, octets orcpt)
{
    octets is = header_value(group, "Original-Recipient");
    size_t semicolon = octets_find_byte(orcpt, 0, ';');
    octets type = octets_slice(orcpt, 0, semicolon);
    octets given = octets_slice(orcpt, semicolon + 1, orcpt.length), due;
    store text = {NULL, 0, 0};
    int good =
        model_xtext(given, &text) && octets_is_printable(store_octets(&text));

    due = octets_trim(store_octets(&text));
    if (is.at != NULL &&
        (model_tells(c->facts, after_type(is), TELLS_ADDRESS) ||
         decodes_to_secret(c, after_type(is))))
        check_fail(c, "Original-Recipient tells what is hidden", is);
    if (octets_equal_nocase(type, octets_of("utf-8")))
        check_utf8_original(c, is, given);
    else if (is.at != NULL && text.used < 900 && (!good || due.length == 0))
        check_fail(c, "Original-Recipient of what cannot be decoded", is);
    else if (is.at != NULL && text.used < 900)
        check_is(c, "Original-Recipient", octets_trim(after_type(is)), due);
    else if (octets_equal_nocase(type, octets_of("rfc822")) && good &&
             due.length > 0 && text.used < 900 &&
             !model_may_tell(c->facts, due, TELLS_ADDRESS))
        check_fail(c, "Original-Recipient is missing", orcpt);
    store_free(&text);
}

static void without_blanks(octets text, store *out)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (text.at[i] != ' ')
            store_byte(out, text.at[i]);
}

/* Each run of blanks as one: those at the ends of a reply's lines are not kept
   beside a fold. */
static void squeeze_blanks(octets text, store *out)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (text.at[i] != ' ' || i == 0 || text.at[i - 1] != ' ')
            store_add(out, octets_slice(text, i, i + 1));
}

/* Words so long that a line had to end within them. */
static int is_unbreakable(octets text)
{
    size_t i, from = 0;

    for (i = 0; i < text.length; i++) {
        if (text.at[i] == ' ' && i + 1 < text.length && text.at[i + 1] != ' ' &&
            i > 0)
            from = i;
        else if (i - from > 800)
            return 1;
    }
    return 0;
}

/* What Diagnostic-Code may hold, as shown in due and as given. If the newest
   attempt may stand in for a reply: TWO_WAYS, the field may be there or not. */
enum { NONE_DUE, ONE_DUE, TWO_WAYS };

/* Three digits of a reply, and a blank, a hyphen or nothing after them. */
static int begins_as_reply(octets text)
{
    text = octets_trim(text);
    return text.length > 2 && text.at[0] >= '2' && text.at[0] <= '5' &&
           text.at[1] >= '0' && text.at[1] <= '9' && text.at[2] >= '0' &&
           text.at[2] <= '9';
}

/* One line that no reader of replies can take for anything else. */
static int is_plain_reply(octets text)
{
    return begins_as_reply(text) && octets_is_printable(text) &&
           text.at[0] != ' ' && text.length > 4 && text.at[3] == ' ';
}

static int find_reply(const comparison *c, const model_recipient *recipient,
                      store *due, octets *given)
{
    const model_attempt *newest = &recipient->newest;
    uint64_t limit = c->facts->profile.reply_limit;
    const int both = TELLS_ADDRESS | TELLS_HOST;
    int found = ONE_DUE;

    *given = recipient->reply;
    if (recipient->hidden.at != NULL)
        return NONE_DUE;
    model_show_reply(recipient->reply, limit, due);
    if (due->used == 0 && newest->date.set && newest->tied)
        return TWO_WAYS;
    if (due->used == 0 && newest->date.set) {
        *given = newest->text;
        found = is_plain_reply(*given) && recipient->reply.at == NULL ? ONE_DUE
                : begins_as_reply(*given)                             ? TWO_WAYS
                                          : NONE_DUE;
        if (found != NONE_DUE)
            model_show_reply(*given, limit, due);
    }
    if (due->used == 0)
        return NONE_DUE;
    if (given->length > limit) {
        /* what is left may end within what is hidden */
        given->length = (size_t) limit;
        found = model_hides(c->facts) ? TWO_WAYS : found;
    }
    if (model_tells(c->facts, *given, both))
        return NONE_DUE;
    return model_may_tell(c->facts, *given, both) ||
                   model_may_tell(c->facts, store_octets(due), both)
               ? TWO_WAYS
               : found;
}

static void check_diagnostic_type(comparison *c,
                                  const model_recipient *recipient, octets type,
                                  octets due)
{
    if (recipient->type.at != NULL)
        check_is(c, "the diagnostic's type", type, recipient->type);
    else if (!octets_equal(type, octets_of("smtp")) &&
             !octets_equal(type, octets_of("X-Local")))
        check_fail(c, "the diagnostic's type", type);
    if (recipient->type.at == NULL && octets_equal(type, octets_of("smtp")) &&
        (due.length < 3 || strchr("2345", due.at[0]) == NULL))
        check_fail(c, "type smtp for what is no reply", type);
}

static void check_diagnostic(comparison *c, const header_block *group,
                             const model_recipient *recipient)
{
    octets is = header_value(group, "Diagnostic-Code"), given;
    store due = {NULL, 0, 0}, bare = {NULL, 0, 0}, bare_due = {NULL, 0, 0};
    int found = find_reply(c, recipient, &due, &given);

    if (found == NONE_DUE && is.at != NULL)
        check_fail(c, "Diagnostic-Code of what is no reply, or is hidden", is);
    if (found == ONE_DUE && is.at == NULL)
        check_fail(c, "Diagnostic-Code is missing", store_octets(&due));
    if (is.at != NULL && due.used > 0) {
        check_diagnostic_type(c, recipient,
                              octets_slice(is, 0, octets_find_byte(is, 0, ';')),
                              store_octets(&due));
        is = after_type(is);
        if (!is_unbreakable(store_octets(&due))) {
            squeeze_blanks(octets_trim(is), &bare);
            squeeze_blanks(octets_trim(store_octets(&due)), &bare_due);
            check_is(c, "Diagnostic-Code", store_octets(&bare),
                     store_octets(&bare_due));
            bare.used = bare_due.used = 0;
        }
        without_blanks(is, &bare);
        without_blanks(store_octets(&due), &bare_due);
        check_is(c, "the words of Diagnostic-Code", store_octets(&bare),
                 store_octets(&bare_due));
    }
    store_free(&due);
    store_free(&bare);
    store_free(&bare_due);
}

/* The newest attempt's time stands in; of a hidden recipient it may. */
static void check_last_attempt(comparison *c, const header_block *group,
                               const model_recipient *recipient)
{
    octets is = header_value(group, "Last-Attempt-Date");
    const model_attempt *newest = &recipient->newest;
    int64_t seconds = 0;
    int32_t offset = 0;

    if (recipient->last_attempt.set || !newest->date.set) {
        check_date(c, "Last-Attempt-Date", is, &recipient->last_attempt);
        return;
    }
    if (is.at == NULL ? recipient->hidden.at == NULL
                      : !header_date(is, &seconds, &offset) ||
                            seconds != newest->date.seconds ||
                            (!newest->tied && offset != newest->date.offset))
        check_fail(c, "Last-Attempt-Date of the newest attempt",
                   is.at == NULL ? octets_of("(absent)") : is);
}

/* Of what was set, or of the newest attempt if its answer is the reply. */
static void check_remote(comparison *c, const header_block *group,
                         const model_recipient *recipient)
{
    octets is = header_value(group, "Remote-MTA");
    octets given = recipient->remote;

    if (is.at == NULL)
        return;
    if (recipient->hidden.at != NULL)
        check_fail(c, "Remote-MTA of a hidden recipient", is);
    if (octets_trim(given).length == 0 && !recipient->newest.date.set)
        check_fail(c, "Remote-MTA of no server", is);
    if (octets_trim(given).length == 0 && !recipient->newest.tied)
        given = recipient->newest.host;
    /* an address stands for a name that cannot be shown */
    if (octets_begin(given, "mail.") && !octets_begin(after_type(is), "[") &&
        !model_is_host(c->facts, given, host_in(c, given, is)))
        check_fail(c, "Remote-MTA", is);
    if (model_tells(c->facts, after_type(is), TELLS_ADDRESS | TELLS_HOST))
        check_fail(c, "Remote-MTA tells what is hidden", is);
}

static void check_rest(comparison *c, const header_block *group,
                       const model_recipient *recipient)
{
    static const model_date never = {0, 0, 0};
    store id = {NULL, 0, 0};

    if (recipient->hidden.at == NULL)
        model_show_ascii(octets_trim(recipient->log_id), &id);
    if (id.used <= 900)
        check_kept(c, "Final-Log-ID", header_value(group, "Final-Log-ID"),
                   store_octets(&id), recipient->log_id,
                   TELLS_ADDRESS | TELLS_HOST);
    store_free(&id);
    check_date(c, "Will-Retry-Until", header_value(group, "Will-Retry-Until"),
               recipient->action == NDR_ACTION_DELAYED ? &recipient->retry_until
                                                       : &never);
    check_pairs(c, "fields added to a recipient", group, is_extension,
                &recipient->fields);
}

static void check_recipient(comparison *c, const header_block *group,
                            const model_recipient *recipient)
{
    static const char *const actions[] = {"failed", "delayed", "delivered",
                                          "relayed", "expanded"};

    check_is(c, "Action", header_value(group, "Action"),
             octets_of(actions[recipient->action]));
    if (recipient->status.at != NULL)
        check_is(c, "Status", header_value(group, "Status"), recipient->status);
    check_final(c, group, model_final(recipient));
    check_orcpt(c, group, recipient->orcpt);
    check_diagnostic(c, group, recipient);
    check_last_attempt(c, group, recipient);
    check_remote(c, group, recipient);
    check_rest(c, group, recipient);
}

void check_status(comparison *c, const model_recipient **order, size_t count)
{
    size_t i;

    check_message_fields(c);
    for (i = 0; i < count; i++)
        check_recipient(c, &c->report.groups[i], order[i]);
}
