/* SPDX-License-Identifier: ISC */
/*
 * The structured driver: fuzz octets become calls of the library, in any order,
 * with any values; a model keeps what went in; what comes out has to agree.
 *
 * An input: an octet of flags for a frame that makes most inputs reports; then
 * calls for the profile (enum builder_profile_call) up to PROFILE_DONE; then
 * calls for the report (enum builder_call) until the input ends. Each call is
 * one octet and what it needs.
 */
#ifndef FUZZ_BUILDER_H
#define FUZZ_BUILDER_H

#include "misbehave.h"
#include "model.h"
#include "reader.h"

/* Flags of the first octet. */
enum {
    FRAME_BARE = 1,   /* no server, sender, date or recipient beforehand */
    FRAME_MEMORY = 2, /* two octets follow: the allocation that fails */
    FRAME_HTML = 4,
    FRAME_STUBBORN = 8, /* no allocation after the failed one succeeds */
    FRAME_TWICE = 128   /* all of it twice: the same octets come out */
};

enum builder_profile_call {
    PROFILE_DONE,
    PROFILE_SERVER,
    PROFILE_AUTHORITY,
    PROFILE_POSTMASTER,
    PROFILE_NUMBER, /* audience, grouping, charsets, html */
    PROFILE_DOMAINS,
    PROFILE_FILTER,
    PROFILE_LIMIT,
    PROFILE_ENTRY, /* of the catalog */
    PROFILE_RESOLVER,
    PROFILE_CATALOG, /* use it */
    PROFILE_POLICY,  /* diagnostics, host masking, failed recipients */
    PROFILE_COPIES,
    PROFILE_MASK, /* an internal domain whose hosts have to stay hidden */
    PROFILE_CALLS
};

enum builder_call {
    CALL_RECIPIENT,
    CALL_ACTION,
    CALL_STATUS,
    CALL_REPLY,
    CALL_DIAGNOSTIC,
    CALL_REMOTE,
    CALL_ORCPT,
    CALL_NOTIFY,
    CALL_LAST_ATTEMPT,
    CALL_RETRY_UNTIL,
    CALL_LOG_ID,
    CALL_TEXT,
    CALL_HIDDEN,
    CALL_ATTEMPT,
    CALL_RECIPIENT_FIELD,
    CALL_SECRET, /* a recipient whose address has to stay hidden */
    CALL_CHOOSE, /* which recipient the calls above are about */
    CALL_SENDER,
    CALL_DATE,
    CALL_MESSAGE_ID,
    CALL_SEED,
    CALL_SUBJECT,
    CALL_ARRIVAL,
    CALL_ENVELOPE_ID,
    CALL_RECEIVED_FROM,
    CALL_RETURN,
    CALL_TRANSPORT,
    CALL_ORIGINAL,
    CALL_SOURCE,
    CALL_FIELD,
    CALL_OUTPUT, /* everything that gives octets, compared */
    CALL_SELECT,
    CALL_SINK_STOPS,
    CALL_PARTIAL, /* some next and read, then rewind or not */
    CALL_FORGE,   /* the source turns into one that holds our delimiter */
    CALL_RESET,
    CALL_NULLS,
    CALL_PRELOAD,
    CALL_GATEWAY,
    CALL_REQUIRE_TLS,
    CALL_HEADER,
    CALL_COPY,
    CALL_TELL, /* a value that holds what has to stay hidden */
    CALLS
};

#define SECRET "qz7secret"
#define SECRET_ADDRESS SECRET "@" SECRET ".example"
#define HOST "mx7q"
#define HOST_DOMAIN "corp.example"
#define HOST_NAME HOST "." HOST_DOMAIN

typedef struct builder {
    octets data; /* the whole input */
    input in;
    model facts;
    guard memory;
    ndr_allocator allocator;
    ndr_catalog *catalog;
    resolver answers;
    ndr_profile *profile;
    int profile_error;
    ndr_report *report;
    source original;
    int borrowed;        /* an original was given */
    ndr_recipient *dead; /* what add_recipient gave after an error */
    model_recipient *chosen;
    unsigned outputs; /* how often all ways out were compared */
    store output, again;
} builder;

/* Run an input; new memory is full of fill. The last message goes to last. */
void builder_run(octets data, int fill, store *last);

/* ---- used within the driver ---- */

/* Note a setter's result: allowed is the set of those that its value may have.
   1: it was NDR_OK. */
int builder_settle(builder *b, const char *call, int result, unsigned allowed);
/* Any result of the call at hand is possible: memory ran out before. */
int builder_is_lost(const builder *b);
void builder_fail(const builder *b, const char *rule, octets value);
void builder_set_up(builder *b);                       /* catalog and profile */
int builder_call_recipient(builder *b, unsigned call); /* 1: it was one */
void builder_call_report(builder *b, unsigned call);
int builder_settle_profile(builder *b, const char *call, int result,
                           unsigned allowed);
void builder_call_profile(builder *b, unsigned call);
void builder_add_recipient(builder *b, fuzz_text address);
void builder_keep_pair(model_pairs *pairs, fuzz_text name, fuzz_text value);
void builder_call_tell(builder *b);
void builder_call_copy(builder *b);
void builder_check_getters(builder *b);
void builder_call_output(builder *b, unsigned call);
void builder_output(builder *b);
void builder_check(builder *b, octets message, int actions);
void builder_call_nulls(builder *b);

#endif
