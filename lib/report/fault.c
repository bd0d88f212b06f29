/* SPDX-License-Identifier: ISC */
/*
 * Words about errors. They go into logs: printable ASCII only, cut to a fixed
 * size, no memory needed, so that they can tell of lack of memory too.
 */
#include "report/fault.h"

#include <libndr/ndr.h>

#include <string.h>

#define SHOWN 80 /* octets of a value */

typedef struct writer {
    char *at;
    size_t left; /* without the NUL */
} writer;

static void put_text(writer *w, ndri_span text)
{
    if (text.length > w->left)
        text.length = w->left;
    memcpy(w->at, text.at, text.length);
    w->at += text.length;
    w->left -= text.length;
    *w->at = '\0';
}

static void put_count(writer *w, unsigned number)
{
    char digits[12];
    size_t at = sizeof(digits);
    ndri_span text;

    do {
        digits[--at] = (char) ('0' + number % 10);
        number /= 10;
    } while (number > 0);
    text.at = digits + at;
    text.length = sizeof(digits) - at;
    put_text(w, text);
}

static void put_value(writer *w, ndri_span value)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t i;

    put_text(w, NDRI_SPAN(" \""));
    for (i = 0; i < value.length && i < SHOWN; i++) {
        unsigned octet = (unsigned char) value.at[i];
        char visible[4] = {'\\', 'x', hex[octet >> 4], hex[octet & 15]};

        if (octet >= ' ' && octet < 127)
            put_text(w, ndri_span_from(value.at + i, 1));
        else
            put_text(w, ndri_span_from(visible, 4));
    }
    put_text(w, value.length > SHOWN ? NDRI_SPAN("...\"") : NDRI_SPAN("\""));
}

void ndri_fault_words(char *out, size_t size, unsigned recipient,
                      const char *what, const ndri_span *value, const char *why)
{
    writer w;

    w.at = out;
    w.left = size - 1;
    if (recipient > 0) {
        put_text(&w, NDRI_SPAN("recipient "));
        put_count(&w, recipient);
        put_text(&w, NDRI_SPAN(": "));
    }
    put_text(&w, ndri_span_of(what));
    if (value != NULL)
        put_value(&w, *value);
    put_text(&w, NDRI_SPAN(": "));
    put_text(&w, ndri_span_of(why));
}

int ndri_fault_set(ndri_fault *fault, int error, unsigned recipient,
                   const char *what, const ndri_span *value, const char *why)
{
    if (fault->error != NDR_OK)
        return fault->error;
    fault->error = error;
    ndri_fault_words(fault->detail, sizeof(fault->detail), recipient, what,
                     value, why);
    return error;
}
