"""The periods of which a file may be, in words."""

from __future__ import annotations

import datetime

from django.utils import timezone

from cms.core.periods import CalendarPeriod, read_period
from cms.evaluations.models.periods import period_name

# So many months back are offered, and the next one: its work is given before it begins.
_MONTHS_BACK = 6


def name_of(code: str) -> str:
    """Return what a period is called; the code itself where it is none."""
    period = read_period(code)
    return period_name(period.kind, period.first_day) if period else code


def period_choices(chosen: str) -> list[tuple[str, str]]:
    """Return codes and names of the periods that files come of nowadays, and of the chosen one."""
    month = CalendarPeriod.around("month", timezone.localdate())
    found = [CalendarPeriod.around("month", month.last_day + datetime.timedelta(days=1)), month]
    for _step in range(_MONTHS_BACK):
        found.append(CalendarPeriod.around("month", found[-1].first_day - datetime.timedelta(days=1)))
    quarter = CalendarPeriod.around("quarter", month.first_day)
    found += [quarter, CalendarPeriod.around("quarter", quarter.first_day - datetime.timedelta(days=1))]
    found += [CalendarPeriod.around("half", month.first_day), CalendarPeriod.around("year", month.first_day)]
    codes = list(dict.fromkeys([*(period.code for period in found), chosen]))
    return [(code, name_of(code)) for code in codes]
