/* SPDX-License-Identifier: ISC */
/*
 * Encoded-words (RFC 2047).
 *
 * Out: UTF-8, Q or B, whichever is shorter; at most 75 octets, lines of at most
 * 76; a blank is =20 and not "_", which some readers leave as it is; a space
 * between words that are both encoded goes inside (RFC 2047 6.2).
 * In: adjacent encoded-words lose the blanks between them; what they decode to
 * passes the gate.
 */
#include "mail/word.h"

#include "mail/transfer.h"

#include <string.h>

#define WORD_OCTETS 75
#define WORD_LINE 76
#define FRAME 12 /* what stands around the payload */
#define PAYLOAD (WORD_OCTETS - FRAME)
#define WIDEST_GAP 8     /* blanks between words that stay as they are */
#define LEAST_PAYLOAD 12 /* one character of four octets in Q */

/* What Q encoding may leave as it is, in a phrase too (RFC 2047 5 (3)). */
static int is_q_plain(int c)
{
    return ndri_is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' ||
           c == '/';
}

/* One encoded-word as it stands in a field: its parts. */
typedef struct encoded {
    ndri_span charset, text;
    char encoding; /* 'q' or 'b' */
    size_t end;    /* after its "?=" */
} encoded;

/* Take the encoded-word that begins at from. 0 if there is none. */
static int take_encoded(ndri_span value, size_t from, encoded *word)
{
    size_t charset_end, text_end, i;

    if (value.length - from < 7 || value.at[from] != '=' ||
        value.at[from + 1] != '?')
        return 0;
    charset_end = ndri_span_find_byte(value, from + 2, '?');
    if (charset_end == from + 2 || value.length - charset_end < 5 ||
        value.at[charset_end + 2] != '?')
        return 0;
    value = ndri_span_slice(value, 0, from + NDRI_LINE_LIMIT);
    text_end = ndri_span_find(value, charset_end + 3, NDRI_SPAN("?="));
    if (text_end == value.length)
        return 0;
    for (i = from; i < text_end; i++)
        if (value.at[i] <= ' ' || value.at[i] > '~')
            return 0;
    word->charset = ndri_span_slice(value, from + 2, charset_end);
    word->charset.length = ndri_span_find_byte(word->charset, 0, '*');
    word->encoding = (char) ndri_to_lower(value.at[charset_end + 1]);
    word->text = ndri_span_slice(value, charset_end + 3, text_end);
    word->end = text_end + 2;
    return word->encoding == 'q' || word->encoding == 'b';
}

/* Does this word of a text have to be encoded? */
static int needs_encoding(ndri_span word)
{
    return !ndri_text_is_printable(word) || word.length > WORD_LINE - 2 ||
           ndri_span_find(word, 0, NDRI_SPAN("=?")) < word.length;
}

/* Columns that one character takes in Q. */
static size_t q_cost(ndri_span text, size_t at, size_t length)
{
    return length == 1 && is_q_plain(text.at[at]) ? 1 : 3 * length;
}

static void q_write(ndri_buf *out, ndri_span text)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (is_q_plain(text.at[i])) {
            ndri_buf_add_byte(out, text.at[i]);
            continue;
        }
        ndri_buf_add_byte(out, '=');
        ndri_buf_add_hex(out, (unsigned char) text.at[i]);
    }
}

/* Is Q shorter than B for all of text? */
static int q_is_shorter(ndri_span text)
{
    size_t at, cost = 0;

    for (at = 0; at < text.length; at++)
        cost += q_cost(text, at, 1);
    return cost <= (text.length + 2) / 3 * 4;
}

/* How many octets of text, from at, fit into a payload; *cost: its columns. */
static size_t fitting(ndri_span text, size_t at, int q, size_t payload,
                      size_t *cost)
{
    size_t from = at;

    *cost = 0;
    while (at < text.length) {
        uint32_t point;
        size_t length = ndri_utf8_decode(text, at, &point);
        size_t next;

        length = length > 0 ? length : 1;
        next = q ? *cost + q_cost(text, at, length)
                 : (at + length - from + 2) / 3 * 4;
        if (next > payload)
            break;
        *cost = next;
        at += length;
    }
    return at - from;
}

/* Room for an encoded-word's payload: what the line has left, or a new line. */
static size_t payload_room(const ndri_fold *fold)
{
    size_t used = fold->column + 1 + FRAME;

    if (used + LEAST_PAYLOAD > WORD_LINE)
        return PAYLOAD;
    return WORD_LINE - used < PAYLOAD ? WORD_LINE - used : PAYLOAD;
}

static void add_encoded(ndri_fold *fold, ndri_span text)
{
    int q = q_is_shorter(text);
    size_t at = 0, cost;

    while (at < text.length) {
        size_t length = fitting(text, at, q, payload_room(fold), &cost);
        ndri_span piece = ndri_span_slice(text, at, at + length);

        fold->width = WORD_LINE;
        ndri_fold_room(fold, 1, FRAME + cost);
        fold->width = WORD_LINE; /* of a new line too, until it ends */
        ndri_buf_add_text(fold->out, q ? "=?utf-8?Q?" : "=?utf-8?B?");
        if (q)
            q_write(fold->out, piece);
        else
            ndri_base64_write(piece, fold->out);
        ndri_buf_add_text(fold->out, "?=");
        at += length;
    }
}

/* The next word of text and the blanks before it. 0 at the end. */
static int next_word(ndri_span text, size_t *at, size_t *blanks,
                     ndri_span *word)
{
    size_t from = *at;

    while (from < text.length && text.at[from] == ' ')
        from++;
    *blanks = from - *at;
    *at = ndri_span_find_byte(text, from, ' ');
    *word = ndri_span_slice(text, from, *at);
    return word->length > 0;
}

/* Blanks that a fold could not hold, or that a reader would take for one. */
static int has_wide_gap(ndri_span text)
{
    size_t at = 0, blanks;
    ndri_span word;

    while (next_word(text, &at, &blanks, &word))
        if (blanks > WIDEST_GAP)
            return 1;
    return 0;
}

/* Where the words that have to be encoded begin and end. */
static ndri_span encoded_stretch(ndri_span text)
{
    size_t at = 0, blanks, first = text.length, last = text.length;
    ndri_span word;

    if (has_wide_gap(text))
        return text;
    while (next_word(text, &at, &blanks, &word)) {
        if (!needs_encoding(word))
            continue;
        if (first == text.length)
            first = (size_t) (word.at - text.at);
        last = at;
    }
    return ndri_span_slice(text, first, last);
}

static void add_words(ndri_fold *fold, ndri_span text)
{
    size_t at = 0, blanks;
    ndri_span word;

    while (next_word(text, &at, &blanks, &word))
        ndri_fold_add(fold, blanks > 0 ? blanks : 1, word);
}

/* Blanks at the end of text. */
static size_t trailing_blanks(ndri_span text)
{
    size_t count = 0;

    while (count < text.length && text.at[text.length - 1 - count] == ' ')
        count++;
    return count;
}

/* Add text that holds no word to keep. after and before: such words stand at
   its ends; a blank between two encoded-words goes inside ours. */
static void add_segment(ndri_fold *fold, ndri_span text, int after, int before)
{
    ndri_span stretch = encoded_stretch(text);
    size_t from = (size_t) (stretch.at - text.at);
    size_t to = from + stretch.length;
    size_t blanks = trailing_blanks(ndri_span_slice(text, 0, from));

    if (stretch.length == 0) {
        add_words(fold, text);
        return;
    }
    add_words(fold, ndri_span_slice(text, 0, from - blanks));
    if (after && blanks == from && from > 0)
        from = 0;
    else if (blanks > 1)
        from -= blanks - 1; /* but for the one that parts them */
    if (before && trailing_blanks(ndri_span_slice(text, to, text.length)) ==
                      text.length - to)
        to = text.length;
    add_encoded(fold, ndri_span_slice(text, from, to));
    add_words(fold, ndri_span_slice(text, to, text.length));
}

static int is_kept(ndri_span word)
{
    encoded found;

    return take_encoded(word, 0, &found) && found.end == word.length &&
           word.length <= WORD_OCTETS;
}

void ndri_word_add_text(ndri_fold *fold, ndri_span text, int kept)
{
    size_t at = 0, from = 0, blanks;
    ndri_span word;

    text = ndri_span_trim(text);
    while (kept && next_word(text, &at, &blanks, &word)) {
        if (!is_kept(word))
            continue;
        add_segment(fold,
                    ndri_span_slice(text, from, (size_t) (word.at - text.at)),
                    from > 0, 1);
        fold->width = WORD_LINE;
        ndri_fold_add(fold, blanks > 0 ? blanks : 1, word);
        fold->width = WORD_LINE;
        from = at;
    }
    add_segment(fold, ndri_span_slice(text, from, text.length), from > 0, 0);
}

/* Words of atoms, none of which has to be encoded. */
static int is_phrase(ndri_span text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (text.at[i] != ' ' && !ndri_is_atext(text.at[i]))
            return 0;
    return encoded_stretch(text).length == 0;
}

/* A display name of printable ASCII that is no row of atoms. */
static void add_quoted_phrase(ndri_fold *fold, ndri_span text)
{
    size_t i, length = 2;

    for (i = 0; i < text.length; i++)
        length += text.at[i] == '"' || text.at[i] == '\\' ? 2 : 1;
    ndri_fold_room(fold, 1, length);
    ndri_buf_add_byte(fold->out, '"');
    for (i = 0; i < text.length; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            ndri_buf_add_byte(fold->out, '\\');
        ndri_buf_add_byte(fold->out, text.at[i]);
    }
    ndri_buf_add_byte(fold->out, '"');
}

void ndri_word_add_phrase(ndri_fold *fold, ndri_span text)
{
    text = ndri_span_trim(text);
    if (is_phrase(text))
        add_words(fold, text);
    else if (ndri_text_is_printable(text) && text.length < WORD_LINE - 4 &&
             ndri_span_find(text, 0, NDRI_SPAN("=?")) == text.length)
        add_quoted_phrase(fold, text);
    else
        add_encoded(fold, text);
}

static void q_read(ndri_span text, ndri_buf *out)
{
    static const char digits[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i < text.length; i++) {
        char c = text.at[i];

        if (c == '=' && text.length - i > 2) {
            const char *high = strchr(digits, ndri_to_lower(text.at[i + 1]));
            const char *low = strchr(digits, ndri_to_lower(text.at[i + 2]));

            if (high != NULL && low != NULL) {
                c = (char) ((high - digits) * 16 + (low - digits));
                i += 2;
            }
        }
        ndri_buf_add_byte(out, c == '_' && text.at[i] == '_' ? ' ' : c);
    }
}

/* Append one encoded-word decoded; 0 if its charset has no converter. */
static int add_decoded(ndri_charsets *charsets, const encoded *word,
                       ndri_buf *octets, ndri_buf *text, ndri_buf *out)
{
    ndri_buf_clear(octets);
    ndri_buf_clear(text);
    if (word->encoding == 'q')
        q_read(word->text, octets);
    else
        ndri_base64_read(word->text, octets);
    if (!ndri_charset_decode(charsets, word->charset, ndri_buf_span(octets),
                             text))
        return 0;
    ndri_field_add_utf8(out, ndri_buf_span(text));
    if (octets->error != NDR_OK || text->error != NDR_OK)
        ndri_buf_fail(out);
    return 1;
}

int ndri_word_decode(ndri_charsets *charsets, ndri_span value, ndri_buf *out)
{
    ndri_buf octets, text;
    size_t at = 0, plain = 0;
    int after_word = 0, all = 1;
    encoded word;

    ndri_buf_init(&octets, out->allocator, NDRI_BUF_CAP);
    ndri_buf_init(&text, out->allocator, NDRI_BUF_CAP);
    while (at < value.length) {
        ndri_span before = ndri_span_slice(value, plain, at);
        int held = after_word && ndri_span_trim(before).length == 0;

        if (!take_encoded(value, at, &word)) {
            at++;
            continue;
        }
        if (!held)
            ndri_field_add_utf8(out, before);
        after_word = add_decoded(charsets, &word, &octets, &text, out);
        if (!after_word) {
            if (held)
                ndri_field_add_utf8(out, before);
            ndri_field_add_utf8(out, ndri_span_slice(value, at, word.end));
            all = 0;
        }
        at = plain = word.end;
    }
    ndri_field_add_utf8(out, ndri_span_slice(value, plain, value.length));
    ndri_buf_release(&octets);
    ndri_buf_release(&text);
    return all;
}
