/* SPDX-License-Identifier: ISC */
/*
 * Fields of the caller's own: extension fields of the status part (RFC 3464
 * 2.4), and fields of the report's header. The gate: nothing that ends a line,
 * and no field that has a meaning of its own here.
 */
#include "mail/field.h"
#include "report/report.h"

#define NAME_LIMIT 70u

static int check_value(ndr_report *report, unsigned recipient, const char *what,
                       ndri_span value)
{
    if (ndri_span_trim(value).length > 0 && value.length <= NDRI_VALUE_LIMIT &&
        ndri_text_is_printable(value))
        return NDR_OK;
    return ndri_report_fail(report, NDR_E_FIELD, recipient, what, &value,
                            "expected printable ASCII");
}

int ndri_report_check_field(ndr_report *report, unsigned recipient,
                            ndri_span name, ndri_span value)
{
    if (!ndri_field_is_extension(name))
        return ndri_report_fail(report, NDR_E_FIELD, recipient, "field name",
                                &name,
                                "expected X- and letters, digits, hyphens");
    return check_value(report, recipient, "field value", value);
}

static void add_item(ndr_report *report, ndri_list *list, ndri_span name,
                     ndri_span value)
{
    ndri_item *item = ndri_arena_take(&report->arena, sizeof(*item));

    if (item == NULL) {
        ndri_report_out_of_memory(report);
        return;
    }
    item->next = NULL;
    item->name = ndri_report_keep(report, name);
    item->value = ndri_report_keep(report, value);
    if (list->last != NULL)
        list->last->next = item;
    else
        list->first = item;
    list->last = item;
}

int ndr_report_add_field(ndr_report *report, const char *name,
                         size_t name_length, const char *value,
                         size_t value_length)
{
    ndri_span given, text;
    int error = ndri_report_take(report, name, name_length, &given);

    if (error == NDR_OK)
        error = ndri_report_take(report, value, value_length, &text);
    if (error == NDR_OK)
        error = ndri_report_check_field(report, 0, given, text);
    if (error != NDR_OK)
        return error;
    add_item(report, &report->fields, given, ndri_span_trim(text));
    return report->fault.error;
}

/* Fields that the library writes, that ask for an answer to a report, or that
   make it another kind of message. */
static const char taken[] =
    "From Sender Reply-To To Cc Bcc Subject Date Message-ID In-Reply-To "
    "References Auto-Submitted MIME-Version Return-Path Received Errors-To "
    "X-Failed-Recipients Disposition-Notification-To Return-Receipt-To "
    "Content-* Resent-*";

static int is_header_name(ndri_span name)
{
    size_t i;

    for (i = 0; i < name.length; i++)
        if (!ndri_is_alnum(name.at[i]) && name.at[i] != '-')
            return 0;
    return name.length > 0 && name.length <= NAME_LIMIT && name.at[0] != '-' &&
           !ndri_original_is_listed(name, NDRI_SPAN(taken));
}

int ndr_report_add_header(ndr_report *report, const char *name,
                          size_t name_length, const char *value,
                          size_t value_length)
{
    ndri_span given, text;
    int error = ndri_report_take(report, name, name_length, &given);

    if (error == NDR_OK)
        error = ndri_report_take(report, value, value_length, &text);
    if (error != NDR_OK)
        return error;
    if (!is_header_name(given))
        return ndri_report_fail(report, NDR_E_FIELD, 0, "header name", &given,
                                "expected letters, digits, hyphens, and none "
                                "of the library's own fields");
    error = check_value(report, 0, "header value", text);
    if (error == NDR_OK)
        add_item(report, &report->headers, given, ndri_span_trim(text));
    return error != NDR_OK ? error : report->fault.error;
}
