/* SPDX-License-Identifier: ISC */
/* The whole message: its lines, its header. */
#include "reader.h"

#include <string.h>

#define LONGEST_LINE 998u

int reader_broken(reading *report, const char *rule, octets where)
{
    if (report->broken == NULL) {
        report->broken = rule;
        report->where = where;
    }
    return 0;
}

/* ---- lines ---- */

static int check_line(reading *report, octets line)
{
    size_t i;

    if (line.length > LONGEST_LINE)
        return reader_broken(report, "a line is over 998 octets", line);
    for (i = 0; i < line.length; i++) {
        if (line.at[i] == '\r' || line.at[i] == '\n')
            return reader_broken(report, "a bare CR or LF", line);
        if (line.at[i] == '\0')
            return reader_broken(report, "a NUL", line);
    }
    if (report->allowed == 0 && !octets_is_ascii(line))
        return reader_broken(report, "8 bits in a 7-bit report", line);
    return 1;
}

static int check_lines(reading *report)
{
    octets rest = report->message, line;

    if (rest.length < 2 || rest.at[rest.length - 1] != '\n')
        return reader_broken(report, "no line end at the end", rest);
    while (octets_take_line(&rest, &line))
        if (!check_line(report, line))
            return 0;
    return 1;
}

/* No control characters but tab; CRLF too where lines are parted. */
int reader_check_controls(reading *report, octets text)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        unsigned c = (unsigned char) text.at[i];

        if ((c < ' ' && strchr("\t\r\n", (int) c) == NULL) || c == 127 ||
            c == 0)
            return reader_broken(
                report, "a control character",
                octets_slice(text, i > 40 ? i - 40 : 0, i + 40));
    }
    return 1;
}

/* ---- the outer header ---- */

static int check_counts(reading *report)
{
    static const char *const once[] = {
        "From",       "To",           "Subject",        "Date",
        "Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type"};
    static const char *const never[] = {"Return-Path", "Content-Language",
                                        "Bcc", "Reply-To", "Sender"};
    static const char *const at_most_once[] = {"In-Reply-To", "References",
                                               "Content-Transfer-Encoding"};
    size_t i;

    for (i = 0; i < sizeof(once) / sizeof(once[0]); i++)
        if (header_count(&report->top, once[i]) != 1)
            return reader_broken(report, "a field that is due once",
                                 octets_of(once[i]));
    for (i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (header_count(&report->top, never[i]) != 0)
            return reader_broken(report, "a field that does not belong here",
                                 octets_of(never[i]));
    for (i = 0; i < sizeof(at_most_once) / sizeof(at_most_once[0]); i++)
        if (header_count(&report->top, at_most_once[i]) > 1)
            return reader_broken(report, "a field that may stand once",
                                 octets_of(at_most_once[i]));
    return 1;
}

static int is_message_id(octets id)
{
    size_t at = octets_find_byte(id, 0, '@');

    return id.length > 4 && id.at[0] == '<' && id.at[id.length - 1] == '>' &&
           at > 1 && at < id.length - 2 && octets_is_printable(id) &&
           octets_find_byte(id, 0, ' ') == id.length &&
           octets_find_byte(id, 1, '<') == id.length &&
           octets_find_byte(id, 0, '>') == id.length - 1;
}

static int check_ids(reading *report, const char *name)
{
    octets rest = header_value(&report->top, name);

    while (rest.at != NULL && rest.length > 0) {
        size_t end = octets_find_byte(rest, 0, ' ');

        if (!is_message_id(octets_slice(rest, 0, end)))
            return reader_broken(report, "a malformed message id", rest);
        rest = octets_trim(octets_slice(rest, end, rest.length));
    }
    return 1;
}

/* A postmaster's or mailer-daemon's, in angle brackets. */
static int check_from(reading *report)
{
    octets from = header_value(&report->top, "From");
    size_t open = octets_find_byte(from, 0, '<'), at;
    char copy[32];
    size_t i;

    while (octets_find_byte(from, open + 1, '<') < from.length)
        open = octets_find_byte(from, open + 1, '<');
    at = octets_find_byte(from, open, '@');
    for (i = 0; i + 1 < sizeof(copy) && open + 1 + i < at; i++)
        copy[i] = (char) (from.at[open + 1 + i] | 32);
    copy[i] = '\0';
    if ((strcmp(copy, "postmaster") != 0 &&
         strcmp(copy, "mailer-daemon") != 0) ||
        from.at[from.length - 1] != '>')
        return reader_broken(report, "From is no postmaster", from);
    return 1;
}

static int check_field(reading *report, const header_field *field)
{
    store text = {NULL, 0, 0};
    const char *broken = NULL;
    int is_ascii = octets_is_ascii(field->raw);

    if (octets_trim(field->value).length == 0 || field->value.at[0] != ' ')
        return reader_broken(report, "an empty or crowded field", field->raw);
    if (!is_ascii &&
        (!(report->allowed & READER_UTF8) || !octets_is_utf8(field->raw)))
        return reader_broken(report, "a header field is not ASCII", field->raw);
    if (octets_equal(field->name, octets_of("Subject")) ||
        octets_equal(field->name, octets_of("From")))
        broken = header_decode(field, &text);
    store_free(&text);
    return broken == NULL ? 1 : reader_broken(report, broken, field->raw);
}

static int check_values(reading *report)
{
    int64_t seconds;
    int32_t offset;
    octets value = header_value(&report->top, "Date");

    if (!header_date(value, &seconds, &offset))
        return reader_broken(report, "a malformed date", value);
    value = header_value(&report->top, "Auto-Submitted");
    if (!octets_equal(value, octets_of("auto-replied")))
        return reader_broken(report, "Auto-Submitted", value);
    value = header_value(&report->top, "MIME-Version");
    if (!octets_equal(value, octets_of("1.0")))
        return reader_broken(report, "MIME-Version", value);
    return check_from(report) && check_ids(report, "Message-ID") &&
           check_ids(report, "In-Reply-To") && check_ids(report, "References");
}

int reader_is_boundary(octets text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (strchr("0123456789abcdefghijklmnopqrstuvwxyz"
                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ",
                   text.at[i]) == NULL)
            return 0;
    return text.length > 0 && text.length <= 70 &&
           text.at[text.length - 1] != ' ';
}

static int check_type(reading *report)
{
    octets type = header_value(&report->top, "Content-Type");

    if (!octets_begin(type, "multipart/report;") ||
        !octets_equal(header_parameter(type, "report-type"),
                      octets_of("delivery-status")))
        return reader_broken(report, "not a delivery-status report", type);
    report->boundary = header_parameter(type, "boundary");
    if (report->boundary.at == NULL || !reader_is_boundary(report->boundary))
        return reader_broken(report, "no boundary, or not a legal one", type);
    return 1;
}

static int read_top(reading *report)
{
    size_t end = octets_find(report->message, 0, octets_of("\r\n\r\n")), i;
    octets where = {"", 0};
    const char *broken;

    report->head = octets_slice(report->message, 0, end + 4);
    broken = header_read(&report->top, octets_slice(report->message, 0, end),
                         &report->memory, &where);
    if (broken != NULL)
        return reader_broken(report, broken, where);
    if (!check_counts(report) || !reader_check_controls(report, report->head))
        return 0;
    for (i = 0; i < report->top.count; i++)
        if (!check_field(report, &report->top.fields[i]))
            return 0;
    return check_values(report) && check_type(report);
}

int reader_read(reading *report, octets message, int allowed)
{
    memset(report, 0, sizeof(*report));
    report->message = message;
    report->allowed = allowed;
    return check_lines(report) && read_top(report) &&
           reader_read_parts(report) && reader_read_status(report) &&
           reader_read_original(report);
}

void reader_free(reading *report)
{
    pool_free(&report->memory);
}
