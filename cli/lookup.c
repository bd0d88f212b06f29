/* SPDX-License-Identifier: ISC */
/* ndr code, reply and preview: look things up, see what a person will see. */
#include "cli.h"

#include <stdlib.h>
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

/* Take the text of a report without HTML: its first part. */
static int take_text(const char *message, cli_text *text)
{
    const char *part = strstr(message, "\r\n\r\n--");
    const char *body = part == NULL ? NULL : strstr(part + 4, "\r\n\r\n");
    const char *end = body == NULL ? NULL : strstr(body + 4, "\r\n--=_");

    text->length = 0;
    text->at = NULL;
    if (end == NULL)
        return cli_fail(CLI_SYSTEM, "the report has no text");
    text->at = malloc((size_t) (end - body));
    if (text->at == NULL)
        return cli_fail(CLI_SYSTEM, "out of memory");
    decode_part(part + 4, body + 4, (size_t) (end + 2 - (body + 4)), text);
    return CLI_OK;
}

/* Print with LF line ends, up to a line that begins with until (NULL: all). */
static void print_text(const cli_text *text, const char *until)
{
    const char *at = text->at;
    const char *stop = until == NULL ? NULL : strstr(at, until);

    if (stop == NULL)
        stop = text->at + text->length;
    for (; at < stop; at++)
        if (*at != '\r')
            putchar(*at);
}

/* The text of a sample report. */
static int sample_text(sample *s, cli_text *text)
{
    const char *message;
    size_t length;
    int status = fill_sample(s);

    if (status == CLI_OK)
        status = cli_job_render(&s->job, &message, &length);
    return status == CLI_OK ? take_text(message, text) : status;
}

static int take_template(sample *s, const char *name)
{
    cli_text text;
    int status = cli_read_file(name, &text);

    if (status == CLI_OK)
        status = cli_job_add_template(&s->job, name, text.at, text.length);
    cli_text_free(&text);
    return status;
}

/* One option and its argument, which is NULL after the last one. */
static int preview_option(sample *s, const char *name, const char *argument)
{
    static const char *const names[] = {"--status", "--reply", "--action",
                                        "--template"};
    size_t i;

    for (i = 0; i < 4 && strcmp(name, names[i]) != 0; i++)
        continue;
    if (i == 4)
        return cli_fail(
            CLI_USAGE, "no option \"%s\"; ndr preview --help lists them", name);
    if (argument == NULL)
        return cli_fail(CLI_USAGE, "%s takes an argument", name);
    if (i == 3)
        return take_template(s, argument);
    if (i == 0)
        s->status = argument;
    if (i == 1)
        s->reply = argument;
    if (i == 2 && (s->action = cli_action(argument)) < 0)
        return cli_fail(CLI_USAGE,
                        "--action \"%s\": expected failed, delayed, "
                        "delivered, relayed or expanded",
                        argument);
    return CLI_OK;
}

/* Without a code or a reply: an everyday one. */
static void choose_status(sample *s)
{
    if (s->status != NULL || s->reply != NULL)
        return;
    s->status = s->action == NDR_ACTION_FAILED    ? "5.1.1"
                : s->action == NDR_ACTION_DELAYED ? "4.4.1"
                                                  : "2.0.0";
}

static int preview(sample *s, char **argv)
{
    cli_text text = {NULL, 0};
    int status = begin_sample(s);

    while (status == CLI_OK && *++argv != NULL) {
        if (strcmp(*argv, "--internal") == 0) {
            ndr_profile_set_audience(s->job.profile, NDR_AUDIENCE_INTERNAL);
            continue;
        }
        status = preview_option(s, argv[0], argv[1]);
        argv++;
    }
    choose_status(s);
    if (status == CLI_OK)
        status = sample_text(s, &text);
    if (status == CLI_OK)
        print_text(&text, NULL);
    cli_text_free(&text);
    return status;
}

int cli_preview(int argc, char **argv)
{
    sample s;
    int status;

    (void) argc;
    status = preview(&s, argv);
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

/* A code, and what the sender would read. */
static int print_words(const char *code, int action)
{
    sample s;
    cli_text text = {NULL, 0};
    int status = begin_sample(&s);

    s.status = code;
    s.action = action;
    if (status == CLI_OK)
        status = sample_text(&s, &text);
    if (status == CLI_OK) {
        print_row(code);
        putchar('\n');
        print_text(&text, "\r\n------");
    }
    cli_text_free(&text);
    cli_job_end(&s.job);
    return status;
}

/* A number of a code: 0 to 999, no zeros before it. Returns its digits, or 0.
 */
static size_t number_length(const char *at)
{
    size_t length = strspn(at, "0123456789");

    return length > 3 || (length > 1 && at[0] == '0') ? 0 : length;
}

/* X, 2, 4 or 5, and two numbers. */
static int is_code(const char *code)
{
    size_t subject, detail;

    if (code[0] == '\0' || strchr("X245", code[0]) == NULL || code[1] != '.')
        return 0;
    subject = number_length(code + 2);
    if (subject == 0 || code[2 + subject] != '.')
        return 0;
    detail = number_length(code + 3 + subject);
    return detail > 0 && code[3 + subject + detail] == '\0';
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
    code = argv[1];
    if (!is_code(code))
        return cli_fail(CLI_USAGE,
                        "\"%s\": expected a code like 5.1.1, or X.1.1 for "
                        "every class",
                        code);
    if (code[0] != 'X')
        return print_words(code, code[0] == '2' ? NDR_ACTION_DELIVERED
                                                : NDR_ACTION_FAILED);
    print_row(code);
    return CLI_OK;
}

/* Octets that could do something to a terminal as \xHH. */
static void print_visible(const char *at, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (at[i] >= ' ' && at[i] <= '~')
            putchar(at[i]);
        else
            printf("\\x%02X", (unsigned) (unsigned char) at[i]);
}

/* Each line of a reply without its codes. */
static void print_reply_words(const char *at)
{
    const char *label = "words";
    int code;

    while (*at != '\0') {
        size_t length = strcspn(at, "\r\n"), text = 0;

        ndr_reply_parse(at, length, &code, NULL, &text);
        printf("%-21s ", label);
        print_visible(at + text, length - text);
        putchar('\n');
        label = "";
        at += length;
        at += strspn(at, "\r\n");
    }
}

int cli_reply(int argc, char **argv)
{
    int code, result;
    char status[12];
    const char *name;

    if (argc != 2)
        return cli_fail(CLI_USAGE,
                        "reply takes one reply: ndr reply '550 5.1.1 No'");
    result = ndr_reply_parse(argv[1], NDR_NUL, &code, status, NULL);
    if (code != 0)
        printf("reply code            %d\n", code);
    else
        printf("reply code            none\n");
    printf("enhanced status code  %s\n", status[0] != '\0' ? status : "none");
    if (status[0] != '\0') {
        name = ndr_status_describe(status, NDR_STATUS_NAME);
        printf("which means           %s\n",
               name != NULL ? name : "(not registered)");
    }
    printf("a whole SMTP reply    %s\n", result == NDR_OK ? "yes" : "no");
    print_reply_words(argv[1]);
    return CLI_OK;
}
