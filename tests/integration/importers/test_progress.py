"""Uploads at work: how far they have come, wherever the person looks, and what is done at once."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from importers import actions
from importers.batches.progress import ProgressReporter, Step
from importers.enums import BatchState
from importers.models import CHECK_PATIENCE, ImportBatch
from tests.integration.importers.conftest import GOOD_ROW, workbook


@pytest.fixture(autouse=True)
def nothing_told() -> Iterator[None]:
    """Begin and end with nothing told of any upload."""
    caches["progress"].clear()
    yield
    caches["progress"].clear()


@pytest.fixture
def waiting(people, province, every_file_large) -> ImportBatch:
    """Return a large upload whose check has not begun."""
    content = ContentFile(workbook(GOOD_ROW))
    return actions.upload(by=people["uploader"], agency=province.statistics, file=content, name="lon.xlsx")


def asked(client: Client, user, batch: ImportBatch):
    client.force_login(user)
    return client.get(reverse("importers:progress", args=[batch.pk])).json()


def test_a_small_file_is_checked_at_once(people, province) -> None:
    content = ContentFile(workbook(GOOD_ROW))

    batch = actions.upload(by=people["uploader"], agency=province.statistics, file=content, name="nho.xlsx")

    assert batch.state == BatchState.PREVIEWED


def test_a_large_file_is_checked_by_a_task(
    people, province, every_file_large, django_capture_on_commit_callbacks
) -> None:
    content = ContentFile(workbook(GOOD_ROW))

    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.upload(by=people["uploader"], agency=province.statistics, file=content, name="lon.xlsx")
        assert batch.state == BatchState.CHECKING

    batch.refresh_from_db()
    assert batch.state == BatchState.PREVIEWED


def test_how_far_a_check_has_come_is_told_in_steps_and_percent(client: Client, people, waiting: ImportBatch) -> None:
    before = asked(client, people["uploader"], waiting)
    ProgressReporter(waiting)(Step.ROWS, 1, 2)
    now = asked(client, people["uploader"], waiting)

    assert (before["running"], before["percent"]) == (True, 0)
    assert now["sentence"] == "Kiểm tra từng dòng: 40%"
    assert now["steps"] == {
        "received": "done", "reading": "done", "rows": "current", "comparing": "ahead", "storing": "ahead",
    }  # fmt: skip


def test_a_check_tells_each_of_its_steps(people, waiting: ImportBatch, monkeypatch) -> None:
    reported = []
    monkeypatch.setattr(caches["progress"].__class__, "set", lambda cache, key, value, timeout: reported.append(value))

    actions.sending.check_batch(waiting)

    assert [step for step, _ in reported] == ["reading", "rows", "comparing", "storing"]
    assert [percent for _, percent in reported] == sorted(percent for _, percent in reported)


def test_the_cache_is_spared(waiting: ImportBatch, monkeypatch) -> None:
    reported = []
    monkeypatch.setattr(caches["progress"].__class__, "set", lambda cache, key, value, timeout: reported.append(value))
    report = ProgressReporter(waiting)

    for row in range(10_000):
        report(Step.ROWS, row, 10_000)

    assert len(reported) < 5


def test_the_end_is_told_in_words(client: Client, people, province, uploaded: Callable[..., ImportBatch]) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    assert asked(client, people["uploader"], batch) == {"running": False, "headline": "Tệp không có lỗi"}


def test_a_running_upload_shows_in_the_list_at_the_form_and_at_home(client: Client, people, waiting) -> None:
    client.force_login(people["uploader"])
    address = reverse("importers:progress", args=[waiting.pk])

    for place in (
        reverse("importers:batch_list"), reverse("importers:upload", args=[waiting.agency_id]), "/admin/",
    ):  # fmt: skip
        assert f'data-running="{address}"' in client.get(place).content.decode(), place


def test_home_shows_nobody_the_uploads_of_others(client: Client, people, waiting) -> None:
    client.force_login(people["editor"])

    assert "Tệp của bạn đang chờ" not in client.get("/admin/").content.decode()


def test_a_check_that_lost_its_worker_can_be_had_again(client: Client, people, waiting: ImportBatch) -> None:
    ImportBatch.objects.filter(pk=waiting.pk).update(queued_at=timezone.now() - CHECK_PATIENCE * 2)
    client.force_login(people["uploader"])

    page = client.get(reverse("importers:batch", args=[waiting.pk])).content.decode()

    assert "Việc kiểm tra đã bị ngắt giữa chừng" in page
    assert reverse("importers:check_again", args=[waiting.pk]) in page
    assert "data-running" not in page
