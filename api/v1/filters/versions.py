"""What lists of versions are narrowed by."""

from __future__ import annotations

import datetime

from django_filters import ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import IntegerFilter, agency_filter, day_filter
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersionQuerySet


class CatalogVersionFilters(FilterSet):
    """State, year, and the day on which a version holds."""

    state = ChoiceFilter(choices=VersionState.choices, label="State; without an account only decided ones are read.")
    year = IntegerFilter(min_value=2000, max_value=2999, label="Year of the version.")
    effective_on = day_filter(method="holding_on", label="Only the version of each catalog that holds on this day.")

    def holding_on(self, queryset: CatalogVersionQuerySet, name: str, value: datetime.date) -> CatalogVersionQuerySet:
        """Keep the versions that hold on the day."""
        return queryset.effective_on(value)


class VersionFilters(CatalogVersionFilters):
    """The same over every agency."""

    agency = agency_filter(field_name="catalog__agency__code")
