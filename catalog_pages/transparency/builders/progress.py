"""How far agencies are with their catalogs in the round of their block, and when each submitted."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils import timezone

from catalog_pages.transparency.builders.deadlines import BLOCKS, Deadlines
from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn, Value, count_by_range, format_share
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogRound
from cms.catalogs.progress import NOT_STARTED, agencies_in
from cms.catalogs.rounds import CurrentRounds, current_rounds
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
    round: CatalogRound | None

    @property
    def days(self) -> int:
        """Return how many days after the deadline of its round it submitted; negative before it."""
        return (self.submitted_on - self.round.submit_by).days if self.submitted_on and self.round else 0


def progress_of_agencies(rounds: CurrentRounds, day: datetime.date) -> list[AgencyProgress]:
    """Return where each agency that keeps a catalog stands in the round of its block, in one query."""
    return [
        AgencyProgress(
            agency, _PLACE[agency.standing], timezone.localdate(agency.counted_at) if agency.counted_at else None,
            agency.is_late, rounds.of(agency.block),
        )
        for agency in agencies_in(rounds, day).order_by("path")
    ]  # fmt: skip


def by_state(day: datetime.date) -> Figure:
    """Count agencies by the state of their catalog, kind by kind, and those whose next deadline has passed.

    Agencies of a block that has a round of its own are counted apart: their deadlines are others.
    """
    every, deadlines = _counted(day)
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(_STATES))
    late: Counter[tuple[str, str]] = Counter()
    for progress in every:
        line = (progress.agency.kind, deadlines.block_of(progress.round))
        counts[line][progress.place] += 1
        late[line] += progress.is_late
    lines = [(kind, block) for kind in _KINDS for block in ("", *BLOCKS) if (kind, block) in counts]
    rows: list[tuple[Value, ...]] = [
        (f"{_KINDS[kind]} (khối {BLOCKS[block]})" if block else _KINDS[kind], *counts[kind, block],
         sum(counts[kind, block]), late[kind, block])
        for kind, block in lines
    ]  # fmt: skip
    approved, total = sum(counts[line][_APPROVED] for line in lines), len(every)
    summary = f"{approved} trên {total} cơ quan ({format_share(approved, total)}) đã có danh mục được phê duyệt."
    summary += deadlines.all_days
    if deadlines.rounds:
        summary += f" {late.total()} cơ quan đang quá hạn của bước tiếp theo."
    return Figure(
        "tien-do", f"Tiến độ xây dựng danh mục{deadlines.years}", summary,
        (
            FigureColumn("kind", "Loại cơ quan"), *_STATES, FigureColumn("total", "Tổng số", "number"),
            FigureColumn("late", "Đang quá hạn", "number"),
        ),
        tuple(rows), Drawing("kind", tuple(column.name for column in _STATES)),
        f"Mỗi cơ quan được tính một lần, theo {_WHICH}. “Đang lập” gồm cả danh mục bị trả lại để sửa.",
        headline=f"{approved} trên {total} cơ quan đã có danh mục được phê duyệt" if total else "",
        unit="Số cơ quan", source=SOURCE,
        terms=(
            ("Đợt", deadlines.what_a_round_is),
            ("Đang quá hạn", "Chưa làm xong bước tiếp theo dù hạn của bước đó đã qua."),
            ("Thẩm định", "Cơ quan thẩm định xem xét từng mục trước khi cấp có thẩm quyền phê duyệt."),
        ),
    )  # fmt: skip


def by_timeliness(day: datetime.date) -> Figure:
    """Count agencies by how long before or after the deadline of their round they submitted."""
    every, deadlines = _with_deadlines(day)
    submitted = [progress for progress in every if progress.submitted_on]
    late = Counter(progress.days for progress in submitted)
    numbers = [*count_by_range(sorted(late.items()), _BOUNDS), len(every) - len(submitted)]
    rows = tuple(zip((*_RANGES, "Chưa trình"), numbers, strict=True))
    in_time = sum(numbers[:3])
    summary = f"{in_time} trên {len(every)} cơ quan ({format_share(in_time, len(every))}) trình đúng hạn."
    summary += deadlines.days_of_submission
    headline = f"{format_share(in_time, len(every))} số cơ quan trình danh mục đúng hạn" if every else ""
    if numbers[-1] > max(numbers[:-1]):
        headline = f"{numbers[-1]} trên {len(every)} cơ quan chưa trình danh mục"
    return Figure(
        "thoi-han", f"Trình danh mục so với thời hạn{deadlines.years}", summary,
        (FigureColumn("range", "So với hạn trình"), FigureColumn("agencies", "Số cơ quan", "number")), rows,
        Drawing("range", ("agencies",)), f"Tính theo lần trình gần nhất của {_WHICH}.{deadlines.which}",
        headline=headline, unit="Số cơ quan", source=SOURCE,
        terms=(("Đúng hạn", "Trình trước hoặc trong ngày hết hạn trình của đợt."),),
    )  # fmt: skip


def submission_ranking(day: datetime.date) -> Figure:
    """List every agency with the day it submitted, the earliest first."""
    every, deadlines = _with_deadlines(day)
    order = sorted(every, key=lambda each: (each.submitted_on or datetime.date.max, each.agency.path))
    rows = tuple(
        (
            each.agency.name, _iso(each.submitted_on), each.days if each.submitted_on else None,
            _STATES[each.place].label,
        )
        for each in order
    )  # fmt: skip
    columns = (
        FigureColumn("agency", "Cơ quan"), FigureColumn("submitted_on", "Ngày trình", "date"),
        FigureColumn("days_after_deadline", "Số ngày so với hạn", "number"), FigureColumn("state", "Tình trạng"),
    )  # fmt: skip
    submitted = [each for each in order if each.submitted_on]
    late = sum(1 for each in submitted if each.days > 0)
    summary = f"{len(submitted)} trên {len(every)} cơ quan đã trình danh mục, {late} cơ quan trình sau hạn."
    if submitted and (first := submitted[0].submitted_on):
        firsts = sum(1 for each in submitted if each.submitted_on == first)
        who = submitted[0].agency.name if firsts == 1 else f"{firsts} cơ quan"
        summary += f" Sớm nhất là {who}, ngày {format_date_vi(first)}."
    return Figure(
        "bang-thoi-han", f"Thời điểm trình danh mục của từng cơ quan{deadlines.years}", summary, columns, rows,
        Drawing("agency", ("days_after_deadline",), "signed"),
        "Số ngày âm là trình trước hạn, số dương là sau hạn. Cơ quan chưa trình đứng cuối bảng, không có ở biểu đồ."
        f"{deadlines.which}",
        headline=f"{late} trên {len(submitted)} cơ quan đã trình là trình sau hạn" if submitted else "",
        unit="Số ngày so với hạn trình (âm: sớm, dương: trễ)", source=SOURCE,
    )  # fmt: skip


def _counted(day: datetime.date) -> tuple[list[AgencyProgress], Deadlines]:
    rounds = current_rounds()
    every = progress_of_agencies(rounds, day)
    return every, Deadlines.of(rounds, [progress.round for progress in every])


def _with_deadlines(day: datetime.date) -> tuple[list[AgencyProgress], Deadlines]:
    """Count those agencies alone whose lists can be early or late, unless no round is going on for anybody."""
    every, deadlines = _counted(day)
    return [progress for progress in every if progress.round or not deadlines.left_out], deadlines


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
