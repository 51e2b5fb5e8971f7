"""Checks a workbook as a catalog: every problem in one pass, and what would change in the current version.

Pure: the same workbook and context always give the same verdict. Source: the import contract.
"""

from __future__ import annotations

from cms.core.numbers import format_decimal_vi
from importers.checking.headers import Header
from importers.checking.reader import count_rows
from importers.checking.reporting import Report, silent
from importers.checking.tables import find_tables, in_order_of
from importers.checking.verdict import Verdict
from importers.kinds.catalog.check.context import Context
from importers.kinds.catalog.check.duplicates import find_duplicates, find_same_names
from importers.kinds.catalog.check.items import ItemReader, ReadItem
from importers.kinds.catalog.check.matching import match_items
from importers.kinds.catalog.check.titles import find_title_facts
from importers.problems import error, warning
from importers.reading.contract import Sheet, Workbook


def check(workbook: Workbook, context: Context, report: Report = silent) -> Verdict:
    """Check the whole workbook. All that is wrong stands in ``problems``; nothing is raised for what a file holds."""
    verdict = Verdict(problems=list(workbook.problems))
    headers = find_tables(workbook, context.layouts, verdict)
    items: list[ReadItem] = []
    for sheet, header in headers:
        verdict.problems += header.problems
        _read_title(sheet, header, context, verdict)
        if not header.refused:
            items += ItemReader(sheet, header, context).read_all(verdict, report)
    if headers:
        report("comparing")
        _finish(items, context, verdict)
    in_order_of(workbook, verdict.problems)
    return verdict


def _finish(items: list[ReadItem], context: Context, verdict: Verdict) -> None:
    count_rows(items, context.limits, verdict)
    if not items:
        return
    if not context.prefix and any("code" not in item.given for item in items):
        verdict.problems.append(error("code_prefix_missing", sheet=verdict.sheets[0]))
    duplicates, originals = find_duplicates(items)
    verdict.items, missing = match_items(items, context)
    standing = {(row.sheet, row.row) for row in verdict.items if row.change == "same"}
    verdict.problems += duplicates + find_same_names(originals, standing)
    verdict.missing = [*missing]


def _read_title(sheet: Sheet, header: Header, context: Context, verdict: Verdict) -> None:
    facts = find_title_facts(sheet, header)
    if facts is None:
        return
    verdict.title = verdict.title or facts.as_json()
    if facts.standard_score is not None and facts.standard_score != context.standard_score:
        where = {"sheet": sheet.name, "row": facts.row, "value": facts.text}
        found, expected = format_decimal_vi(facts.standard_score), format_decimal_vi(context.standard_score)
        verdict.problems.append(warning("standard_score_differs", **where, found=found, expected=expected))
