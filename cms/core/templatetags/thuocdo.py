"""Numbers as Vietnamese people write them, and words that were searched for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.core import marking
from cms.core.numbers import format_decimal_vi

register = template.Library()


@register.filter
def vi_number(value: Any) -> str:
    """Show a number with a decimal comma and dots between thousands, without idle zeros; nothing for None."""
    if value is None or value == "":
        return ""
    return format_decimal_vi(Decimal(str(value)))


@register.simple_tag(takes_context=True)
def page_query(context: template.RequestContext, number: int, name: str = "") -> str:
    """Return the query of another page of the list that ``name`` (else "page") turns; all else asked for stays."""
    asked = context["request"].GET.copy()
    asked[name or "page"] = number
    return f"?{asked.urlencode()}"


@register.filter
def mark_words(text: str, query: str) -> SafeString:
    """Show a text with the words marked that were searched for."""
    return marking.mark_words(text, query)
