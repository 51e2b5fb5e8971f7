"""Which days are worked: Monday to Friday, without the days off and with the days on which work is made up."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.assignments.models import Absence, DayOff
from cms.core.dates import format_date_vi

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """The days off with their names, and the Saturdays and Sundays that are worked, of some span of time."""

    off: Mapping[datetime.date, str] = field(default_factory=dict)
    made_up: frozenset[datetime.date] = frozenset()

    def is_working(self, day: datetime.date) -> bool:
        """Return whether the day is worked."""
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)

    def off_days(self, first: datetime.date, last: datetime.date) -> dict[datetime.date, str]:
        """Return the days that are not worked, from the first to the last, with why."""
        return {day: why for day in _each(first, last) if (why := self.why_off(day))}

    def days(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """Return the working days from the first to the last, both included."""
        return [day for day in _each(first, last) if self.is_working(day)]

    def last_in(self, first: datetime.date, last: datetime.date) -> datetime.date | None:
        """Return the last working day of a span; None where nobody works in it."""
        return max(self.days(first, last), default=None)

    def why_off(self, day: datetime.date) -> str:
        """Return why a day is not worked, in a word or two; empty for a working day."""
        if self.is_working(day):
            return ""
        return self.off.get(day) or (_("Saturday") if day.weekday() == 5 else _("Sunday"))


def _each(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    while first <= last:
        yield first
        first += ONE_DAY


def month_span(month: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the month of a day."""
    return month.replace(day=1), month.replace(day=calendar.monthrange(month.year, month.month)[1])


def read_calendar(first: datetime.date, last: datetime.date) -> WorkCalendar:
    """Return the calendar of a span, in one query."""
    off, made_up = {}, set()
    for day, name, is_working in DayOff.objects.filter(day__range=(first, last)).values_list(
        "day", "name", "is_working"
    ):
        if is_working:
            made_up.add(day)
        else:
            off[day] = name
    return WorkCalendar(off, frozenset(made_up))


def warn_of_day_off(*days: datetime.date) -> str:
    """Return a sentence where any of these last days of work is a day off, for every door; empty where none is."""
    return _sentence(days, read_calendar(min(days), max(days))) if days else ""


def warn_of_each(days: Iterable[datetime.date]) -> dict[datetime.date, str]:
    """Return the same sentence for each of many last days that is a day off, in one query."""
    listed = set(days)
    if not listed:
        return {}
    known = read_calendar(min(listed), max(listed))
    return {day: sentence for day in listed if (sentence := _sentence([day], known))}


def _sentence(days: Iterable[datetime.date], known: WorkCalendar) -> str:
    named = [(day, why) for day in dict.fromkeys(days) if (why := known.why_off(day))]
    if not named:
        return ""
    listed = "; ".join(f"{format_date_vi(day)} ({why})" for day, why in named)
    return _("The last day is a day off: %(days)s. Choose a working day unless this is meant.") % {"days": listed}


def days_had(officers: Iterable[int], first: datetime.date, last: datetime.date) -> dict[int, int]:
    """Return how many days each officer works in a span: working days without those of absences. Two queries."""
    worked = read_calendar(first, last).days(first, last)
    away: dict[int, set[datetime.date]] = defaultdict(set)
    listed = list(officers)
    rows = Absence.objects.overlapping(first, last).filter(officer__in=listed).order_by()
    for officer, begin, end in rows.values_list("officer", "first_day", "last_day"):
        away[officer].update(_each(max(begin, first), min(end, last)))
    return {officer: sum(day not in away[officer] for day in worked) for officer in listed}
