"""How far each officer is with a month's work, and how much it is: rows in, sums out, in a query for all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cms.assignments.enums import OPEN_STATES, WorkState
from cms.assignments.models import WorkAssignment, WorkQuerySet
from cms.assignments.rules import SOON
from cms.assignments.signals_found import HOURS_A_DAY

_READ = ("officer", "state", "month", "due_on", "done_on", "assigned", "completed", "coefficient", "item__hours")


@dataclass
class Load:
    """One officer's pieces of work by state, and their quantities in standard units.

    What is open or waits counts whatever its month; the rest, and both quantities, are of the month alone.
    """

    open: int = 0
    late: int = 0
    soon: int = 0
    waiting: int = 0
    confirmed: int = 0
    assigned: Decimal = Decimal(0)
    completed: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)

    def share(self, days: int) -> int | None:
        """Return what part of so many working days the norm hours of the month's work take, in per cent.

        None where no item says its hours, or there are no days: the load is then read from the standard units.
        """
        return int(100 * self.hours / (HOURS_A_DAY * days)) if self.hours and days else None

    def per_day(self, days: int) -> Decimal:
        """Return how many standard units were given for each working day."""
        return (self.assigned / days).quantize(Decimal("0.1")) if days else Decimal(0)


def loads_of(officers: Iterable[int], month: datetime.date, *, seen_by: Any) -> dict[int, Load]:
    """Return the load of each of these officers, by key, in one query: of the work that the person sees."""
    return loads_in(WorkAssignment.objects.visible_to(seen_by), officers, month)


def loads_in(among: WorkQuerySet, officers: Iterable[int], month: datetime.date) -> dict[int, Load]:
    """Return the load of each of these officers, by key, among some work."""
    listed, today = list(officers), timezone.localdate()
    loads = {officer: Load() for officer in listed}
    first = month.replace(day=1)
    work = among.filter(officer__in=listed).exclude(state=WorkState.WITHDRAWN)
    unsettled = Q(state__in=[*OPEN_STATES, WorkState.DONE])
    for officer, *row in work.filter(Q(month=first) | unsettled).order_by().values_list(*_READ).iterator():
        _count(loads[officer], first, today, *row)
    return loads


def _count(
    load: Load, first: datetime.date, today: datetime.date, state: str, month: datetime.date, due_on: datetime.date,
    done_on: datetime.date | None, assigned: Decimal, completed: Decimal, coefficient: Decimal,
    hours: Decimal | None,
) -> None:  # fmt: skip
    is_open = state in OPEN_STATES
    load.open += is_open
    load.waiting += state == WorkState.DONE
    load.late += is_open and due_on < today
    load.soon += is_open and today <= due_on <= today + SOON
    if month == first:
        load.confirmed += state == WorkState.CONFIRMED
        load.assigned += assigned * coefficient
        load.completed += completed * coefficient
        load.hours += assigned * (hours or 0)
