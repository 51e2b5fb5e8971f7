"""Being heard: an officer's objection to a result, a complaint before the decision, the cancellation of a result."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.dates import format_date_vi
from cms.evaluations.enums import CancelGround, ObjectionOutcome
from cms.evaluations.models.evaluations import Evaluation
from cms.evaluations.models.results import Result


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Reads over objections."""

    def open(self) -> ObjectionQuerySet:
        """Return those that nobody answered yet."""
        return self.filter(decided_at=None)

    def to_review(self, account: int) -> ObjectionQuerySet:
        """Return those that this account was appointed to review and has not answered, the first made first."""
        return self.open().filter(reviewer=account).order_by("made_at", "pk")


class Objection(models.Model):
    """An officer objects to one result; an independent person reviews it and answers with reasons."""

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="objections")
    result = models.OneToOneField(Result, models.PROTECT, related_name="objection")
    grounds = models.TextField(_("grounds"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    appointed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=ObjectionOutcome.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer=None) | ~Q(reviewer=F("made_by")), name="objection_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(reviewer__isnull=False) & ~Q(outcome="") & ~Q(reasons=""),
                name="objection_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} – {format_date_vi(timezone.localdate(self.made_at))}"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Reads over complaints."""

    def open(self) -> ComplaintQuerySet:
        """Return those that are still verified: they block the decision."""
        return self.filter(verified_at=None)


class Complaint(models.Model):
    """Something was brought forward before the decision: somebody orders its verification, and somebody verifies."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="complaints")
    content = models.TextField(_("what is complained of"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint before the decision")
        verbose_name_plural = _("complaints before the decision")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation"], condition=Q(verified_at=None), name="complaint_one_open"),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(verified_by__isnull=False) & ~Q(conclusion=""),
                name="complaint_concluded_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.content[:40]}"


class Cancellation(models.Model):
    """A locked result is cancelled, by two people who saw what follows from it (``chain``); it stays to be read."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="cancellations")
    result = models.ForeignKey(Result, models.PROTECT, related_name="cancellations")
    ground = models.CharField(_("ground"), max_length=12, choices=CancelGround.choices)
    reason = models.TextField(_("reason"))
    document = models.CharField(_("document"), max_length=300)
    chain = models.JSONField(default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("cancellation of a result")
        verbose_name_plural = _("cancellations of results")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["result"], name="cancellation_once"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="cancellation_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.get_ground_display()}"
