/* SPDX-License-Identifier: ISC */
/* ndr: the command line of libndr. */
#include "cli.h"

#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} commands[] = {
    {"build", cli_build, "write a report; build --help lists its options"},
    {"preview", cli_preview,
     "[--status CODE] [--action ACTION] [--reply TEXT]\n"
     "           [--template FILE] [--internal]: what a person will see"},
    {"code", cli_code, "[CODE]: what an enhanced status code is; all of them"},
    {"reply", cli_reply, "TEXT: an SMTP reply taken apart"},
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void help(FILE *to)
{
    size_t i;

    fprintf(to, "usage: ndr COMMAND ...\n\n");
    for (i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-8s %s\n", commands[i].name, commands[i].help);
    fprintf(to,
            "\n  ndr build [OPTIONS] < ORIGINAL > REPORT\n"
            "  ndr build --json FILE > REPORT\n\n"
            "Exit status: 0 written, 10 nothing is due, 64 usage, 65 refused "
            "input,\n66 no such file, 71 system, 74 write error, 78 bad "
            "template.\n");
}

int main(int argc, char **argv)
{
    size_t i;

    if (argc < 2) {
        help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0) {
        help(stdout);
        return CLI_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("ndr %s\n", ndr_version());
        return CLI_OK;
    }
    for (i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return cli_fail(CLI_USAGE, "no command \"%s\"; ndr --help lists them",
                    argv[1]);
}
