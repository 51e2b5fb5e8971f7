"""Finds the header of a sheet and says which column is which.

The header is found, not assumed: on any of the first rows, over one or two rows, columns in any order. Source: the
import contract, "What is accepted".
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import Any

from importers.checking.columns import Column, Layout
from importers.checking.headings import Words, bare_key, header_key, on_one_line, words_of
from importers.checking.verdict import Note, Table
from importers.problems import Problem, error, warning
from importers.reading.contract import Row, Sheet, Value

FIRST_ROWS = 30
# Fewer headers than this that we know are a guide or a lookup table, not a header row.
MIN_MATCHED = 3
BLANKS = string.whitespace + "\x85\xa0\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff\xad"
_INDEX_CELL = re.compile(r"\(?(?:\d{1,2}[a-z]?|[A-ZĐa-zđ])\)?(?:\s*[=:][\d\s()+*/:×x÷.-]+)?|\(\d[\d\s()=+*/:×x÷.-]*\)")


@dataclass(slots=True)
class Header:
    """A header that was found: ``columns`` maps a key to its column (from 0), ``names`` to its text in the file."""

    layout: Layout
    first_row: int
    last_row: int
    columns: dict[str, int]
    names: dict[str, str]
    # What the header rows say at each column, to know them again further down.
    texts: list[tuple[str, ...]]
    problems: list[Problem] = field(default_factory=list)
    # Keys of the columns that were known by the agency's own words.
    own: list[str] = field(default_factory=list)
    # What those words say is not to be read: texts by column (from 0).
    passed: dict[int, str] = field(default_factory=dict)

    def table(self) -> Table:
        """Where the table is, and its columns that are read."""
        read = [column.key for column in self.layout.columns if column.kind != "ignored" and column.key in self.columns]
        read.sort(key=self.columns.__getitem__)
        return Table(self.last_row, {self.columns[key] + 1: self.names[key] for key in read})

    def mapped(self) -> list[tuple[str, str]]:
        """What was known by the agency's own words: the heading in the file, and ours ("" where it is not read)."""
        ours = {column.key: column.header for column in self.layout.columns}
        at = {self.columns[key]: (self.names[key], ours[key]) for key in self.own}
        at |= {index: (text, "") for index, text in self.passed.items()}
        return [at[index] for index in sorted(at)]

    def passed_by(self, sheet: Sheet) -> list[Note]:
        """A note for each column that the agency's words say is not to be read, with how many cells that leaves out."""
        return [
            Note(
                "column_passed_by",
                sheet.name,
                self.last_row,
                text,
                "",
                {"count": _filled_below(sheet, self.last_row, index)},
            )
            for index, text in self.passed.items()
        ]

    @property
    def refused(self) -> bool:
        """Whether rows cannot be read with this header."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(slots=True)
class _Match:
    """How well a row, or two rows together, fit a layout."""

    layout: Layout
    rows: list[Row]
    columns: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    texts: list[tuple[str, ...]] = field(default_factory=list)
    # What is odd about a header: the column that it was read as, its text, and where it stands (from 0).
    twice: list[tuple[Column, str, int]] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(default_factory=list)
    bare: list[tuple[Column, str, int]] = field(default_factory=list)
    # What the agency's own words say: keys that were known by them, and texts (by column) that are passed by.
    own: list[str] = field(default_factory=list)
    passed: dict[int, str] = field(default_factory=dict)

    def missing(self) -> list[Column]:
        have = self.columns
        return [
            column
            for column in self.layout.columns
            if column.required and column.key not in have and not any(key in have for key in column.instead)
        ]

    def rank(self) -> tuple[int, int, int, int]:
        """Smaller is better: most columns known, rows that belong together, nothing missing, highest up."""
        return -len(self.columns), self._spare_rows(), len(self.missing()), self.rows[0].number

    def _spare_rows(self) -> int:
        """Two rows are as good as one when each says something that the other does not."""
        if len(self.rows) == 1:
            return 1
        above, below = ([on_one_line(_text_at(row, i)) for i in range(len(self.texts))] for row in self.rows)
        names = {index: self.names[key] for key, index in self.columns.items()}
        below_is_read = all(names.get(index) not in (None, above[index]) for index, text in enumerate(below) if text)
        above_is_read = any(name != below[index] for index, name in names.items())
        return 0 if above_is_read and below_is_read else 2


def find_header(sheet: Sheet, layouts: tuple[Layout, ...]) -> Header | None:
    """The header of the sheet in the layout that fits best, with what is wrong with it; None when there is none."""
    rows = [row for row in sheet.rows if row.number <= FIRST_ROWS]
    candidates = [match for index in range(len(rows)) for match in _matches_at(sheet, rows, index, layouts)]
    best = min(candidates, key=_Match.rank, default=None)
    if best is None or len(best.columns) < MIN_MATCHED:
        return None
    return _header(best, sheet)


def header_at(sheet: Sheet, rows: list[Row], layouts: tuple[Layout, ...]) -> Header:
    """One row, or two, read as the header in the layout that fits best, however little of it is known."""
    best = min((_match(sheet, rows, layout) for layout in layouts), key=_Match.rank)
    return _header(best, sheet)


def _header(match: _Match, sheet: Sheet) -> Header:
    first, last = match.rows[0].number, match.rows[-1].number
    parts = (match.columns, match.names, match.texts, _problems(match, sheet))
    return Header(match.layout, first, last, *parts, match.own, match.passed)


def is_index_row(row: Row) -> bool:
    """Whether the row only numbers the columns: (1) (2) (3) … or A B 1 2 …"""
    texts = [str(value).strip() for value in row.cells if not is_blank(value)]
    return len(texts) >= MIN_MATCHED and all(_INDEX_CELL.fullmatch(text) for text in texts)


def is_blank(value: Value) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return value is None or (type(value) is str and not value.strip(BLANKS))


def column_letter(column: int) -> str:
    """The letter of a column counted from 1, as Excel names it."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _matches_at(sheet: Sheet, rows: list[Row], index: int, layouts: tuple[Layout, ...]) -> list[_Match]:
    top = rows[index]
    if sum(type(value) is str for value in top.cells) < 2:
        return []
    spans = [[top]]
    if index + 1 < len(rows) and may_continue(top, rows[index + 1]):
        spans.append([top, rows[index + 1]])
    return [_match(sheet, span, layout) for span in spans for layout in layouts]


def may_continue(top: Row, below: Row) -> bool:
    """Whether a row can be the second one of a header."""
    words = [value for value in below.cells if not is_blank(value)]
    are_words = bool(words) and all(type(word) is str for word in words)
    return are_words and below.number == top.number + 1 and not is_index_row(below)


def _match(sheet: Sheet, rows: list[Row], layout: Layout) -> _Match:
    match, words = _Match(layout, rows), words_of(layout)
    for index, texts in enumerate(_texts_by_column(sheet, rows)):
        match.texts.append(texts)
        if texts:
            _place(match, words, index, texts)
    for index in list(match.passed):
        _read_all_the_same(match, words, index)
    return match


def _place(match: _Match, words: Words, index: int, texts: tuple[str, ...]) -> None:
    for key, text in _keyed(texts):
        if key in words.own:
            _place_own(match, words.own[key], index, text)
            return
    for key, text in _keyed(texts):
        if key in words.known:
            _take(match, words.known[key], index, text)
            return
    for text in texts:
        if column := words.bare.get(bare_key(text)):
            match.bare.append((column, on_one_line(text), index))
            _take(match, column, index, text)
            return
    match.unknown.append((on_one_line(texts[0]), index))


def _keyed(texts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(header_key(text), text) for text in texts]


def _read_all_the_same(match: _Match, words: Words, index: int) -> None:
    """Read a column that is passed by if it bears the very name of one of ours for which the file has no other.

    The heading may have been matched before there was such a column.
    """
    for key, text in _keyed(match.texts[index]):
        column = words.known.get(key)
        if column is not None and column.key not in match.columns:
            del match.passed[index]
            _take(match, column, index, text)
            return


def _place_own(match: _Match, column: Column | None, index: int, text: str) -> None:
    if column is None:
        match.passed[index] = on_one_line(text)
    elif _take(match, column, index, text):
        match.own.append(column.key)


def _take(match: _Match, column: Column, index: int, text: str) -> bool:
    """Read the file's column as this one, unless an earlier one is."""
    if column.key in match.columns:
        match.twice.append((column, on_one_line(text), index))
        return False
    match.columns[column.key] = index
    match.names[column.key] = on_one_line(text)
    return True


def _texts_by_column(sheet: Sheet, rows: list[Row]) -> list[tuple[str, ...]]:
    """For each column the texts it may be known by: the lowest row's, both rows' joined, the upper row's."""
    width = max(len(row.cells) for row in rows)
    plain = [[_text_at(row, index) for index in range(width)] for row in rows]
    if len(rows) == 1:
        return [(text,) if text else () for text in plain[0]]
    wide = _spread(sheet, rows[0], plain[0])
    texts = []
    for index in range(width):
        below, joined = plain[1][index], f"{wide[index]} {plain[1][index]}".strip()
        texts.append(tuple(dict.fromkeys(text for text in (below, joined, plain[0][index]) if text)))
    return texts


def _text_at(row: Row, index: int) -> str:
    value = row.cells[index] if index < len(row.cells) else None
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _spread(sheet: Sheet, row: Row, texts: list[str]) -> list[str]:
    """The upper header row with each merged cell's text over all the columns it covers."""
    spread = list(texts)
    for first_row, first, last_row, last in sheet.merged:
        if first_row <= row.number <= last_row and last > first <= len(texts):
            for index in range(first - 1, min(last, len(texts))):
                spread[index] = texts[first - 1]
    return spread


def _problems(match: _Match, sheet: Sheet) -> list[Problem]:
    row: dict[str, Any] = {"sheet": sheet.name, "row": match.rows[-1].number}
    problems = [
        error("missing_column", column=column.header, accepted=", ".join(column.aliases), **row)
        for column in match.missing()
    ]
    for column, shown, index in match.twice:
        report = error if column.required or column.filled else warning
        code = "duplicate_column" if report is error else "duplicate_column_ignored"
        problems.append(report(code, column=shown, column_number=index + 1, header=column.header, **row))
    problems += [
        warning(
            "unknown_column", column=shown, column_number=index + 1,
            count=_filled_below(sheet, row["row"], index), **row,
        )
        for shown, index in match.unknown
    ]  # fmt: skip
    problems += [
        warning("header_without_diacritics", column=shown, column_number=index + 1, header=column.header, **row)
        for column, shown, index in match.bare
    ]
    return problems


def _filled_below(sheet: Sheet, header_row: int, index: int) -> int:
    below = (row.cells for row in sheet.rows if row.number > header_row)
    return sum(index < len(cells) and not is_blank(cells[index]) for cells in below)
