"""Periods, rounding, and the dates and days of the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.definition.words import PERIODS
from cms.scoring.shape import Choice, Many, Maybe, Number, Part, Setting, Sourced, Text, cited, declare


@dataclass(frozen=True)
class LongerPeriod:
    """How a longer period follows from shorter ones."""

    period: str = declare(Choice(PERIODS))
    made_of: str = declare(Choice(PERIODS))
    total: Setting[str] = declare(
        Sourced(Choice(("mean", "cumulative"))),
        cited("mean", "Nghị định 335/2025/NĐ-CP, Điều 17; trọng số bằng nhau là cách hiểu"),
        note="The mean of the totals, or numerators and denominators added up",
    )
    marks: Setting[str] = declare(
        Sourced(Choice(("minimum", "mean"))),
        cited("minimum", "Thông lệ triển khai; nghị định không nêu"),
        note="What marks become where the total is cumulative",
    )


@dataclass(frozen=True)
class Periods:
    """Which periods are monitored and classified, and what happens to those that were not worked."""

    monitored: Setting[tuple[str, ...]] = declare(
        Sourced(Many(Choice(PERIODS), 4)), cited(("month", "quarter"), "Nghị định 335/2025/NĐ-CP: theo tháng hoặc quý")
    )
    classified: Setting[str] = declare(Sourced(Choice(PERIODS)), cited("year", "Nghị định 335/2025/NĐ-CP, Điều 19"))
    longer: tuple[LongerPeriod, ...] = declare(Many(Part(lambda: LongerPeriod), 6), ())
    absences: Setting[str] = declare(
        Sourced(Choice(("left_out", "zero"))),
        cited("left_out", "Nghị định 335/2025/NĐ-CP, Điều 19: theo thời gian làm việc thực tế"),
    )
    marks_given: Setting[str] = declare(
        Sourced(Choice(("each_period", "quarter"))), cited("each_period", "Nghị định không nêu; mỗi kỳ theo dõi")
    )
    role_change: Setting[str] = declare(
        Sourced(Choice(("role_in_force", "last_role"))),
        cited("role_in_force", "Nghị định không nêu; mỗi kỳ tính theo vai trò của kỳ đó"),
    )


@dataclass(frozen=True)
class Rounding:
    """How the total is rounded; nothing is rounded before it, and the rounded total decides the level."""

    places: Setting[str] = declare(
        Sourced(Choice(("0", "1", "2", "3"))), cited("2", "Nghị định không nêu; làm tròn đến 2 chữ số thập phân")
    )
    mode: Setting[str] = declare(
        Sourced(Choice(("half_up",))), cited("half_up", "Nghị định không nêu; làm tròn nửa lên")
    )


@dataclass(frozen=True)
class Procedure:
    """Dates and days of the procedure: kept and shown with the framework, read by the evaluations."""

    classified_before: Setting[str] = declare(Sourced(Text(5)), cited("15/12", "Nghị định 335/2025/NĐ-CP, Điều 19"))
    special_before: Setting[str] = declare(Sourced(Text(5)), cited("15/01", "Nghị định 335/2025/NĐ-CP, Điều 19"))
    petition_days: Setting[Fraction | None] = declare(
        Sourced(Maybe(Number(at_most=365, places=0))),
        cited(None, "Nghị định 335/2025/NĐ-CP, Điều 24; thời hạn chưa xác nhận"),
    )
    sync_days: Setting[Fraction] = declare(
        Sourced(Number(at_most=60, places=0)), cited(Fraction(5), "Chậm nhất 05 ngày sau khi có kết quả")
    )
    sync_counts: Setting[str] = declare(
        Sourced(Choice(("calendar_days", "working_days"))), cited("calendar_days", "Văn bản ghi “05 ngày”")
    )
    changed_agency: Setting[str] = declare(
        Sourced(Choice(("new_agency", "longest_agency"))), cited("new_agency", "Nghị định 335/2025/NĐ-CP, Điều 19")
    )
    several_posts: Setting[str] = declare(
        Sourced(Choice(("highest_post", "most_time"))), cited("highest_post", "Dự thảo nghị định; chờ xác nhận")
    )
    seconded: Setting[str] = declare(
        Sourced(Choice(("by_decision", "home_agency", "receiving_agency"))), cited("by_decision", "Nghị định không nêu")
    )
