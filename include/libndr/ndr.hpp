/* SPDX-License-Identifier: ISC */
/*
 * libndr for C++11 and later, header only: what ndr.h says holds, and
 *
 *     ndr::profile profile("mail1.example.com");
 *     ndr::report report(profile);
 *     report.set_sender("jane@example.com").set_date({1795536312, 60});
 *     report.borrow_original(original);
 *     report.add_recipient("joe@contoso.com")
 *         .set_remote_server("mail.contoso.com")
 *         .set_reply("550 5.1.1 User unknown");
 *     report.write(std::cout);
 *
 * Objects own what they made, can be moved and not be copied. A profile outlives
 * its reports, a catalog its profiles.
 *
 * Errors   are thrown: ndr::nothing_due, ndr::error, and std::bad_alloc for
 *          NDR_E_NOMEM. Without exceptions (-fno-exceptions, or with
 *          NDR_NO_EXCEPTIONS defined) calls return what C returns, and the
 *          errors of setters stay with their object, so that one look at the
 *          result of the output call is enough.
 * Callbacks are any callable objects. What they throw comes out of the call that
 *          called back: prepare() or an output call.
 */
#ifndef LIBNDR_NDR_HPP
#define LIBNDR_NDR_HPP

#include <libndr/ndr_file.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <istream>
#include <iterator>
#include <memory>
#include <new>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 201703L
#include <string_view>
#endif

#if !defined(NDR_NO_EXCEPTIONS) && !defined(__cpp_exceptions) &&               \
    !defined(__EXCEPTIONS) && !defined(_CPPUNWIND)
#define NDR_NO_EXCEPTIONS
#endif

namespace ndr
{

/* ---- Values -------------------------------------------------------------- */

/** Octets that belong to somebody else: what goes in, and what comes out until
    the next call on its object. */
class text
{
  public:
    text() noexcept
    {
    }
    text(std::nullptr_t) noexcept
    {
    }
    text(const char *at) noexcept
        : at_(at), length_(at == nullptr ? 0 : std::strlen(at))
    {
    }
    text(const char *at, std::size_t length) noexcept : at_(at), length_(length)
    {
    }
    text(const std::string &from) noexcept
        : at_(from.data()), length_(from.size())
    {
    }
#if __cplusplus >= 201703L
    text(std::string_view from) noexcept
        : at_(from.data()), length_(from.size())
    {
    }
    operator std::string_view() const noexcept
    {
        return {at_, length_};
    }
#endif
    const char *data() const noexcept
    {
        return at_;
    }
    std::size_t size() const noexcept
    {
        return length_;
    }
    bool empty() const noexcept
    {
        return length_ == 0;
    }
    const char *begin() const noexcept
    {
        return at_;
    }
    const char *end() const noexcept
    {
        return at_ + length_;
    }
    std::string str() const
    {
        return {begin(), end()};
    }

  private:
    const char *at_ = "";
    std::size_t length_ = 0;
};

/** Seconds since 1970, and the offset to print in minutes east of UTC, or
    NDR_OFFSET_UNKNOWN. */
struct date {
    date(std::int64_t at, std::int32_t east = 0) noexcept
        : seconds(at), offset(east)
    {
    }
    date(std::chrono::system_clock::time_point at,
         std::int32_t east = 0) noexcept
        : seconds(floor(at.time_since_epoch())), offset(east)
    {
    }
    std::int64_t seconds;
    std::int32_t offset;

  private:
    static std::int64_t
    floor(std::chrono::system_clock::duration since) noexcept
    {
        const auto whole =
            std::chrono::duration_cast<std::chrono::seconds>(since);

        return whole.count() - (whole > since ? 1 : 0);
    }
};

inline const char *version() noexcept
{
    return ndr_version();
}
/** "NDR_E_STATUS" */
inline const char *error_name(int code) noexcept
{
    return ndr_error_name(code);
}
inline const char *error_text(int code) noexcept
{
    return ndr_error_text(code);
}

/* ---- Errors -------------------------------------------------------------- */

/** A call failed; what() is the detail: which value was at fault. */
class error : public std::runtime_error
{
  public:
    error(int code, const char *detail)
        : std::runtime_error(detail != nullptr && *detail != '\0'
                                 ? detail
                                 : ndr_error_text(code)),
          code_(code)
    {
    }
    /** An enum ndr_error. */
    int code() const noexcept
    {
        return code_;
    }
    /** "NDR_E_STATUS" */
    const char *name() const noexcept
    {
        return ndr_error_name(code_);
    }

  private:
    int code_;
};

/** No report may be sent: no fault, but there is nothing to write. */
class nothing_due : public error
{
  public:
    nothing_due(const char *detail, int reason)
        : error(NDR_NOTHING_DUE, detail), reason_(reason)
    {
    }
    /** An enum ndr_nothing. */
    int reason() const noexcept
    {
        return reason_;
    }

  private:
    int reason_;
};

namespace detail
{

/* What callbacks return for: an exception is on its way. */
enum { thrown = -1000 };

#ifdef NDR_NO_EXCEPTIONS

inline int check(int code, const char *, int = 0) noexcept
{
    return code;
}

template <class Call> int call(Call make)
{
    return make();
}

template <class Result, class Call> Result guard(Call make)
{
    return make();
}

#else

inline int check(int code, const char *why, int reason = 0)
{
    if (code == NDR_OK || code == NDR_END || code == NDR_AGAIN)
        return code;
    if (code == NDR_E_NOMEM)
        throw std::bad_alloc();
    if (code == NDR_NOTHING_DUE)
        throw nothing_due(why, reason);
    /* What a source threw stays with its report. */
    throw error(code <= thrown ? NDR_E_SOURCE : code, why);
}

/* The exception of the call at hand in this thread. */
inline std::exception_ptr &caught()
{
    static thread_local std::exception_ptr exception;

    return exception;
}

/* Make a call that may call back; throw what a callback threw. */
template <class Call> int call(Call make)
{
    std::exception_ptr outer, exception;
    int code;

    std::swap(outer, caught());
    code = make();
    std::swap(exception, caught());
    std::swap(outer, caught());
    if (exception)
        std::rethrow_exception(exception);
    return code;
}

/* In a callback: nothing may be thrown through the library. */
template <class Result, class Call> Result guard(Call make) noexcept
{
    try {
        return make();
    } catch (...) {
        if (!caught())
            caught() = std::current_exception();
        return thrown;
    }
}

#endif

template <class Object, void (*release)(Object *)> struct deleter {
    void operator()(Object *object) const noexcept
    {
        release(object);
    }
};

template <class Object, void (*release)(Object *)>
using handle = std::unique_ptr<Object, deleter<Object, release>>;

/* Two calls of one with a buffer, its size and a need. */
template <class Call> int measure(Call fill, std::string &to)
{
    std::size_t need = 0;
    int code = fill(nullptr, 0, &need);

    to.clear();
    if (code < 0 || need == 0)
        return code;
    to.resize(need);
    code = fill(&to[0], need, &need);
    to.resize(need - 1);
    return code;
}

} /* namespace detail */

/* ---- Words --------------------------------------------------------------- */

/** What a resolver is asked; lives for the call. */
class query
{
  public:
    explicit query(const ndr_query *from) noexcept : query_(from)
    {
    }
    /** "5.1.1" */
    text status() const noexcept
    {
        return ndr_query_status(query_);
    }
    text language() const noexcept
    {
        return ndr_query_language(query_);
    }
    int audience() const noexcept
    {
        return ndr_query_audience(query_);
    }
    int action() const noexcept
    {
        return ndr_query_action(query_);
    }
    text reply() const noexcept
    {
        return ndr_query_reply(query_);
    }

  private:
    const ndr_query *query_;
};

/** An administrator's own system messages. Outlives the profiles that use it;
    not to be changed while a report does. */
class catalog
{
  public:
    /** Put an entry in the form of add() into the string, and return true; or
        return false for none. */
    using resolver = std::function<bool(const query &, std::string &)>;

    explicit catalog(const ndr_allocator *allocator = nullptr)
    {
        ndr_catalog *made = nullptr;
        const int code = ndr_catalog_new(&made, allocator);

        catalog_.reset(made);
        detail::check(code, "");
    }
    /** Add one system message. After an error the catalog is as it was. */
    int add(text entry)
    {
        return check(ndr_catalog_add(get(), entry.data(), entry.size()));
    }
    /** Add all entries of a file of words, or none. */
    int load(text words, const char *name = nullptr)
    {
        return check(ndr_catalog_load(get(), name, words.data(), words.size()));
    }
    /** The same, from a stream to its end. */
    int load(std::istream &from, const char *name = nullptr)
    {
        const std::string words{std::istreambuf_iterator<char>(from),
                                std::istreambuf_iterator<char>()};

        if (from.bad())
            return detail::check(NDR_E_SOURCE, name);
        return load(text(words), name);
    }
    /** The same, from a stream of C to its end. */
    int load(std::FILE *from, const char *name = nullptr)
    {
        return check(ndr_catalog_load_stream(get(), from, name));
    }
    /** Ask this before the entries. An empty one: none. */
    int set_resolver(resolver ask)
    {
        std::unique_ptr<resolver> kept;
        int code;

        if (ask)
            kept.reset(new resolver(std::move(ask)));
        code = ndr_catalog_set_resolver(get(), kept ? resolve : nullptr,
                                        kept.get());
        if (code == NDR_OK)
            resolver_ = std::move(kept);
        return check(code);
    }
    /** Entry @index, as add() takes it; NDR_END if there is none. */
    int entry(std::size_t index, std::string &to) const
    {
        return entry_of(get(), index, to);
    }
    /** Which entry would speak; NDR_END if none fits. */
    int find(const char *status, std::size_t &index,
             int action = NDR_ACTION_FAILED,
             int audience = NDR_AUDIENCE_EXTERNAL,
             const char *language = nullptr, const char *reply = nullptr) const
    {
        return find_in(get(), status, index, action, audience, language, reply);
    }
    /** The same of the built-in words. */
    static int builtin_entry(std::size_t index, std::string &to)
    {
        return entry_of(nullptr, index, to);
    }
    static int find_builtin(const char *status, std::size_t &index,
                            int action = NDR_ACTION_FAILED,
                            int audience = NDR_AUDIENCE_EXTERNAL,
                            const char *language = nullptr,
                            const char *reply = nullptr)
    {
        return find_in(nullptr, status, index, action, audience, language,
                       reply);
    }
    text error_detail() const noexcept
    {
        return ndr_catalog_error_detail(get());
    }
    ndr_catalog *get() const noexcept
    {
        return catalog_.get();
    }

  private:
    int check(int code) const
    {
        return detail::check(code, ndr_catalog_error_detail(get()));
    }
    static int entry_of(const ndr_catalog *of, std::size_t index,
                        std::string &to)
    {
        return detail::check(
            detail::measure(
                [=](char *out, std::size_t size, std::size_t *need) {
                    return ndr_catalog_entry(of, index, out, size, need);
                },
                to),
            "");
    }
    static int find_in(const ndr_catalog *in, const char *status,
                       std::size_t &index, int action, int audience,
                       const char *language, const char *reply)
    {
        return detail::check(ndr_catalog_find(in, status, action, audience,
                                              language, reply, &index),
                             "");
    }
    static int resolve(void *user, const ndr_query *asked, ndr_answer *answer)
    {
        return detail::guard<int>([=]() -> int {
            std::string entry;

            if (!(*static_cast<resolver *>(user))(query(asked), entry))
                return NDR_END;
            return ndr_answer_set_entry(answer, entry.data(), entry.size());
        });
    }

    detail::handle<ndr_catalog, ndr_catalog_free> catalog_;
    std::unique_ptr<resolver> resolver_;
};

/* ---- Profiles ------------------------------------------------------------ */

/** How one server writes reports. Outlives its reports; any number of threads
    may share it. */
class profile
{
  public:
    explicit profile(text generating_server,
                     const ndr_allocator *allocator = nullptr)
    {
        ndr_profile *made = nullptr;
        const int code = ndr_profile_new(&made, allocator);

        profile_.reset(made);
        detail::check(code, "");
        set_generating_server(generating_server);
    }
    profile &set_generating_server(text host)
    {
        return check(
            ndr_profile_set_generating_server(get(), host.data(), host.size()));
    }
    profile &set_reporting_authority(text host)
    {
        return check(ndr_profile_set_reporting_authority(get(), host.data(),
                                                         host.size()));
    }
    profile &set_postmaster(text mailbox)
    {
        return check(
            ndr_profile_set_postmaster(get(), mailbox.data(), mailbox.size()));
    }
    /** Borrowed. */
    profile &set_catalog(const catalog &words)
    {
        return check(ndr_profile_set_catalog(get(), words.get()));
    }
    /** The built-in words only. */
    profile &set_catalog(std::nullptr_t)
    {
        return check(ndr_profile_set_catalog(get(), nullptr));
    }
    profile &set_audience(ndr_audience audience)
    {
        return check(ndr_profile_set_audience(get(), audience));
    }
    profile &set_language(text list)
    {
        return check(ndr_profile_set_language(get(), list.data(), list.size()));
    }
    profile &set_language_detection(bool on)
    {
        return check(ndr_profile_set_language_detection(
            get(), on ? NDR_DETECTION_ON : NDR_DETECTION_OFF));
    }
    profile &set_organisation(text name, text accent = {})
    {
        return check(ndr_profile_set_organisation(
            get(), name.data(), name.size(), accent.data(), accent.size()));
    }
    profile &set_internal_domains(text domains)
    {
        return check(ndr_profile_set_internal_domains(get(), domains.data(),
                                                      domains.size()));
    }
    profile &set_grouping(bool on)
    {
        return check(ndr_profile_set_grouping(
            get(), on ? NDR_GROUPING_SAME_REASON : NDR_GROUPING_NEVER));
    }
    profile &set_html(bool on)
    {
        return check(
            ndr_profile_set_html(get(), on ? NDR_HTML_ON : NDR_HTML_OFF));
    }
    profile &set_header_filter(ndr_header_filter mode, text names)
    {
        return check(ndr_profile_set_header_filter(get(), mode, names.data(),
                                                   names.size()));
    }
    profile &set_charsets(ndr_charsets charsets)
    {
        return check(ndr_profile_set_charsets(get(), charsets));
    }
    profile &set_diagnostics(bool on)
    {
        return check(ndr_profile_set_diagnostics(
            get(), on ? NDR_DIAGNOSTICS_ON : NDR_DIAGNOSTICS_OFF));
    }
    profile &set_host_masking(bool on)
    {
        return check(ndr_profile_set_host_masking(get(), on ? NDR_HOSTS_MASKED
                                                            : NDR_HOSTS_SHOWN));
    }
    profile &set_failed_recipients(bool listed)
    {
        return check(ndr_profile_set_failed_recipients(
            get(),
            listed ? NDR_FAILED_RECIPIENTS_LISTED : NDR_FAILED_RECIPIENTS_OFF));
    }
    profile &set_copy_codes(text codes)
    {
        return check(
            ndr_profile_set_copy_codes(get(), codes.data(), codes.size()));
    }
    profile &set_copy_mailbox(text mailbox)
    {
        return check(ndr_profile_set_copy_mailbox(get(), mailbox.data(),
                                                  mailbox.size()));
    }
    profile &set_limit(ndr_limit limit, std::uint64_t value)
    {
        return check(ndr_profile_set_limit(get(), limit, value));
    }
    int error() const noexcept
    {
        return ndr_profile_error(get());
    }
    text error_detail() const noexcept
    {
        return ndr_profile_error_detail(get());
    }
    ndr_profile *get() const noexcept
    {
        return profile_.get();
    }

  private:
    profile &check(int code)
    {
        detail::check(code, ndr_profile_error_detail(get()));
        return *this;
    }

    detail::handle<ndr_profile, ndr_profile_free> profile_;
};

/* ---- Recipients ---------------------------------------------------------- */

/** What became of one recipient. Belongs to its report, and lives until that is
    reset or freed; can be copied. */
class recipient
{
  public:
    recipient(ndr_recipient *from, const ndr_report *report) noexcept
        : recipient_(from), report_(report)
    {
    }
    recipient &set_action(ndr_action action)
    {
        return check(ndr_recipient_set_action(recipient_, action));
    }
    recipient &set_status(text status)
    {
        return check(
            ndr_recipient_set_status(recipient_, status.data(), status.size()));
    }
    recipient &set_reply(text reply)
    {
        return check(
            ndr_recipient_set_reply(recipient_, reply.data(), reply.size()));
    }
    recipient &set_diagnostic(text type, text words)
    {
        return check(ndr_recipient_set_diagnostic(
            recipient_, type.data(), type.size(), words.data(), words.size()));
    }
    recipient &set_remote_server(text host, text address = {})
    {
        return check(ndr_recipient_set_remote_server(
            recipient_, host.data(), host.size(), address.data(),
            address.size()));
    }
    recipient &set_original_recipient(text orcpt)
    {
        return check(ndr_recipient_set_original_recipient(
            recipient_, orcpt.data(), orcpt.size()));
    }
    /** Bits of enum ndr_notify. */
    recipient &set_notify(int notify)
    {
        return check(ndr_recipient_set_notify(recipient_, notify));
    }
    recipient &set_last_attempt(date at)
    {
        return check(
            ndr_recipient_set_last_attempt(recipient_, at.seconds, at.offset));
    }
    recipient &set_retry_until(date at)
    {
        return check(
            ndr_recipient_set_retry_until(recipient_, at.seconds, at.offset));
    }
    recipient &set_log_id(text id)
    {
        return check(
            ndr_recipient_set_log_id(recipient_, id.data(), id.size()));
    }
    recipient &set_text(text words)
    {
        return check(
            ndr_recipient_set_text(recipient_, words.data(), words.size()));
    }
    recipient &set_hidden(text address)
    {
        return check(ndr_recipient_set_hidden(recipient_, address.data(),
                                              address.size()));
    }
    recipient &add_attempt(date at, text host, text address = {},
                           text words = {})
    {
        return check(ndr_recipient_add_attempt(
            recipient_, at.seconds, at.offset, host.data(), host.size(),
            address.data(), address.size(), words.data(), words.size()));
    }
    recipient &add_field(text name, text value)
    {
        return check(ndr_recipient_add_field(
            recipient_, name.data(), name.size(), value.data(), value.size()));
    }
    ndr_recipient *get() const noexcept
    {
        return recipient_;
    }

  private:
    recipient &check(int code)
    {
        detail::check(code, ndr_report_error_detail(report_));
        return *this;
    }

    ndr_recipient *recipient_;
    const ndr_report *report_;
};

/* ---- Reports ------------------------------------------------------------- */

/** One notification. One thread at a time; its profile outlives it. */
class report
{
  public:
    /** As ndr_read_at, but what it throws comes out of the call at hand. */
    using source =
        std::function<std::int64_t(std::uint64_t, void *, std::size_t)>;

    explicit report(const profile &by)
    {
        ndr_report *made = nullptr;
        const int code = ndr_report_new(&made, by.get());

        report_.reset(made);
        detail::check(code, "");
        check(ndr_report_error(made));
    }

    report &set_sender(text address)
    {
        return check(
            ndr_report_set_sender(get(), address.data(), address.size()));
    }
    report &set_date(date at)
    {
        return check(ndr_report_set_date(get(), at.seconds, at.offset));
    }
    report &set_message_id(text id)
    {
        return check(ndr_report_set_message_id(get(), id.data(), id.size()));
    }
    report &set_seed(text seed)
    {
        return check(ndr_report_set_seed(get(), seed.data(), seed.size()));
    }
    report &set_subject(text subject)
    {
        return check(
            ndr_report_set_subject(get(), subject.data(), subject.size()));
    }
    report &set_arrival_date(date at)
    {
        return check(ndr_report_set_arrival_date(get(), at.seconds, at.offset));
    }
    report &set_language(text list)
    {
        return check(ndr_report_set_language(get(), list.data(), list.size()));
    }
    report &set_envelope_id(text xtext)
    {
        return check(
            ndr_report_set_envelope_id(get(), xtext.data(), xtext.size()));
    }
    report &set_received_from(text helo, text address = {})
    {
        return check(ndr_report_set_received_from(
            get(), helo.data(), helo.size(), address.data(), address.size()));
    }
    report &set_gateway(text host)
    {
        return check(ndr_report_set_gateway(get(), host.data(), host.size()));
    }
    report &set_require_tls(bool on)
    {
        return check(ndr_report_set_require_tls(
            get(), on ? NDR_REQUIRE_TLS_YES : NDR_REQUIRE_TLS_NO));
    }
    report &set_return(ndr_return how_much)
    {
        return check(ndr_report_set_return(get(), how_much));
    }
    /** Bits of enum ndr_transport. */
    report &set_transport(int transport)
    {
        return check(ndr_report_set_transport(get(), transport));
    }
    /** Borrowed until the report is freed or reset. */
    report &borrow_original(text message)
    {
        return borrow(message, nullptr);
    }
    /** One that the report keeps. */
    report &set_original(std::string message)
    {
        std::unique_ptr<kept> keep(new kept);

        keep->message = std::move(message);
        return borrow(keep->message, std::move(keep));
    }
    /** A stream that can seek, from where it stands to its end; borrowed. */
    report &borrow_original(std::istream &from)
    {
        const std::istream::pos_type begin = from.tellg();
        std::streamoff size = -1;

        if (from.seekg(0, std::ios::end))
            size = from.tellg() - begin;
        from.seekg(begin);
        return set_original_source(
            [&from, begin](std::uint64_t offset, void *buffer,
                           std::size_t count) -> std::int64_t {
                from.clear();
                from.seekg(begin + static_cast<std::streamoff>(offset));
                from.read(static_cast<char *>(buffer),
                          static_cast<std::streamsize>(count));
                return from.bad() ? -1 : from.gcount();
            },
            size < 0 ? 0 : static_cast<std::uint64_t>(size));
    }
    /** A stream of C that can seek, from where it stands to its end; borrowed.
     */
    report &borrow_original(std::FILE *from)
    {
        return borrowed(ndr_report_borrow_original_stream(get(), from));
    }
#ifndef _WIN32
    /** An open file, or a part of one; borrowed. */
    report &borrow_original_fd(int descriptor, std::uint64_t offset = 0,
                               std::uint64_t length = NDR_TO_END)
    {
        return borrowed(
            ndr_report_borrow_original_fd(get(), descriptor, offset, length));
    }
#endif
    report &set_original_source(source read, std::uint64_t size)
    {
        std::unique_ptr<kept> keep(new kept);
        int code;

        keep->read_at = std::move(read);
        code =
            ndr_report_borrow_original_source(get(), read_at, keep.get(), size);
        if (code == NDR_OK)
            kept_ = std::move(keep);
        return check(code);
    }
    /** Bits of enum ndr_output; the message begins again. */
    report &set_output(int output)
    {
        return check(ndr_report_set_output(get(), output));
    }
    report &add_field(text name, text value)
    {
        return check(ndr_report_add_field(get(), name.data(), name.size(),
                                          value.data(), value.size()));
    }
    report &add_header(text name, text value)
    {
        return check(ndr_report_add_header(get(), name.data(), name.size(),
                                           value.data(), value.size()));
    }
    recipient add_recipient(text address)
    {
        ndr_recipient *const made =
            ndr_report_add_recipient(get(), address.data(), address.size());

        check(ndr_report_error(get()));
        return {made, get()};
    }

    int prepare()
    {
        return make([this] { return ndr_report_prepare(get()); });
    }
    /** An enum ndr_nothing. */
    int why_nothing_due() const noexcept
    {
        return ndr_report_nothing_due(get());
    }
    /** Bits of enum ndr_actions; 0 before prepare(). */
    int actions_due() const noexcept
    {
        return ndr_report_actions_due(get());
    }
    int select_actions(ndr_actions actions)
    {
        return make([=] { return ndr_report_select_actions(get(), actions); });
    }
    bool copy_due() const noexcept
    {
        return ndr_report_copy_due(get()) != 0;
    }
    report &set_copy(bool on)
    {
        return check(ndr_report_set_copy(get(), on ? NDR_COPY_POSTMASTER
                                                   : NDR_COPY_NONE));
    }

    /* After prepare(). */
    text envelope_sender() const noexcept
    {
        return ndr_report_envelope_sender(get());
    }
    text envelope_recipient() const noexcept
    {
        return ndr_report_envelope_recipient(get());
    }
    int envelope_notify() const noexcept
    {
        return ndr_report_envelope_notify(get());
    }
    text envelope_id() const noexcept
    {
        return ndr_report_envelope_id(get());
    }
    bool needs_smtputf8() const noexcept
    {
        return ndr_report_needs_smtputf8(get()) != 0;
    }
    bool needs_8bitmime() const noexcept
    {
        return ndr_report_needs_8bitmime(get()) != 0;
    }
    bool needs_require_tls() const noexcept
    {
        return ndr_report_needs_require_tls(get()) != 0;
    }
    text message_id() const noexcept
    {
        return ndr_report_message_id(get());
    }
    std::vector<std::string> notes() const
    {
        std::vector<std::string> all;
        const char *note;

        while ((note = ndr_report_notes(get(), all.size())) != nullptr)
            all.push_back(note);
        return all;
    }

    /** NDR_OK with the next piece, borrowed until the next call; or NDR_END. */
    int next(text &piece)
    {
        const char *at = "";
        std::size_t length = 0;
        const int code =
            make([&] { return ndr_report_next(get(), &at, &length); });

        piece = text(at, length);
        return code;
    }
    int read(void *buffer, std::size_t size, std::size_t &got)
    {
        return make([&] { return ndr_report_read(get(), buffer, size, &got); });
    }
    /** Write the whole message to a function that takes a text. */
    template <class Sink,
              class = typename std::enable_if<!std::is_base_of<
                  std::ios_base,
                  typename std::remove_reference<Sink>::type>::value>::type>
    int write(Sink &&put)
    {
        typedef typename std::remove_reference<Sink>::type sink;

        return make([&] {
            return ndr_report_write(get(), put_to<sink>, std::addressof(put));
        });
    }
    int write(std::ostream &to)
    {
        return make([&] {
            return ndr_report_write(get(), put_to_stream, std::addressof(to));
        });
    }
    /** To a stream of C, which is not flushed. */
    int write(std::FILE *to)
    {
        return make([=] { return ndr_report_write_stream(get(), to); });
    }
#ifndef _WIN32
    /** Write what is left of the message to a descriptor; NDR_AGAIN if one in
        non-blocking mode takes no more now. */
    int write_fd(int descriptor)
    {
        return make([=] { return ndr_report_write_fd(get(), descriptor); });
    }
#endif
    /** The whole message, borrowed until the report is freed, reset, or renders
        again; empty after an error. */
    text render()
    {
        const char *message = nullptr;
        std::size_t length = 0;

        make([&] { return ndr_report_render(get(), &message, &length); });
        return message == nullptr ? text() : text(message, length);
    }
    std::string str()
    {
        return render().str();
    }
    int rewind()
    {
        return make([this] { return ndr_report_rewind(get()); });
    }
    int length(std::uint64_t &octets)
    {
        return make([&] { return ndr_report_length(get(), &octets); });
    }

    /** The pieces of the message, once:
        for (ndr::text piece : report.pieces()). Without exceptions an error
        ends the row, and is that of the report. */
    class pieces_row
    {
      public:
        class iterator
        {
          public:
            typedef std::input_iterator_tag iterator_category;
            typedef text value_type;
            typedef std::ptrdiff_t difference_type;
            typedef const text *pointer;
            typedef const text &reference;

            explicit iterator(report *from = nullptr) : report_(from)
            {
                if (report_ != nullptr)
                    ++*this;
            }
            const text &operator*() const noexcept
            {
                return piece_;
            }
            const text *operator->() const noexcept
            {
                return &piece_;
            }
            iterator &operator++()
            {
                if (report_->next(piece_) != NDR_OK)
                    report_ = nullptr;
                return *this;
            }
            void operator++(int)
            {
                ++*this;
            }
            bool operator==(const iterator &other) const noexcept
            {
                return report_ == other.report_;
            }
            bool operator!=(const iterator &other) const noexcept
            {
                return report_ != other.report_;
            }

          private:
            report *report_;
            text piece_;
        };

        explicit pieces_row(report *from) noexcept : report_(from)
        {
        }
        iterator begin() const
        {
            return iterator(report_);
        }
        iterator end() const
        {
            return iterator();
        }

      private:
        report *report_;
    };

    pieces_row pieces()
    {
        const bool is_ready = prepare() == NDR_OK && rewind() == NDR_OK;

        return pieces_row(is_ready ? this : nullptr);
    }

    int preload()
    {
        return make([this] { return ndr_report_preload(get()); });
    }
    /** Forget every fact and error, and begin again. */
    report &reset()
    {
        return reset_to(nullptr);
    }
    report &reset(const profile &by)
    {
        return reset_to(by.get());
    }

    int error() const noexcept
    {
        return ndr_report_error(get());
    }
    text error_detail() const noexcept
    {
        return ndr_report_error_detail(get());
    }
    ndr_report *get() const noexcept
    {
        return report_.get();
    }

  private:
    /* What the library borrows from us; stays where it is when we move. */
    struct kept {
        source read_at;
        std::string message;
    };

    report &check(int code)
    {
        detail::check(code, ndr_report_error_detail(get()),
                      ndr_report_nothing_due(get()));
        return *this;
    }
    template <class Call> int make(Call call)
    {
        const int code = detail::call(call);

        check(code);
        return code;
    }
    /* What was borrowed before is kept until the library has taken this. */
    report &borrowed(int code, std::unique_ptr<kept> &&keep = nullptr)
    {
        if (code == NDR_OK)
            kept_ = std::move(keep);
        return check(code);
    }
    report &borrow(text message, std::unique_ptr<kept> &&keep)
    {
        return borrowed(ndr_report_borrow_original(
                            get(), message.empty() ? nullptr : message.data(),
                            message.size()),
                        std::move(keep));
    }
    report &reset_to(const ndr_profile *by)
    {
        const int code = ndr_report_reset(get(), by);

        kept_.reset();
        return check(code);
    }
    static std::int64_t read_at(void *user, std::uint64_t offset, void *buffer,
                                std::size_t size)
    {
        return detail::guard<std::int64_t>([=] {
            return static_cast<kept *>(user)->read_at(offset, buffer, size);
        });
    }
    template <class Sink>
    static int put_to(void *user, const char *octets, std::size_t length)
    {
        return detail::guard<int>([=] {
            (*static_cast<Sink *>(user))(text(octets, length));
            return 0;
        });
    }
    static int put_to_stream(void *user, const char *octets, std::size_t length)
    {
        return detail::guard<int>([=] {
            std::ostream &to = *static_cast<std::ostream *>(user);

            to.write(octets, static_cast<std::streamsize>(length));
            return to.good() ? 0 : 1;
        });
    }
    /* Freed before what it borrows. */
    std::unique_ptr<kept> kept_;
    detail::handle<ndr_report, ndr_report_free> report_;
};

/* ---- Parts of the trade -------------------------------------------------- */

/** An SMTP reply taken apart. */
struct reply {
    int code = 0;       /* 0: none */
    std::string status; /* empty: none */
    std::size_t text_offset = 0;
    bool is_complete = false;
};

inline reply parse_reply(text from)
{
    reply found;
    char status[12] = "";
    const int code = ndr_reply_parse(from.data(), from.size(), &found.code,
                                     status, &found.text_offset);

    found.status = status;
    found.is_complete = code == NDR_OK;
    detail::check(code, "");
    return found;
}

/** NDR_OK and bits of enum ndr_notify, or NDR_E_TEXT. */
inline int parse_notify(text value, int &notify)
{
    return detail::check(ndr_notify_parse(value.data(), value.size(), &notify),
                         "");
}

/** NDR_OK and an enum ndr_return, or NDR_E_TEXT. */
inline int parse_return(text value, int &how_much)
{
    return detail::check(
        ndr_return_parse(value.data(), value.size(), &how_much), "");
}

inline bool is_automatic(text message) noexcept
{
    return ndr_message_is_automatic(message.data(), message.size()) != 0;
}

/** The name of a code, or NULL. */
inline const char *status_name(const char *status,
                               ndr_status_text which = NDR_STATUS_NAME) noexcept
{
    return ndr_status_describe(status, which);
}

/** The codes of the registry. */
inline std::vector<std::string> statuses()
{
    std::vector<std::string> all;
    const char *status;

    while ((status = ndr_status_next(all.size())) != nullptr)
        all.push_back(status);
    return all;
}

inline std::string xtext_encode(text octets)
{
    std::string to;

    detail::check(detail::measure(
                      [=](char *out, std::size_t size, std::size_t *need) {
                          return ndr_xtext_encode(octets.data(), octets.size(),
                                                  out, size, need);
                      },
                      to),
                  "");
    return to;
}

/** NDR_OK, or NDR_E_TEXT if it is no xtext. */
inline int xtext_decode(text xtext, std::string &to)
{
    return detail::check(
        detail::measure(
            [=](char *out, std::size_t size, std::size_t *need) {
                return ndr_xtext_decode(xtext.data(), xtext.size(), out, size,
                                        need);
            },
            to),
        "");
}

} /* namespace ndr */

#endif /* LIBNDR_NDR_HPP */
