/* SPDX-License-Identifier: ISC */
/* The documented rules, once more. */
#include "model.h"

#include <string.h>

static unsigned good_or(int good, int error)
{
    return good ? MODEL_BIT(NDR_OK) : MODEL_BIT(error);
}

static int has_octet(octets text, char octet)
{
    return octets_find_byte(text, 0, octet) < text.length;
}

octets model_unbracketed(octets address)
{
    address = octets_trim(address);
    if (address.length > 1 && address.at[0] == '<' &&
        address.at[address.length - 1] == '>')
        address = octets_slice(address, 1, address.length - 1);
    return address;
}

octets model_final(const model_recipient *recipient)
{
    return model_unbracketed(recipient->hidden.at != NULL ? recipient->hidden
                                                          : recipient->address);
}

unsigned model_recipient_address(octets address)
{
    octets bare = model_unbracketed(address);
    unsigned refused = MODEL_BIT(NDR_E_ADDRESS);

    if (has_octet(address, '\r') || has_octet(address, '\n') ||
        has_octet(address, '\0'))
        return refused;
    /* nothing but blanks: documented neither way */
    if (bare.length > 0 && octets_trim(bare).length == 0)
        return refused | MODEL_BIT(NDR_OK);
    return bare.length == 0 ? refused : MODEL_BIT(NDR_OK);
}

static int take_part(octets *text)
{
    size_t at = 0;
    int good;

    while (at < text->length && text->at[at] >= '0' && text->at[at] <= '9')
        at++;
    good = at > 0 && at < 4 && (at == 1 || text->at[0] != '0');
    *text = octets_slice(*text, at, text->length);
    return good;
}

unsigned model_status(octets status)
{
    octets rest = octets_slice(status, 1, status.length);
    int good = octets_begin(status, "2.") || octets_begin(status, "4.") ||
               octets_begin(status, "5.");

    if (good) {
        rest = octets_slice(rest, 1, rest.length);
        good = take_part(&rest) && octets_begin(rest, ".");
        rest = octets_slice(rest, 1, rest.length);
        good = good && take_part(&rest) && rest.length == 0;
    }
    return good_or(good, NDR_E_STATUS);
}

unsigned model_date_result(int64_t seconds, int32_t offset)
{
    const int64_t first = -2208988800, last = 253402300799;
    int64_t shift;

    if (offset != NDR_OFFSET_UNKNOWN && (offset < -1439 || offset > 1439))
        return MODEL_BIT(NDR_E_DATE);
    if (seconds < first - 86400 || seconds > last + 86400)
        return MODEL_BIT(NDR_E_DATE);
    shift = offset == NDR_OFFSET_UNKNOWN ? 0 : offset * 60;
    if (seconds + shift < first || seconds + shift > last)
        return MODEL_BIT(NDR_E_DATE);
    /* in the year with its offset, but not without: either will do */
    if (seconds < first || seconds > last)
        return MODEL_BIT(NDR_E_DATE) | MODEL_BIT(NDR_OK);
    return MODEL_BIT(NDR_OK);
}

static int is_extension(octets name)
{
    size_t i;

    if (name.length < 3 || name.length > 70 || (name.at[0] | 32) != 'x' ||
        name.at[1] != '-')
        return 0;
    for (i = 2; i < name.length; i++) {
        int c = (unsigned char) name.at[i];

        if (!(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z') &&
            c != '-')
            return 0;
    }
    return 1;
}

unsigned model_field(octets name, octets value)
{
    return good_or(is_extension(name) && octets_is_printable(value) &&
                       octets_trim(value).length > 0 && value.length <= 900,
                   NDR_E_FIELD);
}

/* Fields that are the library's own, or would make the report another. */
static int is_taken(octets name)
{
    static const char *const taken[] = {"From",
                                        "Sender",
                                        "Reply-To",
                                        "To",
                                        "Cc",
                                        "Bcc",
                                        "Subject",
                                        "Date",
                                        "Message-ID",
                                        "In-Reply-To",
                                        "References",
                                        "Auto-Submitted",
                                        "MIME-Version",
                                        "Return-Path",
                                        "Received",
                                        "Errors-To",
                                        "X-Failed-Recipients",
                                        "Disposition-Notification-To",
                                        "Return-Receipt-To"};
    size_t i;

    for (i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        if (octets_equal_nocase(name, octets_of(taken[i])))
            return 1;
    return octets_equal_nocase(octets_slice(name, 0, 8),
                               octets_of("Content-")) ||
           octets_equal_nocase(octets_slice(name, 0, 7), octets_of("Resent-"));
}

unsigned model_header(octets name, octets value)
{
    size_t i;
    int good = name.length > 0 && name.length <= 70 && !is_taken(name);
    unsigned allowed;

    for (i = 0; i < name.length; i++)
        good = good && octets_is_alnum(name, i, "-");
    allowed = good_or(good && octets_is_printable(value) &&
                          octets_trim(value).length > 0 && value.length <= 900,
                      NDR_E_FIELD);
    /* a hyphen first: documented neither way */
    if (name.length > 0 && name.at[0] == '-')
        allowed |= MODEL_BIT(NDR_E_FIELD);
    return allowed;
}

unsigned model_diagnostic_type(octets type)
{
    return good_or(octets_equal_nocase(type, octets_of("smtp")) ||
                       is_extension(type),
                   NDR_E_FIELD);
}

static int has_control(octets text, const char *but)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        unsigned c = (unsigned char) text.at[i];

        if (c == 0 || c == 127 || (c < 32 && strchr(but, (int) c) == NULL))
            return 1;
    }
    return 0;
}

unsigned model_plain_text(octets text)
{
    return good_or(octets_is_utf8(text) && !has_control(text, "\t\r\n"),
                   NDR_E_TEXT);
}

unsigned model_subject(octets subject)
{
    return good_or(octets_is_utf8(subject) && !has_control(subject, "") &&
                       subject.length <= 998,
                   NDR_E_TEXT);
}

/* ---- how values are shown ---- */

static void show_octet(int octet, store *out)
{
    static const char digits[] = "0123456789ABCDEF";

    store_text(out, "\\x");
    store_byte(out, digits[octet >> 4 & 15]);
    store_byte(out, digits[octet & 15]);
}

void model_show_ascii(octets text, store *out)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        int c = (unsigned char) text.at[i];

        if (c == '\t')
            store_byte(out, ' ');
        else if (c < ' ' || c > '~')
            show_octet(c, out);
        else
            store_byte(out, c);
    }
}

void model_show_reply(octets reply, uint64_t limit, store *out)
{
    int cut = reply.length > limit;
    size_t from = out->used, at = 0, end;

    if (cut)
        reply.length = (size_t) limit;
    for (; at < reply.length; at = end + 1) {
        octets line;

        for (end = at; end < reply.length; end++)
            if (reply.at[end] == '\r' || reply.at[end] == '\n')
                break;
        line = octets_slice(reply, at, end);
        if (octets_trim(line).length == 0)
            continue;
        if (out->used > from)
            store_byte(out, ' ');
        model_show_ascii(line, out);
    }
    if (cut)
        store_text(out, " [...]");
}

int model_xtext(octets text, store *out)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        int c = (unsigned char) text.at[i], high, low;

        if (c < '!' || c > '~' || c == '=')
            return 0;
        if (c != '+') {
            store_byte(out, c);
            continue;
        }
        if (i + 2 >= text.length)
            return 0;
        high = octets_digit(text.at[++i]);
        low = octets_digit(text.at[++i]);
        if (high < 0 || low < 0)
            return 0;
        store_byte(out, high * 16 + low);
    }
    return 1;
}

static void add_utf8(uint32_t point, store *out)
{
    if (point < 0x80) {
        store_byte(out, (int) point);
        return;
    }
    if (point < 0x800) {
        store_byte(out, (int) (0xC0 | point >> 6));
    } else {
        if (point < 0x10000) {
            store_byte(out, (int) (0xE0 | point >> 12));
        } else {
            store_byte(out, (int) (0xF0 | point >> 18));
            store_byte(out, (int) (0x80 | (point >> 12 & 0x3F)));
        }
        store_byte(out, (int) (0x80 | (point >> 6 & 0x3F)));
    }
    store_byte(out, (int) (0x80 | (point & 0x3F)));
}

int model_utf8_xtext(octets text, store *out)
{
    size_t i = 0, digits;

    while (i < text.length) {
        uint32_t point = 0;

        if (text.at[i] != '\\') {
            store_byte(out, text.at[i++]);
            continue;
        }
        if (!octets_begin(octets_slice(text, i, text.length), "\\x{"))
            return 0;
        for (i += 3, digits = 0; i < text.length && text.at[i] != '}'; i++) {
            int digit = octets_digit(text.at[i]);

            if (digit < 0 || ++digits > 6)
                return 0;
            point = point << 4 | (uint32_t) digit;
        }
        if (digits < 2 || i++ == text.length)
            return 0;
        add_utf8(point, out);
    }
    return 1;
}

int model_is_odd(octets text)
{
    size_t at = 0, length;
    uint32_t point;

    while (at < text.length) {
        length = octets_character(text, at, &point);
        if (length == 0 || point < ' ' || (point >= 0x7F && point < 0xA0) ||
            point == 0xAD || point == 0x61C ||
            (point >= 0x200B && point <= 0x200F) ||
            (point >= 0x2028 && point <= 0x202E) ||
            (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF)
            return 1;
        at += length;
    }
    return 0;
}
