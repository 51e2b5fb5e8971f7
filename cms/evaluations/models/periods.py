"""The periods that an agency evaluates."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.periods import CalendarPeriod
from cms.evaluations.enums import PeriodKind, SubjectKind
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role


class PeriodQuerySet(models.QuerySet["Period"]):
    """Periods, the latest first unless narrowed."""

    def visible_to(self, user: Any) -> PeriodQuerySet:
        """Return those of the agencies for which a person writes; Sở Nội vụ those of the province's organisations."""
        access = access_for(user)
        paths = frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        below = Agency.objects.within(paths).order_by().values("pk")
        found = Q(agency__in=below)
        if access.holds(*APPRAISING_ROLES, Role.PROVINCIAL_APPROVER):
            found |= Q(agency__depth=1, subject_kind=SubjectKind.ORGANISATION)
        return self.filter(found)

    def of_programs(self, user: Any) -> PeriodQuerySet:
        """Return those of the agency for which a program asks, and of the agencies below it."""
        paths = access_for(user).paths.get(Role.API_CLIENT, frozenset())
        return self.filter(agency__in=Agency.objects.within(paths).order_by().values("pk"))

    def writable_by(self, user: Any) -> PeriodQuerySet:
        """Return those that a person opens, calculates and proposes to lock."""
        return self.visible_to(user)

    def inside(self, period: Period, kind: str) -> PeriodQuerySet:
        """Return the shorter periods of a longer one, at whatever agency, in their order."""
        found = self.filter(
            kind=kind, subject_kind=period.subject_kind, first_day__gte=period.first_day, last_day__lte=period.last_day
        )
        return found.order_by("first_day", "pk")

    def overlapping_agencies(self, agency: Agency) -> PeriodQuerySet:
        """Return the periods of an agency, of those above it and of those below it."""
        steps = range(Agency.steplen, len(agency.path) + 1, Agency.steplen)
        above = [agency.path[:end] for end in steps]
        return self.filter(Q(agency__path__in=above) | Q(agency__path__startswith=agency.path))


class Period(models.Model):
    """A month, quarter, half-year or year of an agency and all its units: opened once, locked by two people.

    It evaluates the agency's officers or, as ``subject_kind`` says, the organisations below the agency.
    The steps stand with each evaluation. A longer period is made of the results of shorter ones where the framework
    says so (``made_of``), and then takes no marks.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="periods", verbose_name=gettext_lazy("agency"))
    kind = models.CharField(gettext_lazy("period"), max_length=8, choices=PeriodKind.choices)
    subject_kind = models.CharField(
        gettext_lazy("of whom"), max_length=12, choices=SubjectKind.choices, default=SubjectKind.OFFICER
    )
    first_day = models.DateField(gettext_lazy("first day"))
    last_day = models.DateField(gettext_lazy("last day"))
    made_of = models.CharField(max_length=8, choices=PeriodKind.choices, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    lock_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lock_proposed_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("evaluation period")
        verbose_name_plural = gettext_lazy("evaluation periods")
        ordering = ["-first_day", "kind", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "first_day", "subject_kind"], name="period_once"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="period_days_in_order"),
            models.CheckConstraint(
                condition=Q(locked_at=None) | (Q(lock_proposed_at__isnull=False) & ~Q(locked_by=F("lock_proposed_by"))),
                name="period_locked_by_two",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        name = period_name(self.kind, self.first_day)
        return _("%(period)s, organisations") % {"period": name} if self.is_of_organisations else name

    @property
    def is_of_organisations(self) -> bool:
        """Return whether organisations are evaluated and not officers."""
        return self.subject_kind == SubjectKind.ORGANISATION

    @property
    def is_locked(self) -> bool:
        """Return whether the results of the period are final."""
        return self.locked_at is not None

    @property
    def state_words(self) -> str:
        """Return where the period stands, as people read it."""
        if self.is_locked:
            return _("Locked")
        return _("Waits for the second person to lock it") if self.lock_proposed_at else _("Open")


def last_day_of(kind: str, first_day: datetime.date) -> datetime.date:
    """Return the last day of a period of the calendar that begins on ``first_day``."""
    return CalendarPeriod(str(kind), first_day).last_day


def period_name(kind: str, first_day: datetime.date) -> str:
    """Return how a period of the calendar is called: “Tháng 01/2026”, “Quý I/2026”."""
    year = first_day.year
    if kind == PeriodKind.MONTH:
        return _("Month %(month)s") % {"month": f"{first_day:%m/%Y}"}
    if kind == PeriodKind.QUARTER:
        return _("Quarter %(part)s/%(year)s") % {"part": _ROMAN[first_day.month // 3], "year": year}
    if kind == PeriodKind.HALF:
        return _("Half-year %(part)s/%(year)s") % {"part": _ROMAN[first_day.month // 6], "year": year}
    return _("Year %(year)s") % {"year": year}


_ROMAN = ("I", "II", "III", "IV")
