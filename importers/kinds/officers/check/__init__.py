"""Checks a workbook as a list of officers: every problem in one pass, and what would change on record.

Pure: the same workbook and context always give the same verdict. Source: the import contract.
"""

from __future__ import annotations

from importers.checking.headers import Header
from importers.checking.reader import count_rows
from importers.checking.reporting import Report, silent
from importers.checking.tables import find_tables, in_order_of
from importers.checking.verdict import Verdict
from importers.kinds.officers.check.conflicts import find_conflicts
from importers.kinds.officers.check.context import Context
from importers.kinds.officers.check.layout import CATEGORY, PERSONAL
from importers.kinds.officers.check.lookup import Lookup
from importers.kinds.officers.check.matching import Matched
from importers.kinds.officers.check.reading import ReadPosting, StaffReader
from importers.problems import Problem, warning
from importers.reading.contract import Sheet, Workbook


def check(workbook: Workbook, context: Context, report: Report = silent) -> Verdict:
    """Check the whole workbook. All that is wrong stands in ``problems``; nothing is raised for what a file holds.

    Cells of personal data that the platform does not need are emptied in the workbook itself, so that nothing that
    comes after keeps them.
    """
    verdict = Verdict(problems=list(workbook.problems))
    tables = find_tables(workbook, context.layouts, verdict)
    lookup = Lookup(context)
    items: list[ReadPosting] = []
    for sheet, header in tables:
        verdict.problems += _drop_personal(sheet, header) + header.problems
        if not header.refused:
            items += StaffReader(sheet, header, context, lookup).read_all(verdict, report)
    if tables:
        report("comparing")
        _finish(items, context, verdict)
    in_order_of(workbook, verdict.problems)
    return verdict


def _drop_personal(sheet: Sheet, header: Header) -> list[Problem]:
    """Empty the columns of personal data, and say so once for each; those that the agency's words pass by, too."""
    problems = []
    for index in header.passed:
        _empty(sheet, header, index)
    for column in PERSONAL:
        index = header.columns.get(column.key, -1)
        if index >= 0:
            _empty(sheet, header, index)
            where = {"sheet": sheet.name, "row": header.last_row, "column": header.names[column.key]}
            problems.append(warning("personal_not_kept", column_number=index + 1, **where))
    return problems


def _empty(sheet: Sheet, header: Header, index: int) -> None:
    for row in sheet.rows:
        if row.number > header.last_row and index < len(row.cells):
            row.cells[index] = None
            sheet.specials.pop((row.number, index + 1), None)


def _finish(items: list[ReadPosting], context: Context, verdict: Verdict) -> None:
    count_rows(items, context.limits, verdict)
    if not items:
        return
    matched = Matched(items, context)
    verdict.problems += matched.problems + find_conflicts(matched, context)
    verdict.items, verdict.missing = matched.rows(), [*matched.missing()]
    without = next((i for i in matched.items if "category" not in i.given and matched.is_new_officer(i)), None)
    if without is not None:
        where = {"sheet": without.sheet, "row": verdict.tables[without.sheet].header_row}
        verdict.problems.append(warning("category_assumed", header=CATEGORY.header, **where))
