/* SPDX-License-Identifier: ISC */
/* What a report must not tell: the final address of a recipient that is hidden
   (RFC 3464 4.2), and the organisation's own hosts, if they are masked. */
#include "model.h"

/* ---- addresses ---- */

static int holds(octets text, octets what)
{
    return octets_find_nocase(text, 0, what) < text.length;
}

/* As it is, and as it is shown. An address of blanks is in doubt. */
static int may_hold(octets text, octets address)
{
    store text_shown = {NULL, 0, 0}, shown = {NULL, 0, 0};
    int found;

    address = octets_trim(address);
    if (address.length == 0 || holds(text, address))
        return 1;
    model_show_ascii(text, &text_shown);
    model_show_ascii(address, &shown);
    found = holds(store_octets(&text_shown), store_octets(&shown));
    store_free(&text_shown);
    store_free(&shown);
    return found;
}

/* As it is in US-ASCII: one of blanks, or with a tab, is in doubt. */
static int shows(octets text, octets address)
{
    store shown = {NULL, 0, 0};
    int found;

    if (address.length == 0 ||
        octets_find_byte(address, 0, '\t') < address.length)
        return 0;
    model_show_ascii(address, &shown);
    found = holds(text, address) || holds(text, store_octets(&shown));
    store_free(&shown);
    return found;
}

/* An address that its own alias tells is no secret. */
static int tells_address(const model *facts, octets text, int surely)
{
    size_t i;

    for (i = 0; i < facts->count; i++) {
        const model_recipient *each = &facts->recipients[i];
        octets address = octets_trim(model_unbracketed(each->address));

        if (each->hidden.at == NULL)
            continue;
        if (!surely && may_hold(text, address))
            return 1;
        if (surely && shows(text, address) && !may_hold(each->hidden, address))
            return 1;
    }
    return 0;
}

/* ---- hosts ---- */

int model_masks(const model *facts)
{
    const model_profile *profile = &facts->profile;

    return profile->masking && profile->audience == NDR_AUDIENCE_EXTERNAL &&
           octets_trim(profile->domains).length > 0;
}

/* A name, a dot and the domain; surely: and the name ends there. */
static int names_below(octets text, octets domain, int surely)
{
    size_t at = octets_find_nocase(text, 0, domain);

    for (; at < text.length; at = octets_find_nocase(text, at + 1, domain)) {
        size_t end = at + domain.length;

        if (at == 0 || text.at[at - 1] != '.')
            continue;
        if (!surely)
            return 1;
        if (at > 1 && octets_is_alnum(text, at - 2, "") &&
            !octets_is_alnum(text, end, "-_.") &&
            (end == text.length || (unsigned char) text.at[end] < 128))
            return 1;
    }
    return 0;
}

static int tells_host(const model *facts, octets text, int surely)
{
    octets rest = facts->profile.domains, domain;

    if (!model_masks(facts))
        return 0;
    if (!octets_is_ascii(rest))
        return !surely;
    while (octets_take_item(&rest, &domain))
        if (names_below(text, domain, surely))
            return 1;
    return 0;
}

octets model_host(const model *facts, octets host)
{
    octets rest = facts->profile.domains, domain;

    while (model_masks(facts) && octets_take_item(&rest, &domain)) {
        size_t from = host.length - domain.length;

        if (host.length > domain.length && host.at[from - 1] == '.' &&
            octets_equal_nocase(octets_slice(host, from, host.length), domain))
            return domain;
    }
    return host;
}

int model_is_host(const model *facts, octets host, octets shown)
{
    if (!octets_is_ascii(host) ||
        (model_masks(facts) && !octets_is_ascii(facts->profile.domains)))
        return shown.length > 0 && octets_is_ascii(shown);
    if (host.length > 1 && host.at[host.length - 1] == '.' &&
        (shown.length == 0 || shown.at[shown.length - 1] != '.'))
        host.length--; /* the dot of the root */
    return octets_equal_nocase(model_host(facts, host), shown);
}

/* ---- both ---- */

int model_tells(const model *facts, octets text, int secrets)
{
    return ((secrets & TELLS_ADDRESS) && tells_address(facts, text, 1)) ||
           ((secrets & TELLS_HOST) && tells_host(facts, text, 1));
}

int model_may_tell(const model *facts, octets text, int secrets)
{
    return ((secrets & TELLS_ADDRESS) && tells_address(facts, text, 0)) ||
           ((secrets & TELLS_HOST) && tells_host(facts, text, 0));
}

int model_hides(const model *facts)
{
    size_t i;

    for (i = 0; i < facts->count; i++)
        if (facts->recipients[i].hidden.at != NULL)
            return 1;
    return model_masks(facts);
}
