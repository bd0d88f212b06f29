/* SPDX-License-Identifier: ISC */
/* Domains of other scripts in ASCII (RFC 3492, RFC 5890 2.3.2.1). */
#ifndef NDRI_MAIL_PUNYCODE_H
#define NDRI_MAIL_PUNYCODE_H

#include "base/buf.h"

/* Append a domain with its labels that are not ASCII as A-labels; the others
   stay as they are. 0 (and nothing appended) if it is no UTF-8 or a label
   becomes longer than 63 octets. */
int ndri_punycode_add_domain(ndri_buf *out, ndri_span domain);

#endif
