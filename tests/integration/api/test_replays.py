"""A program that is never sure whether its requests arrived sends each of them five times, all at once: one effect."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from cms.audit.models import AuditEvent
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem
from importers.models import ImportBatch
from tests.integration.api.imports.conftest import BAD

AT_ONCE = 5
# How often somebody asks again who is told to wait.
PATIENCE = 500
# Being told to wait while another file is being checked stands in the ledger too.
WAITED = "import.refuse"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_five_times_at_once_leaves_what_is_left_by_once(people, province, samples):
    files = {"viet.xlsx": (samples / "thong-ke.v1.xlsx").read_bytes(), "bo.xlsx": BAD}

    once = _left_behind(people["uploader"], province.statistics, files, times=1)
    often = _left_behind(people["other_uploader"], province.office, files, times=AT_ONCE)

    assert once["ledger"]["import.commit"] == once["ledger"]["import.abandon"] == 1
    assert once["items"]
    assert often == once


def _left_behind(by, agency, files, times):
    """Send two files, write one and drop the other, each request so many times, and return what is there afterwards."""
    _send([_file(agency, *file) for file in files.items()], by, times)
    batches = {batch.file_name: batch for batch in ImportBatch.objects.filter(agency=agency)}
    written, dropped = batches["viet.xlsx"], batches["bo.xlsx"]
    seen = {"seen": written.checked_at.isoformat()}
    _send([_act(written, "commit", seen), _act(dropped, "abandon", {})], by, times)
    events = AuditEvent.objects.filter(agency_code=agency.code, actor_id=by.pk).exclude(action=WAITED)
    items = CatalogItem.objects.filter(version__catalog__agency=agency)
    uploads = ImportBatch.objects.filter(agency=agency)
    return {
        "ledger": Counter(events.values_list("action", flat=True)),
        "items": list(items.order_by("position").values_list(*CONTENT_FIELDS)),
        "uploads": sorted(uploads.values_list("file_name", "state")),
    }


def _file(agency, name, content):
    def send(client):
        body = {"file": SimpleUploadedFile(name, content), "agency": agency.code}
        return client.post("/api/v1/imports/", body, headers={"Idempotency-Key": f"gui-{name}"})

    return send


def _act(batch, act, body):
    address, headers = f"/api/v1/imports/{batch.pk}/{act}/", {"Idempotency-Key": f"{act}-{batch.pk}"}
    return lambda client: client.post(address, body, content_type="application/json", headers=headers)


def _send(requests, by, times):
    """Send each request so many times, in any order, several at once; each gets the one answer of its first time."""
    sent = requests * times
    random.Random(335).shuffle(sent)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda request: (request, _answer(request, by)), sent))
    for request in requests:
        reported = {(answer.status_code, answer.content) for each, answer in answers if each is request}
        assert len(reported) == 1 and reported.pop()[0] in (200, 202), answers


def _answer(request, by):
    """Return the answer to a request, which is sent again while another one of the same person is being carried out."""
    client = Client(raise_request_exception=False)
    try:
        client.force_login(by, backend="cms.organisations.backends.MembershipBackend")
        answers = (request(client) for _ in range(PATIENCE))
        return next(answer for answer in answers if answer.status_code != 409)
    finally:
        connection.close()
