"""The catalogs that agencies really send, from file to items."""

from decimal import Decimal

import pytest

from tests.unit.importers.catalog.building import as_base, check_sample, codes, context


@pytest.fixture(scope="module")
def office():
    return check_sample("van-phong.so-tay.xlsx")


@pytest.fixture(scope="module")
def commune():
    return check_sample("xa.mau-ngan.xlsx")


@pytest.fixture(scope="module")
def statistics():
    return check_sample("thong-ke.v1.xlsx")


def test_handbook_has_fifteen_items_in_three_fields(office):
    assert office.verdict == "accept_with_warning"
    assert office.errors == []
    assert (office.layout, office.sheets, office.rows) == ("handbook", ["Danh mục"], 15)
    assert [item.values["field"] for item in office.items] == (
        ["CÔNG TÁC VĂN PHÒNG, HÀNH CHÍNH"] * 6
        + ["CÔNG TÁC THAM MƯU, TỔNG HỢP"] * 4
        + ["CÔNG TÁC GIÁM SÁT, THẨM TRA"] * 5
    )


def test_handbook_coefficients(office):
    expected = ["1", "0.8", "0.8", "1.6", "10", "20", "6", "8", "36", "16", "50", "56", "76", "80", "90"]

    assert [item.values["coefficient"] for item in office.items] == [Decimal(number) for number in expected]


def test_handbook_tasks_are_carried_forward(office):
    tasks = [item.values["task"] for item in office.items]

    assert tasks[:5] == ["Văn thư, lưu trữ"] * 3 + ["Phục vụ hội nghị, cuộc họp"] * 2
    assert all(tasks)
    (carried,) = [problem for problem in office.problems if problem.code == "carried_forward"]
    assert (carried.column, carried.params["count"]) == ("Tên nhiệm vụ", 6)


def test_handbook_unit_comes_from_the_output(office):
    third = office.items[2].values

    assert (third["output"], third["unit"], third["unit_quantity"]) == ("10 văn bản", "văn bản", 10)
    assert {item.values["unit_quantity"] for item in office.items if item is not office.items[2]} == {1}


def test_handbook_title_names_the_standard_unit(office):
    assert office.title == {"standard_unit": "Soạn thảo văn bản hành chính", "standard_score": "5"}


def test_handbook_codes_are_made_from_the_prefix(office):
    assert [item.values["code"] for item in office.items] == [f"VP.{n:03d}" for n in range(1, 16)]


def test_handbook_signature_is_named(office):
    assert ("signature_block", 27) in codes(office, "warning")


def test_a_standard_score_that_differs_is_a_warning():
    verdict = check_sample("van-phong.so-tay.xlsx", context(standard_score=Decimal(100)))

    (warning,) = [problem for problem in verdict.warnings if problem.code == "standard_score_differs"]
    assert (warning.row, warning.params) == (5, {"found": "5", "expected": "100"})


def test_commune_has_twelve_items(commune):
    assert commune.verdict == "accept_with_warning"
    assert commune.errors == []
    assert (commune.layout, commune.sheets, commune.rows) == ("commune", ["DANH MUC"], 12)
    numbers = ["1.5", "1.25", "1.25", "0.8", "0.9", "0.9", "1", "1.1", "1.3", "1.4", "1.6", "1.7"]
    assert [item.values["coefficient"] for item in commune.items] == [Decimal(number) for number in numbers]


def test_commune_standard_score_is_not_the_score_of_an_item(commune):
    assert {item.values["score"] for item in commune.items} == {None}
    assert "coefficient_mismatch" not in dict(codes(commune))


def test_commune_totals_and_signature_are_named(commune):
    assert ("totals_row", 16) in codes(commune, "warning")
    assert ("signature_block", 18) in codes(commune, "warning")


def test_next_version_shows_one_new_two_changed_five_same_one_missing(statistics):
    verdict = check_sample("thong-ke.v2.xlsx", context(base_items=as_base(statistics)))

    assert verdict.verdict == "accept"
    assert verdict.counts == {"new": 1, "changed": 2, "same": 5, "missing": 1}
    assert [item.code for item in verdict.missing] == ["TK.007"]
    assert verdict.items[0].changes == {"coefficient": [Decimal(18), Decimal("18.5")]}
    assert verdict.items[2].changes["task"] == ["Biên soạn báo cáo thống kê", "Biên soạn báo cáo thống kê định kỳ"]
    assert [item.values["code"] for item in verdict.items if item.change == "new"] == ["TK.009"]


@pytest.mark.parametrize("name", ["van-phong.so-tay.xlsx", "xa.mau-ngan.xlsx", "thong-ke.v1.xlsx", "thong-ke.v2.xlsx"])
def test_the_same_file_again_changes_nothing(name):
    first = check_sample(name)

    again = check_sample(name, context(base_items=as_base(first)))

    assert again.counts == {"new": 0, "changed": 0, "same": first.rows, "missing": 0}
    assert [item.identity for item in again.items] == [f"id-{index}" for index in range(first.rows)]
