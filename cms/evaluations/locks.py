"""Which months of whose work are final."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import Exists, OuterRef

from cms.evaluations.models import Evaluation, Period, Reopening
from cms.organisations.models import Agency


def is_month_locked(officer: int, month: datetime.date) -> bool:
    """Return whether an officer's work of a month is final: a period over it is locked, and not opened again for them.

    Periods that are made of shorter ones lock no work.
    """
    reopened = Exists(Reopening.objects.open().filter(evaluation=OuterRef("pk")))
    over = Evaluation.objects.filter(
        officer=officer, period__locked_at__isnull=False, period__made_of="",
        period__first_day__lte=month, period__last_day__gte=month,
    )  # fmt: skip
    return over.exclude(reopened).exists()


def locked_months(
    officers: Collection[int], first: datetime.date, last: datetime.date
) -> set[tuple[int, datetime.date]]:
    """Return the officers with the first days of their months that are final, between two days, in one query."""
    reopened = Exists(Reopening.objects.open().filter(evaluation=OuterRef("pk")))
    over = Evaluation.objects.filter(
        officer__in=officers, period__locked_at__isnull=False, period__made_of="",
        period__first_day__lte=last, period__last_day__gte=first.replace(day=1),
    )  # fmt: skip
    found = set()
    for officer, begins, ends in over.exclude(reopened).values_list("officer", "period__first_day", "period__last_day"):
        month = begins.replace(day=1)
        while month <= ends:
            if begins <= month:
                found.add((officer, month))
            month = (month + datetime.timedelta(days=31)).replace(day=1)
    return found


def is_plan_month_locked(path: str, due_on: datetime.date) -> bool:
    """Return whether a period of the agency at a path, or of one above it, over the day is locked.

    Periods that are made of shorter ones lock no tasks. While the agency's own evaluation of the day is opened again,
    nothing locks them: its result is to be made anew.
    """
    steps = range(Agency.steplen, len(path) + 1, Agency.steplen)
    locked = Period.objects.filter(made_of="", locked_at__isnull=False, first_day__lte=due_on, last_day__gte=due_on)
    if not locked.filter(agency__path__in=[path[:end] for end in steps]).exists():
        return False
    reopened = Reopening.objects.open().filter(evaluation__organisation__path=path, evaluation__period__in=locked)
    return not reopened.exists()
