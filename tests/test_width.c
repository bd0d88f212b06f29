/* SPDX-License-Identifier: ISC */
/* Columns on a screen. */
#include "base/width.h"
#include "test.h"

/* An assertion that costs nothing while it holds. */
#define CHEAP_ASSERT(condition)                                                \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg("%s", #condition);                                    \
    } while (0)

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static const struct {
    uint32_t point;
    unsigned width;
} points[] = {
    {'a', 1},     {0xE9, 1},    {0x2FF, 1},   {0x300, 0},   {0x36F, 0},
    {0x370, 1},   {0x5BE, 1},   {0x5BF, 0},   {0x5C0, 1},   {0x900, 0},
    {0x903, 1},   {0x10FF, 1},  {0x1100, 2},  {0x115F, 2},  {0x1160, 1},
    {0x200B, 0},  {0x200F, 0},  {0x2010, 1},  {0x20AC, 1},  {0x2E7F, 1},
    {0x2E80, 2},  {0x302A, 0},  {0x3042, 2},  {0x3099, 0},  {0x30A2, 2},
    {0x4E2D, 2},  {0xA4CF, 2},  {0xA4D0, 1},  {0xABFF, 1},  {0xAC00, 2},
    {0xD7A3, 2},  {0xD7A4, 1},  {0xFE0F, 0},  {0xFEFF, 0},  {0xFF01, 2},
    {0xFF60, 2},  {0xFF61, 1},  {0x1F600, 2}, {0x1F3FB, 0}, {0x1F4A9, 2},
    {0x20000, 2}, {0x3FFFD, 2}, {0x3FFFE, 1}, {0xE0100, 0}, {0x10FFFF, 1},
};

START_TEST(characters_have_a_width)
{
    ck_assert_msg(ndri_width_of(points[_i].point) == points[_i].width, "U+%04X",
                  (unsigned) points[_i].point);
}
END_TEST

START_TEST(no_character_is_wider_than_two)
{
    uint32_t point;

    for (point = 0; point <= 0x10FFFF; point++)
        CHEAP_ASSERT(ndri_width_of(point) <= 2);
    for (point = ' '; point < 0x7F; point++)
        CHEAP_ASSERT(ndri_width_of(point) == 1);
}
END_TEST

static const struct {
    const char *text;
    size_t width;
} texts[] = {
    {"", 0},
    {"abc", 3},
    {"caf\xC3\xA9", 4},
    {"cafe\xCC\x81", 4},
    {"\xE3\x81\x82\xE3\x81\x84", 4},
    {"a\xE3\x81\x82 b", 5},
    {"\xF0\x9F\x98\x80", 2},
    {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBB", 2},
};

START_TEST(texts_have_a_width)
{
    ck_assert_uint_eq(ndri_width(ndri_span_of(texts[_i].text)),
                      texts[_i].width);
}
END_TEST

START_TEST(other_octets_do_no_harm)
{
    ck_assert_uint_le(ndri_width(NDRI_SPAN("\xE3")), 1);
    ck_assert_uint_le(ndri_width(NDRI_SPAN("\xFF\xFE")), 2);
    ck_assert_uint_le(ndri_width(NDRI_SPAN("a\0b")), 3);
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
    Suite *suite = suite_create("width");

    tcase_add_loop_test(add(suite, "Characters have a width"),
                        characters_have_a_width, 0, COUNT(points));
    tcase_add_test(add(suite, "No character is wider than two"),
                   no_character_is_wider_than_two);
    tcase_add_loop_test(add(suite, "Texts have a width"), texts_have_a_width, 0,
                        COUNT(texts));
    tcase_add_test(add(suite, "Other octets do no harm"),
                   other_octets_do_no_harm);
    return ndri_test_main(suite);
}
