/* SPDX-License-Identifier: ISC */
/* Reports and stdio: the only file that knows FILE. */
#include <libndr/ndr_file.h>

static int write_stream(void *user, const char *octets, size_t length)
{
    return fwrite(octets, 1, length, user) == length ? 0 : NDR_E_SINK;
}

int ndr_report_write_stream(ndr_report *report, FILE *stream)
{
    if (report != NULL && stream == NULL)
        return NDR_E_INVALID;
    return ndr_report_write(report, write_stream, stream);
}
