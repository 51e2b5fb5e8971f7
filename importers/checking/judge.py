"""The check of a workbook that was read, by the check of its kind."""

from __future__ import annotations

from importers.checking import mending
from importers.checking.contract import Findings, Order
from importers.checking.findings import findings_of
from importers.checking.outline import is_mendable, outline
from importers.checking.proposals import could_be_header
from importers.checking.reporting import Report, silent
from importers.checking.verdict import Note, Verdict
from importers.problems import FileRefused
from importers.reading import Workbook
from importers.workbooks.stamp import find_stamp, read_stamp


def judge(outcome: Workbook | FileRefused, order: Order, report: Report = silent) -> Findings:
    """Check what reading came to, with the cells mended in the browser put in. A refusal is a verdict too."""
    if isinstance(outcome, FileRefused):
        return findings_of(Verdict(problems=outcome.problems))
    mending.tidy(outcome)
    mending.put_in(outcome, order.corrections)
    verdict = check(outcome, order, report)
    may_be_matched = verdict.mapped or (is_mendable(verdict.problems) and any(map(could_be_header, outcome.sheets)))
    headings = outline(outcome, order.context.layouts) if may_be_matched else None
    return findings_of(verdict, mending.cells_to_mend(outcome, verdict, order.corrections), headings)


def check(workbook: Workbook, order: Order, report: Report = silent) -> Verdict:
    """Check a workbook as its kind does, after what its stamp says; never raises for what it holds.

    No row is read of the template of another agency or for another kind of upload: compared with this list, everything
    in it would be wrong. What is to be said of that is known to the database alone (``importers.batches.stamps``).
    """
    found = find_stamp(workbook)
    stamp = read_stamp(found.text) if found else None
    if found is None or stamp is None or stamp.kind not in order.known_kinds:
        verdict = order.check(workbook, order.context, report)
        if found:
            verdict.notes.append(Note("stamp_unknown", found.sheet, found.row, "", found.text))
        return verdict
    if (stamp.agency, stamp.kind) == (order.agency, order.kind):
        _pass_over(workbook, order.own_sheets)
        verdict = order.check(workbook, order.context, report)
    else:
        verdict = Verdict()
    verdict.template, verdict.template_place = stamp.text, (found.sheet, found.row)
    return verdict


def _pass_over(workbook: Workbook, own: frozenset[str]) -> None:
    """The guide and the lists are no tables beside the data, hidden or not."""
    data = [sheet for sheet in workbook.sheets if sheet.name not in own]
    workbook.sheets = data or workbook.sheets
    workbook.problems = [
        problem for problem in workbook.problems if not (problem.code == "hidden_sheet" and problem.sheet in own)
    ]
