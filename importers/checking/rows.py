"""Tells data rows from section rows, totals, repeated headers and the signature block, and carries parents forward.

Source: the import contract, "What is accepted"; the handbook's layout, where a task is written on its first row only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cms.core.text import nfc
from importers.checking.footer import find_footer, is_total
from importers.checking.headers import Header, is_blank, is_index_row
from importers.checking.headings import header_key
from importers.problems import Problem, warning
from importers.reading.contract import Row, Sheet, Value

_NUMERAL = re.compile(r"[IVXLC]+|[A-ZĐ]")
_NUMBERED = re.compile(r"(?:[IVXLC]+|[A-ZĐ])\s*[.)\-–:/]\s*(?=\S)")
_NUMBER = re.compile(r"(?:(?:[IVXLC]+|[A-ZĐ])\s*[.)\-–:/]|\d{1,2}(?:\.\d+)*\s*[.)\-–:/])\s*(?=\S)")
_SECTION_WORD = re.compile(r"(?:lĩnh vực|(?:phần|mục|chương) (?:[IVXLC]+|\d+|thứ))\b", re.IGNORECASE)

# Texts of which no total, heading or section has two beside a number.
_ITEM_TEXTS = ("output", "code", "unit", "name", "item")

# A cell that stands for itself, at its column counted from 0.
Filled = list[tuple[int, Value]]


@dataclass(slots=True)
class DataRow:
    """A row with an item. ``parent`` holds cells of the row above that count for this one too, by column key."""

    number: int
    cells: list[Value]
    section: Value = None
    section_row: int = 0
    section_column: int = 0
    parent: dict[str, tuple[int, Value]] = field(default_factory=dict)


class RowSorter:
    """Goes through the rows under one header, once; ``problems`` fills up on the way.

    ``merged`` are the columns whose cell, merged over several rows, counts for each of them.
    """

    def __init__(self, sheet: Sheet, header: Header, merged: Sequence[str] = ()) -> None:
        self.problems: list[Problem] = []
        self._sheet = sheet
        self._header = header
        self._columns = header.columns
        self._task = header.columns.get("task", -1)
        self._no = header.columns.get("no", -1)
        self._splits_tasks = "name" in header.columns
        self._header_keys = [{header_key(text) for text in texts} for texts in header.texts]
        self._special_columns = _special_columns(sheet, header)
        self._merged = merged
        self._merged_down = _merged_down(sheet, {self._columns[key] + 1 for key in merged if key in self._columns})
        self._wide = {(top, left) for top, left, _, right in sheet.merged if right - left >= 2}
        self._section: Value = None
        self._section_row = self._section_column = 0
        self._parent: DataRow | None = None
        self._carried: dict[str, tuple[int, Value]] = {}
        self._after_header = True
        self._repeating = False
        # Of items the group is a number, of work what was assigned.
        self._number = header.columns.get("group", header.columns.get("assigned", -1))
        self._texts = [header.columns[key] for key in _ITEM_TEXTS if key in header.columns]

    def __iter__(self) -> Iterator[DataRow]:
        below = [row for row in self._sheet.rows if row.number > self._header.last_row]
        body, footer = find_footer(below, self._columns, self._filled)
        for row in body:
            yield from self._sort(row)
        yield from self._childless()
        self.problems += footer.problems(self._sheet.name)

    def _filled(self, row: Row) -> Filled:
        filled = [(index, value) for index, value in enumerate(row.cells) if not is_blank(value)]
        if row.number in self._special_columns:
            known = {index for index, _ in filled}
            filled += [(index, None) for index in self._special_columns[row.number] if index not in known]
        return filled

    def _sort(self, row: Row) -> Iterator[DataRow]:
        if not self._after_header and self._is_surely_item(row):
            self._repeating = False
            yield from self._item(row)
            return
        filled = self._filled(row)
        if not filled:
            return
        if self._is_header_again(row, filled):
            return
        self._after_header = self._repeating = False
        if is_total(row, filled, self._columns):
            self._warn("totals_row", row, filled)
        elif section := self._section_text(row, filled):
            yield from self._childless()
            self._section_column, self._section = section
            self._section_row, self._carried = row.number, {}
        elif self._is_parent(filled):
            yield from self._childless()
            self._parent = self._data(row)
            self._carried = {"task": (row.number, row.cells[self._task])}
        else:
            yield from self._item(row)

    def _is_surely_item(self, row: Row) -> bool:
        """Whether the row has its number as one and two texts of an item: nothing else has, and most rows do."""
        if type(self._cell(row, self._number)) not in (int, float):
            return False
        texts = 0
        for index in self._texts:
            value = self._cell(row, index)
            texts += type(value) is str and not is_blank(value)
        return texts >= 2

    def _item(self, row: Row) -> Iterator[DataRow]:
        data = self._data(row)
        if is_blank(self._cell(row, self._task)):
            self._parent = None
        else:
            yield from self._childless()
            self._carried = {"task": (row.number, row.cells[self._task])}
        yield data

    def _childless(self) -> Iterator[DataRow]:
        """A row with a task alone, and nothing below it that belongs to it, is an unfinished item."""
        if self._parent is not None:
            yield self._parent
        self._parent = None

    def _data(self, row: Row) -> DataRow:
        data = DataRow(row.number, row.cells, self._section, self._section_row, self._section_column)
        if is_blank(self._cell(row, self._task)) and self._may_carry(row):
            data.parent = dict(self._carried)
        for key in self._merged if self._merged_down else ():
            anchor = self._merged_down.get((row.number, self._columns.get(key, -1) + 1))
            if anchor is not None:
                data.parent[key] = anchor
        return data

    def _may_carry(self, row: Row) -> bool:
        return self._splits_tasks and not is_blank(self._cell(row, self._columns["name"]))

    def _cell(self, row: Row, index: int) -> Value:
        return row.cells[index] if 0 <= index < len(row.cells) else None

    def _is_header_again(self, row: Row, filled: Filled) -> bool:
        if self._after_header and is_index_row(row):
            return True
        keys = self._header_keys
        if len(filled) < 2 or not all(
            type(value) is str and index < len(keys) and header_key(value) in keys[index] for index, value in filled
        ):
            return False
        if not self._repeating:
            self._warn("repeated_header", row, filled)
        self._after_header = self._repeating = True
        return True

    def _section_text(self, row: Row, filled: Filled) -> tuple[int, str] | None:
        """The column (from 0) and the text of a row that is a section's title."""
        filled, sums = self._without_sums(filled)
        if not 1 <= len(filled) <= 2 or type(filled[-1][1]) is not str:
            return None
        index, text = filled[-1][0], nfc(filled[-1][1]).strip()
        if len(filled) == 2:
            numeral = filled[0][1]
            is_section = type(numeral) is str and bool(_NUMERAL.fullmatch(numeral.strip(" .)")))
            return (index, text) if is_section and index <= max(self._task, 1) else None
        numbered = _NUMBERED.match(text)
        if index > max(self._task, 1) or not (numbered if sums else self._looks_like_section(row, index, text)):
            return None
        number = _NUMBER.match(text)
        return index, text[number.end() :] if number else text

    def _without_sums(self, filled: Filled) -> tuple[Filled, bool]:
        """The cells without numbers beside a section, which sum up what stands below it."""
        items = {self._columns.get(key) for key in ("no", "group", "code", "output", "unit")}
        rest = [(i, value) for i, value in filled if i in items or type(value) not in (int, float)]
        return rest, len(rest) < len(filled)

    def _looks_like_section(self, row: Row, index: int, text: str) -> bool:
        if " " not in text and "\n" not in text:
            return (row.number, index + 1) in self._wide
        if _NUMBERED.match(text) or _SECTION_WORD.match(text) or text.isupper():
            return True
        return (row.number, index + 1) in self._wide and not (index == self._task and self._splits_tasks)

    def _is_parent(self, filled: Filled) -> bool:
        keys = {index for index, _ in filled}
        return self._splits_tasks and self._task in keys and keys <= {self._task, self._no}

    def _warn(self, code: str, row: Row, filled: Filled) -> None:
        value = next((value for _, value in filled if type(value) is str), filled[0][1])
        self.problems.append(warning(code, sheet=self._sheet.name, row=row.number, value=value))


def _special_columns(sheet: Sheet, header: Header) -> dict[int, list[int]]:
    """For each row the columns whose cell is an error: it may read as blank, but it is not."""
    read = {index + 1 for key, index in header.columns.items() if key != "no"}
    columns: dict[int, list[int]] = {}
    for (row, column), special in sheet.specials.items():
        if special.kind != "formula" and column in read:
            columns.setdefault(row, []).append(column - 1)
    return columns


def _merged_down(sheet: Sheet, columns: set[int]) -> dict[tuple[int, int], tuple[int, Value]]:
    """For each cell that a merge from above covers: the row and the value of the cell that it belongs to.

    Only rows that are there count, each once in a column: a file may merge a million rows, and do so over and over.
    """
    numbers = [row.number for row in sheet.rows]
    values = {row.number: row.cells for row in sheet.rows}
    covered: dict[tuple[int, int], tuple[int, Value]] = {}
    reached = dict.fromkeys(columns, 0)
    for top, left, bottom, _ in sorted(range_ for range_ in sheet.merged if range_[1] in columns):
        cells = values.get(top, [])
        if bottom > top and left <= len(cells) and not is_blank(cells[left - 1]):
            first, end = max(bisect_right(numbers, top), reached[left]), bisect_right(numbers, bottom)
            for number in numbers[first:end]:
                covered[number, left] = (top, cells[left - 1])
            reached[left] = max(reached[left], end)
    return covered
