"""Meetings of units on the evaluations of their people: minutes, who was there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.dates import format_date_vi
from cms.evaluations.models.periods import Period
from cms.organisations.models import Agency, Officer


class Meeting(models.Model):
    """One meeting of a unit in a period, as its minutes say; never changed once it is recorded."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="meetings", verbose_name=_("evaluation period"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("unit"))
    held_on = models.DateField(_("held on"))
    chair = models.CharField(_("chaired by"), max_length=200)
    minutes = models.TextField(_("minutes"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("meeting of a unit")
        verbose_name_plural = _("meetings of units")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agency}, {format_date_vi(self.held_on)}"


class Attendance(models.Model):
    """Whether somebody of the unit was at the meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("officer"))
    present = models.BooleanField(_("present"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "officer"], name="attendance_once")]

    def __str__(self) -> str:
        return str(self.officer)
