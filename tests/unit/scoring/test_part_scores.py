"""Levels that ask for the score of a section or a criterion: tried, told, and never guessed."""

import random
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne

import pytest

from cms.scoring.canonical import content_hash
from cms.scoring.classification import classify, explain
from cms.scoring.definition import write_definition
from cms.scoring.receipt import receipt
from cms.scoring.validation import check
from tests.unit.scoring.definitions import decree, decree_data, define
from tests.unit.scoring.scored import scored

OPERATORS = {">=": ge, ">": gt, "<=": le, "<": lt, "=": eq, "!=": ne}
PART = "classification.levels[0].conditions[0].scores[0]"


def leaf(code, most, **more):
    return {"code": code, "title": f"Tiêu chí {code}", "max": most, **more}


SECTIONS = [
    {"code": "common", "title": "Tiêu chí chung", "kind": "criteria", "max": "30", "citation": "Điều 12", "criteria": [
        leaf("1", "20", criteria=[leaf("1.1", "12"), leaf("1.2", "8", may_not_apply=True)]),
        leaf("2", "10", roles=["staff"], marking={"kind": "points_off", "each": "2"}),
        leaf("3", "10", roles=["head", "deputy"]),
    ]},
    {"code": "result", "title": "Kết quả", "kind": "indicators", "max": "70", "citation": "Điều 16",
     "indicators": [{"code": "a", "title": "Kết quả", "measure": "mark"}]},
    {"code": "off", "title": "Điểm trừ", "kind": "deduction", "max": "10", "citation": "Điều 12",
     "criteria": [leaf("off.1", "10", marking={"kind": "points_each", "each": "5"})]},
]  # fmt: skip
GOOD = {"1.1": "12", "1.2": "8", "2": 0}


def asking(*scores, **condition):
    """Return a framework whose highest level asks for scores, any of which is enough."""
    own = {"title": "Điều kiện về điểm", "any": [], "citation": "Điều 20", "scores": list(scores), **condition}
    levels = [
        {"level": "excellent", "title": "Xuất sắc", "from": "90", "conditions": [own], "citation": "Điều 20"},
        {"level": "good", "title": "Tốt", "from": "50", "citation": "Điều 20"},
        {"level": "not_completed", "title": "Không hoàn thành", "from": "0", "citation": "Điều 20"},
    ]
    return define(decree_data(sections=SECTIONS, classification={"levels": levels}))


def asked(of, code, operator, value, unit="points"):
    return {"of": of, "code": code, "operator": operator, "value": value, "unit": unit}


def judged(definition, role="staff", marks=GOOD, **subject):
    return scored(definition, role=role, criteria=marks, indicators={"a": "100"}, **subject)


COMMON_25 = asking(asked("section", "common", ">=", "25"))


@pytest.mark.parametrize(
    ("score", "marks", "level"),
    [
        (asked("section", "common", ">=", "25"), {**GOOD, "1.1": "7"}, "excellent"),  # 25 of 30
        (asked("section", "common", ">=", "25"), {**GOOD, "1.1": "6.75"}, "good"),  # 24,75
        (asked("section", "common", ">", "83", "percent"), {**GOOD, "1.1": "7"}, "excellent"),  # 83,33 %
        (asked("section", "common", ">=", "83.3334", "percent"), {**GOOD, "1.1": "7"}, "good"),
        (asked("criterion", "2", "=", "100", "percent"), GOOD, "excellent"),  # nothing taken off
        (asked("criterion", "2", "=", "10"), {**GOOD, "2": 1}, "good"),
        (asked("criterion", "1", ">=", "19"), {**GOOD, "1.2": "7"}, "excellent"),  # a group: 12 + 7
        (asked("criterion", "1", ">", "19"), {**GOOD, "1.2": "7"}, "good"),
        (asked("section", "result", "=", "70"), GOOD, "excellent"),
        (asked("section", "off", "=", "0"), GOOD, "excellent"),  # no mark outside the 100 points: nothing
        (asked("criterion", "off.1", "=", "0"), GOOD, "excellent"),
        (asked("criterion", "off.1", "=", "0"), {**GOOD, "off.1": 1}, "good"),
    ],
)
def test_the_level_hangs_on_the_score(score, marks, level):
    assert judged(asking(score), marks=marks).level == level


def test_one_score_of_several_is_enough():
    either = asking(asked("criterion", "2", "=", "10"), asked("section", "common", ">=", "28"))
    assert judged(either, marks={**GOOD, "2": 1}).level == "excellent"
    assert judged(either, marks={**GOOD, "2": 2}).level == "good"


def test_a_score_beside_a_figure():
    late = {"metric": "members_disciplined", "operator": "=", "value": "0"}
    either = asking(asked("criterion", "2", "=", "10"), any=[late])
    assert judged(either, marks={**GOOD, "2": 1}, metrics={"members_disciplined": 0}).level == "excellent"
    # The figure is not there and could save it: not guessed.
    assert judged(either, marks={**GOOD, "2": 1}).status == "needs_decision"


def test_a_condition_for_some_roles_asks_nothing_of_others():
    staff_only = asking(asked("criterion", "2", "=", "10"), roles=["staff"])
    assert judged(staff_only, role="head", marks={"1.1": "12", "1.2": "8", "3": "9"}).level == "excellent"


def test_the_receipt_prints_the_score_and_whether_it_is_met():
    reported = receipt(judged(COMMON_25, marks={**GOOD, "1.1": "6.75"}))["classification"]["conditions"][0]
    assert reported["held"] is False
    assert reported["sentence"] == (
        "Điều kiện của mức “Xuất sắc”: Điều kiện về điểm (Điểm phần “Tiêu chí chung”: 24,75 điểm, mốc so sánh: "
        "từ 25 điểm trở lên): không đạt."
    )
    percent = asking(asked("criterion", "2", "=", "100", "percent"))
    reported = receipt(judged(percent))["classification"]["conditions"][0]
    assert reported["held"] is True
    assert (
        "(Tỷ lệ điểm tiêu chí “Tiêu chí 2” so với điểm tối đa: 100%, mốc so sánh: 100%): đạt." in reported["sentence"]
    )


@pytest.mark.parametrize(
    ("score", "data"),
    [
        # The whole section was given as one mark: nothing is known of its criteria.
        (asked("criterion", "2", "=", "10"), {"marks": {}, "common": "30"}),
        (asked("criterion", "1", ">=", "10"), {"marks": {}, "common": "30"}),
        # It does not apply, so it has no points.
        (asked("criterion", "1.2", ">=", "7"), {"marks": {**GOOD, "1.2": "n/a"}}),
        (asked("criterion", "1", ">=", "7"), {"marks": {**GOOD, "1.2": "n/a"}}),
    ],
)
def test_what_is_not_known_is_left_to_the_authority(score, data):
    found = judged(asking(score), **data)
    assert (found.level, found.status) == (None, "needs_decision")
    assert "chưa có số liệu" in found.explanation["reasons"][0]["message"]


def test_a_section_given_as_a_whole_has_its_score():
    assert judged(COMMON_25, marks={}, common="25").level == "excellent"
    assert judged(asking(asked("section", "common", ">", "25")), marks={}, common="25").level == "good"


def test_a_missing_mark_leaves_no_total_and_no_level():
    found = judged(COMMON_25, marks={"1.1": "12", "2": 0})
    assert (found.status, found.level) == ("blocked", None)


def test_a_longer_period_knows_no_scores_of_parts():
    outcome = classify(COMMON_25, Fraction(95), {}, [], "staff")
    assert (outcome.level, outcome.status) == (None, "needs_decision")
    assert "Điểm phần “Tiêu chí chung”" in explain(outcome, COMMON_25)["reasons"][0]["message"]


def test_a_disqualifier_may_ask_for_a_score():
    rule = {"code": "low", "title": "Điểm chung dưới 15", "citation": "Điều 20", "when": [
        {"title": "Dưới 15", "any": [], "scores": [asked("section", "common", "<", "15")]}]}  # fmt: skip
    data = write_definition(COMMON_25)
    data["classification"]["disqualifiers"] = [rule]
    definition = define(data)
    assert judged(definition, marks={**GOOD, "1.1": "0", "1.2": "4.75"}).level == "not_completed"
    assert judged(definition, marks={**GOOD, "1.1": "0", "1.2": "5"}).level == "good"


@pytest.mark.parametrize(
    ("score", "found"),
    [
        (asked("section", "common", ">=", "25"), set()),
        (asked("section", "nowhere", ">=", "25"), {(".code", "score_section_unknown")}),
        (asked("section", "1.1", ">=", "5"), {(".code", "score_section_unknown")}),
        (asked("criterion", "common", ">=", "5"), {(".code", "score_criterion_unknown")}),
        (asked("criterion", "1", ">=", "20"), set()),
        (asked("criterion", "3", ">=", "5"), {(".code", "score_not_for_role")}),
        (asked("section", "common", ">=", "30.5"), {(".value", "score_unreachable")}),
        (asked("section", "common", ">", "30"), {(".value", "score_unreachable")}),
        (asked("section", "common", "<", "0"), {(".value", "score_unreachable")}),
        (asked("section", "common", "=", "31"), {(".value", "score_unreachable")}),
        (asked("section", "common", ">=", "101", "percent"), {(".value", "score_unreachable")}),
        (asked("section", "common", ">=", "100", "percent"), set()),
        (asked("section", "common", ">=", "0"), {(".value", "score_always_holds")}),
        (asked("section", "common", "<=", "30"), {(".value", "score_always_holds")}),
        (asked("section", "common", "!=", "31"), {(".value", "score_always_holds")}),
        (asked("section", "off", "=", "0"), set()),
    ],
)
def test_a_condition_that_cannot_be_tried_is_refused(score, found):
    faults = {(each.path, each.code) for each in check(asking(score)) if each.code.startswith("score")}
    assert faults == {(f"{PART}{place}", code) for place, code in found}


def test_a_condition_of_the_roles_that_are_marked_is_fine():
    leaders = asking(asked("criterion", "3", ">=", "5"), roles=["head", "deputy"])
    assert not [each for each in check(leaders) if each.code.startswith("score")]
    assert not [each for each in check(leaders) if each.code == "condition_empty"]
    assert [each.code for each in check(asking()) if each.code == "condition_empty"]


def test_conditions_without_scores_are_written_as_they_were():
    condition = {"title": "x", "any": [{"metric": "total", "operator": ">=", "value": "95"}]}
    plain = asking(any=condition["any"])
    written = write_definition(plain)
    assert set(written["classification"]["levels"][0]["conditions"][0]) == {"title", "any", "roles", "citation"}
    assert content_hash(written) == content_hash(write_definition(define(written)))
    assert "scores" not in str(write_definition(decree()))


def test_random_scores_are_judged_as_by_hand():
    """Work out both the score and the comparison from the marks alone."""
    for seed in range(400):
        chance = random.Random(seed)
        marks = {"1.1": f"{chance.randrange(0, 49) / 4}", "1.2": f"{chance.randrange(0, 33) / 4}"}
        marks |= {"2": chance.randrange(0, 7), "off.1": chance.randrange(0, 3)}
        two = max(0, 10 - 2 * marks["2"])
        one = Fraction(marks["1.1"]) + Fraction(marks["1.2"])
        off = min(10, 5 * marks["off.1"])
        scores = {
            ("section", "common"): (one + two, 30), ("section", "off"): (off, 10), ("criterion", "1"): (one, 20),
            ("criterion", "1.1"): (Fraction(marks["1.1"]), 12), ("criterion", "2"): (two, 10),
        }  # fmt: skip
        (of, code), (points, most) = chance.choice(list(scores.items()))
        unit, operator = chance.choice(["points", "percent"]), chance.choice(list(OPERATORS))
        value = chance.choice([0, most // 2, most, 50, 100, 8])
        definition = asking(asked(of, code, operator, str(value), unit))
        found = judged(definition, marks=marks)
        expected = OPERATORS[operator](Fraction(100 * points, most) if unit == "percent" else points, value)
        total = one + two + 70 - off
        level = "excellent" if total >= 90 and expected else "good" if total >= 50 else "not_completed"
        assert (found.total, found.level) == (total, level), seed
