# SPDX-License-Identifier: ISC
"""The table of calls is that of the library: names, and types of arguments."""
import re
import unittest

from libndr import _library as ffi

from .support import TOP

#: A parameter in C, its spaces gone, and what stands for it in the table.
TYPES = [
    (r"constndr_allocator\*", ffi.ALLOCATOR_IN),
    (r"ndr_resolver", ffi.RESOLVER),
    (r"ndr_sink", ffi.SINK),
    (r"ndr_read_at", ffi.READ_AT),
    (r"ndr_\w+\*\*", ffi.OBJECT_OUT),
    (r"(const)?ndr_\w+\*", ffi.OBJECT),
    (r"constchar\*\*", ffi.PIECE_OUT),
    (r"const(char|void)\*", ffi.TEXT),
    (r"(char|void)\*", ffi.MEMORY),
    (r"size_t\*", ffi.SIZE_OUT),
    (r"int\*", ffi.INT_OUT),
    (r"uint64_t\*", ffi.UINT64_OUT),
    (r"int", ffi.INT), (r"int32_t", ffi.INT32), (r"int64_t", ffi.INT64),
    (r"uint64_t", ffi.UINT64), (r"size_t", ffi.SIZE), (r"void", None),
]


def table_type(declaration):
    """Of a parameter or result as it is written in C."""
    match = re.fullmatch(r"(.*?)(\w+)?", declaration.strip(), re.S)
    for text in (match[1], declaration):
        text = re.sub(r"\s", "", text)
        for pattern, found in TYPES:
            if text and re.fullmatch(pattern, text):
                return found
    raise AssertionError(f"a type that the table lacks: {declaration}")


def declared():
    header = "".join((TOP / "include/libndr" / each).read_text("utf-8")
                     for each in ("ndr.h", "ndr_file.h"))
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    found = re.findall(r"^NDR_API (.*?)(ndr_\w+)\((.*?)\);", header,
                       re.S | re.M)
    return {name: (result, parameters) for result, name, parameters in found}


class Calls(unittest.TestCase):
    def test_each_exported_call_is_in_the_table(self):
        exports = (TOP / "lib/exports.txt").read_text("ascii").split()
        self.assertGreater(len(exports), 100)
        self.assertEqual(
            set(exports) - ffi.LEFT_OUT - set(ffi.CALLS), set())
        self.assertEqual(list(ffi.CALLS), sorted(ffi.CALLS))

    def test_types_are_those_of_the_header(self):
        calls = declared()
        self.assertGreater(len(calls), 100)
        for name, types in ffi.CALLS.items():
            with self.subTest(name):
                result, parameters = calls[name]
                wanted = [table_type(result + "x")]
                if parameters.strip() != "void":
                    wanted += map(table_type, parameters.split(","))
                self.assertEqual(list(types), wanted)

    def test_the_library_has_each_call(self):
        for name in ffi.CALLS:
            getattr(ffi.lib, name)

    def test_each_call_is_used(self):
        source = "".join(each.read_text("utf-8") for each in
                         (TOP / "bindings/python/libndr").glob("_*.py"))
        unused = [name for name in ffi.CALLS if f"lib.{name}" not in source]
        self.assertEqual(unused, [])

    def test_numbers_are_those_of_the_header(self):
        import libndr
        header = (TOP / "include/libndr/ndr.h").read_text("utf-8")
        header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
        values = {name: int(value) for name, value in
                  re.findall(r"\b(NDR_\w+) = (-?\d+)", header)}
        names = {
            libndr.ErrorCode: "", libndr.Action: "ACTION_",
            libndr.Actions: "ACTIONS_", libndr.Notify: "NOTIFY_",
            libndr.Return: "RETURN_", libndr.Transport: "TRANSPORT_",
            libndr.Audience: "AUDIENCE_", libndr.Limit: "LIMIT_",
            libndr.Nothing: "NOTHING_", libndr.Output: "OUTPUT_",
        }
        others = {"SEVEN_BIT": "7BIT", "EIGHTBITMIME": "8BITMIME",
                  "TO_COPY": "TO_COPY"}
        for kind, prefix in names.items():
            for name, member in kind.__members__.items():
                name = others.get(name, name)
                if kind is libndr.ErrorCode and member < 0:
                    name = "E_" + name
                with self.subTest(f"{prefix}{name}"):
                    self.assertEqual(member, values[f"NDR_{prefix}{name}"])
            if prefix:
                count = sum(each.startswith("NDR_" + prefix)
                            for each in values)
                if kind is libndr.Nothing:
                    count -= 1  # of enum ndr_error: NDR_NOTHING_DUE
                self.assertEqual(count, len(kind.__members__), kind)
        errors = [each for each in values if each.startswith("NDR_E_")]
        self.assertEqual(len(errors) + 4, len(libndr.ErrorCode))


if __name__ == "__main__":
    unittest.main()
