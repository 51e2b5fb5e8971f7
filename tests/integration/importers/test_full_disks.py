"""Full disks: under the originals, under the temporary files, under the database. Nothing is left half there."""

import datetime
import errno
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from importers import actions
from importers.batches.previews import rows_of
from importers.enums import BatchState
from importers.errors import NotStored
from importers.models import ImportBatch
from tests.integration.importers import faults
from tests.integration.importers.conftest import GOOD_ROW, workbook

Uploaded = Callable[..., ImportBatch]
CONTENT = workbook(GOOD_ROW)
FULL = OSError(errno.ENOSPC, "No space left on device")


class _File(io.FileIO):
    """A file on a disk with so many bytes left; None: all go in, and the disk is found full when it is closed."""

    def __init__(self, descriptor: int, left: int | None) -> None:
        super().__init__(descriptor, "wb")
        self.left = left

    def write(self, data: bytes) -> int:
        room = len(data) if self.left is None else self.left
        super().write(data[:room])
        if room < len(data):
            raise FULL
        return room

    def close(self) -> None:
        super().close()
        if self.left is None:
            raise FULL


def disk_with(left: int | None):
    """Have the storages on such a disk."""
    return mock.patch(
        "django.core.files.storage.filesystem.os.fdopen", lambda descriptor, mode: _File(descriptor, left)
    )


@pytest.mark.parametrize("left", [0, 1000, None], ids=["at once", "in the middle", "at the end"])
@pytest.mark.usefixtures("own_storage")
def test_a_full_disk_keeps_nothing_of_an_upload_and_says_so(people, province, left) -> None:
    assert len(CONTENT) > 1000
    with disk_with(left), pytest.raises(NotStored, match="không lưu được tệp"):
        actions.upload(by=people["uploader"], agency=province.statistics, file=ContentFile(CONTENT), name="a.xlsx")

    assert (ImportBatch.objects.count(), faults.files()) == (0, [])
    event = AuditEvent.objects.get(action="import.refuse")
    assert (event.after["file"], event.after["code"], len(event.after["sha256"])) == ("a.xlsx", "not_kept", 64)


@pytest.mark.usefixtures("own_storage")
def test_the_form_says_that_the_disk_is_full(client: Client, people, province) -> None:
    client.force_login(people["uploader"])

    with disk_with(0):
        answer = client.post(
            reverse("importers:upload", args=[province.statistics.pk]), {"file": SimpleUploadedFile("a.xlsx", CONTENT)}
        )

    assert (answer.status_code, "không lưu được tệp" in answer.content.decode()) == (400, True)


def _full(room: str):
    """Have one of the two temporary files of a check on a full device: the copy to read, or the judge's answer."""
    really = tempfile.TemporaryFile
    full = mock.Mock(side_effect=partial(Path("/dev/full").open, "w+b", buffering=0))
    if room == "copy":
        return mock.patch("importers.batches.check.tempfile.NamedTemporaryFile", full)
    files = iter((full, really))
    return mock.patch("importers.checking.process.tempfile.TemporaryFile", lambda: next(files)())


@pytest.mark.parametrize("room", ["copy", "answer"])
def test_a_full_folder_of_temporary_files_is_not_the_files_fault(
    client: Client, people, province, uploaded: Uploaded, room, django_capture_on_commit_callbacks
) -> None:
    with _full(room):
        batch = uploaded(people["uploader"], province.statistics, CONTENT)

    assert (batch.state, [problem.code for problem in batch.problems.all()]) == (BatchState.REFUSED, ["check_failed"])
    client.force_login(people["uploader"])
    again = reverse("importers:check_again", args=[batch.pk])
    assert again in client.get(reverse("importers:batch", args=[batch.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(again)
    batch.refresh_from_db()
    assert (batch.state, len(list(rows_of(batch))), batch.problems.count()) == (BatchState.PREVIEWED, 1, 0)


def test_a_file_that_was_refused_for_itself_is_not_offered_to_be_checked_again(
    client: Client, people, province, uploaded: Uploaded
) -> None:
    batch = uploaded(people["uploader"], province.statistics, b"rubbish")
    client.force_login(people["uploader"])

    page = client.get(reverse("importers:batch", args=[batch.pk])).content.decode()

    assert reverse("importers:check_again", args=[batch.pk]) not in page


@contextmanager
def full_database() -> Iterator[None]:
    """Leave SQLite's file room for a few words, and not for a list."""
    with connection.cursor() as cursor:
        # Pages that other tests left empty would hold the list.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 40}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.one_database("PostgreSQL cannot be told how large it may grow")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("own_storage")
def test_a_full_database_leaves_all_as_it_was(people, province, uploaded: Uploaded) -> None:
    rows = [(f"TK.{n:03}", f"Việc {n} " + "dài " * 200, "Báo cáo", "báo cáo", 1, 1) for n in range(1, 301)]
    batch = uploaded(people["uploader"], province.statistics, workbook(*rows))
    before = faults.everything()

    with full_database():
        with pytest.raises(OperationalError, match="full"):
            actions.commit(by=people["uploader"], batch=batch)
        assert faults.different(before, faults.everything()) == []
        # The attempt is on record, and that it came to nothing.
        broken = uploaded(people["uploader"], province.statistics, workbook(*rows))

    assert (broken.state, len(list(rows_of(broken)))) == (BatchState.REFUSED, 0)
    assert [problem.code for problem in broken.problems.all()] == ["check_failed"]
    assert faults.breaks_of_the_ledger() == []
    assert actions.commit(by=people["uploader"], batch=batch).catalog.committed_to.item_count == 300


def test_bytes_without_an_upload_go_after_a_day(people, province, uploaded: Uploaded, own_storage) -> None:
    kept = uploaded(people["uploader"], province.statistics, CONTENT)
    fresh, old = (own_storage / kept.original.name).with_name("a" * 32), own_storage / "uploads/2026/01" / ("b" * 32)
    for path in (fresh, old):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CONTENT)
    long_ago = (timezone.now() - datetime.timedelta(days=2)).timestamp()
    for path in (old, own_storage / kept.original.name):
        os.utime(path, (long_ago, long_ago))
    said = mock.Mock()

    call_command("forget_uploads", "--dry-run", stdout=said)
    assert old.exists()
    call_command("forget_uploads", stdout=said)

    assert "1 files that no upload points to forgotten." in said.write.call_args.args[0]
    assert (old.exists(), fresh.exists(), kept.original.storage.exists(kept.original.name)) == (False, True, True)
