from __future__ import annotations

import io
import pathlib
import stat
import struct
import warnings
import zipfile

import pytest

from importers.reading import FileRefused, Limits
from importers.reading.container import MAX_PARTS, Container
from tests.unit.importers.reading.building import codes_of, parts, read_bytes, saved, values, xlsx, zipped

PLAIN = '<row r="1"><c r="A1"><v>1</v></c></row>'
ENTITY = '<!DOCTYPE a [<!ENTITY e "x">]>'


def with_member(name: str, content: str | bytes = b"x") -> bytes:
    return zipped({**parts(PLAIN), name: content})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/embeddings/oleObject1.bin", "embedded_objects"),
        ("xl/activeX/activeX1.xml", "embedded_objects"),
        ("../evil", "zip_unsafe_path"),
        ("xl/../../evil", "zip_unsafe_path"),
        ("..\\evil", "zip_unsafe_path"),
        ("/etc/evil", "zip_unsafe_path"),
        ("C:/evil", "zip_unsafe_path"),
    ],
)
def test_a_dangerous_part_is_refused(tmp_path: pathlib.Path, name: str, code: str) -> None:
    assert codes_of(tmp_path, with_member(name)) == [code]


@pytest.mark.parametrize("second", ["xl/workbook.xml", "XL/Workbook.XML"])
def test_a_part_held_twice_is_refused(tmp_path: pathlib.Path, second: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("xl/workbook.xml", second):
            archive.writestr(name, "<a/>")

    assert codes_of(tmp_path, file.getvalue()) == ["zip_duplicate_part"]


def test_a_link_is_refused(tmp_path: pathlib.Path) -> None:
    file = io.BytesIO(xlsx(PLAIN))
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert codes_of(tmp_path, file.getvalue()) == ["zip_link"]


def test_too_many_parts_are_refused(tmp_path: pathlib.Path) -> None:
    data = zipped({f"part{number}": b"" for number in range(MAX_PARTS + 1)})

    assert codes_of(tmp_path, data) == ["zip_too_many_parts"]


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "[Content_Types].xml",
        "customXml/item1.xml",
        "docProps/core.xml",
    ],
)
def test_declared_entities_are_refused_in_any_part(tmp_path: pathlib.Path, part: str) -> None:
    members = parts(PLAIN, strings="")
    members[part] = ENTITY + str(members.get(part, "<a/>"))

    assert codes_of(tmp_path, zipped(members)) == ["xml_declares_entities"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1"])
def test_declared_entities_are_refused_in_any_encoding(tmp_path: pathlib.Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig").removesuffix("-le")}"?>'
    part = (declared + ENTITY + "<a/>").encode(encoding)

    assert codes_of(tmp_path, with_member("customXml/item1.xml", part)) == ["xml_declares_entities"]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-7", "cp037"])
def test_an_encoding_that_cannot_be_looked_through_is_refused(tmp_path: pathlib.Path, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}<a/>'.encode(encoding)

    assert codes_of(tmp_path, with_member("customXml/item1.xml", part)) in (["broken_part"], ["xml_declares_entities"])


def test_a_wrong_checksum_is_refused_even_in_a_part_nobody_reads(tmp_path: pathlib.Path) -> None:
    data = zipped({**parts(PLAIN), "xl/media/image1.png": b"picture"}, zipfile.ZIP_STORED)

    assert codes_of(tmp_path, data.replace(b"picture", b"pixture", 1)) == ["broken_zip"]


def test_a_directory_that_lies_about_the_size_is_refused(tmp_path: pathlib.Path) -> None:
    data = bytearray(xlsx(PLAIN))
    entry = data.rindex(b"PK\x01\x02")
    size = struct.unpack_from("<L", data, entry + 24)[0]
    struct.pack_into("<L", data, entry + 24, size - 10)

    assert codes_of(tmp_path, bytes(data)) == ["broken_zip"]


def test_parts_that_overlap_are_refused(tmp_path: pathlib.Path) -> None:
    data = bytearray(with_member("xl/big.bin", bytes(range(256)) * 100))
    first = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, first + 20, len(data))

    assert codes_of(tmp_path, bytes(data)) == ["broken_zip"]


def test_a_bomb_is_refused_by_its_declared_size(tmp_path: pathlib.Path) -> None:
    data = bytearray(with_member("xl/media/big.bin", bytes(10)))
    struct.pack_into("<L", data, data.rindex(b"PK\x01\x02") + 24, 0xFFFF0000)

    assert codes_of(tmp_path, bytes(data)) == ["zip_too_large"]


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says(tmp_path: pathlib.Path) -> None:
    data = bytearray(with_member("xl/media/big.bin", bytes(8 << 20)))
    struct.pack_into("<L", data, data.rindex(b"PK\x01\x02") + 24, 10)
    path = tmp_path / "upload"
    path.write_bytes(data)
    stream = Container(path).stream("xl/media/big.bin")

    with pytest.raises(FileRefused, match="broken_zip"):
        next(stream)


def test_a_part_read_over_and_over_counts_each_time(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.reading.container.MAX_UNPACKED", 1 << 20)
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 9))

    assert codes_of(tmp_path, xlsx("", after=f"<!--{'a' * 600_000}-->", sheets=sheets)) == ["zip_too_large"]


def test_a_locked_part_is_refused(tmp_path: pathlib.Path) -> None:
    data = bytearray(xlsx(PLAIN))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    assert codes_of(tmp_path, bytes(data)) == ["encrypted"]


@pytest.mark.parametrize("length", [4, 30, 200, -1, -30])
def test_a_file_cut_short_is_refused(tmp_path: pathlib.Path, length: int) -> None:
    assert codes_of(tmp_path, xlsx(PLAIN)[:length]) == ["broken_zip"]


def test_backslashes_between_folders_are_read(tmp_path: pathlib.Path) -> None:
    members = {name.replace("/", "\\"): content for name, content in parts(PLAIN).items()}

    assert values(read_bytes(tmp_path, zipped(members))) == [[1]]


def test_a_picture_is_let_be(tmp_path: pathlib.Path) -> None:
    assert values(read_bytes(tmp_path, with_member("xl/media/image1.png"))) == [[1]]


def test_stored_parts_are_read(tmp_path: pathlib.Path) -> None:
    assert values(read_bytes(tmp_path, zipped(parts(PLAIN), zipfile.ZIP_STORED))) == [[1]]


def test_text_repeated_from_shared_strings_is_counted_each_time(tmp_path: pathlib.Path) -> None:
    def fill(book: object) -> None:
        for _ in range(50):
            book.active.append(["ă" * 100] * 10)  # type: ignore[attr-defined]

    assert codes_of(tmp_path, saved(fill), limits=Limits(text_bytes=90_000)) == ["too_much_text"]
