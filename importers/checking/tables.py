"""Which sheets of a workbook hold the table that is looked for, and what is wrong with a file that has none."""

from __future__ import annotations

from cms.core.text import looks_legacy
from importers.checking.cells import CellReader
from importers.checking.columns import Layout
from importers.checking.headers import FIRST_ROWS, Header, column_letter, find_header, is_blank
from importers.checking.verdict import Verdict
from importers.problems import Problem, error, warning
from importers.reading.contract import Sheet, Workbook


def find_tables(workbook: Workbook, layouts: tuple[Layout, ...], verdict: Verdict) -> list[tuple[Sheet, Header]]:
    """Return the sheets with a table in one of the layouts, and note them in the verdict.

    With a complete one at hand, half a header elsewhere is only a table beside it.
    """
    found = [(sheet, find_header(sheet, layouts)) for sheet in workbook.sheets]
    complete = any(header and not header.refused for _, header in found)
    headers = []
    for sheet, header in found:
        if header and not (complete and header.refused and _is_side_table(header)):
            headers.append((sheet, header))
        elif complete and _looks_like_table(sheet):
            verdict.problems.append(warning("sheet_without_header", sheet=sheet.name))
    if headers:
        verdict.sheets = [sheet.name for sheet, _ in headers]
        verdict.layout = headers[0][1].layout.code
        verdict.tables = {sheet.name: header.table() for sheet, header in headers}
        verdict.notes += [note for sheet, header in headers for note in header.passed_by(sheet)]
        verdict.mapped = list(dict.fromkeys(pair for _, header in headers for pair in header.mapped()))
    else:
        verdict.problems += _no_header(workbook, layouts)
    return headers


def formulas_elsewhere(sheet: Sheet, cells: CellReader) -> list[Problem]:
    """Formulas that reach out of the workbook are refused wherever they stand."""
    return [
        error(
            special.kind, sheet=sheet.name, row=row, column=column_letter(column), column_number=column,
            value=special.text,
        )
        for (row, column), special in sheet.specials.items()
        if special.kind in ("formula_external", "formula_program") and (row, column) not in cells.seen
    ]  # fmt: skip


def in_order_of(workbook: Workbook, problems: list[Problem]) -> None:
    """Sort problems as a reader goes through the file."""
    order = {sheet.name: index for index, sheet in enumerate(workbook.sheets)}
    problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))


def _is_side_table(header: Header) -> bool:
    required = [column.key for column in header.layout.columns if column.required]
    return 2 * sum(key in header.columns for key in required) < len(required) + 1


def _looks_like_table(sheet: Sheet) -> bool:
    return sum(sum(not is_blank(value) for value in row.cells) >= 4 for row in sheet.rows) >= 2


def _no_header(workbook: Workbook, layouts: tuple[Layout, ...]) -> list[Problem]:
    problems = []
    for sheet in workbook.sheets:
        texts = (v for row in sheet.rows if row.number <= FIRST_ROWS for v in row.cells if isinstance(v, str))
        if encoding := next(filter(None, map(looks_legacy, texts)), None):
            problems.append(error("legacy_encoding", sheet=sheet.name, encoding=encoding))
    names = [column.header for column in layouts[0].columns if column.required] if layouts else []
    sheets = ", ".join(sheet.name for sheet in workbook.sheets)
    return problems or [error("no_header", sheets=sheets, headers=", ".join(names), first_rows=FIRST_ROWS)]
