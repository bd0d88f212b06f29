/* SPDX-License-Identifier: ISC */
/*
 * libndr with files: the one header that knows FILE and descriptors. Rules as
 * in ndr.h.
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

/**
 * Give the original as a stream that can be read from anywhere: the message
 * lies between where it stands and its end. Borrowed until the report is freed
 * or reset, and not to be used meanwhile: it is read, and stands anywhere
 * afterwards. Otherwise as ndr_report_borrow_original_source(); the file may
 * not grow either. On a system that knows text streams it has to be a binary
 * one.
 *
 * Returns NDR_E_INVALID for a stream of NULL, NDR_E_SOURCE if it is a pipe or
 * the like.   Since 0.1.
 */
NDR_API int ndr_report_borrow_original_stream(ndr_report *report, FILE *stream);

#ifndef _WIN32

/** As a length: up to the end of the file. */
#define NDR_TO_END UINT64_MAX

/**
 * Give the original as an open file, or a part of one: @length octets from
 * @offset, or NDR_TO_END. Borrowed until the report is freed or reset; read
 * with pread(), so that where it stands does not matter and stays. Otherwise as
 * ndr_report_borrow_original_source(); with NDR_TO_END the file may not grow
 * either.
 *
 * Returns NDR_E_INVALID for a place that no file has, NDR_E_SOURCE with
 * NDR_TO_END for what is no regular file, or ends before @offset. One that
 * cannot be read is seen by ndr_report_prepare().   Since 0.1.
 */
NDR_API int ndr_report_borrow_original_fd(ndr_report *report, int descriptor,
                                          uint64_t offset, uint64_t length);

/**
 * Write to a descriptor what is left of the message: all of it, or what follows
 * where the last output call ended; ndr_report_rewind() makes it all. Short
 * writes and signals are seen to.
 *
 * One in non-blocking mode that takes no more ends the call with NDR_AGAIN:
 * wait until it does, and call again. No octet is lost or written twice. The
 * same holds after NDR_E_SINK, should the descriptor recover.
 *
 * Returns NDR_OK when all is out; NDR_AGAIN; NDR_E_SINK with errno as write()
 * left it (SIGPIPE is the caller's affair); else as ndr_report_next().   Since
 * 0.1.
 */
NDR_API int ndr_report_write_fd(ndr_report *report, int descriptor);

#endif

#ifdef __cplusplus
}
#endif

#endif /* LIBNDR_NDR_FILE_H */
