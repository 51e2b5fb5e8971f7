"""Acts about how many may hold a level: decisions that change the count, and choices among those who have it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.stored_files import private_storage
from cms.evaluations.enums import CapDecisionKind
from cms.evaluations.models.evaluations import Evaluation
from cms.evaluations.models.periods import Period


class StandingQuerySet(models.QuerySet[Any]):
    """Reads over acts that are withdrawn and never deleted."""

    def standing(self) -> StandingQuerySet:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class CapDecision(models.Model):
    """A decision about a cap in a period, by a document: the higher rate of an agency, or groups that count together.

    ``groups`` are the codes of the position groups that are pooled; none for the higher rate.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="cap_decisions")
    kind = models.CharField(_("kind"), max_length=10, choices=CapDecisionKind.choices)
    groups = models.JSONField(default=list, blank=True)
    number = models.CharField(_("decision number"), max_length=64)
    signed_on = models.DateField(_("signed on"))
    reason = models.TextField(_("reason"), max_length=2000)
    # The decision itself, where it was brought; empty otherwise.
    name = models.CharField(_("name"), max_length=255, blank=True)
    file = models.FileField(storage=private_storage, upload_to="caps/%Y/%m", max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a cap")
        verbose_name_plural = _("decisions on caps")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"], condition=Q(withdrawn_at=None, kind="exception"), name="cap_exception_stands_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.number}"


class CapChoice(models.Model):
    """Whether somebody who has a capped level by the points is to hold it: chosen by a person, with the reason.

    The decision of the evaluation follows it, unless whoever decides says otherwise with a reason of their own.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="cap_choices")
    level = models.CharField(max_length=16)
    is_kept = models.BooleanField(_("holds the level"))
    reason = models.TextField(_("reason"), max_length=2000)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice under a cap")
        verbose_name_plural = _("choices under caps")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(withdrawn_at=None), name="cap_choice_stands_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.reason}"
