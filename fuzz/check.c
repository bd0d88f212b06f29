/* SPDX-License-Identifier: ISC */
/* What came out against what went in: the text, and the whole. */
#include "check.h"

#include <string.h>

void check_fail(const comparison *c, const char *rule, octets value)
{
    builder_fail(c->b, rule, value);
}

void check_is(const comparison *c, const char *rule, octets is, octets due)
{
    if (is.at == NULL || !octets_equal(is, due))
        check_fail(c, rule, is.at == NULL ? octets_of("(absent)") : is);
}

void check_kept(const comparison *c, const char *rule, octets is, octets due,
                octets raw, int secrets)
{
    if (is.at == NULL) {
        if (due.length > 0 && !model_may_tell(c->facts, raw, secrets) &&
            !model_may_tell(c->facts, due, secrets))
            check_fail(c, rule, octets_of("(absent)"));
        return;
    }
    check_is(c, rule, is, due);
    if (due.length == 0 || model_tells(c->facts, is, secrets))
        check_fail(c, "a value that tells what is hidden", is);
}

static int may_miss(const comparison *c, octets name, octets value)
{
    const int both = TELLS_ADDRESS | TELLS_HOST;

    return model_may_tell(c->facts, name, both) ||
           model_may_tell(c->facts, value, both);
}

void check_pairs(const comparison *c, const char *rule,
                 const header_block *block, check_kind is_of_kind,
                 const model_pairs *pairs)
{
    size_t i = 0, from;

    for (from = 0; from < block->count; from++) {
        octets name = block->fields[from].name;
        octets value = octets_trim(block->fields[from].value);

        if (!is_of_kind(name))
            continue;
        while (i < pairs->count &&
               (!octets_equal(name, pairs->of[i].name) ||
                !octets_equal(value, octets_trim(pairs->of[i].value))) &&
               may_miss(c, pairs->of[i].name, pairs->of[i].value))
            i++;
        if (i == pairs->count)
            check_fail(c, rule, block->fields[from].raw);
        check_is(c, rule, name, pairs->of[i].name);
        check_is(c, rule, value, octets_trim(pairs->of[i].value));
        if (model_tells(c->facts, value, TELLS_ADDRESS))
            check_fail(c, "a field that tells what is hidden", value);
        i++;
    }
    for (; i < pairs->count; i++)
        if (!may_miss(c, pairs->of[i].name, pairs->of[i].value))
            check_fail(c, rule, pairs->of[i].value);
}

void check_date(const comparison *c, const char *rule, octets is,
                const model_date *due)
{
    int64_t seconds = 0;
    int32_t offset = 0;

    if (!due->set) {
        if (is.at != NULL)
            check_fail(c, rule, is);
        return;
    }
    if (is.at == NULL || !header_date(is, &seconds, &offset) ||
        seconds != due->seconds || offset != due->offset)
        check_fail(c, rule, is.at == NULL ? octets_of("(absent)") : is);
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
        check_fail(c, label, value);
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
    if (c->facts->profile.html &&
        octets_find(c->report.words, 0, final) == c->report.words.length)
        check_fail(c, "an address is not in the HTML", final);
}

/* A copy says whose it is. */
static void check_copy(comparison *c)
{
    octets text = c->report.parts[PART_TEXT].content;

    if (c->facts->copy == NDR_COPY_POSTMASTER &&
        !octets_has(text, " is for the postmaster of "))
        check_fail(c, "a copy does not say that it is one", text);
}

static void check_admin(comparison *c, const model_recipient **order,
                        size_t count)
{
    static const char title[] = "Diagnostic information for administrators:";
    size_t i;
    octets server = c->facts->profile.server;

    c->text = c->report.parts[PART_TEXT].content;
    c->place = octets_find(c->text, 0, octets_of(title));
    if (c->facts->profile.quiet) {
        if (c->place < c->text.length || octets_has(c->report.words, title))
            check_fail(c, "diagnostics though they are off", c->text);
        return;
    }
    if (c->place == c->text.length)
        check_fail(c, "no section for administrators", c->text);
    if (!octets_is_ascii(server) || model_masks(c->facts))
        server = octets_of("");
    find_line(c, "Generating server", server);
    for (i = 0; i < count; i++)
        check_shown(c, order[i]);
}

/* What driver-made calls told, and the input itself does not hold. */
static void check_secret(comparison *c, const char *secret, const char *whole,
                         int secrets)
{
    octets message = c->report.message, word = octets_of(secret);
    const char *note;
    size_t i;

    if (octets_find_nocase(c->b->data, 0, word) < c->b->data.length ||
        !model_tells(c->facts, octets_of(whole), secrets))
        return;
    if (octets_find_nocase(message, 0, word) < message.length)
        check_fail(c, "what is hidden is in the report", word);
    for (i = 0; i < PART_COUNT; i++) {
        octets content = c->report.parts[i].content;

        if (content.at != NULL &&
            octets_find_nocase(content, 0, word) < content.length)
            check_fail(c, "what is hidden is in a part", content);
    }
    for (i = 0; secrets == TELLS_ADDRESS &&
                (note = ndr_report_notes(c->b->report, i)) != NULL;
         i++)
        if (octets_has(octets_of(note), secret))
            check_fail(c, "a note names what is hidden", octets_of(note));
}

void builder_check(builder *b, octets message, int actions)
{
    const model_recipient *order[MODEL_RECIPIENTS];
    comparison c;
    size_t count;
    int allowed = b->facts.transport & NDR_TRANSPORT_SMTPUTF8
                      ? READER_8BIT | READER_UTF8
                      : b->facts.transport & NDR_TRANSPORT_8BITMIME;

    memset(&c, 0, sizeof(c));
    c.b = b;
    c.facts = &b->facts;
    if (!octets_is_ascii(b->facts.sender))
        allowed = READER_8BIT | READER_UTF8;
    if (!reader_read(&c.report, message, allowed))
        check_fail(&c, c.report.broken, c.report.where);
    count = model_order(&b->facts, actions, order);
    if (c.report.group_count != count)
        check_fail(&c, "the number of recipients", message);
    check_top(&c, order, count);
    check_status(&c, order, count);
    check_admin(&c, order, count);
    check_copy(&c);
    if (b->facts.profile.html != (c.report.parts[PART_HTML].type.at != NULL))
        check_fail(&c, "HTML though it was not asked for, or the reverse",
                   message);
    check_original(&c, actions);
    check_secret(&c, SECRET, SECRET_ADDRESS, TELLS_ADDRESS);
    check_secret(&c, HOST ".", HOST_NAME, TELLS_HOST);
    reader_free(&c.report);
}
