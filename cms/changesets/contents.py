"""What proposals say of items: kept as JSON, read back as an item holds it, and shown as people write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from cms.catalogs.item_fields import BY_KEY, PARTS
from cms.catalogs.models import CatalogItem
from cms.core.numbers import format_decimal_vi


def as_item_holds(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return kept contents with numbers as numbers; JSON keeps decimals as texts."""
    return {name: _read(name, value) for name, value in values.items()}


def _read(name: str, value: Any) -> Any:
    one = BY_KEY.get(name)
    return Decimal(value) if one and one.kind == "decimal" and isinstance(value, str) else value


def with_coefficient(item: CatalogItem, coefficient: Decimal) -> dict[str, Any]:
    """Return what changes where an item gets another coefficient.

    Its score follows by the divisor of its version; part scores, which explain the old score, are emptied.
    """
    values: dict[str, Any] = {"coefficient": coefficient}
    if item.score is not None:
        values["score"] = (coefficient * item.version.divisor).quantize(Decimal("0.0001"))
        values |= {part: None for part in PARTS if getattr(item, part) is not None}
    return values


def shown(name: str, value: Any) -> str:
    """Return a kept value as people read it."""
    value = _read(name, value)
    if value is None or value == "":
        return "–"
    return format_decimal_vi(value.normalize()) if isinstance(value, Decimal) else str(value)


def lines_of(values: Mapping[str, Any], former: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Yield each field that a proposal sets: its heading, what stood there, what is to stand there."""
    for name, value in values.items():
        heading = BY_KEY[name].heading if name in BY_KEY else name
        yield heading, shown(name, former.get(name)), shown(name, value)
