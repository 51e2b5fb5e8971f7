"""Webhooks and what was sent to them as JSON. No secret is in any of it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer
from api.webhooks.models import (
    DeliveryAttempt,
    DeliveryError,
    DeliveryState,
    EndpointState,
    OffReason,
    WebhookDelivery,
    WebhookEndpoint,
)

# Tries that one delivery shows, the latest first.
MOST_TRIES = 50


class WebhookSerializer(RowSerializer):
    """An address to which events are sent."""

    id = serializers.IntegerField()
    program = serializers.CharField(help_text="Name of the API client that it belongs to.")
    agency = AgencyReferenceSerializer()
    address = serializers.CharField(help_text="Where events are sent.")
    types = serializers.ListField(
        child=serializers.CharField(), help_text="Types of events; every one that the program hears of when empty."
    )
    state = serializers.ChoiceField(EndpointState.choices)
    off_reason = serializers.ChoiceField(OffReason.choices, allow_null=True, help_text="Why it was switched off.")
    added_at = serializers.DateTimeField()
    last_delivered_at = serializers.DateTimeField(allow_null=True)
    failing_since = serializers.DateTimeField(allow_null=True, help_text="Since when nothing has arrived.")
    deliveries = serializers.URLField(help_text="Where to read what was sent.")

    def row(self, links: Links, row: WebhookEndpoint) -> dict[str, Any]:
        """Return one webhook."""
        agency = row.client.agency
        return {
            "id": row.pk,
            "program": row.client.name,
            "agency": {"code": agency.code, "name": agency.name, "url": links.agency(agency.code)},
            "address": row.url,
            "types": row.types,
            "state": row.state,
            "off_reason": row.off_reason or None,
            "added_at": row.added_at,
            "last_delivered_at": row.last_delivered_at,
            "failing_since": row.failing_since,
            "deliveries": links.deliveries(row.pk),
        }


class DeliverySerializer(RowSerializer):
    """One event on its way to one address."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    event = serializers.CharField(help_text="The `id` of the event, which was sent as `webhook-id`.")
    type = serializers.CharField(help_text="Type of the event; `webhook.test` is a trial.")
    state = serializers.ChoiceField(DeliveryState.choices)
    made_at = serializers.DateTimeField()
    tries = serializers.IntegerField(help_text="Since it was put on its way, for the last time.")
    next_try_at = serializers.DateTimeField(allow_null=True, help_text="Null once it is over.")
    last_status = serializers.IntegerField(allow_null=True, help_text="HTTP status of the last answer.")
    last_error = serializers.ChoiceField(DeliveryError.choices, allow_null=True, help_text="Where there was no answer.")

    def row(self, links: Links, row: WebhookDelivery) -> dict[str, Any]:
        """Return one delivery."""
        return {
            "id": row.pk,
            "url": f"{links.deliveries(row.endpoint_id)}{row.pk}/",
            "event": row.message_id,
            "type": row.type,
            "state": row.state,
            "made_at": row.made_at,
            "tries": row.attempts,
            "next_try_at": row.next_try_at if row.state == DeliveryState.PENDING else None,
            "last_status": row.last_status,
            "last_error": row.last_error or None,
        }


class TrySerializer(serializers.Serializer[Any]):
    """What came of one try."""

    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.ChoiceField(DeliveryError.choices, allow_null=True)
    milliseconds = serializers.IntegerField()
    answer = serializers.CharField(help_text="Its beginning.")


class DeliveryDetailSerializer(DeliverySerializer):
    """One delivery with its latest tries."""

    log = TrySerializer(many=True, help_text=f"The latest {MOST_TRIES} tries, the last one first.")

    def row(self, links: Links, row: WebhookDelivery) -> dict[str, Any]:
        """Return one delivery with its tries."""
        return super().row(links, row) | {
            "log": [_serialize_attempt(attempt) for attempt in row.log.all()[:MOST_TRIES]]
        }


def _serialize_attempt(attempt: DeliveryAttempt) -> dict[str, Any]:
    return {
        "at": attempt.at, "status": attempt.status, "error": attempt.error or None,
        "milliseconds": attempt.milliseconds, "answer": attempt.answer,
    }  # fmt: skip
