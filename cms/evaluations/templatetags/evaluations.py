"""Levels, marks and quantities of evaluations in templates, as Vietnamese people write them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import template

from cms.core.dates import format_date_vi
from cms.core.numbers import format_decimal_vi
from cms.evaluations.enums import Step
from cms.evaluations.explained import case_title
from cms.evaluations.models import Evaluation
from cms.evaluations.presenters import moved_words
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
    return case_title(evaluation, code)


@register.filter
def step_line(data: dict[str, Any]) -> str:
    """Return a step as an evaluation keeps it: what it is called, and until when it is to be done."""
    name = data["name"] or str(Step(data["step"]).label)
    return f"{name} ({format_date_vi(datetime.date.fromisoformat(data['due']))})" if data["due"] else name


@register.filter
def moved(row: Any) -> str:
    """Return what the period before came to, and by how much the total of a row has moved since."""
    return moved_words(row)
