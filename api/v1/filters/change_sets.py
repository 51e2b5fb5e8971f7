"""What change sets and proposals about items are narrowed by."""

from __future__ import annotations

from typing import Any

from django_filters import ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.pagination import TOP_KEY
from api.v1.filters.fields import IntegerFilter, TrueFalseFilter, agency_filter
from cms.changesets.enums import Answer, Outcome, ProposalKind, SetState


class ChangeSetFilters(FilterSet):
    """Where the set stands."""

    state = ChoiceFilter(choices=SetState.choices, label="Where the set stands.")


class ProposalFilters(FilterSet):
    """Set, agency, kind, answer, outcome, and what waits for the caller's agency."""

    change_set = IntegerFilter(min_value=1, max_value=TOP_KEY, label="Number of the change set.")
    agency = agency_filter(field_name="catalog__agency__code")
    kind = ChoiceFilter(choices=ProposalKind.choices, label="What is to become of the item.")
    answer = ChoiceFilter(choices=Answer.choices, label="What the agency says.")
    outcome = ChoiceFilter(choices=Outcome.choices, label="What the appraisers said.")
    in_set = TrueFalseFilter(
        field_name="change_set", lookup_expr="isnull", exclude=True, label="Whether it stands in a change set."
    )
    asked = TrueFalseFilter(method="which_ask", label="Whether your agency's answer is waited for.")

    def which_ask(self, queryset: Any, name: str, is_asked: bool) -> Any:
        """Keep what waits for an answer of the caller's agencies, or the rest."""
        waiting = queryset.asked_of(self.request.user).order_by().values("pk")
        return queryset.filter(pk__in=waiting) if is_asked else queryset.exclude(pk__in=waiting)
