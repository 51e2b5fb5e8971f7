"""Agencies as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer
from cms.organisations.enums import AgencyKind, Block, CodeForm


class IdentifierCodeSerializer(serializers.Serializer[Any]):
    """An identifier code on the national list, and the days on which it holds."""

    value = serializers.CharField()
    form = serializers.ChoiceField(CodeForm.choices, help_text="Old form (QCVN 102:2016) or new (Decision 20/2020).")
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class AgencySerializer(RowSerializer):
    """An agency in the province's tree."""

    url = serializers.URLField(help_text="Permanent address.")
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(AgencyKind.choices)
    block = serializers.ChoiceField(Block.choices, help_text="Part of the political system.")
    parent = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="Code of the agency above; null for the province."
    )
    level = serializers.IntegerField(help_text="Depth in the tree; the province is 1.")
    dissolved_on = serializers.DateField(allow_null=True)
    identifier_codes = IdentifierCodeSerializer(many=True)

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one agency; ``parent_code`` comes with the query, identifier codes are prefetched."""
        return {
            "url": links.agency(row.code),
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "block": row.block,
            "parent": row.parent_code,
            "level": row.depth,
            "dissolved_on": row.dissolved_on,
            "identifier_codes": [
                {"value": code.value, "form": code.form, "valid_from": code.valid_from, "valid_to": code.valid_to}
                for code in row.identifier_codes.all()
            ],
        }
