"""Who read whose data, which the person it is about may see."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import OfficerData
from cms.organisations.models.memberships import Membership
from cms.organisations.models.officers import Officer


class OfficerReadQuerySet(models.QuerySet["OfficerRead"]):
    """What was read about officers."""

    def latest_first(self) -> OfficerReadQuerySet:
        """Return them as their officer sees them, each with the reader's roles."""
        roles = ("reader__memberships__agency", "reader__memberships__scope_agency")
        return self.select_related("reader").prefetch_related(*roles).order_by("-day", "-pk")

    def since(self, day: datetime.date) -> OfficerReadQuerySet:
        return self.filter(day__gte=day)


class OfficerRead(models.Model):
    """Somebody read something about an officer on a day, so many times. Rows are added and counted up, nothing else."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="officer_reads", verbose_name=_("reader")
    )
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="reads", verbose_name=_("officer"))
    what = models.CharField(_("what"), max_length=16, choices=OfficerData.choices)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = OfficerReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of an officer's data")
        verbose_name_plural = _("readings of officers' data")
        constraints = [
            models.UniqueConstraint(fields=["officer", "day", "reader", "what"], name="officer_read_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.reader} – {self.officer} – {self.day}"

    @property
    def roles(self) -> Iterable[Membership]:
        """Return what the reader was on that day: the roles that they held then."""
        return [one for one in self.reader.memberships.all() if one.held_on(self.day)]
