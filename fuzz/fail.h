/* SPDX-License-Identifier: ISC */
/* Targets, as the replay calls them, and its way out of a broken rule. */
#ifndef FUZZ_FAIL_H
#define FUZZ_FAIL_H

#include "octets.h"

#ifdef FUZZ_REPLAY
#include <setjmp.h>

extern jmp_buf fuzz_escape;
#endif

int fuzz_report(const uint8_t *data, size_t size);
int fuzz_reply(const uint8_t *data, size_t size);
int fuzz_xtext(const uint8_t *data, size_t size);
int fuzz_catalog(const uint8_t *data, size_t size);
int fuzz_original(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
