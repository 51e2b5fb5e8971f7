"""Officers: their work, marks, whom they lead, and longer periods out of shorter ones."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState, WorkState
from cms.assignments.models import Claim, WorkAssignment
from cms.assignments.rules import days_late
from cms.core.dates import format_date_vi
from cms.evaluations.enums import Act, PeriodKind
from cms.evaluations.models import Evaluation, EvaluationAct, Finding, Period, Result
from cms.evaluations.scoring_inputs.figures import Figures, asks_figures
from cms.evaluations.scoring_inputs.leading import Leading
from cms.organisations.enums import LEADING_ROLES, PostingRole
from cms.scoring.definition import Definition
from cms.scoring.exact import read_number
from cms.scoring.inputs import (
    COEFFICIENT,
    COEFFICIENT_PLACES,
    QUANTITY,
    QUANTITY_PLACES,
    Subject,
    Subordinate,
    WorkLine,
    read_subjects,
)
from cms.scoring.lateness import DAYS
from cms.scoring.vocabulary import heads_from_organisation

_LONGEST = 1000
# What was found of somebody led: the total that stands, and the level.
Found = tuple[Fraction | None, str | None]


# Work ------------------------------------------------------------------------------------------------------------


def lines_of(officers: Iterable[int], first: datetime.date, last: datetime.date) -> dict[int, tuple[WorkLine, ...]]:
    """Return the lines of work that count from a day to a day, by officer, in two queries.

    All that was given and not withdrawn is assigned; only what was confirmed is completed. An accepted claim exempts
    its line.
    """
    work = WorkAssignment.objects.filter(officer__in=officers, month__gte=first, month__lte=last)
    work = work.exclude(state=WorkState.WITHDRAWN)
    excused = _excuses(work)
    lines: dict[int, list[WorkLine]] = {}
    for pk, officer, *columns in work.order_by("officer", "due_on", "pk").values_list("pk", "officer", *_COLUMNS):
        lines.setdefault(officer, []).append(_line(excused.get(pk, {}), *columns))
    return {officer: tuple(own) for officer, own in lines.items()}


_COLUMNS = (
    "identity", "code", "name", "coefficient", "assigned", "completed", "state", "quality_failures", "late_occurrences",
    "due_on", "done_on",
)  # fmt: skip


def unplanned_of(officers: Iterable[int], first: datetime.date, last: datetime.date) -> frozenset[str]:
    """Return the identities of work from a day to a day that was not planned."""
    work = WorkAssignment.objects.filter(officer__in=officers, month__gte=first, month__lte=last, is_planned=False)
    return frozenset(str(each) for each in work.order_by().values_list("identity", flat=True))


def lines_by_rank(lines: Iterable[WorkLine], rule: str) -> tuple[WorkLine, ...]:
    """Return a leader's lines as the framework puts them together (article 15.1; ``WorkRules.leaders_work``).

    ``assigned_tasks``: each is one product, done when all of it is. By ``coefficient`` all lines weigh more by the same
    factor, which no ratio shows.
    """
    if rule != "assigned_tasks":
        return tuple(lines)
    return tuple(
        dataclasses.replace(
            each, assigned=QUANTITY, completed=QUANTITY if each.completed >= each.assigned else 0,
            coefficient=COEFFICIENT,
        )
        for each in lines
    )  # fmt: skip


def _line(
    excused: Mapping[str, str], identity: Any, code: str, name: str, coefficient: Decimal, assigned: Decimal,
    completed: Decimal, state: str, failures: int, late: int, due_on: datetime.date, done_on: datetime.date | None,
) -> WorkLine:  # fmt: skip
    is_confirmed = state == WorkState.CONFIRMED
    return WorkLine(
        assigned=_scaled(assigned, QUANTITY_PLACES),
        completed=_scaled(completed, QUANTITY_PLACES) if is_confirmed else 0,
        coefficient=_scaled(coefficient, COEFFICIENT_PLACES),
        quality_failures=failures,
        late_occurrences=late,
        quality_exempt=ClaimAbout.QUALITY in excused,
        late_exempt=ClaimAbout.LATE in excused,
        id=str(identity),
        title=f"{code} {name}"[:_LONGEST],
        exemption="; ".join(excused.values())[:_LONGEST],
        days_late=days_late(due_on, done_on, due_on) if is_confirmed else None,
    )


def _excuses(work: QuerySet[WorkAssignment]) -> dict[int, dict[str, str]]:
    """Return the accepted claims by work: what each is about, and the words that the receipt shows."""
    accepted = Claim.objects.filter(work__in=work.order_by().values("pk"), state=ClaimState.ACCEPTED).order_by("pk")
    found: dict[int, dict[str, str]] = {}
    for pk, about, cause, decided_at in accepted.values_list("work", "about", "cause", "decided_at"):
        words = f"{ClaimAbout(about).label}: {ClaimCause(cause).label}"
        day = format_date_vi(timezone.localdate(decided_at)) if decided_at else ""
        found.setdefault(pk, {})[about] = _("%(claim)s, accepted on %(day)s") % {"claim": words, "day": day}
    return found


def _scaled(value: Decimal, places: int) -> int:
    return int(value.scaleb(places))


def agreeing(lines: tuple[WorkLine, ...], by_days: bool) -> tuple[WorkLine, ...]:
    """Return the lines with what the framework counts by; the other goes where whoever confirmed judged otherwise.

    The days of a date that was missed and the times that somebody says it was late may disagree: a receipt with both
    could not be calculated again.
    """
    if all(line.days_late is None or bool(line.days_late) == bool(line.late_occurrences) for line in lines):
        return lines
    return tuple(_agreeing(line, by_days) for line in lines)


def _agreeing(line: WorkLine, by_days: bool) -> WorkLine:
    if line.days_late is None or bool(line.days_late) == bool(line.late_occurrences):
        return line
    return (
        dataclasses.replace(line, late_occurrences=int(line.days_late > 0)) if by_days
        else dataclasses.replace(line, days_late=None)
    )  # fmt: skip


# Marks -----------------------------------------------------------------------------------------------------------


def marks_of(evaluations: Iterable[int], act: Act = Act.MARK) -> dict[int, dict[str, Any]]:
    """Return the marks that count, those given last, by evaluation: in one query."""
    given = EvaluationAct.objects.filter(evaluation__in=evaluations, act=act).order_by("pk")
    return dict(given.values_list("evaluation", "marks"))


def read_marks(definition: Definition, evaluation: Evaluation, marks: Mapping[str, Any]) -> tuple[Subject | None, Any]:
    """Return the subject that marks alone make, or None with the problems that the framework has with them."""
    data = {
        "role": evaluation.role, "id": evaluation.subject.code, "category": evaluation.category or None,
        "position_group": evaluation.position_group or None, **marks,
    }  # fmt: skip
    subjects, problems = read_subjects([data], definition)
    return (subjects[0] if subjects and not problems else None), problems


# Subjects --------------------------------------------------------------------------------------------------------


@dataclass
class PeriodInputs:
    """What the scoring of some evaluations of a period needs, read once."""

    period: Period
    evaluations: Mapping[int, Evaluation]
    leading: Leading
    _lines: dict[int, tuple[WorkLine, ...]] = field(init=False)
    _marks: dict[int, dict[str, Any]] = field(init=False)
    _flags: dict[int, list[str]] = field(init=False)
    _headed: dict[int, Subordinate] | None = field(init=False, default=None)
    # Read when a framework first asks.
    _everybody: dict[int, int] | None = field(init=False, default=None)
    _unplanned: frozenset[str] | None = field(init=False, default=None)
    _earlier: dict[int, dict[str, Any]] | None = field(init=False, default=None)
    _figures: Figures | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        officers = [each.officer_id for each in self.evaluations.values() if each.officer_id is not None]
        self._lines = lines_of(officers, self.period.first_day, self.period.last_day)
        self._marks = marks_of(self.evaluations)
        self._flags = flags_of(self.evaluations)

    def subject(self, pk: int, definition: Definition, found: Mapping[int, Found]) -> Subject:
        """Return the subject of an evaluation; ``found`` is what stands of those who are led, by evaluation."""
        evaluation = self.evaluations[pk]
        marks = self._marks_of(evaluation, definition) | {
            "agency": str(evaluation.agency)[:200], "flags": self._flags.get(pk, []),
            "period": {"from": self.period.first_day.isoformat(), "to": self.period.last_day.isoformat()},
        }  # fmt: skip
        subject, problems = read_marks(definition, evaluation, marks)
        if subject is None:
            # They were read when they were given, and the framework is pinned: only a fault of ours leads here.
            raise ValueError(f"evaluation {pk} cannot be read: {problems}")
        led, posting = self.leading.led.get(pk), evaluation.posting
        by_organisation = evaluation.role == PostingRole.HEAD and heads_from_organisation(definition)
        return dataclasses.replace(
            subject,
            work=self._work(evaluation, definition),
            subordinates=self._organisation(evaluation) if by_organisation else self._subordinates(led, found),
            fields=tuple(sorted(posting.fields_in_charge)) if posting and posting.role == PostingRole.DEPUTY else (),
        )

    def _work(self, evaluation: Evaluation, definition: Definition) -> tuple[WorkLine, ...]:
        """Return the lines of an officer; of who leads, by rank, also those of everybody led."""
        own, rules = self._lines.get(evaluation.officer_id or 0, ()), definition.work
        if evaluation.role in LEADING_ROLES:
            own = lines_by_rank(own, rules.leaders_work.value)
            if rules.leaders_work.value == "by_rank":
                own += tuple(
                    line for other in self.leading.led.get(evaluation.pk, {}) for line in self._lines_of(other)
                )
        own = agreeing(own, rules.late_counted.value == DAYS)
        if rules.unplanned.value == "completed_only":
            return tuple(dataclasses.replace(each, assigned=0) if self._is_unplanned(each) else each for each in own)
        return own

    def _lines_of(self, evaluation: int) -> tuple[WorkLine, ...]:
        """Return the lines of somebody led, scored now or not."""
        if self._everybody is None:
            self._everybody = dict(self.period.evaluations.counted().values_list("pk", "officer"))
            officers = [each for each in self._everybody.values() if each not in self._lines]
            self._lines |= lines_of(officers, self.period.first_day, self.period.last_day)
        return self._lines.get(self._everybody[evaluation], ())

    def _is_unplanned(self, line: WorkLine) -> bool:
        if self._unplanned is None:
            officers = [each.officer_id for each in self.evaluations.values() if each.officer_id is not None]
            self._unplanned = unplanned_of([*officers, *self._lines], self.period.first_day, self.period.last_day)
        return line.id in self._unplanned

    def _marks_of(self, evaluation: Evaluation, definition: Definition) -> dict[str, Any]:
        """Return the marks that count; with indicators marked once a quarter, those of its earlier months stand."""
        own = self._with_figures(evaluation, definition)
        if self.period.kind != PeriodKind.MONTH or definition.periods.marks_given.value != "quarter":
            return own
        if self._earlier is None:
            self._earlier = self._indicators_before()
        indicators = self._earlier.get(evaluation.officer_id or 0, {}) | own.get("indicators", {})
        return own | ({"indicators": indicators} if indicators else {})

    def _with_figures(self, evaluation: Evaluation, definition: Definition) -> dict[str, Any]:
        """Return the marks given, and figures from outside for the indicators that nobody marked."""
        given = self._marks.get(evaluation.pk, {})
        if not asks_figures(definition):
            return given
        if self._figures is None:
            self._figures = Figures(self.period, self.evaluations)
        indicators = self._figures.of(evaluation, definition) | given.get("indicators", {})
        return given | ({"indicators": indicators} if indicators else {})

    def _indicators_before(self) -> dict[int, dict[str, Any]]:
        """Return, by officer, the indicators marked in the earlier months of the quarter, the last mark of each."""
        first = self.period.first_day.replace(month=(self.period.first_day.month - 1) // 3 * 3 + 1)
        officers = [each.officer_id for each in self.evaluations.values() if each.officer_id is not None]
        earlier = Evaluation.objects.filter(
            officer__in=officers, period__kind=PeriodKind.MONTH, period__first_day__gte=first,
            period__first_day__lt=self.period.first_day,
        )  # fmt: skip
        rows = dict(earlier.order_by("period__first_day").values_list("pk", "officer"))
        marks, found = marks_of(rows), dict[int, dict[str, Any]]()
        for pk, officer in rows.items():
            if officer is not None:
                found[officer] = found.get(officer, {}) | marks.get(pk, {}).get("indicators", {})
        return found

    def _organisation(self, evaluation: Evaluation) -> tuple[Subordinate, ...]:
        """Return the organisation that a head heads, with what stands of it in the period of the same days."""
        if self._headed is None:
            same = Evaluation.objects.counted().filter(
                organisation__isnull=False, period__kind=self.period.kind, period__first_day=self.period.first_day,
                organisation__in={each.agency_id for each in self.evaluations.values()},
            )  # fmt: skip
            rows = dict(same.order_by().values_list("pk", "organisation"))
            stand = found_of(rows)
            codes = {each.agency_id: each.agency.code for each in self.evaluations.values()}
            self._headed = {
                organisation: Subordinate(codes[organisation], *stand.get(pk, (None, None)))
                for pk, organisation in rows.items()
            }
        return (self._headed.get(evaluation.agency_id, Subordinate(evaluation.agency.code)),)

    def _subordinates(
        self, led: Mapping[int, tuple[str, ...]] | None, found: Mapping[int, Found]
    ) -> tuple[Subordinate, ...] | None:
        if led is None:
            return None
        codes = self.leading.codes
        return tuple(
            Subordinate(codes[pk], *found.get(pk, (None, None)), led[pk]) for pk in sorted(led, key=codes.__getitem__)
        )


def flags_of(evaluations: Iterable[int]) -> dict[int, list[str]]:
    """Return the codes of the findings that stand, by evaluation."""
    flags: dict[int, list[str]] = {}
    standing = Finding.objects.standing().filter(evaluation__in=evaluations).order_by("code")
    for pk, code in standing.values_list("evaluation", "code"):
        flags.setdefault(pk, []).append(code)
    return flags


def found_of(evaluations: Iterable[int]) -> dict[int, Found]:
    """Return what stands of evaluations: the total, and the level that was decided or, before that, of the points."""
    results = Result.objects.of(evaluations).values_list("evaluation", "total", "level", "evaluation__level")
    return {
        pk: (None if total is None else read_number(str(total)), decided or level or None)
        for pk, total, level, decided in results
    }
