"""What lists of items are narrowed by."""

from __future__ import annotations

import datetime
import uuid

from django.utils.translation import gettext as _
from django_filters import CharFilter
from django_filters.rest_framework import FilterSet

from api.pagination import invalid
from api.v1.filters.fields import IntegerFilter, agency_filter, day_filter, search_filter
from cms.catalogs.models import MAX_GROUPS, CatalogItemQuerySet, CatalogVersion
from cms.core.text import code_key, nfc
from cms.curation.linked import linked_to

NO_COMMON = "none"


class VersionItemFilters(FilterSet):
    """Field of work, complexity group, code, common item, words."""

    field = CharFilter(method="of_field", max_length=500, label="Field of work, in full.")
    group = IntegerFilter(min_value=1, max_value=MAX_GROUPS, label="Complexity group.")
    code = CharFilter(method="with_code", max_length=64, label="Code of the item, in either case.")
    common = CharFilter(
        method="of_common",
        max_length=36,
        label="Identity of the common item in force that they are; `none`: those that are none.",
    )
    search = search_filter()

    def of_common(self, queryset: CatalogItemQuerySet, name: str, value: str) -> CatalogItemQuerySet:
        """Keep the items that are this common item in force, or none."""
        return linked_to(queryset, None if value == NO_COMMON else _identity(name, value))

    def of_field(self, queryset: CatalogItemQuerySet, name: str, value: str) -> CatalogItemQuerySet:
        """Keep the items of one field of work."""
        return queryset.filter(field=nfc(value))

    def with_code(self, queryset: CatalogItemQuerySet, name: str, value: str) -> CatalogItemQuerySet:
        """Keep the items with this code."""
        return queryset.filter(code_key=code_key(value))

    def searched(self, queryset: CatalogItemQuerySet, name: str, value: str) -> CatalogItemQuerySet:
        """Keep the items that hold the words."""
        return queryset.search(value)


class ItemFilters(VersionItemFilters):
    """The same over every version that may be read."""

    agency = agency_filter(method="of_agency")
    version = IntegerFilter(method="of_version", min_value=1, max_value=2**31 - 1, label="Number of the version.")
    effective_on = day_filter(method="holding_on", label="Only items of the versions that hold on this day.")

    def of_agency(self, queryset: CatalogItemQuerySet, name: str, value: str) -> CatalogItemQuerySet:
        """Keep the items of one agency's versions."""
        return queryset.filter(version__in=CatalogVersion.objects.filter(catalog__agency__code=value))

    def of_version(self, queryset: CatalogItemQuerySet, name: str, value: int) -> CatalogItemQuerySet:
        """Keep the items of the versions with this number."""
        return queryset.filter(version__in=CatalogVersion.objects.filter(number=value))

    def holding_on(self, queryset: CatalogItemQuerySet, name: str, value: datetime.date) -> CatalogItemQuerySet:
        """Keep the items of the versions that hold on the day."""
        return queryset.filter(version__in=CatalogVersion.objects.effective_on(value))


def _identity(name: str, value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError as error:
        raise invalid(name, "invalid", _("Give the identity of a common item, or `none`.")) from error
