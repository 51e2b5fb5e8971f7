"""The calendar of a year: clocks of the plans, and agencies whose year ends later."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import Block
from cms.organisations.models import Agency

_DAYS = [MinValueValidator(1), MaxValueValidator(31)]


class YearClock(models.Model):
    """What a plan asks for every year: between two days of certain months, or so many days after a result.

    A day that a month does not have means its last one. It reminds the desk of ``agency``, or those of all departments
    and communes, of the ``block`` where one is named; otherwise nobody.
    """

    name = models.CharField(_("what is due"), max_length=300)
    done_by = models.CharField(_("by whom"), max_length=200, blank=True)
    block = models.CharField(_("block"), max_length=12, choices=Block.choices, blank=True)
    months = models.JSONField(_("months"), default=list, blank=True)
    first_day = models.PositiveSmallIntegerField(_("from day"), null=True, blank=True, validators=_DAYS)
    last_day = models.PositiveSmallIntegerField(_("to day"), null=True, blank=True, validators=_DAYS)
    days_after = models.PositiveSmallIntegerField(_("days after a result"), null=True, blank=True, validators=_DAYS)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reminds this agency"),
        help_text=_("Who writes for the agency and who heads it are told of it."),
    )  # fmt: skip
    reminds_agencies = models.BooleanField(_("reminds all departments and communes"), default=False)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("clock of the year")
        verbose_name_plural = _("clocks of the year")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day__gte=F("first_day")), name="year_clock_days_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(agency=None) | Q(reminds_agencies=False), name="year_clock_reminds_one_or_all",
                violation_error_message=_("It reminds one agency or all of them."),
            ),
            models.CheckConstraint(
                condition=Q(days_after=None, first_day__isnull=False, last_day__isnull=False)
                | Q(days_after__isnull=False, first_day=None, last_day=None),
                name="year_clock_one_kind",
                violation_error_message=_("Give either both days of the months, or the days after a result."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def spans(self, year: int) -> Iterator[tuple[datetime.date, datetime.date]]:
        """Yield from which day to which it runs in the months of a year; nothing where it runs after results."""
        for month in self.months:
            longest = calendar.monthrange(year, month)[1]
            first, last = (min(day or longest, longest) for day in (self.first_day or 1, self.last_day))
            yield datetime.date(year, month, first), datetime.date(year, month, last)


class SpecialYearEnd(models.Model):
    """That an agency classifies by the special day, as the superior allowed for one year; never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    year = models.PositiveSmallIntegerField(_("year"))
    document = models.CharField(_("document of the superior"), max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("special end of the year")
        verbose_name_plural = _("special ends of the year")
        ordering = ["-year", "agency__path"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="special_year_end_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"
