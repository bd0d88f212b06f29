/* SPDX-License-Identifier: ISC */
/*
 * Sets of words, and the one function that chooses among their entries.
 *
 * A set is one pool of NUL-terminated strings and an array of entries that
 * points into it by offset, so that the built-in set is constant data without
 * relocations and a custom one can grow.
 */
#ifndef NDRI_WORDS_WORDS_H
#define NDRI_WORDS_WORDS_H

#include "mail/status.h"
#include "words/template.h"

#include <libndr/ndr.h>

/* Whose move it is. */
enum ndri_mover {
    NDRI_MOVER_END, /* ends the list */
    NDRI_MOVER_SENDER,
    NDRI_MOVER_SENDER_ADMIN,
    NDRI_MOVER_RECIPIENT,
    NDRI_MOVER_RECIPIENT_ADMIN,
    NDRI_MOVER_NOBODY
};
#define NDRI_MOVERS 5 /* four movers and the end */

/* The names of enum ndr_action, ndr_audience and of movers from
   NDRI_MOVER_SENDER on, each row ended by NULL. */
extern const char *const ndri_action_names[];
extern const char *const ndri_audience_names[];
extern const char *const ndri_mover_names[];

/* Flags of an entry. */
#define NDRI_ENTRY_UTF8 1u     /* text or subject is not all ASCII */
#define NDRI_ENTRY_WIDE 2u     /* see ndri_template_has_wide_word */
#define NDRI_ENTRY_NONLATIN 4u /* most of its letters are not Latin */

typedef struct ndri_entry {
    ndri_status pattern;
    uint8_t action;   /* enum ndr_action + 1; 0: any */
    uint8_t audience; /* enum ndr_audience + 1; 0: any */
    uint8_t flags;
    uint8_t move[NDRI_MOVERS];
    uint32_t uses;     /* placeholders of text, bits of ndri_template_uses */
    uint32_t language; /* offsets into the pool; 0: the empty string */
    uint32_t match;    /* Reply-Match, as given */
    uint32_t subject;  /* compiled */
    uint32_t text;     /* compiled */
    uint32_t note;     /* Admin-Note, as given */
} ndri_entry;

/* The layout's own sentences, one set a language. All are templates. */
enum ndri_label {
    NDRI_LABEL_LANGUAGE,       /* its own name: "English" */
    NDRI_LABEL_PLURAL,         /* the rule for forms of numbers; phrase.c */
    NDRI_LABEL_DIRECTION,      /* "ltr" or "rtl" */
    NDRI_LABEL_SUBJECT_FAILED, /* the five follow enum ndr_action */
    NDRI_LABEL_SUBJECT_DELAYED,
    NDRI_LABEL_SUBJECT_DELIVERED,
    NDRI_LABEL_SUBJECT_RELAYED,
    NDRI_LABEL_SUBJECT_EXPANDED,
    NDRI_LABEL_NO_SUBJECT,
    NDRI_LABEL_SUBJECT_COPY,   /* before the prefix, in a postmaster's copy */
    NDRI_LABEL_COPY,           /* whose copy this is */
    NDRI_LABEL_COPY_ALONE,     /* ... and that nobody else is told */
    NDRI_LABEL_HEADING_FAILED, /* the five follow enum ndr_action */
    NDRI_LABEL_HEADING_DELAYED,
    NDRI_LABEL_HEADING_DELIVERED,
    NDRI_LABEL_HEADING_RELAYED,
    NDRI_LABEL_HEADING_EXPANDED,
    NDRI_LABEL_HEADING_FAILED_SEVERAL, /* more than one recipient; the five */
    NDRI_LABEL_HEADING_DELAYED_SEVERAL,
    NDRI_LABEL_HEADING_DELIVERED_SEVERAL,
    NDRI_LABEL_HEADING_RELAYED_SEVERAL,
    NDRI_LABEL_HEADING_EXPANDED_SEVERAL,
    NDRI_LABEL_SUBJECT,       /* "Subject:" of the original */
    NDRI_LABEL_SENT,          /* "Sent:" */
    NDRI_LABEL_SERVER_FAILED, /* sentence that names the server; the five */
    NDRI_LABEL_SERVER_DELAYED,
    NDRI_LABEL_SERVER_DELIVERED,
    NDRI_LABEL_SERVER_RELAYED,
    NDRI_LABEL_SERVER_EXPANDED,
    NDRI_LABEL_CLOSING_FAILED, /* last paragraph of a reason; may be empty */
    NDRI_LABEL_CLOSING_DELAYED,
    NDRI_LABEL_CLOSING_DELIVERED,
    NDRI_LABEL_CLOSING_RELAYED,
    NDRI_LABEL_CLOSING_EXPANDED,
    NDRI_LABEL_WHO,        /* "Who can fix it:" */
    NDRI_LABEL_WHO_SENDER, /* follow enum ndri_mover */
    NDRI_LABEL_WHO_SENDER_ADMIN,
    NDRI_LABEL_WHO_RECIPIENT,
    NDRI_LABEL_WHO_RECIPIENT_ADMIN,
    NDRI_LABEL_WHO_NOBODY,
    NDRI_LABEL_WHO_JOIN,       /* ", or" between two of them */
    NDRI_LABEL_STEPS,          /* "What to do:" */
    NDRI_LABEL_NOT_WHOLE_SIZE, /* whole message asked for, but too large */
    NDRI_LABEL_NOT_WHOLE_FORM, /* ... but its form cannot be carried */
    NDRI_LABEL_NOT_WHOLE_TLS,  /* ... but it may travel encrypted only */
    NDRI_LABEL_ADMIN, /* "Diagnostic information for administrators:" */
    NDRI_LABEL_GENERATING_SERVER,
    NDRI_LABEL_REJECTED_RECIPIENT,
    NDRI_LABEL_RECIPIENT,
    NDRI_LABEL_ORIGINAL_RECIPIENT,
    NDRI_LABEL_REMOTE_SERVER,
    NDRI_LABEL_STATUS,
    NDRI_LABEL_STATUS_DERIVED, /* "(not given by the server)" */
    NDRI_LABEL_REPLY,          /* "SMTP response:" */
    NDRI_LABEL_DIAGNOSTIC,     /* "Diagnostic:", of a text that is no reply */
    NDRI_LABEL_RETRY_UNTIL,
    NDRI_LABEL_ATTEMPTS,
    NDRI_LABEL_HEADERS,     /* "Original message headers:" */
    NDRI_LABEL_HEADERS_CUT, /* fields were left out over the limit */
    NDRI_LABEL_WEEKDAYS,    /* Monday|Tuesday|...: from Monday */
    NDRI_LABEL_MONTHS,      /* January|... */
    NDRI_LABEL_DATE,        /* @w weekday, @d day, @m month, @y year, @t time,
                               @z zone: "@w, @d @m @y, @t (@z)" */
    NDRI_LABEL_DAYS,        /* "@n day|@n days": forms as PLURAL says */
    NDRI_LABEL_HOURS,
    NDRI_LABEL_MINUTES,
    NDRI_LABEL_DURATION, /* "@1 and @2" */
    NDRI_LABEL_SIZE,     /* "@n KB|@n MB|@n GB" */
    NDRI_LABEL_COUNT
};

/* One set of words. A custom one has entries alone. */
typedef struct ndri_words {
    const char *pool;
    const ndri_entry *entries;
    size_t count;
    const uint32_t *labels; /* NDRI_LABEL_COUNT offsets */
    const char *language;   /* its tag */
    unsigned flags;         /* of its labels: NDRI_ENTRY_UTF8, _NONLATIN */
} ndri_words;

/* What words are wanted for. */
struct ndr_query {
    ndri_status status;
    uint8_t action;
    uint8_t audience;
    const char *language; /* NUL-terminated tag */
    const char *reply; /* as shown: US-ASCII, lines parted by LF; "" if none */
    char status_text[NDRI_STATUS_ROOM];
};

/* An entry and the pool it points into. entry NULL: none. */
typedef struct ndri_choice {
    const ndri_entry *entry;
    const char *pool;
} ndri_choice;

/*
 * Choose among the entries of a set: by reply match, then status (X.Y.Z,
 * *.Y.Z, X.Y.*, X.*), audience, action, an exact one before a general one; the
 * last one wins a tie.
 */
ndri_choice ndri_words_choose(const ndri_words *words, const ndr_query *query);
/* The same; *replies is 0 if the choice is that whatever the reply says. */
ndri_choice ndri_words_choose_by(const ndri_words *words,
                                 const ndr_query *query, int *replies);

/* Has it an entry for readers who want this language range? */
int ndri_words_speak(const ndri_words *words, ndri_span range);

/* A label of a set that has them, compiled. */
ndri_span ndri_words_label(const ndri_words *words, int label);

#endif
