"""What the list of frameworks is narrowed by."""

from django_filters import CharFilter, ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import search_filter
from cms.frameworks.enums import SubjectKind
from cms.frameworks.models import FrameworkQuerySet


class FrameworkFilters(FilterSet):
    """Whom it judges, whose it is, words of its name."""

    subject = ChoiceFilter(choices=SubjectKind.choices, label="Whom the framework judges.")
    agency = CharFilter(field_name="agency__code", label="Code of the agency whose own framework it is.")
    search = search_filter()

    def searched(self, queryset: FrameworkQuerySet, name: str, value: str) -> FrameworkQuerySet:
        """Keep the frameworks whose name or code holds the words."""
        return queryset.search(value)
