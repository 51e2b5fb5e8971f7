"""Taking a list of officers back: only what it wrote goes back, and what people edited since stays."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.translation import gettext as _

from cms.organisations import actions as staff_actions
from cms.organisations.actions import StaffRow, staff_edition
from cms.organisations.models import Posting
from cms.users.models import User
from importers.batches import packing
from importers.batches.previews import rows_of
from importers.enums import MissingItems, RowClass
from importers.kinds.contract import LeftRow, UndoPlan
from importers.kinds.officers.check.context import ROW_FIELDS, Span
from importers.kinds.officers.check.matching import overlap
from importers.kinds.officers.compare import base_postings
from importers.kinds.officers.store import read_value, read_values
from importers.models import ImportBatch, ImportRow


@dataclass
class _Officer:
    """What going back would do to one officer: postings that go, and values that postings get again."""

    removed: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    restored: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    returned: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)

    def given_back(self) -> dict[uuid.UUID, dict[str, Any]]:
        """The values that postings get again."""
        return self.restored | self.returned


@dataclass
class _Way:
    """The way back, officer by officer, and what is left as it is."""

    officers: dict[str, _Officer] = field(default_factory=lambda: defaultdict(_Officer))
    left: list[LeftRow] = field(default_factory=list)

    def count(self, what: str) -> int:
        """How many postings of all officers are removed, restored or returned."""
        return sum(len(getattr(officer, what)) for officer in self.officers.values())


def plan(batch: ImportBatch) -> UndoPlan:
    """Return what taking the list back would do now."""
    way = _Way()
    now = {
        cast(uuid.UUID, base.identity): {name: base.values()[name] for name in ROW_FIELDS}
        for base in base_postings(batch.agency)
    }
    for row in rows_of(batch, RowClass.NEW, RowClass.CHANGED):
        _take_back(way, row, now.get(row.identity))
    if batch.missing == MissingItems.REMOVE:
        ended = (packing.stored(batch, packing.BEFORE) or {}).get("ended_on")
        for row in rows_of(batch, RowClass.MISSING):
            _bring_back(way, row, now.get(row.identity), read_value("valid_to", ended))
    _leave_what_would_overlap(way)
    return UndoPlan(
        edition=staff_edition(batch.agency), removed=way.count("removed"), restored=way.count("restored"),
        returned=way.count("returned"), left=way.left, work=way,
    )  # fmt: skip


def _take_back(way: _Way, row: ImportRow, now: dict[str, Any] | None) -> None:
    wrote, identity = read_values(row.values), row.identity
    if now is None:
        if row.change == RowClass.CHANGED:
            way.left.append(_left_row(wrote, _("It was removed since.")))
    elif now != wrote:
        way.left.append(_left_row(now, _("It was edited since.")))
    elif row.change == RowClass.NEW:
        way.officers[wrote["code"]].removed[identity] = wrote
    else:
        before = {name: read_value(name, was) for name, (was, _is) in row.changes.items()}
        way.officers[wrote["code"]].restored[identity] = wrote | before


def _bring_back(way: _Way, row: ImportRow, now: dict[str, Any] | None, ended: Any) -> None:
    before = read_values(row.values)
    if now == before | {"valid_to": ended}:
        way.officers[before["code"]].returned[row.identity] = before
    else:
        way.left.append(_left_row(now or before, _("It was edited since.") if now else _("It was removed since.")))


def _left_row(values: dict[str, Any], why: str) -> LeftRow:
    return LeftRow(values["code"], values["name"], why)


def _leave_what_would_overlap(way: _Way) -> None:
    """An officer who was posted anew since keeps all postings as they are, rather than two main ones at one time."""
    others = _other_spans(way)
    for code, officer in list(way.officers.items()):
        back = officer.given_back().values()
        spans = [(one["valid_from"], one["valid_to"]) for one in back if one["is_main"]] + others[code]
        if _any_overlap(spans):
            values = next(iter(back))
            way.left.append(_left_row(values, _("The officer was posted anew since; both would hold at one time.")))
            del way.officers[code]


def _other_spans(way: _Way) -> dict[str, list[Span]]:
    """The officers' main postings that stay as they are, wherever they are."""
    going = {identity for officer in way.officers.values() for identity in (*officer.removed, *officer.given_back())}
    spans: dict[str, list[Span]] = defaultdict(list)
    main = Posting.objects.filter(is_main=True).values_list("officer__code", "identity", "valid_from", "valid_to")
    for code, identity, first, last in main.iterator():
        if code in way.officers and identity not in going:
            spans[code].append((first, last))
    return spans


def _any_overlap(spans: Iterable[Span]) -> bool:
    ordered = sorted(spans, key=lambda span: span[0])
    return any(overlap(one, other) for one, other in zip(ordered, ordered[1:], strict=False))


def undo(*, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
    """Write it back as planned."""
    way: _Way = plan.work
    rows = [
        StaffRow(identity=identity, **values)
        for officer in way.officers.values()
        for identity, values in officer.given_back().items()
    ]
    removed = [identity for officer in way.officers.values() for identity in officer.removed]
    source = {"undone": batch.file_name}
    staff_actions.write_staff(by=by, agency=batch.agency, rows=rows, removed=removed, source=source)
