"""One officer in one period: by which framework, by whom, and how far it has come."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.evaluations.enums import Step
from cms.evaluations.models.periods import Period
from cms.frameworks.models import FrameworkVersion
from cms.organisations.access import access_for
from cms.organisations.enums import PostingRole
from cms.organisations.models import Agency, Officer, Posting
from cms.users.enums import WRITING_AGENCY_ROLES


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations, narrowed by who asks."""

    def visible_to(self, user: Any) -> EvaluationQuerySet:
        """Return those that are somebody's to mark or decide, and those of the agencies for which they write.

        What is about the person is asked by ``own``: before the decision an officer does not read the manager's marks.
        """
        access = access_for(user)
        paths = frozenset().union(*(access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES))
        at_desk = Q(agency__in=Agency.objects.within(paths).order_by().values("pk"))
        competent = access.is_self("evaluator__account") | access.is_self("decider__account")
        return self.filter(at_desk | competent).exclude(access.is_self("officer__account"))

    def own(self, officer: Officer) -> EvaluationQuerySet:
        """Return the officer's own, the latest period first."""
        return self.filter(officer=officer).order_by("-period__first_day", "-pk")

    def asked_first(self) -> EvaluationQuerySet:
        """Put those whose self-assessment is asked for before the others, the latest period first."""
        asked = Q(awaits=Step.ASSESS, absence="")
        return self.annotate(asked=asked).order_by("-asked", "-period__first_day", "-pk")

    def for_competent(self, officer: Officer) -> EvaluationQuerySet:
        """Return those that wait for what this officer has authority for: marks, or the decision."""
        marks = Q(awaits__in=(Step.ASSESS, Step.MARK), evaluator=officer)
        decisions = Q(awaits=Step.DECIDE, decider=officer)
        return self.filter(marks | decisions, absence="").exclude(officer=officer).order_by("period", "officer__code")

    def counted(self) -> EvaluationQuerySet:
        """Return those that are worked out: all but those of officers who did not work in the period."""
        return self.filter(absence="")

    def unfinished(self) -> EvaluationQuerySet:
        """Return those that somebody still has to do something for."""
        return self.counted().exclude(awaits="")


class Evaluation(models.Model):
    """An officer's evaluation in a period. What it rests on (posting, framework, authority) is as it was at opening.

    ``awaits`` is the step that comes next, empty once it is decided. With ``absence`` (why the officer did not work in
    the period) it has no result. ``level`` is what was decided, which may differ from the level of the points.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="evaluations", verbose_name=_("evaluation period"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="evaluations", verbose_name=_("officer"))
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+", verbose_name=_("posting"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=8, choices=PostingRole.choices)
    category = models.CharField(max_length=16)
    position_group = models.CharField(max_length=60)
    framework = models.ForeignKey(
        FrameworkVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("criteria framework")
    )
    framework_reason = models.TextField(blank=True)
    evaluator = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )
    evaluator_reason = models.TextField(blank=True)
    decider = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decider_reason = models.TextField(blank=True)
    awaits = models.CharField(_("waits for"), max_length=8, choices=Step.choices, blank=True)
    absence = models.TextField(_("why nothing is evaluated"), blank=True)
    level = models.CharField(_("level decided"), max_length=16, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["period", "officer__code"]
        indexes = [
            models.Index(fields=["evaluator", "awaits"], name="evaluation_evaluator"),
            models.Index(fields=["decider", "awaits"], name="evaluation_decider"),
            models.Index(fields=["agency", "period"], name="evaluation_agency"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "officer"], name="evaluation_once"),
            models.CheckConstraint(condition=Q(awaits__in=["", *Step.values]), name="evaluation_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.officer.code} – {self.period}"

    @property
    def asks_self_assessment(self) -> bool:
        """Return whether the officer's own assessment is what it waits for."""
        return self.awaits == Step.ASSESS and not self.absence

    @property
    def is_decided(self) -> bool:
        """Return whether the officer may read the result."""
        return not self.awaits and not self.absence
