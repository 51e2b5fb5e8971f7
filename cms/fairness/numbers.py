"""From the whole numbers of statistics to exact decimals, and back."""

from __future__ import annotations

from decimal import Decimal

from cms.analysis.fairness import UNIT


def exact(number: int) -> Decimal:
    """Return ten-thousandths as the number that they are."""
    return Decimal(number) / UNIT


def whole(number: Decimal) -> int:
    """Return a number of at most four places in ten-thousandths."""
    return int(number * UNIT)
