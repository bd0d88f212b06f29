/* SPDX-License-Identifier: ISC */
/* Which built-in words there are, and the names by which they are asked for. */
#include "words/languages.h"

#include "mail/language.h"

static const ndri_words *const languages[] = {
#if NDRI_WITH_AR
    &ndri_words_ar,
#endif
#if NDRI_WITH_DE
    &ndri_words_de,
#endif
    &ndri_words_en,
#if NDRI_WITH_ES
    &ndri_words_es,
#endif
#if NDRI_WITH_FR
    &ndri_words_fr,
#endif
#if NDRI_WITH_HE
    &ndri_words_he,
#endif
#if NDRI_WITH_IT
    &ndri_words_it,
#endif
#if NDRI_WITH_JA
    &ndri_words_ja,
#endif
#if NDRI_WITH_KO
    &ndri_words_ko,
#endif
#if NDRI_WITH_NL
    &ndri_words_nl,
#endif
#if NDRI_WITH_PL
    &ndri_words_pl,
#endif
#if NDRI_WITH_PT
    &ndri_words_pt,
#endif
#if NDRI_WITH_RU
    &ndri_words_ru,
#endif
#if NDRI_WITH_SV
    &ndri_words_sv,
#endif
#if NDRI_WITH_TR
    &ndri_words_tr,
#endif
#if NDRI_WITH_UK
    &ndri_words_uk,
#endif
#if NDRI_WITH_ZH_HANS
    &ndri_words_zh_hans,
#endif
#if NDRI_WITH_ZH_HANT
    &ndri_words_zh_hant,
#endif
    NULL,
};

const ndri_words *ndri_languages_find(ndri_span range)
{
    size_t i;

    range = ndri_language_name(range);
    for (i = 0; languages[i] != NULL; i++)
        if (ndri_language_serves(ndri_span_of(languages[i]->language), range))
            return languages[i];
    for (i = 0; languages[i] != NULL; i++)
        if (ndri_language_serves(range, ndri_span_of(languages[i]->language)))
            return languages[i];
    return NULL;
}

const ndri_words *ndri_languages_at(size_t place)
{
    return languages[place];
}
