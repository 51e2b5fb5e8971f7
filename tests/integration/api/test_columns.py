"""Extra columns over the API: in items, differences and filters, and only for those who see them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.catalogs import actions
from cms.catalogs.models import ExtraColumn
from tests.factories import catalogs
from tests.keeping import kept

VERSION = "catalogs/thong-ke/versions/2/"
PUBLIC = {"muc_uu_tien": "Cao", "han_ra_soat": "2026-06-05"}
OWN = PUBLIC | {"noi_luu": "việc riêng"}
EVERY = OWN | {"ghi_chu_noi_bo": "lời kín"}
SEEN = [
    (None, PUBLIC), ("nobody", PUBLIC), ("technical_admin", PUBLIC), ("other_uploader", PUBLIC), ("uploader", OWN),
    ("api_client", OWN), ("editor", EVERY), ("approver", EVERY), ("provincial_approver", EVERY),
]  # fmt: skip


@kept
def filled(people, province):
    """Statistics with two decided versions; the second fills in columns of each audience on its first item."""
    make = lambda **fields: actions.save_column(by=people["editor"], **fields)  # noqa: E731
    make(name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"], help_text="Theo kế hoạch", required=True)
    make(name="Hạn rà soát", kind="date")
    make(name="Nơi lưu", kind="text", audience="offices")
    make(name="Ghi chú nội bộ", kind="text", audience="appraisers")
    first = catalogs.make_version(people["uploader"], province.statistics)
    every = {"extra.muc_uu_tien": "Thấp"}
    actions.edit_items(by=people["editor"], version=first, items=first.items.all(), changes=every)
    _decided(people, first)
    second = actions.start_version(by=people["uploader"], catalog=first.catalog)
    held = {f"extra.{key}": text for key, text in EVERY.items()}
    item = second.items.in_order().first()
    actions.edit_items(by=people["editor"], version=second, items=[item], changes=held)
    return item, _decided(people, second)


def _decided(people, version):
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["approver"])
    return catalogs.decide(version, people["provincial_approver"], datetime.date(2026, version.number, 1))


def test_columns_are_listed_for_those_who_see_them(api, people, filled):
    assert api.results("columns/")[0] == {
        "key": "muc_uu_tien", "name": "Mức ưu tiên", "kind": "choice", "choices": ["Cao", "Thấp"], "required": True,
        "audience": "everyone", "guidance": "Theo kế hoạch", "in_use": True,
    }  # fmt: skip
    for role, seen in SEEN:
        everywhere = OWN if role == "other_uploader" else seen
        assert {column["key"] for column in api.results("columns/", people.get(role))} == set(everywhere), role
    assert [page["results"][0]["key"] for page in api.pages("columns/", page_size=1, ordering="name")] == [
        "han_ra_soat", "muc_uu_tien",
    ]  # fmt: skip


@pytest.mark.parametrize(("role", "seen"), SEEN)
def test_an_item_says_what_the_caller_sees(api, people, filled, role, seen):
    item, _version = filled
    by = people.get(role)
    assert api.json(f"{VERSION}items/{item.identity}/", by)["extra"] == seen
    assert api.results(f"{VERSION}items/", by)[0]["extra"] == seen
    assert api.results("items/", by, version=2)[0]["extra"] == seen
    entry = api.results(f"{VERSION}difference/", by)[0]
    assert {change["field"].removeprefix("extra.") for change in entry["changes"]} == set(seen)
    assert {"field": "extra.muc_uu_tien", "before": "Thấp", "after": "Cao"} in entry["changes"]
    assert {"field": "extra.han_ra_soat", "before": None, "after": "2026-06-05"} in entry["changes"]
    assert entry["item"]["extra"] == seen


def test_items_of_a_version_are_found_by_their_texts(api, people, filled):
    def found(by=None, **params):
        return [item["code"] for item in api.results(f"{VERSION}items/", by, **params)]

    item, _version = filled
    assert found(**{"extra.muc_uu_tien": "Cao"}) == [item.code]
    assert len(found(**{"extra.muc_uu_tien": "Thấp"})) == 2
    assert found(**{"extra.muc_uu_tien": "Thấp", "extra.han_ra_soat": "2026-06-05"}) == []
    assert len(found(**{"extra.muc_uu_tien": ""})) == 3
    assert found(people["editor"], **{"extra.ghi_chu_noi_bo": "lời kín"}) == [item.code]


@pytest.mark.parametrize("role", [None, "other_uploader", "uploader"])
def test_a_column_that_is_not_seen_is_no_filter(api, people, filled, role):
    hidden = api.problem(f"{VERSION}items/", 400, people.get(role), **{"extra.ghi_chu_noi_bo": "lời kín"})
    absent = api.problem(f"{VERSION}items/", 400, people.get(role), **{"extra.khong_co": "lời kín"})
    assert hidden["errors"][0]["code"] == absent["errors"][0]["code"] == "unknown_parameter"
    assert "ghi_chu_noi_bo" not in hidden["errors"][0]["message"]


def test_a_filter_takes_no_null_character_and_only_within_a_version(api, filled):
    refused = api.problem(f"{VERSION}items/?extra.muc_uu_tien=%00", 400)
    assert refused["errors"][0]["field"] == "extra.muc_uu_tien"
    assert api.problem("items/?extra.muc_uu_tien=Cao", 400)["errors"][0]["code"] == "unknown_parameter"
    assert api.get("catalogs/thong-ke/versions/99/items/?extra.muc_uu_tien=Cao").status_code == 404


@pytest.mark.parametrize("path", ["items/", "difference/"])
def test_what_is_seen_otherwise_is_sent_again(api, people, filled, path):
    etag = api.get(VERSION + path)["ETag"]
    assert api.get(VERSION + path, headers={"If-None-Match": etag}).status_code == 304
    assert api.get(VERSION + path, people["uploader"], headers={"If-None-Match": etag}).status_code == 200

    column = ExtraColumn.objects.get(key="muc_uu_tien")
    actions.save_column(by=people["editor"], column_id=column.pk, audience="offices")
    again = api.get(VERSION + path, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "muc_uu_tien" not in again.content.decode()


@pytest.mark.parametrize("path", ["items/", f"{VERSION}items/", f"{VERSION}difference/", "columns/"])
@pytest.mark.parametrize("role", [None, "uploader"])
def test_more_columns_cost_no_more_queries(api, people, filled, path, role):
    def cost():
        api.get(path, people.get(role))
        with CaptureQueriesContext(connection) as queries:
            assert api.get(path, people.get(role)).status_code == 200
        return len(queries)

    before = cost()
    for number in range(5):
        actions.save_column(by=people["editor"], name=f"Cột {number}")
    assert cost() == before
