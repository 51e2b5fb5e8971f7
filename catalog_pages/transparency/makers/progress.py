"""How far agencies are with their catalogs in the current round, and when each submitted."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils import timezone

from catalog_pages.transparency.figures import Column, Drawing, Figure, Value, bucketed, share
from cms.catalogs.enums import FROZEN_STATES, VersionState
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.core.dates import format_date_vi
from cms.organisations.enums import CATALOG_KINDS, AgencyKind
from cms.organisations.models import Agency

_STATES = (
    Column("not_started", "Chưa bắt đầu", "number"),
    Column("drafting", "Đang lập", "number"),
    Column("submitted", "Đã trình", "number"),
    Column("appraised", "Đã thẩm định", "number"),
    Column("approved", "Đã phê duyệt", "number"),
)
_PLACE = {
    VersionState.DRAFT: 1, VersionState.RETURNED: 1, VersionState.SUBMITTED: 2, VersionState.APPRAISED: 3,
    VersionState.APPROVED: 4, VersionState.SUPERSEDED: 4,
}  # fmt: skip
_KINDS = {
    AgencyKind.PROVINCE: "Danh mục dùng chung của tỉnh", AgencyKind.DEPARTMENT: "Sở, ban, ngành",
    AgencyKind.COMMUNE: "Xã, phường",
}  # fmt: skip
# Days after the deadline up to which a submission falls into each range.
_BOUNDS = (-8, -1, 0, 7)
_RANGES = ("Sớm hơn 7 ngày", "Sớm 1–7 ngày", "Đúng ngày hết hạn", "Trễ 1–7 ngày", "Trễ hơn 7 ngày")


@dataclass(frozen=True)
class Standing:
    """An agency of the round: the state of its version (None: none yet) and the day it was submitted."""

    agency: Agency
    state: str | None
    submitted_on: datetime.date | None


def _round() -> CatalogRound | None:
    return CatalogRound.objects.filter(is_current=True).first()


def standings(round_: CatalogRound | None) -> list[Standing]:
    """Return where each agency that keeps a catalog stands in the round, in two queries."""
    versions = (
        CatalogVersion.objects.filter(round=round_).order_by("number") if round_ else CatalogVersion.objects.none()
    )
    newest = {
        agency: (state, at) for agency, state, at in versions.values_list("catalog__agency", "state", "submitted_at")
    }
    agencies = Agency.objects.active().filter(kind__in=CATALOG_KINDS).order_by("path")
    return [_standing(agency, *newest.get(agency.pk, (None, None))) for agency in agencies]


def _standing(agency: Agency, state: str | None, at: datetime.datetime | None) -> Standing:
    return Standing(agency, state, timezone.localdate(at) if at else None)


def by_state(day: datetime.date) -> Figure:
    """Count agencies by the state of their catalog, kind of agency by kind."""
    round_ = _round()
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(_STATES))
    for standing in standings(round_):
        counts[standing.agency.kind][_PLACE[VersionState(standing.state)] if standing.state else 0] += 1
    told = {label: counts[kind] for kind, label in _KINDS.items() if kind in counts}
    rows: list[tuple[Value, ...]] = [(label, *numbers, sum(numbers)) for label, numbers in told.items()]
    approved, every = sum(numbers[4] for numbers in told.values()), sum(sum(numbers) for numbers in told.values())
    summary = f"{approved} trên {every} cơ quan ({share(approved, every)}) đã có danh mục được phê duyệt."
    if round_:
        summary += f" Hạn phê duyệt là ngày {format_date_vi(round_.approve_by)}."
    return Figure(
        "tien-do", f"Tiến độ xây dựng danh mục{_of(round_)}", summary,
        (Column("kind", "Loại cơ quan"), *_STATES, Column("total", "Tổng số", "number")), tuple(rows),
        Drawing("kind", tuple(column.name for column in _STATES)),
        "Mỗi cơ quan được tính một lần, theo phiên bản mới nhất của đợt. “Đang lập” gồm cả danh mục bị trả lại để sửa.",
    )  # fmt: skip


def by_timeliness(day: datetime.date) -> Figure:
    """Count agencies by how long before or after the deadline they submitted."""
    round_ = _round()
    every = standings(round_)
    submitted = [standing for standing in every if standing.submitted_on]
    late = Counter(_days(standing, round_) for standing in submitted)
    numbers = [*bucketed(sorted(late.items()), _BOUNDS), len(every) - len(submitted)]
    rows = tuple(zip((*_RANGES, "Chưa trình"), numbers, strict=True))
    in_time = sum(numbers[:3])
    summary = f"{in_time} trên {len(every)} cơ quan ({share(in_time, len(every))}) trình đúng hạn."
    if round_:
        summary += f" Hạn trình là ngày {format_date_vi(round_.submit_by)}."
    return Figure(
        "thoi-han", f"Trình danh mục so với thời hạn{_of(round_)}", summary,
        (Column("range", "So với hạn trình"), Column("agencies", "Số cơ quan", "number")), rows,
        Drawing("range", ("agencies",)), "Tính theo lần trình gần nhất của phiên bản mới nhất trong đợt.",
    )  # fmt: skip


def league(day: datetime.date) -> Figure:
    """List every agency with the day it submitted, the earliest first."""
    round_ = _round()
    every = standings(round_)
    order = sorted(every, key=lambda each: (each.submitted_on or datetime.date.max, each.agency.path))
    rows = tuple(
        (each.agency.name, _iso(each.submitted_on), _days(each, round_) if each.submitted_on else None, _said(each))
        for each in order
    )
    columns = (
        Column("agency", "Cơ quan"), Column("submitted_on", "Ngày trình", "date"),
        Column("days_after_deadline", "Số ngày so với hạn", "number"), Column("state", "Tình trạng"),
    )  # fmt: skip
    summary = f"{sum(1 for each in every if each.submitted_on)} trên {len(every)} cơ quan đã trình danh mục."
    notes = "Số ngày âm là trình trước hạn, số dương là sau hạn."
    return Figure(
        "bang-thoi-han", f"Thời điểm trình danh mục của từng cơ quan{_of(round_)}", summary, columns, rows, None, notes
    )  # fmt: skip


def _of(round_: CatalogRound | None) -> str:
    return f", đợt {round_.year}" if round_ else ""


def _days(standing: Standing, round_: CatalogRound | None) -> int:
    return (standing.submitted_on - round_.submit_by).days if standing.submitted_on and round_ else 0


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _said(standing: Standing) -> str:
    if standing.state is None:
        return _STATES[0].label
    frozen = standing.state in FROZEN_STATES
    return _STATES[4 if frozen else _PLACE[VersionState(standing.state)]].label
