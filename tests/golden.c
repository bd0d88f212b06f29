/* SPDX-License-Identifier: ISC */
/*
 * The golden suite: every scenario's octets, compared with tests/golden, and
 * what must hold of every scenario. Plain C99 with nothing but the library, so
 * that it runs wherever the library does. Prints TAP.
 *
 *     golden [FOLDER]            compare
 *     golden --update FOLDER     write the files anew; read the difference
 *     golden --list              the names
 */
#include "golden.h"

#include "golden_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number, failures;

void golden_result(int good, const char *name, const char *what)
{
    number++;
    failures += !good;
    printf("%sok %d - %s: %s\n", good ? "" : "not ", number, name, what);
}

static const golden_scenario *const groups[] = {
    golden_failures,  golden_kinds,    golden_languages,
    golden_originals, golden_policies, golden_hostile};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))

size_t golden_count(void)
{
    size_t count = case_row_count, i, j;

    for (i = 0; i < GROUPS; i++)
        for (j = 0; groups[i][j].name != NULL; j++)
            count++;
    return count;
}

static golden_scenario case_scenario(const case_row *row)
{
    golden_scenario made = {NULL, case_profile, case_report, 0, 0, NULL};

    made.name = row->name;
    made.actions = row->mixed ? NDR_ACTIONS_MIXED : 0;
    made.expected = case_expected(row->name);
    made.data = row;
    return made;
}

golden_scenario golden_at(size_t index)
{
    size_t i, j;

    for (i = 0; i < GROUPS; i++)
        for (j = 0; groups[i][j].name != NULL; j++)
            if (index-- == 0)
                return groups[i][j];
    return case_scenario(&case_rows[index]);
}

golden_scenario golden_find(const char *name)
{
    size_t i = 0;

    while (i + 1 < golden_count() && strcmp(golden_at(i).name, name) != 0)
        i++;
    return golden_at(i);
}

int golden_begin(golden_stage *stage, const golden_scenario *scenario,
                 const ndr_allocator *memory)
{
    memset(stage, 0, sizeof(*stage));
    stage->data = scenario->data;
    if (ndr_catalog_new(&stage->catalog, memory) != NDR_OK ||
        ndr_profile_new(&stage->profile, memory) != NDR_OK)
        return NDR_E_NOMEM;
    scenario->profile(stage);
    if (stage->error != NDR_OK)
        return stage->error;
    if (ndr_report_new(&stage->report, stage->profile) != NDR_OK)
        return NDR_E_NOMEM;
    scenario->report(stage);
    return ndr_report_error(stage->report);
}

int golden_render(golden_stage *stage, const golden_scenario *scenario,
                  const char **message, size_t *length)
{
    int error = ndr_report_prepare(stage->report);

    if (error == NDR_OK && scenario->actions != 0)
        error = ndr_report_select_actions(stage->report, scenario->actions);
    if (error == NDR_OK)
        error = ndr_report_render(stage->report, message, length);
    if (error == NDR_OK)
        error = stage->error; /* a resolver's */
    return error;
}

void golden_end(golden_stage *stage)
{
    ndr_report_free(stage->report);
    ndr_profile_free(stage->profile);
    ndr_catalog_free(stage->catalog);
}

void golden_path(char *path, size_t size, const char *folder, const char *name)
{
    snprintf(path, size, "%s/%s.eml", folder, name);
}

char *golden_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    size_t room = 1 << 22;
    char *all = malloc(room);

    *length = 0;
    if (file == NULL || all == NULL) {
        if (file != NULL)
            fclose(file);
        free(all);
        return NULL;
    }
    *length = fread(all, 1, room, file);
    fclose(file);
    return all;
}

/* Where two texts differ, for whoever reads the log. */
static void show_difference(const char *got, size_t got_length,
                            const char *want, size_t want_length)
{
    size_t at = 0, from;

    while (at < got_length && at < want_length && got[at] == want[at])
        at++;
    from = at > 60 ? at - 60 : 0;
    printf("# they differ at octet %lu\n# got:  ", (unsigned long) at);
    for (; from < got_length && from < at + 40; from++)
        putchar(got[from] == '\r' || got[from] == '\n' ? '|' : got[from]);
    from = at > 60 ? at - 60 : 0;
    printf("\n# want: ");
    for (; from < want_length && from < at + 40; from++)
        putchar(want[from] == '\r' || want[from] == '\n' ? '|' : want[from]);
    putchar('\n');
}

static void compare(const golden_scenario *scenario, const char *folder,
                    const char *message, size_t length)
{
    char path[1024];
    size_t want_length;
    char *want;
    int same;

    golden_path(path, sizeof(path), folder, scenario->name);
    want = golden_read(path, &want_length);
    same = want != NULL && want_length == length &&
           memcmp(want, message, length) == 0;
    golden_result(same, scenario->name, "the same octets as the file");
    if (want != NULL && !same)
        show_difference(message, length, want, want_length);
    free(want);
}

static int write_file(const golden_scenario *scenario, const char *folder,
                      const char *message, size_t length)
{
    char path[1024];
    FILE *file;

    golden_path(path, sizeof(path), folder, scenario->name);
    file = fopen(path, "wb");
    if (file == NULL)
        return 0;
    fwrite(message, 1, length, file);
    return fclose(file) == 0;
}

static int names_culprit(const golden_stage *stage,
                         const golden_scenario *scenario)
{
    const char *culprit = scenario->data;

    if (stage->error != NDR_OK)
        return strncmp(ndr_catalog_error_detail(stage->catalog),
                       "line 3: ", 8) == 0;
    if (scenario->report == case_report)
        culprit = "return path";
    return strstr(ndr_report_error_detail(stage->report), culprit) != NULL;
}

static void check_scenario(const golden_scenario *scenario, const char *folder,
                           int update)
{
    golden_stage stage;
    const char *message = NULL;
    size_t length = 0;
    int error = golden_begin(&stage, scenario, NULL);

    if (error == NDR_OK)
        error = golden_render(&stage, scenario, &message, &length);
    if (error != scenario->expected)
        printf("# %s: %s\n", ndr_error_name(error),
               ndr_report_error_detail(stage.report));
    golden_result(error == scenario->expected, scenario->name,
                  "the expected result");
    if (error < NDR_OK || error == NDR_NOTHING_DUE)
        golden_result(names_culprit(&stage, scenario), scenario->name,
                      "the detail names what was wrong");
    if (error == NDR_OK && update)
        golden_result(write_file(scenario, folder, message, length),
                      scenario->name, "written");
    else if (error == NDR_OK)
        compare(scenario, folder, message, length);
    if (!update && error == NDR_OK) {
        golden_check_stream(scenario, message, length);
        golden_check_memory(scenario, message, length);
        golden_check_reuse(scenario, message, length);
        golden_check_const(scenario, message, length);
    }
    golden_end(&stage);
}

static void list(void)
{
    size_t i;

    for (i = 0; i < golden_count(); i++)
        puts(golden_at(i).name);
}

int main(int argc, char **argv)
{
    const char *source = getenv("srcdir");
    char folder[900];
    int update = argc == 3 && strcmp(argv[1], "--update") == 0;
    size_t i;

    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        list();
        return EXIT_SUCCESS;
    }
    if (argc > 3 || (argc == 3 && !update) ||
        (argc == 2 && argv[1][0] == '-')) {
        fputs("usage: golden [--list | [--update] FOLDER]\n", stderr);
        return 2;
    }
    if (argc > 1)
        snprintf(folder, sizeof(folder), "%s", argv[argc - 1]);
    else
        snprintf(folder, sizeof(folder), "%s/tests/golden",
                 source != NULL ? source : ".");
    for (i = 0; i < golden_count(); i++) {
        golden_scenario scenario = golden_at(i);

        check_scenario(&scenario, folder, update);
    }
    if (!update) {
        golden_check_delimiters();
        golden_check_many();
        golden_check_notes();
    }
    printf("1..%d\n", number);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
