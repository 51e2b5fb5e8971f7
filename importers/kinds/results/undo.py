"""Taking results back: only what the file wrote goes back, and what people did with it since stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.assignments import actions as work_actions
from cms.assignments.actions import ChangedWork
from cms.assignments.enums import WorkState
from cms.assignments.locks import locked_months
from cms.assignments.models import WorkAssignment
from cms.core.bulk import chunks
from cms.users.models import User
from importers.batches.previews import rows_of
from importers.enums import RowClass
from importers.kinds.contract import LeftRow, UndoPlan
from importers.kinds.results.check.context import BaseWork
from importers.kinds.results.compare import base_works
from importers.kinds.results.store import WORK_FIELDS, changes_of, read_values
from importers.models import ImportBatch, ImportRow


@dataclass
class _Way:
    """The way back, and what is left as it is."""

    withdrawn: list[ChangedWork] = field(default_factory=list)
    restored: list[ChangedWork] = field(default_factory=list)
    left: list[LeftRow] = field(default_factory=list)


def plan(batch: ImportBatch) -> UndoPlan:
    """Return what taking the results back would do now: new work is withdrawn, changed work gets its values again."""
    way = _Way()
    for rows in chunks(rows_of(batch, RowClass.NEW, RowClass.CHANGED)):
        works = WorkAssignment.objects.filter(identity__in=[row.identity for row in rows])
        now = {work.identity: work for work in base_works(works)}
        locked = _locked(works)
        for row in rows:
            _take_back(way, row, now.get(row.identity), is_locked=row.identity in locked)
    return UndoPlan(removed=len(way.withdrawn), restored=len(way.restored), left=way.left, work=way)


def _locked(works: Any) -> set[Any]:
    """The identities of the work whose month is final."""
    placed = list(works.order_by().values_list("identity", "officer", "month"))
    if not placed:
        return set()
    months = [month for _identity, _officer, month in placed]
    final = locked_months({officer for _identity, officer, _month in placed}, min(months), max(months))
    return {identity for identity, officer, month in placed if (officer, month) in final}


def _take_back(way: _Way, row: ImportRow, now: BaseWork | None, *, is_locked: bool) -> None:
    wrote = read_values(row.values)
    if why := _why_it_stays(row, wrote, now, is_locked):
        way.left.append(LeftRow(row.values["code"], f"{row.values['item']} {row.values['item_name']}", why))
    elif row.change == RowClass.NEW:
        before, after = {"state": wrote["state"]}, {"state": WorkState.WITHDRAWN.value}
        gone = row.values["documents"]
        way.withdrawn.append(ChangedWork(identity=row.identity, before=before, after=after, documents_gone=gone))
    else:
        before, after = changes_of(row)
        was, is_now = row.changes.get("documents", ((), ()))
        gone = [number for number in is_now if number not in was]
        found = after | {"state": wrote["state"]}
        way.restored.append(ChangedWork(identity=row.identity, before=found, after=before, documents_gone=gone))


def _why_it_stays(row: ImportRow, wrote: dict[str, Any], now: BaseWork | None, is_locked: bool) -> str:
    if is_locked:
        return _("The results of its month are locked.")
    if now is None or now.state == WorkState.WITHDRAWN:
        return _("It was withdrawn since.")
    if now.state == WorkState.CONFIRMED:
        return _("It was confirmed since.")
    same = all(getattr(now, name) == wrote[name] for name in WORK_FIELDS)
    return "" if same and set(now.documents) == set(row.values["documents"]) else _("It was edited since.")


def undo(*, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
    """Write it back as planned."""
    way: _Way = plan.work
    reason = _("The file %(file)s was taken back.") % {"file": batch.file_name}
    withdrawn = [
        ChangedWork(
            identity=one.identity, before=one.before, after={**one.after, "reason": reason},
            documents_gone=one.documents_gone,
        )
        for one in way.withdrawn
    ]  # fmt: skip
    source = {"undone": batch.file_name}
    work_actions.write_work(by=by, agency=batch.agency, changed=[*withdrawn, *way.restored], source=source)
