"""Why a level changes is read off the two scores: weights, thresholds, conditions, disqualifiers, missing marks."""

from collections.abc import Callable
from typing import Any

import pytest

from cms.frameworks.trials.causes import cause_of
from cms.frameworks.trials.comparability import apart
from cms.frameworks.trials.running import Side, score_pairs, scores_of
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.definition import Definition, read_definition, write_definition

PERSON = {"id": "1", "role": "staff", "common": "28", "indicators": {"a": "100", "b": "100", "c": "60"}}
AGENCY = {"id": "A", "role": "organisation"}
Change = Callable[[dict[str, Any]], None]


def changed(change: Change, code: str = "nd335") -> Definition:
    data = write_definition(shipped.load(code))
    change(data)
    definition, problems = read_definition(data)
    assert definition is not None, problems
    return definition


def why(change: Change, subject: dict[str, Any] | None = None, *, back: bool = False, code: str = "nd335") -> Any:
    """Return why the level of a subject changes with the framework; ``back``: from the changed one to the shipped."""
    sides = Side(shipped.load(code)), Side(changed(change, code))
    before, after = scores_of(subject or PERSON, sides[::-1] if back else sides)
    return cause_of(before, after)


def weigh(data: dict[str, Any]) -> None:
    data["sections"][1]["indicators"][2]["weight"] = "3"


def ask_more(data: dict[str, Any]) -> None:
    data["classification"]["levels"][1]["from"] = "89"


def condition(title: str) -> Change:
    def add(data: dict[str, Any]) -> None:
        asked = {"title": title, "any": [{"metric": "late_pct", "operator": "<=", "value": "10"}]}
        data["classification"]["levels"][1]["conditions"] = [asked]

    return add


def mark_new(data: dict[str, Any]) -> None:
    new = {"code": "moi", "title": "Chỉ số mới", "measure": "survey", "weight": "1"}
    data["sections"][1]["indicators"].append(new)


def test_a_weight_that_moves_the_total_most_is_the_cause():
    reported = why(weigh)

    # 70 × (100 + 100 + 60) ÷ 3 ÷ 100, of which 14 by c; with weight 3, 70 × 3 × 60 ÷ 5 ÷ 100 by c.
    assert (reported["kind"], reported["section"], reported["before"], reported["after"], reported["weights"]) == (
        "part", "Kết quả thực hiện nhiệm vụ", "14.00", "25.20", ["1", "3"],
    )  # fmt: skip
    assert reported["title"] == shipped.load("nd335").sections[1].indicators[2].title


def test_a_threshold_is_the_cause_where_the_total_stays():
    assert why(ask_more) == {"kind": "threshold", "level": "good", "before": "70", "after": "89"}
    assert why(ask_more, back=True) == {"kind": "threshold", "level": "good", "before": "89", "after": "70"}


def test_a_condition_that_fails_is_named_with_its_side():
    subject = PERSON | {"metrics": {"late_pct": "20"}}

    assert why(condition("Trễ hạn không quá 10%"), subject) == {
        "kind": "condition", "side": "after", "title": "Trễ hạn không quá 10%",
    }  # fmt: skip
    assert why(condition("Trễ hạn không quá 10%"), subject, back=True)["side"] == "before"


def test_a_condition_of_which_nothing_is_known_is_not_called_failed():
    reported = why(condition("Trễ hạn không quá 10%"))

    assert reported == {"kind": "unknown", "side": "after", "title": "Trễ hạn không quá 10%"}


def test_a_disqualifier_that_only_one_framework_knows_is_the_cause():
    def forget(data: dict[str, Any]) -> None:
        data["classification"]["disqualifiers"] = [
            each for each in data["classification"]["disqualifiers"] if each["code"] != "disciplined"
        ]

    reported = why(forget, PERSON | {"flags": ["disciplined"]})

    assert (reported["kind"], reported["side"]) == ("disqualifier", "before")
    assert "bị kỷ luật" in reported["title"]


def test_a_mark_that_is_missing_is_told_in_the_words_of_the_receipt():
    reported = why(mark_new)

    assert (reported["kind"], reported["side"]) == ("no_total", "after")
    assert "Chỉ số mới" in reported["text"]


def test_inputs_that_one_framework_cannot_read_are_told_with_their_place():
    reported = why(ask_more, PERSON | {"common": "31"})

    assert (reported["kind"], reported["side"]) == ("unreadable", "after")
    assert (reported["path"], reported["code"], reported["params"]) == (
        "subjects[0].common",
        "over_max",
        {"limit": "30"},
    )


def test_a_bonus_and_a_deduction_are_parts_as_well():
    def deduct(data: dict[str, Any]) -> None:
        criterion = {"code": "T1", "title": "Điểm trừ vì trễ hạn", "max": "30", "marking": {"kind": "points"}}
        section = {"code": "tru", "title": "Điểm trừ", "kind": "deduction", "max": "30", "criteria": [criterion]}
        data["sections"].append(section)

    reported = why(deduct, PERSON | {"criteria": {"T1": "20"}})

    assert (reported["kind"], reported["section"], reported["title"], reported["before"], reported["after"]) == (
        "part", "Điểm trừ", "Điểm trừ vì trễ hạn", "0.00", "-20.00",
    )  # fmt: skip


def test_organisations_fall_by_their_conditions_too():
    def loosen(data: dict[str, Any]) -> None:
        data["classification"]["levels"][0]["conditions"] = []

    figures = {"tasks_done_pct": "100", "on_time_pct": "90", "quality_pct": "100", "exceeded_pct": "40"}
    subject = _perfect("nd335-to-chuc") | {"metrics": figures}

    reported = why(loosen, subject, code="nd335-to-chuc")

    assert (reported["kind"], reported["side"], reported["title"]) == (
        "condition",
        "before",
        "100% nhiệm vụ đúng thời hạn",
    )


def _perfect(code: str) -> dict[str, Any]:
    return max(sample_subjects(shipped.load(code)), key=lambda each: Side(shipped.load(code)).score(each).total or 0)


@pytest.mark.parametrize("codes", [("nd335", "truong-hoc"), ("tay-ninh", "nghe-an"), ("nghe-an", "nd335")])
def test_everybody_who_changes_has_a_cause_and_nobody_else(codes):
    sides = Side(shipped.load(codes[0])), Side(shipped.load(codes[1]))
    pairs = score_pairs(sample_subjects(shipped.load(codes[1])), sides, lambda done: None)

    assert {pair.place for pair in pairs if pair.cause} == {pair.place for pair in pairs if pair.direction != "same"}
    assert any(pair.cause for pair in pairs)


def test_frameworks_are_apart_in_what_one_asks_for_and_in_codes_that_mean_two_things():
    def rename(data: dict[str, Any]) -> None:
        data["sections"][1]["indicators"][0]["title"] = "Số lượng theo cách khác"
        mark_new(data)
        data["applies_to"]["roles"] = ["staff"]

    reported = apart(shipped.load("nd335"), changed(rename))

    assert reported["before"]["roles"] == ["head", "deputy"]
    assert reported["after"] == {"roles": [], "position_groups": [], "asked": ["Chỉ số mới"]}
    assert reported["renamed"] == [[shipped.load("nd335").sections[1].indicators[0].title, "Số lượng theo cách khác"]]
