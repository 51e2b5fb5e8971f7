"""Tasks of agencies' plans, and key tasks that a superior or the provincial Office gives them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import OPEN_PLAN_STATES, PlanGiver, PlanState, WorkSource
from cms.assignments.reach import agencies_of
from cms.assignments.rules import SOON, days_late
from cms.core.text import fold
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role

_DONE = (PlanState.REPORTED, PlanState.CONFIRMED)
_UNJUDGED = Q(quality_met=None, effect_met=None, exceeded=None)


class PlanTaskQuerySet(models.QuerySet["PlanTask"]):
    """Plan tasks, narrowed by who asks and by how they stand."""

    def visible_to(self, user: Any) -> PlanTaskQuerySet:
        """Return those that a person's agencies own, gave or cooperate in; Sở Nội vụ reads those of its part."""
        access = access_for(user)
        own = access.own_agencies().order_by().values("pk")
        cooperating = self.model.cooperating.through.objects.filter(agency__in=own).values("plantask")
        read = access.rows_over("agency", *APPRAISING_ROLES, Role.PROVINCIAL_APPROVER)
        return self.filter(Q(agency__in=own) | Q(giver__in=own) | Q(pk__in=cooperating) | read)

    def reportable_by(self, user: Any) -> PlanTaskQuerySet:
        """Return the open ones on which a person reports: of the agencies for which they write."""
        return self.filter(agency__in=agencies_of(user, *WRITING_AGENCY_ROLES)).open()

    def confirmable_by(self, user: Any) -> PlanTaskQuerySet:
        """Return those that wait for the person: given by an agency they head, and reported by somebody else."""
        waiting = self.filter(giver__in=agencies_of(user, Role.AGENCY_HEAD), state=PlanState.REPORTED)
        return waiting.exclude(reported_by=user.pk)

    def standing(self) -> PlanTaskQuerySet:
        """Return what was not withdrawn."""
        return self.exclude(state=PlanState.WITHDRAWN)

    def open(self) -> PlanTaskQuerySet:
        """Return those that the agency still has to carry out."""
        return self.filter(state__in=OPEN_PLAN_STATES)

    def late(self, day: datetime.date | None = None) -> PlanTaskQuerySet:
        """Return open ones whose last day is over, and those that were done after it."""
        today = day or timezone.localdate()
        is_open = Q(state__in=OPEN_PLAN_STATES, due_on__lt=today)
        return self.filter(is_open | Q(state__in=_DONE, done_on__gt=F("due_on")))

    def soon_due(self, day: datetime.date | None = None) -> PlanTaskQuerySet:
        """Return open ones whose last day is at most three days away."""
        today = day or timezone.localdate()
        return self.open().filter(due_on__gte=today, due_on__lte=today + SOON)

    def due_in(self, agency: Agency, first_day: datetime.date, last_day: datetime.date) -> PlanTaskQuerySet:
        """Return those that the agency itself owns, due from the first day to the last, without withdrawn ones."""
        return self.standing().filter(agency=agency, due_on__gte=first_day, due_on__lte=last_day)

    def search(self, text: str) -> PlanTaskQuerySet:
        """Return those that hold every word of ``text``, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found


class PlanTask(models.Model):
    """A task that an agency carries out by a day: of its own plan, or given from above or by the provincial Office.

    ``giver`` is the agency that gave it, which also confirms the result; of one's own plan it is ``agency``, the
    owner. ``quality_met``, ``effect_met`` and ``exceeded`` are empty until the result is confirmed: only the giver
    judges. ``progress`` is the owner's own figure, 0 to 100.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plan_tasks", verbose_name=_("owner"))
    cooperating = models.ManyToManyField(
        Agency, blank=True, related_name="shared_plan_tasks", verbose_name=_("cooperating agencies")
    )
    name = models.TextField(_("plan task"), max_length=2000)
    expected = models.TextField(_("expected result"), blank=True, max_length=2000)
    given_kind = models.CharField(_("given by"), max_length=8, choices=PlanGiver.choices, default=PlanGiver.OWN)
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("given by"))
    document = models.CharField(_("document"), max_length=200, blank=True)
    is_key = models.BooleanField(_("key task"), default=False)
    given_on = models.DateField(_("given on"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=PlanState.choices, default=PlanState.GIVEN)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    result = models.TextField(_("result"), blank=True, max_length=4000)
    quality_met = models.BooleanField(_("quality met"), null=True, blank=True)
    effect_met = models.BooleanField(_("effect met"), null=True, blank=True)
    exceeded = models.BooleanField(_("exceeded what was asked"), null=True, blank=True)
    words = models.TextField(_("the giver's words"), blank=True, max_length=4000)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=WorkSource.choices, default=WorkSource.TYPED)
    system = models.CharField(_("system"), max_length=64, blank=True)
    outside_id = models.CharField(_("outside id"), max_length=200, blank=True)
    search_text = models.TextField(editable=False, default="")

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan task")
        verbose_name_plural = _("plan tasks")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "due_on", "id"], name="plan_task_agency"),
            models.Index(fields=["giver", "state", "due_on", "id"], name="plan_task_giver"),
            models.Index(fields=["is_key", "due_on", "id"], name="plan_task_key"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("given_on")), name="plan_task_due_after_given"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("given_on")), name="plan_task_done_after_given"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="plan_task_progress_percent"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_task_state_known"),
            models.CheckConstraint(
                condition=~Q(given_kind=PlanGiver.OWN) | Q(giver=F("agency")), name="plan_task_own_by_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in _DONE])
                | Q(done_on__isnull=False, reported_by__isnull=False),
                name="plan_task_reported_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state=PlanState.CONFIRMED, judged_by__isnull=False, judged_at__isnull=False)
                           & Q(quality_met__isnull=False, effect_met__isnull=False, exceeded__isnull=False))
                | (~Q(state=PlanState.CONFIRMED) & _UNJUDGED),
                name="plan_task_judged_when_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.CONFIRMED) | ~Q(judged_by=F("reported_by")),
                name="plan_task_second_person",
            ),
            models.UniqueConstraint(
                fields=["system", "outside_id"], condition=~Q(outside_id=""), name="plan_task_outside_id_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text in step with what is written."""
        self.search_text = fold(f"{self.name} {self.document}")
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Return whether the agency still has something to do."""
        return self.state in OPEN_PLAN_STATES

    @property
    def is_confirmed(self) -> bool:
        """Return whether the result is confirmed and judged."""
        return self.state == PlanState.CONFIRMED

    @property
    def days_late(self) -> int:
        """Return by how many days it is late today, or was when it was done; 0 in time."""
        return days_late(self.due_on, self.done_on, timezone.localdate())
