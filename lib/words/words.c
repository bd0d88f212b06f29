/* SPDX-License-Identifier: ISC */
/*
 * Choosing words: one function, used for an administrator's entries, a
 * resolver's and the built-in ones alike.
 */
#include "words/words.h"

#include "mail/language.h"

#define MATCHED 32u /* bit of a rank: by the reply, before all others */

const char *const ndri_action_names[] = {"failed",  "delayed",  "delivered",
                                         "relayed", "expanded", NULL};
const char *const ndri_audience_names[] = {"external", "internal", NULL};
const char *const ndri_mover_names[] = {
    "sender", "sender-admin", "recipient", "recipient-admin", "nobody", NULL};

/* The next piece of a reply outside angle brackets, where addresses stand. 0 at
   the end. */
static int next_outside(ndri_span *rest, ndri_span *piece)
{
    size_t open = ndri_span_find_byte(*rest, 0, '<');
    size_t close = ndri_span_find_byte(*rest, open, '>');

    if (rest->length == 0)
        return 0;
    if (close == rest->length)
        open = rest->length; /* never closed: it is text */
    *piece = ndri_span_slice(*rest, 0, open);
    *rest = ndri_span_slice(*rest, close + 1, rest->length);
    return 1;
}

/* The first octet at or after from that is c but for the bit in which letters
   of either case differ. */
static size_t find_letter(ndri_span text, size_t from, char c)
{
    unsigned char low = (unsigned char) (c | 32);

    for (; from + 8 <= text.length; from += 8)
        if (ndri_word_has_nul((ndri_word_at(text.at + from) | NDRI_OCTETS(32)) ^
                              NDRI_OCTETS(low)))
            break;
    while (from < text.length && (unsigned char) (text.at[from] | 32) != low)
        from++;
    return from;
}

/* Does word begin a word of piece, whatever the case? */
static int begins_a_word(ndri_span piece, ndri_span word)
{
    int is_word = ndri_is_alnum(word.at[0]);
    size_t at;

    for (at = find_letter(piece, 0, word.at[0]);
         at + word.length <= piece.length;
         at = find_letter(piece, at + 1, word.at[0])) {
        if (at > 0 && is_word && ndri_is_alnum(piece.at[at - 1]))
            continue;
        if (ndri_text_same(piece.at + at, word.at, word.length))
            return 1;
    }
    return 0;
}

static int alternative_matches(ndri_span alternative, ndri_span reply)
{
    ndri_span piece;

    if (alternative.length > 0 && alternative.at[0] == '^') {
        alternative = ndri_span_slice(alternative, 1, alternative.length);
        return ndri_span_equal_nocase(
            ndri_span_slice(reply, 0, alternative.length), alternative);
    }
    while (alternative.length > 0 && next_outside(&reply, &piece))
        if (begins_a_word(piece, alternative))
            return 1;
    return 0;
}

/* The reply, and the letters with which its words begin: most
   alternatives are passed over for their first one. */
typedef struct search {
    ndri_span reply;
    uint64_t initials; /* 0 until they are needed */
} search;

/* Letters and digits share 64 bits: what is not there begins no word. */
static uint64_t initial_bit(char c)
{
    return UINT64_C(1) << (ndri_to_lower(c) & 63);
}

static uint64_t initials_of(ndri_span reply)
{
    uint64_t initials = 1; /* a NUL: they were looked for */
    size_t at;

    for (at = 0; at < reply.length; at++)
        if (at == 0 || !ndri_is_alnum(reply.at[at - 1]))
            initials |= initial_bit(reply.at[at]);
    return initials;
}

static int may_match(const search *sought, ndri_span alternative)
{
    return alternative.length > 0 &&
           (!ndri_is_alnum(alternative.at[0]) ||
            (sought->initials & initial_bit(alternative.at[0])) != 0);
}

/* Reply-Match: alternatives parted by "|". */
static int reply_matches(search *sought, const char *pattern)
{
    ndri_span match = ndri_span_of(pattern), alternative;

    if (sought->initials == 0)
        sought->initials = initials_of(sought->reply);
    while (match.length > 0) {
        size_t bar = ndri_span_find_byte(match, 0, '|');

        alternative = ndri_span_trim(ndri_span_slice(match, 0, bar));
        if (may_match(sought, alternative) &&
            alternative_matches(alternative, sought->reply))
            return 1;
        match = ndri_span_slice(match, bar + 1, match.length);
    }
    return 0;
}

/* How exactly a pattern fits a status: 4 X.Y.Z, 3 *.Y.Z, 2 X.Y.*, 1 X.*; 0 if
   it does not. */
static unsigned status_rank(ndri_status pattern, ndri_status status)
{
    if (pattern.digit != 0 && pattern.digit != status.digit)
        return 0;
    if (pattern.subject == NDRI_STATUS_ANY)
        return 1;
    if (pattern.subject != status.subject)
        return 0;
    if (pattern.detail == NDRI_STATUS_ANY)
        return 2;
    if (pattern.detail != status.detail)
        return 0;
    return pattern.digit == 0 ? 3 : 4;
}

static ndri_span language_of(const ndri_entry *entry, const char *pool)
{
    ndri_span language = ndri_span_of(pool + entry->language);

    return language.length > 0 ? language : NDRI_SPAN("en");
}

/* How well an entry fits but for language and reply: 0 if it does not, else a
   number that is larger for a better one. */
static unsigned rank(const ndri_entry *entry, const char *pool,
                     const ndr_query *query)
{
    unsigned status = status_rank(entry->pattern, query->status);

    if (status == 0 ||
        (entry->action != 0 && entry->action != query->action + 1) ||
        (entry->audience != 0 && entry->audience != query->audience + 1))
        return 0;
    return (pool[entry->match] != '\0' ? MATCHED : 0u) | status << 2 |
           (entry->audience != 0 ? 2u : 0u) | (entry->action != 0 ? 1u : 0u);
}

ndri_choice ndri_words_choose_by(const ndri_words *words,
                                 const ndr_query *query, int *replies)
{
    ndri_choice best = {NULL, NULL};
    ndri_span language = ndri_span_of(query->language);
    search sought = {ndri_span_of(query->reply), 0};
    unsigned best_rank = 1;
    size_t i;

    *replies = 0;
    for (i = 0; i < words->count; i++) {
        const ndri_entry *entry = &words->entries[i];
        unsigned here = rank(entry, words->pool, query);

        if (here < best_rank ||
            !ndri_language_serves(language_of(entry, words->pool), language))
            continue;
        if (here & MATCHED) {
            *replies = 1;
            if (!reply_matches(&sought, words->pool + entry->match))
                continue;
        }
        best_rank = here;
        best.entry = entry;
        best.pool = words->pool;
    }
    return best;
}

ndri_choice ndri_words_choose(const ndri_words *words, const ndr_query *query)
{
    int replies;

    return ndri_words_choose_by(words, query, &replies);
}

int ndri_words_speak(const ndri_words *words, ndri_span range)
{
    size_t i;

    range = ndri_language_name(range);
    for (i = 0; i < words->count; i++)
        if (ndri_language_serves(language_of(&words->entries[i], words->pool),
                                 range))
            return 1;
    return 0;
}

ndri_span ndri_words_label(const ndri_words *words, int label)
{
    return ndri_span_of(words->pool + words->labels[label]);
}
