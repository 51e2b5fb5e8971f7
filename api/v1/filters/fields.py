"""Kinds of filter that the API's lists share: each refuses a value that it cannot read."""

from __future__ import annotations

from typing import Any

from django import forms
from django_filters import CharFilter, DateFilter, Filter, TypedChoiceFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

ISO_DATE = ["%Y-%m-%d"]


@extend_schema_field(OpenApiTypes.INT)
class IntegerFilter(Filter):
    """A whole number; ``min_value`` and ``max_value`` bound it."""

    field_class = forms.IntegerField


@extend_schema_field(OpenApiTypes.BOOL)
class TrueFalseFilter(TypedChoiceFilter):
    """``true`` or ``false``. The one that comes with the library passes over what it cannot read."""

    def __init__(self, **options: Any) -> None:
        words = [("true", "true"), ("false", "false")]
        super().__init__(choices=words, coerce=lambda word: word == "true", empty_value=None, **options)


def day_filter(**options: Any) -> DateFilter:
    """Return a filter that takes a day as ISO 8601 writes it, whatever the language of the caller."""
    return DateFilter(input_formats=ISO_DATE, **options)


def agency_filter(**options: Any) -> CharFilter:
    """Return a filter that takes an agency's code."""
    return CharFilter(max_length=32, label="Code of the agency.", **options)


def search_filter() -> CharFilter:
    """Return a filter over words, found with or without diacritics."""
    label = "Words, the last perhaps only its beginning, with or without diacritics."
    return CharFilter(method="searched", max_length=200, label=label)
