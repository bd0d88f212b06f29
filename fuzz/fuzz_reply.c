/* SPDX-License-Identifier: ISC */
/* Fuzz octets as an SMTP reply: what ndr_reply_parse() finds is there. */
#include "fail.h"

#include <libndr/ndr.h>

#include <stdlib.h>
#include <string.h>

/* The code stands at the beginning of a line. */
static int has_code(octets reply, int code)
{
    char digits[3];
    size_t at;

    digits[0] = (char) ('0' + code / 100);
    digits[1] = (char) ('0' + code / 10 % 10);
    digits[2] = (char) ('0' + code % 10);
    at = octets_find(reply, 0, octets_from(digits, 3));
    while (at < reply.length) {
        if (at == 0 || reply.at[at - 1] == '\n' || reply.at[at - 1] == '\r')
            return 1;
        at = octets_find(reply, at + 1, octets_from(digits, 3));
    }
    return 0;
}

static void check(octets reply, int result, int code, size_t text,
                  const char *status)
{
    if (result != NDR_OK && result != NDR_END)
        fuzz_fail("the result of ndr_reply_parse", reply);
    if (code != 0 && (code < 200 || code > 599 || !has_code(reply, code)))
        fuzz_fail("a reply code that is not there", reply);
    if (result == NDR_OK && code == 0)
        fuzz_fail("complete without a code", reply);
    if (text > reply.length)
        fuzz_fail("words past the end", reply);
    if (strlen(status) >= 12 ||
        (status[0] != '\0' && (status[1] != '.' || !octets_has(reply, status))))
        fuzz_fail("an enhanced code that is not there", reply);
}

int fuzz_reply(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);
    char status[12] = "", again[12] = "";
    size_t text = 0;
    int code = -1, other = -1, result;

    if (copy == NULL)
        abort();
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    result = ndr_reply_parse(copy, size, &code, status, &text);
    check(octets_from(copy, size), result, code, text, status);
    if (ndr_reply_parse(copy, size, &other, NULL, NULL) != result ||
        other != code)
        fuzz_fail("a second reading differs", octets_from(copy, size));
    size = strlen(copy);
    result = ndr_reply_parse(copy, size, &code, status, NULL);
    if (ndr_reply_parse(copy, NDR_NUL, &other, again, NULL) != result ||
        other != code || strcmp(status, again) != 0)
        fuzz_fail("NDR_NUL differs", octets_from(copy, size));
    free(copy);
    return 0;
}

#ifndef FUZZ_REPLAY
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_reply(data, size);
}
#endif
