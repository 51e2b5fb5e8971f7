"""Opinions that are asked between the acceptance of a version and the decision: whose, and what they said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models.versions import CatalogVersion
from cms.organisations.access import access_for
from cms.organisations.enums import Block
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, Role

# Whoever these are held by, over the agency, gives an opinion.
OPINION_ROLES = sorted({*APPRAISING_ROLES, Role.PROVINCIAL_APPROVER})


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.value, role.label) for role in Role if role in OPINION_ROLES]


class OpinionStepQuerySet(models.QuerySet["OpinionStep"]):
    """Reads over the steps of the blocks."""

    def asked_for(self, version: CatalogVersion) -> OpinionStepQuerySet:
        """Return, in order, the steps that a version goes through: its block's, for all or over its agency."""
        agency = version.catalog.agency
        over = Agency.objects.above([agency.path]).order_by().values("pk")
        return self.filter(Q(within=None) | Q(within=agency) | Q(within__in=over), block=agency.block)


class OpinionStep(models.Model):
    """A step of a block's workflow: a body, such as an appraisal council, that is asked before the decision."""

    block = models.CharField(_("block"), max_length=12, choices=Block.choices)
    order = models.PositiveSmallIntegerField(_("order"), validators=[MinValueValidator(1)])
    name = models.CharField(_("name"), max_length=200, help_text=_("Of the body that is asked."))
    role = models.CharField(_("given by who holds the role"), max_length=24, choices=_role_choices)
    within = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the agency and below"),
        help_text=_("Without one, for every agency of the block."),
    )

    objects = OpinionStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step before the decision")
        verbose_name_plural = _("steps before the decision")
        ordering = ["block", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "order"], name="opinion_step_order_once",
                violation_error_message=_("The block has another step at this place."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class OpinionQuerySet(models.QuerySet["VersionOpinion"]):
    """Reads over the opinions of versions."""

    def pending(self) -> OpinionQuerySet:
        """Return those that are asked now: of each version the first that was not given."""
        earlier = self.model._default_manager.filter(
            version=OuterRef("version"), given_at=None, order__lt=OuterRef("order")
        )
        return self.filter(~Exists(earlier), given_at=None)

    def asked_of(self, user: Any) -> OpinionQuerySet:
        """Return those that this person may give now, by the role that each asks for."""
        access, condition = access_for(user), Q(pk__in=[])
        for role in map(Role, OPINION_ROLES):
            if access.holds(role):
                condition |= Q(role=role) & access.rows_over("version__catalog__agency", role)
        return self.pending().filter(condition)


class VersionOpinion(models.Model):
    """One body's opinion on one version: asked when the version was accepted, by the steps of that day.

    A given one never changes; one that was not given goes when the version is returned.
    """

    version = models.ForeignKey(CatalogVersion, models.PROTECT, related_name="opinions", verbose_name=_("version"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("given by who holds the role"), max_length=24, choices=_role_choices)
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(_("opinion"), blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion on a version")
        verbose_name_plural = _("opinions on versions")
        ordering = ["asked_at", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "order"], condition=Q(given_at=None), name="opinion_pending_once"
            ),
            models.CheckConstraint(
                condition=Q(given_by=None, given_at=None) | Q(given_by__isnull=False, given_at__isnull=False),
                name="opinion_given_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
