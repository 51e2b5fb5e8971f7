"""Catalogs and their versions: one edition from draft to the Chairman's decision and, later, its successor."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import FROZEN_STATES, OPEN_STATES, VersionState
from cms.catalogs.item_fields import Terms
from cms.catalogs.models.rounds import MAX_GROUPS, CatalogRound, default_frames
from cms.catalogs.querysets import CatalogQuerySet, CatalogVersionQuerySet
from cms.organisations.models import Agency


class Catalog(models.Model):
    """The list of products and works of one agency; the province's own is the common list."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="catalog", verbose_name=_("agency"))
    # True from the first publication on; read by lists that must not look into every version.
    published = models.BooleanField(default=False, editable=False)

    objects = CatalogQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalog")
        verbose_name_plural = _("catalogs")
        ordering = ["agency__path"]

    def __str__(self) -> str:
        return str(self.agency)


class CatalogVersion(models.Model):
    """One edition of a catalog, from draft to the Chairman's decision and, later, its successor."""

    catalog = models.ForeignKey(Catalog, models.PROTECT, related_name="versions", verbose_name=_("catalog"))
    number = models.PositiveIntegerField(_("version"))
    year = models.PositiveSmallIntegerField(_("year"))
    round = models.ForeignKey(
        CatalogRound, models.PROTECT, null=True, blank=True, related_name="versions", verbose_name=_("round")
    )
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT, editable=False
    )
    standard_unit = models.CharField(_("standard unit"), max_length=300)
    standard_score = models.DecimalField(_("score of the standard unit"), max_digits=12, decimal_places=4)
    divisor = models.DecimalField(
        _("divisor"), max_digits=12, decimal_places=4, help_text=_("An item's score divided by it is its coefficient.")
    )
    frames = models.JSONField(_("frames of the complexity groups"), default=default_frames)
    legal_basis = models.TextField(_("legal basis"), blank=True)

    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    effective_from = models.DateField(_("effective from"), null=True, blank=True)
    effective_to = models.DateField(_("effective to"), null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    appraised_at = models.DateTimeField(_("appraised at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    return_reason = models.TextField(_("reason of return"), blank=True, editable=False)
    # Everybody who wrote any of this version, by whatever door: none of them may accept or decide it (docs/adr, 3).
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)

    # Counts up with every write; an import preview made against an earlier count is stale.
    edition = models.PositiveIntegerField(default=0, editable=False)
    # Totals kept by actions, so that no page counts thousands of rows; ``cms.catalogs.summary`` says what they are.
    summary = models.JSONField(default=dict, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = CatalogVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalog version")
        verbose_name_plural = _("catalog versions")
        ordering = ["catalog", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["catalog", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["catalog"], condition=Q(state__in=sorted(OPEN_STATES)), name="version_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FROZEN_STATES))
                | (~Q(decision_number="") & Q(decision_date__isnull=False) & Q(effective_from__isnull=False)),
                name="version_frozen_has_decision",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="version_dates_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["catalog", "effective_from"], name="version_effective"),
            models.Index(fields=["state"], name="version_state"),
        ]

    def __str__(self) -> str:
        return _("%(catalog)s, version %(number)s") % {"catalog": self.catalog, "number": self.number}

    @property
    def is_frozen(self) -> bool:
        """Return whether the version can never change again."""
        return self.state in FROZEN_STATES

    @property
    def public_since(self) -> datetime.datetime | None:
        """Return when everybody could first read it: at the start of its day, or at its decision if that came later.

        None while it is not decided or its day has not come. ``published_at`` is the same, written with the ledger.
        """
        if self.published_at or not self.is_frozen or self.effective_from is None:
            return self.published_at
        midnight = timezone.make_aware(datetime.datetime.combine(self.effective_from, datetime.time.min))
        start = midnight.astimezone(datetime.UTC)
        since = max(start, self.decided_at or start)
        return since if since <= timezone.now() else None

    def holds_on(self, day: datetime.date) -> bool:
        """Return whether it holds on a day, as ``effective_on`` asks the database."""
        begun = self.is_frozen and self.effective_from is not None and self.effective_from <= day
        return begun and (self.effective_to is None or self.effective_to >= day)

    @property
    def item_count(self) -> int:
        """Return how many items the version holds, as last counted by an action."""
        return int(self.summary.get("items", 0))

    @property
    def max_group(self) -> int:
        """Return the highest complexity group of the version (at most 5)."""
        return max((int(number) for number in self.frames), default=MAX_GROUPS)

    @property
    def terms(self) -> Terms:
        """Return what items of the version are judged by."""
        return Terms(self.divisor, self.max_group, self.group_frames)

    @property
    def group_frames(self) -> dict[int, Decimal]:
        """Return the highest score of each complexity group."""
        return {int(number): Decimal(score) for number, score in self.frames.items()}
