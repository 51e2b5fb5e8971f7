"""Unplanned work that no catalog has, proposed to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.assignments.models.work import WorkAssignment
from cms.assignments.planning_enums import ProposalState
from cms.assignments.reach import agencies_of
from cms.assignments.rules import QUANTITY_PLACES
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.organisations.access import access_for
from cms.organisations.models import Posting
from cms.users.enums import WRITING_AGENCY_ROLES


class WorkProposalQuerySet(models.QuerySet["WorkProposal"]):
    """Proposals, narrowed by who asks."""

    def visible_to(self, user: Any) -> WorkProposalQuerySet:
        """Return one's own, those of whom one manages, and those of the agencies for which one writes."""
        access = access_for(user)
        own = access.is_self("posting__officer__account") | access.is_managed("posting__officer")
        return self.filter(own | Q(posting__agency__in=agencies_of(user, *WRITING_AGENCY_ROLES)))

    def writable_by(self, user: Any) -> WorkProposalQuerySet:
        """Return those that one takes, refuses or counts: of the agencies for which one writes, never own."""
        found = self.filter(posting__agency__in=agencies_of(user, *WRITING_AGENCY_ROLES))
        return found.exclude(access_for(user).is_self("posting__officer__account"))

    def countable(self) -> WorkProposalQuerySet:
        """Return those taken whose item holds, with a coefficient, on the day on which the work was given."""
        day = OuterRef("given_on")
        open_end = Q(version__effective_to=None) | Q(version__effective_to__gte=day)
        holding = CatalogItem.objects.filter(
            open_end, identity=OuterRef("item_identity"), version__effective_from__lte=day,
            version__in=CatalogVersion.objects.frozen().values("pk"),
        )  # fmt: skip
        return self.filter(Exists(holding), state=ProposalState.TAKEN)


class WorkProposal(models.Model):
    """A quantity of work that an officer was given or did on a day, although no catalog has it.

    It counts for nothing until a version of the catalog holds that has the item on the day on which the work was
    given; ``work`` is then the work as it counts. ``item_identity`` is the item's in the catalog's draft.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="work_proposals", verbose_name=_("posting"))
    name = models.TextField(_("product or work"), max_length=1000)
    unit = models.CharField(_("unit"), max_length=100)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=QUANTITY_PLACES)
    given_on = models.DateField(_("given on"))
    due_on = models.DateField(_("due on"))
    reason = models.TextField(_("why the work was needed"), max_length=2000)
    state = models.CharField(_("state"), max_length=8, choices=ProposalState.choices, default=ProposalState.MADE)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    item_identity = models.UUIDField(null=True, blank=True)
    code = models.CharField(_("code"), max_length=64, blank=True)
    work = models.ForeignKey(
        WorkAssignment,
        models.PROTECT,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("work"),
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = WorkProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("work proposed to the catalog")
        verbose_name_plural = _("work proposed to catalogs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["posting", "state"], name="work_proposal_posting")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="work_proposal_quantity_positive"),
            models.CheckConstraint(condition=Q(due_on__gte=F("given_on")), name="work_proposal_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "counted"]) | Q(item_identity__isnull=False),
                name="work_proposal_taken_has_item",
            ),
            models.CheckConstraint(
                condition=~Q(state="counted") | Q(work__isnull=False), name="work_proposal_counted_has_work"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="work_proposal_second_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name
