/* SPDX-License-Identifier: ISC */
/* ndr: the command line of libndr. */
#include "cli.h"

#include <string.h>

static int show_help(int argc, char **argv);

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} commands[] = {
    {"build", cli_build, "write a report; build --help lists its options"},
    {"preview", cli_preview,
     "[--text|--html] [--lang LIST] [--status CODE] [--action ACTION]\n"
     "           [--reply TEXT] [--template FILE] [--internal]: what a person "
     "will see"},
    {"template", cli_template,
     "list [--lang TAG] [FILE...]: system messages, the built-in ones without "
     "files\n"
     "           check FILE...: are these files well formed?\n"
     "           show CODE [--lang TAG] [--action ACTION] [--reply TEXT] "
     "[--internal]\n"
     "           [FILE...]: the entry that would speak, and why"},
    {"code", cli_code, "[CODE]: what an enhanced status code is; all of them"},
    {"reply", cli_reply, "TEXT: an SMTP reply taken apart"},
    {"help", show_help, "[COMMAND]: what it takes; json: the keys of FILE"},
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
            "  ndr build --json FILE [--envelope FILE] > REPORT\n\n"
            "Exit status: 0 written, 10 nothing is due, 64 usage, 65 refused "
            "input,\n66 no such file, 71 system, 74 write error, 78 bad "
            "template.\n");
}

static const struct command *find_command(const char *name)
{
    size_t i;

    for (i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

static int help_command(const struct command *command)
{
    if (command->run == cli_build)
        cli_build_help(stdout);
    else
        printf("usage: ndr %s %s\n", command->name, command->help);
    return CLI_OK;
}

static int no_command(const char *name)
{
    cli_guess guess = cli_guess_of(name);
    size_t i;

    for (i = 0; i < COMMANDS; i++)
        cli_guess_try(&guess, commands[i].name);
    if (guess.nearest == NULL)
        return cli_fail(CLI_USAGE, "no command \"%s\"; ndr --help lists them",
                        name);
    return cli_fail(CLI_USAGE, "no command \"%s\"; did you mean %s?", name,
                    guess.nearest);
}

static int show_help(int argc, char **argv)
{
    const struct command *command;

    if (argc > 2)
        return cli_fail(CLI_USAGE, "help takes one command, or none");
    if (argc < 2) {
        help(stdout);
        return CLI_OK;
    }
    if (strcmp(argv[1], "json") == 0) {
        cli_json_help(stdout);
        return CLI_OK;
    }
    command = find_command(argv[1]);
    return command != NULL ? help_command(command) : no_command(argv[1]);
}

static int run(int argc, char **argv)
{
    const struct command *command;

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
    command = find_command(argv[1]);
    if (command == NULL)
        return no_command(argv[1]);
    if (argc > 2 && strcmp(argv[2], "--help") == 0)
        return help_command(command);
    return command->run(argc - 1, argv + 1);
}

/* Some file systems tell only when a file is closed that it is not written. */
int main(int argc, char **argv)
{
    int status = run(argc, argv);
    int is_bad = ferror(stdout);

    if (fclose(stdout) != 0)
        is_bad = 1;
    if (is_bad && status == CLI_OK)
        return cli_fail(CLI_WRITE, "standard output cannot be written");
    return status;
}
