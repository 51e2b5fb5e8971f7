"""What the list of agencies is narrowed by."""

from django_filters import CharFilter, ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import search_filter
from cms.organisations.enums import AgencyKind, Block
from cms.organisations.models import Agency, AgencyQuerySet


class AgencyFilters(FilterSet):
    """Kind, block, the agency above, words."""

    kind = ChoiceFilter(choices=AgencyKind.choices, label="Kind of agency.")
    block = ChoiceFilter(choices=Block.choices, label="Part of the political system.")
    parent = CharFilter(method="directly_below", max_length=32, label="Code of the agency directly above.")
    search = search_filter()

    def directly_below(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        """Keep the agencies directly below the one with this code."""
        parent = Agency.objects.filter(code=value).first()
        if parent is None:
            return queryset.none()
        return queryset.filter(path__startswith=parent.path, depth=parent.depth + 1)

    def searched(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        """Keep the agencies whose name or code holds the words."""
        return queryset.search(value)
