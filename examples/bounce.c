/* SPDX-License-Identifier: ISC */
/*
 * bounce ORIGINAL REPLY: a remote server has refused a message; write the
 * report that tells its sender. ORIGINAL holds the message, REPLY the SMTP
 * reply.
 */
#include <libndr/ndr_file.h>

#include <stdlib.h>

/* All of a file, at most size octets of it; how many, or exit. */
static size_t slurp(const char *name, char *buffer, size_t size)
{
    FILE *file = fopen(name, "rb");
    size_t length;

    if (file == NULL) {
        perror(name);
        exit(EXIT_FAILURE);
    }
    length = fread(buffer, 1, size, file);
    fclose(file);
    return length;
}

int main(int argc, char **argv)
{
    static char original[65536], reply[4096];
    size_t original_length, reply_length, i;
    ndr_profile *profile;
    ndr_report *report;
    ndr_recipient *joe;
    int error;

    if (argc != 3) {
        fprintf(stderr, "usage: %s ORIGINAL REPLY\n", argv[0]);
        return EXIT_FAILURE;
    }
    original_length = slurp(argv[1], original, sizeof(original));
    reply_length = slurp(argv[2], reply, sizeof(reply));

    /* once for each server */
    ndr_profile_new(&profile, NULL);
    ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
    ndr_profile_set_html(profile, NDR_HTML_OFF); /* to be read on a terminal */

    /* once for each message that failed */
    ndr_report_new(&report, profile);
    ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(report, 1795536318, 60);
    ndr_report_set_seed(report, "4d3F7c0z2Wz1xq", NDR_NUL); /* queue id */
    ndr_report_borrow_original(report, original, original_length);

    /* once for each recipient that failed */
    joe = ndr_report_add_recipient(report, "joe.bloggs@contoso.com", NDR_NUL);
    ndr_recipient_set_remote_server(joe, "mail.contoso.com", NDR_NUL, NULL, 0);
    ndr_recipient_set_reply(joe, reply, reply_length);

    /* all errors so far are here */
    error = ndr_report_write_stream(report, stdout);
    if (error == NDR_OK)
        fprintf(stderr, "MAIL FROM:<> RCPT TO:<%s>\n",
                ndr_report_envelope_recipient(report));
    else
        fprintf(stderr, "%s: %s\n", ndr_error_name(error),
                ndr_report_error_detail(report));
    for (i = 0; ndr_report_notes(report, i) != NULL; i++)
        fprintf(stderr, "note: %s\n", ndr_report_notes(report, i));

    ndr_report_free(report);
    ndr_profile_free(profile);
    return error == NDR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
