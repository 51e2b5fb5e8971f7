"""What the list of remarks is narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter, UUIDFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import TrueFalseFilter
from cms.catalogs.enums import RemarkKind


class RemarkFilters(FilterSet):
    """Kind, item, whether it still stands."""

    kind = ChoiceFilter(choices=RemarkKind.choices, label="Kind of remark.")
    item = UUIDFilter(field_name="item__identity", label="Identity of an item.")
    resolved = TrueFalseFilter(method="is_resolved", label="Whether the agency has submitted again since.")

    def is_resolved(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep what still stands, or what does not."""
        return queryset.filter(resolved_at__isnull=not value)
