/* SPDX-License-Identifier: ISC */
/*
 * Profiles: who is told what. What an organisation shows of itself to others,
 * which fields of the original come back, and of which reports its postmaster
 * wants a copy.
 */
#include "report/profile.h"

#include "mail/address.h"
#include "mail/field.h"
#include "mail/host.h"

int ndr_profile_set_diagnostics(ndr_profile *profile, int diagnostics)
{
    return ndri_profile_choose(profile,
                               profile == NULL ? NULL : &profile->diagnostics,
                               "diagnostics", diagnostics, NDR_DIAGNOSTICS_ON);
}

int ndr_profile_set_host_masking(ndr_profile *profile, int masking)
{
    return ndri_profile_choose(profile,
                               profile == NULL ? NULL : &profile->masking,
                               "host masking", masking, NDR_HOSTS_MASKED);
}

int ndri_profile_masks(const ndr_profile *profile)
{
    return profile->masking == NDR_HOSTS_MASKED &&
           profile->audience == NDR_AUDIENCE_EXTERNAL;
}

int ndr_profile_set_failed_recipients(ndr_profile *profile, int listed)
{
    return ndri_profile_choose(
        profile, profile == NULL ? NULL : &profile->failed_recipients,
        "failed recipients", listed, NDR_FAILED_RECIPIENTS_LISTED);
}

int ndr_profile_set_copy_codes(ndr_profile *profile, const char *codes,
                               size_t length)
{
    ndri_span list, rest, item;
    ndri_status status;
    int error = ndri_profile_take(profile, codes, length, &list);

    if (error != NDR_OK)
        return error;
    rest = list;
    while (ndri_span_next_item(&rest, &item))
        if (!ndri_status_parse(item, &status))
            return ndri_profile_fault(profile, NDR_E_STATUS, "copy codes", item,
                                      "expected codes such as 5.4.6");
    return ndri_profile_keep(profile, &profile->copy_codes, list);
}

int ndr_profile_set_copy_mailbox(ndr_profile *profile, const char *mailbox,
                                 size_t length)
{
    ndri_span address, local, domain;
    int error = ndri_profile_take(profile, mailbox, length, &address);

    if (error != NDR_OK)
        return error;
    address = ndri_address_unbracket(address);
    if (address.length > 0 && (!ndri_text_is_printable(address) ||
                               !ndri_address_split(address, &local, &domain) ||
                               !ndri_host_is_valid(domain)))
        return ndri_profile_fault(profile, NDR_E_ADDRESS, "copy mailbox",
                                  address, "expected local@domain");
    return ndri_profile_keep(profile, &profile->copy_mailbox, address);
}

int ndri_profile_wants_copy(const ndr_profile *profile, ndri_status status)
{
    ndri_span rest = profile->copy_codes, item;
    ndri_status code;

    while (ndri_span_next_item(&rest, &item))
        if (ndri_status_parse(item, &code) && code.digit == status.digit &&
            code.subject == status.subject && code.detail == status.detail)
            return 1;
    return 0;
}

int ndr_profile_set_internal_domains(ndr_profile *profile, const char *domains,
                                     size_t length)
{
    ndri_span rest, item;
    ndri_buf list;
    int error = ndri_profile_take(profile, domains, length, &rest);

    if (error != NDR_OK)
        return error;
    ndri_buf_init(&list, &profile->allocator, NDRI_BUF_CAP);
    while (ndri_span_next_item(&rest, &item)) {
        if (!ndri_host_add_name(&list, item)) {
            ndri_buf_release(&list);
            return ndri_profile_fault(profile, NDR_E_HOST, "internal domain",
                                      item, "expected a domain");
        }
        ndri_buf_add_byte(&list, ' ');
        if (ndri_text_is_ascii(item))
            continue;
        /* as messages in its own script write it */
        ndri_buf_add(&list, item);
        ndri_buf_add_byte(&list, ' ');
    }
    return ndri_profile_keep_buf(profile, &profile->internal_domains, &list);
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
    int error = ndri_profile_take(profile, names, length, &list);

    if (error == NDR_OK)
        error = ndri_profile_choose(profile, &profile->filter.mode,
                                    "header filter", mode, NDR_HEADERS_KEEP);
    if (error != NDR_OK)
        return error;
    rest = list;
    while (ndri_span_next_item(&rest, &item))
        if (!is_name_pattern(item))
            return ndri_profile_fault(profile, NDR_E_FIELD, "header filter",
                                      item,
                                      "expected the name of a header field");
    return ndri_profile_keep(profile, &profile->filter.names, list);
}

ndri_span ndri_profile_domain_of(const ndr_profile *profile, ndri_span host)
{
    ndri_span rest = profile->internal_domains, item, end;

    while (ndri_span_next_item(&rest, &item)) {
        if (host.length <= item.length)
            continue;
        end = ndri_span_slice(host, host.length - item.length, host.length);
        if (host.at[host.length - item.length - 1] == '.' &&
            ndri_span_equal_nocase(end, item))
            return item;
    }
    return NDRI_SPAN("");
}
