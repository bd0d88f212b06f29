// SPDX-License-Identifier: ISC
//
// ndr.hpp: what goes in comes out, errors and what callbacks throw come through,
// and nothing is left behind. Prints TAP. Compiled without exceptions too.
#include <libndr/ndr.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <thread>

#include <stdio.h> // fileno

namespace
{

const char original[] = "From: Jane Doe <jane@example.com>\r\n"
                        "Subject: Spring planning\r\n"
                        "\r\n"
                        "See you on Thursday?\r\n";

int cases, failures;

void result(bool is_good, const char *name)
{
    std::cout << (is_good ? "ok " : "not ok ") << ++cases << " - " << name
              << "\n";
    failures += !is_good;
}

bool has(const std::string &in, const char *what)
{
    return in.find(what) != std::string::npos;
}

// An allocator that knows what is still there, and fails when told to.
struct memory {
    std::size_t octets = 0;
    long calls = 0, fail_at = -1;
    ndr_allocator allocator = {reallocate, this};

    static void *reallocate(void *user, void *old, std::size_t old_size,
                            std::size_t size)
    {
        memory &self = *static_cast<memory *>(user);

        if (size == 0) {
            self.octets -= old == nullptr ? 0 : old_size;
            std::free(old);
            return nullptr;
        }
        if (self.fail_at >= 0 && ++self.calls >= self.fail_at)
            return nullptr;
        old = std::realloc(old, size);
        self.octets += size - old_size;
        return old;
    }
};

ndr::report make_report(const ndr::profile &by)
{
    ndr::report report(by);

    report.set_sender("jane@example.com").set_date({1795536318, 60});
    report.set_original(original);
    report.add_recipient(std::string("joe@contoso.com"))
        .set_remote_server("mail.contoso.com", "192.0.2.1")
        .set_reply("550 5.1.1 User unknown");
    return report; // and so it can be moved
}

void check_facts()
{
    using std::chrono::milliseconds;
    using std::chrono::system_clock;
    ndr::catalog words;
    ndr::profile by("mail1.example.com");

    by.set_reporting_authority("dsn.example.com")
        .set_postmaster("Post <postmaster@example.com>")
        .set_catalog(words)
        .set_audience(NDR_AUDIENCE_INTERNAL)
        .set_language("de")
        .set_language_detection(false)
        .set_organisation("Example Ltd", "#336699")
        .set_internal_domains("example.com")
        .set_grouping(false)
        .set_html(false)
        .set_header_filter(NDR_HEADERS_DROP, "X-*")
        .set_charsets(NDR_CHARSETS_BUILTIN)
        .set_diagnostics(true)
        .set_host_masking(false)
        .set_failed_recipients(true)
        .set_copy_codes("5.1.1")
        .set_copy_mailbox("boss@example.com")
        .set_limit(NDR_LIMIT_REPLY, 100);
    result(by.error() == NDR_OK && by.error_detail().empty(),
           "every setting of a profile");

    ndr::report report = make_report(by);
    report.set_message_id("<7@x.example>")
        .set_seed(ndr::text("\0q", 2))
        .set_subject("Nicht zugestellt")
        .set_arrival_date(
            {system_clock::time_point(milliseconds(-500)), NDR_OFFSET_UNKNOWN})
        .set_language("fr")
        .set_envelope_id("QQ+2B")
        .set_received_from("desk7.example.com", "192.0.2.9")
        .set_gateway("gw.example.com")
        .set_require_tls(true)
        .set_return(NDR_RETURN_HEADERS)
        .set_transport(NDR_TRANSPORT_SMTPUTF8)
        .add_field("X-Queue", "4d3F")
        .add_header("X-Loop", "mail1");
    report.add_recipient("ann@contoso.com")
        .set_action(NDR_ACTION_FAILED)
        .set_status("5.4.4")
        .set_diagnostic("X-Local", "no route")
        .set_original_recipient("rfc822;a@contoso.com")
        .set_notify(NDR_NOTIFY_FAILURE)
        .set_last_attempt(1795536000)
        .set_retry_until(1795536000)
        .set_log_id("log 77")
        .set_text("Call Ann.")
        .add_attempt(1795536000, "mx.contoso.com", nullptr, "no answer")
        .add_field("X-Try", "3");
    report.add_recipient("bob@contoso.com").set_hidden("team@contoso.com");
    report.preload();
    report.prepare();
    result(report.envelope_sender().empty() &&
               report.envelope_recipient().str() == "jane@example.com" &&
               report.envelope_notify() == NDR_NOTIFY_NEVER &&
               !report.envelope_id().empty() && report.needs_require_tls() &&
               !report.needs_smtputf8() && !report.needs_8bitmime() &&
               report.message_id().str() == "<7@x.example>",
           "the envelope");
    const std::string message = report.str();
    bool all = true;
    for (const char *each :
         {"Subject: Nicht zugestellt", "X-Queue: 4d3F", "X-Loop: mail1",
          "DSN-Gateway: dns; gw.example.com", "Final-Log-ID: log 77",
          "Arrival-Date: Wed, 31 Dec 1969 23:59:59 -0000", "Call Ann.",
          "X-Try: 3", "rfc822; team@contoso.com", "X-Local; no route",
          "X-Failed-Recipients: ", "Remote-MTA: dns; mail.contoso.com"})
        all = all && has(message, each);
    result(all && !has(message, "bob@contoso.com"), "every fact of a report");
    result(report.copy_due() && report.actions_due() == NDR_ACTIONS_FAILED,
           "decisions");
    report.set_copy(true).prepare();
    result(report.envelope_recipient().str() == "boss@example.com", "a copy");
}

void check_output()
{
    ndr::profile by("mail1.example.com");
    ndr::report report = make_report(by);
    const std::string message = report.str();
    std::string all;
    std::uint64_t length = 0;

    for (const ndr::text &piece : report.pieces())
        all += piece.str();
    result(all == message && !message.empty(), "pieces");
    all.clear();
    for (const ndr::text &piece : report.pieces()) {
        all = piece.str();
        break;
    }
    result(has(all, "\r\n\r\n") && all.find("\r\n\r\n") == all.size() - 4,
           "the first one is the header");
    all.clear();
    report.write([&all](ndr::text piece) { all += piece.str(); });
    result(all == message, "a function");
    std::ostringstream stream;
    report.write(stream);
    result(stream.str() == message, "a stream");
    std::FILE *file = std::tmpfile();
    report.write(file);
    result(std::ftell(file) == static_cast<long>(message.size()), "a file");
    std::rewind(file);
    result(report.rewind() == NDR_OK && report.write_fd(fileno(file)) == NDR_OK,
           "a descriptor");
    std::fclose(file);
    report.set_output(NDR_OUTPUT_LF);
    result(!has(report.str(), "\r") && has(report.str(), "\n\n--"),
           "lines that end with LF");
    report.set_output(NDR_OUTPUT_CRLF);
    report.length(length);
    result(length == message.size(), "the length");
    all.clear();
    char buffer[7];
    std::size_t got = 0;
    report.rewind();
    while (report.read(buffer, sizeof(buffer), got) == NDR_OK)
        all.append(buffer, got);
    result(all == message, "a buffer");

    std::istringstream from(std::string("before") + original);
    from.seekg(6);
    report.reset().set_sender("jane@example.com").set_date({1795536318, 60});
    report.borrow_original(from);
    report.add_recipient("joe@contoso.com")
        .set_remote_server("mail.contoso.com", "192.0.2.1")
        .set_reply("550 5.1.1 User unknown");
    result(report.str() == message, "an original from a stream");
    file = std::tmpfile();
    std::fputs(original, file);
    std::rewind(file);
    for (bool is_stream : {true, false}) {
        report.reset()
            .set_sender("jane@example.com")
            .set_date({1795536318, 60});
        if (is_stream)
            report.borrow_original(file);
        else
            report.borrow_original_fd(fileno(file));
        report.add_recipient("joe@contoso.com")
            .set_remote_server("mail.contoso.com", "192.0.2.1")
            .set_reply("550 5.1.1 User unknown");
        result(report.str() == message, "an original from a file");
    }
    report.reset();
    std::fclose(file);

    report.reset(by);
    result(report.error() == NDR_OK, "reset");
}

void check_words()
{
    ndr::catalog words;
    std::string entry;
    std::size_t index = 9;

    words.add("Status: 5.1.1\n\nNobody is called {recipient}.");
    std::istringstream file("# words\nStatus: 5.2.2\n\nFull.\n");
    words.load(file, "own.msg");
    std::FILE *last = std::tmpfile();
    std::fputs("Status: 5.3.4\n\nLarge.\n", last);
    std::rewind(last);
    words.load(last, "last.msg");
    std::fclose(last);
    result(words.entry(0, entry) == NDR_OK && has(entry, "Nobody") &&
               words.entry(3, entry) == NDR_END && entry.empty() &&
               words.find("5.2.2", index) == NDR_OK && index == 1 &&
               words.find("5.7.1", index) == NDR_END,
           "a catalog");
    result(ndr::catalog::find_builtin("5.1.1", index, NDR_ACTION_FAILED,
                                      NDR_AUDIENCE_EXTERNAL, "de") == NDR_OK &&
               ndr::catalog::builtin_entry(index, entry) == NDR_OK &&
               has(entry, "Language: de"),
           "the built-in words");

    std::string asked;
    words.set_resolver([&asked](const ndr::query &query, std::string &to) {
        asked =
            query.status().str() + query.language().str() + query.reply().str();
        to = "\nAsk Ann.";
        return query.action() == NDR_ACTION_FAILED &&
               query.audience() == NDR_AUDIENCE_EXTERNAL;
    });
    ndr::catalog moved = std::move(words);
    ndr::profile by("mail1.example.com");
    by.set_catalog(moved).set_html(false);
    result(has(make_report(by).str(), "Ask Ann.") &&
               asked == "5.1.1en550 5.1.1 User unknown",
           "a resolver");
    moved.set_resolver(nullptr);
    result(has(make_report(by).str(), "Nobody is called joe@contoso.com."),
           "no resolver");
    by.set_catalog(nullptr);
    result(has(make_report(by).str(), "No such mailbox"), "no catalog");
}

void check_trade()
{
    int number = -1;
    std::string text;
    const ndr::reply reply = ndr::parse_reply("550 5.1.1 User unknown");

    result(reply.code == 550 && reply.status == "5.1.1" &&
               reply.text_offset == 10 && reply.is_complete &&
               !ndr::parse_reply("550-x").is_complete,
           "replies");
    result(ndr::parse_notify("NEVER", number) == NDR_OK &&
               number == NDR_NOTIFY_NEVER &&
               ndr::parse_return("full", number) == NDR_OK &&
               number == NDR_RETURN_FULL,
           "parameters");
    result(ndr::xtext_encode("a+b") == "a+2Bb" &&
               ndr::xtext_decode("a+2Bb", text) == NDR_OK && text == "a+b" &&
               ndr::xtext_decode("", text) == NDR_OK && text.empty(),
           "xtext");
    result(ndr::is_automatic("Auto-Submitted: auto-replied\n") &&
               ndr::status_name("5.1.1") != nullptr &&
               ndr::status_name("5.99.99") == nullptr &&
               ndr::statuses().size() > 50 &&
               std::string(ndr::version()) == NDR_VERSION &&
               std::string(ndr::error_name(-8)) == "NDR_E_STATUS" &&
               *ndr::error_text(-8) != '\0',
           "the rest");
}

#ifdef NDR_NO_EXCEPTIONS

void check_errors()
{
    ndr::profile by("mail1.example.com"), bad("no host");
    ndr::report report = make_report(by);

    report.add_recipient("ann@contoso.com").set_status("5.1");
    report.add_recipient("bob@contoso.com").set_status("5.1.2");
    std::ostringstream stream;
    result(report.write(stream) == NDR_E_STATUS &&
               has(report.error_detail().str(), "recipient 2: status \"5.1\""),
           "one look at the end is enough");
    result(report.render().empty() &&
               report.pieces().begin() == report.pieces().end(),
           "no octets after an error");
    result(bad.error() == NDR_E_HOST &&
               make_report(bad).prepare() == NDR_E_HOST,
           "the error of a profile is that of its reports");
    report.reset().set_sender("").set_date(0);
    report.add_recipient("joe@contoso.com");
    result(report.prepare() == NDR_NOTHING_DUE &&
               report.why_nothing_due() == NDR_NOTHING_NULL_RETURN_PATH,
           "nothing due");
    memory none;
    none.fail_at = 0;
    ndr::profile empty("mail1.example.com", &none.allocator);
    result(make_report(empty).prepare() == NDR_E_NOMEM, "no memory");
}

#else

struct trouble {
    int number;
};

template <class Call> int code_of(Call make)
{
    try {
        make();
    } catch (const ndr::error &error) {
        return error.code();
    } catch (const std::bad_alloc &) {
        return NDR_E_NOMEM;
    } catch (const trouble &trouble) {
        return trouble.number;
    }
    return NDR_OK;
}

void check_errors()
{
    ndr::profile by("mail1.example.com");
    ndr::report report = make_report(by);

    try {
        report.add_recipient("ann@contoso.com").set_status("5.1");
        result(false, "an error");
    } catch (const std::runtime_error &error) {
        result(
            has(error.what(), "recipient 2: status \"5.1\"") &&
                report.error() == NDR_E_STATUS &&
                report.error_detail().str() == error.what() &&
                std::string(dynamic_cast<const ndr::error &>(error).name()) ==
                    "NDR_E_STATUS",
            "an error");
    }
    try {
        report.reset().set_sender("").set_date(0);
        report.add_recipient("joe@contoso.com");
        report.write(std::cerr);
        result(false, "nothing due");
    } catch (const ndr::nothing_due &nothing) {
        result(nothing.reason() == NDR_NOTHING_NULL_RETURN_PATH &&
                   std::string(nothing.what()) ==
                       "nothing is due: the return path is null" &&
                   report.why_nothing_due() == nothing.reason(),
               "nothing due");
    }
    result(code_of([] { ndr::profile("no host"); }) == NDR_E_HOST &&
               code_of([] { ndr::catalog().add("Status 5"); }) ==
                   NDR_E_TEMPLATE &&
               code_of([&] { ndr::report(by).str(); }) == NDR_E_MISSING,
           "each object throws its own");
    result(code_of([&] {
               ndr::report late = make_report(by);
               late.prepare();
               late.set_original("Subject: other\n\n");
           }) == NDR_E_ORDER,
           "too late");
    std::ostringstream broken;
    broken.setstate(std::ios::badbit);
    result(code_of([&] { make_report(by).write(broken); }) == NDR_E_SINK,
           "a stream that fails");
}

std::int64_t read_original(std::uint64_t offset, void *buffer, std::size_t size)
{
    const std::size_t from = static_cast<std::size_t>(offset);
    const std::size_t left = sizeof(original) - 1 - from;

    size = size < left ? size : left;
    std::memcpy(buffer, original + from, size);
    return static_cast<std::int64_t>(size);
}

// A stream that can seek, and cannot be read.
struct bad_buffer : std::stringbuf {
    bad_buffer() : std::stringbuf(original)
    {
    }
    std::streamsize xsgetn(char *, std::streamsize) override
    {
        throw trouble{5};
    }
};

void check_throws()
{
    ndr::catalog words;
    words.set_resolver(
        [](const ndr::query &, std::string &) -> bool { throw trouble{3}; });
    ndr::profile by("mail1.example.com"), asking("mail1.example.com");
    asking.set_catalog(words).set_html(false);
    ndr::report report = make_report(by);

    result(code_of([&] {
               report.write([](ndr::text) { throw trouble{1}; });
           }) == 1 &&
               code_of([&] { report.str(); }) == NDR_OK,
           "what a sink throws");
    int thrown = 0, reads = 0;
    for (bool is_done = false; !is_done; reads++) {
        int left = reads;
        ndr::report each = make_report(by);
        each.set_return(NDR_RETURN_FULL)
            .set_original_source(
                [&left](std::uint64_t offset, void *buffer, std::size_t size) {
                    if (left-- == 0)
                        throw trouble{2};
                    return read_original(offset, buffer, size);
                },
                sizeof(original) - 1);
        is_done = code_of([&] { each.str(); }) == NDR_OK;
        if (!is_done && code_of([&] { each.str(); }) == NDR_E_SOURCE)
            thrown++;
    }
    result(thrown > 0 && thrown == reads - 1, "what a source throws");
    ndr::report words_less = make_report(asking);
    result(code_of([&] { words_less.prepare(); }) == 3 &&
               has(words_less.str(), "No such mailbox"),
           "what a resolver throws");
    int inner = 0;
    result(code_of([&] {
               report.write([&](ndr::text) {
                   inner = code_of([&] { make_report(asking).str(); });
                   throw trouble{4};
               });
           }) == 4 &&
               inner == 3,
           "one within the other");
    bad_buffer buffer;
    std::istream from(&buffer);
    from.exceptions(std::ios::badbit);
    result(code_of([&] {
               ndr::report each = make_report(by);
               each.borrow_original(from);
               each.str();
           }) == 5,
           "what a stream throws");
}

// A report in every way; what it made is freed at the end.
void everything(memory &of)
{
    ndr::catalog words(&of.allocator);
    words.add("Status: 5.1.1\n\nText.");
    words.set_resolver([](const ndr::query &, std::string &) { return false; });
    ndr::profile by("mail1.example.com", &of.allocator);
    by.set_catalog(words);
    ndr::report report = make_report(by);
    report.set_original_source(read_original, sizeof(original) - 1);
    report.write([](ndr::text) {});
    report.str();
}

void check_memory()
{
    long at = 0;
    int code = NDR_E_NOMEM;
    bool is_clean = true;

    while (code == NDR_E_NOMEM && is_clean) {
        memory of;
        of.fail_at = ++at;
        code = code_of([&] { everything(of); });
        is_clean = of.octets == 0;
    }
    result(at > 10 && code == NDR_OK && is_clean,
           "memory is freed wherever it runs out");

    memory shared;
    {
        ndr::catalog words(&shared.allocator);
        ndr::profile by("mail1.example.com", &shared.allocator);
        by.set_catalog(words);
        std::thread others[4];
        int failed[4] = {0, 0, 0, 0};
        // The allocator counts without a lock: each thread has its own.
        for (int i = 0; i < 4; i++)
            others[i] = std::thread([&failed, i] {
                memory own;
                for (int j = 0; j < 20; j++)
                    everything(own);
                failed[i] = own.octets != 0;
            });
        for (auto &each : others)
            each.join();
        result(failed[0] + failed[1] + failed[2] + failed[3] == 0, "threads");
    }
    result(shared.octets == 0, "all is freed");
}

#endif

} // namespace

int main()
{
    check_facts();
    check_output();
    check_words();
    check_trade();
    check_errors();
#ifndef NDR_NO_EXCEPTIONS
    check_throws();
    check_memory();
#endif
    std::cout << "1.." << cases << "\n";
    return failures != 0;
}
