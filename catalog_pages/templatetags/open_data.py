"""What the page of open data needs beside its data sets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from catalog_pages.open_data.dictionary import Bilingual
from cms.core.numbers import format_decimal_vi

register = template.Library()


@register.simple_tag
def in_language(text: Bilingual) -> str:
    """Return a text in the language of the screen."""
    return text.in_language(get_language() or "")


@register.filter
def get_label(labels: Mapping[str, Bilingual], key: str) -> Bilingual:
    """Return the label of a key."""
    return labels[key]


@register.simple_tag
def row_count(counts: Mapping[str, int], code: str) -> str:
    """Return how many rows a dataset has, nothing where they are not counted beforehand."""
    return format_decimal_vi(Decimal(counts[code])) if code in counts else ""
