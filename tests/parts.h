/* SPDX-License-Identifier: ISC */
/*
 * A reader that takes a finished report apart without the library's help.
 * Whatever it meets that no report may hold (a bare line end, an overlong line,
 * 8 bits in a part that is not labelled so, a wrong escape) fails the test at
 * hand.
 */
#ifndef NDRI_TESTS_PARTS_H
#define NDRI_TESTS_PARTS_H

#include <stddef.h>

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
/* The same text, or the first line that differs fails the test. */
void parts_assert_same(const char *a, const char *b);
/* length letters c and a NUL, kept until p is freed. */
char *parts_fill(parts *p, char c, size_t length);

#endif
