"""Items and their changes as people read them: labelled, numbers with a decimal comma."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.catalogs.difference import Changed
from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import CatalogItem, ItemRemark
from cms.core.numbers import format_decimal_vi

_NUMBERS = frozenset({"hours", "difficulty", "process", "coordination", "scope", "score", "coefficient"})
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class ChangeLine:
    """One field that differs, before and after, ready to be read."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RemarkLine:
    """A remark with its changes ready to be read."""

    remark: ItemRemark
    changes: list[ChangeLine]

    @property
    def is_change(self) -> bool:
        """Return whether the appraiser changed something, rather than leaving a note."""
        return self.remark.kind == RemarkKind.CHANGE


def remark_line(remark: ItemRemark) -> RemarkLine:
    """Return the remark as the screens show it."""
    return RemarkLine(remark, change_lines(remark.changes))


def change_lines(changes: Mapping[str, Any]) -> list[ChangeLine]:
    """Return {field: (before, after)} as lines, in the order of the item's fields."""
    return [
        ChangeLine(field_label(name), _shown(name, pair[0]), _shown(name, pair[1])) for name, pair in changes.items()
    ]


def changed_lines(changed: Changed) -> list[ChangeLine]:
    """Return the changes of one item of a difference as lines."""
    return change_lines(changed.changes)


def field_label(name: str) -> str:
    """Return what people call a field of an item, or the taking in or out of a whole item."""
    if name == "added":
        return _("Added")
    if name == "removed":
        return _("Removed")
    field: Any = CatalogItem._meta.get_field(name)
    return str(capfirst(field.verbose_name))


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if name in _NUMBERS and _PLAIN_NUMBER.fullmatch(str(value)):
        return format_decimal_vi(Decimal(str(value)))
    return str(value)
