"""Who reads what: published versions for everybody, own work for an agency, all for those who appraise."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import catalogs
from tests.integration.api.conftest import CANARY

DRAFT = "catalogs/thong-ke/versions/3/"
OWN = ["uploader", "agency_head", "api_client", "editor", "approver"]
FOREIGN = ["other_uploader", "other_agency_head", "provincial_approver", "technical_admin", "nobody", None]
PATHS = [
    "agencies/", "catalogs/", "versions/", "items/", "catalogs/thong-ke/", "catalogs/thong-ke/versions/",
    "catalogs/thong-ke/versions/2/", "catalogs/thong-ke/versions/2/items/", "catalogs/thong-ke/versions/2/difference/",
    f"items/?search={CANARY}", f"items/?field={CANARY}", f"items/?code={CANARY}-1", "items/?version=3",
    "versions/?state=draft", "items/?agency=thong-ke&ordering=-coefficient", "/api/pages/?fields=*",
    f"/api/pages/?search={CANARY}",
]  # fmt: skip


def _who(people, role):
    return people[role] if role else None


@pytest.mark.parametrize("role", OWN)
def test_a_draft_is_read_by_its_agency_and_by_those_who_appraise(api, world, people, role):
    assert api.json(DRAFT, people[role])["state"] == "draft"
    assert [item["name"] for item in api.results("items/", people[role], search=CANARY)] == [CANARY]
    assert api.results("versions/", people[role], state="draft")[0]["number"] == 3


@pytest.mark.parametrize("role", FOREIGN)
def test_a_draft_is_nowhere_to_be_found_for_others(api, world, people, role):
    user = _who(people, role)
    item = world.draft.items.get(name=CANARY)

    for path in (DRAFT, f"{DRAFT}items/", f"{DRAFT}items/{item.identity}/", f"{DRAFT}difference/"):
        assert api.problem(path, 404, user)["code"] == "not_found"
    for path in PATHS:
        response = api.get(path, user)
        assert response.status_code == 200, path
        assert CANARY not in response.content.decode().replace(f"={CANARY}", "")


@pytest.mark.parametrize("role", ["other_uploader", "technical_admin", None])
def test_not_yours_and_not_there_look_the_same(api, world, people, role):
    user = _who(people, role)
    api.get("", user)

    def answer(path):
        with CaptureQueriesContext(connection) as queries:
            problem = api.problem(path, 404, user)
        return {**problem, "request_id": ""}, len(queries)

    assert answer(DRAFT) == answer("catalogs/thong-ke/versions/99/")
    assert answer(f"{DRAFT}items/") == answer("catalogs/khong-co/versions/1/items/")


def test_the_version_to_compare_with_is_no_way_to_a_draft(api, world, people):
    path = "catalogs/thong-ke/versions/2/difference/"

    foreign = api.problem(path, 400, people["other_uploader"], **{"from": 3})
    absent = api.problem(path, 400, people["other_uploader"], **{"from": 99})

    assert foreign["errors"] == absent["errors"]
    assert api.json(path, people["uploader"], **{"from": 3})["counts"]["removed"] == 1


def test_a_catalog_without_a_published_version_is_its_own_agencys_secret(api, people, province):
    catalogs.make_version(people["uploader"], province.statistics)

    assert api.results("catalogs/") == []
    assert api.get("catalogs/thong-ke/").status_code == 404
    assert api.get("catalogs/thong-ke/versions/").status_code == 404
    assert api.get("catalogs/thong-ke/", people["other_uploader"]).status_code == 404
    assert api.json("catalogs/thong-ke/", people["uploader"])["current_version"] is None


def test_a_submitted_version_is_read_by_the_provincial_approver(api, submitted, people):
    assert api.json("catalogs/thong-ke/versions/1/", people["provincial_approver"])["state"] == "submitted"
    assert api.get("catalogs/thong-ke/versions/1/", people["other_agency_head"]).status_code == 404


def test_a_decided_version_is_not_public_before_its_day(api, people, province):
    day = datetime.date.today() + datetime.timedelta(days=30)
    catalogs.make_approved(people, province.statistics, effective_from=day)

    assert api.get("catalogs/thong-ke/versions/1/").status_code == 404
    assert api.results("versions/", effective_on=day.isoformat()) == []
    assert api.json("catalogs/thong-ke/versions/1/", people["provincial_approver"])["state"] == "approved"


def test_a_revoked_membership_counts_on_the_next_request(api, world, people):
    from cms.organisations import actions

    assert api.get(DRAFT, people["uploader"]).status_code == 200

    actions.revoke_membership(by=None, membership=people["uploader"].memberships.get())

    assert api.get(DRAFT, people["uploader"]).status_code in (403, 404)


def test_what_a_signed_in_person_reads_is_kept_by_no_cache(api, world, people):
    public, private = api.get("items/"), api.get("items/", people["uploader"])

    assert public["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in public["Vary"]
    assert "no-store" in private["Cache-Control"]
    assert "no-store" not in public["Cache-Control"]
