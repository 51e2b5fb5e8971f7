"""Totals and levels of very many officers at once, from columns: exact integers, and one division for each officer.

It does what ``engine.score`` does for frameworks of the decree's plain form (points of the common criteria, and the
weighted mean of quantity, quality, progress and marks), and nothing else: ask ``supports`` first. A line of work costs
one multiplication; only one that fell short or failed costs more.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress, islice
from operator import mul, sub
from typing import NamedTuple

from cms.scoring.asked import asked_by_code
from cms.scoring.classification import NEEDS_DECISION, SCORED, classify
from cms.scoring.columns import MISSING, BatchColumns, OfficerInput, to_columns
from cms.scoring.criteria import is_for
from cms.scoring.definition import Definition
from cms.scoring.definition.sections import Indicator, Section
from cms.scoring.definition.words import LEVELS
from cms.scoring.definition.work import OwnWorkRules, WorkRules
from cms.scoring.engine import BLOCKED, INSUFFICIENT_DATA
from cms.scoring.inputs import QUANTITY
from cms.scoring.lateness import DAYS, Lateness, denominators, lateness

_POINTS, _PERCENT = 10**4, 10**4
_WORK = ("work_quantity", "work_quality", "work_progress")
_MARKS = ("mark", "subordinates")
# So many officers at a time: their lines stay in the processor's cache while they are gone through again and again.
_TOGETHER = 256
_NO_SETTINGS: dict[str, str] = {}


@dataclass(frozen=True)
class Outcomes:
    """One entry for each officer.

    ``totals`` are in units of the last decimal that the definition rounds to (hundredths by default), ``levels`` are
    places in ``LEVELS``; either is ``MISSING`` where the status says so.
    """

    totals: list[int]
    levels: list[int]
    statuses: list[str]


@dataclass(frozen=True)
class _Rules:
    """The rules of work in whole numbers: what a failure takes and what a unit or line loses at most, of ``parts``."""

    by_completed: bool
    whole_line: bool
    per_line: bool
    needs_work: bool
    parts: int
    taken: int
    most: int
    by_day: bool
    lateness: Lateness | None


@dataclass(frozen=True)
class _Role:
    """What counts for a role: the total is (common_by x common + marks_by x marks + work_by x work) / divisor.

    ``work`` holds the weights of quantity, quality and progress, ``marks`` those of marked indicators by code;
    ``half`` is half the divisor.
    """

    work: tuple[int, int, int]
    marks: tuple[tuple[str, int], ...]
    common_by: int
    marks_by: int
    work_by: int
    half: int


class _Failures(NamedTuple):
    """Failures of one kind: those not yet looked at, the columns, what one takes, and of what: 0 is the whole line."""

    rest: Iterator[int]
    counts: Sequence[int]
    exempt: Sequence[int]
    taken: int
    unit: int


def supports(definition: Definition) -> bool:
    """Return whether the totals and levels of the definition can be had from columns."""
    if sorted(section.kind for section in definition.sections) != ["criteria", "indicators"]:
        return False
    result, rules = _result(definition), definition.classification
    return (
        result.combine.value == "mean"
        and all(_is_plain(indicator) for indicator in result.indicators)
        and all(_for_role(result, role) for role in definition.roles)
        # Columns have no room for comments and evidence.
        and not asked_by_code(definition)
        and not any(level.conditions for level in rules.levels)
        and not any(disqualifier.when for disqualifier in rules.disqualifiers)
    )


def score_columns(
    definition: Definition, columns: BatchColumns, *, settings: Mapping[str, str] = _NO_SETTINGS
) -> Outcomes:
    """Return the total, level and status of every officer; settings as for ``engine.score``.

    Raises ValueError for a definition that ``supports`` refuses.
    """
    if not supports(definition):
        raise ValueError(f"{definition.code} cannot be scored from columns")
    scale = 10 ** int(definition.rounding.places.value)
    totals, unscored = _totals(definition, columns, _rules(definition.work, settings), scale)
    levels = _levels(definition, totals, scale)
    statuses = [NEEDS_DECISION if level == MISSING else SCORED for level in levels]
    for place, status in unscored.items():
        statuses[place] = status
    for place, flags in columns.flags.items():
        if place not in unscored:
            outcome = classify(definition, Fraction(totals[place], scale), {}, flags, columns.roles[place])
            levels[place] = LEVELS.index(outcome.level) if outcome.level else MISSING
            statuses[place] = outcome.status
    return Outcomes(totals, levels, statuses)


def score_chunks(
    definition: Definition, officers: Iterable[OfficerInput], size: int, *, settings: Mapping[str, str] = _NO_SETTINGS
) -> Iterator[tuple[list[object], Outcomes]]:
    """Yield the ids and the outcomes of so many officers at a time; no more than those are held in memory."""
    officers = iter(officers)
    while chunk := list(islice(officers, size)):
        yield [officer.id for officer in chunk], score_columns(definition, to_columns(chunk), settings=settings)


def _result(definition: Definition) -> Section:
    return next(section for section in definition.sections if section.kind == "indicators")


def _for_role(result: Section, role: str) -> list[Indicator]:
    return [indicator for indicator in result.indicators if indicator.weight and is_for(indicator.roles, role)]


def _is_plain(indicator: Indicator) -> bool:
    """Return whether the indicator is a percentage just as the lines or a mark give it."""
    return (
        indicator.measure in _WORK + _MARKS
        and not indicator.bands
        and not indicator.weights
        and indicator.work == OwnWorkRules()
    )


def _rules(work: WorkRules, settings: Mapping[str, str]) -> _Rules:
    taken, most = work.points_off.value / 100, 1 - work.floor.value / 100
    parts = math.lcm(taken.denominator, most.denominator, *denominators(work.late_bands))
    return _Rules(
        by_completed=settings.get("denominator", work.denominator.value) == "completed",
        whole_line=settings.get("failure_scope", work.failure_scope.value) == "line",
        per_line=settings.get("over_100", work.over_100.value) == "line",
        needs_work=work.nothing_assigned.value == INSUFFICIENT_DATA,
        parts=parts,
        taken=int(taken * parts),
        most=int(most * parts),
        by_day=work.late_counted.value == DAYS,
        lateness=lateness(work.late_bands, parts),
    )


def _role(definition: Definition, role: str, scale: int) -> _Role:
    result = _result(definition)
    indicators = _for_role(result, role)
    whole = math.lcm(*(indicator.weight.denominator for indicator in indicators))
    weights = [(indicator, int(indicator.weight * whole)) for indicator in indicators]
    quantity, quality, progress = (sum(w for indicator, w in weights if indicator.measure == each) for each in _WORK)
    marks = tuple((indicator.code, weight) for indicator, weight in weights if indicator.measure in _MARKS)
    work_by = result.max / sum(weight for _indicator, weight in weights)
    marks_by = work_by / (100 * _PERCENT) if marks else Fraction(0)
    divisor = math.lcm(_POINTS, work_by.denominator, marks_by.denominator)
    return _Role(
        work=(quantity, quality, progress),
        marks=marks,
        common_by=2 * scale * divisor // _POINTS,
        marks_by=int(2 * scale * marks_by * divisor),
        work_by=int(2 * scale * work_by * divisor),
        half=divisor,
    )


def _totals(
    definition: Definition, columns: BatchColumns, rules: _Rules, scale: int
) -> tuple[list[int], dict[int, str]]:
    """Return every total in units of 1 / scale, rounded half up, and why some officers have none."""
    roles = {code: _role(definition, code, scale) for code in definition.roles}
    totals: list[int] = []
    unscored: dict[int, str] = {}
    undated = _undated(columns, rules)
    for place, (code, common, work) in enumerate(
        zip(columns.roles, columns.common, _work(columns, rules), strict=True)
    ):
        role = roles[code]
        marks = _marks(role, columns.marks, place) if role.marks else 0
        if rules.needs_work and not work[0] and any(role.work):
            unscored[place] = INSUFFICIENT_DATA
        elif common == MISSING or marks == MISSING or (place in undated and work[0] and role.work[2]):
            unscored[place] = BLOCKED
        share, whole = _share(role.work, rules, *work)
        points = (role.common_by * common + role.marks_by * marks) * whole + role.work_by * share
        half = role.half * whole
        totals.append((points + half) // (half + half))
    for place in unscored:
        totals[place] = MISSING
    return totals, unscored


def _marks(role: _Role, marks: Mapping[str, Sequence[int]], place: int) -> int:
    """Return the weighted sum of an officer's marks, MISSING when one of them is."""
    together = 0
    for code, weight in role.marks:
        mark = marks[code][place] if code in marks else MISSING
        if mark == MISSING:
            return MISSING
        together += weight * mark
    return together


def _share(
    weights: tuple[int, int, int], rules: _Rules, assigned: int, completed: int, quality_lost: int, progress_lost: int
) -> tuple[int, int]:
    """Return the weighted sum of quantity, quality and progress, each at most 1, as numerator and denominator."""
    whole, done = assigned * rules.parts, completed * rules.parts
    quantity, quality, progress = weights
    if not whole:
        return 0, 1
    if rules.by_completed:
        checked = quality * (done - quality_lost) + progress * (done - progress_lost)
        return quantity * min(done, whole) * done + checked * whole, whole * (done or 1)
    if done <= whole:
        return (quantity + quality + progress) * done - quality * quality_lost - progress * progress_lost, whole
    good, timely = min(done - quality_lost, whole), min(done - progress_lost, whole)
    return quantity * whole + quality * good + progress * timely, whole


def _work(columns: BatchColumns, rules: _Rules) -> Iterator[tuple[int, int, int, int]]:
    """Yield, officer by officer, converted work assigned and completed, and what failures took from it, in parts."""
    unit = 0 if rules.whole_line else QUANTITY
    poor = _Failures(
        iter(columns.quality_failures), columns.quality_failures, columns.quality_exempt, rules.taken, unit
    )
    late = _late(columns, rules, unit)
    for start in range(0, len(columns.roles), _TOGETHER):
        offsets = columns.offsets[start : start + _TOGETHER + 1]
        lines = slice(offsets[0], offsets[-1])
        given, done, coefficient = columns.assigned[lines], columns.completed[lines], columns.coefficient[lines]
        counts = [*map(sub, offsets[1:], offsets)]
        assigned = _sums(map(mul, given, coefficient), counts)
        if rules.per_line:  # doing more than assigned on one line makes up for no other
            short = [(g - h) * k if g > h else 0 for g, h, k in zip(given, done, coefficient, strict=True)]
            completed = [*map(sub, assigned, _sums(short, counts))]
        else:
            completed = _sums(map(mul, done, coefficient), counts)
        lost = (_lost(columns, failures, offsets, rules) for failures in (poor, late))
        yield from zip(assigned, completed, *lost, strict=True)


def _late(columns: BatchColumns, rules: _Rules, unit: int) -> _Failures:
    """Return lateness as failures: each time (or day) takes the same, or the days of a line what their band says."""
    table, exempt = rules.lateness, columns.late_exempt
    if table is None:
        counts = columns.late_occurrences
        if rules.by_day:
            pairs = zip(columns.days_late, counts, strict=True)
            counts = [times if days == MISSING else days for days, times in pairs]
        return _Failures(iter(counts), counts, exempt, rules.taken, unit)
    taken = [table.taken_off(days) for days in columns.days_late]
    return _Failures(iter(taken), taken, exempt, 1, 0)


def _undated(columns: BatchColumns, rules: _Rules) -> set[int]:
    """Return the officers, by their places, with a late line whose days count and are not given."""
    if rules.lateness is None:
        return set()
    late = zip(columns.late_occurrences, columns.days_late, columns.late_exempt, strict=True)
    lines = (line for line, (times, days, exempt) in enumerate(late) if times and days == MISSING and not exempt)
    return {bisect_right(columns.offsets, line) - 1 for line in lines}


def _sums(amounts: Iterable[int], counts: Iterable[int]) -> list[int]:
    """Return the sum of the first so many amounts, of the next so many, and so on."""
    amounts = iter(amounts)
    return [sum(islice(amounts, count)) for count in counts]


def _lost(columns: BatchColumns, failures: _Failures, offsets: Sequence[int], rules: _Rules) -> list[int]:
    """Return what failures that are not exempt took from each of some officers, converted, in parts."""
    assigned, completed, coefficient = columns.assigned, columns.completed, columns.coefficient
    per_line, unit = rules.per_line, failures.unit
    lost = [0] * (len(offsets) - 1)
    lines = range(offsets[0], offsets[-1])
    officer, end = 0, offsets[1]
    for line in compress(lines, islice(failures.rest, len(lines))):
        if failures.exempt[line]:
            continue
        while line >= end:
            officer, end = officer + 1, offsets[officer + 2]
        counted = completed[line]
        if per_line and counted > assigned[line]:
            counted = assigned[line]
        taken, own = failures.counts[line] * failures.taken * (unit or counted), counted * rules.most
        lost[officer] += coefficient[line] * (taken if taken < own else own)
    return lost


def _levels(definition: Definition, totals: list[int], scale: int) -> list[int]:
    """Return the level that each total reaches; the rounded total decides."""
    rules = definition.classification.levels
    ladder = sorted((math.ceil(rule.from_ * scale), LEVELS.index(rule.level)) for rule in rules)
    thresholds = [threshold for threshold, _level in ladder]
    reached = [MISSING, *(level for _threshold, level in ladder)]
    return [reached[bisect_right(thresholds, total)] for total in totals]
