/* SPDX-License-Identifier: ISC */
/* The keyed hash against published vectors, in pieces and as a whole. */
#include "base/digest.h"
#include "test.h"

#include <string.h>

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define LONGEST 64

static char key_octets[16], octets[LONGEST];

static void setup(void)
{
    int i;

    for (i = 0; i < 16; i++)
        key_octets[i] = (char) i;
    for (i = 0; i < LONGEST; i++)
        octets[i] = (char) i;
}

static void check_hex(ndri_digest *digest, const char *want)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char out[NDRI_DIGEST_LENGTH];
    char hex[2 * NDRI_DIGEST_LENGTH + 1] = "";
    size_t i;

    ndri_digest_finish(digest, out);
    for (i = 0; i < sizeof(out); i++) {
        hex[2 * i] = digits[out[i] >> 4];
        hex[2 * i + 1] = digits[out[i] & 15];
    }
    ck_assert_str_eq(hex, want);
}

static const struct {
    size_t length;
    const char *hex;
} vectors[] = {
    {0, "a3817f04ba25a8e66df67214c7550293"},
    {1, "da87c1d86b99af44347659119b22fc45"},
    {2, "8177228da4a45dc7fca38bdef60affe4"},
    {15, "5493e99933b0a8117e08ec0f97cfc3d9"},
};

START_TEST(vectors_are_met)
{
    ndri_digest digest;

    ndri_digest_init(&digest, ndri_span_from(key_octets, 16));
    ndri_digest_add(&digest, ndri_span_from(octets, vectors[_i].length));
    check_hex(&digest, vectors[_i].hex);
}
END_TEST

static void hash(size_t length, size_t first, size_t second,
                 unsigned char out[NDRI_DIGEST_LENGTH])
{
    ndri_span text = ndri_span_from(octets, length);
    ndri_digest digest;

    ndri_digest_init(&digest, ndri_span_from(key_octets, 16));
    ndri_digest_add(&digest, ndri_span_slice(text, 0, first));
    ndri_digest_add(&digest, ndri_span_slice(text, first, second));
    ndri_digest_add(&digest, ndri_span_slice(text, second, length));
    ndri_digest_finish(&digest, out);
}

START_TEST(pieces_make_no_difference)
{
    size_t length, first, second;

    for (length = 0; length <= LONGEST; length++) {
        unsigned char whole[NDRI_DIGEST_LENGTH], cut[NDRI_DIGEST_LENGTH];

        hash(length, length, length, whole);
        for (first = 0; first <= length; first++) {
            for (second = first; second <= length; second++) {
                hash(length, first, second, cut);
                ck_assert(memcmp(whole, cut, sizeof(cut)) == 0);
            }
        }
    }
}
END_TEST

static void hash_with_key(size_t length, char fill,
                          unsigned char out[NDRI_DIGEST_LENGTH])
{
    char key[40];
    ndri_digest digest;

    memset(key, fill, sizeof(key));
    ndri_digest_init(&digest, ndri_span_from(key, length));
    ndri_digest_add(&digest, NDRI_SPAN("text"));
    ndri_digest_finish(&digest, out);
}

START_TEST(keys_differ)
{
    unsigned char out[41][NDRI_DIGEST_LENGTH], other[NDRI_DIGEST_LENGTH];
    size_t i, j;

    for (i = 0; i <= 40; i++) {
        hash_with_key(i, 'k', out[i]);
        for (j = 0; j < i; j++)
            ck_assert(memcmp(out[i], out[j], sizeof(other)) != 0);
        hash_with_key(i, 'l', other);
        ck_assert((memcmp(out[i], other, sizeof(other)) == 0) == (i == 0));
    }
}
END_TEST

START_TEST(short_keys_are_filled_with_zeros)
{
    unsigned char none[NDRI_DIGEST_LENGTH], zeros[NDRI_DIGEST_LENGTH];

    hash_with_key(0, '\0', none);
    hash_with_key(16, '\0', zeros);
    ck_assert(memcmp(none, zeros, sizeof(none)) == 0);
}
END_TEST

START_TEST(numbers_are_eight_octets)
{
    ndri_digest number, text;
    unsigned char a[NDRI_DIGEST_LENGTH], b[NDRI_DIGEST_LENGTH];

    ndri_digest_init(&number, NDRI_SPAN("key"));
    ndri_digest_add_number(&number, UINT64_C(0x0807060504030201));
    ndri_digest_finish(&number, a);
    ndri_digest_init(&text, NDRI_SPAN("key"));
    ndri_digest_add(&text, NDRI_SPAN("\1\2\3\4\5\6\7\10"));
    ndri_digest_finish(&text, b);
    ck_assert(memcmp(a, b, sizeof(a)) == 0);
}
END_TEST

START_TEST(items_do_not_run_together)
{
    unsigned char out[6][NDRI_DIGEST_LENGTH];
    static const char *const rows[][2] = {{"ab", "c"},    {"a", "bc"},
                                          {"", "abc"},    {"abc", ""},
                                          {"abc", "abc"}, {"", ""}};
    int i, j;

    for (i = 0; i < COUNT(rows); i++) {
        ndri_digest digest;

        ndri_digest_init(&digest, NDRI_SPAN("key"));
        ndri_digest_add_item(&digest, ndri_span_of(rows[i][0]));
        ndri_digest_add_item(&digest, ndri_span_of(rows[i][1]));
        ndri_digest_finish(&digest, out[i]);
        for (j = 0; j < i; j++)
            ck_assert(memcmp(out[i], out[j], NDRI_DIGEST_LENGTH) != 0);
    }
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("digest");

    tcase_add_loop_test(add(suite, "Published vectors are met"),
                        vectors_are_met, 0, COUNT(vectors));
    tcase_add_test(add(suite, "Pieces make no difference"),
                   pieces_make_no_difference);
    tcase_add_test(add(suite, "Another key gives another digest"), keys_differ);
    tcase_add_test(add(suite, "Short keys are filled with zeros"),
                   short_keys_are_filled_with_zeros);
    tcase_add_test(add(suite, "A number is eight octets"),
                   numbers_are_eight_octets);
    tcase_add_test(add(suite, "Items do not run together"),
                   items_do_not_run_together);
    return ndri_test_main(suite);
}
