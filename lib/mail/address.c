/* SPDX-License-Identifier: ISC */
/*
 * Addresses. Nothing here refuses what an envelope held: it says
 * whether a form is possible, and makes it.
 */
#include "mail/address.h"

#include "mail/field.h"
#include "mail/host.h"

#include <string.h>

ndri_span ndri_address_unbracket(ndri_span address)
{
    address = ndri_span_trim(address);
    if (address.length >= 2 && address.at[0] == '<' &&
        address.at[address.length - 1] == '>')
        address =
            ndri_span_trim(ndri_span_slice(address, 1, address.length - 1));
    return address;
}

ndri_span ndri_address_strip_route(ndri_span address)
{
    size_t colon;

    if (address.length == 0 || address.at[0] != '@')
        return address;
    colon = ndri_span_find_byte(address, 0, ':');
    if (colon == address.length)
        return address;
    return ndri_span_slice(address, colon + 1, address.length);
}

int ndri_address_split(ndri_span address, ndri_span *local, ndri_span *domain)
{
    size_t at, found = address.length;
    int quoted = 0;

    for (at = 0; at < address.length; at++) {
        if (quoted && address.at[at] == '\\')
            at++;
        else if (address.at[at] == '"')
            quoted = !quoted;
        else if (address.at[at] == '@' && !quoted)
            found = at;
    }
    *local = ndri_span_slice(address, 0, found);
    *domain = ndri_span_slice(address, found + 1, address.length);
    return domain->length > 0 && local->length > 0;
}

static int is_dot_atom(ndri_span text)
{
    size_t i;
    char before = '.';

    for (i = 0; i < text.length; i++) {
        char c = text.at[i];

        if (c == '.' ? before == '.'
                     : !ndri_is_atext(c) && (unsigned char) c < 128)
            return 0;
        before = c;
    }
    return before != '.';
}

/* A whole quoted-string of printable characters (RFC 5322 3.2.4). */
static int is_quoted(ndri_span text)
{
    size_t i;

    if (text.length < 2 || text.at[0] != '"' || text.at[text.length - 1] != '"')
        return 0;
    for (i = 1; i + 1 < text.length; i++) {
        if (text.at[i] == '"')
            return 0;
        if (text.at[i] == '\\')
            i++;
    }
    return i + 1 == text.length;
}

/* Readers decode encoded-words where none may be (RFC 2047 5). */
static int is_like_encoded_word(ndri_span text)
{
    return ndri_span_find(text, 0, NDRI_SPAN("=?")) < text.length;
}

/* [tag:content], of a standard to come (RFC 5321 4.1.3). */
static int is_general_literal(ndri_span domain)
{
    size_t colon = ndri_span_find_byte(domain, 0, ':'), i;

    if (domain.at[domain.length - 1] != ']' || colon + 2 >= domain.length ||
        !ndri_is_alnum(domain.at[colon - 1]))
        return 0;
    for (i = 1; i < colon; i++)
        if (!ndri_is_alnum(domain.at[i]) && domain.at[i] != '-')
            return 0;
    for (i = colon + 1; i + 1 < domain.length; i++)
        if (domain.at[i] <= ' ' || domain.at[i] > '~' ||
            strchr("[\\]", domain.at[i]) != NULL)
            return 0;
    return 1;
}

static int is_mail_domain(ndri_span domain)
{
    if (domain.at[0] == '[')
        return ndri_host_is_valid(domain) || is_general_literal(domain);
    return domain.length <= 255 && is_dot_atom(domain);
}

static void add_quoted(ndri_buf *out, ndri_span local)
{
    size_t i;

    ndri_buf_add_byte(out, '"');
    for (i = 0; i < local.length; i++) {
        if (local.at[i] == '"' || local.at[i] == '\\')
            ndri_buf_add_byte(out, '\\');
        ndri_buf_add_byte(out, local.at[i]);
    }
    ndri_buf_add_byte(out, '"');
}

int ndri_address_add_mailbox(ndri_buf *out, ndri_span address)
{
    ndri_span local, domain;

    if (ndri_text_has_control(address) || !ndri_utf8_is_valid(address) ||
        !ndri_address_split(address, &local, &domain) ||
        !is_mail_domain(domain))
        return 0;
    if ((is_dot_atom(local) && !is_like_encoded_word(local)) ||
        is_quoted(local))
        ndri_buf_add(out, local);
    else
        add_quoted(out, local);
    ndri_buf_add_byte(out, '@');
    ndri_buf_add(out, domain);
    return 1;
}

/* utf-8-addr-xtext: "!" to "~" but for \ + =; all else as \x{HEX}. */
static void add_utf8_xtext(ndri_buf *out, ndri_span address)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t at = 0;

    while (at < address.length) {
        uint32_t point = 0;
        size_t length = ndri_utf8_decode(address, at, &point);
        unsigned shift = 20;

        at += length;
        if (point > ' ' && point < 127 && strchr("\\+=", (int) point) == NULL) {
            ndri_buf_add_byte(out, (char) point);
            continue;
        }
        ndri_buf_add_text(out, "\\x{");
        while (shift > 4 && point >> shift == 0)
            shift -= 4;
        for (;; shift -= 4) {
            ndri_buf_add_byte(out, digits[point >> shift & 15]);
            if (shift == 0)
                break;
        }
        ndri_buf_add_byte(out, '}');
    }
}

void ndri_address_add_utf8(ndri_buf *out, ndri_span address, int global)
{
    if (global)
        ndri_field_add_utf8(out, address);
    else
        add_utf8_xtext(out, address);
}

void ndri_address_add_typed(ndri_buf *out, ndri_span address, int global,
                            const char **type)
{
    int utf8 = !ndri_text_is_ascii(address) && ndri_utf8_is_valid(address) &&
               !ndri_text_has_control(address);

    *type = utf8 ? "utf-8" : "rfc822";
    if (utf8)
        ndri_address_add_utf8(out, address, global);
    else
        ndri_field_add_ascii(out, address);
}

static int hex_value(char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    return found == NULL ? -1 : (int) (found - digits);
}

int ndri_xtext_decode(ndri_span xtext, ndri_buf *out)
{
    size_t at;

    for (at = 0; at < xtext.length; at++) {
        char c = xtext.at[at];
        int high, low;

        if (c != '+') {
            if (c <= ' ' || c > '~' || c == '=')
                return 0;
            ndri_buf_add_byte(out, c);
            continue;
        }
        if (xtext.length - at < 3)
            return 0;
        high = hex_value(xtext.at[at + 1]);
        low = hex_value(xtext.at[at + 2]);
        if (high < 0 || low < 0)
            return 0;
        ndri_buf_add_byte(out, (char) (high * 16 + low));
        at += 2;
    }
    return 1;
}

/* The point of an escape "\x{HEX}" at from; its length, 0 if it is none. */
static size_t escaped_point(ndri_span text, size_t from, uint32_t *point)
{
    size_t end = ndri_span_find_byte(text, from, '}'), at;

    if (end == text.length || end - from < 5 || end - from > 9 ||
        text.at[from + 1] != 'x' || text.at[from + 2] != '{')
        return 0;
    *point = 0;
    for (at = from + 3; at < end; at++) {
        int value = hex_value(text.at[at]);

        if (value < 0)
            return 0;
        *point = *point << 4 | (uint32_t) value;
    }
    if (*point < 0x20 || *point > 0x10FFFF || *point == 0x7F ||
        (*point >= 0xD800 && *point <= 0xDFFF))
        return 0;
    return end + 1 - from;
}

/* Any of the three forms of a utf-8 address as plain UTF-8 (RFC 6533 3). */
static int add_plain_utf8(ndri_buf *out, ndri_span text)
{
    size_t at = 0, length;
    uint32_t point;
    char utf8[4];

    while (at < text.length) {
        if (text.at[at] == '\\') {
            length = escaped_point(text, at, &point);
            if (length == 0)
                return 0;
            ndri_buf_add(out,
                         ndri_span_from(utf8, ndri_utf8_encode(point, utf8)));
        } else {
            length = 1;
            ndri_buf_add_byte(out, text.at[at]);
        }
        at += length;
    }
    return 1;
}

static int is_type(ndri_span type)
{
    size_t i;

    for (i = 0; i < type.length; i++)
        if (!ndri_is_alnum(type.at[i]) && type.at[i] != '-')
            return 0;
    return type.length > 0 && type.length <= 40;
}

int ndri_orcpt_parse(ndri_span wire, ndri_buf *out, ndri_orcpt *orcpt)
{
    size_t semicolon = ndri_span_find_byte(wire, 0, ';');
    size_t from = out->used;
    ndri_span encoded = ndri_span_slice(wire, semicolon + 1, wire.length);
    int good;

    orcpt->type = ndri_span_slice(wire, 0, semicolon);
    orcpt->malformed = 0;
    if (!is_type(orcpt->type) || encoded.length == 0)
        return 0;
    if (ndri_span_equal_nocase(orcpt->type, NDRI_SPAN("utf-8"))) {
        good = ndri_utf8_is_valid(encoded) && !ndri_text_has_control(encoded);
        if (good && !add_plain_utf8(out, encoded)) {
            ndri_buf_truncate(out, from);
            ndri_buf_add(out, encoded);
            orcpt->malformed = 1;
        }
    } else {
        good = ndri_xtext_decode(encoded, out);
    }
    orcpt->address =
        ndri_span_trim(ndri_span_slice(ndri_buf_span(out), from, out->used));
    if (!good || orcpt->address.length == 0)
        return 0;
    return ndri_span_equal_nocase(orcpt->type, NDRI_SPAN("utf-8")) ||
           ndri_text_is_printable(orcpt->address);
}

int ndr_xtext_encode(const void *octets, size_t length, char *out, size_t size,
                     size_t *need)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *from = octets;
    size_t used = 0, i, j;

    for (i = 0; i < length; i++) {
        char text[3] = {(char) from[i], 0, 0};
        size_t count = 1;

        if (from[i] <= ' ' || from[i] > '~' || from[i] == '+' ||
            from[i] == '=') {
            text[0] = '+';
            text[1] = digits[from[i] >> 4];
            text[2] = digits[from[i] & 15];
            count = 3;
        }
        for (j = 0; j < count; j++, used++)
            if (used + 1 < size)
                out[used] = text[j];
    }
    if (size > 0)
        out[used < size ? used : size - 1] = '\0';
    if (need != NULL)
        *need = used + 1;
    return used < size ? NDR_OK : NDR_END;
}

int ndr_xtext_decode(const char *xtext, size_t length, char *out, size_t size,
                     size_t *need)
{
    ndr_allocator standard = ndri_allocator(NULL);
    ndri_span text = ndri_span_from(xtext, length);
    ndri_buf decoded;
    int error = NDR_OK;
    size_t fits;

    ndri_buf_init(&decoded, &standard, NDRI_BUF_CAP);
    if (!ndri_xtext_decode(text, &decoded))
        error = NDR_E_TEXT;
    else if (decoded.error != NDR_OK)
        error = decoded.error;
    else if (decoded.used >= size)
        error = NDR_END;
    fits = error == NDR_E_TEXT || size == 0 ? 0
           : decoded.used < size            ? decoded.used
                                            : size - 1;
    if (fits > 0)
        memcpy(out, decoded.at, fits);
    if (size > 0)
        out[fits] = '\0';
    if (need != NULL)
        *need = decoded.used + 1;
    ndri_buf_release(&decoded);
    return error;
}
