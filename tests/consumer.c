/* SPDX-License-Identifier: ISC */
/*
 * A program as users write it: nothing but the public header and what
 * pkg-config says. Prints the report it made; fails if it is none.
 */
#ifdef LIBNDR_AMALGAMATION
#include "libndr.h"
#else
#include <libndr/ndr.h>
#include <libndr/ndr_file.h>
#endif

#include <stdio.h>
#include <string.h>

static const char original[] = "From: Jane <jane@example.com>\r\n"
                               "To: Joe <joe@contoso.com>\r\n"
                               "Subject: Lunch\r\n"
                               "Message-ID: <1@example.com>\r\n"
                               "\r\n"
                               "At noon?\r\n";

int main(void)
{
    ndr_profile *profile;
    ndr_report *report;
    ndr_recipient *joe;
    const char *message;
    size_t length;
    int error;

    ndr_profile_new(&profile, NULL);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_report_new(&report, profile);
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536312, 60);
    ndr_report_borrow_original(report, original, sizeof(original) - 1);
    joe = ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "mail.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(joe, "550 5.1.1 User unknown", NDR_NUL);
    error = ndr_report_render(report, &message, &length);
    if (error == NDR_OK && (strstr(message, "multipart/report") == NULL ||
                            strstr(message, "\nStatus: 5.1.1") == NULL ||
                            strcmp(ndr_version(), NDR_VERSION) != 0))
        error = NDR_E_INVALID;
    if (error == NDR_OK)
        error = ndr_report_write_stream(report, stdout);
    if (error != NDR_OK)
        fprintf(stderr, "%s: %s\n", ndr_error_name(error),
                ndr_report_error_detail(report));
    ndr_report_free(report);
    ndr_profile_free(profile);
    return error == NDR_OK ? 0 : 1;
}
