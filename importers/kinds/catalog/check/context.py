"""What goes into a check of a catalog, beside the file: plain values."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, make_dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from cms.catalogs.item_fields import BY_KEY, FIELDS
from importers.checking.columns import Layout
from importers.kinds.catalog.check.layouts import LAYOUTS
from importers.reading.contract import Limits

# What an item is made of, in the order in which differences are shown.
ITEM_FIELDS = (*BY_KEY, "extra")


_Content: Any = make_dataclass(
    "_Content",
    [
        ("identity", Hashable),
        *((one.key, Any, field(default=one.blank)) for one in FIELDS),
        ("extra", dict[str, str], field(default_factory=dict)),
    ],
    frozen=True,
    slots=True,
)


class BaseItem(_Content):
    """An item of the version that the file is compared with; ``extra``: columns that the province added."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[BaseItem], tuple[Any, ...]]:
        # A base is sent to the judging process, item by item.
        return BaseItem, _ALL(self)

    def values(self) -> dict[str, Any]:
        """The content of the item by field."""
        return {name: getattr(self, name) for name in ITEM_FIELDS}


_ALL = attrgetter(*BaseItem.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Context:
    """What the check must know about the version that the file is for.

    ``prefix`` makes codes (``VP`` gives ``VP.001``) for layouts without a code column; ``used_codes`` are codes of
    earlier versions that must not be given again. ``standard_score`` is the divisor of scores. ``positions`` are
    those that ``item_fields.known_positions`` gives.
    """

    standard_score: Decimal
    prefix: str = ""
    max_group: int = 5
    group_frames: dict[int, Decimal] = field(default_factory=dict)
    base_items: tuple[BaseItem, ...] | list[BaseItem] = ()
    used_codes: frozenset[str] = frozenset()
    positions: dict[str, str] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = LAYOUTS
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What the lines above the header say of the standard unit."""

    sheet: str
    row: int
    standard_unit: str
    standard_score: Decimal | None
    text: str

    def as_json(self) -> dict[str, str | None]:
        """The facts as they are kept: a number is text."""
        score = None if self.standard_score is None else str(self.standard_score)
        return {"standard_unit": self.standard_unit, "standard_score": score}
