"""Reads .xls (Excel 97 to 2003) through calamine, with a warning; ``biff`` adds what calamine leaves out."""

from __future__ import annotations

import pathlib
import re
import struct
from typing import TYPE_CHECKING

from importers.problems import FileRefused, Problem, error, warning
from importers.reading.biff import Marks, read_marks
from importers.reading.cellvalues import Shared
from importers.reading.contract import Limits, Special, Value
from importers.reading.folded import FoldedBook, FoldedSheet
from importers.reading.grid import Grid
from importers.reading.xmlparts import broken

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

PART = "Workbook"
# The storages of embedded objects (MBD and eight hexadecimal digits) and the stream of ActiveX controls: [MS-XLS] 2.1.
_OBJECTS = re.compile(rb"M\0B\0D\0(?:[0-9A-F]\0){8}|C\0t\0l\0s\0\0\0")


def read_xls(path: pathlib.Path, limits: Limits) -> FoldedBook:
    """Read the visible sheets. Raises FileRefused when the file is damaged, locked, or has none."""
    import python_calamine

    data = path.read_bytes()
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise FileRefused(error("macros"))
    if found := _OBJECTS.search(data):
        raise FileRefused(error("embedded_objects", part=found[0].decode("utf-16-le")))
    try:
        marks = read_marks(data)
        book = python_calamine.load_workbook(str(path))
        return _read_book(book, marks, limits)
    except python_calamine.PasswordError as failure:
        raise FileRefused(error("encrypted")) from failure
    except (python_calamine.CalamineError, struct.error, IndexError, ValueError, OSError) as failure:
        raise broken(PART, "BIFF") from failure


def _read_book(book: CalamineWorkbook, marks: list[Marks], limits: Limits) -> FoldedBook:
    import python_calamine

    shared, sheets = Shared(limits), list[FoldedSheet]()
    problems = [warning("old_format", format=".xls")]
    for meta, mark in zip(book.sheets_metadata, marks, strict=True):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            problems.append(warning("hidden_sheet", sheet=meta.name))
            continue
        sheets.append(_read_sheet(book.get_sheet_by_name(meta.name), Grid(meta.name, PART, shared), mark, problems))
    if not sheets:
        raise FileRefused(error("no_sheet"), *problems)
    return FoldedBook("xls", sheets, problems)


def _read_sheet(source: CalamineSheet, grid: Grid, marks: Marks, problems: list[Problem]) -> FoldedSheet:
    grid.hidden_columns = marks.hidden_columns
    for number, cells in enumerate(_rows(source, max(marks.specials, default=0)), start=1):
        grid.start_row(str(number), number in marks.hidden_rows)
        for column, value in enumerate(cells, start=1):
            if value != "":
                grid.put(column, grid.text(column, value) if isinstance(value, str) else _plain(value))
        _add_specials(grid, marks.specials.get(number, {}))
        grid.end_row()
    sheet = grid.finish()
    problems.extend(grid.problems)
    sheet.percent_cells = {(row, column) for row, column in marks.percent_cells if column <= grid.limit}
    sheet.merged = [(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in _merged(source)]
    return sheet


def _rows(source: CalamineSheet, at_least: int) -> list[list[Value]]:
    """The rows from A1 on. calamine leaves out the columns before the first used one and ends at the last value."""
    before: list[Value] = [""] * source.start[1] if source.start else []
    rows = [before + list(cells) for cells in source.iter_rows()] if source.start else []
    return rows + [[]] * (at_least - len(rows))


def _add_specials(grid: Grid, specials: dict[int, Special]) -> None:
    for column, special in specials.items():
        grid.mark(column, special)
        if special.kind == "error_value":
            grid.put(column, special.text)


def _merged(source: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return source.merged_cell_ranges or []


def _plain(value: Value) -> Value:
    """Every number in a .xls is a float; whole ones are meant as whole."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
