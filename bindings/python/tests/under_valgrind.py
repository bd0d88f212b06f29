# SPDX-License-Identifier: ISC
"""under_valgrind.py [leak]: reports in every way, with the library's own use of
malloc, for valgrind to look at. With "leak" some objects are left behind."""
import gc
import sys

import libndr

from .test_memory import everything, trouble


class Plain:
    """In place of a counting allocator: malloc and free."""

    allocator = None


def main():
    for _ in range(3):
        everything(Plain)
        trouble(Plain)
    gc.collect()
    if sys.argv[1:] == ["leak"]:
        for _ in range(20):
            catalog = libndr.Catalog()
            catalog._handle._change(1, 0)


if __name__ == "__main__":
    main()
