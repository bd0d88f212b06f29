/* SPDX-License-Identifier: ISC */
/* What came out against what went in. */
#include "builder.h"

#include <string.h>

/* One report being compared. */
typedef struct comparison {
    builder *b;
    const model *facts;
    reading report;
    octets text;  /* its plain text */
    size_t place; /* in the administrator section, so far */
} comparison;

static void fail(comparison *c, const char *rule, octets value)
{
    builder_fail(c->b, rule, value);
}

static void check_is(comparison *c, const char *rule, octets is, octets due)
{
    if (is.at == NULL || !octets_equal(is, due))
        fail(c, rule, is.at == NULL ? octets_of("(absent)") : is);
}

/* A value was given as this store, or there may be none of it. */
static void check_made(comparison *c, const char *rule, octets is, store *due)
{
    if (due->used == 0 ? is.at != NULL
                       : is.at == NULL || !octets_equal(is, store_octets(due)))
        fail(c, rule, is.at == NULL ? octets_of("(absent)") : is);
    store_free(due);
}

static void check_date(comparison *c, const char *rule, octets is,
                       const model_date *due)
{
    int64_t seconds = 0;
    int32_t offset = 0;

    if (!due->set) {
        if (is.at != NULL)
            fail(c, rule, is);
        return;
    }
    if (is.at == NULL || !header_date(is, &seconds, &offset) ||
        seconds != due->seconds || offset != due->offset)
        fail(c, rule, is.at == NULL ? octets_of("(absent)") : is);
}

/* After "type; ". */
static octets after_type(octets value)
{
    return octets_slice(value, octets_find_byte(value, 0, ';') + 2,
                        value.length);
}

/* ---- the outer header ---- */

static octets collapsed(octets text, store *out)
{
    size_t i;

    text = octets_trim(text);
    for (i = 0; i < text.length; i++)
        if (text.at[i] != ' ' || text.at[i - 1] != ' ')
            store_byte(out, text.at[i]);
    return store_octets(out);
}

static void check_subject(comparison *c)
{
    store decoded = {NULL, 0, 0}, is = {NULL, 0, 0}, due = {NULL, 0, 0};
    size_t i;

    if (octets_trim(c->facts->subject).length == 0)
        return;
    for (i = 0; i < c->report.top.count; i++)
        if (octets_equal(c->report.top.fields[i].name, octets_of("Subject")))
            header_decode(&c->report.top.fields[i], &decoded);
    if (!octets_equal(collapsed(store_octets(&decoded), &is),
                      collapsed(c->facts->subject, &due)))
        fail(c, "the Subject is not the caller's", store_octets(&decoded));
    store_free(&decoded);
    store_free(&is);
    store_free(&due);
}

static void check_top(comparison *c)
{
    const header_block *top = &c->report.top;
    ndr_report *report = c->b->report;
    octets id = header_value(top, "Message-ID");

    check_is(c, "To", header_value(top, "To"),
             octets_of(ndr_report_envelope_recipient(report)));
    check_is(c, "Message-ID", id, octets_of(ndr_report_message_id(report)));
    if (c->facts->message_id.at != NULL)
        check_is(c, "the caller's Message-ID",
                 octets_slice(id, 1, id.length - 1),
                 model_unbracketed(c->facts->message_id));
    check_date(c, "Date", header_value(top, "Date"), &c->facts->date);
    check_subject(c);
    if (!octets_is_ascii(c->report.head) && !ndr_report_needs_smtputf8(report))
        fail(c, "UTF-8 in a header that needs no SMTPUTF8", c->report.head);
    if (!octets_is_ascii(c->report.message) &&
        !ndr_report_needs_8bitmime(report) &&
        !ndr_report_needs_smtputf8(report))
        fail(c, "8 bits in a report that needs no 8BITMIME", c->report.head);
}

/* ---- the message's own fields ---- */

static size_t count_extensions(const header_block *group)
{
    size_t i, count = 0;

    for (i = 0; i < group->count; i++)
        count += octets_begin(group->fields[i].name, "X-") ||
                 octets_begin(group->fields[i].name, "x-");
    return count;
}

static void check_envelope_id(comparison *c)
{
    store id = {NULL, 0, 0};
    octets due;

    if (!model_xtext(c->facts->envelope_id, &id) ||
        !octets_is_printable(store_octets(&id)) || id.used > 997)
        store_clear(&id);
    due = octets_trim(store_octets(&id));
    if (id.used > 0)
        memmove(id.at, due.at, due.length);
    id.used = due.length;
    check_made(c, "Original-Envelope-Id",
               header_value(&c->report.fields, "Original-Envelope-Id"), &id);
}

static void check_message_fields(comparison *c)
{
    const header_block *fields = &c->report.fields;

    check_is(c, "Reporting-MTA",
             after_type(header_value(fields, "Reporting-MTA")),
             c->facts->authority.length > 0 ? c->facts->authority
                                            : c->facts->server);
    check_envelope_id(c);
    check_date(c, "Arrival-Date", header_value(fields, "Arrival-Date"),
               &c->facts->arrival);
    if (count_extensions(fields) != c->facts->fields)
        fail(c, "fields added to the message", c->report.message);
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
            fail(c, "Final-Recipient is not of type utf-8", is);
        if (!model_is_odd(address) &&
            octets_find_byte(address, 0, '\\') == address.length &&
            (!model_utf8_xtext(value, &decoded) ||
             !octets_equal(store_octets(&decoded), address)) &&
            !octets_has(value, "[...]"))
            fail(c, "Final-Recipient is another address", value);
    } else {
        model_show_ascii(address, &due);
        if (due.used <= 997)
            check_is(c, "Final-Recipient", octets_trim(after_type(is)),
                     octets_trim(store_octets(&due)));
        else if (!octets_has(is, "[...]"))
            fail(c, "Final-Recipient is cut without a mark", is);
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
            fail(c, "Original-Recipient of type utf-8", is);
        check_is(c, "Original-Recipient of type utf-8",
                 octets_trim(store_octets(&decoded)), octets_trim(given));
    }
    store_free(&decoded);
}

static void check_original(comparison *c, const header_block *group,
                           octets orcpt)
{
    octets is = header_value(group, "Original-Recipient");
    size_t semicolon = octets_find_byte(orcpt, 0, ';');
    octets type = octets_slice(orcpt, 0, semicolon);
    octets given = octets_slice(orcpt, semicolon + 1, orcpt.length), due;
    store text = {NULL, 0, 0};
    int good =
        model_xtext(given, &text) && octets_is_printable(store_octets(&text));

    due = octets_trim(store_octets(&text));
    if (octets_equal_nocase(type, octets_of("utf-8")))
        check_utf8_original(c, is, given);
    else if (is.at != NULL && text.used < 900 && (!good || due.length == 0))
        fail(c, "Original-Recipient of what cannot be decoded", is);
    else if (is.at != NULL && text.used < 900)
        check_is(c, "Original-Recipient", octets_trim(after_type(is)), due);
    else if (octets_equal_nocase(type, octets_of("rfc822")) && good &&
             due.length > 0 && text.used < 900)
        fail(c, "Original-Recipient is missing", orcpt);
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

static void check_diagnostic(comparison *c, const header_block *group,
                             const model_recipient *recipient)
{
    octets is = header_value(group, "Diagnostic-Code"), type;
    store due = {NULL, 0, 0}, bare = {NULL, 0, 0}, bare_due = {NULL, 0, 0};

    if (recipient->hidden.at == NULL && recipient->reply.at != NULL)
        model_show_reply(recipient->reply, c->facts->reply_limit, &due);
    if (due.used == 0) {
        if (is.at != NULL)
            fail(c, "Diagnostic-Code without a reply", is);
        return;
    }
    if (is.at == NULL)
        fail(c, "Diagnostic-Code is missing", store_octets(&due));
    type = octets_slice(is, 0, octets_find_byte(is, 0, ';'));
    if (recipient->type.at != NULL)
        check_is(c, "the diagnostic's type", type, recipient->type);
    else if (!octets_equal(type, octets_of("smtp")) &&
             !octets_equal(type, octets_of("X-Local")))
        fail(c, "the diagnostic's type", type);
    if (recipient->type.at == NULL && octets_equal(type, octets_of("smtp")) &&
        (due.used < 3 || strchr("2345", due.at[0]) == NULL))
        fail(c, "type smtp for what is no reply", is);
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
    store_free(&due);
    store_free(&bare);
    store_free(&bare_due);
}

static void check_rest(comparison *c, const header_block *group,
                       const model_recipient *recipient)
{
    static const model_date never = {0, 0, 0};
    octets remote = header_value(group, "Remote-MTA");
    store id = {NULL, 0, 0};
    int hidden = recipient->hidden.at != NULL;

    if (!hidden)
        model_show_ascii(octets_trim(recipient->log_id), &id);
    if (id.used <= 900)
        check_made(c, "Final-Log-ID", header_value(group, "Final-Log-ID"), &id);
    store_free(&id);
    check_date(c, "Last-Attempt-Date", header_value(group, "Last-Attempt-Date"),
               &recipient->last_attempt);
    check_date(c, "Will-Retry-Until", header_value(group, "Will-Retry-Until"),
               recipient->action == NDR_ACTION_DELAYED ? &recipient->retry_until
                                                       : &never);
    if (remote.at != NULL && hidden)
        fail(c, "Remote-MTA of a hidden recipient", remote);
    if (count_extensions(group) != recipient->fields)
        fail(c, "fields added to a recipient", c->report.message);
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
    check_original(c, group, recipient->orcpt);
    check_diagnostic(c, group, recipient);
    check_rest(c, group, recipient);
}

/* ---- the text ---- */

/* The next line of the administrator section with this label and value. */
static void find_line(comparison *c, const char *label, octets value)
{
    store line = {NULL, 0, 0};
    size_t found;

    store_text(&line, "\r\n");
    store_text(&line, label);
    store_text(&line, ": ");
    store_add(&line, value);
    found = octets_find(c->text, c->place, store_octets(&line));
    if (found == c->text.length)
        fail(c, label, value);
    c->place = found + line.used;
    store_free(&line);
}

static void check_shown(comparison *c, const model_recipient *recipient)
{
    octets final = model_final(recipient);

    /* what may be shown in more than one way */
    if (octets_trim(final).length < final.length ||
        (!octets_is_printable(final) &&
         (model_is_odd(final) || !octets_is_utf8(final))))
        final = octets_of("");
    find_line(c,
              recipient->action == NDR_ACTION_FAILED ? "Rejected recipient"
                                                     : "Recipient",
              final);
    find_line(c, "Enhanced status code",
              recipient->status.at != NULL ? recipient->status : octets_of(""));
    if (c->facts->html &&
        octets_find(c->report.words, 0, final) == c->report.words.length)
        fail(c, "an address is not in the HTML", final);
}

static void check_text(comparison *c, const model_recipient **order,
                       size_t count)
{
    static const char title[] = "\r\nDiagnostic information for "
                                "administrators:\r\n";
    size_t i;

    c->text = c->report.parts[PART_TEXT].content;
    c->place = octets_find(c->text, 0, octets_of(title));
    if (c->place == c->text.length)
        fail(c, "no section for administrators", c->text);
    find_line(c, "Generating server", c->facts->server);
    for (i = 0; i < count; i++)
        check_shown(c, order[i]);
    if (c->facts->html != (c->report.parts[PART_HTML].type.at != NULL))
        fail(c, "HTML though it was not asked for, or the reverse", c->text);
}

static void check_secret(comparison *c)
{
    octets secret = octets_of(SECRET), message = c->report.message;
    size_t i;

    if (!c->b->holds_secret)
        return;
    if (octets_find(message, 0, secret) < message.length)
        fail(c, "a hidden address is in the report", message);
    for (i = 0; i < PART_COUNT; i++) {
        octets content = c->report.parts[i].content;

        if (content.at != NULL &&
            octets_find(content, 0, secret) < content.length)
            fail(c, "a hidden address is in a part", content);
    }
}

void builder_check(builder *b, octets message, int actions)
{
    const model_recipient *order[MODEL_RECIPIENTS];
    comparison c;
    size_t count, i;
    int allowed = b->facts.transport & NDR_TRANSPORT_SMTPUTF8
                      ? READER_8BIT | READER_UTF8
                      : b->facts.transport & NDR_TRANSPORT_8BITMIME;

    memset(&c, 0, sizeof(c));
    c.b = b;
    c.facts = &b->facts;
    if (!octets_is_ascii(b->facts.sender))
        allowed = READER_8BIT | READER_UTF8;
    if (!reader_read(&c.report, message, allowed))
        fail(&c, c.report.broken, c.report.where);
    count = model_order(&b->facts, actions, order);
    if (c.report.group_count != count)
        fail(&c, "the number of recipients", message);
    check_top(&c);
    check_message_fields(&c);
    for (i = 0; i < count; i++)
        check_recipient(&c, &c.report.groups[i], order[i]);
    check_text(&c, order, count);
    check_secret(&c);
    reader_free(&c.report);
}
