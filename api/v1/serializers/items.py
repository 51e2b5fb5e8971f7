"""Items of versions as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer, decimal_field, text
from cms.catalogs.extra import only
from cms.catalogs.item_fields import FIELDS, ItemField
from cms.catalogs.models import CatalogItem
from cms.core.numbers import format_decimal_vi
from cms.curation.asking import Question
from cms.curation.linked import LinkedCommon

# Names that the API writes otherwise than the model.
API_NAMES = {one.key: one.api_name for one in FIELDS if one.api_name != one.key}
COLUMN_NAMES = {api_name: name for name, api_name in API_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an item's JSON: the column that it tells, and the field that documents it.

    Decimals are told as text with four places. Python writes single items of it, the database lists and exports.
    """

    name: str
    column: str
    document: Callable[[], serializers.Field]
    is_decimal: bool = False


def _document(one: ItemField) -> serializers.Field:
    if one.kind == "decimal":
        return decimal_field(one.api_help or "", null=not one.always)
    if one.is_text:
        return serializers.CharField(allow_blank=not one.required, help_text=one.api_help)
    return serializers.IntegerField(help_text=one.api_help)


IDENTITY = "The same in every version that carries the item."
# All that an item says; beside it stands ``extra``, of which callers see different parts.
MEMBERS = (
    Member("identity", "identity", partial(serializers.UUIDField, help_text=IDENTITY)),
    Member("position", "position", serializers.IntegerField),
    *(Member(one.api_name, one.key, partial(_document, one), one.kind == "decimal") for one in FIELDS),
)
# Columns that a list reads: rows are read as these, not as model instances, and from one table alone. Joined to their
# versions they would be sorted by the database instead of being read in the order of an index.
ITEM_COLUMNS = ("pk", "version_id", "code_key", *(one.column for one in MEMBERS), "extra")

# Which common item it is: a link beside the item, which may change while the item cannot.
COMMON = "common_item"


def columns_for(chosen: Collection[str], *more: str) -> tuple[str, ...]:
    """Return the columns to read where only some fields are asked for: theirs, what places a row, and ``more``.

    Where ``common_item`` is among them, ``with_common_item`` has it.
    """
    if not chosen:
        return *ITEM_COLUMNS, COMMON
    needed = {"pk", "version_id", "identity", *more, *(COLUMN_NAMES.get(name, name) for name in chosen)}
    return tuple(name for name in (*ITEM_COLUMNS, COMMON) if name in needed)


def with_common_item(items: QuerySet[CatalogItem]) -> QuerySet[Any]:
    """Return items with the identity of the common item in force that each is, as ``common_item``."""
    return items.annotate(**{COMMON: LinkedCommon()})


class ItemContentSerializer(RowSerializer):
    """What an item says, whatever version it stands in."""

    extra = serializers.DictField(
        child=serializers.CharField(),
        help_text="Texts in the columns that the province added, by their keys in `columns/`; empty ones are left out.",
    )

    def get_fields(self) -> dict[str, Any]:
        """Return the members, and what is declared beside them."""
        return {one.name: one.document() for one in MEMBERS} | super().get_fields()


class ItemSerializer(ItemContentSerializer):
    """An item of a version."""

    url = serializers.URLField(help_text="Permanent address.")
    agency = serializers.CharField(help_text="Code of the agency.")
    version = serializers.IntegerField(help_text="Number of the version.")
    common_item = serializers.UUIDField(
        allow_null=True,
        help_text="Identity of the item of the common list in force that it is, as `common-items/` has it; null: none.",
    )

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one item from a row of ``columns_for``; the context knows the ``places`` of their versions."""
        agency, version, columns = self.context["places"][row.version_id]
        place = {"url": links.item(agency, version, row.identity), "agency": agency, "version": version}
        if not self.chosen or COMMON in self.chosen:
            place[COMMON] = getattr(row, COMMON)
        return place | content(row, columns, self.chosen)


# An item as it was just written: what it is probably the same as stands beside what it says, and keeps nothing.
WRITTEN_ITEM: dict[str, Any] = {
    "allOf": [
        {"$ref": "#/components/schemas/Item"},
        {
            "type": "object",
            "required": ["warnings"],
            "properties": {
                "warnings": {
                    "type": "array",
                    "description": "Known works that the item is probably the same as: in this version (`own`), in the "
                    "common list (`common`), in other agencies' lists in effect (`other`).",
                    "items": {
                        "type": "object",
                        "required": ["list", "message"],
                        "properties": {
                            "list": {"type": "string", "enum": ["own", "common", "other"]},
                            "message": {"type": "string", "description": "A sentence for people."},
                        },
                    },
                }
            },
        },
    ]
}


def warnings_about(question: Question) -> list[dict[str, str]]:
    """Return what an item is like as warnings, in the words of the workbench's form."""
    found = [("own", _("Your own list:"), item.code, item) for item in question.own]
    found += [("common", _("The common list:"), "", question.common)] if question.common else []
    found += [("other", f"{item.version.catalog.agency.name}:", "", item) for item in question.named]
    return [
        {"list": place, "message": f"{whose} {f'{code} – ' if code else ''}{item.name}, {_coefficient(item)}"}
        for place, whose, code, item in found
    ]


def _coefficient(item: CatalogItem) -> str:
    return _("coefficient %(coefficient)s") % {"coefficient": format_decimal_vi(item.coefficient.normalize())}


def content(row: Any, columns: Collection[str], chosen: Collection[str] = ()) -> dict[str, Any]:
    """Return the content of an item, from a row that has its columns as attributes; ``chosen`` fields alone, if any.

    ``columns`` are the keys of the added columns that the caller sees. Of chosen fields the row needs ``columns_for``.
    """
    serialized = {}
    for one in MEMBERS:
        if not chosen or one.name in chosen:
            value = getattr(row, one.column)
            serialized[one.name] = text(value) if one.is_decimal else value
    if not chosen or "extra" in chosen:
        serialized["extra"] = only(row.extra, columns)
    return serialized


def item_etag(row: Any, columns: Collection[str]) -> str:
    """Return the ETag of an item of a version that can still change, made of what the caller sees of it."""
    serialized = orjson.dumps([row.version_id, content(row, columns)], option=orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(serialized).hexdigest()[:32]}"'
