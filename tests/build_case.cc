// SPDX-License-Identifier: ISC
//
// build_case FOLDER CASE.json...: as build_case.c, through ndr.hpp.
#include <libndr/ndr.hpp>

#include <fstream>
#include <jansson.h>

namespace
{

// A value of a document; one that is not there is empty.
class value
{
  public:
    explicit value(json_t *from) : json_(from)
    {
    }
    value operator[](const char *key) const
    {
        return value(json_object_get(json_, key));
    }
    value at(std::size_t index) const
    {
        return value(json_array_get(json_, index));
    }
    std::size_t size() const
    {
        return json_array_size(json_);
    }
    explicit operator bool() const
    {
        return json_ != nullptr;
    }
    bool is_on() const
    {
        return json_is_true(json_);
    }
    std::int64_t number() const
    {
        return json_integer_value(json_);
    }
    std::string str() const
    {
        return json_is_string(json_) ? std::string(json_string_value(json_),
                                                   json_string_length(json_))
                                     : std::string();
    }
    json_t *get() const
    {
        return json_;
    }

  private:
    json_t *json_;
};

std::string from_base64(const std::string &from)
{
    const std::string digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string to;
    unsigned long bits = 0;
    int count = 0;

    for (char each : from.substr(0, from.find('='))) {
        bits = bits << 6 | digits.find(each);
        count += 6;
        if (count >= 8) {
            count -= 8;
            to += static_cast<char>(bits >> count & 255);
        }
    }
    return to;
}

template <class Enum>
Enum named(const value &name, std::initializer_list<const char *> names)
{
    int place = 0;

    for (const char *each : names) {
        if (name.str() == each)
            return static_cast<Enum>(place);
        place++;
    }
    return Enum();
}

void set_up(ndr::profile &profile, const value &facts)
{
    if (value given = facts["reporting_authority"])
        profile.set_reporting_authority(given.str());
    if (value given = facts["postmaster"])
        profile.set_postmaster(given.str());
    if (value given = facts["internal_domains"])
        profile.set_internal_domains(given.str());
    if (value given = facts["audience"])
        profile.set_audience(
            named<ndr_audience>(given, {"external", "internal"}));
    if (value given = facts["language"])
        profile.set_language(given.str());
    if (value given = facts["detect_language"])
        profile.set_language_detection(given.is_on());
    if (value given = facts["organisation"])
        profile.set_organisation(given["name"].str(), given["accent"].str());
    if (value given = facts["html"])
        profile.set_html(given.is_on());
    if (value given = facts["grouping"])
        profile.set_grouping(given.is_on());
    if (value given = facts["max_header_bytes"])
        profile.set_limit(NDR_LIMIT_HEADER,
                          static_cast<std::uint64_t>(given.number()));
    std::string names;
    for (std::size_t i = 0; i < facts["drop_headers"].size(); i++)
        names += facts["drop_headers"].at(i).str() + " ";
    profile.set_header_filter(NDR_HEADERS_DROP, names);
}

void set_facts(ndr::report &report, const value &facts, std::int32_t offset)
{
    report.set_sender(facts["return_path"].str())
        .set_date({facts["date"].number(), offset})
        .set_seed(facts["seed"].str())
        .set_return(
            named<ndr_return>(facts["return"], {"headers", "full", "none"}))
        .set_transport(
            (facts["eightbit"].is_on() ? NDR_TRANSPORT_8BITMIME : 0) |
            (facts["smtputf8"].is_on() ? NDR_TRANSPORT_SMTPUTF8 : 0));
    if (value given = facts["arrival"])
        report.set_arrival_date({given.number(), offset});
    if (value given = facts["subject"])
        report.set_subject(given.str());
    if (value given = facts["message_id"])
        report.set_message_id(given.str());
    if (value given = facts["envid"])
        report.set_envelope_id(given.str());
    if (value given = facts["received_from"])
        report.set_received_from(given["helo"].str(), given["ip"].str());
}

int bits_of(const value &notify)
{
    int bits = 0, all = 0;

    if (notify.size() == 0)
        ndr::parse_notify(notify.str(), all);
    for (std::size_t i = 0; i < notify.size(); i++) {
        ndr::parse_notify(notify.at(i).str(), bits);
        all |= bits;
    }
    return all;
}

void add_recipient(ndr::report &report, const value &facts, std::int32_t offset)
{
    ndr::recipient recipient = report.add_recipient(facts["address"].str());

    if (value given = facts["status"])
        recipient.set_status(given.str());
    if (value given = facts["action"])
        recipient.set_action(named<ndr_action>(
            given, {"failed", "delayed", "delivered", "relayed", "expanded"}));
    if (value given = facts["orcpt"])
        recipient.set_original_recipient(given.str());
    if (value given = facts["remote_server"])
        recipient.set_remote_server(given.str(), facts["remote_ip"].str());
    if (value given = facts["response"]) {
        value type = facts["diagnostic_type"];
        recipient.set_diagnostic(type ? type.str() : "smtp",
                                 given["b64"] ? from_base64(given["b64"].str())
                                              : given.str());
    }
    if (value given = facts["notify"])
        recipient.set_notify(bits_of(given));
    if (value given = facts["last_attempt"])
        recipient.set_last_attempt({given.number(), offset});
    if (value given = facts["will_retry_until"])
        recipient.set_retry_until({given.number(), offset});
    if (value given = facts["log_id"])
        recipient.set_log_id(given.str());
    if (value given = facts["text"])
        recipient.set_text(given.str());
    if (facts["hide_final"].is_on()) {
        const std::string orcpt = facts["orcpt"].str();
        recipient.set_hidden(orcpt.substr(orcpt.find(';') + 1));
    }
    for (std::size_t i = 0; i < facts["attempts"].size(); i++) {
        value each = facts["attempts"].at(i);
        recipient.add_attempt({each["time"].number(), offset},
                              each["host"].str(), each["ip"].str(),
                              each["text"].str());
    }
    const char *name;
    json_t *field;
    json_object_foreach(facts["fields"].get(), name, field)
        recipient.add_field(name, value(field).str());
}

std::string build(const std::string &path)
{
    const std::unique_ptr<json_t, void (*)(json_t *)> root(
        json_load_file(path.c_str(), 0, nullptr), json_decref);
    const value document(root.get()), facts = document["report"];
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    const auto offset = static_cast<std::int32_t>(facts["tz_minutes"].number());
    std::ifstream original(folder + document["original"].str(),
                           std::ios::binary);
    ndr::catalog catalog;

    for (std::size_t i = 0; i < document["templates"].size(); i++) {
        value each = document["templates"].at(i);
        catalog.add("Status: " + each["match"].str() + "\n\n" +
                    each["text"].str());
    }
    ndr::profile profile(facts["generating_server"].str());
    profile.set_catalog(catalog);
    set_up(profile, facts);
    ndr::report report(profile);
    set_facts(report, facts, offset);
    report.borrow_original(original);
    for (std::size_t i = 0; i < document["recipients"].size(); i++)
        add_recipient(report, document["recipients"].at(i), offset);
    std::string message;
    for (const ndr::text &piece : report.pieces())
        message += piece.str();
    return message;
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        const std::string path = argv[i];
        const std::size_t from = path.rfind('/') + 1;
        std::string name = path.substr(from, path.rfind('.') - from), content;

        try {
            content = build(path);
            name += ".eml";
        } catch (const ndr::error &error) {
            content = std::string(error.what()) + "\n";
            name += ".error";
        }
        std::ofstream(std::string(argv[1]) + "/" + name, std::ios::binary)
            << content;
    }
}
