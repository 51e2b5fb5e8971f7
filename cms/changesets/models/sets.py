"""Change sets: proposals of many people about many catalogs, on their way to one decision."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import CatalogDecision
from cms.changesets.enums import DECIDED_STATES, SetState
from cms.organisations.access import access_for
from cms.users.enums import PARTIAL_ROLES


class ChangeSetQuerySet(models.QuerySet["ChangeSet"]):
    """Change sets, as seen by a person or on a day."""

    def visible_to(self, user: Any) -> ChangeSetQuerySet:
        """Return every set for who appraises or decides the whole province; of a part, those that touch it."""
        access = access_for(user)
        if access.has(*PARTIAL_ROLES):
            return self
        if not access.holds(*PARTIAL_ROLES):
            return self.none()
        proposals: Any = apps.get_model("changesets", "Proposal").objects
        touching = proposals.filter(access.rows_over("catalog__agency", *PARTIAL_ROLES), change_set=OuterRef("pk"))
        return self.filter(Q(by=user) | Exists(touching))

    def gathered(self) -> ChangeSetQuerySet:
        """Return sets that still take proposals."""
        return self.filter(state=SetState.OPEN)

    def due(self) -> ChangeSetQuerySet:
        """Return decided sets whose day of effect has come."""
        return self.filter(state=SetState.DECIDED, decision__effective_from__lte=timezone.localdate())


class ChangeSet(models.Model):
    """A named set of proposals, decided by one decision and released together on its day of effect.

    ``closed_by`` writes the versions that it makes, ``appraised_by`` accepts them, and who entered ``decision``
    approves them: three people (ADR 3). Once decided, it never changes but for being undone or released.
    """

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("what it is for"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SetState.choices, default=SetState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    at = models.DateTimeField(_("opened at"), auto_now_add=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    appraised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.OneToOneField(CatalogDecision, models.PROTECT, null=True, related_name="change_set")
    # Why it came back or could not be released, as whoever opens it reads it.
    stopped_because = models.TextField(blank=True, default="")
    # When its agencies were last reminded to answer.
    reminded_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=sorted(DECIDED_STATES)) | Q(decision__isnull=False), name="change_set_decided_by"
            )
        ]

    def __str__(self) -> str:
        return self.name
