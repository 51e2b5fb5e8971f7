"""Webhooks from the act to the receiver: signed, in order, once more when it fails, nothing lost or told too much."""

import datetime
import json
import time
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from api.clients.actions import revoke_client
from api.webhooks import dispatching, outbox, sending
from api.webhooks.actions import (
    add_endpoint,
    edit_endpoint,
    rotate_secret,
    send_again,
    send_again_since,
    send_trial,
    switch_off,
    switch_on,
)
from api.webhooks.dispatching import LEASE, Dispatcher, claim
from api.webhooks.models import DeliveryAttempt, WebhookCursor, WebhookDelivery, WebhookEndpoint
from api.webhooks.results import WAITS, record_result
from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalog_actions
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.actions import edit_agency, revoke_membership
from cms.organisations.models import Membership
from tests.factories import catalogs
from tests.integration.api.webhooks.conftest import only_delivery

CANARY = "chimhoangyen"


def act(province, name="Văn phòng mới"):
    """Do something that everybody hears of."""
    edit_agency(by=None, agency=province.office, name=name)


def test_an_event_arrives_signed_in_its_fixed_form(province, receiver, make_endpoint, deliver, settings):
    _endpoint, secret = make_endpoint(receiver.url("/su-kien?a=1"))
    act(province)
    deliver()

    ((path, headers, body),) = receiver.got
    last = AuditEvent.objects.order_by("sequence").last()
    event = Webhook(secret).verify(body, headers)
    assert event == {
        "id": f"evt_{last.sequence}", "type": "agency.changed", "timestamp": last.at.isoformat(),
        "data": {"agency": "van-phong", "url": f"{settings.WAGTAILADMIN_BASE_URL}/api/v1/agencies/van-phong/"},
    }  # fmt: skip
    assert (path, headers["webhook-id"], headers["Content-Type"]) == ("/su-kien?a=1", event["id"], "application/json")
    assert headers["Host"] == receiver.url("").removeprefix("http://")
    delivery = only_delivery()
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 200)
    assert delivery.log.get().answer == "ok"


def test_a_changed_body_does_not_verify(province, receiver, make_endpoint, deliver):
    _endpoint, secret = make_endpoint(receiver.url())
    act(province)
    deliver()

    ((_path, headers, body),) = receiver.got
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"van-phong", b"thong-ke"), headers)


def test_both_secrets_sign_for_a_day_after_a_rotation(province, receiver, make_endpoint, deliver):
    endpoint, old = make_endpoint(receiver.url())
    new = rotate_secret(by=None, endpoint=endpoint)
    send_trial(by=None, endpoint=endpoint)
    deliver()

    ((_path, headers, body),) = receiver.got
    assert Webhook(old).verify(body, headers) == Webhook(new).verify(body, headers)
    assert json.loads(body)["type"] == "webhook.test" and headers["webhook-id"].startswith("test_")
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25)):
        endpoint.refresh_from_db()
        assert endpoint.sealed_secrets == [endpoint.secret]


def test_no_secret_is_kept_readable_or_written_into_the_ledger(receiver, make_endpoint):
    endpoint, secret = make_endpoint(receiver.url())
    newer = rotate_secret(by=None, endpoint=endpoint)

    kept = json.dumps([*WebhookEndpoint.objects.values("secret", "previous_secret")])
    ledger = json.dumps([*AuditEvent.objects.filter(action__startswith="webhook.").values("before", "after")])
    for text in (secret, newer):
        assert text.startswith("whsec_") and text[6:] not in kept + ledger


def test_events_arrive_in_the_order_in_which_they_happened(province, receiver, make_endpoint, deliver):
    make_endpoint(receiver.url())
    for number in range(12):
        act(province, f"Văn phòng {number}")
    deliver()

    numbers = [int(id_.removeprefix("evt_")) for id_ in receiver.ids]
    assert len(numbers) == 12 and numbers == sorted(numbers)


def test_what_fails_is_tried_again_by_the_schedule_and_then_given_up(province, receiver, make_endpoint, deliver):
    endpoint, _secret = make_endpoint(receiver.url())
    receiver.answer(*[500] * 10, body=b"\x00hong" + b"x" * 600)
    act(province)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for number, wait in enumerate((*WAITS, None), start=1):
            deliver()
            delivery = only_delivery()
            assert (delivery.attempts, len(receiver.got)) == (number, number)
            if wait is None:
                break
            assert wait <= delivery.next_try_at - timezone.now() <= wait * 1.1
            clock.move_to(delivery.next_try_at - datetime.timedelta(seconds=1))
            deliver()
            assert len(receiver.got) == number
            clock.shift(1)

    assert delivery.state == "dead" and len(set(receiver.ids)) == 1
    assert len({body for _path, _headers, body in receiver.got}) == 1
    logged = delivery.log.first()
    assert (logged.status, len(logged.answer), "\x00" in logged.answer) == (500, 500, False)
    endpoint.refresh_from_db()
    assert endpoint.failing_since == start and endpoint.state == "on"


def test_one_that_fails_does_not_keep_later_ones_back(province, receiver, make_endpoint, deliver):
    make_endpoint(receiver.url())
    receiver.answer(500)
    act(province)
    act(province, "Tên khác")
    deliver()

    assert [delivery.state for delivery in WebhookDelivery.objects.order_by("pk")] == ["pending", "delivered"]


def test_a_receiver_that_is_gone_is_switched_off_and_told_of(
    province, receiver, make_endpoint, deliver, people, mailoutbox, django_capture_on_commit_callbacks
):
    endpoint, _secret = make_endpoint(receiver.url())
    people["technical_admin"].email = "quan-tri@example.gov.vn"
    people["technical_admin"].save()
    WebhookEndpoint.objects.update(added_by=people["technical_admin"])
    receiver.answer(410)
    act(province)
    with django_capture_on_commit_callbacks(execute=True):
        deliver()

    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.off_reason, only_delivery().state) == ("off", "gone", "dead")
    assert AuditEvent.objects.get(action="webhook.switch_off").after == {"why": "gone"}
    assert [mail.to for mail in mailoutbox] == [["quan-tri@example.gov.vn"]]
    act(province, "Tên khác")
    deliver()
    assert len(receiver.got) == 1


def test_an_endpoint_at_which_nothing_arrives_for_five_days_is_switched_off(province, receiver, make_endpoint, deliver):
    endpoint, _secret = make_endpoint(receiver.url())
    receiver.answer(500, 500, 200)
    act(province)
    deliver()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=5, minutes=1)):
        deliver()
        endpoint.refresh_from_db()
        assert (endpoint.state, endpoint.off_reason) == ("off", "failing")
        switch_on(by=None, endpoint=endpoint)
        WebhookDelivery.objects.update(next_try_at=timezone.now())
        deliver()
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None and only_delivery().state == "delivered"


def test_a_delivery_that_is_over_is_sent_again_under_its_id(province, receiver, make_endpoint, deliver):
    make_endpoint(receiver.url())
    act(province)
    deliver()
    send_again(by=None, delivery=only_delivery())
    with pytest.raises(WrongState):
        send_again(by=None, delivery=only_delivery())
    deliver()

    assert len(receiver.ids) == 2 and len(set(receiver.ids)) == 1
    assert only_delivery().attempts == 1 and DeliveryAttempt.objects.count() == 2


def test_what_waits_for_a_later_try_is_sent_now_when_the_receiver_is_mended(province, receiver, make_endpoint, deliver):
    endpoint, _secret = make_endpoint(receiver.url())
    receiver.answer(500, 500)
    for name in ("Một", "Hai"):
        act(province, name)
    deliver()
    first, second = WebhookDelivery.objects.order_by("sequence")
    WebhookDelivery.objects.update(next_try_at=timezone.now() + datetime.timedelta(hours=2))

    send_again(by=None, delivery=first)
    deliver()
    assert (len(receiver.got), first.log.count(), second.log.count()) == (3, 2, 1)

    send_again_since(by=None, endpoint=endpoint, since=timezone.now() - datetime.timedelta(hours=1))
    deliver()
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}
    assert receiver.ids[-1] == second.message_id


def test_everything_since_a_moment_is_sent_again_with_what_was_missed_while_off(
    province, receiver, make_endpoint, deliver
):
    act(province, "Trước")
    moment = timezone.now()
    endpoint, _secret = make_endpoint(receiver.url(), types=["agency.changed"])
    act(province, "Một")
    deliver()
    switch_off(by=None, endpoint=endpoint, reason="Bảo trì")
    act(province, "Hai")
    deliver()
    switch_on(by=None, endpoint=endpoint)
    deliver()
    assert len(receiver.got) == 1

    assert send_again_since(by=None, endpoint=endpoint, since=moment) == 2
    deliver()

    first, *again = receiver.ids
    assert len(again) == 2 and again[0] == first
    assert send_again_since(by=None, endpoint=endpoint, since=timezone.now()) == 0


def test_only_the_types_that_were_asked_for_are_sent(people, province, receiver, make_endpoint, deliver):
    make_endpoint(receiver.url(), types=["catalog.version.published"])
    catalogs.make_approved(people, province.statistics)
    act(province)
    deliver()

    assert [json.loads(body)["type"] for _path, _headers, body in receiver.got] == ["catalog.version.published"]


def test_an_endpoint_never_gets_another_agencys_drafts_or_a_word_of_anybody(
    people, province, receiver, make_endpoint, deliver
):
    make_endpoint(receiver.url("/thong-ke"))
    make_endpoint(receiver.url("/van-phong"), agency=province.office)
    draft = catalogs.make_version(people["uploader"], province.statistics)
    catalogs.make_items(draft, 1, 90, name=CANARY, task=CANARY, note=CANARY, code=f"{CANARY}-1")
    catalogs.submit(draft, people["uploader"])
    catalog_actions.leave_note(by=people["editor"], version=draft, text=CANARY)
    catalogs.send_back(draft, people["editor"], CANARY)
    deliver()

    sent = [(path, json.loads(body)) for path, _headers, body in receiver.got]
    assert {event["data"]["agency"] for path, event in sent if path == "/van-phong"} == set()
    assert [event["type"].rpartition(".")[2] for path, event in sent if path == "/thong-ke"] == [
        "started", "changed", "changed", "submitted", "returned",
    ]  # fmt: skip
    everything = b"".join(body for _path, _headers, body in receiver.got).decode()
    assert CANARY not in everything
    assert not any(str(person) in everything or person.username in everything for person in people.values())


def test_what_a_program_may_no_longer_read_is_not_sent_to_it(people, province, receiver, make_endpoint, deliver):
    endpoint, _secret = make_endpoint(receiver.url())
    catalogs.make_version(people["uploader"], province.statistics)
    outbox.fan_out()
    for membership in Membership.objects.filter(user=endpoint.client.user):
        revoke_membership(by=None, membership=membership, reason="Thôi")
    deliver()

    assert receiver.got == []
    assert {(delivery.state, delivery.last_error) for delivery in WebhookDelivery.objects.all()} == {
        ("dead", "not_heard")
    }


def test_one_that_cannot_be_signed_stops_no_other(province, receiver, make_endpoint, deliver):
    broken, _secret = make_endpoint(receiver.url("/hong"))
    make_endpoint(receiver.url("/ok"))
    WebhookEndpoint.objects.filter(pk=broken.pk).update(secret="cua-khoa-khac")
    act(province)
    deliver()

    assert [path for path, _headers, _body in receiver.got] == ["/ok"]
    assert broken.deliveries.get().last_error == "not_made" and broken.deliveries.get().state == "pending"


def test_nothing_is_sent_for_a_revoked_program(province, receiver, make_endpoint, deliver):
    endpoint, _secret = make_endpoint(receiver.url())
    act(province)
    outbox.fan_out()
    revoke_client(by=None, client=endpoint.client, reason="Thôi")
    deliver()

    assert receiver.got == []
    with pytest.raises(WrongState):
        add_endpoint(by=None, client=endpoint.client, url=receiver.url())


class Killed(BaseException):
    """The process ends here."""


def _kill_after(target, name, monkeypatch):
    """Let the process die just after it has done something."""
    whole = getattr(target, name)

    def dying(*args, **kwargs):
        whole(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(target, name, dying)


STEPS = [
    (outbox, "make_deliveries"), (outbox.WebhookCursor, "save"), (dispatching, "fan_out"), (dispatching, "claim"),
    (dispatching, "request_for"), (dispatching, "record_result"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "name"), STEPS, ids=[name for _target, name in STEPS])
def test_killed_at_any_step_nothing_is_lost(target, name, province, receiver, make_endpoint, deliver, monkeypatch):
    make_endpoint(receiver.url())
    act(province)
    act(province, "Tên khác")
    sequences = list(AuditEvent.objects.filter(action="agency.edit").values_list("sequence", flat=True))
    with monkeypatch.context() as patched:
        _kill_after(target, name, patched)
        with pytest.raises(Killed):
            deliver()
    with time_machine.travel(timezone.now() + LEASE * 1.1):
        deliver()

    assert set(receiver.ids) >= {f"evt_{sequence}" for sequence in sequences}
    assert WebhookDelivery.objects.filter(state="delivered").count() == 2


def test_a_request_that_was_sent_but_not_written_down_is_sent_again(
    province, receiver, make_endpoint, deliver, monkeypatch
):
    make_endpoint(receiver.url())
    act(province)

    def killed(delivery, outcome):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(dispatching, "record_result", killed)
        with pytest.raises(Killed):
            deliver()
    deliver()
    assert len(receiver.ids) == 1
    with time_machine.travel(timezone.now() + LEASE * 1.1):
        deliver()
    assert len(receiver.ids) == 2 and len(set(receiver.ids)) == 1


def test_a_claimed_delivery_is_nobody_elses_until_the_lease_is_over(province, receiver, make_endpoint):
    endpoint, _secret = make_endpoint(receiver.url())
    send_trial(by=None, endpoint=endpoint)

    claimed = claim(endpoint)
    assert claimed is not None and claim(endpoint) is None
    record_result(claimed, sending.SendResult(status=200))
    assert record_result(claimed, sending.SendResult(status=500)).state == "delivered"


def test_a_receiver_that_hangs_holds_up_nobody_else(province, receiver, make_endpoint, monkeypatch):
    make_endpoint(receiver.url("/hang"))
    make_endpoint(receiver.url("/ok"))
    for number in range(3):
        act(province, f"Văn phòng {number}")
    with Dispatcher(threads=2) as dispatcher:
        until = time.monotonic() + 20
        while WebhookDelivery.objects.filter(state="delivered").count() < 3 and time.monotonic() < until:
            dispatcher.turn()
            dispatcher.rest(0.05)
        assert [path for path, _headers, _body in receiver.got].count("/ok") == 3
        assert WebhookDelivery.objects.filter(state="pending").count() == 3
        receiver.release.set()


def test_a_receiver_that_never_answers_is_given_up_in_time_and_what_waits_behind_it_is_put_off(
    province, receiver, make_endpoint, deliver, monkeypatch
):
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.3)
    make_endpoint(receiver.url("/hang"))
    act(province)
    act(province, "Tên khác")
    deliver()

    assert len(receiver.got) == 1
    first, second = WebhookDelivery.objects.order_by("pk")
    assert (first.attempts, first.last_error, second.attempts) == (1, "timeout", 0)
    assert second.next_try_at > first.next_try_at


def test_a_new_platform_begins_at_the_end_of_its_ledger(province, db):
    act(province)

    assert outbox.fan_out() is False
    assert WebhookCursor.objects.get().sequence == AuditEvent.objects.order_by("sequence").last().sequence


def test_the_command_sends_what_is_due_and_ends(province, receiver, make_endpoint):
    make_endpoint(receiver.url())
    act(province)
    call_command("deliver_webhooks", "--once")

    assert len(receiver.got) == 1


def test_old_deliveries_are_forgotten_and_those_on_their_way_are_not(receiver, make_endpoint):
    endpoint, _secret = make_endpoint(receiver.url())
    for state in ("delivered", "dead", "pending"):
        endpoint.deliveries.create(sequence=0, state=state, made_at=timezone.now() - datetime.timedelta(days=91))
    endpoint.deliveries.create(sequence=0, state="dead")

    call_command("forget_deliveries", stdout=StringIO())

    assert sorted(endpoint.deliveries.values_list("state", flat=True)) == ["dead", "pending"]


def test_nobody_but_an_administrator_keeps_webhooks(people, receiver, make_endpoint):
    endpoint, _secret = make_endpoint(receiver.url())
    trial = send_trial(by=people["technical_admin"], endpoint=endpoint)
    acts = (
        (add_endpoint, {"client": endpoint.client, "url": receiver.url()}),
        (edit_endpoint, {"endpoint": endpoint, "url": receiver.url()}),
        (rotate_secret, {"endpoint": endpoint}),
        (switch_off, {"endpoint": endpoint, "reason": "x"}),
        (switch_on, {"endpoint": endpoint}),
        (send_trial, {"endpoint": endpoint}),
        (send_again, {"delivery": trial}),
        (send_again_since, {"endpoint": endpoint, "since": timezone.now()}),
    )
    for role in people.keys() - {"technical_admin"}:
        for act_, given in acts:
            with pytest.raises(NotAllowed):
                act_(by=people[role], **given)
