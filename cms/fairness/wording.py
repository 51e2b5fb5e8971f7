"""Findings in sentences, as appraisers read them and may send them to the agency."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.core.numbers import format_decimal_vi
from cms.fairness.enums import FindingKind


def sentence_of(kind: str, numbers: Mapping[str, Decimal], compared: int) -> str:
    """Return what stands out, with its numbers: value, usual, low and high."""
    # Only hours by coefficient are a quotient: all others are numbers that somebody wrote.
    places = Decimal("0.01") if kind == FindingKind.HOURS else Decimal("0.0001")
    words = {name: format_decimal_vi(number.quantize(places)) for name, number in numbers.items()}
    return _sentence(kind) % {**words, "compared": compared}


def _sentence(kind: str) -> str:
    sentences = {
        FindingKind.WEIGHT: _(
            "The coefficient is %(value)s, while the usual one of %(compared)s agencies for the same work is %(usual)s."
        ),
        FindingKind.GROUP: _(
            "The complexity group is %(value)s, while most of %(compared)s agencies put the same work in group "
            "%(usual)s."
        ),
        FindingKind.HOURS: _(
            "One unit of coefficient stands for %(value)s hours, while it is usually %(usual)s (half of them "
            "from %(low)s to %(high)s) for the %(compared)s items of the same complexity group."
        ),
        FindingKind.COEFFICIENT: _(
            "The coefficient is %(value)s, while it is usually %(usual)s (half of them from %(low)s to %(high)s) for "
            "the %(compared)s items of the same complexity group at agencies of the same kind."
        ),
        FindingKind.LIST: _(
            "Coefficients of this list are %(value)s%% of the usual ones: the median over %(compared)s works that "
            "other agencies list as well."
        ),
    }
    return sentences[FindingKind(kind)]
