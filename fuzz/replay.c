/* SPDX-License-Identifier: ISC */
/*
 * replay [TOP]: each file of seeds/ and repro/ once through its target, without
 * libFuzzer. TOP is the source tree, else $srcdir, else the working directory;
 * its fuzz/files.txt lists the files. Prints TAP.
 */
#include "fail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME 256
#define LONGEST_PATH 1024

typedef struct target {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
} target;

static const target targets[] = {
    {"report", fuzz_report},     {"reply", fuzz_reply},
    {"xtext", fuzz_xtext},       {"catalog", fuzz_catalog},
    {"original", fuzz_original}, {NULL, NULL}};

/* Join with slashes; 0 if that does not fit. */
static int join(char *path, const char *top, const char *name)
{
    int length = snprintf(path, LONGEST_PATH, "%s/fuzz/%s", top, name);

    return length > 0 && length < LONGEST_PATH;
}

/* All of a file. 0 if it cannot be read. */
static int slurp(const char *path, store *content)
{
    FILE *file = fopen(path, "rb");
    char block[4096];
    size_t got;
    int good;

    store_clear(content);
    if (file == NULL)
        return 0;
    while ((got = fread(block, 1, sizeof(block), file)) > 0)
        store_add(content, octets_from(block, got));
    good = !ferror(file);
    fclose(file);
    return good;
}

/* The target that a name "seeds/report/x" is for. */
static const target *find_target(const char *name)
{
    const char *folder = strchr(name, '/');
    const target *found;

    for (found = targets; folder != NULL && found->name != NULL; found++) {
        size_t length = strlen(found->name);

        if (strncmp(folder + 1, found->name, length) == 0 &&
            folder[1 + length] == '/')
            return found;
    }
    return NULL;
}

/* 1: the file went through its target. */
static int run(const char *top, const char *name)
{
    static store content; /* outlives a rule that was broken */
    const target *found = find_target(name);
    char path[LONGEST_PATH];

    if (found == NULL || !join(path, top, name) || !slurp(path, &content))
        return 0;
    if (setjmp(fuzz_escape) != 0)
        return 0;
    found->run((const uint8_t *) content.at, content.used);
    return 1;
}

/* The next name of the list. 0 at the end. */
static int next_name(octets *list, char *name)
{
    size_t end = octets_find_byte(*list, 0, '\n');
    octets line = octets_slice(*list, 0, end);

    *list = octets_slice(*list, end + 1, list->length);
    if (line.length > 0 && line.at[line.length - 1] == '\r')
        line.length--;
    if (line.length == 0 || line.length >= LONGEST_NAME)
        return 0;
    memcpy(name, line.at, line.length);
    name[line.length] = '\0';
    return 1;
}

static int run_all(const char *top, octets list)
{
    char name[LONGEST_NAME];
    octets rest = list;
    unsigned count = 0, failed = 0;

    while (next_name(&rest, name))
        count++;
    printf("1..%u\n", count);
    count = 0;
    while (next_name(&list, name)) {
        int good = run(top, name);
        const char *shown = strchr(name, '/');

        failed += !good;
        printf("%s %u - %s%s\n", good ? "ok" : "not ok", ++count,
               shown == NULL ? name : shown + 1,
               strncmp(name, "repro/", 6) == 0 ? " (repro)" : "");
        fflush(stdout);
    }
    return failed > 0 || count == 0;
}

int main(int argc, char **argv)
{
    const char *top = argc > 1 ? argv[1] : getenv("srcdir");
    char path[LONGEST_PATH];
    store list = {NULL, 0, 0};
    int failed;

    if (top == NULL)
        top = ".";
    if (!join(path, top, "files.txt") || !slurp(path, &list)) {
        printf("Bail out! no fuzz/files.txt in %s\n", top);
        return EXIT_FAILURE;
    }
    failed = run_all(top, store_octets(&list));
    store_free(&list);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
