"""Indicators: every source, weights, groups, bands, what does not apply, and people led."""

from fractions import Fraction

import pytest

from tests.unit.scoring.definitions import decree, decree_data, define
from tests.unit.scoring.scored import LINE, codes, indicators, percents, scored

DECREE = decree()
GIVEN = {"common": "30", "indicators": {"a": "100", "b": "100", "c": "100", "đ": "100", "e": "100"}}
BANDS = [{"from": "100", "points": "20"}, {"from": "90", "points": "15"}, {"from": "60", "points": "1"}]


def led(*totals, fields=()):
    return [{"id": n, "total": total, "fields": list(fields)} for n, total in enumerate(totals)]


def test_a_head_is_judged_by_everybody_led():
    reached = scored(DECREE, role="head", subordinates=led("50", "90"), fields=["đất đai"], **GIVEN)
    failed = scored(DECREE, role="head", subordinates=led("49.99", "90"), **GIVEN)
    assert (percents(reached)["d"], percents(failed)["d"]) == (100, 50)


@pytest.mark.parametrize(
    ("level", "percent"), [(None, 100), ("completed", 100), ("excellent", 100), ("not_completed", 50)]
)
def test_who_was_held_down_counts_by_the_level_and_not_by_the_points(level, percent):
    people = [{"id": 1, "total": "93.5", "level": level}, {"id": 2, "total": "80", "level": "good"}]
    score = scored(DECREE, role="head", subordinates=people, **GIVEN)
    assert percents(score)["d"] == percent


def test_the_level_that_everybody_reaches_is_that_of_the_threshold():
    form = decree_data()
    form["sections"][1]["indicators"][3]["threshold"] = "70"
    people = [{"id": 1, "total": "93.5", "level": "completed"}]
    assert percents(scored(define(form), role="head", subordinates=people, **GIVEN))["d"] == 50


def test_a_deputy_is_judged_by_those_who_share_a_field():
    people = led("20", fields=["xây dựng"]) + [{"id": "x", "total": "80", "fields": ["đất đai", "nhà ở"]}]
    score = scored(DECREE, role="deputy", subordinates=people, fields=["đất đai"], **GIVEN)
    assert percents(score)["d"] == 100
    both = scored(DECREE, role="deputy", subordinates=people, fields=["đất đai", "xây dựng"], **GIVEN)
    assert percents(both)["d"] == 50


def test_nobody_led_in_the_field_does_not_apply_and_is_left_out():
    people = led("20", fields=["xây dựng"])
    score = scored(DECREE, role="deputy", subordinates=people, fields=["y tế"], **GIVEN)
    assert (percents(score)["d"], score.total) == (None, 100)
    assert percents(scored(DECREE, role="head", subordinates=[], **GIVEN))["d"] is None


def test_a_deputy_whose_fields_are_not_known_is_not_guessed():
    score = scored(DECREE, role="deputy", subordinates=led("90"), **GIVEN)
    assert (codes(score), score.status) == (["fields_missing"], "blocked")


def test_a_subordinate_without_a_total_blocks_even_when_another_has_failed():
    score = scored(DECREE, role="head", subordinates=led("20", None), **GIVEN)
    assert (codes(score), score.status, score.total) == (["subordinate_missing"], "blocked", None)


def test_a_missing_leadership_mark_blocks_and_is_named():
    score = scored(DECREE, role="head", common="30", work=[LINE], indicators={"đ": "100"})
    assert [(each.code, each.what) for each in score.reasons] == [
        ("indicator_missing", "d"),
        ("indicator_missing", "e"),
    ]


def test_marks_of_another_role_change_nothing():
    own = scored(DECREE, common="30", work=[LINE])
    assert scored(DECREE, common="30", work=[LINE], indicators={"d": "50", "đ": "50"}).exact == own.exact


@pytest.mark.parametrize("work", [[], [{**LINE, "assigned": "0", "completed": "3"}]])
def test_nothing_assigned_is_no_score(work):
    score = scored(DECREE, common="30", work=work)
    assert (codes(score), score.status, score.total) == (["nothing_assigned"], "insufficient_data", None)


def test_nothing_assigned_is_zero_where_the_framework_says_so():
    form = decree(work={"nothing_assigned": {"value": "zero"}})
    assert scored(form, common="30", work=[]).total == 30


def test_no_lines_and_no_percentages_is_no_score_either():
    score = scored(DECREE, common="30", indicators={"a": "100"})
    assert (codes(score), score.status) == (["work_missing"], "insufficient_data")


def test_too_little_data_prevails_over_marks_that_are_missing():
    score = scored(DECREE, role="head", work=[])
    assert score.status == "insufficient_data"
    assert codes(score) == ["common_missing", "nothing_assigned"] + ["indicator_missing"] * 3


WEIGHTED = indicators(
    {"code": "x", "weight": "40", "weights": [{"position_groups": ["G2"], "weight": "0"}]},
    {"code": "y", "weight": "60"},
)


def test_weights_and_those_of_a_position_group():
    marks = {"x": "100", "y": "50"}
    assert scored(WEIGHTED, indicators=marks).total == 70
    assert scored(WEIGHTED, position_group="G2", indicators=marks).total == 50


def test_what_has_no_weight_for_a_group_need_not_be_marked():
    assert scored(WEIGHTED, position_group="G2", indicators={"y": "50"}).total == 50
    assert codes(scored(WEIGHTED, indicators={"y": "50"})) == ["indicator_missing"]


@pytest.mark.parametrize(("rule", "total"), [("leave_out", 50), ("full", 75), ("zero", 25)])
def test_an_indicator_that_does_not_apply(rule, total):
    form = indicators({"code": "x", "when_not_applicable": rule}, {"code": "y"})
    assert scored(form, indicators={"x": "n/a", "y": "50"}).total == total


def test_an_indicator_that_must_apply_blocks():
    form = indicators({"code": "x", "when_not_applicable": "block"}, {"code": "y"})
    score = scored(form, indicators={"x": "n/a", "y": "50"})
    assert (codes(score), score.status) == (["must_apply"], "blocked")


def test_leading_nobody_where_it_must_apply_blocks_in_words_of_its_own():
    measure = {"measure": "subordinates", "threshold": "50", "steps": ["100", "50"]}
    form = indicators({"code": "d", "when_not_applicable": "block", **measure}, {"code": "y"})
    score = scored(form, role="head", subordinates=[], indicators={"y": "50"})
    assert (codes(score), score.status) == (["nobody_led"], "blocked")
    assert percents(scored(form, role="head", subordinates=[], indicators={"d": "100", "y": "50"}))["d"] == 100


def test_a_group_is_the_weighted_mean_of_its_own():
    parts = [
        {"code": "g1", "title": "Một", "measure": "mark", "weight": "3"},
        {"code": "g2", "title": "Hai", "measure": "mark"},
    ]
    form = indicators({"code": "g", "measure": "group", "indicators": parts}, {"code": "y"})
    assert scored(form, indicators={"g1": "100", "g2": "20", "y": "40"}).total == 60
    assert scored(form, indicators={"g1": "n/a", "g2": "20", "y": "40"}).total == 30
    assert scored(form, indicators={"g1": "n/a", "g2": "n/a", "y": "40"}).total == 40
    assert codes(scored(form, indicators={"g1": "100", "y": "40"})) == ["indicator_missing"]


def test_surveys_and_outside_figures_are_shares_of_what_is_full():
    form = indicators(
        {"code": "s", "measure": "survey", "full": "5"}, {"code": "o", "measure": "outside", "full": "80"}
    )
    assert scored(form, indicators={"s": "4.5", "o": "60"}).total == Fraction("82.5")


def test_bands_are_percentages_in_a_mean():
    form = indicators({"code": "x", "bands": [{"from": "90", "points": "85"}]})
    assert (scored(form, indicators={"x": "95"}).total, scored(form, indicators={"x": "89"}).total) == (85, 0)


POINTS = indicators(
    {"code": "x", "measure": "work_quantity", "max": "20", "bands": BANDS},
    {"code": "y", "max": "80"},
    combine={"value": "points"},
)


@pytest.mark.parametrize(("completed", "points"), [("10", 20), ("9", 15), ("8.9999", 1), ("5.9", 0)])
def test_bands_are_points_where_points_are_added(completed, points):
    score = scored(POINTS, work=[{**LINE, "completed": completed}], indicators={"y": "50"})
    assert score.total == 40 + points


def test_points_that_do_not_apply_are_borne_by_the_rest():
    form = indicators({"code": "x", "max": "20"}, {"code": "y", "max": "80"}, combine={"value": "points"})
    assert scored(form, indicators={"x": "n/a", "y": "50"}).total == 50


def test_an_indicator_may_count_lines_otherwise_than_the_framework():
    own = {"failure_scope": "line", "points_off": "50"}
    form = indicators({"code": "b", "measure": "work_quality", "work": own}, {"code": "b2", "measure": "work_quality"})
    score = scored(form, work=[{**LINE, "completed": "10", "quality_failures": 1}])
    assert percents(score) == {"b": 50, "b2": Fraction("97.5")}
