/* SPDX-License-Identifier: ISC */
/*
 * One report in the making: what options and JSON have in common. Nothing goes
 * to standard output before the report is whole.
 */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536u
/* Octets of a file, so that one without end does not take all memory. */
#define LARGEST ((size_t) 1 << 30)
/* Octets of a name that can be guessed. */
#define LONGEST_NAME 64

int cli_fail(int status, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fputs("ndr: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return status;
}

int cli_status_of(int error)
{
    switch (error) {
    case NDR_OK:
        return CLI_OK;
    case NDR_NOTHING_DUE:
        return CLI_NOTHING_DUE;
    case NDR_E_NOMEM:
        return CLI_SYSTEM;
    case NDR_E_TEMPLATE:
        return CLI_TEMPLATE;
    case NDR_E_SINK:
        return CLI_WRITE;
    default:
        return CLI_DATA;
    }
}

void cli_text_free(cli_text *text)
{
    free(text->at);
    text->at = NULL;
    text->length = 0;
}

/* Read a stream to its end. 0 for no memory. */
static int read_all(FILE *file, cli_text *text)
{
    size_t room = 0, got;

    do {
        if (text->length > LARGEST)
            return 1;
        if (room - text->length < BLOCK) {
            char *grown;

            room = room == 0 ? BLOCK : room * 2;
            grown = realloc(text->at, room);
            if (grown == NULL)
                return 0;
            text->at = grown;
        }
        got = fread(text->at + text->length, 1, room - text->length, file);
        text->length += got;
    } while (got > 0);
    return 1;
}

/* What the reading of a file came to. */
static int read_status(FILE *file, const char *name, cli_text *text)
{
    errno = 0;
    if (!read_all(file, text))
        return cli_fail(CLI_SYSTEM, "%s: out of memory", name);
    if (ferror(file))
        return cli_fail(CLI_NO_INPUT, "%s: cannot be read: %s", name,
                        strerror(errno));
    if (text->length > LARGEST)
        return cli_fail(CLI_DATA, "%s: longer than 1 GiB", name);
    return CLI_OK;
}

int cli_read_file(const char *name, cli_text *text)
{
    FILE *file = stdin;
    int status;

    text->at = NULL;
    text->length = 0;
    if (strcmp(name, "-") == 0)
        name = "standard input";
    else
        file = fopen(name, "rb");
    if (file == NULL)
        return cli_fail(errno == ENOMEM ? CLI_SYSTEM : CLI_NO_INPUT,
                        "%s: cannot be opened: %s", name, strerror(errno));
    status = read_status(file, name, text);
    if (file != stdin)
        fclose(file);
    if (status != CLI_OK)
        cli_text_free(text);
    return status;
}

static int base64_digit(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    return found == NULL ? -1 : (int) (found - digits);
}

/* Line ends do not count, as in MIME. */
int cli_decode_base64(const char *from, size_t length, cli_text *text)
{
    unsigned long group = 0;
    int bits = 0;
    size_t i;

    for (i = 0; i < length && from[i] != '='; i++) {
        int digit = base64_digit(from[i]);

        if (from[i] == '\r' || from[i] == '\n')
            continue;
        if (digit < 0)
            return 0;
        group = (group << 6 | (unsigned long) digit) & 0xFFFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            text->at[text->length++] = (char) (group >> bits & 255);
        }
    }
    while (i < length && from[i] != '\0' && strchr("=\r\n", from[i]) != NULL)
        i++;
    return i == length && bits < 6;
}

/* How many letters must be put in, taken out or changed (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST_NAME], width = strlen(b), i, j;

    if (width >= LONGEST_NAME)
        return width;
    for (j = 0; j <= width; j++)
        row[j] = j;
    for (i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (j = 0; j < width; j++) {
            size_t least = diagonal + (a[i] != b[j]);

            diagonal = row[j + 1];
            if (least > diagonal + 1)
                least = diagonal + 1;
            row[j + 1] = least > row[j] + 1 ? row[j] + 1 : least;
        }
    }
    return row[width];
}

cli_guess cli_guess_of(const char *name)
{
    cli_guess guess = {name, NULL, strlen(name) / 2 + 1};

    return guess;
}

void cli_guess_try(cli_guess *guess, const char *candidate)
{
    size_t found = distance(guess->name, candidate);

    if (found < guess->distance) {
        guess->distance = found;
        guess->nearest = candidate;
    }
}

int cli_number(const char *text, long long *number)
{
    char *end;

    if (text[0] != '-' && (text[0] < '0' || text[0] > '9'))
        return 0;
    errno = 0;
    *number = strtoll(text, &end, 10);
    return end != text && *end == '\0' && errno == 0;
}

/* The place of name in a row of names; -1 if it is not there. */
static int place_of(const char *name, const char *const *names)
{
    int i;

    for (i = 0; names[i] != NULL; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

int cli_action(const char *name)
{
    static const char *const names[] = {"failed",  "delayed",  "delivered",
                                        "relayed", "expanded", NULL};

    return place_of(name, names);
}

int cli_kind(const char *name)
{
    static const char *const names[] = {"failed", "delayed", "success", NULL};
    int place = place_of(name, names);

    return place < 0 ? -1 : 1 << place;
}

/* The notation's own words; others are as RET brings them. */
int cli_return(const char *name)
{
    int how_much;

    if (strcmp(name, "headers") == 0)
        return NDR_RETURN_HEADERS;
    if (strcmp(name, "none") == 0)
        return NDR_RETURN_NONE;
    return ndr_return_parse(name, NDR_NUL, &how_much) == NDR_OK ? how_much : -1;
}

int cli_job_begin(cli_job *job)
{
    memset(job, 0, sizeof(*job));
    if (ndr_catalog_new(&job->catalog, NULL) != NDR_OK ||
        ndr_profile_new(&job->profile, NULL) != NDR_OK)
        return cli_fail(CLI_SYSTEM, "out of memory");
    ndr_profile_set_catalog(job->profile, job->catalog);
    return CLI_OK;
}

int cli_job_begin_report(cli_job *job)
{
    if (ndr_report_new(&job->report, job->profile) != NDR_OK)
        return cli_fail(CLI_SYSTEM, "out of memory");
    return CLI_OK;
}

void cli_job_end(cli_job *job)
{
    ndr_report_free(job->report);
    ndr_profile_free(job->profile);
    ndr_catalog_free(job->catalog);
    cli_text_free(&job->original);
}

int cli_job_add_template(cli_job *job, const char *name, const char *entry,
                         size_t length)
{
    int error = ndr_catalog_load(job->catalog, name, entry, length);

    if (error == NDR_OK)
        return CLI_OK;
    if (error == NDR_E_NOMEM)
        return cli_fail(CLI_SYSTEM, "out of memory");
    return cli_fail(CLI_TEMPLATE, "%s", ndr_catalog_error_detail(job->catalog));
}

/* Which kinds are due beside the one that is written. */
static void tell_others(const cli_job *job, int written)
{
    static const char *const names[] = {"failed", "delayed", "success"};
    int due = ndr_report_actions_due(job->report), i;

    for (i = 0; i < 3; i++)
        if ((due & ~written) & 1 << i)
            cli_fail(0, "also due: %s (--mixed, or --action %s)", names[i],
                     names[i]);
}

static int choose_kind(const cli_job *job)
{
    int due = ndr_report_actions_due(job->report);
    int kind = job->kind != 0 ? job->kind : due & -due;
    int error;

    if (job->mixed)
        return ndr_report_select_actions(job->report, NDR_ACTIONS_MIXED);
    error = ndr_report_select_actions(job->report, kind);
    if (error == NDR_OK)
        tell_others(job, kind);
    return error;
}

/* What went wrong, or why nothing is due, and what to ask for instead. */
static int tell(const cli_job *job, int error)
{
    const char *detail = ndr_report_error_detail(job->report);

    cli_fail(0, "%s", detail[0] != '\0' ? detail : ndr_error_text(error));
    if (ndr_report_nothing_due(job->report) == NDR_NOTHING_OF_THIS_KIND)
        tell_others(job, 0);
    return cli_status_of(error);
}

int cli_job_render(cli_job *job, const char **message, size_t *length)
{
    size_t i;
    int error = ndr_report_prepare(job->report);

    if (error == NDR_OK)
        error = choose_kind(job);
    if (error == NDR_OK)
        error = ndr_report_render(job->report, message, length);
    if (error != NDR_OK)
        return tell(job, error);
    for (i = 0; ndr_report_notes(job->report, i) != NULL; i++)
        cli_fail(0, "note: %s", ndr_report_notes(job->report, i));
    return CLI_OK;
}

/* The postmaster wants copies of failures alone. */
static void tell_copy(const cli_job *job)
{
    int fits = job->mixed || job->kind == 0 || job->kind == NDR_ACTIONS_FAILED;

    if (!job->copy && ndr_report_copy_due(job->report))
        cli_fail(0, "also due: the postmaster's copy (--copy%s makes it)",
                 fits ? "" : " --action failed");
}

int cli_job_write(cli_job *job)
{
    const char *message;
    size_t length;
    int status;

    if (job->copy)
        ndr_report_set_copy(job->report, NDR_COPY_POSTMASTER);
    status = cli_job_render(job, &message, &length);
    tell_copy(job);
    if (status == CLI_OK && job->envelope != NULL)
        status = cli_envelope_write(job, length);
    if (status != CLI_OK)
        return status;
    fwrite(message, 1, length, stdout); /* main looks for errors */
    return CLI_OK;
}
