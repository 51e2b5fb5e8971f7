"""Organisations: the tasks of their plans, the units below them, what they had to remedy."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from cms.assignments.enums import PlanState
from cms.assignments.models import PlanTask
from cms.evaluations.enums import SubjectKind
from cms.evaluations.models import Evaluation, ForceMajeure, Period, Shortcoming
from cms.evaluations.scoring_inputs.figures import Figures
from cms.evaluations.scoring_inputs.leading import Leading
from cms.evaluations.scoring_inputs.officers import Found, PeriodInputs, flags_of, marks_of, read_marks
from cms.frameworks.applicable import FrameworksOn
from cms.organisations.models import Agency
from cms.scoring.definition import Definition
from cms.scoring.exact import to_text
from cms.scoring.inputs import COEFFICIENT, QUANTITY, SUBORDINATES_FIGURE, Subject, Subordinate, WorkLine
from cms.scoring.vocabulary import vocabulary_of

_LONGEST = 1000


# Plan tasks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanLine:
    """A task of a plan as it counts: each is one, done when its giver confirmed it by the last day of the period.

    What was not done in time or not at all is late. Quality and effect are each judged by the giver; what nobody judged
    is not met.
    """

    identity: str
    name: str
    is_done: bool
    days_late: int
    quality_met: bool
    effect_met: bool
    exceeded: bool

    def line(self) -> WorkLine:
        """Return the task as the scoring engine takes it."""
        return WorkLine(
            assigned=QUANTITY,
            completed=QUANTITY if self.is_done else 0,
            coefficient=COEFFICIENT,
            quality_failures=int(self.is_done and not self.quality_met),
            late_occurrences=int(self.days_late > 0 or not self.is_done),
            id=self.identity,
            title=self.name[:_LONGEST],
            days_late=self.days_late if self.is_done else None,
        )


def plan_lines(organisations: Iterable[int], first: datetime.date, last: datetime.date) -> dict[int, list[PlanLine]]:
    """Return the plan tasks due from a day to a day, by organisation, in one query; withdrawn ones do not count."""
    due = PlanTask.objects.standing().filter(agency__in=organisations, due_on__gte=first, due_on__lte=last)
    columns = ("agency", "identity", "name", "state", "due_on", "done_on", "quality_met", "effect_met", "exceeded")
    found: dict[int, list[PlanLine]] = {}
    for agency, identity, name, state, due_on, done_on, *judged in due.order_by("due_on", "pk").values_list(*columns):
        is_done = state == PlanState.CONFIRMED and done_on <= last
        late = max((done_on - due_on).days, 0) if is_done else 0
        quality, effect, exceeded = (is_done and bool(each) for each in judged)
        line = PlanLine(str(identity), name, is_done, late, quality, effect, exceeded)
        found.setdefault(agency, []).append(line)
    return found


def plan_figures(lines: Iterable[PlanLine]) -> dict[str, Fraction]:
    """Return the figures that follow from plan tasks beside those that the engine makes of the lines.

    The share of tasks that exceed what was asked is cut, not rounded, to the places that figures have: what does not
    reach a bound never seems to.
    """
    listed = list(lines)
    if not listed:
        return {}
    exceeding = Fraction(100 * sum(1 for each in listed if each.exceeded), len(listed))
    return {
        "exceeded_pct": Fraction(exceeding.numerator * 10_000 // exceeding.denominator, 10_000),
        "tasks_effective": Fraction(all(each.is_done and each.effect_met for each in listed)),
    }


# Units below -----------------------------------------------------------------------------------------------------


@dataclass
class Tree(Leading):
    """Which organisations' results an organisation's rests on: those of the units directly below it.

    Units are evaluated in periods of their own agency, so results of periods with the same days count, whichever agency
    opened them. ``missing`` are units that a framework judges and nobody evaluates in these days.
    """

    missing: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = dict(self._evaluated(self.period.evaluations.all()))
        units = _units_below(own, self.period.last_day)
        below = Evaluation.objects.filter(
            organisation__in=[each.pk for each in units], period__in=same_days(self.period, SubjectKind.ORGANISATION)
        )
        rows = {unit: (pk, absence) for unit, pk, absence in below.values_list("organisation", "pk", "absence")}
        judged = _judged([each for each in units if each.pk not in rows], self.period.last_day)
        for pk, path in own.items():
            self.led[pk] = {}
            for unit in (each for each in units if each.path[: -Agency.steplen] == path):
                if unit.pk in rows:
                    self._add(pk, unit, *rows[unit.pk])
                elif unit.pk in judged:
                    self.missing.setdefault(pk, []).append(unit.code)

    def _evaluated(self, evaluations: Any) -> Iterable[tuple[int, str]]:
        counted = evaluations.counted().exclude(framework=None)
        for pk, code, path in counted.values_list("pk", "organisation__code", "organisation__path"):
            self.codes[pk] = code
            yield pk, path

    def _add(self, above: int, unit: Agency, evaluation: int, absence: str) -> None:
        if not absence:
            self.led[above][evaluation] = ()
            self.codes[evaluation] = unit.code


def same_days(period: Period, subject_kind: str) -> Any:
    """Return the periods of the same days for officers or organisations, at whatever agency."""
    return Period.objects.filter(kind=period.kind, first_day=period.first_day, subject_kind=subject_kind).order_by()


def _units_below(own: Mapping[int, str], day: datetime.date) -> list[Agency]:
    depths = {len(path) // Agency.steplen + 1 for path in own.values()}
    standing = Agency.objects.filter(depth__in=depths, path__gte=min(own.values(), default="")).order_by("path")
    paths = set(own.values())
    return [
        each
        for each in standing
        if each.path[: -Agency.steplen] in paths and (each.dissolved_on is None or each.dissolved_on > day)
    ]


def _judged(units: list[Agency], day: datetime.date) -> set[int]:
    if not units:
        return set()
    found = zip(units, FrameworksOn(day).for_organisations(units), strict=True)
    return {unit.pk for unit, applicable in found if applicable.version}


# Subjects --------------------------------------------------------------------------------------------------------


@dataclass
class OrganisationInputs:
    """What the scoring of some organisations' evaluations of a period needs, read once."""

    period: Period
    evaluations: Mapping[int, Evaluation]
    leading: Tree

    def __post_init__(self) -> None:
        organisations = {each.organisation_id for each in self.evaluations.values() if each.organisation_id}
        self._lines = plan_lines(organisations, self.period.first_day, self.period.last_day)
        self._marks = marks_of(self.evaluations)
        self._flags = flags_of(self.evaluations)
        self._outside = Figures(self.period, self.evaluations)
        self._excused = ForceMajeure.objects.accepted_of(self.evaluations)
        self._unremedied = Shortcoming.objects.unremedied(organisations, self.period.last_day)

    def subject(self, pk: int, definition: Definition, found: Mapping[int, Found]) -> Subject:
        """Return the subject of an evaluation; ``found`` is what stands of the units below, by evaluation."""
        evaluation = self.evaluations[pk]
        lines = self._lines.get(evaluation.organisation_id or 0, [])
        given = self._marks.get(pk, {})
        indicators = self._outside.of(evaluation, definition) | given.get("indicators", {})
        marks = given | ({"indicators": indicators} if indicators else {}) | {
            "agency": str(evaluation.organisation)[:200], "flags": self._flags_of(pk, definition),
            "period": {"from": self.period.first_day.isoformat(), "to": self.period.last_day.isoformat()},
            "metrics": self._figures(evaluation, lines, definition),
        }  # fmt: skip
        subject, problems = read_marks(definition, evaluation, marks)
        if subject is None:
            # They were read when they were given, and the framework is pinned: only a fault of ours leads here.
            raise ValueError(f"evaluation {pk} cannot be read: {problems}")
        codes = self.leading.codes
        below = [Subordinate(codes[each], *found.get(each, (None, None))) for each in self.leading.led.get(pk, {})]
        below += [Subordinate(code) for code in self.leading.missing.get(pk, [])]
        return dataclasses.replace(
            subject,
            work=tuple(each.line() for each in lines),
            subordinates=tuple(sorted(below, key=lambda each: str(each.id))),
        )

    def _figures(self, evaluation: Evaluation, lines: list[PlanLine], definition: Definition) -> dict[str, str]:
        known = vocabulary_of(definition).metrics
        figures = plan_figures(lines)
        if not self.leading.led.get(evaluation.pk) and not self.leading.missing.get(evaluation.pk):
            # The plan asks about units below "if any"; the engine counts those that are sent.
            figures[SUBORDINATES_FIGURE] = Fraction(0)
        figures["shortcomings_remedied"] = Fraction(evaluation.organisation_id not in self._unremedied)
        return {code: to_text(value) for code, value in figures.items() if code in known}

    def _flags_of(self, pk: int, definition: Definition) -> list[str]:
        """Return the findings that stand and, where the authority accepted force majeure, what it excuses."""
        flags = self._flags.get(pk, [])
        if pk in self._excused:
            flags = [*flags, *(rule.unless for rule in definition.classification.disqualifiers if rule.unless)]
        return flags


def inputs_of(
    period: Period, evaluations: Mapping[int, Evaluation], leading: Leading
) -> PeriodInputs | OrganisationInputs:
    """Return what scoring some evaluations of a period needs: of officers or, as the period says, of organisations."""
    if isinstance(leading, Tree):
        return OrganisationInputs(period, evaluations, leading)
    return PeriodInputs(period, evaluations, leading)


def leading_of(period: Period) -> Leading:
    """Return whose result rests on whose in a period."""
    return Tree(period) if period.is_of_organisations else Leading(period)
