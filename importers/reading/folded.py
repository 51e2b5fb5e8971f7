"""A workbook while it is read and on its way out of the child process: its rows column by column.

One list for each column of many rows is made, sent and taken apart sooner than one for each row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress, zip_longest

from importers.problems import Problem
from importers.reading.contract import Format, Row, Sheet, Special, Value, Workbook


@dataclass(slots=True)
class Piece:
    """Rows that follow one another: their numbers, which are hidden, and the values of columns A, B … in each."""

    numbers: list[int]
    hidden: list[bool]
    columns: list[list[Value]]

    def rows(self) -> list[Row]:
        """The rows, each up to its last value."""
        cells = list(map(list, zip(*self.columns, strict=True))) if self.columns else [[] for _ in self.numbers]
        for row in cells if self.columns and None in self.columns[-1] else ():
            while row and row[-1] is None:
                row.pop()
        return list(map(Row, self.numbers, cells, self.hidden))

    def without_blank_rows(self, but: set[int]) -> Piece:
        """The piece without rows that hold nothing, but for those whose number is in ``but``."""
        if any(None not in values for values in self.columns):
            return self
        rows = zip(*self.columns, strict=True) if self.columns else [()] * len(self.numbers)
        needed = [row.count(None) < len(row) or number in but for row, number in zip(rows, self.numbers, strict=True)]
        columns = [list(compress(values, needed)) for values in self.columns]
        return Piece(list(compress(self.numbers, needed)), list(compress(self.hidden, needed)), columns)


@dataclass(slots=True)
class FoldedSheet:
    """As ``contract.Sheet``, with its rows in pieces."""

    name: str
    pieces: list[Piece] = field(default_factory=list)
    specials: dict[tuple[int, int], Special] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    percent_cells: set[tuple[int, int]] = field(default_factory=set)

    def rows(self) -> list[Row]:
        """All rows of all pieces."""
        return [row for piece in self.pieces for row in piece.rows()]


@dataclass(slots=True)
class FoldedBook:
    """As ``contract.Workbook``, with its sheets folded."""

    format: Format
    sheets: list[FoldedSheet]
    problems: list[Problem] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def fold(rows: list[Row]) -> Piece:
    """The piece that these rows make."""
    columns = list(map(list, zip_longest(*[row.cells for row in rows])))
    return Piece([row.number for row in rows], [row.hidden for row in rows], columns)


def unfold(book: FoldedBook) -> Workbook:
    """The workbook row by row."""
    sheets = [Sheet(each.name, each.rows(), each.specials, each.merged, each.percent_cells) for each in book.sheets]
    return Workbook(book.format, sheets, book.problems, book.properties)
