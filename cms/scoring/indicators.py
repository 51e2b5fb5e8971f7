"""Indicators of results: measured in percent, weighted, and turned into the points of their section (article 16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cms.scoring.criteria import band_of, banded, is_for
from cms.scoring.definition import Definition
from cms.scoring.definition.classification import LevelRule
from cms.scoring.definition.sections import Indicator, Section
from cms.scoring.definition.words import DEPUTY, LEVELS
from cms.scoring.inputs import Subject, Subordinate
from cms.scoring.marks import NOT_APPLICABLE as NOT_APPLICABLE_MARK
from cms.scoring.marks import WORK_MEASURES
from cms.scoring.scored import (
    GIVEN,
    LED,
    MISSING,
    NOT_APPLICABLE,
    NOTHING_ASSIGNED,
    PARTS,
    WORK,
    Component,
    IndicatorPlan,
    Reason,
    SectionScore,
)
from cms.scoring.weights import weight_of
from cms.scoring.work import LineRules, Sums, effective_rules, ratio

HUNDRED, ZERO = Fraction(100), Fraction(0)
# Measured by a figure of which the indicator's ``full`` is 100 %.
FIGURES = ("survey", "outside")
# So many lines at fault are named in a reason.
_NAMED = 10
SumsBy = Mapping[LineRules, Sums]


@dataclass(frozen=True)
class IndicatorsPlan:
    """A section of indicators for one role, position group and choice of settings.

    ``weightless`` are the indicators that count nothing for this role and position group.
    """

    section: Section
    parts: tuple[IndicatorPlan, ...]
    weightless: tuple[Indicator, ...]
    nothing_is_zero: bool
    adds_points: bool


def plan_indicators(
    section: Section, role: str, position_group: str, definition: Definition, settings: Mapping[str, str]
) -> IndicatorsPlan:
    """Prepare a section of indicators."""
    work, levels = definition.work, definition.classification.levels
    adds_points = section.combine.value == "points"

    def prepare(indicators: Sequence[Indicator], adds: bool) -> Iterator[IndicatorPlan]:
        for each in indicators:
            weight = weight_of(each, role, position_group)
            if is_for(each.roles, role) and (weight or adds):
                rules = effective_rules(work, each.work, settings) if each.measure in WORK_MEASURES else None
                parts = tuple(prepare(each.indicators, False))
                level = level_of(levels, each.threshold)
                yield IndicatorPlan(each, weight, _maximum(each) if adds else None, rules, parts, level)

    return IndicatorsPlan(
        section=section,
        parts=tuple(prepare(section.indicators, adds_points)),
        weightless=tuple(
            each for each in section.indicators if not adds_points and not weight_of(each, role, position_group)
        ),
        nothing_is_zero=work.nothing_assigned.value == "zero",
        adds_points=adds_points,
    )


def line_rules(parts: Sequence[IndicatorPlan]) -> Iterator[LineRules]:
    """Walk the ways in which lines of work count for these indicators."""
    for each in parts:
        if each.rules:
            yield each.rules.lines
        yield from line_rules(each.parts)


def score_indicators(plan: IndicatorsPlan, subject: Subject, sums: SumsBy) -> SectionScore:
    """Measure every indicator and combine them: the weighted mean times the maximum, or their points added up."""
    components = tuple(_measure(each, subject, sums, plan.nothing_is_zero) for each in plan.parts)
    section = plan.section
    reasons = tuple(dict.fromkeys(reason for each in components for reason in each.reasons))
    counted = [each for each in components if each.counted is not None]
    if not reasons and not counted:
        reasons = (Reason("nothing_applies", section.code, section.title),)
    if reasons:
        return SectionScore(section, None, components=components, reasons=reasons)
    share = _share(components) if plan.adds_points else None
    raw = _added(counted, share) if plan.adds_points else section.max * _mean(counted) / 100
    return SectionScore(section, min(raw, section.max), raw=raw, components=components, share=share)


def reaches(plan: IndicatorPlan, subordinate: Subordinate) -> bool:
    """Say whether a subordinate reaches what the indicator asks of everybody led: the total, and the level if known.

    Source: article 15.3.a of the decree speaks of the level; points alone do not know who was held down.
    """
    threshold = plan.indicator.threshold
    if threshold is None:
        raise ValueError(f"indicator {plan.indicator.code} has no threshold")
    held_down = subordinate.level and plan.level and LEVELS.index(subordinate.level) > LEVELS.index(plan.level)
    return subordinate.total is not None and subordinate.total >= threshold and not held_down


def _measure(plan: IndicatorPlan, subject: Subject, sums: SumsBy, nothing_is_zero: bool) -> Component:
    """Measure one indicator: what was given for it stands before its own source."""
    given = subject.indicators.get(plan.indicator.code)
    if given == NOT_APPLICABLE_MARK:
        return _not_applicable(plan)
    if isinstance(given, Fraction):
        percent = HUNDRED * given / plan.indicator.full if plan.indicator.measure in FIGURES else given
        return Component(plan, GIVEN, percent, _count(plan, percent))
    if plan.rules:
        return _measure_work(plan, subject, sums, nothing_is_zero)
    if plan.indicator.measure == "group":
        return _measure_parts(plan, subject, sums, nothing_is_zero)
    if plan.indicator.measure == "subordinates" and subject.subordinates is not None:
        return _measure_led(plan, subject)
    return _missing(plan, "indicator_missing")


def _measure_work(plan: IndicatorPlan, subject: Subject, sums: SumsBy, nothing_is_zero: bool) -> Component:
    if plan.rules is None or subject.work is None:
        return Component(plan, MISSING, reasons=(Reason("work_missing"),))
    added = sums[plan.rules.lines]
    found = ratio(plan.indicator.measure, added, plan.rules)
    if found and added.undated and plan.indicator.measure == "work_progress":
        return Component(plan, MISSING, reasons=(Reason("late_days_missing", _numbered(added.undated)),))
    if found:
        return Component(plan, WORK, found.value, _count(plan, found.value), found)
    if nothing_is_zero:
        return Component(plan, NOTHING_ASSIGNED, ZERO, _count(plan, ZERO))
    return Component(plan, NOTHING_ASSIGNED, reasons=(Reason("nothing_assigned"),))


def _measure_parts(plan: IndicatorPlan, subject: Subject, sums: SumsBy, nothing_is_zero: bool) -> Component:
    """Take the weighted mean of a group's own indicators; a group of which nothing applies does not apply."""
    parts = tuple(_measure(each, subject, sums, nothing_is_zero) for each in plan.parts)
    reasons = tuple(dict.fromkeys(reason for each in parts for reason in each.reasons))
    counted = [each for each in parts if each.counted is not None]
    if reasons:
        return Component(plan, MISSING, parts=parts, reasons=reasons)
    if not counted:
        return replace(_not_applicable(plan), parts=parts)
    percent = _mean(counted)
    return Component(plan, PARTS, percent, _count(plan, percent), parts=parts)


def _measure_led(plan: IndicatorPlan, subject: Subject) -> Component:
    """Look at the people led: all of them for a head, those sharing a field for a deputy (article 15)."""
    everybody = subject.subordinates or ()
    if subject.role == DEPUTY and everybody and not subject.fields:
        return _missing(plan, "fields_missing")
    led = tuple(each for each in everybody if subject.role != DEPUTY or set(each.fields) & set(subject.fields))
    if not led:
        return _not_applicable(plan, "nobody_led")
    if any(each.total is None for each in led):
        return replace(_missing(plan, "subordinate_missing"), led=led)
    steps = plan.indicator.steps or (HUNDRED, ZERO)
    percent = steps[0] if all(reaches(plan, each) for each in led) else steps[-1]
    return Component(plan, LED, percent, _count(plan, percent), led=led)


def _not_applicable(plan: IndicatorPlan, reason: str = "must_apply") -> Component:
    rule = plan.indicator.when_not_applicable
    if rule == "block":
        return replace(_missing(plan, reason), source=NOT_APPLICABLE)
    if rule == "leave_out":
        return Component(plan, NOT_APPLICABLE)
    percent = HUNDRED if rule == "full" else ZERO
    return Component(plan, NOT_APPLICABLE, percent, _COUNTED_WHOLE[rule](plan))


def _missing(plan: IndicatorPlan, code: str) -> Component:
    return Component(plan, MISSING, reasons=(Reason(code, plan.indicator.code, plan.indicator.title),))


def _numbered(lines: Sequence[int]) -> str:
    """Name the first few lines by their numbers."""
    more = ["…"] if len(lines) > _NAMED else []
    return ", ".join([*map(str, lines[:_NAMED]), *more])


def _count(plan: IndicatorPlan, percent: Fraction) -> Fraction:
    """Return what a measured percentage counts as: what its band gives, its share of the points, or itself."""
    if plan.indicator.bands:
        counted = banded(plan.indicator.bands, percent)
        return counted if plan.points is None else min(counted, plan.points)
    return percent if plan.points is None else plan.points * percent / 100


def _mean(counted: Sequence[Component]) -> Fraction:
    """Return the weighted mean, in percent."""
    weights = sum((each.plan.weight for each in counted), ZERO)
    return sum((each.plan.weight * (each.counted or ZERO) for each in counted), ZERO) / weights


def _added(counted: Sequence[Component], share: tuple[Fraction, Fraction] | None) -> Fraction:
    """Return the points added up; what is left out is borne by the rest."""
    points = sum((each.counted or ZERO for each in counted), ZERO)
    return points * share[0] / share[1] if share else points


def _share(components: Sequence[Component]) -> tuple[Fraction, Fraction] | None:
    """Return all maxima and those that apply, where something is left out."""
    whole = sum(((each.plan.points or ZERO) for each in components), ZERO)
    applied = sum(((each.plan.points or ZERO) for each in components if each.counted is not None), ZERO)
    return None if applied == whole or not applied else (whole, applied)


def _maximum(indicator: Indicator) -> Fraction:
    """Return the points of 100 %: the maximum that is stated, otherwise what the highest band gives."""
    best = band_of(indicator.bands, HUNDRED)
    return indicator.max if indicator.max is not None else best.points if best else ZERO


def level_of(levels: Sequence[LevelRule], points: Fraction | None) -> str | None:
    """Return the level, of those from the highest down, in which so many points stand."""
    return None if points is None else next((each.level for each in levels if points >= each.from_), None)


_COUNTED_WHOLE: dict[str, Callable[[IndicatorPlan], Fraction]] = {
    "full": lambda plan: HUNDRED if plan.points is None else plan.points,
    "zero": lambda plan: ZERO,
}
