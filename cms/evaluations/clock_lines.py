"""Clocks of the year on a day: what plans ask agencies for, named to those who work at their desks.

What a plan asks for is done outside the platform, or in many steps, so a clock says twice that it runs and then is
silent: on its first day and on its last, moved to days of work. The day before which a year is
classified is named only to agencies whose year is not locked yet.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.evaluations.calendar import classified_day
from cms.evaluations.enums import PeriodKind, SubjectKind
from cms.evaluations.models import Period, SpecialYearEnd, YearClock
from cms.evaluations.models.periods import last_day_of, period_name
from cms.frameworks.models import FrameworkVersion
from cms.organisations.enums import AgencyKind
from cms.organisations.models import Agency, Membership
from cms.users.enums import WRITING_AGENCY_ROLES

_DAY = datetime.timedelta(days=1)
# From so long before its last day a year that is not locked yet is named.
_YEAR_IS_NEAR = datetime.timedelta(days=14)
_FRIDAY = 4
_KINDS = (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE)


@dataclass(frozen=True)
class _Desk:
    """An agency, and the accounts that work at its desk."""

    agency: Agency
    accounts: Sequence[int]


def due_clocks(day: datetime.date) -> dict[int, list[str]]:
    """Return the lines of a day by the account's key, each line once; in a number of queries that does not grow."""
    desks = _desks() if _sends_on(day) else []
    found: dict[int, dict[str, None]] = defaultdict(dict)
    if desks:
        for clock in YearClock.objects.all():
            for desk, line in _lines_of(clock, desks, day):
                found.update({key: found[key] | {line: None} for key in desk.accounts})
        for desk, line in _lines_of_years(desks, day):
            found.update({key: found[key] | {line: None} for key in desk.accounts})
    return {key: list(lines) for key, lines in found.items()}


def _sends_on(day: datetime.date) -> bool:
    return day.weekday() <= _FRIDAY


def _is_asked(first: datetime.date, last: datetime.date, day: datetime.date) -> bool:
    """Return whether a day is the first or the last of work from one day to another."""
    while first < last and not _sends_on(first):
        first += _DAY
    end = last
    while end > first and not _sends_on(end):
        end -= _DAY
    return day in (first, end)


def _desks() -> list[_Desk]:
    held = Membership.objects.active().filter(role__in=WRITING_AGENCY_ROLES, user__is_active=True)
    people: dict[int, dict[int, None]] = defaultdict(dict)
    for agency, account in held.order_by("pk").values_list("agency", "user"):
        if agency is not None:
            people[agency][account] = None
    agencies = Agency.objects.active().in_bulk(people) if people else {}
    return [_Desk(agencies[key], list(people[key])) for key in sorted(agencies)]


def _lines_of(clock: YearClock, desks: Sequence[_Desk], day: datetime.date) -> Iterator[tuple[_Desk, str]]:
    reminded = [desk for desk in desks if _reminds(clock, desk.agency)]
    if not reminded:
        return
    if clock.days_after is not None:
        yield from _after_results(clock, reminded, day)
        return
    for first, last in clock.spans(day.year):
        if first <= day <= last and _is_asked(first, last, day):
            line = _("– %(what)s: %(first)s to %(last)s") % {
                "what": clock.name, "first": format_date_vi(first), "last": format_date_vi(last)
            }  # fmt: skip
            yield from ((desk, line) for desk in reminded)


def _reminds(clock: YearClock, agency: Agency) -> bool:
    if clock.agency_id is not None:
        return clock.agency_id == agency.pk
    return clock.reminds_agencies and agency.kind in _KINDS and clock.block in ("", agency.block)


def _after_results(clock: YearClock, desks: Sequence[_Desk], day: datetime.date) -> Iterator[tuple[_Desk, str]]:
    """Yield the periods locked within the days of a clock: a result is final with the lock of its period."""
    term = datetime.timedelta(days=clock.days_after or 0)
    by_agency = {desk.agency.pk: desk for desk in desks}
    locked = Period.objects.filter(agency__in=by_agency, locked_at__date__gte=day - term, locked_at__date__lte=day)
    for period in locked.order_by("pk"):
        assert period.locked_at is not None  # noqa: S101 (the query asks for those with a lock)
        final = timezone.localdate(period.locked_at)
        if _is_asked(final, final + term, day):
            yield (
                by_agency[period.agency_id],
                _("– %(what)s: %(period)s, by %(last)s")
                % {
                    "what": clock.name, "last": format_date_vi(final + term),
                    "period": period_name(period.kind, period.first_day),
                },
            )  # fmt: skip


def _lines_of_years(desks: Sequence[_Desk], day: datetime.date) -> Iterator[tuple[_Desk, str]]:
    """Yield, to agencies whose year is not locked, the day before which the province's frameworks classify it."""
    days = _days_of_years(day)
    if not days:
        return
    keys = [desk.agency.pk for desk in desks]
    firsts = [datetime.date(year, 1, 1) for year, _is_special in days]
    of_year = Period.objects.filter(
        agency__in=keys, kind=PeriodKind.YEAR, subject_kind=SubjectKind.OFFICER, first_day__in=firsts
    )
    locked = set(of_year.exclude(locked_at=None).values_list("agency", "first_day__year"))
    granted = SpecialYearEnd.objects.filter(year__in={year for year, _is_special in days})
    special = [(path, year) for path, year in granted.values_list("agency__path", "year")]
    for desk in desks:
        agency = desk.agency
        for (year, is_special), last in days.items():
            is_granted = any(agency.path.startswith(path) and year == of for path, of in special)
            if agency.kind in _KINDS and is_special == is_granted and (agency.pk, year) not in locked:
                said = {"year": year, "agency": agency.name, "day": format_date_vi(last)}
                yield desk, _("– Level of the year %(year)d, of %(agency)s: before %(day)s") % said


def _days_of_years(day: datetime.date) -> dict[tuple[int, bool], datetime.date]:
    """Return, by year and whether it is the special day, the days that are near enough to be named on this one."""
    found: dict[tuple[int, bool], datetime.date] = {}
    for version in FrameworkVersion.objects.filter(framework__agency=None).effective_on(day):
        for year in (day.year - 1, day.year):
            for is_special in (False, True):
                ends = last_day_of(PeriodKind.YEAR, datetime.date(year, 1, 1))
                last = classified_day(version.definition.procedure, ends, is_special)
                if last is not None and _is_asked(last - _YEAR_IS_NEAR, last, day):
                    found[year, is_special] = min(last, found.get((year, is_special), last))
    return found
