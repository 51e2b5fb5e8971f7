"""Checks a workbook as figures from outside: every problem in one pass, and what would change on record.

Pure: the same workbook and context always give the same verdict. Source: the import contract.
"""

from __future__ import annotations

import uuid

from importers.checking.reader import count_rows
from importers.checking.reporting import Report, silent
from importers.checking.tables import find_tables, in_order_of
from importers.checking.verdict import CheckedRow, Verdict
from importers.kinds.figures.check.context import ROW_FIELDS, BaseFigure, Context, identity_of
from importers.kinds.figures.check.reading import FigureReader, ReadFigure
from importers.problems import error
from importers.reading.contract import Workbook


def check(workbook: Workbook, context: Context, report: Report = silent) -> Verdict:
    """Check the whole workbook. All that is wrong stands in ``problems``; nothing is raised for what a file holds."""
    verdict = Verdict(problems=list(workbook.problems))
    tables = find_tables(workbook, context.layouts, verdict)
    rows: list[ReadFigure] = []
    for sheet, header in tables:
        verdict.problems += header.problems
        if not header.refused:
            rows += FigureReader(sheet, header, context).read_all(verdict, report)
    if tables:
        report("comparing")
        count_rows(rows, context.limits, verdict)
        _compare([row for row in rows if row.ok], context, verdict)
    in_order_of(workbook, verdict.problems)
    return verdict


def _compare(rows: list[ReadFigure], context: Context, verdict: Verdict) -> None:
    stands = {each.identity: each for each in context.base}
    seen: dict[uuid.UUID, ReadFigure] = {}
    for row in rows:
        values = row.values
        identity = identity_of(values["officer"], values["agency"], values["indicator"], values["measured_on"])
        if first := seen.get(identity):
            at = {"first_sheet": first.sheet, "first_row": first.row}
            verdict.problems.append(error("duplicate_figure", value=values["indicator"], **row.place, **at))
        else:
            seen[identity] = row
            verdict.items.append(_checked(row, identity, stands.get(identity)))
    verdict.missing = [each for identity, each in stands.items() if identity not in seen]


def _checked(row: ReadFigure, identity: uuid.UUID, before: BaseFigure | None) -> CheckedRow:
    checked = CheckedRow(row.sheet, row.row, row.values, identity=identity)
    if before:
        was, now = before.values(), row.values
        checked.changes = {name: [was[name], now[name]] for name in ROW_FIELDS if was[name] != now[name]}
        checked.change = "changed" if checked.changes else "same"
    return checked
