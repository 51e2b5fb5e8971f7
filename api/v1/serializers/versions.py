"""Versions of catalogs as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import (
    AgencyReferenceSerializer,
    RowSerializer,
    VersionReferenceSerializer,
    decimal_field,
    text,
)
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion


class DecisionSerializer(serializers.Serializer[Any]):
    """The Chairman's decision."""

    number = serializers.CharField()
    date = serializers.DateField()


class VersionSerializer(RowSerializer):
    """One edition of an agency's catalog."""

    url = serializers.URLField(help_text="Permanent address.")
    agency = AgencyReferenceSerializer()
    number = serializers.IntegerField()
    year = serializers.IntegerField()
    state = serializers.ChoiceField(VersionState.choices)
    decision = DecisionSerializer(allow_null=True)
    effective_from = serializers.DateField(allow_null=True)
    effective_to = serializers.DateField(allow_null=True, help_text="Last day; null while no later version ends it.")
    published_at = serializers.DateTimeField(allow_null=True)
    item_count = serializers.IntegerField()
    items_url = serializers.URLField()

    def row(self, links: Links, row: CatalogVersion) -> dict[str, Any]:
        """Return one version; its catalog and agency come with the query."""
        agency = row.catalog.agency
        url = links.version(agency.code, row.number)
        return {
            "url": url,
            "agency": {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
            "number": row.number,
            "year": row.year,
            "state": row.state,
            "decision": _decision(row),
            "effective_from": row.effective_from,
            "effective_to": row.effective_to,
            "published_at": row.published_at,
            "item_count": row.item_count,
            "items_url": f"{url}items/",
        }


class FrameSerializer(serializers.Serializer[Any]):
    """A complexity group and the highest score that its items can have."""

    group = serializers.IntegerField()
    highest_score = decimal_field("Highest score of the group's items.")


class FieldCountSerializer(serializers.Serializer[Any]):
    """How many items a field of work has."""

    field = serializers.CharField(allow_blank=True)
    items = serializers.IntegerField()


class GroupCountSerializer(serializers.Serializer[Any]):
    """How many items a complexity group has."""

    group = serializers.IntegerField()
    items = serializers.IntegerField()


class SummarySerializer(serializers.Serializer[Any]):
    """Totals of a version."""

    items = serializers.IntegerField()
    fields_of_work = FieldCountSerializer(many=True)
    groups = GroupCountSerializer(many=True)


class VersionDetailSerializer(VersionSerializer):
    """A version with all its details."""

    catalog_url = serializers.URLField()
    difference_url = serializers.URLField(help_text="What is new, changed and removed against the version before.")
    base = VersionReferenceSerializer(allow_null=True, help_text="The version that this one began as a copy of.")
    standard_unit = serializers.CharField(help_text="The product or work that every other is measured by.")
    standard_score = decimal_field("Score of the standard unit.")
    divisor = decimal_field("An item's score divided by it is its coefficient.")
    frames = FrameSerializer(many=True)
    legal_basis = serializers.CharField(allow_blank=True)
    summary = SummarySerializer()
    content_hash = serializers.CharField(
        allow_null=True, help_text="SHA-256 over the items, fixed by the decision; null before it."
    )

    def row(self, links: Links, row: CatalogVersion) -> dict[str, Any]:
        """Return one version; its base comes with the query."""
        code = row.catalog.agency.code
        base = row.base and {"number": row.base.number, "url": links.version(code, row.base.number)}
        return super().row(links, row) | {
            "catalog_url": links.catalog(code),
            "difference_url": f"{links.version(code, row.number)}difference/",
            "base": base,
            "standard_unit": row.standard_unit,
            "standard_score": text(row.standard_score),
            "divisor": text(row.divisor),
            "frames": [{"group": n, "highest_score": text(score)} for n, score in sorted(row.group_frames.items())],
            "legal_basis": row.legal_basis,
            "summary": _summary(row.summary),
            "content_hash": row.content_hash or None,
        }


def _decision(version: CatalogVersion) -> dict[str, Any] | None:
    if not version.decision_number:
        return None
    return {"number": version.decision_number, "date": version.decision_date}


def _summary(summary: dict[str, Any]) -> dict[str, Any]:
    return {
        "items": summary.get("items", 0),
        "fields_of_work": [{"field": name, "items": count} for name, count in summary.get("fields", {}).items()],
        "groups": [{"group": int(group), "items": count} for group, count in summary.get("groups", {}).items()],
    }
