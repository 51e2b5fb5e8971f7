"""Periods of the calendar and how they are written in short: ``2026-07``, ``2026-Q3``, ``2026-H1``, ``2026``. Pure."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Self

# How many months each kind has; the kinds are those of evaluations.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LETTERS = {"quarter": "Q", "half": "H"}
_CODE = re.compile(r"(?P<year>20\d\d)(?:-(?:(?P<month>\d\d)|Q(?P<quarter>[1-4])|H(?P<half>[12])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """A month, quarter, half-year or year, by the kind and the first day."""

    kind: str
    first_day: datetime.date

    @classmethod
    def around(cls, kind: str, day: datetime.date) -> Self:
        """Return the period of a kind in which a day lies."""
        months = MONTHS[kind]
        return cls(kind, datetime.date(day.year, (day.month - 1) // months * months + 1, 1))

    @property
    def last_day(self) -> datetime.date:
        """The last day that belongs to it."""
        months = self.first_day.year * 12 + self.first_day.month - 1 + MONTHS[self.kind]
        return datetime.date(months // 12, months % 12 + 1, 1) - datetime.timedelta(days=1)

    @property
    def before(self) -> Self:
        """The period of the same kind that ends on the day before it begins."""
        return self.around(self.kind, self.first_day - datetime.timedelta(days=1))

    @property
    def part(self) -> int:
        """Which month, quarter or half of its year it is, counted from 1."""
        return (self.first_day.month - 1) // MONTHS[self.kind] + 1

    @property
    def number(self) -> int:
        """A number that no other period of the year has: 107 is July, 303 the third quarter, 1201 the year."""
        return MONTHS[self.kind] * 100 + self.part

    @property
    def code(self) -> str:
        """The period in short."""
        if self.kind == "year":
            return f"{self.first_day.year}"
        part = f"{self.part:02}" if self.kind == "month" else f"{_LETTERS[self.kind]}{self.part}"
        return f"{self.first_day.year}-{part}"

    def holds(self, day: datetime.date) -> bool:
        """Return whether a day lies in it."""
        return self.first_day <= day <= self.last_day


def read_period(code: str) -> CalendarPeriod | None:
    """Return the period that a code means, or None."""
    parts = _CODE.fullmatch(code)
    if parts is None:
        return None
    kind = next((kind for kind in ("month", "quarter", "half") if parts[kind]), "year")
    part = int(parts[kind]) if kind != "year" else 1
    first_month = (part - 1) * MONTHS[kind] + 1
    return CalendarPeriod(kind, datetime.date(int(parts["year"]), first_month, 1)) if 1 <= first_month <= 12 else None
