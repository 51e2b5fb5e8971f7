"""The service that sends webhooks: told to stop, and several of them side by side."""

import os
import signal
import threading
import time
from collections import Counter

import pytest
from django.core.management import call_command

from api.webhooks.dispatching import Dispatcher
from api.webhooks.models import WebhookDelivery
from cms.audit.models import AuditEvent
from tests.integration.api.conftest import at_once
from tests.integration.api.webhooks.test_delivering import act


def test_told_to_stop_it_waits_for_what_is_being_sent(province, receiver, make_endpoint):
    make_endpoint(receiver.url("/hang"))
    act(province)

    def stop() -> None:
        until = time.monotonic() + 20
        while not receiver.got and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.2)
        receiver.release.set()

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    stopping = threading.Thread(target=stop)
    stopping.start()
    try:
        call_command("deliver_webhooks")
    finally:
        stopping.join(30)
        for number, handler in before.items():
            signal.signal(number, handler)

    assert len(receiver.got) == 1
    assert WebhookDelivery.objects.get().state == "delivered"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_several_at_once_share_the_work_and_send_nothing_twice(province, receiver, make_endpoint):
    for _endpoint in range(3):
        make_endpoint(receiver.url())
    for number in range(8):
        act(province, f"Văn phòng {number}")

    def dispatch() -> None:
        with Dispatcher(threads=2) as dispatcher:
            dispatcher.run_dry()

    at_once([dispatch] * 3)
    dispatch()

    sequences = AuditEvent.objects.filter(action="agency.edit").values_list("sequence", flat=True)
    assert Counter(receiver.ids) == {f"evt_{sequence}": 3 for sequence in sequences}
    assert WebhookDelivery.objects.filter(state="delivered", attempts=1).count() == 24
