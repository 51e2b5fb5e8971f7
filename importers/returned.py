"""What an upload that was a template once says of itself: whose it is, what for, and how old what it was made from is.

One mechanism for every kind. A file without a stamp is a file like any other.
"""

from __future__ import annotations

from cms.catalogs.difference import compare_versions
from cms.catalogs.models import ExtraColumn
from cms.core.dates import format_date_vi
from cms.organisations.models import Agency
from importers.enums import BatchState
from importers.kinds import KINDS
from importers.kinds.contract import Base, Kind
from importers.limits import limits
from importers.models import ImportBatch
from importers.problems import Problem, error, warning
from importers.sheets import Workbook
from importers.sources.columns import Layout
from importers.sources.telling import Tell, silent
from importers.sources.verdict import Note, Verdict
from importers.workbooks.book import OWN_SHEETS
from importers.workbooks.stamp import Found, Stamp, find_stamp


def check(
    workbook: Workbook, *, kind: Kind, agency: Agency, base: Base, layouts: tuple[Layout, ...], tell: Tell = silent
) -> Verdict:
    """Check a workbook that was read as its kind does, after what its stamp says; never raises for what it holds.

    The template of another agency or for another kind of upload is refused before a row of it is read: compared with
    this list, everything in it would be wrong.
    """
    found = find_stamp(workbook)
    if found is None:
        return kind.check(workbook, agency, base, limits(), layouts, tell)
    if found.stamp is None or found.stamp.kind not in KINDS:
        verdict = kind.check(workbook, agency, base, limits(), layouts, tell)
        verdict.notes.append(Note("stamp_unknown", found.sheet, found.row, "", found.text))
        return verdict
    if refusal := _refusal(found, found.stamp, kind, agency):
        return Verdict(problems=[refusal], template=found.stamp.text)
    _pass_over_own_sheets(workbook, kind)
    verdict = kind.check(workbook, agency, base, limits(), layouts, tell)
    verdict.template = found.stamp.text
    if _changes_something(verdict) and (age := _age(found.stamp, agency, kind, base)):
        verdict.problems.insert(0, age)
    return verdict


def _refusal(found: Found, stamp: Stamp, kind: Kind, agency: Agency) -> Problem | None:
    where = {"sheet": found.sheet, "row": found.row, "value": found.text}
    if stamp.agency != agency.code:
        other = Agency.objects.filter(code=stamp.agency).first()
        name = other.name if other else stamp.agency
        return error("template_of_other_agency", agency=name, here=agency.name, **where)
    if stamp.kind != kind.code:
        return error("template_of_other_kind", kind=str(KINDS[stamp.kind].words.name), **where)
    return None


def _pass_over_own_sheets(workbook: Workbook, kind: Kind) -> None:
    """The guide and the lists are no tables beside the data, hidden or not."""
    own = OWN_SHEETS | kind.template_sheets
    data = [sheet for sheet in workbook.sheets if sheet.name not in own]
    workbook.sheets = data or workbook.sheets
    workbook.problems = [
        problem for problem in workbook.problems if not (problem.code == "hidden_sheet" and problem.sheet in own)
    ]


def _changes_something(verdict: Verdict) -> bool:
    counts = verdict.counts
    return bool(counts["new"] or counts["changed"] or counts["missing"])


def _age(stamp: Stamp, agency: Agency, kind: Kind, base: Base) -> Problem | None:
    """Say what has happened to the list since the template was made, but for what the same file wrote itself."""
    number = base.version.number if base.version else 0
    last = _point_reached(stamp, agency, kind)
    if last == (number, base.edition):
        return None
    day = format_date_vi(stamp.day)
    if last[0] == number:
        writes = base.edition - last[1]
        # A list that is older than the template was put back from a backup: nobody knows what happened since.
        return warning("template_outdated", day=day, writes=writes) if writes > 0 else None
    if base.version is None or last[0] > number:
        return None
    before = base.version.catalog.versions.filter(number=last[0]).first()
    if before is None:
        return warning("template_before_first_version", day=day, current=number)
    counts = compare_versions(before, base.version, columns=ExtraColumn.objects.in_files().key_set()).counts
    return warning("template_of_earlier_version", day=day, number=last[0], current=number, **counts)


def _point_reached(stamp: Stamp, agency: Agency, kind: Kind) -> tuple[int, int]:
    """Return the version and the count of writes up to which the file knows the list.

    A template that was sent in, written, and filled in further knows what it wrote itself, as long as nobody else
    wrote in between.
    """
    point = (stamp.version, stamp.edition)
    written = ImportBatch.objects.filter(agency=agency, kind=kind.code, template=stamp.text, state=BatchState.COMMITTED)
    for batch in written.select_related("base", "committed_to").order_by("committed_at"):
        if (batch.base.number if batch.base else 0, batch.base_edition) == point and batch.written_edition is not None:
            point = (batch.committed_to.number if batch.committed_to else 0, batch.written_edition)
    return point
