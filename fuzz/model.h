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

typedef struct model_date {
    int set;
    int64_t seconds;
    int32_t offset;
} model_date;

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
    size_t fields;
} model_recipient;

typedef struct model {
    int error; /* the report's first; NDR_OK */
    int prepared;
    int selected; /* bits of enum ndr_actions, once prepared */
    octets server, authority;
    uint64_t reply_limit;
    int html;
    octets sender;
    model_date date, arrival;
    octets subject, envelope_id, message_id;
    int transport;
    size_t fields;
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

int model_is_due(const model_recipient *recipient);
int model_kind(const model_recipient *recipient); /* an enum ndr_actions */
int model_due(const model *facts);                /* bits of them */
/* The recipients of the kinds in actions, in the order in which they have to
   stand; how many. */
size_t model_order(const model *facts, int actions,
                   const model_recipient **order);

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
