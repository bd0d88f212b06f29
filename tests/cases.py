#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""cases.py: compile tests/cases/*.json into tests/cases_data.c.

The JSON is that of `ndr build --json`; the C tables hold the same calls, so that
the golden suite needs no JSON reader. tests/cases/variants.json changes keys of a
case: each change is a case of its own. Run it when a case changes; its output is
committed.
"""
import base64
import copy
import glob
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
PLACEHOLDERS = {"{remote}": "{remote_server}", "{response}": "{reply}",
                "{server}": "{generating_server}"}
ACTIONS = ["failed", "delayed", "delivered", "relayed", "expanded"]
RETURNS = ["headers", "full", "none"]


def octets(value):
    return base64.b64decode(value["b64"]) if isinstance(value, dict) \
        else value.encode()


def mapped(text):
    """The notation's placeholder names as the library's, in one pass."""
    out, at = b"", 0
    while at < len(text):
        for theirs, ours in PLACEHOLDERS.items():
            if text.startswith(theirs.encode(), at):
                out, at = out + ours.encode(), at + len(theirs)
                break
        else:
            step = 2 if text.startswith(b"{{", at) else 1
            out, at = out + text[at:at + step], at + step
    return out


def unxtext(text):
    out, at = b"", 0
    while at < len(text):
        if text[at:at + 1] == b"+":
            out, at = out + bytes([int(text[at + 1:at + 3], 16)]), at + 3
        else:
            out, at = out + text[at:at + 1], at + 1
    return out


def report_calls(report):
    """Calls of the profile, then of the report."""
    tz = report.get("tz_minutes", 0)
    profile = [("SERVER", octets(report["generating_server"]), b"", 0)]
    if "html" in report:
        profile.append(("HTML", b"", b"", int(report["html"])))
    if "drop_headers" in report:
        names = " ".join(report["drop_headers"])
        profile.append(("DROP", names.encode(), b"", 0))
    if "max_header_bytes" in report:
        profile.append(("MAX_HEADER", b"", b"", report["max_header_bytes"]))
    calls = [("TZ", b"", b"", tz),
             ("SENDER", octets(report["return_path"]), b"", 0),
             ("DATE", b"", b"", report["date"])]
    for key, call in (("subject", "SUBJECT"), ("envid", "ENVID")):
        if key in report:
            calls.append((call, octets(report[key]), b"", 0))
    if "arrival" in report:
        calls.append(("ARRIVAL", b"", b"", report["arrival"]))
    if "return" in report:
        calls.append(("RETURN", b"", b"", RETURNS.index(report["return"])))
    transport = bool(report.get("eightbit")) | 2 * bool(report.get("smtputf8"))
    if transport:
        calls.append(("TRANSPORT", b"", b"", transport))
    return profile, calls


def recipient_calls(r):
    calls = [("RECIPIENT", octets(r["address"]), b"", 0)]
    for key, call in (("orcpt", "ORCPT"), ("status", "STATUS"),
                      ("remote_server", "REMOTE")):
        if key in r:
            calls.append((call, octets(r[key]), b"", 0))
    if "action" in r:
        calls.append(("ACTION", b"", b"", ACTIONS.index(r["action"])))
    if "response" in r:
        kind = r.get("diagnostic_type", "smtp").encode()
        calls.append(("RESPONSE", octets(r["response"]), kind, 0))
    for key, call in (("last_attempt", "LAST_ATTEMPT"),
                      ("will_retry_until", "RETRY_UNTIL")):
        if key in r:
            calls.append((call, b"", b"", r[key]))
    if r.get("hide_final"):
        calls.append(("HIDDEN", unxtext(octets(r["orcpt"]).split(b";", 1)[1]),
                      b"", 0))
    return calls


def repeated(template, number):
    def put(value):
        return value.replace("%04d", "%04d" % number) \
            if isinstance(value, str) else value
    return {k: put(v) for k, v in template.items()
            if k not in ("count", "from")}


def compile_case(doc, original):
    profile, calls = report_calls(doc["report"])
    for t in doc.get("templates", []):
        entry = b"Status: " + t["match"].encode() + b"\n\n"
        profile.append(("TEMPLATE", entry + mapped(octets(t["text"])), b"", 0))
    recipients = list(doc.get("recipients", []))
    if "recipients_repeat" in doc:
        r = doc["recipients_repeat"]
        # as many as the golden file shows; the suite adds thousands itself
        recipients += [repeated(r, n) for n in range(min(r["count"], 50))]
    for r in recipients:
        calls += recipient_calls(r)
    if original is not None:
        calls.append(("ORIGINAL", original, b"", 0))
    return profile, calls, int(bool(doc["report"].get("mixed")))


def changed(doc, changes):
    doc = copy.deepcopy(doc)
    for path, value in changes.items():
        *way, last = path.split(".")
        node = doc
        for part in way:
            node = node[int(part)] if isinstance(node, list) else node[part]
        last = int(last) if isinstance(node, list) else last
        if value is None:
            node.pop(last)
        else:
            node[last] = value
    return doc


def original_of(doc):
    if "original" not in doc:
        return None
    with open(os.path.join(HERE, "cases", doc["original"]), "rb") as f:
        return f.read()


def all_cases():
    with open(os.path.join(HERE, "cases", "variants.json")) as f:
        variants = json.load(f)
    for path in sorted(glob.glob(os.path.join(HERE, "cases", "[0-9]*.json"))):
        name = os.path.basename(path)[:-5]
        with open(path) as f:
            doc = json.load(f)
        yield "case-" + name, compile_case(doc, original_of(doc))
        for n, v in enumerate(variants.get(name, []), 1):
            other = changed(doc, v.get("set", {}))
            original = v["original_text"].encode() if "original_text" in v \
                else original_of(other)
            yield "case-%s-%d" % (name, n), compile_case(other, original)


class Pool:
    """Texts as C arrays, each once."""

    def __init__(self):
        self.names = {b"": "none"}
        self.lines = ["static const unsigned char none[] = {0};"]

    def name(self, text):
        if text not in self.names:
            self.names[text] = "t%d" % len(self.names)
            self.lines.append("static const unsigned char %s[] = {"
                              % self.names[text])
            row = "   "
            for c in text:
                cell = " %d," % c
                if len(row) + len(cell) > 80:
                    self.lines.append(row)
                    row = "   "
                row += cell
            self.lines += [row, "};"]
        return self.names[text]


def main():
    pool, tables, rows = Pool(), [], []
    for number, (name, (profile, calls, mixed)) in enumerate(all_cases()):
        for kind, some in (("profile", profile), ("report", calls)):
            tables.append("static const case_call %s_%d[] = {"
                          % (kind, number))
            for call, a, b, n in some:
                tables.append("    {CALL_%s, %s, %d,"
                              % (call, pool.name(a), len(a)))
                tables.append("     %s, %d, INT64_C(%d)},"
                              % (pool.name(b), len(b), n))
            tables.append("};")
        rows.append('    {"%s",' % name)
        rows.append("     profile_%d, %d, report_%d, %d, %d}," % (
            number, len(profile), number, len(calls), mixed))
    with open(os.path.join(HERE, "cases_data.c"), "w") as f:
        f.write("/* SPDX-License-Identifier: ISC */\n"
                "/* Generated by tests/cases.py from tests/cases. */\n"
                '#include "golden_cases.h"\n\n')
        f.write("\n".join(pool.lines + [""] + tables) + "\n\n")
        f.write("const case_row case_rows[] = {\n" + "\n".join(rows) + "\n};\n")
        f.write("const size_t case_row_count = %d;\n" % (len(rows) // 2))


if __name__ == "__main__":
    main()
