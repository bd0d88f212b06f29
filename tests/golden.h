/* SPDX-License-Identifier: ISC */
/* Scenarios: reports whose octets are known. Plain C99. */
#ifndef NDR_TESTS_GOLDEN_H
#define NDR_TESTS_GOLDEN_H

#include <libndr/ndr.h>

/* What a scenario works on. */
typedef struct golden_stage {
    ndr_catalog *catalog;
    ndr_profile *profile;
    ndr_report *report;
    int error;        /* the first of the catalog, or of its resolver */
    const void *data; /* the scenario's own */
} golden_stage;

typedef struct golden_scenario {
    const char *name;
    void (*profile)(golden_stage *stage); /* sets catalog and profile up */
    void (*report)(golden_stage *stage);  /* puts the facts in */
    int actions;      /* for select_actions; 0: the default */
    int expected;     /* NDR_OK, or the first error, or what prepare gives */
    const void *data; /* the scenario's own; of a refusal: a text that
                         ndr_report_error_detail() has to hold */
} golden_scenario;

extern const golden_scenario golden_failures[];
extern const golden_scenario golden_kinds[];
extern const golden_scenario golden_languages[];
extern const golden_scenario golden_originals[];
extern const golden_scenario golden_policies[];
extern const golden_scenario golden_hostile[];

/* What several scenarios begin with. */
void golden_plain(golden_stage *stage); /* text alone */
void golden_html(golden_stage *stage);  /* as profiles are by default */
void golden_facts(golden_stage *stage); /* sender, date, an original */
ndr_recipient *golden_recipient(golden_stage *stage, const char *address,
                                const char *status, const char *reply);
ndr_recipient *golden_remote(golden_stage *stage, const char *address,
                             const char *host, const char *reply);

/* Add a system message; its error goes to the stage. */
void golden_entry(golden_stage *stage, const char *entry, size_t length);

/* Number of scenarios in all, one of them, the one of a name. */
size_t golden_count(void);
golden_scenario golden_find(const char *name);
golden_scenario golden_at(size_t index);

/* A stage whose report holds the scenario's facts; memory NULL: malloc. The
   first error of catalog, profile and report, or NDR_OK. */
int golden_begin(golden_stage *stage, const golden_scenario *scenario,
                 const ndr_allocator *memory);
/* The report after prepare and select_actions, in memory. */
int golden_render(golden_stage *stage, const golden_scenario *scenario,
                  const char **message, size_t *length);
void golden_end(golden_stage *stage);

/* The name of the scenario's file: in folder, ".eml" behind. */
void golden_path(char *path, size_t size, const char *folder, const char *name);
/* All of a file, to be freed; NULL if it cannot be read. */
char *golden_read(const char *path, size_t *length);

/* TAP: one line for each check. */
void golden_result(int good, const char *name, const char *what);

/* The checks of golden_checks.c, all scenarios each. */
void golden_check_stream(const golden_scenario *scenario, const char *expected,
                         size_t length);
void golden_check_memory(const golden_scenario *scenario, const char *expected,
                         size_t length);
void golden_check_reuse(const golden_scenario *scenario, const char *expected,
                        size_t length);
void golden_check_const(const golden_scenario *scenario, const char *expected,
                        size_t length);

/* Checks of golden_hostile.c, each once. */
void golden_check_delimiters(void);
void golden_check_many(void);
void golden_check_notes(void);

#endif
