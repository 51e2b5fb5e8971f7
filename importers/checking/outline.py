"""What of a workbook the matching of columns needs: its first rows as texts, bounded whatever the file holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from importers.checking.columns import Layout
from importers.checking.headers import FIRST_ROWS
from importers.checking.headings import MAX_LENGTH
from importers.checking.likeness import Vocabulary
from importers.checking.mending import as_text
from importers.problems import Problem
from importers.reading.contract import Row, Sheet, Workbook

# What a person can mend by saying which column is which: errors first, then what was only noticed.
REFUSING = frozenset(("no_header", "missing_column", "duplicate_column"))
NOTICED = frozenset(("unknown_column", "duplicate_column_ignored"))

_SHEETS = 5
_ROWS_BELOW = 20
_COLUMNS = 60
_MERGED = 200
# The key of the column that numbers the rows: not read either, but no secret.
NUMBERING = "no"
# So long at most is a heading that sounds like one of ours, and so much like it.
_HEADING, _SOUNDS_LIKE = 80, 0.6


def is_mendable(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems could go away when columns are matched."""
    return any(problem.code in REFUSING or problem.code in NOTICED for problem in problems)


def outline(workbook: Workbook, layouts: tuple[Layout, ...]) -> dict[str, Any]:
    """Return the first rows of the first sheets as plain values; columns known as not ours keep their heading alone."""
    return {"sheets": [_sheet(sheet, layouts) for sheet in workbook.sheets[:_SHEETS]]}


def read_outline(stored: dict[str, Any]) -> list[Sheet]:
    """Return what ``outline`` wrote as sheets whose cells are texts."""
    return [
        Sheet(
            sheet["name"],
            [Row(number, list(cells)) for number, cells in sheet["rows"]],
            merged=[(top, left, bottom, right) for top, left, bottom, right in sheet["merged"]],
        )
        for sheet in stored["sheets"]
    ]


def _sheet(sheet: Sheet, layouts: tuple[Layout, ...]) -> dict[str, Any]:
    top = [row for row in sheet.rows if row.number <= FIRST_ROWS]
    rows = [*top, *islice(sheet.rows, len(top), len(top) + _ROWS_BELOW)]
    hidden = _not_stored(top, layouts)
    merged = [list(place) for place in sheet.merged if place[0] <= FIRST_ROWS][:_MERGED]
    cells = [
        [row.number, [_text(row, index, hidden) for index in range(min(len(row.cells), _COLUMNS))]] for row in rows
    ]
    return {"name": sheet.name, "rows": cells, "merged": merged}


def _not_stored(rows: list[Row], layouts: tuple[Layout, ...]) -> dict[int, int]:
    """Columns (from 0) that seem to hold personal data which is not ours, with the row that says so.

    Whatever sounds like it counts, in any of the first rows: the header is not known yet.
    """
    vocabulary = Vocabulary(layouts)
    passed = [column for column in vocabulary.columns if column.kind == "ignored" and column.key != NUMBERING]
    read = [column for column in vocabulary.columns if column.kind != "ignored"]
    found: dict[int, int] = {}
    for row in rows if passed else ():
        for index, value in enumerate(row.cells[:_COLUMNS]):
            if type(value) is str and len(value) <= _HEADING and index not in found:
                share = vocabulary.by_words(value, passed)
                if share >= _SOUNDS_LIKE and share >= vocabulary.by_words(value, read):
                    found[index] = row.number
    return found


def _text(row: Row, index: int, hidden: dict[int, int]) -> str:
    """One character more than a heading may have is kept, so that what is too long stays too long."""
    return "" if row.number > hidden.get(index, row.number) else as_text(row.cells[index])[: MAX_LENGTH + 1]
