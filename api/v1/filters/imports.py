"""What the list of uploads is narrowed by."""

from __future__ import annotations

import datetime
from typing import Any

from django_filters import CharFilter, ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import agency_filter, day_filter, search_filter
from importers.enums import BatchState
from importers.kinds import KIND_CHOICES
from importers.models import ImportBatchQuerySet


class ImportFilters(FilterSet):
    """Agency, kind, state, SHA-256 of the file, days, words."""

    agency = agency_filter(field_name="agency__code")
    kind = ChoiceFilter(choices=KIND_CHOICES, label="Kind of upload.")
    state = ChoiceFilter(choices=BatchState.choices, label="State.")
    sha256 = CharFilter(max_length=64, lookup_expr="iexact", label="SHA-256 of the file, in hexadecimal digits.")
    search = search_filter()

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Return the filters; ``from`` is no name that a class could give."""
        days = {
            "from": day_filter(method="from_day", label="Only uploads of this day and later."),
            "to": day_filter(method="to_day", label="Only uploads of this day and earlier."),
        }
        return {**super().get_filters(), **days}

    def from_day(self, queryset: ImportBatchQuerySet, name: str, value: datetime.date) -> ImportBatchQuerySet:
        """Keep what came on the day or later."""
        return queryset.between(value, None)

    def to_day(self, queryset: ImportBatchQuerySet, name: str, value: datetime.date) -> ImportBatchQuerySet:
        """Keep what came on the day or earlier."""
        return queryset.between(None, value)

    def searched(self, queryset: ImportBatchQuerySet, name: str, value: str) -> ImportBatchQuerySet:
        """Keep the uploads whose file, agency or sender holds the words."""
        return queryset.search(value)


class MappingFilters(FilterSet):
    """Agency, kind."""

    agency = agency_filter(field_name="agency__code")
    kind = ChoiceFilter(choices=KIND_CHOICES, label="Kind of upload.")
