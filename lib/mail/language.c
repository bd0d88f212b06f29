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

int ndri_language_is_list(ndri_span list, size_t most)
{
    size_t count = 0;
    ndri_span tag;

    while (ndri_span_next_item(&list, &tag))
        if (!ndri_language_is_tag(tag) || ++count > most)
            return 0;
    return 1;
}

int ndri_language_serves(ndri_span tag, ndri_span range)
{
    if (tag.length > range.length)
        return 0;
    if (tag.length < range.length && range.at[tag.length] != '-')
        return 0;
    return ndri_span_equal_nocase(tag, ndri_span_slice(range, 0, tag.length));
}

/* Names of Exchange and of older systems, and regions that tell a script. */
static const struct {
    const char *name, *today;
} aliases[] = {
    {"zh-chs", "zh-Hans"}, {"zh-cht", "zh-Hant"}, {"zh-cn", "zh-Hans"},
    {"zh-sg", "zh-Hans"},  {"zh-my", "zh-Hans"},  {"zh-tw", "zh-Hant"},
    {"zh-hk", "zh-Hant"},  {"zh-mo", "zh-Hant"},  {"cmn-hant", "zh-Hant"},
    {"iw", "he"},          {"nb", "no"},          {"nn", "no"},
};

ndri_span ndri_language_name(ndri_span range)
{
    size_t i;

    for (i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        ndri_span name = ndri_span_of(aliases[i].name);
        ndri_span today = ndri_span_of(aliases[i].today);

        if (ndri_language_serves(today, range))
            return range;
        if (ndri_language_serves(name, range))
            return today;
    }
    return range;
}
