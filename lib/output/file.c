/* SPDX-License-Identifier: ISC */
/* Reports, words and stdio: the only file that knows FILE. */
#include <libndr/ndr_file.h>

#include "words/catalog.h"
#include "words/load.h"

#define BLOCK ((size_t) 65536)

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
