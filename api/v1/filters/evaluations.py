"""What periods, evaluations and results are narrowed by."""

from __future__ import annotations

from django_filters import CharFilter, ChoiceFilter, UUIDFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import IntegerFilter, agency_filter, day_filter
from api.v1.serializers.evaluations import STANDS_AT
from cms.evaluations.enums import PeriodKind
from cms.evaluations.models import EvaluationQuerySet
from cms.scoring.definition.words import LEVELS

_LEVELS = [(each, each) for each in LEVELS]


def _officer_filter(field_name: str) -> CharFilter:
    return CharFilter(field_name=field_name, max_length=32, label="Code of the officer.")


class PeriodFilters(FilterSet):
    """Agency, how long, and the first day."""

    agency = agency_filter(field_name="agency__code")
    kind = ChoiceFilter(choices=PeriodKind.choices, label="How long.")
    from_day = day_filter(field_name="first_day", lookup_expr="gte", label="Periods that begin on this day or later.")
    to_day = day_filter(field_name="last_day", lookup_expr="lte", label="Periods that end on this day or before.")


class EvaluationFilters(FilterSet):
    """Period, agency, officer, and where it stands."""

    period = IntegerFilter(field_name="period", min_value=1, max_value=2**31 - 1, label="Id of the period.")
    agency = agency_filter(field_name="agency__code")
    officer = _officer_filter("officer__code")
    stands_at = ChoiceFilter(choices=STANDS_AT, method="standing_at", label="Where it stands.")

    def standing_at(self, queryset: EvaluationQuerySet, name: str, value: str) -> EvaluationQuerySet:
        """Keep the evaluations that stand there."""
        if value == "absent":
            return queryset.exclude(absence="")
        return queryset.counted().filter(awaits="" if value == "decided" else value)


class ResultFilters(FilterSet):
    """Period, agency, officer, evaluation, level by the points."""

    period = IntegerFilter(field_name="evaluation__period", min_value=1, max_value=2**31 - 1, label="Id of the period.")
    agency = agency_filter(field_name="evaluation__agency__code")
    officer = _officer_filter("evaluation__officer__code")
    evaluation = UUIDFilter(field_name="evaluation__identity", label="Key of the evaluation.")
    level_by_points = ChoiceFilter(field_name="level", choices=_LEVELS, label="Level by the points.")


class ReceiptFilters(FilterSet):
    """The check code."""

    hash = CharFilter(field_name="content_hash", max_length=71, label="Check code of a receipt.")
    evaluation = UUIDFilter(field_name="evaluation__identity", label="Key of the evaluation.")
