/* SPDX-License-Identifier: ISC */
/*
 * libndr among other programs that build the same reports: a peer for a folder
 * that holds bench.h, which gives the inputs, main and out_put(). It is built
 * with the installed library; bench/peers does it.
 */
#define PEER "ndr"
#include "bench.h"

#include <libndr/ndr.h>

static ndr_profile *profile;
static ndr_report *report;
static struct buf original; /* the header, and a body that nobody returns */
static uint64_t original_size;

static void stop(int error, const char *what)
{
    if (error == NDR_OK)
        return;
    fprintf(stderr, "%s: %s: %s\n", PEER, ndr_error_name(error), what);
    exit(1);
}

static int64_t read_file(void *user, uint64_t offset, void *buffer, size_t size)
{
    return pread(*(int *) user, buffer, size, (off_t) offset);
}

static int put(void *user, const char *octets, size_t length)
{
    out_put((struct out *) user, octets, length);
    return 0;
}

static void peer_setup(const struct wl *w)
{
    struct stat found;

    stop(ndr_profile_new(&profile, NULL), "profile");
    ndr_profile_set_generating_server(profile, w->mta.p, w->mta.n);
    ndr_profile_set_postmaster(profile, w->sender.p, w->sender.n);
    ndr_profile_set_limit(profile, NDR_LIMIT_ORIGINAL, UINT64_MAX);
    if (w->intl)
        ndr_profile_set_language(profile, "ja", NDR_NUL);
    stop(ndr_profile_error(profile), ndr_profile_error_detail(profile));
    stop(ndr_report_new(&report, profile), "report");
    bstr(&original, w->hdr);
    BLIT(&original, "\r\nText.\r\n");
    if (w->kind == 3) {
        if (stat(w->orig, &found) != 0)
            stop(NDR_E_SOURCE, w->orig);
        original_size = (uint64_t) found.st_size;
    }
}

static void add_recipient(const struct rcpt *r)
{
    ndr_recipient *one = ndr_report_add_recipient(report, r->addr.p, r->addr.n);

    ndr_recipient_set_status(one, r->status.p, r->status.n);
    ndr_recipient_set_reply(one, r->diag.p, r->diag.n);
    ndr_recipient_set_remote_server(one, r->mta.p, r->mta.n, NULL, 0);
}

static void peer_once(const struct wl *w, struct out *o)
{
    int file = -1;
    size_t i;

    ndr_report_reset(report, NULL);
    ndr_report_set_sender(report, w->to.p, w->to.n);
    ndr_report_set_date(report, 1795599000, 0);
    ndr_report_set_arrival_date(report, 1795598998, 0);
    ndr_report_set_message_id(report, w->msgid.p, w->msgid.n);
    if (w->kind == 3) {
        file = open(w->orig, O_RDONLY);
        ndr_report_set_return(report, NDR_RETURN_FULL);
        ndr_report_set_transport(report, NDR_TRANSPORT_8BITMIME);
        ndr_report_borrow_original_source(report, read_file, &file,
                                          original_size);
    } else {
        if (w->intl)
            ndr_report_set_transport(report, NDR_TRANSPORT_SMTPUTF8);
        ndr_report_borrow_original(report, original.p, original.n);
    }
    for (i = 0; i < w->nr; i++)
        add_recipient(&w->r[i]);
    stop(ndr_report_write(report, put, o), ndr_report_error_detail(report));
    if (file >= 0)
        close(file);
}
