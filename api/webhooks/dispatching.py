"""The dispatcher: makes deliveries of new events, sends what is due, and writes down what came of it.

Requests run in threads that touch no database; everything else happens in one. To one endpoint goes one request at a
time, so a receiver that hangs holds up nobody else, and events arrive in their order while all is well.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from api.webhooks import sending
from api.webhooks.messages import request_for
from api.webhooks.models import LEASE, DeliveryError, WebhookDelivery, WebhookEndpoint
from api.webhooks.outbox import fan_out
from api.webhooks.results import abandon, record_result

THREADS = 16

logger = logging.getLogger(__name__)


class Dispatcher:
    """Use as a context; leaving it waits for what is being sent, and writes that down."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="webhook")
        self._running: dict[Future[sending.SendResult], WebhookDelivery] = {}
        self._one_is_over = threading.Event()

    def __enter__(self) -> Dispatcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True)
        if error is None:
            self._collect()

    def turn(self) -> bool:
        """Do what there is to do now without waiting for any receiver; return whether there may be more at once."""
        self._collect()
        more = fan_out()
        return self._start() or more

    def rest(self, seconds: float) -> None:
        """Wait until a request is over, or for so long."""
        self._one_is_over.wait(seconds)

    def run_dry(self) -> None:
        """Go on until nothing is due and nothing is being sent."""
        while self.turn() or self._running:
            if self._running:
                self.rest(sending.TOTAL_SECONDS)

    def _collect(self) -> None:
        self._one_is_over.clear()
        for future in [future for future in self._running if future.done()]:
            delivery = self._running.pop(future)
            result = future.result()
            record_result(delivery, result)
            status_or_error = result.status or result.error
            logger.info("webhook %s to endpoint %s: %s", delivery, delivery.endpoint_id, status_or_error)

    def _start(self) -> bool:
        """Send one delivery to each endpoint that has one due and is not busy; return whether any was sent."""
        free = self._threads - len(self._running)
        if free <= 0:
            return False
        started = 0
        for endpoint in _waiting(busy=[delivery.endpoint_id for delivery in self._running.values()])[:free]:
            delivery = claim(endpoint)
            if delivery is None:
                continue
            started += 1
            self._send(delivery)
        return started > 0

    def _send(self, delivery: WebhookDelivery) -> None:
        """Hand one delivery to a thread. One that cannot be put together fails alone: it must not stop the others."""
        try:
            request = request_for(delivery)
        except Exception:
            logger.exception("webhook %s could not be put together", delivery)
            record_result(delivery, sending.SendResult(error=DeliveryError.NOT_MADE))
            return
        if request is None:
            abandon(delivery, DeliveryError.NOT_READABLE)
            return
        future = self._pool.submit(sending.send, request)
        self._running[future] = delivery
        future.add_done_callback(lambda _future: self._one_is_over.set())


def claim(endpoint: WebhookEndpoint) -> WebhookDelivery | None:
    """Return the endpoint's first delivery that is due, put off for the time of a lease: no other process sends it.

    Should this process die, it is due again when the lease is over.
    """
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        due = endpoint.deliveries.due().select_for_update(skip_locked=skip).order_by("sequence", "pk")
        delivery = due.first()
        if delivery is None:
            return None
        delivery.next_try_at = timezone.now() + LEASE
        delivery.save(update_fields=["next_try_at"])
    delivery.endpoint = endpoint
    return delivery


def _waiting(busy: list[int]) -> list[WebhookEndpoint]:
    """Return the endpoints that something is due for, but those that are being sent to."""
    due = WebhookDelivery.objects.due().filter(endpoint=OuterRef("pk"))
    return list(WebhookEndpoint.objects.sending().exclude(pk__in=busy).filter(Exists(due)).order_by("pk"))
