# SPDX-License-Identifier: ISC
"""What callbacks raise goes through, and nothing is left behind."""
import gc
import io
import sys
import traceback
import tracemalloc
import unittest
import weakref

import libndr
from libndr import Catalog, Profile, Return

from .support import ORIGINAL, Memory, profile, report


class Trouble(Exception):
    pass


def fail(*_arguments):
    raise Trouble("here")


class BadFile(io.BytesIO):
    """Fails when it is read for the n-th time."""

    def __init__(self, count):
        super().__init__(ORIGINAL)
        self.count = count

    def read(self, size=-1):
        self.count -= 1
        if self.count < 0:
            raise Trouble("the disk is gone")
        return super().read(size)


class Raising(unittest.TestCase):
    def test_sink(self):
        with report() as made:
            try:
                made.write(fail)
            except Trouble as trouble:
                # The traceback shows where.
                places = traceback.extract_tb(trouble.__traceback__)
                self.assertEqual(places[-1].name, "fail")
            else:
                self.fail("nothing raised")
            self.assertIn(b"5.1.1", bytes(made))

    def test_sink_in_the_middle(self):
        with report() as made:
            pieces = []

            def sink(piece):
                if len(pieces) == 1:
                    raise KeyboardInterrupt
                pieces.append(piece)

            with self.assertRaises(KeyboardInterrupt):
                made.write(sink)
            self.assertEqual(len(pieces), 1)
            made.write(lambda piece: None)

    def test_source_in_each_of_its_reads(self):
        for way in (bytes, list, lambda made: made.open().read(),
                    lambda made: made.write(io.BytesIO()),
                    lambda made: made.size, lambda made: made.prepare(),
                    lambda made: made.envelope):
            reads = 0
            while True:
                with report(original=BadFile(reads),
                            returns=Return.FULL) as made:
                    try:
                        way(made)
                        break
                    except Trouble as trouble:
                        self.assertEqual(str(trouble), "the disk is gone")
                    # The report stays without its original.
                    with self.assertRaises(libndr.NdrError):
                        bytes(made)
                    made.reset()
                reads += 1
            self.assertGreater(reads, 0)

    def test_source_that_gives_nonsense(self):
        for wrong, error in ((lambda *_: "text", TypeError),
                             (lambda *_: None, BlockingIOError),
                             (lambda *_: b"x" * (1 << 20), ValueError)):
            with report(original=None) as made:
                made.set_original_source(wrong, 100)
                with self.assertRaises(error):
                    made.prepare()

    def test_resolver(self):
        catalog = Catalog(resolver=fail)
        with report(profile(catalog=catalog)) as made:
            with self.assertRaises(Trouble):
                made.prepare()
            # The words of the next catalog speak.
            self.assertIn(b"No such mailbox", bytes(made))
        with report(profile(catalog=catalog)) as made:
            with self.assertRaises(Trouble):
                bytes(made)

    def test_a_callback_cannot_call_its_own_report(self):
        with report() as made:
            for call in (lambda piece: bytes(made),
                         lambda piece: made.close()):
                with self.assertRaisesRegex(RuntimeError, "another call"):
                    made.write(call)
            self.assertIn(b"5.1.1", bytes(made))

    def test_a_callback_can_use_another_report(self):
        inner = []

        def sink(piece):
            with report() as other:
                with self.assertRaises(Trouble):
                    other.write(fail)
                inner.append(bytes(other))

        with report() as made:
            made.write(sink)
            self.assertEqual(set(inner), {bytes(made)})


class Lives(unittest.TestCase):
    def test_closed(self):
        for each in (report(), profile(), Catalog()):
            each.close()
            each.close()
            for use in (lambda: each.__enter__(), lambda: each.set_html(True)
                        if isinstance(each, Profile) else list(each)):
                with self.assertRaisesRegex(ValueError, "closed"):
                    use()

    def test_recipients_go_with_their_report(self):
        made = report(recipient=None)
        joe = made.add_recipient("joe@contoso.com")
        made.reset()
        with self.assertRaises(libndr.OrderError):
            joe.set_status("5.1.1")
        ann = made.add_recipient("ann@contoso.com")
        made.close()
        with self.assertRaisesRegex(ValueError, "closed"):
            ann.set_status("5.1.1")

    def test_what_a_report_uses_lives_as_long(self):
        memory = Memory()
        catalog = Catalog(resolver=lambda query: "\nAsk Ann.",
                          _allocator=memory.allocator)
        of = profile(catalog=catalog, _allocator=memory.allocator)
        with report(of) as made:
            catalog.close()
            of.close()
            del catalog, of
            gc.collect()
            self.assertGreater(memory.octets, 0)
            self.assertIn(b"Ask Ann.", bytes(made))
        self.assertEqual(memory.blocks, {})

    def test_circles_are_collected(self):
        memory = Memory()

        class Server:
            def __init__(self):
                self.catalog = Catalog(resolver=self.resolve,
                                       _allocator=memory.allocator)
                self.profile = profile(catalog=self.catalog,
                                       _allocator=memory.allocator)
                self.report = report(self.profile, original=None)
                self.report.set_original_source(self.read, len(ORIGINAL))

            def resolve(self, query):
                return "\nAsk Ann."

            def read(self, offset, size):
                return ORIGINAL[offset:offset + size]

        server = Server()
        self.assertIn(b"Ask Ann.", bytes(server.report))
        gone = weakref.ref(server)
        del server
        gc.collect()
        self.assertIsNone(gone())
        self.assertEqual(memory.blocks, {})

    def test_files_and_sinks_are_let_go(self):
        file, sink = io.BytesIO(ORIGINAL), io.BytesIO()
        counts = sys.getrefcount(file), sys.getrefcount(sink)
        with report(original=file) as made:
            made.write(sink)
            made.reset()
            self.assertEqual(sys.getrefcount(file), counts[0])
        self.assertEqual((sys.getrefcount(file), sys.getrefcount(sink)),
                         counts)


def everything(memory):
    """A report in every way, with callbacks; frees all that it made."""
    with Catalog(["Status: 5.1.1\n\nText."], _allocator=memory.allocator,
                 resolver=lambda query: None) as catalog, \
            Profile("mail1.example.com", catalog=catalog,
                    _allocator=memory.allocator) as of, \
            report(of, original=io.BytesIO(ORIGINAL),
                   returns=Return.FULL) as made:
        made.write(io.BytesIO())
        for each in (bytes, list, lambda made: made.open().read()):
            each(made)
        return made.size, made.envelope, made.notes


def trouble(memory):
    """The same, with callbacks that raise."""
    for resolver, original, sink in ((fail, ORIGINAL, list),
                                     (None, BadFile(1), list),
                                     (None, ORIGINAL, fail)):
        try:
            catalog = Catalog(resolver=resolver, _allocator=memory.allocator)
            of = profile(catalog=catalog, _allocator=memory.allocator)
            report(of, original=original, returns=Return.FULL).write(sink)
        except Trouble:
            pass
        else:
            raise AssertionError("no trouble")


class Leaks(unittest.TestCase):
    def test_native_memory_is_freed(self):
        for work in (everything, trouble):
            memory = Memory()
            work(memory)
            self.assertGreater(memory.calls, 10)
            self.assertEqual(memory.blocks, {})

    def test_native_memory_is_freed_wherever_it_runs_out(self):
        at = 0
        while True:
            at += 1
            memory = Memory()
            memory.fail_at = at
            try:
                everything(memory)
                break
            except libndr.OutOfMemory as error:
                self.assertIsInstance(error, MemoryError)
            self.assertEqual(memory.blocks, {})
        self.assertGreater(at, 10)
        self.assertEqual(memory.blocks, {})

    def test_python_memory_does_not_grow(self):
        memory = Memory()
        for _ in range(30):
            everything(memory)
            trouble(memory)
        gc.collect()
        tracemalloc.start()
        try:
            everything(memory)
            trouble(memory)
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            for _ in range(200):
                everything(memory)
                trouble(memory)
            gc.collect()
            after = tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()
        # Less than an object for each time.
        self.assertLess(after - before, 200 * 16)
        self.assertEqual(memory.blocks, {})


if __name__ == "__main__":
    unittest.main()
