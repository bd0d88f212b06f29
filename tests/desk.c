/* SPDX-License-Identifier: ISC */
/* The desk: what most tests of reports begin with. */
#include "desk.h"

#include <check.h>
#include <string.h>

const char desk_original[] =
    "Received: from desk7.example.com (desk7.example.com [192.0.2.7])\r\n"
    " by mail1.example.com with ESMTPSA; Tue, 24 Nov 2026 16:05:12 +0100\r\n"
    "From: Jane Doe <jane@example.com>\r\n"
    "To: Joe Bloggs <joe@contoso.com>\r\n"
    "Subject: Spring planning\r\n"
    "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"
    "Message-ID: <77@desk7.example.com>\r\n"
    "\r\n"
    "See you on Thursday?\r\n";

static void begin_report(desk *d)
{
    ck_assert_int_eq(
        ndr_report_set_sender(d->report, "jane@example.com", NDR_NUL), NDR_OK);
    ck_assert_int_eq(ndr_report_set_date(d->report, DESK_DATE, 60), NDR_OK);
    ck_assert_int_eq(
        ndr_report_borrow_original(d->report, desk_original, NDR_NUL), NDR_OK);
}

void desk_open(desk *d)
{
    memset(d, 0, sizeof(*d));
    ck_assert_int_eq(ndr_profile_new(&d->profile, NULL), NDR_OK);
    ck_assert_int_eq(ndr_profile_set_generating_server(
                         d->profile, "mail1.example.com", NDR_NUL),
                     NDR_OK);
    ck_assert_int_eq(ndr_profile_set_html(d->profile, NDR_HTML_OFF), NDR_OK);
    ck_assert_int_eq(ndr_report_new(&d->report, d->profile), NDR_OK);
    begin_report(d);
}

void desk_close(desk *d)
{
    parts_free(d->parts);
    ndr_report_free(d->report);
    ndr_profile_free(d->profile);
    memset(d, 0, sizeof(*d));
}

void desk_reset(desk *d)
{
    ck_assert_int_eq(ndr_report_reset(d->report, NULL), NDR_OK);
    begin_report(d);
}

ndr_recipient *desk_add(desk *d, const char *address, const char *remote,
                        const char *reply)
{
    ndr_recipient *made = ndr_report_add_recipient(d->report, address, NDR_NUL);

    if (remote != NULL)
        ndr_recipient_set_remote_server(made, remote, NDR_NUL, NULL, 0);
    if (reply != NULL)
        ndr_recipient_set_reply(made, reply, NDR_NUL);
    return made;
}

ndr_recipient *desk_add_action(desk *d, const char *address, int action,
                               const char *status)
{
    ndr_recipient *made = ndr_report_add_recipient(d->report, address, NDR_NUL);

    ndr_recipient_set_action(made, action);
    if (status != NULL)
        ndr_recipient_set_status(made, status, NDR_NUL);
    if (action >= NDR_ACTION_DELIVERED)
        ndr_recipient_set_notify(made, NDR_NOTIFY_SUCCESS);
    return made;
}

parts *desk_read(desk *d)
{
    const char *message = NULL;
    size_t length = 0;
    int error = ndr_report_render(d->report, &message, &length);

    ck_assert_msg(error == NDR_OK, "%s: %s", ndr_error_name(error),
                  ndr_report_error_detail(d->report));
    ck_assert_uint_eq(strlen(message), length);
    parts_free(d->parts);
    d->parts = NULL; /* not to be freed twice when the next line fails */
    d->parts = parts_take(message, length);
    return d->parts;
}

void desk_failed(desk *d, int error, const char *detail)
{
    ck_assert_str_eq(ndr_error_name(ndr_report_error(d->report)),
                     ndr_error_name(error));
    ck_assert_str_eq(ndr_report_error_detail(d->report), detail);
}

ndr_catalog *desk_words(desk *d, const char *entry)
{
    ndr_catalog *catalog;

    ck_assert_int_eq(ndr_catalog_new(&catalog, NULL), NDR_OK);
    ck_assert_msg(ndr_catalog_add(catalog, entry, NDR_NUL) == NDR_OK, "%s",
                  ndr_catalog_error_detail(catalog));
    ck_assert_int_eq(ndr_profile_set_catalog(d->profile, catalog), NDR_OK);
    return catalog;
}
