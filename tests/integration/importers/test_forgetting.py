"""Contents of uploads go after their time; verdict, counts and the ledger stay."""

import datetime
from collections.abc import Callable
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import WrongState
from importers import actions
from importers.enums import BatchState
from importers.models import ImportBatch
from tests.integration.importers.conftest import GOOD_ROW, workbook

Uploaded = Callable[..., ImportBatch]
BAD = ("TK.102", "Việc", "Báo cáo", "báo cáo", 1, "abc")


def aged(batch: ImportBatch) -> ImportBatch:
    """Return the upload as if it had come 40 days ago."""
    ImportBatch.objects.filter(pk=batch.pk).update(at=timezone.now() - datetime.timedelta(days=40))
    return ImportBatch.objects.get(pk=batch.pk)


@pytest.fixture
def old(people, province, uploaded: Uploaded, settings) -> ImportBatch:
    """Return an upload of 40 days ago, written then."""
    settings.THUOCDO_IMPORT_KEEP_DAYS = 30
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    return aged(actions.commit(by=people["uploader"], batch=batch))


def run(*options: str) -> None:
    call_command("forget_uploads", *options, stdout=mock.Mock())


def test_old_contents_go_and_what_became_of_them_stays(people, province, uploaded: Uploaded, old) -> None:
    new = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW))
    name, storage = old.original.name, old.original.storage

    run()

    old.refresh_from_db()
    assert not storage.exists(name)
    assert not any(found.exists() for found in (old.chunks, old.problems, old.packs, old.corrections))
    assert (old.original.name, old.is_forgotten, old.state) == ("", True, BatchState.COMMITTED)
    assert (old.counts["new"], old.row_count, len(old.sha256), old.verdict) == (1, 1, 64, "accept")
    assert old.catalog.committed_to.items.count() == 1
    new.refresh_from_db()
    assert new.original and not new.is_forgotten
    assert [event.actor_id for event in AuditEvent.objects.filter(action="import.forget")] == [None]


def test_running_again_does_nothing(old) -> None:
    run()
    run()

    assert AuditEvent.objects.filter(action="import.forget").count() == 1


def test_an_interrupted_run_is_ended_by_the_next(old) -> None:
    name, storage = old.original.name, old.original.storage
    with mock.patch.object(type(storage), "delete", side_effect=OSError), pytest.raises(OSError):
        run()
    assert storage.exists(name)

    run()

    old.refresh_from_db()
    assert (storage.exists(name), old.original.name) == (False, "")


def test_a_dry_run_removes_nothing(old) -> None:
    run("--dry-run")

    old.refresh_from_db()
    assert old.original and not old.is_forgotten


def test_what_was_never_confirmed_is_given_up(people, province, uploaded: Uploaded, settings) -> None:
    settings.THUOCDO_IMPORT_KEEP_DAYS = 30
    batch = aged(uploaded(people["uploader"], province.statistics, workbook(BAD)))

    run()

    batch.refresh_from_db()
    assert (batch.state, batch.error_count) == (BatchState.ABANDONED, 1)


def test_what_is_forgotten_is_not_undone(people, old) -> None:
    run()

    with pytest.raises(WrongState, match="không còn được lưu"):
        actions.undo(by=people["uploader"], batch=old)


def test_the_screen_of_a_forgotten_upload_says_so(client: Client, people, old) -> None:
    run()
    client.force_login(people["uploader"])
    address = reverse("importers:batch", args=[old.pk])

    page = client.get(address).content.decode()

    assert "Nội dung của lần tải lên này không còn được lưu" in page
    assert "1 mới" in page
    assert client.get(reverse("importers:original", args=[old.pk])).status_code == 404
    assert client.get(reverse("importers:marked", args=[old.pk])).status_code == 404
