/* SPDX-License-Identifier: ISC */
/* A sample report: its facts, and the way back from its encodings. */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

int cli_sample_begin(cli_sample *s)
{
    memset(s, 0, sizeof(*s));
    return cli_job_begin(&s->job);
}

/* Fill the report with a recipient whose server refused. */
static int fill_sample(cli_sample *s)
{
    static const char original[] = "From: Jane Doe <jane@example.com>\r\n"
                                   "To: Joe Bloggs <joe.bloggs@contoso.com>\r\n"
                                   "Subject: Spring planning\r\n"
                                   "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"
                                   "Message-ID: <77@desk7.example.com>\r\n\r\n";
    cli_job *job = &s->job;
    int status;

    ndr_profile_set_generating_server(job->profile, "mail1.example.com",
                                      NDR_NUL);
    ndr_profile_set_html(job->profile, s->html ? NDR_HTML_ON : NDR_HTML_OFF);
    status = cli_job_begin_report(job);
    if (status != CLI_OK)
        return status;
    ndr_report_set_sender(job->report, "jane@example.com", NDR_NUL);
    ndr_report_set_date(job->report, 1795550712, 60);
    ndr_report_set_transport(job->report, NDR_TRANSPORT_SMTPUTF8);
    ndr_report_borrow_original(job->report, original, sizeof(original) - 1);
    job->recipient = ndr_report_add_recipient(
        job->report, "joe.bloggs@contoso.com", NDR_NUL);
    ndr_recipient_set_action(job->recipient, s->action);
    ndr_recipient_set_notify(job->recipient, NDR_NOTIFY_SUCCESS |
                                                 NDR_NOTIFY_FAILURE |
                                                 NDR_NOTIFY_DELAY);
    if (s->status != NULL)
        ndr_recipient_set_status(job->recipient, s->status, NDR_NUL);
    if (s->reply != NULL) {
        ndr_recipient_set_reply(job->recipient, s->reply, NDR_NUL);
        ndr_recipient_set_remote_server(job->recipient, "mail.contoso.com",
                                        NDR_NUL, NULL, 0);
    }
    if (s->action == NDR_ACTION_DELAYED)
        ndr_recipient_set_retry_until(job->recipient, 1795709112, 60);
    return CLI_OK;
}

static int hex(char c)
{
    return c >= 'A' ? c - 'A' + 10 : c - '0';
}

/* Quoted-printable as the library writes it: nothing in it is broken. */
static void decode_quoted(const char *from, size_t length, cli_text *to)
{
    const char *end = from + length;

    for (; from < end; from++) {
        if (*from != '=' || end - from < 3) {
            to->at[to->length++] = *from;
            continue;
        }
        if (from[1] != '\r')
            to->at[to->length++] = (char) (hex(from[1]) * 16 + hex(from[2]));
        from += 2;
    }
}

/* Undo the encoding of a part, whose header begins at part, into a text that
   has room. */
static void decode_part(const char *part, const char *body, size_t length,
                        cli_text *to)
{
    static const char name[] = "\r\nContent-Transfer-Encoding: ";
    const char *encoding = strstr(part, name);

    if (encoding == NULL || encoding > body)
        encoding = "";
    else
        encoding += sizeof(name) - 1;
    if (strncmp(encoding, "base64", 6) == 0)
        cli_decode_base64(body, length, to);
    else if (strncmp(encoding, "quoted-printable", 16) == 0)
        decode_quoted(body, length, to);
    else {
        memcpy(to->at, body, length);
        to->length = length;
    }
    to->at[to->length] = '\0';
}

/* Take the part of a type, which the library writes once. */
static int take_part(const char *message, const char *type, cli_text *text)
{
    const char *part = strstr(message, type);
    const char *body = part == NULL ? NULL : strstr(part, "\r\n\r\n");
    const char *end = body == NULL ? NULL : strstr(body + 4, "\r\n--=_");

    text->length = 0;
    text->at = NULL;
    if (end == NULL)
        return cli_fail(CLI_SYSTEM, "the report has no such part");
    text->at = malloc((size_t) (end - body));
    if (text->at == NULL)
        return cli_fail(CLI_SYSTEM, "out of memory");
    decode_part(part, body + 4, (size_t) (end + 2 - (body + 4)), text);
    return CLI_OK;
}

void cli_print_text(const cli_text *text, const char *until)
{
    const char *at = text->at;
    const char *stop = until == NULL ? NULL : strstr(at, until);

    if (stop == NULL)
        stop = text->at + text->length;
    for (; at < stop; at++)
        if (*at != '\r')
            putchar(*at);
}

int cli_sample_take(cli_sample *s, cli_text *text)
{
    const char *message;
    size_t length;
    int status = fill_sample(s);

    if (status == CLI_OK)
        status = cli_job_render(&s->job, &message, &length);
    if (status != CLI_OK)
        return status;
    return take_part(message,
                     s->html ? "\r\nContent-Type: text/html"
                             : "\r\nContent-Type: text/plain",
                     text);
}
