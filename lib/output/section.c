/* SPDX-License-Identifier: ISC */
/* Labels, fields and values as every section shows them. */
#include "output/section.h"

#include "mail/field.h"

const ndri_language *ndri_section_language(const ndr_report *report)
{
    return &report->plan.languages[report->output.language];
}

ndri_span ndri_section_label(const ndr_report *report, int which)
{
    return ndri_words_label(ndri_section_language(report)->words, which);
}

void ndri_section_field(ndr_report *report, int block, int which,
                        ndri_span value)
{
    ndri_prose *prose = &report->output.prose;

    if (value.length == 0)
        return;
    ndri_prose_open(prose, block);
    ndri_prose_mark(prose, NDRI_INLINE_LABEL);
    ndri_prose_text(prose, ndri_section_label(report, which));
    ndri_prose_mark(prose, NDRI_INLINE_LABEL_END);
    ndri_prose_lines(prose, value);
    ndri_prose_close(prose, block);
}

ndri_span ndri_section_shown(ndr_report *report, ndri_span text)
{
    if (ndri_field_is_clean_ascii(text))
        return text;
    ndri_buf_clear(&report->scratch);
    ndri_field_add_utf8(&report->scratch, text);
    return ndri_buf_span(&report->scratch);
}
