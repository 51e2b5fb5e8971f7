"""Items of a catalog as the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.catalogs.extra import PREFIX
from cms.catalogs.models import CatalogItem, ExtraColumn
from cms.core.numbers import format_decimal_vi
from importers.kinds.contract import Heading

HEADINGS = (
    Heading(_("Code")), Heading(_("Product or work")), Heading(_("Output")), Heading(_("Unit")), Heading(_("Group")),
    Heading(_("Coefficient"), is_number=True),
)  # fmt: skip
_NUMBERS = frozenset(
    ("unit_quantity", "group", "hours", "difficulty", "process", "coordination", "scope", "score", "coefficient")
)


def cells(values: Mapping[str, Any]) -> Sequence[str]:
    """Return an item under HEADINGS; a task that is not its own name stands on a second line."""
    quantity, unit = values.get("unit_quantity"), values.get("unit", "")
    name = values["name"] if values["task"] == values["name"] else f"{values['name']}\n{values['task']}"
    return (
        values["code"], name, values["output"], f"{quantity} {unit}".strip() if quantity != 1 else unit,
        str(values["group"]), shown("coefficient", values["coefficient"]),
    )  # fmt: skip


def label(name: str) -> str:
    """Return the name of an item's field."""
    if name.startswith(PREFIX):
        column = ExtraColumn.objects.filter(key=name.removeprefix(PREFIX)).first()
        return str(column or name)
    text = str(CatalogItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def shown(name: str, value: Any) -> str:
    """Return a stored value as people write it: numbers with a decimal comma, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if name not in _NUMBERS:
        return str(value)
    try:
        return format_decimal_vi(Decimal(str(value)))
    except InvalidOperation:
        return str(value)
