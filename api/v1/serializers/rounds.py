"""Rounds of catalog building as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer
from cms.catalogs.models import CatalogRound
from cms.organisations.enums import Block


class RoundReferenceSerializer(serializers.Serializer[Any]):
    """A round as versions point to it."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class RoundSerializer(RowSerializer):
    """A year's round: its deadlines, and whether new versions begin in it."""

    id = serializers.IntegerField(help_text="By which a version is put into the round.")
    year = serializers.IntegerField()
    name = serializers.CharField()
    block = serializers.ChoiceField(
        Block.choices, allow_null=True,
        help_text="For whose agencies it is; null: for those of every block without a current round of its own.",
    )  # fmt: skip
    submit_by = serializers.DateField(help_text="Agencies submit by.")
    appraise_by = serializers.DateField()
    approve_by = serializers.DateField()
    is_current = serializers.BooleanField(help_text="At most one of each block, and one for every other block.")

    def row(self, links: Links, row: CatalogRound) -> dict[str, Any]:
        """Return one round."""
        return {
            "id": row.pk,
            "year": row.year,
            "name": row.name,
            "block": row.block or None,
            "submit_by": row.submit_by,
            "appraise_by": row.appraise_by,
            "approve_by": row.approve_by,
            "is_current": row.is_current,
        }
