/* SPDX-License-Identifier: ISC */
/*
 * make_seeds DIRECTORY: write seeds/ of this folder anew. Seeds of fuzz_report
 * are calls in the form that builder.h and input.h tell; the others are texts.
 */
#include "seeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *open_seed(const char *directory, const char *target,
                       const char *name)
{
    char path[512];
    int length =
        snprintf(path, sizeof(path), "%s/%s/%s", directory, target, name);
    FILE *file = NULL;

    if (length > 0 && (size_t) length < sizeof(path))
        file = fopen(path, "wb");
    if (file == NULL) {
        perror(name);
        exit(EXIT_FAILURE);
    }
    return file;
}

static void put_text(FILE *file, const char *text)
{
    size_t length = strlen(text);

    if (length < 0x40)
        fputc((int) length, file);
    else
        fprintf(file, "%c%c%c", 0xF8, (int) (length >> 8), (int) length & 255);
    fputs(text, file);
}

/* A step of a report; the calls for the profile end before the first other. */
static void put_step(FILE *file, const seed_step *step, int *in_profile)
{
    size_t i;

    if (*in_profile && step->call < SEED_PROFILE) {
        fputc(0, file); /* PROFILE_DONE */
        *in_profile = 0;
    }
    fputc((int) (step->call % SEED_PROFILE), file);
    if (step->before != NULL)
        fputs(step->before, file);
    for (i = 0; i < SEED_TEXTS && step->texts[i] != NULL; i++)
        put_text(file, step->texts[i]);
    if (step->after != NULL)
        fputs(step->after, file);
}

static void put_report(const char *directory, const seed_report *seed)
{
    FILE *file = open_seed(directory, "report", seed->name);
    int in_profile = 1;
    size_t i;

    fputc((int) seed->flags, file);
    for (i = 0; seed->steps[i].call != SEED_END; i++)
        put_step(file, &seed->steps[i], &in_profile);
    if (in_profile)
        fputc(0, file);
    fclose(file);
}

static void put_plain(const char *directory, const char *target,
                      const seed_plain *seeds)
{
    for (; seeds->name != NULL; seeds++) {
        FILE *file = open_seed(directory, target, seeds->name);

        fputs(seeds->text, file);
        fclose(file);
    }
}

int main(int argc, char **argv)
{
    const seed_report *seed;

    if (argc != 2) {
        fprintf(stderr, "usage: %s DIRECTORY\n", argv[0]);
        return EXIT_FAILURE;
    }
    for (seed = report_seeds; seed->name != NULL; seed++)
        put_report(argv[1], seed);
    put_plain(argv[1], "reply", reply_seeds);
    put_plain(argv[1], "xtext", xtext_seeds);
    put_plain(argv[1], "catalog", catalog_seeds);
    put_plain(argv[1], "original", original_seeds);
    return EXIT_SUCCESS;
}
