"""Events as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.events.presenters import FeedEvent
from api.v1.links import Links
from api.v1.serializers.base import RowSerializer
from cms.audit.acts import EventAudience, events
from importers.enums import BatchState

_AUDIENCES = {
    EventAudience.EVERYBODY: "everybody",
    EventAudience.WORKING: "the agency, those above it, the Department of Home Affairs",
    EventAudience.APPRAISING: "the same, and the provincial approver",
    EventAudience.UPLOADING: "who sees the upload; a token with `imports:write`",
    EventAudience.EVALUATING: "the agency, those above it; a token with `evaluations:read` or `results:read`",
    EventAudience.WORK_READING: "the agency, those above it; a token with `assignments:read` of a system of the agency",
}
TYPES = [(type_, type_) for type_ in events()]


def _readers_text() -> str:
    readers = [
        f"{', '.join(f'`{event.type}`' for event in events().values() if event.audience is audience)}: {who}."
        for audience, who in _AUDIENCES.items()
    ]
    return "\n".join(["Who hears of it:", "", *(f"- {line}" for line in readers)])


class EventDataSerializer(serializers.Serializer[Any]):
    """What happened to what. Which of these are there follows from the type; ``url`` always is."""

    url = serializers.URLField(allow_null=True, help_text="Where to read what it is now; null of what is gone.")
    agency = serializers.CharField(required=False, allow_null=True, help_text="Code of the agency.")
    version = serializers.IntegerField(required=False, allow_null=True, help_text="Of a catalog or a framework.")
    framework = serializers.CharField(required=False, help_text="Code of the framework.")
    release = serializers.IntegerField(required=False, help_text="Number of the release of public figures.")
    evaluation = serializers.UUIDField(required=False, help_text="Key of the evaluation.")
    period = serializers.IntegerField(required=False, help_text="Id of the evaluation period.")
    assignment = serializers.UUIDField(required=False, help_text="Identity of the work.")
    state = serializers.ChoiceField(BatchState.choices, required=False, help_text="Of an upload, just after the act.")


class EventSerializer(RowSerializer):
    """Something that happened."""

    id = serializers.CharField(help_text="The same for everybody and for ever; also the id of its webhook.")
    type = serializers.ChoiceField(TYPES, help_text=_readers_text())
    timestamp = serializers.DateTimeField()
    data = EventDataSerializer()  # type: ignore[assignment]

    def row(self, links: Links, row: FeedEvent) -> dict[str, Any]:
        """Return one event."""
        return row.as_json(links)
