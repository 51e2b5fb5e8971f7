"""Decisions with number and date, notices of results, and what was decided before the facts moved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.dates import format_date_vi
from cms.evaluations.models.evaluations import Evaluation
from cms.organisations.models import Agency


class Decision(models.Model):
    """A decision on one evaluation or many: its number is used once in a year by the agency that issues it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    number = models.CharField(_("decision number"), max_length=64)
    # The number as it is compared: without case and spaces.
    number_key = models.CharField(max_length=64, editable=False)
    signed_on = models.DateField(_("signed on"))
    year = models.PositiveSmallIntegerField(editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision on evaluations")
        verbose_name_plural = _("decisions on evaluations")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number_key"], name="evaluation_decision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}, {format_date_vi(self.signed_on)}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices of results."""

    def of(self, evaluation: Evaluation) -> NoticeQuerySet:
        """Return those of one evaluation, the latest first."""
        return self.filter(evaluation=evaluation).order_by("-pk")

    def unread(self, officer: Any) -> NoticeQuerySet:
        """Return those that an officer has not said to have received."""
        return self.filter(evaluation__officer=officer, acknowledged_at=None, withdrawn_at=None)


class Notice(models.Model):
    """That a result was made known, to the person and to bodies; the person says when it was received."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="notices")
    notified_on = models.DateField(_("notified on"))
    bodies = models.CharField(_("also to"), max_length=500, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(_("received on"), null=True, blank=True)
    # A decision that was taken back takes its notice with it.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a result")
        verbose_name_plural = _("notices of results")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation"], condition=Q(withdrawn_at=None), name="notice_stands_once")
        ]

    def __str__(self) -> str:
        return format_date_vi(self.notified_on)


class StaleMarkQuerySet(models.QuerySet["StaleMark"]):
    """Marks on evaluations whose basis moved."""

    def standing(self) -> StaleMarkQuerySet:
        """Return those that nothing has settled yet."""
        return self.filter(settled_at=None)


class StaleMark(models.Model):
    """That a decided evaluation rests on another one that was opened again; it stands until both agree again."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="stale_marks")
    because_of = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = StaleMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("basis that moved")
        verbose_name_plural = _("bases that moved")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "because_of"], condition=Q(settled_at=None), name="stale_mark_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.evaluation} ← {self.because_of}"
