"""What figures from outside are narrowed by."""

from __future__ import annotations

from django_filters import CharFilter
from django_filters.rest_framework import FilterSet

from api.v1.filters.fields import TrueFalseFilter, agency_filter, day_filter


class OutsideFigureFilters(FilterSet):
    """Agency, officer, indicator, days of measuring, and whether they stand."""

    agency = agency_filter(field_name="agency__code")
    officer = CharFilter("officer__code", max_length=64, label="Code of the officer.")
    indicator = CharFilter("code", max_length=60, label="Code of the indicator.")
    from_day = day_filter(field_name="measured_on", lookup_expr="gte", label="Measured on this day or later.")
    to_day = day_filter(field_name="measured_on", lookup_expr="lte", label="Measured on this day or before.")
    stands = TrueFalseFilter(
        field_name="withdrawn_at", lookup_expr="isnull", label="Whether it stands; `false`: withdrawn."
    )
