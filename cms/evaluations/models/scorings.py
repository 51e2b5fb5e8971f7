"""Which periods are to be scored anew, and which were."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.evaluations.models.periods import Period


class PeriodScoringQuerySet(models.QuerySet["PeriodScoring"]):
    """Reads over what is to be scored."""

    def waiting(self) -> PeriodScoringQuerySet:
        """Return what was asked for and not done since."""
        return self.filter(Q(done_at=None) | Q(done_at__lt=F("asked_at")), period__locked_at=None)

    def ready(self) -> PeriodScoringQuerySet:
        """Return what can be done now: longer periods wait for the shorter ones that they are made of."""
        shorter = PeriodScoring.objects.waiting().filter(
            period__kind=OuterRef("period__made_of"),
            period__first_day__gte=OuterRef("period__first_day"), period__last_day__lte=OuterRef("period__last_day"),
        )  # fmt: skip
        return self.waiting().exclude(Exists(shorter)).order_by("asked_at", "pk")


class PeriodScoring(models.Model):
    """That a period's results are to be calculated, when they last were, and in words why they could not be.

    Whoever calculates holds the row: any number of workers share what waits, and what one of them did not live to end
    waits again.
    """

    period = models.OneToOneField(Period, models.PROTECT, related_name="scoring")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)

    objects = PeriodScoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("calculation of a period")
        verbose_name_plural = _("calculations of periods")
        indexes = [models.Index(fields=["asked_at", "id"], name="period_scoring_asked")]

    def __str__(self) -> str:
        return str(self.period)
