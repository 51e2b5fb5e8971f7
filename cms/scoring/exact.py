"""Exact numbers: read from text, rounded once, written for machines and for people. Never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?", re.ASCII)
# Powers of ten between which a number of that form lies: 1e999999999 is never written out.
_LEAST_POWER, _MOST_POWER = -12, 14


def read_number(value: Any) -> Fraction | None:
    """Return the exact value of a decimal in text, an int or a Decimal; None for anything else, floats included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        value = _written_out(value)
    elif isinstance(value, int):
        value = str(value) if abs(value) < 10 ** (_MOST_POWER + 1) else None
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return None
    return Fraction(value)


def _written_out(value: Decimal) -> str | None:
    if not value.is_finite():
        return None
    if not value:
        return "0"
    return format(value, "f") if _LEAST_POWER <= value.adjusted() <= _MOST_POWER else None


def decimals_of(value: Fraction) -> int | None:
    """Return how many decimals the number needs to be written exactly; None when no number of decimals is enough."""
    denominator, twos, fives = value.denominator, 0, 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def half_up(value: Fraction, places: int) -> Fraction:
    """Return the number rounded to so many decimals; a half goes away from zero (domain rule: 89.995 is 90.00)."""
    rounded = Fraction(_scaled(value, places), 10**places)
    return rounded if value.numerator >= 0 else -rounded


def _scaled(value: Fraction, places: int) -> int:
    """Return the absolute value in units of the last decimal, half up: a whole number, since many are written."""
    scale: int = 10**places
    return (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)


def to_text(value: Fraction, places: int | None = None) -> str:
    """Write a number with a point: rounded half up to ``places``, or exactly and as short as can be without them.

    >>> to_text(Fraction(5, 2)), to_text(Fraction(5, 2), 2)
    ('2.5', '2.50')

    Raises ValueError for a fraction that no number of decimals writes exactly.
    """
    if places is None:
        places = decimals_of(value)
        if places is None:
            raise ValueError(f"{value} has no exact decimal text")
    rounded = _scaled(value, places)
    digits = str(rounded).rjust(places + 1, "0")
    sign = "-" if value.numerator < 0 and rounded else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def to_vietnamese(value: Fraction, places: int | None = None) -> str:
    """Write a number as Vietnamese people do: a comma for decimals, a point between thousands."""
    whole, _, decimals = to_text(value, places).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"
