/* SPDX-License-Identifier: ISC */
/* Every call on NULL: an object that could not be made. */
#include "builder.h"

static void due(const char *call, int result, int wanted)
{
    if (result != wanted)
        fuzz_fail("a call on NULL", octets_of(call));
}

static void no_recipient(void)
{
    ndr_recipient *none = NULL;

    due("action", ndr_recipient_set_action(none, 0), NDR_E_NOMEM);
    due("status", ndr_recipient_set_status(none, "x", 1), NDR_E_NOMEM);
    due("reply", ndr_recipient_set_reply(none, "x", 1), NDR_E_NOMEM);
    due("diagnostic", ndr_recipient_set_diagnostic(none, "x", 1, "x", 1),
        NDR_E_NOMEM);
    due("remote", ndr_recipient_set_remote_server(none, "x", 1, "x", 1),
        NDR_E_NOMEM);
    due("orcpt", ndr_recipient_set_original_recipient(none, "x", 1),
        NDR_E_NOMEM);
    due("notify", ndr_recipient_set_notify(none, 99), NDR_E_NOMEM);
    due("attempt", ndr_recipient_set_last_attempt(none, 0, 0), NDR_E_NOMEM);
    due("until", ndr_recipient_set_retry_until(none, 0, 0), NDR_E_NOMEM);
    due("log id", ndr_recipient_set_log_id(none, "x", 1), NDR_E_NOMEM);
    due("text", ndr_recipient_set_text(none, "x", 1), NDR_E_NOMEM);
    due("hidden", ndr_recipient_set_hidden(none, "x", 1), NDR_E_NOMEM);
    due("add attempt",
        ndr_recipient_add_attempt(none, 0, 0, "x", 1, NULL, 0, "x", 1),
        NDR_E_NOMEM);
    due("field", ndr_recipient_add_field(none, "x", 1, "x", 1), NDR_E_NOMEM);
}

static void no_report_setters(void)
{
    ndr_report *none = NULL;

    due("sender", ndr_report_set_sender(none, "x", 1), NDR_E_NOMEM);
    due("date", ndr_report_set_date(none, 0, 0), NDR_E_NOMEM);
    due("id", ndr_report_set_message_id(none, "x", 1), NDR_E_NOMEM);
    due("seed", ndr_report_set_seed(none, "x", 1), NDR_E_NOMEM);
    due("subject", ndr_report_set_subject(none, "x", 1), NDR_E_NOMEM);
    due("arrival", ndr_report_set_arrival_date(none, 0, 0), NDR_E_NOMEM);
    due("envelope id", ndr_report_set_envelope_id(none, "x", 1), NDR_E_NOMEM);
    due("received", ndr_report_set_received_from(none, "x", 1, "x", 1),
        NDR_E_NOMEM);
    due("return", ndr_report_set_return(none, 0), NDR_E_NOMEM);
    due("transport", ndr_report_set_transport(none, 0), NDR_E_NOMEM);
    due("original", ndr_report_borrow_original(none, "x", 1), NDR_E_NOMEM);
    due("source", ndr_report_borrow_original_source(none, NULL, NULL, 0),
        NDR_E_NOMEM);
    due("field", ndr_report_add_field(none, "x", 1, "x", 1), NDR_E_NOMEM);
    due("header", ndr_report_add_header(none, "x", 1, "x", 1), NDR_E_NOMEM);
    due("gateway", ndr_report_set_gateway(none, "x", 1), NDR_E_NOMEM);
    due("require tls", ndr_report_set_require_tls(none, 9), NDR_E_NOMEM);
    due("copy", ndr_report_set_copy(none, 9), NDR_E_NOMEM);
    if (ndr_report_add_recipient(none, "x", 1) != NULL)
        fuzz_fail("a recipient of no report", octets_of(""));
}

static void no_report_output(void)
{
    ndr_report *none = NULL;
    const char *text;
    char buffer[8];
    size_t length;
    uint64_t octets_counted;

    due("reset", ndr_report_reset(none, NULL), NDR_E_NOMEM);
    due("prepare", ndr_report_prepare(none), NDR_E_NOMEM);
    due("select", ndr_report_select_actions(none, 1), NDR_E_NOMEM);
    due("next", ndr_report_next(none, &text, &length), NDR_E_NOMEM);
    due("read", ndr_report_read(none, buffer, 8, &length), NDR_E_NOMEM);
    due("write", ndr_report_write(none, NULL, NULL), NDR_E_NOMEM);
    due("render", ndr_report_render(none, &text, &length), NDR_E_NOMEM);
    due("rewind", ndr_report_rewind(none), NDR_E_NOMEM);
    due("length", ndr_report_length(none, &octets_counted), NDR_E_NOMEM);
    due("error", ndr_report_error(none), NDR_E_NOMEM);
    due("preload", ndr_report_preload(none), NDR_E_NOMEM);
    due("due", ndr_report_actions_due(none), 0);
    due("nothing due", ndr_report_nothing_due(none), 0);
    due("copy due", ndr_report_copy_due(none), 0);
    due("envelope sender", ndr_report_envelope_sender(none)[0], 0);
    due("envelope notify", ndr_report_envelope_notify(none), 0);
    due("envelope id", ndr_report_envelope_id(none)[0], 0);
    due("require tls", ndr_report_needs_require_tls(none), 0);
    due("smtputf8", ndr_report_needs_smtputf8(none), 0);
    due("8bitmime", ndr_report_needs_8bitmime(none), 0);
    due("notes", ndr_report_notes(none, 0) != NULL, 0);
    due("recipient", ndr_report_envelope_recipient(none)[0], 0);
    due("message id", ndr_report_message_id(none)[0], 0);
    due("detail", ndr_report_error_detail(none) == NULL, 0);
    ndr_report_free(none);
}

static void no_profile(void)
{
    ndr_profile *none = NULL;

    due("server", ndr_profile_set_generating_server(none, "x", 1), NDR_E_NOMEM);
    due("authority", ndr_profile_set_reporting_authority(none, "x", 1),
        NDR_E_NOMEM);
    due("postmaster", ndr_profile_set_postmaster(none, "x", 1), NDR_E_NOMEM);
    due("catalog", ndr_profile_set_catalog(none, NULL), NDR_E_NOMEM);
    due("audience", ndr_profile_set_audience(none, 9), NDR_E_NOMEM);
    due("domains", ndr_profile_set_internal_domains(none, "x", 1), NDR_E_NOMEM);
    due("grouping", ndr_profile_set_grouping(none, 9), NDR_E_NOMEM);
    due("html", ndr_profile_set_html(none, 9), NDR_E_NOMEM);
    due("filter", ndr_profile_set_header_filter(none, 9, "x", 1), NDR_E_NOMEM);
    due("diagnostics", ndr_profile_set_diagnostics(none, 9), NDR_E_NOMEM);
    due("masking", ndr_profile_set_host_masking(none, 9), NDR_E_NOMEM);
    due("failed", ndr_profile_set_failed_recipients(none, 9), NDR_E_NOMEM);
    due("copy codes", ndr_profile_set_copy_codes(none, "x", 1), NDR_E_NOMEM);
    due("copy mailbox", ndr_profile_set_copy_mailbox(none, "x", 1),
        NDR_E_NOMEM);
    due("charsets", ndr_profile_set_charsets(none, 9), NDR_E_NOMEM);
    due("limit", ndr_profile_set_limit(none, 99, 1), NDR_E_NOMEM);
    due("error", ndr_profile_error(none), NDR_E_NOMEM);
    due("detail", ndr_profile_error_detail(none) == NULL, 0);
    due("new", ndr_profile_new(NULL, NULL), NDR_E_INVALID);
    ndr_profile_free(none);
}

/* NULL where an argument has to be something. */
static void no_argument(builder *b)
{
    const char *text;
    size_t length;
    char buffer[8];
    ndr_report *made = b->report;

    due("catalog", ndr_catalog_new(NULL, NULL), NDR_E_INVALID);
    due("entry", ndr_catalog_add(NULL, "x", 1), NDR_E_INVALID);
    due("resolver", ndr_catalog_set_resolver(NULL, NULL, NULL), NDR_E_INVALID);
    ndr_catalog_free(NULL);
    due("new", ndr_report_new(NULL, b->profile), NDR_E_INVALID);
    due("no profile", ndr_report_new(&made, NULL), NDR_E_NOMEM);
    if (made != NULL)
        fuzz_fail("a report of no profile", octets_of(""));
    if (b->report == NULL)
        return;
    due("next", ndr_report_next(b->report, NULL, &length), NDR_E_INVALID);
    due("next", ndr_report_next(b->report, &text, NULL), NDR_E_INVALID);
    due("read", ndr_report_read(b->report, NULL, 8, &length), NDR_E_INVALID);
    due("read", ndr_report_read(b->report, buffer, 8, NULL), NDR_E_INVALID);
    due("write", ndr_report_write(b->report, NULL, NULL), NDR_E_INVALID);
    due("render", ndr_report_render(b->report, NULL, NULL), NDR_E_INVALID);
    due("length", ndr_report_length(b->report, NULL), NDR_E_INVALID);
}

void builder_call_nulls(builder *b)
{
    no_recipient();
    no_report_setters();
    no_report_output();
    no_profile();
    no_argument(b);
}
