"""How lines of work become quantity, quality and progress."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.shape import Choice, Many, Maybe, Number, Part, Setting, Sourced, cited, declare


@dataclass(frozen=True)
class LateBand:
    """From so many days late on, up to the day before the next band, so many percent off the line's progress points."""

    from_days: Fraction = declare(Number(places=0, at_least=1, at_most=3_660))
    points_off: Fraction = declare(Number(at_most=100))


@dataclass(frozen=True)
class WorkRules:
    """How lines of work become quantity, quality and progress (article 14 of the decree)."""

    denominator: Setting[str] = declare(
        Sourced(Choice(("assigned", "completed"))),
        cited("assigned", "Nghị định 335/2025/NĐ-CP, Điều 14"),
        note="By what converted quality and progress are divided",
    )
    failure_scope: Setting[str] = declare(
        Sourced(Choice(("unit", "line"))),
        cited("unit", "Nghị định 335/2025/NĐ-CP, Điều 14 (cách hiểu theo câu chữ; chờ hướng dẫn)"),
        note="What a failure takes points off: one unit, or the whole line",
    )
    points_off: Setting[Fraction] = declare(
        Sourced(Number(at_most=100)),
        cited(Fraction(25), "Nghị định 335/2025/NĐ-CP, Điều 14"),
        note="Percent taken off for each quality failure and each late occurrence",
    )
    floor: Setting[Fraction] = declare(
        Sourced(Number(at_most=100)),
        cited(Fraction(0), "Thông lệ triển khai; nghị định không nêu"),
        note="Percent of itself below which a unit or line does not fall",
    )
    over_100: Setting[str] = declare(
        Sourced(Choice(("line", "aggregate"))),
        cited("line", "Nghị định không nêu; tính theo từng dòng để việc dễ làm vượt không che việc còn thiếu"),
        note="Where more than assigned stops counting: on each line, or on the whole",
    )
    late_counted: Setting[str] = declare(
        Sourced(Choice(("occurrences", "days"))),
        cited("occurrences", "Nghị định 335/2025/NĐ-CP, Điều 14: “mỗi lần”"),
    )
    late_bands: tuple[LateBand, ...] = declare(
        Many(Part(lambda: LateBand), 20),
        (),
        note="What lateness takes off by its days, instead of points_off for each; upwards, the first from day 1",
        omit_default=True,
    )
    nothing_assigned: Setting[str] = declare(
        Sourced(Choice(("insufficient_data", "zero"))),
        cited("insufficient_data", "Nghị định không nêu; không tự cho điểm khi chưa có dữ liệu"),
    )
    unplanned: Setting[str] = declare(
        Sourced(Choice(("both", "completed_only"))),
        cited("both", "Nghị định không nêu; việc đột xuất được tính cả ở phần giao và phần hoàn thành"),
        note="Where unplanned work is added when inputs are put together",
    )
    leaders_work: Setting[str] = declare(
        Sourced(Choice(("own_and_directed", "by_rank", "assigned_tasks", "coefficient"))),
        cited("own_and_directed", "Nghị định 335/2025/NĐ-CP, Điều 15 khoản 1; cách cộng chưa được hướng dẫn"),
        note="How the work of leaders is put together before it is scored",
    )


@dataclass(frozen=True)
class OwnWorkRules:
    """What one indicator does otherwise than the framework's rules of work; null keeps the framework's."""

    denominator: str | None = declare(Maybe(Choice(("assigned", "completed"))), None)
    failure_scope: str | None = declare(Maybe(Choice(("unit", "line"))), None)
    points_off: Fraction | None = declare(Maybe(Number(at_most=100)), None)
    floor: Fraction | None = declare(Maybe(Number(at_most=100)), None)
    over_100: str | None = declare(Maybe(Choice(("line", "aggregate"))), None)
