/* SPDX-License-Identifier: ISC */
/* Mail addresses (RFC 5321 4.1.2, RFC 5322 3.4.1, RFC 6531) and their forms in
   reports: xtext (RFC 3461 4), utf-8 (RFC 6533 3). */
#ifndef NDRI_MAIL_ADDRESS_H
#define NDRI_MAIL_ADDRESS_H

#include "base/buf.h"

/* Without one pair of angle brackets and the blanks around. */
ndri_span ndri_address_unbracket(ndri_span address);
/* Without a source route: "@a,@b:user@d" gives "user@d" (RFC 5321 6.1). */
ndri_span ndri_address_strip_route(ndri_span address);
/* Split at the last "@" outside quotes. 0 if there is no domain: then local is
   the whole address and domain empty. */
int ndri_address_split(ndri_span address, ndri_span *local, ndri_span *domain);

/* Append the mailbox for a header field: the local part is quoted if RFC 5322
   wants it to be. 0 (and nothing appended) if it cannot stand there: no domain,
   a control character, no UTF-8, a domain that is none. */
int ndri_address_add_mailbox(ndri_buf *out, ndri_span address);

/* Append an address for Final-Recipient and set *type: "rfc822", or "utf-8" in
   its global form (raw) or else as utf-8-addr-xtext. */
void ndri_address_add_typed(ndri_buf *out, ndri_span address, int global,
                            const char **type);

/* Append a utf-8 address: raw in a global part, else as utf-8-addr-xtext. */
void ndri_address_add_utf8(ndri_buf *out, ndri_span address, int global);

/* An ORCPT as it came over the wire, taken apart. */
typedef struct ndri_orcpt {
    ndri_span type;
    ndri_span address; /* type utf-8: plain UTF-8 if well formed, else as it
                          came; others: decoded from xtext, printable ASCII */
    int malformed;     /* type utf-8: as it came */
} ndri_orcpt;

/* Decoded text goes to out. 0 if it is none, or decodes to something that
   cannot be shown. */
int ndri_orcpt_parse(ndri_span wire, ndri_buf *out, ndri_orcpt *orcpt);

/* Decode xtext; 0 if it is none (what was appended stays). */
int ndri_xtext_decode(ndri_span xtext, ndri_buf *out);

#endif
