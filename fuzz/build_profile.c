/* SPDX-License-Identifier: ISC */
/* Calls that are about the profile and its catalog. */
#include "builder.h"

int builder_settle_profile(builder *b, const char *call, int result,
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

    if (builder_settle_profile(
            b, "generating server",
            ndr_profile_set_generating_server(b->profile, host.at, host.length),
            result_or(NDR_E_HOST)))
        b->facts.profile.server = host.is;
}

static void call_authority(builder *b)
{
    fuzz_text host = input_text(&b->in);

    if (builder_settle_profile(b, "reporting authority",
                               ndr_profile_set_reporting_authority(
                                   b->profile, host.at, host.length),
                               result_or(NDR_E_HOST)))
        b->facts.profile.authority = host.is;
}

static void call_postmaster(builder *b)
{
    fuzz_text mailbox = input_text(&b->in);

    if (builder_settle_profile(
            b, "postmaster",
            ndr_profile_set_postmaster(b->profile, mailbox.at, mailbox.length),
            result_or(NDR_E_ADDRESS) | MODEL_BIT(NDR_E_TEXT)))
        b->facts.profile.postmaster = mailbox.is;
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
    if (builder_settle_profile(b, "number", setters[which](b->profile, number),
                               number == 0 || number == 1
                                   ? MODEL_BIT(NDR_OK)
                                   : MODEL_BIT(NDR_E_INVALID))) {
        if (which == 0)
            b->facts.profile.audience = number;
        if (which == 3)
            b->facts.profile.html = number;
    }
}

static void call_domains(builder *b)
{
    fuzz_text domains = input_text(&b->in);

    if (builder_settle_profile(b, "internal domains",
                               ndr_profile_set_internal_domains(
                                   b->profile, domains.at, domains.length),
                               result_or(NDR_E_HOST)))
        b->facts.profile.domains = domains.is;
}

static void call_filter(builder *b)
{
    int mode = (int) input_choice(&b->in, 3);
    fuzz_text names = input_text(&b->in);

    builder_settle_profile(
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
    if (builder_settle_profile(
            b, "limit", ndr_profile_set_limit(b->profile, limit, value),
            limit == 5 ? MODEL_BIT(NDR_E_INVALID) : MODEL_BIT(NDR_OK)) &&
        limit == NDR_LIMIT_REPLY)
        b->facts.profile.reply_limit = value;
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

static void call_policy(builder *b)
{
    static int (*const setters[])(ndr_profile *, int) = {
        ndr_profile_set_diagnostics, ndr_profile_set_host_masking,
        ndr_profile_set_failed_recipients};
    unsigned which = input_choice(&b->in, 3);
    int number = (int) (signed char) input_octet(&b->in);
    model_profile *facts = &b->facts.profile;

    if (number >= 4 && number < 120)
        number %= 2;
    if (!builder_settle_profile(b, "policy", setters[which](b->profile, number),
                                number == 0 || number == 1
                                    ? MODEL_BIT(NDR_OK)
                                    : MODEL_BIT(NDR_E_INVALID)))
        return;
    if (which == 0)
        facts->quiet = !number;
    else if (which == 1)
        facts->masking = number;
    else
        facts->listed = number;
}

static void call_copies(builder *b)
{
    fuzz_text codes = input_text(&b->in), mailbox = input_text(&b->in);
    unsigned allowed = MODEL_BIT(NDR_OK);
    octets rest = codes.is, code;

    while (octets_take_item(&rest, &code))
        if (model_status(code) != MODEL_BIT(NDR_OK))
            allowed = MODEL_BIT(NDR_E_STATUS);
    if (octets_has(codes.is, "\t") || octets_has(codes.is, "\r") ||
        octets_has(codes.is, "\n"))
        allowed |= MODEL_BIT(NDR_E_STATUS); /* no documented blanks */
    if (builder_settle_profile(
            b, "copy codes",
            ndr_profile_set_copy_codes(b->profile, codes.at, codes.length),
            allowed))
        b->facts.profile.copy_codes = octets_from(
            codes.is.at == NULL ? "" : codes.is.at, codes.is.length);
    allowed = MODEL_BIT(NDR_OK);
    if (octets_trim(mailbox.is).length > 0)
        allowed |= MODEL_BIT(NDR_E_ADDRESS);
    if (builder_settle_profile(b, "copy mailbox",
                               ndr_profile_set_copy_mailbox(
                                   b->profile, mailbox.at, mailbox.length),
                               allowed))
        b->facts.profile.copy_mailbox = mailbox.is;
}

/* Hosts that must not be seen, with or without the generating server. */
static void call_mask(builder *b)
{
    unsigned how = input_octet(&b->in);
    model_profile *facts = &b->facts.profile;
    octets domains =
        octets_of(how & 1 ? HOST_DOMAIN : "example.org, CORP.example,x.y");

    if (builder_settle_profile(b, "internal domains",
                               ndr_profile_set_internal_domains(
                                   b->profile, domains.at, domains.length),
                               MODEL_BIT(NDR_OK)))
        facts->domains = domains;
    if (builder_settle_profile(
            b, "host masking",
            ndr_profile_set_host_masking(b->profile, NDR_HOSTS_MASKED),
            MODEL_BIT(NDR_OK)))
        facts->masking = 1;
    if ((how & 2) && builder_settle_profile(b, "generating server",
                                            ndr_profile_set_generating_server(
                                                b->profile, HOST_NAME, NDR_NUL),
                                            MODEL_BIT(NDR_OK)))
        facts->server = octets_of(HOST_NAME);
    if ((how & 4) && builder_settle_profile(b, "reporting authority",
                                            ndr_profile_set_reporting_authority(
                                                b->profile, HOST_NAME, NDR_NUL),
                                            MODEL_BIT(NDR_OK)))
        facts->authority = octets_of(HOST_NAME);
}

void builder_call_profile(builder *b, unsigned call)
{
    static void (*const calls[])(builder *) = {
        NULL,        call_server,   call_authority, call_postmaster,
        call_number, call_domains,  call_filter,    call_limit,
        call_entry,  call_resolver, NULL,           call_policy,
        call_copies, call_mask};

    if (call == PROFILE_CATALOG)
        builder_settle_profile(b, "catalog",
                               ndr_profile_set_catalog(b->profile, b->catalog),
                               MODEL_BIT(NDR_OK));
    else
        calls[call](b);
}
