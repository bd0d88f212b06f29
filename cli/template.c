/* SPDX-License-Identifier: ISC */
/* ndr template: look at system messages, check files of them. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* What the arguments of show ask for. */
typedef struct question {
    const char *status, *language, *reply;
    int action, audience;
} question;

/* Entry number index of a catalog (NULL: the built-in words); NULL without
   one, or without memory. Freed by the caller. */
static char *entry_of(const ndr_catalog *catalog, size_t index)
{
    size_t need = 0;
    char *entry;

    ndr_catalog_entry(catalog, index, NULL, 0, &need);
    entry = need > 0 ? malloc(need) : NULL;
    if (entry != NULL)
        ndr_catalog_entry(catalog, index, entry, need, NULL);
    return entry;
}

/* The value of a header field of an entry, up to its line end; "" if it has
   none. */
static const char *value_of(const char *entry, const char *name)
{
    size_t length = strlen(name);
    const char *line = entry;

    while (*line != '\n' && *line != '\0') {
        if (strncmp(line, name, length) == 0 && line[length] == ':')
            return line + length + 2;
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return "";
}

static void print_value(const char *entry, const char *name, int width)
{
    const char *value = value_of(entry, name);
    int length = (int) strcspn(value, "\n");

    printf(" %-*.*s", width, length > 0 ? length : 1, length > 0 ? value : "-");
}

static void print_line(const char *entry)
{
    const char *text = strstr(entry, "\n\n");

    print_value(entry, "Status", 8);
    print_value(entry, "Language", 8);
    print_value(entry, "Audience", 9);
    print_value(entry, "Action", 9);
    printf("  %.*s\n", (int) strcspn(text + 2, "\n"), text + 2);
}

static int load(ndr_catalog *catalog, const char *name)
{
    cli_text text;
    int error, status = cli_read_file(name, &text);

    if (status != CLI_OK)
        return status;
    error = ndr_catalog_load(catalog, name, text.at, text.length);
    cli_text_free(&text);
    if (error == NDR_OK)
        return CLI_OK;
    if (error == NDR_E_NOMEM)
        return cli_fail(CLI_SYSTEM, "out of memory");
    return cli_fail(CLI_TEMPLATE, "%s", ndr_catalog_error_detail(catalog));
}

/* The arguments: options, then files. */
static int take_option(question *q, const char *name, const char *argument)
{
    if (strcmp(name, "--internal") == 0) {
        q->audience = NDR_AUDIENCE_INTERNAL;
        return CLI_OK;
    }
    if (argument == NULL)
        return cli_fail(CLI_USAGE, "%s takes an argument", name);
    if (strcmp(name, "--lang") == 0)
        q->language = argument;
    else if (strcmp(name, "--reply") == 0)
        q->reply = argument;
    else if (strcmp(name, "--action") != 0)
        return cli_fail(CLI_USAGE,
                        "no option \"%s\"; ndr template --help lists them",
                        name);
    else if ((q->action = cli_action(argument)) < 0)
        return cli_fail(CLI_USAGE,
                        "--action \"%s\": expected failed, delayed, "
                        "delivered, relayed or expanded",
                        argument);
    return CLI_OK;
}

/* Take options into q and load files into catalog; how many. */
static int take_arguments(char **argv, question *q, ndr_catalog *catalog,
                          size_t *files)
{
    int status = CLI_OK;

    *files = 0;
    for (; status == CLI_OK && *argv != NULL; argv++) {
        if (strncmp(*argv, "--", 2) != 0) {
            status = load(catalog, *argv);
            (*files)++;
            continue;
        }
        status = take_option(q, argv[0], argv[1]);
        if (strcmp(*argv, "--internal") != 0 && status == CLI_OK)
            argv++;
    }
    return status;
}

/* The entries of the files, or the built-in ones; in one language if it is
   named. */
static int list(const ndr_catalog *catalog, const question *q)
{
    size_t i, count = 0;
    char *entry;

    for (i = 0; (entry = entry_of(catalog, i)) != NULL; i++) {
        const char *language = value_of(entry, "Language");
        size_t length = strcspn(language, "\n");

        if (q->language == NULL ||
            (strncmp(language, q->language, length) == 0 &&
             q->language[length] == '\0')) {
            print_line(entry);
            count++;
        }
        free(entry);
    }
    return count > 0 ? CLI_OK : cli_fail(CLI_DATA, "no such entries");
}

static int check(const ndr_catalog *catalog, size_t files)
{
    size_t count;
    char *entry;

    if (files == 0)
        return cli_fail(CLI_USAGE, "check takes files of system messages");
    for (count = 0; (entry = entry_of(catalog, count)) != NULL; count++)
        free(entry);
    printf("%lu entries, all well formed\n", (unsigned long) count);
    return CLI_OK;
}

/* Why this entry: what its header says, and what it was held against. */
static void print_why(const char *entry, const question *q, int is_own)
{
    printf("# Chosen from %s, because\n",
           is_own ? "the files" : "the built-in words");
    printf("#   status %s fits Status", q->status);
    print_value(entry, "Status", 0);
    if (value_of(entry, "Reply-Match")[0] != '\0') {
        printf(",\n#   the reply matches Reply-Match");
        print_value(entry, "Reply-Match", 0);
    }
    if (value_of(entry, "Audience")[0] != '\0') {
        printf(",\n#   the reader is of Audience");
        print_value(entry, "Audience", 0);
    }
    if (value_of(entry, "Action")[0] != '\0') {
        printf(",\n#   the message was of Action");
        print_value(entry, "Action", 0);
    }
    printf(",\n#   and of what is asked for, %s, the nearest Language is",
           q->language != NULL ? q->language : "en");
    print_value(entry, "Language", 0);
    printf(".\n#   A match of the reply counts most, then an exact status, an "
           "audience, an action;\n#   the last entry wins a tie.\n\n");
}

static int show(const ndr_catalog *catalog, const question *q, size_t files)
{
    const ndr_catalog *from = catalog;
    size_t index;
    char *entry;
    int error = NDR_END;

    if (files > 0)
        error = ndr_catalog_find(catalog, q->status, q->action, q->audience,
                                 q->language, q->reply, &index);
    if (error == NDR_END) {
        from = NULL;
        error = ndr_catalog_find(NULL, q->status, q->action, q->audience,
                                 q->language, q->reply, &index);
    }
    if (error == NDR_E_STATUS)
        return cli_fail(CLI_USAGE, "\"%s\": expected a code like 5.1.1",
                        q->status);
    if (error != NDR_OK)
        return cli_fail(CLI_DATA, "no entry fits");
    entry = entry_of(from, index);
    if (entry == NULL)
        return cli_fail(CLI_SYSTEM, "out of memory");
    print_why(entry, q, from != NULL);
    printf("%s", entry);
    free(entry);
    return CLI_OK;
}

static int run(ndr_catalog *catalog, const char *what, char **argv)
{
    question q = {NULL, NULL, NULL, NDR_ACTION_FAILED, NDR_AUDIENCE_EXTERNAL};
    int status, is_show = strcmp(what, "show") == 0;
    size_t files;

    if (is_show) {
        q.status = *argv;
        if (q.status == NULL)
            return cli_fail(CLI_USAGE, "show takes a code");
        argv++;
        if (q.status[0] == '2')
            q.action = NDR_ACTION_DELIVERED;
    }
    status = take_arguments(argv, &q, catalog, &files);
    if (status != CLI_OK)
        return status;
    if (is_show)
        return show(catalog, &q, files);
    if (strcmp(what, "list") == 0)
        return list(files > 0 ? catalog : NULL, &q);
    if (strcmp(what, "check") == 0)
        return check(catalog, files);
    return cli_fail(CLI_USAGE, "template \"%s\": expected list, show or check",
                    what);
}

int cli_template(int argc, char **argv)
{
    ndr_catalog *catalog;
    int status;

    if (argc < 2)
        return cli_fail(CLI_USAGE, "template takes list, show or check");
    if (ndr_catalog_new(&catalog, NULL) != NDR_OK)
        return cli_fail(CLI_SYSTEM, "out of memory");
    status = run(catalog, argv[1], argv + 2);
    ndr_catalog_free(catalog);
    return status;
}
