"""From the ledger to deliveries. The ledger is the outbox: it was written in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from api.events.reading import head_sequence, readable_by
from api.webhooks.models import WebhookCursor, WebhookDelivery, WebhookEndpoint
from cms.audit.acts import codes_of_types, event_codes, event_of
from cms.audit.models import AuditEvent, AuditEventQuerySet

# Events that one transaction looks at, at the most.
_STEP = 2000


def fan_out() -> bool:
    """Make deliveries of the next new events, and move the cursor, in one transaction: nothing is lost or made twice.

    Return whether there may be more. A ledger that is seen for the first time is taken up from its end.
    """
    head = head_sequence()
    if WebhookCursor.objects.filter(pk=1, sequence__gte=head).exists():
        return False
    with transaction.atomic():
        cursor, is_new = WebhookCursor.objects.select_for_update().get_or_create(pk=1, defaults={"sequence": head})
        upto = min(head, cursor.sequence + _STEP)
        if is_new or upto <= cursor.sequence:
            return False
        new = AuditEvent.objects.filter(sequence__gt=cursor.sequence, sequence__lte=upto, action__in=event_codes())
        if new.exists():
            for endpoint in WebhookEndpoint.objects.sending():
                after = max(cursor.sequence, endpoint.since)
                make_deliveries(endpoint, events_for(endpoint).filter(sequence__gt=after, sequence__lte=upto))
        cursor.sequence = upto
        cursor.save(update_fields=["sequence"])
    return upto < head


def events_for(endpoint: WebhookEndpoint) -> AuditEventQuerySet:
    """Return the events that an endpoint gets, in order: those its program may read, of the types subscribed to."""
    readable = readable_by(endpoint.client.user, endpoint.client.scopes)
    narrowed = readable.filter(action__in=codes_of_types(endpoint.types)) if endpoint.types else readable
    return narrowed.order_by("sequence")


def make_deliveries(endpoint: WebhookEndpoint, events: Iterable[AuditEvent]) -> None:
    """Put events on their way to an endpoint; one that is on its way, or was sent, is passed over."""
    deliveries = [
        WebhookDelivery(endpoint=endpoint, sequence=event.sequence, type=event_of(event.action).type)
        for event in events
    ]
    WebhookDelivery.objects.bulk_create(deliveries, batch_size=500, ignore_conflicts=True)


def begin_now() -> int:
    """Return the number after which a new endpoint gets events; from now on somebody keeps the cursor."""
    head = head_sequence()
    WebhookCursor.objects.get_or_create(pk=1, defaults={"sequence": head})
    return head
