/* SPDX-License-Identifier: ISC */
/*
 * libndr with stdio: the one header that knows FILE. Rules as in ndr.h.
 */
#ifndef LIBNDR_NDR_FILE_H
#define LIBNDR_NDR_FILE_H

#include <libndr/ndr.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Write the whole message, from its beginning, to a stream. On a system that
 * knows text streams it has to be a binary one. Not flushed.
 *
 * Returns as ndr_report_write(), NDR_E_SINK if the stream fails.   Since 0.1.
 */
NDR_API int ndr_report_write_stream(ndr_report *report, FILE *stream);

/**
 * Load a file of words from a stream, from where it stands to its end.
 *
 * Returns as ndr_catalog_load(), NDR_E_INVALID for a stream of NULL, and
 * NDR_E_SOURCE if it cannot be read.   Since 0.1.
 */
NDR_API int ndr_catalog_load_stream(ndr_catalog *catalog, FILE *stream,
                                    const char *name);

#ifdef __cplusplus
}
#endif

#endif /* LIBNDR_NDR_FILE_H */
