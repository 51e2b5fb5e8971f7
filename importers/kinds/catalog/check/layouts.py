"""The columns and layouts that a catalog may come in, as data: an agency's own layout is one more Layout.

Source: the import contract, "Catalog columns"; the layouts of real templates (handbook, commune).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cms.catalogs.item_fields import BESIDE, FIELDS, PARTS, ItemField
from importers.checking.columns import Column, Kind, Layout

_KINDS: dict[str, Kind] = {"code": "code", "group": "group", "decimal": "number"}


def _column(one: ItemField, **more: Any) -> Column:
    """The column of an item's field, with the headings and the bounds that the field has everywhere."""
    return Column(
        one.key, one.heading, one.aliases, hints=one.hints, looks=one.looks, max_length=one.max_length,
        positive=one.positive, maximum=one.maximum,
        **{"kind": _KINDS.get(one.kind, "text"), "required": one.required, "filled": one.required} | more,
    )  # fmt: skip


def _beside(key: str, kind: Kind) -> Column:
    header, *aliases = BESIDE[key]
    return Column(key, header, tuple(aliases), kind)


# Where files ask for something else than doors do.
_IN_FILES: dict[str, dict[str, Any]] = {
    "name": {"required": False, "filled": False},
    "unit": {"kind": "unit", "required": True, "filled": True},
    "coefficient": {"required": True, "instead": ("score",)},
}
_OF = {one.key: _column(one, **_IN_FILES.get(one.key, {})) for one in FIELDS if one.key != "unit_quantity"}
NO, FRAME = _beside("no", "ignored"), _beside("frame", "frame")
STANDARD_SCORE = _beside("standard_score", "standard_score")
# Written into files of versions, never asked for: links to the common list are made by judgements.
COMMON = _beside("common", "ignored")
FIELD, UNIT = _OF["field"], _OF["unit"]


def _columns(*keys: str) -> tuple[Column, ...]:
    return tuple(_OF[key] for key in keys)


PLATFORM = Layout("platform", "Platform template", (NO, *_OF.values()))
HANDBOOK = Layout(
    "handbook",
    "Ministry handbook",
    (
        NO, _OF["task"], replace(_OF["name"], required=True), *_columns("output", "group"), FRAME,
        *_columns(*PARTS, "score", "coefficient", "note"),
    ),
)  # fmt: skip
COMMUNE = Layout(
    "commune", "Commune short form",
    (NO, *_columns("task", "code", "output", "group"), STANDARD_SCORE, _OF["coefficient"]),
)  # fmt: skip

LAYOUTS: tuple[Layout, ...] = (PLATFORM, HANDBOOK, COMMUNE)
