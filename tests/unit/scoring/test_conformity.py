"""Each change of what the decree has settled is told, with its article; what the decree leaves open is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.scoring import shipped
from cms.scoring.conformity import Departure, departures, is_bound
from cms.scoring.definition import read_definition, write_definition

Data = dict[str, Any]
DECREE = write_definition(shipped.load("nd335"))
AGENCY = write_definition(shipped.load("nd335-to-chuc"))


def reported(data: Data) -> list[Departure]:
    definition, problems = read_definition(data)
    assert definition is not None, problems
    return departures(definition)


def changed(data: Data, change: Callable[[Data], Any]) -> list[Departure]:
    data = copy.deepcopy(data)
    change(data)
    return reported(data)


def setting(part: str, name: str, value: Any) -> Callable[[Data], Any]:
    return lambda data: data[part][name].update(value=value)


def in_result(name: str, place: int, value: Any) -> Callable[[Data], Any]:
    return lambda data: data["sections"][1]["indicators"][place].update({name: value})


def own_rule(place: int, name: str, value: Any) -> Callable[[Data], Any]:
    return lambda data: data["sections"][1]["indicators"][place]["work"].update({name: value})


def in_level(place: int, name: str, value: Any) -> Callable[[Data], Any]:
    return lambda data: data["classification"]["levels"][place].update({name: value})


def in_case(place: int, name: str, value: Any) -> Callable[[Data], Any]:
    return lambda data: data["classification"]["disqualifiers"][place].update({name: value})


def in_cap(name: str, value: Any) -> Callable[[Data], Any]:
    return lambda data: data["classification"]["caps"][0][name].update(value=value)


def forty_and_sixty(data: Data) -> None:
    data["sections"][0]["max"], data["sections"][1]["max"] = "40", "60"


def third_section(data: Data) -> None:
    first = data["sections"][0]
    other = copy.deepcopy(first) | {"code": "other", "title": "Phần khác", "max": "10"}
    other["criteria"] = [first["criteria"].pop()]
    first["max"] = "20"
    data["sections"].append(other)


def outside(kind: str) -> Callable[[Data], Any]:
    extra = {"code": "extra", "title": "Ngoài 100", "kind": kind, "max": "5"}
    return lambda data: data["sections"].append(extra | {"criteria": [{"code": "X", "title": "X", "max": "5"}]})


def four_groups(data: Data) -> None:
    groups = data["sections"][0]["criteria"]
    for each, points in zip(groups, ("8", "8", "8"), strict=True):
        each["max"] = points
    groups.append(copy.deepcopy(groups[2]) | {"code": "IV", "max": "6"})


def condition() -> list[Data]:
    return [{"title": "Đúng hạn", "any": [{"metric": "on_time_pct", "operator": ">=", "value": "95"}]}]


def longer(place: int) -> Callable[[Data], Any]:
    return lambda data: data["periods"]["longer"][place]["total"].update(value="cumulative")


def second_cap(data: Data) -> None:
    caps = data["classification"]["caps"]
    caps.append(copy.deepcopy(caps[0]) | {"level": "good", "rate": {"value": "50"}})


TIMES = "quy định về thời điểm đánh giá, xếp loại"
CHANGES: list[tuple[str, str, str, Callable[[Data], Any]]] = [
    ("split", "Điều 12", "tiêu chí chung 40 điểm, kết quả thực hiện nhiệm vụ 60 điểm", forty_and_sixty),
    ("sections", "Điều 12", "3 phần", third_section),
    ("bonus", "Điều 17", "tối đa 5 điểm", outside("bonus")),
    ("deduction", "Điều 17", "tối đa 5 điểm", outside("deduction")),
    ("groups", "Điều 12 khoản 2", "4 nhóm tiêu chí, điểm tối đa: 8; 8; 8; 6", four_groups),
    ("points_off", "Điều 14", "trừ 12,5%", setting("work", "points_off", "12.5")),
    ("points_off", "Điều 14", "“Chất lượng sản phẩm, công việc”", own_rule(1, "points_off", "10")),
    ("floor", "Điều 14", "còn ít nhất 50%", setting("work", "floor", "50")),
    ("floor", "Điều 14", "còn ít nhất 40%", own_rule(2, "floor", "40")),
    ("denominator", "Điều 14", "chia cho số đã hoàn thành", setting("work", "denominator", "completed")),
    ("denominator", "Điều 14", "chia cho số đã hoàn thành", own_rule(1, "denominator", "completed")),
    ("late_counted", "Điều 14", "số ngày chậm", setting("work", "late_counted", "days")),
    ("leaders_work", "Điều 15 khoản 1", "hệ số chức vụ", setting("work", "leaders_work", "coefficient")),
    ("steps", "Điều 15 khoản 3", "100%; 75%; 50%", in_result("steps", 4, ["100", "75", "50"])),
    ("steps", "Điều 15 khoản 3", "100%; 0%", in_result("steps", 3, ["100", "0"])),
    ("threshold", "Điều 15 khoản 3", "từ 70 điểm", in_result("threshold", 3, "70")),
    ("formula", "Điều 16", "Số lượng sản phẩm, công việc 50%", in_result("weight", 0, "2")),
    ("formula", "Điều 16", "“van-thu”", in_result("weights", 0, [{"position_groups": ["van-thu"], "weight": "0"}])),
    ("formula", "Điều 16", "công chức thuộc phạm vi quản lý 25%", in_result("roles", 5, [])),
    ("bands", "Điều 16", "theo khoảng", in_result("bands", 0, [{"from": "90", "points": "100"}])),
    ("year_total", "Điều 17", "cộng dồn", longer(1)),
    ("monitored", TIMES, "theo năm", setting("periods", "monitored", ["year"])),
    ("classified", TIMES, "xếp loại theo quý", setting("periods", "classified", "quarter")),
    ("absences", TIMES, "tính 0 điểm", setting("periods", "absences", "zero")),
    ("changed_agency", TIMES, "dài nhất", setting("procedure", "changed_agency", "longest_agency")),
    ("classified_before", TIMES, "trước ngày 20/12", setting("procedure", "classified_before", "20/12")),
    ("special_before", TIMES, "trước ngày 31/01", setting("procedure", "special_before", "31/01")),
    ("level_missing", "Điều 20", "không có mức này", lambda data: data["classification"]["levels"].pop(2)),
    ("level_from", "Điều 20", "“Hoàn thành tốt nhiệm vụ” từ 75 điểm", in_level(1, "from", "75")),
    ("level_title", "Điều 20", "“Khá”", in_level(1, "title", "Khá")),
    ("level_conditions", "Điều 20", "thêm điều kiện: Đúng hạn", in_level(0, "conditions", condition())),
    ("disqualifier_missing", "Điều 20", "không có", lambda data: data["classification"]["disqualifiers"].pop(0)),
    ("disqualifier", "Điều 20", "“Hoàn thành nhiệm vụ”", in_case(0, "level", "completed")),
    ("disqualifier", "Điều 20", "cảnh cáo", in_case(0, "title", "Bị kỷ luật từ cảnh cáo trở lên")),
    ("disqualifier", "Điều 20", "trừ khi có căn cứ", in_case(1, "unless", "mien_tru")),
    ("disqualifier", "Điều 20", "người đứng đầu", in_case(1, "roles", ["head"])),
    ("disqualifier", "Điều 20", "khi: Đúng hạn", in_case(1, "when", condition())),
    ("disqualifier_added", "Điều 20", "thêm: Bỏ việc", lambda data: data["classification"]["disqualifiers"].append(
        {"code": "absent", "title": "Bỏ việc", "citation": "Quy chế"})),
    ("cap_missing", "Điều 20", "không giới hạn", lambda data: data["classification"]["caps"].pop()),
    ("cap_rate", "Điều 20", "không quá 22,5%", in_cap("rate", "22.5")),
    ("cap_base", "Điều 20", "Hoàn thành tốt nhiệm vụ trở lên", in_cap("base", "good_or_better")),
    ("cap_groups", "Điều 20", "từng cơ quan, đơn vị", in_cap("groups", ["agency"])),
    ("cap_exception_rate", "Điều 20", "không quá 40%", in_cap("exception_rate", "40")),
    ("cap_added", "Điều 20", "“Hoàn thành tốt nhiệm vụ”: không quá 50%", second_cap),
]  # fmt: skip
LEFT_OPEN: list[Callable[[Data], Any]] = [
    setting("work", "failure_scope", "line"),
    setting("work", "over_100", "aggregate"),
    setting("work", "nothing_assigned", "zero"),
    setting("rounding", "places", "1"),
    setting("procedure", "petition_days", "7"),
    setting("periods", "monitored", ["quarter", "half", "year"]),
    in_result("title", 0, "Số lượng"),
    in_result("guidance", 0, "Nhập số."),
    longer(0),
    lambda data: data["classification"]["caps"][0]["groups"].update(value=["position_group", "agency"]),
    lambda data: data["classification"]["disqualifiers"].reverse(),
    lambda data: data.update(name="Khung của tỉnh", effective_from="2027-01-01"),
]


@pytest.mark.parametrize("code", ["nd335", "nd335-to-chuc", "mau-01"])
def test_the_decree_does_not_depart_from_itself(code: str):
    assert departures(shipped.load(code)) == []


@pytest.mark.parametrize(("code", "article", "words", "change"), CHANGES)
def test_a_change_of_what_is_settled_is_told_and_nothing_else(
    code: str, article: str, words: str, change: Callable[[Data], Any]
):
    (departure,) = changed(DECREE, change)

    assert departure.code == code
    assert departure.article.startswith(article)
    assert words in departure.framework
    assert departure.decree and departure.decree != departure.framework
    part = departure.path.split(".")[0].split("[")[0]
    assert part in DECREE


@pytest.mark.parametrize("change", LEFT_OPEN)
def test_what_the_decree_leaves_open_is_no_departure(change: Callable[[Data], Any]):
    assert changed(DECREE, change) == []


@pytest.mark.parametrize(("code", "_article", "_words", "change"), CHANGES)
def test_where_a_part_stands_in_its_list_does_not_matter(
    code: str, _article: str, _words: str, change: Callable[[Data], Any]
):
    def turned(data: Data) -> None:
        change(data)
        data["sections"].reverse()
        data["classification"]["disqualifiers"].reverse()

    assert [each.code for each in changed(DECREE, turned)] == [code]


# Changes of single settings: none of them touches what another is about.
SINGLE = {code: change for code, _article, _words, change in CHANGES if code in {
    "points_off", "floor", "denominator", "late_counted", "leaders_work", "threshold", "formula", "year_total",
    "absences", "changed_agency", "classified_before", "level_from", "cap_rate", "cap_base", "bonus", "groups",
}}  # fmt: skip


@given(chosen=st.sets(st.sampled_from(sorted(SINGLE))))
def test_several_changes_are_each_told_once(chosen: set[str]):
    def change(data: Data) -> None:
        for code in sorted(chosen):
            SINGLE[code](data)

    found = [each.code for each in changed(DECREE, change)]

    assert sorted(found) == sorted(chosen)


def test_departures_are_told_article_by_article():
    def change(data: Data) -> None:
        for each in SINGLE.values():
            each(data)

    articles = [each.article for each in changed(DECREE, change)]

    assert list(dict.fromkeys(articles)) == [
        "Điều 12 khoản 2; Mẫu số 01, Phụ lục II", "Điều 14", "Điều 15 khoản 1", "Điều 15 khoản 3", "Điều 16", "Điều 17",
        "Điều 17 khoản 1", TIMES, "Điều 20",
    ]  # fmt: skip
    assert articles == sorted(articles, key=list(dict.fromkeys(articles)).index)


@given(
    points_off=st.integers(0, 100), floor=st.integers(0, 100), excellent=st.integers(71, 100), rate=st.integers(1, 25)
)
def test_every_figure_that_is_not_the_decrees_is_told(points_off: int, floor: int, excellent: int, rate: int):
    def change(data: Data) -> None:
        data["work"]["points_off"]["value"], data["work"]["floor"]["value"] = str(points_off), str(floor)
        data["classification"]["levels"][0]["from"] = str(excellent)
        data["classification"]["caps"][0]["rate"]["value"] = str(rate)

    expected = {
        "points_off": points_off != 25, "floor": floor != 0, "level_from": excellent != 90, "cap_rate": rate != 20,
    }  # fmt: skip
    assert {each.code for each in changed(DECREE, change)} == {code for code, departs in expected.items() if departs}


def test_weights_that_come_to_the_same_are_no_departure():
    def twice(data: Data) -> None:
        for each in data["sections"][1]["indicators"]:
            each["weight"] = "2"

    assert changed(DECREE, twice) == []


def test_an_agencys_framework_is_compared_in_what_the_decree_says_of_agencies():
    def change(data: Data) -> None:
        data["work"]["points_off"]["value"] = "10"
        data["classification"]["levels"][0]["conditions"].pop()
        data["classification"]["levels"][2]["from"] = "40"

    found = changed(AGENCY, change)

    assert [each.code for each in found] == ["level_conditions", "level_from"]
    assert "bỏ điều kiện: " in found[0].framework
    assert all(each.article == "quy định về xếp loại cơ quan" for each in found)


def test_what_is_not_for_civil_servants_is_not_held_against_the_decree():
    school = shipped.load("truong-hoc")

    assert not is_bound(school)
    assert departures(school) == []
    assert is_bound(shipped.load("nghe-an")) and is_bound(shipped.load("nd335-to-chuc"))


# As read beside the plans themselves: four keep to the decree; Nghệ An's groups and Regulation 366 go further.
OF_366 = ["level_conditions"] * 3 + ["disqualifier_added"] * 4
PLANS = {
    "dak-lak": [],
    "gia-lai-cong-chuc": [],
    "gia-lai-to-chuc": [],
    "tay-ninh": [],
    "lao-cai": [],
    "nghe-an": ["formula", *OF_366],
    "nd335-qd366": OF_366,
}


@pytest.mark.parametrize(("code", "expected"), PLANS.items())
def test_what_is_told_of_each_plan(code: str, expected: list[str]):
    assert [each.code for each in departures(shipped.load(code))] == expected


def test_four_groups_of_indicators_are_told_with_their_weights():
    found = departures(shipped.load("nghe-an"))[0]

    assert "Kết quả thực hiện nhiệm vụ 80%; Mức độ hài lòng" in found.framework
    assert "một số nhóm vị trí việc làm có trọng số khác" in found.framework
