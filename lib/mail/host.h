/* SPDX-License-Identifier: ISC */
/* Host names and IP addresses as reports name them (RFC 3461 9.3, RFC 5321
   4.1.3). */
#ifndef NDRI_MAIL_HOST_H
#define NDRI_MAIL_HOST_H

#include "base/buf.h"

/* A host name for reports: letters, digits, ".", "-", "_"; or a literal
   "[192.0.2.1]" or "[IPv6:2001:db8::1]". At most 255 octets. */
int ndri_host_is_valid(ndri_span host);
/* Bare IP addresses; brackets and "IPv6:" do not belong to them. */
int ndri_ip4_is_valid(ndri_span ip);
int ndri_ip6_is_valid(ndri_span ip);
/* Append a name or a literal; a name of another script in A-labels. 0 if it is
   none. */
int ndri_host_add_name(ndri_buf *out, ndri_span host);
/* The same for what a stranger calls itself: an IP address becomes a
   literal, a dot at the end goes. */
int ndri_host_add(ndri_buf *out, ndri_span host);
/* Append an IP address as it stands in comments: "[192.0.2.1]" gives
   "192.0.2.1". 0 if it is none. */
int ndri_ip_add(ndri_buf *out, ndri_span ip);

#endif
