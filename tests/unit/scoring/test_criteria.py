"""Criteria: every way of marking, what does not apply, what is missing, and sections outside the 100."""

from fractions import Fraction

import pytest

from tests.unit.scoring.definitions import COMMON, RESULT, decree, decree_data, define
from tests.unit.scoring.scored import codes, criteria, scored

BANDS = [{"from": "90", "points": "15"}, {"from": "100", "points": "20"}, {"from": "80", "points": "10"}]
MARKED_LEVELS = [{"code": "A", "label": "Tốt", "percent": "100"}, {"code": "B", "label": "Khá", "percent": "62.5"}]


@pytest.mark.parametrize(
    ("marking", "mark", "points"),
    [
        ({"kind": "points"}, "17.25", "17.25"),
        ({"kind": "levels", "levels": MARKED_LEVELS}, "B", "12.5"),
        ({"kind": "bands", "bands": BANDS}, "100", "20"),
        ({"kind": "bands", "bands": BANDS}, "99.99", "15"),
        ({"kind": "bands", "bands": BANDS}, "79.9999", "0"),
        ({"kind": "bands", "bands": [{"from": "0", "points": "30"}]}, "0", "20"),
        ({"kind": "points_off", "each": "2.5"}, 3, "12.5"),
        ({"kind": "points_off", "each": "2.5"}, 9, "0"),
        ({"kind": "points_each", "each": "2.5"}, 3, "7.5"),
        ({"kind": "points_each", "each": "2.5"}, 9, "20"),
        ({"kind": "yes_no"}, True, "20"),
        ({"kind": "yes_no"}, False, "0"),
    ],
)
def test_a_mark_becomes_points(marking, mark, points):
    score = scored(criteria({"code": "1", "max": "20", "marking": marking}), common={"1": mark})
    assert score.total == Fraction(points)


TREE = criteria(
    {
        "code": "I",
        "max": "60",
        "criteria": [
            {"code": "I.1", "title": "Chung", "max": "20"},
            {"code": "I.2a", "title": "Cho nhân viên", "max": "40", "roles": ["staff"]},
            {
                "code": "I.2b",
                "title": "Cho lãnh đạo",
                "max": "40",
                "roles": ["head", "deputy"],
                "criteria": [{"code": "I.2b.1", "title": "Lá", "max": "40"}],
            },
        ],
    },
    {"code": "II", "max": "40"},
)


def test_a_tree_has_its_own_leaves_for_every_role():
    assert scored(TREE, common={"I.1": "20", "I.2a": "30", "II": "40"}).total == 90
    assert scored(TREE, role="head", common={"I.1": "20", "I.2b.1": "40", "II": "30"}).total == 90


def test_a_missing_mark_blocks_and_is_named():
    score = scored(TREE, common={"I.1": "20", "II": "40", "I.2b.1": "40"})
    assert (score.status, score.total, score.level) == ("blocked", None, None)
    assert [(each.code, each.what) for each in score.reasons] == [("criterion_missing", "I.2a")]


@pytest.mark.parametrize("common", [None, {}])
def test_a_common_section_that_nobody_marked_is_one_reason(common):
    assert codes(scored(TREE, common=common)) == ["common_missing"]


def test_a_mark_of_zero_is_a_mark():
    assert scored(TREE, common="0").total == 0


LEAVES = [{"code": "1", "max": "60"}, {"code": "2", "max": "30"}, {"code": "3", "max": "10", "may_not_apply": True}]


@pytest.mark.parametrize(("rule", "total"), [("rescale", "66.67"), ("full", "70"), ("zero", "60")])
def test_what_does_not_apply(rule, total):
    form = criteria(*LEAVES, not_applicable={"value": rule})
    assert scored(form, common={"1": "30", "2": "30", "3": "n/a"}).total == Fraction(total)


def test_a_section_of_which_nothing_applies_has_no_points():
    form = criteria({"code": "1", "max": "100", "may_not_apply": True})
    score = scored(form, common={"1": "n/a"})
    assert (codes(score), score.status) == (["nothing_applies"], "insufficient_data")


def outside(kind, most="5"):
    items = [{"code": f"{kind}{n}", "title": "Mục", "max": "4", "may_not_apply": True} for n in (1, 2)]
    return {"code": kind, "title": "Ngoài 100", "kind": kind, "max": most, "criteria": items}


def test_bonus_and_deduction_stand_outside_the_hundred_each_with_its_cap():
    form = define(decree_data(sections=[COMMON, RESULT, outside("bonus"), outside("deduction", "3")]))
    marks = {"bonus1": "4", "bonus2": "3", "deduction1": "4"}
    score = scored(form, common="20", indicators=dict.fromkeys("abc", "50"), criteria=marks)
    assert [each.points for each in score.sections] == [20, 35, 5, 3]
    assert score.total == 57


def test_a_mark_that_is_missing_outside_the_hundred_is_nothing():
    form = define(decree_data(sections=[COMMON, RESULT, outside("bonus")]))
    score = scored(form, common="20", indicators=dict.fromkeys("abc", "50"), criteria={"bonus1": "n/a"})
    assert score.total == 55


def test_the_total_stays_within_0_and_100():
    form = define(decree_data(sections=[COMMON, RESULT, outside("bonus"), outside("deduction")]))
    full, none = dict.fromkeys("abc", "100"), dict.fromkeys("abc", "0")
    assert scored(form, common="30", indicators=full, criteria={"bonus1": "4"}).total == 100
    assert scored(form, common="0", indicators=none, criteria={"deduction1": "4"}).total == 0


def test_the_first_marked_section_is_the_common_one_where_none_is_called_so():
    form = decree(sections=[{**COMMON, "code": "part-a"}, RESULT])
    assert scored(form, common="30", indicators=dict.fromkeys("abc", "0")).total == 30
