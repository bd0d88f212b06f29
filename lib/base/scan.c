/* SPDX-License-Identifier: ISC */
/*
 * The classifying pass, in plain C. Line ends may be CRLF, LF or CR; a CR at
 * the end of one block belongs with an LF at the beginning of the next.
 */
#include "base/scan.h"

#include <string.h>

void ndri_scan_init(ndri_scan *scan)
{
    memset(scan, 0, sizeof(*scan));
}

static int begins(const ndri_scan *scan, const char *with)
{
    size_t length = strlen(with);

    return scan->line >= length && memcmp(scan->head, with, length) == 0;
}

static void scan_line_end(ndri_scan *scan)
{
    if (scan->line > scan->longest)
        scan->longest = scan->line;
    if (begins(scan, "--"))
        scan->found |= NDRI_SCAN_DASHES;
    if ((scan->line == 1 && scan->head[0] == '.') || begins(scan, "From ") ||
        begins(scan, "-- "))
        scan->found |= NDRI_SCAN_UNSAFE;
    scan->line = 0;
}

/* A CR that no LF followed ended a line by itself. */
static void settle_cr(ndri_scan *scan)
{
    if (!scan->after_cr)
        return;
    scan->after_cr = 0;
    scan->found |= NDRI_SCAN_BARE_CR;
    scan_line_end(scan);
}

static void scan_octet(ndri_scan *scan, unsigned char octet)
{
    if (octet == '\n') {
        scan->found |=
            scan->after_cr ? NDRI_SCAN_CR_LF_PAIR : NDRI_SCAN_BARE_LF;
        scan->after_cr = 0;
        scan_line_end(scan);
        return;
    }
    settle_cr(scan);
    if (octet == '\r') {
        scan->after_cr = 1;
        return;
    }
    if (octet > 127)
        scan->found |= NDRI_SCAN_8BIT;
    else if (octet == 0)
        scan->found |= NDRI_SCAN_NUL;
    else if (ndri_is_control(octet) && octet != '\t')
        scan->found |= NDRI_SCAN_CONTROL;
    if (scan->line < sizeof(scan->head))
        scan->head[scan->line] = (char) octet;
    scan->line++;
}

void ndri_scan_add(ndri_scan *scan, ndri_span block)
{
    size_t i;

    for (i = 0; i < block.length; i++)
        scan_octet(scan, (unsigned char) block.at[i]);
}

void ndri_scan_finish(ndri_scan *scan)
{
    settle_cr(scan);
    if (scan->line > 0)
        scan_line_end(scan);
}
