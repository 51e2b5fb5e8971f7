"""What lists of work, and of messages that were not taken, are narrowed by."""

from __future__ import annotations

from typing import Any

from django_filters import CharFilter, ChoiceFilter, DateFilter
from django_filters.rest_framework import FilterSet

from cms.assignments.enums import MessageState, WorkState
from cms.organisations.models import Agency


class AssignmentFilters(FilterSet):
    """Agency, officer, state, month, days, system, words."""

    agency = CharFilter(method="within", max_length=32, label="Code of an agency: its work, and that below it.")
    officer = CharFilter("officer__code", max_length=64, label="Code of an officer.")
    state = ChoiceFilter(choices=WorkState.choices, label="State.")
    month = DateFilter("month", label="First day of the month in which it counts.")
    due_from = DateFilter("due_on", "gte", label="Due on this day or later.")
    due_to = DateFilter("due_on", "lte", label="Due on this day or earlier.")
    system = CharFilter("system", max_length=64, label="Code of the external system that it came from.")
    outside_id = CharFilter("outside_id", max_length=200, label="What that system calls it.")
    search = CharFilter(method="find", max_length=200, label="Words in code, name or officer.")

    def within(self, queryset: Any, name: str, code: str) -> Any:
        """Keep the work of an agency and of those below it."""
        paths = frozenset(Agency.objects.filter(code=code).values_list("path", flat=True))
        return queryset.filter(agency__in=Agency.objects.within(paths).order_by().values("pk"))

    def find(self, queryset: Any, name: str, text: str) -> Any:
        """Keep what has every word."""
        return queryset.search(text)


class MessageFilters(FilterSet):
    """System, state."""

    system = CharFilter("system__code", max_length=64, label="Code of an external system.")
    state = ChoiceFilter(choices=MessageState.choices, label="State: waits for a mapping, refused.")
