"""Reading what is to be scored: everything that is wrong, where it is, and nothing guessed."""

from decimal import Decimal
from fractions import Fraction

import pytest

from cms.scoring import inputs, shipped
from cms.scoring.definition import definition_schema
from cms.scoring.document import document
from cms.scoring.engine import score
from cms.scoring.inputs import CODES, WorkLine, read_subjects, subject_schema, write_subject
from cms.scoring.problems import CODES as SHAPE_CODES
from cms.scoring.receipt import receipt
from tests.unit.scoring.definitions import GOLDEN, decree, decree_data, define
from tests.unit.scoring.scored import LINE, criteria, indicators, problems_of

DECREE = decree()
_MAY_BE_LEFT_OUT = (
    "quality_failures", "late_occurrences", "quality_exempt", "late_exempt", "id", "title", "exemption", "days_late",
)  # fmt: skip


def of(**data):
    return problems_of(DECREE, {"id": 1, "role": "staff", **data})


def test_a_line_is_kept_in_whole_numbers():
    line = {"assigned": "1.5", "completed": 1, "coefficient": "0.000001", "late_occurrences": 2, "late_exempt": True}
    (subject,), problems = read_subjects([{"id": "a", "role": "staff", "work": [line]}], DECREE)
    assert not problems
    assert subject.work == (WorkLine(15_000, 10_000, 1, late_occurrences=2, late_exempt=True),)


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
def test_what_is_written_is_read_again_as_the_same(case):
    (subject,), _ = read_subjects([case["subject"]], DECREE)
    (again,), problems = read_subjects([write_subject(subject)], DECREE)
    assert not problems
    assert again == subject


def test_decimals_of_a_json_reader_are_taken_and_floats_are_not():
    assert of(common=Decimal("27.5")) == []
    assert of(common=27.5) == [("subjects[0].common", "not_a_number")]


@pytest.mark.parametrize(
    "text", [1.5, True, "NaN", "Infinity", "1e5", "", "1,5", " 1", ".5", "5.", "٣", "²", "1_0", "0x1", [], {}]
)
def test_only_plain_digits_are_numbers(text):
    assert of(work=[{**LINE, "assigned": text}]) == [("subjects[0].work[0].assigned", "not_a_number")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("assigned", "-1", "too_small"),
        ("completed", "1.00001", "too_many_decimals"),
        ("assigned", "1000000.5", "too_large"),
        ("assigned", None, "not_a_number"),
        ("coefficient", "1.0000001", "too_many_decimals"),
        ("coefficient", "0.0", "not_above_zero"),
        ("quality_failures", -1, "not_a_count"),
        ("quality_failures", True, "not_a_count"),
        ("late_occurrences", "1.5", "not_a_count"),
        ("late_occurrences", "-1", "not_a_count"),
        ("late_occurrences", "100001", "too_large"),
        ("late_occurrences", 100_001, "too_large"),
        ("late_exempt", 1, "not_yes_no"),
        ("id", 1.5, "not_an_id"),
        ("id", 2**53 + 1, "not_an_id"),
        ("title", "nửa \ud800 chữ", "not_characters"),
        ("id", " ", "blank"),
    ],
)
def test_every_field_of_a_line_has_its_limits(field, value, code):
    assert of(work=[LINE, {**LINE, field: value}]) == [(f"subjects[0].work[1].{field}", code)]


def test_a_line_needs_its_quantities_and_knows_no_other_fields():
    assert of(work=[{"assigned": "1", "hours": "8"}]) == [
        ("subjects[0].work[0].hours", "unknown_key"),
        ("subjects[0].work[0].completed", "missing"),
        ("subjects[0].work[0].coefficient", "missing"),
    ]


def test_every_problem_of_every_subject_comes_at_once():
    found = problems_of(
        DECREE,
        {"id": 1, "role": "boss", "work": [{**LINE, "assigned": "x"}], "flags": ["unknown"]},
        {"id": 2, "role": "organisation", "common": "30.5"},
        "nobody",
    )
    assert found == [
        ("subjects[0].role", "not_a_choice"),
        ("subjects[0].work[0].assigned", "not_a_number"),
        ("subjects[0].flags[0]", "unknown_flag"),
        ("subjects[1].role", "not_covered"),
        ("subjects[1].common", "over_max"),
        ("subjects[2]", "not_an_object"),
    ]


def test_good_subjects_come_back_beside_the_problems_of_others():
    subjects, problems = read_subjects([{"id": 1, "role": "staff"}, {"id": 2}], DECREE)
    assert [each.id for each in subjects] == [1]
    assert [each.code for each in problems] == ["missing"]


def test_fields_that_are_no_texts_are_told_beside_those_that_are():
    problems = read_subjects([{"role": "staff", "fields": ["a", None, 3]}], DECREE)[1]

    assert [(each.path, each.code) for each in problems] == [
        ("subjects[0].fields[1]", "not_text"), ("subjects[0].fields[2]", "not_text"),
    ]  # fmt: skip


def test_something_else_than_a_list_is_refused():
    assert [each.code for each in read_subjects({"id": 1}, DECREE)[1]] == ["not_a_list"]


def test_the_same_id_twice_is_refused_even_as_text_and_number():
    assert problems_of(DECREE, {"id": 1, "role": "staff"}, {"id": "1", "role": "staff"}) == [
        ("subjects[1].id", "repeated_id")
    ]


def test_what_lines_say_is_not_given_as_an_indicator_too():
    assert of(work=[LINE], indicators={"a": "100", "b": "n/a"}) == [
        ("subjects[0].indicators.a", "given_twice"),
        ("subjects[0].indicators.b", "given_twice"),
    ]
    head = {"id": 1, "role": "head", "subordinates": [{"id": 2}], "indicators": {"d": "100"}}
    assert problems_of(DECREE, head) == [("subjects[0].indicators.d", "given_twice")]


def test_an_empty_list_says_nothing_that_could_be_said_twice():
    assert of(work=[], subordinates=[], indicators={"a": "96", "b": "95", "c": "94"}) == []


def test_null_says_no_more_than_leaving_out():
    empty_line = {**LINE, **dict.fromkeys(_MAY_BE_LEFT_OUT)}
    empty = {"id": None, "role": "staff", "work": [empty_line], "subordinates": [{"id": 2, "fields": None}]}
    rest = ("category", "position_group", "agency", "common", "criteria", "indicators", "fields", "metrics", "flags")

    (subject,), problems = read_subjects([{**empty, **dict.fromkeys(rest)}], DECREE)

    assert not problems
    assert subject == read_subjects([{"role": "staff", "work": [LINE], "subordinates": [{"id": 2}]}], DECREE)[0][0]


@pytest.mark.parametrize("count", ["2", "2.00", Decimal("2.0"), 2])
def test_a_count_may_travel_as_text_like_every_number(count):
    (subject,), problems = read_subjects([{"role": "staff", "work": [{**LINE, "quality_failures": count}]}], DECREE)

    assert not problems
    assert write_subject(subject)["work"][0]["quality_failures"] == 2


@pytest.mark.parametrize("power", ["1e9999999999", "-1e9999999999", "1e-9999999999", "NaN"])
def test_a_number_is_never_written_out_to_find_it_too_long(power):
    assert of(common=Decimal(power)) == [("subjects[0].common", "not_a_number")]


def test_nobody_without_an_id_is_somebody_called_none():
    assert problems_of(DECREE, {"role": "staff"}, {"id": "None", "role": "staff"}, {"role": "staff"}) == []


def test_an_object_of_very_many_names_is_refused_as_one():
    names = {f"k{number}": 1 for number in range(1_001)}

    assert of(**names) == [("subjects[0]", "too_many")]
    assert of(indicators=names) == [("subjects[0].indicators", "too_many")]


def test_reading_ends_where_more_is_wrong_than_anybody_mends(monkeypatch):
    monkeypatch.setattr(inputs, "MOST_PROBLEMS", 3)

    found = problems_of(DECREE, *[{"id": number, "role": "x", "common": "x"} for number in range(9)])

    assert found[4:] == [("subjects", "too_many_problems")]


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        ("a", "100.01", "too_large"),
        ("a", "-1", "too_small"),
        ("đ", "75", "not_a_step"),
        ("d", "99", "not_a_step"),
        ("đ", 50.0, "not_a_number"),
        ("g", "100", "unknown_indicator"),
    ],
)
def test_an_indicator_takes_a_percentage_or_one_of_its_steps(code, value, problem):
    assert of(indicators={code: value}) == [(f"subjects[0].indicators.{code}", problem)]


def test_a_group_of_indicators_is_not_given_itself():
    part = {"code": "g1", "title": "Phần", "measure": "mark"}
    group = indicators({"code": "g", "measure": "group", "indicators": [part]})
    assert problems_of(group, {"id": 1, "role": "staff", "indicators": {"g": "90", "g1": "90"}}) == [
        ("subjects[0].indicators.g", "has_parts")
    ]


def test_a_figure_is_at_most_what_is_100_percent():
    survey = indicators({"code": "s", "measure": "survey", "full": "5"})
    assert problems_of(survey, {"id": 1, "role": "staff", "indicators": {"s": "5"}}) == []
    assert problems_of(survey, {"id": 1, "role": "staff", "indicators": {"s": "5.1"}}) == [
        ("subjects[0].indicators.s", "over_max")
    ]


KINDS = criteria(
    {"code": "points", "max": "5", "step": "0.5"},
    {
        "code": "levels",
        "max": "5",
        "marking": {"kind": "levels", "levels": [{"code": "A", "label": "A", "percent": 80}]},
    },
    {"code": "bands", "max": "5", "marking": {"kind": "bands", "bands": [{"from": "90", "points": "5"}]}},
    {"code": "off", "max": "5", "marking": {"kind": "points_off", "each": "1"}, "may_not_apply": True},
    {"code": "each", "max": "5", "marking": {"kind": "points_each", "each": "1"}},
    {"code": "yes", "max": "5", "marking": {"kind": "yes_no"}},
    {"code": "group", "max": "5", "criteria": [{"code": "leaf", "title": "Lá", "max": "5"}]},
)


@pytest.mark.parametrize(
    ("code", "good", "bad", "problem"),
    [
        ("points", "4.5", "4.25", "off_step"),
        ("points", 5, "5.5", "over_max"),
        ("points", "0", "-0.5", "too_small"),
        ("points", "0", 4.5, "not_a_number"),
        ("levels", "A", "B", "not_a_choice"),
        ("bands", "99.9999", "100.1", "too_large"),
        ("off", "0", "0.5", "not_a_count"),
        ("off", "n/a", False, "not_a_count"),
        ("each", 3, -1, "not_a_count"),
        ("yes", False, "yes", "not_yes_no"),
        ("leaf", "5", "n/a", "always_applies"),
        ("leaf", None, "5.0001", "over_max"),
    ],
)
def test_a_criterion_is_marked_in_its_own_way(code, good, bad, problem):
    def marked(value):
        return problems_of(KINDS, {"id": 1, "role": "staff", "criteria": {code: value}})

    assert marked(good) == []
    assert marked(bad) == [(f"subjects[0].criteria.{code}", problem)]


def test_groups_and_strangers_are_not_marked():
    found = problems_of(KINDS, {"id": 1, "role": "staff", "common": {"group": "5", "zz": "1"}})
    assert found == [("subjects[0].common.group", "has_parts"), ("subjects[0].common.zz", "unknown_criterion")]


def test_the_common_section_is_given_in_one_way():
    assert of(common="27.5", criteria={"I": "9"}) == [("subjects[0].criteria.I", "given_twice")]
    assert of(common={"I": "9"}, criteria={"I": "9"}) == [("subjects[0].criteria.I", "given_twice")]
    assert of(common={"I": "9"}, criteria={"II": "9"}) == []


def test_there_may_be_no_common_section():
    assert problems_of(indicators({"code": "a"}), {"id": 1, "role": "staff", "common": "20"}) == [
        ("subjects[0].common", "no_common")
    ]


def test_figures_are_of_the_kind_that_conditions_compare():
    subjects, _ = read_subjects(
        [{"id": 1, "role": "staff", "metrics": {"late_pct": "2.5", "shortcomings_remedied": True}}], DECREE
    )
    assert subjects[0].metrics == {"late_pct": Fraction(5, 2), "shortcomings_remedied": 1}
    assert of(metrics={"late_pct": "101", "members_disciplined": "1.5", "total": "90", "shortcomings_remedied": 2}) == [
        ("subjects[0].metrics.late_pct", "too_large"),
        ("subjects[0].metrics.members_disciplined", "too_many_decimals"),
        ("subjects[0].metrics.total", "unknown_metric"),
        ("subjects[0].metrics.shortcomings_remedied", "too_large"),
    ]


def test_only_those_for_whom_the_framework_is_are_taken():
    narrow = define(decree_data(applies_to={"categories": ["cadre"], "roles": ["head"], "position_groups": ["G1"]}))
    subject = {"id": 1, "role": "staff", "category": "contract", "position_group": "G2"}
    assert problems_of(narrow, subject) == [
        ("subjects[0].role", "not_covered"),
        ("subjects[0].category", "not_covered"),
        ("subjects[0].position_group", "not_covered"),
    ]


def test_null_is_the_same_as_nothing():
    nulls = dict.fromkeys(
        ["category", "position_group", "agency", "common", "criteria", "work", "indicators", "metrics"]
    )
    assert of(**nulls) == []


def test_names_that_nobody_knows_come_back_only_as_far_as_they_can_be_shown():
    (problem,) = read_subjects([{"role": "staff", "criteria": {"\ud800" + "x" * 500: "1"}}], DECREE)[1]
    assert problem.code == "unknown_criterion"
    assert len(problem.path.encode()) < 150


def test_the_schema_describes_a_subject():
    definitions = {}
    schema = subject_schema(definitions)
    assert schema["required"] == ["role"]
    assert definitions["WorkLine"]["properties"]["coefficient"]["anyOf"][1] == {"type": "integer"}
    assert "WorkLine" not in definition_schema()["$defs"]


def test_every_code_has_one_sentence():
    assert not CODES.keys() & SHAPE_CODES.keys()


def test_a_position_group_that_the_weights_do_not_know_is_refused_with_those_they_know():
    nghe_an = shipped.load("nghe-an")

    _subjects, problems = read_subjects([{"role": "staff", "position_group": "van-phong"}], nghe_an)
    known, none = read_subjects([{"role": "staff", "position_group": "mot-cua"}], nghe_an)

    assert [(each.path, each.code) for each in problems] == [("subjects[0].position_group", "unknown_position_group")]
    assert "mot-cua" in problems[0].params["groups"]
    assert (known[0].position_group, none) == ("mot-cua", [])
    assert read_subjects([{"role": "staff", "position_group": "van-phong"}], shipped.load("nd335"))[1] == []


@pytest.mark.parametrize(
    ("framework", "category", "words"),
    [
        ("truong-hoc", None, "Viên chức không giữ chức vụ quản lý"),
        ("nd335", None, "Công chức không giữ chức vụ lãnh đạo, quản lý"),
        ("nghe-an", "cadre", "Cán bộ không giữ chức vụ lãnh đạo, quản lý"),
        ("nghe-an", None, "Người không giữ chức vụ lãnh đạo, quản lý"),
        ("gia-lai-cong-chuc", "contract", "Người làm việc theo hợp đồng lao động"),
    ],
)
def test_a_receipt_calls_people_by_their_category(framework: str, category: str | None, words: str):
    definition = shipped.load(framework)
    subjects, _problems = read_subjects([{"role": "staff", "category": category}], definition)

    reported = document(receipt(score(definition, subjects[0])))

    assert ("Vai trò", (words,)) in [(fact.label, fact.texts) for fact in reported.facts]
