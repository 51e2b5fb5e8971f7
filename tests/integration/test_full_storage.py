"""A disk or database without room: 503 and when to come back, wherever the room was missing."""

import errno
import sqlite3
from types import SimpleNamespace
from unittest import mock

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from cms.core.outages import RETRY_AFTER, is_storage_full
from importers.batches.progress import ProgressReporter, Step
from tests.factories.people import PASSWORD

FULL = OSError(errno.ENOSPC, "No space left on device")
LOGIN = "/accounts/login/"


def caused(failure, cause):
    failure.__cause__ = cause
    return failure


def sqlite_full():
    """Return what SQLite raises when a database may grow no more."""
    full = sqlite3.connect(":memory:")
    full.execute("PRAGMA max_page_count = 2")
    full.execute("CREATE TABLE room (text)")
    with pytest.raises(sqlite3.OperationalError) as caught:
        full.execute("INSERT INTO room VALUES (?)", ["x" * 100_000])
    return caught.value


@pytest.mark.parametrize(
    ("failure", "is_full"),
    [
        (FULL, True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (caused(OperationalError("database or disk is full"), sqlite_full()), True),
        (caused(RuntimeError("while storing"), FULL), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("database is locked"), False),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_what_counts_as_full(failure, is_full):
    assert is_storage_full(failure) is is_full


def test_postgresql_says_it_by_a_number():
    failure = Exception("could not extend file")
    failure.sqlstate = "53100"

    assert is_storage_full(caused(OperationalError("could not extend file"), failure))


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def assert_comes_back(answer):
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_AFTER))


def test_a_page_says_so_in_vietnamese(visitor, people):
    with mock.patch.object(SessionStore, "save", side_effect=FULL):
        answer = visitor.post(LOGIN, {"login": "editor", "password": PASSWORD})

    assert_comes_back(answer)
    assert "Máy chủ đã hết chỗ lưu trữ" in answer.content.decode()


def test_other_faults_are_told_as_before(visitor, people):
    with mock.patch.object(SessionStore, "save", side_effect=OSError(errno.EIO, "x")):
        answer = visitor.post(LOGIN, {"login": "editor", "password": PASSWORD})

    assert (answer.status_code, answer.get("Retry-After")) == (500, None)


@pytest.mark.parametrize(
    "place", ["api.v1.views.catalogs.CatalogList.get_queryset", "cms.core.middleware.NoStoreMiddleware.__call__"]
)
def test_the_api_says_so_as_a_problem_in_views_and_around_them(visitor, people, place):
    with mock.patch(place, side_effect=FULL):
        answer = visitor.get("/api/v1/catalogs/", headers={"accept-language": "vi"})

    assert_comes_back(answer)
    assert answer["Content-Type"] == "application/problem+json"
    reported = answer.json()
    assert (reported["status"], reported["code"]) == (503, "storage_full")
    assert "hết chỗ lưu trữ" in reported["detail"]


def test_a_fault_around_the_api_is_a_problem_too(visitor, db):
    with mock.patch("cms.core.middleware.NoStoreMiddleware.__call__", side_effect=ValueError("secret")):
        answer = visitor.get("/api/v1/catalogs/")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.content.decode()


@pytest.mark.one_database("PostgreSQL cannot be told how large it may grow")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_full_database_is_told_whoever_writes(visitor, people):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        form = {"login": "editor", "password": PASSWORD}
        answers = [Client(raise_request_exception=False).post(LOGIN, form) for _time in range(100)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert {answer.status_code for answer in answers} <= {302, 503}
    assert_comes_back(answers[-1])
    assert visitor.get(LOGIN).status_code in (200, 302)


def test_a_check_goes_on_when_nobody_can_be_told_how_far_it_is(monkeypatch):
    monkeypatch.setattr(caches["progress"].__class__, "set", mock.Mock(side_effect=FULL))

    ProgressReporter(SimpleNamespace(pk=SimpleNamespace(hex="x")))(Step.READING)


def test_uploads_tell_when_to_come_back(visitor, people, province):
    visitor.force_login(people["uploader"])
    with mock.patch("django.core.files.storage.filesystem.os.fdopen", side_effect=FULL):
        answer = visitor.post(
            reverse("api_v1:imports"),
            {"agency": province.statistics.code, "file": SimpleUploadedFile("a.csv", b"a,b")},
            headers={"Idempotency-Key": "mot-lan"},
        )  # fmt: skip

    assert answer.json()["code"] == "not_kept"
    assert_comes_back(answer)
