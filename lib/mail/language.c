/* SPDX-License-Identifier: ISC */
/* Language tags: their form, and lookup (RFC 4647 3.4). */
#include "mail/language.h"

int ndri_language_is_tag(ndri_span tag)
{
    size_t i, subtag = 0;

    if (tag.length == 0 || tag.length > 35 || !ndri_is_alpha(tag.at[0]))
        return 0;
    for (i = 0; i < tag.length; i++) {
        if (tag.at[i] == '-' && subtag > 0)
            subtag = 0;
        else if (!ndri_is_alnum(tag.at[i]) || ++subtag > 8)
            return 0;
    }
    return subtag > 0;
}

int ndri_language_serves(ndri_span tag, ndri_span range)
{
    if (tag.length > range.length)
        return 0;
    if (tag.length < range.length && range.at[tag.length] != '-')
        return 0;
    return ndri_span_equal_nocase(tag, ndri_span_slice(range, 0, tag.length));
}
