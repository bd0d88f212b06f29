/* SPDX-License-Identifier: ISC */
/* Fuzz octets as octets to encode, and as xtext to decode, into buffers of
   every size; as a status code to look up; and as the values of NOTIFY and RET
   (RFC 3461 4.1, 4.3). */
#include "fail.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>

typedef int (*coder)(const char *text, size_t length, char *out, size_t size,
                     size_t *need);

static int encode(const char *text, size_t length, char *out, size_t size,
                  size_t *need)
{
    return ndr_xtext_encode(text, length, out, size, need);
}

/* Into a buffer of that size: what fits is the beginning of whole. */
static void check_cut(coder code, octets text, size_t size, octets whole)
{
    char *out = size == 0 ? NULL : malloc(size);
    size_t need = 0, fits = size == 0 ? 0 : size - 1;
    int result = code(text.at, text.length, out, size, &need);

    if (fits > whole.length)
        fits = whole.length;
    if (result != (size > whole.length ? NDR_OK : NDR_END) ||
        need != whole.length + 1)
        fuzz_fail("the result of a short buffer", text);
    if (size > 0 &&
        (out[fits] != '\0' ||
         !octets_equal(octets_from(out, fits), octets_slice(whole, 0, fits))))
        fuzz_fail("what a short buffer holds", text);
    free(out);
}

static void check_all(coder code, octets text, octets whole)
{
    size_t size;

    for (size = 0; size <= whole.length + 2 && size < 9; size++)
        check_cut(code, text, size, whole);
    check_cut(code, text, whole.length, whole);
    check_cut(code, text, whole.length + 1, whole);
}

/* What was encoded decodes to what it was, and is xtext. */
static void check_encode(octets text)
{
    size_t need = 0;
    store decoded = {NULL, 0, 0};
    char *out;

    ndr_xtext_encode(text.at, text.length, NULL, 0, &need);
    out = malloc(need);
    if (out == NULL)
        abort();
    if (ndr_xtext_encode(text.at, text.length, out, need, NULL) != NDR_OK ||
        out[need - 1] != '\0')
        fuzz_fail("a buffer of the size that was told", text);
    if (!model_xtext(octets_from(out, need - 1), &decoded) ||
        !octets_equal(store_octets(&decoded), text))
        fuzz_fail("xtext that does not decode to what it was", text);
    check_all(encode, text, octets_from(out, need - 1));
    check_all(ndr_xtext_decode, octets_from(out, need - 1), text);
    store_free(&decoded);
    free(out);
}

static void check_decode(octets text)
{
    store decoded = {NULL, 0, 0};
    char out[4];

    if (model_xtext(text, &decoded))
        check_all(ndr_xtext_decode, text, store_octets(&decoded));
    else if (ndr_xtext_decode(text.at, text.length, out, 4, NULL) != NDR_E_TEXT)
        fuzz_fail("decodes what is no xtext", text);
    store_free(&decoded);
}

static void check_status(octets text)
{
    char *copy = malloc(text.length + 1);
    const char *name;

    if (copy == NULL)
        abort();
    if (text.length > 0)
        memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    name = ndr_status_describe(copy, NDR_STATUS_NAME);
    if (name != NULL && (name[0] == '\0' || strlen(copy) < 5))
        fuzz_fail("an empty name of a status", text);
    ndr_status_describe(copy, NDR_STATUS_EXCHANGE_NAME);
    if (ndr_status_describe(copy, 2) != NULL)
        fuzz_fail("a text of a kind that is none", text);
    free(copy);
}

/* Keywords parted by commas: their bits, or -1. */
static int read_notify(octets value)
{
    static const char *const words[] = {"SUCCESS", "FAILURE", "DELAY", "NEVER"};
    int bits = 0, found;
    size_t from, to, i;

    for (from = 0; from <= value.length; from = to + 1) {
        to = octets_find_byte(value, from, ',');
        found = 0;
        for (i = 0; i < 4; i++)
            if (octets_equal_nocase(octets_slice(value, from, to),
                                    octets_of(words[i])))
                found = 1 << i;
        if (found == 0)
            return -1;
        bits |= found;
    }
    return (bits & NDR_NOTIFY_NEVER) && bits != NDR_NOTIFY_NEVER ? -1 : bits;
}

static void check_parameters(octets text)
{
    int is = 77, result = ndr_notify_parse(text.at, text.length, &is);
    int due = read_notify(text);

    if (result != (due < 0 ? NDR_E_TEXT : NDR_OK) ||
        is != (due < 0 ? NDR_NOTIFY_DEFAULT : due))
        fuzz_fail("a NOTIFY is read otherwise", text);
    result = ndr_return_parse(text.at, text.length, &is);
    due = octets_equal_nocase(text, octets_of("FULL"))   ? NDR_RETURN_FULL
          : octets_equal_nocase(text, octets_of("HDRS")) ? NDR_RETURN_HEADERS
                                                         : -1;
    if (result != (due < 0 ? NDR_E_TEXT : NDR_OK) ||
        is != (due < 0 ? NDR_RETURN_HEADERS : due))
        fuzz_fail("a RET is read otherwise", text);
    if (ndr_notify_parse(text.at, text.length, NULL) != NDR_E_INVALID ||
        ndr_return_parse(text.at, text.length, NULL) != NDR_E_INVALID)
        fuzz_fail("a parameter that nobody takes", text);
}

int fuzz_xtext(const uint8_t *data, size_t size)
{
    pool memory = {NULL};
    octets text = pool_copy(&memory, octets_from(data, size));

    check_encode(text);
    check_decode(text);
    check_status(text);
    check_parameters(text);
    pool_free(&memory);
    return 0;
}

#ifndef FUZZ_REPLAY
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_xtext(data, size);
}
#endif
