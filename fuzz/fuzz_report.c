/* SPDX-License-Identifier: ISC */
/* Fuzz octets as calls of the whole interface; see builder.h. */
#include "builder.h"
#include "fail.h"

int fuzz_report(const uint8_t *data, size_t size)
{
    octets input_octets = octets_from(data, size);
    store first = {NULL, 0, 0}, second = {NULL, 0, 0};

    builder_run(input_octets, 0xA5, &first);
    if (size > 0 && (data[0] & FRAME_TWICE)) {
        builder_run(input_octets, 0x5A, &second);
        if (!octets_equal(store_octets(&first), store_octets(&second)))
            fuzz_fail("the same calls give other octets",
                      store_octets(&second));
    }
    store_free(&first);
    store_free(&second);
    return 0;
}

#ifndef FUZZ_REPLAY
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_report(data, size);
}
#endif
