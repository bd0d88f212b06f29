/* SPDX-License-Identifier: ISC */
/* Transfer encodings, read as strictly as RFC 2045 lets an encoder write. */
#include "octets.h"

#include <string.h>

#define ENCODED_LINE 76u

/* One line of quoted-printable; *soft: it goes on in the next one. */
static int decode_qp_line(octets line, int *soft, store *out)
{
    size_t at;

    *soft = line.length > 0 && line.at[line.length - 1] == '=';
    if (*soft)
        line.length--;
    else if (line.length > 0 && strchr(" \t", line.at[line.length - 1]))
        return 0; /* blanks at the end of a line get lost */
    for (at = 0; at < line.length; at++) {
        int high, low;

        if (line.at[at] != '=') {
            if ((line.at[at] < ' ' || line.at[at] > '~') && line.at[at] != '\t')
                return 0;
            store_byte(out, line.at[at]);
            continue;
        }
        if (line.length - at < 3)
            return 0;
        high = octets_digit(line.at[at + 1]);
        low = octets_digit(line.at[at + 2]);
        if (high < 0 || low < 0)
            return 0;
        store_byte(out, high * 16 + low);
        at += 2;
    }
    return 1;
}

int decode_quoted_printable(octets text, store *out)
{
    octets line;
    int soft = 0;

    while (octets_take_line(&text, &line)) {
        if (line.length > ENCODED_LINE || !decode_qp_line(line, &soft, out))
            return 0;
        if (!soft)
            store_text(out, "\r\n");
    }
    return !soft;
}

static int base64_value(int c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    return found == NULL ? -1 : (int) (found - digits);
}

int decode_base64(octets text, store *out)
{
    octets line;
    uint32_t bits = 0;
    size_t count = 0, padding = 0, i;

    while (octets_take_line(&text, &line)) {
        if (line.length == 0 || line.length > ENCODED_LINE)
            return 0;
        for (i = 0; i < line.length; i++) {
            int value = base64_value(line.at[i]);

            padding += line.at[i] == '=';
            if (line.at[i] == '=' ? padding > 2 : value < 0 || padding > 0)
                return 0;
            bits = bits << 6 | (uint32_t) (value < 0 ? 0 : value);
            if (++count % 4 > 0)
                continue;
            store_byte(out, (int) (bits >> 16 & 255));
            if (padding < 2)
                store_byte(out, (int) (bits >> 8 & 255));
            if (padding < 1)
                store_byte(out, (int) (bits & 255));
        }
    }
    return count % 4 == 0;
}
