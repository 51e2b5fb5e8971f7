"""What an upload that was a template once says of itself: whose it is, what for, and how old what it was made from is.

One mechanism for every kind. A file without a stamp is a file like any other.
"""

from __future__ import annotations

from cms.core.dates import format_date_vi
from cms.organisations.models import Agency
from importers.checking.contract import Findings
from importers.checking.findings import put_first
from importers.enums import BatchState
from importers.kinds import KINDS
from importers.kinds.contract import Base, Kind, number_of
from importers.models import ImportBatch
from importers.problems import Problem, error, warning
from importers.workbooks.stamp import Stamp, read_stamp


def report_stamp(findings: Findings, *, kind: Kind, agency: Agency, base: Base) -> None:
    """Say first of a check what follows from the stamp that it found: refuse the file, or say how old it is."""
    stamp = read_stamp(findings.template)
    if stamp is None or stamp.kind not in KINDS:
        return
    if problem := _refusal(findings, stamp, kind, agency, base) or (
        _age(stamp, agency, kind, base) if _changes_something(findings, kind) else None
    ):
        put_first(findings, problem)


def _refusal(findings: Findings, stamp: Stamp, kind: Kind, agency: Agency, base: Base) -> Problem | None:
    sheet, row = findings.template_place
    where = {"sheet": sheet, "row": row, "value": findings.template}
    if stamp.agency != agency.code:
        other = Agency.objects.filter(code=stamp.agency).first()
        name = other.name if other else stamp.agency
        return error("template_of_other_agency", agency=name, here=agency.name, **where)
    if stamp.kind != kind.code:
        return error("template_of_other_kind", kind=str(KINDS[stamp.kind].words.name), **where)
    if kind.has_period and (stamp.year, stamp.version) != (base.record.first_day.year, base.record.number):
        return error("template_of_other_period", period=base.record.code, **where)
    return None


def _changes_something(findings: Findings, kind: Kind) -> bool:
    return any(findings.counts[change] for change in ("new", "changed", *(["missing"] if kind.is_whole else [])))


def _age(stamp: Stamp, agency: Agency, kind: Kind, base: Base) -> Problem | None:
    """Say what has happened to the list since the template was made, but for what the same file wrote itself."""
    last = _point_reached(stamp, agency, kind)
    if last == (base.number, base.edition):
        return None
    day = format_date_vi(stamp.day)
    if last[0] == base.number:
        writes = base.edition - last[1]
        # A list that is older than the template was put back from a backup: nobody knows what happened since.
        return warning("template_outdated", day=day, writes=writes) if writes > 0 else None
    return kind.outdated(day, last[0], base) if last[0] < base.number else None


def _point_reached(stamp: Stamp, agency: Agency, kind: Kind) -> tuple[int, int]:
    """Return the version and the count of writes up to which the file knows the list.

    A template that was sent in, written, and filled in further knows what it wrote itself, as long as nobody else
    wrote in between.
    """
    point = (stamp.version, stamp.edition)
    written = ImportBatch.objects.filter(agency=agency, kind=kind.code, template=stamp.text, state=BatchState.COMMITTED)
    for batch in written.select_related(*kind.related).order_by("committed_at"):
        target = kind.target_of(batch)
        if (number_of(target.base), batch.base_edition) == point and batch.written_edition is not None:
            point = (number_of(target.written), batch.written_edition)
    return point
