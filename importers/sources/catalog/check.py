"""Checks a workbook as a catalog: every problem in one pass, and what would change in the current version.

Pure: the same workbook and context always give the same verdict. Source: the import contract.
"""

from __future__ import annotations

from cms.core.numbers import format_decimal_vi
from cms.core.text import looks_legacy
from importers.problems import Problem, error, warning
from importers.sheets.contract import Sheet, Workbook
from importers.sources.catalog.duplicates import find_duplicates
from importers.sources.catalog.headers import FIRST_ROWS, Header, column_letter, find_header, is_blank
from importers.sources.catalog.items import ItemReader, ReadItem
from importers.sources.catalog.matching import match_items
from importers.sources.catalog.rows import RowSorter
from importers.sources.catalog.titles import find_title_facts
from importers.sources.catalog.verdict import Context
from importers.sources.verdict import Verdict


def check(workbook: Workbook, context: Context) -> Verdict:
    """Check the whole workbook. All that is wrong stands in ``problems``; nothing is raised for what a file holds."""
    verdict = Verdict(problems=list(workbook.problems))
    headers = _find_headers(workbook, context, verdict)
    items: list[ReadItem] = []
    for sheet, header in headers:
        items += _read_sheet(sheet, header, context, verdict)
    if headers:
        _finish(items, context, verdict)
    order = {sheet.name: index for index, sheet in enumerate(workbook.sheets)}
    verdict.problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
    return verdict


def _finish(items: list[ReadItem], context: Context, verdict: Verdict) -> None:
    verdict.rows = len(items)
    if not items:
        if not verdict.errors:
            verdict.problems.append(error("no_rows", sheet=verdict.sheets[0]))
        return
    if not context.prefix and any("code" not in item.given for item in items):
        verdict.problems.append(error("code_prefix_missing", sheet=verdict.sheets[0]))
    verdict.problems += find_duplicates(items)
    verdict.items, missing = match_items(items, context)
    verdict.missing = [*missing]


def _find_headers(workbook: Workbook, context: Context, verdict: Verdict) -> list[tuple[Sheet, Header]]:
    """The sheets that are catalogs. With a complete one at hand, half a header elsewhere is only a table beside it."""
    found = [(sheet, find_header(sheet, context.layouts)) for sheet in workbook.sheets]
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
    else:
        verdict.problems += _no_header(workbook, context)
    return headers


def _read_sheet(sheet: Sheet, header: Header, context: Context, verdict: Verdict) -> list[ReadItem]:
    verdict.problems += header.problems
    _read_title(sheet, header, context, verdict)
    if header.refused:
        return []
    sorter, reader = RowSorter(sheet, header), ItemReader(sheet, header, context)
    items = [reader.read(row) for row in sorter]
    verdict.problems += sorter.problems + reader.cells.problems
    verdict.problems += _formulas_elsewhere(sheet, reader) + _carried(sheet, header, reader)
    verdict.notes += reader.cells.notes
    return items


def _read_title(sheet: Sheet, header: Header, context: Context, verdict: Verdict) -> None:
    facts = find_title_facts(sheet, header)
    if facts is None:
        return
    verdict.title = verdict.title or facts.as_json()
    if facts.standard_score is not None and facts.standard_score != context.standard_score:
        where = {"sheet": sheet.name, "row": facts.row, "value": facts.text}
        found, expected = format_decimal_vi(facts.standard_score), format_decimal_vi(context.standard_score)
        verdict.problems.append(warning("standard_score_differs", **where, found=found, expected=expected))


def _carried(sheet: Sheet, header: Header, reader: ItemReader) -> list[Problem]:
    where = {"sheet": sheet.name, "row": header.last_row}
    return [
        warning(
            "carried_forward", column=header.names[key], column_number=header.columns[key] + 1, count=count, **where
        )
        for key, count in reader.carried.items()
    ]


def _formulas_elsewhere(sheet: Sheet, reader: ItemReader) -> list[Problem]:
    """Formulas that reach out of the workbook are refused wherever they stand."""
    return [
        error(
            special.kind,
            sheet=sheet.name,
            row=row,
            column=column_letter(column),
            column_number=column,
            value=special.text,
        )  # fmt: skip
        for (row, column), special in sheet.specials.items()
        if special.kind in ("formula_external", "formula_program") and (row, column) not in reader.cells.seen
    ]


def _is_side_table(header: Header) -> bool:
    required = [column.key for column in header.layout.columns if column.required]
    return 2 * sum(key in header.columns for key in required) < len(required) + 1


def _looks_like_table(sheet: Sheet) -> bool:
    return sum(sum(not is_blank(value) for value in row.cells) >= 4 for row in sheet.rows) >= 2


def _no_header(workbook: Workbook, context: Context) -> list[Problem]:
    problems = []
    for sheet in workbook.sheets:
        texts = (v for row in sheet.rows if row.number <= FIRST_ROWS for v in row.cells if isinstance(v, str))
        if encoding := next(filter(None, map(looks_legacy, texts)), None):
            problems.append(error("legacy_encoding", sheet=sheet.name, encoding=encoding))
    names = [column.header for column in context.layouts[0].columns if column.required] if context.layouts else []
    sheets = ", ".join(sheet.name for sheet in workbook.sheets)
    return problems or [error("no_header", sheets=sheets, headers=", ".join(names), first_rows=FIRST_ROWS)]
