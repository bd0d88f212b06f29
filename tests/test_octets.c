/* SPDX-License-Identifier: ISC */
/* Octets looked at three ways: as the library was built, in plain C, and octet
   by octet, which is the reference. Random octets, every alignment and length.
   */
#include "test.h"

#include <stdlib.h>

#ifndef NDRI_PLAIN_SCAN
#define NDRI_PLAIN_SCAN
#endif
#define ndri_octets_look plain_octets_look
#define ndri_octets_sum plain_octets_sum
#define ndri_gist_high plain_gist_high
#define ndri_octets_copy_line plain_copy_line
#define ndri_octets_find_markup plain_find_markup
#define ndri_octets_find_unprintable plain_find_unprintable
#define ndri_scan_init plain_scan_init
#define ndri_scan_add plain_scan_add
#define ndri_scan_sum plain_scan_sum
#define ndri_scan_sums_equal plain_scan_sums_equal
#define ndri_scan_finish plain_scan_finish
#include "base/octets.c"
#include "base/scan.c"
#undef ndri_octets_copy_line
#undef ndri_octets_find_markup
#undef ndri_octets_find_unprintable
#undef ndri_scan_init
#undef ndri_scan_add
#undef ndri_scan_sum
#undef ndri_scan_sums_equal
#undef ndri_scan_finish

/* Those of the library, which the headers have named otherwise here. */
void ndri_scan_init(ndri_scan *scan);
void ndri_scan_add(ndri_scan *scan, ndri_span block);
void ndri_scan_sum(ndri_scan *scan, ndri_span block);
int ndri_scan_sums_equal(const ndri_scan *a, const ndri_scan *b);
void ndri_scan_finish(ndri_scan *scan);
size_t ndri_octets_copy_line(char *to, ndri_span text, size_t from);
size_t ndri_octets_find_markup(ndri_span text, size_t from);
size_t ndri_octets_find_unprintable(ndri_span text, size_t from);

/* ---- octet by octet ---- */

static int starts(const ndri_scan *scan, const char *with)
{
    size_t length = strlen(with);

    return scan->line >= length && memcmp(scan->head, with, length) == 0;
}

static void slow_line(ndri_scan *scan, int has_end)
{
    scan->longest = scan->line > scan->longest ? scan->line : scan->longest;
    if (starts(scan, "--"))
        scan->found |= NDRI_SCAN_DASHES;
    if ((scan->line == 1 && scan->head[0] == '.') || starts(scan, "From ") ||
        starts(scan, "-- "))
        scan->found |= NDRI_SCAN_UNSAFE;
    scan->dots += (uint64_t) starts(scan, ".");
    scan->lines += (uint64_t) has_end;
    scan->line = 0;
}

static void slow_cr(ndri_scan *scan)
{
    if (!scan->after_cr)
        return;
    scan->after_cr = 0;
    scan->found |= NDRI_SCAN_BARE_CR;
    slow_line(scan, 1);
}

static void slow_octet(ndri_scan *scan, unsigned char octet)
{
    if (octet == '\n') {
        scan->found |=
            scan->after_cr ? NDRI_SCAN_CR_LF_PAIR : NDRI_SCAN_BARE_LF;
        scan->pairs += (uint64_t) scan->after_cr;
        scan->after_cr = 0;
        slow_line(scan, 1);
        return;
    }
    slow_cr(scan);
    if (octet == '\r') {
        scan->after_cr = 1;
        return;
    }
    if (octet > 127)
        scan->found |= NDRI_SCAN_8BIT;
    else if (octet == 0)
        scan->found |= NDRI_SCAN_NUL;
    else if ((octet < 32 || octet == 127) && octet != '\t')
        scan->found |= NDRI_SCAN_CONTROL;
    if (scan->line < sizeof(scan->head))
        scan->head[scan->line] = (char) octet;
    scan->line++;
}

static void slow_add(ndri_scan *scan, ndri_span block)
{
    size_t i;

    for (i = 0; i < block.length; i++)
        slow_octet(scan, (unsigned char) block.at[i]);
}

static void slow_finish(ndri_scan *scan)
{
    slow_cr(scan);
    if (scan->line > 0)
        slow_line(scan, 0);
}

static size_t slow_markup(ndri_span text, size_t from)
{
    while (from < text.length &&
           (text.at[from] == '\0' || strchr("&<>\"'", text.at[from]) == NULL))
        from++;
    return from;
}

static size_t slow_unprintable(ndri_span text, size_t from)
{
    while (from < text.length && text.at[from] >= 32 && text.at[from] != 127 &&
           text.at[from] != '=')
        from++;
    return from;
}

/* ---- random octets ---- */

static uint32_t state;

static uint32_t dice(uint32_t sides)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % sides;
}

/* One octet in every so many is taken from what matters, the others are x. */
static void fill(char *text, size_t length, uint32_t every)
{
    static const char matters[] = "\r\n\r\n\r\n.-F\t\x01\x1F\x20\x7F\x80\xFF=<"
                                  "\0From -- ~!\xC3&>\"'%$?@\x7E\x21\x1E";
    size_t i;

    for (i = 0; i < length; i++)
        text[i] = dice(every) == 0 ? matters[dice(sizeof(matters) - 1)] : 'x';
    for (i = 1; i < length; i++) /* most CR have their LF */
        if (text[i - 1] == '\r' && dice(3) > 0)
            text[i] = '\n';
}

/* Asserted only when it does not hold: Check takes its time to count. */
static void same(const ndri_scan *a, const ndri_scan *b, const char *way)
{
    if (a->found == b->found && a->longest == b->longest &&
        a->line == b->line && a->after_cr == b->after_cr &&
        a->lines == b->lines && a->pairs == b->pairs && a->dots == b->dots)
        return;
    ck_abort_msg(
        "%s: found %x, longest %u, line %u%s, %u lines, %u pairs, %u dots; not "
        "%x, %u, %u%s, %u, %u, %u",
        way, b->found, (unsigned) b->longest, (unsigned) b->line,
        b->after_cr ? " CR" : "", (unsigned) b->lines, (unsigned) b->pairs,
        (unsigned) b->dots, a->found, (unsigned) a->longest, (unsigned) a->line,
        a->after_cr ? " CR" : "", (unsigned) a->lines, (unsigned) a->pairs,
        (unsigned) a->dots);
}

static void same_searches(ndri_span text, size_t from)
{
    size_t markup = slow_markup(text, from);
    size_t unprintable = slow_unprintable(text, from);

    if (plain_find_markup(text, from) != markup ||
        ndri_octets_find_markup(text, from) != markup ||
        plain_find_unprintable(text, from) != unprintable ||
        ndri_octets_find_unprintable(text, from) != unprintable)
        ck_abort_msg("searches from %u differ", (unsigned) from);
}

/* Copied are the octets before the line end, and nothing beyond the slack. */
static void same_copies(ndri_span text, size_t from)
{
    static char plain[400], fast[400];
    size_t end = from, most;

    while (end < text.length && text.at[end] != '\r' && text.at[end] != '\n')
        end++;
    most = end - from + NDRI_COPY_SLACK;
    memset(plain, '?', sizeof(plain));
    memset(fast, '?', sizeof(fast));
    if (plain_copy_line(plain, text, from) != end ||
        ndri_octets_copy_line(fast, text, from) != end ||
        memcmp(plain, text.at + from, end - from) != 0 ||
        memcmp(fast, text.at + from, end - from) != 0 || plain[most] != '?' ||
        fast[most] != '?')
        ck_abort_msg("copies from %u differ", (unsigned) from);
}

/* The text in blocks that each is cut somewhere; state after each compared. */
static void three_ways(ndri_span text, size_t most)
{
    ndri_scan slow, plain, fast, sum, plain_sum;

    memset(&slow, 0, sizeof(slow));
    plain_scan_init(&plain_sum);
    ndri_scan_init(&sum);
    plain_scan_init(&plain);
    ndri_scan_init(&fast);
    while (text.length > 0) {
        size_t cut = dice((uint32_t) most) + (most > 1 ? 0 : 1);
        ndri_span block = ndri_span_slice(text, 0, cut);

        slow_add(&slow, block);
        plain_scan_add(&plain, block);
        ndri_scan_add(&fast, block);
        same(&slow, &plain, "plain C");
        same(&slow, &fast, "as built");
        ndri_scan_sum(&sum, block);
        plain_scan_sum(&plain_sum, block);
        if (!ndri_scan_sums_equal(&sum, &plain) ||
            !ndri_scan_sums_equal(&sum, &fast) ||
            !ndri_scan_sums_equal(&sum, &plain_sum))
            ck_abort_msg("sums differ");
        text = ndri_span_slice(text, cut, text.length);
    }
    slow_finish(&slow);
    plain_scan_finish(&plain);
    ndri_scan_finish(&fast);
    same(&slow, &plain, "plain C, at the end");
    same(&slow, &fast, "as built, at the end");
}

START_TEST(blocks_of_any_kind_are_classified_alike)
{
    static const uint32_t every[] = {1, 2, 5, 20, 60, 400};
    static const size_t most[] = {1, 3, 17, 64, 65, 130, 700, 3000};
    static char text[3000];
    int round;

    state = (uint32_t) _i;
    for (round = 0; round < 400; round++) {
        size_t length = dice(round % 8 == 0 ? sizeof(text) : 300);

        fill(text, length, every[dice(6)]);
        three_ways(ndri_span_from(text, length), most[dice(8)]);
    }
}
END_TEST

/* Octets end where the heap's do, so that one read beyond is seen. */
START_TEST(every_alignment_and_length_is_classified_alike)
{
    size_t length = (size_t) _i, shift;

    state = (uint32_t) _i + 1000;
    for (shift = 0; shift < 64; shift++) {
        char *heap = malloc(shift + length + (length == 0));
        ndri_span text = ndri_span_from(heap + shift, length);
        size_t from;

        fill(heap + shift, length, 1 + dice(12));
        three_ways(text, length + 1);
        for (from = 0; from <= length; from++) {
            same_searches(text, from);
            same_copies(text, from);
        }
        free(heap);
    }
}
END_TEST

/* Each octet at each place of what is looked at at once. */
START_TEST(every_octet_is_met_at_every_place)
{
    char text[80];
    size_t place;
    int octet;

    for (octet = 0; octet < 256; octet++) {
        for (place = 0; place < sizeof(text); place++) {
            ndri_span span = ndri_span_from(text, sizeof(text));

            memset(text, 'x', sizeof(text));
            text[place] = (char) octet;
            state = 1;
            three_ways(span, sizeof(text) * 2);
            same_searches(span, 0);
            same_copies(span, 0);
        }
    }
}
END_TEST

/* Any other octet, and any two octets that change places, show in the sum. */
START_TEST(sums_tell_texts_apart)
{
    char text[200], other[200];
    ndri_scan a, b;
    int round;

    state = 7;
    for (round = 0; round < 5000; round++) {
        size_t length = 2 + dice(sizeof(text) - 2),
               at = dice((uint32_t) length);
        size_t to = dice((uint32_t) length);

        fill(text, length, 1 + dice(3));
        memcpy(other, text, length);
        if (round % 2 == 0) {
            other[at] = (char) (other[at] + 1 + (int) dice(255));
        } else {
            other[at] = text[to];
            other[to] = text[at];
        }
        ndri_scan_init(&a);
        ndri_scan_init(&b);
        /* a CR at the end of all is counted, not summed */
        text[length - 1] = other[length - 1] = 'x';
        ndri_scan_sum(&a, ndri_span_from(text, length));
        ndri_scan_sum(&b, ndri_span_from(other, length));
        if (ndri_scan_sums_equal(&a, &b) != (memcmp(text, other, length) == 0))
            ck_abort_msg("round %d: sums do not tell", round);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("octets");
    TCase *tcase = tcase_create("octets");

    tcase_add_loop_test(tcase, blocks_of_any_kind_are_classified_alike, 0, 20);
    tcase_add_loop_test(tcase, every_alignment_and_length_is_classified_alike,
                        0, 150);
    tcase_add_test(tcase, every_octet_is_met_at_every_place);
    tcase_add_test(tcase, sums_tell_texts_apart);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
