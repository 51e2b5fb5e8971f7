"""Longer periods: the mean of totals, or numbers added up; absences, marks, roles, chains, and the words for it."""

import dataclasses
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.scoring.classification import classify
from cms.scoring.definition import Definition
from cms.scoring.engine import score
from cms.scoring.inputs import read_subjects
from cms.scoring.periods import PeriodPart, longer, part_of
from cms.scoring.periods_explained import explain
from tests.unit.scoring.definitions import GOLDEN, RESULT, decree


def framework(total: str = "mean", marks: str = "minimum", **periods: Any) -> Definition:
    rule = {"period": "quarter", "made_of": "month", "total": {"value": total}, "marks": {"value": marks}}
    return decree(periods={"longer": [rule], **periods})


def part(definition: Definition, label: str = "", role: str = "staff", **subject: Any) -> PeriodPart:
    subjects, problems = read_subjects([{"role": role, **subject}], definition)
    assert not problems
    return part_of(score(definition, subjects[0]), label)


def line(assigned: str, completed: str, late: int = 0) -> dict[str, Any]:
    return {"assigned": assigned, "completed": completed, "coefficient": "1", "late_occurrences": late}


def months(definition: Definition) -> list[PeriodPart]:
    """Return the three months of the ninth golden example."""
    return [
        part(definition, "Tháng 1", common="26", work=[line("10", "5")]),
        part(definition, "Tháng 2", common="28", work=[line("40", "40")]),
        part(definition, "Tháng 3", common="27", work=[line("30", "30", late=2)]),
    ]


def leader(definition: Definition, step: str = "100", **more: Any) -> PeriodPart:
    marks = {"d": "100", "đ": step, "e": "100"}
    return part(definition, role="head", **{"common": "27", "work": [line("4", "4")], "indicators": marks, **more})


def result(definition: Definition, parts: list[PeriodPart]):
    return longer(definition, definition.periods.longer[0], parts)


def totals(*texts: str | None) -> list[PeriodPart]:
    return [PeriodPart(None if text is None else Fraction(text)) for text in texts]


@pytest.mark.parametrize("case", GOLDEN["year_from_periods"], ids=lambda case: case["id"])
def test_the_year_of_the_golden_file(case):
    definition = framework()
    year = result(definition, totals(*case["periods"]))
    assert (year.total, year.status) == (Fraction(case["expect"]["total"]), "scored")
    assert classify(definition, year.total, {}, (), "staff").level == case["expect"]["level"]


def test_the_choice_between_mean_and_cumulative_can_change_the_level():
    mean, cumulative = framework("mean"), framework("cumulative")
    assert [str(float(each.total)) for each in months(mean)] == ["61.0", "98.0", "96.61"]
    by_mean, added_up = result(mean, months(mean)), result(cumulative, months(cumulative))
    assert (by_mean.total, added_up.total) == (Fraction("85.20"), Fraction("92.48"))
    assert [classify(mean, each.total, {}, (), "staff").level for each in (by_mean, added_up)] == ["good", "excellent"]


def test_the_mean_is_of_the_rounded_totals_that_are_stored():
    definition = framework()
    parts = [part(definition, common="0", work=[line("3", "1")]) for _ in range(3)]
    assert [each.total for each in parts] == [Fraction("23.33")] * 3
    assert result(definition, parts).exact == Fraction("23.33")


def test_absences_are_left_out_or_count_nothing():
    parts = totals("92", "88.5", "90.1", None)
    assert result(framework(), parts).total == Fraction("90.2")
    assert result(framework(absences={"value": "zero"}), parts).total == Fraction("67.65")


def test_absences_count_nothing_in_what_is_marked_when_numbers_are_added_up():
    zero = framework("cumulative", absences={"value": "zero"})
    parts = [part(zero, common="30", work=[line("4", "4")]), PeriodPart(None)]
    assert result(zero, parts).total == Fraction(85)
    assert result(framework("cumulative"), parts).total == Fraction(100)


@pytest.mark.parametrize("parts", [[], totals(None, None)])
@pytest.mark.parametrize("absences", ["left_out", "zero"])
def test_where_nothing_was_worked_there_is_no_total(parts, absences):
    found = result(framework(absences={"value": absences}), parts)
    assert (found.total, found.status, [each.code for each in found.reasons]) == (
        None,
        "insufficient_data",
        ["nothing_worked"],
    )


@pytest.mark.parametrize("way", ["mean", "cumulative"])
@pytest.mark.parametrize(
    ("lacking", "status"),
    [({"common": "27", "work": []}, "insufficient_data"), ({"work": [line("1", "1")]}, "blocked")],
)
def test_a_period_that_was_worked_and_has_no_total_is_not_left_out(way, lacking, status):
    definition = framework(way)
    found = result(definition, [*months(definition), part(definition, "Tháng 4", **lacking)])
    assert (found.total, found.status, found.reasons[0].what) == (None, status, "Tháng 4")


def test_a_period_that_waits_for_a_decision_counts_with_its_total():
    parts = [*totals("90"), PeriodPart(Fraction(80), status="needs_decision")]
    assert result(framework(), parts).total == 85


def test_marks_become_their_minimum_or_their_mean():
    least, mean = framework("cumulative"), framework("cumulative", marks="mean")
    parts = [leader(least), leader(least, "50"), leader(least)]
    assert result(least, parts).total == Fraction("91.17")  # 27 + 70 × (100 + 100 + 100 + 100 + 50 + 100) : 600
    assert result(mean, parts).numbers.marks["đ"] == Fraction(250, 3)


def test_measured_figures_become_their_mean_even_where_marks_become_their_minimum():
    survey = {"code": "s", "title": "Hài lòng", "measure": "survey", "full": "5"}
    section = {**RESULT, "indicators": [survey]}
    data = {"sections": [decree_common(), section], "periods": {"longer": [
        {"period": "quarter", "made_of": "month", "total": {"value": "cumulative"}}
    ]}}  # fmt: skip
    definition = decree(**data)
    parts = [part(definition, common="30", indicators={"s": figure}) for figure in ("4", "5")]
    assert result(definition, parts).total == Fraction(93)


def decree_common() -> dict[str, Any]:
    return {"code": "common", "title": "x", "kind": "criteria", "max": "30",
            "criteria": [{"code": "I", "title": "x", "max": "30"}]}  # fmt: skip


def test_bands_bonus_and_deduction_are_those_of_the_form():
    banded = {"code": "a", "title": "a", "measure": "work_quantity", "max": "70",
              "bands": [{"from": "100", "points": "70"}, {"from": "70", "points": "40"}]}  # fmt: skip
    outside = [
        {"code": kind, "title": kind, "kind": kind, "max": "7", "criteria": [{"code": kind, "title": "x", "max": "7"}]}
        for kind in ("bonus", "deduction")
    ]
    section = {**RESULT, "combine": {"value": "points"}, "indicators": [banded]}
    rule = {"period": "quarter", "made_of": "month", "total": {"value": "cumulative"}}
    definition = decree(sections=[decree_common(), section, *outside], periods={"longer": [rule]})
    parts = [
        part(definition, common="20", work=[line("10", "5")], criteria={"bonus": "4"}),
        part(definition, common="24", work=[line("10", "9")], criteria={"deduction": "2"}),
    ]
    found = result(definition, parts)
    assert found.numbers.common == Fraction(20 + 4 + 24 - 2, 2)
    assert found.total == 23 + 40


def test_what_applies_in_no_period_is_left_out_of_the_longer_one():
    definition = framework("cumulative")
    parts = [leader(definition, subordinates=[], indicators={"đ": "100", "e": "100"}) for _ in range(2)]
    found = result(definition, parts)
    assert (found.total, "d" in found.numbers.marks) == (Fraction(97), False)


def test_what_applies_in_some_periods_counts_from_those():
    definition = framework("cumulative")
    without = leader(definition, subordinates=[], indicators={"đ": "100", "e": "100"})
    assert result(definition, [without, leader(definition)]).numbers.marks["d"] == 100


def test_percentages_without_numbers_cannot_be_added_up():
    definition = framework("cumulative")
    parts = [part(definition, common="28", indicators={"a": "96", "b": "95", "c": "94"})]
    found = result(definition, parts)
    assert (found.total, found.status) == (None, "insufficient_data")
    assert [(each.code, each.what) for each in found.reasons] == [("ratio_unknown", code) for code in "abc"]


def test_totals_alone_cannot_be_added_up():
    found = result(framework("cumulative"), totals("90", "91"))
    assert (found.total, [each.code for each in found.reasons]) == (None, ["common_unknown"])


def test_another_role_needs_a_decision_unless_the_last_one_holds():
    each_role, last = framework("cumulative"), framework("cumulative", role_change={"value": "last_role"})
    parts = [part(each_role, common="27", work=[line("4", "2")]), leader(each_role, "50")]
    found = result(each_role, parts)
    assert (found.total, found.status, found.reasons[0].code) == (None, "needs_decision", "role_changed")
    # (a, b, c at 75 %, d and e at 100 %, đ at 50 %) : 6
    assert result(last, parts).total == Fraction("82.42")


def test_periods_chain_to_the_year():
    rules = [{"period": "quarter", "made_of": "month", "total": {"value": "cumulative"}},
             {"period": "year", "made_of": "quarter", "total": {"value": "mean"}}]  # fmt: skip
    definition = decree(periods={"longer": rules})
    quarter_of, year_of = definition.periods.longer
    first = longer(definition, quarter_of, months(definition)).as_part("Quý I")
    second = longer(definition, quarter_of, [PeriodPart(None, label="Tháng 4")]).as_part("Quý II")
    third = longer(definition, quarter_of, months(definition)[1:2]).as_part("Quý III")
    year = longer(definition, year_of, [first, second, third])
    assert (year.total, [each.label for each in year.left_out]) == (Fraction("95.24"), ["Quý II"])


def test_numbers_add_up_along_a_chain():
    definition = framework("cumulative")
    rule = dataclasses.replace(definition.periods.longer[0], period="year", made_of="quarter")
    parts = [result(definition, [each]).as_part() for each in months(definition)]
    assert longer(definition, rule, parts).total == result(definition, months(definition)).total


def test_a_quarter_that_needs_a_decision_leaves_the_year_open():
    open_quarter = PeriodPart(None, label="Quý I", status="needs_decision")
    found = result(framework(), [open_quarter, *totals("90")])
    assert (found.total, found.status) == (None, "blocked")


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12), st.randoms())
def test_the_mean_lies_between_and_order_does_not_matter(cents, random):
    parts = totals(*[str(Fraction(each, 100)) for each in cents])
    found = result(framework(), parts)
    assert Fraction(min(cents), 100) <= found.total <= Fraction(max(cents), 100)
    assert result(framework(), random.sample(parts, len(parts))).total == found.total


def test_the_mean_explains_itself():
    definition = framework()
    absent = PeriodPart(None, label="Tháng 4", note="nghỉ thai sản")
    reported = explain(result(definition, [*months(definition), absent]), definition)
    assert json.loads(json.dumps(reported)) == reported
    assert reported["steps"][-1]["arithmetic"] == "(61,00 + 98,00 + 96,61) : 3 ≈ 85,20"
    assert reported["left_out"] == ["Tháng 4: không làm việc (nghỉ thai sản); không tính vào kết quả."]
    assert reported["sentence"] == "Tổng điểm quý là 85,20, tính từ 3 tháng."
    assert reported["citation"] == definition.periods.longer[0].total.citation


def test_what_was_added_up_explains_itself():
    definition = framework("cumulative")
    reported = explain(result(definition, months(definition)), definition)
    assert {step["code"]: step["arithmetic"] for step in reported["steps"]} == {
        "a": "(5 + 40 + 30) : (10 + 40 + 30) = 75 : 80 = 93,75%",
        "b": "(5 + 40 + 30) : (10 + 40 + 30) = 75 : 80 = 93,75%",
        "c": "(5 + 40 + 29,5) : (10 + 40 + 30) = 74,5 : 80 ≈ 93,13%",
        "common": "(26 + 28 + 27) : 3 = 27",
        "result": "70 × (93,75% + 93,75% + 93,125%) : 3 ≈ 65,48",
        "total": "27 + 70 × (93,75% + 93,75% + 93,125%) : 3 ≈ 92,48",
    }
    assert reported["components"] == {"a": "93.75", "b": "93.75", "c": "93.13"}


def test_the_least_mark_and_zeros_are_told():
    definition = framework("cumulative", absences={"value": "zero"})
    reported = explain(result(definition, [leader(definition, "50"), PeriodPart(None, label="Tháng 2")]), definition)
    steps = {step["code"]: step["arithmetic"] for step in reported["steps"]}
    assert steps["đ"] == "mức thấp nhất trong (50%; 0%) = 0%"
    assert steps["common"] == "(27 + 0) : 2 = 13,5"
    assert reported["left_out"] == ["Tháng 2: không làm việc; tính 0 điểm theo khung tiêu chí."]


def test_why_there_is_no_total_is_told():
    definition = framework("cumulative")
    reported = explain(
        result(definition, [part(definition, common="28", indicators={"a": "96", "b": "9", "c": "9"})]), definition
    )
    assert (reported["total"], reported["steps"], reported["sentence"]) == (None, [], "Chưa có tổng điểm quý.")
    assert reported["reasons"][0]["message"].startswith("“Số lượng” chỉ có tỷ lệ")
