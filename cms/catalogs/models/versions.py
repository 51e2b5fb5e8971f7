"""Catalogs and their versions: one edition from draft to the Chairman's decision and, later, its successor."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.catalogs.enums import AGENCY_EDITABLE, FROZEN_STATES, OPEN_STATES, VersionState
from cms.catalogs.item_fields import Terms, known_positions
from cms.catalogs.models.rounds import MAX_GROUPS, CatalogRound, default_frames
from cms.organisations.access import access_for
from cms.organisations.models import Agency, Position
from cms.users.enums import APPRAISING_ROLES, Role


def _public(day: datetime.date | None = None, decided_before: datetime.datetime | None = None) -> Q:
    """Return what makes a version public: nothing but its decision and its day."""
    public = Q(state__in=FROZEN_STATES, effective_from__lte=day or timezone.localdate())
    return public if decided_before is None else public & Q(decided_at__lt=decided_before)


class CatalogQuerySet(models.QuerySet["Catalog"]):
    """Catalogs: one an agency, the province's own being the common list."""

    def visible_to(self, user: Any) -> CatalogQuerySet:
        """Return catalogs that the person may know of: published ones, and those that they work on."""
        if access_for(user).reads_province:
            return self
        public = CatalogVersion.objects.public().order_by().values("catalog")
        return self.filter(Q(pk__in=public) | Q(pk__in=self.model.objects.worked_on_by(user).values("pk")))

    def worked_on_by(self, user: Any) -> CatalogQuerySet:
        """Return catalogs whose workbench the person may open: their own, and those that they appraise."""
        access = access_for(user)
        if access.reads_province:
            return self
        reach = Q(agency__in=access.own_agencies()) | access.rows_over("agency", *APPRAISING_ROLES)
        if access.holds(Role.PROVINCIAL_APPROVER):
            submitted = Q(versions__state__in=set(OPEN_STATES | FROZEN_STATES) - AGENCY_EDITABLE)
            reach |= submitted & access.rows_over("agency", Role.PROVINCIAL_APPROVER)
        return self.filter(pk__in=self.model.objects.filter(reach).values("pk"))


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


class CatalogVersionQuerySet(models.QuerySet["CatalogVersion"]):
    """Versions, as seen by a person or on a day."""

    def visible_to(self, user: Any) -> CatalogVersionQuerySet:
        """Return versions that the person may read (security matrix: draft catalog, approved catalog)."""
        if access_for(user).reads_province:
            return self
        return self.filter(_public() | self._reach(user))

    def worked_on_by(self, user: Any) -> CatalogVersionQuerySet:
        """Return versions whose workbench, with its notes and names, the person may open; published is not enough."""
        return self if access_for(user).reads_province else self.filter(self._reach(user))

    def newest_worked_on_by(self, user: Any) -> CatalogVersionQuerySet:
        """Return the last version of each catalog whose workbench the person may open."""
        later = self.model.objects.worked_on_by(user).filter(
            catalog=models.OuterRef("catalog"), number__gt=models.OuterRef("number")
        )
        return self.worked_on_by(user).filter(~models.Exists(later))

    @staticmethod
    def _reach(user: Any) -> Q:
        access = access_for(user)
        reach = Q(pk__in=[])
        if access.own_paths:
            reach |= Q(catalog__agency__in=access.own_agencies())
        if access.holds(*APPRAISING_ROLES):
            reach |= access.rows_over("catalog__agency", *APPRAISING_ROLES)
        if access.holds(Role.PROVINCIAL_APPROVER):
            reach |= ~Q(state__in=AGENCY_EDITABLE) & access.rows_over("catalog__agency", Role.PROVINCIAL_APPROVER)
        return reach

    def public(
        self, day: datetime.date | None = None, *, decided_before: datetime.datetime | None = None
    ) -> CatalogVersionQuerySet:
        """Return versions that everybody may read on a day (today when left out): decided, and their day has come.

        With a moment, only what was decided before it counts, as if nothing had come since.
        """
        return self.filter(_public(day, decided_before))

    def latest_public(
        self, day: datetime.date | None = None, *, decided_before: datetime.datetime | None = None
    ) -> CatalogVersionQuerySet:
        """Return the last ``public`` version of each catalog: what holds on the day, as far as was known at the moment.

        The last day of a version is written into it when its successor is decided, so it is not asked for here.
        """
        later = self.model.objects.filter(
            _public(day, decided_before), catalog=models.OuterRef("catalog"), number__gt=models.OuterRef("number")
        )
        return self.public(day, decided_before=decided_before).filter(~models.Exists(later))

    def due(self) -> CatalogVersionQuerySet:
        """Return versions whose first day, or whose end, has come without the ledger saying so yet."""
        begins = _public() & Q(published_at__isnull=True)
        return self.filter(begins | Q(state=VersionState.APPROVED, effective_to__lt=timezone.localdate()))

    def frozen(self) -> CatalogVersionQuerySet:
        """Return versions that were decided."""
        return self.filter(state__in=FROZEN_STATES)

    def open(self) -> CatalogVersionQuerySet:
        """Return versions that still wait for a decision."""
        return self.filter(state__in=OPEN_STATES)

    def marking_further(self) -> CatalogVersionQuerySet:
        """Return versions with ``is_further``: whether an earlier one of the catalog was decided in their round."""
        earlier = self.model.objects.frozen().filter(
            catalog=models.OuterRef("catalog"), round=models.OuterRef("round"), number__lt=models.OuterRef("number")
        )
        return self.annotate(is_further=models.Exists(earlier))

    def holding(self, key: str) -> CatalogVersionQuerySet:
        """Return versions that hold something in an added column."""
        return self.filter(summary__extra__has_key=key)

    def effective_on(self, day: datetime.date | None = None) -> CatalogVersionQuerySet:
        """Return the version of each catalog that holds on a day (today when left out)."""
        on = day or timezone.localdate()
        return self.frozen().filter(Q(effective_to__isnull=True) | Q(effective_to__gte=on), effective_from__lte=on)


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

    @cached_property
    def known_positions(self) -> dict[str, str]:
        """Return the positions that items may name, by what people type (see ``item_fields``); read once."""
        return known_positions(Position.objects.values_list("code", "name"))

    @property
    def group_frames(self) -> dict[int, Decimal]:
        """Return the highest score of each complexity group."""
        return {int(number): Decimal(score) for number, score in self.frames.items()}
