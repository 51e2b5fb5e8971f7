"""The difference of two versions as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer, VersionReferenceSerializer
from api.v1.serializers.items import API_NAMES, ItemContentSerializer, content
from cms.catalogs.difference import Changed
from cms.catalogs.extra import PREFIX

KINDS = ("new", "changed", "removed")


class CountsSerializer(serializers.Serializer[Any]):
    """Sizes of the four classes."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()
    same = serializers.IntegerField()


class FieldChangeSerializer(serializers.Serializer[Any]):
    """One field of an item, before and after; numbers as in items, null for nothing in an added column."""

    field = serializers.CharField(help_text="A field of items; `extra.<key>` for a column that the province added.")
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class DifferenceEntrySerializer(RowSerializer):
    """One item that is new, changed or removed."""

    change = serializers.ChoiceField([(kind, kind) for kind in KINDS])
    item = ItemContentSerializer(help_text="As it stands in the later version; a removed one as in the earlier.")
    changes = FieldChangeSerializer(many=True, help_text="Empty unless the item is changed.")

    def row(self, links: Links, row: tuple[str, Any]) -> dict[str, Any]:
        """Return one entry from its kind and its row or Changed."""
        kind, entry = row
        if isinstance(entry, Changed):
            return {"change": kind, "item": _content(entry.after), "changes": _changes(entry)}
        return {"change": kind, "item": _content(entry), "changes": []}


class DifferenceSerializer(serializers.Serializer[Any]):
    """The difference of two versions, one page of its entries at a time; the counts are of the whole."""

    to = VersionReferenceSerializer()
    counts = CountsSerializer()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = DifferenceEntrySerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that Python keeps for itself."""
        earlier = VersionReferenceSerializer(allow_null=True, help_text="Null when there is none: every item is new.")
        return {"from": earlier} | super().get_fields()


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    # The comparison has left only the columns that the caller sees.
    return content(SimpleNamespace(**row), row["extra"].keys())


def _changes(changed: Changed) -> list[dict[str, Any]]:
    before, after = _content(changed.before), _content(changed.after)
    changes = []
    for name, (was, now) in changed.changes.items():
        shown = API_NAMES.get(name, name)
        pair = (was or None, now or None) if name.startswith(PREFIX) else (before[shown], after[shown])
        changes.append({"field": shown, "before": pair[0], "after": pair[1]})
    return changes
