"""Work that is given to an officer out of a catalog, and what became of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import OPEN_STATES, WorkSource, WorkState
from cms.assignments.models.plan_tasks import PlanTask
from cms.assignments.rules import QUANTITY_PLACES, SOON, days_late
from cms.catalogs.models import CatalogItem
from cms.core.text import fold
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Officer, Posting, of_managed, of_subordinates
from cms.users.enums import WRITING_AGENCY_ROLES, Role


def _within(paths: Iterable[str], way: str = "") -> Q:
    # The agencies first, and then their rows by an index: among all the province's work a join would read every row.
    return Q(**{f"{way}agency__in": Agency.objects.within(frozenset(paths)).order_by().values("pk")})


def _held(user: Any, *roles: Role) -> Q:
    """Return the condition on work of the agencies for which a person holds one of the roles."""
    access = access_for(user)
    return _within(path for role in roles for path in access.paths.get(role, ()))


def seen_by(user: Any, way: str = "") -> Q:
    """Return the condition of ``visible_to``, for work or for what stands beside it and leads to it by ``way``.

    What stands beside work asks by this, and not whether its work is among all that is visible: that is the province's.
    """
    access = access_for(user)
    return _within(access.own_paths, way) | access.is_self(f"{way}officer__account") | of_subordinates(user, way)


class WorkQuerySet(models.QuerySet["WorkAssignment"]):
    """Work, narrowed by who asks and by how it stands."""

    def visible_to(self, user: Any) -> WorkQuerySet:
        """Return a person's own work, their subordinates', and that of the agencies for which they act.

        Appraisers, as such, see nobody's.
        """
        return self.filter(seen_by(user))

    def at_desk_of(self, user: Any) -> WorkQuerySet:
        """Return the work of the agencies for which a person acts, without what is their own elsewhere."""
        return self.filter(_within(access_for(user).own_paths))

    def own(self, officer: Officer) -> WorkQuerySet:
        """Return what was given to the officer and not withdrawn."""
        return self.filter(officer=officer).exclude(state=WorkState.WITHDRAWN)

    def writable_by(self, user: Any) -> WorkQuerySet:
        """Return the work that a person gives, changes and withdraws: that of their own agencies."""
        return self.filter(_held(user, *WRITING_AGENCY_ROLES))

    def confirmable_by(self, user: Any) -> WorkQuerySet:
        """Return the work that waits for the person's confirmation, never their own.

        It is that of agencies they head on the platform, and of officers whose direct manager they are today.
        """
        waiting = self.filter(_held(user, Role.AGENCY_HEAD) | of_managed(user), state=WorkState.DONE)
        return waiting.exclude(access_for(user).is_self("officer__account"))

    def open(self) -> WorkQuerySet:
        """Return what the officer still has to do."""
        return self.filter(state__in=OPEN_STATES)

    def late(self, day: datetime.date | None = None) -> WorkQuerySet:
        """Return open work whose last day is over, and work that was done after it."""
        today = day or timezone.localdate()
        is_open = Q(state__in=OPEN_STATES, due_on__lt=today)
        return self.filter(is_open | Q(done_on__gt=F("due_on"))).exclude(state=WorkState.WITHDRAWN)

    def soon_due(self, day: datetime.date | None = None) -> WorkQuerySet:
        """Return open work whose last day is at most three days away."""
        today = day or timezone.localdate()
        return self.open().filter(due_on__gte=today, due_on__lte=today + SOON)

    def of_month(self, month: datetime.date) -> WorkQuerySet:
        """Return the work that counts for the month of a day: that in which it is due."""
        return self.filter(month=month.replace(day=1))

    def shown_by(self, number: str) -> WorkQuerySet:
        """Return the work whose evidence, or whose result in words, has this number of a document."""
        pieces = Q(evidence__document_number__icontains=number, evidence__withdrawn_at=None)
        return self.filter(pieces | Q(result__icontains=number)).distinct()

    def search(self, text: str) -> WorkQuerySet:
        """Return what has every word of ``text`` in its code, name or officer, with or without diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(Q(search_text__contains=word) | Q(officer__search_text__contains=word))
        return found


class WorkAssignment(models.Model):
    """A quantity of one item of a catalog, given to an officer in one of their postings, to be done by a day.

    What the item said when the work was given (``code``, ``name``, ``unit``, ``coefficient``) is copied: a later
    version of the catalog changes nothing. ``month`` is the first day of the month in which the work is
    due: it counts there. Quantities are in units of the item, to four decimals.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="work", verbose_name=_("officer"))
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="work", verbose_name=_("posting"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="work", verbose_name=_("agency"))
    item = models.ForeignKey(CatalogItem, models.PROTECT, related_name="work", verbose_name=_("item"))
    plan_task = models.ForeignKey(
        PlanTask, models.PROTECT, null=True, blank=True, related_name="work", verbose_name=_("plan task")
    )
    item_identity = models.UUIDField(editable=False)
    code = models.CharField(_("code"), max_length=64)
    name = models.TextField(_("product or work"))
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    coefficient = models.DecimalField(_("coefficient"), max_digits=9, decimal_places=4)
    assigned = models.DecimalField(_("quantity assigned"), max_digits=12, decimal_places=QUANTITY_PLACES)
    completed = models.DecimalField(
        _("quantity completed"), max_digits=12, decimal_places=QUANTITY_PLACES, default=Decimal(0)
    )
    given_on = models.DateField(_("given on"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    month = models.DateField(_("month"), editable=False)
    quality_failures = models.PositiveIntegerField(_("quality failures"), default=0)
    late_occurrences = models.PositiveIntegerField(_("late occurrences"), default=0)
    is_planned = models.BooleanField(_("planned"), default=True)
    is_key = models.BooleanField(_("key task"), default=False)
    instruction = models.TextField(_("what is asked"), blank=True)
    result = models.TextField(_("result"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=WorkState.choices, default=WorkState.GIVEN)
    reason = models.TextField(_("reason"), blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=WorkSource.choices, default=WorkSource.TYPED)
    system = models.CharField(_("system"), max_length=64, blank=True)
    outside_id = models.CharField(_("outside id"), max_length=200, blank=True)
    search_text = models.TextField(editable=False, default="")

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("work")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["officer", "month", "due_on"], name="work_officer"),
            models.Index(fields=["agency", "due_on", "id"], name="work_agency"),
            models.Index(fields=["agency", "state", "due_on", "id"], name="work_standing"),
            models.Index(fields=["month", "agency"], name="work_month"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("given_on")), name="work_due_after_given"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("given_on")), name="work_done_after_given"
            ),
            models.CheckConstraint(condition=Q(assigned__gt=0) & Q(completed__gte=0), name="work_quantities_positive"),
            models.CheckConstraint(condition=Q(coefficient__gt=0), name="work_coefficient_positive"),
            models.CheckConstraint(condition=Q(state__in=WorkState.values), name="work_state_known"),
            models.CheckConstraint(
                condition=~Q(state=WorkState.CONFIRMED) | Q(done_on__isnull=False), name="work_confirmed_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the month and the folded text in step with what is written."""
        self.month = self.due_on.replace(day=1)
        self.search_text = fold(f"{self.code} {self.name}")
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Return whether the officer still has something to do."""
        return self.state in OPEN_STATES

    @property
    def days_late(self) -> int:
        """Return by how many days the work is late today, or was when it was done; 0 in time."""
        return days_late(self.due_on, self.done_on, timezone.localdate())

    @property
    def days_left(self) -> int:
        """Return how many days are left until the last one; below 0 when it is over."""
        return (self.due_on - timezone.localdate()).days

    @property
    def standard_quantity(self) -> Decimal:
        """Return the quantity completed in standard units."""
        return self.completed * self.coefficient
