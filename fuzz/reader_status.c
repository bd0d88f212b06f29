/* SPDX-License-Identifier: ISC */
/* The second and the third part of a report: RFC 3464 2.1 to 2.3, RFC 6533 4,
   RFC 6522 4. */
#include "reader.h"

#include <string.h>

/* Fields in the order of the grammar, and what their value begins with. */
typedef struct field_rule {
    const char *name;
    int needed;
    int typed; /* "type; value" */
} field_rule;

static const field_rule message_rules[] = {{"Original-Envelope-Id", 0, 0},
                                           {"Reporting-MTA", 1, 1},
                                           {"DSN-Gateway", 0, 1},
                                           {"Received-From-MTA", 0, 1},
                                           {"Arrival-Date", 0, 0},
                                           {"X-", 0, 0},
                                           {NULL, 0, 0}};

static const field_rule recipient_rules[] = {{"Original-Recipient", 0, 1},
                                             {"Final-Recipient", 1, 1},
                                             {"Action", 1, 0},
                                             {"Status", 1, 0},
                                             {"Remote-MTA", 0, 1},
                                             {"Diagnostic-Code", 0, 1},
                                             {"Last-Attempt-Date", 0, 0},
                                             {"Final-Log-ID", 0, 0},
                                             {"Will-Retry-Until", 0, 0},
                                             {"X-", 0, 0},
                                             {NULL, 0, 0}};

static int is_named(const header_field *field, const field_rule *rule)
{
    if (strcmp(rule->name, "X-") == 0)
        return octets_begin(field->name, "X-") ||
               octets_begin(field->name, "x-");
    return octets_equal(field->name, octets_of(rule->name));
}

static int is_type(octets type)
{
    static const char *const known[] = {
        "dns", "x-local-hostname", "smtp", "rfc822", "utf-8", "X-Local"};
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (octets_equal(type, octets_of(known[i])))
            return 1;
    for (i = 0; i < type.length; i++)
        if (!((type.at[i] | 32) >= 'a' && (type.at[i] | 32) <= 'z') &&
            !(type.at[i] >= '0' && type.at[i] <= '9') && type.at[i] != '-')
            return 0;
    return type.length > 0;
}

/* Only Diagnostic-Code is folded, or what else would pass 998 octets: after its
   type, or after its colon if it has none. */
static int check_fold(reading *report, const header_field *field)
{
    octets value = octets_trim(field->value);

    if (field->lines > 1 && field->raw.length <= 998 + 2 &&
        !octets_equal(field->name, octets_of("Diagnostic-Code")))
        return reader_broken(report, "a fold that is not needed", field->raw);
    if (value.length == 0)
        return reader_broken(report, "an empty field", field->raw);
    if (octets_has(field->raw, "\t"))
        return reader_broken(report, "a tab in a status field", field->raw);
    if (!(report->allowed & READER_UTF8) && !octets_is_ascii(field->raw))
        return reader_broken(report, "a status field is not ASCII", field->raw);
    if (!octets_is_utf8(field->raw))
        return reader_broken(report, "a status field is not UTF-8", field->raw);
    return 1;
}

static int check_value(reading *report, const header_field *field, int typed)
{
    octets value = octets_trim(field->value);
    size_t semicolon = octets_find_byte(value, 0, ';');
    int64_t seconds;
    int32_t offset;

    if (!typed) {
        if (octets_has(field->name, "-Date") ||
            octets_has(field->name, "Will-Retry"))
            if (!octets_begin(field->name, "X-") &&
                !octets_begin(field->name, "x-") &&
                !header_date(value, &seconds, &offset))
                return reader_broken(report, "a malformed date", field->raw);
        return 1;
    }
    if (!is_type(octets_slice(value, 0, semicolon)))
        return reader_broken(report, "a malformed type", field->raw);
    if (value.length < semicolon + 3 || value.at[semicolon + 1] != ' ')
        return reader_broken(report, "not of the form type; value", field->raw);
    return 1;
}

/* The rules that fields of a group follow, in this order. */
static int check_group(reading *report, const header_block *group,
                       const field_rule *rules)
{
    size_t i = 0;

    for (; rules->name != NULL; rules++) {
        size_t count = 0;

        while (i < group->count && is_named(&group->fields[i], rules)) {
            if (!check_fold(report, &group->fields[i]) ||
                !check_value(report, &group->fields[i], rules->typed))
                return 0;
            count++;
            i++;
        }
        if (strcmp(rules->name, "X-") != 0 && count > 1)
            return reader_broken(report, "a status field twice",
                                 octets_of(rules->name));
        if (rules->needed && count == 0)
            return reader_broken(report, "a status field is missing",
                                 octets_of(rules->name));
    }
    if (i < group->count)
        return reader_broken(report, "a status field unknown or out of order",
                             group->fields[i].raw);
    return 1;
}

/* d.d.d of class 2, 4 or 5, no leading zeros, nothing after it. */
static int is_status(octets text)
{
    size_t at = 2, part;

    if (text.length < 5 || strchr("245", text.at[0]) == NULL ||
        text.at[1] != '.')
        return 0;
    for (part = 0; part < 2; part++) {
        size_t from = at;

        while (at < text.length && text.at[at] >= '0' && text.at[at] <= '9')
            at++;
        if (at == from || at - from > 3 ||
            (text.at[from] == '0' && at - from > 1))
            return 0;
        if (part == 0 && (at >= text.length || text.at[at++] != '.'))
            return 0;
    }
    return at == text.length;
}

/* RFC 3464 2.3.3 and 2.3.4: what was done agrees with the class. */
static int check_agreement(reading *report, const header_block *group)
{
    static const struct {
        const char *action, *classes;
    } pairs[] = {{"failed", "45"},
                 {"delayed", "4"},
                 {"delivered", "2"},
                 {"relayed", "2"},
                 {"expanded", "2"}};
    octets action = header_value(group, "Action");
    octets status = header_value(group, "Status");
    size_t i;

    if (!is_status(status))
        return reader_broken(report, "a malformed Status", status);
    for (i = 0; i < 5; i++)
        if (octets_equal(action, octets_of(pairs[i].action)))
            return strchr(pairs[i].classes, status.at[0]) != NULL
                       ? 1
                       : reader_broken(report, "Action and Status differ",
                                       status);
    return reader_broken(report, "an unknown Action", action);
}

static int check_recipient(reading *report, const header_block *group)
{
    octets final = header_value(group, "Final-Recipient");
    octets until = header_value(group, "Will-Retry-Until");

    if (!check_group(report, group, recipient_rules) ||
        !check_agreement(report, group))
        return 0;
    if (!octets_begin(final, "rfc822; ") && !octets_begin(final, "utf-8; "))
        return reader_broken(report, "Final-Recipient", final);
    if (until.at != NULL &&
        !octets_equal(header_value(group, "Action"), octets_of("delayed")))
        return reader_broken(report, "retries though not delayed", until);
    return 1;
}

/* Cut the part at its empty lines: exactly one between groups. */
static int read_groups(reading *report, octets text)
{
    header_block *group = &report->fields;
    size_t room = 1, at;
    octets where = {"", 0};
    const char *broken = NULL;

    for (at = 0; at < text.length; at++)
        room += text.at[at] == '\n';
    report->groups = pool_take(&report->memory, room * sizeof(header_block));
    while (text.length > 0 && broken == NULL) {
        size_t end = octets_find(text, 0, octets_of("\r\n\r\n"));

        broken = header_read(group, octets_slice(text, 0, end + 2),
                             &report->memory, &where);
        text = octets_slice(text, end + 4, text.length);
        group = &report->groups[report->group_count++];
    }
    if (report->group_count > 0)
        report->group_count--;
    return broken == NULL ? 1 : reader_broken(report, broken, where);
}

int reader_read_status(reading *report)
{
    read_part *part = &report->parts[PART_STATUS];
    int global =
        octets_equal(part->type, octets_of("message/global-delivery-status"));
    size_t i;

    if (!global &&
        !octets_equal(part->type, octets_of("message/delivery-status")))
        return reader_broken(report, "no status part", part->type);
    if (global ? !(report->allowed & READER_UTF8) : !octets_is_ascii(part->raw))
        return reader_broken(report, "the wrong status part", part->type);
    if (!octets_equal(part->encoding, octets_of(global ? "8bit" : "7bit")))
        return reader_broken(report, "an encoded status part", part->encoding);
    for (i = 0; i < part->raw.length; i++)
        if ((unsigned char) part->raw.at[i] < ' ' &&
            strchr("\r\n", part->raw.at[i]) == NULL)
            return reader_broken(report, "a control character in the status",
                                 part->raw);
    if (!read_groups(report, part->raw) || report->group_count == 0)
        return reader_broken(report, "no recipient", part->raw);
    if (!check_group(report, &report->fields, message_rules))
        return 0;
    for (i = 0; i < report->group_count; i++)
        if (!check_recipient(report, &report->groups[i]))
            return 0;
    return 1;
}

/* ---- the original ---- */

/* Fields and folds as they came: names may hold all of RFC 5322 ftext. */
static int check_fields(reading *report, octets text)
{
    octets line;
    size_t count = 0, at;

    while (octets_take_line(&text, &line)) {
        if (octets_trim(line).length == 0)
            return reader_broken(report, "a blank line in the fields", line);
        count++;
        if (count > 1 && (line.at[0] == ' ' || line.at[0] == '\t'))
            continue;
        at = octets_find_byte(line, 0, ':');
        if (at == 0 || at == line.length || octets_find_byte(line, 0, ' ') < at)
            return reader_broken(report, "a line that is no field", line);
    }
    if (count == 0)
        return reader_broken(report, "no field in the third part", text);
    return 1;
}

int reader_read_original(reading *report)
{
    read_part *part = &report->parts[PART_ORIGINAL];
    octets encoding = part->encoding, type = part->type;
    size_t end;
    int encoded;

    if (type.at == NULL)
        return 1;
    end = octets_find(part->content, 0, octets_of("\r\n\r\n"));
    encoded = octets_equal(encoding, octets_of("quoted-printable")) ||
              octets_equal(encoding, octets_of("base64"));
    if (octets_equal(type, octets_of("text/rfc822-headers")) ||
        (octets_equal(type, octets_of("message/global-headers")) &&
         (report->allowed & READER_UTF8)))
        return check_fields(report, part->content);
    if (!octets_equal(type, octets_of("message/rfc822")) &&
        !(octets_equal(type, octets_of("message/global")) &&
          (report->allowed & READER_UTF8)))
        return reader_broken(report, "an odd third part", type);
    if (encoded)
        return reader_broken(report, "an encoded message", encoding);
    return check_fields(report, octets_slice(part->content, 0, end + 2));
}
