/* SPDX-License-Identifier: ISC */
/* Headers of originals: well formed, odd and broken; what is shown of them. */
#include "mail/original.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define IN(literal)                                                            \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

static ndr_allocator standard;
static ndri_buf out;
static ndri_arena arena;
static ndri_original original;

static void setup(void)
{
    standard = ndri_allocator(NULL);
    ndri_buf_init(&out, &standard, NDRI_BUF_CAP);
    ndri_arena_init(&arena, &standard);
}

static void teardown(void)
{
    ndri_buf_release(&out);
    ndri_arena_release(&arena);
}

static void parse(ndri_span block)
{
    ck_assert_int_eq(ndri_original_parse(&original, block, 0, &arena), NDR_OK);
}

/* The fields as "[name|value]", line ends and all. */
static const char *fields(void)
{
    size_t i;

    ndri_buf_clear(&out);
    for (i = 0; i < original.count; i++) {
        ndri_buf_add_byte(&out, '[');
        ndri_buf_add(&out, original.fields[i].name);
        ndri_buf_add_byte(&out, '|');
        ndri_buf_add(&out, original.fields[i].value);
        ndri_buf_add_byte(&out, ']');
    }
    return ndri_buf_string(&out);
}

static const struct {
    ndri_span in;
    const char *fields;
    const char *body;
    int broken, complete;
} headers[] = {
    {IN(""), "", "", 0, 0},
    {IN("A: b"), "[A| b]", "", 0, 0},
    {IN("A: b\r\n"), "[A| b]", "", 0, 0},
    {IN("A: b\r\n\r\n"), "[A| b]", "", 0, 1},
    {IN("A: b\r\n\r\nbody"), "[A| b]", "body", 0, 1},
    {IN("A: b\n\nbody"), "[A| b]", "body", 0, 1},
    {IN("A: b\r\rbody"), "[A| b]", "body", 0, 1},
    {IN("A: b\r\nC: d\r\n\r\nbody"), "[A| b][C| d]", "body", 0, 1},
    {IN("A: b\nC: d\n\nbody"), "[A| b][C| d]", "body", 0, 1},
    {IN("A: b\rC: d\r\rbody"), "[A| b][C| d]", "body", 0, 1},
    {IN("A: b\r\nC: d\nE: f\rG: h\n\r\nbody"), "[A| b][C| d][E| f][G| h]",
     "body", 0, 1},
    {IN("A: b\r\n c\r\n\td\r\nE: f\r\n"), "[A| b\r\n c\r\n\td][E| f]", "", 0,
     0},
    {IN("A: b\n c\nE: f\n"), "[A| b\n c][E| f]", "", 0, 0},
    {IN("A:\r\n b\r\n\r\n"), "[A|\r\n b]", "", 0, 1},
    {IN("A: b\r\n \r\nC: d\r\n"), "[A| b\r\n ][C| d]", "", 0, 0},
    {IN("A:b"), "[A|b]", "", 0, 0},
    {IN("A:"), "[A|]", "", 0, 0},
    {IN("A : b\r\n"), "[A| b]", "", 0, 0},
    {IN("A\t : b\r\n"), "[A| b]", "", 0, 0},
    {IN("A: b:c\r\n"), "[A| b:c]", "", 0, 0},
    {IN("A: b\0c\r\n"), "[A| b", "", 0, 0},
    {IN("From a@b Mon Jan  1 00:00:00 2026\r\nA: b\r\n\r\nbody"), "[A| b]",
     "body", 0, 1},
    {IN(">From a@b\nA: b\n\nbody"), "[A| b]", "body", 0, 1},
    {IN("A: b\r\nFrom a@b\r\n"), "[A| b]", "From a@b\r\n", 1, 1},
    {IN("A: b\r\nno field\r\nC: d\r\n"), "[A| b]", "no field\r\nC: d\r\n", 1,
     1},
    {IN("A: b\r\n: d\r\n"), "[A| b]", ": d\r\n", 1, 1},
    {IN("A: b\r\nx y: d\r\n"), "[A| b]", "x y: d\r\n", 1, 1},
    {IN("A: b\r\n\xC3\xA9: d\r\n"), "[A| b]", "\xC3\xA9: d\r\n", 1, 1},
    {IN(" b\r\nA: b\r\n"), "", " b\r\nA: b\r\n", 1, 1},
    {IN("no field\r\n"), "", "no field\r\n", 1, 1},
    {IN("\r\nbody"), "", "body", 0, 1},
    {IN("\r\n"), "", "", 0, 1},
    {IN("\n\nbody"), "", "\nbody", 0, 1},
    {IN("From a@b\r\n\r\nbody"), "", "body", 0, 1},
};

START_TEST(headers_are_taken_apart)
{
    ndri_span in = headers[_i].in;

    parse(in);
    ck_assert_str_eq(fields(), headers[_i].fields);
    ck_assert_uint_le(original.body, in.length);
    ck_assert(
        ndri_span_equal(ndri_span_slice(in, (size_t) original.body, in.length),
                        ndri_span_of(headers[_i].body)));
    ck_assert_int_eq(original.has_body, headers[_i].body[0] != '\0');
    ck_assert_int_eq(original.broken, headers[_i].broken);
    ck_assert_int_eq(ndri_original_is_complete(in), headers[_i].complete);
}
END_TEST

/* Nothing that may follow changes what a complete header says: neither the rest
   of a line nor the LF of its line end. */
static void check_complete(ndri_span text, size_t length)
{
    char *octets = malloc(length + 1);
    ndri_span block;
    ndri_original all;

    /* exactly so large, so that reading too far is seen */
    octets = realloc(octets, length > 0 ? length : 1);
    memcpy(octets, text.at, length);
    block = ndri_span_from(octets, length);
    if (ndri_original_is_complete(block)) {
        parse(text);
        all = original;
        parse(block);
        ck_assert_msg(
            original.body == all.body && original.count == all.count &&
                original.broken == all.broken,
            "complete after %u octets of \"%s\"", (unsigned) length, text.at);
    }
    free(octets);
}

START_TEST(complete_headers_are_complete)
{
    static const char letters[] = "AB: \t\r\r\n\n\nx";
    uint32_t state = 11;
    size_t length, at;
    int n;

    for (n = 0; n < COUNT(headers); n++)
        for (at = 0; at < headers[n].in.length; at++)
            check_complete(headers[n].in, at);
    for (n = 0; n < 5000; n++) {
        char text[25] = "";

        state = state * 1664525u + 1013904223u;
        length = (state >> 16) % sizeof(text);
        for (at = 0; at < length; at++) {
            state = state * 1664525u + 1013904223u;
            text[at] = letters[(state >> 16) % (sizeof(letters) - 1)];
        }
        for (at = 0; at < length; at++)
            check_complete(ndri_span_from(text, length), at);
        ndri_arena_reset(&arena);
    }
}
END_TEST

START_TEST(half_fields_are_left_out)
{
    ck_assert_int_eq(ndri_original_parse(
                         &original, NDRI_SPAN("A: b\r\nC: d\r\n e"), 1, &arena),
                     NDR_OK);
    ck_assert_str_eq(fields(), "[A| b]");
    ck_assert_int_eq(
        ndri_original_parse(&original, NDRI_SPAN("A: b"), 1, &arena), NDR_OK);
    ck_assert_str_eq(fields(), "");
    ck_assert_int_eq(ndri_original_parse(&original, NDRI_SPAN(""), 1, &arena),
                     NDR_OK);
    ck_assert_uint_eq(original.count, 0);
}
END_TEST

START_TEST(received_fields_are_counted)
{
    parse(NDRI_SPAN("Received: a\r\nreceived: b\r\n c\r\nX-Received: d\r\n"
                    "RECEIVED : e\r\n"));
    ck_assert_uint_eq(original.received, 3);
}
END_TEST

START_TEST(fields_are_found)
{
    const ndri_header *field;

    parse(NDRI_SPAN("A: 1\r\nSubject: 2\r\nsubject: 3\r\n"));
    field = ndri_original_find(&original, "SUBJECT");
    ck_assert_ptr_eq(field, &original.fields[1]);
    ck_assert_ptr_eq(ndri_original_find(&original, "Subj"), NULL);
    parse(NDRI_SPAN(""));
    ck_assert_ptr_eq(ndri_original_find(&original, "Subject"), NULL);
}
END_TEST

/* Every header of the table as an own header again. */
START_TEST(fields_are_written_as_they_came)
{
    static const struct {
        ndri_span in;
        const char *out;
    } rows[] = {
        {IN("A: b\r\n"), "A: b\r\n"},
        {IN("A: b"), "A: b\r\n"},
        {IN("A : b\n c\n"), "A: b\r\n c\r\n"},
        {IN("A: b\r c\r"), "A: b\r\n c\r\n"},
        {IN("A:\r\n b\r\n"), "A:\r\n b\r\n"},
        {IN("A: b\r\n \r\n\t\r\n c\r\n"), "A: b\r\n c\r\n"},
        {IN("A:\r\n"), "A:\r\n"},
        {IN("A: \r\n"), "A: \r\n"},
        {IN("A: b \t\r\n"), "A: b \t\r\n"},
    };
    int i;

    for (i = 0; i < COUNT(rows); i++) {
        parse(rows[i].in);
        ck_assert_uint_eq(original.count, 1);
        ndri_buf_clear(&out);
        ndri_original_add_field(&out, &original.fields[0]);
        ck_assert_str_eq(ndri_buf_string(&out), rows[i].out);
    }
}
END_TEST

START_TEST(values_are_unfolded)
{
    static const char *const rows[][2] = {
        {" b", "b"},           {" b \r\n", "b"},        {" b\r\n c", "b c"},
        {" b\r\n\tc", "b\tc"}, {" b\n c\r d", "b c d"}, {" b\r\n  c", "b  c"},
        {"\r\n b", "b"},       {" b \r\n c", "b  c"},   {"", ""},
        {" \r\n ", ""},
    };
    int i;

    for (i = 0; i < COUNT(rows); i++) {
        ndri_buf_clear(&out);
        ndri_original_unfold(ndri_span_of(rows[i][0]), &out);
        ck_assert_str_eq(ndri_buf_string(&out), rows[i][1]);
    }
}
END_TEST

static const struct {
    int mode;
    const char *names;
    uint64_t limit;
    const char *passing, *shown; /* first letters of the names */
} filters[] = {
    {NDR_HEADERS_DROP, "", 100000, "RFTSDMXYL", "RFTSDMXYL"},
    {NDR_HEADERS_DROP, "X-One", 100000, "RFTSDMYL", "RFTSDMYL"},
    {NDR_HEADERS_DROP, "x-one, Y-Two", 100000, "RFTSDML", "RFTSDML"},
    {NDR_HEADERS_DROP, "x-* y*", 100000, "RFTSDML", "RFTSDML"},
    {NDR_HEADERS_DROP, "*", 100000, "", ""},
    {NDR_HEADERS_KEEP, "", 100000, "", ""},
    {NDR_HEADERS_KEEP, "From Subject", 100000, "FS", "FS"},
    {NDR_HEADERS_KEEP, "from,subject", 100000, "FS", "FS"},
    {NDR_HEADERS_KEEP, "*", 100000, "RFTSDMXBYRL", "RFTSDMXBYRL"},
    {NDR_HEADERS_KEEP, "Bcc", 100000, "B", "B"},
    {NDR_HEADERS_DROP, "", 0, "RFTSDMXYL", ""},
    /* the telling ones are 9 + 7 + 12 + 9 + 15 + 12 octets */
    {NDR_HEADERS_DROP, "", 64, "RFTSDMXYL", "FTSDML"},
    {NDR_HEADERS_DROP, "", 63, "RFTSDMXYL", "FTSDM"},
    {NDR_HEADERS_DROP, "", 77, "RFTSDMXYL", "RFTSDML"},
    {NDR_HEADERS_DROP, "", 76, "RFTSDMXYL", "FTSDML"},
    {NDR_HEADERS_DROP, "", 87, "RFTSDMXYL", "RFTSDMXL"},
    {NDR_HEADERS_DROP, "", 97, "RFTSDMXYL", "RFTSDMXYL"},
    {NDR_HEADERS_DROP, "", 96, "RFTSDMXYL", "RFTSDMXL"},
    {NDR_HEADERS_DROP, "", 20, "RFTSDMXYL", "FT"},
};

START_TEST(fields_are_filtered)
{
    ndri_filter filter = {filters[_i].mode, {"", 0}};
    char passing[20] = "", shown[20] = "";
    size_t i, all = 0;

    filter.names = ndri_span_of(filters[_i].names);
    parse(NDRI_SPAN("Received: r\r\nFrom: f\r\nTo: t\r\nSubject: s\r\n"
                    "Date: d\r\nMessage-ID: m\r\nX-One: x\r\nBcc: b\r\n"
                    "Y-Two: y\r\nResent-Bcc: b\r\nList-Id: l\r\n"));
    ndri_original_filter(&original, &filter);
    ndri_original_admit(&original, filters[_i].limit);
    for (i = 0; i < original.count; i++) {
        const ndri_header *field = &original.fields[i];

        if (field->passes)
            strncat(passing, field->name.at, 1);
        if (!field->shown)
            continue;
        strncat(shown, field->name.at, 1);
        ndri_buf_clear(&out);
        ndri_original_add_field(&out, field);
        all += out.used;
    }
    ck_assert_str_eq(passing, filters[_i].passing);
    ck_assert_str_eq(shown, filters[_i].shown);
    ck_assert_uint_le(all, filters[_i].limit);
    ck_assert_int_eq(original.cut, strlen(shown) < strlen(passing));
}
END_TEST

START_TEST(shown_fields_are_scanned)
{
    ndri_filter filter = {NDR_HEADERS_DROP, NDRI_SPAN("Secret")};

    parse(NDRI_SPAN("A: b\nSecret: \xC3\xA9\nC: dddd\n e\r\n"));
    ndri_original_filter(&original, &filter);
    ndri_original_admit(&original, 100000);
    ck_assert_uint_eq(original.scan.found, NDRI_SCAN_CR_LF_PAIR);
    ck_assert_uint_eq(original.scan.longest, 7);
    filter.names = NDRI_SPAN("");
    ndri_original_filter(&original, &filter);
    ndri_original_admit(&original, 100000);
    ck_assert_uint_eq(original.scan.found,
                      NDRI_SCAN_CR_LF_PAIR | NDRI_SCAN_8BIT);
    ndri_original_admit(&original, 6);
    ck_assert_uint_eq(original.scan.found, NDRI_SCAN_CR_LF_PAIR);
    ck_assert_uint_eq(original.passing.found,
                      NDRI_SCAN_CR_LF_PAIR | NDRI_SCAN_8BIT);
    ck_assert_int_eq(original.cut, 1);
}
END_TEST

static const struct {
    ndri_span value;
    size_t from, end;
} ids[] = {
    {IN("<a@b>"), 0, 5},
    {IN("<a.b@c.d>"), 0, 9},
    {IN("<a@b> <c@d>"), 0, 5},
    {IN("<a@b> <c@d>"), 6, 11},
    {IN("<a!#$%&'*+-/=?^_`{|}~@b>"), 0, 24},
    {IN("<a@[192.0.2.1]>"), 0, 15},
    {IN("<a@[IPv6:::1]>"), 0, 14},
    {IN("<a@[]>"), 0, 6},
    {IN("<a@b>x"), 0, 5},
    {IN(""), 0, 0},
    {IN("a@b"), 0, 0},
    {IN("<a@b"), 0, 0},
    {IN("<a>"), 0, 0},
    {IN("<@b>"), 0, 0},
    {IN("<a@>"), 0, 0},
    {IN("<>"), 0, 0},
    {IN("<"), 0, 0},
    {IN("<a@"), 0, 0},
    {IN("<a@b@c>"), 0, 0},
    {IN("<a b@c>"), 0, 0},
    {IN("< a@b>"), 0, 0},
    {IN("<a@b >"), 0, 0},
    {IN("<.a@b>"), 0, 0},
    {IN("<a.@b>"), 0, 0},
    {IN("<a..b@c>"), 0, 0},
    {IN("<a@b.>"), 0, 0},
    {IN("<\"a\"@b>"), 0, 0},
    {IN("<a@[b>"), 0, 0},
    {IN("<a@[b]"), 0, 0},
    {IN("<a@[b c]>"), 0, 0},
    {IN("<a@[b[c]>"), 0, 0},
    {IN("<a@[b\\]>"), 0, 0},
    {IN("<a@[b\0]>"), 0, 0},
    {IN("<a\r\n@b>"), 0, 0},
    {IN("<\xC3\xA9@b>"), 0, 0},
    {IN("<a@b>"), 1, 0},
    {IN("<a@b>"), 5, 0},
    {IN("<a@b>"), 9, 0},
};

START_TEST(message_ids_have_a_grammar)
{
    ck_assert_msg(ndri_message_id_end(ids[_i].value, ids[_i].from) ==
                      ids[_i].end,
                  "\"%s\" ends at %u", ids[_i].value.at,
                  (unsigned) ndri_message_id_end(ids[_i].value, ids[_i].from));
}
END_TEST

START_TEST(message_ids_have_a_length)
{
    char id[901];

    memset(id, 'a', sizeof(id));
    id[0] = '<';
    id[10] = '@';
    id[899] = '>';
    ck_assert_uint_eq(ndri_message_id_end(ndri_span_from(id, 900), 0), 900);
    id[899] = 'a';
    id[900] = '>';
    ck_assert_uint_eq(ndri_message_id_end(ndri_span_from(id, 901), 0), 0);
}
END_TEST

static void *no_memory(void *user, void *old, size_t old_size, size_t size)
{
    (void) user;
    (void) old;
    (void) old_size;
    (void) size;
    return NULL;
}

START_TEST(memory_may_be_out)
{
    ndr_allocator none = {no_memory, NULL};
    ndri_arena empty;

    ndri_arena_init(&empty, &none);
    ck_assert_int_eq(
        ndri_original_parse(&original, NDRI_SPAN("A: b\r\n"), 0, &empty),
        NDR_E_NOMEM);
    ck_assert_int_eq(
        ndri_original_parse(&original, NDRI_SPAN("\r\nbody"), 0, &empty),
        NDR_OK);
    ndri_arena_release(&empty);
}
END_TEST

/* Whatever comes: the fields lie in the block, and nothing is read beyond. */
START_TEST(any_octets_are_taken)
{
    static const char letters[] = "AB: \t\r\n\nx>";
    uint32_t state = 9;
    int n;

    for (n = 0; n < 20000; n++) {
        char text[40];
        size_t length, i;

        state = state * 1664525u + 1013904223u;
        length = (state >> 16) % sizeof(text);
        for (i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            text[i] = letters[(state >> 16) % (sizeof(letters) - 1)];
        }
        parse(ndri_span_from(text, length));
        for (i = 0; i < original.count; i++) {
            const ndri_header *field = &original.fields[i];

            ck_assert_uint_gt(field->name.length, 0);
            ck_assert(field->name.at >= text);
            ck_assert(field->value.at > field->name.at);
            ck_assert(field->value.at + field->value.length <=
                      text + original.body);
        }
        ndri_arena_reset(&arena);
    }
}
END_TEST

static TCase *add(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("original");

    tcase_add_loop_test(add(suite, "Headers are taken apart"),
                        headers_are_taken_apart, 0, COUNT(headers));
    tcase_add_test(add(suite, "Once complete, nothing that follows counts"),
                   complete_headers_are_complete);
    tcase_add_test(add(suite, "A field that goes on is left out"),
                   half_fields_are_left_out);
    tcase_add_test(add(suite, "Received fields are counted"),
                   received_fields_are_counted);
    tcase_add_test(add(suite, "Fields are found by name"), fields_are_found);
    tcase_add_test(add(suite, "Fields are written as they came"),
                   fields_are_written_as_they_came);
    tcase_add_test(add(suite, "Values are unfolded"), values_are_unfolded);
    tcase_add_loop_test(add(suite, "Fields are filtered, telling ones first"),
                        fields_are_filtered, 0, COUNT(filters));
    tcase_add_test(add(suite, "Only what is shown is scanned"),
                   shown_fields_are_scanned);
    tcase_add_loop_test(add(suite, "Message ids have a grammar"),
                        message_ids_have_a_grammar, 0, COUNT(ids));
    tcase_add_test(add(suite, "Message ids have at most 900 octets"),
                   message_ids_have_a_length);
    tcase_add_test(add(suite, "Memory may be out"), memory_may_be_out);
    tcase_add_test(add(suite, "Any octets are taken"), any_octets_are_taken);
    return ndri_test_main(suite);
}
