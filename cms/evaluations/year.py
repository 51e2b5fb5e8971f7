"""The calendar of a year as people read it: what is due on which days, and by which rule each day is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.evaluations.calendar import classified_day
from cms.evaluations.enums import DueRule, PeriodKind
from cms.evaluations.models import Procedure, YearClock
from cms.evaluations.models.periods import last_day_of
from cms.evaluations.procedure_words import due_words
from cms.evaluations.procedures import Clock, due_day
from cms.frameworks.models import FrameworkVersion


@dataclass(frozen=True)
class YearDay:
    """One thing that is due: between two days, by whom and by which rule; ``clock`` is the row it comes from."""

    name: str
    first: datetime.date
    last: datetime.date
    done_by: str = ""
    basis: str = ""
    clock: YearClock | None = None

    @property
    def is_over(self) -> bool:
        """Return whether its last day has gone by."""
        return self.last < timezone.localdate()

    @property
    def is_now(self) -> bool:
        """Return whether today lies in it."""
        return self.first <= timezone.localdate() <= self.last


@dataclass
class Year:
    """A year: its days in their order, and what runs after each result or period instead of on a day."""

    number: int
    days: list[YearDay] = field(default_factory=list)
    running: list[YearClock] = field(default_factory=list)
    steps: list[tuple[str, str]] = field(default_factory=list)


def year_of(number: int) -> Year:
    """Return the calendar of a year, in a number of queries that does not grow with agencies."""
    year = Year(number)
    for clock in YearClock.objects.all():
        if clock.days_after is None:
            year.days += _of_clock(clock, number)
        else:
            year.running.append(clock)
    last_day = last_day_of(PeriodKind.YEAR, datetime.date(number, 1, 1))
    year.days += _of_frameworks(last_day)
    for procedure in Procedure.objects.in_force(timezone.localdate()).prefetch_related("steps").order_by("code"):
        year.days += _of_procedure(procedure, last_day)
        year.steps += _steps_of(procedure)
    year.days.sort(key=lambda each: (each.last, each.first, each.name))
    return year


def clock_words(clock: YearClock) -> str:
    """Return when a clock of the year runs, in words."""
    if clock.days_after is not None:
        sentence = ngettext("%(count)d day after a result", "%(count)d days after a result", clock.days_after)
        return sentence % {"count": clock.days_after}
    months = ", ".join(f"{month:02}" for month in clock.months)
    return _("days %(first)s to %(last)s of the months %(months)s") % {
        "first": f"{clock.first_day:02}", "last": f"{clock.last_day:02}", "months": months
    }  # fmt: skip


def _of_clock(clock: YearClock, year: int) -> Iterator[YearDay]:
    for first, last in clock.spans(year):
        yield YearDay(clock.name, first, last, clock.done_by, clock.basis, clock)


def _of_frameworks(last_day: datetime.date) -> Iterator[YearDay]:
    """Yield the days before which the province's frameworks classify, those of the same day together."""
    own = FrameworkVersion.objects.filter(framework__agency=None).effective_on().select_related("framework")
    found: dict[tuple[bool, datetime.date], list[str]] = {}
    for version in own.order_by("framework__code"):
        for is_special in (False, True):
            day = classified_day(version.definition.procedure, last_day, is_special)
            if day is not None:
                found.setdefault((is_special, day), []).append(version.framework.name)
    for (is_special, day), names in found.items():
        name = (
            _("Level of the year decided, of agencies with a special end of the year")
            if is_special
            else _("Level of the year decided")
        )
        yield YearDay(name, day, day, _("Who has authority to classify"), "; ".join(names))


def _of_procedure(procedure: Procedure, last_day: datetime.date) -> Iterator[YearDay]:
    """Yield the last days of the steps of a yearly procedure that stand on a day of the year."""
    if PeriodKind.YEAR not in procedure.kinds:
        return
    clock = Clock(last_day, last_day)
    for step in procedure.steps.all():
        day = due_day(step, clock) if step.due_rule == DueRule.DATE else None
        if day is not None:
            yield YearDay(str(step), day, day, str(step.get_actor_display()), procedure.name)


def _steps_of(procedure: Procedure) -> Iterator[tuple[str, str]]:
    for step in procedure.steps.all():
        if step.due_rule in (DueRule.OPENED, DueRule.BEFORE_END, DueRule.AFTER_END):
            yield f"{procedure.name}: {step}", due_words(step.due_rule, step.due_value)
