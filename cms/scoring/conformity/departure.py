"""What is told of a departure, and how figures stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from cms.scoring.exact import decimals_of, to_vietnamese


@dataclass(frozen=True)
class Departure:
    """One departure: its article, what the decree says, what the framework says, and the path at which it does.

    ``code`` is for other tools and never changes once published; the texts are Vietnamese, as the decree is.
    """

    code: str
    article: str
    decree: str
    framework: str
    path: str


def number(value: Fraction) -> str:
    """Write a number as it is, or about as it is where it has no end."""
    places = decimals_of(value)
    return to_vietnamese(value) if places is not None and places <= 4 else f"≈ {to_vietnamese(value, 2)}"


def listed(texts: Iterable[str]) -> str:
    """Write several texts as one."""
    return "; ".join(texts)
