/* SPDX-License-Identifier: ISC */
/* In which languages the report speaks. */
#ifndef NDRI_REPORT_SPEECH_H
#define NDRI_REPORT_SPEECH_H

#include "report/facts.h"

/* Decide them, and put into words what is the same for all recipients. */
int ndri_speech_choose(ndr_report *report);

#endif
