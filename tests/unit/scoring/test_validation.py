"""What publishing refuses: each fault is found at its place, by its code, and nothing else is."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from cms.scoring.definition.words import LEVELS, OFFICER_ROLES
from cms.scoring.inputs import CODES as INPUT_CODES
from cms.scoring.problems import CODES as SHAPE_CODES
from cms.scoring.validation import CODES, check
from tests.unit.scoring.definitions import COMMON, DECREE, RESULT, define

SOURCE = "Nghị định 335/2025/NĐ-CP"
YEAR_OF_MONTHS = {"period": "year", "made_of": "month"}


def publishable() -> dict[str, Any]:
    data = copy.deepcopy(DECREE)
    data["legal_basis"] = [{"document": SOURCE, "place": "Điều 12"}]
    data["periods"] = {"longer": [dict(YEAR_OF_MONTHS)]}
    for level in data["classification"]["levels"]:
        level["citation"] = f"{SOURCE}, Điều 20"
    return data


def found_after(*edits: Callable[[dict[str, Any]], Any]) -> set[tuple[str, str]]:
    data = publishable()
    for edit in edits:
        edit(data)
    return {(problem.path, problem.code) for problem in check(define(data))}


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Return an edit that puts a value where the path says, as in ``sections.0.max``; ``+`` adds to a list."""

    def edit(data: Any) -> None:
        *way, last = path.split(".")
        for step in way:
            data = data[int(step)] if step.isdigit() else data.setdefault(step, {})
        if last == "+":
            data.append(value)
        else:
            data[int(last) if last.isdigit() else last] = value

    return edit


def criterion(code: str, maximum: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "title": code, "max": maximum, **more}


def mark(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "title": code, "measure": "mark", "steps": ["100", "50"], **more}


def marked(**marking: Any) -> Callable[[dict[str, Any]], None]:
    return put("sections.0.criteria.0.marking", marking)


def condition(metric: str, operator: str = ">=", value: str = "1", **more: Any) -> dict[str, Any]:
    return {"title": "x", "any": [{"metric": metric, "operator": operator, "value": value}], **more}


FIRST = "sections[0].criteria[0]"
TOP = "classification.levels.0.conditions"
BAND = {"from": "80", "points": "5"}
GROUP = {"code": "g", "title": "g", "measure": "group", "indicators": [mark("g1")]}
BONUS = {"code": "bonus", "title": "b", "kind": "bonus", "max": "7", "citation": SOURCE}
POINTS = {"value": "points"}


def test_a_framework_that_makes_sense_is_not_refused():
    assert found_after() == set()


@pytest.mark.parametrize(
    ("edit", "path", "code"),
    [
        # The whole
        (put("legal_basis", []), "legal_basis", "no_legal_basis"),
        (put("applies_to", {"roles": ["organisation", *OFFICER_ROLES]}), "applies_to.roles[0]", "role_not_of_subject"),
        (put("open_to_agencies", {"sections": ["common", "x"]}),
         "open_to_agencies.sections[1]", "open_section_unknown"),
        (put("procedure", {"classified_before": {"value": "31/2", "citation": "x"}}),
         "procedure.classified_before.value", "not_day_and_month"),
        (put("procedure", {"classified_before": {"value": "31/02", "citation": "x"}}),
         "procedure.classified_before.value", "not_day_and_month"),
        (put("procedure", {"special_before": {"value": "31/04", "citation": "x"}}),
         "procedure.special_before.value", "not_day_and_month"),
        (put("work", {"floor": {"value": "0", "citation": "."}}), "work.floor.citation", "no_citation"),
        (put("sections.1.citation", "…"), "sections[1].citation", "no_citation"),
        (put("classification.levels.1.title", "Hoàn thành xuất sắc NHIỆM VỤ "),
         "classification.levels[1].title", "level_title_twice"),
        (put("work", {"floor": {"value": "0"}}), "work.floor.citation", "no_citation"),
        (put("work", {"floor": {"value": "0", "citation": "  "}}), "work.floor.citation", "no_citation"),
        (put("classification.caps.0.rate", {"value": "20"}), "classification.caps[0].rate.citation", "no_citation"),
        (put("sections.1.citation", ""), "sections[1].citation", "no_citation"),
        (put("classification.levels.1.citation", ""), "classification.levels[1].citation", "no_citation"),
        # Sections and criteria
        (put("sections.0.code", "result"), "sections[1].code", "duplicate_code"),
        (put("sections.0.criteria.1.code", "a"), "sections[1].indicators[0].code", "duplicate_code"),
        (put("sections.0.criteria.0.criteria", [criterion("II", "10")]),
         "sections[0].criteria[1].code", "duplicate_code"),
        (put("sections.0.criteria.0.max", "11"), "sections[0].criteria", "does_not_add_up"),
        (put("sections.0.criteria.0.roles", ["head"]), "sections[0].criteria", "does_not_add_up_for"),
        (put("sections.0.criteria.0.criteria", [criterion("x", "9.5")]), f"{FIRST}.criteria", "does_not_add_up"),
        (put("sections.0.criteria.0.step", "0"), f"{FIRST}.step", "step_zero"),
        (put("sections.0.criteria.0.step", "3"), f"{FIRST}.step", "step_does_not_divide"),
        (put("sections.0.indicators", [mark("x")]), "sections[0].indicators", "indicators_misplaced"),
        (put("sections.1.criteria", [criterion("x", "1")]), "sections[1].criteria", "criteria_misplaced"),
        (put("sections.+", BONUS), "sections[2]", "section_empty"),
        (put("sections.+", {**BONUS, "criteria": [criterion("x", "0")]}), "sections[2].criteria[0].max", "max_zero"),
        (put("sections.+", {**BONUS, "max": "0", "criteria": [criterion("x", "1")]}), "sections[2].max", "max_zero"),
        (marked(kind="levels"), f"{FIRST}.marking.levels", "needs_levels"),
        (marked(kind="levels", levels=[{"code": c, "label": c, "percent": "50"} for c in "xy"]),
         f"{FIRST}.marking.levels[1].percent", "mark_levels_not_descending"),
        (marked(kind="levels", levels=[{"code": "x", "label": "x", "percent": p} for p in ("100", "50")]),
         f"{FIRST}.marking.levels[1].code", "duplicate_code"),
        (marked(kind="bands"), f"{FIRST}.marking.bands", "needs_bands"),
        (marked(kind="bands", bands=[BAND, BAND]), f"{FIRST}.marking.bands[1].from", "bands_not_descending"),
        (marked(kind="bands", bands=[{**BAND, "points": "10.5"}]),
         f"{FIRST}.marking.bands[0].points", "band_over_max"),
        (marked(kind="points_off"), f"{FIRST}.marking.each", "needs_each"),
        (marked(kind="points_each", each="0"), f"{FIRST}.marking.each", "each_zero"),
        (marked(kind="points_each", each="11"), f"{FIRST}.marking.each", "each_over_max"),
        # Indicators
        (put("sections.1.indicators.3.threshold", None), "sections[1].indicators[3].threshold", "needs_threshold"),
        (put("sections.1.indicators.3.steps", ["100"]), "sections[1].indicators[3].steps", "needs_two_steps"),
        (put("sections.1.indicators.4.steps", []), "sections[1].indicators[4].steps", "needs_steps"),
        (put("sections.1.indicators.4.steps", ["50", "100"]),
         "sections[1].indicators[4].steps[1]", "steps_not_descending"),
        (put("sections.1.indicators.4.roles", ["organisation"]),
         "sections[1].indicators[4].roles[0]", "role_outside"),
        (put("sections.1.indicators.0.indicators", [mark("x")]),
         "sections[1].indicators[0].measure", "only_groups_have_indicators"),
        (put("sections.1.indicators.+", {**GROUP, "indicators": []}),
         "sections[1].indicators[6].indicators", "group_needs_indicators"),
        (put("sections.1.indicators.+", {**GROUP, "indicators": [mark("x", weight="0")]}),
         "sections[1].indicators[6].indicators", "no_weight"),
        (put("sections.1.indicators.+", {**GROUP, "indicators": [mark("x", roles=["head"])]}),
         "sections[1].indicators[6].indicators", "nothing_for_role"),
        (put("sections.1.indicators.+", {"code": "s", "title": "s", "measure": "survey", "full": "0"}),
         "sections[1].indicators[6].full", "full_zero"),
        (put("sections.1.indicators.0.bands", [{"from": "90", "points": "101"}]),
         "sections[1].indicators[0].bands[0].points", "band_over_max"),
        (put("sections.1.indicators", [mark("a", weights=[{"position_groups": ["x"], "weight": "0"}])]),
         "sections[1].indicators", "no_weight_for_group"),
        (put("sections.1.indicators.0.weights", [{"position_groups": ["x", "x"], "weight": "2"}]),
         "sections[1].indicators[0].weights[0].position_groups[1]", "position_group_twice"),
        # Levels
        (put("classification.levels.1.from", "90"), "classification.levels[1].from", "thresholds_not_descending"),
        (put("classification.levels.3.from", "1"), "classification.levels[3].from", "lowest_not_from_zero"),
        (put("classification.levels.3.conditions", [condition("total")]),
         "classification.levels[3].conditions", "lowest_has_conditions"),
        (put(TOP, [{"title": "x", "any": []}]), "classification.levels[0].conditions[0].any", "condition_empty"),
        (put(TOP, [condition("unheard_of")]),
         "classification.levels[0].conditions[0].any[0].metric", "condition_metric_unknown"),
        (put(TOP, [condition("shortcomings_remedied", ">=")]),
         "classification.levels[0].conditions[0].any[0].value", "yes_no_value"),
        (put(TOP, [condition("shortcomings_remedied", "=", "2")]),
         "classification.levels[0].conditions[0].any[0].value", "yes_no_value"),
        (put(TOP, [condition("members_disciplined", "<=", "0.5")]),
         "classification.levels[0].conditions[0].any[0].value", "count_value"),
        (put(TOP, [condition("exceeded_pct", ">=", "101")]),
         "classification.levels[0].conditions[0].any[0].value", "percent_value"),
        (put(TOP, [condition("total", roles=["organisation"])]),
         "classification.levels[0].conditions[0].roles[0]", "role_outside"),
        (put("classification.metrics", [{"code": "total", "title": "x", "kind": "count"}]),
         "classification.metrics[0].code", "metric_already_known"),
        (put("classification.metrics", [{"code": "x", "title": "x", "kind": "count"}] * 2),
         "classification.metrics[1].code", "duplicate_code"),
        # Disqualifiers and caps
        (put("classification.disqualifiers.+", DECREE["classification"]["disqualifiers"][0]),
         "classification.disqualifiers[1].code", "duplicate_code"),
        (put("classification.disqualifiers.0", {"code": "x", "title": "x"}),
         "classification.disqualifiers[0].citation", "no_citation"),
        (put("classification.disqualifiers.0.level", "excellent"),
         "classification.disqualifiers[0].level", "disqualifier_does_nothing"),
        (put("classification.disqualifiers.0.unless", "force majeure"),
         "classification.disqualifiers[0].unless", "not_a_code"),
        (put("classification.disqualifiers.0.unless", "disciplined"),
         "classification.disqualifiers[0].unless", "flag_has_two_meanings"),
        (put("classification.disqualifiers.0.when", [condition("unheard_of")]),
         "classification.disqualifiers[0].when[0].any[0].metric", "condition_metric_unknown"),
        (put("classification.disqualifiers.0.roles", ["organisation"]),
         "classification.disqualifiers[0].roles[0]", "role_outside"),
        (put("classification.caps", [{"level": "excellent"}] * 2), "classification.caps[1].level", "cap_twice"),
        (put("classification.caps", [{"level": "not_completed"}]), "classification.caps[0].level", "cap_on_lowest"),
        (put("classification.caps.0.rate", {"value": "0", "citation": "x"}),
         "classification.caps[0].rate.value", "cap_rate_zero"),
        (put("classification.caps.0.rate", {"value": "26", "citation": "x"}),
         "classification.caps[0].exception_rate.value", "exception_below_rate"),
        # Periods
        (put("periods.longer", []), "periods.classified.value", "period_has_no_source"),
        (put("periods.longer.+", YEAR_OF_MONTHS), "periods.longer[1].period", "period_twice"),
        (put("periods.longer.+", {"period": "quarter", "made_of": "year"}),
         "periods.longer[1].made_of", "not_longer"),
        (put("periods.longer.+", {"period": "half", "made_of": "half"}), "periods.longer[1].made_of", "not_longer"),
        (put("periods.longer.0.made_of", "half"), "periods.longer[0].made_of", "period_has_no_source"),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_place(edit, path, code):
    assert found_after(edit) == {(path, code)}


def test_sections_other_than_bonus_and_deduction_add_up_to_a_hundred():
    bonus = {**BONUS, "criteria": [criterion("x", "9")]}
    assert found_after(put("sections.+", bonus)) == set()
    assert found_after(put("sections.1.max", "60")) == {("sections", "sections_do_not_add_up")}


def test_a_framework_for_nobody_is_refused():
    paths = found_after(put("applies_to", {"roles": ["organisation"]}))
    assert ("applies_to.roles", "no_role_left") in paths


def test_an_end_before_the_beginning_is_refused():
    days = [put("effective_from", "2026-05-01"), put("effective_to", "2026-05-01")]
    assert found_after(*days) == {("effective_to", "ends_before_it_begins")}
    assert found_after(days[0], put("effective_to", "2026-05-02")) == set()


def test_parts_add_up_for_every_role_by_itself():
    leaves = [
        criterion("x", "4"),
        criterion("y", "6", roles=["staff"]),
        criterion("z", "6", roles=["head", "deputy"]),
    ]
    assert found_after(put("sections.0.criteria.0.criteria", leaves)) == set()
    leaves[2]["roles"] = ["head"]
    data = publishable()
    data["sections"][0]["criteria"][0]["criteria"] = leaves
    (problem,) = check(define(data))
    assert (problem.code, problem.params) == ("does_not_add_up_for", {"roles": "deputy", "sum": "4", "max": "10"})


def test_points_of_indicators_add_up_and_bands_stand_for_a_maximum():
    banded = {"code": "a", "title": "a", "measure": "work_quantity", "bands": [{"from": "100", "points": "40"}]}
    section = {**RESULT, "combine": POINTS, "indicators": [banded, mark("b", max="30")]}
    assert found_after(put("sections.1", section)) == set()
    section = {**section, "indicators": [banded, mark("b", max="29")]}
    assert found_after(put("sections.1", section)) == {("sections[1].indicators", "does_not_add_up")}
    section = {**section, "indicators": [banded, mark("b")]}
    assert ("sections[1].indicators[1].max", "indicator_needs_max") in found_after(put("sections.1", section))


def test_weights_are_for_the_position_groups_of_the_framework():
    groups = put("applies_to", {"position_groups": ["x", "y"]})
    others = [{"position_groups": ["x", "z"], "weight": "2"}]
    assert found_after(groups, put("sections.1.indicators.0.weights", others)) == {
        ("sections[1].indicators[0].weights[0].position_groups[1]", "position_group_unknown")
    }


def test_a_weight_for_every_position_group_stands_for_a_usual_one():
    only = mark("a", weight="0", weights=[{"position_groups": ["x", "y"], "weight": "1"}])
    indicators = put("sections.1.indicators", [only])
    assert found_after(put("applies_to", {"position_groups": ["x", "y"]}), indicators) == set()
    assert found_after(put("applies_to", {"position_groups": ["x", "y", "z"]}), indicators) == {
        ("sections[1].indicators", "no_weight")
    }
    assert found_after(indicators) == {("sections[1].indicators", "no_weight")}


def test_levels_stand_in_their_order_each_at_most_once():
    assert found_after(
        put("classification.levels.1.level", "completed"), put("classification.levels.2.level", "good")
    ) == {("classification.levels[2].level", "levels_not_in_order")}
    assert found_after(put("classification.levels.1.level", "excellent")) == {
        ("classification.levels[1].level", "level_twice")
    }
    assert ("classification.levels", "no_levels") in found_after(put("classification.levels", []))


def test_rules_name_only_levels_that_the_framework_has():
    without_good = put("classification.levels", [
        {"level": level, "title": level, "from": start, "citation": SOURCE}
        for level, start in zip(("excellent", *LEVELS[2:]), ("90", "50", "0"), strict=True)
    ])  # fmt: skip
    assert found_after(
        without_good, put("classification.disqualifiers.0.level", "good"), put("classification.caps.0.level", "good")
    ) == {
        ("classification.disqualifiers[0].level", "level_not_defined"),
        ("classification.caps[0].level", "level_not_defined"),
    }


def test_something_has_to_be_monitored():
    found = found_after(put("periods.monitored", {"value": [], "citation": "x"}))
    assert ("periods.monitored.value", "nothing_monitored") in found


def test_own_figures_may_be_asked_for():
    metric = {"code": "own", "title": "Chỉ số riêng", "kind": "percent"}
    assert found_after(put("classification.metrics", [metric]), put(TOP, [condition("own")])) == set()


def test_longer_periods_may_chain():
    chain = [{"period": "year", "made_of": "quarter"}, {"period": "quarter", "made_of": "month"}]
    monitored = put("periods.monitored", {"value": ["month"], "citation": "x"})
    assert found_after(put("periods.longer", chain), monitored) == set()
    assert ("periods.longer[0].made_of", "period_has_no_source") in found_after(
        put("periods.longer", chain[:1]), monitored
    )


def test_every_code_found_has_a_sentence_and_is_no_other_codes():
    assert not CODES.keys() & (SHAPE_CODES.keys() | INPUT_CODES.keys())
    problems = check(define({**DECREE, "sections": [{**COMMON, "citation": "", "criteria": []}]}))
    for problem in problems:
        assert CODES[problem.code] % problem.params
