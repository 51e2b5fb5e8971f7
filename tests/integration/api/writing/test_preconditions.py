"""Nobody overwrites what they have not seen, and one key has one effect."""

import pytest
from django.test import Client

from api.models import StoredResponse
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from tests.factories import catalogs
from tests.integration.api.conftest import at_once
from tests.integration.api.writing.conftest import code, path_of

WRITES = [
    ("PATCH", "", {"year": 2030}), ("DELETE", "", None), ("POST", "submit", None), ("POST", "withdraw", None),
    ("POST", "return", {"reason": "x"}), ("POST", "accept", None), ("POST", "remarks", {"text": "x"}),
    ("POST", "decide", {"decision_number": "1", "decision_date": "2026-01-01", "effective_from": "2026-01-01"}),
]  # fmt: skip


@pytest.fixture
def draft(people, province):
    return catalogs.make_version(people["uploader"], province.statistics)


def test_a_write_says_which_state_it_means(writing, draft):
    for method, act, body in WRITES:
        unsaid = writing.do(draft, act, body, method=method, match="")
        other = writing.do(draft, act, body, method=method, match='"1.1.submitted"')
        assert [code(unsaid), code(other)] == [(428, "precondition_required"), (412, "precondition_failed")], act
    assert CatalogVersion.objects.get().edition == draft.edition


@pytest.mark.parametrize("match", ["", "*", 'W/"3.x"'])
def test_a_decided_version_is_refused_whatever_is_named(writing, world, match):
    for method, act, body in WRITES:
        answer = writing.do(world.second, act, body, method=method, match=match)
        assert code(answer) == (409, "version_frozen"), act


@pytest.mark.parametrize("named", ['"x", {}', "W/{}", "*"])
def test_one_of_several_will_do_also_when_a_proxy_weakened_it(writing, draft, named):
    etag = writing.etag(draft)

    assert writing.patch(draft, {"year": 2030}, match=named.format(etag)).status_code == 200


@pytest.mark.parametrize("named", ["x", '"', '""', "1.1.draft", '"*"'])
def test_what_names_nothing_matches_nothing(writing, draft, named):
    assert code(writing.patch(draft, {"year": 2030}, match=named)) == (412, "precondition_failed")


def test_each_write_hands_out_the_next_state(writing, draft):
    first = writing.etag(draft)

    answers = [writing.patch(draft, {"year": year}, match="*") for year in (2030, 2031, 2031)]

    tags = [answer["ETag"] for answer in answers]
    # The third changed nothing.
    assert (len({first, *tags}), tags[1]) == (3, tags[2])
    assert (
        tags[2] == writing.etag(draft) == writing.api.get(path_of(draft, "items/"), writing.people["uploader"])["ETag"]
    )
    assert all(answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"] for answer in answers)


def test_an_answer_under_a_key_comes_again_with_its_state(writing, draft):
    body, etag = {"year": 2030}, writing.etag(draft)

    first, again = (writing.patch(draft, body, match=etag, key="mot") for _ in range(2))
    other = writing.patch(draft, {"year": 2031}, match="*", key="mot")

    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    assert again["Idempotent-Replayed"] == "true"
    assert code(other) == (422, "idempotency_key_reused")


def test_a_refusal_frees_its_key(writing, draft):
    refused = writing.patch(draft, {"year": 2030}, match='"x"', key="mot")

    assert (refused.status_code, StoredResponse.objects.exists()) == (412, False)
    assert writing.patch(draft, {"year": 2030}, match="*", key="mot").status_code == 200


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_read_the_same_one_writes(people, province):
    draft = catalogs.make_version(people["uploader"], province.statistics)
    etag, clients = f'"{draft.pk}.{draft.edition}.draft"', _clients(people["uploader"], 4)

    def write(client, year):
        return _send(client, "PATCH", path_of(draft), {"year": year}, {"If-Match": etag})

    answers = at_once([lambda client=client, year=2030 + n: write(client, year) for n, client in enumerate(clients)])

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert CatalogVersion.objects.get().year == winner.json()["year"]
    assert AuditEvent.objects.filter(action="catalog_version.edit").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_replays_in_parallel_start_one_version(people, province):
    clients = _clients(people["uploader"], 4)

    answers = at_once([lambda client=client: _start(client) for client in clients])

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {code(answer)[1] for answer in answers if answer.status_code == 409} <= {"still_running"}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert CatalogVersion.objects.count() == AuditEvent.objects.filter(action="catalog_version.start").count() == 1


def _start(client):
    return _send(client, "POST", "catalogs/thong-ke/versions/", {}, {"Idempotency-Key": "mot"})


def _clients(person, number):
    clients = [Client(raise_request_exception=False) for _ in range(number)]
    for client in clients:
        client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
        client.get("/api/v1/")
    return clients


def _send(client, method, path, body, headers):
    from json import dumps

    return client.generic(method, f"/api/v1/{path}", dumps(body), "application/json", headers=headers)
