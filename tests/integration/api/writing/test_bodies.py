"""What is sent changes what may be changed and nothing else."""

import uuid

import pytest
from django.utils import timezone

from api.v1.serializers.version_requests import DetailsSerializer
from cms.catalogs.models import CatalogRound, CatalogVersion, ItemRemark
from tests.factories import catalogs
from tests.integration.api.writing.conftest import path_of

ALLOWED = {"standard_unit", "standard_score", "divisor", "frames", "legal_basis", "year", "round"}
FIELDS = {field.name for field in CatalogVersion._meta.get_fields()} | {"pk", "round_id", "catalog_id"}


@pytest.fixture
def draft(people, province):
    return catalogs.make_version(people["uploader"], province.statistics)


def test_details_are_those_of_the_action():
    assert set(DetailsSerializer().fields) == ALLOWED | {"reason"}


def test_no_other_field_of_a_version_is_taken(writing, draft):
    before, others = CatalogVersion.objects.values().get(), FIELDS - ALLOWED

    answer = writing.patch(draft, {"year": 2030} | dict.fromkeys(others, 9))

    refused = {error["field"] for error in answer.json()["errors"] if error["code"] == "unknown_field"}
    assert (answer.status_code, refused) == (400, others) and len(others) > 20
    assert CatalogVersion.objects.values().get() == before


@pytest.mark.parametrize("act", ["submit", "withdraw", "accept", "return", "decide", "remarks"])
def test_no_act_takes_what_it_does_not_know(writing, draft, act):
    answer = writing.do(draft, act, {"state": "approved", "by": 1})

    assert {("by", "unknown_field"), ("state", "unknown_field")} <= {
        (error["field"], error["code"]) for error in answer.json()["errors"]
    }
    assert CatalogVersion.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"standard_unit": " "}, "standard_unit"), ({"standard_unit": 5}, "standard_unit"),
        ({"standard_unit": "x" * 301}, "standard_unit"), ({"standard_unit": "a\u202eb"}, "standard_unit"),
        ({"standard_unit": "a\x00"}, "standard_unit"), ({"standard_score": "0"}, "standard_score"),
        ({"standard_score": "1,5"}, "standard_score"), ({"divisor": "0.00001"}, "divisor"),
        ({"divisor": "NaN"}, "divisor"), ({"divisor": True}, "divisor"), ({"divisor": None}, "divisor"),
        ({"divisor": "100000000"}, "divisor"), ({"year": 2024}, "year"), ({"year": 2027.5}, "year"),
        ({"round": 999}, "round"), ({"round": 1.5}, "round"), ({"round": 10**30}, "round"),
        ({"frames": []}, "frames"), ({"frames": [{"group": 2, "highest_score": "5"}]}, "frames"),
        ({"frames": [{"group": 6, "highest_score": "5"}]}, "frames[0].group"),
        ({"frames": [{"group": 1, "highest_score": "0"}]}, "frames[0].highest_score"),
        ({"frames": [{"group": 1, "highest_score": "5", "x": 1}]}, "frames[0].x"),
        ({"frames": {"1": "5"}}, "frames"),
    ],
)  # fmt: skip
def test_details_are_checked_as_the_form_checks_them(writing, draft, body, field):
    answer = writing.patch(draft, body)

    assert (answer.status_code, {error["field"] for error in answer.json()["errors"]}) == (400, {field})
    assert CatalogVersion.objects.get().edition == draft.edition


def test_texts_and_numbers_are_kept_as_the_form_keeps_them(writing, draft, province):
    day = timezone.localdate()
    round_ = CatalogRound.objects.create(year=2026, name="Đợt", submit_by=day, appraise_by=day, approve_by=day)
    body = {"standard_unit": "  Soạn  thảo\u00a0văn bản ", "divisor": 2.50, "round": round_.pk}

    reported = writing.patch(draft, body | {"frames": [{"group": 1, "highest_score": 100}]}).json()

    assert (reported["standard_unit"], reported["divisor"], reported["round"]) == (
        "Soạn thảo văn bản",
        "2.5000",
        round_.pk,
    )
    assert reported["frames"] == [{"group": 1, "highest_score": "100.0000"}]
    assert CatalogVersion.objects.get().frames == {"1": "100"}
    assert writing.api.results("rounds/", writing.people["uploader"])[0]["id"] == round_.pk


def test_a_version_is_put_into_no_round_of_another_block(writing, draft):
    day = timezone.localdate()
    days = {"submit_by": day, "appraise_by": day, "approve_by": day}
    common = CatalogRound.objects.create(year=2026, name="Đợt chung", is_current=True, **days)
    of_party = CatalogRound.objects.create(year=2026, name="Đợt khối Đảng", is_current=True, block="party", **days)

    reported = {row["id"]: row["block"] for row in writing.api.results("rounds/", writing.people["uploader"])}
    refused = writing.patch(draft, {"round": of_party.pk})

    assert reported == {common.pk: None, of_party.pk: "party"}
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    assert writing.patch(draft, {"round": common.pk}).json()["round"] == common.pk


@pytest.mark.parametrize("named", ["other", "earlier", "nothing"])
def test_an_item_of_another_version_is_as_unknown_as_none(writing, people, province, named):
    version = catalogs.make_submitted(people, province.statistics)
    foreign = catalogs.make_version(people["other_uploader"], province.office).items.first().identity
    identity = {"other": foreign, "earlier": version.pk, "nothing": uuid.uuid4()}[named]

    answer = writing.do(version, "remarks", {"text": "Sửa", "item": str(identity)}, "editor")

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (400, ["item"])
    assert not ItemRemark.objects.exists()


@pytest.mark.parametrize("content", ["[]", '"x"', "1", "{", '{"year": 1, "year": 2}', "null"])
def test_what_is_no_object_is_refused(writing, draft, api, people, content):
    answer = api.client(people["uploader"]).generic(
        "PATCH", f"/api/v1/{path_of(draft)}", content, "application/json", headers={"If-Match": "*"}
    )

    assert answer.status_code == 400


def test_no_query_is_taken_where_something_is_done(writing, draft):
    answer = writing.do(draft, "submit/?force=1")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_parameter")
