from __future__ import annotations

import pathlib
import struct

import pytest

from importers.reading import Special
from tests.unit.importers.reading.building import codes_of, read_bytes

FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, layout: str, *fields: object) -> bytes:
    body = struct.pack("<" + layout, *fields)
    return struct.pack("<HH", kind, len(body)) + body


def begin(kind: int) -> bytes:
    return record(0x809, "HHHHLL", 0x0600, kind, 0, 1996, 0, 6)


END = record(0x0A, "")


def number(row: int, column: int, value: float) -> bytes:
    return record(0x203, "HHHd", row, column, 0, value)


def label(row: int, column: int, text: str) -> bytes:
    data = text.encode("utf-16-le")
    return record(0x204, f"HHHHB{len(data)}s", row, column, 0, len(text), 1, data)


def failure(row: int, column: int, code: int) -> bytes:
    return record(0x205, "HHHBB", row, column, 0, code, 1)


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x06, "HHH8sHLH", row, column, 0, result, 0, 0, 0)


def book(cells: bytes, visibility: int = 0, kind: int = 0, before: bytes = b"") -> bytes:
    """The Workbook stream of a book with the sheet A."""
    start, length = begin(0x05) + before, 4 + 9
    offset = len(start) + length + len(END)
    bound = record(0x85, "LBBBB1s", offset, visibility, kind, 1, 0, b"A")
    return start + bound + END + begin(0x10) + cells + END


def compound(stream: bytes) -> bytes:
    """A compound file with the stream as its ``Workbook``: header, allocation table, directory, stream."""
    stream += bytes(max(4096 - len(stream), -len(stream) % 512))
    count = len(stream) // 512
    table = [TABLE, LAST, *range(3, 2 + count), LAST]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, LAST, 0, LAST, 0) + struct.pack("<L", 0)
    header += struct.pack("<L", FREE) * 108
    directory = _entry("Root Entry", 5, LAST, 0, child=1) + _entry("Workbook", 2, 2, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(table)}L", *table).ljust(512, b"\xff") + directory + stream


def _entry(name: str, kind: int, first: int, length: int, child: int = FREE) -> bytes:
    data = (name + "\0").encode("utf-16-le")
    head = data.ljust(64, b"\0") + struct.pack("<HBBLLL", len(data), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<LQ", first, length)


def test_values_keep_their_places(tmp_path: pathlib.Path) -> None:
    sheet = read_bytes(tmp_path, compound(book(label(1, 1, "Mã") + number(2, 2, 5.0) + number(2, 3, 0.8))), "a.xls")

    assert [(row.number, row.cells) for row in sheet.sheets[0].rows] == [(2, [None, "Mã"]), (3, [None, None, 5, 0.8])]
    assert (sheet.format, [problem.code for problem in sheet.problems]) == ("xls", ["old_format"])


def test_error_cells_are_marked_and_never_blank(tmp_path: pathlib.Path) -> None:
    cells = number(0, 0, 1.0) + failure(0, 1, 0x17) + formula(1, 0, b"\x02\0\x2a\0\0\0\xff\xff")

    sheet = read_bytes(tmp_path, compound(book(cells)), "a.xls").sheets[0]

    assert [row.cells for row in sheet.rows] == [[1, "#REF!"], ["#N/A"]]
    assert sheet.specials == {(1, 2): Special("error_value", "#REF!"), (2, 1): Special("error_value", "#N/A")}


def test_formulas_are_marked(tmp_path: pathlib.Path) -> None:
    cells = formula(0, 0, struct.pack("<d", 1.5)) + number(0, 1, 2.0)

    sheet = read_bytes(tmp_path, compound(book(cells)), "a.xls").sheets[0]

    assert sheet.rows[0].cells == [1.5, 2]
    assert sheet.specials == {(1, 1): Special("formula")}


def test_hidden_rows_and_columns_are_read_with_a_warning(tmp_path: pathlib.Path) -> None:
    hidden = record(0x208, "HHHHHHL", 0, 0, 2, 300, 0, 0, 0x20) + record(0x7D, "HHHHHH", 1, 1, 2000, 0, 1, 0)

    found = read_bytes(tmp_path, compound(book(hidden + number(0, 0, 1.0) + number(0, 1, 1.0))), "a.xls")

    assert found.sheets[0].rows[0].hidden
    assert [problem.code for problem in found.problems] == ["old_format", "hidden_rows", "hidden_columns"]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (compound(book(b"", visibility=1)), ["no_sheet", "old_format", "hidden_sheet"]),
        (compound(book(b"", kind=1)), ["macros"]),
        (compound(book(b"", before=record(0x2F, "HHHH", 0, 0, 0, 0))), ["encrypted"]),
        (compound(book(b"")) + "_VBA_PROJECT".encode("utf-16-le"), ["macros"]),
        (compound(book(number(0, 0, 1.0)))[:1600], ["broken_part"]),
    ],
)
def test_a_dangerous_or_broken_file_is_refused(tmp_path: pathlib.Path, data: bytes, codes: list[str]) -> None:
    assert codes_of(tmp_path, data, "a.xls") == codes


def test_percentages_are_noted_however_the_number_is_stored(tmp_path: pathlib.Path) -> None:
    styles = record(0xE0, "HH16x", 0, 0) + record(0x41E, "HHB4s", 170, 4, 0, b"0.0%") + record(0xE0, "HH16x", 0, 170)
    cells = record(0x203, "HHHd", 0, 0, 1, 0.8) + number(0, 1, 0.8) + record(0x27E, "HHHL", 0, 2, 1, 2)
    several = record(0xBD, "HHHLHLH", 1, 3, 0, 2, 1, 2, 4)

    sheet = read_bytes(tmp_path, compound(book(cells + several, before=styles)), "a.xls").sheets[0]

    assert sheet.percent_cells == {(1, 1), (1, 3), (2, 5)}


HERE = record(0x1AE, "HH", 1, 0x0401)
ELSEWHERE = record(0x1AE, "HHB5s", 1, 5, 0, b"a.xls")
SHEETS = record(0x17, "HHHHHHH", 2, 0, 0, 0, 1, 0, 0)
SUM_OF_ROWS = b"\x25" + struct.pack("<HHHH", 290, 359, 0, 0) + b"\x42\x01\x04\x00"


def calculated(tokens: bytes) -> bytes:
    return record(0x06, f"HHHdHLH{len(tokens)}s", 0, 0, 0, 1.5, 0, 0, len(tokens), tokens)


@pytest.mark.parametrize(
    ("tokens", "kind"),
    [
        (b"\x1e\x01\x00\x1e\x02\x00\x03", "formula"),
        (SUM_OF_ROWS, "formula"),
        (b"\x5a" + struct.pack("<HHH", 0, 0, 0), "formula"),
        (b"\x5a" + struct.pack("<HHH", 1, 0, 0), "formula_external"),
        (SUM_OF_ROWS + b"\x7b" + struct.pack("<HHHHH", 1, 0, 9, 0, 0) + b"\x03", "formula_external"),
        (b"\x39" + struct.pack("<HHH", 1, 1, 0), "formula_external"),
        (b"\x17\x01\x00a\x42\x01\x67\x01", "formula_program"),
        (b"\x17\x01\x01a\x00\x19\x40\x00\x00\x42\x02\x7b\x01", "formula_program"),
        (b"\x17\xff", "formula"),
        (b"\xff" * 40, "formula"),
    ],
)
def test_a_formula_is_known_by_what_it_reaches_for(tmp_path: pathlib.Path, tokens: bytes, kind: str) -> None:
    data = compound(book(calculated(tokens), before=HERE + ELSEWHERE + SHEETS))

    assert read_bytes(tmp_path, data, "a.xls").sheets[0].specials == {(1, 1): Special(kind)}
