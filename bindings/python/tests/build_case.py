# SPDX-License-Identifier: ISC
"""build_case.py FOLDER CASE.json...: build the reports of some cases, in the
notation of `ndr build --json`, as FOLDER/CASE.eml or FOLDER/CASE.error."""
import base64
import json
import pathlib
import sys

from libndr import (Action, Audience, Catalog, Limit, NdrError, Notify,
                    Profile, Report, Return, Transport)


def octets(value):
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value


def notify(value):
    names = [value] if isinstance(value, str) else value
    return sum((Notify[each] for each in names), Notify.DEFAULT)


def build(document, folder):
    facts = document["report"]
    offset = facts.get("tz_minutes", 0)

    def at(fact, key):
        return (fact[key], offset) if key in fact else None

    catalog = Catalog(f"Status: {each['match']}\n\n{each['text']}"
                      for each in document.get("templates", ()))
    organisation = facts.get("organisation", {})
    limits = {Limit.HEADER: facts["max_header_bytes"]} \
        if "max_header_bytes" in facts else None
    audience = Audience[facts["audience"].upper()] \
        if "audience" in facts else None
    profile = Profile(
        facts["generating_server"], catalog=catalog, audience=audience,
        reporting_authority=facts.get("reporting_authority"),
        postmaster=facts.get("postmaster"), language=facts.get("language"),
        detect_language=facts.get("detect_language"),
        organisation=organisation.get("name"),
        accent=organisation.get("accent"),
        internal_domains=facts.get("internal_domains"),
        grouping=facts.get("grouping"), html=facts.get("html"),
        drop_headers=facts.get("drop_headers"), limits=limits)
    transport = Transport.SEVEN_BIT
    if facts.get("eightbit"):
        transport |= Transport.EIGHTBITMIME
    if facts.get("smtputf8"):
        transport |= Transport.SMTPUTF8
    received = facts.get("received_from")
    with Report(profile, sender=facts["return_path"], date=at(facts, "date"),
                arrival_date=at(facts, "arrival"), seed=facts.get("seed"),
                subject=facts.get("subject"), message_id=facts.get("message_id"),
                envelope_id=facts.get("envid"), transport=transport,
                received_from=received and (received["helo"], received["ip"]),
                returns=Return[facts.get("return", "headers").upper()],
                original=folder / document["original"]) as report:
        for each in document["recipients"]:
            hidden = each["orcpt"].split(";")[1] \
                if each.get("hide_final") else None
            recipient = report.add_recipient(
                each["address"], status=each.get("status"),
                action=Action[each.get("action", "failed").upper()],
                original_recipient=each.get("orcpt"), hidden=hidden,
                remote_server="remote_server" in each and
                (each["remote_server"], each.get("remote_ip")) or None,
                diagnostic="response" in each and
                (each.get("diagnostic_type", "smtp"), octets(each["response"]))
                or None,
                notify=notify(each["notify"]) if "notify" in each else None,
                last_attempt=at(each, "last_attempt"),
                retry_until=at(each, "will_retry_until"),
                log_id=each.get("log_id"), text=each.get("text"))
            for attempt in each.get("attempts", ()):
                recipient.add_attempt((attempt["time"], offset),
                                      attempt.get("host"), attempt.get("ip"),
                                      attempt.get("text"))
            for name, value in each.get("fields", {}).items():
                recipient.add_field(name, value)
        return b"".join(report)


def main(folder, *cases):
    for each in map(pathlib.Path, cases):
        try:
            report = build(json.loads(each.read_text("utf-8")), each.parent)
        except NdrError as error:
            name, report = each.stem + ".error", f"{error}\n".encode()
        else:
            name = each.stem + ".eml"
        (pathlib.Path(folder) / name).write_bytes(report)


if __name__ == "__main__":
    main(*sys.argv[1:])
