"""The calendar of a year: by which day an agency classifies, and what the plans ask for when."""

from __future__ import annotations

import datetime

from django.utils import timezone

from cms.evaluations.models import Period, SpecialYearEnd
from cms.evaluations.procedures import Clock, is_day_and_month, nearest
from cms.frameworks.models import FrameworkVersion
from cms.organisations.models import Agency
from cms.scoring.definition.periods import Procedure


def clock_of(period: Period, version: FrameworkVersion | None, *, is_special: bool) -> Clock:
    """Return what the last days of a period's steps are counted from."""
    opened = timezone.localdate(period.opened_at)
    if version is None:
        return Clock(opened, period.last_day)
    return Clock(opened, period.last_day, classified_day(version.definition.procedure, period.last_day, is_special))


def classified_day(rules: Procedure, last_day: datetime.date, is_special: bool) -> datetime.date | None:
    """Return the day before which the framework classifies a period that ends on a day; None where it says no day."""
    text = rules.special_before.value if is_special else rules.classified_before.value
    return nearest(text, last_day) if is_day_and_month(text) else None


def has_special_year_end(agency: Agency, year: int) -> bool:
    """Return whether an agency, or one above it, was allowed the special day of a year."""
    paths = [agency.path[:end] for end in range(Agency.steplen, len(agency.path) + 1, Agency.steplen)]
    return SpecialYearEnd.objects.filter(agency__path__in=paths, year=year).exists()
