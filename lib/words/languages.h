/* SPDX-License-Identifier: ISC */
/*
 * The languages that have built-in words. NDRI_WITH_XX is 0 for those that are
 * left out; English is always there.
 */
#ifndef NDRI_WORDS_LANGUAGES_H
#define NDRI_WORDS_LANGUAGES_H

#include "words/words.h"

#ifndef NDRI_WITH_ALL
#define NDRI_WITH_ALL 1
#endif
#undef NDRI_WITH_EN
#define NDRI_WITH_EN 1
#ifndef NDRI_WITH_AR
#define NDRI_WITH_AR NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_DE
#define NDRI_WITH_DE NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_ES
#define NDRI_WITH_ES NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_FR
#define NDRI_WITH_FR NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_HE
#define NDRI_WITH_HE NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_IT
#define NDRI_WITH_IT NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_JA
#define NDRI_WITH_JA NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_KO
#define NDRI_WITH_KO NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_NL
#define NDRI_WITH_NL NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_PL
#define NDRI_WITH_PL NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_PT
#define NDRI_WITH_PT NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_RU
#define NDRI_WITH_RU NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_SV
#define NDRI_WITH_SV NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_TR
#define NDRI_WITH_TR NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_UK
#define NDRI_WITH_UK NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_ZH_HANS
#define NDRI_WITH_ZH_HANS NDRI_WITH_ALL
#endif
#ifndef NDRI_WITH_ZH_HANT
#define NDRI_WITH_ZH_HANT NDRI_WITH_ALL
#endif

/* Generated from catalogs/. */
extern const ndri_words ndri_words_ar;
extern const ndri_words ndri_words_de;
extern const ndri_words ndri_words_en;
extern const ndri_words ndri_words_es;
extern const ndri_words ndri_words_fr;
extern const ndri_words ndri_words_he;
extern const ndri_words ndri_words_it;
extern const ndri_words ndri_words_ja;
extern const ndri_words ndri_words_ko;
extern const ndri_words ndri_words_nl;
extern const ndri_words ndri_words_pl;
extern const ndri_words ndri_words_pt;
extern const ndri_words ndri_words_ru;
extern const ndri_words ndri_words_sv;
extern const ndri_words ndri_words_tr;
extern const ndri_words ndri_words_uk;
extern const ndri_words ndri_words_zh_hans;
extern const ndri_words ndri_words_zh_hant;

/* The words for a language range (RFC 4647 3.4: subtags are taken off its end
   until something fits), which may be an older name of a language: NB, ZH-CHS,
   zh-TW. One that says less than any tag finds the first that begins so: zh.
   NULL if there are none. */
const ndri_words *ndri_languages_find(ndri_span range);

/* All of them, one after another, from 0; NULL at the end. */
const ndri_words *ndri_languages_at(size_t place);

#endif
