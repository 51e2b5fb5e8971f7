"""Procedures: which steps an evaluation goes through, in which order, by whom and until when."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.evaluations.enums import Actor, DueRule, Step


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Versions of procedures."""

    def in_force(self, day: datetime.date) -> ProcedureQuerySet:
        """Return of each procedure the version that holds on a day: the issued one that took effect last."""
        begun = self.filter(issued_at__isnull=False, effective_from__lte=day)
        later = begun.filter(code=OuterRef("code")).filter(
            Q(effective_from__gt=OuterRef("effective_from"))
            | Q(effective_from=OuterRef("effective_from"), number__gt=OuterRef("number"))
        )
        return begun.exclude(Exists(later)).exclude(ends=True)

    def drafts(self) -> ProcedureQuerySet:
        """Return those that nobody has issued yet."""
        return self.filter(issued_at=None)


class Procedure(models.Model):
    """One version of a procedure: a draft until a second person issues it, and never changed from then on.

    Whom it is for: evaluations of these period kinds, of these blocks, of these subjects (``AuthoritySubject`` values)
    and by these frameworks (codes). An empty list leaves that side open; no subjects means officers of every rank. A
    version with ``ends`` says that the procedure no longer holds.
    """

    code = models.SlugField(_("code"), max_length=40)
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=200)
    kinds = models.JSONField(_("periods"), default=list)
    blocks = models.JSONField(_("blocks"), default=list, blank=True)
    subjects = models.JSONField(_("whose evaluations"), default=list, blank=True)
    frameworks = models.JSONField(_("criteria frameworks"), default=list, blank=True)
    basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    ends = models.BooleanField(_("the procedure no longer holds"), default=False)
    effective_from = models.DateField(_("in effect from"), null=True, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=64, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(_("issued at"), null=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation procedure")
        verbose_name_plural = _("evaluation procedures")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="procedure_number"),
            models.UniqueConstraint(fields=["code"], condition=Q(issued_at=None), name="procedure_one_draft"),
            models.CheckConstraint(
                condition=Q(issued_at=None) | Q(effective_from__isnull=False) & ~Q(decision_number=""),
                name="procedure_issued_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProcedureStep(models.Model):
    """One step of a procedure: what is done, by whom, until when, and how many days before somebody is reminded."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"), validators=[MinValueValidator(1)])
    step = models.CharField(_("step"), max_length=8, choices=Step.choices)
    name = models.CharField(_("called"), max_length=120, blank=True)
    actor = models.CharField(_("done by"), max_length=20, choices=Actor.choices)
    due_rule = models.CharField(_("deadline"), max_length=12, choices=DueRule.choices, blank=True)
    due_value = models.CharField(_("days, or dd/mm"), max_length=5, blank=True)
    remind_days = models.PositiveSmallIntegerField(_("reminder, days before"), null=True, blank=True)
    numbered = models.BooleanField(_("needs the number and date of a decision"), default=False)

    class Meta:
        verbose_name = _("step of a procedure")
        verbose_name_plural = _("steps of procedures")
        ordering = ["procedure", "order"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "order"], name="procedure_step_order"),
            models.UniqueConstraint(fields=["procedure", "step"], name="procedure_step_once"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_step_display())
