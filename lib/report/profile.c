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
                made->filter.names = made->copy_mailbox = NDRI_SPAN("");
    made->copy_codes = NDRI_SPAN(NDRI_COPY_CODES);
    made->diagnostics = NDR_DIAGNOSTICS_ON;
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

int ndri_profile_fault(ndr_profile *profile, int error, const char *what,
                       ndri_span value, const char *why)
{
    return ndri_fault_set(&profile->fault, error, 0, what, &value, why);
}

int ndri_profile_keep(ndr_profile *profile, ndri_span *kept, ndri_span value)
{
    char *copy = ndri_arena_copy(&profile->arena, value);

    if (copy == NULL)
        return ndri_fault_set(&profile->fault, NDR_E_NOMEM, 0, "profile", NULL,
                              "out of memory");
    *kept = ndri_span_from(copy, value.length);
    return NDR_OK;
}

int ndri_profile_keep_buf(ndr_profile *profile, ndri_span *kept, ndri_buf *made)
{
    int error = made->error;

    if (error == NDR_OK)
        error = ndri_profile_keep(profile, kept, ndri_buf_span(made));
    else
        ndri_fault_set(&profile->fault, error, 0, "profile", NULL,
                       "out of memory");
    ndri_buf_release(made);
    return error;
}

int ndri_profile_is_ready(const ndr_profile *profile)
{
    return profile == NULL ? NDR_E_NOMEM : profile->fault.error;
}

int ndri_profile_take(ndr_profile *profile, const char *text, size_t length,
                      ndri_span *span)
{
    int error = ndri_profile_is_ready(profile);

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
    ndri_buf name;
    int is_host = 1;

    ndri_buf_init(&name, &profile->allocator, NDRI_BUF_CAP);
    if (host.length > 0 || !may_be_empty)
        is_host = ndri_host_add_name(&name, host);
    if (is_host)
        return ndri_profile_keep_buf(profile, kept, &name);
    ndri_buf_release(&name);
    return ndri_profile_fault(profile, NDR_E_HOST, what, host,
                              "expected a host name or an address literal");
}

int ndr_profile_set_generating_server(ndr_profile *profile, const char *host,
                                      size_t length)
{
    ndri_span given;
    int error = ndri_profile_take(profile, host, length, &given);

    if (error != NDR_OK)
        return error;
    return set_host(profile, &profile->generating_server, "generating server",
                    given, 0);
}

int ndr_profile_set_reporting_authority(ndr_profile *profile, const char *host,
                                        size_t length)
{
    ndri_span given;
    int error = ndri_profile_take(profile, host, length, &given);

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
    int error = ndri_profile_take(profile, mailbox, length, &given);

    if (error != NDR_OK)
        return error;
    if (ndri_text_has_control(given) || !ndri_utf8_is_valid(given))
        return ndri_profile_fault(profile, NDR_E_TEXT, "postmaster", given,
                                  "expected UTF-8 without control characters");
    split_mailbox(given, &name, &address);
    if (given.length > 0 &&
        (given.length > MAILBOX_LIMIT || !ndri_text_is_ascii(address) ||
         !ndri_address_split(address, &local, &domain) ||
         !ndri_host_is_valid(domain) || !is_postmaster(local)))
        return ndri_profile_fault(
            profile, NDR_E_ADDRESS, "postmaster", given,
            "expected postmaster@ or mailer-daemon@ a host");
    error = ndri_profile_keep(profile, &profile->postmaster_name, name);
    if (error == NDR_OK)
        error = ndri_profile_keep(profile, &profile->postmaster, address);
    return error;
}

int ndr_profile_set_catalog(ndr_profile *profile, const ndr_catalog *catalog)
{
    int error = ndri_profile_is_ready(profile);

    if (error == NDR_OK)
        profile->catalog = catalog;
    return error;
}

int ndri_profile_choose(ndr_profile *profile, int *kept, const char *what,
                        int choice, int last)
{
    int error = ndri_profile_is_ready(profile);

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
    return ndri_profile_choose(profile,
                               profile == NULL ? NULL : &profile->audience,
                               "audience", audience, NDR_AUDIENCE_INTERNAL);
}

int ndr_profile_set_grouping(ndr_profile *profile, int grouping)
{
    return ndri_profile_choose(profile,
                               profile == NULL ? NULL : &profile->grouping,
                               "grouping", grouping, NDR_GROUPING_NEVER);
}

int ndr_profile_set_html(ndr_profile *profile, int html)
{
    return ndri_profile_choose(profile, profile == NULL ? NULL : &profile->html,
                               "html", html, NDR_HTML_ON);
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
    int error = ndri_profile_take(profile, name, name_length, &given);

    if (error == NDR_OK)
        error = ndri_profile_take(profile, accent, accent_length, &colour);
    if (error != NDR_OK)
        return error;
    if (given.length > ORGANISATION_LIMIT || ndri_text_has_control(given) ||
        !ndri_utf8_is_valid(given))
        return ndri_profile_fault(profile, NDR_E_TEXT, "organisation", given,
                                  "expected up to 200 octets of UTF-8 without "
                                  "control characters");
    if (colour.length > 0 && !is_colour(colour))
        return ndri_profile_fault(profile, NDR_E_TEXT, "accent", colour,
                                  "expected a colour, such as #0b57c2");
    error = ndri_profile_keep(profile, &profile->organisation,
                              ndri_span_trim(given));
    if (error == NDR_OK)
        error = ndri_profile_keep(profile, &profile->accent, colour);
    return error;
}

int ndr_profile_set_language_detection(ndr_profile *profile, int detection)
{
    return ndri_profile_choose(
        profile, profile == NULL ? NULL : &profile->detection,
        "language detection", detection, NDR_DETECTION_ON);
}

int ndr_profile_set_language(ndr_profile *profile, const char *list,
                             size_t length)
{
    ndri_span given;
    int error = ndri_profile_take(profile, list, length, &given);

    if (error != NDR_OK)
        return error;
    if (!ndri_language_is_list(given, NDRI_LANGUAGES_MOST))
        return ndri_profile_fault(profile, NDR_E_INVALID, "language", given,
                                  "expected up to 8 tags, such as en or pt-BR");
    return ndri_profile_keep(profile, &profile->languages, given);
}

int ndr_profile_set_charsets(ndr_profile *profile, int charsets)
{
    return ndri_profile_choose(profile,
                               profile == NULL ? NULL : &profile->charsets,
                               "charsets", charsets, NDR_CHARSETS_BUILTIN);
}

int ndr_profile_set_limit(ndr_profile *profile, int limit, uint64_t value)
{
    int which = 0;
    int error = ndri_profile_choose(profile, &which, "limit", limit,
                                    NDRI_LIMIT_COUNT - 1);

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
