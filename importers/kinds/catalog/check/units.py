"""A unit as it is written and as it is stored: ``10 văn bản`` is ten times ``văn bản``."""

from __future__ import annotations

import re
from functools import lru_cache

_QUANTITY = re.compile(r"(\d{1,9})(?:\s+(\S.*))?", re.ASCII | re.DOTALL)


@lru_cache(maxsize=1024)
def read_unit(text: str) -> tuple[int, str]:
    """Quantity and unit of ``01 văn bản``, ``10 văn bản``, ``văn bản`` or ``01`` (a quantity without a unit)."""
    match = _QUANTITY.fullmatch(text)
    return (int(match[1]), match[2] or "") if match else (1, text)


def write_unit(quantity: int, unit: str) -> str:
    """The text that reads back as this quantity and unit; the quantity 1 goes without saying where it can."""
    if quantity == 1 and unit and not unit[0].isdigit():
        return unit
    return f"{quantity:02d} {unit}".strip()
