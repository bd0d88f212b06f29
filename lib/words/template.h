/* SPDX-License-Identifier: ISC */
/*
 * System-message texts: parsed once, into a string in which markup has become
 * operation codes; expanded in one pass by prose, which never looks at a value
 * again.
 *
 * Compiled form: UTF-8 in which octets below 0x20 are operations. Everything
 * else is text that is printed as it is (escapes are already undone).
 */
#ifndef NDRI_WORDS_TEMPLATE_H
#define NDRI_WORDS_TEMPLATE_H

#include "base/buf.h"
#include "base/text.h"
#include "words/operation.h"

/* Placeholders, in the order of their names in ndri_placeholder_names. */
enum ndri_placeholder {
    NDRI_PH_RECIPIENT,
    NDRI_PH_RECIPIENT_LOCAL,
    NDRI_PH_RECIPIENT_DOMAIN,
    NDRI_PH_STATUS,
    NDRI_PH_ACTION,
    NDRI_PH_REPLY,
    NDRI_PH_REMOTE_SERVER,
    NDRI_PH_GENERATING_SERVER,
    NDRI_PH_SENDER,
    NDRI_PH_SUBJECT,
    NDRI_PH_DATE,
    NDRI_PH_MESSAGE_ID,
    NDRI_PH_RETRY_UNTIL,
    NDRI_PH_TIME_LEFT,
    NDRI_PH_POSTMASTER,
    NDRI_PH_HOPS,
    NDRI_PH_SIZE,
    NDRI_PH_FROM,
    NDRI_PH_COUNT
};

extern const char *const ndri_placeholder_names[NDRI_PH_COUNT];

/* Where and why a text could not be compiled. */
typedef struct ndri_template_fault {
    unsigned line;        /* of the text, from 1 */
    const char *expected; /* static words */
} ndri_template_fault;

/*
 * Compile source (valid UTF-8, LF or CRLF or CR) and append the result to out,
 * without a NUL. 1 if it was well formed; 0 with *fault set otherwise.
 */
int ndri_template_compile(ndri_span source, ndri_buf *out,
                          ndri_template_fault *fault);

/* The same for one line, such as a subject: a number at its beginning makes no
   step. */
int ndri_template_compile_inline(ndri_span source, ndri_buf *out,
                                 ndri_template_fault *fault);

/* The same for plain text: no tags, placeholders, steps; an empty line parts
   paragraphs. Cannot fail. */
void ndri_template_compile_plain(ndri_span source, ndri_buf *out);

/* Bit 1 << placeholder for each one that a compiled text names, in conditions
   too. */
uint32_t ndri_template_uses(ndri_span compiled);

/* The same for those alone whose value it shows. */
uint32_t ndri_template_values(ndri_span compiled);

/* Does it hold a word that could make a line of plain text too long, with
   values of up to 78 octets in it? */
int ndri_template_has_wide_word(ndri_span compiled);

#endif
