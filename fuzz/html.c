/* SPDX-License-Identifier: ISC */
/* HTML as reports may hold it: known tags, opened and closed in pairs, known
   attributes, links of four schemes, nothing fetched and nothing run. */
#include "reader.h"

#include <string.h>

#define DEEPEST 32u

typedef struct page {
    octets rest;
    octets open[DEEPEST];
    size_t depth;
    store *words;
    const char *broken;
    octets where;
} page;

static void broken(page *p, const char *rule, octets where)
{
    if (p->broken != NULL)
        return;
    p->broken = rule;
    p->where = octets_slice(where, 0, 120);
}

static int is_one_of(octets name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (octets_equal(name, octets_of(*names)))
            return 1;
    return 0;
}

/* Schemes are the same in any case (RFC 3986 3.1). */
static void check_link(page *p, octets address)
{
    static const char *const schemes[] = {"http://", "https://",
                                          "mailto:", "tel:"};
    size_t i;

    for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        octets scheme = octets_of(schemes[i]);

        if (address.length >= scheme.length &&
            octets_equal_nocase(octets_from(address.at, scheme.length), scheme))
            return;
    }
    broken(p, "a link of another scheme", address);
}

/* name="value", one after the other. */
static void check_attributes(page *p, octets text)
{
    static const char *const known[] = {
        "href",    "style", "class",      "lang",    "dir",  "name",
        "content", "role",  "http-equiv", "charset", "open", NULL};

    text = octets_trim(text);
    while (text.length > 0 && p->broken == NULL) {
        size_t equals = octets_find_byte(text, 0, '='), end;
        octets name = octets_slice(text, 0, equals), value;

        if (!is_one_of(name, known) || equals + 1 >= text.length ||
            text.at[equals + 1] != '"') {
            broken(p, "an odd attribute", text);
            return;
        }
        end = octets_find_byte(text, equals + 2, '"');
        value = octets_slice(text, equals + 2, end);
        if (octets_find_byte(value, 0, '<') < value.length)
            broken(p, "an attribute that holds <", value);
        if (octets_equal(name, octets_of("href")))
            check_link(p, value);
        if (octets_equal(name, octets_of("style")) &&
            (octets_has(value, "url(") || octets_has(value, "expression")))
            broken(p, "a style that fetches", value);
        text = octets_trim(octets_slice(text, end + 1, text.length));
    }
}

static void close_tag(page *p, octets name)
{
    if (p->depth == 0 || !octets_equal(p->open[p->depth - 1], name))
        broken(p, "a tag closed that is not the last opened", p->rest);
    else
        p->depth--;
}

static size_t name_end(octets tag)
{
    size_t at = 0;

    while (at < tag.length && strchr(" \r\n", tag.at[at]) == NULL)
        at++;
    return at;
}

static void open_tag(page *p, octets tag)
{
    static const char *const known[] = {
        "html", "head", "title", "style", "body",    "div",     "h1",  "h2",
        "h3",   "p",    "ol",    "li",    "details", "summary", "pre", "b",
        "em",   "a",    "span",  "bdi",   "strong",  NULL};
    static const char *const empty[] = {"meta", "br", NULL};
    octets name = octets_slice(tag, 0, name_end(tag));

    check_attributes(p, octets_slice(tag, name.length, tag.length));
    if (is_one_of(name, empty))
        return;
    if (!is_one_of(name, known) || p->depth == DEEPEST)
        broken(p, "an unknown tag", tag);
    else
        p->open[p->depth++] = name;
}

/* The end of a tag: ">" outside quotes. */
static size_t tag_end(octets text)
{
    size_t at;
    int quoted = 0;

    for (at = 0; at < text.length; at++) {
        if (text.at[at] == '"')
            quoted = !quoted;
        else if (text.at[at] == '>' && !quoted)
            return at;
    }
    return at;
}

static void take_tag(page *p)
{
    size_t end = tag_end(p->rest);
    octets tag = octets_slice(p->rest, 1, end);

    if (end == p->rest.length)
        broken(p, "a tag without an end", p->rest);
    else if (octets_equal(tag, octets_of("!DOCTYPE html")))
        ;
    else if (octets_begin(tag, "/"))
        close_tag(p, octets_slice(tag, 1, tag.length));
    else
        open_tag(p, tag);
    p->rest = octets_slice(p->rest, end + 1, p->rest.length);
    if (octets_equal(tag, octets_of("style"))) /* no markup in there */
        p->rest = octets_slice(p->rest,
                               octets_find(p->rest, 0, octets_of("</style>")),
                               p->rest.length);
}

static void take_escape(page *p)
{
    static const struct {
        const char *name, *text;
    } known[] = {{"&lt;", "<"},
                 {"&gt;", ">"},
                 {"&amp;", "&"},
                 {"&quot;", "\""},
                 {"&#39;", "'"},
                 {"&nbsp;", "\xC2\xA0"},
                 {"&ldquo;", "\xE2\x80\x9C"}};
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (octets_begin(p->rest, known[i].name)) {
            store_text(p->words, known[i].text);
            p->rest =
                octets_slice(p->rest, strlen(known[i].name), p->rest.length);
            return;
        }
    broken(p, "an & that begins no known escape", p->rest);
}

const char *html_read(octets html, store *words, octets *where)
{
    page p;

    memset(&p, 0, sizeof(p));
    p.rest = html;
    p.words = words;
    while (p.rest.length > 0 && p.broken == NULL) {
        if (p.rest.at[0] == '<') {
            take_tag(&p);
        } else if (p.rest.at[0] == '&') {
            take_escape(&p);
        } else {
            store_byte(words, p.rest.at[0]);
            p.rest = octets_slice(p.rest, 1, p.rest.length);
        }
    }
    if (p.broken == NULL && p.depth > 0)
        broken(&p, "a tag that is never closed", p.open[p.depth - 1]);
    *where = p.where;
    return p.broken;
}
