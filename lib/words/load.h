/* SPDX-License-Identifier: ISC */
/* Files of words: entries parted by "%%". */
#ifndef NDRI_WORDS_LOAD_H
#define NDRI_WORDS_LOAD_H

#include "words/entry.h"

#define NDRI_FILE_LIMIT ((size_t) 16 << 20) /* octets of a file */

/* Add all entries of a file, or none. name is for the detail of an error. As
   ndr_catalog_load() returns. */
int ndri_store_load(ndri_store *store, ndri_span file, const char *name);

#endif
