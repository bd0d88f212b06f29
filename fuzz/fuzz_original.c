/* SPDX-License-Identifier: ISC */
/*
 * Fuzz octets as the message that failed, after one octet of flags: how much
 * comes back, what the transport offers, HTML, a source that gives little at a
 * time. The third part has to hold the fields and the body that went in. And as
 * a message that may be automatic (RFC 3834).
 */
#include "fail.h"
#include "misbehave.h"
#include "reader.h"

#include <libndr/ndr.h>

#include <string.h>

enum {
    FLAG_FULL = 1,
    FLAG_TRANSPORT = 6,
    FLAG_HTML = 8,
    FLAG_SOURCE = 16,
    FLAG_KEEP = 32
};

typedef struct run {
    unsigned flags;
    source original;
    ndr_profile *profile;
    ndr_report *report;
    reading read;
} run;

/* The next line of a message with any line ends. */
static int take_any_line(octets *rest, octets *line)
{
    size_t end = 0, after;

    if (rest->length == 0)
        return 0;
    while (end < rest->length && rest->at[end] != '\r' && rest->at[end] != '\n')
        end++;
    after = end + 1;
    if (after < rest->length && rest->at[end] == '\r' &&
        rest->at[after] == '\n')
        after++;
    *line = octets_slice(*rest, 0, end);
    *rest = octets_slice(*rest, after, rest->length);
    return 1;
}

/* The name that a line begins a field with; empty if it begins none. */
static octets field_name(octets line)
{
    size_t at = 0, end;

    while (at < line.length && line.at[at] > ' ' && line.at[at] <= '~' &&
           line.at[at] != ':')
        at++;
    end = at;
    while (at < line.length && (line.at[at] == ' ' || line.at[at] == '\t'))
        at++;
    if (at == line.length || line.at[at] != ':')
        end = 0;
    return octets_slice(line, 0, end);
}

static int passes(const run *r, octets name)
{
    if (r->flags & FLAG_KEEP)
        return octets_equal_nocase(name, octets_of("Subject")) ||
               (name.length > 1 &&
                octets_equal_nocase(octets_slice(name, 0, 2), octets_of("X-")));
    return !octets_equal_nocase(name, octets_of("Bcc")) &&
           !octets_equal_nocase(name, octets_of("Resent-Bcc"));
}

/* Is line an mbox line, such as may stand before the first field? */
static int is_mbox_line(octets line)
{
    return octets_begin(line, "From ") || octets_begin(line, ">From ");
}

/* A field's first line, without blanks before its colon. */
static void add_first_line(octets name, octets line, store *header)
{
    store_add(header, name);
    store_add(header,
              octets_slice(line, octets_find_byte(line, 0, ':'), line.length));
}

/* The header that has to come back, and where the body begins: an empty line
   and one that is no field end it. */
static size_t take_header(const run *r, octets message, store *header)
{
    octets rest = message, line, body = message;
    int passing = 0, begun = 0;

    for (; take_any_line(&rest, &line); body = rest) {
        octets name = field_name(line);
        int is_more = begun && line.length > 0 && strchr(" \t", line.at[0]) &&
                      line.at[0] != '\0';

        if (is_more)
            name.length = 0;
        else if (name.length > 0)
            begun = 1, passing = passes(r, name);
        else if (begun || !is_mbox_line(line))
            return message.length - (line.length == 0 ? rest : body).length;
        if (!passing || octets_trim(line).length == 0)
            continue;
        if (is_more)
            store_add(header, line);
        else
            add_first_line(name, line, header);
        store_text(header, "\r\n");
    }
    return message.length - body.length;
}

static void add_lines(octets text, store *out)
{
    octets line;
    size_t left;

    while ((left = text.length) > 0 && take_any_line(&text, &line)) {
        store_add(out, line);
        if (line.length < left)
            store_text(out, "\r\n");
    }
}

static void fail(const run *r, const char *rule, octets value)
{
    (void) r;
    fuzz_fail(rule, value);
}

static void check_third(run *r)
{
    read_part *part = &r->read.parts[PART_ORIGINAL];
    octets message = r->original.text;
    store header = {NULL, 0, 0};
    size_t body = take_header(r, message, &header);

    if (part->type.at == NULL) {
        if (header.used > 0)
            fail(r, "the header does not come back", store_octets(&header));
    } else {
        if (octets_equal(part->type, octets_of("message/rfc822")) ||
            octets_equal(part->type, octets_of("message/global"))) {
            if (!(r->flags & FLAG_FULL))
                fail(r, "a message though the header was asked for",
                     part->type);
            store_text(&header, "\r\n");
            add_lines(octets_slice(message, body, message.length), &header);
        }
        if (!octets_equal(store_octets(&header), part->content))
            fail(r, "the original comes back changed", part->content);
    }
    store_free(&header);
}

static void fill(run *r)
{
    ndr_recipient *joe;

    ndr_profile_set_generating_server(r->profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_html(r->profile, (r->flags & FLAG_HTML) != 0);
    if (r->flags & FLAG_KEEP)
        ndr_profile_set_header_filter(r->profile, NDR_HEADERS_KEEP,
                                      "subject X-*", NDR_NUL);
    if (ndr_report_new(&r->report, r->profile) != NDR_OK)
        return;
    ndr_report_set_sender(r->report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(r->report, 1795536312, 60);
    ndr_report_set_return(r->report, (r->flags & FLAG_FULL) != 0);
    ndr_report_set_transport(r->report, (int) (r->flags & FLAG_TRANSPORT) / 2);
    if (r->flags & FLAG_SOURCE)
        ndr_report_borrow_original_source(
            r->report, source_read_at, &r->original, r->original.text.length);
    else
        ndr_report_borrow_original(r->report, r->original.text.at,
                                   r->original.text.length);
    joe = ndr_report_add_recipient(r->report, "joe@contoso.com", NDR_NUL);
    ndr_recipient_set_reply(joe, "550 5.1.1 User unknown", NDR_NUL);
}

static void check(run *r)
{
    const char *message = NULL;
    size_t length = 0;
    int transport = (int) (r->flags & FLAG_TRANSPORT) / 2;
    int allowed = transport > 1 ? READER_8BIT | READER_UTF8 : transport;

    if (ndr_report_render(r->report, &message, &length) != NDR_OK)
        fail(r, ndr_report_error_detail(r->report), r->original.text);
    if (!reader_read(&r->read, octets_from(message, length), allowed))
        fail(r, r->read.broken, r->read.where);
    if (!octets_is_ascii(r->read.head))
        fail(r, "a header with 8 bits", r->read.head);
    if (!octets_is_ascii(octets_from(message, length)) &&
        !ndr_report_needs_8bitmime(r->report))
        fail(r, "8 bits without 8BITMIME", r->original.text);
    check_third(r);
}

/* ---- RFC 3834: is it automatic? ---- */

enum { SAYS_NO, SAYS_YES, SAYS_ODDLY };

/* A keyword alone is plain; comments, parameters and none are odd. */
static int what_says(octets value)
{
    size_t i;

    value = octets_trim(value);
    if (value.length == 0)
        return SAYS_ODDLY;
    for (i = 0; i < value.length; i++)
        if (!octets_is_alnum(value, i, "-"))
            return SAYS_ODDLY;
    return octets_equal_nocase(value, octets_of("no")) ? SAYS_NO : SAYS_YES;
}

/* What all Auto-Submitted fields say: one yes is enough. */
static int is_automatic(octets message)
{
    run all;
    store text = {NULL, 0, 0};
    pool memory = {NULL};
    header_block header;
    octets where = {"", 0};
    int says = SAYS_NO;
    size_t i;

    memset(&all, 0, sizeof(all));
    take_header(&all, message, &text);
    if (header_read(&header, store_octets(&text), &memory, &where) != NULL)
        says = SAYS_ODDLY;
    for (i = 0; says != SAYS_YES && i < header.count; i++)
        if (octets_equal_nocase(header.fields[i].name,
                                octets_of("Auto-Submitted"))) {
            int said = what_says(header.fields[i].value);

            says = said == SAYS_NO ? says : said;
        }
    store_free(&text);
    pool_free(&memory);
    return says;
}

static void check_automatic(octets message)
{
    int is = ndr_message_is_automatic(message.at, message.length);
    int says = is_automatic(message);

    if (is != 0 && is != 1)
        fuzz_fail("ndr_message_is_automatic", message);
    if (says != SAYS_ODDLY && is != (says == SAYS_YES))
        fuzz_fail(is ? "a message taken for automatic"
                     : "an automatic message not known",
                  message);
}

int fuzz_original(const uint8_t *data, size_t size)
{
    pool memory = {NULL};
    run r;

    memset(&r, 0, sizeof(r));
    if (size == 0)
        return 0;
    r.flags = data[0];
    r.original.kind = SOURCE_SHORT;
    r.original.bad_call = 6;
    r.original.text = pool_copy(&memory, octets_from(data + 1, size - 1));
    if (ndr_profile_new(&r.profile, NULL) != NDR_OK)
        return 0;
    fill(&r);
    check(&r);
    check_automatic(r.original.text);
    reader_free(&r.read);
    ndr_report_free(r.report);
    ndr_profile_free(r.profile);
    pool_free(&memory);
    return 0;
}

#ifndef FUZZ_REPLAY
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_original(data, size);
}
#endif
