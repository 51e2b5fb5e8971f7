"""Reads the rows of a sheet into rows of a kind, in one way for all: a kind says what it makes of their values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from importers.checking.cells import CellReader
from importers.checking.columns import Column
from importers.checking.headers import Header
from importers.checking.reporting import Report, counted
from importers.checking.rows import DataRow, RowSorter
from importers.checking.tables import formulas_elsewhere
from importers.checking.verdict import Verdict
from importers.problems import error, warning
from importers.reading.contract import Limits, Sheet, Value

R = TypeVar("R")


class RowReader(ABC, Generic[R]):
    """Reads the data rows of one sheet. ``inherits`` are the columns whose cells count for rows below, too."""

    inherits: tuple[str, ...] = ()

    def __init__(self, sheet: Sheet, header: Header, cells: CellReader) -> None:
        self.cells = cells
        self._sheet, self._header = sheet, header
        self._required = [c for c in header.layout.columns if c.filled and c.key in header.columns]
        # How many cells were taken over from a row above, by column key.
        self._carried: dict[str, int] = {}
        # Values of cells that count for rows below, by (key, row): each is reported where it stands, once.
        self._above: dict[tuple[str, int], Any] = {}

    @abstractmethod
    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a row by its cells' values, and put down what is wrong with them together."""

    @abstractmethod
    def make(self, row: DataRow, fields: dict[str, Any], inherited: dict[str, Any], ok: bool) -> R:
        """Return the row of the kind; ``ok`` is false when any of its cells is an error."""

    def read(self, row: DataRow) -> R:
        errors_before = len(self.cells.problems)
        self.cells.look_beside(row.number, row.cells)
        inherited = self.inherited(row)
        values = self.cells.read_row(row.number, row.cells)
        self._inherit(row, values, inherited)
        for column in self._required:
            if values[column.key] is None and column.key not in self.cells.bad:
                self.cells.fail("required", key=column.key)
        fields = self.complete(values)
        ok = all(problem.severity != "error" for problem in self.cells.problems[errors_before:])
        return self.make(row, fields, inherited, ok)

    def inherited(self, row: DataRow) -> dict[str, Any]:
        """What rows above give to this one: cells carried forward or merged over it, by column key."""
        columns = {key: self._header.layout.column(key) for key in row.parent}
        return {
            key: self.value_above(key, column, number, self._header.columns[key], value)
            for key, (number, value) in row.parent.items()
            if (column := columns[key]) is not None
        }

    def value_above(self, key: str, column: Column, row: int, index: int, value: Value) -> Any:
        """The value of a cell further up, read once."""
        if (key, row) not in self._above:
            self._above[key, row] = self.cells.read(column, row, index, value)
        return self._above[key, row]

    def _inherit(self, row: DataRow, values: dict[str, Any], inherited: dict[str, Any]) -> None:
        for key, value in inherited.items():
            if values.get(key) is not None or key in self.cells.bad:
                continue
            values[key] = value
            if value is None:
                self.cells.bad.add(key)
            if key in row.parent:
                self._carried[key] = self._carried.get(key, 0) + 1
        for key in self.inherits:
            if key in self._header.columns:
                self._above[key, row.number] = values.get(key)

    def read_all(self, verdict: Verdict, report: Report) -> list[R]:
        """The rows of the sheet; what is wrong with them goes to the verdict."""
        sorter = RowSorter(self._sheet, self._header, self.inherits)
        rows = [self.read(row) for row in counted(sorter, report, len(self._sheet.rows))]
        verdict.problems += sorter.problems + self.cells.problems + formulas_elsewhere(self._sheet, self.cells)
        where = {"sheet": self._sheet.name, "row": self._header.last_row}
        for key, count in self._carried.items():
            column = {"column": self.cells.name_of(key), "column_number": self.cells.number_of(key)}
            verdict.problems.append(warning("carried_forward", count=count, **column, **where))
        verdict.notes += self.cells.notes
        return rows


def count_rows(rows: list[Any], limits: Limits, verdict: Verdict) -> None:
    """Note how many rows there are, and refuse too many of them, or none."""
    verdict.rows = len(rows)
    if len(rows) > limits.rows:
        verdict.problems.append(error("too_many_rows", limit=limits.rows))
    if not rows and not verdict.errors:
        verdict.problems.append(error("no_rows", sheet=verdict.sheets[0]))
