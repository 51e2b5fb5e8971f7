"""How far agencies are with their catalogs in the current round, and when each submitted."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils import timezone

from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn, Value, count_by_range, format_share
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogRound
from cms.catalogs.progress import NOT_STARTED, agencies_in, current_round
from cms.core.dates import format_date_vi
from cms.organisations.enums import AgencyKind
from cms.organisations.models import Agency

_STATES = (
    FigureColumn("not_started", "Chưa bắt đầu", "number"),
    FigureColumn("drafting", "Đang lập", "number"),
    FigureColumn("submitted", "Đã trình", "number"),
    FigureColumn("appraised", "Đã thẩm định", "number"),
    FigureColumn("approved", "Đã phê duyệt", "number"),
)
_PLACE = {
    NOT_STARTED: 0, VersionState.DRAFT: 1, VersionState.RETURNED: 1, VersionState.SUBMITTED: 2,
    VersionState.APPRAISED: 3, VersionState.APPROVED: 4,
}  # fmt: skip
_APPROVED = 4
SOURCE = "Hồ sơ trình, thẩm định, phê duyệt danh mục của các cơ quan trên hệ thống Thước Đo"
_KINDS = {
    AgencyKind.PROVINCE: "Danh mục dùng chung của tỉnh", AgencyKind.DEPARTMENT: "Sở, ban, ngành",
    AgencyKind.COMMUNE: "Xã, phường",
}  # fmt: skip
_WHICH = "phiên bản được phê duyệt đầu tiên trong đợt, nếu chưa có thì phiên bản mới nhất"
# Days after the deadline up to which a submission falls into each range.
_BOUNDS = (-8, -1, 0, 7)
_RANGES = ("Sớm hơn 7 ngày", "Sớm 1–7 ngày", "Đúng ngày hết hạn", "Trễ 1–7 ngày", "Trễ hơn 7 ngày")


@dataclass(frozen=True)
class AgencyProgress:
    """An agency of the round: which of the columns of states it is in, the day it submitted, whether it is late."""

    agency: Agency
    place: int
    submitted_on: datetime.date | None
    is_late: bool


def progress_of_agencies(round_: CatalogRound | None, day: datetime.date) -> list[AgencyProgress]:
    """Return where each agency that keeps a catalog stands in the round, in one query."""
    return [
        AgencyProgress(
            agency, _PLACE[agency.standing], timezone.localdate(agency.counted_at) if agency.counted_at else None,
            agency.is_late,
        )
        for agency in agencies_in(round_, day).order_by("path")
    ]  # fmt: skip


def by_state(day: datetime.date) -> Figure:
    """Count agencies by the state of their catalog, kind by kind, and those whose next deadline has passed."""
    round_ = current_round()
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(_STATES))
    late: Counter[str] = Counter()
    for progress in progress_of_agencies(round_, day):
        counts[progress.agency.kind][progress.place] += 1
        late[progress.agency.kind] += progress.is_late
    kinds = [kind for kind in _KINDS if kind in counts]
    rows: list[tuple[Value, ...]] = [(_KINDS[kind], *counts[kind], sum(counts[kind]), late[kind]) for kind in kinds]
    approved, every = sum(counts[kind][_APPROVED] for kind in kinds), sum(sum(counts[kind]) for kind in kinds)
    summary = f"{approved} trên {every} cơ quan ({format_share(approved, every)}) đã có danh mục được phê duyệt."
    if round_:
        days = [format_date_vi(each) for each in (round_.submit_by, round_.appraise_by, round_.approve_by)]
        summary += f" Hạn trình là ngày {days[0]}, hạn thẩm định {days[1]}, hạn phê duyệt {days[2]}."
        summary += f" {late.total()} cơ quan đang quá hạn của bước tiếp theo."
    return Figure(
        "tien-do", f"Tiến độ xây dựng danh mục{_of(round_)}", summary,
        (
            FigureColumn("kind", "Loại cơ quan"), *_STATES, FigureColumn("total", "Tổng số", "number"),
            FigureColumn("late", "Đang quá hạn", "number"),
        ),
        tuple(rows), Drawing("kind", tuple(column.name for column in _STATES)),
        f"Mỗi cơ quan được tính một lần, theo {_WHICH}. “Đang lập” gồm cả danh mục bị trả lại để sửa.",
        headline=f"{approved} trên {every} cơ quan đã có danh mục được phê duyệt" if every else "",
        unit="Số cơ quan", source=SOURCE,
        terms=(
            ("Đợt", "Lần xây dựng danh mục của cả tỉnh, có hạn trình, hạn thẩm định và hạn phê duyệt chung."),
            ("Đang quá hạn", "Chưa làm xong bước tiếp theo dù hạn của bước đó đã qua."),
            ("Thẩm định", "Sở Nội vụ xem xét từng mục trước khi Chủ tịch Ủy ban nhân dân tỉnh phê duyệt."),
        ),
    )  # fmt: skip


def by_timeliness(day: datetime.date) -> Figure:
    """Count agencies by how long before or after the deadline they submitted."""
    round_ = current_round()
    every = progress_of_agencies(round_, day)
    submitted = [progress for progress in every if progress.submitted_on]
    late = Counter(_days(progress, round_) for progress in submitted)
    numbers = [*count_by_range(sorted(late.items()), _BOUNDS), len(every) - len(submitted)]
    rows = tuple(zip((*_RANGES, "Chưa trình"), numbers, strict=True))
    in_time = sum(numbers[:3])
    summary = f"{in_time} trên {len(every)} cơ quan ({format_share(in_time, len(every))}) trình đúng hạn."
    if round_:
        summary += f" Hạn trình là ngày {format_date_vi(round_.submit_by)}."
    headline = f"{format_share(in_time, len(every))} số cơ quan trình danh mục đúng hạn" if every else ""
    if numbers[-1] > max(numbers[:-1]):
        headline = f"{numbers[-1]} trên {len(every)} cơ quan chưa trình danh mục"
    return Figure(
        "thoi-han", f"Trình danh mục so với thời hạn{_of(round_)}", summary,
        (FigureColumn("range", "So với hạn trình"), FigureColumn("agencies", "Số cơ quan", "number")), rows,
        Drawing("range", ("agencies",)), f"Tính theo lần trình gần nhất của {_WHICH}.",
        headline=headline, unit="Số cơ quan", source=SOURCE,
        terms=(("Đúng hạn", "Trình trước hoặc trong ngày hết hạn trình của đợt."),),
    )  # fmt: skip


def submission_ranking(day: datetime.date) -> Figure:
    """List every agency with the day it submitted, the earliest first."""
    round_ = current_round()
    every = progress_of_agencies(round_, day)
    order = sorted(every, key=lambda each: (each.submitted_on or datetime.date.max, each.agency.path))
    rows = tuple(
        (
            each.agency.name, _iso(each.submitted_on), _days(each, round_) if each.submitted_on else None,
            _STATES[each.place].label,
        )
        for each in order
    )  # fmt: skip
    columns = (
        FigureColumn("agency", "Cơ quan"), FigureColumn("submitted_on", "Ngày trình", "date"),
        FigureColumn("days_after_deadline", "Số ngày so với hạn", "number"), FigureColumn("state", "Tình trạng"),
    )  # fmt: skip
    submitted = [each for each in order if each.submitted_on]
    late = sum(1 for each in submitted if _days(each, round_) > 0)
    summary = f"{len(submitted)} trên {len(every)} cơ quan đã trình danh mục, {late} cơ quan trình sau hạn."
    if submitted and (first := submitted[0].submitted_on):
        firsts = sum(1 for each in submitted if each.submitted_on == first)
        who = submitted[0].agency.name if firsts == 1 else f"{firsts} cơ quan"
        summary += f" Sớm nhất là {who}, ngày {format_date_vi(first)}."
    return Figure(
        "bang-thoi-han", f"Thời điểm trình danh mục của từng cơ quan{_of(round_)}", summary, columns, rows,
        Drawing("agency", ("days_after_deadline",), "signed"),
        "Số ngày âm là trình trước hạn, số dương là sau hạn. Cơ quan chưa trình đứng cuối bảng, không có ở biểu đồ.",
        headline=f"{late} trên {len(submitted)} cơ quan đã trình là trình sau hạn" if submitted else "",
        unit="Số ngày so với hạn trình (âm: sớm, dương: trễ)", source=SOURCE,
    )  # fmt: skip


def _of(round_: CatalogRound | None) -> str:
    return f", đợt {round_.year}" if round_ else ""


def _days(progress: AgencyProgress, round_: CatalogRound | None) -> int:
    return (progress.submitted_on - round_.submit_by).days if progress.submitted_on and round_ else 0


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
