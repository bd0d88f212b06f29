/* SPDX-License-Identifier: ISC */
/* Profiles: their setters check at once and copy what they keep. */
#include "report/profile.h"

#include "mail/address.h"
#include "mail/field.h"
#include "mail/host.h"
#include "mail/language.h"

#include <string.h>

#define MAILBOX_LIMIT 512u
#define ORGANISATION_LIMIT 200u

static const uint64_t default_limits[NDRI_LIMIT_COUNT] = {
    [NDR_LIMIT_ORIGINAL] = 10485760, [NDR_LIMIT_HEADER] = 262144,
    [NDR_LIMIT_REPLY] = 65536,       [NDR_LIMIT_SUBJECT] = 512,
    [NDR_LIMIT_REFERENCES] = 20,
};

int ndr_profile_new(ndr_profile **profile, const ndr_allocator *allocator)
{
    ndr_allocator memory = ndri_allocator(allocator);
    ndr_profile *made;

    if (profile == NULL)
        return NDR_E_INVALID;
    made = ndri_mem_resize(&memory, NULL, 0, sizeof(*made));
    *profile = made;
    if (made == NULL)
        return NDR_E_NOMEM;
    memset(made, 0, sizeof(*made));
    made->allocator = memory;
    ndri_arena_init(&made->arena, &made->allocator);
    made->generating_server = made->reporting_authority =
        made->postmaster_name = made->postmaster = made->internal_domains =
            made->languages = made->organisation = made->accent =
                made->filter.names = NDRI_SPAN("");
    made->html = NDR_HTML_ON;
    memcpy(made->limits, default_limits, sizeof(made->limits));
    return NDR_OK;
}

void ndr_profile_free(ndr_profile *profile)
{
    ndr_allocator memory;

    if (profile == NULL)
        return;
    memory = profile->allocator;
    ndri_arena_release(&profile->arena);
    ndri_mem_free(&memory, profile, sizeof(*profile));
}

static int profile_fault(ndr_profile *profile, int error, const char *what,
                         ndri_span value, const char *why)
{
    return ndri_fault_set(&profile->fault, error, 0, what, &value, why);
}

/* Put a copy of value into *kept. */
static int keep(ndr_profile *profile, ndri_span *kept, ndri_span value)
{
    char *copy = ndri_arena_copy(&profile->arena, value);

    if (copy == NULL)
        return ndri_fault_set(&profile->fault, NDR_E_NOMEM, 0, "profile", NULL,
                              "out of memory");
    *kept = ndri_span_from(copy, value.length);
    return NDR_OK;
}

/* The error that a setter returns before it looks at its value. */
static int is_ready(const ndr_profile *profile)
{
    return profile == NULL ? NDR_E_NOMEM : profile->fault.error;
}

/* The same, and the text that it was given. */
static int profile_take(ndr_profile *profile, const char *text, size_t length,
                        ndri_span *span)
{
    int error = is_ready(profile);

    if (error != NDR_OK)
        return error;
    if (text != NULL && length != NDR_NUL && length > NDRI_TEXT_LIMIT)
        return ndri_fault_set(&profile->fault, NDR_E_INVALID, 0, "profile",
                              NULL, "a text over 256 MiB");
    *span = ndri_span_from(text, length);
    return NDR_OK;
}

static int set_host(ndr_profile *profile, ndri_span *kept, const char *what,
                    ndri_span host, int may_be_empty)
{
    if (!(may_be_empty && host.length == 0) && !ndri_host_is_valid(host))
        return profile_fault(profile, NDR_E_HOST, what, host,
                             "expected a host name or an address literal");
    return keep(profile, kept, host);
}

int ndr_profile_set_generating_server(ndr_profile *profile, const char *host,
                                      size_t length)
{
    ndri_span given;
    int error = profile_take(profile, host, length, &given);

    if (error != NDR_OK)
        return error;
    return set_host(profile, &profile->generating_server, "generating server",
                    given, 0);
}

int ndr_profile_set_reporting_authority(ndr_profile *profile, const char *host,
                                        size_t length)
{
    ndri_span given;
    int error = profile_take(profile, host, length, &given);

    if (error != NDR_OK)
        return error;
    return set_host(profile, &profile->reporting_authority,
                    "reporting authority", given, 1);
}

/* Readers know reports by these local parts. */
static int is_postmaster(ndri_span local)
{
    return ndri_span_equal_nocase(local, NDRI_SPAN("postmaster")) ||
           ndri_span_equal_nocase(local, NDRI_SPAN("mailer-daemon"));
}

/* "Name <address>" or "address", taken apart. */
static void split_mailbox(ndri_span mailbox, ndri_span *name,
                          ndri_span *address)
{
    size_t open = ndri_span_find_byte(mailbox, 0, '<');

    *name = ndri_span_trim(ndri_span_slice(mailbox, 0, open));
    if (name->length >= 2 && name->at[0] == '"' &&
        name->at[name->length - 1] == '"')
        *name = ndri_span_slice(*name, 1, name->length - 1);
    *address = ndri_span_slice(mailbox, open, mailbox.length);
    if (open == mailbox.length) {
        *address = *name;
        *name = NDRI_SPAN("");
    }
    *address = ndri_address_unbracket(*address);
}

int ndr_profile_set_postmaster(ndr_profile *profile, const char *mailbox,
                               size_t length)
{
    ndri_span given, name, address, local, domain;
    int error = profile_take(profile, mailbox, length, &given);

    if (error != NDR_OK)
        return error;
    if (ndri_text_has_control(given) || !ndri_utf8_is_valid(given))
        return profile_fault(profile, NDR_E_TEXT, "postmaster", given,
                             "expected UTF-8 without control characters");
    split_mailbox(given, &name, &address);
    if (given.length > 0 &&
        (given.length > MAILBOX_LIMIT || !ndri_text_is_ascii(address) ||
         !ndri_address_split(address, &local, &domain) ||
         !ndri_host_is_valid(domain) || !is_postmaster(local)))
        return profile_fault(profile, NDR_E_ADDRESS, "postmaster", given,
                             "expected postmaster@ or mailer-daemon@ a host");
    error = keep(profile, &profile->postmaster_name, name);
    if (error == NDR_OK)
        error = keep(profile, &profile->postmaster, address);
    return error;
}

int ndr_profile_set_catalog(ndr_profile *profile, const ndr_catalog *catalog)
{
    int error = is_ready(profile);

    if (error == NDR_OK)
        profile->catalog = catalog;
    return error;
}

/* Set a number that has to be one of 0 to last. */
static int set_choice(ndr_profile *profile, int *kept, const char *what,
                      int choice, int last)
{
    int error = is_ready(profile);

    if (error != NDR_OK)
        return error;
    if (choice < 0 || choice > last)
        return ndri_fault_set(&profile->fault, NDR_E_INVALID, 0, what, NULL,
                              "unknown number");
    *kept = choice;
    return NDR_OK;
}

int ndr_profile_set_audience(ndr_profile *profile, int audience)
{
    return set_choice(profile, profile == NULL ? NULL : &profile->audience,
                      "audience", audience, NDR_AUDIENCE_INTERNAL);
}

int ndr_profile_set_grouping(ndr_profile *profile, int grouping)
{
    return set_choice(profile, profile == NULL ? NULL : &profile->grouping,
                      "grouping", grouping, NDR_GROUPING_NEVER);
}

int ndr_profile_set_html(ndr_profile *profile, int html)
{
    return set_choice(profile, profile == NULL ? NULL : &profile->html, "html",
                      html, NDR_HTML_ON);
}

static int is_colour(ndri_span text)
{
    size_t i;

    for (i = 1; i < text.length; i++)
        if (!ndri_is_digit(text.at[i]) && (ndri_to_lower(text.at[i]) < 'a' ||
                                           ndri_to_lower(text.at[i]) > 'f'))
            return 0;
    return text.length == 7 && text.at[0] == '#';
}

int ndr_profile_set_organisation(ndr_profile *profile, const char *name,
                                 size_t name_length, const char *accent,
                                 size_t accent_length)
{
    ndri_span given, colour;
    int error = profile_take(profile, name, name_length, &given);

    if (error == NDR_OK)
        error = profile_take(profile, accent, accent_length, &colour);
    if (error != NDR_OK)
        return error;
    if (given.length > ORGANISATION_LIMIT || ndri_text_has_control(given) ||
        !ndri_utf8_is_valid(given))
        return profile_fault(profile, NDR_E_TEXT, "organisation", given,
                             "expected up to 200 octets of UTF-8 without "
                             "control characters");
    if (colour.length > 0 && !is_colour(colour))
        return profile_fault(profile, NDR_E_TEXT, "accent", colour,
                             "expected a colour, such as #0b57c2");
    error = keep(profile, &profile->organisation, ndri_span_trim(given));
    if (error == NDR_OK)
        error = keep(profile, &profile->accent, colour);
    return error;
}

int ndr_profile_set_language_detection(ndr_profile *profile, int detection)
{
    return set_choice(profile, profile == NULL ? NULL : &profile->detection,
                      "language detection", detection, NDR_DETECTION_ON);
}

int ndr_profile_set_language(ndr_profile *profile, const char *list,
                             size_t length)
{
    ndri_span given;
    int error = profile_take(profile, list, length, &given);

    if (error != NDR_OK)
        return error;
    if (!ndri_language_is_list(given, NDRI_LANGUAGES_MOST))
        return profile_fault(profile, NDR_E_INVALID, "language", given,
                             "expected up to 8 tags, such as en or pt-BR");
    return keep(profile, &profile->languages, given);
}

int ndr_profile_set_charsets(ndr_profile *profile, int charsets)
{
    return set_choice(profile, profile == NULL ? NULL : &profile->charsets,
                      "charsets", charsets, NDR_CHARSETS_BUILTIN);
}

int ndr_profile_set_internal_domains(ndr_profile *profile, const char *domains,
                                     size_t length)
{
    ndri_span list, rest, item;
    int error = profile_take(profile, domains, length, &list);

    if (error != NDR_OK)
        return error;
    rest = list;
    while (ndri_span_next_item(&rest, &item))
        if (!ndri_host_is_valid(item))
            return profile_fault(profile, NDR_E_HOST, "internal domain", item,
                                 "expected a domain");
    return keep(profile, &profile->internal_domains, list);
}

int ndri_profile_is_internal(const ndr_profile *profile, ndri_span domain)
{
    ndri_span rest = profile->internal_domains, item;

    while (ndri_span_next_item(&rest, &item))
        if (ndri_span_equal_nocase(item, domain))
            return 1;
    return 0;
}

static int is_name_pattern(ndri_span item)
{
    size_t i;

    for (i = 0; i < item.length; i++)
        if (!ndri_is_ftext((unsigned char) item.at[i]) ||
            (item.at[i] == '*' && i + 1 < item.length))
            return 0;
    return 1;
}

int ndr_profile_set_header_filter(ndr_profile *profile, int mode,
                                  const char *names, size_t length)
{
    ndri_span list, rest, item;
    int error = profile_take(profile, names, length, &list);

    if (error == NDR_OK)
        error = set_choice(profile, &profile->filter.mode, "header filter",
                           mode, NDR_HEADERS_KEEP);
    if (error != NDR_OK)
        return error;
    rest = list;
    while (ndri_span_next_item(&rest, &item))
        if (!is_name_pattern(item))
            return profile_fault(profile, NDR_E_FIELD, "header filter", item,
                                 "expected the name of a header field");
    return keep(profile, &profile->filter.names, list);
}

int ndr_profile_set_limit(ndr_profile *profile, int limit, uint64_t value)
{
    int which = 0;
    int error =
        set_choice(profile, &which, "limit", limit, NDRI_LIMIT_COUNT - 1);

    if (error != NDR_OK)
        return error;
    if (value > NDRI_TEXT_LIMIT && limit != NDR_LIMIT_ORIGINAL)
        value = NDRI_TEXT_LIMIT;
    profile->limits[which] = value;
    return NDR_OK;
}

int ndr_profile_error(const ndr_profile *profile)
{
    return profile == NULL ? NDR_E_NOMEM : profile->fault.error;
}

const char *ndr_profile_error_detail(const ndr_profile *profile)
{
    return profile == NULL ? "" : profile->fault.detail;
}
