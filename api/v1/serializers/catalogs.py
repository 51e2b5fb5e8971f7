"""Catalogs as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer, VersionReferenceSerializer


class CatalogSerializer(RowSerializer):
    """An agency's catalog of products and works; the province's own is the common list."""

    url = serializers.URLField(help_text="Permanent address.")
    agency = AgencyReferenceSerializer()
    versions_url = serializers.URLField()
    current_version = VersionReferenceSerializer(allow_null=True, help_text="The version that holds today.")

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one catalog; ``current_versions`` is prefetched: none, or the one that holds today."""
        code = row.agency.code
        current = next(iter(row.current_versions), None)
        return {
            "url": links.catalog(code),
            "agency": {"code": code, "name": row.agency.name, "url": links.agency(code)},
            "versions_url": f"{links.catalog(code)}versions/",
            "current_version": current and {"number": current.number, "url": links.version(code, current.number)},
        }
