/* SPDX-License-Identifier: ISC */
/* The frame of an input. */
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
    if (facts->closed) {
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
        b->facts.profile.server = octets_of("mail1.example.com");
    b->facts.profile.html = (flags & FRAME_HTML) != 0;
    ndr_profile_set_html(b->profile, b->facts.profile.html);
    while ((call = input_choice(&b->in, PROFILE_CALLS)) != PROFILE_DONE &&
           count-- > 0)
        builder_call_profile(b, call);
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
    b.facts.profile.reply_limit = 65536;
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
