"""Where the evaluations of every agency stand in one period of the calendar: counts alone, for those who appraise."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.evaluations.enums import Step
from cms.evaluations.models import Evaluation, Objection, Period
from cms.evaluations.permissions import EVALUATING_KINDS
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet
from cms.users.enums import APPRAISING_ROLES

DECIDED, ABSENT = "decided", "absent"
COLUMNS = (*Step.values, DECIDED)


@dataclass(frozen=True)
class StepClock:
    """The clock of one step at an agency: the first last day of those that wait, and how many are late."""

    due: datetime.date | None = None
    late: int = 0


@dataclass(frozen=True)
class StepCell:
    """How many wait at a step, as a tenth of the whole by which the cell is tinted, and the step's clock."""

    count: int
    tenth: int
    clock: StepClock


@dataclass
class AgencyRow:
    """One agency: its period, if it is open; how many evaluations wait at each step, are decided, are not in it."""

    agency: Agency
    period: Period | None
    days_since: int
    counts: dict[str, int] = field(default_factory=dict)
    objections: int = 0
    clocks: dict[str, StepClock] = field(default_factory=dict)

    @property
    def late_steps(self) -> int:
        """Return how many evaluations wait at a step whose last day has gone by."""
        return sum(each.late for each in self.clocks.values())

    @property
    def waiting(self) -> int:
        """Return how many evaluations wait for anybody."""
        return sum(self.counts.get(step, 0) for step in Step.values)

    @property
    def is_late(self) -> bool:
        """Return whether the period is over and not locked."""
        return self.days_since > 0 and not (self.period and self.period.is_locked)

    @property
    def state(self) -> str:
        """Return where the agency stands, in words."""
        return self.period.state_words if self.period else _("Not opened")

    @property
    def cells(self) -> list[StepCell]:
        """Return a cell for each of ``COLUMNS``."""
        whole = sum(self.counts.get(each, 0) for each in COLUMNS)
        counts = [self.counts.get(each, 0) for each in COLUMNS]
        return [
            StepCell(count, -(-10 * count // whole) if whole else 0, self.clocks.get(column, StepClock()))
            for column, count in zip(COLUMNS, counts, strict=True)
        ]


def step_board(user: Any, kind: str, first_day: datetime.date, last_day: datetime.date) -> list[AgencyRow]:
    """Return the departments and communes over which somebody appraises, the late ones first, in five queries."""
    agencies = list(agencies_of_board(user))
    periods = Period.objects.filter(agency__in=agencies, kind=kind, first_day=first_day).order_by()
    by_agency = {each.agency_id: each for each in periods}
    counts = _counts(by_agency.values())
    objected, clocks = _objections(by_agency.values()), _clocks(by_agency.values())
    since = max(0, (timezone.localdate() - last_day).days)
    rows = []
    for agency in agencies:
        period = by_agency.get(agency.pk)
        key = period.pk if period else 0
        row = AgencyRow(agency, period, since, counts.get(key, {}), objected.get(key, 0), clocks.get(key, {}))
        rows.append(row)
    return sorted(rows, key=lambda row: (not row.is_late, -row.late_steps, row.period is not None, -row.waiting))


def agencies_of_board(user: Any) -> AgencyQuerySet:
    """Return the departments and communes over which somebody appraises."""
    over = access_for(user).rows_over("", *APPRAISING_ROLES)
    return Agency.objects.active().filter(over, kind__in=EVALUATING_KINDS).order_by("path")


def _clocks(periods: Any) -> dict[int, dict[str, StepClock]]:
    """Return the clock of each step that somebody waits at, by period."""
    today, found = timezone.localdate(), dict[int, dict[str, StepClock]]()
    waiting = Evaluation.objects.unfinished().filter(period__in=[each.pk for each in periods]).order_by()
    late = Count("pk", filter=Q(awaits_due__lt=today))
    for row in waiting.values("period", "awaits").annotate(due=Min("awaits_due"), late=late):
        found.setdefault(row["period"], {})[row["awaits"]] = StepClock(row["due"], row["late"])
    return found


def _counts(periods: Any) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    own = Evaluation.objects.filter(period__in=[each.pk for each in periods]).order_by()
    for absence, name in ((False, None), (True, ABSENT)):
        narrowed = own.exclude(absence="") if absence else own.filter(absence="")
        for period, awaits, count in narrowed.values("period", "awaits").annotate(n=Count("pk")).values_list(
            "period", "awaits", "n"
        ):  # fmt: skip
            counts = found.setdefault(period, {})
            key = name or awaits or DECIDED
            counts[key] = counts.get(key, 0) + count
    return found


def _objections(periods: Any) -> dict[int, int]:
    waiting = Objection.objects.open().filter(evaluation__period__in=[each.pk for each in periods]).order_by()
    rows = waiting.values("evaluation__period").annotate(n=Count("pk"))
    return {row["evaluation__period"]: row["n"] for row in rows}
