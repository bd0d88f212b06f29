/* SPDX-License-Identifier: ISC */
/* The postmaster's copy, and what the getters tell of a report: its envelope,
   and who is due one. */
#include "builder.h"

/* ---- copies ---- */

void builder_call_copy(builder *b)
{
    static const int numbers[] = {NDR_COPY_POSTMASTER, NDR_COPY_NONE, 2, -1};
    int copy = numbers[input_choice(&b->in, 4)];
    int is_none = copy != NDR_COPY_NONE && copy != NDR_COPY_POSTMASTER;
    int result = ndr_report_set_copy(b->report, copy);
    model *facts = &b->facts;

    if (builder_is_lost(b))
        return;
    if (facts->error != NDR_OK && facts->error != NDR_NOTHING_DUE) {
        if (result != facts->error)
            builder_fail(b, "an error is not sticky", octets_of("set_copy"));
        return;
    }
    if (result != (is_none ? NDR_E_INVALID : NDR_OK))
        builder_fail(b, "the result of set_copy", octets_of(""));
    facts->error = result;
    if (ndr_report_error(b->report) != result)
        builder_fail(b, "ndr_report_error differs", octets_of("set_copy"));
    if (is_none)
        return;
    facts->copy = copy;
    facts->decided = 0;
    builder_check_getters(b);
}

/* ---- getters ---- */

static void check_number(builder *b, const char *rule, int is, int due)
{
    if (is != due)
        builder_fail(b, rule, octets_of(""));
}

static size_t xtext_length(octets text)
{
    size_t i, length = 0;

    for (i = 0; i < text.length; i++)
        length += text.at[i] < '!' || text.at[i] > '~' || text.at[i] == '+' ||
                          text.at[i] == '='
                      ? 3
                      : 1;
    return length;
}

/* Made of the Message-ID: of all of it, if there is room. */
static void check_envelope_id(builder *b)
{
    octets id = octets_of(ndr_report_envelope_id(b->report));
    octets whole =
        model_unbracketed(octets_of(ndr_report_message_id(b->report)));
    octets left = octets_slice(whole, 0, octets_find_byte(whole, 0, '@'));
    store decoded = {NULL, 0, 0};

    if (id.length > 100 || !model_xtext(id, &decoded))
        builder_fail(b, "the report's ENVID is no short xtext", id);
    if (xtext_length(whole) <= 100
            ? !octets_equal(store_octets(&decoded), whole)
            : id.length > 0 && !octets_equal(store_octets(&decoded), left))
        builder_fail(b, "the report's ENVID", id);
    store_free(&decoded);
}

/* Those that are pure, once it is known what is due; before, they tell
   nothing. */
static void check_planned(builder *b, int is_planned)
{
    const model *facts = &b->facts;
    const ndr_report *report = b->report;

    if (ndr_report_envelope_sender(report)[0] != '\0')
        builder_fail(b, "the report's return path is not null", octets_of(""));
    check_number(b, "NOTIFY of the report", ndr_report_envelope_notify(report),
                 is_planned ? NDR_NOTIFY_NEVER : 0);
    check_number(b, "REQUIRETLS of the report",
                 ndr_report_needs_require_tls(report),
                 is_planned && facts->require_tls);
    check_number(b, "ndr_report_actions_due", ndr_report_actions_due(report),
                 is_planned ? model_due(facts) : 0);
    if (is_planned) {
        check_envelope_id(b);
        return;
    }
    if (ndr_report_envelope_recipient(report)[0] != '\0' ||
        ndr_report_envelope_id(report)[0] != '\0' ||
        ndr_report_message_id(report)[0] != '\0' ||
        ndr_report_needs_smtputf8(report) || ndr_report_needs_8bitmime(report))
        builder_fail(b, "an envelope of no report", octets_of(""));
}

void builder_check_getters(builder *b)
{
    const model *facts = &b->facts;
    int is_due = facts->decided && facts->error == NDR_OK, copy;

    if (builder_is_lost(b) || b->report == NULL)
        return;
    check_planned(b, is_due);
    copy = ndr_report_copy_due(b->report);
    if (!facts->closed)
        check_number(b, "a copy before prepare", copy, 0);
    if (!facts->decided ||
        (facts->error != NDR_OK && facts->error != NDR_NOTHING_DUE))
        return;
    check_number(b, "ndr_report_nothing_due", ndr_report_nothing_due(b->report),
                 facts->nothing);
    if (model_copy_due(facts) >= 0)
        check_number(b, "ndr_report_copy_due", copy, model_copy_due(facts));
}
