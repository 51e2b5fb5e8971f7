"""Days on which nobody works, and days on which an officer is away."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.assignments.reach import agencies_of
from cms.organisations.access import access_for
from cms.organisations.models import Officer, Posting
from cms.users.enums import WRITING_AGENCY_ROLES


class DayOff(models.Model):
    """A holiday, or a Saturday or Sunday on which work is made up: what Monday to Friday alone does not say."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_working = models.BooleanField(_("work is made up on this day"), default=False)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["day"]

    def __str__(self) -> str:
        return self.name


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, narrowed by who asks and by days."""

    def visible_to(self, user: Any) -> AbsenceQuerySet:
        """Return one's own, those of whom one manages, and those of the agencies for which one writes."""
        access = access_for(user)
        own = access.is_self("officer__account") | access.is_managed("officer")
        return self.filter(own | Q(officer__in=_posted_below(user)))

    def writable_by(self, user: Any) -> AbsenceQuerySet:
        """Return those that a person ends: of whom one manages, or of the agencies for which one writes; never own."""
        access = access_for(user)
        found = self.filter(access.is_managed("officer") | Q(officer__in=_posted_below(user)))
        return found.exclude(access.is_self("officer__account"))

    def overlapping(self, first: datetime.date, last: datetime.date) -> AbsenceQuerySet:
        """Return those that were not withdrawn and fall on any of the days."""
        return self.filter(withdrawn_at=None, first_day__lte=last, last_day__gte=first)


def _posted_below(user: Any) -> Any:
    below = agencies_of(user, *WRITING_AGENCY_ROLES)
    return Posting.objects.filter(agency__in=below).order_by().values("officer")


class Absence(models.Model):
    """Days on which an officer is away: leave, illness, training. No diagnosis and no papers are kept."""

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences", verbose_name=_("officer"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-first_day", "-pk"]
        indexes = [models.Index(fields=["officer", "first_day"], name="absence_officer")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}"
