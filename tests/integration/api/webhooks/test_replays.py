"""What is sent twice counts once with a receiver that keeps to Standard Webhooks, and what is old counts no more."""

import datetime
import random

import pytest
import time_machine
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from api.webhooks.actions import send_again, send_again_since
from api.webhooks.models import WebhookDelivery
from cms.organisations.actions import edit_agency

# What the scheme's libraries allow, and a little more.
TOO_OLD = datetime.timedelta(minutes=5, seconds=10)


class Bookkeeper:
    """A receiver as the scheme wants it: checks the signature and its age, and knows the ids that it has counted."""

    def __init__(self, secret: str) -> None:
        self._scheme = Webhook(secret)
        self.counted: dict[str, str] = {}
        self.doubles = 0

    def take(self, request: tuple[str, dict[str, str], bytes]) -> None:
        _path, headers, body = request
        event = self._scheme.verify(body, headers)
        assert event["id"] == headers["webhook-id"]
        self.doubles += event["id"] in self.counted
        assert self.counted.setdefault(event["id"], event["type"]) == event["type"]


def act(province, *names: str) -> None:
    for name in names:
        edit_agency(by=None, agency=province.office, name=name)


@pytest.mark.parametrize("seed", range(5))
def test_repeated_in_any_order_each_event_counts_once(seed, province, receiver, make_endpoint, deliver):
    endpoint, secret = make_endpoint(receiver.url())
    receiver.answer(500, 200, 503)  # counted there all the same: it failed while it answered
    begun = timezone.now()
    act(province, "Một", "Hai", "Ba")
    deliver()
    WebhookDelivery.objects.filter(state="pending").update(next_try_at=timezone.now())
    deliver()
    send_again(by=None, delivery=WebhookDelivery.objects.order_by("sequence")[1])
    deliver()
    send_again_since(by=None, endpoint=endpoint, since=begun)
    deliver()
    assert len(receiver.got) == 3 + 2 + 1 + 3

    keeper, caught = Bookkeeper(secret), receiver.got * 2
    random.Random(seed).shuffle(caught)
    for request in caught:
        keeper.take(request)

    known = [delivery.message_id for delivery in WebhookDelivery.objects.order_by("sequence")]
    assert sorted(keeper.counted) == sorted(known) and len(known) == 3
    assert keeper.doubles == len(caught) - 3


def test_a_request_that_somebody_kept_is_refused_when_it_is_old(province, receiver, make_endpoint, deliver):
    _endpoint, secret = make_endpoint(receiver.url())
    with time_machine.travel(timezone.now() - TOO_OLD, tick=True):
        act(province, "Một")
        deliver()
        Bookkeeper(secret).take(receiver.got[0])
    path, headers, body = receiver.got[0]

    with pytest.raises(WebhookVerificationError, match="too old"):
        Bookkeeper(secret).take((path, headers, body))
    # Nor may its time or its id be written over: both are signed.
    now = str(int(timezone.now().timestamp()))
    for change in ({"webhook-timestamp": now}, {"webhook-timestamp": now, "webhook-id": "evt_9"}):
        with pytest.raises(WebhookVerificationError, match="signature"):
            Bookkeeper(secret).take((path, headers | change, body))


def test_what_we_send_again_is_signed_anew_and_keeps_its_id_and_words(province, receiver, make_endpoint, deliver):
    _endpoint, secret = make_endpoint(receiver.url())
    with time_machine.travel(timezone.now() - datetime.timedelta(days=3), tick=True):
        act(province, "Một")
        deliver()
    send_again(by=None, delivery=WebhookDelivery.objects.get())
    deliver()

    (_path, early, first), (_path, late, second) = receiver.got
    assert (early["webhook-id"], first) == (late["webhook-id"], second)
    assert int(late["webhook-timestamp"]) - int(early["webhook-timestamp"]) > 2 * 86_400
    assert early["webhook-signature"] != late["webhook-signature"]
    Bookkeeper(secret).take(receiver.got[1])
    with pytest.raises(WebhookVerificationError, match="too old"):
        Bookkeeper(secret).take(receiver.got[0])


def test_a_request_for_another_receiver_counts_nowhere_else(province, receiver, make_endpoint, deliver):
    _first, secret = make_endpoint(receiver.url("/mot"))
    _second, other = make_endpoint(receiver.url("/hai"), agency=province.office)
    act(province, "Một")
    deliver()

    by_path = {request[0]: request for request in receiver.got}
    Bookkeeper(secret).take(by_path["/mot"])
    Bookkeeper(other).take(by_path["/hai"])
    with pytest.raises(WebhookVerificationError):
        Bookkeeper(other).take(by_path["/mot"])
