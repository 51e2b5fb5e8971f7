"""What the fields of items are called and how their values read, for screens, previews and files alike.

A reader has words only for the added columns that they see: what stands in others is neither named nor shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.catalogs.extra import PREFIX, Extra
from cms.catalogs.item_fields import FIELDS
from cms.catalogs.models import CatalogItem, CatalogVersion, ExtraColumn
from cms.core.numbers import format_decimal_vi

_NUMBERS = frozenset(one.key for one in FIELDS if not one.is_text)
_LATER = tuple(one.key for one in FIELDS if one.later)
NOTHING = "–"


@dataclass(frozen=True)
class FieldChange:
    """One field of an item before and after, as people read it."""

    label: str
    before: str
    after: str


class ItemWords:
    """Words for the fields of items, added columns being those that the reader sees; they are read once."""

    def __init__(self, columns: Iterable[ExtraColumn] = ()) -> None:
        self._columns = columns

    @cached_property
    def columns(self) -> dict[str, ExtraColumn]:
        """Return the columns that the reader sees, by key, in their order."""
        return {column.key: column for column in self._columns}

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of the columns that the reader sees."""
        return frozenset(self.columns)

    @property
    def stamp(self) -> str:
        """Return a short text that differs when other columns are seen, or are called or arranged otherwise."""
        said = "\x1f".join(f"{column.key}={column.name}" for column in self.columns.values())
        return hashlib.sha256(said.encode()).hexdigest()[:12] if said else ""

    def in_version(self, version: CatalogVersion) -> list[ExtraColumn]:
        """Return the columns that a version holds something in; of an open one also those that may be filled in."""
        held = version.summary.get("extra", {})
        is_open = not version.is_frozen
        return [column for key, column in self.columns.items() if key in held or (is_open and column.in_use)]

    def sees(self, name: str) -> bool:
        """Return whether the reader may know of this field."""
        return not name.startswith(PREFIX) or name.removeprefix(PREFIX) in self.columns

    def label(self, name: str) -> str:
        """Return what people call a field (``extra.<key>`` by its heading), or the taking in or out of an item."""
        if name.startswith(PREFIX):
            column = self.columns.get(name.removeprefix(PREFIX))
            return column.name if column else ""
        if name in ("added", "removed"):
            return _("Added") if name == "added" else _("Removed")
        return str(capfirst(CatalogItem._meta.get_field(name).verbose_name))  # type: ignore[union-attr]

    def shown(self, name: str, value: Any) -> str:
        """Return a value of a field, or the text that stands for it, as people read it; nothing for nothing."""
        if value is None or value == "":
            return ""
        if name.startswith(PREFIX):
            column = self.columns.get(name.removeprefix(PREFIX))
            return column.shown(str(value)) if column else ""
        return _as_number(value) if name in _NUMBERS else str(value)

    def changes(self, changes: Mapping[str, Any]) -> list[FieldChange]:
        """Return {field: (before, after)} ready to be read, without fields that the reader does not see.

        Added columns stand last, in their order.
        """
        places = {column.field_name: place for place, column in enumerate(self.columns.values())}
        return [
            FieldChange(self.label(name), self.shown(name, before) or NOTHING, self.shown(name, after) or NOTHING)
            for name, (before, after) in sorted(changes.items(), key=lambda change: places.get(change[0], -1))
            if self.sees(name)
        ]

    def filled(self, extra: Extra | None) -> list[tuple[str, str]]:
        """Return the added columns that an item fills in, as (heading, text)."""
        held = extra or {}
        return [(column.name, column.shown(held[key])) for key, column in self.columns.items() if held.get(key)]

    def optional(self, content: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the fields that came later and are filled in, as (heading, text): lists have no column for them."""
        return [(self.label(name), text) for name in _LATER if (text := self.shown(name, content.get(name)))]


def _as_number(value: Any) -> str:
    try:
        return format_decimal_vi(Decimal(str(value)))
    except InvalidOperation:
        return str(value)
