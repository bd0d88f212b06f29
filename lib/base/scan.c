/* SPDX-License-Identifier: ISC */
/*
 * The classifying pass, and other searches of inner loops. Line ends may be
 * CRLF, LF or CR; a CR at the end of one block belongs with an LF at the
 * beginning of the next.
 *
 * Octets are looked at 64 at a time: a word of bits marks those that need a
 * thought, and only these are met one by one. How the bits come about is the
 * only thing here that knows a processor; NDRI_PLAIN_SCAN leaves it out, and a
 * test holds both ways, and a third that takes octet by octet, to the same
 * findings.
 */
#include "base/scan.h"

#include <string.h>

#if !defined(NDRI_PLAIN_SCAN) && defined(__GNUC__) && defined(__SSE2__)
#define WITH_SSE2
#include <emmintrin.h>
#endif

#define AT_ONCE ((size_t) 64)

/* ---- Bits for octets ----------------------------------------------------- */

#ifdef WITH_SSE2

/* The highest octet met so far, in 16 places. */
typedef __m128i highest;

static highest no_octet(void)
{
    return _mm_setzero_si128();
}

/* It may be over the highest one, but not on the other side of 127. */
static unsigned high_octet(highest high)
{
    unsigned char each[16];
    unsigned top = 0;
    int i;

    _mm_storeu_si128((__m128i *) (void *) each, high);
    for (i = 0; i < 16; i++)
        top = each[i] > top ? each[i] : top;
    return top;
}

static __m128i sixteen(const unsigned char *at)
{
    return _mm_loadu_si128((const __m128i *) (const void *) at);
}

static uint64_t bits_of(__m128i octets)
{
    return (unsigned) _mm_movemask_epi8(octets);
}

/* Bit n: octet n is below 32. */
static uint64_t controls(const unsigned char *at, highest *high)
{
    const __m128i last = _mm_set1_epi8(31);
    uint64_t bits[4];
    int i;

    for (i = 0; i < 4; i++) {
        __m128i octets = sixteen(at + 16 * i);

        *high = _mm_max_epu8(*high, octets);
        bits[i] = bits_of(_mm_cmpeq_epi8(_mm_min_epu8(octets, last), octets));
    }
    return bits[0] | bits[1] << 16 | bits[2] << 32 | bits[3] << 48;
}

/* Bit n: octet n of 16 is one of & < > " '. Two of them differ from two others
   in one bit. */
static uint64_t markup_bits(const unsigned char *at)
{
    __m128i octets = sixteen(at);
    __m128i angle = _mm_or_si128(octets, _mm_set1_epi8(2));
    __m128i quote = _mm_or_si128(octets, _mm_set1_epi8(1));

    return bits_of(
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(angle, _mm_set1_epi8('>')),
                                  _mm_cmpeq_epi8(quote, _mm_set1_epi8('\''))),
                     _mm_cmpeq_epi8(octets, _mm_set1_epi8('"'))));
}

/* Bit n: octet n of 16 is no printable one, or "=". */
static uint64_t unprintable_bits(const unsigned char *at)
{
    __m128i octets = sixteen(at);

    return bits_of(
        _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(octets, _mm_set1_epi8(' ')),
                                  _mm_cmpeq_epi8(octets, _mm_set1_epi8(127))),
                     _mm_cmpeq_epi8(octets, _mm_set1_epi8('='))));
}

static size_t lowest(uint64_t bits)
{
    return (size_t) __builtin_ctzll(bits);
}

#else

#define EACH(octet) (UINT64_C(0x0101010101010101) * (octet))

/* All octets met so far, or-ed. */
typedef uint64_t highest;

static highest no_octet(void)
{
    return 0;
}

static unsigned high_octet(highest high)
{
    high |= high >> 32;
    high |= high >> 16;
    return (unsigned) ((high | high >> 8) & 255);
}

/* Eight octets, the first one lowest. */
static uint64_t eight(const unsigned char *at)
{
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

/* The top bits side by side. */
static uint64_t bits_of(uint64_t tops)
{
    return ((tops >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static uint64_t controls(const unsigned char *at, highest *high)
{
    uint64_t bits = 0;
    unsigned i;

    for (i = 0; i < AT_ONCE; i += 8) {
        uint64_t octets = eight(at + i);

        *high |= octets;
        bits |= bits_of(below(octets, 32)) << i;
    }
    return bits;
}

static uint64_t markup_of_eight(uint64_t octets)
{
    return bits_of(equal(octets | EACH(2), '>') |
                   equal(octets | EACH(1), '\'') | equal(octets, '"'));
}

static uint64_t markup_bits(const unsigned char *at)
{
    return markup_of_eight(eight(at)) | markup_of_eight(eight(at + 8)) << 8;
}

static uint64_t unprintable_of_eight(uint64_t octets)
{
    return bits_of((octets & EACH(128)) | below(octets, ' ') |
                   equal(octets, 127) | equal(octets, '='));
}

static uint64_t unprintable_bits(const unsigned char *at)
{
    return unprintable_of_eight(eight(at)) | unprintable_of_eight(eight(at + 8))
                                                 << 8;
}

static size_t lowest(uint64_t bits)
{
    size_t n = 0;

    for (; (bits & 255) == 0; bits >>= 8)
        n += 8;
    for (; (bits & 1) == 0; bits >>= 1)
        n++;
    return n;
}

#endif

/* ---- Searches ------------------------------------------------------------ */

/* The first octet at or after from that one of the rows of 16 marks. */
static size_t find_marked(ndri_span text, size_t from,
                          uint64_t (*mark)(const unsigned char *))
{
    const unsigned char *at = (const unsigned char *) text.at;
    unsigned char rest[16];
    uint64_t bits;

    for (; from < text.length; from += 16) {
        size_t left = text.length - from;

        if (left >= 16) {
            bits = mark(at + from);
        } else {
            memset(rest, 'x', sizeof(rest));
            memcpy(rest, at + from, left);
            bits = mark(rest);
        }
        if (bits != 0)
            return from + lowest(bits);
    }
    return text.length;
}

size_t ndri_scan_markup(ndri_span text, size_t from)
{
    return find_marked(text, from, markup_bits);
}

size_t ndri_scan_unprintable(ndri_span text, size_t from)
{
    return find_marked(text, from, unprintable_bits);
}

/* ---- The pass ------------------------------------------------------------ */

void ndri_scan_init(ndri_scan *scan)
{
    memset(scan, 0, sizeof(*scan));
}

static int begins(ndri_span line, const char *with)
{
    size_t length = strlen(with);

    return line.length >= length && memcmp(line.at, with, length) == 0;
}

/* Lines that begin so are looked at more closely. */
static int is_notable(char first)
{
    return first == '-' || first == '.' || first == 'F';
}

/* A line that begins in a notable way, of which at least the first octets are
   here. */
static void note_line(ndri_scan *scan, ndri_span line)
{
    if (begins(line, "--"))
        scan->found |= NDRI_SCAN_DASHES;
    if (line.at[0] == '.')
        scan->dots++;
    if ((line.length == 1 && line.at[0] == '.') || begins(line, "From ") ||
        begins(line, "-- "))
        scan->found |= NDRI_SCAN_UNSAFE;
}

/* The line at hand ends, none of whose octets but the first few are here. */
static void end_head(ndri_scan *scan)
{
    size_t held =
        scan->line < sizeof(scan->head) ? scan->line : sizeof(scan->head);

    if (scan->line > scan->longest)
        scan->longest = scan->line;
    if (held > 0 && is_notable(scan->head[0]))
        note_line(scan, ndri_span_from(scan->head, held));
    scan->lines++;
    scan->line = 0;
}

/* More octets of a line that began before; its end, if it has one, is met
   afterwards. */
static void extend_head(ndri_scan *scan, const char *at, size_t length)
{
    size_t held = scan->line, i;

    for (i = 0; i < length && held < sizeof(scan->head); i++)
        scan->head[held++] = at[i];
    scan->line += length;
}

/* What is known while a block is gone through. start is where the line at hand
   begins; SIZE_MAX if that was in an earlier block. */
typedef struct stretch {
    ndri_scan *scan;
    ndri_span block;
    size_t start;
} stretch;

/* The line ends before octet end; the next one begins at next. */
static void end_line(stretch *s, size_t end, size_t next)
{
    ndri_scan *scan = s->scan;
    size_t start = s->start, length = end - start;

    s->start = next;
    if (start == SIZE_MAX) {
        extend_head(scan, s->block.at, end);
        end_head(scan);
        return;
    }
    if (length > scan->longest)
        scan->longest = length;
    if (is_notable(s->block.at[start]))
        note_line(scan, ndri_span_from(s->block.at + start, length));
    scan->lines++;
}

/* A control character that is no CR with its LF behind it. */
static void meet_control(stretch *s, size_t at)
{
    ndri_scan *scan = s->scan;
    char octet = s->block.at[at];

    if (octet == '\n') {
        int paired = scan->after_cr && at == 0;

        if (s->start != SIZE_MAX && at < s->start)
            return; /* its CR ended the line */
        scan->found |= paired ? NDRI_SCAN_CR_LF_PAIR : NDRI_SCAN_BARE_LF;
        scan->pairs += (uint64_t) paired;
        end_line(s, at, at + 1);
    } else if (octet == '\r') {
        if (at + 1 == s->block.length)
            return; /* the next block will tell */
        scan->found |= NDRI_SCAN_BARE_CR;
        end_line(s, at, at + 1);
    } else if (octet == '\0') {
        scan->found |= NDRI_SCAN_NUL;
    } else if (octet != '\t') {
        scan->found |= NDRI_SCAN_CONTROL;
    }
}

static void meet_controls(stretch *s, size_t from, uint64_t bits)
{
    const char *octets = s->block.at;

    while (bits != 0) {
        size_t at = from + lowest(bits);

        bits &= bits - 1;
        if (octets[at] == '\r' && at + 1 < s->block.length &&
            octets[at + 1] == '\n') {
            s->scan->pairs++;
            end_line(s, at, at + 2);
            bits &= bits - 1; /* the LF, or there is none left */
        } else {
            meet_control(s, at);
        }
    }
}

/* All control characters of the block; returns its highest octet. */
static unsigned go_through(stretch *s)
{
    const unsigned char *octets = (const unsigned char *) s->block.at;
    unsigned char rest[64];
    highest high = no_octet();
    size_t at = 0, left;
    uint64_t bits;

    for (; s->block.length - at >= AT_ONCE; at += AT_ONCE) {
        bits = controls(octets + at, &high);
        if (bits != 0)
            meet_controls(s, at, bits);
    }
    left = s->block.length - at;
    memset(rest, 'x', sizeof(rest));
    memcpy(rest, octets + at, left);
    meet_controls(s, at, controls(rest, &high));
    return high_octet(high);
}

void ndri_scan_add(ndri_scan *scan, ndri_span block)
{
    stretch s = {scan, block, SIZE_MAX};
    uint64_t pairs = scan->pairs;
    unsigned high;
    int ends_in_cr;

    if (block.length == 0)
        return;
    if (scan->after_cr && block.at[0] != '\n') {
        scan->found |= NDRI_SCAN_BARE_CR;
        end_head(scan);
    }
    if (scan->line == 0)
        s.start = 0;
    high = go_through(&s);
    if (scan->pairs > pairs)
        scan->found |= NDRI_SCAN_CR_LF_PAIR;
    if (high > 127)
        scan->found |= NDRI_SCAN_8BIT;
    if (high >= 127 && !(scan->found & NDRI_SCAN_CONTROL) &&
        memchr(block.at, 127, block.length) != NULL)
        scan->found |= NDRI_SCAN_CONTROL;
    ends_in_cr = block.at[block.length - 1] == '\r';
    if (s.start == SIZE_MAX)
        s.start = 0;
    else
        scan->line = 0;
    extend_head(scan, block.at + s.start,
                block.length - s.start - (size_t) ends_in_cr);
    scan->after_cr = ends_in_cr;
}

void ndri_scan_finish(ndri_scan *scan)
{
    if (scan->after_cr) {
        scan->found |= NDRI_SCAN_BARE_CR;
        end_head(scan);
    } else if (scan->line > 0) {
        end_head(scan);
        scan->lines--; /* it has no end */
    }
    scan->after_cr = 0;
}
