/* SPDX-License-Identifier: ISC */
/* ndr code, reply and preview: look things up, see what a person will see. */
#include "cli.h"

#include <string.h>

/* A sample report with one recipient. */
typedef struct sample {
    cli_job job;
    const char *status, *reply;
    int action;
} sample;

static int begin_sample(sample *s)
{
    memset(s, 0, sizeof(*s));
    return cli_job_begin(&s->job);
}

/* Fill the report with a recipient whose server refused. */
static int fill_sample(sample *s)
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
    ndr_profile_set_html(job->profile, NDR_HTML_OFF);
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

/* Print a part, quoted-printable undone, LF line ends. */
static void print_decoded(const char *at, const char *end, int is_qp)
{
    for (; at < end; at++) {
        if (*at == '\r')
            continue;
        if (is_qp && *at == '=' && at[1] == '\r') {
            at += 2;
        } else if (is_qp && *at == '=') {
            putchar(hex(at[1]) * 16 + hex(at[2]));
            at += 2;
        } else {
            putchar(*at);
        }
    }
}

/* The text of a report without HTML: its first part, up to a line that begins
   with until (NULL: all of it). */
static void print_text(const char *message, const char *until)
{
    const char *part = strstr(message, "\r\n\r\n--") + 4;
    const char *text = strstr(part, "\r\n\r\n") + 4;
    const char *end = strstr(text, "\r\n\r\n--=_");
    const char *encoding = strstr(part, "quoted-printable");
    const char *stop = until == NULL ? NULL : strstr(text, until);

    print_decoded(text, stop != NULL && stop < end ? stop : end + 2,
                  encoding != NULL && encoding < text);
}

static int preview_option(sample *s, const char *name, const char *argument)
{
    cli_text text;
    int status = CLI_OK;

    if (strcmp(name, "--status") == 0)
        s->status = argument;
    else if (strcmp(name, "--reply") == 0)
        s->reply = argument;
    else if (strcmp(name, "--action") == 0)
        s->action = cli_action(argument);
    else if (strcmp(name, "--template") == 0) {
        status = cli_read_file(argument, &text);
        if (status == CLI_OK)
            status =
                cli_job_add_template(&s->job, argument, text.at, text.length);
        cli_text_free(&text);
    } else {
        return cli_fail(CLI_USAGE, "no option \"%s\"; ndr --help lists them",
                        name);
    }
    if (s->action < 0)
        return cli_fail(CLI_USAGE, "\"%s\": no action", argument);
    return status;
}

static int preview(sample *s, int argc, char **argv)
{
    const char *message;
    size_t length;
    int i, status = begin_sample(s);

    for (i = 1; i < argc && status == CLI_OK; i++) {
        if (strcmp(argv[i], "--internal") == 0)
            ndr_profile_set_audience(s->job.profile, NDR_AUDIENCE_INTERNAL);
        else if (i + 1 == argc)
            status = cli_fail(CLI_USAGE, "%s takes an argument", argv[i]);
        else {
            status = preview_option(s, argv[i], argv[i + 1]);
            i++;
        }
    }
    if (s->status == NULL && s->reply == NULL)
        s->status = s->action == NDR_ACTION_FAILED    ? "5.1.1"
                    : s->action == NDR_ACTION_DELAYED ? "4.4.1"
                                                      : "2.0.0";
    if (status == CLI_OK)
        status = fill_sample(s);
    if (status == CLI_OK)
        status = cli_job_render(&s->job, &message, &length);
    if (status == CLI_OK)
        print_text(message, NULL);
    return status;
}

int cli_preview(int argc, char **argv)
{
    sample s;
    int status = preview(&s, argc, argv);

    cli_job_end(&s.job);
    return status;
}

static void print_row(const char *code)
{
    const char *name = ndr_status_describe(code, NDR_STATUS_NAME);
    const char *exchange = ndr_status_describe(code, NDR_STATUS_EXCHANGE_NAME);

    printf("%-9s %s\n", code, name != NULL ? name : "(not registered)");
    if (exchange != NULL && (name == NULL || strcmp(name, exchange) != 0))
        printf("%-9s Exchange: %s\n", "", exchange);
}

/* What the sender would read. */
static int print_words(const char *code, int action)
{
    sample s;
    const char *message;
    size_t length;
    int status = begin_sample(&s);

    s.status = code;
    s.action = action;
    if (status == CLI_OK)
        status = fill_sample(&s);
    if (status == CLI_OK)
        status = cli_job_render(&s.job, &message, &length);
    if (status == CLI_OK)
        print_text(message, "\r\n------");
    cli_job_end(&s.job);
    return status;
}

int cli_code(int argc, char **argv)
{
    const char *code;
    size_t i;

    if (argc > 2)
        return cli_fail(CLI_USAGE, "code takes one code, or none for all");
    if (argc < 2) {
        for (i = 0; (code = ndr_status_next(i)) != NULL; i++)
            print_row(code);
        return CLI_OK;
    }
    print_row(argv[1]);
    if (argv[1][0] == '\0' || strchr("245", argv[1][0]) == NULL)
        return CLI_OK;
    putchar('\n');
    return print_words(argv[1], argv[1][0] == '2' ? NDR_ACTION_DELIVERED
                                                  : NDR_ACTION_FAILED);
}

int cli_reply(int argc, char **argv)
{
    int code, result;
    char status[12];
    size_t text;

    if (argc != 2)
        return cli_fail(CLI_USAGE, "reply takes one reply");
    result = ndr_reply_parse(argv[1], NDR_NUL, &code, status, &text);
    if (code != 0)
        printf("reply code            %d\n", code);
    else
        printf("reply code            none\n");
    printf("enhanced status code  %s\n", status[0] != '\0' ? status : "none");
    if (status[0] != '\0') {
        const char *name = ndr_status_describe(status, NDR_STATUS_NAME);

        printf("which means           %s\n",
               name != NULL ? name : "(not registered)");
    }
    printf("a whole SMTP reply    %s\n", result == NDR_OK ? "yes" : "no");
    printf("words                 %s\n", argv[1] + text);
    return CLI_OK;
}
