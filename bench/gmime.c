/* SPDX-License-Identifier: ISC */
/*
 * The writer that uses GMime 3 for the same message: an object tree, written
 * through GMime's own streams. GMime has no words for reports, so that it is
 * given libndr's finished parts, decoded; its figures hold no choosing and no
 * printing of words. Its check reads both messages with GMime and compares them
 * part by part.
 */
#include "measure.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PARTS = 4 };

/* A leaf as it was read. */
typedef struct leaf {
    char *type;
    char *subtype;
    char *charset; /* NULL: none */
    GMimeContentEncoding encoding;
    GByteArray *octets; /* decoded, CRLF */
} leaf;

typedef struct message {
    GMimeMessage *read;
    leaf parts[PARTS];
    int count;
} message;

static message given; /* by libndr */
static GMimeFormatOptions *format;
static GByteArray *original;

/* ---- Reading ------------------------------------------------------------- */

static void read_leaf(GMimeObject *parent, GMimeObject *object, gpointer user)
{
    message *m = user;
    GMimeContentType *type = g_mime_object_get_content_type(object);
    GMimeStream *stream;
    leaf *l = &m->parts[m->count];

    (void) parent;
    if (GMIME_IS_MULTIPART(object))
        return;
    if (m->count == PARTS)
        stop("gmime", "more parts than a report has");
    m->count++;
    l->type = g_strdup(g_mime_content_type_get_media_type(type));
    l->subtype = g_strdup(g_mime_content_type_get_media_subtype(type));
    l->charset = g_strdup(g_mime_content_type_get_parameter(type, "charset"));
    l->octets = g_byte_array_new();
    stream = g_mime_stream_mem_new_with_byte_array(l->octets);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    if (GMIME_IS_PART(object)) {
        l->encoding = g_mime_part_get_content_encoding(GMIME_PART(object));
        g_mime_data_wrapper_write_to_stream(
            g_mime_part_get_content(GMIME_PART(object)), stream);
    } else {
        l->encoding = GMIME_CONTENT_ENCODING_8BIT;
        g_mime_object_write_to_stream(
            GMIME_OBJECT(
                g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))),
            format, stream);
    }
    g_object_unref(stream);
}

static void read_message(message *m, const place *p)
{
    GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(p->octets, p->length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeObject *report;
    int i;

    memset(m, 0, sizeof(*m));
    m->read = g_mime_parser_construct_message(parser, NULL);
    if (m->read == NULL)
        stop("gmime", "cannot read the message");
    report = g_mime_message_get_mime_part(m->read);
    if (!GMIME_IS_MULTIPART(report))
        stop("gmime", "no multipart");
    /* What is inside a returned message is no part of the report. */
    for (i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(report)); i++) {
        GMimeObject *part =
            g_mime_multipart_get_part(GMIME_MULTIPART(report), i);

        if (GMIME_IS_MULTIPART(part))
            g_mime_multipart_foreach(GMIME_MULTIPART(part), read_leaf, m);
        else
            read_leaf(report, part, m);
    }
    g_object_unref(parser);
    g_object_unref(stream);
}

static void free_message(message *m)
{
    int i;

    for (i = 0; i < m->count; i++) {
        g_free(m->parts[i].type);
        g_free(m->parts[i].subtype);
        g_free(m->parts[i].charset);
        g_byte_array_free(m->parts[i].octets, TRUE);
    }
    g_object_unref(m->read);
}

/* ---- Writing ------------------------------------------------------------- */

static void open_gmime(const workload *w, const ndr_allocator *allocator)
{
    workload memory = *w;
    place p;

    (void) allocator;
    g_mime_init();
    format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    memory.original_size = 0;
    place_open(&p, &memory);
    ndr_writer.open(w, NULL);
    ndr_writer.write(w, &p);
    ndr_writer.close();
    read_message(&given, &p);
    place_close(&p);
    if (given.count != PARTS)
        stop("gmime", "fewer parts than a report has");
    original = g_byte_array_new();
    g_byte_array_append(original, (const guint8 *) w->original,
                        (guint) w->original_length);
}

static void add(GMimeMultipart *to, GMimeObject *object)
{
    g_mime_multipart_add(to, object);
    g_object_unref(object);
}

/* A part that borrows its octets. */
static GMimeObject *make_part(const leaf *l, GByteArray *octets)
{
    GMimePart *part = g_mime_part_new_with_type(l->type, l->subtype);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(octets);
    GMimeDataWrapper *content;

    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    content = g_mime_data_wrapper_new_with_stream(
        stream, GMIME_CONTENT_ENCODING_DEFAULT);
    if (l->charset != NULL)
        g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset",
                                                 l->charset);
    if (l->encoding != GMIME_CONTENT_ENCODING_DEFAULT)
        g_mime_part_set_content_encoding(part, l->encoding);
    g_mime_part_set_content(part, content);
    g_object_unref(content);
    g_object_unref(stream);
    return GMIME_OBJECT(part);
}

static GMimeMessage *make_message(int whole)
{
    static const char *const copied[] = {
        "From",        "To",         "Date",          "Message-ID",
        "In-Reply-To", "References", "Auto-Submitted"};
    GMimeMessage *made = g_mime_message_new(FALSE);
    GMimeMultipart *report = g_mime_multipart_new_with_subtype("report");
    GMimeMultipart *texts = g_mime_multipart_new_with_subtype("alternative");
    size_t i;

    for (i = 0; i < sizeof(copied) / sizeof(copied[0]); i++) {
        const char *value =
            g_mime_object_get_header(GMIME_OBJECT(given.read), copied[i]);

        if (value != NULL)
            g_mime_object_set_header(GMIME_OBJECT(made), copied[i], value,
                                     NULL);
    }
    g_mime_message_set_subject(made, g_mime_message_get_subject(given.read),
                               "utf-8");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(report),
                                             "report-type", "delivery-status");
    for (i = 0; i < 2; i++)
        add(texts, make_part(&given.parts[i], given.parts[i].octets));
    add(report, GMIME_OBJECT(texts));
    add(report, make_part(&given.parts[2], given.parts[2].octets));
    add(report,
        make_part(&given.parts[3], whole ? original : given.parts[3].octets));
    g_mime_message_set_mime_part(made, GMIME_OBJECT(report));
    g_object_unref(report);
    return made;
}

static void write_gmime(const workload *w, place *p)
{
    GMimeMessage *made = make_message(w->original_size > 0);
    GMimeStream *out;

    if (p->file >= 0) {
        GMimeStream *file = g_mime_stream_fs_new(dup(p->file));

        out = g_mime_stream_buffer_new(file, GMIME_STREAM_BUFFER_BLOCK_WRITE);
        p->length = (size_t) g_mime_object_write_to_stream(GMIME_OBJECT(made),
                                                           format, out);
        g_mime_stream_flush(out);
        g_object_unref(file);
    } else {
        GByteArray *octets;

        out = g_mime_stream_mem_new();
        g_mime_object_write_to_stream(GMIME_OBJECT(made), format, out);
        octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
        place_put(p, (const char *) octets->data, octets->len);
    }
    g_object_unref(out);
    g_object_unref(made);
}

static void close_gmime(void)
{
    free_message(&given);
    g_byte_array_free(original, TRUE);
    g_mime_format_options_free(format);
    g_mime_shutdown();
}

/* ---- The check ----------------------------------------------------------- */

/* The same octets, but for the line end at the end of a part. */
static int same_octets(const GByteArray *a, const GByteArray *b)
{
    guint i = a->len, j = b->len;

    while (i > 0 && (a->data[i - 1] == '\n' || a->data[i - 1] == '\r'))
        i--;
    while (j > 0 && (b->data[j - 1] == '\n' || b->data[j - 1] == '\r'))
        j--;
    return i == j && memcmp(a->data, b->data, i) == 0;
}

static int same_header(const message *a, const message *b, const char *name)
{
    const char *one = g_mime_object_get_header(GMIME_OBJECT(a->read), name);
    const char *other = g_mime_object_get_header(GMIME_OBJECT(b->read), name);

    if (g_strcmp0(one, other) == 0)
        return 1;
    fprintf(stderr, "gmime: %s: %s, not %s\n", name, other, one);
    return 0;
}

/* The words of a part, each once. */
static GHashTable *find_words(const GByteArray *octets)
{
    gchar *text = g_strndup((const char *) octets->data, octets->len);
    gchar **words = g_strsplit_set(text, " \r\n\t<>;,:\"()&", -1);
    GHashTable *found =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i;

    for (i = 0; words[i] != NULL; i++)
        g_hash_table_add(found, words[i]);
    g_free(words);
    g_free(text);
    return found;
}

/* Each address stands in both texts and in the status part. */
static int tells_all(const workload *w, const message *m)
{
    int part, all = 1;
    size_t i;

    for (part = 0; part < 3; part++) {
        GHashTable *found = find_words(m->parts[part].octets);

        for (i = 0; i < w->people_count; i++)
            if (!g_hash_table_contains(found, w->people[i].address)) {
                fprintf(stderr, "gmime: part %d lacks %s\n", part,
                        w->people[i].address);
                all = 0;
                break;
            }
        g_hash_table_destroy(found);
    }
    return all;
}

static int check_gmime(const workload *w, const place *p)
{
    message built;
    int i, right;

    read_message(&built, p);
    right = built.count == PARTS && same_header(&given, &built, "From") &&
            same_header(&given, &built, "To") &&
            same_header(&given, &built, "Subject") &&
            same_header(&given, &built, "Message-ID") && tells_all(w, &built);
    for (i = 0; right && i < PARTS; i++) {
        const leaf *a = &given.parts[i], *b = &built.parts[i];

        right = strcmp(a->type, b->type) == 0 &&
                strcmp(a->subtype, b->subtype) == 0 &&
                same_octets(a->octets, b->octets);
        if (!right)
            fprintf(stderr, "gmime: part %d, %s/%s, differs\n", i, a->type,
                    a->subtype);
    }
    free_message(&built);
    return !right;
}

const writer gmime_writer = {"gmime", open_gmime, write_gmime, check_gmime,
                             close_gmime};
