"""What the list of catalogs is narrowed by."""

from django_filters import ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import search_filter
from cms.catalogs.models import CatalogQuerySet
from cms.organisations.enums import AgencyKind, Block
from cms.organisations.models import Agency


class CatalogFilters(FilterSet):
    """Kind and block of the agency, words of its name."""

    kind = ChoiceFilter(field_name="agency__kind", choices=AgencyKind.choices, label="Kind of agency.")
    block = ChoiceFilter(field_name="agency__block", choices=Block.choices, label="Part of the political system.")
    search = search_filter()

    def searched(self, queryset: CatalogQuerySet, name: str, value: str) -> CatalogQuerySet:
        """Keep the catalogs of agencies whose name or code holds the words."""
        return queryset.filter(agency__in=Agency.objects.search(value))
