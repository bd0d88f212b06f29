/* SPDX-License-Identifier: ISC */
/* Fuzz octets as a system message; one that is taken is used in a report. */
#include "fail.h"
#include "reader.h"

#include <libndr/ndr.h>

static ndr_report *fill(const ndr_profile *profile)
{
    static const char original[] = "Subject: a {reply} <b>b</b>\n"
                                   "Message-ID: <x@y>\n\nbody\n";
    static const char *const addresses[] = {"joe@contoso.com",
                                            "\"a<b>&\"@contoso.com",
                                            "joe@example.net", "<jo>@x"};
    ndr_report *report;
    ndr_recipient *recipient;
    size_t i;

    if (ndr_report_new(&report, profile) != NDR_OK)
        return NULL;
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536312, 60);
    ndr_report_borrow_original(report, original, sizeof(original) - 1);
    for (i = 0; i < 4; i++) {
        recipient = ndr_report_add_recipient(report, addresses[i], NDR_NUL);
        ndr_recipient_set_action(recipient, (int) i % 2);
        ndr_recipient_set_status(recipient, i % 2 ? "4.2.2" : "5.1.1", 5);
        ndr_recipient_set_reply(recipient, "550 5.1.1 {no} <b> user & \n550 x",
                                NDR_NUL);
        if (i > 1)
            ndr_recipient_set_remote_server(recipient, "mx.contoso.com",
                                            NDR_NUL, NULL, 0);
        ndr_recipient_set_retry_until(recipient, 1795600000, 60);
    }
    ndr_report_prepare(report);
    ndr_report_select_actions(report, NDR_ACTIONS_MIXED);
    return report;
}

static void use(const ndr_catalog *catalog, octets entry)
{
    ndr_profile *profile;
    ndr_report *report;
    const char *message = NULL;
    size_t length = 0;
    reading read;

    if (ndr_profile_new(&profile, NULL) != NDR_OK)
        return;
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_html(profile, NDR_HTML_ON);
    ndr_profile_set_catalog(profile, catalog);
    report = fill(profile);
    if (ndr_report_render(report, &message, &length) != NDR_OK)
        fuzz_fail(ndr_report_error_detail(report), entry);
    if (!reader_read(&read, octets_from(message, length), 0))
        fuzz_fail(read.broken, read.where);
    if (read.group_count != 4)
        fuzz_fail("the number of recipients", entry);
    reader_free(&read);
    ndr_report_free(report);
    ndr_profile_free(profile);
}

/* What was understood is written so that it is understood again. */
static void write_again(const ndr_catalog *catalog)
{
    static char first[4096];
    ndr_catalog *other;

    if (ndr_catalog_entry(catalog, 0, first, sizeof(first), NULL) != NDR_OK ||
        ndr_catalog_new(&other, NULL) != NDR_OK)
        return;
    if (ndr_catalog_add(other, first, NDR_NUL) != NDR_OK)
        fuzz_fail("an entry as it is written", octets_of(first));
    ndr_catalog_free(other);
}

/* The same octets as a file: taken, or refused with the catalog as it was. */
static void load(octets file)
{
    ndr_catalog *catalog;
    octets detail;
    int result;

    if (ndr_catalog_new(&catalog, NULL) != NDR_OK)
        return;
    result = ndr_catalog_load(catalog, "f", file.at, file.length);
    detail = octets_of(ndr_catalog_error_detail(catalog));
    if (result != NDR_OK) {
        if (result != NDR_E_TEXT && result != NDR_E_TEMPLATE &&
            !(result == NDR_E_INVALID && file.at == NULL))
            fuzz_fail("the result of ndr_catalog_load", file);
        if (file.at != NULL && !octets_begin(detail, "f:"))
            fuzz_fail("no place in ndr_catalog_error_detail", detail);
        if (ndr_catalog_entry(catalog, 0, NULL, 0, NULL) != NDR_END)
            fuzz_fail("a catalog after an error", file);
    }
    ndr_catalog_free(catalog);
}

int fuzz_catalog(const uint8_t *data, size_t size)
{
    pool memory = {NULL};
    octets entry = pool_copy(&memory, octets_from(data, size));
    octets detail;
    ndr_catalog *catalog;
    int result;

    if (ndr_catalog_new(&catalog, NULL) != NDR_OK)
        return 0;
    result = ndr_catalog_add(catalog, entry.at, entry.length);
    detail = octets_of(ndr_catalog_error_detail(catalog));
    load(entry);
    if (result == NDR_OK) {
        use(catalog, entry);
        write_again(catalog);
    } else if (result != NDR_E_TEXT && result != NDR_E_TEMPLATE)
        fuzz_fail("the result of ndr_catalog_add", entry);
    else if (!octets_begin(detail, "line ") || !octets_is_printable(detail))
        fuzz_fail("the detail of ndr_catalog_add", detail);
    if ((result == NDR_E_TEXT) != !octets_is_utf8(entry))
        fuzz_fail("NDR_E_TEXT", entry);
    ndr_catalog_free(catalog);
    pool_free(&memory);
    return 0;
}

#ifndef FUZZ_REPLAY
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_catalog(data, size);
}
#endif
