"""One delivery as a signed request (https://www.standardwebhooks.com): the same bytes and id at every try."""

from __future__ import annotations

import datetime
from typing import Any

import orjson
from django.utils import timezone
from standardwebhooks import Webhook

from api.events.presenters import present
from api.v1.links import Links
from api.webhooks.models import WebhookDelivery
from api.webhooks.outbox import events_for
from api.webhooks.secrets import unseal
from api.webhooks.sending import Request

TRIAL = "webhook.test"
_AGENT = "ThuocDo-Webhooks/1"


def request_for(delivery: WebhookDelivery) -> Request | None:
    """Return what is sent, signed as of now; nothing when the event is no longer the program's to read."""
    content = _content(delivery)
    if content is None:
        return None
    body, now = orjson.dumps(content), timezone.now().astimezone(datetime.UTC)
    signatures = [
        Webhook(unseal(sealed)).sign(delivery.message_id, now, body.decode())
        for sealed in delivery.endpoint.sealed_secrets
    ]
    headers = [
        ("Content-Type", "application/json"), ("User-Agent", _AGENT), ("webhook-id", delivery.message_id),
        ("webhook-timestamp", str(int(now.timestamp()))), ("webhook-signature", " ".join(signatures)),
    ]  # fmt: skip
    return Request(delivery.endpoint.url, headers, body)


def _content(delivery: WebhookDelivery) -> dict[str, Any] | None:
    if not delivery.sequence:
        return {"id": delivery.message_id, "type": TRIAL, "timestamp": delivery.made_at, "data": {}}
    events = list(events_for(delivery.endpoint).filter(sequence=delivery.sequence))
    return present(events)[0].as_json(Links()) if events else None
