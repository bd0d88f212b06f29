/* SPDX-License-Identifier: ISC */
/* The compiler of system-message texts: what each source becomes, and each
   mistake with its line and words. */
#include "test.h"
#include "words/template.h"

#include <string.h>

static ndr_allocator standard;
static ndri_buf compiled, shown;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&compiled, &standard, NDRI_BUF_CAP);
    ndri_buf_init(&shown, &standard, NDRI_BUF_CAP);
}

static void teardown(void)
{
    ndri_buf_release(&compiled);
    ndri_buf_release(&shown);
}

/* The operations, as words that can be read. */
static const char *word_of(char operation)
{
    switch (operation) {
    case NDRI_OP_ENDIF:
        return "{/}";
    case NDRI_OP_PARAGRAPH:
        return "[P]";
    case NDRI_OP_BREAK:
        return "[B]";
    case NDRI_OP_STEP:
        return "[S]";
    case NDRI_OP_BOLD:
        return "<b>";
    case NDRI_OP_BOLD_END:
        return "</b>";
    case NDRI_OP_EM:
        return "<em>";
    case NDRI_OP_EM_END:
        return "</em>";
    case NDRI_OP_LINK:
        return "<a ";
    case NDRI_OP_LINK_TEXT:
        return ">";
    case NDRI_OP_LINK_END:
        return "</a>";
    default:
        return "[?]";
    }
}

static const char *show(void)
{
    ndri_span all = ndri_buf_span(&compiled);
    size_t at;

    ndri_buf_clear(&shown);
    for (at = 0; at < all.length; at++) {
        char c = all.at[at];

        if ((unsigned char) c >= ' ') {
            ndri_buf_add_byte(&shown, c);
        } else if (c == NDRI_OP_VALUE || c == NDRI_OP_IF) {
            ndri_buf_add_text(&shown, c == NDRI_OP_IF ? "{?" : "{");
            ndri_buf_add_text(&shown,
                              ndri_placeholder_names[all.at[++at] - 0x20]);
            ndri_buf_add_byte(&shown, '}');
        } else {
            ndri_buf_add_text(&shown, word_of(c));
        }
    }
    return ndri_buf_string(&shown);
}

typedef struct row {
    const char *source, *shown;
} row;

static const row texts[] = {
    {"", ""},
    {" \r\n\t\n", ""},
    {"a", "a"},
    {"a  b", "a  b"},
    {"a\tb", "a b"},
    /* lines */
    {"a\nb", "a[B]b"},
    {"a\r\nb\rc", "a[B]b[B]c"},
    {"a \n b", "a [B]b"},
    {"a\n\nb", "a[P]b"},
    {"a\n \t\n\n\nb", "a[P]b"},
    {"a<br>b<BR>c", "a[B]b[B]c"},
    {"a<br>\nb", "a[B]b"},
    {"a<p>b</p>c", "a[P]b[P]c"},
    {"<p>a</p>\n<p>b</p>", "a[P]b"},
    {"a<br><p>b", "a[P]b"},
    {"a<p><br>b", "a[P]b"},
    {"<br>a<br>", "a"},
    /* steps */
    {"1. a", "[S]a"},
    {"1. a\n2. b", "[S]a[S]b"},
    {"7. a\n7. b", "[S]a[S]b"},
    {"a\n1. b", "a[S]b"},
    {"a\n\n1. b\nc", "a[S]b[B]c"},
    {"1. a\n\nb", "[S]a[P]b"},
    {"  12. a", "[S]a"},
    {"123. a", "[S]a"},
    {"1234. a", "1234. a"},
    {"1.a", "1.a"},
    {"1.", "1."},
    {"a 1. b", "a 1. b"},
    {"1) a", "1) a"},
    {"1. <b>a</b>", "[S]<b>a</b>"},
    /* escapes, and a & that begins none */
    {"&lt;b&gt; &quot;&amp;&quot;", "<b> \"&\""},
    {"&LT;&Amp;", "<&"},
    {"a & b &nbsp; &lt", "a & b &nbsp; &lt"},
    {"&amp;lt;", "&lt;"},
    /* tags */
    {"<b>a</b>", "<b>a</b>"},
    {"<B>a</B><Em>b</eM>", "<b>a</b><em>b</em>"},
    {"<b><em>a</em></b>", "<b><em>a</em></b>"},
    {"<b>a\nb</b>", "<b>a[B]b</b>"},
    {"<b>a<br>b</b>", "<b>a[B]b</b>"},
    {"a\n<b>b</b>", "a[B]<b>b</b>"},
    {"a\n\n<em>b</em>", "a[P]<em>b</em>"},
    {"a > b", "a > b"},
    {"<a href=\"http://a.example/\">b</a>", "<a http://a.example/>b</a>"},
    {"<A HREF='HTTPS://a/'>b</A>", "<a HTTPS://a/>b</a>"},
    {"<a href=\"tel:+43-1-70\">b</a>", "<a tel:+43-1-70>b</a>"},
    {"<a href=\"mailto:a@b.example?subject=x&amp;y\">b</a>",
     "<a mailto:a@b.example?subject=x&y>b</a>"},
    {"<a href=\"https://a/?b=c&d\">b</a>", "<a https://a/?b=c&d>b</a>"},
    {"<a href='https://a/it's'>", NULL},
    {"<a href=\"https://a/it's\">b</a>", "<a https://a/it's>b</a>"},
    {"<b><a href=\"tel:1\">a</a></b>", "<b><a tel:1>a</a></b>"},
    /* braces */
    {"{{a}", "{a}"},
    {"{{{recipient}}", "{{recipient}}"},
    {"{{{{", "{{"},
    {"}", "}"},
    {"{recipient}", "{recipient}"},
    {"a{status}b", "a{status}b"},
    {"{?size}a{/}", "{?size}a{/}"},
    {"{?size}{?hops}a{/}b{/}", "{?size}{?hops}a{/}b{/}"},
    {"{?size}<b>a</b>{/}", "{?size}<b>a</b>{/}"},
    {"<b>{?size}a{/}</b>", "<b>{?size}a{/}</b>"},
    {"a\n{?size}b{/}\nc", "a[B]{?size}b{/}[B]c"},
    {"a\n\n{?size}b\n\nc{/}", "a[P]{?size}b[P]c{/}"},
    {"a\n{?size}1. b{/}", "a[B]{?size}1. b{/}"},
    {"{?size}\n1. a\n{/}\nb", "{?size}[S]a{/}[B]b"},
    /* letters beyond ASCII */
    {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F"},
};

START_TEST(each_source_has_its_compiled_form)
{
    const row *r = &texts[_i];
    ndri_template_fault fault = {0, NULL};
    int good =
        ndri_template_compile(ndri_span_of(r->source), &compiled, &fault);

    if (r->shown == NULL) {
        ck_assert(!good);
        return;
    }
    ck_assert_msg(good, "%s: %s", r->source, fault.expected);
    ck_assert_str_eq(show(), r->shown);
}
END_TEST

START_TEST(every_placeholder_is_known_by_its_name)
{
    ndri_template_fault fault = {0, NULL};
    char source[40];
    size_t length = strlen(ndri_placeholder_names[_i]);

    memcpy(source + 1, ndri_placeholder_names[_i], length);
    source[0] = '{';
    memcpy(source + 1 + length, "}", 2);
    ck_assert(ndri_template_compile(ndri_span_of(source), &compiled, &fault));
    ck_assert_uint_eq(compiled.used, 2);
    ck_assert_int_eq(compiled.at[0], NDRI_OP_VALUE);
    ck_assert_int_eq(compiled.at[1], 0x20 + _i);
    ck_assert_uint_eq(ndri_template_uses(ndri_buf_span(&compiled)), UINT32_C(1)
                                                                        << _i);
}
END_TEST

#define PLACEHOLDER "a known placeholder, or {{ for a brace"
#define TAG "one of <b> <em> <br> <p> <a href=\"\">, or &lt; for a bracket"
#define LAST_TAG "the end of the tag opened last"
#define END_OF_TAGS "the end of each tag"
#define END_OF_CONDITIONS "{/} for each {?name}"
#define BEFORE_PARAGRAPH "the end of the tag before the paragraph ends"
#define HREF "href=\"...\" in the tag a"
#define ADDRESS "an address without blanks, braces and brackets in href"
#define SCHEME "an address that begins http://, https://, mailto: or tel:"
#define NO_OTHER "> after the address, and no other attribute than href"

static const struct {
    const char *source;
    unsigned line;
    const char *expected;
} mistakes[] = {
    /* placeholders */
    {"{sender_name}", 1, PLACEHOLDER},
    {"a\nb {nobody} c", 2, PLACEHOLDER},
    {"{Recipient}", 1, PLACEHOLDER},
    {"{ recipient}", 1, PLACEHOLDER},
    {"{}", 1, PLACEHOLDER},
    {"{", 1, PLACEHOLDER},
    {"a {recipient", 1, PLACEHOLDER},
    {"{recipient\n}", 1, PLACEHOLDER},
    {"{?}a{/}", 1, PLACEHOLDER},
    {"{?nobody}a{/}", 1, PLACEHOLDER},
    {"{remote}", 1, PLACEHOLDER},
    /* conditions */
    {"{/}", 1, "{?name} before {/}"},
    {"a\n\n{?size}b{/}{/}", 3, "{?name} before {/}"},
    {"{?size}<b>{/}</b>", 1, "{?name} before {/}"},
    {"{?size}a", 1, END_OF_CONDITIONS},
    {"{?size}a\n\nb", 3, END_OF_CONDITIONS},
    {"<b>{?size}a</b>{/}", 1, LAST_TAG},
    /* tags */
    {"<i>a</i>", 1, TAG},
    {"a < b", 1, TAG},
    {"<", 1, TAG},
    {"<b", 1, TAG},
    {"<b >a</b>", 1, TAG},
    {"<br/>", 1, TAG},
    {"<p class=\"x\">", 1, TAG},
    {"<script>x</script>", 1, TAG},
    {"<!-- a -->", 1, TAG},
    {"<a>b</a>", 1, TAG},
    {"<a name=\"b\">c</a>", 1, TAG},
    {"<a target=\"b\" href=\"tel:1\">c</a>", 1, TAG},
    {"<a href=\"tel:1\">b<a href=\"tel:2\">c</a></a>", 1, TAG},
    {"<b>a", 1, END_OF_TAGS},
    {"<em>a", 1, END_OF_TAGS},
    {"<a href=\"tel:1\">a", 1, END_OF_TAGS},
    {"</b>", 1, LAST_TAG},
    {"</a>", 1, LAST_TAG},
    {"<b><em>a</b></em>", 1, LAST_TAG},
    {"<b>a\n\nb</b>", 2, BEFORE_PARAGRAPH},
    {"<b>a<p>b</b>", 1, BEFORE_PARAGRAPH},
    {"<b>a</p>b</b>", 1, BEFORE_PARAGRAPH},
    {"<b>a\n1. b</b>", 2, "the end of the tag before the step begins"},
    /* links */
    {"<a href=tel:1>a</a>", 1, HREF},
    {"<a href=", 1, HREF},
    {"<a href=\"javascript:alert(1)\">a</a>", 1, SCHEME},
    {"<a href=\"JavaScript:alert(1)\">a</a>", 1, SCHEME},
    {"<a href=\"&#106;avascript:x\">a</a>", 1, SCHEME},
    {"<a href=\"data:text/html,x\">a</a>", 1, SCHEME},
    {"<a href=\"ftp://a/\">a</a>", 1, SCHEME},
    {"<a href=\"//a.example/\">a</a>", 1, SCHEME},
    {"<a href=\"page.html\">a</a>", 1, SCHEME},
    {"<a href=\"http:\">a</a>", 1, SCHEME},
    {"<a href=\"\">a</a>", 1, SCHEME},
    {"a\n<a href=\"xhttp://a/\">a</a>", 2, SCHEME},
    {"<a href=\"http://a/\" onclick=\"b\">a</a>", 1, NO_OTHER},
    {"<a href=\"http://a/\" >a</a>", 1, NO_OTHER},
    {"<a href=\"http://a/", 1, NO_OTHER},
    {"<a href=\"http://a/\"", 1, NO_OTHER},
    {"<a href=\"http://a/ b\">a</a>", 1, ADDRESS},
    {"<a href=\"\thttp://a/\">a</a>", 1, ADDRESS},
    {"<a href=\"http://a/\nb\">a</a>", 1, ADDRESS},
    {"<a href=\"http://{recipient}/\">a</a>", 1, ADDRESS},
    {"<a href=\"http://a/<b>\">a</a>", 1, ADDRESS},
    {"<a href='http://a/\"b'>a</a>", 1, ADDRESS},
    {"<a href=\"http://a/&quot;\">a</a>", 1, ADDRESS},
    {"<a href=\"http://a/&lt;\">a</a>", 1, ADDRESS},
    {"<a href=\"http://a/\x7F\">a</a>", 1, ADDRESS},
    /* control characters, which are the operations of the compiled form */
    {"a\x01 b", 1, "no control character"},
    {"a\n\nb\x1B", 3, "no control character"},
    {"\x7F", 1, "no control character"},
};

START_TEST(each_mistake_has_its_line_and_words)
{
    ndri_template_fault fault = {0, NULL};
    const char *source = mistakes[_i].source;

    ck_assert_msg(
        !ndri_template_compile(ndri_span_of(source), &compiled, &fault),
        "taken: %s", source);
    ck_assert_msg(strcmp(fault.expected, mistakes[_i].expected) == 0 &&
                      fault.line == mistakes[_i].line,
                  "%s: line %u: %s", source, fault.line, fault.expected);
}
END_TEST

START_TEST(a_nul_is_a_control_character)
{
    ndri_template_fault fault = {0, NULL};

    ck_assert(!ndri_template_compile(NDRI_SPAN("a\0b"), &compiled, &fault));
    ck_assert_str_eq(fault.expected, "no control character");
}
END_TEST

START_TEST(lines_are_counted_from_the_untrimmed_beginning)
{
    static const char *const sources[] = {"\n\n a {x}", "\r\n\r\n a {x}",
                                          "\r\r{x}", "\n \n\t{x}"};
    ndri_template_fault fault = {0, NULL};
    size_t i;

    for (i = 0; i < 4; i++) {
        ck_assert(!ndri_template_compile(ndri_span_of(sources[i]), &compiled,
                                         &fault));
        ck_assert_uint_eq(fault.line, 3);
    }
}
END_TEST

static void nest(ndri_buf *source, unsigned depth)
{
    unsigned i;

    ndri_buf_clear(source);
    for (i = 0; i < depth; i++)
        ndri_buf_add_text(source, i % 2 == 0 ? "<b>" : "{?size}");
    ndri_buf_add_text(source, "a");
    while (i-- > 0)
        ndri_buf_add_text(source, i % 2 == 0 ? "</b>" : "{/}");
}

START_TEST(sixteen_tags_and_conditions_nest_and_no_more)
{
    ndri_template_fault fault = {0, NULL};

    nest(&shown, 16);
    ck_assert(ndri_template_compile(ndri_buf_span(&shown), &compiled, &fault));
    nest(&shown, 17);
    ck_assert(!ndri_template_compile(ndri_buf_span(&shown), &compiled, &fault));
    ck_assert_str_eq(fault.expected,
                     "at most 16 tags and conditions within each other");
}
END_TEST

START_TEST(uses_tells_values_and_conditions)
{
    ndri_template_fault fault = {0, NULL};

    ck_assert(ndri_template_compile(
        NDRI_SPAN("{sender} {?hops}x{/} <a href=\"tel:1\">{size}</a>"),
        &compiled, &fault));
    ck_assert_uint_eq(ndri_template_uses(ndri_buf_span(&compiled)),
                      1u << NDRI_PH_SENDER | 1u << NDRI_PH_HOPS |
                          1u << NDRI_PH_SIZE);
    ck_assert_uint_eq(ndri_template_uses(NDRI_SPAN("")), 0);
    ck_assert_uint_eq(ndri_template_uses(NDRI_SPAN("no {size}")), 0);
}
END_TEST

static const row plain_texts[] = {
    {"", ""},
    {"a {recipient} <b> &lt; {{", "a {recipient} <b> &lt; {{"},
    {"1. a\n2. b", "1. a[B]2. b"},
    {"a\n\nb\r\n\r\nc\r\rd", "a[P]b[P]c[P]d"},
    {"a\n \t\nb", "a[P]b"},
    {"a \n b", "a [B]b"},
    {"a\tb", "a b"},
    {"\n\n a \n\n", "a"},
};

START_TEST(plain_text_has_paragraphs_and_breaks_only)
{
    const row *r = &plain_texts[_i];

    ndri_template_compile_plain(ndri_span_of(r->source), &compiled);
    ck_assert_str_eq(show(), r->shown);
}
END_TEST

/* Whatever the octets: no reading beyond the end, and nothing that is taken
   leaves a tag or condition open. */
START_TEST(any_octets_compile_or_fail)
{
    static const char *const pieces[] = {
        "<b>",  "</b>",    "<a href=\"tel:1\">",
        "</a>", "{?size}", "{/}",
        "{{",   "{size}",  "\n",
        "1. ",  "<",       "&lt;"};
    ndri_template_fault fault = {0, NULL};
    unsigned long seed = (unsigned long) _i * 7919u + 1u;
    unsigned i, opened = 0, closed = 0;
    size_t at;

    for (i = 0; i < 12; i++) {
        seed = (seed * 1103515245u + 12345u) & 0x7FFFFFFFu;
        ndri_buf_add_text(&shown, pieces[(seed >> 16) % 12]);
    }
    if (!ndri_template_compile(ndri_buf_span(&shown), &compiled, &fault)) {
        ck_assert_ptr_nonnull(fault.expected);
        ck_assert_uint_ge(fault.line, 1);
        return;
    }
    for (at = 0; at < compiled.used; at++) {
        opened += compiled.at[at] == NDRI_OP_BOLD ||
                  compiled.at[at] == NDRI_OP_LINK ||
                  compiled.at[at] == NDRI_OP_IF;
        closed += compiled.at[at] == NDRI_OP_BOLD_END ||
                  compiled.at[at] == NDRI_OP_LINK_END ||
                  compiled.at[at] == NDRI_OP_ENDIF;
    }
    ck_assert_uint_eq(opened, closed);
}
END_TEST

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("template");
    TCase *tcase = tcase_create("template");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_source_has_its_compiled_form, 0,
                        COUNT(texts));
    tcase_add_loop_test(tcase, every_placeholder_is_known_by_its_name, 0,
                        NDRI_PH_COUNT);
    tcase_add_loop_test(tcase, each_mistake_has_its_line_and_words, 0,
                        COUNT(mistakes));
    tcase_add_test(tcase, a_nul_is_a_control_character);
    tcase_add_test(tcase, lines_are_counted_from_the_untrimmed_beginning);
    tcase_add_test(tcase, sixteen_tags_and_conditions_nest_and_no_more);
    tcase_add_test(tcase, uses_tells_values_and_conditions);
    tcase_add_loop_test(tcase, plain_text_has_paragraphs_and_breaks_only, 0,
                        COUNT(plain_texts));
    tcase_add_loop_test(tcase, any_octets_compile_or_fail, 0, 500);
    suite_add_tcase(suite, tcase);
    return ndri_test_main(suite);
}
