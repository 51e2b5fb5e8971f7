"""Where rows become numbers, and nowhere else: subjects for the scoring engine out of work, marks and findings.

Everything is read as columns, one query a table, for the evaluations of one period.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState, WorkState
from cms.assignments.models import Claim, WorkAssignment
from cms.assignments.rules import days_late
from cms.core.dates import format_date_vi
from cms.core.text import fold
from cms.evaluations.enums import Act
from cms.evaluations.errors import InvalidPeriod
from cms.evaluations.models import Evaluation, EvaluationAct, Finding, Period, Result
from cms.evaluations.models.periods import period_name
from cms.organisations.enums import LEADING_ROLES, PostingRole
from cms.organisations.leading import Place, answers_for, shared_fields
from cms.organisations.models import Agency
from cms.scoring.definition import Definition
from cms.scoring.exact import read_number
from cms.scoring.inputs import COEFFICIENT_PLACES, QUANTITY_PLACES, Subject, Subordinate, WorkLine, read_subjects
from cms.scoring.periods import NOT_WORKED

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


# Marks -----------------------------------------------------------------------------------------------------------


def marks_of(evaluations: Iterable[int], act: Act = Act.MARK) -> dict[int, dict[str, Any]]:
    """Return the marks that count, those given last, by evaluation: in one query."""
    given = EvaluationAct.objects.filter(evaluation__in=evaluations, act=act).order_by("pk")
    return dict(given.values_list("evaluation", "marks"))


def read_marks(definition: Definition, evaluation: Evaluation, marks: Mapping[str, Any]) -> tuple[Subject | None, Any]:
    """Return the subject that marks alone make, or None with the problems that the framework has with them."""
    data = {
        "role": evaluation.role, "id": evaluation.officer.code, "category": evaluation.category,
        "position_group": evaluation.position_group or None, **marks,
    }  # fmt: skip
    subjects, problems = read_subjects([data], definition)
    return (subjects[0] if subjects and not problems else None), problems


# Who leads whom --------------------------------------------------------------------------------------------------


@dataclass
class Leading:
    """Who answers for whom among the evaluations of one period, by key; read in two queries."""

    period: Period
    codes: dict[int, str] = field(default_factory=dict)
    led: dict[int, dict[int, tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counted = self.period.evaluations.counted().exclude(framework=None).order_by("officer__code")
        columns = ("pk", "officer", "officer__code", "agency__path", "role", "posting__fields_in_charge")
        places, written = {}, {}
        for pk, officer, code, path, role, fields in counted.values_list(*columns):
            written[pk] = {fold(each): each for each in fields}
            places[pk] = Place(officer, path, role, frozenset(written[pk]))
            self.codes[pk] = code
        names = self._names() if any(place.role == PostingRole.DEPUTY for place in places.values()) else {}
        for pk, place in places.items():
            if place.role in LEADING_ROLES:
                led = {other: each for other, each in places.items() if answers_for(place, each, names)}
                self.led[pk] = {
                    other: tuple(written[pk][key] for key in sorted(shared_fields(place, each, names)))
                    for other, each in led.items()
                }

    def in_order(self, wanted: Iterable[int]) -> list[int]:
        """Return evaluations with those who are led first; raises ``InvalidPeriod`` where people lead each other."""
        wanted = set(wanted)
        graph = {pk: wanted & self.led.get(pk, {}).keys() for pk in sorted(wanted)}
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle = Evaluation.objects.filter(pk__in=error.args[1]).select_related("officer")
            names = ", ".join(str(each.officer) for each in circle)
            raise InvalidPeriod(_("These officers lead each other: %(names)s.") % {"names": names}) from error

    def above(self, evaluation: int) -> set[int]:
        """Return the evaluations of those who answer for an officer, directly or by way of others."""
        return {pk for pk, led in self.led.items() if evaluation in led}

    def _names(self) -> dict[str, frozenset[str]]:
        units = Agency.objects.filter(path__startswith=self.period.agency.path)
        return {
            path: frozenset({fold(code), fold(name)}) for path, code, name in units.values_list("path", "code", "name")
        }


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

    def __post_init__(self) -> None:
        officers = [each.officer_id for each in self.evaluations.values()]
        self._lines = lines_of(officers, self.period.first_day, self.period.last_day)
        self._marks = marks_of(self.evaluations)
        self._flags = flags_of(self.evaluations)

    def subject(self, pk: int, definition: Definition, found: Mapping[int, Found]) -> Subject:
        """Return the subject of an evaluation; ``found`` is what stands of those who are led, by evaluation."""
        evaluation = self.evaluations[pk]
        marks = self._marks.get(pk, {}) | {
            "agency": str(evaluation.agency)[:200], "flags": self._flags.get(pk, []),
            "period": {"from": self.period.first_day.isoformat(), "to": self.period.last_day.isoformat()},
        }  # fmt: skip
        subject, problems = read_marks(definition, evaluation, marks)
        if subject is None:
            # They were read when they were given, and the framework is pinned: only a fault of ours leads here.
            raise ValueError(f"evaluation {pk} cannot be read: {problems}")
        led = self.leading.led.get(pk)
        return dataclasses.replace(
            subject,
            work=self._lines.get(evaluation.officer_id, ()),
            subordinates=None if led is None else self._subordinates(led, found),
            fields=tuple(sorted(evaluation.posting.fields_in_charge)) if evaluation.role == PostingRole.DEPUTY else (),
        )

    def _subordinates(self, led: Mapping[int, tuple[str, ...]], found: Mapping[int, Found]) -> tuple[Subordinate, ...]:
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


# Longer periods --------------------------------------------------------------------------------------------------


def longer_subjects(period: Period, evaluations: Iterable[Evaluation]) -> dict[int, dict[str, Any]]:
    """Return, by evaluation, what a longer period of an officer is made of: the parts, as the API takes them.

    Parts are the officer's shorter periods at whatever agency. One without an evaluation (not yet appointed, or left)
    is no part; one that was not worked says why.
    """
    listed = list(evaluations)
    shorter = Period.objects.inside(period, period.made_of)
    parts = Evaluation.objects.filter(period__in=shorter, officer__in=[each.officer_id for each in listed])
    parts = parts.order_by("period__first_day", "pk")
    rows = list(parts.values_list("pk", "officer", "period__kind", "period__first_day", "absence"))
    stand = {each.evaluation_id: each for each in Result.objects.of([row[0] for row in rows])}
    flags = flags_of([row[0] for row in rows] + [each.pk for each in listed])
    by_officer: dict[int, list[Any]] = {}
    for row in rows:
        by_officer.setdefault(row[1], []).append(row)
    return {each.pk: _longer(each, by_officer.get(each.officer_id, []), stand, flags) for each in listed}


def _longer(
    evaluation: Evaluation, rows: list[Any], stand: Mapping[int, Result], flags: Mapping[int, list[str]]
) -> dict[str, Any]:
    parts = []
    for pk, _officer, kind, first_day, absence in rows:
        label, result = period_name(kind, first_day), stand.get(pk)
        if absence:
            parts.append({"total": None, "status": NOT_WORKED, "label": label, "note": absence[:500]})
        else:
            parts.append((result.part if result else {"total": None, "status": "blocked"}) | {"label": label})
    held = {code for row in rows for code in flags.get(row[0], [])} | set(flags.get(evaluation.pk, []))
    return {
        "id": evaluation.officer.code, "role": evaluation.role, "category": evaluation.category,
        "position_group": evaluation.position_group or None, "agency": str(evaluation.agency)[:200],
        "flags": sorted(held), "parts": parts,
    }  # fmt: skip
