"""Columns in, totals and levels out: the same digits as the engine gives, for what columns can say."""

import random
from fractions import Fraction

import pytest

from cms.scoring import batch, engine, shipped
from cms.scoring.columns import MISSING, OfficerInput, to_columns
from cms.scoring.definition.words import LEVELS
from cms.scoring.inputs import read_subjects
from tests.unit.scoring import cases
from tests.unit.scoring.definitions import COMMON, GOLDEN, LEADERS, RESULT, decree, decree_data, define

LINES = [case for case in GOLDEN["individual"] if case["subject"]["work"]]
WHOLE = (40_000, 40_000, 1_000_000, 0, 0, 0, 0, 0)


def scaled(value, places=4):
    return MISSING if value is None else int(value * 10**places)


def officer_of(subject):
    """Return a subject with lines of work as it goes into columns."""
    lines = [
        (
            line.assigned,
            line.completed,
            line.coefficient,
            line.quality_failures,
            line.late_occurrences,
            int(line.quality_exempt),
            int(line.late_exempt),
            MISSING if line.days_late is None else line.days_late,
        )
        for line in subject.work
    ]
    marks = {code: scaled(mark) for code, mark in subject.indicators.items()}
    return OfficerInput(subject.id, subject.role, scaled(subject.common), lines, marks, subject.flags)


def read(definition, *data):
    subjects, problems = read_subjects(list(data), definition)
    assert not problems
    return subjects


def outcomes(definition, subjects, settings=None):
    """Return (total in its smallest unit, level, status) of each, as columns give it."""
    columns = to_columns([officer_of(subject) for subject in subjects])
    found = batch.score_columns(definition, columns, settings=settings or {})
    levels = [None if level == MISSING else LEVELS[level] for level in found.levels]
    return list(zip(found.totals, levels, found.statuses, strict=True))


def scored_by_engine(definition, subjects, settings=None):
    """Return the same as the engine gives it."""
    scores = [engine.score(definition, subject, settings=settings or {}) for subject in subjects]
    places = int(definition.rounding.places.value)
    return [
        (MISSING if score.total is None else scaled(score.total, places), score.level, score.status) for score in scores
    ]


def plain_people(chance, framework, count):
    """Return people whom columns can hold: one common mark, lines of work, and marks as they are."""
    people = []
    for number in range(count):
        person = cases.random_person(chance, framework) | {"id": number, "role": chance.choice(["staff", *LEADERS])}
        person["work"] = [cases.random_line(chance) for _each in range(chance.choice([0, 1, 3, 6]))]
        person["indicators"] = {}
        if person["role"] != "staff":
            person["indicators"] = {code: chance.choice(["100", "50"]) for code in "dđe" if chance.random() < 0.95}
        person |= {"common": f"{chance.randint(0, 25000) / 1000:.3f}", "criteria": {}}
        if chance.random() < 0.05:
            del person["common"]
        people.append({key: value for key, value in person.items() if key not in ("subordinates", "fields")})
    return people


@pytest.mark.parametrize("case", LINES, ids=lambda case: case["id"])
def test_golden_cases(case):
    definition = decree()
    subjects = read(definition, case["subject"])
    expected = (scaled(Fraction(case["expect"]["total"]), 2), case["expect"]["level"], "scored")
    assert outcomes(definition, subjects, case["settings"]) == [expected]


def test_columns_agree_with_the_engine_to_the_digit():
    statuses = set()
    for seed in range(60):
        chance = random.Random(seed)
        framework = cases.plain_framework(chance)
        definition, settings = define(framework), cases.random_settings(chance)
        assert batch.supports(definition)
        subjects = read(definition, *plain_people(chance, framework, 40))
        expected = scored_by_engine(definition, subjects, settings)
        assert outcomes(definition, subjects, settings) == expected, seed
        statuses |= {status for _total, _level, status in expected}
    assert statuses == {"scored", "insufficient_data", "blocked", "needs_decision"}


def test_more_officers_than_are_taken_together():
    chance = random.Random(7)
    framework = cases.plain_framework(chance)
    definition = define(framework)
    subjects = read(definition, *plain_people(chance, framework, 600))
    assert outcomes(definition, subjects) == scored_by_engine(definition, subjects)


def test_chunks_give_what_the_whole_gives():
    chance = random.Random(8)
    framework = cases.plain_framework(chance)
    definition = define(framework)
    officers = [officer_of(subject) for subject in read(definition, *plain_people(chance, framework, 50))]
    whole = batch.score_columns(definition, to_columns(officers))
    chunks = list(batch.score_chunks(definition, iter(officers), 7))
    assert [len(ids) for ids, _found in chunks] == [7] * 7 + [1]
    assert [each for ids, _found in chunks for each in ids] == [officer.id for officer in officers]
    for name in ("totals", "levels", "statuses"):
        assert [each for _ids, found in chunks for each in getattr(found, name)] == getattr(whole, name)


def test_nobody_is_scored_from_no_columns():
    found = batch.score_columns(decree(), to_columns([]))
    assert (found.totals, found.levels, found.statuses) == ([], [], [])


def test_a_total_on_the_half_goes_up_and_decides_the_level():
    officers = [OfficerInput(1, "staff", 199_950, [WHOLE]), OfficerInput(2, "staff", 199_949, [WHOLE])]
    found = batch.score_columns(decree(), to_columns(officers))
    assert found.totals == [9000, 8999]
    assert [LEVELS[level] for level in found.levels] == ["excellent", "good"]


def test_a_flag_lowers_the_level_and_keeps_the_total():
    officers = [
        OfficerInput(1, "staff", 280_000, [WHOLE], {}, ["disciplined"]),
        OfficerInput(2, "staff", 280_000, [WHOLE]),
    ]
    found = batch.score_columns(decree(), to_columns(officers))
    assert found.totals == [9800, 9800]
    assert [LEVELS[level] for level in found.levels] == ["not_completed", "excellent"]


def result_with(**changes):
    """Return the decree's data with its indicators changed."""
    changed = [{**each, **changes} if each["code"] == "a" else each for each in RESULT["indicators"]]
    return decree_data(sections=[COMMON, {**RESULT, "indicators": changed}])


def with_condition():
    data = decree_data()
    comparison = {"metric": "on_time_pct", "operator": ">=", "value": "100"}
    data["classification"]["levels"][0]["conditions"] = [{"title": "Đúng hạn", "any": [comparison]}]
    return data


def with_bonus():
    leaf = {"code": "t", "title": "Thưởng", "max": "2"}
    bonus = {"code": "bonus", "title": "Điểm thưởng", "kind": "bonus", "max": "2", "criteria": [leaf]}
    return decree_data(sections=[COMMON, RESULT, bonus])


@pytest.mark.parametrize(
    "data",
    [
        result_with(bands=[{"from": "50", "points": "100"}]),
        result_with(measure="survey"),
        result_with(weights=[{"position_groups": ["A"], "weight": "2"}]),
        result_with(work={"points_off": "20"}),
        with_condition(),
        with_bonus(),
    ],
    ids=["bands", "survey", "position-groups", "own-rules", "conditions", "bonus"],
)
def test_what_columns_cannot_say_is_left_to_the_engine(data):
    definition = define(data)
    assert not batch.supports(definition)
    with pytest.raises(ValueError, match="cannot be scored from columns"):
        batch.score_columns(definition, to_columns([]))


def test_the_decree_as_shipped_can_be_scored_from_columns():
    assert batch.supports(shipped.load("nd335"))
    assert not batch.supports(shipped.load("nd335-qd366"))
