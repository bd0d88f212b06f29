/* SPDX-License-Identifier: ISC */
/*
 * What a person reads, as a row of blocks. Whoever writes prose opens blocks,
 * puts text and values into them and closes them; a printer turns that into
 * plain text or HTML. So the two cannot disagree.
 */
#ifndef NDRI_WORDS_PROSE_H
#define NDRI_WORDS_PROSE_H

#include "base/buf.h"
#include "words/template.h"

enum ndri_block {
    NDRI_BLOCK_DOCUMENT,
    NDRI_BLOCK_ORGANISATION, /* whose server writes */
    NDRI_BLOCK_LANGUAGE, /* the user section in one language of several; holds
                            all up to NOTE */
    NDRI_BLOCK_LANGUAGE_TITLE,
    NDRI_BLOCK_HEADING,
    NDRI_BLOCK_FACTS,   /* holds FACT */
    NDRI_BLOCK_FACT,    /* a label and its value */
    NDRI_BLOCK_GROUP,   /* recipients that share a reason, and the reason */
    NDRI_BLOCK_ADDRESS, /* one of them */
    NDRI_BLOCK_REASON,  /* holds PARAGRAPH, MOVE, STEPS */
    NDRI_BLOCK_PARAGRAPH,
    NDRI_BLOCK_MOVE,  /* whose move it is */
    NDRI_BLOCK_STEPS, /* holds STEPS_TITLE, STEP */
    NDRI_BLOCK_STEPS_TITLE,
    NDRI_BLOCK_STEP,
    NDRI_BLOCK_NOTE,  /* a word about the report itself */
    NDRI_BLOCK_ADMIN, /* the administrator section */
    NDRI_BLOCK_ADMIN_TITLE,
    NDRI_BLOCK_FIELDS,   /* holds FIELD, ATTEMPTS */
    NDRI_BLOCK_FIELD,    /* a label and its value, perhaps of lines */
    NDRI_BLOCK_ATTEMPTS, /* holds ATTEMPTS_TITLE, ATTEMPT, ATTEMPT_TEXT */
    NDRI_BLOCK_ATTEMPTS_TITLE,
    NDRI_BLOCK_ATTEMPT,
    NDRI_BLOCK_ATTEMPT_TEXT,
    NDRI_BLOCK_HEADERS_TITLE,
    NDRI_BLOCK_HEADERS, /* holds HEADER_LINE */
    NDRI_BLOCK_HEADER_LINE,
    NDRI_BLOCK_COUNT
};

enum ndri_inline {
    NDRI_INLINE_BREAK, /* a line ends, the block goes on */
    NDRI_INLINE_BOLD,
    NDRI_INLINE_BOLD_END,
    NDRI_INLINE_EM,
    NDRI_INLINE_EM_END,
    NDRI_INLINE_LINK,     /* with its address */
    NDRI_INLINE_LINK_END, /* with its address */
    NDRI_INLINE_LABEL,    /* the label of a FACT or FIELD begins */
    NDRI_INLINE_LABEL_END
};

typedef struct ndri_prose ndri_prose;

/* All text that a printer gets is UTF-8 without control characters. */
typedef struct ndri_printer {
    void (*open)(ndri_prose *prose, int block);
    void (*close)(ndri_prose *prose, int block);
    /* Words of ours: may be broken at blanks. */
    void (*text)(ndri_prose *prose, ndri_span text);
    /* A value from outside: never broken, never markup. */
    void (*value)(ndri_prose *prose, ndri_span value);
    void (*mark)(ndri_prose *prose, int mark, ndri_span address);
} ndri_printer;

struct ndri_prose {
    const ndri_printer *printer;
    ndri_buf *out;        /* finished lines, CRLF line ends */
    ndri_buf line;        /* a block that is filled into lines, until then */
    size_t label;         /* where in out the label of the block begins */
    int printed;          /* something was printed before */
    int filled;           /* the block at hand is broken into lines */
    unsigned step;        /* number of the step at hand */
    ndri_span address;    /* of the link at hand */
    ndri_span title;      /* of the document */
    const char *language; /* its tag, of the block at hand */
    int rtl;              /* it is written from right to left */
    int headed;           /* a heading was printed */
    ndri_span accent;     /* a colour, "#rrggbb"; or empty */
    int calm;             /* nobody has to act */
    int verbatim;         /* values stand in the block of headers */
    size_t column; /* where the values of FACTS begin; of FIELD: where its
                       value began */
};

/* What placeholders stand for; empty where there is nothing. */
typedef struct ndri_values {
    ndri_span of[NDRI_PH_COUNT];
} ndri_values;

void ndri_prose_init(ndri_prose *prose, const ndr_allocator *allocator);
/* Begin a text: where it goes, and how it is printed. title, language, rtl,
   accent and calm are for the caller to set then. */
void ndri_prose_start(ndri_prose *prose, const ndri_printer *printer,
                      ndri_buf *out);
void ndri_prose_release(ndri_prose *prose);

void ndri_prose_open(ndri_prose *prose, int block);
void ndri_prose_close(ndri_prose *prose, int block);
void ndri_prose_text(ndri_prose *prose, ndri_span text);
void ndri_prose_value(ndri_prose *prose, ndri_span value);
void ndri_prose_mark(ndri_prose *prose, int mark);

/* Expand a compiled text into the block at hand, its breaks as line breaks. */
void ndri_prose_expand(ndri_prose *prose, ndri_span compiled,
                       const ndri_values *values);
/* A block of its own with the expansion of a compiled text. */
void ndri_prose_block(ndri_prose *prose, int block, ndri_span compiled,
                      const ndri_values *values);
/* The paragraphs of a compiled text before its first step. */
void ndri_prose_paragraphs(ndri_prose *prose, ndri_span compiled,
                           const ndri_values *values);
/* Its steps, under a title, and what comes after them. */
void ndri_prose_steps(ndri_prose *prose, ndri_span compiled,
                      const ndri_values *values, ndri_span title);
/* A value whose lines are parted by LF. */
void ndri_prose_lines(ndri_prose *prose, ndri_span value);

/* Plain text of lines; HTML; and text alone, without blocks, on one line. */
extern const ndri_printer ndri_print_text;
extern const ndri_printer ndri_print_html;
extern const ndri_printer ndri_print_inline;
/* The same with the addresses of links: what tells two reasons apart. */
extern const ndri_printer ndri_print_reason;

#endif
