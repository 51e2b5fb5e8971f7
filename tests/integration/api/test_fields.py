"""Answers with only the fields that a caller reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.api.conftest import CANARY

VERSION = "catalogs/thong-ke/versions/2/"


def test_every_order_of_items_walks_its_pages_with_one_field(api, world):
    for ordering in ("position", "code", "field", "group", "-group", "coefficient", "-coefficient"):
        whole = [row["name"] for row in api.results("items/", ordering=ordering)]
        pages = api.pages("items/", ordering=ordering, page_size=2, fields="name")
        assert [row for page in pages for row in page["results"]] == [{"name": name} for name in whole], ordering


def test_items_are_read_as_the_columns_that_are_asked_for(api, world):
    with CaptureQueriesContext(connection) as queries:
        api.results(f"{VERSION}items/", fields="code,name")
    items = [query["sql"] for query in queries if '"legal"' in query["sql"] or '"code_key"' in query["sql"]]

    assert not items


@pytest.mark.parametrize("fields", ["nhom", "code,nhom", "code,,name", "code,", "extra.muc", "search_text", "pk", "*"])
def test_a_field_that_is_not_there_is_refused_with_the_known_ones(api, world, fields):
    problem = api.problem("items/", 400, fields=fields)

    error = problem["errors"][0]
    assert (error["field"], error["code"]) == ("fields", "unknown_field")
    assert "coefficient" in error["message"] and "legal_basis" in error["message"]


def test_nothing_chosen_is_everything(api, world):
    assert api.json("items/", fields="")["results"] == api.json("items/")["results"]


def test_fields_may_come_one_by_one_or_twice(api, world):
    assert api.results("items/", fields=["code", "name", "code"]) == api.results("items/", fields="name, code")


@pytest.mark.parametrize("path", ["", "items/", "difference/"])
def test_another_choice_of_fields_is_another_representation(api, world, path):
    names = {"": ("number", "year"), "items/": ("code", "name"), "difference/": ("change", "item")}[path]
    address = f"{VERSION}{path}"
    etags = [api.get(address, **params)["ETag"] for params in (
        {}, {"fields": names[0]}, {"fields": names[1]}, {"fields": ",".join(names)}
    )]  # fmt: skip

    assert len(set(etags)) == 4
    reordered = f"{names[1]},{names[0]}"
    assert api.get(address, fields=reordered, headers={"If-None-Match": etags[3]}).status_code == 304
    for other in etags[:3]:
        assert api.get(address, fields=reordered, headers={"If-None-Match": other}).status_code == 200


def test_a_choice_of_fields_shows_nothing_that_is_not_shown_without(api, world, people):
    reported = api.get("items/", fields="name,task,note,extra,field").content.decode()

    assert CANARY not in reported
    assert CANARY in api.get("items/", people["uploader"], fields="name").content.decode()


def test_what_is_sent_is_not_narrowed(api, world, people):
    answer = api.post("imports/00000000-0000-4000-8000-000000000000/abandon/?fields=id", {}, people["uploader"])

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_parameter")
