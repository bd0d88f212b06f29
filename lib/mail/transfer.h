/* SPDX-License-Identifier: ISC */
/* Content-Transfer-Encoding (RFC 2045 6), as a stream of pieces. */
#ifndef NDRI_MAIL_TRANSFER_H
#define NDRI_MAIL_TRANSFER_H

#include "base/buf.h"

enum ndri_encoding {
    NDRI_ENCODING_7BIT,
    NDRI_ENCODING_8BIT,
    NDRI_ENCODING_QUOTED_PRINTABLE,
    NDRI_ENCODING_BASE64
};

/* "7bit", "quoted-printable" ... */
const char *ndri_encoding_name(int encoding);

typedef struct ndri_transfer {
    int encoding;
    size_t column;      /* of the output line; base64: octets in it */
    char blank;         /* quoted-printable: a blank that waits; 0: none */
    char after_cr;      /* a CR waits */
    unsigned char from; /* how much of "From" the line begins with */
    unsigned char held; /* base64: octets of hold */
    char hold[3];       /* a group that is not full yet */
} ndri_transfer;

void ndri_transfer_init(ndri_transfer *transfer, int encoding);
/* Encode a piece of text with CRLF line ends (or of anything, for base64).
   Pieces may be cut anywhere. */
void ndri_transfer_add(ndri_transfer *transfer, ndri_span piece, ndri_buf *out);
/* Write what is held. The last line ends with CRLF if the text's did, and
   always in base64. */
void ndri_transfer_finish(ndri_transfer *transfer, ndri_buf *out);

/* Base64 without line ends. */
void ndri_base64_write(ndri_span octets, ndri_buf *out);
/* Decode base64; other characters are passed over. */
void ndri_base64_read(ndri_span text, ndri_buf *out);

#endif
