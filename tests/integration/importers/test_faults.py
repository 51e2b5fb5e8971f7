"""The database fails at every statement in turn: an act is done whole or not at all, and nothing is stuck."""

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from importers import actions
from importers.batches import check as checking
from importers.batches.previews import rows_of
from importers.checking.judge import judge
from importers.enums import BatchState
from importers.models import CHECK_PATIENCE, ImportBatch
from importers.reading.worker import read_here
from tests.integration.importers import faults
from tests.integration.importers.conftest import GOOD_ROW, workbook

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("own_storage"),
]

Uploaded = Callable[..., ImportBatch]
ONCE_AND_LASTING = pytest.mark.parametrize("lasts", [False, True], ids=["once", "from-then-on"])
SECOND_ROW = ("TK.102", "Lập dự toán", "Dự toán", "hồ sơ", 2, 2)
BAD_ROW = ("TK.102", "Việc", "Báo cáo", "báo cáo", 7, "abc")


@pytest.fixture(autouse=True)
def _read_in_this_process():
    """The child processes ask no database for anything, and starting them takes longer than all the rest."""

    def judge_here(path, *, name, limits, order, report):
        return judge(read_here(path, name, limits), order(), report)

    with mock.patch.object(checking, "judge_in_child", judge_here):
        yield


@pytest.fixture(autouse=True)
def _without_indexes():
    """Wagtail fills its search and its references by tasks that swallow their failures: no act depends on them."""
    search = mock.patch("modelsearch.signal_handlers.insert_or_update_object_task")
    with search, mock.patch("wagtail.signal_handlers.update_reference_index_task"):
        yield


@pytest.fixture
def batch(people, province, uploaded: Uploaded) -> ImportBatch:
    """Return a preview of two items for an agency that has no catalog yet."""
    return uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW, SECOND_ROW))


def now(batch: ImportBatch) -> ImportBatch:
    """Return the upload as the database has it."""
    return ImportBatch.objects.get(pk=batch.pk)


def is_written(batch: ImportBatch) -> bool:
    """Return whether a commit is there with all that belongs to it."""
    batch, version = now(batch), CatalogVersion.objects.get()
    reported = AuditEvent.objects.filter(action="import.commit", subject_id=str(batch.pk)).count()
    state = (batch.state, batch.catalog.committed_to, reported, version.item_count)
    return state == (BatchState.COMMITTED, version, 1, 2) and version.items.filter(batch=batch.pk).count() == 2


@ONCE_AND_LASTING
def test_a_commit_writes_all_or_nothing(people, batch, lasts) -> None:
    def commit() -> None:
        actions.commit(by=people["uploader"], batch=now(batch))

    assert faults.at_every_statement(commit, lambda: is_written(batch), lasts=lasts) > 50


def test_an_undo_takes_back_all_or_nothing(people, province, uploaded, batch) -> None:
    actions.commit(by=people["uploader"], batch=batch)
    rows = (GOOD_ROW[:-1] + (9,), ("TK.103", *GOOD_ROW[1:]))
    second = actions.commit(
        by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, workbook(*rows))
    )

    def is_taken_back() -> bool:
        version = CatalogVersion.objects.get()
        codes = set(version.items.values_list("code", "coefficient"))
        reported = AuditEvent.objects.filter(action="import.undo").count()
        return (now(second).state, reported, codes) == ("undone", 1, {("TK.101", 1.5), ("TK.102", 2)})

    def undo() -> None:
        actions.undo(by=people["uploader"], batch=now(second))

    assert faults.at_every_statement(undo, is_taken_back) > 20


def test_a_correction_is_kept_with_its_event_or_not_at_all(people, province, uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, workbook(GOOD_ROW, BAD_ROW))

    def is_kept() -> bool:
        reported = AuditEvent.objects.filter(action="import.correct").count()
        return (now(batch).state, now(batch).corrections.count(), reported) == (BatchState.CHECKING, 2, 1)

    def correct() -> None:
        actions.correct(by=people["uploader"], batch=now(batch), sheet="DanhMuc", row=3, cells={5: "2", 6: "1,5"})

    with mock.patch("importers.actions.sending.check_upload"):
        assert faults.at_every_statement(correct, is_kept) > 10


@ONCE_AND_LASTING
def test_a_check_ends_in_a_verdict_or_can_be_had_again(people, batch, lasts) -> None:
    number, struck = 0, True
    while struck:
        number += 1
        ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.CHECKING)
        with faults.failing_at(number, lasts=lasts) as fault:
            actions.check_batch(now(batch))
        struck = fault.struck
        assert faults.breaks_of_the_ledger() == []
        _require_whole(now(batch))
        _check_again(people, batch)
    assert number > 20


def _require_whole(batch: ImportBatch) -> None:
    """A check that broke off says so, or the earlier preview is still there, or the new one is."""
    found = (batch.state, len(list(rows_of(batch))), set(batch.problems.values_list("code", flat=True)))
    assert found in (("checking", 2, set()), ("refused", 0, {"check_failed"}), ("previewed", 2, set()))


def _check_again(people, batch: ImportBatch) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(queued_at=timezone.now() - CHECK_PATIENCE)
    actions.check_again(by=people["uploader"], batch=now(batch))
    assert (now(batch).state, len(list(rows_of(now(batch))))) == (BatchState.PREVIEWED, 2)


@ONCE_AND_LASTING
def test_an_upload_is_there_with_its_bytes_or_not_at_all(people, province, lasts, own_storage) -> None:
    number, struck = 0, True
    while struck:
        number += 1
        before = set(ImportBatch.objects.values_list("pk", flat=True))
        with faults.failing_at(number, lasts=lasts) as fault:
            file = ContentFile(workbook(GOOD_ROW, SECOND_ROW))
            actions.upload(by=people["uploader"], agency=province.statistics, file=file, name="a.xlsx")
        struck = fault.struck
        assert faults.breaks_of_the_ledger() == []
        for new in ImportBatch.objects.exclude(pk__in=before):
            reported = AuditEvent.objects.filter(action="import.upload", subject_id=str(new.pk)).count()
            assert (reported, len(list(rows_of(new))) in (0, 2)) == (1, True)
            _check_again(people, new)
    assert number > 30
    # A database that stays away cannot be asked whether the bytes belong to something: then the night removes them.
    assert actions.remove_strays() == 0
    _two_days_later(own_storage)
    # PostgreSQL's connection still holds the rows of a COMMIT that memory failed in, and rolls them back on closing.
    assert bool(actions.remove_strays()) == lasts or connection.vendor == "postgresql"
    kept = ImportBatch.objects.values_list("original", flat=True)
    assert sorted(kept) == [line.split()[0] for line in faults.files()]


def _two_days_later(folder: Path) -> None:
    earlier = (timezone.now() - datetime.timedelta(days=2)).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (earlier, earlier))


def test_a_check_whose_worker_died_is_offered_again_after_a_while(people, client, batch) -> None:
    queued = timezone.now() - datetime.timedelta(minutes=4)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.CHECKING, queued_at=queued)
    client.force_login(people["uploader"])
    address, again = reverse("importers:batch", args=[batch.pk]), reverse("importers:check_again", args=[batch.pk])
    assert again not in client.get(address).content.decode()
    client.post(again)
    assert now(batch).state == BatchState.CHECKING

    ImportBatch.objects.filter(pk=batch.pk).update(queued_at=timezone.now() - CHECK_PATIENCE)

    page = client.get(address).content.decode()
    assert again in page and "Việc kiểm tra đã bị ngắt giữa chừng" in page
    client.post(again)
    assert now(batch).state == BatchState.PREVIEWED
