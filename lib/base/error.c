/* SPDX-License-Identifier: ISC */
/* The names and words of results, and the version. */
#include <libndr/ndr.h>

static const struct {
    const char *name;
    const char *text;
} results[] = {
    {"NDR_AGAIN", "octets would have to wait"},
    {"NDR_NOTHING_DUE", "no report is due"},
    {"NDR_END", "nothing more to read"},
    {"NDR_OK", "no error"},
    {"NDR_E_NOMEM", "out of memory"},
    {"NDR_E_INVALID", "invalid argument"},
    {"NDR_E_ORDER", "call out of order"},
    {"NDR_E_MISSING", "a needed fact is missing"},
    {"NDR_E_HOST", "not a host name"},
    {"NDR_E_ADDRESS", "not a usable mail address"},
    {"NDR_E_DATE", "not a usable date"},
    {"NDR_E_STATUS", "not an enhanced status code"},
    {"NDR_E_ACTION", "action unknown or at odds with the status"},
    {"NDR_E_FIELD", "cannot stand in a header field"},
    {"NDR_E_TEXT", "not clean UTF-8 text"},
    {"NDR_E_TEMPLATE", "system message cannot be read"},
    {"NDR_E_SOURCE", "original cannot be read"},
    {"NDR_E_SINK", "sink refused octets"},
};

#define RESULT_COUNT ((int) (sizeof(results) / sizeof(results[0])))

/* Row of a result, -1 if it has none. */
static int result_row(int error)
{
    if (error > NDR_AGAIN || error <= NDR_AGAIN - RESULT_COUNT)
        return -1;
    return NDR_AGAIN - error;
}

const char *ndr_error_name(int error)
{
    int row = result_row(error);

    return row < 0 ? "unknown" : results[row].name;
}

const char *ndr_error_text(int error)
{
    int row = result_row(error);

    if (error <= -1000)
        return "an error of the caller's own";
    return row < 0 ? "unknown result" : results[row].text;
}

const char *ndr_version(void)
{
    return NDR_VERSION;
}
