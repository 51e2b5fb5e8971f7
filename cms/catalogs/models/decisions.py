"""One decision for many catalogs: its document, and the versions that it is to approve (ADR 87)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import DecisionState
from cms.catalogs.models.versions import CatalogVersion
from cms.core.stored_files import private_storage
from cms.organisations.access import access_for
from cms.users.enums import Role


class CatalogDecisionQuerySet(models.QuerySet["CatalogDecision"]):
    """Reads over decisions."""

    def visible_to(self, user: Any) -> CatalogDecisionQuerySet:
        """Return what the person entered, and everything for those who read the whole province's lists."""
        access = access_for(user)
        if access.reads_province or access.has(Role.PROVINCIAL_APPROVER):
            return self
        return self.filter(by=user)

    def standing(self) -> CatalogDecisionQuerySet:
        """Return what was not abandoned."""
        return self.exclude(state=DecisionState.ABANDONED)


class CatalogDecision(models.Model):
    """A decision that approves many versions at once, or none of them; once carried out it never changes."""

    number = models.CharField(_("decision number"), max_length=100)
    number_key = models.CharField(max_length=100, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    decision_date = models.DateField(_("decision date"))
    signer = models.CharField(_("signed by"), max_length=200)
    effective_from = models.DateField(_("effective from"))
    name = models.CharField(_("name"), max_length=255)
    file = models.FileField(storage=private_storage, upload_to="decisions/%Y/%m", max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=12, choices=DecisionState.choices, default=DecisionState.PREPARED, editable=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = CatalogDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on many catalogs")
        verbose_name_plural = _("decisions on many catalogs")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "year"], condition=~Q(state="abandoned"), name="catalog_decision_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class DecisionPart(models.Model):
    """A version that a decision is to approve; ``reason`` says why it was left out, empty where it was not."""

    decision = models.ForeignKey(CatalogDecision, models.CASCADE, related_name="parts")
    version = models.ForeignKey(CatalogVersion, models.PROTECT, related_name="decision_parts")
    reason = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("version of a decision")
        verbose_name_plural = _("versions of decisions")
        ordering = ["version__catalog__agency__path"]
        constraints = [models.UniqueConstraint(fields=["decision", "version"], name="decision_part_once")]

    def __str__(self) -> str:
        return str(self.version)
