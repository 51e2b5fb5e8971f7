"""Reads of catalogs, versions and items. Every screen and every API route starts from ``visible_to``."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from cms.catalogs.audiences import audiences_seen, audiences_seen_anywhere
from cms.catalogs.enums import (
    AGENCY_EDITABLE,
    FROZEN_STATES,
    OPEN_STATES,
    Audience,
    ColumnKind,
    RemarkKind,
    VersionState,
)
from cms.core.search import search_folded
from cms.core.text import code_key
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import Role

if TYPE_CHECKING:
    # Named in the strings of the classes below.
    from cms.catalogs.models import Catalog, CatalogItem, CatalogVersion, ExtraColumn, ItemRemark  # noqa: F401


class CatalogQuerySet(models.QuerySet["Catalog"]):
    """Catalogs: one an agency, the province's own being the common list."""

    def visible_to(self, user: Any) -> CatalogQuerySet:
        """Return catalogs that the person may know of: published ones, and those that they work on."""
        if access_for(user).reads_province:
            return self
        from cms.catalogs.models import CatalogVersion

        public = CatalogVersion.objects.public().order_by().values("catalog")
        return self.filter(Q(pk__in=public) | Q(pk__in=self.model.objects.worked_on_by(user).values("pk")))

    def worked_on_by(self, user: Any) -> CatalogQuerySet:
        """Return catalogs whose workbench the person may open: their own, or all for those who appraise."""
        access = access_for(user)
        if access.reads_province:
            return self
        reach = Q(agency__in=access.own_agencies())
        if access.has(Role.PROVINCIAL_APPROVER):
            reach |= Q(versions__state__in=set(OPEN_STATES | FROZEN_STATES) - AGENCY_EDITABLE)
        return self.filter(pk__in=self.model.objects.filter(reach).values("pk"))


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
        if access.has(Role.PROVINCIAL_APPROVER):
            reach |= ~Q(state__in=AGENCY_EDITABLE)
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


def _public(day: datetime.date | None = None, decided_before: datetime.datetime | None = None) -> Q:
    """Return what makes a version public: nothing but its decision and its day."""
    public = Q(state__in=FROZEN_STATES, effective_from__lte=day or timezone.localdate())
    return public if decided_before is None else public & Q(decided_at__lt=decided_before)


class CatalogItemQuerySet(models.QuerySet["CatalogItem"]):
    """Items of versions."""

    def visible_to(self, user: Any) -> CatalogItemQuerySet:
        """Return items of the versions that the person may read."""
        from cms.catalogs.models import CatalogVersion

        return self.filter(version__in=CatalogVersion.objects.visible_to(user))

    def search(self, text: str) -> CatalogItemQuerySet:
        """Return items that hold every word of ``text`` (the last as a beginning), with or without diacritics."""
        return search_folded(self, text)

    def with_code(self, code: str) -> CatalogItemQuerySet:
        """Return items that have this code, however it is written."""
        return self.filter(code_key=code_key(code))

    def in_order(self) -> CatalogItemQuerySet:
        """Return items as the agency arranged them."""
        return self.order_by("version_id", "position", "pk")

    def with_extra(self, key: str, *texts: str) -> CatalogItemQuerySet:
        """Return items that hold just one of these texts in an added column."""
        # Not ``extra__key``: a key may be called like a lookup.
        return self.alias(_held=KeyTransform(key, "extra")).filter(_held__in=texts)


class ItemRemarkQuerySet(models.QuerySet["ItemRemark"]):
    """Reads over what appraisers left."""

    def open_notes(self) -> ItemRemarkQuerySet:
        """Return notes that nobody has closed."""
        return self.filter(kind=RemarkKind.NOTE, resolved_at__isnull=True)


class ExtraColumnQuerySet(models.QuerySet["ExtraColumn"]):
    """Columns that the province added, in their order."""

    def in_use(self) -> ExtraColumnQuerySet:
        """Return columns that are asked for now."""
        return self.filter(in_use=True)

    def in_files(self) -> ExtraColumnQuerySet:
        """Return columns that stand in templates and are read from uploads: never one that agencies do not see."""
        return self.in_use().exclude(audience=Audience.APPRAISERS)

    def listed(self) -> ExtraColumnQuerySet:
        """Return columns of few texts, by which lists of items are filtered."""
        return self.filter(kind__in=(ColumnKind.CHOICE, ColumnKind.YES_NO))

    def seen_by(self, user: Any, agency: Agency | None = None) -> ExtraColumnQuerySet:
        """Return columns that the person may see in an agency's catalog (None: in everybody's)."""
        return self.filter(audience__in=audiences_seen(user, agency.path if agency else ""))

    def seen_anywhere_by(self, user: Any) -> ExtraColumnQuerySet:
        """Return columns that the person may see in at least one catalog."""
        return self.filter(audience__in=audiences_seen_anywhere(user))

    def waiting(self) -> ExtraColumnQuerySet:
        """Return columns of which a change waits for a second person, the longest waiting first."""
        return self.filter(proposed_at__isnull=False).select_related("proposed_by").order_by("proposed_at")

    def public(self) -> ExtraColumnQuerySet:
        """Return columns that everybody sees."""
        return self.filter(audience=Audience.EVERYONE)

    def key_set(self) -> frozenset[str]:
        """Return the keys alone."""
        return frozenset(self.values_list("key", flat=True))
