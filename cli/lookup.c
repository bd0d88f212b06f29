/* SPDX-License-Identifier: ISC */
/* ndr code and reply: look things up. */
#include "sample.h"

#include <string.h>

static void print_row(const char *code)
{
    const char *name = ndr_status_describe(code, NDR_STATUS_NAME);
    const char *exchange = ndr_status_describe(code, NDR_STATUS_EXCHANGE_NAME);

    printf("%-9s %s\n", code, name != NULL ? name : "(not registered)");
    if (exchange != NULL && (name == NULL || strcmp(name, exchange) != 0))
        printf("%-9s Exchange: %s\n", "", exchange);
}

/* What an administrator can do. */
static void print_note(const char *code, int action)
{
    static const char name[] = "\nAdmin-Note: ";
    char entry[8192];
    const char *note;
    size_t index;

    if (ndr_catalog_find(NULL, code, action, NDR_AUDIENCE_EXTERNAL, NULL, NULL,
                         &index) != NDR_OK)
        return;
    ndr_catalog_entry(NULL, index, entry, sizeof(entry), NULL);
    note = strstr(entry, name);
    if (note == NULL)
        return;
    note += sizeof(name) - 1;
    printf("\nFor administrators: %.*s\n", (int) strcspn(note, "\n"), note);
}

/* A code, and what the sender would read. */
static int print_words(const char *code, int action)
{
    cli_sample s;
    cli_text text = {NULL, 0};
    int status = cli_sample_begin(&s);

    s.status = code;
    s.action = action;
    if (status == CLI_OK)
        status = cli_sample_take(&s, &text);
    if (status == CLI_OK) {
        print_row(code);
        putchar('\n');
        cli_print_text(&text, "\r\n------");
        print_note(code, action);
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
