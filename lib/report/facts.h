/* SPDX-License-Identifier: ISC */
/*
 * One notification as data: the facts that setters put in, the decisions that
 * the plan takes from them, and the room in which output works. Facts go in;
 * plan decides; output reads. No functions here.
 */
#ifndef NDRI_REPORT_FACTS_H
#define NDRI_REPORT_FACTS_H

#include "base/date.h"
#include "base/table.h"
#include "mail/charset.h"
#include "mail/language.h"
#include "mail/original.h"
#include "mail/status.h"
#include "mail/transfer.h"
#include "report/fault.h"
#include "report/profile.h"
#include "words/prose.h"
#include "words/words.h"

/* ---- a recipient ---- */

/* Facts. All but FIELD and ATTEMPT occur once. */
enum ndri_fact {
    NDRI_FACT_ADDRESS = 1, /* the final one, as given */
    NDRI_FACT_HIDDEN_AS,   /* stands in its place */
    NDRI_FACT_REPLY,       /* US-ASCII, lines parted by LF */
    NDRI_FACT_DIAGNOSTIC,  /* its type, if it is no SMTP reply */
    NDRI_FACT_REMOTE,      /* host name or address literal */
    NDRI_FACT_REMOTE_IP,
    NDRI_FACT_ORCPT_TYPE,
    NDRI_FACT_ORCPT,        /* decoded */
    NDRI_FACT_LAST_ATTEMPT, /* an ndri_date */
    NDRI_FACT_RETRY_UNTIL,  /* an ndri_date */
    NDRI_FACT_LOG_ID,
    NDRI_FACT_TEXT,   /* the caller's own words, compiled */
    NDRI_FACT_FIELD,  /* name, NUL, value */
    NDRI_FACT_ATTEMPT /* an ndri_date, host, NUL, text */
};

/* Flags. */
#define NDRI_RCPT_STATUS 1u     /* status was given */
#define NDRI_RCPT_DERIVED 2u    /* plan: status is X.0.0, made by us */
#define NDRI_RCPT_DUE 4u        /* plan: a report is due */
#define NDRI_RCPT_LEADS 8u      /* plan: the first of its group */
#define NDRI_RCPT_SMTP 16u      /* plan: the reply is a whole SMTP reply */
#define NDRI_RCPT_ORCPT_RAW 32u /* ORCPT is malformed: as it came */
#define NDRI_RCPT_TWIN 64u      /* plan: added before */
#define NDRI_RCPT_CODE 128u     /* plan: the reply begins with a code */

struct ndr_recipient {
    ndr_report *report;
    ndr_recipient *next; /* in the order added */
    ndr_recipient *same; /* plan: the next of its group */
    char *facts;
    uint32_t used, room; /* octets of facts */
    uint32_t number;     /* from 1 */
    uint16_t tags;       /* bits of the facts that are there */
    uint8_t action;
    uint8_t notify;
    uint8_t flags;
    ndri_status status;         /* given, or set by plan */
    const ndri_choice *choices; /* plan: the words in each language, shared;
                                   entry NULL with FACT_TEXT */
};

/* ---- the plan ---- */

#define NDRI_ACTION_COUNT (NDR_ACTION_EXPANDED + 1)
#define NDRI_STEM_LENGTH 19 /* "=_" 16 hexadecimal digits "." */

/* The third part. */
enum ndri_third {
    NDRI_THIRD_NONE,
    NDRI_THIRD_HEADERS,        /* text/rfc822-headers */
    NDRI_THIRD_GLOBAL_HEADERS, /* message/global-headers */
    NDRI_THIRD_MESSAGE,        /* message/rfc822 */
    NDRI_THIRD_GLOBAL          /* message/global */
};

/* A language that the report speaks. */
#define NDRI_LANGUAGE_COUNT NDRI_LANGUAGES_MOST
typedef struct ndri_language {
    const ndri_words *words; /* its labels and built-in entries */
    const char *tag;         /* as Content-Language names it */
    const char *range;       /* as it was asked for */
    ndri_span sent;          /* the original's Date in words; or empty */
    ndri_span size;          /* its size in words; or empty */
} ndri_language;

typedef struct ndri_plan {
    /* once */
    int due;          /* bits of enum ndr_actions */
    int nothing;      /* enum ndr_nothing */
    ndri_span to;     /* the mailbox that the report goes to */
    ndri_span server; /* the generating server as it is shown */
    int smtputf8;     /* the report may hold UTF-8 header fields */
    int eightbit;     /* it may hold 8-bit lines */
    ndri_language languages[NDRI_LANGUAGE_COUNT]; /* the first one's labels
                                                     stand outside the user
                                                     sections too */
    int language_count;
    ndri_original original;
    ndri_values values; /* those of the report; see reason.h */
    ndri_span subject;  /* of the original, decoded and shown; or empty */
    int subject_kept;   /* it holds encoded-words that nobody could decode */
    ndri_span from;     /* of the original, decoded and shown; or empty */
    int has_sent;
    ndri_date sent;        /* the original's Date, if it has one */
    ndri_span in_reply_to; /* one message id, or empty */
    ndri_span references;  /* message ids parted by single spaces, or empty */

    /* for each choice of actions */
    int selected;                       /* bits of enum ndr_actions */
    unsigned counts[NDRI_ACTION_COUNT]; /* recipients selected */
    const ndr_recipient *first;         /* the first of the user section */
    ndri_span message_id;               /* with angle brackets */
    ndri_span envelope_id;              /* of the report's own, xtext */
    char stem[NDRI_STEM_LENGTH + 1];    /* what boundaries begin with */
    uint32_t boundary;  /* the number after the stem of the outer one */
    int global;         /* message/global-delivery-status */
    ndri_scan body;     /* of the body, if it is returned */
    int third;          /* enum ndri_third */
    int third_encoding; /* enum ndri_encoding */
    int not_whole;      /* label that says why headers came back; -1 */
    int text_utf8;      /* charset of the text: UTF-8, else US-ASCII */
    int text_encoding;
    int html_encoding; /* never 7bit: its lines are long */
} ndri_plan;

/* What was found out about words before: kept for a while, in a place that
   follows from what it is about. */
#define NDRI_MEMOS 32u
typedef struct ndri_choice_memo {
    uint64_t question; /* status, action and language; 0: none */
    ndri_choice choice;
} ndri_choice_memo;

typedef struct ndri_text_memo {
    const ndri_entry *entry;                  /* NULL: none */
    unsigned char digest[NDRI_DIGEST_LENGTH]; /* of its text */
    uint32_t values; /* placeholders that it shows, not only asks for */
} ndri_text_memo;

typedef struct ndri_memos {
    ndri_choice_memo choices[NDRI_MEMOS];
    ndri_choice *rows[NDRI_MEMOS]; /* in the arena; NULL: none */
    ndri_text_memo texts[NDRI_MEMOS];
} ndri_memos;

/* ---- the report ---- */

/* Facts that may be missing; bits of ndr_report.has. */
#define NDRI_HAS_SENDER 1u
#define NDRI_HAS_DATE 2u
#define NDRI_HAS_ARRIVAL 4u
#define NDRI_HAS_ORIGINAL 8u

/* An extension field. */
typedef struct ndri_item {
    struct ndri_item *next;
    ndri_span name;
    ndri_span value;
} ndri_item;

typedef struct ndri_list {
    ndri_item *first, *last;
} ndri_list;

/* Where output stands, and its buffers. Only lib/output knows what the numbers
   mean. */
typedef struct ndri_output {
    int phase;
    int step;
    size_t index;
    int action;
    int language; /* place in plan's */
    const ndr_recipient *recipient;
    const ndr_recipient *member; /* of the recipient's group */
    uint64_t offset;
    ndri_transfer transfer; /* of the part at hand */
    ndri_prose prose;
    ndri_scan scan;    /* the sum of the body as it is sent */
    ndri_span block;   /* of the body, whose line ends are to be made */
    ndri_span through; /* octets of it that are handed out as they are */
    int measuring;     /* length is asked for: the body is not read */
    uint64_t skipped;  /* its octets then */
    ndri_buf chunk;    /* what next hands out; a block that was read */
    ndri_buf plain;    /* text before its transfer encoding */
    ndri_buf whole;    /* what render hands out */
    ndri_span raw;     /* with CRLF, before the caller's form */
    int in_line;       /* raw does not begin a line */
    ndri_buf formed;   /* in the caller's form */
    ndri_span piece;   /* handed out and not yet read */
} ndri_output;

struct ndr_report {
    ndr_allocator allocator;
    const ndr_profile *profile;
    ndri_arena arena; /* of everything below that has no owner of its own */
    ndri_charsets charsets;
    ndri_fault fault;

    unsigned has;
    ndri_span sender; /* unbracketed; empty: the null return path */
    ndri_date date, arrival;
    ndri_span message_id; /* with angle brackets; empty: derived */
    ndri_span seed;
    ndri_span subject;     /* empty: the default */
    ndri_span languages;   /* asked for; empty: none */
    ndri_span envelope_id; /* decoded; empty: none */
    ndri_span helo;        /* as reports name it; empty: none */
    ndri_span helo_ip;
    ndri_span gateway; /* empty: none */
    int how_much;      /* enum ndr_return */
    int transport;
    int require_tls;
    int copy; /* enum ndr_copy */
    int form; /* bits of enum ndr_output */
    ndri_source source;
    ndri_list fields;   /* of the status part */
    ndri_list headers;  /* of the outer header */
    const char **notes; /* in the order met */
    size_t note_count, note_room;

    ndr_recipient *first, *last;
    unsigned count;
    ndr_recipient dead; /* stands for recipients after an error */

    int closed;         /* facts are settled; no setter may change them */
    int settled;        /* the same was done to the end, without an error */
    size_t facts_notes; /* notes that facts left; the plan's follow */
    ndri_span *secrets; /* addresses that must not be told */
    size_t secret_count;
    int prepared;
    ndri_plan plan;
    ndri_output output;
    ndri_table table; /* plan's: answers, then groups */
    ndri_memos memos;
    ndri_buf header;  /* of an original that is read */
    ndri_buf made;    /* values of the recipient at hand */
    ndri_buf scratch; /* for one call at a time */
};

#endif
