"""What clusters and judgements are narrowed by."""

from __future__ import annotations

from typing import Any

from django_filters import ChoiceFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import TrueFalseFilter, day_filter
from cms.curation.enums import Verdict


class ClusterFilters(FilterSet):
    """Whether something waits."""

    waiting = TrueFalseFilter(method="which_wait", label="Whether a pair waits for a judgement.")

    def which_wait(self, queryset: Any, name: str, waits: bool) -> Any:
        """Keep clusters with something to judge, or without."""
        return queryset.filter(open_pairs__gt=0) if waits else queryset.filter(open_pairs=0)


class JudgementFilters(FilterSet):
    """Verdict, day, and whether it stands."""

    verdict = ChoiceFilter(choices=Verdict.choices, label="What was judged.")
    on = day_filter(method="made_on", label="Judged on this day.")
    stands = TrueFalseFilter(
        field_name="undone_at", lookup_expr="isnull", label="Whether it stands; `false`: it was undone."
    )

    def made_on(self, queryset: Any, name: str, day: Any) -> Any:
        """Keep judgements of one day."""
        return queryset.made_on(day)
