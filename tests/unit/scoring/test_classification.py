"""Levels: points, conditions, disqualifiers, the gaps of the rules, and what is told of it."""

import json
from fractions import Fraction
from typing import Any

import pytest

from cms.scoring.classification import classify, explain
from cms.scoring.definition import Definition
from tests.unit.scoring.definitions import DECREE, GOLDEN, decree, define

PLAN = "Kế hoạch của tỉnh, Mục II"


def condition(title: str, metric: str, operator: str, value: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "any": [{"metric": metric, "operator": operator, "value": value}], **more}


ALL_DONE = condition("Hoàn thành 100% nhiệm vụ", "tasks_done_pct", ">=", "100")
ON_TIME = condition("Đúng tiến độ", "on_time_pct", ">=", "100")
EXCEEDED = condition("Ít nhất 30% nhiệm vụ vượt yêu cầu", "exceeded_pct", ">=", "30")
FEW_LATE = condition("Nhiệm vụ chậm không quá 20%", "on_time_pct", ">=", "80")
REMEDIED = condition("Khắc phục xong hạn chế", "shortcomings_remedied", "=", "1")
NO_FAILING_UNIT = condition("Không đơn vị nào không hoàn thành", "subordinate_not_completed", "=", "0")
UNDER_70 = {
    "code": "under_70",
    "title": "Dưới 70% kế hoạch năm",
    "when": [condition("Dưới 70% nhiệm vụ", "tasks_done_pct", "<", "70")],
    "unless": "force_majeure",
    "citation": PLAN,
}
DISUNITY = {"code": "disunity", "title": "Mất đoàn kết, bè phái", "document": "Kết luận của cấp trên"}
LEVELS = DECREE["classification"]["levels"]


def organisation(**changes: Any) -> Definition:
    conditions = [[ALL_DONE, ON_TIME, EXCEEDED, NO_FAILING_UNIT, REMEDIED], [ALL_DONE, ON_TIME], [ALL_DONE, FEW_LATE]]
    levels = [{**level, "conditions": own} for level, own in zip(LEVELS, [*conditions, []], strict=True)]
    return define(
        {
            **DECREE,
            "subject": "organisation",
            "classification": {"levels": levels, "disqualifiers": [UNDER_70, DISUNITY], **changes},
        }
    )


def figures(**changes: Any) -> dict[str, Fraction]:
    good = {
        "tasks_done_pct": 100,
        "on_time_pct": 100,
        "exceeded_pct": 32,
        "subordinate_not_completed": 0,
        "shortcomings_remedied": True,
    }
    return {code: Fraction(int(value)) for code, value in {**good, **changes}.items() if value is not None}


def judged(total: str, *flags: str, definition: Definition | None = None, **changes: Any):
    return classify(definition or organisation(), Fraction(total), figures(**changes), flags, "organisation")


@pytest.mark.parametrize("case", GOLDEN["organisations"], ids=lambda case: case["id"])
def test_organisations_of_the_golden_file(case):
    metrics = {code: Fraction(int(case[code])) for code in figures()}
    outcome = classify(organisation(), Fraction(case["total"]), metrics, (), "organisation")
    assert (outcome.level or outcome.status) == case["expect"]
    assert outcome.flagged or "flagged" not in case


@pytest.mark.parametrize(
    ("total", "level"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("70", "good"),
        ("69.99", "completed"),
        ("50", "completed"),
        ("49.99", "not_completed"),
        ("0", "not_completed"),
    ],
)
def test_points_alone_decide_where_no_level_has_conditions(total, level):
    outcome = classify(decree(), Fraction(total), {}, (), "staff")
    assert (outcome.level, outcome.status, outcome.flagged, outcome.tried) == (level, "scored", False, ())


def test_points_over_the_conditions_of_the_next_lower_level_are_flagged():
    outcome = judged("91", exceeded_pct=28)
    assert (outcome.points_level, outcome.level, outcome.flagged) == ("excellent", "good", True)
    assert [each.condition.title for each in outcome.tried if each.held is False] == [EXCEEDED["title"]]


def test_a_gap_of_the_rules_lists_every_failing_condition_with_its_value():
    outcome = judged("75", tasks_done_pct=85, on_time_pct=75)
    assert (outcome.level, outcome.status, outcome.reason) == (None, "needs_decision", "no_level_fits")
    failing = [(each.level, each.compared[0].value) for each in outcome.tried if each.held is False]
    assert failing == [("good", 85), ("good", 75), ("completed", 85), ("completed", 75)]


def test_failing_conditions_never_lead_to_the_lowest_level():
    assert judged("50", tasks_done_pct=85).status == "needs_decision"
    assert judged("49.99", tasks_done_pct=85).level == "not_completed"


def test_a_decision_may_be_asked_for_at_the_first_failure():
    definition = organisation(when_conditions_fail={"value": "needs_decision"})
    outcome = judged("91", definition=definition, exceeded_pct=28)
    assert (outcome.level, outcome.status, outcome.reason) == (None, "needs_decision", "conditions_fail")
    assert {each.level for each in outcome.tried} == {"excellent"}


def test_an_unknown_figure_is_not_guessed():
    outcome = judged("91", exceeded_pct=None)
    assert (outcome.level, outcome.status, outcome.reason) == (None, "needs_decision", "metric_unknown")


def test_an_unknown_figure_does_not_matter_where_another_condition_fails():
    assert judged("91", exceeded_pct=None, shortcomings_remedied=False).level == "good"


def test_any_comparison_of_a_condition_is_enough():
    either = {"title": "A hoặc B", "any": [*EXCEEDED["any"], *REMEDIED["any"]]}
    definition = decree(classification={"levels": [{**LEVELS[0], "conditions": [either]}, *LEVELS[1:]]})

    def level(**metrics: int) -> str | None:
        return classify(definition, Fraction(95), {k: Fraction(v) for k, v in metrics.items()}, (), "staff").level

    assert level(exceeded_pct=10, shortcomings_remedied=1) == "excellent"
    assert level(shortcomings_remedied=1) == "excellent"
    assert level(exceeded_pct=10, shortcomings_remedied=0) == "good"
    assert level(exceeded_pct=10) is None


@pytest.mark.parametrize(
    ("operator", "holding"), [(">=", "23"), (">", "3"), ("<=", "12"), ("<", "1"), ("=", "2"), ("!=", "13")]
)
def test_every_operator_means_what_it_says(operator, holding):
    levels = [{**LEVELS[0], "conditions": [condition("x", "exceeded_pct", operator, "2")]}, *LEVELS[1:]]
    definition = decree(classification={"levels": levels})
    held = [
        n
        for n in "123"
        if classify(definition, Fraction(95), {"exceeded_pct": Fraction(n)}, (), "staff").level == "excellent"
    ]
    assert "".join(held) == holding


def test_conditions_may_ask_for_the_total_itself():
    levels = [{**LEVELS[0], "conditions": [condition("x", "total", ">=", "95")]}, *LEVELS[1:]]
    definition = decree(classification={"levels": levels})
    assert classify(definition, Fraction(94), {}, (), "staff").level == "good"
    assert classify(definition, Fraction(95), {}, (), "staff").level == "excellent"


def test_conditions_of_other_roles_are_not_tried():
    levels = [{**LEVELS[0], "conditions": [{**EXCEEDED, "roles": ["head"]}]}, *LEVELS[1:]]
    definition = decree(classification={"levels": levels})
    assert classify(definition, Fraction(95), {}, (), "staff").level == "excellent"
    assert classify(definition, Fraction(95), {}, (), "head").reason == "metric_unknown"


def test_a_disqualifier_lowers_the_level_and_keeps_the_total():
    outcome = classify(decree(), Fraction("93.50"), {}, {"disciplined"}, "staff")
    assert (outcome.total, outcome.level, outcome.status) == (Fraction("93.5"), "not_completed", "scored")
    assert (outcome.points_level, outcome.at_most, outcome.flagged) == ("excellent", "not_completed", False)
    assert [each.rule.code for each in outcome.disqualifiers] == ["disciplined"]


def test_a_flag_that_no_disqualifier_names_does_nothing():
    assert classify(decree(), Fraction(95), {}, {"unheard_of"}, "staff").level == "excellent"


def test_a_disqualifier_may_leave_a_level_above_the_lowest():
    definition = organisation(disqualifiers=[{**DISUNITY, "level": "good"}])
    assert judged("95", "disunity", definition=definition).level == "good"
    assert judged("60", "disunity", definition=definition).level == "completed"
    assert judged("95", "disunity", definition=definition, on_time_pct=90).level == "completed"


def test_the_lowest_of_several_disqualifiers_counts():
    definition = organisation(disqualifiers=[DISUNITY, {**DISUNITY, "code": "slow", "level": "good"}])
    assert judged("95", "slow", "disunity", definition=definition).at_most == "not_completed"


def test_a_disqualifier_of_another_role_does_nothing():
    definition = organisation(disqualifiers=[{**DISUNITY, "roles": ["head"]}])
    assert judged("95", "disunity", definition=definition).level == "excellent"


def test_a_disqualifier_whose_conditions_are_all_for_other_roles_does_not_hold():
    definition = organisation(disqualifiers=[{**UNDER_70, "when": [{**UNDER_70["when"][0], "roles": ["head"]}]}])
    assert judged("95", definition=definition, exceeded_pct=30).level == "excellent"


def test_force_majeure_leaves_the_decision_to_the_authority():
    outcome = judged("92", "force_majeure", tasks_done_pct=65)
    assert (outcome.level, outcome.status, outcome.at_most) == (None, "needs_decision", None)
    assert [each.rule.code for each in outcome.doubtful] == ["under_70"]


def test_force_majeure_excuses_only_its_own_disqualifier():
    assert judged("92", "force_majeure", "disunity", tasks_done_pct=65).level == "not_completed"


def test_force_majeure_alone_changes_nothing():
    assert judged("95", "force_majeure").level == "excellent"


def test_a_disqualifier_that_hangs_on_an_unknown_figure_leaves_the_level_open():
    definition = define({**DECREE, "classification": {"levels": LEVELS, "disqualifiers": [UNDER_70]}})
    outcome = classify(definition, Fraction(95), {}, (), "staff")
    assert (outcome.level, outcome.status) == (None, "needs_decision")
    assert classify(definition, Fraction(40), {}, (), "staff").level == "not_completed"


def test_without_a_total_there_is_no_level():
    outcome = classify(decree(), None, {}, {"disciplined"}, "staff")
    assert (outcome.level, outcome.status, outcome.at_most) == (None, "needs_decision", "not_completed")


def test_what_is_told_is_json_and_names_points_conditions_and_reasons():
    reported = explain(judged("75", tasks_done_pct=85, on_time_pct=85), organisation())
    assert json.loads(json.dumps(reported)) == reported
    assert reported["points"]["sentence"] == (
        "Tổng điểm 75,00 thuộc mức “Hoàn thành tốt nhiệm vụ” (từ 70 đến dưới 90 điểm)."
    )
    assert reported["conditions"][0]["sentence"] == (
        "Điều kiện của mức “Hoàn thành tốt nhiệm vụ”: Hoàn thành 100% nhiệm vụ "
        "(Tỷ lệ nhiệm vụ hoàn thành: 85%, mốc so sánh: từ 100% trở lên): không đạt."
    )
    assert [each["code"] for each in reported["reasons"]] == ["no_level_fits"]
    # What two levels ask alike is told once.
    assert reported["reasons"][0]["message"].count("Hoàn thành 100% nhiệm vụ (") == 1
    assert reported["sentence"] == "Chưa xếp loại."


def test_a_disqualifier_is_told_with_its_document_and_source():
    definition = decree()
    reported = explain(classify(definition, Fraction("93.50"), {}, {"disciplined"}, "staff"), definition)
    (found,) = reported["disqualifiers"]
    assert (found["document"], found["citation"]) == ("Quyết định kỷ luật", "Nghị định 335/2025/NĐ-CP, Điều 20")
    assert reported["reasons"][0]["message"].endswith(
        "nên xếp cao nhất là “Không hoàn thành nhiệm vụ”; điểm giữ nguyên."
    )
    assert reported["sentence"] == "Xếp loại: Không hoàn thành nhiệm vụ."


@pytest.mark.parametrize(
    ("outcome", "code", "piece"),
    [
        (judged("91", exceeded_pct=None), "metric_unknown", "chưa có số liệu: Tỷ lệ nhiệm vụ vượt mức yêu cầu"),
        (judged("91", exceeded_pct=28), "lower_level", "chỉ đủ điều kiện của mức “Hoàn thành tốt nhiệm vụ”"),
        (judged("92", "force_majeure", tasks_done_pct=65), "authority_decides", "force_majeure"),
        (judged("92", tasks_done_pct=None), "disqualifier_unknown", "Dưới 70% kế hoạch năm"),
    ],
)
def test_every_reason_says_what_it_rests_on(outcome, code, piece):
    reported = {each["code"]: each["message"] for each in explain(outcome, organisation())["reasons"]}
    assert piece in reported[code]


def test_figures_that_no_decimals_write_are_told_as_near():
    metrics = {**figures(), "exceeded_pct": Fraction(100, 3)}
    outcome = classify(organisation(), Fraction(91), metrics, (), "organisation")
    sentences = [each["sentence"] for each in explain(outcome, organisation())["conditions"]]
    assert any("khoảng 33,3333%" in each for each in sentences)
