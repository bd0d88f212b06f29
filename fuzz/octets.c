/* SPDX-License-Identifier: ISC */
/* Pieces of text, growing ones, pools of memory. */
#include "octets.h"

#include <stdlib.h>
#include <string.h>

struct pool_block {
    struct pool_block *next;
    void *at;
};

octets octets_of(const char *text)
{
    return octets_from(text, strlen(text));
}

octets octets_from(const void *at, size_t length)
{
    octets text;

    text.at = at;
    text.length = length;
    return text;
}

octets octets_slice(octets all, size_t from, size_t to)
{
    if (to > all.length)
        to = all.length;
    if (from > to)
        from = to;
    return octets_from(from > 0 ? all.at + from : all.at, to - from);
}

octets octets_trim(octets text)
{
    while (text.length > 0 && strchr(" \t\r\n", text.at[0]) != NULL &&
           text.at[0] != '\0')
        text = octets_slice(text, 1, text.length);
    while (text.length > 0 && text.at[text.length - 1] != '\0' &&
           strchr(" \t\r\n", text.at[text.length - 1]) != NULL)
        text.length--;
    return text;
}

int octets_equal(octets a, octets b)
{
    return a.length == b.length &&
           (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

int octets_equal_nocase(octets a, octets b)
{
    size_t i;

    for (i = 0; i < a.length && i < b.length; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return 0;
    return a.length == b.length;
}

int octets_begin(octets all, const char *with)
{
    return octets_equal(octets_slice(all, 0, strlen(with)), octets_of(with));
}

size_t octets_find(octets all, size_t from, octets what)
{
    const char *here;

    while (what.length > 0 && from < all.length) {
        here = memchr(all.at + from, what.at[0], all.length - from);
        if (here == NULL)
            break;
        from = (size_t) (here - all.at);
        if (what.length > all.length - from)
            break;
        if (what.length == 1 || memcmp(here, what.at, what.length) == 0)
            return from;
        from++;
    }
    return what.length == 0 && from < all.length ? from : all.length;
}

size_t octets_find_byte(octets all, size_t from, char byte)
{
    return octets_find(all, from, octets_from(&byte, 1));
}

int octets_has(octets all, const char *what)
{
    return octets_find(all, 0, octets_of(what)) < all.length;
}

size_t octets_find_nocase(octets all, size_t from, octets what)
{
    if (what.length == 0)
        return all.length;
    for (; from + what.length <= all.length; from++)
        if (lower(all.at[from]) == lower(what.at[0]) &&
            octets_equal_nocase(octets_slice(all, from, from + what.length),
                                what))
            return from;
    return all.length;
}

int octets_is_alnum(octets text, size_t at, const char *others)
{
    int c = at < text.length ? lower(text.at[at]) : 0;

    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (c != 0 && strchr(others, c) != NULL);
}

int octets_take_item(octets *rest, octets *item)
{
    static const char marks[] = " ,\t\r\n";
    size_t from = 0, to;

    while (from < rest->length && rest->at[from] != '\0' &&
           strchr(marks, rest->at[from]) != NULL)
        from++;
    for (to = from; to < rest->length && (rest->at[to] == '\0' ||
                                          strchr(marks, rest->at[to]) == NULL);
         to++)
        ;
    *item = octets_slice(*rest, from, to);
    *rest = octets_slice(*rest, to, rest->length);
    return item->length > 0;
}

int octets_is_ascii(octets text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if ((unsigned char) text.at[i] > 127)
            return 0;
    return 1;
}

int octets_is_printable(octets text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (text.at[i] < ' ' || text.at[i] > '~')
            return 0;
    return 1;
}

size_t octets_character(octets text, size_t at, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned first = (unsigned char) text.at[at];
    size_t length = first < 0x80   ? 1
                    : first < 0xC0 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF8 ? 4
                                   : 0;
    size_t i;

    if (length == 0 || length > text.length - at)
        return 0;
    *point = length == 1 ? first : first & (0xFFu >> (length + 1));
    for (i = 1; i < length; i++) {
        if (((unsigned char) text.at[at + i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | ((unsigned char) text.at[at + i] & 0x3F);
    }
    if (*point < least[length] || *point > 0x10FFFF ||
        (*point >= 0xD800 && *point < 0xE000))
        return 0;
    return length;
}

int octets_is_utf8(octets text)
{
    size_t at, length;
    uint32_t point;

    for (at = 0; at < text.length; at += length) {
        length = octets_character(text, at, &point);
        if (length == 0)
            return 0;
    }
    return 1;
}

int octets_take_line(octets *rest, octets *line)
{
    size_t end = octets_find(*rest, 0, octets_of("\r\n"));

    if (rest->length == 0)
        return 0;
    *line = octets_slice(*rest, 0, end);
    *rest = octets_slice(*rest, end + 2, rest->length);
    return 1;
}

int octets_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void store_add(store *to, octets text)
{
    if (text.length == 0)
        return;
    if (text.length > to->room - to->used) {
        size_t room = 2 * to->room + text.length + 64;
        char *moved = realloc(to->at, room);

        if (moved == NULL)
            abort();
        to->at = moved;
        to->room = room;
    }
    memcpy(to->at + to->used, text.at, text.length);
    to->used += text.length;
}

void store_text(store *to, const char *text)
{
    store_add(to, octets_of(text));
}

void store_byte(store *to, int octet)
{
    char c = (char) octet;

    store_add(to, octets_from(&c, 1));
}

void store_clear(store *to)
{
    to->used = 0;
}

void store_free(store *to)
{
    free(to->at);
    memset(to, 0, sizeof(*to));
}

octets store_octets(const store *from)
{
    return octets_from(from->at == NULL ? "" : from->at, from->used);
}

void *pool_take(pool *from, size_t size)
{
    struct pool_block *block = malloc(sizeof(*block));

    if (block == NULL)
        abort();
    block->at = malloc(size == 0 ? 1 : size);
    if (block->at == NULL)
        abort();
    block->next = from->first;
    from->first = block;
    return block->at;
}

octets pool_copy(pool *from, octets text)
{
    char *copy = pool_take(from, text.length);

    if (text.length > 0)
        memcpy(copy, text.at, text.length);
    return octets_from(copy, text.length);
}

void pool_free(pool *from)
{
    while (from->first != NULL) {
        struct pool_block *block = from->first;

        from->first = block->next;
        free(block->at);
        free(block);
    }
}
