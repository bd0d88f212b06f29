/* SPDX-License-Identifier: ISC */
/* Hosts: names of letters, digits, hyphens and underscores, or literals. */
#include "mail/host.h"

#include "mail/punycode.h"

int ndri_ip4_is_valid(ndri_span ip)
{
    unsigned parts = 0, digits = 0, value = 0;
    size_t i;

    for (i = 0; i <= ip.length; i++) {
        if (i == ip.length || ip.at[i] == '.') {
            if (digits == 0 || value > 255)
                return 0;
            parts++;
            digits = value = 0;
        } else if (ndri_is_digit(ip.at[i]) && ++digits <= 3) {
            value = value * 10 + (unsigned) (ip.at[i] - '0');
        } else {
            return 0;
        }
    }
    return parts == 4;
}

static int is_hex(int c)
{
    c = ndri_to_lower(c);
    return ndri_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* One group of an IPv6 address, or the IPv4 address that stands for the last
   two: its end, and how many groups it is; 0 if it is none. */
static size_t take_group(ndri_span ip, size_t from, unsigned *groups)
{
    size_t at = from;

    while (at < ip.length && at - from < 4 && is_hex(ip.at[at]))
        at++;
    *groups = 1;
    if (at < ip.length && ip.at[at] == '.') {
        *groups = 2;
        at = ip.length;
        if (!ndri_ip4_is_valid(ndri_span_slice(ip, from, at)))
            return 0;
    }
    return at > from ? at : 0;
}

int ndri_ip6_is_valid(ndri_span ip)
{
    unsigned groups = 0, more;
    size_t at = 0;
    int gap = ndri_span_equal(ndri_span_slice(ip, 0, 2), NDRI_SPAN("::"));

    at = gap ? 2 : 0;
    while (at < ip.length) {
        at = take_group(ip, at, &more);
        groups += more;
        if (at == 0)
            return 0;
        if (at == ip.length)
            break;
        if (ip.at[at++] != ':' || at == ip.length)
            return 0;
        if (ip.at[at] != ':')
            continue;
        if (gap)
            return 0;
        gap = 1;
        at++;
    }
    return gap ? groups <= 7 : groups == 8;
}

int ndri_host_is_valid(ndri_span host)
{
    static const size_t tag = sizeof("[IPv6:") - 1;
    size_t i;
    char before = '.';

    if (host.length == 0 || host.length > 255)
        return 0;
    if (host.at[0] == '[') {
        if (host.at[host.length - 1] != ']')
            return 0;
        if (ndri_span_equal_nocase(ndri_span_slice(host, 0, tag),
                                   NDRI_SPAN("[IPv6:")))
            return ndri_ip6_is_valid(
                ndri_span_slice(host, tag, host.length - 1));
        return ndri_ip4_is_valid(ndri_span_slice(host, 1, host.length - 1));
    }
    for (i = 0; i < host.length; i++) {
        char c = host.at[i];

        if (c == '.' ? before == '.'
                     : !ndri_is_alnum(c) && c != '-' && c != '_')
            return 0;
        before = c;
    }
    return before != '.';
}

int ndri_host_add_name(ndri_buf *out, ndri_span host)
{
    size_t from = out->used;

    if (ndri_host_is_valid(host)) {
        ndri_buf_add(out, host);
        return 1;
    }
    if (ndri_text_is_ascii(host) || host.at[0] == '[' ||
        !ndri_punycode_add_domain(out, host))
        return 0;
    if (out->error != NDR_OK || ndri_host_is_valid(ndri_span_slice(
                                    ndri_buf_span(out), from, out->used)))
        return 1;
    ndri_buf_truncate(out, from);
    return 0;
}

int ndri_host_add(ndri_buf *out, ndri_span host)
{
    if (host.length > 1 && host.at[host.length - 1] == '.')
        host.length--; /* the root's own dot */
    if (ndri_ip4_is_valid(host) || ndri_ip6_is_valid(host)) {
        ndri_buf_add_text(out, ndri_span_has(host, ':') ? "[IPv6:" : "[");
        ndri_buf_add(out, host);
        ndri_buf_add_byte(out, ']');
        return 1;
    }
    return ndri_host_add_name(out, host);
}

int ndri_ip_add(ndri_buf *out, ndri_span ip)
{
    if (ip.length >= 2 && ip.at[0] == '[' && ip.at[ip.length - 1] == ']')
        ip = ndri_span_slice(ip, 1, ip.length - 1);
    if (ndri_span_equal_nocase(ndri_span_slice(ip, 0, 5), NDRI_SPAN("IPv6:")))
        ip = ndri_span_slice(ip, 5, ip.length);
    if (!ndri_ip4_is_valid(ip) && !ndri_ip6_is_valid(ip))
        return 0;
    ndri_buf_add(out, ip);
    return 1;
}
