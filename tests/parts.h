/* SPDX-License-Identifier: ISC */
/*
 * What the tests of reports share: a desk with one report on it, made through
 * the public interface only, and a reader that takes a finished report apart
 * without the library's help. Whatever the reader meets that no report may hold
 * (a bare line end, an overlong line, 8 bits in a part that is not labelled so,
 * a wrong escape) fails the test at hand.
 */
#ifndef NDRI_TESTS_PARTS_H
#define NDRI_TESTS_PARTS_H

#include <libndr/ndr.h>

#define PARTS_GROUPS 64 /* room for groups of fields of the status part */

/* A report taken apart: decoded, NUL-terminated, line ends as LF. "" for what
   is not there. */
typedef struct parts {
    const char *whole;
    const char *header; /* the outer one, with its last line end */
    size_t count;       /* of body parts: 2 or 3 */
    const char *text_head, *text;
    const char *user, *admin; /* the two sections of text, the title in admin */
    const char *html_head, *html;
    const char *html_text; /* without its tags, references undone */
    const char *status_head, *status;
    const char *group[PARTS_GROUPS + 1]; /* [0]: the per-message fields */
    size_t groups;                       /* of recipients */
    const char *third_head, *third;
    size_t third_length;
    struct kept *kept;
} parts;

parts *parts_take(const char *message, size_t length);
void parts_free(parts *p);

/* The unfolded value of the first field of a name, or of one more; "" if there
   is none. block is a row of fields. Case of names counts. */
const char *parts_field(parts *p, const char *block, const char *name);
/* "Name,Name": the names of a block's fields, in their order. */
const char *parts_names(parts *p, const char *block);
/* How often needle stands in text. */
size_t parts_count(const char *text, const char *needle);
/* Has text this line, from margin to end? */
int parts_has_line(const char *text, const char *line);
/* Where needle stands in text, which has to have it. */
size_t parts_place(const char *text, const char *needle);
/* length letters c and a NUL, kept until p is freed. */
char *parts_fill(parts *p, char c, size_t length);

/* A profile of mail1.example.com and a report to jane@example.com, without
   HTML, with an original and no recipient yet. */
typedef struct desk {
    ndr_profile *profile;
    ndr_report *report;
    parts *parts; /* of what was read last */
} desk;

#define DESK_DATE 1795536318 /* Tue, 24 Nov 2026 17:05:18 +0100 */
extern const char desk_original[];

void desk_open(desk *d);
void desk_close(desk *d);
/* Another report with the same beginnings; the profile stays. */
void desk_reset(desk *d);
/* A failed recipient; remote and reply may be NULL. */
ndr_recipient *desk_add(desk *d, const char *address, const char *remote,
                        const char *reply);
/* The same with another action and a status, which may be NULL. */
ndr_recipient *desk_add_action(desk *d, const char *address, int action,
                               const char *status);
/* Render, which has to go well, and take apart. Owned by the desk until it reads
   again. */
parts *desk_read(desk *d);
/* The report has failed so, and names the culprit so. */
void desk_failed(desk *d, int error, const char *detail);
/* A catalog of one entry, which has to be well formed, is used from now on. The
   caller frees it after the desk. */
ndr_catalog *desk_words(desk *d, const char *entry);

#endif
