"""Reads .ods through calamine, with a warning."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

from importers.problems import FileRefused, error, warning
from importers.sheets.contract import Limits, Sheet, Value, Workbook
from importers.sheets.grid import Grid, Shared
from importers.sheets.xmlparts import broken

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read_ods(path: pathlib.Path, limits: Limits) -> Workbook:
    """Read the visible sheets. Raises FileRefused when calamine cannot, or when none is visible."""
    import python_calamine

    shared = Shared(limits)
    problems = [warning("old_format", format=".ods")]
    sheets: list[Sheet] = []
    try:
        book = python_calamine.load_workbook(str(path))
        for meta in book.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                problems.append(warning("hidden_sheet", sheet=meta.name))
                continue
            sheets.append(_read_sheet(book.get_sheet_by_name(meta.name), meta.name, shared))
    except python_calamine.PasswordError as failure:
        raise FileRefused(error("encrypted")) from failure
    except (python_calamine.CalamineError, ValueError, OSError) as failure:
        raise broken(path.suffix, "BIFF") from failure
    if not sheets:
        raise FileRefused(error("no_sheet"), *problems)
    return Workbook("ods", sheets, problems)


def _read_sheet(source: CalamineSheet, name: str, shared: Shared) -> Sheet:
    grid = Grid(name, name, shared)
    if source.start is None:
        return grid.finish()
    first_row, first_column = source.start
    for number, cells in enumerate(source.iter_rows(), start=1):
        if number <= first_row:
            continue
        grid.start_row(str(number), hidden=False)
        for column, value in enumerate(cells, start=1):
            if value != "":
                grid.put(column, _plain(value))
        grid.end_row()
    return grid.finish()


def _plain(value: Value) -> Value:
    """Every number in a .xls is a float; whole ones are meant as whole."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
