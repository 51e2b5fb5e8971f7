"""Work as JSON, what other systems send of it, and what people do with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer, StrictSerializer, decimal_field, text
from api.v1.serializers.fields import DayField, NumberField, TextField
from api.v1.serializers.item_requests import DecimalField, OperationErrorSerializer
from cms.assignments.enums import MessageState, WorkSource, WorkState
from cms.assignments.models import OutsideMessage, WorkAssignment
from cms.assignments.outside.messages import LONGEST_WORDS
from cms.assignments.rules import MAX_QUANTITY, MOST_FAULTS

MOST_MESSAGES = 1000
TAKEN = ("created", "changed", "unchanged", "older", "ignored", "waiting", "refused")


class OfficerReferenceSerializer(serializers.Serializer[Any]):
    """An officer as work names them."""

    code = serializers.CharField()
    name = serializers.CharField()


class AssignmentSerializer(RowSerializer):
    """One piece of work: what was asked of whom, and what became of it."""

    identity = serializers.UUIDField()
    url = serializers.URLField()
    officer = OfficerReferenceSerializer()
    agency = AgencyReferenceSerializer()
    item = serializers.UUIDField(help_text="Identity of the item of a catalog: the same in every version.")
    code = serializers.CharField(help_text="What the item said when the work was given; so are the next three.")
    name = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    coefficient = decimal_field("Standard units in one unit of the item.")
    assigned = decimal_field("Quantity asked, in units of the item.")
    completed = decimal_field("Quantity done.")
    given_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The work counts in the month of this day.")
    done_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(WorkState.choices)
    quality_failures = serializers.IntegerField()
    late_occurrences = serializers.IntegerField()
    is_planned = serializers.BooleanField()
    is_key = serializers.BooleanField()
    instruction = serializers.CharField(allow_blank=True)
    result = serializers.CharField(allow_blank=True)
    origin = serializers.ChoiceField(WorkSource.choices, help_text="By which way it came in.")
    system = serializers.CharField(allow_null=True, help_text="Code of the external system that it came from.")
    outside_id = serializers.CharField(allow_null=True, help_text="What that system calls it.")

    def row(self, links: Links, row: WorkAssignment) -> dict[str, Any]:
        """Return one piece of work."""
        agency = row.agency
        return {
            "identity": row.identity, "url": links.assignment(row.identity),
            "officer": {"code": row.officer.code, "name": row.officer.name},
            "agency": {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
            "item": row.item_identity, "code": row.code, "name": row.name, "unit": row.unit,
            "coefficient": text(row.coefficient), "assigned": text(row.assigned), "completed": text(row.completed),
            "given_on": row.given_on, "due_on": row.due_on, "done_on": row.done_on, "state": row.state,
            "quality_failures": row.quality_failures, "late_occurrences": row.late_occurrences,
            "is_planned": row.is_planned, "is_key": row.is_key, "instruction": row.instruction, "result": row.result,
            "origin": row.source, "system": row.system or None, "outside_id": row.outside_id or None,
        }  # fmt: skip


class OutsideValuesSerializer(serializers.Serializer[Any]):
    """How one piece of work stands in an external system, as a whole: what is left out is not so, or not known."""

    version = serializers.IntegerField(
        required=False, min_value=0,
        help_text="A number that grows with each change. Needed where the system has versions."
    )  # fmt: skip
    changed_at = serializers.DateTimeField(
        required=False, help_text="When it was changed there. Needed where the system goes by time."
    )
    person = serializers.CharField(max_length=200, help_text="Who does it, as the system calls them.")
    kind = serializers.CharField(max_length=200, help_text="Which kind of work it is there.")
    state = serializers.CharField(max_length=200, help_text="How it stands there, in the system's own word.")
    given_on = serializers.DateField()
    due_on = serializers.DateField()
    assigned = DecimalField(required=False, help_text="1 unless it is sent.")
    completed = DecimalField(required=False, help_text="All of it, where it is done and nothing is sent.")
    done_on = serializers.DateField(required=False, allow_null=True, help_text="Without it, the day of `changed_at`.")
    is_planned = serializers.BooleanField(required=False, default=True)
    is_key = serializers.BooleanField(required=False, default=False)
    instruction = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_WORDS)
    result = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_WORDS)
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=1000, help_text="Why it was withdrawn; the officer reads it."
    )
    document_number = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="A document that shows what was done: evidence."
    )
    document_date = serializers.DateField(required=False, allow_null=True)
    link = serializers.CharField(
        required=False, allow_blank=True, max_length=1000, help_text="An address that shows it: evidence, too."
    )


class OutsideMessageSerializer(OutsideValuesSerializer):
    """The same among others, with the name that the system has for the work."""

    outside_id = serializers.CharField(max_length=200)


@extend_schema_field(OutsideMessageSerializer(many=True))
class MessagesField(serializers.ListField):
    """Messages as they were sent: each is judged alone."""


class AssignmentsBulkSerializer(StrictSerializer):
    """Messages of one external system about many pieces of work."""

    system = TextField(max_length=64, help_text="Code of the external system.")
    messages = MessagesField(min_length=1, max_length=MOST_MESSAGES)


class MissingSerializer(serializers.Serializer[Any]):
    """What a message names and nobody mapped yet."""

    about = serializers.CharField(help_text="`person`, `kind`, `state`, `posting` or `item`.")
    key = serializers.CharField()


class TakenSerializer(serializers.Serializer[Any]):
    """What came of one message."""

    outside_id = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(
        [(each, each) for each in TAKEN],
        help_text="`older`: something newer was taken before. `waiting`: kept until somebody maps what it names. "
        "`refused`: with the reason; kept and listed, unless its form is wrong.",
    )  # fmt: skip
    code = serializers.CharField(allow_blank=True)
    message = serializers.CharField(allow_blank=True)
    warnings = serializers.ListField(
        child=serializers.CharField(),
        help_text="What somebody should look at, and which keeps nothing: a last day that is a day off.",
    )
    missing = MissingSerializer(many=True)
    identity = serializers.UUIDField(allow_null=True, help_text="Of the work that the message is about.")
    url = serializers.URLField(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that serializers keep for themselves."""
        return super().get_fields() | {"errors": OperationErrorSerializer(many=True)}


class TakenCountsSerializer(serializers.Serializer[Any]):
    """How many messages came to what."""

    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    older = serializers.IntegerField()
    ignored = serializers.IntegerField()
    waiting = serializers.IntegerField()
    refused = serializers.IntegerField()


class TakenManySerializer(serializers.Serializer[Any]):
    """What came of all messages, in the order in which they were sent."""

    counts = TakenCountsSerializer()
    results = TakenSerializer(many=True)


class UntakenMessageSerializer(RowSerializer):
    """A message that was not taken."""

    id = serializers.IntegerField()
    system = serializers.CharField()
    outside_id = serializers.CharField()
    state = serializers.ChoiceField(MessageState.choices)
    code = serializers.CharField()
    reason = serializers.CharField()
    missing = MissingSerializer(many=True)
    received_at = serializers.DateTimeField()
    url = serializers.URLField(allow_null=True, help_text="Of the work that it is about, where there is any.")

    def row(self, links: Links, row: OutsideMessage) -> dict[str, Any]:
        """Return one message."""
        return {
            "id": row.pk, "system": row.system.code, "outside_id": row.outside_id, "state": row.state, "code": row.code,
            "reason": row.reason, "missing": [{"about": about, "key": key} for about, key in row.missing],
            "received_at": row.received_at, "url": links.assignment(row.work.identity) if row.work else None,
        }  # fmt: skip


def _quantity() -> NumberField:
    return NumberField(min_value=Decimal(0), max_value=MAX_QUANTITY)


def _words(longest: int = LONGEST_WORDS) -> TextField:
    return TextField(required=False, allow_blank=True, default="", max_length=longest)


class WorkReportSerializer(StrictSerializer):
    """How far the officer has come."""

    completed = _quantity()
    result = _words()


class FinishSerializer(WorkReportSerializer):
    """What was done, and on which day."""

    done_on = DayField()


class ConfirmSerializer(StrictSerializer):
    """What was wrong with work that is confirmed; late occurrences follow from the days unless they are sent."""

    quality_failures = serializers.IntegerField(min_value=0, max_value=MOST_FAULTS, required=False, default=0)
    late_occurrences = serializers.IntegerField(
        min_value=0, max_value=MOST_FAULTS, required=False, allow_null=True, default=None
    )


class GiveBackSerializer(StrictSerializer):
    """What has to be mended."""

    reason = TextField(max_length=2000)


class EvidenceSentSerializer(StrictSerializer):
    """One thing that shows it: a link, or the number of a document."""

    url = TextField(required=False, allow_blank=True, default="", max_length=1000)
    document_number = _words(100)
    document_date = DayField(required=False, allow_null=True, default=None)
    name = _words(255)
