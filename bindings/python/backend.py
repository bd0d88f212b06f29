# SPDX-License-Identifier: ISC
"""Builds the package, with nothing but the standard library (PEP 517, 660).

    pip wheel . -C library=/usr/lib/libndr-report.so.0

puts that library beside the package, in a wheel for this platform; without it
the wheel is for every platform, and finds the library where it is run.
"""
import base64
import hashlib
import io
import os
import pathlib
import re
import sysconfig
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
NAME = "libndr"
SOURCES = ["README.md", "backend.py", "pyproject.toml"]


def version():
    """Of the header in the library's own tree; of an sdist, its own."""
    header = HERE.parent.parent / "include" / "libndr" / "ndr.h"
    if header.exists():
        return re.search(r'^#define NDR_VERSION "(.*)"$',
                         header.read_text("utf-8"), re.M)[1]
    return re.search(r"^Version: (.*)$",
                     (HERE / "PKG-INFO").read_text("utf-8"), re.M)[1]


def metadata():
    return (f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {version()}\n"
            "Summary: Delivery status notifications (bounces): RFC 3464"
            " reports\nLicense: ISC\nRequires-Python: >=3.9\n"
            "Description-Content-Type: text/markdown\n\n"
            + (HERE / "README.md").read_text("utf-8")).encode()


def package():
    """The files of the package: name and content."""
    for each in sorted((HERE / NAME).iterdir()):
        if each.suffix == ".py" or each.name == "py.typed":
            yield f"{NAME}/{each.name}", each.read_bytes()


def write_wheel(folder, tag, files):
    info = f"{NAME}-{version()}.dist-info"
    pure = "true" if tag.endswith("-any") else "false"
    files = list(files) + [
        (f"{info}/METADATA", metadata()),
        (f"{info}/WHEEL", (f"Wheel-Version: 1.0\nGenerator: {NAME}\n"
                           f"Root-Is-Purelib: {pure}\nTag: {tag}\n").encode()),
    ]
    record = "".join(
        f"{name},sha256="
        + base64.urlsafe_b64encode(hashlib.sha256(content).digest())
        .rstrip(b"=").decode() + f",{len(content)}\n"
        for name, content in files) + f"{info}/RECORD,,\n"
    files.append((f"{info}/RECORD", record.encode()))
    wheel = f"{NAME}-{version()}-{tag}.whl"
    with zipfile.ZipFile(os.path.join(folder, wheel), "w",
                         zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return wheel


def build_wheel(wheel_directory, config_settings=None,
                metadata_directory=None):
    library = (config_settings or {}).get("library")
    files = list(package())
    if not library:
        return write_wheel(wheel_directory, "py3-none-any", files)
    files.append((f"{NAME}/{os.path.basename(library)}",
                  pathlib.Path(library).read_bytes()))
    platform = re.sub("[-.]", "_", sysconfig.get_platform())
    return write_wheel(wheel_directory, f"py3-none-{platform}", files)


def build_editable(wheel_directory, config_settings=None,
                   metadata_directory=None):
    return write_wheel(wheel_directory, "py3-none-any",
                       [(f"{NAME}.pth", f"{HERE}\n".encode())])


def build_sdist(sdist_directory, config_settings=None):
    root = f"{NAME}-{version()}"
    files = [(each, (HERE / each).read_bytes()) for each in SOURCES]
    files += [("PKG-INFO", metadata())] + list(package())
    with tarfile.open(os.path.join(sdist_directory, root + ".tar.gz"),
                      "w:gz") as archive:
        for name, content in files:
            entry = tarfile.TarInfo(f"{root}/{name}")
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    return root + ".tar.gz"
