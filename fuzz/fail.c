/* SPDX-License-Identifier: ISC */
/* How a broken rule ends an input: libFuzzer wants an abort, the replay goes on
   with the next file. */
#include "fail.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef FUZZ_REPLAY
jmp_buf fuzz_escape;
#endif

void fuzz_fail(const char *rule, octets value)
{
    size_t i;

    fprintf(stderr, "# broken: %s: \"", rule);
    for (i = 0; i < value.length && i < 400; i++) {
        unsigned octet = (unsigned char) value.at[i];

        fprintf(stderr, octet < ' ' || octet > '~' ? "\\x%02X" : "%c", octet);
    }
    fprintf(stderr, "\"\n");
#ifdef FUZZ_REPLAY
    longjmp(fuzz_escape, 1);
#else
    abort();
#endif
}
