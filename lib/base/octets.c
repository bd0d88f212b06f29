/* SPDX-License-Identifier: ISC */
/*
 * Sixteen octets at a time with SSE2, which every x86-64 has; elsewhere eight
 * at a time in plain C. Both come to the same; tests/test_octets.c holds them
 * to it, and to what octet by octet comes to.
 */
#include "base/octets.h"

#include <string.h>

#if !defined(NDRI_PLAIN_SCAN) && defined(__GNUC__) && defined(__SSE2__)
#define WITH_SSE2
#include <emmintrin.h>
#endif

#ifdef WITH_SSE2

static __m128i sixteen(const void *at)
{
    return _mm_loadu_si128(at);
}

static uint16_t bits_of(__m128i octets)
{
    return (uint16_t) _mm_movemask_epi8(octets);
}

/* The gist while it is in registers: sums for each quarter of a row, so that
   none waits for another. */
typedef struct gist_kept {
    __m128i high, sum[4], sums[4];
} gist_kept;

static gist_kept take_gist(const ndri_gist *gist)
{
    gist_kept h;
    int i;

    h.high = sixteen(gist->high);
    for (i = 0; i < 4; i++) {
        h.sum[i] = sixteen(gist->sum + 2 * i);
        h.sums[i] = sixteen(gist->sums + 2 * i);
    }
    return h;
}

static void put_gist(const gist_kept *h, ndri_gist *gist)
{
    int i;

    _mm_storeu_si128((void *) gist->high, h->high);
    for (i = 0; i < 4; i++) {
        _mm_storeu_si128((void *) (gist->sum + 2 * i), h->sum[i]);
        _mm_storeu_si128((void *) (gist->sums + 2 * i), h->sums[i]);
    }
}

static inline void sum_up(__m128i octets, int quarter, gist_kept *h)
{
    h->sum[quarter] = _mm_add_epi64(h->sum[quarter], octets);
    h->sums[quarter] = _mm_add_epi64(h->sums[quarter], h->sum[quarter]);
}

static inline void sum_at(const char *row, int quarter, gist_kept *h)
{
    sum_up(sixteen(row + 16 * quarter), quarter, h);
}

static inline uint16_t look_at(const char *row, int quarter, gist_kept *h)
{
    __m128i octets = sixteen(row + 16 * quarter);

    h->high = _mm_max_epu8(h->high, octets);
    sum_up(octets, quarter, h);
    return bits_of(_mm_cmpeq_epi8(_mm_subs_epu8(octets, _mm_set1_epi8(31)),
                                  _mm_setzero_si128()));
}

static uint16_t line_end_bits(const char *at)
{
    __m128i octets = sixteen(at);

    return bits_of(_mm_or_si128(_mm_cmpeq_epi8(octets, _mm_set1_epi8('\r')),
                                _mm_cmpeq_epi8(octets, _mm_set1_epi8('\n'))));
}

/* Two of & < > ' differ from the two others in one bit. */
static uint16_t markup_bits(const char *at)
{
    __m128i octets = sixteen(at);
    __m128i angle = _mm_or_si128(octets, _mm_set1_epi8(2));
    __m128i quote = _mm_or_si128(octets, _mm_set1_epi8(1));

    return bits_of(
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(angle, _mm_set1_epi8('>')),
                                  _mm_cmpeq_epi8(quote, _mm_set1_epi8('\''))),
                     _mm_cmpeq_epi8(octets, _mm_set1_epi8('"'))));
}

static uint16_t unprintable_bits(const char *at)
{
    __m128i octets = sixteen(at);

    return bits_of(
        _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(octets, _mm_set1_epi8(' ')),
                                  _mm_cmpeq_epi8(octets, _mm_set1_epi8(127))),
                     _mm_cmpeq_epi8(octets, _mm_set1_epi8('='))));
}

#else

#define EACH(octet) (UINT64_C(0x0101010101010101) * (octet))

/* Eight octets, the first one lowest. */
static uint64_t eight(const char *octets)
{
    const unsigned char *at = (const unsigned char *) octets;

    return (uint64_t) at[0] | (uint64_t) at[1] << 8 | (uint64_t) at[2] << 16 |
           (uint64_t) at[3] << 24 | (uint64_t) at[4] << 32 |
           (uint64_t) at[5] << 40 | (uint64_t) at[6] << 48 |
           (uint64_t) at[7] << 56;
}

/* The top bit of each octet that is below limit, which is at most 128. */
static uint64_t below(uint64_t octets, unsigned limit)
{
    return ~(((octets & EACH(127)) + EACH(128 - limit)) | octets) & EACH(128);
}

static uint64_t equal(uint64_t octets, unsigned octet)
{
    return below(octets ^ EACH(octet), 1);
}

/* The top bits of sixteen octets side by side. */
static uint16_t bits_of(uint64_t tops, uint64_t more)
{
    const uint64_t gather = UINT64_C(0x0102040810204080);

    return (uint16_t) (((tops >> 7) * gather) >> 56 |
                       (((more >> 7) * gather) >> 56) << 8);
}

typedef ndri_gist gist_kept;

static gist_kept take_gist(const ndri_gist *gist)
{
    return *gist;
}

static void put_gist(const gist_kept *h, ndri_gist *gist)
{
    *gist = *h;
}

static void sum_at(const char *row, int quarter, gist_kept *h)
{
    int i;

    for (i = 2 * quarter; i < 2 * quarter + 2; i++) {
        h->sum[i] += eight(row + 8 * i);
        h->sums[i] += h->sum[i];
    }
}

static uint16_t look_at(const char *row, int quarter, gist_kept *h)
{
    uint64_t first = eight(row + 16 * quarter);
    uint64_t second = eight(row + 16 * quarter + 8);

    sum_at(row, quarter, h);
    h->high[0] |= first;
    h->high[1] |= second;
    return bits_of(below(first, 32), below(second, 32));
}

static uint16_t line_end_bits(const char *at)
{
    uint64_t first = eight(at), second = eight(at + 8);

    return bits_of(equal(first, '\r') | equal(first, '\n'),
                   equal(second, '\r') | equal(second, '\n'));
}

/* Two of & < > ' differ from the two others in one bit. */
static uint64_t markup_tops(uint64_t octets)
{
    return equal(octets | EACH(2), '>') | equal(octets | EACH(1), '\'') |
           equal(octets, '"');
}

static uint16_t markup_bits(const char *at)
{
    return bits_of(markup_tops(eight(at)), markup_tops(eight(at + 8)));
}

static uint64_t unprintable_tops(uint64_t octets)
{
    return (octets & EACH(128)) | below(octets, ' ') | equal(octets, 127) |
           equal(octets, '=');
}

static uint16_t unprintable_bits(const char *at)
{
    return bits_of(unprintable_tops(eight(at)),
                   unprintable_tops(eight(at + 8)));
}

#endif

void ndri_octets_look(const char *octets, ndri_row *rows, size_t count,
                      ndri_gist *gist)
{
    gist_kept h = take_gist(gist);
    size_t i;

    for (i = 0; i < count; i++, octets += NDRI_ROW) {
        rows[i].of[0] = look_at(octets, 0, &h);
        rows[i].of[1] = look_at(octets, 1, &h);
        rows[i].of[2] = look_at(octets, 2, &h);
        rows[i].of[3] = look_at(octets, 3, &h);
    }
    put_gist(&h, gist);
}

void ndri_octets_sum(const char *octets, size_t count, ndri_gist *gist)
{
    gist_kept h = take_gist(gist);

    for (; count > 0; count--, octets += NDRI_ROW) {
        sum_at(octets, 0, &h);
        sum_at(octets, 1, &h);
        sum_at(octets, 2, &h);
        sum_at(octets, 3, &h);
    }
    put_gist(&h, gist);
}

/* Of highest octets, or of octets or-ed. */
unsigned ndri_gist_high(const ndri_gist *gist)
{
    unsigned char each[sizeof(gist->high)];
    unsigned high = 0;
    size_t i;

    memcpy(each, gist->high, sizeof(each));
    for (i = 0; i < sizeof(each); i++)
        high = each[i] > high ? each[i] : high;
    return high;
}

/* The first octet at or after from that the bits of sixteen tell. */
static inline size_t find_marked(ndri_span text, size_t from,
                                 uint16_t (*bits_at)(const char *))
{
    char rest[16];
    uint16_t bits;

    for (; from < text.length; from += 16) {
        size_t left = text.length - from;

        if (left >= 16) {
            bits = bits_at(text.at + from);
        } else if (text.length >= 16) { /* the last sixteen, less the first */
            bits =
                (uint16_t) (bits_at(text.at + text.length - 16) >> (16 - left));
        } else {
            memset(rest, 'x', sizeof(rest));
            memcpy(rest, text.at + from, left);
            bits = bits_at(rest);
        }
        if (bits != 0)
            return from + ndri_lowest_bit(bits);
    }
    return text.length;
}

size_t ndri_octets_find_markup(ndri_span text, size_t from)
{
    return find_marked(text, from, markup_bits);
}

size_t ndri_octets_find_unprintable(ndri_span text, size_t from)
{
    return find_marked(text, from, unprintable_bits);
}

size_t ndri_octets_copy_line(char *to, ndri_span text, size_t from)
{
    uint16_t bits;

    for (; text.length - from >= 16; from += 16, to += 16) {
        memcpy(to, text.at + from, 16);
        bits = line_end_bits(text.at + from);
        if (bits != 0)
            return from + ndri_lowest_bit(bits);
    }
    for (; from < text.length; from++) {
        if (text.at[from] == '\r' || text.at[from] == '\n')
            break;
        *to++ = text.at[from];
    }
    return from;
}
