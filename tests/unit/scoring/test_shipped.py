"""The shipped frameworks are data: whole, sound, different where the plans differ, and scored by the one engine."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cms.scoring import shipped
from cms.scoring.canonical import content_hash
from cms.scoring.classification import ClassificationOutcome, classify
from cms.scoring.definition import Definition, write_definition
from cms.scoring.definition.sections import Criterion, Indicator
from cms.scoring.engine import Score, read_settings, score
from cms.scoring.exact import to_text
from cms.scoring.inputs import read_subjects
from cms.scoring.validation import check
from cms.scoring.vocabulary import every_criterion, every_indicator, vocabulary_of
from tests.unit.scoring.definitions import GOLDEN

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "cms/scoring/shipped"
LEADERS = ("head", "deputy")
PLANS = ("dak-lak", "gia-lai-cong-chuc", "gia-lai-to-chuc", "tay-ninh", "lao-cai", "nghe-an")
# Forms that add nothing to the decree's points and conditions: its golden cases hold for them too.
AS_THE_DECREE = ("nd335", "mau-01")
DONE = [{"assigned": "10", "completed": "10", "coefficient": "1.5"}]
BEST_FIGURE = {"percent": "100", "count": "0", "yes_no": "1"}


def of(code: str, role: str = "staff", **given: Any) -> Score:
    """Score one subject by a shipped framework."""
    definition = shipped.load(code)
    subjects, problems = read_subjects([{"role": role, "common": "30", **given}], definition)
    assert problems == []
    return score(definition, subjects[0])


def organisation(code: str, case: dict[str, Any], *flags: str) -> ClassificationOutcome:
    """Classify one of the golden organisations: figures and the total; what they leave out is confirmed."""
    known = vocabulary_of(shipped.load(code)).metrics
    given = {"quality_pct": 100, "tasks_effective": 1, **case}
    metrics = {name: Fraction(int(value)) for name, value in given.items() if name in known}
    return classify(shipped.load(code), Fraction(case["total"]), metrics, flags, "organisation")


def indicators(code: str) -> dict[str, Indicator]:
    return {each.code: each for section in shipped.load(code).sections for each in every_indicator(section.indicators)}


def criteria(code: str) -> dict[str, Criterion]:
    return {each.code: each for section in shipped.load(code).sections for each in every_criterion(section.criteria)}


def cycle(code: str) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Return the periods that are monitored, and which follows from which."""
    periods = shipped.load(code).periods
    return periods.monitored.value, [(rule.period, rule.made_of) for rule in periods.longer]


def test_the_five_plans_the_decree_and_two_forms_are_shipped():
    assert set(shipped.codes()) == {*PLANS, "nd335", "nd335-qd366", "nd335-to-chuc", "mau-01", "truong-hoc"}


@pytest.mark.parametrize("code", shipped.codes())
def test_a_file_is_named_by_its_code_and_says_everything_itself(code: str):
    data = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))

    assert data["code"] == code
    assert write_definition(shipped.load(code)) == data


@pytest.mark.parametrize("code", shipped.codes())
def test_a_shipped_framework_makes_sense(code: str):
    assert check(shipped.load(code)) == []


@pytest.mark.parametrize("code", shipped.codes())
def test_whoever_does_everything_reaches_100_points_and_the_highest_level(code: str):
    definition = shipped.load(code)
    known = vocabulary_of(definition)
    metrics = {name: BEST_FIGURE[kind] for name, kind in known.metrics.items()}

    for role in definition.roles:
        result = of(code, role, work=DONE, metrics=metrics, indicators=best_marks(definition, role))

        assert (to_text(result.total, 2), result.level) == ("100.00", "excellent"), role


def best_marks(definition: Definition, role: str) -> dict[str, str]:
    """Return the best of what is not counted from lines of work."""
    walked = [each for section in definition.sections for each in every_indicator(section.indicators)]
    return {
        each.code: to_text(each.full if each.measure in ("survey", "outside") else each.steps[0])
        for each in walked
        if each.measure in ("survey", "outside", "mark", "subordinates") and (not each.roles or role in each.roles)
    }


@pytest.mark.parametrize("role", ["staff", "head", "deputy"])
def test_the_decree_is_the_default_of_officers(role: str):
    assert shipped.default_for(role) == "nd335"


def test_organisations_have_a_default_of_their_own_and_strangers_none():
    assert shipped.load(shipped.default_for("organisation")).subject == "organisation"
    with pytest.raises(KeyError):
        shipped.default_for("chairman")
    with pytest.raises(KeyError):
        shipped.load("../definition")


def test_no_code_is_written_for_a_plan():
    named = re.compile("|".join(rf"[\"']{code}[\"']" for code in shipped.codes() if not code.startswith("nd335")))
    files = [path for room in ("cms", "api") for path in (ROOT / room).rglob("*.py") if path.parent != FOLDER]

    assert [str(path) for path in files if named.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("case", GOLDEN["individual"], ids=lambda case: case["id"])
@pytest.mark.parametrize("code", AS_THE_DECREE)
def test_the_golden_cases_hold_under_every_setting_of_the_decree(code: str, case: dict[str, Any]):
    definition = shipped.load(code)
    settings, none = read_settings(case["settings"], definition)
    subjects, problems = read_subjects([case["subject"]], definition)

    result = score(definition, subjects[0], settings=settings)

    assert none == problems == []
    measured = {each.plan.indicator.code: to_text(each.percent, 2) for each in result.components}
    assert measured == case["expect"]["components"]
    assert (to_text(result.total, 2), result.level) == (case["expect"]["total"], case["expect"]["level"])


@pytest.mark.parametrize("code", ["gia-lai-to-chuc", "nd335-to-chuc"])
@pytest.mark.parametrize("case", GOLDEN["organisations"], ids=lambda case: case["id"])
def test_organisations_get_the_golden_levels_and_the_rule_gaps_stay_open(case: dict[str, Any], code: str):
    outcome = organisation(code, case)

    assert (outcome.level or outcome.status) == case["expect"]
    if "flagged" in case:
        assert outcome.flagged


def test_force_majeure_leaves_an_unfinished_year_to_the_authority():
    unfinished = GOLDEN["organisations"][-1]

    assert organisation("gia-lai-to-chuc", unfinished).level == "not_completed"
    assert organisation("gia-lai-to-chuc", unfinished, "force_majeure").status == "needs_decision"


def test_shortcomings_that_were_not_remedied_stand_against_the_highest_level():
    best = {**GOLDEN["organisations"][0], "shortcomings_remedied": False}

    assert organisation("gia-lai-to-chuc", best).level == "good"


def test_regulation_366_asks_for_tasks_done_beyond_what_was_required():
    enough = {"tasks_done_pct": "100", "on_time_pct": "100", "exceeded_pct": "30"}

    assert of("nd335-qd366", work=DONE, metrics=enough).level == "excellent"
    assert of("nd335-qd366", work=DONE, metrics={**enough, "exceeded_pct": "29"}).level == "good"
    assert of("nd335", work=DONE).level == "excellent"


def test_by_regulation_366_a_bad_quarter_and_a_weak_unit_hold_the_level_down():
    own = {"tasks_done_pct": "100", "on_time_pct": "100", "exceeded_pct": "40"}
    unit = {"unit_tasks_done_pct": "65", "unit_on_time_pct": "65", "unit_quality_pct": "65", "unit_exceeded_pct": "0"}
    weak = {**own, **unit}
    marks = best_marks(shipped.load("nd335-qd366"), "head")

    assert of("nd335-qd366", work=DONE, metrics=own, flags=["not_completed_quarter"]).level == "good"
    assert of("nd335-qd366", "head", work=DONE, metrics=weak, indicators=marks).level == "not_completed"
    assert of("nd335-qd366", "deputy", work=DONE, metrics=weak, indicators=marks).level == "good"


def test_the_disqualifiers_of_the_decree_have_stable_codes():
    rules = {rule.code: rule for rule in shipped.load("nd335").classification.disqualifiers}

    assert set(rules) == {"disciplined", "degradation", "unit_corruption"}
    assert rules["unit_corruption"].roles == LEADERS


def test_form_01_divides_the_common_points_to_the_last_leaf():
    leaves = {code: each for code, each in criteria("mau-01").items() if not each.criteria}

    assert sum(code.startswith("I.1.") for code in leaves) == 8
    assert sum(code.startswith("I.2.") for code in leaves) == 4
    assert [code for code, each in leaves.items() if each.may_not_apply] == ["II.4.a"]
    assert {code: each.roles for code, each in leaves.items() if each.roles} == {
        "II.1.d": ("staff",),
        "II.1.d-ld": LEADERS,
        "II.1.đ": ("staff",),
        "II.1.đ-ld": LEADERS,
    }
    assert all("minh chứng" in leaves[f"III.{letter}"].guidance for letter in "abcd")


def test_a_post_that_meets_no_citizens_loses_nothing_on_form_01():
    leaves = [each for each in criteria("mau-01").values() if not each.criteria and each.roles in ((), ("staff",))]
    marks = {each.code: "n/a" if each.may_not_apply else to_text(each.max) for each in leaves}

    assert to_text(of("mau-01", common=marks, work=DONE).total, 2) == "100.00"


@pytest.mark.parametrize(
    ("completed", "given", "total", "level"),
    [
        ("100", {}, "100.00", "excellent"),
        # 92 %: 15 of 20 for quantity and progress, 25 of 30 for quality.
        ("92", {}, "85.00", "good"),
        ("92", {"criteria": {"C.4": 3, "D.1": "0.5"}}, "86.50", "good"),
        # 85 %: 10 + 10 + 20; here Good begins at 80.
        ("85", {}, "70.00", "completed"),
        ("59", {}, "35.00", "not_completed"),
    ],
)
def test_the_school_form_marks_by_bands_with_bonus_and_deduction(
    completed: str, given: dict[str, Any], total: str, level: str
):
    work = [{"assigned": "100", "completed": completed, "coefficient": "1"}]

    result = of("truong-hoc", work=work, **given)

    assert (to_text(result.total, 2), result.level) == (total, level)


def test_leaders_of_a_school_lose_5_points_at_50_percent():
    marks = {"d": "50", "đ": "100", "e": "100", "rieng-ld": "100"}

    assert to_text(of("truong-hoc", "head", work=DONE, indicators=marks).total, 2) == "95.00"


@pytest.mark.parametrize(
    ("code", "monitored", "longer"),
    [
        ("dak-lak", ("month", "quarter"), [("quarter", "month"), ("year", "quarter")]),
        ("gia-lai-cong-chuc", ("quarter", "half", "year"), [("half", "quarter"), ("year", "quarter")]),
        ("gia-lai-to-chuc", ("quarter", "year"), []),
        ("tay-ninh", ("month", "quarter"), [("quarter", "month"), ("year", "quarter")]),
        ("lao-cai", ("month", "quarter", "year"), [("quarter", "month"), ("year", "quarter")]),
        ("nghe-an", ("quarter",), [("year", "quarter")]),
    ],
)
def test_every_plan_keeps_its_own_cycle(code: str, monitored: tuple[str, ...], longer: list[tuple[str, str]]):
    assert cycle(code) == (monitored, longer)


@pytest.mark.parametrize(
    ("code", "subject", "categories", "effective_from"),
    [
        ("dak-lak", "officer", {"civil_servant"}, "2026-05-01"),
        ("gia-lai-cong-chuc", "officer", {"civil_servant", "contract"}, "2026-04-01"),
        ("gia-lai-to-chuc", "organisation", set(), "2026-04-01"),
        ("tay-ninh", "officer", {"civil_servant"}, "2026-07-01"),
        ("lao-cai", "officer", {"civil_servant", "cadre"}, "2026-06-01"),
        ("nghe-an", "officer", {"civil_servant", "cadre", "public_employee"}, "2026-07-01"),
    ],
)
def test_every_plan_names_its_people_and_its_day(code: str, subject: str, categories: set[str], effective_from: str):
    definition = shipped.load(code)

    assert (definition.subject, set(definition.applies_to.categories)) == (subject, categories)
    assert str(definition.effective_from) == effective_from


def test_plans_differ_in_what_they_leave_to_agencies_and_only_the_decree_to_a_single_calculation():
    opened = {code: shipped.load(code).open_to_agencies.sections for code in PLANS}

    assert {code for code, sections in opened.items() if not sections} == {"gia-lai-cong-chuc", "tay-ninh"}
    assert opened["dak-lak"] == ("result",)
    assert not [code for code in shipped.codes() if "common" in shipped.load(code).open_to_agencies.sections]
    assert all(shipped.load(code).overridable == () for code in PLANS)
    assert set(shipped.load("nd335").overridable) == {"denominator", "failure_scope", "over_100"}


def test_only_nghe_an_classifies_by_the_conditions_of_regulation_366():
    officers = [code for code in PLANS if shipped.load(code).subject == "officer"]

    with_conditions = [code for code in officers if any(r.conditions for r in shipped.load(code).classification.levels)]

    assert with_conditions == ["nghe-an"]


def test_lao_cai_names_the_indices_of_the_province_and_satisfaction():
    known = indicators("lao-cai")

    assert {code: known[code].measure for code in ("par-index", "dti", "pci", "hai-long")} == {
        "par-index": "outside",
        "dti": "outside",
        "pci": "outside",
        "hai-long": "survey",
    }
    assert known["cs"].weight == 0


def test_the_indices_of_lao_cai_are_a_purpose_and_count_nothing_by_themselves():
    figures = {"par-index": "10", "dti": "0.1", "pci": "10", "hai-long": "10"}

    assert to_text(of("lao-cai", work=DONE, indicators=figures).total, 2) == "100.00"


def test_nghe_an_weighs_four_groups_by_the_group_of_the_position():
    results = next(each for each in shipped.load("nghe-an").sections if each.code == "result")
    groups = {
        each.code: {name: own.weight for own in each.weights for name in own.position_groups}
        for each in results.indicators
    }

    assert list(groups) == ["kq", "hl", "ph", "kl"]
    assert groups["hl"]["mot-cua"] > groups["hl"]["lanh-dao-quan-ly"]
    marks = {"hl": "60"}
    usual, counter = (
        of("nghe-an", work=DONE, indicators=marks, position_group=group).exact for group in (None, "mot-cua")
    )
    assert (usual, counter) == (Fraction("94.4"), Fraction("89.5"))


def test_nghe_an_counts_discipline_and_coordination_once_in_the_common_criteria():
    known, common = indicators("nghe-an"), criteria("nghe-an")

    worst = of("nghe-an", work=DONE, indicators={"hl": "100", "ph": "0", "kl": "0"})

    assert ("kỷ luật" in common["I.2"].title, "phối hợp" in common["II.4"].title) == (True, True)
    assert {code: (known[code].weight, known[code].weights) for code in ("ph", "kl")} == {"ph": (0, ()), "kl": (0, ())}
    assert worst.exact == 100


# What was published of these before is found again by its hash: settings that came later must not change it.
HASHES = {
    "dak-lak": "sha256:34f8885e8e63c220bcc40a0eb43b0f9e06ad8bb5e623a502b96f2638d0cb8f85",
    "gia-lai-cong-chuc": "sha256:25da7ac375978b1a7aed83e4b072310f55e2427a4d4d383cfb2cc38ca711f8bf",
    "gia-lai-to-chuc": "sha256:a5fd7e4d84d9c6270989c0b1bd4a095ad9ea0aab296f005aaea9d6467a1c8f28",
    "lao-cai": "sha256:8e3a8cb2e930cac4652ac0cc1fd662054b93ecdcc2ab86e3f96ef3139e7a57d1",
    "mau-01": "sha256:6e76682b146fd5f51bcc834985c1f4dbeb49fdb57047c5e765dce7ccf551a1c4",
    "nd335": "sha256:20021a99413621fb135a935cb938b07563ee7b7e73b571621a0fb25e1d0441ef",
    "nd335-qd366": "sha256:3bf347d996de04b6eaa56ed633cba064573aed7a9ec1d6b40edc9d32563fe2c7",
    "nd335-to-chuc": "sha256:9d636fafcf2162732494862afb4cbd36cc74e708d56a95af4e341440b043a728",
    "nghe-an": "sha256:4eeae59aefd7e6371fab4ad2e203020403c6203ea7ffc8b53dc31d31b413b02d",
    "tay-ninh": "sha256:88cc6c61d9af0538602eeed04d38e75fa95bd8c746e447502422fd12dcb3258e",
    "truong-hoc": "sha256:a8cb21e979324dd64da35e5624ac0ac202f46670528e20a5e771b0711134c737",
}


@pytest.mark.parametrize("code", shipped.codes())
def test_settings_that_came_later_leave_the_bytes_of_what_does_not_use_them(code: str):
    assert content_hash(write_definition(shipped.load(code))) == HASHES[code]
