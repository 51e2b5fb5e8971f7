"""The whole: settings, rounding, levels, and that nothing but the inputs matters."""

from fractions import Fraction

import pytest

from cms.scoring.answer import answer
from cms.scoring.canonical import content_hash
from cms.scoring.definition import write_definition
from cms.scoring.engine import CODES, plan_for, read_settings, score
from cms.scoring.inputs import Subject
from cms.scoring.problems import CODES as SHAPE_CODES
from tests.unit.scoring.definitions import DECREE as DATA
from tests.unit.scoring.definitions import decree
from tests.unit.scoring.scored import LINE, criteria, indicators, scored

DECREE = decree()


def test_settings_are_only_those_that_the_framework_leaves_open():
    assert read_settings({"denominator": "completed", "over_100": None}, DECREE) == ({"denominator": "completed"}, [])
    assert read_settings(None, DECREE) == ({}, [])
    some = decree(overridable=["over_100"])
    wrong = {"denominator": "completed", "over_100": "never", "floor": "10"}
    found = [(each.path, each.code) for each in read_settings(wrong, some)[1]]
    assert found == [
        ("settings.floor", "unknown_key"),
        ("settings.denominator", "not_overridable"),
        ("settings.over_100", "not_a_choice"),
    ]
    assert [each.code for each in read_settings(["over_100"], some)[1]] == ["not_an_object"]


@pytest.mark.parametrize(("exact", "total", "level"), [("89.995", "90.00", "excellent"), ("89.9949", "89.99", "good")])
def test_the_rounded_total_decides_the_level(exact, total, level):
    form = criteria({"code": "1", "max": "100", "step": "0.0001"})
    levels = [*DATA["classification"]["levels"]]
    result = answer(scored(decree(sections=_sections(form), classification={"levels": levels}), common=exact))
    assert (result["total"], result["level"]) == (total, level)


def _sections(form):
    return write_definition(form)["sections"]


def test_nothing_is_rounded_on_the_way():
    thirds = scored(DECREE, common="30", indicators={"a": "33.3333", "b": "33.3333", "c": "33.3334"})
    assert thirds.exact == 30 + Fraction(70, 3)


def test_places_of_the_total_are_a_setting():
    form = decree(rounding={"places": {"value": "1"}})
    result = answer(scored(form, common="27.5", work=[{**LINE, "quality_failures": 1}]))
    assert (result["total"], result["result"], result["common"]) == ("82.9", "55.42", "27.50")


def test_figures_of_work_are_worked_out_unless_they_are_given():
    done = {"any": [{"metric": "tasks_done_pct", "operator": ">=", "value": "100"}], "title": "100% nhiệm vụ"}
    excellent, *others = DATA["classification"]["levels"]
    classification = {"levels": [{**excellent, "conditions": [done]}, *others]}
    form = decree(classification=classification)
    lines = [{**LINE, "assigned": "100", "completed": "99"}]
    assert scored(form, common="30", work=lines).level == "good"
    assert scored(form, common="30", work=lines, metrics={"tasks_done_pct": "100"}).level == "excellent"
    unknown = scored(form, common="30", indicators=dict.fromkeys("abc", "100"))
    assert (unknown.status, unknown.level, unknown.total) == ("needs_decision", None, 100)


def test_an_answer_without_a_total_says_why_in_vietnamese():
    result = answer(scored(DECREE, common={"I": "9", "II": "9"}, work=[LINE]))
    assert (result["status"], result["total"], result["level"], result["common"]) == ("blocked", None, None, None)
    assert result["components"] == {"a": "80.00", "b": "80.00", "c": "80.00"}
    assert result["reasons"] == [
        {
            "code": "criterion_missing",
            "message": "Chưa có điểm của tiêu chí “Đổi mới, sáng tạo, dám nghĩ, dám làm” (III).",
        }
    ]
    assert result["receipt"]["summary"].startswith("Chưa tính được tổng điểm.")


def test_result_is_all_that_is_not_common_within_the_hundred():
    form = indicators({"code": "x"})
    result = answer(scored(form, indicators={"x": "50"}))
    assert (result["common"], result["result"], result["sections"]) == (None, "50.00", {"all": "50.00"})


def test_the_hash_of_the_definition_is_worked_out_where_it_is_not_known():
    subject = Subject(role="staff", common=Fraction(1))
    assert score(DECREE, subject).definition_hash == content_hash(write_definition(DECREE))
    assert score(DECREE, subject, definition_hash="sha256:x", version=3).definition_hash == "sha256:x"


def test_a_plan_is_prepared_once():
    assert plan_for(DECREE, "staff", "", ()) is plan_for(DECREE, "staff", "", ())
    assert plan_for(decree(), "staff", "", ()) is not plan_for(DECREE, "staff", "", ())


def test_every_code_has_one_sentence():
    assert not CODES.keys() & SHAPE_CODES.keys()
