"""Lines of work become quantity, quality and progress (article 14 of the decree).

Per line: g assigned, h completed, k the coefficient; counted h' = min(g, h), or h where what is over 100 % counts on
the whole. Points of a line with n failures that count: h' − n × off with the scope ``unit``, h' × (1 − n × off) with
``line``, never under ``floor`` × h'; where the framework has bands of days, being late takes h' × what its band says.
Everything is added up in whole numbers; the one fraction is made at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from cms.scoring.definition.work import OwnWorkRules, WorkRules
from cms.scoring.inputs import COEFFICIENT, QUANTITY, WorkLine
from cms.scoring.lateness import DAYS, Lateness, denominators, lateness

COMPLETED = "completed"
UNIT = "unit"
AGGREGATE = "aggregate"
_QUANTITY_OF = {"work_quantity": "counted", "work_quality": "quality", "work_progress": "progress"}


@dataclass(frozen=True)
class LineRules:
    """How one line counts. ``off``, ``floor`` and what ``lateness`` takes are parts of ``whole``: 25 % is 1 of 4.

    Where days count (``by_day``) and there is no ``lateness``, each day of a line takes what a time does elsewhere.
    """

    failure_scope: str
    over_100: str
    off: int
    floor: int
    whole: int
    by_day: bool
    lateness: Lateness | None

    def left(self, counted: int, failures: int) -> int:
        """Return what failures leave of a line, in parts of a ten-thousandth, before the floor holds it."""
        if self.failure_scope == UNIT:
            return counted * self.whole - failures * self.off * QUANTITY
        return counted * (self.whole - failures * self.off)

    def left_late(self, counted: int, line: WorkLine) -> int:
        """Return what being late leaves of a line whose days are known where they count, before the floor holds it."""
        if self.lateness is None:
            return self.left(counted, self.times_late(line))
        return counted * (self.whole - self.lateness.taken_off(line.days_late or 0))

    def times_late(self, line: WorkLine) -> int:
        """Return how many times being late counts where each takes the same."""
        return line.days_late if self.by_day and line.days_late is not None else line.late_occurrences

    def held(self, counted: int, left: int) -> int:
        """Return the points of a line, in parts of a ten-thousandth (``whole`` of them make it)."""
        return max(counted * self.floor, left)

    def is_undated(self, line: WorkLine) -> bool:
        """Say whether nobody knows what being late takes off a line: its days count and are not given."""
        return self.lateness is not None and line.is_late and line.days_late is None and not line.late_exempt


@dataclass(frozen=True)
class EffectiveRules:
    """The rules that hold for one indicator of work."""

    lines: LineRules
    denominator: str


class Sums(NamedTuple):
    """Converted quantities added up: in 1 / (QUANTITY × COEFFICIENT), the points in a further 1 / ``whole``.

    ``undated`` are the numbers, from 1, of late lines whose days count and are not given: ``progress`` is without them.
    """

    assigned: int
    counted: int
    quality: int
    progress: int
    undated: tuple[int, ...] = ()


class Ratio(NamedTuple):
    """A numerator over a denominator, both exact; ``value`` is their percentage, kept at 100."""

    numerator: Fraction
    denominator: Fraction
    value: Fraction
    over: bool


def effective_rules(rules: WorkRules, own: OwnWorkRules, settings: Mapping[str, str]) -> EffectiveRules:
    """Return the rules for an indicator: the call's choice before the indicator's own, that before the framework's."""
    off = Fraction(own.points_off if own.points_off is not None else rules.points_off.value) / 100
    floor = Fraction(own.floor if own.floor is not None else rules.floor.value) / 100
    whole = lcm(off.denominator, floor.denominator, *denominators(rules.late_bands))
    lines = LineRules(
        failure_scope=settings.get("failure_scope") or own.failure_scope or rules.failure_scope.value,
        over_100=settings.get("over_100") or own.over_100 or rules.over_100.value,
        off=off.numerator * (whole // off.denominator),
        floor=floor.numerator * (whole // floor.denominator),
        whole=whole,
        by_day=rules.late_counted.value == DAYS,
        lateness=lateness(rules.late_bands, whole),
    )
    return EffectiveRules(lines, settings.get("denominator") or own.denominator or rules.denominator.value)


def counted_of(line: WorkLine, rules: LineRules) -> int:
    """Return how much of a line counts as completed, in ten-thousandths."""
    if rules.over_100 == AGGREGATE or line.completed < line.assigned:
        return line.completed
    return line.assigned


def add_up(lines: Sequence[WorkLine], rules: LineRules) -> Sums:
    """Add up the lines; their order does not matter."""
    assigned = counted = quality_off = progress_off = 0
    aggregate, whole = rules.over_100 == AGGREGATE, rules.whole
    by_day = rules.by_day
    for line in lines:
        given, done, weight = line.assigned, line.completed, line.coefficient
        own = done if aggregate or done < given else given
        assigned += weight * given
        counted += weight * own
        if line.quality_failures and not line.quality_exempt:
            quality_off += weight * (own * whole - rules.held(own, rules.left(own, line.quality_failures)))
        if (line.late_occurrences or (by_day and line.days_late)) and not line.late_exempt:
            progress_off += weight * (own * whole - rules.held(own, rules.left_late(own, line)))
    undated = tuple(no for no, line in enumerate(lines, 1) if rules.is_undated(line)) if rules.lateness else ()
    return Sums(assigned, counted, counted * whole - quality_off, counted * whole - progress_off, undated)


def ratio(measure: str, sums: Sums, rules: EffectiveRules) -> Ratio | None:
    """Return quantity, quality or progress in percent; None where nothing was assigned.

    Quantity is always divided by what was assigned. Nothing completed, where that is the denominator, is 0 %.
    """
    if not sums.assigned:
        return None
    by_completed = measure != "work_quantity" and rules.denominator == COMPLETED
    scale = 1 if measure == "work_quantity" else rules.lines.whole
    numerator = getattr(sums, _QUANTITY_OF[measure])
    denominator = (sums.counted if by_completed else sums.assigned) * scale
    value = Fraction(100 * numerator, denominator) if denominator else Fraction(0)
    unit = QUANTITY * COEFFICIENT * scale
    over = value > 100
    return Ratio(Fraction(numerator, unit), Fraction(denominator, unit), Fraction(100) if over else value, over)


def figures(lines: Sequence[WorkLine], asked: Collection[str]) -> dict[str, Fraction]:
    """Return the figures of work that conditions ask for, in percent of the tasks assigned; none where there are none.

    A task is done when all that was assigned is completed; exempt failures and delays do not count. A line of which
    nothing was assigned is no task assigned. How many tasks exceed what was required is no figure of lines: more than
    was assigned is not more than was required of it, so the authority says it (plan of Gia Lai, III.3.a).
    """
    tasks = [line for line in lines if line.assigned]
    if not tasks:
        return {}
    return {
        code: Fraction(100 * sum(1 for line in tasks if holds(line)), len(tasks))
        for code, holds in _FIGURES.items()
        if code in asked
    }


def _done(line: WorkLine) -> bool:
    return line.completed >= line.assigned


def _late(line: WorkLine) -> bool:
    return line.is_late and not line.late_exempt


def _faulty(line: WorkLine) -> bool:
    return line.quality_failures > 0 and not line.quality_exempt


_FIGURES = {
    "tasks_done_pct": _done,
    "on_time_pct": lambda line: _done(line) and not _late(line),
    "quality_pct": lambda line: _done(line) and not _faulty(line),
    "late_pct": _late,
}
