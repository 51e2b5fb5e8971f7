"""What may be sent about items. The documentation; values are checked by ``api.v1.item_values``, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.v1.serializers.base import StrictSerializer
from api.v1.serializers.fields import TextField
from cms.catalogs.item_fields import FIELDS, ItemField

MOST_OPERATIONS = 1000
LONGEST_REASON = 2000
LONGEST_REFERENCE = 100
OPERATIONS = ("add", "change", "remove")
STATUSES = ("added", "changed", "unchanged", "removed", "refused")
_REASON = "Needed while the Department of Home Affairs appraises; the agency reads it beside the change."
_SAID = "A decimal, best as text with a point so that it stays exact; up to 4 places."


@extend_schema_field({"type": ["string", "number", "null"], "description": _SAID})
class DecimalField(serializers.JSONField):
    """A decimal; null for none."""


def _document(one: ItemField) -> serializers.Field:
    """Return the field of what may be sent, as the document has it."""
    if one.kind == "decimal":
        return DecimalField(required=False)
    if one.is_text:
        return serializers.CharField(
            max_length=one.max_length, required=one.required, allow_blank=not one.required, help_text=one.api_help
        )
    # The highest group is its version's.
    most = int(one.maximum) if one.kind == "whole" else None
    return serializers.IntegerField(required=one.initial is None, min_value=1, max_value=most, help_text=one.api_help)


class ReasonSerializer(StrictSerializer):
    """Why something is done."""

    reason = TextField(required=False, allow_blank=True, default="", max_length=LONGEST_REASON, help_text=_REASON)


class ItemValuesSerializer(ReasonSerializer):
    """What an item says. The rules are those of the workbench's form and of files, and so are their sentences.

    Null or left out of a new item, the score is the sum of its four parts, the coefficient the score over the divisor:
    it has to be there where no score is known, and a change cannot empty it.
    """

    extra = serializers.DictField(
        child=serializers.CharField(allow_null=True, allow_blank=True), required=False,
        help_text="Texts in added columns, by key; null or an empty text empties one, others stay.",
    )  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        """Return the reason and what is declared, the fields of an item between them."""
        declared = super().get_fields()
        return {"reason": declared.pop("reason")} | {one.api_name: _document(one) for one in FIELDS} | declared

    def to_internal_value(self, data: Any) -> Any:
        """Return the reason, and the values as they were sent: they are checked against their version."""
        self.refuse_unknown(data)
        sent = dict(data) if isinstance(data, Mapping) else data
        reason = {"reason": sent.pop("reason")} if isinstance(sent, dict) and "reason" in sent else {}
        checked = ReasonSerializer(data=reason if isinstance(sent, dict) else sent)
        checked.is_valid(raise_exception=True)
        return {**checked.validated_data, "values": sent}


class OperationSerializer(serializers.Serializer[Any]):
    """One item to add, change or remove."""

    op = serializers.ChoiceField([(op, op) for op in OPERATIONS])
    id = serializers.CharField(
        required=False, max_length=LONGEST_REFERENCE, help_text="A text of your own; the result repeats it."
    )
    identity = serializers.UUIDField(required=False, help_text="Which item; not for `add`.")
    values = serializers.DictField(required=False, help_text="As for a single item; not for `remove`.")
    if_match = serializers.CharField(required=False, help_text="The ETag of the item as you last read it.")


@extend_schema_field(OperationSerializer(many=True))
class OperationsField(serializers.ListField):
    """Operations as they were sent: each is judged alone, so that one mistake is told beside the others."""


class BulkSerializer(ReasonSerializer):
    """Many items to write by one act."""

    mode = serializers.ChoiceField(
        [("each", "each"), ("all", "all")],
        help_text="`each` writes what can be written and says what could not; `all` writes everything or nothing.",
    )  # fmt: skip
    operations = OperationsField(min_length=1, max_length=MOST_OPERATIONS)


class OperationErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one field of an operation."""

    field = serializers.CharField(allow_blank=True, help_text="`values.code`; empty when the whole is at fault.")
    code = serializers.CharField()
    message = serializers.CharField()


class ResultSerializer(serializers.Serializer[Any]):
    """What came of one operation."""

    id = serializers.CharField(allow_null=True, help_text="As it was sent.")
    op = serializers.ChoiceField([(op, op) for op in OPERATIONS], allow_null=True)
    status = serializers.ChoiceField([(status, status) for status in STATUSES])
    identity = serializers.UUIDField(allow_null=True)
    code = serializers.CharField(allow_null=True, help_text="The item's code as the operation left it.")
    etag = serializers.CharField(allow_null=True, help_text="Of the item as it is after the whole; null without one.")

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that serializers keep for themselves."""
        return super().get_fields() | {"errors": OperationErrorSerializer(many=True)}


class BulkCountsSerializer(serializers.Serializer[Any]):
    """How many operations came to what."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    removed = serializers.IntegerField()
    refused = serializers.IntegerField()


class BulkAnswerSerializer(serializers.Serializer[Any]):
    """What came of all operations, in the order in which they were sent."""

    mode = serializers.ChoiceField([("each", "each"), ("all", "all")])
    counts = BulkCountsSerializer()
    results = ResultSerializer(many=True)
