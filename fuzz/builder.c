/* SPDX-License-Identifier: ISC */
/* The frame of an input; catalog and profile. */
#include "builder.h"

#include <stdio.h>
#include <string.h>

#define MOST_CALLS 400

void builder_fail(const builder *b, const char *rule, octets value)
{
    if (b->report != NULL)
        fprintf(stderr, "# report: %d %s\n", ndr_report_error(b->report),
                ndr_report_error_detail(b->report));
    if (b->output.used > 0)
        fprintf(stderr, "%.*s\n", (int) b->output.used, b->output.at);
    fuzz_fail(rule, value);
}

int builder_is_lost(const builder *b)
{
    return b->memory.failed;
}

int builder_settle(builder *b, const char *call, int result, unsigned allowed)
{
    model *facts = &b->facts;

    if (builder_is_lost(b))
        return 0;
    if (facts->error != NDR_OK) {
        if (result != facts->error &&
            !(facts->error == NDR_NOTHING_DUE && result == NDR_E_ORDER))
            builder_fail(b, "an error is not sticky", octets_of(call));
        return 0;
    }
    if (facts->prepared) {
        if (result != NDR_E_ORDER)
            builder_fail(b, "a setter after prepare", octets_of(call));
        return 0;
    }
    if (result > 0 || result < NDR_E_SINK || !(allowed & MODEL_BIT(result)))
        builder_fail(b, "a result that is not due", octets_of(call));
    facts->error = result;
    if (ndr_report_error(b->report) != result)
        builder_fail(b, "ndr_report_error differs", octets_of(call));
    if ((ndr_report_error_detail(b->report)[0] == '\0') != (result == NDR_OK))
        builder_fail(b, "ndr_report_error_detail", octets_of(call));
    return result == NDR_OK;
}

/* ---- profile ---- */

static int settle_profile(builder *b, const char *call, int result,
                          unsigned allowed)
{
    if (builder_is_lost(b))
        return 0;
    if (b->profile_error != NDR_OK) {
        if (result != b->profile_error)
            builder_fail(b, "a profile's error is not sticky", octets_of(call));
        return 0;
    }
    if (result > 0 || result < NDR_E_SINK || !(allowed & MODEL_BIT(result)))
        builder_fail(b, "a result that is not due", octets_of(call));
    b->profile_error = result;
    if (ndr_profile_error(b->profile) != result)
        builder_fail(b, "ndr_profile_error differs", octets_of(call));
    return result == NDR_OK;
}

static unsigned result_or(int error)
{
    return MODEL_BIT(NDR_OK) | MODEL_BIT(error);
}

static void call_server(builder *b)
{
    fuzz_text host = input_text(&b->in);

    if (settle_profile(
            b, "generating server",
            ndr_profile_set_generating_server(b->profile, host.at, host.length),
            result_or(NDR_E_HOST)))
        b->facts.server = host.is;
}

static void call_authority(builder *b)
{
    fuzz_text host = input_text(&b->in);

    if (settle_profile(b, "reporting authority",
                       ndr_profile_set_reporting_authority(b->profile, host.at,
                                                           host.length),
                       result_or(NDR_E_HOST)))
        b->facts.authority = host.is;
}

static void call_postmaster(builder *b)
{
    fuzz_text mailbox = input_text(&b->in);

    settle_profile(
        b, "postmaster",
        ndr_profile_set_postmaster(b->profile, mailbox.at, mailbox.length),
        result_or(NDR_E_ADDRESS) | MODEL_BIT(NDR_E_TEXT));
}

static void call_number(builder *b)
{
    static int (*const setters[])(ndr_profile *, int) = {
        ndr_profile_set_audience, ndr_profile_set_grouping,
        ndr_profile_set_charsets, ndr_profile_set_html};
    unsigned which = input_choice(&b->in, 4);
    int number = (int) (signed char) input_octet(&b->in);

    if (number >= 4 && number < 64)
        number %= 2; /* both are there all the time */
    if (settle_profile(b, "number", setters[which](b->profile, number),
                       number == 0 || number == 1 ? MODEL_BIT(NDR_OK)
                                                  : MODEL_BIT(NDR_E_INVALID)) &&
        which == 3)
        b->facts.html = number;
}

static void call_domains(builder *b)
{
    fuzz_text domains = input_text(&b->in);

    settle_profile(b, "internal domains",
                   ndr_profile_set_internal_domains(b->profile, domains.at,
                                                    domains.length),
                   result_or(NDR_E_HOST));
}

static void call_filter(builder *b)
{
    int mode = (int) input_choice(&b->in, 3);
    fuzz_text names = input_text(&b->in);

    settle_profile(
        b, "header filter",
        ndr_profile_set_header_filter(b->profile, mode, names.at, names.length),
        mode == 2 ? MODEL_BIT(NDR_E_INVALID) : result_or(NDR_E_FIELD));
}

static void call_limit(builder *b)
{
    int limit = (int) input_choice(&b->in, 6);
    uint64_t value = input_number(&b->in, 2);

    if (value > 60000)
        value = UINT64_MAX - value;
    if (settle_profile(
            b, "limit", ndr_profile_set_limit(b->profile, limit, value),
            limit == 5 ? MODEL_BIT(NDR_E_INVALID) : MODEL_BIT(NDR_OK)) &&
        limit == NDR_LIMIT_REPLY)
        b->facts.reply_limit = value;
}

static void call_entry(builder *b)
{
    fuzz_text entry = input_text(&b->in);
    int result = ndr_catalog_add(b->catalog, entry.at, entry.length);
    octets detail = octets_of(ndr_catalog_error_detail(b->catalog));

    if (builder_is_lost(b))
        return;
    if (result != NDR_OK && result != NDR_E_TEXT && result != NDR_E_TEMPLATE &&
        !(result == NDR_E_INVALID && entry.at == NULL))
        builder_fail(b, "the result of ndr_catalog_add", entry.is);
    if (result == NDR_E_TEMPLATE && !octets_begin(detail, "line "))
        builder_fail(b, "no line in ndr_catalog_error_detail", detail);
}

static void call_resolver(builder *b)
{
    static const int results[] = {NDR_E_NOMEM, NDR_END,    NDR_E_TEMPLATE,
                                  -1000,       INT32_MIN,  77,
                                  NDR_OK,      NDR_E_ORDER};

    b->answers.kind = (int) input_choice(&b->in, RESOLVER_KINDS);
    b->answers.result = results[input_choice(&b->in, 8)];
    b->answers.entry = input_text(&b->in);
    b->answers.other = input_text(&b->in);
    if (ndr_catalog_set_resolver(b->catalog, resolver_answer, &b->answers) !=
        (b->catalog == NULL ? NDR_E_INVALID : NDR_OK))
        builder_fail(b, "the result of ndr_catalog_set_resolver",
                     octets_of(""));
}

static void call_profile(builder *b, unsigned call)
{
    static void (*const calls[])(builder *) = {
        NULL,        call_server,  call_authority, call_postmaster,
        call_number, call_domains, call_filter,    call_limit,
        call_entry,  call_resolver};

    if (call == PROFILE_CATALOG)
        settle_profile(b, "catalog",
                       ndr_profile_set_catalog(b->profile, b->catalog),
                       MODEL_BIT(NDR_OK));
    else
        calls[call](b);
}

void builder_set_up(builder *b)
{
    unsigned flags = input_octet(&b->in), call, count = MOST_CALLS;

    if (flags & FRAME_MEMORY) {
        b->memory.fail_at = 1 + input_number(&b->in, 2) % 400;
        b->memory.fails_on = (flags & FRAME_STUBBORN) != 0;
    }
    ndr_catalog_new(&b->catalog, &b->allocator);
    ndr_profile_new(&b->profile, &b->allocator);
    if (!(flags & FRAME_BARE) &&
        ndr_profile_set_generating_server(b->profile, "mail1.example.com",
                                          NDR_NUL) == NDR_OK)
        b->facts.server = octets_of("mail1.example.com");
    b->facts.html = (flags & FRAME_HTML) != 0;
    ndr_profile_set_html(b->profile, b->facts.html);
    while ((call = input_choice(&b->in, PROFILE_CALLS)) != PROFILE_DONE &&
           count-- > 0)
        call_profile(b, call);
    ndr_report_new(&b->report, b->profile);
    b->facts.error = b->profile_error;
    if (flags & FRAME_BARE)
        return;
    ndr_report_set_sender(b->report, "jane@example.com", NDR_NUL);
    b->facts.sender = octets_of("jane@example.com");
    ndr_report_set_date(b->report, 1795536312, 60);
    b->facts.date.set = 1;
    b->facts.date.seconds = 1795536312;
    b->facts.date.offset = 60;
    builder_add_recipient(b, text_of(&b->in, octets_of("joe@contoso.com")));
}

void builder_run(octets data, int fill, store *last)
{
    builder b;
    unsigned count = MOST_CALLS;

    memset(&b, 0, sizeof(b));
    b.allocator.reallocate = guard_reallocate;
    b.allocator.user = &b.memory;
    b.facts.reply_limit = 65536;
    b.memory.fill = fill;
    b.data = data;
    input_begin(&b.in, data);
    builder_set_up(&b);
    while (b.in.rest.length > 0 && count-- > 0) {
        unsigned call = input_choice(&b.in, CALLS);

        if (!builder_call_recipient(&b, call))
            builder_call_report(&b, call);
    }
    builder_output(&b);
    ndr_report_free(b.report);
    ndr_profile_free(b.profile);
    ndr_catalog_free(b.catalog);
    if (b.memory.blocks > 0)
        fuzz_fail("memory is not given back", octets_of(""));
    store_add(last, store_octets(&b.output));
    store_free(&b.output);
    store_free(&b.again);
    input_end(&b.in);
}
