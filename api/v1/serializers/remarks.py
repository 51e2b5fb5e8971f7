"""What stands against a version as JSON: remarks of appraisers, and findings of the checks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer
from api.v1.serializers.items import API_NAMES
from cms.catalogs.enums import RemarkKind, Severity
from cms.catalogs.models import ItemRemark
from cms.catalogs.rules import Finding
from cms.catalogs.wording import ItemWords

# So many codes of a finding are named; its message says how many there are.
MOST_CODES = 100


class RemarkChangeSerializer(serializers.Serializer[Any]):
    """One field that an appraiser changed, before and after."""

    field = serializers.CharField(help_text="A field of items, `extra.<key>`, or `added`, `removed`: the item's name.")
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class RemarkItemSerializer(serializers.Serializer[Any]):
    """The item that a remark is about."""

    code = serializers.CharField(help_text="As it was when the remark was made.")
    identity = serializers.UUIDField(allow_null=True, help_text="Null when the item has been removed.")


class RemarkSerializer(RowSerializer):
    """A note of an appraiser, or a change that an appraiser made."""

    kind = serializers.ChoiceField(RemarkKind.choices)
    item = RemarkItemSerializer(allow_null=True, help_text="Null when the whole version is meant.")
    text = serializers.CharField(allow_blank=True, help_text="The note, or the reason of the change.")
    changes = RemarkChangeSerializer(many=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(
        allow_null=True,
        help_text="Of a note: when the appraiser closed it. Of a change: when the agency submitted again.",
    )

    def row(self, links: Links, row: ItemRemark) -> dict[str, Any]:
        """Return one remark, without changes of columns that the caller does not see; its item comes with the query."""
        words: ItemWords = self.context["view"].words
        return {
            "kind": row.kind,
            "item": _item(row),
            "text": row.text,
            "changes": [
                {"field": API_NAMES.get(name, name), "before": before, "after": after}
                for name, (before, after) in row.changes.items()
                if words.sees(name)
            ],
            "by": str(row.by),
            "at": row.at,
            "resolved_at": row.resolved_at,
        }


def _item(remark: ItemRemark) -> dict[str, Any] | None:
    if not remark.item_code:
        return None
    return {"code": remark.item_code, "identity": remark.item and remark.item.identity}


class FindingSerializer(RowSerializer):
    """One thing that the checks found."""

    rule = serializers.CharField(help_text="Stable name of the check.")
    severity = serializers.ChoiceField(Severity.choices, help_text="`blocks` stops a submission.")
    message = serializers.CharField(help_text="What is wrong and how to mend it.")
    codes = serializers.ListField(
        child=serializers.CharField(), help_text=f"Of the items concerned, the first {MOST_CODES}; empty: the version."
    )

    def row(self, links: Links, row: Finding) -> dict[str, Any]:
        """Return one finding."""
        data = {"rule": row.rule, "severity": row.severity, "message": str(row)}
        return data | {"codes": list(row.codes[:MOST_CODES])}


class FindingCountsSerializer(serializers.Serializer[Any]):
    """How many findings there are."""

    blocks = serializers.IntegerField()
    advises = serializers.IntegerField()


class FindingsSerializer(serializers.Serializer[Any]):
    """What the checks find in a version as it is now, one page at a time; the counts are of the whole."""

    counts = FindingCountsSerializer()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FindingSerializer(many=True)
