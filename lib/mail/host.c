/* SPDX-License-Identifier: ISC */
/* Hosts: names of letters, digits, hyphens and underscores, or literals. */
#include "mail/host.h"

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

int ndri_ip6_is_valid(ndri_span ip)
{
    size_t i, colons = 0, digits = 0, from = 0;
    int gap = 0;

    for (i = 0; i < ip.length && ip.at[i] != '.'; i++) {
        if (ip.at[i] != ':') {
            int c = ndri_to_lower(ip.at[i]);

            if ((!ndri_is_digit(c) && (c < 'a' || c > 'f')) || ++digits > 4)
                return 0;
            continue;
        }
        colons++;
        if (i > 0 && ip.at[i - 1] == ':') {
            if (gap)
                return 0;
            gap = 1;
        }
        digits = 0;
        from = i + 1;
    }
    if (i < ip.length) { /* the last 32 bits as IPv4 */
        if (!ndri_ip4_is_valid(ndri_span_slice(ip, from, ip.length)))
            return 0;
        colons++;
    }
    return gap ? colons >= 2 && colons <= 8 : colons == 7;
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
    if (!ndri_host_is_valid(host))
        return 0;
    ndri_buf_add(out, host);
    return 1;
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
