"""What is sent twice under one key happens once, whatever happens in between."""

import datetime
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from api.models import PATIENCE, RETENTION, StoredResponse
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from importers import actions
from importers.models import ImportBatch
from tests.integration.api.conftest import at_once


def commits():
    return AuditEvent.objects.filter(action="import.commit").count()


def test_the_same_again_gets_the_same_bytes_again(uploads, good):
    upload = uploads.sent(good)
    body = {"seen": upload["checked_at"]}

    first = uploads.act(upload, "commit", body, key="mot")
    uploads.act(upload, "undo")
    again = uploads.act(upload, "commit", body, key="mot")

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (again["Idempotent-Replayed"], again["Content-Type"]) == ("true", "application/json")
    assert "Idempotent-Replayed" not in first
    assert again["Cache-Control"] == "no-store, private"
    assert commits() == 1
    assert ImportBatch.objects.get().state == "undone"


def test_a_file_sent_twice_is_one_upload_though_the_form_is_written_otherwise(uploads, good):
    first = uploads.send(good, key="mot", kind="catalog")
    again = uploads.send(good, key="mot")

    assert (again.status_code, again["Location"], again.content) == (202, first["Location"], first.content)
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("other", [{"name": "khac.xlsx"}, {"kind": "officers"}])
def test_other_content_under_the_key_is_refused(uploads, good, other):
    uploads.send(good, key="mot")

    answers = [uploads.send(good, key="mot", **other), uploads.send(good + b" ", key="mot")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(422, "idempotency_key_reused")] * 2
    assert ImportBatch.objects.count() == 1


def test_a_key_is_one_persons_and_one_addresss(uploads, good, people):
    upload = uploads.sent(good, key="mot")
    written = uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")
    by_another = uploads.sent(good, people["agency_head"], key="mot")

    assert written.json()["state"] == "committed"
    assert by_another["id"] != upload["id"]


def test_a_refusal_is_not_kept(uploads, good):
    first = uploads.api.post(*_form(good), uploads.people["uploader"], "mot", as_form=True)
    waits = uploads.api.post(*_form(good), uploads.people["uploader"], "hai", as_form=True)
    actions.check_batch(ImportBatch.objects.get())
    taken = uploads.api.post(*_form(good), uploads.people["uploader"], "hai", as_form=True)

    assert [answer.status_code for answer in (first, waits, taken)] == [202, 409, 202]
    assert set(StoredResponse.objects.values_list("key", "status")) == {("mot", 202), ("hai", 202)}
    # That the file was refused stands in the ledger all the same.
    assert AuditEvent.objects.filter(action="import.refuse").count() == 1


def _form(content):
    return "imports/", {"file": SimpleUploadedFile("a.xlsx", content), "agency": "thong-ke"}


def test_what_breaks_leaves_nothing_and_frees_the_key(uploads, good, monkeypatch):
    upload = uploads.sent(good)
    monkeypatch.setattr("api.idempotency._store", lambda held, response: 1 / 0)
    broken = uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")
    monkeypatch.undo()

    assert broken.status_code == 500
    assert (commits(), StoredResponse.objects.filter(key="mot").exists()) == (0, False)
    assert uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot").status_code == 200


@pytest.fixture
def under_way(uploads, good, monkeypatch):
    """Return an upload, and the claim on the key "mot" of a commit that another process carries out, or carried."""
    upload, claims = uploads.sent(good), []

    def is_killed(held, act):
        claims.append(held)
        raise RuntimeError

    monkeypatch.setattr("api.idempotency._carried_out", is_killed)
    uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")
    monkeypatch.undo()
    # Who is killed tidies nothing up.
    claims[0].save(force_insert=True)
    return upload, claims[0]


def test_while_the_first_is_at_work_the_second_waits(uploads, under_way):
    upload, _held = under_way

    answer = uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")

    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (409, "still_running", "1")
    assert commits() == 0


def test_a_claim_whose_process_died_is_taken_over(uploads, under_way):
    upload, held = under_way
    StoredResponse.objects.filter(pk=held.pk).update(began_at=timezone.now() - PATIENCE - datetime.timedelta(seconds=1))

    answer = uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")

    assert (answer.status_code, commits()) == (200, 1)
    assert StoredResponse.objects.get(key="mot").claim != held.claim


def test_who_comes_back_after_all_writes_nothing(uploads, good, monkeypatch):
    upload = uploads.sent(good)
    confirm = actions.confirm

    def slow(**given):
        batch = confirm(**given)
        StoredResponse.objects.filter(key="mot").update(claim="00000000-0000-4000-8000-000000000000")
        return batch

    monkeypatch.setattr(actions, "confirm", slow)
    answer = uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")

    assert (answer.status_code, answer.json()["code"]) == (409, "still_running")
    assert not CatalogVersion.objects.exists()
    assert ImportBatch.objects.get().state == "previewed"


def test_after_a_day_a_key_is_new_again_and_the_answer_goes(uploads, good):
    uploads.send(good, key="mot")
    StoredResponse.objects.update(began_at=timezone.now() - RETENTION - datetime.timedelta(seconds=1))

    assert uploads.send(good, key="mot", name="khac.xlsx").status_code == 202

    uploads.send(good, key="hai")
    StoredResponse.objects.filter(key="mot").update(began_at=timezone.now() - RETENTION - datetime.timedelta(seconds=1))
    said = StringIO()
    call_command("forget_answers", stdout=said)
    assert said.getvalue() == "1 answers removed.\n"
    assert StoredResponse.objects.get().key == "hai"


def test_who_may_no_longer_see_the_upload_gets_no_earlier_answer(uploads, good, people):
    from cms.organisations import actions as organisation

    upload = uploads.sent(good)
    uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot")

    organisation.revoke_membership(by=None, membership=people["uploader"].memberships.get())

    assert uploads.act(upload, "commit", {"seen": upload["checked_at"]}, key="mot").status_code == 401


@pytest.mark.parametrize("key", ["x" * 256, "khóa", "a\tb"])
def test_what_is_no_key_is_refused(uploads, good, key):
    answer = uploads.send(good, key=key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_invalid")


def test_where_no_key_is_needed_none_is_kept(uploads, good, api, people):
    upload = uploads.sent(good)

    assert api.post(f"{upload['url']}abandon/", {}, people["uploader"]).json()["state"] == "abandoned"
    assert StoredResponse.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_replays_in_parallel_have_one_effect(people, province, samples):
    content = (samples / "thong-ke.v1.xlsx").read_bytes()
    uploader = people["uploader"]
    batch = actions.upload(by=uploader, agency=province.statistics, file=ContentFile(content), name="a.xlsx", wait=True)
    clients = [Client(raise_request_exception=False) for _ in range(6)]
    for client in clients:
        client.force_login(uploader, backend="cms.organisations.backends.MembershipBackend")
        client.get("/api/v1/")
    body = {"seen": batch.checked_at.isoformat()}
    answers = at_once([lambda client=client: _commit(client, batch, body) for client in clients])

    statuses = sorted(answer.status_code for answer in answers)
    assert set(statuses) <= {200, 409} and 200 in statuses, [answer.content for answer in answers]
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"still_running"}
    assert (commits(), CatalogVersion.objects.get().item_count) == (1, 8)
    assert StoredResponse.objects.get().status == 200


def _commit(client, batch, body):
    address = f"/api/v1/imports/{batch.pk}/commit/"
    return client.post(address, body, content_type="application/json", headers={"Idempotency-Key": "mot"})
