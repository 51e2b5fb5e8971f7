"""Several at once: one key has one effect, and of those who saw the same item one writes."""

import json

import pytest
from django.test import Client

from api.models import StoredResponse
from cms.audit.models import AuditEvent
from tests.factories import catalogs
from tests.integration.api.conftest import at_once
from tests.integration.api.items.conftest import BULK, add, address_of, codes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def version(people, province):
    """Return a draft."""
    return catalogs.make_version(people["uploader"], province.statistics)


def _clients(people, count):
    clients = [Client(raise_request_exception=False) for _ in range(count)]
    for client in clients:
        client.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")
        client.get("/api/v1/")
    return clients


def _sent(client, method, address, body, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: client.generic(method, address, json.dumps(body), "application/json", headers=named)


def test_replays_of_a_bulk_in_parallel_have_one_effect(people, version):
    body = {"mode": "each", "operations": [add(9), add(10)]}
    asked = [_sent(client, "POST", BULK, body, Idempotency_Key="mot") for client in _clients(people, 4)]

    answers = at_once(asked)

    statuses = [answer.status_code for answer in answers]
    assert 200 in statuses and set(statuses) <= {200, 409}, [answer.content for answer in answers]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"still_running"}
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1
    assert StoredResponse.objects.get().status == 200
    assert (len(codes(version)), AuditEvent.objects.filter(action="catalog_item.write_many").count()) == (5, 1)


def test_of_several_who_saw_the_same_item_one_writes(people, version):
    item = version.items.in_order().first()
    clients = _clients(people, 3)
    etag = clients[0].get(address_of(item))["ETag"]

    answers = at_once(
        [
            _sent(client, "PATCH", address_of(item), {"note": str(number)}, If_Match=etag)
            for number, client in enumerate(clients)
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    item.refresh_from_db()
    written = next(answer for answer in answers if answer.status_code == 200)
    assert written.json()["note"] == item.note
