/* SPDX-License-Identifier: ISC */
/* The operations of compiled texts; template.h says what they are. */
#ifndef NDRI_WORDS_OPERATION_H
#define NDRI_WORDS_OPERATION_H

enum ndri_op {
    NDRI_OP_VALUE = 0x01, /* then 0x20 + placeholder: its value */
    NDRI_OP_IF = 0x02,    /* then 0x20 + placeholder: on if it has a value */
    NDRI_OP_ENDIF = 0x03,
    NDRI_OP_PARAGRAPH = 0x04, /* between paragraphs */
    NDRI_OP_BREAK = 0x05,     /* line break within a paragraph or step */
    NDRI_OP_STEP = 0x06,      /* a step begins; it ends before the next step or
                                 paragraph, or at the end */
    NDRI_OP_BOLD = 0x0B,
    NDRI_OP_BOLD_END = 0x0C,
    NDRI_OP_EM = 0x0E,
    NDRI_OP_EM_END = 0x0F,
    NDRI_OP_LINK = 0x10, /* then the address, up to: */
    NDRI_OP_LINK_TEXT = 0x11,
    NDRI_OP_LINK_END = 0x12
};

#endif
