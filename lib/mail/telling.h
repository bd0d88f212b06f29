/* SPDX-License-Identifier: ISC */
/* Does a text tell an address, or the name of a host? */
#ifndef NDRI_MAIL_TELLING_H
#define NDRI_MAIL_TELLING_H

#include "base/text.h"

/* An address, however it is written: its local part before or behind its domain
   with one to four octets between them, such as "=", "%40" or " at ". */
int ndri_telling_address(ndri_span text, ndri_span address);
/* A host by its name. */
int ndri_telling_host(ndri_span text, ndri_span host);
/* A host below one of the domains, which blanks or commas part. */
int ndri_telling_host_below(ndri_span text, ndri_span domains);

#endif
