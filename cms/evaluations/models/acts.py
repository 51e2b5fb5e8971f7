"""What was done in an evaluation: marks as they were given, findings that hold the level down, reopenings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.evaluations.enums import Act
from cms.evaluations.models.decisions import Decision
from cms.evaluations.models.evaluations import Evaluation
from cms.evaluations.models.meetings import Meeting


class EvaluationAct(models.Model):
    """One act, as it was done; it never changes. The marks that count are those of the last ``Act.MARK``.

    ``marks`` has up to three keys: ``criteria`` and ``indicators``, marks by code as the scoring engine reads them, and
    ``comments``, by code. ``level`` is proposed, or decided, by the act.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=10, choices=Act.choices)
    marks = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)
    level = models.CharField(max_length=16, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="acts", verbose_name=_("decision")
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="acts")
    # Why somebody else than who was named at the opening acted: the delegation of the day.
    in_place_of = models.CharField(max_length=700, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        verbose_name = _("act of an evaluation")
        verbose_name_plural = _("acts of evaluations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["evaluation", "act", "id"], name="evaluation_act_last")]

    def __str__(self) -> str:
        return str(self.get_act_display())


class FindingQuerySet(models.QuerySet["Finding"]):
    """Reads over findings."""

    def standing(self) -> FindingQuerySet:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Finding(models.Model):
    """That a case of the framework holds the level down (``code``), by a document; withdrawn, never deleted."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="findings")
    code = models.CharField(_("case"), max_length=60)
    document = models.CharField(_("document"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("case that holds the level down")
        verbose_name_plural = _("cases that hold the level down")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "code"], condition=Q(withdrawn_at=None), name="finding_stands_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code}: {self.document}"


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    """Reads over reopenings."""

    def open(self) -> ReopeningQuerySet:
        """Return those that a second person approved and whose new result was not decided yet."""
        return self.filter(approved_at__isnull=False, closed_at=None)

    def waiting(self) -> ReopeningQuerySet:
        """Return those that wait for the second person."""
        return self.filter(approved_at=None, closed_at=None)


class Reopening(models.Model):
    """One evaluation of a locked period is opened again, by two people, with the reason; its new result closes it."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="reopenings")
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("reopening after the lock")
        verbose_name_plural = _("reopenings after the lock")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation"], condition=Q(closed_at=None), name="reopening_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="reopening_by_two"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.reason}"
