# SPDX-License-Identifier: ISC
"""Facts in, a message out: every way of giving and of taking."""
import datetime
import email
import email.policy
import errno
import io
import os
import pathlib
import tempfile
import textwrap
import threading
import unittest

import libndr
from libndr import (Action, Actions, Catalog, ErrorCode, Nothing, Notify,
                    Report, Return, Transport)

from .support import ORIGINAL, TOP, WHEN, profile, report


class Facts(unittest.TestCase):
    def test_dates_may_have_three_forms(self):
        zone = datetime.timezone(datetime.timedelta(hours=1))
        forms = {
            WHEN: b"17:05:18 +0100",
            datetime.datetime.fromtimestamp(WHEN[0], zone): b"17:05:18 +0100",
            WHEN[0]: b"16:05:18 +0000",
            (WHEN[0], None): b"16:05:18 -0000",
        }
        for date, shown in forms.items():
            with report(date=date) as made:
                self.assertIn(b"Date: Tue, 24 Nov 2026 " + shown, bytes(made))

    def test_a_date_before_1970_rounds_down(self):
        date = datetime.datetime(1969, 12, 31, 23, 59, 59, 500000,
                                 datetime.timezone.utc)
        with report(date=date) as made:
            self.assertIn(b"Date: Wed, 31 Dec 1969 23:59:59", bytes(made))

    def test_a_date_without_a_zone_is_refused(self):
        with self.assertRaisesRegex(ValueError, "zone"):
            report(date=datetime.datetime(2026, 11, 24))

    def test_numbers_that_do_not_fit_are_not_cut_off(self):
        for date in (1 << 64, (0, 1 << 32), (0, (1 << 32) + 60)):
            with self.assertRaises(OverflowError):
                report(date=date)
        with profile() as made:
            with self.assertRaises(OverflowError):
                made.set_limit(libndr.Limit.HEADER, -1)
            with self.assertRaises(OverflowError):
                made.set_audience((1 << 32) + 1)
            with self.assertRaises(libndr.InvalidValue):
                made.set_audience(7)

    def test_text_may_be_octets(self):
        with report(recipient=None) as made:
            made.add_recipient(b"joe@contoso.com", reply=b"550 5.1.1 \xff\0")
            self.assertIn(rb"550 5.1.1 \xFF\x00", bytes(made))
        with self.assertRaises(TypeError):
            report(sender=7)

    def test_no_original(self):
        with report(original=None) as made:
            self.assertNotIn(b"rfc822-headers", bytes(made))

    def test_text_as_original_is_a_mistake(self):
        with self.assertRaisesRegex(TypeError, "not str"):
            report(original="original.eml")

    def test_octets_of_the_original_are_its_own(self):
        octets = bytearray(ORIGINAL)
        with report(original=octets) as made:
            octets[:] = b"X" * len(octets)
            self.assertIn(b"Spring planning", bytes(made))

    def test_every_fact_of_a_report(self):
        with report(
                subject="Nicht zugestellt", arrival_date=WHEN, language="de",
                message_id="<7@x.example>", envelope_id="QQ+2B",
                received_from=("desk7.example.com", "192.0.2.9"),
                gateway="gw.example.com", require_tls=True,
                returns=Return.FULL, transport=Transport.SMTPUTF8) as made:
            made.add_field("X-Queue", "4d3F")
            made.add_header("X-Loop", "mail1")
            message = bytes(made)
            self.assertTrue(made.envelope.require_tls)
        for each in (b"Subject: Nicht zugestellt", b"Arrival-Date: Tue, 24",
                     b"Content-Language: de", b"Message-ID: <7@x.example>",
                     b"Original-Envelope-Id: QQ+",
                     b"Received-From-MTA: dns; desk7.example.com",
                     b"DSN-Gateway: dns; gw.example.com", b"X-Queue: 4d3F",
                     b"X-Loop: mail1"):
            self.assertIn(each, message)

    def test_every_setting_of_a_profile(self):
        made = profile(reporting_authority="dsn.example.com",
                       copy_codes="5.1.1", copy_mailbox="boss@example.com",
                       diagnostics=True, mask_hosts=True,
                       internal_domains=["example.com"],
                       list_failed_recipients=True, builtin_charsets=True,
                       keep_headers=["Subject", "From"], language=["fr"])
        with report(made) as one:
            message = bytes(one)
            self.assertTrue(one.copy_due)
            one.set_copy(True)
            self.assertEqual(one.envelope.recipient, "boss@example.com")
        self.assertIn(b"X-Failed-Recipients: joe.bloggs@contoso.com", message)
        self.assertIn(b"Reporting-MTA: dns; example.com", message)
        self.assertNotIn(b"Date: Tue, 24 Nov 2026 16:05:11", message)
        with self.assertRaises(TypeError):
            profile(keep_headers="From", drop_headers="To")


class Decisions(unittest.TestCase):
    def test_envelope(self):
        with report() as made:
            envelope = made.envelope
            self.assertEqual(envelope.sender, "")
            self.assertEqual(envelope.recipient, "jane@example.com")
            self.assertEqual(envelope.notify, Notify.NEVER)
            self.assertFalse(envelope.smtputf8 or envelope.eightbitmime)
            self.assertIn(made.message_id.encode(), bytes(made))
            self.assertEqual(made.size, len(bytes(made)))

    def test_one_message_for_each_kind(self):
        with report() as made:
            made.add_recipient("ann@contoso.com", action=Action.DELAYED,
                               status="4.4.1")
            self.assertEqual(made.actions_due,
                             Actions.FAILED | Actions.DELAYED)
            self.assertIn(b"Action: failed", bytes(made))
            made.select_actions(Actions.DELAYED)
            self.assertNotIn(b"Action: failed", bytes(made))
            made.select_actions(Actions.MIXED)
            self.assertIn(b"Action: failed", bytes(made))
            with self.assertRaises(libndr.NothingDue) as caught:
                made.select_actions(Actions.SUCCESS)
            self.assertEqual(caught.exception.reason, Nothing.OF_THIS_KIND)

    def test_nothing_due_is_an_exception_of_its_own(self):
        with report(sender="") as made:
            self.assertEqual(made.actions_due, Actions(0))
            with self.assertRaises(libndr.NothingDue) as caught:
                made.write(lambda piece: self.fail())
            self.assertEqual(caught.exception.reason,
                             Nothing.NULL_RETURN_PATH)
            self.assertEqual(made.nothing_due, Nothing.NULL_RETURN_PATH)
            self.assertEqual(str(caught.exception),
                             "nothing is due: the return path is null")
            self.assertTrue(made.copy_due)
            made.set_copy(True)
            self.assertIn(b"To: postmaster@mail1.example.com", bytes(made))

    def test_notes(self):
        with report(envelope_id="no xtext +") as made:
            bytes(made)
            self.assertEqual(len(made.notes), 1)


class Errors(unittest.TestCase):
    def test_detail_code_and_name(self):
        with report() as made:
            with self.assertRaises(libndr.StatusError) as caught:
                made.add_recipient("ann@contoso.com", status="5.1")
            error = caught.exception
            self.assertEqual(error.code, ErrorCode.STATUS)
            self.assertEqual(error.name, "NDR_E_STATUS")
            self.assertTrue(str(error).startswith('recipient 2: status "5.1"'))
            self.assertEqual(str(error), error.detail)
            self.assertIsInstance(error, (ValueError, libndr.NdrError))
            # It stays with its report.
            with self.assertRaises(libndr.StatusError):
                bytes(made)
            self.assertEqual(made.error.detail, error.detail)
            made.reset()
            self.assertIsNone(made.error)

    def test_each_mistake_has_its_class(self):
        mistakes = {
            libndr.AddressError: lambda: report(sender="nobody"),
            libndr.DateError: lambda: report(date=(0, 2000)),
            libndr.FieldError: lambda: report(message_id="x"),
            libndr.TextError: lambda: report(subject="a\0b"),
            libndr.HostError: lambda: libndr.Profile("no host"),
            libndr.TemplateError: lambda: Catalog(["Status 5.1.1"]),
            libndr.MissingFact: lambda: bytes(Report(profile())),
            libndr.InvalidValue: lambda: report(language="???"),
            libndr.ActionError: lambda: bytes(report(recipient=None)) if
            report().add_recipient("a@b.example", action=9) else None,
        }
        for kind, mistake in mistakes.items():
            with self.subTest(kind.__name__):
                with self.assertRaises(kind) as caught:
                    mistake()
                self.assertIs(type(caught.exception), kind)
                self.assertTrue(caught.exception.detail)

    def test_too_late(self):
        with report() as made:
            made.prepare()
            with self.assertRaises(libndr.OrderError):
                made.set_subject("x")

    def test_exceptions_can_be_pickled(self):
        import pickle
        error = libndr.NothingDue(2, "why", Nothing.NOT_ASKED)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((again.code, again.detail, again.reason),
                         (error.code, error.detail, error.reason))


class Output(unittest.TestCase):
    def setUp(self):
        self.report = report()
        self.addCleanup(self.report.close)
        self.message = bytes(self.report)

    def test_pieces(self):
        pieces = list(self.report)
        self.assertEqual(b"".join(pieces), self.message)
        self.assertTrue(pieces[0].endswith(b"\r\n\r\n"))
        self.assertEqual(pieces[0].count(b"\r\n\r\n"), 1)

    def test_a_file_to_read(self):
        with self.report.open() as file:
            self.assertTrue(file.readable() and not file.writable())
            self.assertEqual(file.readline()[:6], b"From: ")
        with self.report.open() as file:
            self.assertEqual(file.read(), self.message)
            self.assertEqual(file.read(), b"")
        for size in (1, 7, 64, 5000):
            with self.report.open() as file:
                pieces = iter(lambda: file.raw.read(size), b"")
                self.assertEqual(b"".join(pieces), self.message)
        with self.report.open() as file:
            parsed = email.message_from_binary_file(
                file, policy=email.policy.default)
        self.assertEqual(parsed.get_content_type(), "multipart/report")

    def test_a_file_to_write(self):
        file = io.BytesIO()
        self.report.write(file)
        self.assertEqual(file.getvalue(), self.message)
        pieces = []
        self.report.write(pieces.append)
        self.assertEqual(b"".join(pieces), self.message)
        with tempfile.TemporaryFile("wb+", buffering=0) as raw:
            self.report.write(raw)
            raw.seek(0)
            self.assertEqual(raw.read(), self.message)

    def test_a_file_that_takes_little(self):
        taken = bytearray()

        class Little:
            def write(self, data):
                taken.extend(data[:3])
                return len(data[:3])

        self.report.write(Little())
        self.assertEqual(taken, self.message)
        with self.assertRaises(TypeError):
            self.report.write(7)
        with self.assertRaises(TypeError):
            self.report.write(io.StringIO())

    def test_the_one_who_began_last_reads(self):
        first = iter(self.report)
        next(first)
        file = self.report.open()
        with self.assertRaises(libndr.OrderError):
            next(first)
        self.assertEqual(b"".join(self.report), self.message)
        with self.assertRaises(libndr.OrderError):
            file.read()

    def test_errors_come_before_the_first_piece(self):
        with Report(profile()) as empty:
            with self.assertRaises(libndr.MissingFact):
                iter(empty)
            with self.assertRaises(libndr.MissingFact):
                empty.open()


    def test_the_form_of_the_lines(self):
        lines = self.message.replace(b"\r\n", b"\n")
        self.report.set_output(libndr.Output.LF)
        self.assertEqual(bytes(self.report), lines)
        with report(output=libndr.Output.DOTS,
                    original=b"Subject: x\n\n.\n",
                    returns=Return.FULL) as made:
            self.assertIn(b"\r\n..\r\n", bytes(made))

    def test_a_descriptor_to_write(self):
        with tempfile.TemporaryFile("wb+") as file:
            for each in (file, file.fileno()):
                file.seek(0)
                file.truncate()
                self.assertTrue(self.report.write_fd(each))
                file.seek(0)
                self.assertEqual(file.read(), self.message)
        with open(os.devnull, "rb") as closed:
            with self.assertRaises(OSError) as caught:
                self.report.write_fd(closed)
            self.assertEqual(caught.exception.errno, errno.EBADF)

    def test_a_descriptor_that_takes_no_more(self):
        size = 1 << 20
        original = ORIGINAL + b"x" * 62 + b"\r\n" * (size // 2)
        with report(original=original, returns=Return.FULL) as made:
            expected, got, reader, writer = bytes(made), [], *os.pipe()
            os.set_blocking(writer, False)
            calls = 0
            while not made.write_fd(writer):
                got.append(os.read(reader, 1 << 16))
                calls += 1
            os.close(writer)
            with os.fdopen(reader, "rb") as rest:
                got.append(rest.read())
        self.assertGreater(calls, 3)
        self.assertEqual(b"".join(got), expected)


class Originals(unittest.TestCase):
    def test_a_file_from_where_it_stands(self):
        whole = report(returns=Return.FULL)
        expected = bytes(whole)
        file = io.BytesIO(b"before" + ORIGINAL)
        file.seek(6)
        with report(original=file, returns=Return.FULL) as made:
            self.assertEqual(bytes(made), expected)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "original.eml")
            path.write_bytes(ORIGINAL)
            with report(original=path, returns=Return.FULL) as made:
                self.assertEqual(bytes(made), expected)
                opened = made._file
                self.assertFalse(opened.closed)
            self.assertTrue(opened.closed)
            with self.assertRaises(FileNotFoundError):
                report(original=pathlib.Path(folder, "none"))

    def test_a_function(self):
        asked = []

        def read_at(offset, size):
            asked.append(offset)
            return memoryview(ORIGINAL)[offset:offset + min(size, 5)]

        with report(original=None, returns=Return.FULL) as made:
            made.set_original_source(read_at, len(ORIGINAL))
            self.assertIn(b"See you on Thursday?", bytes(made))
        self.assertGreater(len(asked), 5)

    def test_a_part_of_a_file(self):
        expected = bytes(report(returns=Return.FULL))
        with tempfile.TemporaryFile("wb+") as file:
            file.write(b"before" + ORIGINAL + b"after")
            file.flush()
            for each in (file, file.fileno()):
                with report(original=None, returns=Return.FULL) as made:
                    made.set_original_fd(each, 6, len(ORIGINAL))
                    self.assertEqual(bytes(made), expected)
            with report(original=None) as made:
                with self.assertRaises(libndr.SourceError):
                    made.set_original_fd(file, 1 << 20)

    def test_one_that_ends_early(self):
        with report(original=None, returns=Return.FULL) as made:
            made.set_original_source(lambda offset, size: b"", 500)
            with self.assertRaises(libndr.SourceError):
                bytes(made)

    def test_a_large_one_in_little_memory(self):
        size = 8 << 20
        head = ORIGINAL

        def read_at(offset, count):
            count = min(count, size - offset)
            if offset < len(head):
                return head[offset:offset + count]
            line = b"x" * 62 + b"\r\n"
            at = (offset - len(head)) % 64
            return (line * (count // 64 + 2))[at:at + count]

        with report(original=None, returns=Return.FULL) as made:
            made.set_original_source(read_at, size)
            largest = total = 0
            for piece in made:
                largest, total = max(largest, len(piece)), total + len(piece)
        self.assertGreater(total, size)
        self.assertLess(largest, 1 << 18)


class Words(unittest.TestCase):
    ENTRY = "Status: 5.1.1\n\nNobody is called {recipient}."

    def test_own_words(self):
        catalog = Catalog([self.ENTRY])
        with report(profile(catalog=catalog)) as made:
            self.assertIn(b"Nobody is called joe.bloggs@contoso.com.",
                          bytes(made))
        self.assertEqual(len(list(catalog)), 1)
        self.assertIn("Nobody is called", catalog[0])
        self.assertIn("Nobody", catalog.find("5.1.1"))
        self.assertIsNone(catalog.find("5.7.1"))
        with self.assertRaises(IndexError):
            catalog[1]
        with self.assertRaises(IndexError):
            catalog[-1]

    def test_files_of_words(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "own.msg")
            path.write_text("# words\n" + self.ENTRY + "\n%%\nStatus: 5\n",
                            "utf-8")
            for source in (path, path.open("rb"), path.read_bytes()):
                with Catalog() as catalog:
                    with self.assertRaisesRegex(
                            libndr.TemplateError, r"(own\.msg|catalog):\d"):
                        catalog.load(source)
                    self.assertEqual(list(catalog), [])
                if hasattr(source, "close"):
                    source.close()
            with Catalog() as catalog:
                catalog.load(self.ENTRY, "x.msg")
                self.assertEqual(len(list(catalog)), 1)

    def test_the_built_in_words(self):
        entries = list(libndr.builtin_entries())
        self.assertGreater(len(entries), 100)
        self.assertIn("Status: ", entries[0])
        self.assertIn("Language: de", libndr.find_builtin(
            "5.1.1", language="de"))
        with self.assertRaises(libndr.StatusError):
            libndr.find_builtin("5")
        with self.assertRaises(ValueError):
            libndr.find_builtin("5.1.1\0")

    def test_a_resolver(self):
        asked = []

        def resolver(query):
            asked.append(query)
            return "\nAsk Ann about {recipient}." \
                if query.status == "5.1.1" else None

        with report(profile(catalog=Catalog(resolver=resolver))) as made:
            self.assertIn(b"Ask Ann about joe.bloggs", bytes(made))
        self.assertEqual(asked[0].status, "5.1.1")
        self.assertEqual(asked[0].language, "en")
        self.assertEqual(asked[0].action, Action.FAILED)
        self.assertEqual(asked[0].reply, "550 5.1.1 User unknown")
        self.assertEqual(asked[0].audience, libndr.Audience.EXTERNAL)

    def test_a_resolver_that_knows_nothing_or_nonsense(self):
        for answer in (None, "Status 5.1.1"):
            catalog = Catalog(resolver=lambda query: answer)
            with report(profile(catalog=catalog)) as made:
                self.assertIn(b"No such mailbox", bytes(made))

    def test_what_a_report_uses_does_not_change(self):
        catalog = Catalog([self.ENTRY])
        of = profile(catalog=catalog)
        with report(of):
            with self.assertRaises(libndr.OrderError):
                catalog.add(self.ENTRY)
            with self.assertRaises(libndr.OrderError):
                of.set_html(True)
        catalog.add(self.ENTRY)
        of.set_html(True)
        with report(of) as made:
            made.reset(profile())
            catalog.add(self.ENTRY)


class Trade(unittest.TestCase):
    def test_replies(self):
        reply = libndr.parse_reply("550 5.1.1 User unknown")
        self.assertEqual(reply, (550, "5.1.1", 10, True))
        self.assertEqual(libndr.parse_reply("550-x")[3], False)
        self.assertEqual(libndr.parse_reply("hello")[:2], (None, None))

    def test_parameters(self):
        self.assertEqual(libndr.parse_notify("success,DELAY"),
                         Notify.SUCCESS | Notify.DELAY)
        self.assertEqual(libndr.parse_return("full"), Return.FULL)
        for each in (libndr.parse_notify, libndr.parse_return):
            with self.assertRaises(libndr.TextError):
                each("x")

    def test_xtext(self):
        for octets in (b"", b"a+b=c", bytes(range(256))):
            coded = libndr.xtext_encode(octets)
            self.assertEqual(libndr.xtext_decode(coded), octets)
        self.assertEqual(libndr.xtext_encode("a+b"), "a+2Bb")
        with self.assertRaises(libndr.TextError):
            libndr.xtext_decode("+G")

    def test_status_codes(self):
        self.assertEqual(libndr.status_name("5.1.1"),
                         "Bad destination mailbox address")
        self.assertIsNone(libndr.status_name("5.99.99"))
        self.assertTrue(libndr.status_name("5.1.1", exchange=True))
        self.assertIn("X.1.1", list(libndr.statuses()))

    def test_the_rest(self):
        self.assertTrue(libndr.is_automatic("Auto-Submitted: auto-replied\n"))
        self.assertFalse(libndr.is_automatic(ORIGINAL))
        self.assertRegex(libndr.version(), r"^\d+\.\d+\.\d+$")
        self.assertEqual(libndr.error_name(-8), "NDR_E_STATUS")
        self.assertEqual(libndr.error_name(-99), "unknown")
        self.assertTrue(libndr.error_text(-8))


class Threads(unittest.TestCase):
    def test_a_profile_is_shared(self):
        of = profile(catalog=Catalog(resolver=lambda query: "\nAsk Ann."))
        expected, results = bytes(report(of)), []

        def work():
            for _ in range(20):
                with report(of) as made:
                    results.append(bytes(made))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        self.assertEqual(results, [expected] * 80)

    def test_a_report_is_not(self):
        with report() as made:
            raised = []

            def sink(piece):
                thread = threading.Thread(target=lambda: raised.append(
                    self.assertRaises(RuntimeError, bytes, made)))
                thread.start()
                thread.join()

            made.write(sink)
            self.assertTrue(raised)


class Documents(unittest.TestCase):
    """What the documents show works."""

    def run_block(self, document, beginning):
        text = (TOP / document).read_text("utf-8")
        start = text.index(beginning)
        block = textwrap.dedent(text[start:].split("```")[0].split("\n\n")[0])
        sent = []

        class Smtp:
            @staticmethod
            def sendmail(sender, recipients, message):
                sent.append((sender, recipients, message))

        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "failed.eml").write_bytes(ORIGINAL)
            before = os.getcwd()
            os.chdir(folder)
            try:
                exec(block, {"libndr": libndr, "pathlib": pathlib,
                             "smtp": Smtp, "report": report(), "now": WHEN[0]})
            finally:
                os.chdir(before)
        self.assertEqual([each[:2] for each in sent],
                         [("", ["jane@example.com"])])
        self.assertIn(b"Spring planning", sent[0][2])

    def test_readme(self):
        self.run_block("README.md", "profile = libndr.Profile(")

    def test_one_message_for_each_kind(self):
        self.run_block("docs/bindings.md", "    for kind in report.actions_due")


if __name__ == "__main__":
    unittest.main()
