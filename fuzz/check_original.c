/* SPDX-License-Identifier: ISC */
/* The third part of a report: how much of the original it may bring, and which
   fields must not stand in it. */
#include "check.h"

static int is_message(octets type)
{
    return octets_equal(type, octets_of("message/rfc822")) ||
           octets_equal(type, octets_of("message/global"));
}

/* Whole, only if that was asked for, a recipient failed, and nothing speaks
   against it: a copy, or REQUIRETLS (RFC 8689 5). */
static void check_amount(comparison *c, octets type, int actions)
{
    const model *facts = c->facts;

    if (type.at != NULL && facts->how_much == NDR_RETURN_NONE)
        check_fail(c, "an original though none was asked for", type);
    if (type.at != NULL && !c->b->borrowed)
        check_fail(c, "an original that was not given", type);
    if (type.at != NULL && is_message(type) &&
        (facts->how_much != NDR_RETURN_FULL || facts->require_tls ||
         facts->copy != NDR_COPY_NONE || !(actions & NDR_ACTIONS_FAILED)))
        check_fail(c, "a whole original that is not due", type);
}

static int is_trace(octets name)
{
    static const char *const names[] = {"Received", "Authentication-Results",
                                        "Delivered-To"};
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (octets_equal_nocase(name, octets_of(names[i])))
            return 1;
    return octets_equal_nocase(octets_slice(name, 0, 2), octets_of("X-"));
}

/* Does a Received name the generating server, or a host below a domain? */
static int names_us(const comparison *c, octets value)
{
    octets server = c->facts->profile.server;
    size_t at = octets_find_nocase(value, 0, server);

    return at < value.length && octets_is_ascii(server) &&
           !octets_is_alnum(value, at + server.length, "-_.") &&
           (at == 0 || !octets_is_alnum(value, at - 1, "-_."));
}

static void check_field(comparison *c, const header_field *field)
{
    octets name = field->name;

    if (model_tells(c->facts, field->value, TELLS_ADDRESS))
        check_fail(c, "a field of the original tells a hidden address",
                   field->raw);
    if (is_trace(name) && model_tells(c->facts, field->value, TELLS_HOST))
        check_fail(c, "a trace field of the original tells a host", field->raw);
    if (!c->facts->profile.quiet)
        return;
    if (octets_equal_nocase(octets_slice(name, 0, 2), octets_of("X-")) ||
        (octets_equal_nocase(name, octets_of("Received")) &&
         names_us(c, field->value)))
        check_fail(c, "a field of the original though diagnostics are off",
                   field->raw);
}

void check_original(comparison *c, int actions)
{
    const read_part *part = &c->report.parts[PART_ORIGINAL];
    octets block = part->content, where = {"", 0};
    header_block header;
    size_t i;

    check_amount(c, part->type, actions);
    if (part->type.at == NULL)
        return;
    block =
        octets_slice(block, 0, octets_find(block, 0, octets_of("\r\n\r\n")));
    if (header_read(&header, block, &c->report.memory, &where) != NULL)
        return; /* the reader has judged it */
    for (i = 0; i < header.count; i++)
        check_field(c, &header.fields[i]);
}
