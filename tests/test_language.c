/* SPDX-License-Identifier: ISC */
/* Language tags and whom they serve. */
#include "mail/language.h"
#include "test.h"

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static const struct {
    ndri_span tag;
    int good;
} tags[] = {
    {IN("en"), 1},
    {IN("EN"), 1},
    {IN("de-AT"), 1},
    {IN("zh-Hant-TW"), 1},
    {IN("x-private"), 1},
    {IN("sl-rozaj-biske-1994"), 1},
    {IN("abcdefgh"), 1},
    {IN("a"), 1},
    {IN("aaaaaaaa-bbbbbbbb-cccccccc-dddddddd"), 1},
    {IN("aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-"), 0},
    {IN("aaaaaaaa-bbbbbbbb-cccccccc-ddddddd-e"), 0},
    {IN(""), 0},
    {IN("abcdefghi"), 0},
    {IN("en-abcdefghi"), 0},
    {IN("-en"), 0},
    {IN("en-"), 0},
    {IN("en--us"), 0},
    {IN("1en"), 0},
    {IN("en_US"), 0},
    {IN("en US"), 0},
    {IN("en\r\n"), 0},
    {IN("en\0"), 0},
    {IN("*"), 0},
    {IN("fran\xC3\xA7"), 0},
};

START_TEST(tags_are_known)
{
    ck_assert_msg(ndri_language_is_tag(tags[_i].tag) == tags[_i].good, "\"%s\"",
                  tags[_i].tag.at);
}
END_TEST

static const struct {
    const char *tag, *range;
    int serves;
} pairs[] = {
    {"en", "en", 1},
    {"en", "EN", 1},
    {"EN", "en-GB", 1},
    {"de", "de-AT-1996", 1},
    {"de-at", "de-AT-1996", 1},
    {"zh-Hant", "zh-Hant-TW", 1},
    {"en-GB", "en", 0},
    {"en-GB", "en-US", 0},
    {"e", "en", 0},
    {"de", "den", 0},
    {"de-A", "de-AT", 0},
    {"fr", "en", 0},
    {"en", "", 0},
};

START_TEST(tags_serve_readers)
{
    ck_assert_msg((ndri_language_serves(ndri_span_of(pairs[_i].tag),
                                        ndri_span_of(pairs[_i].range)) != 0) ==
                      pairs[_i].serves,
                  "%s for %s", pairs[_i].tag, pairs[_i].range);
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("language");

    tcase_add_loop_test(add(suite, "Tags are told from other text"),
                        tags_are_known, 0, COUNT(tags));
    tcase_add_loop_test(add(suite, "Tags serve readers of their kind"),
                        tags_serve_readers, 0, COUNT(pairs));
    return ndri_test_main(suite);
}
