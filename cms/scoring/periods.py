"""A longer period from shorter ones: the mean of their totals, or numerators and denominators added up (article 17).

A period that was not worked is left out, or counts 0, as the framework says; one that was worked and has no total
leaves the longer one without a total. ``explain`` writes the arithmetic, and what was left out and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cms.scoring.definition import Definition
from cms.scoring.definition.periods import LongerPeriod
from cms.scoring.engine import BLOCKED, INSUFFICIENT_DATA, Plan, Score, plan_for
from cms.scoring.exact import half_up
from cms.scoring.indicators import FIGURES, HUNDRED, ZERO, IndicatorsPlan, score_indicators
from cms.scoring.inputs import Subject
from cms.scoring.marks import NOT_APPLICABLE, WORK_MEASURES, Mark
from cms.scoring.scored import GIVEN, INSUFFICIENT, LED, NOTHING_ASSIGNED, IndicatorPlan, Reason, SectionScore
from cms.scoring.vocabulary import vocabulary_of

SCORED, NEEDS_DECISION, NOT_WORKED = "scored", "needs_decision", "not_worked"
CUMULATIVE = "cumulative"
# Reasons that are data lacking, beside those of scoring; the others are marks that are missing.
LACKING = ("nothing_worked", "period_insufficient", "common_unknown", "ratio_unknown")
Ratio = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class PeriodPart:
    """A shorter period of one subject, as it is stored.

    ``total`` is rounded; ``common`` are the points of all that is marked: criteria and bonus, less deductions.
    ``ratios`` are numerators and denominators of what lines of work give, ``marks`` the percentages of all other
    indicators. Without a total the status says why: ``not_worked`` (also said by no total alone), insufficient_data or
    blocked; ``note`` is the reason for which it was not worked.
    """

    total: Fraction | None
    common: Fraction | None = None
    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    marks: Mapping[str, Fraction] = field(default_factory=dict)
    role: str = ""
    position_group: str = ""
    label: str = ""
    status: str = SCORED
    note: str = ""

    @property
    def worked(self) -> bool:
        """Say whether the period counts by itself; one without a total does when its status says why it has none."""
        return self.total is not None or self.status not in (SCORED, NOT_WORKED)


@dataclass(frozen=True)
class LongerResult:
    """The longer period. ``numbers`` holds what a yet longer one is made of; ``sections`` those of a cumulative total.

    ``zeros`` are periods that were not worked and count 0. ``reasons`` say why there is no total.
    """

    rule: LongerPeriod
    places: int
    status: str
    exact: Fraction | None
    total: Fraction | None
    numbers: PeriodPart
    worked: tuple[PeriodPart, ...]
    left_out: tuple[PeriodPart, ...]
    zeros: tuple[PeriodPart, ...]
    sections: tuple[SectionScore, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def as_part(self, label: str = "") -> PeriodPart:
        """Return this period as a part of a yet longer one; a period in which nothing was worked stays one."""
        return replace(self.numbers, total=self.total, label=label, status=self.status if self.worked else NOT_WORKED)


def part_of(score: Score, label: str = "") -> PeriodPart:
    """Return what a longer period needs of a score."""
    ratios: dict[str, Ratio] = {}
    marks: dict[str, Fraction] = {}
    for each in score.components:
        code = each.plan.indicator.code
        if each.ratio:
            ratios[code] = (each.ratio.numerator, each.ratio.denominator)
        elif each.source == NOTHING_ASSIGNED:
            ratios[code] = (ZERO, ZERO)
        elif each.source in (GIVEN, LED) and each.percent is not None:
            marks[code] = each.percent
    return PeriodPart(
        total=score.total,
        common=None if score.total is None else _marked(score.sections),
        ratios=ratios,
        marks=marks,
        role=score.subject.role,
        position_group=score.subject.position_group,
        label=label,
        status=score.status,
    )


def longer(definition: Definition, rule: LongerPeriod, parts: Sequence[PeriodPart]) -> LongerResult:
    """Return the longer period that follows from shorter ones, in the order in which they come."""
    worked = tuple(part for part in parts if part.worked)
    absent = tuple(part for part in parts if not part.worked)
    zeros = absent if worked and definition.periods.absences.value == "zero" else ()
    numbers = _numbers(definition, rule, worked, len(zeros))
    result = LongerResult(
        rule=rule,
        places=int(definition.rounding.places.value),
        status=SCORED,
        exact=None,
        total=None,
        numbers=numbers,
        worked=worked,
        left_out=() if zeros else absent,
        zeros=zeros,
        reasons=tuple(_missing(worked)),
    )
    if result.reasons:
        return _without_total(result)
    if rule.total.value == CUMULATIVE:
        return _cumulative(definition, result)
    totals = [part.total or ZERO for part in worked]
    return _with_total(result, sum(totals, ZERO) / (len(worked) + len(zeros)))


def percent_of(ratio: Ratio) -> Fraction:
    """Return a ratio in percent, kept at 100; nothing over nothing is 0."""
    numerator, denominator = ratio
    return min(HUNDRED, 100 * numerator / denominator) if denominator else ZERO


def is_least(definition: Definition, rule: LongerPeriod, code: str) -> bool:
    """Say whether the least of several marks counts; of measured figures it is always their mean."""
    return rule.marks.value == "minimum" and _measures(definition).get(code) not in FIGURES


def _marked(sections: Sequence[SectionScore]) -> Fraction:
    """Add up the points of all that is marked; what is deducted goes off."""
    signs = {"indicators": 0, "deduction": -1}
    return sum((signs.get(each.section.kind, 1) * (each.points or ZERO) for each in sections), ZERO)


def _missing(worked: tuple[PeriodPart, ...]) -> Iterator[Reason]:
    """Find why nothing follows: no period was worked, or one that was has no total."""
    if not worked:
        yield Reason("nothing_worked")
    for part in worked:
        if part.total is None:
            yield Reason("period_insufficient" if part.status == INSUFFICIENT_DATA else "period_blocked", part.label)


def _cumulative(definition: Definition, result: LongerResult) -> LongerResult:
    """Score the numbers added up, as the form scores those of one period."""
    reasons = tuple(_not_cumulative(definition, result))
    if reasons:
        return _without_total(replace(result, reasons=reasons))
    plan = plan_for(definition, result.numbers.role, result.numbers.position_group, ())
    subject = Subject(plan.role, indicators=_given(plan, result.numbers))
    sections = tuple(score_indicators(each, subject, {}) for each in plan.sections if isinstance(each, IndicatorsPlan))
    result = replace(result, sections=sections, reasons=tuple(each for part in sections for each in part.reasons))
    if result.reasons:
        return _without_total(result)
    return _with_total(result, (result.numbers.common or ZERO) + sum((each.points or ZERO for each in sections), ZERO))


def _not_cumulative(definition: Definition, result: LongerResult) -> Iterator[Reason]:
    """Find what cannot be added up: marks that are not stored, percentages without numbers, roles that differ."""
    if result.numbers.common is None:
        yield Reason("common_unknown")
    for code in result.numbers.marks:
        if _measures(definition).get(code) in WORK_MEASURES:
            yield Reason("ratio_unknown", code)
    takes_last_role = definition.periods.role_change.value == "last_role"
    if not takes_last_role and len({(part.role, part.position_group) for part in result.worked}) > 1:
        yield Reason("role_changed")


def _numbers(definition: Definition, rule: LongerPeriod, worked: tuple[PeriodPart, ...], zeros: int) -> PeriodPart:
    """Add up ratios, take the mean of what is marked, and of the other indicators the minimum or mean."""
    commons = [part.common for part in worked if part.common is not None]
    known = bool(worked) and len(commons) == len(worked)
    marks = {}
    for code in _codes(part.marks for part in worked):
        values = [part.marks[code] for part in worked if code in part.marks] + [ZERO] * zeros
        marks[code] = min(values) if is_least(definition, rule, code) else sum(values, ZERO) / len(values)
    ratios = {}
    for code in _codes(part.ratios for part in worked):
        pairs = [part.ratios[code] for part in worked if code in part.ratios]
        ratios[code] = (sum((pair[0] for pair in pairs), ZERO), sum((pair[1] for pair in pairs), ZERO))
    return PeriodPart(
        total=None,
        common=sum(commons, ZERO) / (len(commons) + zeros) if known else None,
        ratios=ratios,
        marks=marks,
        role=worked[-1].role if worked else "",
        position_group=worked[-1].position_group if worked else "",
    )


def _given(plan: Plan, numbers: PeriodPart) -> dict[str, Mark]:
    """Return the numbers as values of indicators; what no period has did not apply in any of them."""
    given: dict[str, Mark] = {}
    for each in _leaves(plan):
        code = each.indicator.code
        if code in numbers.ratios:
            given[code] = percent_of(numbers.ratios[code])
        elif code in numbers.marks:
            scale = each.indicator.full / 100 if each.indicator.measure in FIGURES else 1
            given[code] = numbers.marks[code] * scale
        else:
            given[code] = NOT_APPLICABLE
    return given


def _with_total(result: LongerResult, exact: Fraction) -> LongerResult:
    total = half_up(min(max(exact, ZERO), HUNDRED), result.places)
    return replace(result, exact=exact, total=total)


def _without_total(result: LongerResult) -> LongerResult:
    """Say what follows from the reasons: data that lack come first, then a decision that lacks."""
    codes = {reason.code for reason in result.reasons}
    if codes & {*INSUFFICIENT, *LACKING}:
        return replace(result, status=INSUFFICIENT_DATA)
    return replace(result, status=NEEDS_DECISION if "role_changed" in codes else BLOCKED)


def _leaves(plan: Plan) -> Iterator[IndicatorPlan]:
    """Walk the indicators that are measured, those inside groups with them."""
    waiting = [part for section in plan.sections if isinstance(section, IndicatorsPlan) for part in section.parts]
    while waiting:
        each = waiting.pop()
        waiting += each.parts
        if not each.parts:
            yield each


def _codes(numbers: Iterable[Mapping[str, object]]) -> list[str]:
    """Return every code once, in the order in which they come."""
    return list(dict.fromkeys(code for each in numbers for code in each))


def _measures(definition: Definition) -> dict[str, str]:
    return {code: each.measure for code, each in vocabulary_of(definition).indicators.items()}
