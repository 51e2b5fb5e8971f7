"""What comparing the coefficients of a day found: works, the items that are each of them, and what stands out."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.fairness.enums import FindingKind, ReportState
from cms.fairness.wording import sentence_of
from cms.organisations.models import Agency

# Comparing takes seconds; what takes longer was left behind by a process that stopped.
COUNTING_TIMEOUT = datetime.timedelta(minutes=15)
# Reading, finding the same works, statistics, storing.
STEPS = 4


def _number(name: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(name, max_digits=14, decimal_places=4)


class FairnessReport(models.Model):
    """One comparison; the newest stands in the place of those before."""

    state = models.CharField(_("state"), max_length=20, choices=ReportState.choices, default=ReportState.COUNTING)
    done = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    item_count = models.PositiveIntegerField(_("items compared"), default=0)

    class Meta:
        verbose_name = _("comparison of coefficients")
        verbose_name_plural = _("comparisons of coefficients")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {timezone.localtime(self.asked_at):%d/%m/%Y %H:%M}"

    @property
    def is_counting(self) -> bool:
        """Return whether a process is at it."""
        return self.state == ReportState.COUNTING and timezone.now() - self.asked_at < COUNTING_TIMEOUT

    @property
    def is_broken(self) -> bool:
        """Return whether it came to no end."""
        return self.state != ReportState.READY and not self.is_counting


class ComparedWork(models.Model):
    """A work that at least three agencies list and do not all weigh alike; ``ratio`` is the most by the least."""

    report = models.ForeignKey(FairnessReport, models.CASCADE, related_name="works")
    name = models.TextField(_("product or work"))
    agencies = models.PositiveIntegerField(_("agencies"))
    least = _number(_("lowest coefficient"))
    usual = _number(_("usual coefficient"))
    most = _number(_("highest coefficient"))
    ratio = _number(_("highest by lowest"))
    # Whether editors judged all that was joined here; where not, names alone say that it is one work.
    is_judged = models.BooleanField(_("judged by editors"), default=False)
    items = models.ManyToManyField(CatalogItem, related_name="+", through="ComparedItem")

    class Meta:
        verbose_name = _("compared work")
        verbose_name_plural = _("compared works")
        ordering = ["-ratio", "pk"]
        indexes = [models.Index(fields=["report", "-ratio", "id"], name="fairness_work_order")]

    def __str__(self) -> str:
        return self.name


class ComparedItem(models.Model):
    """An item that is a compared work."""

    work = models.ForeignKey(ComparedWork, models.CASCADE, related_name="members")
    item = models.ForeignKey(CatalogItem, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("compared item")
        verbose_name_plural = _("compared items")

    def __str__(self) -> str:
        return str(self.item)


class FairnessFindingQuerySet(models.QuerySet["FairnessFinding"]):
    """Findings, as seen by a person."""

    def worked_on_by(self, user: Any) -> FairnessFindingQuerySet:
        """Return findings about lists that the person appraises."""
        return self.filter(version__in=CatalogVersion.objects.worked_on_by(user))


class FairnessFinding(models.Model):
    """What stands out: ``value`` beside ``usual``; half of the ``compared`` others lie from ``low`` to ``high``.

    Of a list, ``value`` is the percentage that its coefficients are of the usual ones (a median over ``compared``
    works); of hours, hours for one unit of coefficient; of a group, its number; else a coefficient.
    """

    report = models.ForeignKey(FairnessReport, models.CASCADE, related_name="findings")
    kind = models.CharField(_("finding"), max_length=20, choices=FindingKind.choices)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name=_("agency"))
    version = models.ForeignKey(CatalogVersion, models.CASCADE, related_name="+")
    item = models.ForeignKey(CatalogItem, models.CASCADE, related_name="+", null=True)
    work = models.ForeignKey(ComparedWork, models.CASCADE, related_name="+", null=True)
    value = _number(_("value"))
    usual = _number(_("usual"))
    low = _number(_("low"))
    high = _number(_("high"))
    # How many times further from the usual than one, whichever way: what is looked at first.
    distance = _number(_("distance"))
    compared = models.PositiveIntegerField(_("compared with"))

    objects = FairnessFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-distance", "pk"]
        indexes = [models.Index(fields=["report", "kind", "-distance", "id"], name="fairness_finding_order")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """Say what stands out, as a note to the agency."""
        numbers = {"value": self.value, "usual": self.usual, "low": self.low, "high": self.high}
        return sentence_of(self.kind, numbers, self.compared)


def distance(value: Decimal, usual: Decimal) -> Decimal:
    """Return how many times apart two numbers over zero are, at least one, to four places."""
    more, less = max(value, usual), min(value, usual)
    return (more / less if less else more).quantize(Decimal("0.0001"))
