/* SPDX-License-Identifier: ISC */
/* Entries as they are written: what ndri_store_add() would take. */
#ifndef NDRI_WORDS_UNPARSE_H
#define NDRI_WORDS_UNPARSE_H

#include "words/words.h"

/* Append header fields that are not left at their default, an empty line, and
   the text; LF line ends. */
void ndri_entry_write(ndri_choice choice, ndri_buf *out);

#endif
