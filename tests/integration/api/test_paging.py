"""Pages by key: every row once, in both directions, at the same price."""

import base64
import json

import pytest

from api.v1.views.items import ORDERINGS
from tests.factories import catalogs
from tests.keeping import kept


@kept
def many(people, province):
    """Return a public version of 57 items with many equal groups and fields of work."""
    return catalogs.make_approved(people, province.statistics, 57)


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("path", ["items/", "catalogs/thong-ke/versions/1/items/"])
def test_pages_hold_every_item_once_in_both_directions(api, many, path, ordering):
    whole = [item["identity"] for item in api.results(path, ordering=ordering, page_size=100)]

    forwards = list(api.pages(path, ordering=ordering, page_size=10))
    last = forwards[-1]
    backwards = [last, *api.pages(last["previous"], link="previous")]

    assert len(whole) == len(set(whole)) == 57
    assert [item["identity"] for page in forwards for item in page["results"]] == whole
    assert [item["identity"] for page in reversed(backwards) for item in page["results"]] == whole
    assert (forwards[0]["previous"], last["next"], backwards[-1]["previous"]) == (None, None, None)


@pytest.mark.parametrize(
    ("path", "ordering"),
    [
        ("agencies/", "tree"), ("agencies/", "code"), ("agencies/", "name"),
        ("catalogs/", "tree"), ("catalogs/", "code"),
        ("versions/", "agency"), ("versions/", "year"), ("versions/", "-year"),
        ("catalogs/thong-ke/versions/", "number"), ("catalogs/thong-ke/versions/", "-number"),
    ],
)  # fmt: skip
def test_every_list_is_whole_in_pages_of_one(api, world, path, ordering):
    whole = [row["url"] for row in api.results(path, ordering=ordering)]

    single = [page["results"][0]["url"] for page in api.pages(path, ordering=ordering, page_size=1)]

    assert single == whole
    assert len(set(whole)) == len(whole) > 1


def test_a_descending_list_is_the_ascending_one_turned_round(api, many):
    up = [item["identity"] for item in api.results("items/", ordering="coefficient", page_size=100)]
    down = [item["identity"] for item in api.results("items/", ordering="-coefficient", page_size=100)]

    assert down == up[::-1]


def test_links_keep_the_filters_and_stand_in_the_header_too(api, many):
    response = api.get("items/", group=1, page_size=5)
    second = api.get(response.json()["next"])

    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    assert "group=1" in response.json()["next"]
    assert {item["group"] for item in second.json()["results"]} == {1}
    assert 'rel="prev"' in second["Link"]


def test_a_page_holds_fifty_rows_unless_asked_otherwise(api, many):
    assert len(api.results("items/")) == 50
    assert len(api.results("items/", page_size=3)) == 3


@pytest.mark.parametrize("size", ["0", "101", "-1", "ten", "1.5", "９", "9" * 30])
def test_a_page_size_out_of_range_is_refused(api, size):
    problem = api.problem("items/", 400, page_size=size)

    assert problem["errors"][0]["field"] == "page_size"
    assert problem["errors"][0]["code"] == "out_of_range"


def _cursor(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "không",
        "AAAA",
        _cursor(1),
        _cursor(1, 2, 3, 4),
        _cursor("a", "b", "c"),
        _cursor(None, 1, 1),
        _cursor([1], 1, 1),
    ],
)
def test_a_cursor_from_elsewhere_is_refused(api, many, cursor):
    assert api.problem("items/", 400, after=cursor)["code"] == "bad_cursor"
    assert api.problem("items/", 400, before=cursor)["code"] == "bad_cursor"


@pytest.mark.parametrize("value", ["abc", "NaN", "Infinity"])
def test_a_cursor_with_an_unreadable_number_is_refused(api, many, value):
    assert api.problem("items/", 400, ordering="coefficient", after=_cursor(value, 1))["code"] == "bad_cursor"


def test_a_cursor_with_an_enormous_number_does_no_harm(api, many):
    assert api.get("items/", ordering="coefficient", after=_cursor("1e999999", 1)).status_code in (200, 400)


def test_both_directions_at_once_are_refused(api, many):
    cursor = _cursor(1, 1, 1)

    assert api.problem("items/", 400, after=cursor, before=cursor)["errors"][0]["code"] == "after_and_before"


def test_a_cursor_beyond_the_end_gives_an_empty_page(api, many):
    assert api.results("items/", after=_cursor(2**62, 1, 1)) == []


def test_a_cursor_reaches_nothing_that_its_holder_may_not_read(api, many, people, province):
    draft = catalogs.make_version(people["uploader"], province.statistics)

    found = api.results("items/", after=_cursor(draft.pk, 0, 0))

    assert found == []
