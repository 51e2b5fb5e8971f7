"""The difference of two versions."""

import pytest

PATH = "catalogs/thong-ke/versions/2/difference/"


def test_it_tells_new_changed_field_by_field_and_removed(api, world):
    body = api.json(PATH, **{"from": 1})

    new, changed, removed = body["results"]
    assert body["counts"] == {"new": 1, "changed": 1, "removed": 1, "same": 1}
    assert (body["from"]["number"], body["to"]["number"]) == (1, 2)
    assert (new["change"], new["item"]["code"], new["changes"]) == ("new", "TK.00050", [])
    assert (removed["change"], removed["item"]["code"]) == ("removed", "TK.00003")
    assert changed["change"] == "changed"
    assert changed["item"]["name"] == "Báo cáo đất đai"
    assert {entry["field"]: (entry["before"], entry["after"]) for entry in changed["changes"]} == {
        "name": ("Báo cáo thẩm định số 2", "Báo cáo đất đai"),
        "coefficient": ("3.0000", "4.0000"),
        "score": ("15.0000", "20.0000"),
    }


def test_without_a_number_it_compares_with_the_version_before(api, world):
    assert api.json(PATH) == api.json(PATH) | {"from": api.json(PATH, **{"from": 1})["from"]}
    assert api.json(PATH)["from"]["number"] == 1


def test_of_a_first_version_every_item_is_new(api, world):
    body = api.json("catalogs/thong-ke/versions/1/difference/")

    assert body["from"] is None
    assert body["counts"] == {"new": 3, "changed": 0, "removed": 0, "same": 0}


def test_one_class_alone(api, world):
    assert [entry["change"] for entry in api.results(PATH, change="removed")] == ["removed"]


def test_pages_hold_every_entry_once(api, world):
    pages = list(api.pages(PATH, page_size=2))

    assert [entry["change"] for page in pages for entry in page["results"]] == ["new", "changed", "removed"]
    assert pages[1]["previous"] and pages[0]["previous"] is None
    assert pages[0]["counts"] == pages[1]["counts"]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"from": "x"}, "from"), ({"from": 99}, "from"), ({"change": "moved"}, "change"), ({"offset": -1}, "offset"),
        ({"page_size": 1001}, "page_size"), ({"to": 1}, "to"),
    ],
)  # fmt: skip
def test_what_it_cannot_read_is_refused(api, world, params, field):
    assert api.problem(PATH, 400, **params)["errors"][0]["field"] == field
