/* SPDX-License-Identifier: ISC */
/* The reader of finished reports: lines, body parts, transfer encodings. */
#include "parts.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* A check writes down where it stands, good or bad; octets are too many for
   that, so only what is bad is told. */
static void must(int good, const char *what, const char *at)
{
    if (!good)
        ck_abort_msg("%s: %.80s", what, at);
}

/* ---- memory that lives as long as the parts ---- */

struct kept {
    struct kept *next;
    char text[];
};

static char *keep_room(parts *p, size_t length)
{
    struct kept *made = malloc(sizeof(*made) + length + 1);

    must(made != NULL, "no memory", "");
    made->next = p->kept;
    p->kept = made;
    made->text[length] = '\0';
    return made->text;
}

static char *keep_text(parts *p, const char *text, size_t length)
{
    char *copy = keep_room(p, length);

    memcpy(copy, text, length);
    return copy;
}

char *parts_fill(parts *p, char c, size_t length)
{
    char *made = keep_room(p, length);

    memset(made, c, length);
    return made;
}

void parts_free(parts *p)
{
    while (p != NULL && p->kept != NULL) {
        struct kept *next = p->kept->next;

        free(p->kept);
        p->kept = next;
    }
    free(p);
}

/* ---- small things ---- */

size_t parts_count(const char *text, const char *needle)
{
    size_t count = 0;

    while ((text = strstr(text, needle)) != NULL) {
        text += strlen(needle);
        count++;
    }
    return count;
}

int parts_has_line(const char *text, const char *line)
{
    size_t length = strlen(line);
    const char *at = text;

    while ((at = strstr(at, line)) != NULL) {
        if ((at == text || at[-1] == '\n') &&
            (at[length] == '\n' || at[length] == '\0'))
            return 1;
        at++;
    }
    return 0;
}

size_t parts_place(const char *text, const char *needle)
{
    const char *found = strstr(text, needle);

    if (found == NULL)
        ck_abort_msg("\"%s\" is not in:\n%.3000s", needle, text);
    return (size_t) (found - text);
}

void parts_assert_same(const char *a, const char *b)
{
    size_t at = 0, line = 0;

    for (; a[at] == b[at] && a[at] != '\0'; at++)
        if (a[at] == '\n')
            line = at + 1;
    if (a[at] != b[at])
        ck_abort_msg("differs: %.200s\nfrom: %.200s", a + line, b + line);
}

/* The field of a name in a block; NULL if there is none. */
static const char *find_field(const char *block, const char *name)
{
    size_t length = strlen(name);
    const char *at = block;

    while (*at != '\0') {
        if (strncmp(at, name, length) == 0 && at[length] == ':')
            return at + length + 1;
        at = strchr(at, '\n');
        if (at == NULL)
            break;
        at++;
    }
    return NULL;
}

const char *parts_field(parts *p, const char *block, const char *name)
{
    const char *from = find_field(block, name);
    char *value, *to;

    if (from == NULL)
        return "";
    value = to = keep_room(p, strlen(from));
    from += *from == ' ';
    for (; *from != '\0'; from++) {
        if (*from != '\n')
            *to++ = *from;
        else if (from[1] != ' ' && from[1] != '\t')
            break;
    }
    *to = '\0';
    return value;
}

const char *parts_names(parts *p, const char *block)
{
    char *names = keep_room(p, strlen(block) + 1), *to = names;

    while (*block != '\0') {
        size_t line = strcspn(block, "\n"), name = strcspn(block, ":\n");

        if (*block != ' ' && *block != '\t') {
            must(block[name] == ':', "no field", block);
            if (to > names)
                *to++ = ',';
            memcpy(to, block, name);
            to += name;
        }
        block += line + (block[line] == '\n');
    }
    *to = '\0';
    return names;
}

/* ---- lines ---- */

/* The message with LF line ends, its lines looked at. */
static char *take_lines(parts *p, const char *message, size_t length)
{
    char *copy = keep_room(p, length), *to = copy;
    size_t at, line = 0;

    for (at = 0; at < length; at++) {
        must(message[at] != '\0', "NUL after", copy);
        if (message[at] == '\r') {
            must(at + 1 < length && message[at + 1] == '\n', "bare CR",
                 message + at);
            continue;
        }
        if (message[at] == '\n') {
            must(at > 0 && message[at - 1] == '\r', "bare LF", message + at);
            line = 0;
        } else {
            line++;
        }
        must(line <= 998, "a line over 998 octets", message + at);
        *to++ = message[at];
    }
    must(length > 0 && message[length - 1] == '\n', "no line end", "");
    *to = '\0';
    return copy;
}

static void assert_seven_bits(const char *text)
{
    for (; *text != '\0'; text++)
        must((unsigned char) *text < 128, "8 bits", text);
}

/* ---- transfer encodings ---- */

static int hex_digit(char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);

    must(found != NULL, "no hexadecimal digit", "");
    return (int) (found - digits);
}

static size_t decode_quoted(const char *from, char *to)
{
    size_t used = 0, column = 0;

    for (; *from != '\0'; from++) {
        column = *from == '\n' ? 0 : column + 1;
        must(column <= 76, "over 76 columns", from);
        must(*from != '\n' || used == 0 ||
                 (from[-1] != ' ' && from[-1] != '\t'),
             "a blank at a line's end", from);
        if (*from != '=') {
            to[used++] = *from;
        } else if (from[1] == '\n') {
            from++;
            column = 0;
        } else {
            to[used++] = (char) (hex_digit(from[1]) * 16 + hex_digit(from[2]));
            from += 2;
            column += 2;
        }
    }
    return used;
}

static size_t decode_base64(const char *from, char *to)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long group = 0;
    unsigned bits = 0;
    size_t used = 0;

    for (; *from != '\0'; from++) {
        const char *found = strchr(alphabet, *from);

        if (*from == '\n' || *from == '=')
            continue;
        must(found != NULL, "no base64", from);
        group = (group << 6 | (unsigned long) (found - alphabet)) & 0xFFFFFFul;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            to[used++] = (char) (group >> bits & 255);
        }
    }
    return used;
}

/* Undo the encoding that a part's header names; CRLF in it become LF. */
static char *decode(parts *p, const char *head, const char *body,
                    size_t *length)
{
    const char *name = parts_field(p, head, "Content-Transfer-Encoding");
    char *made = keep_room(p, strlen(body));
    size_t used, from, to = 0;

    if (strcmp(name, "8bit") != 0)
        assert_seven_bits(body);
    if (strcmp(name, "quoted-printable") == 0) {
        used = decode_quoted(body, made);
    } else if (strcmp(name, "base64") == 0) {
        used = decode_base64(body, made);
    } else {
        must(*name == '\0' || strcmp(name, "8bit") == 0, "encoding", name);
        used = strlen(body);
        memcpy(made, body, used);
    }
    for (from = 0; from < used; from++)
        if (made[from] != '\r' || from + 1 == used || made[from + 1] != '\n')
            made[to++] = made[from];
    made[to] = '\0';
    if (length != NULL)
        *length = to;
    return made;
}

/* ---- the skeleton ---- */

/* A body part: header and content. rest moves behind it, to the next delimiter
   line. 0 at the close delimiter. */
static int next_part(parts *p, const char *boundary, const char **rest,
                     const char **head, const char **body)
{
    size_t length = strlen(boundary);
    const char *from = *rest, *end;

    must(strncmp(from, "--", 2) == 0 &&
             strncmp(from + 2, boundary, length) == 0,
         "no delimiter", from);
    from += 2 + length;
    if (strncmp(from, "--\n", 3) == 0) {
        *rest = from + 3;
        return 0;
    }
    must(*from == '\n', "no end of a delimiter", from);
    from++;
    for (end = from; (end = strstr(end, "\n--")) != NULL; end++)
        if (strncmp(end + 3, boundary, length) == 0)
            break;
    must(end != NULL, "a part that does not end", from);
    *rest = end + 1;
    from = keep_text(p, from, (size_t) (end - from));
    end = strstr(from, "\n\n");
    must(end != NULL, "a part that does not end", from);
    *head = keep_text(p, from, (size_t) (end + 1 - from));
    *body = end + 2;
    return 1;
}

static const char *boundary_of(parts *p, const char *head)
{
    const char *type = parts_field(p, head, "Content-Type");
    const char *from = strstr(type, "boundary=\"");

    must(from != NULL, "no boundary", type);
    from += strlen("boundary=\"");
    return keep_text(p, from, strcspn(from, "\""));
}

/* Text without tags, style sheet and references. */
static const char *plain_html(parts *p, const char *html)
{
    static const char *const references[] = {
        "&lt;", "<", "&gt;", ">", "&amp;", "&", "&quot;", "\"", "&#39;", "'"};
    char *text = keep_room(p, strlen(html)), *to = text;
    size_t i;

    while (*html != '\0') {
        if (strncmp(html, "<style>", 7) == 0)
            html = strstr(html, "</style>");
        if (strncmp(html, "<br>", 4) == 0)
            *to++ = '\n';
        if (*html == '<') {
            html = strchr(html, '>') + 1;
            continue;
        }
        for (i = 0; i < 10 && *html == '&'; i += 2)
            if (strncmp(html, references[i], strlen(references[i])) == 0)
                break;
        must(*html != '&' || i < 10, "a bare &", html);
        *to++ = *html == '&' ? references[i + 1][0] : *html;
        html += *html == '&' ? strlen(references[i]) : 1;
    }
    *to = '\0';
    return text;
}

static void take_human(parts *p, const char *head, const char *body)
{
    static const char rule[] = "\n------------------------------------"
                               "------------------------------------\n";
    const char *boundary, *content, *admin;

    if (strstr(head, "multipart/alternative") != NULL) {
        boundary = boundary_of(p, head);
        ck_assert(next_part(p, boundary, &body, &p->text_head, &content));
        p->text = decode(p, p->text_head, content, NULL);
        ck_assert(next_part(p, boundary, &body, &p->html_head, &content));
        p->html = decode(p, p->html_head, content, NULL);
        p->html_text = plain_html(p, p->html);
        ck_assert(!next_part(p, boundary, &body, &head, &content));
    } else {
        p->text_head = head;
        p->text = decode(p, head, body, NULL);
    }
    ck_assert_uint_le(parts_count(p->text, rule), 1);
    admin = strstr(p->text, rule);
    /* without diagnostics there is no second section */
    admin = admin == NULL ? strchr(p->text, '\0') : admin + strlen(rule);
    p->user = keep_text(p, p->text, (size_t) (admin - p->text));
    p->admin = admin;
}

/* Groups of fields, parted by one empty line. */
static void take_groups(parts *p)
{
    const char *from = p->status;
    size_t count = 0;

    while (*from != '\0') {
        const char *end = strstr(from, "\n\n");
        size_t length = end == NULL ? strlen(from) : (size_t) (end + 1 - from);

        must(*from != '\n', "two empty lines", from);
        if (count <= PARTS_GROUPS)
            p->group[count] = keep_text(p, from, length);
        count++;
        from += length + (end != NULL);
    }
    ck_assert_uint_ge(count, 2);
    p->groups = count - 1;
}

parts *parts_take(const char *message, size_t length)
{
    parts *p = calloc(1, sizeof(*p));
    const char *whole, *rest, *boundary, *head, *body;

    ck_assert_ptr_nonnull(p);
    p->html = p->html_head = p->html_text = p->third = p->third_head = "";
    p->whole = whole = take_lines(p, message, length);
    rest = strstr(whole, "\n\n");
    ck_assert_ptr_nonnull(rest);
    p->header = keep_text(p, whole, (size_t) (rest + 1 - whole));
    rest += 2;
    boundary = boundary_of(p, p->header);
    if (strstr(p->header, "\nContent-Transfer-Encoding: 8bit\n") == NULL)
        assert_seven_bits(rest);
    ck_assert(next_part(p, boundary, &rest, &head, &body));
    take_human(p, head, body);
    ck_assert(next_part(p, boundary, &rest, &p->status_head, &body));
    p->status = decode(p, p->status_head, body, NULL);
    take_groups(p);
    p->count = 2;
    if (next_part(p, boundary, &rest, &p->third_head, &body)) {
        p->count = 3;
        p->third = decode(p, p->third_head, body, &p->third_length);
        ck_assert(!next_part(p, boundary, &rest, &head, &body));
    }
    ck_assert_str_eq(rest, "");
    return p;
}
