"""Work that is given again and again: by rule, by a position's template; and work handed to somebody else."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.models.plan_tasks import PlanTask
from cms.assignments.models.work import WorkAssignment
from cms.assignments.planning_enums import Rhythm
from cms.assignments.reach import agencies_of
from cms.assignments.rules import QUANTITY_PLACES
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Position, Posting
from cms.users.enums import WRITING_AGENCY_ROLES


class WorkRuleQuerySet(models.QuerySet["WorkRule"]):
    """Rules, narrowed by who asks."""

    def visible_to(self, user: Any) -> WorkRuleQuerySet:
        """Return those for the people of the agencies for which one writes, and for whom one manages."""
        return self.filter(
            Q(posting__agency__in=agencies_of(user, *WRITING_AGENCY_ROLES))
            | access_for(user).is_managed("posting__officer")
        )

    def running(self) -> WorkRuleQuerySet:
        """Return those that were not stopped."""
        return self.filter(stopped_at=None)


class WorkRule(models.Model):
    """“Each week, 5 reports, by Friday”: gives an officer the same work in every week or month, ahead of it.

    ``day`` is the last day of each piece: 1 (Monday) to 7 of a week, 1 to 31 of a month, whose last day stands for
    days that it does not have. The item is known by its identity, so that each piece takes the coefficient that holds
    when it is given.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="work_rules", verbose_name=_("posting"))
    item_identity = models.UUIDField(editable=False)
    code = models.CharField(_("code"), max_length=64)
    name = models.TextField(_("product or work"))
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices)
    day = models.PositiveSmallIntegerField(_("due on day"), validators=[MinValueValidator(1), MaxValueValidator(31)])
    assigned = models.DecimalField(_("quantity each time"), max_digits=12, decimal_places=QUANTITY_PLACES)
    instruction = models.TextField(_("what is asked"), blank=True)
    plan_task = models.ForeignKey(
        PlanTask, models.PROTECT, null=True, blank=True, related_name="work_rules", verbose_name=_("plan task")
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    # Why the last piece could not be given, in words; empty when it could.
    problem = models.TextField(_("why nothing was given"), blank=True)

    objects = WorkRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of repeated work")
        verbose_name_plural = _("rules of repeated work")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(assigned__gt=0), name="work_rule_quantity_positive"),
            models.CheckConstraint(
                condition=Q(rhythm=Rhythm.WEEKLY, day__gte=1, day__lte=7)
                | Q(rhythm=Rhythm.MONTHLY, day__gte=1, day__lte=31),
                name="work_rule_day_of_its_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="work_rule_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RulePiece(models.Model):
    """That a rule gave its work of one week or month, known by the first day of that: it is given once."""

    rule = models.ForeignKey(WorkRule, models.PROTECT, related_name="pieces", verbose_name=_("rule of repeated work"))
    span = models.DateField(_("week or month"))
    work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, related_name="+", verbose_name=_("work")
    )

    class Meta:
        verbose_name = _("work given by a rule")
        verbose_name_plural = _("work given by rules")
        constraints = [models.UniqueConstraint(fields=["rule", "span"], name="rule_piece_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.span:%d/%m/%Y}"


class PositionTemplateQuerySet(models.QuerySet["PositionTemplate"]):
    """Templates, narrowed by who asks."""

    def visible_to(self, user: Any) -> PositionTemplateQuerySet:
        """Return those of the agencies for which one writes, and of or above those at which one manages somebody."""
        held = Posting.objects.on(timezone.localdate()).filter(access_for(user).is_managed("officer"))
        paths = set(held.order_by().values_list("agency__path", flat=True).distinct())
        over = Q(agency__path__in=paths) | Q(agency__in=Agency.objects.above(paths))
        return self.filter(Q(agency__in=agencies_of(user, *WRITING_AGENCY_ROLES)) | over)

    def with_counts(self) -> PositionTemplateQuerySet:
        """Add to each template how many lines it has."""
        return self.annotate(line_count=Count("lines"))


class PositionTemplate(models.Model):
    """What whoever holds a position at an agency is usually given in a month."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="work_templates", verbose_name=_("agency"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("job position"))

    objects = PositionTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a position")
        verbose_name_plural = _("templates of positions")
        ordering = ["agency", "position"]
        constraints = [models.UniqueConstraint(fields=["agency", "position"], name="position_template_once")]

    def __str__(self) -> str:
        return f"{self.position} – {self.agency}"


class TemplateLine(models.Model):
    """One item of a template, how much of it, and by which day of the month."""

    template = models.ForeignKey(PositionTemplate, models.CASCADE, related_name="lines")
    item_identity = models.UUIDField()
    code = models.CharField(_("code"), max_length=64)
    name = models.TextField(_("product or work"))
    assigned = models.DecimalField(_("quantity assigned"), max_digits=12, decimal_places=QUANTITY_PLACES)
    day = models.PositiveSmallIntegerField(
        _("due on day of the month"), default=25, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )

    class Meta:
        verbose_name = _("line of a template")
        verbose_name_plural = _("lines of templates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "item_identity"], name="template_line_once"),
            models.CheckConstraint(condition=Q(assigned__gt=0), name="template_line_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class HandOver(models.Model):
    """That the rest of somebody's work went to somebody else on a day, with the reason; the first's part stays."""

    from_work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, related_name="+", verbose_name=_("work")
    )
    to_work = models.ForeignKey(
        WorkAssignment, models.PROTECT, db_constraint=False, related_name="+", verbose_name=_("work handed over")
    )
    day = models.DateField(_("day"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["from_work"], name="hand_over_from"),
            models.Index(fields=["to_work"], name="hand_over_to"),
        ]

    def __str__(self) -> str:
        return self.reason
