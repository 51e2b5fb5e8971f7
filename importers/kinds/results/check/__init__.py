"""Checks a workbook as results of work: every problem in one pass, and what would change on record.

Pure: the same workbook and context always give the same verdict. Source: the import contract.
"""

from __future__ import annotations

from importers.checking.reader import count_rows
from importers.checking.reporting import Report, silent
from importers.checking.tables import find_tables, in_order_of
from importers.checking.verdict import Verdict
from importers.kinds.results.check.context import Context
from importers.kinds.results.check.lookup import Lookup
from importers.kinds.results.check.matching import match
from importers.kinds.results.check.outcome import outcome_of
from importers.kinds.results.check.reading import ReadResult, ResultReader
from importers.reading.contract import Workbook


def check(workbook: Workbook, context: Context, report: Report = silent) -> Verdict:
    """Check the whole workbook. All that is wrong stands in ``problems``; nothing is raised for what a file holds."""
    verdict = Verdict(problems=list(workbook.problems))
    tables = find_tables(workbook, context.layouts, verdict)
    lookup = Lookup(context)
    rows: list[ReadResult] = []
    for sheet, header in tables:
        verdict.problems += header.problems
        if not header.refused:
            rows += ResultReader(sheet, header, context, lookup).read_all(verdict, report)
    if tables:
        report("comparing")
        _finish(rows, context, verdict)
    in_order_of(workbook, verdict.problems)
    return verdict


def _finish(rows: list[ReadResult], context: Context, verdict: Verdict) -> None:
    count_rows(rows, context.limits, verdict)
    good = [row for row in rows if row.ok]
    verdict.problems += match(good, context.base)
    for row in good:
        checked, problems = outcome_of(row, context)
        checked.values["name"] = context.names.get(checked.values["code"], checked.values["name"])
        verdict.items.append(checked)
        verdict.problems += problems
    named = {row.base.identity for row in rows if row.base}
    verdict.missing = [work for work in context.base if work.identity not in named]
