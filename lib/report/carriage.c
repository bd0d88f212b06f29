/* SPDX-License-Identifier: ISC */
/*
 * Forms that every mail system on the way can carry (RFC 2045 6, RFC 6522 3,
 * RFC 6533): 7-bit unless the transport offers more, lines within their limits,
 * and boundaries that nothing in the report looks like.
 */
#include "report/carriage.h"

#include "mail/field.h"
#include "report/selection.h"
#include "report/record.h"

#include <string.h>

/* Must the address be written with UTF-8? */
static int is_foreign(ndri_span address)
{
    return !ndri_text_is_ascii(address) && ndri_utf8_is_valid(address);
}

/* What the recipients' facts are like, for the text's encoding. */
typedef struct text_facts {
    int utf8;     /* something is not ASCII */
    int nonlatin; /* quoted-printable would treble it */
    int wide;     /* a line would pass 78 columns, or begin in an awkward way */
} text_facts;

/* Of the languages that are ASCII alone; the others are encoded anyway. */
static size_t label_width(const ndr_report *report, int label)
{
    size_t widest = 0, length;
    int i;

    for (i = 0; i < report->plan.language_count; i++) {
        length =
            ndri_words_label(report->plan.languages[i].words, label).length;
        widest = length > widest ? length : widest;
    }
    return widest;
}

/* Does a line of label, blank and value pass what may be left unfolded? */
static int is_wide(const ndr_report *report, int label, ndri_span value)
{
    size_t before = label < 0 ? 0 : label_width(report, label) + 1;
    size_t longest = 0;

    while (value.length > 0) {
        size_t end = ndri_span_find_byte(value, 0, '\n');

        if (end > longest)
            longest = end;
        value = ndri_span_slice(value, end + 1, value.length);
    }
    return before + longest > NDRI_LINE_WIDTH;
}

static const struct {
    int tag, label;
} shown_facts[] = {
    {NDRI_FACT_ADDRESS, NDRI_LABEL_REJECTED_RECIPIENT},
    {NDRI_FACT_HIDDEN_AS, NDRI_LABEL_REJECTED_RECIPIENT},
    {NDRI_FACT_ORCPT, NDRI_LABEL_ORIGINAL_RECIPIENT},
    {NDRI_FACT_REPLY, NDRI_LABEL_REPLY},
    {NDRI_FACT_REMOTE, NDRI_LABEL_SERVER_DELAYED},
    {NDRI_FACT_TEXT, -2},
    {NDRI_FACT_ATTEMPT, NDRI_LABEL_SERVER_DELAYED},
};

static void look_at_fact(const ndr_report *report, int tag, ndri_span value,
                         text_facts *facts)
{
    size_t i;

    for (i = 0; i < sizeof(shown_facts) / sizeof(shown_facts[0]); i++) {
        if (shown_facts[i].tag != tag)
            continue;
        if (tag == NDRI_FACT_ATTEMPT) {
            ndri_attempt attempt = ndri_record_attempt(value);

            facts->wide |=
                is_wide(report, NDRI_LABEL_SERVER_DELAYED, attempt.host) ||
                is_wide(report, NDRI_LABEL_REPLY, attempt.text);
            return;
        }
        facts->utf8 |= !ndri_text_is_ascii(value);
        if (tag == NDRI_FACT_TEXT)
            facts->wide |= ndri_template_has_wide_word(value);
        else
            facts->wide |= is_wide(report, shown_facts[i].label, value);
    }
}

/* An address stands alone at the beginning of a line. */
static int begins_awkwardly(ndri_span address)
{
    return address.length > 0 &&
           (address.at[0] == '-' || address.at[0] == '.' ||
            address.at[0] == '>' ||
            ndri_span_equal(ndri_span_slice(address, 0, 5),
                            NDRI_SPAN("From ")));
}

/* Values in the words: those of the report, and the reply. */
static void look_at_uses(const ndr_report *report, uint32_t uses,
                         text_facts *facts)
{
    int i;

    facts->wide |= (uses & UINT32_C(1) << NDRI_PH_REPLY) != 0;
    for (i = 0; uses >> i != 0; i++) {
        ndri_span value = report->plan.values.of[i];

        if (!(uses >> i & 1))
            continue;
        facts->utf8 |= !ndri_text_is_ascii(value);
        facts->wide |= is_wide(report, -1, value);
    }
}

static void look_at_entry(const ndr_report *report, const ndri_entry *entry,
                          text_facts *facts)
{
    if (entry == NULL)
        return;
    facts->utf8 |= (entry->flags & NDRI_ENTRY_UTF8) != 0;
    facts->nonlatin |= (entry->flags & NDRI_ENTRY_NONLATIN) != 0;
    facts->wide |= (entry->flags & NDRI_ENTRY_WIDE) != 0;
    look_at_uses(report, entry->uses, facts);
}

static void look_at_recipient(const ndr_report *report,
                              const ndr_recipient *recipient, text_facts *facts)
{
    uint32_t at = 0;
    int language;
    int tag;
    ndri_span value;

    while (ndri_record_next_fact(recipient, &at, &tag, &value))
        look_at_fact(report, tag, value, facts);
    facts->wide |= begins_awkwardly(ndri_record_shown(recipient));
    for (language = 0; language < report->plan.language_count; language++)
        look_at_entry(report, recipient->choices[language].entry, facts);
}

static void look_at_labels(const ndr_report *report, text_facts *facts)
{
    int i;

    for (i = 0; i < report->plan.language_count; i++) {
        unsigned flags = report->plan.languages[i].words->flags;

        facts->utf8 |= (flags & NDRI_ENTRY_UTF8) != 0;
        facts->nonlatin |= (flags & NDRI_ENTRY_NONLATIN) != 0;
    }
}

/* Charset and encoding of the text: known from facts, nothing is measured. */
static void decide_text(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    const ndr_recipient *recipient = NULL;
    const unsigned awkward =
        NDRI_SCAN_NUL | NDRI_SCAN_CONTROL | NDRI_SCAN_DASHES | NDRI_SCAN_UNSAFE;
    text_facts facts = {0, 0, 0};

    look_at_labels(report, &facts);
    facts.utf8 |= !ndri_text_is_ascii(report->profile->organisation);
    facts.wide |= is_wide(report, -1, report->profile->organisation);
    while ((recipient = ndri_selection_next(report, recipient)) != NULL)
        look_at_recipient(report, recipient, &facts);
    facts.utf8 |= !ndri_text_is_ascii(plan->subject) ||
                  (plan->original.scan.found & NDRI_SCAN_8BIT) != 0;
    facts.wide |=
        (plan->original.scan.found & awkward) != 0 ||
        plan->original.scan.longest > NDRI_LINE_WIDTH ||
        is_wide(report, NDRI_LABEL_GENERATING_SERVER, report->plan.server) ||
        is_wide(report, NDRI_LABEL_SUBJECT, plan->subject);
    plan->text_utf8 = facts.utf8;
    if (facts.nonlatin)
        plan->text_encoding = NDRI_ENCODING_BASE64;
    else if (facts.utf8 || facts.wide)
        plan->text_encoding = NDRI_ENCODING_QUOTED_PRINTABLE;
    else
        plan->text_encoding = NDRI_ENCODING_7BIT;
    plan->html_encoding = plan->text_encoding == NDRI_ENCODING_BASE64
                              ? NDRI_ENCODING_BASE64
                              : NDRI_ENCODING_QUOTED_PRINTABLE;
}

static int header_is_utf8(const ndri_original *original)
{
    size_t i;

    for (i = 0; i < original->count; i++)
        if (original->fields[i].passes &&
            !ndri_utf8_is_valid(original->fields[i].value))
            return 0;
    return 1;
}

/* Does anything in the status part need UTF-8? */
static int status_is_foreign(const ndr_report *report)
{
    const ndr_recipient *recipient = NULL;

    while ((recipient = ndri_selection_next(report, recipient)) != NULL)
        if (is_foreign(ndri_record_final(recipient)) ||
            is_foreign(ndri_record_fact(recipient, NDRI_FACT_ORCPT)))
            return 1;
    return 0;
}

static int any_shown(const ndri_original *original)
{
    size_t i;

    for (i = 0; i < original->count; i++)
        if (original->fields[i].shown)
            return 1;
    return 0;
}

/* Headers alone: global if they or the status part need it and it can be, else
   as text in 7 bits. */
static void decide_headers(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    const ndri_scan *scan = &plan->original.scan;
    int eight = (scan->found & NDRI_SCAN_8BIT) != 0;
    const unsigned escaped =
        NDRI_SCAN_NUL | NDRI_SCAN_CONTROL | NDRI_SCAN_DASHES | NDRI_SCAN_8BIT;

    if (!any_shown(&plan->original)) {
        plan->third = NDRI_THIRD_NONE;
        return;
    }
    plan->third = NDRI_THIRD_HEADERS;
    if (plan->smtputf8 && (eight || plan->global) &&
        header_is_utf8(&plan->original))
        plan->third = NDRI_THIRD_GLOBAL_HEADERS;
    plan->third_encoding = NDRI_ENCODING_7BIT;
    if (scan->longest > NDRI_LINE_LIMIT || (scan->found & escaped) != 0)
        plan->third_encoding = NDRI_ENCODING_QUOTED_PRINTABLE;
    if (plan->third == NDRI_THIRD_GLOBAL_HEADERS && eight &&
        scan->longest <= NDRI_LINE_LIMIT &&
        (scan->found & escaped) == NDRI_SCAN_8BIT)
        plan->third_encoding = NDRI_ENCODING_8BIT;
}

/* Can the header go into a message that comes back whole? */
static int header_fits(const ndr_report *report, int *global)
{
    const ndri_plan *plan = &report->plan;
    const ndri_scan *header = &plan->original.passing;
    int eight = (header->found & NDRI_SCAN_8BIT) != 0;

    *global = plan->smtputf8 && (eight || plan->global) &&
              header_is_utf8(&plan->original);
    return (header->found & (NDRI_SCAN_NUL | NDRI_SCAN_CONTROL)) == 0 &&
           header->longest <= NDRI_LINE_LIMIT &&
           (!eight || (plan->eightbit && *global));
}

/* The same of what was read of the body so far. */
static int body_fits(const ndr_report *report, const ndri_scan *body)
{
    return (body->found & NDRI_SCAN_NUL) == 0 &&
           body->longest <= NDRI_LINE_LIMIT && body->line <= NDRI_LINE_LIMIT &&
           ((body->found & NDRI_SCAN_8BIT) == 0 || report->plan.eightbit);
}

/* Read the body once, as long as it fits: what is in it, and what looks like
   our boundaries. */
static int scan_body(ndr_report *report, ndri_scan *scan,
                     ndri_collision *collision)
{
    uint64_t at = report->plan.original.body;
    int error = NDR_OK;
    ndri_span block;

    ndri_scan_init(scan);
    while (at < report->source.size && body_fits(report, scan)) {
        error = ndri_source_block(&report->source, at, &report->output.chunk,
                                  &block);
        if (error != NDR_OK)
            break;
        ndri_scan_add(scan, block);
        ndri_collision_add(collision, block);
        at += block.length;
    }
    ndri_scan_finish(scan);
    if (error == NDR_E_NOMEM)
        return ndri_report_out_of_memory(report);
    if (error != NDR_OK)
        return ndri_report_fail(report, error, 0, "original", NULL,
                                "its body could not be read");
    return NDR_OK;
}

/* RFC 2046 5.2.1: a message has one of these. */
static int can_be_message(const ndri_original *original)
{
    static const char *const names[] = {"From", "Subject", "Date"};
    size_t i;

    for (i = 0; i < 3; i++) {
        const ndri_header *field = ndri_original_find(original, names[i]);

        if (field != NULL && field->passes)
            return 1;
    }
    return 0;
}

/* The whole message, if its form can be carried; else headers, and the label
   that says so. A body that cannot make a difference is not read. */
static int decide_message(ndr_report *report, ndri_collision *collision)
{
    ndri_plan *plan = &report->plan;
    ndri_collision whole = *collision;
    int error, global;

    plan->not_whole = NDRI_LABEL_NOT_WHOLE_FORM;
    if (!can_be_message(&plan->original) || !header_fits(report, &global))
        return NDR_OK;
    error = scan_body(report, &plan->body, &whole);
    if (error != NDR_OK || !body_fits(report, &plan->body))
        return error;
    *collision = whole;
    plan->not_whole = -1;
    plan->third = global ? NDRI_THIRD_GLOBAL : NDRI_THIRD_MESSAGE;
    plan->third_encoding =
        (plan->original.passing.found | plan->body.found) & NDRI_SCAN_8BIT
            ? NDRI_ENCODING_8BIT
            : NDRI_ENCODING_7BIT;
    return NDR_OK;
}

static int wants_message(const ndr_report *report)
{
    return report->how_much == NDR_RETURN_FULL &&
           report->copy == NDR_COPY_NONE &&
           report->plan.counts[NDR_ACTION_FAILED] > 0 &&
           report->plan.original.has_body;
}

static int decide_third(ndr_report *report, ndri_collision *collision)
{
    ndri_plan *plan = &report->plan;

    plan->not_whole = -1;
    if (report->how_much == NDR_RETURN_NONE) {
        plan->third = NDRI_THIRD_NONE;
        return NDR_OK;
    }
    decide_headers(report);
    if (plan->third == NDRI_THIRD_NONE || !wants_message(report))
        return NDR_OK;
    if (report->require_tls == NDR_REQUIRE_TLS_YES) {
        plan->not_whole = NDRI_LABEL_NOT_WHOLE_TLS;
        return NDR_OK;
    }
    if (report->source.size > report->profile->limits[NDR_LIMIT_ORIGINAL]) {
        plan->not_whole = NDRI_LABEL_NOT_WHOLE_SIZE;
        return NDR_OK;
    }
    return decide_message(report, collision);
}

int ndri_carriage_decide(ndr_report *report)
{
    ndri_plan *plan = &report->plan;
    ndri_collision collision;
    int error;

    plan->global = plan->smtputf8 && status_is_foreign(report);
    ndri_collision_init(&collision, ndri_span_of(plan->stem));
    ndri_collision_add(&collision, plan->original.block);
    error = decide_third(report, &collision);
    if (error != NDR_OK)
        return error;
    plan->boundary = collision.highest;
    decide_text(report);
    return NDR_OK;
}
