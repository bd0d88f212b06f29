/* SPDX-License-Identifier: ISC */
/*
 * libndr: delivery status notifications (bounces) for mail systems.
 *
 * The facts of a delivery go in, an RFC 3464 report comes out:
 *
 *     ndr_profile *profile;
 *     ndr_report *report;
 *     ndr_recipient *joe;
 *
 *     ndr_profile_new(&profile, NULL);
 *     ndr_profile_set_generating_server(profile, "mail1.example.com", NDR_NUL);
 *     ndr_report_new(&report, profile);
 *     ndr_report_set_sender(report, "jane@example.com", NDR_NUL);
 *     ndr_report_set_date(report, 1795536312, 60);
 *     ndr_report_borrow_original(report, original, original_length);
 *     joe = ndr_report_add_recipient(report, "joe@contoso.com", NDR_NUL);
 *     ndr_recipient_set_remote_server(joe, "mail.contoso.com", NDR_NUL,
 *                                     NULL, 0);
 *     ndr_recipient_set_reply(joe, "550 5.1.1 User unknown", NDR_NUL);
 *     error = ndr_report_write(report, sink, user);
 *
 * One check at the end is enough: an error stays with its report, every later
 * call returns it, and ndr_report_error_detail() says which value was at fault.
 *
 * Rules that hold for the whole interface
 *
 * Text     (const char *, size_t): UTF-8 unless said otherwise, copied, need
 *          not be terminated. NDR_NUL as the length means: up to the first NUL.
 *          A NULL text is the empty text. Text longer than 256 MiB is refused
 *          (NDR_E_INVALID).
 * Numbers  times are seconds since 1970-01-01T00:00Z (int64_t) with the offset
 *          to print in minutes east of UTC (int32_t, -1439 to 1439, or
 *          NDR_OFFSET_UNKNOWN, which prints -0000); sizes are octets.
 * Results  int: NDR_OK; above 0 what is no error (NDR_END, NDR_NOTHING_DUE,
 *          NDR_AGAIN); below 0 an error, at or below -1000 the caller's own,
 *          passed through. A call whose comment names no error returns those of
 *          its object only:
 *          the first error the report (or profile) met (or NDR_NOTHING_DUE once
 *          prepare has said so), NDR_E_ORDER for a setter after prepare,
 *          NDR_E_NOMEM, NDR_E_INVALID for NULL where it is not allowed and for
 *          a number outside its enumeration.
 * NULL     as report, recipient or profile stands for one that could not be
 *          made: setters then return NDR_E_NOMEM and do nothing else. Every
 *          _free(NULL) does nothing.
 * Owner    what goes in is copied, except for what a borrow call names, the
 *          catalog of a profile and the profile of a report: these must live
 *          until the object that uses them is freed or given another. What
 *          comes out belongs to the object and lives until its next call that
 *          is not a getter; nothing that the library returns is freed by the
 *          caller, but for objects with their _free.
 * Threads  a report and its recipients belong to one thread at a time. A
 *          catalog and a profile are never written to once a report uses them,
 *          so any number of threads may share them.
 * Pure     the same facts give the same octets, in whatever order they were
 *          set: no clock, host name, locale, environment or random source is
 *          read, and nothing is printed.
 *
 * Caller's mistakes are refused. What came over the wire (reply, ORCPT, ENVID,
 * remote name, the original) never costs the sender the report: it is made
 * harmless and visible, or left out, and ndr_report_notes() says so.
 *
 * RFC numbers in comments name the rule that a call follows.
 */
#ifndef LIBNDR_NDR_H
#define LIBNDR_NDR_H

#include <stddef.h>
#include <stdint.h>

#if defined(NDR_API)
/* given by the build of the library */
#elif defined(__GNUC__)
#define NDR_API __attribute__((visibility("default")))
#else
#define NDR_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define NDR_VERSION "0.1.0"

/** As a length: the text ends at its first NUL. */
#define NDR_NUL ((size_t) -1)

/** As an offset from UTC: not known; printed -0000 (RFC 5322 3.3). */
#define NDR_OFFSET_UNKNOWN INT32_MIN

/** What calls return; ndr_error_name() and ndr_error_text() name them. */
enum ndr_error {
    NDR_OK = 0,          /* done */
    NDR_END = 1,         /* nothing more to read */
    NDR_NOTHING_DUE = 2, /* no report may be sent; ndr_report_error_detail()
                            says why */
    NDR_AGAIN = 3,       /* a descriptor takes no octets now; go on later */
    NDR_E_NOMEM = -1,    /* memory ran out, or the object is NULL */
    NDR_E_INVALID = -2,  /* an argument that no program should pass */
    NDR_E_ORDER = -3,    /* too late: the report has been prepared; or too
                            early: there is no profile */
    NDR_E_MISSING = -4,  /* a needed fact was never set */
    NDR_E_HOST = -5,     /* not a host name or address literal */
    NDR_E_ADDRESS = -6,  /* not a mail address that can be used here */
    NDR_E_DATE = -7,     /* a time or offset that no mail header can show */
    NDR_E_STATUS = -8,   /* not a status code of class 2, 4 or 5 */
    NDR_E_ACTION = -9,   /* action unknown, or at odds with the status */
    NDR_E_FIELD = -10,   /* name or value that cannot stand in a header field */
    NDR_E_TEXT = -11,    /* not UTF-8, or holds a control character */
    NDR_E_TEMPLATE = -12, /* a system message that cannot be read */
    NDR_E_SOURCE = -13,   /* the original could not be read, or changed */
    NDR_E_SINK = -14      /* the caller's sink refused octets */
};

/** RFC 3464 2.3.3. */
enum ndr_action {
    NDR_ACTION_FAILED = 0,    /* not delivered, and not tried again */
    NDR_ACTION_DELAYED = 1,   /* not delivered yet; attempts go on */
    NDR_ACTION_DELIVERED = 2, /* in the recipient's mailbox */
    NDR_ACTION_RELAYED = 3,   /* handed to a system without such reports */
    NDR_ACTION_EXPANDED = 4   /* passed on to the members of an alias */
};

/** Kinds of report: which actions stand in one message. Bits. */
enum ndr_actions {
    NDR_ACTIONS_FAILED = 1,
    NDR_ACTIONS_DELAYED = 2,
    NDR_ACTIONS_SUCCESS = 4, /* delivered, relayed, expanded */
    NDR_ACTIONS_MIXED = 7    /* all of them in one message */
};

/** What the sender asked for with NOTIFY (RFC 3461 4.1). Bits. */
enum ndr_notify {
    NDR_NOTIFY_DEFAULT = 0, /* no NOTIFY: failed and delayed are reported */
    NDR_NOTIFY_SUCCESS = 1,
    NDR_NOTIFY_FAILURE = 2,
    NDR_NOTIFY_DELAY = 4,
    NDR_NOTIFY_NEVER = 8 /* alone */
};

/** How much of the original comes back (RFC 3461 4.3). */
enum ndr_return {
    NDR_RETURN_HEADERS = 0, /* its header; the default (RET=HDRS) */
    NDR_RETURN_FULL = 1,    /* the whole message, if a recipient failed, and
                               size and transport let it (RET=FULL) */
    NDR_RETURN_NONE = 2     /* no third part */
};

/** What the next hop of the report offers. Bits. */
enum ndr_transport {
    NDR_TRANSPORT_7BIT = 0,
    NDR_TRANSPORT_8BITMIME = 1, /* RFC 6152 */
    NDR_TRANSPORT_SMTPUTF8 = 2  /* RFC 6531; includes 8BITMIME */
};

/** Who reads the report. */
enum ndr_audience {
    NDR_AUDIENCE_EXTERNAL = 0, /* senders of other organisations; the default */
    NDR_AUDIENCE_INTERNAL = 1  /* senders of the generating server's own */
};

/** Why nothing is due. */
enum ndr_nothing {
    NDR_NOTHING_NONE = 0,             /* something is due, or was not asked */
    NDR_NOTHING_NULL_RETURN_PATH = 1, /* the original has no sender to tell (RFC
                                         5321 6.1); the postmaster can be told:
                                         ndr_report_set_copy() */
    NDR_NOTHING_NOT_ASKED = 2,        /* NOTIFY asks for none of it, at any
                                         recipient */
    NDR_NOTHING_OF_THIS_KIND = 3,     /* other kinds are due, the one that was
                                         selected is not */
    NDR_NOTHING_TO_COPY = 4           /* a copy would tell the postmaster only
                                         that mail to the postmaster failed */
};

/** See ndr_report_set_copy(). */
enum ndr_copy {
    NDR_COPY_NONE = 0, /* the report for the sender; the default */
    NDR_COPY_POSTMASTER = 1
};

/** See ndr_report_set_output(). Bits. */
enum ndr_output {
    NDR_OUTPUT_CRLF = 0, /* the default */
    NDR_OUTPUT_LF = 1,   /* line ends are LF, as in files of a Unix system */
    NDR_OUTPUT_DOTS = 2  /* dots are stuffed, as SMTP wants it after DATA */
};

/** See ndr_report_set_require_tls(). */
enum ndr_require_tls {
    NDR_REQUIRE_TLS_NO = 0, /* the default */
    NDR_REQUIRE_TLS_YES = 1
};

/** See ndr_profile_set_diagnostics(). */
enum ndr_diagnostics {
    NDR_DIAGNOSTICS_OFF = 0,
    NDR_DIAGNOSTICS_ON = 1 /* the default */
};

/** See ndr_profile_set_host_masking(). */
enum ndr_host_masking {
    NDR_HOSTS_SHOWN = 0, /* the default */
    NDR_HOSTS_MASKED = 1
};

/** See ndr_profile_set_failed_recipients(). */
enum ndr_failed_recipients {
    NDR_FAILED_RECIPIENTS_OFF = 0, /* the default */
    NDR_FAILED_RECIPIENTS_LISTED = 1
};

/** See ndr_profile_set_language_detection(). */
enum ndr_detection {
    NDR_DETECTION_OFF = 0, /* the default */
    NDR_DETECTION_ON = 1
};

/** See ndr_profile_set_grouping(). */
enum ndr_grouping {
    NDR_GROUPING_SAME_REASON = 0, /* the default */
    NDR_GROUPING_NEVER = 1
};

/** See ndr_profile_set_html(). */
enum ndr_html {
    NDR_HTML_OFF = 0,
    NDR_HTML_ON = 1 /* the default */
};

/** See ndr_profile_set_header_filter(). */
enum ndr_header_filter {
    NDR_HEADERS_DROP = 0, /* the default */
    NDR_HEADERS_KEEP = 1
};

/** See ndr_profile_set_charsets(). */
enum ndr_charsets {
    NDR_CHARSETS_SYSTEM = 0, /* built-in ones and the system's iconv */
    NDR_CHARSETS_BUILTIN = 1 /* UTF-8, US-ASCII, ISO-8859-1, windows-1252 */
};

/** See ndr_profile_set_limit(). Defaults in brackets. */
enum ndr_limit {
    NDR_LIMIT_ORIGINAL = 0,  /* octets of an original that is returned whole
                                [10,485,760]; a larger one returns its header */
    NDR_LIMIT_HEADER = 1,    /* octets of the original's header in the third
                                part [262,144]; beyond it whole fields are
                                left out, the most telling ones last */
    NDR_LIMIT_REPLY = 2,     /* octets of one SMTP reply [65,536] */
    NDR_LIMIT_SUBJECT = 3,   /* octets of the original's Subject that our own
                                repeats [512] */
    NDR_LIMIT_REFERENCES = 4 /* message ids in References [20]: the first one
                                and the last ones */
};

/** Texts of ndr_status_describe(). */
enum ndr_status_text {
    NDR_STATUS_NAME = 0,         /* its name in the IANA registry */
    NDR_STATUS_EXCHANGE_NAME = 1 /* Exchange's short name for it */
};

typedef struct ndr_catalog ndr_catalog;
typedef struct ndr_profile ndr_profile;
typedef struct ndr_report ndr_report;
typedef struct ndr_recipient ndr_recipient;
typedef struct ndr_query ndr_query;
typedef struct ndr_answer ndr_answer;

/**
 * Where memory comes from. One function does all: old NULL allocates, size 0
 * frees and returns NULL, else it resizes. old_size is what was asked for when
 * old was made. NULL for a size that is not 0 means: no memory; the call at
 * hand then returns NDR_E_NOMEM and its object can still be freed. Any
 * alignment that suits every C type. Both members must outlive each object made
 * with them; the struct itself is copied.
 */
typedef struct ndr_allocator {
    void *(*reallocate)(void *user, void *old, size_t old_size, size_t size);
    void *user;
} ndr_allocator;

/* ---- The words: catalogs of system messages ------------------------------ */

/**
 * Make an empty catalog: an administrator's own system messages, which come
 * before the built-in ones.
 *
 * @catalog    receives the catalog, or NULL on error; not NULL
 * @allocator  NULL: malloc and free
 *
 * Returns NDR_OK, NDR_E_NOMEM or NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_catalog_new(ndr_catalog **catalog,
                            const ndr_allocator *allocator);

/** Free a catalog that no profile uses any more.   Since 0.1. */
NDR_API void ndr_catalog_free(ndr_catalog *catalog);

/**
 * Add one system message. Not while a report is using the catalog.
 *
 * An entry is a header block, an empty line, and the text:
 *
 *     Status: 5.1.1
 *     Audience: internal
 *     Move: sender
 *
 *     No such mailbox at {recipient_domain}. Call the help desk, <b>7000</b>.
 *     1. Compare the address with one you are sure of.
 *
 * Header fields, all but Status optional, names in any case:
 *
 *     Status       code, or a pattern: X.Y.Z, *.Y.Z, X.Y.*, X.*
 *     Language     RFC 5646 tag [en]
 *     Audience     internal, external [both]
 *     Action       failed, delayed, delivered, relayed, expanded [any]
 *     Reply-Match  what to look for in the reply, alternatives parted by |,
 *                  each at the beginning of a word, after ^ at that of the
 *                  reply; ASCII case does not count, text in <> is left out
 *     Subject      what follows the prefix in the report's Subject
 *     Move         who acts: sender, sender-admin, recipient, recipient-admin,
 *                  nobody; several parted by commas, the first acts first
 *     Admin-Note   for administrators; not printed in reports
 *
 * An entry is used as a whole: without Move or steps the report prints none.
 *
 * Text: an empty line parts paragraphs, a line break within one is kept, lines
 * that begin "1. " (any number) are steps. Tags <b> <em> <br> <p> <a href="">
 * with schemes http, https, mailto, tel; escapes &lt; &gt; &quot; &amp;.
 * Placeholders {recipient} {recipient_local} {recipient_domain} {status}
 * {action} {reply} {remote_server} {generating_server} {sender} {subject}
 * {date} {message_id} {retry_until} {time_left} {postmaster} {hops} {size}
 * {from}: a missing fact is the empty text. {?name}...{/} prints what it holds
 * only if the fact is there. {{ is a brace. Values are never read as markup
 * again.
 *
 * Choice: the best entry by reply match, then status, audience and action, an
 * exact one before a general one; the last one added wins a tie; then the
 * built-in catalog in the same order.
 *
 * @entry   UTF-8, LF or CRLF, at most 1 MiB
 *
 * Returns NDR_OK, NDR_E_NOMEM, NDR_E_INVALID (catalog or entry NULL, or the
 * catalog is the built-in one), NDR_E_TEXT (not UTF-8), NDR_E_TEMPLATE; the
 * last two with the line in ndr_catalog_error_detail(). After an error the
 * catalog is as it was.   Since 0.1.
 */
NDR_API int ndr_catalog_add(ndr_catalog *catalog, const char *entry,
                            size_t length);

/**
 * Add all entries of a file of words, or none. Not while a report is using the
 * catalog: a server makes a new one, and lets reports in flight finish with the
 * old.
 *
 * A file holds entries as for ndr_catalog_add(), parted by lines that hold "%%"
 * alone; before an entry, lines that begin with # are comments. Two more header
 * fields are of use here:
 *
 *     Charset      in the first entry: how the file is written [UTF-8]
 *     Identity     LANGUAGE\AUDIENCE\CODE, as Exchange names a message:
 *                  En\Internal\5.1.2
 *
 * @name    of the file, for error details: NUL-terminated; NULL: "catalog"
 * @text    its octets, with a UTF-8 byte order mark or without, at most 16 MiB
 *          and 10,000 entries
 *
 * Returns NDR_OK, NDR_E_NOMEM, NDR_E_INVALID (catalog or text NULL, or too
 * large), NDR_E_TEXT (octets that do not decode, an unknown Charset, a byte
 * order mark within), NDR_E_TEMPLATE; the last three with file and line in
 * ndr_catalog_error_detail(): "fr.msg:12: expected ...". After an error the
 * catalog is as it was.   Since 0.1.
 */
NDR_API int ndr_catalog_load(ndr_catalog *catalog, const char *name,
                             const char *text, size_t length);

/**
 * Look at an entry of a catalog, written as ndr_catalog_add() takes it.
 *
 * @catalog  NULL: the built-in words, all languages
 * @index    from 0
 * @out      receives the entry, NUL-terminated, cut off to @size octets; may be
 *           NULL with a size of 0
 * @need     receives how many octets it needs, with the NUL; may be NULL
 *
 * Returns NDR_OK; NDR_END if there is no such entry, or if @out was too small;
 * NDR_E_NOMEM.   Since 0.1.
 */
NDR_API int ndr_catalog_entry(const ndr_catalog *catalog, size_t index,
                              char *out, size_t size, size_t *need);

/**
 * Which entry of a catalog would speak, by the rules of ndr_catalog_add(): its
 * index for ndr_catalog_entry().
 *
 * @catalog   NULL: the built-in words
 * @status    "5.1.1"
 * @action    an enum ndr_action
 * @audience  an enum ndr_audience
 * @language  a tag; NULL: "en". Of the built-in words, those that RFC 4647 3.4
 *            finds for it, else English
 * @reply     US-ASCII, NUL-terminated; NULL: none
 * @index     receives the index
 *
 * Returns NDR_OK; NDR_END if none fits; NDR_E_STATUS, NDR_E_ACTION,
 * NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_catalog_find(const ndr_catalog *catalog, const char *status,
                             int action, int audience, const char *language,
                             const char *reply, size_t *index);

/**
 * A caller's own store of system messages. Called from prepare only, once for
 * each different question of one report; may call the getters of the query and
 * ndr_answer_set_entry(), and nothing else of that report. The query and the
 * answer live for the call.
 *
 * Return NDR_OK with an answer set, NDR_END for none; both go on as you would
 * expect. Anything else, or an answer that cannot be read, falls back to the
 * next catalog and leaves a note: words never cost the sender the report.
 */
typedef int (*ndr_resolver)(void *user, const ndr_query *query,
                            ndr_answer *answer);

/**
 * Ask a resolver before the entries of this catalog. NULL: none.
 *
 * Returns NDR_OK, or NDR_E_INVALID (catalog NULL or built in).   Since 0.1.
 */
NDR_API int ndr_catalog_set_resolver(ndr_catalog *catalog,
                                     ndr_resolver resolver, void *user);

/** The status that the words are for: "5.1.1". Never NULL.   Since 0.1. */
NDR_API const char *ndr_query_status(const ndr_query *query);
/** Language tag wanted. Never NULL.   Since 0.1. */
NDR_API const char *ndr_query_language(const ndr_query *query);
/** An enum ndr_audience.   Since 0.1. */
NDR_API int ndr_query_audience(const ndr_query *query);
/** An enum ndr_action.   Since 0.1. */
NDR_API int ndr_query_action(const ndr_query *query);
/** The reply, NUL-terminated, US-ASCII as reports show it; "" if there was
    none.   Since 0.1. */
NDR_API const char *ndr_query_reply(const ndr_query *query);

/**
 * Answer with an entry in the form of ndr_catalog_add(); its Status, Language,
 * Audience, Action and Reply-Match are not needed and not looked at.
 *
 * Returns NDR_OK, NDR_E_NOMEM, NDR_E_INVALID, NDR_E_TEXT or NDR_E_TEMPLATE.
 * Since 0.1.
 */
NDR_API int ndr_answer_set_entry(ndr_answer *answer, const char *entry,
                                 size_t length);

/**
 * What was wrong with the last call on this catalog that failed: line and what
 * was expected; "" if none did. Never NULL.   Since 0.1.
 */
NDR_API const char *ndr_catalog_error_detail(const ndr_catalog *catalog);

/* ---- How one server writes reports: profiles ----------------------------- */

/**
 * Make a profile. Set it up once, then use it for any number of reports.
 *
 * Its error is sticky, and a report made from it starts with that error.
 *
 * @profile    receives the profile, or NULL on error; not NULL
 * @allocator  NULL: malloc and free; reports use it too
 *
 * Returns NDR_OK, NDR_E_NOMEM or NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_profile_new(ndr_profile **profile,
                            const ndr_allocator *allocator);

/** Free a profile that no report uses any more.   Since 0.1. */
NDR_API void ndr_profile_free(ndr_profile *profile);

/**
 * Name the server that makes the reports. Needed.
 *
 * Shown as "Generating server:", in Reporting-MTA (RFC 3464 2.2.2; type dns, or
 * x-local-hostname for a name without a dot, RFC 3461 6.3), in Message-ID and
 * in the default From.
 *
 * @host  full host name of letters, digits, ".", "-" and "_"; or one in
 *        another script, which is shown in A-labels (RFC 5890 2.3.2.1); or a
 *        literal like [192.0.2.1]; 1 to 255 octets
 *
 * Returns NDR_E_HOST for anything else.   Since 0.1.
 */
NDR_API int ndr_profile_set_generating_server(ndr_profile *profile,
                                              const char *host, size_t length);

/**
 * Give another name for Reporting-MTA than the generating server's. Rules and
 * errors as there; empty takes it away.   Since 0.1.
 */
NDR_API int ndr_profile_set_reporting_authority(ndr_profile *profile,
                                                const char *host,
                                                size_t length);

/**
 * Set the From of the reports (RFC 3464 2: a human responsible for the site).
 *
 * @mailbox  "local@domain" or "Name <local@domain>"; the local part is
 *           postmaster or mailer-daemon in any case, since readers know reports
 *           by it; at most 512 octets. Empty: the default, Mail Delivery System
 *           <postmaster@GENERATING-SERVER>
 *
 * Returns NDR_E_ADDRESS (no such mailbox) or NDR_E_TEXT.   Since 0.1.
 */
NDR_API int ndr_profile_set_postmaster(ndr_profile *profile,
                                       const char *mailbox, size_t length);

/**
 * Use an administrator's catalog before the built-in one. Borrowed. NULL: the
 * built-in one only.   Since 0.1.
 */
NDR_API int ndr_profile_set_catalog(ndr_profile *profile,
                                    const ndr_catalog *catalog);

/**
 * Say who reads the reports: @audience is an enum ndr_audience. It chooses
 * among entries, and whether the other side's mail administrator is called
 * "your mail administrator".   Since 0.1.
 */
NDR_API int ndr_profile_set_audience(ndr_profile *profile, int audience);

/**
 * Say in which languages reports are written to people of whom no more is
 * known.
 *
 * @list  RFC 5646 tags parted by commas or spaces, at most 8: "fr" or "nl, fr,
 *        de". Of several, each one that has words gets a whole user section, in
 *        this order; the administrator section has the first one's labels.
 *        Empty: English
 *
 * A tag is looked up by RFC 4647 3.4: "de-AT" finds "de". Exchange's own names
 * are understood too ("NB", "ZH-CHS", "ZH-CHT"), and "zh-TW" is "zh-Hant".
 * Languages that neither the built-in words nor the catalog have are passed
 * over; if none is left, the report is English.
 *
 * Returns NDR_E_INVALID (no list of tags).   Since 0.1.
 */
NDR_API int ndr_profile_set_language(ndr_profile *profile, const char *list,
                                     size_t length);

/**
 * Say whether the language of the original's writer is looked for, in its
 * Content-Language and Accept-Language fields (RFC 3282), before the profile's
 * language is used: @detection is an enum ndr_detection.   Since 0.1.
 */
NDR_API int ndr_profile_set_language_detection(ndr_profile *profile,
                                               int detection);

/**
 * Name the organisation at the head of the user section, and a colour for the
 * edge of the HTML.
 *
 * @name    up to 200 octets of UTF-8 without control characters; empty: none
 * @accent  "#rrggbb"; empty: none. It is garnish: nothing is told by it alone
 *
 * Returns NDR_E_TEXT.   Since 0.1.
 */
NDR_API int ndr_profile_set_organisation(ndr_profile *profile, const char *name,
                                         size_t name_length, const char *accent,
                                         size_t accent_length);

/**
 * Name the domains that the generating server's organisation runs itself.
 *
 * @domains  parted by spaces or commas; ASCII case does not count; empty: none
 *
 * Returns NDR_E_HOST.   Since 0.1.
 */
NDR_API int ndr_profile_set_internal_domains(ndr_profile *profile,
                                             const char *domains,
                                             size_t length);

/**
 * Say whether recipients with equal text, server and action share one reason in
 * the user section (@grouping is an enum ndr_grouping).   Since 0.1.
 */
NDR_API int ndr_profile_set_grouping(ndr_profile *profile, int grouping);

/**
 * Say whether the text comes as HTML too (multipart/alternative, RFC 2046
 * 5.1.4): @html is an enum ndr_html. Both say the same. The HTML fetches
 * nothing, runs nothing, and makes links only of what a system message links.
 * Since 0.1.
 */
NDR_API int ndr_profile_set_html(ndr_profile *profile, int html);

/**
 * Choose the fields of the original's header that are shown and returned.
 *
 * Default: all but Bcc and Resent-Bcc (and never an mbox "From " line).
 *
 * @mode   NDR_HEADERS_DROP: all but Bcc, Resent-Bcc and these;
 *         NDR_HEADERS_KEEP: these only, Bcc too if it is among them
 * @names  field names parted by spaces or commas, ASCII case does not count; a
 *         name may end in "*", which stands for anything; empty: none
 *
 * The filter holds for a message that is returned whole as well.
 *
 * Returns NDR_E_FIELD for a name that is none.   Since 0.1.
 */
NDR_API int ndr_profile_set_header_filter(ndr_profile *profile, int mode,
                                          const char *names, size_t length);

/**
 * Choose the charsets that the original's Subject may be decoded from:
 * @charsets is an enum ndr_charsets.   Since 0.1.
 */
NDR_API int ndr_profile_set_charsets(ndr_profile *profile, int charsets);

/**
 * Say whether the report tells administrators its diagnostics: @diagnostics is
 * an enum ndr_diagnostics. Off, as Exchange does it with
 * NDRDiagnosticInfoEnabled: no administrator section in text and HTML, and from
 * the original's header the fields that begin with X- and those Received fields
 * that name the generating server or a host below one of the internal domains
 * are left out. message/delivery-status stays as it is.   Since 0.1.
 */
NDR_API int ndr_profile_set_diagnostics(ndr_profile *profile, int diagnostics);

/**
 * Say whether senders of other organisations are shown the names of this one's
 * hosts: @masking is an enum ndr_host_masking. Masked, in reports for the
 * external audience: a host below an internal domain is shown as that domain,
 * without its IP address, wherever a host is shown, Message-ID and the default
 * From included; a remote server that would then look like the generating
 * server, and the client of ndr_report_set_received_from(), are not shown. A
 * reply, another diagnostic, an attempt's text, a log id, an extension field,
 * an added header field or a trace field of the original (Received, X-,
 * Authentication-Results, Delivered-To and the like) that names such a host is
 * left out with a note, since none is ever rewritten.
 *
 * ndr_profile_set_internal_domains() says which they are.   Since 0.1.
 */
NDR_API int ndr_profile_set_host_masking(ndr_profile *profile, int masking);

/**
 * Say whether the header of a report of failures lists the failed recipients in
 * X-Failed-Recipients, for programs that read no message/delivery-status:
 * @listed is an enum ndr_failed_recipients. The first 100 of them; an address
 * that is not ASCII, or has a comma or a blank, is left out.   Since 0.1.
 */
NDR_API int ndr_profile_set_failed_recipients(ndr_profile *profile, int listed);

/**
 * Say of which failures the postmaster wants a copy; see ndr_report_copy_due().
 *
 * @codes  status codes parted by spaces or commas; empty: none. The default is
 *         that of Exchange's GenerateCopyOfDSNFor: 5.4.8, 5.4.6, 5.4.4, 5.2.4,
 *         5.2.0, 5.1.4
 *
 * Returns NDR_E_STATUS.   Since 0.1.
 */
NDR_API int ndr_profile_set_copy_codes(ndr_profile *profile, const char *codes,
                                       size_t length);

/**
 * Say where the postmaster's copies go.
 *
 * @mailbox  "local@domain", ASCII; empty, the default: the postmaster's, who
 *           stands in From
 *
 * Returns NDR_E_ADDRESS.   Since 0.1.
 */
NDR_API int ndr_profile_set_copy_mailbox(ndr_profile *profile,
                                         const char *mailbox, size_t length);

/**
 * Set a limit: @limit is an enum ndr_limit, @value in its unit. Past a limit
 * the report is still made, shorter, and says so.
 *
 * Returns NDR_E_INVALID for an unknown limit.   Since 0.1.
 */
NDR_API int ndr_profile_set_limit(ndr_profile *profile, int limit,
                                  uint64_t value);

/** The profile's first error: NDR_OK if none.   Since 0.1. */
NDR_API int ndr_profile_error(const ndr_profile *profile);
/** Which value was at fault; "" if none. Never NULL.   Since 0.1. */
NDR_API const char *ndr_profile_error_detail(const ndr_profile *profile);

/* ---- One notification: reports ------------------------------------------- */

/**
 * Make a report.
 *
 * @report   receives the report, or NULL on error; not NULL
 * @profile  borrowed; NULL gives NDR_E_NOMEM (a profile that could not be made)
 *
 * Returns NDR_OK or NDR_E_NOMEM. A profile with an error gives a report with
 * that error.   Since 0.1.
 */
NDR_API int ndr_report_new(ndr_report **report, const ndr_profile *profile);

/**
 * Forget every fact and error, and begin again with this profile (NULL: the one
 * it has). Keeps one block of memory and the converters, so that a reused
 * report allocates little or nothing. Recipients of before are gone.   Since
 * 0.1.
 */
NDR_API int ndr_report_reset(ndr_report *report, const ndr_profile *profile);

/** Free a report and its recipients.   Since 0.1. */
NDR_API void ndr_report_free(ndr_report *report);

/**
 * Set the envelope sender of the original: MAIL FROM. Needed. The report goes
 * there, in header and envelope (RFC 3464 2), and nowhere else.
 *
 * @address  UTF-8; angle brackets are taken off, a source route is stripped to
 *           its final hop (RFC 5321 6.1), a local part that needs it is quoted.
 *           Empty, or "<>": the null return path; then no report is due
 *           (RFC 5321 6.1) and prepare returns NDR_NOTHING_DUE. A local part
 *           that is not ASCII makes the report need SMTPUTF8; for a domain
 *           that is not, A-labels do where SMTPUTF8 is not offered (RFC 6531
 *           3.2). They are made of it as it stands: in small letters, and
 *           normalised, as it was registered
 *
 * Returns NDR_E_ADDRESS: no domain, a control character, not UTF-8, or over 998
 * octets.   Since 0.1.
 */
NDR_API int ndr_report_set_sender(ndr_report *report, const char *address,
                                  size_t length);

/**
 * Set the report's own date (RFC 5322 3.6.1). Needed. "From now" in the text
 * counts from it.
 *
 * Returns NDR_E_DATE: outside the years 1900 to 9999, or no such offset. The
 * same holds for every other date.   Since 0.1.
 */
NDR_API int ndr_report_set_date(ndr_report *report, int64_t seconds,
                                int32_t offset);

/**
 * Set the report's Message-ID (RFC 5322 3.6.4) instead of the one that the
 * library derives from what the report shows and from the seed.
 *
 * @id  "<left@right>" or "left@right", ASCII, at most 250 octets
 *
 * Returns NDR_E_FIELD if it is none.   Since 0.1.
 */
NDR_API int ndr_report_set_message_id(ndr_report *report, const char *id,
                                      size_t length);

/**
 * Set the key of the derived Message-ID. Give the queue id of the original:
 * without it two equal failures in the same second get the same Message-ID,
 * which RFC 5322 3.6.4 forbids. Any octets; never shown.   Since 0.1.
 */
NDR_API int ndr_report_set_seed(ndr_report *report, const char *seed,
                                size_t length);

/**
 * Set the report's whole Subject, in place of prefix and original subject.
 * Empty: the default.
 *
 * Returns NDR_E_TEXT: not UTF-8, or a control character; or over 998 octets.
 * Since 0.1.
 */
NDR_API int ndr_report_set_subject(ndr_report *report, const char *subject,
                                   size_t length);

/** When the original arrived: Arrival-Date (RFC 3464 2.2.5).   Since 0.1. */
NDR_API int ndr_report_set_arrival_date(ndr_report *report, int64_t seconds,
                                        int32_t offset);

/**
 * The languages in which this report is asked for, before all others.
 *
 * @list  as for ndr_profile_set_language(); empty: none
 *
 * Returns NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_report_set_language(ndr_report *report, const char *list,
                                    size_t length);

/**
 * The ENVID of the original (RFC 3461 4.4): Original-Envelope-Id.
 *
 * @xtext  as it came over the wire, xtext and all; one that is not xtext,
 *         decodes to something unprintable or to more than 900 octets, is left
 *         out with a note; empty: none
 *
 * Since 0.1.
 */
NDR_API int ndr_report_set_envelope_id(ndr_report *report, const char *xtext,
                                       size_t length);

/**
 * Who sent the original to us: Received-From-MTA (RFC 3464 2.2.4).
 *
 * @helo     the name that the client gave; one that is no host name is left out
 *           with a note
 * @address  its IP address, shown as a comment, or NULL
 *
 * Since 0.1.
 */
NDR_API int ndr_report_set_received_from(ndr_report *report, const char *helo,
                                         size_t helo_length,
                                         const char *address,
                                         size_t address_length);

/**
 * Name the gateway that made this report of one in another system's form:
 * DSN-Gateway (RFC 3464 2.2.3). Reports of one's own have none.
 *
 * @host  host name of the gateway or an address literal; empty: none
 *
 * Returns NDR_E_HOST.   Since 0.1.
 */
NDR_API int ndr_report_set_gateway(ndr_report *report, const char *host,
                                   size_t length);

/**
 * Say that the original came with REQUIRETLS: @require_tls is an enum
 * ndr_require_tls. Then never more than its header comes back, whatever RET
 * asked for (RFC 8689 5), and the text says why. Send the report with
 * REQUIRETLS too where the next hop offers it, and without it where not.
 * Since 0.1.
 */
NDR_API int ndr_report_set_require_tls(ndr_report *report, int require_tls);

/** How much of the original to return: an enum ndr_return.   Since 0.1. */
NDR_API int ndr_report_set_return(ndr_report *report, int how_much);

/**
 * Say what the next hop of the report offers: bits of enum ndr_transport.
 * Without the call the report is 7-bit throughout.   Since 0.1.
 */
NDR_API int ndr_report_set_transport(ndr_report *report, int transport);

/**
 * Give the message that is reported on: header and body, LF, CRLF or CR line
 * ends, borrowed until the report is freed or reset. Without it, or without a
 * header in it, the report has no third part.
 *
 * @message  NULL with length 0: none
 *
 * Since 0.1.
 */
NDR_API int ndr_report_borrow_original(ndr_report *report, const void *message,
                                       size_t length);

/**
 * Read octets of the original.
 *
 * Put up to @size octets from @offset into @buffer; return how many, 0 at the
 * end only, or a negative number: at or below -1000 it is passed through to the
 * caller, else it counts as NDR_E_SOURCE.
 */
typedef int64_t (*ndr_read_at)(void *user, uint64_t offset, void *buffer,
                               size_t size);

/**
 * Give the original as a source of @size octets that can be read twice: first
 * to decide, then to send. Only a full return reads past the header, in blocks
 * of 64 KiB; nothing of the size of the original is ever held. A source that
 * fails, ends early, or holds something else the second time makes the report
 * end in NDR_E_SOURCE, at the latest where the body ends.   Since 0.1.
 */
NDR_API int ndr_report_borrow_original_source(ndr_report *report,
                                              ndr_read_at read_at, void *user,
                                              uint64_t size);

/**
 * Add an extension field to the per-message fields (RFC 3464 2.4).
 *
 * @name   begins with X-; letters, digits and hyphens; at most 70 octets
 * @value  printable ASCII, at most 900 octets
 *
 * Returns NDR_E_FIELD.   Since 0.1.
 */
NDR_API int ndr_report_add_field(ndr_report *report, const char *name,
                                 size_t name_length, const char *value,
                                 size_t value_length);

/**
 * Add a field to the header of the report, before MIME-Version and
 * Content-Type.
 *
 * @name   letters, digits, hyphens, no hyphen first; at most 70 octets. Not one
 *         that the library writes or that would make the report something else:
 *         From, Sender, Reply-To, To, Cc, Bcc, Subject, Date, Message-ID,
 *         In-Reply-To, References, Auto-Submitted, MIME-Version, Return-Path,
 *         Received, Errors-To, X-Failed-Recipients, Return-Receipt-To,
 *         Disposition-Notification-To, Content-..., Resent-...
 * @value  printable ASCII, at most 900 octets; folded at its blanks
 *
 * Returns NDR_E_FIELD.   Since 0.1.
 */
NDR_API int ndr_report_add_header(ndr_report *report, const char *name,
                                  size_t name_length, const char *value,
                                  size_t value_length);

/**
 * Add a recipient of the original. One that is added twice, with the same
 * address, hidden behind the same one or not, and the same ORCPT, NOTIFY and
 * action, is reported once, as it was the first time, with a note (RFC 3464 3).
 *
 * @address  the envelope address as it was when this server accepted the
 *           message, UTF-8 (RFC 3464 2.3.2); angle brackets are taken off;
 *           shown as it is, octets that cannot be shown as \xHH. Refused with
 *           NDR_E_ADDRESS only if empty or holding CR, LF or NUL
 *
 * Returns the recipient, owned by the report; after an error one whose setters
 * return that error; NULL only for report NULL.   Since 0.1.
 */
NDR_API ndr_recipient *ndr_report_add_recipient(ndr_report *report,
                                                const char *address,
                                                size_t length);

/* ---- What became of one recipient ---------------------------------------- */

/** What happened: an enum ndr_action [failed]. Returns NDR_E_ACTION.
    Since 0.1. */
NDR_API int ndr_recipient_set_action(ndr_recipient *recipient, int action);

/**
 * Set the enhanced status code (RFC 3463). It is never rewritten.
 *
 * Without it the code is taken from the reply if that has one whose class suits
 * the action, else it is X.0.0 of the action's class.
 *
 * @status  "d.d.d" of class 2, 4 or 5, no leading zeros, subject and detail up
 *          to 999. failed goes with 4 and 5, delayed with 4, the others with 2:
 *          prepare returns NDR_E_ACTION for anything else. When attempts end
 *          because time ran out, give the last cause, or 4.4.7 with failed
 *
 * Returns NDR_E_STATUS.   Since 0.1.
 */
NDR_API int ndr_recipient_set_status(ndr_recipient *recipient,
                                     const char *status, size_t length);

/**
 * Set the SMTP reply that decided: the remote server's, or the generating
 * server's own words in that form. Shown in the administrator section line by
 * line, and in Diagnostic-Code (RFC 3464 2.3.6): type smtp if it is an SMTP
 * reply (RFC 3461 9.2), else X-Local.
 *
 * @reply  any octets, one or more lines; US-ASCII is never rewritten, but a tab
 *         is shown as a space and other octets as \xHH; in Diagnostic-Code the
 *         lines follow each other after a fold, without blanks at their ends
 *
 * Since 0.1.
 */
NDR_API int ndr_recipient_set_reply(ndr_recipient *recipient, const char *reply,
                                    size_t length);

/**
 * Set a diagnostic that is no SMTP reply, in place of one.
 *
 * @type  begins with X- (RFC 3464 2.1.2): "X-Local", or "smtp", which is
 *        the same as ndr_recipient_set_reply()
 *
 * Returns NDR_E_FIELD for another type.   Since 0.1.
 */
NDR_API int ndr_recipient_set_diagnostic(ndr_recipient *recipient,
                                         const char *type, size_t type_length,
                                         const char *text, size_t text_length);

/**
 * Name the remote server that reported the outcome: it refused, put off or took
 * the message. Leave it out when the generating server itself refused, and when
 * no server answered (see ndr_recipient_add_attempt()).
 *
 * By stage: refused at connect, MAIL, RCPT or after DATA: the server that
 * refused. Refused after it had taken the message whole: none here; that server
 * makes its own report (RFC 5321 6.1).
 *
 * Shown as "Remote server:", in the user section, and in Remote-MTA (RFC 3464
 * 2.3.5).
 *
 * @host     host name; an IP address is shown as an address literal, a name of
 *           another script in A-labels; one that cannot be shown is left out
 *           with a note
 * @address  its IP address, or NULL; shown with the host as "host (ip)"
 *
 * Since 0.1.
 */
NDR_API int ndr_recipient_set_remote_server(ndr_recipient *recipient,
                                            const char *host,
                                            size_t host_length,
                                            const char *address,
                                            size_t address_length);

/**
 * The ORCPT of this recipient: Original-Recipient (RFC 3464 2.3.1). The user
 * section shows it, since it is what the sender wrote.
 *
 * @orcpt  "type;address" as it came over the wire, xtext and all (RFC 3461
 *         4.2; type utf-8 in any of its three forms, RFC 6533 3); one that
 *         cannot be decoded or shown is left out with a note; empty: none
 *
 * Since 0.1.
 */
NDR_API int ndr_recipient_set_original_recipient(ndr_recipient *recipient,
                                                 const char *orcpt,
                                                 size_t length);

/**
 * What the sender asked for: bits of enum ndr_notify. A recipient for whom
 * nothing is due (RFC 3461 5.2) appears nowhere in the report.   Since 0.1.
 */
NDR_API int ndr_recipient_set_notify(ndr_recipient *recipient, int notify);

/** When delivery was last tried: Last-Attempt-Date (RFC 3464 2.3.7).
    Since 0.1. */
NDR_API int ndr_recipient_set_last_attempt(ndr_recipient *recipient,
                                           int64_t seconds, int32_t offset);

/** Until when attempts go on: Will-Retry-Until (RFC 3464 2.3.9), printed only
    if the action is delayed.   Since 0.1. */
NDR_API int ndr_recipient_set_retry_until(ndr_recipient *recipient,
                                          int64_t seconds, int32_t offset);

/**
 * The final log id: Final-Log-ID (RFC 3464 2.3.8). Printable ASCII is shown as
 * it is, other octets as \xHH; what passes 900 octets then is cut off, with a
 * note; empty: none.   Since 0.1.
 */
NDR_API int ndr_recipient_set_log_id(ndr_recipient *recipient, const char *id,
                                     size_t length);

/**
 * Give the reason for this recipient in your own words, in place of every
 * catalog's. Plain text, no tags, no placeholders; an empty line parts
 * paragraphs.
 *
 * Returns NDR_E_TEXT: not UTF-8, or a control character other than tab and line
 * ends.   Since 0.1.
 */
NDR_API int ndr_recipient_set_text(ndr_recipient *recipient, const char *text,
                                   size_t length);

/**
 * Hide the final address (RFC 3464 4.2): this one, as the sender used it,
 * stands in its place everywhere. Reply, remote server, attempts and log id,
 * which could give it away, are left out; so are the fields of the original's
 * header that hold the final address, with a note. The original's body is its
 * sender's own, and is not looked at.
 *
 * Returns NDR_E_ADDRESS as ndr_report_add_recipient() does.   Since 0.1.
 */
NDR_API int ndr_recipient_set_hidden(ndr_recipient *recipient,
                                     const char *address, size_t length);

/**
 * Add an attempt to deliver, in any order; shown newest first under "Attempts:"
 * in the administrator section. For hosts that never answered this is the
 * place: they are no remote server.
 *
 * The newest one stands in for what was not set: its time for the last attempt;
 * and, if there is no reply and its text is one, that text for the reply and
 * its host for the remote server.
 *
 * @host     host name or empty
 * @address  its IP address, or NULL
 * @text     the reply, or why there was none: "no answer: connection timed out"
 *
 * Since 0.1.
 */
NDR_API int ndr_recipient_add_attempt(ndr_recipient *recipient, int64_t seconds,
                                      int32_t offset, const char *host,
                                      size_t host_length, const char *address,
                                      size_t address_length, const char *text,
                                      size_t text_length);

/** Add an extension field to this recipient's fields; as
    ndr_report_add_field().   Since 0.1. */
NDR_API int ndr_recipient_add_field(ndr_recipient *recipient, const char *name,
                                    size_t name_length, const char *value,
                                    size_t value_length);

/* ---- Decisions ----------------------------------------------------------- */

/**
 * Take every decision and write nothing. The output calls do it when the caller
 * did not. Afterwards setters return NDR_E_ORDER until reset, and the getters
 * below are pure.
 *
 * What it costs an event loop: it reads the original's header, some 16 KiB. It
 * reads the body too if a full return is due, its size is within
 * NDR_LIMIT_ORIGINAL and the header can be sent back; and stops where the body
 * shows that it cannot. From memory or the page cache that is 1 ms for some 4
 * MB; from a disk it waits for it, as reading does in each output call. Where
 * this is too long, lower the limit, or prepare in a thread.
 * ndr_report_select_actions() does the same again.
 *
 * Returns NDR_OK, NDR_NOTHING_DUE, or what went wrong: a sticky error,
 * NDR_E_MISSING (generating server, sender, date or recipients), NDR_E_ACTION,
 * NDR_E_SOURCE.   Since 0.1.
 */
NDR_API int ndr_report_prepare(ndr_report *report);

/** Why nothing is due: an enum ndr_nothing, after prepare or
    ndr_report_select_actions() returned NDR_NOTHING_DUE. In words:
    ndr_report_error_detail().   Since 0.1. */
NDR_API int ndr_report_nothing_due(const ndr_report *report);

/** The kinds that are due: bits of enum ndr_actions; 0 before prepare.
    Since 0.1. */
NDR_API int ndr_report_actions_due(const ndr_report *report);

/**
 * Choose the kind of this message, after prepare, and rewind. Default: one
 * kind, the first due of failed, delayed, success, since readers lose a report
 * whose groups differ in action. Send one message for each kind that is due.
 *
 * @actions  one bit of enum ndr_actions, or NDR_ACTIONS_MIXED for all that are
 *           due in one message
 *
 * Returns NDR_OK, NDR_NOTHING_DUE if that kind is not due, NDR_E_ORDER before
 * prepare.   Since 0.1.
 */
NDR_API int ndr_report_select_actions(ndr_report *report, int actions);

/**
 * Does the postmaster want a copy? After prepare, also when it returned
 * NDR_NOTHING_DUE: 1 if a failed recipient has one of the codes of
 * ndr_profile_set_copy_codes(), or if the original failed and its return path
 * is null (a double bounce), unless it was on its way to the postmaster itself:
 * there is never a triple one. Else 0.   Since 0.1.
 */
NDR_API int ndr_report_copy_due(const ndr_report *report);

/**
 * Make of the same facts the postmaster's copy, or the sender's report again:
 * @copy is an enum ndr_copy. Allowed before and after prepare and after
 * NDR_NOTHING_DUE; prepare or an output call comes next and chooses the kind
 * anew. Facts that were closed stay so; notes on what the last one left out are
 * gone.
 *
 * A copy goes to the postmaster, with a Subject and a first sentence that say
 * so; its languages are the profile's; it tells of every recipient of its kind,
 * whatever NOTIFY asked for, and brings no more of the original than the
 * header. Its return path is null as well. If the original's is null, it tells
 * of failures alone, and not of those of the postmaster's own mailbox (RFC 5321
 * 6.1: a double bounce is told to the postmaster, a triple one to nobody).
 *
 * Returns NDR_OK, or the report's first error.   Since 0.1.
 */
NDR_API int ndr_report_set_copy(ndr_report *report, int copy);

/* The envelope of the report. Each getter returns "" or 0 before prepare.
   Parameters go to a server that offers their extension. RET is never given
   (RFC 3461 6.1). SIZE is ndr_report_length(). */

/** MAIL FROM of the report: always "", the null return path (RFC 3464 2).
    Since 0.1. */
NDR_API const char *ndr_report_envelope_sender(const ndr_report *report);
/** RCPT TO of the report, no angle brackets: what its To holds. The sender of
    the original, or the postmaster. Where the next hop lacks SMTPUTF8, the
    domain is in A-labels.   Since 0.1. */
NDR_API const char *ndr_report_envelope_recipient(const ndr_report *report);

/** NOTIFY for its RCPT TO: NDR_NOTIFY_NEVER (RFC 3461 6.1, RFC 3834 3.3).
    Since 0.1. */
NDR_API int ndr_report_envelope_notify(const ndr_report *report);
/** ENVID for its MAIL FROM, if one is wanted: xtext of at most 100 octets (RFC
    3461 4.4), made of its Message-ID; of what stands before the @ if that is
    longer; "" if that is too long as well.   Since 0.1. */
NDR_API const char *ndr_report_envelope_id(const ndr_report *report);
/** 1 if the report must be sent with SMTPUTF8, else 0.   Since 0.1. */
NDR_API int ndr_report_needs_smtputf8(const ndr_report *report);
/** 1 if the report must be sent with BODY=8BITMIME, else 0.   Since 0.1. */
NDR_API int ndr_report_needs_8bitmime(const ndr_report *report);
/** 1 if the report is to be sent with REQUIRETLS where that is offered (RFC
    8689 5), else 0.   Since 0.1. */
NDR_API int ndr_report_needs_require_tls(const ndr_report *report);
/** The report's Message-ID with its angle brackets; "" before prepare.
    Since 0.1. */
NDR_API const char *ndr_report_message_id(const ndr_report *report);

/* ---- Output -------------------------------------------------------------- */

/**
 * Choose the form of the lines that every output call hands out, and that
 * ndr_report_length() counts; before or after prepare. The message begins
 * again.
 *
 * @output  NDR_OUTPUT_CRLF, or bits of enum ndr_output: NDR_OUTPUT_LF for files
 *          and pipes of a Unix system; NDR_OUTPUT_DOTS for a caller that itself
 *          writes to an SMTP server after DATA (RFC 5321 4.5.2: a line that
 *          begins with "." gets another one; the line that ends the data is the
 *          caller's), not for BDAT, nor for a client that stuffs dots itself
 *
 * Since 0.1.
 */
NDR_API int ndr_report_set_output(ndr_report *report, int output);

/**
 * Hand out the next piece of the message, borrowed until the next call; never
 * empty, at most 64 KiB as a rule. Pieces of an original in memory whose lines
 * end as they should are handed out where they stand: it must not change
 * meanwhile. The first piece is exactly the header with the empty line after
 * it, unless dots are stuffed or lines end with LF.
 *
 * Returns NDR_OK, NDR_END when all is out, or an error: then discard what came
 * before it (in SMTP: drop the connection without the final dot).   Since 0.1.
 */
NDR_API int ndr_report_next(ndr_report *report, const char **piece,
                            size_t *length);

/**
 * Fill a buffer from where the last next or read ended.
 *
 * @got  receives how many octets, up to @size; 0 with NDR_END
 *
 * Results as ndr_report_next().   Since 0.1.
 */
NDR_API int ndr_report_read(ndr_report *report, void *buffer, size_t size,
                            size_t *got);

/** Takes octets of the message; 0 for go on, else the writing ends. */
typedef int (*ndr_sink)(void *user, const char *octets, size_t length);

/**
 * Write the whole message, from its beginning, to a sink.
 *
 * Results as ndr_report_next(), but NDR_OK at the end; a sink's result at or
 * below -1000 is passed through, any other is NDR_E_SINK.   Since 0.1.
 */
NDR_API int ndr_report_write(ndr_report *report, ndr_sink sink, void *user);

/**
 * Build the whole message in memory.
 *
 * @message  receives the message, NUL-terminated, owned by the report until it
 *           is freed, reset, or renders again; NULL on error
 * @length   receives its octets without the NUL; may be NULL
 *
 * Since 0.1.
 */
NDR_API int ndr_report_render(ndr_report *report, const char **message,
                              size_t *length);

/** Begin the same message again.   Since 0.1. */
NDR_API int ndr_report_rewind(ndr_report *report);

/** Count the octets of the message, as for SIZE= in MAIL FROM; rewinds. The
    original's body is not read again for it.   Since 0.1. */
NDR_API int ndr_report_length(ndr_report *report, uint64_t *octets);

/** The report's first error; NDR_NOTHING_DUE if prepare said so; NDR_E_NOMEM
    for NULL.   Since 0.1. */
NDR_API int ndr_report_error(const ndr_report *report);

/** Which value was at fault: "recipient 2: status \"5.1\": ...", or why nothing
    is due; "" if all is well. Never NULL.   Since 0.1. */
NDR_API const char *ndr_report_error_detail(const ndr_report *report);

/**
 * What was made visible, shortened or left out, in the order met: note @index
 * from 0, NULL past the last. For the log; they name no secret.   Since 0.1.
 */
NDR_API const char *ndr_report_notes(const ndr_report *report, size_t index);

/**
 * Open the converters of every charset now, before a chroot, pledge or seccomp
 * filter; none is opened later in the life of this report, resets included.
 * Does nothing with NDR_CHARSETS_BUILTIN or without iconv.   Since 0.1.
 */
NDR_API int ndr_report_preload(ndr_report *report);

/* ---- Parts of the trade -------------------------------------------------- */

/**
 * Take an SMTP reply apart (RFC 5321 4.2, RFC 2034): one line or several, CRLF,
 * LF or glued together, with or without an enhanced code.
 *
 * @code         receives the reply code, 200 to 599, or 0 if there is none
 * @status       receives the enhanced code, NUL-terminated, "" if there is
 *               none; room for 12 octets; may be NULL
 * @text_offset  receives where the first line's words begin; may be NULL
 *
 * Returns NDR_OK; NDR_END if it is no complete SMTP reply (no reply code, or a
 * multi-line one without its last line): what could be found is set all the
 * same; NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_reply_parse(const char *reply, size_t length, int *code,
                            char *status, size_t *text_offset);

/**
 * Look a status code up. What it means to a person, whose move it is, and what
 * an administrator can do stand in the entry that ndr_catalog_find() finds for
 * it: text, Move and Admin-Note.
 *
 * @status  "5.1.1", or "X.1.1" for the name in any class; NUL-terminated
 * @text    an enum ndr_status_text
 *
 * Returns a constant text, or NULL: no such code in the registry, no such text
 * for it, or not a code.   Since 0.1.
 */
NDR_API const char *ndr_status_describe(const char *status, int text);

/**
 * Walk the registry.
 *
 * @index  from 0
 *
 * Returns "X.1.1" for a code that stands for every class, "5.1.1" for one with
 * names of its own, NULL past the last; constant.   Since 0.1.
 */
NDR_API const char *ndr_status_next(size_t index);

/**
 * Read the value of a NOTIFY parameter (RFC 3461 4.1) as it came: NEVER alone,
 * or some of SUCCESS, FAILURE, DELAY parted by commas, in any case.
 *
 * @notify  receives bits of enum ndr_notify
 *
 * Returns NDR_OK, NDR_E_TEXT (anything else; NDR_NOTIFY_DEFAULT then) or
 * NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_notify_parse(const char *value, size_t length, int *notify);

/**
 * Read the value of a RET parameter (RFC 3461 4.3) as it came: FULL or HDRS, in
 * any case.
 *
 * @how_much  receives an enum ndr_return
 *
 * Returns NDR_OK, NDR_E_TEXT (anything else; NDR_RETURN_HEADERS then) or
 * NDR_E_INVALID.   Since 0.1.
 */
NDR_API int ndr_return_parse(const char *value, size_t length, int *how_much);

/**
 * Is a message itself automatic (RFC 3834 2)? For senders of vacation notices
 * and the like, which must not answer it; a delivery status notification is due
 * all the same.
 *
 * @message  its header, or all of it
 *
 * Returns 1 if it has an Auto-Submitted field other than "no", else 0.   Since
 * 0.1.
 */
NDR_API int ndr_message_is_automatic(const char *message, size_t length);

/**
 * Encode octets as xtext (RFC 3461 4).
 *
 * @out   receives the text and a NUL if @size lets it; may be NULL with size 0
 * @need  receives the octets needed, NUL included; may be NULL
 *
 * Returns NDR_OK, or NDR_END if it did not fit.   Since 0.1.
 */
NDR_API int ndr_xtext_encode(const void *octets, size_t length, char *out,
                             size_t size, size_t *need);

/** Decode xtext; as ndr_xtext_encode(), and NDR_E_TEXT if it is none.
    Since 0.1. */
NDR_API int ndr_xtext_decode(const char *xtext, size_t length, char *out,
                             size_t size, size_t *need);

/** The version of the library in use: NDR_VERSION of its build.   Since 0.1. */
NDR_API const char *ndr_version(void);
/** "NDR_E_STATUS"; "unknown" for a number that is none.   Since 0.1. */
NDR_API const char *ndr_error_name(int error);
/** The same as a short English sentence, no full stop.   Since 0.1. */
NDR_API const char *ndr_error_text(int error);

#ifdef __cplusplus
}
#endif

#endif /* LIBNDR_NDR_H */
