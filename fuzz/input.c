/* SPDX-License-Identifier: ISC */
/* Fuzz octets as numbers and texts. */
#include "input.h"

#include <libndr/ndr.h>

#include <string.h>

#define DEEPEST 3
#define LONGEST 20000u

void input_begin(input *from, octets data)
{
    memset(from, 0, sizeof(*from));
    from->rest = data;
}

void input_end(input *from)
{
    pool_free(&from->memory);
}

unsigned input_octet(input *from)
{
    unsigned octet;

    if (from->rest.length == 0)
        return 0;
    octet = (unsigned char) from->rest.at[0];
    from->rest = octets_slice(from->rest, 1, from->rest.length);
    return octet;
}

uint64_t input_number(input *from, unsigned count)
{
    uint64_t number = 0;

    for (; count > 0; count--)
        number = number << 8 | input_octet(from);
    return number;
}

unsigned input_choice(input *from, unsigned count)
{
    return input_octet(from) % count;
}

static octets take(input *from, size_t length)
{
    octets taken = octets_slice(from->rest, 0, length);

    from->rest = octets_slice(from->rest, taken.length, from->rest.length);
    return taken;
}

static octets nasty(unsigned number)
{
    return octets_of(nasty_text(number % nasty_count()));
}

static void make_text(input *from, int depth, store *out)
{
    unsigned kind = input_octet(from), count;
    store part = {NULL, 0, 0};

    if (kind < 0x40) {
        store_add(out, take(from, kind));
    } else if (kind < 0xC0) {
        store_add(out, nasty(kind & 0x3F));
    } else if (kind < 0xE0 && depth < DEEPEST) {
        for (count = 2 + kind % 4; count > 0; count--)
            make_text(from, depth + 1, out);
    } else if (kind < 0xF0 && depth < DEEPEST) {
        count = 1 + 2 * input_octet(from);
        make_text(from, depth + 1, &part);
        while (count-- > 0 && out->used + part.used < LONGEST)
            store_add(out, store_octets(&part));
    } else if (kind >= 0xF8) {
        store_add(out, take(from, (size_t) input_number(from, 2)));
    }
    store_free(&part);
}

fuzz_text text_of(input *from, octets is)
{
    fuzz_text made;

    made.is = pool_copy(&from->memory, is);
    made.at = made.is.at;
    made.length = made.is.length;
    return made;
}

fuzz_text input_text(input *from)
{
    unsigned kind =
        from->rest.length > 0 ? (unsigned char) from->rest.at[0] : 0;
    store out = {NULL, 0, 0};
    fuzz_text made;

    make_text(from, 0, &out);
    if (kind >= 0x80 && kind < 0xC0) {
        store_byte(&out, '\0');
        made = text_of(from, store_octets(&out));
        made.is.length--;
        made.length = NDR_NUL;
    } else {
        made = text_of(from, store_octets(&out));
        if (kind >= 0xF0 && kind < 0xF8)
            made.at = NULL;
    }
    store_free(&out);
    return made;
}

void input_date(input *from, int64_t *seconds, int32_t *offset)
{
    static const int32_t offsets[] = {
        0,  60,   -300,  345, 1439,     -1439, NDR_OFFSET_UNKNOWN,
        -1, 1440, -1440, 14,  INT32_MAX};
    static const int64_t dates[] = {
        0,           -1,          1795536312,   951782400, /* a leap day */
        -2208988800, -2208988801, 253402300799, 253402300800,
        INT64_MIN,   INT64_MAX,   1795600000,   4102444800};
    unsigned kind = input_octet(from);

    *offset = offsets[kind < 128 ? kind % 8 : kind % 12];
    *seconds = dates[input_choice(from, 12)];
    if (kind & 32)
        *seconds = (int64_t) (int32_t) (uint32_t) input_number(from, 4);
}
