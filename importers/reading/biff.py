"""What calamine does not tell about a .xls: error cells, formulas, percentages, hidden rows and columns, passwords.

Only the records that say so are looked at. Source: [MS-CFB] 2.2 to 2.6 and [MS-XLS] 2.4 (BoundSheet8, BoolErr,
Formula, Format, XF, Number, RK, MulRk, Row, ColInfo, FilePass).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importers.problems import FileRefused, error
from importers.reading.biffformulas import Links
from importers.reading.contract import Special
from importers.reading.formats import shown_as

_BOF, _EOF, _FORMULA, _FILEPASS, _COLINFO, _BOUNDSHEET, _BOOLERR, _ROW = (
    0x809,
    0x0A,
    0x06,
    0x2F,
    0x7D,
    0x85,
    0x205,
    0x208,
)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FORMAT, _XF, _NUMBER, _RK, _MULRK = 0x41E, 0xE0, 0x203, 0x27E, 0xBD
_MACRO_SHEET = 1
_END_OF_CHAIN = 0xFFFFFFFA
_MINI_CUTOFF = 4096


@dataclass(slots=True)
class Marks:
    """What one sheet's records say; rows and columns counted from 1. ``specials`` is by row, then column."""

    specials: dict[int, dict[int, Special]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    percent_cells: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class _Formats:
    """Which number formats are percentages, and the format of each cell style in the order of the styles."""

    percent: set[int] = field(default_factory=lambda: {9, 10})
    styles: list[int] = field(default_factory=list)

    def add(self, kind: int, record: bytes) -> None:
        if kind == _XF:
            self.styles.append(_short(record, 2))
        elif kind == _FORMAT and shown_as(_text(record, 2)) == "percent":
            self.percent.add(_short(record, 0))

    def is_percent(self, style: int) -> bool:
        return style < len(self.styles) and self.styles[style] in self.percent


def read_marks(data: bytes) -> list[Marks]:
    """The marks of each sheet in the order of the workbook. Raises struct.error or IndexError for a broken file."""
    stream = _workbook_stream(data)
    formats, links, sheets = _Formats(), Links(), list[int]()
    for kind, record in _records(stream, 0):
        formats.add(kind, record)
        links.add(kind, record)
        if kind == _FILEPASS:
            raise FileRefused(error("encrypted"))
        if kind == _BOUNDSHEET:
            if record[5] == _MACRO_SHEET:
                raise FileRefused(error("macros"))
            sheets.append(_long(record, 0))
    return [_marks(stream, offset, formats, links) for offset in sheets]


def _marks(stream: bytes, offset: int, formats: _Formats, links: Links) -> Marks:
    marks = Marks()
    for kind, record in _records(stream, offset):
        _mark_percent(marks, kind, record, formats)
        if kind == _BOOLERR and record[7]:
            _mark(marks, record, Special("error_value", _ERRORS.get(record[6], "#VALUE!")))
        elif kind == _FORMULA:
            _mark_formula(marks, record, links)
        elif kind == _ROW and record[12] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif kind == _COLINFO and record[8] & 1:
            first, last = struct.unpack_from("<HH", record)
            marks.hidden_columns.append((first + 1, last + 1))
    return marks


def _mark(marks: Marks, record: bytes, special: Special) -> None:
    row, column = struct.unpack_from("<HH", record)
    marks.specials.setdefault(row + 1, {})[column + 1] = special


def _mark_formula(marks: Marks, record: bytes, links: Links) -> None:
    """A result that is no number has FFFF at its end and its kind first: 0 text, 1 boolean, 2 error, 3 empty text."""
    result, reach = record[6:14], links.reach_of(record)
    kind = result[0] if result[6:8] == b"\xff\xff" else None
    if reach != "formula":
        _mark(marks, record, Special(reach))
    elif kind == 2:
        _mark(marks, record, Special("error_value", _ERRORS.get(result[2], "#VALUE!")))
    elif kind != 3:
        _mark(marks, record, Special("formula"))


def _mark_percent(marks: Marks, kind: int, record: bytes, formats: _Formats) -> None:
    """A number stands alone with its style, or several stand side by side: first column, then style and number each."""
    if kind not in (_NUMBER, _RK, _MULRK, _FORMULA):
        return
    row, column = struct.unpack_from("<HH", record)
    styles = range(4, len(record) - 7, 6) if kind == _MULRK else (4,)
    for place, at in enumerate(styles, start=column + 1):
        if formats.is_percent(_short(record, at)):
            marks.percent_cells.add((row + 1, place))


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records from a BOF to its EOF; what is nested inside (charts) is left out."""
    depth = 0
    while True:
        kind, size = struct.unpack_from("<HH", stream, offset)
        record = stream[offset + 4 : offset + 4 + size]
        offset += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, record


def _workbook_stream(data: bytes) -> bytes:
    """The stream ``Workbook`` (or ``Book``) of a compound file."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    fat = _fat(data, size)
    directory = _sectors(data, size, _chain(fat, _long(data, 48)))
    entries = [directory[place : place + 128] for place in range(0, len(directory) - 127, 128)]
    for entry in entries:
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            first, length = struct.unpack_from("<LL", entry, 116)
            if length >= _MINI_CUTOFF:
                return _sectors(data, size, _chain(fat, first))[:length]
            return _mini_stream(data, fat, size, entries[0], first)[:length]
    raise IndexError("no workbook stream")


def _mini_stream(data: bytes, fat: list[int], size: int, root: bytes, first: int) -> bytes:
    """A short stream, kept in 64-byte pieces of the root's stream."""
    pieces = _sectors(data, size, _chain(fat, _long(root, 116)))
    mini_fat = _longs(_sectors(data, size, _chain(fat, _long(data, 60))))
    return b"".join(pieces[number * 64 : number * 64 + 64] for number in _chain(mini_fat, first))


def _fat(data: bytes, size: int) -> list[int]:
    """The allocation table: the numbers of its sectors stand in the header and in a chain that goes on from it."""
    numbers = _longs(data[76:512])
    following, seen = _long(data, 68), 0
    while following < _END_OF_CHAIN and seen <= len(data) // size:
        more = _longs(data[(following + 1) * size : (following + 2) * size])
        numbers += more[:-1]
        following, seen = more[-1], seen + 1
    return _longs(_sectors(data, size, (number for number in numbers if number < _END_OF_CHAIN)))


def _sectors(data: bytes, size: int, numbers: Iterable[int]) -> bytes:
    """The sectors of these numbers; the header takes the place of one."""
    return b"".join(data[(number + 1) * size : (number + 2) * size] for number in numbers)


def _chain(table: list[int], number: int) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if number >= _END_OF_CHAIN:
            return
        yield number
        number = table[number]
    raise IndexError("endless chain")


def _text(record: bytes, place: int) -> str:
    """A text with its length before it, its characters in one byte each or in two."""
    length, wide = struct.unpack_from("<HB", record, place)
    data = record[place + 3 : place + 3 + (length * 2 if wide & 1 else length)]
    return data.decode("utf-16-le" if wide & 1 else "latin-1", "replace")


def _short(data: bytes, place: int) -> int:
    return int(struct.unpack_from("<H", data, place)[0])


def _long(data: bytes, place: int) -> int:
    return int(struct.unpack_from("<L", data, place)[0])


def _longs(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}L", data[: len(data) // 4 * 4]))
