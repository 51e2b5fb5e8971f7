"""The columns of a catalog file that the platform writes, and a row's values under them.

The headings are those of the platform's own template, so that a file which was downloaded can be uploaded again with
nothing changed. Source: the import contract, "Catalog columns" and promise 7. Pure: plain values in, plain values out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cms.catalogs.extra import value_of
from cms.catalogs.item_fields import BESIDE, BY_KEY, FIELDS
from cms.core.text import fold

SHEET_NAME = "DanhMuc"
# Files are Vietnamese, whatever the language of the reader's screens.
YES_NO = {True: "Có", False: "Không"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: the item's field, its heading, and how wide it is in a workbook (in characters).

    ``kind`` says what stands in a column that the province added, whose ``key`` is its own.
    """

    key: str
    header: str
    width: int = 12
    kind: str = ""

    def value_in(self, item: Mapping[str, Any] | None) -> Any:
        """Return what stands in the item's row: text, number or day; None for nothing, as for no item at all."""
        if item is None:
            return None
        if self.kind:
            value: Any = value_of(self.kind, item["extra"].get(self.key, ""))
            return YES_NO[value] if isinstance(value, bool) else value
        value = unit_text(item["unit_quantity"], item["unit"]) if self.key == "unit" else item[self.key]
        return None if value == "" else value


# A quantity stands before its unit, in the same cell.
COLUMNS: tuple[Column, ...] = (
    Column("no", BESIDE["no"][0], 6),
    *(Column(one.key, one.heading, one.width) for one in FIELDS if one.key != "unit_quantity"),
)

# The code of the item of the common list that an item is, behind all others; nobody fills it in.
COMMON_COLUMN = Column("common", BESIDE["common"][0], 18)

# Folded words by which files call the platform's own columns; no column that the province adds may be called so.
RESERVED = frozenset(
    fold(word)
    for words in (*((column.header, *BY_KEY[column.key].aliases) for column in COLUMNS[1:]), *BESIDE.values())
    for word in words
)

HEADERS = {column.key: column.header for column in COLUMNS}
# Fields of an item from which a row is made.
ROW_FIELDS = (*BY_KEY, "extra")


def unit_text(quantity: int, unit: str) -> str:
    """Return the unit as people write it: ``văn bản`` for one, ``10 văn bản`` for ten."""
    if quantity == 1 and unit and not unit[0].isdigit():
        return unit
    return f"{quantity:02d} {unit}".strip()


def row_values(number: int, item: Mapping[str, Any], added: Sequence[Column] = ()) -> list[Any]:
    """Return an item's values in the order of COLUMNS and added ones; ``number`` is its place, counted from 1."""
    return [number, *(column.value_in(item) for column in (*COLUMNS[1:], *added))]
