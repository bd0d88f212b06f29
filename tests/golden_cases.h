/* SPDX-License-Identifier: ISC */
/* The acceptance cases as tables of calls. */
#ifndef NDR_TESTS_GOLDEN_CASES_H
#define NDR_TESTS_GOLDEN_CASES_H

#include <stddef.h>
#include <stdint.h>

enum case_kind {
    CALL_SERVER,
    CALL_HTML,
    CALL_DROP,
    CALL_MAX_HEADER,
    CALL_TEMPLATE,
    CALL_TZ,
    CALL_SENDER,
    CALL_DATE,
    CALL_SUBJECT,
    CALL_ENVID,
    CALL_ARRIVAL,
    CALL_RETURN,
    CALL_TRANSPORT,
    CALL_ORIGINAL,
    CALL_RECIPIENT,
    CALL_ORCPT,
    CALL_STATUS,
    CALL_REMOTE,
    CALL_ACTION,
    CALL_RESPONSE,
    CALL_LAST_ATTEMPT,
    CALL_RETRY_UNTIL,
    CALL_HIDDEN
};

typedef struct case_call {
    int kind;
    const unsigned char *a;
    size_t a_length;
    const unsigned char *b;
    size_t b_length;
    int64_t number;
} case_call;

typedef struct case_row {
    const char *name;
    const case_call *profile;
    size_t profile_count;
    const case_call *report;
    size_t report_count;
    int mixed;
} case_row;

extern const case_row case_rows[];
extern const size_t case_row_count;

struct golden_stage;

/* stage->data is a case_row. */
void case_profile(struct golden_stage *stage);
void case_report(struct golden_stage *stage);
/* The same, the calls about each recipient in reverse order. */
void case_report_backwards(struct golden_stage *stage);
/* What prepare, or a setter before it, gives. */
int case_expected(const char *name);

#endif
