"""When a question has to be answered: working days of the province, counted from the day after it was asked."""

from __future__ import annotations

import datetime

from cms.assignments.working_days import read_calendar

# Holidays and weekends stretch a span of working days; the longest holiday is shorter than this.
_HOLIDAYS = datetime.timedelta(days=30)
_ONE_DAY = datetime.timedelta(days=1)


def due_day(asked_on: datetime.date, days: int) -> datetime.date:
    """Return the last of so many working days after a day."""
    first, last = asked_on + _ONE_DAY, asked_on + datetime.timedelta(days=2 * days) + _HOLIDAYS
    worked = read_calendar(first, last).days(first, last)
    return worked[days - 1] if len(worked) >= days else last
