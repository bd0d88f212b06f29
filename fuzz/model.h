/* SPDX-License-Identifier: ISC */
/*
 * What went into a report, and what the documented rules say has to come out:
 * written from the public header and the RFCs, not from the library.
 */
#ifndef FUZZ_MODEL_H
#define FUZZ_MODEL_H

#include "octets.h"

#include <libndr/ndr.h>

#define MODEL_RECIPIENTS 24u
#define MODEL_PAIRS 8u

typedef struct model_date {
    int set;
    int64_t seconds;
    int32_t offset;
} model_date;

/* Fields that a caller adds, in their order. */
typedef struct model_pairs {
    struct {
        octets name, value;
    } of[MODEL_PAIRS];
    size_t count;
} model_pairs;

/* The newest attempt; tied: there is another of the same second. */
typedef struct model_attempt {
    model_date date;
    int tied;
    octets host, text;
} model_attempt;

/* Texts whose at is NULL were not given. */
typedef struct model_recipient {
    ndr_recipient *handle;
    octets address, hidden;
    int action, notify;
    octets status;
    octets reply, type; /* type NULL: an SMTP reply */
    octets orcpt, log_id;
    octets remote;
    model_date last_attempt, retry_until;
    model_attempt newest;
    model_pairs fields;
    int is_twin; /* of an earlier one, as the library says */
} model_recipient;

typedef struct model_profile {
    octets server, authority, postmaster, domains;
    octets copy_codes, copy_mailbox; /* codes NULL: the default ones */
    uint64_t reply_limit;
    int html, audience, masking, listed;
    int quiet; /* no diagnostics */
} model_profile;

typedef struct model {
    model_profile profile;
    int error;   /* the report's first; NDR_OK */
    int closed;  /* facts can no longer be set */
    int decided; /* prepared, and not turned into a copy since */
    int copy;
    int nothing;  /* an enum ndr_nothing, once decided */
    int selected; /* bits of enum ndr_actions, once decided */
    octets sender, gateway;
    model_date date, arrival;
    octets subject, envelope_id, message_id;
    int transport, how_much, require_tls;
    model_pairs fields, headers;
    model_recipient recipients[MODEL_RECIPIENTS];
    size_t count;
} model;

/* Results as bits, for sets of them. */
#define MODEL_BIT(result) (1u << -(result))

/* What a setter may return for this value, if nothing is wrong but it. */
unsigned model_recipient_address(octets address);
unsigned model_status(octets status);
unsigned model_date_result(int64_t seconds, int32_t offset);
unsigned model_field(octets name, octets value);
unsigned model_plain_text(octets text);
unsigned model_subject(octets subject);
unsigned model_diagnostic_type(octets type);
unsigned model_header(octets name, octets value);

/* ---- who is told: model_who.c ---- */

int model_kind(const model_recipient *recipient); /* an enum ndr_actions */
int model_due(const model *facts);                /* bits of them */
/* The recipients of the kinds in actions, in the order in which they have to
   stand; how many. */
size_t model_order(const model *facts, int actions,
                   const model_recipient **order);
/* Is the recipient at index one with an earlier one (RFC 3464 3)? */
enum { TWIN_NO, TWIN_MAYBE, TWIN_YES };
int model_twin(const model *facts, size_t index);
int model_has_null_sender(const model *facts);
/* Where copies go; empty if the model does not know. */
void model_copy_mailbox(const model *facts, store *out);
/* 1, 0, or -1: the model does not know. */
int model_copy_due(const model *facts);

/* ---- what must not be told: model_secret.c ---- */

enum { TELLS_ADDRESS = 1, TELLS_HOST = 2 }; /* bits */
/* Must a text not stand in the report? As it is shown. */
int model_tells(const model *facts, octets text, int secrets);
/* May it be left out? As it was given. */
int model_may_tell(const model *facts, octets text, int secrets);
int model_masks(const model *facts);
/* Is there anything to hide? */
int model_hides(const model *facts);
/* What readers see of a host. */
octets model_host(const model *facts, octets host);
/* Is shown that? Names of other scripts are seen in A-labels. */
int model_is_host(const model *facts, octets host, octets shown);

/* ---- how values are shown ---- */

octets model_unbracketed(octets address);
octets model_final(const model_recipient *recipient);
/* Append text in US-ASCII: tab as a space, other octets as \xHH. */
void model_show_ascii(octets text, store *out);
/* Append a reply as Diagnostic-Code holds it: lines joined by a space. */
void model_show_reply(octets reply, uint64_t limit, store *out);
/* Decode xtext (RFC 3461 4); 0 if it is none. */
int model_xtext(octets text, store *out);
/* Undo utf-8-addr-xtext (RFC 6533 3); 0 if it is none. */
int model_utf8_xtext(octets text, store *out);
/* Characters that may be shown in another way: controls beyond ASCII, marks of
   direction and the like. */
int model_is_odd(octets text);

#endif
