"""The cells of a workbook that was read: those mended in the browser put in place, those to mend written out as text.

Pure: no Django, so that whatever kind of rows a file holds is mended alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from cms.core.dates import format_date_vi
from cms.core.text import take_off_guards
from importers.checking.verdict import Verdict
from importers.reading import Sheet, Special, Workbook

# A cell by sheet, row and column, counted from 1.
Place = tuple[str, int, int]

# The sheet of the marked workbook that lists every problem. It is ours and never data.
SUMMARY_SHEET = "LoiCanSua"

# Problems that are mended by typing the very same text: the cell holds something else than text.
RETYPED = frozenset(("code_is_number",))


def tidy(workbook: Workbook) -> None:
    """Take off what the platform itself puts on a file that it hands out, so that it comes back as it was."""
    data = [sheet for sheet in workbook.sheets if sheet.name != SUMMARY_SHEET]
    workbook.sheets = data or workbook.sheets
    if workbook.format == "csv":
        for sheet in workbook.sheets:
            _take_off_apostrophes(sheet)


def _take_off_apostrophes(sheet: Sheet) -> None:
    """A csv of ours has apostrophes before what a spreadsheet program would run; the text itself has none."""
    for row in sheet.rows:
        for index, value in enumerate(row.cells):
            if type(value) is str and "'" in value:
                row.cells[index] = take_off_guards(value)


def put_in(workbook: Workbook, corrections: Mapping[Place, str]) -> None:
    """Put corrected texts in the place of what the cells hold."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    rows = {name: {row.number: row.cells for row in sheets[name].rows} for name, _, _ in corrections if name in sheets}
    for (name, number, column), text in corrections.items():
        cells = rows.get(name, {}).get(number)
        if cells is None:
            continue
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = text or None
        sheets[name].specials.pop((number, column), None)
        sheets[name].percent_cells.discard((number, column))


def cells_to_mend(workbook: Workbook, verdict: Verdict, corrections: Iterable[Place]) -> dict[str, Any]:
    """Return the text of every row that has a problem or a correction, as ``importers.batches.packing`` keeps it."""
    needed: dict[str, set[int]] = {name: set() for name in verdict.tables}
    for problem in verdict.problems:
        table = verdict.tables.get(problem.sheet)
        if table and problem.row > table.header_row:
            needed[problem.sheet].add(problem.row)
    for sheet, row, _ in corrections:
        needed.setdefault(sheet, set()).add(row)
    return {
        "tables": {name: table.headings for name, table in verdict.tables.items()},
        "rows": {sheet.name: _texts(sheet, needed[sheet.name]) for sheet in workbook.sheets if sheet.name in needed},
    }


def _texts(sheet: Sheet, numbers: set[int]) -> dict[int, list[str]]:
    return {
        row.number: [
            as_text(value, sheet.specials.get((row.number, column))) for column, value in enumerate(row.cells, start=1)
        ]
        for row in sheet.rows
        if row.number in numbers
    }


def as_text(value: Any, special: Special | None = None) -> str:
    """Return what a cell holds the way a person would type it."""
    if special and special.text:
        return special.text
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".15g").replace(".", ",")
    if isinstance(value, datetime.date):
        day = format_date_vi(value)
        return f"{day} {value:%H:%M:%S}" if isinstance(value, datetime.datetime) else day
    return str(value)
