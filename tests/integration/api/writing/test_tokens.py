"""What a program's token writes, and what it never does."""

import json

import pytest
from django.utils import timezone

from api.clients.actions import add_client
from api.clients.models import Scope
from cms.catalogs.models import CatalogVersion
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.integration.api.writing.conftest import ask_with_token, code, path_of


@pytest.fixture
def draft(people, province):
    return catalogs.make_version(people["uploader"], province.statistics)


@pytest.fixture
def secret(province):
    return make(province)


def make(province, *scopes):
    last_day = timezone.localdate()
    given = scopes or (Scope.CATALOGS_READ, Scope.CATALOGS_WRITE)
    return add_client(by=None, name="Phần mềm", agency=province.statistics, scopes=given, last_day=last_day)[1]


def test_a_program_writes_drafts_of_its_subtree_and_submits_none(secret, province, writing):
    below = make_agency(province.statistics, code="ben-duoi", name="Trung tâm bên dưới")
    for agency in (province.statistics, below):
        started = ask_with_token(secret, "POST", f"catalogs/{agency.code}/versions/")
        assert started.status_code == 201, started.content
        version = CatalogVersion.objects.get(catalog__agency=agency)
        written = ask_with_token(secret, "PATCH", path_of(version), json.dumps({"year": 2030}))
        assert written.json()["year"] == 2030
        assert {verb for verb, can in written.json()["may"].items() if can} == {"edit", "discard"}
        catalogs.make_items(version, 1)
        assert code(ask_with_token(secret, "POST", path_of(version, "submit/"))) == (403, "not_allowed")
        assert ask_with_token(secret, "DELETE", path_of(version)).status_code == 204


def test_a_program_does_not_know_of_others_drafts(secret, province, people):
    version = catalogs.make_version(people["other_uploader"], province.office)

    answers = [
        ask_with_token(secret, "PATCH", path_of(version), json.dumps({"year": 2030})),
        ask_with_token(secret, "POST", "catalogs/van-phong/versions/"),
        ask_with_token(secret, "DELETE", path_of(version)),
        ask_with_token(secret, "GET", path_of(version, "remarks/")),
    ]

    assert {code(answer) for answer in answers} == {(404, "not_found")}


def test_a_token_for_reading_writes_nothing_and_says_so(province, draft):
    secret = make(province, Scope.CATALOGS_READ)

    answer = ask_with_token(secret, "PATCH", path_of(draft), json.dumps({"year": 2030}))

    assert code(answer) == (403, "scope_missing")
    assert not any(ask_with_token(secret, "GET", path_of(draft)).json()["may"].values())


def test_a_token_for_writing_alone_reads_nothing(province, draft):
    secret = make(province, Scope.CATALOGS_WRITE)

    assert code(ask_with_token(secret, "GET", path_of(draft))) == (403, "scope_missing")
    assert ask_with_token(secret, "PATCH", path_of(draft), json.dumps({"year": 2030})).status_code == 200
