"""The number of queries does not grow with the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.catalogs import actions
from tests.factories import catalogs

VERSION = "catalogs/thong-ke/versions/1/"


def _queries(api, path, by=None):
    api.get(path, by)
    with CaptureQueriesContext(connection) as queries:
        assert api.get(path, by).status_code == 200
    return len(queries)


def _counts(api, people, paths):
    return {(path, role): _queries(api, path, people.get(role)) for path in paths for role in (None, "uploader")}


def test_lists_of_items_cost_the_same_for_ten_and_for_three_hundred(api, people, province):
    paths = ["items/?page_size=100", f"{VERSION}items/?page_size=100", f"{VERSION}difference/", VERSION]
    small = catalogs.make_approved(people, province.statistics, 10)
    with_ten = _counts(api, people, paths)

    catalogs.make_approved(people, province.office, 300)
    large = {path.replace("thong-ke", "van-phong"): path for path in paths}

    assert small.items.count() == 10
    for path, original in large.items():
        assert _queries(api, path) == with_ten[original, None] <= 4
    assert _queries(api, "items/?page_size=100", people["uploader"]) == with_ten["items/?page_size=100", "uploader"]


def test_a_version_that_holds_nothing_in_added_columns_does_not_ask_for_them(api, people, province):
    catalogs.make_approved(people, province.statistics, 10)
    actions.save_column(by=people["editor"], name="Mức ưu tiên", kind="text", help_text="Theo kế hoạch năm")

    with CaptureQueriesContext(connection) as queries:
        assert api.results(f"{VERSION}items/")[0]["extra"] == {}
    assert not [query for query in queries if "extracolumn" in query["sql"]]
    assert api.results(f"{VERSION}items/", **{"extra.muc_uu_tien": "Cao"}) == []


@pytest.mark.parametrize("path", ["agencies/", "catalogs/", "versions/"])
def test_other_lists_cost_the_same_for_one_and_for_several(api, world, people, path):
    for role in (None, "uploader", "editor"):
        user = people.get(role)
        assert _queries(api, f"{path}?page_size=1", user) == _queries(api, f"{path}?page_size=100", user)


def test_a_difference_of_large_versions_costs_few_queries(api, world):
    assert _queries(api, "catalogs/thong-ke/versions/2/difference/?from=1") <= 5
