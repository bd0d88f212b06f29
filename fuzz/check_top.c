/* SPDX-License-Identifier: ISC */
/* The header of the report against what went in. */
#include "check.h"

#include <string.h>

static octets collapsed(octets text, store *out)
{
    size_t i;

    text = octets_trim(text);
    for (i = 0; i < text.length; i++)
        if (text.at[i] != ' ' || text.at[i - 1] != ' ')
            store_byte(out, text.at[i]);
    return store_octets(out);
}

static void decode_subject(comparison *c, store *decoded)
{
    size_t i;

    for (i = 0; i < c->report.top.count; i++)
        if (octets_equal(c->report.top.fields[i].name, octets_of("Subject")))
            header_decode(&c->report.top.fields[i], decoded);
}

/* The caller's, but for one that would tell; a copy's says that it is one. */
static void check_subject(comparison *c)
{
    store decoded = {NULL, 0, 0}, is = {NULL, 0, 0}, due = {NULL, 0, 0};
    octets given = octets_trim(c->facts->subject);
    int may_tell = model_may_tell(c->facts, given, TELLS_ADDRESS), same;

    decode_subject(c, &decoded);
    same = octets_equal(collapsed(store_octets(&decoded), &is),
                        collapsed(given, &due));
    if (given.length > 0 && !may_tell && !same)
        check_fail(c, "the Subject is not the caller's",
                   store_octets(&decoded));
    if (given.length > 0 && same && model_tells(c->facts, given, TELLS_ADDRESS))
        check_fail(c, "a Subject that tells what is hidden", given);
    if (given.length == 0 && c->facts->copy == NDR_COPY_POSTMASTER &&
        !octets_has(store_octets(&decoded), "copy"))
        check_fail(c, "a Subject that does not tell of a copy",
                   store_octets(&decoded));
    store_free(&decoded);
    store_free(&is);
    store_free(&due);
}

static void check_message_id(comparison *c, octets id)
{
    octets given = model_unbracketed(c->facts->message_id);
    octets bare = octets_slice(id, 1, id.length - 1);

    check_is(c, "Message-ID", id,
             octets_of(ndr_report_message_id(c->b->report)));
    if (given.length == 0)
        return;
    if (!model_may_tell(c->facts, given, TELLS_ADDRESS))
        check_is(c, "the caller's Message-ID", bare, given);
    else if (octets_equal(bare, given) &&
             model_tells(c->facts, given, TELLS_ADDRESS))
        check_fail(c, "a Message-ID that tells what is hidden", id);
}

/* A copy goes to the postmaster; who is not named stands in From. */
static void check_to(comparison *c)
{
    octets to = header_value(&c->report.top, "To");
    octets from = header_value(&c->report.top, "From");
    size_t open = octets_find_byte(from, 0, '<');
    store mailbox = {NULL, 0, 0};

    check_is(c, "To", to,
             octets_of(ndr_report_envelope_recipient(c->b->report)));
    if (c->facts->copy != NDR_COPY_POSTMASTER)
        return;
    while (octets_find_byte(from, open + 1, '<') < from.length)
        open = octets_find_byte(from, open + 1, '<');
    model_copy_mailbox(c->facts, &mailbox);
    if (octets_trim(c->facts->profile.copy_mailbox).length == 0)
        check_is(c, "To of a copy", to,
                 octets_slice(from, open + 1, from.length - 1));
    else
        check_is(c, "To of a copy", to, store_octets(&mailbox));
    store_free(&mailbox);
}

static void without_blanks(octets text, store *out)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (text.at[i] != ' ')
            store_byte(out, text.at[i]);
}

/* Those of the failed that are ASCII, one after the other. Controls are not
   documented: then nothing is known. */
static void check_failed(comparison *c, const model_recipient **order,
                         size_t count)
{
    octets is = header_value(&c->report.top, "X-Failed-Recipients");
    store due = {NULL, 0, 0}, bare = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < count && c->facts->profile.listed; i++) {
        octets address = model_final(order[i]);

        if (order[i]->action != NDR_ACTION_FAILED || !octets_is_ascii(address))
            continue;
        if (!octets_is_printable(address) || address.length > 500)
            break;
        if (due.used > 0)
            store_byte(&due, ',');
        without_blanks(address, &due);
    }
    without_blanks(is, &bare);
    if (i == count && c->facts->profile.listed && due.used > 0)
        check_is(c, "X-Failed-Recipients", store_octets(&bare),
                 store_octets(&due));
    if (is.at != NULL &&
        (!c->facts->profile.listed || (i == count && due.used == 0)))
        check_fail(c, "X-Failed-Recipients of none", is);
    store_free(&due);
    store_free(&bare);
}

/* Neither the library's own, nor one that callers may not add. */
static int is_added(octets name)
{
    return (model_header(name, octets_of("x")) & MODEL_BIT(NDR_OK)) != 0;
}

void check_top(comparison *c, const model_recipient **order, size_t count)
{
    const header_block *top = &c->report.top;
    ndr_report *report = c->b->report;

    check_to(c);
    check_message_id(c, header_value(top, "Message-ID"));
    check_date(c, "Date", header_value(top, "Date"), &c->facts->date);
    check_subject(c);
    check_failed(c, order, count);
    check_pairs(c, "headers that were added", top, is_added,
                &c->facts->headers);
    if (!octets_is_ascii(c->report.head) && !ndr_report_needs_smtputf8(report))
        check_fail(c, "UTF-8 in a header that needs no SMTPUTF8",
                   c->report.head);
    if (!octets_is_ascii(c->report.message) &&
        !ndr_report_needs_8bitmime(report) &&
        !ndr_report_needs_smtputf8(report))
        check_fail(c, "8 bits in a report that needs no 8BITMIME",
                   c->report.head);
}
