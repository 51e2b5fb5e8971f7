"""Large uploads are written by a task: once, all or nothing, whoever closes the browser."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.catalogs.models import CatalogItem
from importers import actions
from importers.actions import confirming
from importers.enums import BatchState
from importers.models import WRITE_PATIENCE, ImportBatch


@pytest.fixture
def large(people, province, uploaded, every_file_large) -> ImportBatch:
    """Return a previewed upload that counts as large."""
    return uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")


def press(client: Client, user, batch: ImportBatch):
    client.force_login(user)
    return client.post(reverse("importers:commit", args=[batch.pk]), {"seen": batch.checked_at.isoformat()})


def looked_at(client: Client, user, batch: ImportBatch) -> str:
    client.force_login(user)
    return client.get(reverse("importers:batch", args=[batch.pk])).content.decode()


def test_a_small_upload_is_written_while_the_person_waits(people, province, uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx")

    assert actions.confirm(by=people["uploader"], batch=batch).state == BatchState.COMMITTED


def test_a_large_upload_is_written_by_a_task(client: Client, people, large, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        press(client, people["uploader"], large)
        assert not CatalogItem.objects.exists()

    large.refresh_from_db()
    assert (large.state, large.writing_since, large.write_refusal) == (BatchState.COMMITTED, None, "")
    assert large.committed_by == people["uploader"]
    assert CatalogItem.objects.count() == large.row_count


def test_while_it_is_written_its_page_says_so_and_offers_nothing_else(client: Client, people, large) -> None:
    press(client, people["uploader"], large)

    page = looked_at(client, people["uploader"], large)

    assert "Tệp đang được ghi" in page
    assert "data-running" in page
    assert reverse("importers:commit", args=[large.pk]) not in page
    assert reverse("importers:abandon", args=[large.pk]) not in page
    answer = client.get(reverse("importers:progress", args=[large.pk])).json()
    assert (answer["running"], answer["percent"]) == (True, None)


def test_a_double_click_starts_one_task(client: Client, people, large, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as started:
        press(client, people["uploader"], large)
        press(client, people["agency_head"], large)

    assert len(started) == 1


def test_what_the_task_meets_is_said_on_the_page(
    client: Client, people, large, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    def break_off(**given: object) -> None:
        raise ValueError

    monkeypatch.setattr(confirming, "commit", break_off)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, people["uploader"], large)

    page = looked_at(client, people["uploader"], large)

    assert "Tệp chưa được ghi" in page
    assert "Hãy xác nhận lần nữa." in page
    assert reverse("importers:commit", args=[large.pk]) in page


def test_an_upload_dropped_before_its_turn_stays_dropped(
    client: Client, people, large, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        press(client, people["uploader"], large)
        actions.abandon(by=people["uploader"], batch=large)

    large.refresh_from_db()
    assert large.state == BatchState.ABANDONED
    assert not CatalogItem.objects.exists()


def test_writing_that_was_cut_off_is_confirmed_once_more(
    client: Client, people, large, django_capture_on_commit_callbacks
) -> None:
    press(client, people["uploader"], large)
    ImportBatch.objects.filter(pk=large.pk).update(writing_since=timezone.now() - WRITE_PATIENCE * 2)
    assert "Việc ghi bị ngắt giữa chừng" in looked_at(client, people["uploader"], large)

    with django_capture_on_commit_callbacks(execute=True):
        press(client, people["uploader"], large)

    large.refresh_from_db()
    assert large.state == BatchState.COMMITTED


@pytest.mark.parametrize(("minutes", "reported"), [(0, 0), (2, 1)])
def test_who_waited_long_is_told_once(
    people, large, minutes: int, reported: int, django_capture_on_commit_callbacks
) -> None:
    began = timezone.now() - datetime.timedelta(minutes=minutes)
    person = people["uploader"]
    person.email = "cong-chuc@thuocdo.example"
    person.save()
    ImportBatch.objects.filter(pk=large.pk).update(writing_since=began)

    with django_capture_on_commit_callbacks(execute=True):
        confirming.write_upload.call(str(large.pk), person.pk, "remove", large.checked_at.isoformat())

    assert [letter.to for letter in mail.outbox] == [[person.email]] * reported
    assert all(letter.subject == "thong-ke.v1.xlsx: Đã ghi" for letter in mail.outbox)
    assert all(str(large.pk) in letter.body for letter in mail.outbox)
