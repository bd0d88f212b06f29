/* SPDX-License-Identifier: ISC */
/* ndr preview: see what a person will see. */
#include "sample.h"

#include <string.h>

static int take_template(cli_sample *s, const char *name)
{
    cli_text text;
    int status = cli_read_file(name, &text);

    if (status == CLI_OK)
        status = cli_job_add_template(&s->job, name, text.at, text.length);
    cli_text_free(&text);
    return status;
}

/* One option and its argument, which is NULL after the last one. */
static int preview_option(cli_sample *s, const char *name, const char *argument)
{
    static const char *const names[] = {"--status", "--reply", "--action",
                                        "--template", "--lang"};
    size_t i;

    for (i = 0; i < 5 && strcmp(name, names[i]) != 0; i++)
        continue;
    if (i == 5)
        return cli_fail(
            CLI_USAGE, "no option \"%s\"; ndr preview --help lists them", name);
    if (argument == NULL)
        return cli_fail(CLI_USAGE, "%s takes an argument", name);
    if (i == 3)
        return take_template(s, argument);
    if (i == 4)
        ndr_profile_set_language(s->job.profile, argument, NDR_NUL);
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
static void choose_status(cli_sample *s)
{
    if (s->status != NULL || s->reply != NULL)
        return;
    s->status = s->action == NDR_ACTION_FAILED    ? "5.1.1"
                : s->action == NDR_ACTION_DELAYED ? "4.4.1"
                                                  : "2.0.0";
}

/* An option that takes no argument; 0 if it is none. */
static int preview_flag(cli_sample *s, const char *name)
{
    if (strcmp(name, "--internal") == 0)
        ndr_profile_set_audience(s->job.profile, NDR_AUDIENCE_INTERNAL);
    else if (strcmp(name, "--html") == 0 || strcmp(name, "--text") == 0)
        s->html = name[2] == 'h';
    else
        return 0;
    return 1;
}

static int preview(cli_sample *s, char **argv)
{
    cli_text text = {NULL, 0};
    int status = cli_sample_begin(s);

    while (status == CLI_OK && *++argv != NULL) {
        if (preview_flag(s, *argv))
            continue;
        status = preview_option(s, argv[0], argv[1]);
        argv++;
    }
    choose_status(s);
    if (status == CLI_OK)
        status = cli_sample_take(s, &text);
    if (status == CLI_OK)
        cli_print_text(&text, NULL);
    cli_text_free(&text);
    return status;
}

int cli_preview(int argc, char **argv)
{
    cli_sample s;
    int status;

    (void) argc;
    status = preview(&s, argv);
    cli_job_end(&s.job);
    return status;
}
