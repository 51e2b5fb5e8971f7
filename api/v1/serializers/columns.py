"""Columns that the province added, as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer
from cms.catalogs.enums import Audience, ColumnKind
from cms.catalogs.models import ExtraColumn


class ColumnSerializer(RowSerializer):
    """One added column; what items hold in it stands in their `extra` under its key."""

    key = serializers.CharField(help_text="Never changes.")
    name = serializers.CharField(help_text="Heading, as it stands in files.")
    kind = serializers.ChoiceField(
        ColumnKind.choices, help_text="What the texts are: `1.5`, `2026-06-05`, `yes` or `no`, a choice, any text."
    )
    choices = serializers.ListField(child=serializers.CharField())
    audience = serializers.ChoiceField(Audience.choices, help_text="Who sees it.")
    guidance = serializers.CharField(allow_blank=True)
    in_use = serializers.BooleanField(help_text="Whether it is still asked for; items keep what they hold.")

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that fields keep for themselves."""
        required = serializers.BooleanField(help_text="Whether an agency has to fill it in before it submits.")
        return super().get_fields() | {"required": required}

    def row(self, links: Links, row: ExtraColumn) -> dict[str, Any]:
        """Return one column."""
        return {
            "key": row.key,
            "name": row.name,
            "kind": row.kind,
            "choices": row.choices,
            "required": row.required,
            "audience": row.audience,
            "guidance": row.help_text,
            "in_use": row.in_use,
        }
