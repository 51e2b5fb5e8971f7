"""Late work by the days it is late: what a table of bands takes off a line of work, and what a line must say for it.

A band begins at a number of days and holds up to the day before the next; the last has no end. It takes its percentage
of the line's own progress points once, however many times the line was late (ADR 42). Whole numbers all the way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from cms.scoring.definition.work import LateBand, WorkRules
from cms.scoring.problems import Problem, gettext_noop

DAYS = "days"
CODES: dict[str, str] = {
    "late_contradiction": gettext_noop(
        "days_late is %(days)s and late_occurrences is %(times)s; one of the two is wrong."
    ),
    "late_times_missing": gettext_noop(
        "This framework takes points off by late_occurrences, which is missing here; give it beside days_late."
    ),
}


class LateLine(Protocol):
    """What a line of work says of its lateness; ``cms.scoring.inputs.WorkLine`` is one."""

    @property
    def days_late(self) -> int | None: ...

    @property
    def late_occurrences(self) -> int: ...


@dataclass(frozen=True)
class Lateness:
    """A table of bands: the days on which they begin, upwards; what is taken before the first and by each, in parts."""

    begins: tuple[int, ...]
    taken: tuple[int, ...]

    def taken_off(self, days: int) -> int:
        """Return how many parts of a line so many days take."""
        return self.taken[bisect_right(self.begins, days)]


def denominators(bands: Sequence[LateBand]) -> list[int]:
    """Return into how many parts a line must fall for each band to take whole ones."""
    return [_part(band).denominator for band in bands]


def lateness(bands: Sequence[LateBand], whole: int) -> Lateness | None:
    """Return the table in parts of ``whole``; None where lateness is not judged by bands."""
    if not bands:
        return None
    ordered = _ordered(bands)
    return Lateness(
        tuple(int(band.from_days) for band in ordered), (0, *(int(_part(band) * whole) for band in ordered))
    )


def spans(bands: Sequence[LateBand]) -> list[tuple[int, int | None, Fraction]]:
    """Return first day, last day (None: no end) and percentage of every band, for telling them."""
    begins = [int(band.from_days) for band in _ordered(bands)]
    ends = [*(begin - 1 for begin in begins[1:]), None]
    return [(begin, end, band.points_off) for begin, end, band in zip(begins, ends, _ordered(bands), strict=False)]


def check_lines(
    lines: Sequence[LateLine | None], sent: Sequence[Any], rules: WorkRules, path: str, problems: list[Problem]
) -> None:
    """Tell where the days of a line and how many times it was late cannot both be so; ``sent`` is what was read."""
    for index, (line, raw) in enumerate(zip(lines, sent, strict=True)):
        if line is None or line.days_late is None or line.late_occurrences is None:
            continue
        place, days, times = f"{path}[{index}].days_late", line.days_late, line.late_occurrences
        if days and raw.get("late_occurrences") is None:
            problems += [] if rules.late_counted.value == DAYS else [Problem(place, "late_times_missing")]
        elif bool(days) != bool(times):
            problems.append(Problem(place, "late_contradiction", {"days": days, "times": times}))


def _ordered(bands: Sequence[LateBand]) -> list[LateBand]:
    return sorted(bands, key=lambda band: band.from_days)


def _part(band: LateBand) -> Fraction:
    return band.points_off / 100
