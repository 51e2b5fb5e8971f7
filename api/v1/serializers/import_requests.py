"""What may be sent about uploads."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.v1.serializers.base import StrictSerializer
from importers.enums import MissingItems
from importers.kinds import KIND_CHOICES, USUAL

MOST_CELLS = 200
LONGEST_CELL = 32_767


@extend_schema_field(OpenApiTypes.BINARY)
class SentFileField(serializers.FileField):
    """The bytes of a file, in a form."""


class UploadSerializer(StrictSerializer):
    """One file for one agency."""

    file = SentFileField(allow_empty_file=True)
    agency = serializers.CharField(max_length=32, help_text="Code of the agency.")
    kind = serializers.ChoiceField(KIND_CHOICES, default=USUAL)
    period = serializers.CharField(
        max_length=8, default="", allow_blank=True,
        help_text="Of which period, for results of work: `2026-07`, `2026-Q3`, `2026-H1` or `2026`.",
    )  # fmt: skip


class NothingSerializer(StrictSerializer):
    """Nothing is to be sent."""


class CommitSerializer(StrictSerializer):
    """What a commit is told."""

    seen = serializers.DateTimeField(help_text="`checked_at` of the preview that you looked at.")
    missing = serializers.ChoiceField(
        MissingItems.choices, default=MissingItems.REMOVE.value,
        help_text="What becomes of what the file does not have.",
    )  # fmt: skip

    def validate_seen(self, value: datetime.datetime) -> datetime.datetime:
        """Refuse a moment that has no name in universal time."""
        try:
            return value.astimezone(datetime.UTC)
        except OverflowError as error:
            raise serializers.ValidationError(_("There is no such moment."), code="invalid") from error


class UndoSerializer(StrictSerializer):
    """What an undo is told."""

    edition = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, default=None, allow_null=True,
        help_text="`edition` of the plan that you looked at.",
    )  # fmt: skip


class CorrectSerializer(StrictSerializer):
    """Cells of one row, to be mended."""

    sheet = serializers.CharField(max_length=255, trim_whitespace=False)
    row = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    cells = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=LONGEST_CELL),
        allow_empty=False, help_text="New text by column, named as in the errors: by its header or its letter.",
    )  # fmt: skip

    def validate_cells(self, value: dict[str, str]) -> dict[str, str]:
        """Refuse more cells than a row has."""
        if len(value) > MOST_CELLS:
            raise serializers.ValidationError(_("These are more cells than a row has."), code="too_many")
        return value
