"""What an item is made of (``fields``), and the one check that every door asks (``check``). Pure: no Django."""

from cms.catalogs.item_fields.check import (
    SENTENCES,
    TOLERANCE,
    ItemProblem,
    Terms,
    agree,
    check_field,
    check_item,
    read_text,
    refusals,
    settle,
    settle_numbers,
)
from cms.catalogs.item_fields.fields import BESIDE, BY_KEY, FIELDS, PARTS, PLACES, ItemField
from cms.catalogs.item_fields.positions import known_positions, name_positions, position_code, split_positions

__all__ = [
    "BESIDE",
    "BY_KEY",
    "FIELDS",
    "PARTS",
    "PLACES",
    "SENTENCES",
    "TOLERANCE",
    "ItemField",
    "ItemProblem",
    "Terms",
    "agree",
    "check_field",
    "check_item",
    "known_positions",
    "name_positions",
    "position_code",
    "read_text",
    "refusals",
    "settle",
    "settle_numbers",
    "split_positions",
]
