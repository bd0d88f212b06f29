/* SPDX-License-Identifier: ISC */
/*
 * The writer that uses libndr as a mail server does: one profile, one report
 * that is used again. And what must stand in its messages, looked for without
 * libndr.
 */
#define _GNU_SOURCE /* memmem */
#include "measure.h"

#include <stdio.h>
#include <string.h>

static ndr_profile *profile;
static ndr_report *report;

static void open_ndr(const workload *w, const ndr_allocator *allocator)
{
    if (ndr_profile_new(&profile, allocator) != NDR_OK)
        stop("ndr", "no profile");
    ndr_profile_set_generating_server(profile, "mx1.contoso.com", NDR_NUL);
    if (w->japanese)
        ndr_profile_set_language(profile, "ja", NDR_NUL);
    if (ndr_report_new(&report, profile) != NDR_OK)
        stop("ndr", ndr_profile_error_detail(profile));
}

static int put_piece(void *user, const char *octets, size_t length)
{
    place_put(user, octets, length);
    return 0;
}

static void add_person(const person *one)
{
    ndr_recipient *added =
        ndr_report_add_recipient(report, one->address, NDR_NUL);

    ndr_recipient_set_status(added, one->status, NDR_NUL);
    ndr_recipient_set_reply(added, one->reply, NDR_NUL);
    ndr_recipient_set_remote_server(added, one->server, NDR_NUL, NULL, 0);
}

static void write_ndr(const workload *w, place *p)
{
    size_t i;

    ndr_report_reset(report, NULL);
    ndr_report_set_sender(report, "jane.doe@contoso.com", NDR_NUL);
    ndr_report_set_date(report, 1795599000, 0);
    ndr_report_set_arrival_date(report, 1795598998, 0);
    ndr_report_set_seed(report, "4d3F7c0z2Wz1xq", NDR_NUL);
    if (w->original_size > 0)
        ndr_report_set_return(report, NDR_RETURN_FULL);
    ndr_report_set_transport(report, w->japanese ? NDR_TRANSPORT_SMTPUTF8
                                                 : NDR_TRANSPORT_8BITMIME);
    ndr_report_borrow_original(report, w->original, w->original_length);
    for (i = 0; i < w->people_count; i++)
        add_person(&w->people[i]);
    if (ndr_report_write(report, put_piece, p) != NDR_OK)
        stop("ndr", ndr_report_error_detail(report));
}

static void close_ndr(void)
{
    ndr_report_free(report);
    ndr_profile_free(profile);
}

/* ---- The check ----------------------------------------------------------- */

/* What is looked for, one after another, in the rest of a message. */
typedef struct rest {
    const char *at;
    size_t length;
    int missing;
} rest;

static void expect(rest *r, const char *octets, size_t length)
{
    const char *found = memmem(r->at, r->length, octets, length);

    if (found == NULL) {
        fprintf(stderr, "ndr: not there, or not in its place: %.*s\n",
                (int) (length < 60 ? length : 60), octets);
        r->missing = 1;
        return;
    }
    r->length -= (size_t) (found - r->at) + length;
    r->at = found + length;
}

static void expect_text(rest *r, const char *text)
{
    expect(r, text, strlen(text));
}

static void expect_none(rest *r, const char *text)
{
    if (memmem(r->at, r->length, text, strlen(text)) != NULL) {
        fprintf(stderr, "ndr: too much: %s\n", text);
        r->missing = 1;
    }
}

static int check_ndr(const workload *w, const place *p)
{
    rest r = {p->octets, p->length, 0};
    char line[256];
    size_t i;

    expect_text(&r, "Content-Type: multipart/report;");
    expect_text(&r, "Content-Type: multipart/alternative;");
    expect_text(&r, "Content-Type: text/plain;");
    expect_text(&r, "Content-Type: text/html;");
    expect_text(&r, w->japanese ? "Content-Type: message/global-delivery-status"
                                : "Content-Type: message/delivery-status");
    for (i = 0; i < w->people_count; i++) {
        const person *one = &w->people[i];

        snprintf(line, sizeof(line), "\r\n\r\nFinal-Recipient: %s; %s\r\n",
                 w->japanese ? "utf-8" : "rfc822", one->address);
        expect_text(&r, line);
        snprintf(line, sizeof(line), "Action: failed\r\nStatus: %s\r\n",
                 one->status);
        expect_text(&r, line);
        snprintf(line, sizeof(line), "Remote-MTA: dns; %s\r\n", one->server);
        expect_text(&r, line);
    }
    expect_none(&r, "\r\nFinal-Recipient:");
    expect_text(&r, w->original_size > 0 ? "Content-Type: message/rfc822"
                    : w->japanese ? "Content-Type: message/global-headers"
                                  : "Content-Type: text/rfc822-headers");
    if (w->original_size > 0)
        expect(&r, w->original, w->original_length);
    else
        expect(&r, w->original, w->header_length - 2);
    expect_text(&r, "--\r\n");
    if (!r.missing && r.length > 0) {
        fprintf(stderr, "ndr: more than a report\n");
        r.missing = 1;
    }
    return r.missing;
}

const writer ndr_writer = {"ndr", open_ndr, write_ndr, check_ndr, close_ndr};
