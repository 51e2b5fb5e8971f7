"""Published frameworks over the API: public, permanent, and the very bytes that were hashed."""

import hashlib
import json

import jsonschema
import pytest
from django.test import Client

from cms.users.models import User
from tests.factories.frameworks import draft_of, published, version_of

pytestmark = pytest.mark.django_db


def test_drafts_are_nobodys_to_read_even_for_their_editor(client: Client, people: dict[str, User]) -> None:
    draft_of("nd335")
    client.force_login(people["editor"])

    assert client.get("/api/v1/frameworks/").json()["results"] == []
    assert client.get("/api/v1/frameworks/nd335/").status_code == 404
    assert client.get("/api/v1/frameworks/nd335/versions/").status_code == 404


def test_a_published_framework_tells_the_version_that_holds(client: Client) -> None:
    version = published("gia-lai-cong-chuc")

    found = client.get("/api/v1/frameworks/").json()["results"]

    assert [each["code"] for each in found] == ["gia-lai-cong-chuc"]
    assert found[0]["current_version"]["number"] == 1
    assert found[0]["current_version"]["hash"] == version.content_hash
    assert client.get(found[0]["url"]).json() == found[0]


def test_a_version_of_a_later_day_does_not_hold_yet(client: Client) -> None:
    first = published("nd335")
    version_of(first.framework, effective_from="2999-01-01")

    found = client.get("/api/v1/frameworks/nd335/").json()
    versions = client.get("/api/v1/frameworks/nd335/versions/").json()["results"]

    assert found["current_version"]["number"] == 1
    assert [each["number"] for each in versions] == [2, 1]


def test_the_definition_is_the_bytes_that_were_hashed(client: Client) -> None:
    published("nd335")

    answer = client.get("/api/v1/frameworks/nd335/versions/1/definition/")
    version = client.get("/api/v1/frameworks/nd335/versions/1/").json()

    assert version["hash"] == "sha256:" + hashlib.sha256(answer.content).hexdigest()
    assert version["definition_url"].endswith("/versions/1/definition/")
    again = client.get("/api/v1/frameworks/nd335/versions/1/definition/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_published_schema_takes_the_published_definition(client: Client) -> None:
    published("nghe-an")
    schema = client.get("/api/v1/frameworks/schema/").json()
    definition = client.get("/api/v1/frameworks/nghe-an/versions/1/definition/").json()

    jsonschema.validate(definition, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(definition | {"bogus": 1}, schema)


def test_the_list_is_searched_without_diacritics_and_narrowed(client: Client) -> None:
    published("gia-lai-cong-chuc", name="Khung tiêu chí công chức tỉnh Gia Lai")
    published("gia-lai-to-chuc", name="Khung tiêu chí tổ chức tỉnh Gia Lai")

    def codes(query: str) -> list[str]:
        return [each["code"] for each in client.get(f"/api/v1/frameworks/?{query}").json()["results"]]

    assert codes("search=to+chuc+gia+lai") == ["gia-lai-to-chuc"]
    assert codes("subject=officer") == ["gia-lai-cong-chuc"]
    assert codes("agency=tinh") == []


@pytest.mark.usefixtures("db")
def test_the_list_takes_as_many_queries_for_many(client: Client, django_assert_num_queries: object) -> None:
    for number in range(3):
        published("nd335", code=f"khung-{number}")

    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get("/api/v1/frameworks/")

    for number in range(3, 8):
        published("nd335", code=f"khung-{number}")
    with django_assert_num_queries(3):  # type: ignore[operator]
        body = client.get("/api/v1/frameworks/").json()
    assert len(body["results"]) == 8
    assert json.dumps(body)
