/* SPDX-License-Identifier: ISC */
/* Escapes and links. Only four schemes may be linked: nothing that runs. */
#include "words/markup.h"

#include "words/operation.h"

#include <string.h>

static int begins_with(ndri_span text, const char *with)
{
    return ndri_span_equal_nocase(ndri_span_slice(text, 0, strlen(with)),
                                  ndri_span_of(with));
}

char ndri_markup_escape(ndri_span text, size_t *length)
{
    static const struct {
        const char *name;
        char character;
    } escapes[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}};
    size_t i;

    for (i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
        if (begins_with(text, escapes[i].name)) {
            *length = strlen(escapes[i].name);
            return escapes[i].character;
        }
    return 0;
}

static int has_scheme(ndri_span address)
{
    static const char *const schemes[] = {"http://", "https://",
                                          "mailto:", "tel:"};
    size_t i;

    for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (begins_with(address, schemes[i]) &&
            address.length > strlen(schemes[i]))
            return 1;
    return 0;
}

/* What an address may not hold: what could end it, or hide in it. */
static int is_forbidden(char c)
{
    return c == '{' || c == '<' || c == '>' || c == '"' || c == ' ' ||
           ndri_is_control((unsigned char) c);
}

/* Append the address up to the quotation mark. 0 if it holds what it may not.
   */
static int take_address(ndri_span text, size_t *at, char quote, ndri_buf *out)
{
    while (*at < text.length && text.at[*at] != quote) {
        size_t length = 1;
        char plain = ndri_markup_escape(ndri_span_slice(text, *at, text.length),
                                        &length);

        if (plain == 0)
            plain = text.at[*at];
        if (is_forbidden(plain))
            return 0;
        ndri_buf_add_byte(out, plain);
        *at += length;
    }
    return 1;
}

const char *ndri_markup_take_link(ndri_span text, size_t *at, ndri_buf *out)
{
    size_t from;
    char quote;

    *at += strlen("<a href=");
    quote = *at < text.length ? text.at[*at] : 0;
    if (quote != '"' && quote != '\'')
        return "href=\"...\" in the tag a";
    ++*at;
    ndri_buf_add_byte(out, NDRI_OP_LINK);
    from = out->used;
    if (!take_address(text, at, quote, out))
        return "an address without blanks, braces and brackets in href";
    ++*at;
    if (*at >= text.length || text.at[*at] != '>')
        return "> after the address, and no other attribute than href";
    ++*at;
    if (!has_scheme(ndri_span_slice(ndri_buf_span(out), from, out->used)))
        return "an address that begins http://, https://, mailto: or tel:";
    ndri_buf_add_byte(out, NDRI_OP_LINK_TEXT);
    return NULL;
}
