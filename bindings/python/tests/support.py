# SPDX-License-Identifier: ISC
"""What the tests share: facts of a report, and memory that is counted."""
import ctypes
import os
import pathlib

import libndr
from libndr._library import ALLOCATOR, REALLOCATE

PYTHON = pathlib.Path(__file__).resolve().parent.parent
TOP = PYTHON.parent.parent
CASES = PYTHON.parent / "cases"
ORIGINAL = (CASES / "original.eml").read_bytes()
WHEN = (1795536318, 60)


def profile(**settings):
    return libndr.Profile("mail1.example.com", html=False, **settings)


def report(of=None, recipient="joe.bloggs@contoso.com", **facts):
    facts = {"sender": "jane@example.com", "date": WHEN,
             "seed": "4d3F7c0z2Wz1xq", "original": ORIGINAL, **facts}
    made = libndr.Report(of or profile(), **facts)
    if recipient:
        made.add_recipient(recipient, remote_server="mail.contoso.com",
                           reply="550 5.1.1 User unknown")
    return made


class Memory:
    """An allocator that knows what is still there, and fails when told to."""

    def __init__(self):
        self.blocks = {}
        self.calls = 0
        self.fail_at = None
        self._c = ctypes.CDLL(None if os.name == "posix" else "msvcrt")
        self._c.realloc.restype = ctypes.c_void_p
        self._c.realloc.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self._c.free.argtypes = [ctypes.c_void_p]
        self.allocator = ALLOCATOR(REALLOCATE(self._reallocate), None)

    def _reallocate(self, _user, old, old_size, size):
        if old is not None:
            assert self.blocks[old] == old_size, "another size than before"
        if size == 0:
            if old is not None:
                del self.blocks[old]
                self._c.free(old)
            return None
        self.calls += 1
        if self.fail_at is not None and self.calls >= self.fail_at:
            return None
        new = self._c.realloc(old, size)
        if old is not None:
            del self.blocks[old]
        self.blocks[new] = size
        return new

    @property
    def octets(self):
        return sum(self.blocks.values())
