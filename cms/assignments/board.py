"""How far each officer is with a month's work, and how much it is: rows in, sums out, in a query for all of them."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cms.assignments.enums import OPEN_STATES, WorkState
from cms.assignments.models import WorkAssignment
from cms.assignments.rules import SOON

_READ = ("officer", "state", "month", "due_on", "done_on", "assigned", "completed", "coefficient")


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

    def per_day(self, days: int) -> Decimal:
        """Return how many standard units were given for each working day."""
        return (self.assigned / days).quantize(Decimal("0.1")) if days else Decimal(0)


def loads_of(officers: Iterable[int], month: datetime.date, *, seen_by: Any) -> dict[int, Load]:
    """Return the load of each of these officers, by key, in one query: of the work that the person sees."""
    listed, today = list(officers), timezone.localdate()
    loads = {officer: Load() for officer in listed}
    first = month.replace(day=1)
    work = WorkAssignment.objects.visible_to(seen_by).filter(officer__in=listed).exclude(state=WorkState.WITHDRAWN)
    unsettled = Q(state__in=[*OPEN_STATES, WorkState.DONE])
    for officer, *row in work.filter(Q(month=first) | unsettled).order_by().values_list(*_READ).iterator():
        _count(loads[officer], first, today, *row)
    return loads


def working_days(month: datetime.date) -> int:
    """Return how many days of the month are Monday to Friday; holidays are not known here."""
    _first, last = calendar.monthrange(month.year, month.month)
    return sum(datetime.date(month.year, month.month, day).weekday() < 5 for day in range(1, last + 1))


def _count(
    load: Load, first: datetime.date, today: datetime.date, state: str, month: datetime.date, due_on: datetime.date,
    done_on: datetime.date | None, assigned: Decimal, completed: Decimal, coefficient: Decimal,
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
