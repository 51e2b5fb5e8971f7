"""The demo's time: all that is done has its day, counted back from the day of loading, and the clock shows it then.

Stories are told together in the order of their days. So dates follow each other as in a province, whenever it is
loaded.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from cms.core.periods import CalendarPeriod

# Since so many days the quarter that was evaluated to its end is over; the province was made so many before it began.
_SETTLED, _BEFORE = 25, 40


@dataclass(frozen=True)
class Act:
    """Something that is done so many days before the demo is loaded, at an hour."""

    days_ago: int
    hour: int
    do: Callable[[], object]


@contextmanager
def at(days_ago: int, hour: int, minute: int = 0, not_before: datetime.datetime | None = None) -> Iterator[None]:
    """Let all who ask for the time be given a moment of the demo's past, and have it run on from there.

    On a slow machine that moment may be over: ``not_before`` is the earliest that is given.
    """
    now, began = timezone.now, timezone.now()
    there = timezone.localtime(began).replace(hour=hour, minute=minute, second=0, microsecond=0)
    there -= datetime.timedelta(days=days_ago)
    there = max(there, not_before) if not_before else there
    timezone.now = lambda: there + (now() - began)
    try:
        yield
    finally:
        timezone.now = now


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Return acts in the order in which they are done."""
    return sorted(acts, key=lambda act: (-act.days_ago, act.hour))


def perform(acts: Iterable[Act]) -> None:
    """Do everything in the order of its days, each at a minute of its own."""
    done: Counter[tuple[int, int]] = Counter()
    ended = None
    for act in in_order(acts):
        hour = (act.days_ago, act.hour)
        with at(*hour, minute=done[hour], not_before=ended):
            act.do()
            ended = timezone.now()
        done[hour] += 1


def evaluated_quarter() -> CalendarPeriod:
    """Return the quarter that the demo tells to its end: the last one that has been over for some weeks."""
    current = CalendarPeriod.around("quarter", timezone.localdate() - datetime.timedelta(days=_SETTLED))
    return CalendarPeriod.around("quarter", current.first_day - datetime.timedelta(days=1))


def days_since(day: datetime.date) -> int:
    """Return how many days ago a day was."""
    return (timezone.localdate() - day).days


def made() -> int:
    """Return how many days ago the province was made: before the quarter that is told began."""
    return days_since(evaluated_quarter().first_day) + _BEFORE
