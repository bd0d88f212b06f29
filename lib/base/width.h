/* SPDX-License-Identifier: ISC */
/* How many columns of a fixed-width screen text takes. */
#ifndef NDRI_BASE_WIDTH_H
#define NDRI_BASE_WIDTH_H

#include "base/text.h"

/* 0 for marks that stand on the letter before, 2 for wide letters, else 1. */
unsigned ndri_width_of(uint32_t point);
/* Of valid UTF-8 without control characters. */
size_t ndri_width(ndri_span text);

#endif
