"""What becomes of a delivery, and of its endpoint, after a try."""

from __future__ import annotations

import datetime
import random

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from api.webhooks.models import (
    DeliveryAttempt,
    DeliveryError,
    DeliveryState,
    EndpointState,
    OffReason,
    WebhookDelivery,
    WebhookEndpoint,
)
from api.webhooks.sending import SendResult
from cms.audit.actions import record
from cms.core.mail import in_the_platforms_language
from cms.notices.actions import send

# Waits before the second try and those after it, as Standard Webhooks advises; after the last one a delivery is dead.
WAITS = tuple(
    datetime.timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
# Each wait is longer by up to this part of it, so that what failed together is not tried again together.
_JITTER = 0.1
# An endpoint at which nothing has arrived for so long is switched off.
PATIENCE = datetime.timedelta(days=5)
# What waits behind a delivery that reached nobody is tried this much later, so that it holds up no thread.
_POSTPONED = datetime.timedelta(minutes=5)
_GONE = 410
_UNREACHABLE = frozenset({DeliveryError.TIMEOUT, DeliveryError.NO_CONNECTION, DeliveryError.UNKNOWN_NAME})


@transaction.atomic
def record_result(delivery: WebhookDelivery, result: SendResult) -> WebhookDelivery:
    """Record one try and what follows from it: delivered, again later, dead, or the endpoint switched off."""
    delivery = _locked(delivery)
    DeliveryAttempt.objects.create(
        delivery=delivery, status=result.status, milliseconds=result.milliseconds, answer=result.answer,
        error=result.error,
    )  # fmt: skip
    if delivery.state != DeliveryState.PENDING:
        # Another process took it over after this one had been silent for too long, and was done first.
        return delivery
    delivery.attempts += 1
    delivery.last_status, delivery.last_error = result.status, result.error
    if result.is_delivered:
        delivery.state = DeliveryState.DELIVERED
        delivery.endpoint.failing_since, delivery.endpoint.last_delivered_at = None, timezone.now()
        delivery.endpoint.save(update_fields=["failing_since", "last_delivered_at"])
    else:
        _fail(delivery, result)
    delivery.save(update_fields=["state", "attempts", "last_status", "last_error", "next_try_at"])
    return delivery


@transaction.atomic
def abandon(delivery: WebhookDelivery, error: DeliveryError) -> None:
    """Abandon a delivery without a try."""
    delivery = _locked(delivery)
    delivery.state, delivery.last_error = DeliveryState.DEAD, error
    delivery.save(update_fields=["state", "last_error"])


def _locked(delivery: WebhookDelivery) -> WebhookDelivery:
    found = WebhookDelivery.objects.select_for_update(of=("self", "endpoint"))
    return found.select_related("endpoint__client__agency", "endpoint__added_by").get(pk=delivery.pk)


def _fail(delivery: WebhookDelivery, result: SendResult) -> None:
    endpoint, now = delivery.endpoint, timezone.now()
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.save(update_fields=["failing_since"])
    if result.status == _GONE or delivery.attempts > len(WAITS):
        delivery.state = DeliveryState.DEAD
    else:
        delivery.next_try_at = now + wait_after(delivery.attempts)
    if result.error in _UNREACHABLE:
        behind = endpoint.deliveries.due().exclude(pk=delivery.pk)
        behind.update(next_try_at=now + _POSTPONED)
    if result.status == _GONE:
        _switch_off(endpoint, OffReason.GONE)
    elif now - endpoint.failing_since >= PATIENCE:
        _switch_off(endpoint, OffReason.FAILING)


def wait_after(attempts: int) -> datetime.timedelta:
    """Return how long to wait after so many tries."""
    return WAITS[attempts - 1] * (1 + _JITTER * random.random())  # noqa: S311


def _switch_off(endpoint: WebhookEndpoint, reason: OffReason) -> None:
    if endpoint.state == EndpointState.OFF:
        return
    endpoint.state, endpoint.off_reason = EndpointState.OFF, reason
    endpoint.save(update_fields=["state", "off_reason"])
    record(
        by=None, action="webhook.switch_off", subject=endpoint, agency_code=endpoint.client.agency.code,
        after={"why": str(reason)},
    )  # fmt: skip
    _notify(endpoint)


def _notify(endpoint: WebhookEndpoint) -> None:
    """Tell whoever added it that an endpoint was switched off."""
    if endpoint.added_by is None:
        return
    with in_the_platforms_language():
        send(
            "webhook.switched_off", to=[endpoint.added_by.pk], link=reverse("webhooks:endpoint", args=[endpoint.pk]),
            program=endpoint.client.name, address=endpoint.url, reason=str(OffReason(endpoint.off_reason).label),
        )  # fmt: skip
