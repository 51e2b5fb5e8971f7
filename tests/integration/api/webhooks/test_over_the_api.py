"""A program looks after its own webhooks with its token: what was sent, what came of it, and sending it again."""

import pytest
from django.test import Client
from django.utils import timezone

from api.clients.actions import rotate_token
from api.clients.models import Scope
from api.webhooks.actions import send_trial, switch_off
from api.webhooks.models import DeliveryError, WebhookDelivery
from api.webhooks.results import abandon, record_result
from api.webhooks.sending import SendResult
from cms.audit.models import AuditEvent


def token_of(endpoint):
    """Return a token of the program that an endpoint belongs to."""
    return rotate_token(by=None, client=endpoint.client, last_day=timezone.localdate())


def ask(secret, path="", method="get", data=None, **headers):
    client = Client(raise_request_exception=False)
    sent = {"Authorization": f"Bearer {secret}"} | headers
    form = {"content_type": "application/json"} if method == "post" else {}
    return getattr(client, method)(f"/api/v1/webhooks/{path}", data, headers=sent, **form)


def at(delivery):
    return f"{delivery.endpoint_id}/deliveries/{delivery.pk}/"


@pytest.fixture
def own(make_endpoint):
    """Return a webhook of the statistics office."""
    return make_endpoint("https://localhost/cua-minh")[0]


@pytest.fixture
def other(make_endpoint, province):
    """Return a webhook of another program of the same agency."""
    return make_endpoint("https://localhost/cua-nguoi")[0]


@pytest.fixture
def lost(own):
    """Return a delivery that was tried once and given up."""
    delivery = send_trial(by=None, endpoint=own)
    record_result(delivery, SendResult(status=500, answer="hỏng", milliseconds=12))
    abandon(delivery, DeliveryError.NOT_READABLE)
    return delivery


def test_a_program_sees_its_own_webhooks_and_no_secret(own, other):
    answer = ask(token_of(own))

    (reported,) = answer.json()["results"]
    assert (reported["id"], reported["address"], reported["state"]) == (own.pk, "https://localhost/cua-minh", "on")
    assert reported["deliveries"].endswith(f"/api/v1/webhooks/{own.pk}/deliveries/")
    assert "secret" not in answer.content.decode() and own.secret not in answer.content.decode()


def test_a_log_is_narrowed_and_paged(own, lost):
    waiting = [send_trial(by=None, endpoint=own) for _number in range(3)]
    token = token_of(own)

    dead = ask(token, f"{own.pk}/deliveries/?state=dead").json()["results"]
    first = ask(token, f"{own.pk}/deliveries/?state=pending&page_size=2").json()
    rest = Client().get(first["next"], headers={"Authorization": f"Bearer {token}"}).json()

    assert [row["id"] for row in dead] == [lost.pk]
    assert [row["id"] for row in first["results"] + rest["results"]] == [row.pk for row in reversed(waiting)]
    assert rest["next"] is None


def test_a_delivery_says_what_came_of_each_try(own, lost):
    reported = ask(token_of(own), at(lost)).json()

    assert (reported["state"], reported["next_try_at"], reported["event"]) == ("dead", None, f"test_{lost.pk}")
    assert [(entry["status"], entry["answer"]) for entry in reported["log"] if entry["status"]] == [(500, "hỏng")]


def test_a_replay_counts_once_for_its_key_and_stands_in_the_ledger(own, lost):
    token = token_of(own)

    first = ask(token, f"{at(lost)}replay/", "post", {}, **{"Idempotency-Key": "1"})
    again = ask(token, f"{at(lost)}replay/", "post", {}, **{"Idempotency-Key": "1"})
    third = ask(token, f"{at(lost)}replay/", "post", {}, **{"Idempotency-Key": "2"})

    lost.refresh_from_db()
    assert (first.status_code, lost.state, lost.attempts) == (202, "pending", 0)
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    assert (third.status_code, third.json()["code"]) == (409, "wrong_state")
    act = AuditEvent.objects.get(action="webhook.replay")
    assert (act.actor_name, act.after) == ("Phần mềm", {"event": f"test_{lost.pk}"})


def test_nothing_is_sent_again_while_the_webhook_is_off(own, lost):
    switch_off(by=None, endpoint=own, reason="Bảo trì")

    assert ask(token_of(own), f"{at(lost)}replay/", "post", {}).status_code == 409
    assert WebhookDelivery.objects.get(pk=lost.pk).state == "dead"


@pytest.mark.parametrize(("path", "method"), [("", "get"), ("replay/", "post")])
def test_those_of_other_programs_are_not_there(own, other, lost, path, method):
    token = token_of(other)
    crossed = f"{other.pk}/deliveries/{lost.pk}/"

    for place in (at(lost), crossed):
        assert ask(token, f"{place}{path}", method, {} if method == "post" else None).status_code == 404
    assert ask(token, f"{own.pk}/deliveries/").status_code == 404
    assert WebhookDelivery.objects.get(pk=lost.pk).state == "dead"


def test_a_token_without_the_scope_opens_nothing(make_endpoint):
    endpoint, _secret = make_endpoint("https://localhost/", scopes=[Scope.CATALOGS_READ])

    assert ask(token_of(endpoint)).json()["code"] == "scope_missing"


def test_a_log_costs_the_same_however_long_it_is(own, lost, django_assert_max_num_queries):
    for _number in range(20):
        send_trial(by=None, endpoint=own)
    token = token_of(own)
    ask(token)

    with django_assert_max_num_queries(8):
        assert len(ask(token, f"{own.pk}/deliveries/").json()["results"]) == 21
