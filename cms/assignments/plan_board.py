"""How agencies stand with their plan tasks: counts by agency, and the burn-up of a period. A query each."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from cms.assignments.enums import OPEN_PLAN_STATES, PlanState
from cms.assignments.models import PlanTaskQuerySet

WIDTH, HEIGHT, LEFT, TOP = 640, 240, 36, 12


def quarter_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the quarter of a day."""
    first = datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    following = datetime.date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, following - datetime.timedelta(days=1)


def key_task_window(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return when key tasks of a day's quarter are reported: THUOCDO_KEY_TASK_DAYS of its last month."""
    _first, last = quarter_of(day)
    begin, end = settings.THUOCDO_KEY_TASK_DAYS
    return last.replace(day=begin), last.replace(day=end)


def by_agency(tasks: PlanTaskQuerySet, today: datetime.date) -> Any:
    """Return a row for each owner among the tasks: code, name, all, open, late, waiting, confirmed; most late first."""
    is_open = Q(state__in=OPEN_PLAN_STATES)
    rows = tasks.standing().order_by().values("agency", "agency__code", "agency__name").annotate(
        all=Count("pk"), open=Count("pk", filter=is_open), late=Count("pk", filter=is_open & Q(due_on__lt=today)),
        waiting=Count("pk", filter=Q(state=PlanState.REPORTED)),
        confirmed=Count("pk", filter=Q(state=PlanState.CONFIRMED)),
    )  # fmt: skip
    return rows.order_by("-late", "agency__path")


@dataclass(frozen=True)
class BurnPoint:
    """The end of a week of the period: how many tasks are due by then, and how many were done (None: to come)."""

    day: datetime.date
    due: int
    done: int | None


def burn_up(
    tasks: PlanTaskQuerySet, first: datetime.date, last: datetime.date, today: datetime.date
) -> list[BurnPoint]:
    """Return, week by week to the end of the period, the tasks due and done among those due in it. One query."""
    rows = tasks.standing().filter(due_on__gte=first, due_on__lte=last).order_by()
    due, done = Counter[datetime.date](), Counter[datetime.date]()
    for due_on, done_on, state in rows.values_list("due_on", "done_on", "state"):
        due[due_on] += 1
        if done_on is not None and state in (PlanState.REPORTED, PlanState.CONFIRMED):
            done[done_on] += 1
    points, day = [], first
    while True:
        day = min(day + datetime.timedelta(days=6 - day.weekday()), last)
        until = None if day > today and day - datetime.timedelta(days=6) > today else min(day, today)
        made = None if until is None else sum(count for when, count in done.items() if when <= until)
        points.append(BurnPoint(day, sum(count for when, count in due.items() if when <= day), made))
        if day == last:
            return points
        day += datetime.timedelta(days=1)


@dataclass(frozen=True)
class BurnChart:
    """The geometry of the drawing: two polylines as SVG takes them, and the labels of both axes."""

    due: str
    done: str
    ticks: list[tuple[str, str]]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def draw_burn_up(points: list[BurnPoint]) -> BurnChart | None:
    """Return the drawing of the points; None where nothing is due."""
    most = max([point.due for point in points] + [point.done or 0 for point in points], default=0)
    if not most:
        return None
    across, down = WIDTH - LEFT - 12, HEIGHT - TOP - 24

    def place(number: int, value: int) -> str:
        return f"{LEFT + across * number // max(len(points) - 1, 1)},{TOP + down - down * value // most}"

    due = " ".join(place(number, point.due) for number, point in enumerate(points))
    done = " ".join(place(number, point.done) for number, point in enumerate(points) if point.done is not None)
    step = max(1, len(points) // 5)
    ticks = [
        (str(LEFT + across * number // max(len(points) - 1, 1)), f"{point.day:%d/%m}")
        for number, point in enumerate(points)
        if number % step == 0
    ]  # fmt: skip
    return BurnChart(due, done, ticks, most)
