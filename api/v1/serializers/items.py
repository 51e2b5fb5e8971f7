"""Items of versions as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

import orjson
from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer, decimal_field, text
from cms.catalogs.extra import only
from cms.catalogs.item_fields import FIELDS

# Columns that a list reads: rows are read as these, not as model instances, and from one table alone. Joined to their
# versions they would be sorted by the database instead of being read in the order of an index.
ITEM_COLUMNS = (
    "pk", "version_id", "code_key", "identity", "position", "code", "field", "task", "name", "output", "unit",
    "unit_quantity", "group", "hours", "difficulty", "process", "coordination", "scope", "score", "coefficient",
    "legal", "note", "extra",
)  # fmt: skip
# Names that the API writes otherwise than the model.
API_NAMES = {one.key: one.api_name for one in FIELDS if one.api_name != one.key}
COLUMN_NAMES = {told: name for name, told in API_NAMES.items()}
_DECIMALS = frozenset(one.key for one in FIELDS if one.kind == "decimal")


def columns_for(chosen: Collection[str], *more: str) -> tuple[str, ...]:
    """Return the columns to read where only some fields are asked for: theirs, what places a row, and ``more``."""
    if not chosen:
        return ITEM_COLUMNS
    needed = {"pk", "version_id", "identity", *more, *(COLUMN_NAMES.get(name, name) for name in chosen)}
    return tuple(name for name in ITEM_COLUMNS if name in needed)


class ItemContentSerializer(RowSerializer):
    """What an item says, whatever version it stands in."""

    identity = serializers.UUIDField(help_text="The same in every version that carries the item.")
    position = serializers.IntegerField()
    code = serializers.CharField()
    field = serializers.CharField(allow_blank=True, help_text="Field of work.")
    task = serializers.CharField()
    name = serializers.CharField(help_text="Product or work.")
    output = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    unit_quantity = serializers.IntegerField()
    group = serializers.IntegerField(help_text="Complexity group.")
    hours = decimal_field("Standard hours.", null=True)
    difficulty = decimal_field("Part-score: difficulty, creativity.", null=True)
    process = decimal_field("Part-score: process, time.", null=True)
    coordination = decimal_field("Part-score: coordination.", null=True)
    scope = decimal_field("Part-score: scope of application.", null=True)
    score = decimal_field("Score.", null=True)
    coefficient = decimal_field("How many standard units the item is worth.")
    legal_basis = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    extra = serializers.DictField(
        child=serializers.CharField(),
        help_text="Texts in the columns that the province added, by their keys in `columns/`; empty ones are left out.",
    )


class ItemSerializer(ItemContentSerializer):
    """An item of a version."""

    url = serializers.URLField(help_text="Permanent address.")
    agency = serializers.CharField(help_text="Code of the agency.")
    version = serializers.IntegerField(help_text="Number of the version.")

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one item from a row of ITEM_COLUMNS; the context knows the ``places`` of their versions."""
        agency, version, columns = self.context["places"][row.version_id]
        place = {"url": links.item(agency, version, row.identity), "agency": agency, "version": version}
        return place | (chosen_content(row, columns, self.chosen) if self.chosen else content(row, columns))


def content(row: Any, columns: Collection[str]) -> dict[str, Any]:
    """Return the content of an item, from a row that has its columns as attributes.

    ``columns`` are the keys of the added columns that the caller sees.
    """
    return {
        "identity": row.identity,
        "position": row.position,
        "code": row.code,
        "field": row.field,
        "task": row.task,
        "name": row.name,
        "output": row.output,
        "unit": row.unit,
        "unit_quantity": row.unit_quantity,
        "group": row.group,
        "hours": text(row.hours),
        "difficulty": text(row.difficulty),
        "process": text(row.process),
        "coordination": text(row.coordination),
        "scope": text(row.scope),
        "score": text(row.score),
        "coefficient": text(row.coefficient),
        "legal_basis": row.legal,
        "note": row.note,
        "extra": only(row.extra, columns),
    }


def chosen_content(row: Any, columns: Collection[str], chosen: Collection[str]) -> dict[str, Any]:
    """Return some fields of an item, from a row that has ``columns_for`` them and perhaps no other."""
    told = {}
    for column in ITEM_COLUMNS:
        name = API_NAMES.get(column, column)
        if name in chosen:
            value = getattr(row, column)
            told[name] = text(value) if name in _DECIMALS else only(value, columns) if name == "extra" else value
    return told


def item_etag(row: Any, columns: Collection[str]) -> str:
    """Return the ETag of an item of a version that can still change, made of what the caller sees of it."""
    told = orjson.dumps([row.version_id, content(row, columns)], option=orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(told).hexdigest()[:32]}"'
