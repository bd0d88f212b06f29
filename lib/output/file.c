/* SPDX-License-Identifier: ISC */
/*
 * Reports, originals and words in files: the only room that knows FILE and
 * descriptors.
 */
#ifndef _WIN32
/* for pread(), and files over 2 GiB where addresses have 32 bits */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#endif
#include <libndr/ndr_file.h>

#include "output/lines.h"
#include "report/report.h"
#include "words/catalog.h"
#include "words/load.h"

#ifndef _WIN32
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#define BLOCK ((size_t) 65536)

/* ---- Streams ------------------------------------------------------------- */

static int write_stream(void *user, const char *octets, size_t length)
{
    return fwrite(octets, 1, length, user) == length ? 0 : NDR_E_SINK;
}

/* The rest of a stream in text, one octet more than a file of words may have at
   most. */
static int read_stream(FILE *stream, ndri_buf *text)
{
    char *to;

    while (text->used <= NDRI_FILE_LIMIT &&
           (to = ndri_buf_reserve(text, BLOCK)) != NULL) {
        size_t got = fread(to, 1, BLOCK, stream);

        text->used += got;
        if (got < BLOCK)
            break;
    }
    if (ferror(stream))
        return NDR_E_SOURCE;
    return text->error;
}

int ndr_catalog_load_stream(ndr_catalog *catalog, FILE *stream,
                            const char *name)
{
    ndri_buf text;
    int error;

    if (catalog == NULL || stream == NULL)
        return NDR_E_INVALID;
    ndri_buf_init(&text, ndri_catalog_allocator(catalog), NDRI_BUF_CAP);
    error = read_stream(stream, &text);
    if (error == NDR_OK)
        error =
            ndr_catalog_load(catalog, name, ndri_buf_string(&text), text.used);
    ndri_buf_release(&text);
    return error;
}

int ndr_report_write_stream(ndr_report *report, FILE *stream)
{
    if (report != NULL && stream == NULL)
        return NDR_E_INVALID;
    return ndr_report_write(report, write_stream, stream);
}

/* ---- Originals ----------------------------------------------------------- */

/* An original that a file holds, in the report's arena. */
typedef struct held_file {
    FILE *stream;
    int descriptor;
    int to_end;      /* the file ends where the original does */
    uint64_t offset; /* where that begins */
    uint64_t size;
} held_file;

static int keep_file(ndr_report *report, const held_file *file,
                     ndr_read_at read_at)
{
    held_file *kept = ndri_arena_take(&report->arena, sizeof(*kept));

    if (kept == NULL)
        return ndri_report_out_of_memory(report);
    *kept = *file;
    return ndr_report_borrow_original_source(report, read_at, kept, kept->size);
}

static int unreadable(ndr_report *report)
{
    return ndri_report_fail(report, NDR_E_SOURCE, 0, "original", NULL,
                            "not in a file that can be read from anywhere");
}

static int64_t read_stream_at(void *user, uint64_t offset, void *buffer,
                              size_t size)
{
    const held_file *file = user;
    long at = (long) (file->offset + offset);
    size_t got;

    if (ftell(file->stream) != at && fseek(file->stream, at, SEEK_SET) != 0)
        return NDR_E_SOURCE;
    got = fread(buffer, 1, size, file->stream);
    if (offset + got == file->size && fgetc(file->stream) != EOF)
        return NDR_E_SOURCE; /* it has grown */
    return got == 0 && ferror(file->stream) ? NDR_E_SOURCE : (int64_t) got;
}

int ndr_report_borrow_original_stream(ndr_report *report, FILE *stream)
{
    held_file file = {stream, -1, 1, 0, 0};
    int error = ndri_report_is_open(report);
    long begin, end;

    if (error != NDR_OK)
        return error;
    if (stream == NULL)
        return ndri_report_fail(report, NDR_E_INVALID, 0, "original", NULL,
                                "no stream to read it");
    begin = ftell(stream);
    if (begin < 0 || fseek(stream, 0, SEEK_END) != 0)
        return unreadable(report);
    end = ftell(stream);
    if (end < begin || fseek(stream, begin, SEEK_SET) != 0)
        return unreadable(report);
    file.offset = (uint64_t) begin;
    file.size = (uint64_t) (end - begin);
    return keep_file(report, &file, read_stream_at);
}

#ifndef _WIN32

static ssize_t read_descriptor(int descriptor, void *buffer, size_t size,
                               uint64_t offset)
{
    ssize_t got;

    do
        got = pread(descriptor, buffer, size, (off_t) offset);
    while (got < 0 && errno == EINTR);
    return got;
}

static int64_t read_descriptor_at(void *user, uint64_t offset, void *buffer,
                                  size_t size)
{
    const held_file *file = user;
    uint64_t end = file->offset + file->size;
    ssize_t got =
        read_descriptor(file->descriptor, buffer, size, file->offset + offset);
    char more;

    if (got < 0)
        return NDR_E_SOURCE;
    if (file->to_end && offset + (uint64_t) got == file->size &&
        read_descriptor(file->descriptor, &more, 1, end) != 0)
        return NDR_E_SOURCE; /* it has grown */
    return got;
}

/* How much of a file lies behind offset. 0: it cannot be known. */
static int measure_rest(int descriptor, uint64_t offset, uint64_t *size)
{
    struct stat info;

    if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) ||
        (uint64_t) info.st_size < offset)
        return 0;
    *size = (uint64_t) info.st_size - offset;
    return 1;
}

int ndr_report_borrow_original_fd(ndr_report *report, int descriptor,
                                  uint64_t offset, uint64_t length)
{
    held_file file = {NULL, descriptor, 0, offset, length};
    int error = ndri_report_is_open(report);

    if (error != NDR_OK)
        return error;
    file.to_end = length == NDR_TO_END;
    if (file.to_end && !measure_rest(descriptor, offset, &file.size))
        return unreadable(report);
    if (offset > INT64_MAX || file.size > INT64_MAX - offset)
        return ndri_report_fail(report, NDR_E_INVALID, 0, "original", NULL,
                                "beyond the end of any file");
    return keep_file(report, &file, read_descriptor_at);
}

/* ---- Descriptors that take a report -------------------------------------- */

int ndr_report_write_fd(ndr_report *report, int descriptor)
{
    ndri_span *piece;
    ssize_t taken;
    int error;

    if (report == NULL)
        return NDR_E_NOMEM;
    piece = &report->output.piece;
    for (;;) {
        if (piece->length == 0) {
            error = ndri_lines_next(report, piece);
            if (error != NDR_OK)
                return error == NDR_END ? NDR_OK : error;
        }
        taken = write(descriptor, piece->at, piece->length);
        if (taken > 0)
            *piece = ndri_span_slice(*piece, (size_t) taken, piece->length);
        else if (taken == 0 ||
                 (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
            return NDR_E_SINK;
        else if (errno != EINTR)
            return NDR_AGAIN;
    }
}

#endif
