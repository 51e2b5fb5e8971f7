"""What each resource answers."""

import datetime

from cms.organisations import actions as organisations


def test_the_index_leads_to_every_resource(api, people):
    index = api.json("")

    for name, address in index.items():
        assert api.get(address, people["uploader"]).status_code == 200, name


def test_agencies_come_as_a_tree_with_their_identifier_codes(api, province):
    organisations.add_identifier_code(
        by=None, agency=province.division, value="H40.1.2", form="new", valid_from=datetime.date(2026, 1, 1)
    )

    division = api.json("agencies/phong-tong-hop/")

    assert division["parent"] == "thong-ke"
    assert (division["kind"], division["block"], division["level"]) == ("division", "government", 3)
    assert division["identifier_codes"] == [
        {"value": "H40.1.2", "form": "new", "valid_from": "2026-01-01", "valid_to": None}
    ]
    assert division["url"] == "http://testserver/api/v1/agencies/phong-tong-hop/"


def test_the_province_has_no_agency_above_it(api, province):
    assert api.json("agencies/tinh/")["parent"] is None


def test_agencies_are_narrowed_by_kind_block_parent_and_words(api, province):
    def codes(**params):
        return [agency["code"] for agency in api.results("agencies/", **params)]

    assert codes(kind="commune") == ["xa-vinh-hoa"]
    assert codes(block="party") == []
    assert codes(parent="thong-ke") == ["phong-tong-hop"]
    assert codes(parent="khong-co") == []
    assert codes(search="thong ke") == ["thong-ke"]
    assert codes(search="NOI VU") == ["so-noi-vu"]
    assert codes(ordering="code") == sorted(codes())


def test_a_dissolved_agency_is_gone_unless_its_catalog_may_be_read(api, world, province):
    for agency in (province.statistics, province.commune):
        agency.dissolved_on = datetime.date(2026, 7, 1)
        agency.save()

    assert api.json("agencies/thong-ke/")["dissolved_on"] == "2026-07-01"
    assert api.get("agencies/xa-vinh-hoa/").status_code == 404


def test_a_catalog_leads_to_the_version_that_holds_today(api, world):
    catalog = api.json("catalogs/thong-ke/")

    assert catalog["agency"]["name"] == "Chi cục Thống kê"
    assert catalog["current_version"] == {
        "number": 2, "url": "http://testserver/api/v1/catalogs/thong-ke/versions/2/"
    }  # fmt: skip
    assert api.json(catalog["current_version"]["url"])["state"] == "approved"


def test_catalogs_are_narrowed_by_kind_and_words(api, world):
    def codes(**params):
        return [catalog["agency"]["code"] for catalog in api.results("catalogs/", **params)]

    assert codes() == ["thong-ke", "van-phong"]
    assert codes(ordering="code") == ["thong-ke", "van-phong"]
    assert codes(search="van phong ubnd") == ["van-phong"]
    assert codes(kind="commune") == []
    assert codes(block="government") == ["thong-ke", "van-phong"]


def test_a_version_tells_its_details_decision_and_totals(api, world):
    version = api.json("catalogs/thong-ke/versions/2/")

    assert version["decision"]["number"] == "102/QĐ-UBND"
    assert (version["effective_from"], version["effective_to"]) == ("2026-06-01", None)
    assert version["base"]["number"] == 1
    assert version["standard_score"] == "5.0000"
    assert version["frames"][0] == {"group": 1, "highest_score": "100.0000"}
    assert version["summary"]["items"] == version["item_count"] == 3
    assert sum(group["items"] for group in version["summary"]["groups"]) == 3
    assert sum(field["items"] for field in version["summary"]["fields_of_work"]) == 3
    assert version["content_hash"] == world.second.content_hash


def test_versions_are_read_as_of_a_day(api, world):
    def numbers(**params):
        return [(row["agency"]["code"], row["number"]) for row in api.results("versions/", **params)]

    assert numbers(effective_on="2026-02-01") == [("thong-ke", 1)]
    assert numbers(effective_on="2026-05-31") == [("thong-ke", 1), ("van-phong", 1)]
    assert numbers(effective_on="2026-06-01") == [("thong-ke", 2), ("van-phong", 1)]
    assert numbers(effective_on="2025-12-31") == []


def test_versions_are_narrowed_by_agency_state_and_year(api, world):
    def numbers(path="versions/", **params):
        return [(row["agency"]["code"], row["number"]) for row in api.results(path, **params)]

    assert numbers(agency="thong-ke") == [("thong-ke", 1), ("thong-ke", 2)]
    assert numbers(agency="khong-co") == []
    assert numbers(state="superseded") == [("thong-ke", 1)]
    assert numbers(year=world.office.year, agency="van-phong") == [("van-phong", 1)]
    assert numbers(year=2030) == []
    assert numbers("catalogs/thong-ke/versions/") == [("thong-ke", 2), ("thong-ke", 1)]
    assert numbers("catalogs/thong-ke/versions/", ordering="number", state="approved") == [("thong-ke", 2)]


def test_an_item_has_a_permanent_address_in_every_version_that_carries_it(api, world):
    item = world.first.items.in_order().first()

    for number in (1, 2):
        address = f"catalogs/thong-ke/versions/{number}/items/{item.identity}/"
        body = api.json(address)
        assert body["url"] == f"http://testserver/api/v1/{address}"
        assert (body["agency"], body["version"], body["name"]) == ("thong-ke", number, item.name)


def test_decimals_are_text_with_points_and_days_are_iso(api, world):
    item = api.results("catalogs/thong-ke/versions/1/items/")[0]

    assert (item["coefficient"], item["score"], item["hours"]) == ("2.0000", "10.0000", None)
    assert api.json("catalogs/thong-ke/versions/1/")["effective_to"] == "2026-05-31"


def test_no_answer_holds_a_key_of_the_database(api, world):
    for path in ("agencies/", "catalogs/", "versions/", "items/", "catalogs/thong-ke/versions/2/"):
        body = api.get(path).content.decode()
        assert '"id"' not in body
        assert '"pk"' not in body


def test_items_are_narrowed(api, world):
    def codes(path="items/", **params):
        return [item["code"] for item in api.results(path, **params)]

    everything = codes()
    assert codes(agency="van-phong") == ["VP.00001", "VP.00002"]
    assert codes(agency="thong-ke", version=1) == ["TK.00001", "TK.00002", "TK.00003"]
    assert codes(code="tk.00001", version=2, agency="thong-ke") == ["TK.00001"]
    assert codes(field="Thống kê xã hội", effective_on="2026-06-01") == ["TK.00001", "VP.00001"]
    assert codes(field="không có") == []
    assert {item["group"] for item in api.results("items/", group=2)} == {2}
    assert codes(effective_on="2026-02-01") == ["TK.00001", "TK.00002", "TK.00003"]
    assert len(everything) == 8
    assert codes("catalogs/van-phong/versions/1/items/", group=1) == ["VP.00002"]


def test_search_finds_words_without_diacritics(api, world):
    found = api.results("items/", search="dat dai")

    assert [item["name"] for item in found] == ["Báo cáo đất đai"]
    assert api.results("items/", search="đất ĐAI") == found
    assert api.results("catalogs/thong-ke/versions/2/items/", search="dat da") == found
    assert api.results("items/", search="khong dau co") == []


def test_items_are_ordered_by_the_allowed_orders(api, world):
    path = "catalogs/thong-ke/versions/1/items/"

    coefficients = [item["coefficient"] for item in api.results(path, ordering="-coefficient")]
    groups = [item["group"] for item in api.results(path, ordering="group")]

    assert coefficients == ["4.0000", "3.0000", "2.0000"]
    assert groups == sorted(groups)
    assert [item["code"] for item in api.results(path, ordering="code")] == ["TK.00001", "TK.00002", "TK.00003"]


def test_only_reading_is_offered(api, world):
    response = api.client().options("/api/v1/items/")

    assert response.status_code == 200
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert api.client().head("/api/v1/items/").content == b""
