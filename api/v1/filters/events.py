"""What the feed of events is narrowed by."""

from __future__ import annotations

from django_filters import BaseInFilter, ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import agency_filter
from api.v1.serializers.events import TYPES
from cms.audit.acts import codes_of_types
from cms.audit.models import AuditEventQuerySet


class TypesFilter(BaseInFilter, ChoiceFilter):
    """Types of events, with commas between them."""


class EventFilters(FilterSet):
    """Type, agency."""

    type = TypesFilter(choices=TYPES, method="of_types", label="Types, with commas between them.")
    agency = agency_filter(field_name="agency_code")

    def of_types(self, queryset: AuditEventQuerySet, name: str, value: list[str]) -> AuditEventQuerySet:
        """Keep the events of some types. A type without a name counts as not sent, as any empty parameter does."""
        named = [type_ for type_ in value if type_]
        return queryset.filter(action__in=codes_of_types(named)) if named else queryset
