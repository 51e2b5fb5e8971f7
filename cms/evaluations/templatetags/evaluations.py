"""Levels, marks and quantities of evaluations in templates, as Vietnamese people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from cms.core.numbers import format_decimal_vi
from cms.evaluations.models import Evaluation
from cms.frameworks.blocks.words import LEVELS
from cms.scoring.inputs import COEFFICIENT_PLACES, QUANTITY_PLACES

register = template.Library()


@register.filter
def level(code: str) -> Any:
    """Return how a level is called; nothing for none."""
    return LEVELS.get(code or "", "")


@register.filter
def mark(value: Any) -> str:
    """Return a mark with a comma for decimals."""
    return "" if value is None else str(value).replace(".", ",")


@register.filter
def quantity(scaled: int) -> str:
    """Return a quantity that the engine keeps in ten-thousandths."""
    return format_decimal_vi(Decimal(scaled).scaleb(-QUANTITY_PLACES))


@register.filter
def coefficient(scaled: int) -> str:
    """Return a coefficient that the engine keeps in millionths."""
    return format_decimal_vi(Decimal(scaled).scaleb(-COEFFICIENT_PLACES))


@register.filter
def case(code: str, evaluation: Evaluation) -> str:
    """Return how the framework calls a case that holds the level down."""
    rules = evaluation.framework.definition.classification.disqualifiers if evaluation.framework else ()
    return next((each.title for each in rules if each.code == code), code)
