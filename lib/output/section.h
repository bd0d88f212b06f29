/* SPDX-License-Identifier: ISC */
/* What the sections of the human part have in common. */
#ifndef NDRI_OUTPUT_SECTION_H
#define NDRI_OUTPUT_SECTION_H

#include "report/facts.h"

/* The language at hand, and a label in it. */
const ndri_language *ndri_section_language(const ndr_report *report);
ndri_span ndri_section_label(const ndr_report *report, int which);
/* A block of label and value, if there is a value: no label stands without
   one. */
void ndri_section_field(ndr_report *report, int block, int which,
                        ndri_span value);
/* Text as it can be shown, in scratch if it has to be changed. */
ndri_span ndri_section_shown(ndr_report *report, ndri_span text);

#endif
