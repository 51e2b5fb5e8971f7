"""How many lists were submitted and decided by each day of a round: a drawing and the table beside it. Pure."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 12, 12, 28
_STEP = datetime.timedelta(days=7)
# More weeks than these are drawn and told by the months.
_MOST_ROWS = 16


@dataclass(frozen=True)
class BurnRow:
    """By the end of a day: how many had been submitted, and decided."""

    day: datetime.date
    submitted: int
    decided: int


@dataclass(frozen=True)
class BurnUp:
    """The table's rows, and lines of the drawing as points of SVG; ``deadline_x`` is where the last day stands."""

    rows: list[BurnRow]
    total: int
    submitted: str
    decided: str
    deadline_x: str
    top: str
    first: datetime.date
    last: datetime.date


def burn_up(
    submitted: Iterable[datetime.date],
    decided: Iterable[datetime.date],
    *,
    total: int,
    deadline: datetime.date,
    today: datetime.date,
) -> BurnUp | None:
    """Return the drawing from the first list to the deadline or today, whichever is later; None before any list."""
    sent, done = sorted(submitted), sorted(decided)
    if not sent or not total:
        return None
    first, last = min(sent[0], deadline), max(deadline, today)
    end = min(last, today)
    days = [first + datetime.timedelta(days=number) for number in range((end - first).days + 1)] or [end]
    weeks = _weeks(first, end)
    rows = [BurnRow(day, bisect_right(sent, day), bisect_right(done, day)) for day in weeks]
    span = max((last - first).days, 1)

    def line(counted: list[datetime.date]) -> str:
        return " ".join(f"{_x(day, first, span)},{_y(bisect_right(counted, day), total)}" for day in days)

    return BurnUp(rows, total, line(sent), line(done), _x(deadline, first, span), _y(total, total), first, last)


def _weeks(first: datetime.date, end: datetime.date) -> list[datetime.date]:
    """Return the ends of the last weeks, the last of them the end itself."""
    days = [end - _STEP * number for number in range(_MOST_ROWS) if end - _STEP * number >= first]
    return days[::-1] or [end]


def _x(day: datetime.date, first: datetime.date, span: int) -> str:
    return str(_LEFT + (day - first).days * (WIDTH - _LEFT - _RIGHT) // span)


def _y(count: int, total: int) -> str:
    return str(HEIGHT - _BOTTOM - count * (HEIGHT - _TOP - _BOTTOM) // total)
