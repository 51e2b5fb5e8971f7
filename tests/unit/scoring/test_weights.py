"""Weights by role and position group: the most specific holds, and the receipt says which one and why."""

import pytest

from cms.scoring.canonical import content_hash
from cms.scoring.conformity import departures
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.document import document
from cms.scoring.receipt import receipt
from cms.scoring.validation import check
from tests.unit.scoring.definitions import decree, decree_data, define
from tests.unit.scoring.scored import indicators, problems_of, scored

MARKS = {"x": "100", "y": "0"}
WEIGHTS = [
    {"position_groups": [], "roles": ["head", "deputy"], "weight": "3"},
    {"position_groups": ["G1", "G2"], "weight": "9"},
    {"position_groups": ["G2"], "roles": ["head"], "weight": "4"},
]
FORM = indicators({"code": "x", "weight": "1", "weights": WEIGHTS}, {"code": "y", "weight": "1"})


def first_step(**subject):
    return receipt(scored(FORM, indicators=MARKS, **subject))["steps"][0]


def places(*weights, **changes):
    """Return where and why publishing refuses these weights of an indicator."""
    form = indicators({"code": "x", "weights": list(weights), **changes}, {"code": "y"})
    found = ((each.path, each.code) for each in check(form))
    return {(path.removeprefix("sections[0].indicators[0]"), code) for path, code in found if "weight" in code + path}


@pytest.mark.parametrize(
    ("role", "group", "total"),
    [
        ("staff", "", 50),  # the indicator's own: 1 : 2
        ("head", "", 75),  # the role's: 3 : 4
        ("deputy", "", 75),
        ("staff", "G1", 90),  # the group's: 9 : 10
        ("head", "G1", 90),  # the group stands before the role
        ("head", "G2", 80),  # the role within the group stands before all: 4 : 5
        ("deputy", "G2", 90),
    ],
)
def test_the_most_specific_weight_holds(role, group, total):
    assert scored(FORM, role=role, indicators=MARKS, **({"position_group": group} if group else {})).total == total


def test_the_order_of_weights_does_not_matter():
    form = indicators({"code": "x", "weights": WEIGHTS[::-1]}, {"code": "y"})
    assert scored(form, role="head", position_group="G2", indicators=MARKS).total == 80
    assert scored(form, role="head", position_group="G1", indicators=MARKS).total == 90


def test_a_group_that_no_weight_knows_is_refused_as_ever():
    assert problems_of(FORM, {"id": 1, "role": "head", "position_group": "G9"}) == [
        ("subjects[0].position_group", "unknown_position_group")
    ]
    assert problems_of(FORM, {"id": 1, "role": "boss"})[0][0] == "subjects[0].role"


def test_the_receipt_says_which_weight_holds_and_why():
    assert first_step(role="staff")["weight_rule"] == (
        "Trọng số chung 1: không có trọng số riêng cho vai trò hoặc nhóm vị trí này."
    )
    step = first_step(role="head")
    assert (step["weight"], step["weight_rule"]) == (
        "3", "Trọng số riêng 3 của vai trò người đứng đầu, thay cho trọng số chung 1."
    )  # fmt: skip
    assert first_step(role="head", position_group="G2")["weight_rule"] == (
        "Trọng số riêng 4 của vai trò người đứng đầu trong nhóm vị trí “G2”, thay cho trọng số chung 1."
    )
    assert first_step(role="head", position_group="G1")["weight_rule"].startswith(
        "Trọng số riêng 9 của nhóm vị trí “G1”, thay cho trọng số chung 1"
    )


def test_the_laid_out_receipt_shows_the_weight():
    laid_out = document(receipt(scored(FORM, role="head", indicators=MARKS)))
    facts = {each.label: each.texts for each in laid_out.steps[0].facts}
    assert facts["Trọng số"] == ("3",)
    assert facts["Bộ trọng số áp dụng"] == ("Trọng số riêng 3 của vai trò người đứng đầu, thay cho trọng số chung 1.",)


def test_a_weight_of_nothing_for_a_role_is_told_among_what_is_left_out():
    weights = [{"position_groups": [], "roles": ["head"], "weight": "0"}]
    form = indicators({"code": "x", "weights": weights}, {"code": "y"})
    left_out = receipt(scored(form, role="head", indicators={"y": "50"}))["left_out"]
    assert left_out == [{"what": "Chỉ tiêu (x)", "why": "Trọng số bằng 0 đối với vai trò này"}]


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        (WEIGHTS, set()),
        ([{"position_groups": [], "weight": "2"}], {(".weights[0]", "weight_for_nobody")}),
        ([{"position_groups": [], "roles": ["organisation"], "weight": "2"}],
         {(".weights[0].roles[0]", "role_outside")}),
        ([WEIGHTS[0], {"position_groups": [], "roles": ["staff", "head"], "weight": "2"}],
         {(".weights[1].roles[1]", "role_weight_twice")}),
        ([WEIGHTS[2], {"position_groups": ["G1", "G2"], "roles": ["head"], "weight": "2"}],
         {(".weights[1].roles[0]", "role_in_group_weight_twice")}),
        ([WEIGHTS[1], WEIGHTS[1]],
         {(".weights[1].position_groups[0]", "position_group_twice"),
          (".weights[1].position_groups[1]", "position_group_twice")}),
    ],
)  # fmt: skip
def test_each_role_and_group_has_one_weight(weights, found):
    assert places(*weights) == found


def test_weights_are_for_roles_of_the_indicator():
    assert places(WEIGHTS[0], roles=["head"]) == {(".weights[0].roles[1]", "role_outside")}


def test_a_role_whose_weights_are_all_nothing_is_found():
    nothing = {"position_groups": [], "roles": ["deputy"], "weight": "0"}
    in_group = {"position_groups": ["G1"], "roles": ["staff"], "weight": "0"}
    form = indicators({"code": "x", "weights": [nothing, in_group]})
    found = {(each.code, tuple(each.params.items())) for each in check(form) if each.code.startswith("no_weight")}
    assert found == {
        ("no_weight", (("role", "deputy"),)),
        ("no_weight_for_group", (("role", "staff"), ("group", "G1"))),
    }


def test_weights_without_roles_are_written_as_they_were():
    written = write_definition(indicators({"code": "x", "weights": WEIGHTS[1:2]}))
    assert written["sections"][0]["indicators"][0]["weights"] == [{"position_groups": ["G1", "G2"], "weight": "9"}]
    said = {**written["sections"][0]["indicators"][0]["weights"][0], "roles": []}
    written["sections"][0]["indicators"][0]["weights"] = [said]
    again, problems = read_definition(written)
    assert not problems
    assert content_hash(write_definition(again)) == content_hash(
        write_definition(indicators({"code": "x", "weights": WEIGHTS[1:2]}))
    )


def test_receipts_of_weights_by_group_alone_stay_as_they_were():
    form = indicators({"code": "x", "weights": WEIGHTS[1:2]}, {"code": "y"})
    step = receipt(scored(form, position_group="G1", indicators=MARKS))["steps"][0]
    assert "weight_rule" not in step


def test_a_weight_by_role_departs_from_the_decrees_formula():
    data = write_definition(decree())
    data["sections"][1]["indicators"][0]["weights"] = [{"position_groups": [], "roles": ["staff"], "weight": "2"}]
    before = {each.code for each in departures(decree())}
    assert "formula" not in before
    assert "formula" in {each.code for each in departures(define(decree_data(sections=data["sections"])))}
