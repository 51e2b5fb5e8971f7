"""The zip that a workbook is: bombs, lies, and what must not be in it."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib

from tests.corpus.kinds import accepted, rejected
from tests.corpus.making import (
    HEADERS,
    SHEETS,
    Xml,
    book,
    book_parts,
    directory_changed,
    good,
    rezipped,
    row_xml,
    with_parts,
)
from tests.unit.importers.reading.building import xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"
MIB = 1024 * 1024


def _twice(name: str) -> bytes:
    def add(archive: zipfile.ZipFile) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr(name, "<a/>")

    return rezipped(add)


def _link() -> bytes:
    info = zipfile.ZipInfo("xl/media/image1.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return rezipped(lambda archive: archive.writestr(info, "/etc/passwd"))


def _nested() -> bytes:
    inner = zipped({"bom.txt": b"0" * MIB})
    for _ in range(5):
        inner = zipped({"trong.zip": inner})
    return with_parts({"xl/media/trong.zip": inner})


def _bomb() -> bytes:
    """A part that says what it unpacks to: more than is let in."""
    return directory_changed(with_parts({"xl/media/a.bin": b"0" * MIB}), "xl/media/a.bin", 24, 0x7FFFFFFF)


def _lying_bomb() -> bytes:
    """A part of 64 MiB that says it has 100 bytes."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = bytes(MIB)
    data = b"".join(packer.compress(block) for _ in range(64)) + packer.flush()
    name = b"xl/media/bomb.bin"
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(data), 100, len(name), 0) + name + data
    entry = struct.pack(
        "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(data), 100, len(name), 0, 0, 0, 0, 0, 0
    )
    good_zip = with_parts({})
    start = good_zip.rfind(b"PK\5\6")
    count, size, offset = struct.unpack_from("<HLL", good_zip, start + 10)
    directory = good_zip[offset : offset + size] + entry[:42] + struct.pack("<L", offset) + name
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), offset + len(local), 0)
    return good_zip[:offset] + local + directory + end


def _overlapping() -> bytes:
    """Twenty names for one piece of packed bytes."""
    data = with_parts({"xl/media/a.bin": bytes(20 * MIB)})
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        first = archive.getinfo("xl/media/a.bin")
        for number in range(2000):
            info = zipfile.ZipInfo(f"xl/media/{number}.bin")
            info.header_offset, info.CRC, info.compress_type = first.header_offset, first.CRC, first.compress_type
            info.compress_size, info.file_size = first.compress_size, first.file_size
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        archive._didModify = True
    return file.getvalue()


def _bad_crc() -> bytes:
    return directory_changed(with_parts({}), SHEET, 16, 0xDEADBEEF)


def _cut() -> bytes:
    data = book(good())
    return data[: len(data) // 2]


def _strings_bomb() -> bytes:
    """One text of 32,767 characters in 4,000 cells: 125 MiB once it stands in them."""
    rows = "".join(
        row_xml(number, [*good(f"TK.{number}")[:1], Xml('<c r="{at}" t="s"><v>0</v></c>')]) for number in range(2, 4002)
    )
    return xlsx(row_xml(1, HEADERS) + rows, sheets=SHEETS, strings=f"<si><t>{'a' * 32_767}</t></si>")


def _strings_large() -> bytes:
    return xlsx("", sheets=SHEETS, strings="".join(f"<si><t>{number:032000}</t></si>" for number in range(40)))


def _encrypted_member() -> bytes:
    data = bytearray(with_parts({"xl/media/a.bin": b"a"}))
    place = data.rfind(b"xl/media/a.bin") - 46
    data[place + 8] |= 1
    return bytes(data)


def _odd_method() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in book_parts(good()).items():
            archive.writestr(name, content)
    return file.getvalue()


def _many_parts() -> bytes:
    return with_parts({f"xl/media/{number}.png": b"" for number in range(2001)})


ZIPS = [
    rejected("zip-bomb-declared", "a part that declares 2 GiB", _bomb, "zip_too_large"),
    rejected("zip-bomb-lying", "a part of 64 MiB that declares 100 bytes", _lying_bomb, "broken_zip"),
    rejected("zip-overlapping", "2,000 parts over the same packed bytes", _overlapping, "zip_too_many_parts"),
    rejected("zip-too-many", "2,001 parts", _many_parts, "zip_too_many_parts"),
    accepted("zip-nested", "zips in a zip in a zip: they are never opened", _nested, rows=1),
    rejected("zip-part-twice", "the workbook's part twice", lambda: _twice("xl/workbook.xml"), "zip_duplicate_part"),
    rejected("zip-part-twice-case", "the sheet's part twice, in capitals", lambda: _twice("XL/Worksheets/SHEET1.xml"),
             "zip_duplicate_part"),
    rejected("zip-dots", "a part ../../etc/cron.d/canary",
             lambda: _twice("../../etc/cron.d/canary"), "zip_unsafe_path"),
    rejected("zip-backslash-dots", "a part ..\\canary", lambda: _twice("..\\canary"), "zip_unsafe_path"),
    rejected("zip-absolute", "a part /etc/canary", lambda: _twice("/etc/canary"), "zip_unsafe_path"),
    rejected("zip-drive", "a part C:/canary", lambda: _twice("C:/canary"), "zip_unsafe_path"),
    rejected("zip-link", "a symbolic link to /etc/passwd", _link, "zip_link"),
    rejected("zip-bad-checksum", "a sheet whose checksum is wrong", _bad_crc, "broken_zip"),
    rejected("zip-wrong-size", "a sheet that declares one byte more",
             lambda: directory_changed(with_parts({}), SHEET, 24, len(book_parts(good())[SHEET].encode()) + 1),
             "broken_zip"),
    rejected("zip-cut", "half a file, as a lost connection leaves it", _cut, "broken_zip"),
    rejected("zip-encrypted-part", "a part with a password", _encrypted_member, "encrypted"),
    rejected("zip-odd-method", "parts packed in a way no spreadsheet program uses", _odd_method, "broken_zip"),
    rejected("zip-empty", "a zip of nothing", lambda: zipped({}), "not_a_workbook"),
    rejected("strings-bomb", "one long shared string in 4,000 cells", _strings_bomb, "too_much_text"),
    rejected("strings-large", "shared strings over the limit that no cell uses", _strings_large, "too_much_text",
             limits={"text_bytes": MIB}),
    rejected("macros", "vbaProject.bin in an .xlsx", lambda: with_parts({"xl/vbaProject.bin": b"x"}), "macros"),
    rejected("macro-sheet", "an Excel 4.0 macro sheet", lambda: with_parts({"xl/macrosheets/sheet1.xml": "<a/>"}),
             "macros"),
    rejected("ole", "an embedded OLE object", lambda: with_parts({"xl/embeddings/oleObject1.bin": b"x"}),
             "embedded_objects"),
    rejected("embedded-workbook", "a workbook in the workbook",
             lambda: with_parts({"xl/embeddings/Microsoft_Excel_Sheet.xlsx": b"x"}), "embedded_objects"),
    rejected("activex", "an ActiveX control", lambda: with_parts({"xl/activeX/activeX1.xml": "<a/>"}),
             "embedded_objects"),
]  # fmt: skip
