"""Numbers on screens as Vietnamese people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from cms.core.numbers import format_decimal_vi

register = template.Library()


@register.filter
def vi_number(value: Any) -> str:
    """Show a number with a decimal comma and dots between thousands, without idle zeros; nothing for None."""
    if value is None or value == "":
        return ""
    return format_decimal_vi(Decimal(str(value)))
