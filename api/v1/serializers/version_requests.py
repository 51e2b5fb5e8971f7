"""What may be sent about versions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.v1.serializers.base import StrictSerializer
from api.v1.serializers.fields import LEAST, DayField, NumberField, PastDayField, TextField
from cms.catalogs.models import MAX_GROUPS, CatalogRound

FIRST_YEAR, LAST_YEAR = 2025, 2100
REASON = "Needed once the version was submitted: the agency reads it beside the change."


class StartSerializer(StrictSerializer):
    """What a new version may be told; all else comes from the version before, or from the current round."""

    year = serializers.IntegerField(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text="That of the current round, of the agency's block if it has one, when left out.",
    )


class SentFrameSerializer(StrictSerializer):
    """A complexity group and the highest score that its items can have."""

    group = serializers.IntegerField(min_value=1, max_value=MAX_GROUPS)
    highest_score = NumberField(min_value=LEAST)


class DetailsSerializer(StrictSerializer):
    """Details of a version; those that are left out stay as they are."""

    standard_unit = TextField(max_length=300, required=False)
    standard_score = NumberField(min_value=LEAST, required=False)
    divisor = NumberField(min_value=LEAST, required=False)
    frames = SentFrameSerializer(many=True, required=False, help_text="All groups, from 1 on without a gap.")
    legal_basis = TextField(required=False, allow_blank=True)
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    round = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        allow_null=True,
        help_text="`id` of one of `rounds/`: one for the agency's block, or one that is for no block alone.",
    )
    reason = TextField(max_length=2000, required=False, allow_blank=True, help_text=REASON)

    def validate_round(self, value: int | None) -> CatalogRound | None:
        """Return the round; refuse one that is not there."""
        if value is None:
            return None
        found = CatalogRound.objects.filter(pk=value).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such round."), code="unknown_round")
        return found

    def validate_frames(self, value: list[dict[str, Any]]) -> dict[str, str]:
        """Return the frames as the models keep them; refuse a gap between the groups."""
        groups = [frame["group"] for frame in value]
        if not groups or groups != list(range(1, len(groups) + 1)):
            sentence = _("Give the groups in order from 1 on, each once, without a gap.")
            raise serializers.ValidationError(sentence, code="groups_not_in_order")
        return {str(frame["group"]): format(frame["highest_score"], "f") for frame in value}


class ReturnSerializer(StrictSerializer):
    """Why a version goes back."""

    reason = TextField(max_length=5000, help_text="The agency reads it first.")


class OpinionSerializer(StrictSerializer):
    """What a body found."""

    words = TextField(max_length=5000, help_text="With the number of its minutes.")


class DecideSerializer(StrictSerializer):
    """The Chairman's decision."""

    decision_number = TextField(max_length=100)
    decision_date = PastDayField(help_text="Not in the future.")
    effective_from = DayField(
        help_text=(
            "After that of the version decided last, which ends on the day before. A day to come publishes the catalog "
            "on that day; one that is over takes the days since from the version before."
        )
    )


class RemarkRequestSerializer(StrictSerializer):
    """A note for the agency to mend."""

    text = TextField(max_length=5000)
    item = serializers.UUIDField(
        required=False, allow_null=True, help_text="Identity of an item of the version; the whole version without it."
    )
